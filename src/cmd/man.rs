use std::io;

use clap::Args;
use clap::builder::Resettable;
use clap_mangen::roff::{Roff, bold, roman};

use super::deliver::Answer;
use super::{WIDEST_HELP, parser};
use crate::error::{Error, ErrorCode};
use crate::suggest::{known, nearest};

const EXAMPLES: &str = "\
Examples:
  rolebook man | man -l -       read the main page
  rolebook man quiz | man -l -  read the page of a command
  rolebook man > rolebook.1     save it to a file";

/// How roff marks a heading.
const HEADING: &str = ".SH ";
/// What `clap_mangen` sets before a list of values: line breaks around a blank line.
const BREAKS: &str = ".br\n\n.br\n";
/// How it indents such a list.
const INDENT: &str = ".RS 14\n";

/// Print a man page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Man {
    /// Command to document [default: rolebook itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(super) fn run<'s>(self) -> Result<Answer<'s>, Error> {
        let mut rolebook = parser(WIDEST_HELP).disable_help_subcommand(true);
        rolebook.build();
        let command = match &self.command {
            None => &rolebook,
            Some(name) => rolebook.find_subcommand(name).ok_or_else(|| {
                let names = || rolebook.get_subcommands().map(clap::Command::get_name);
                Error::new(ErrorCode::UnknownCommand, format!("unknown command `{name}`"))
                    .candidates(nearest(name, names()))
                    .hint(known("commands", names()))
            })?,
        };
        let page = page(&rolebook, command)
            .map_err(|error| Error::new(ErrorCode::Output, "cannot render the page").because(&error))?;
        Ok(Answer::text("man", page))
    }
}

/// The man page of a command: its help, then sections of our own for what follows the help, and the other pages.
fn page(rolebook: &clap::Command, command: &clap::Command) -> io::Result<String> {
    let title = name(command).to_uppercase();
    let manual = clap_mangen::Man::new(described(command))
        .title(title)
        // A date would change the page from day to day.
        .date("\"\"")
        .source(format!("rolebook {}", env!("CARGO_PKG_VERSION")))
        .manual("rolebook manual");
    let mut page = Vec::new();
    manual.render(&mut page)?;
    let rest = more(rolebook, command).render();
    // Both halves begin with the same definition of an apostrophe.
    let rest = rest.find(HEADING).and_then(|start| rest.get(start..)).unwrap_or_default();
    // Make what is before a list of values one gap, and indent the list once.
    let page = String::from_utf8_lossy(&page).replace(BREAKS, ".sp\n").replace(INDENT, ".RS\n") + rest;
    Ok(page.lines().map(with_code_in_bold).collect())
}

/// Sets in bold what the help has in backticks.
fn with_code_in_bold(line: &str) -> String {
    let mut pieces = line.split('`');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    while let Some(code) = pieces.next() {
        match pieces.next() {
            Some(after) => out.extend(["\\fB", code, "\\fR", after]),
            None => out.extend(["`", code]),
        }
    }
    out + "\n"
}

/// The command with its full usage and a heading for positional arguments, without what gets sections of our own.
fn described(command: &clap::Command) -> clap::Command {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    command
        .clone()
        .override_usage(usage)
        .subcommand_help_heading("COMMANDS")
        .version(Resettable::Reset)
        .after_help(Resettable::Reset)
        .after_long_help(Resettable::Reset)
        .mut_args(|arg| if arg.is_positional() { arg.help_heading("Arguments") } else { arg })
}

/// The sections after the options: those that follow the help, and the other pages.
fn more(rolebook: &clap::Command, command: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    let help = |command: &clap::Command| {
        let help = command.get_after_long_help().or_else(|| command.get_after_help());
        help.map(ToString::to_string).unwrap_or_default()
    };
    let (general, own) = (help(rolebook), help(command));
    let general = general.split("\n\n").filter(|section| !section.starts_with("Examples:"));
    let own = own.split("\n\n").filter(|section| section.starts_with("Examples:"));
    for section in general.chain(own) {
        let mut lines = section.lines();
        let heading = lines.next().unwrap_or_default().trim_end_matches(':').to_uppercase();
        roff.control("SH", [if heading == "EXIT CODES" { "EXIT STATUS" } else { &heading }]);
        for (term, meaning) in lines.filter_map(|line| line.trim().split_once("  ")) {
            roff.control("TP", []).text([bold(term)]).text([roman(meaning.trim())]);
        }
    }
    let others = std::iter::once(rolebook).chain(rolebook.get_subcommands());
    let mut others = others.filter(|other| name(other) != name(command)).peekable();
    roff.control("SH", ["SEE ALSO"]);
    let mut pages = Vec::new();
    while let Some(other) = others.next() {
        pages.extend([bold(name(other)), roman("(1)")]);
        if others.peek().is_some() {
            pages.push(roman(",\n"));
        }
    }
    roff.text(pages);
    roff
}

/// The name of a command’s page.
fn name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

#[cfg(test)]
mod tests {
    use super::{BREAKS, HEADING, INDENT, described, more};
    use crate::cmd::{WIDEST_HELP, parser};

    /// What is replaced or looked for in a page has to be there.
    #[test]
    fn pages_are_written_as_expected() {
        let mut rolebook = parser(WIDEST_HELP).disable_help_subcommand(true);
        rolebook.build();
        for command in rolebook.get_subcommands() {
            let mut page = Vec::new();
            clap_mangen::Man::new(described(command)).render(&mut page).expect("a page can be rendered");
            let page = String::from_utf8(page).expect("a page is text");
            assert!(page.contains(BREAKS) && page.contains(INDENT), "{page}");
            assert!(more(&rolebook, command).render().contains(HEADING));
        }
    }
}
