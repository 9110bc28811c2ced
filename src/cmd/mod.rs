//! The command line: one enum, one `match`. Each subcommand has a file here with its arguments and what it does. The
//! doc comments of the arguments are the help text.

mod asking;
mod assess;
mod block_command;
mod blocks;
mod check;
mod choose;
mod compare;
mod complete;
mod completions;
mod deliver;
mod diff;
mod export;
mod hints;
mod import;
mod init;
mod man;
mod output_file;
mod pre_scan;
mod quiz;
mod quiz_batch;
mod roles;
mod schema;
mod selection;
mod session;
mod show;
mod skills;
mod usage;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{Error, Exit};
use crate::render::Format;
use crate::ui::{Color, MessageFormat, NARROWEST, Ui, WIDEST};
use deliver::{Answer, deliver};
use output_file::Holds;
use session::{Session, Storage};

/// The widest help: longer lines are hard to read.
const WIDEST_HELP: usize = 100;

const EXIT_CODES: &str = "\
Exit codes:
  0    success
  1    a check failed
  2    error: usage, input or output, an invalid dataset
  130  cancelled at a prompt (q, Esc, Ctrl-C, end of input)";

const ENVIRONMENT: &str = "\
Environment:
  NO_COLOR           set: never use colour (`--color` overrides it)
  CLICOLOR_FORCE     set, and not 0: always use colour, even when piped
  CLICOLOR           0: never use colour
  TERM               unset or dumb: no colour, and plain numbered questions
  ACCESSIBLE         set, and not 0: plain numbered questions
  ROLEBOOK_DATASET   the dataset to use, like `-d`
  ROLEBOOK_NO_INPUT  set: never prompt, like `--no-input`
  COMPLETE           a shell’s name: print its completion script and exit";

const EXAMPLES: &str = "\
Examples:
  rolebook compare --brief           the main differences
  rolebook compare pm po --json      everything, for a script
  rolebook skills --from po --to pm  what to learn when changing roles
  rolebook quiz                      which role suits you, and why
  rolebook quiz hiring               which role your company needs
  rolebook export -o roles.md        everything as one Markdown document";

/// Job roles as data: compare roles, list their skills, take a quiz, export the tables
///
/// A dataset describes roles aspect by aspect and can include quizzes. One about product managers and product owners is
/// built in. To use your own, pass it with `-d`, or save it as rolebook.yaml, rolebook.yml or rolebook.json in the
/// current folder or a parent folder, up to the root of the repository. Name roles by id, alias or title; case does not
/// matter.
#[derive(Debug, Parser)]
#[command(name = "rolebook", version, max_term_width = 100)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
#[command(after_long_help = format!("{EXIT_CODES}\n\n{ENVIRONMENT}\n\n{EXAMPLES}"))]
#[command(arg_required_else_help = true, subcommand_required = true, disable_help_subcommand = true)]
struct Root {}

// Options of every command, of which `-h` lists the most used. Not a doc comment, because clap would show it as the help
// of each command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Global {
    /// Dataset to use: a JSON or YAML file, or `-` for standard input
    #[arg(short, long, global = true, value_name = "PATH", conflicts_with = "builtin")]
    dataset: Option<PathBuf>,
    /// Use the built-in dataset, ignoring any other
    #[arg(long, global = true, hide_short_help = true)]
    builtin: bool,
    /// Output format
    #[arg(short, long, global = true, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Print JSON; short for `--format json`
    #[arg(long, global = true)]
    json: bool,
    /// Begin CSV with a byte-order mark, so that Excel reads it as UTF-8
    #[arg(long, global = true, hide_short_help = true)]
    bom: bool,
    /// Write the result to this file; its extension sets the format
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite existing files and, with `export --into`, blocks edited by hand
    #[arg(long, global = true, hide_short_help = true)]
    force: bool,
    /// When to use colour
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto"
    )]
    color: Color,
    /// Output width in columns [default: terminal width, or 80]
    #[arg(long, global = true, hide_short_help = true, value_name = "N", value_parser = width)]
    width: Option<usize>,
    /// Print only the result
    #[arg(short, long, global = true, hide_short_help = true)]
    quiet: bool,
    /// Never prompt; fail if an answer is missing
    #[arg(long, global = true, hide_short_help = true)]
    no_input: bool,
    /// Format of error messages
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_enum,
        value_name = "FORMAT",
        default_value = "human"
    )]
    message_format: MessageFormat,
}

