//! The command in a block's opening marker: parsed as the command line is, but a reader of the dataset and no more.

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser};

use super::session::Session;
use super::{Cli, Command, Unfit, usage};
use crate::error::Error;
use crate::render::Fragment;
use crate::suggest::nearest;

/// The commands that can stand in a block, for a hint.
const COMMANDS: &str = "a block holds `compare`, `skills`, `roles`, `show`, `quiz --questions` or `export`";

/// What a marker may say. The options of the whole program are not among it: a page has one format, and one dataset.
#[derive(Debug, Parser)]
#[command(
    name = "rolebook",
    disable_help_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true
)]
struct Line {
    /// The level of the first headings
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=6))]
    heading_level: Option<u8>,
    #[command(subcommand)]
    command: Command,
}

/// A command that can stand in a block.
pub(super) struct BlockCommand {
    command: Command,
    heading_level: Option<u8>,
}

impl BlockCommand {
    /// Reads what a marker says: words as a shell divides them, and nothing else that a shell does.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let words = shlex::split(text).ok_or_else(|| {
            Error::new("unreadable-command", "a quotation mark is open, or a backslash is the last character")
        })?;
        let name = words.first().cloned().unwrap_or_default();
        let arguments = std::iter::once("rolebook".to_owned()).chain(words);
        let parsed = Line::command().try_get_matches_from(arguments);
        let line = parsed.and_then(|matches| Line::from_arg_matches(&matches));
        let Line { heading_level, command } = line.map_err(|error| refused(&error, &name))?;
        match command.unfit_for_block() {
            None => Ok(Self { command, heading_level }),
            Some(Unfit::Writes(option)) => Err(forbidden_option(option)),
            Some(Unfit::Asks) => {
                Err(Error::new("forbidden-command", format!("`{name}` asks, and a page cannot answer"))
                    .hint("`quiz --questions` prints the questions"))
            }
            Some(Unfit::NoResult) => {
                Err(Error::new("forbidden-command", format!("`{name}` has no place in a block"))
                    .hint(COMMANDS))
            }
        }
    }

    /// What the command comes to in a page, under a heading of level `under`.
    pub(super) fn run(
        self,
        session: &Session,
        fragment: Fragment,
        under: Option<u8>,
    ) -> Result<String, Error> {
        // A page without headings has its title elsewhere.
        let below = under.unwrap_or(1).saturating_add(1).min(6);
        let session = session.for_block(None, fragment, self.heading_level.unwrap_or(below));
        self.command.run(&session)?;
        Ok(session.into_block())
    }
}

/// clap's words for what it refuses, by the name of what is wrong.
fn refused(error: &clap::Error, command: &str) -> Error {
    let told = usage::mistake(error);
    match error.kind() {
        ErrorKind::UnknownArgument => match usage::unknown(error) {
            Some(option) if is_known(&option) => forbidden_option(&option),
            Some(option) => Error::new("unknown-option", format!("`{command}` has no option `{option}`"))
                .candidates(usage::suggested(error)),
            None => renamed("unusable-command", &told),
        },
        ErrorKind::InvalidSubcommand => {
            let line = Line::command();
            let known = nearest(command, line.get_subcommands().map(clap::Command::get_name));
            Error::new("unknown-command", format!("there is no command `{command}`"))
                .candidates(known)
                .hint(COMMANDS)
        }
        _ => renamed("unusable-command", &told),
    }
}

/// Whether the whole program has an option of this name.
fn is_known(option: &str) -> bool {
    let mut rolebook = Cli::command();
    rolebook.build();
    rolebook.get_arguments().any(|argument| match (option.strip_prefix("--"), option.strip_prefix('-')) {
        (Some(long), _) => argument.get_long() == Some(long),
        (None, Some(short)) => argument.get_short().is_some_and(|known| short.starts_with(known)),
        (None, None) => false,
    })
}

fn forbidden_option(option: &str) -> Error {
    Error::new("forbidden-option", format!("`{option}` has no place in a block"))
        .hint("a block prints what its dataset says: where to and how is the page's matter")
}

fn renamed(code: &'static str, told: &Error) -> Error {
    told.hints().into_iter().fold(Error::new(code, told.message()), Error::hint)
}
