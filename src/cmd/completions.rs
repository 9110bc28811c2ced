use clap::Args;
use clap_complete::Shell;

use super::complete;
use super::deliver::Answer;
use crate::error::Error;

const EXAMPLES: &str = "\
Examples:
  source <(rolebook completions bash)   in this bash session
  rolebook completions fish | source    in this fish session
  rolebook completions zsh > _rolebook  as a file, for a folder of $fpath";

/// Print the completion script for a shell
///
/// Save the script where the shell looks for completions, or have the shell run it at startup. At each press of Tab it
/// asks rolebook, so it completes the roles, families, sections, quizzes and answers of your dataset too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run<'s>(self) -> Result<Answer<'s>, Error> {
        Ok(Answer::text("completions", complete::script(&self.shell.to_string(), "rolebook")?))
    }
}