/// Declares the commands: one enum of them all, and a parser for each by name.
macro_rules! commands {
    ($($name:literal: $command:ident($arguments:ty),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $(#[command(name = $name)] $command($arguments)),*
        }

        /// The clap command with this name.
        fn command_named(name: &str) -> Option<clap::Command> {
            match name {
                $($name => Some(<$arguments>::augment_args(clap::Command::new($name))),)*
                _ => None,
            }
        }
    };
}

commands! {
    "compare": Compare(compare::Compare),
    "skills": Skills(skills::Skills),
    "quiz": Quiz(quiz::Quiz),
    "assess": Assess(assess::Assess),
    "export": Export(export::Export),
    "roles": Roles(roles::Roles),
    "show": Show(show::Show),
    "check": Check(check::Check),
    "diff": Diff(diff::ShowDiff),
    "schema": Schema(schema::PrintSchema),
    "import": Import(import::Import),
    "init": Init(init::Init),
    "completions": Completions(completions::Completions),
    "man": Man(man::Man),
}

impl Command {
    /// The format of the result if neither the arguments nor the output file say another.
    fn default_format(&self) -> Format {
        match self {
            Self::Export(command) if !command.keeps_blocks() => Format::Markdown,
            _ => Format::Table,
        }
    }

    /// What the file that `--output` names will hold.
    fn holds(&self) -> Holds {
        match self {
            Self::Import(_) => Holds::Dataset,
            Self::Assess(command) if command.writes_profile() => Holds::Profile,
            Self::Schema(_) | Self::Init(_) | Self::Completions(_) | Self::Man(_) => Holds::Text,
            _ => Holds::Result,
        }
    }

    /// The files that it reads, besides the dataset and the pages of `export`.
    fn inputs(&self) -> Vec<&PathBuf> {
        match self {
            Self::Quiz(command) => command.inputs(),
            Self::Assess(command) => command.inputs(),
            Self::Check(command) => command.inputs(),
            Self::Diff(command) => command.inputs(),
            Self::Import(command) => command.inputs(),
            _ => Vec::new(),
        }
    }

    /// The formats for reporting problems that this command supports in addition to the common formats.
    fn formats_for_problems(&self) -> &'static [Format] {
        match self {
            Self::Check(_) | Self::Import(_) => &[Format::Github, Format::Sarif],
            Self::Export(command) if command.keeps_blocks() => &[Format::Github, Format::Sarif],
            Self::Diff(_) => &[Format::Github],
            _ => &[],
        }
    }

    /// Whether it has no use for a dataset.
    fn ignores_dataset(&self) -> bool {
        matches!(
            self,
            Self::Schema(_) | Self::Import(_) | Self::Init(_) | Self::Completions(_) | Self::Man(_)
        )
    }

    /// Whether `--force` has an effect without `--output`.
    fn overwrites(&self) -> bool {
        match self {
            Self::Export(command) => command.writes_blocks(),
            Self::Init(_) => true,
            Self::Import(command) => command.writes_map(),
            _ => false,
        }
    }

    fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        match self {
            Self::Compare(command) => command.run(session),
            Self::Skills(command) => command.run(session),
            Self::Quiz(command) => command.run(session),
            Self::Assess(command) => command.run(session),
            Self::Export(command) => command.run(session),
            Self::Roles(command) => command.run(session),
            Self::Show(command) => command.run(session),
            Self::Check(command) => command.run(session),
            Self::Diff(command) => command.run(session),
            Self::Schema(command) => Ok(command.run()),
            Self::Import(command) => command.run(session),
            Self::Init(command) => command.run(session),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }

    /// Why the command cannot be used in a generated block, if it cannot: a block may only print a result.
    fn unfit_for_block(&self) -> Option<Unfit> {
        match self {
            Self::Compare(_) | Self::Skills(_) | Self::Roles(_) | Self::Show(_) => None,
            Self::Quiz(command) => command.asks().then_some(Unfit::Asks),
            Self::Export(command) => command.writes().map(Unfit::Writes),
            Self::Assess(_)
            | Self::Check(_)
            | Self::Diff(_)
            | Self::Import(_)
            | Self::Schema(_)
            | Self::Init(_)
            | Self::Completions(_)
            | Self::Man(_) => Some(Unfit::NoResult),
        }
    }
}

