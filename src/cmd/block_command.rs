//! The command in the opening marker of a block: parsed like the command line, but limited to reading the dataset.

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser};

use super::session::Session;
use super::{Command, Unfit, WIDEST_HELP, parser, usage};
use crate::error::{Error, ErrorCode};
use crate::format::Origin;
use crate::pages::BlockContent;
use crate::render::Fragment;
use crate::suggest::nearest;

/// A hint that lists the commands allowed in a block.
const COMMANDS: &str =
    "a block can contain `compare`, `skills`, `roles`, `show`, `quiz --questions` or `export`";

/// The arguments allowed in a marker. Of the global options, only the dataset is allowed, because the page determines the
/// others.
#[derive(Debug, Parser)]
#[command(
    name = "rolebook",
    disable_help_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true
)]
struct BlockArguments {
    /// The level of the first headings
    #[arg(long, global = true, value_name = "N", value_parser = level)]
    heading_level: Option<u8>,
    /// Only the tables, without counts and headings
    #[arg(long, global = true)]
    bare: bool,
    /// The dataset, by a path that starts in the folder of the page
    #[arg(short, long, global = true, value_name = "PATH")]
    dataset: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// The page that contains a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'p> {
    /// The path of the page.
    pub(super) path: &'p Path,
    /// The format of results in it.
    pub(super) fragment: Fragment,
}

/// A command that is allowed in a block.
pub(super) struct BlockCommand {
    command: Command,
    heading_level: Option<u8>,
    bare: bool,
    dataset: Option<PathBuf>,
}

impl BlockCommand {
    /// Parses the text of a marker: split into words like a shell does, but without anything else of a shell.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let words = shlex::split(text).ok_or_else(|| {
            Error::new(
                ErrorCode::UnreadableCommand,
                "the command ends inside quotation marks or with a backslash",
            )
        })?;
        let name = words.first().cloned().unwrap_or_default();
        let arguments = std::iter::once("rolebook".to_owned()).chain(words);
        let parsed = BlockArguments::command().try_get_matches_from(arguments);
        let line = parsed.and_then(|matches| BlockArguments::from_arg_matches(&matches));
        let BlockArguments { heading_level, bare, dataset, command } =
            line.map_err(|error| refused(&error, &name))?;
        match command.unfit_for_block() {
            None => Ok(Self { command, heading_level, bare, dataset }),
            Some(Unfit::Writes(option)) => Err(forbidden_option(option)),
            Some(Unfit::Asks) => Err(Error::new(
                ErrorCode::ForbiddenCommand,
                format!("`{name}` prompts, which is not possible in a block"),
            )
            .hint("`quiz --questions` prints the questions")),
            Some(Unfit::NoResult) => {
                Err(Error::new(ErrorCode::ForbiddenCommand, format!("`{name}` cannot be used in a block"))
                    .hint(COMMANDS))
            }
        }
    }

    /// Runs the command for a page, under a heading of level `under`.
    pub(super) fn run(
        self,
        session: &Session,
        page: Setting<'_>,
        under: Option<u8>,
    ) -> Result<BlockContent, Error> {
        let dataset = self.dataset.map(|named| beside(page.path, &named)).transpose()?;
        // If a page has no headings, its title is assumed to be elsewhere.
        let below = (under.unwrap_or(1) + 1).min(6);
        let top = self.heading_level.unwrap_or(below);
        let session = session.for_block(dataset.as_deref());
        let dataset = session.dataset()?.id.to_string();
        let answer = self.command.run(&session)?;
        let text = if self.bare {
            answer.into_tables(page.fragment).ok_or_else(|| {
                Error::new(ErrorCode::NoTable, "the command prints no table, so `--bare` leaves nothing")
                    .hint("remove `--bare`")
            })?
        } else {
            answer.into_fragment(page.fragment, top)
        };
        Ok(BlockContent { dataset, text })
    }
}

/// The path of the dataset that a block names. It must be inside the current folder, with links resolved.
fn beside(page: &Path, named: &Path) -> Result<PathBuf, Error> {
    let refused = |message: String| {
        Error::new(ErrorCode::ForbiddenDataset, message)
            .hint("in a block, name a dataset relative to the page, inside the current folder")
    };
    let name = named.display();
    if named.is_absolute() || named.as_os_str() == "-" {
        return Err(refused(format!("`{name}` is not a path relative to the page")));
    }
    let path = page.parent().unwrap_or(Path::new("")).join(named);
    let unreadable = |error| Origin::File(path.clone()).unreadable(&error);
    let found = path.canonicalize().map_err(unreadable)?;
    let folder = Path::new(".").canonicalize().map_err(unreadable)?;
    if found.starts_with(folder) {
        Ok(path)
    } else {
        Err(refused(format!("`{name}` is outside the current folder")))
    }
}

/// Converts an error of clap to one with a specific code.
fn refused(error: &clap::Error, command: &str) -> Error {
    let mistake = usage::mistake(error);
    match error.kind() {
        ErrorKind::UnknownArgument => match usage::unknown(error) {
            Some(option) if is_known(&option) => forbidden_option(&option),
            Some(option) => {
                Error::new(ErrorCode::UnknownOption, format!("`{command}` has no option `{option}`"))
                    .candidates(usage::suggested(error))
            }
            None => renamed(ErrorCode::UnusableCommand, &mistake),
        },
        ErrorKind::InvalidSubcommand => {
            let line = BlockArguments::command();
            let known = nearest(command, line.get_subcommands().map(clap::Command::get_name));
            Error::new(ErrorCode::UnknownCommand, format!("unknown command `{command}`"))
                .candidates(known)
                .hint(COMMANDS)
        }
        _ => renamed(ErrorCode::UnusableCommand, &mistake),
    }
}

/// Whether this is a global option.
fn is_known(option: &str) -> bool {
    let mut rolebook = parser(WIDEST_HELP);
    rolebook.build();
    rolebook.get_arguments().any(|argument| match (option.strip_prefix("--"), option.strip_prefix('-')) {
        (Some(long), _) => argument.get_long() == Some(long),
        (None, Some(short)) => argument.get_short().is_some_and(|known| short.starts_with(known)),
        (None, None) => false,
    })
}

fn forbidden_option(option: &str) -> Error {
    Error::new(ErrorCode::ForbiddenOption, format!("`{option}` cannot be used in a block"))
        .hint("a block can only print its result into the page")
}

fn renamed(code: ErrorCode, mistake: &Error) -> Error {
    mistake.hints().into_iter().fold(Error::new(code, mistake.message()), Error::hint)
}

/// Parses the level of a heading.
fn level(text: &str) -> Result<u8, String> {
    text.parse()
        .ok()
        .filter(|level| (1..=6).contains(level))
        .ok_or_else(|| "a whole number from 1 to 6".to_owned())
}
