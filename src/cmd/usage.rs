//! What clap handles by itself: help and version go to standard output, and usage errors become ordinary errors.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::{Error, Exit};
use crate::suggest::nearest;
use crate::ui::Ui;

/// Prints help or the version if requested; anything else is an error. `usage` is how the command is used.
pub(super) fn answer(error: &clap::Error, ui: &Ui, usage: impl FnOnce() -> String) -> Result<Exit, Error> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.print_styled(&error.render().ansi().to_string())?;
            Ok(Exit::Success)
        }
        // Without arguments, print the help as text even where errors are JSON: no option asks for anything else.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.print_styled_error(&error.render().ansi().to_string());
            Ok(Exit::Error)
        }
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand | ErrorKind::MissingRequiredArgument => {
            Err(mistake(error).hint(usage()).hint("`--help` shows all options"))
        }
        _ => Err(mistake(error).hint("`--help` shows all options")),
    }
}

/// A usage error of clap as an error of ours.
pub(super) fn mistake(error: &clap::Error) -> Error {
    let lists = [(ContextKind::ValidValue, "possible values"), (ContextKind::ValidSubcommand, "commands")];
    let lists = lists.into_iter().filter_map(|(kind, what)| {
        let values = texts(error, kind);
        (!values.is_empty()).then(|| format!("{what}: {}", values.join(", ")))
    });
    // Nothing that a command takes begins with a hyphen.
    let tips = texts(error, ContextKind::Suggested).into_iter().filter(|tip| !tip.starts_with("to pass"));
    let tips = tips.map(|tip| tip.replace('\'', "`"));
    let mistake = Error::usage(message(error)).candidates(suggested(error));
    lists.chain(tips).fold(mistake, Error::hint)
}

/// What went wrong, in our words; clap's own for what never happens here.
fn message(error: &clap::Error) -> String {
    let [argument, value, command, prior] = [
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
        ContextKind::InvalidSubcommand,
        ContextKind::PriorArg,
    ]
    .map(|kind| texts(error, kind).iter().map(|text| format!("`{}`", name(text))).collect::<Vec<_>>());
    let of = |names: &[String]| names.join(" and ");
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("there is no command {}", of(&command)),
        ErrorKind::UnknownArgument if of(&argument).starts_with("`-") => {
            format!("there is no option {}", of(&argument))
        }
        ErrorKind::UnknownArgument => format!("unexpected argument {}", of(&argument)),
        ErrorKind::InvalidValue if of(&value) == "``" && !of(&argument).starts_with("`-") => {
            format!("{} is an empty text", of(&argument))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if of(&value).trim_matches('`').is_empty() => {
            format!("{} needs a value", of(&argument))
        }
        ErrorKind::TooManyValues => format!("{} takes no value", of(&argument)),
        ErrorKind::InvalidValue => not_valid(&of(&value), &of(&argument)),
        ErrorKind::ValueValidation => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            format!("{}: {why}", not_valid(&of(&value), &of(&argument)))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{} {} missing", of(&argument), if argument.len() == 1 { "is" } else { "are" })
        }
        ErrorKind::ArgumentConflict if prior == argument => {
            format!("{} can only be given once", of(&argument))
        }
        ErrorKind::ArgumentConflict if !prior.is_empty() => {
            format!("{} cannot be combined with {}", of(&argument), of(&prior))
        }
        ErrorKind::MissingSubcommand => "a command is missing".to_owned(),
        _ => {
            let rendered = error.render().to_string();
            rendered.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    }
}

fn not_valid(value: &str, argument: &str) -> String {
    let of = if argument.starts_with("`-") { "value for " } else { "" };
    format!("{value} is not a valid {of}{argument}")
}

/// The name of an argument that clap shows as `--width <N>`, `<SHELL>` or `[ROLE]...`.
fn name(shown: &str) -> &str {
    if shown.starts_with('-') {
        shown.split_whitespace().next().unwrap_or(shown)
    } else {
        shown.trim_end_matches("...").trim_matches(['[', ']', '<', '>'])
    }
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        Some(ContextValue::StyledStrs(several)) => several.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
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
    let pairs = [
        (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
    ];
    let suggested = pairs.into_iter().flat_map(|(typed, suggested)| {
        let suggested = texts(error, suggested);
        let typed = texts(error, typed).pop().unwrap_or_default();
        let near = nearest(&typed, suggested.iter().map(String::as_str));
        near.into_iter().map(str::to_owned).collect::<Vec<_>>()
    });
    suggested.collect()
}