/// Why a command cannot be used in a generated block.
#[derive(Debug, Clone, Copy)]
enum Unfit {
    /// It prompts.
    Asks,
    /// It does not print a result about the dataset.
    NoResult,
    /// It reads or writes other files, because of this option.
    Writes(&'static str),
}

/// Runs the command line. Returns the streams too, because errors are reported the way the arguments ask for.
pub(crate) fn run(arguments: &[OsString]) -> (Ui, Result<Exit, Error>) {
    if let Some(shell) = complete::shell() {
        let ui = Ui::default();
        let candidates = complete::answer(&shell, arguments);
        let outcome = candidates.and_then(|text| ui.print(&text)).map(|()| Exit::Success);
        return (ui, outcome);
    }
    let arguments = &pre_scan::help_as_option(arguments);
    let fallback = pre_scan::streams(arguments);
    let mut parser = parser_for(arguments.get(1), fallback.width());
    let parsed = parser.try_get_matches_from_mut(arguments);
    // What follows reuses its memory, ten pages, instead of touching new ones.
    drop(parser);
    match parsed.and_then(|matches| read(&matches)) {
        Ok((global, command)) => {
            let ui = Ui::new(global.color, global.width, global.quiet, global.message_format);
            let storage = Storage::default();
            let outcome = Session::new(ui.clone(), &global, &command, &storage)
                .and_then(|session| deliver(&session, command.run(&session)?));
            (ui, outcome)
        }
        Err(error) => {
            let outcome = usage::answer(&error, &fallback, || usage(arguments));
            (fallback, outcome)
        }
    }
}

/// Reads what clap matched. Global options count wherever they stand on the command line.
fn read(matches: &ArgMatches) -> Result<(Global, Command), clap::Error> {
    let given = matches.subcommand().map_or(matches, |(_, given)| given);
    Ok((Global::from_arg_matches(given)?, Command::from_arg_matches(matches)?))
}

/// The whole command line as a clap command, with help wrapped at this width.
fn parser(width: usize) -> clap::Command {
    Command::augment_subcommands(with_global(root(width)))
}

/// A parser with only the command that the first argument names, or with all if it names none. Building every command,
/// each with its own copy of the global options, takes longer than comparing two roles.
fn parser_for(first: Option<&OsString>, width: usize) -> clap::Command {
    match first.and_then(|name| command_named(name.to_str()?)) {
        Some(command) => root(width).subcommand(with_global(command)),
        None => parser(width),
    }
}

/// How the command that the arguments name is used, or the program if they name none.
fn usage(arguments: &[OsString]) -> String {
    let mut parser = parser(WIDEST_HELP);
    parser.build();
    let named = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    let named = named.into_iter().find(|name| parser.find_subcommand(name).is_some());
    let command = match named.map(|name| parser.find_subcommand_mut(name)) {
        Some(Some(command)) => command,
        _ => &mut parser,
    };
    command.render_usage().to_string().replacen("Usage:", "usage:", 1)
}

fn with_global(command: clap::Command) -> clap::Command {
    Global::augment_args(command).next_help_heading(None)
}

/// The command line without its commands and options.
fn root(width: usize) -> clap::Command {
    Root::command().term_width(width.min(WIDEST_HELP))
}

fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width) if (NARROWEST..=WIDEST).contains(&width) => Ok(width),
        _ => Err(format!("a whole number from {NARROWEST} to {WIDEST}")),
    }
}
