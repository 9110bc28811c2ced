use clap::Args;
use clap_mangen::Man as Page;

use super::session::Session;
use super::{WIDEST_HELP, parser};
use crate::analysis::choose::known;
use crate::error::{Error, Exit};
use crate::suggest::nearest;

/// Print the manual page of rolebook, or of one of its commands
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        let mut rolebook = parser(WIDEST_HELP).disable_help_subcommand(true);
        rolebook.build();
        let command = match &self.command {
            None => &rolebook,
            Some(name) => rolebook.find_subcommand(name).ok_or_else(|| {
                let names = || rolebook.get_subcommands().map(clap::Command::get_name);
                Error::new("unknown-command", format!("there is no command `{name}`"))
                    .candidates(nearest(name, names()))
                    .hint(known("commands", names()))
            })?,
        };
        let mut page = Vec::new();
        let written = Page::new(command.clone()).render(&mut page);
        written.map_err(|error| Error::new("output", "the page could not be made").because(&error))?;
        session.print_text("man", &String::from_utf8_lossy(&page))
    }
}
