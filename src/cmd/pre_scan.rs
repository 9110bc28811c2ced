//! What is read from the arguments before clap parses them.

use std::ffi::OsString;

use clap::ValueEnum;

use crate::ui::{Color, MessageFormat, NARROWEST, Ui, WIDEST};

/// The streams as the arguments ask for them. Read before clap parses the arguments, because help and usage errors
/// follow these options too.
pub(super) fn streams(arguments: &[OsString]) -> Ui {
    let (mut color, mut width, mut messages) = (Color::default(), None, MessageFormat::default());
    let texts = arguments.iter().map(|argument| argument.to_string_lossy()).take_while(|text| text != "--");
    let mut texts = texts.peekable();
    while let Some(text) = texts.next() {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (text.into_owned(), None),
        };
        // Like clap, never take a flag as a value.
        let mut next = || texts.next_if(|text| !text.starts_with('-')).map(std::borrow::Cow::into_owned);
        let mut value = || value.clone().or_else(&mut next).unwrap_or_default();
        match name.as_str() {
            "--color" => color = Color::from_str(&value(), false).unwrap_or_default(),
            "--width" => width = value().parse().ok().filter(|width| (NARROWEST..=WIDEST).contains(width)),
            "--message-format" => messages = MessageFormat::from_str(&value(), false).unwrap_or_default(),
            _ => {}
        }
    }
    Ui::new(color, width, false, messages)
}

/// `rolebook help COMMAND` is `rolebook COMMAND --help`.
pub(super) fn help_as_option(arguments: &[OsString]) -> Vec<OsString> {
    match arguments {
        [program, help, command @ ..] if help == "help" => {
            let option = OsString::from("--help");
            std::iter::once(program).chain(command).chain([&option]).cloned().collect()
        }
        _ => arguments.to_vec(),
    }
}
