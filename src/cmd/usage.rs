//! What clap answers by itself: help and version on standard output, mistakes as errors like all others.

use std::ffi::OsString;

use clap::ValueEnum;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::{Error, Exit};
use crate::ui::{Color, MessageFormat, NARROWEST, Ui, WIDEST};

/// The streams as the arguments ask for them, read before clap does: help and mistakes obey them too.
pub(super) fn streams(arguments: &[OsString]) -> Ui {
    let (mut color, mut width, mut messages) = (Color::default(), None, MessageFormat::default());
    let texts = arguments.iter().map(|argument| argument.to_string_lossy()).take_while(|text| text != "--");
    let mut texts = texts.peekable();
    while let Some(text) = texts.next() {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (text.into_owned(), None),
        };
        // A flag is nobody's value, as clap has it.
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

/// Prints help or version where they were asked for; anything else is an error.
pub(super) fn answer(error: &clap::Error, ui: &Ui) -> Result<Exit, Error> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.print_styled(&error.render().ansi().to_string())?;
            Ok(Exit::Success)
        }
        // Nothing is asked, so nobody has asked for errors as documents either.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.tell_styled(&error.render().ansi().to_string());
            Ok(Exit::Error)
        }
        _ => Err(mistake(error).hint("`--help` tells more")),
    }
}

/// clap's words in the shape of all other errors.
pub(super) fn mistake(error: &clap::Error) -> Error {
    let rendered = error.render().to_string();
    let mut paragraphs = rendered.trim_end().split("\n\n");
    let mut lines = paragraphs.next().unwrap_or_default().lines().map(str::trim);
    let mut message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    // clap's suggestions, tips and possible values come as candidates and hints of ours.
    let mut hints = Vec::new();
    for line in lines {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(values) => hints.push(values),
            None => message = format!("{message} {line}"),
        }
    }
    let told = Error::usage(message).candidates(suggested(error));
    let mut told = hints.into_iter().fold(told, Error::hint);
    let rest: Vec<&str> = paragraphs.collect();
    for tip in rest
        .iter()
        .flat_map(|paragraph| paragraph.lines())
        .filter_map(|line| line.trim().strip_prefix("tip: "))
    {
        if !tip.contains("similar") {
            told = told.hint(tip);
        }
    }
    if let Some(usage) = rest.iter().find_map(|paragraph| paragraph.strip_prefix("Usage: ")) {
        told = told.hint(format!("usage: {usage}"));
    }
    told
}

/// The argument that clap does not know, if that is the mistake.
pub(super) fn unknown(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => Some(argument.clone()),
        _ => None,
    }
}

/// The names that were probably meant.
pub(super) fn suggested(error: &clap::Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    kinds
        .into_iter()
        .filter_map(|kind| error.get(kind))
        .flat_map(|value| match value {
            ContextValue::String(one) => vec![one.clone()],
            ContextValue::Strings(several) => several.clone(),
            _ => Vec::new(),
        })
        .collect()
}
