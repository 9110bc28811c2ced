use clap::Args;
use clap_complete::Shell;

use super::session::Session;
use super::{WIDEST_HELP, parser};
use crate::error::{Error, Exit};

const EXAMPLES: &str = "\
Examples:
  source <(rolebook completions bash)   this session of bash
  rolebook completions fish | source    this session of fish
  rolebook completions zsh > _rolebook  a file for a folder of $fpath";

/// Print the completion script of a shell
///
/// Put the script where the shell looks for completions, or let the shell evaluate it when it starts.
/// It knows commands and options. The script that `COMPLETE=SHELL rolebook` prints has the shell ask at each completion,
/// and so knows the roles, sections, quizzes and answers of the dataset too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        // To memory first: the generator panics where it cannot write.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut parser(WIDEST_HELP), "rolebook", &mut script);
        session.print_text("completions", &String::from_utf8_lossy(&script))
    }
}
