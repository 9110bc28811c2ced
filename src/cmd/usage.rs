//! What clap handles by itself: help and version go to standard output, and usage errors become ordinary errors.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::{Error, Exit};
use crate::suggest::nearest;
use crate::ui::Ui;

/// Prints help or the version if requested; anything else is an error.
pub(super) fn answer(error: &clap::Error, ui: &Ui) -> Result<Exit, Error> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.print_styled(&error.render().ansi().to_string())?;
            Ok(Exit::Success)
        }
        // Without arguments, print the help as text even where errors are JSON: no option asks for anything else.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.tell_styled(&error.render().ansi().to_string());
            Ok(Exit::Error)
        }
        _ => Err(mistake(error).hint("`--help` shows all options")),
    }
}

/// A usage error of clap as an error of ours.
pub(super) fn mistake(error: &clap::Error) -> Error {
    let rendered = error.render().to_string();
    let mut paragraphs = rendered.trim_end().split("\n\n");
    let mut lines = paragraphs.next().unwrap_or_default().lines().map(str::trim);
    let mut message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    // clap's suggestions become candidates; its tips and possible values become hints.
    let mut hints = Vec::new();
    for line in lines {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(values) => hints.push(values),
            None => message = format!("{message} {line}"),
        }
    }
    let mistake = Error::usage(message).candidates(suggested(error));
    let mut mistake = hints.into_iter().fold(mistake, Error::hint);
    let rest: Vec<&str> = paragraphs.collect();
    for tip in rest
        .iter()
        .flat_map(|paragraph| paragraph.lines())
        .filter_map(|line| line.trim().strip_prefix("tip: "))
    {
        if !tip.contains("similar") {
            mistake = mistake.hint(tip);
        }
    }
    if let Some(usage) = rest.iter().find_map(|paragraph| paragraph.strip_prefix("Usage: ")) {
        mistake = mistake.hint(format!("usage: {usage}"));
    }
    mistake
}

/// The argument that clap does not know, if that is the error.
pub(super) fn unknown(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => Some(argument.clone()),
        _ => None,
    }
}

/// The names that were probably meant, the nearest first: clap lists even names that share only a few letters.
pub(super) fn suggested(error: &clap::Error) -> Vec<String> {
    let texts = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    };
    let pairs = [
        (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
    ];
    let suggested = pairs.into_iter().flat_map(|(typed, suggested)| {
        let suggested = texts(suggested);
        let typed = texts(typed).pop().unwrap_or_default();
        let near = nearest(&typed, suggested.iter().map(String::as_str));
        let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        if near.is_empty() { suggested } else { near }
    });
    suggested.collect()
}
