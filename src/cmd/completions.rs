use clap::Args;
use clap_complete::Shell;

use super::complete;
use super::deliver::Answer;
use crate::error::Error;

const EXAMPLES: &str = "\
Examples:
  source <(rolebook completions bash)   for this bash session
  rolebook completions fish | source    for this fish session
  rolebook completions zsh > _rolebook  as a file, for a folder in $fpath";

/// Print a completion script for a shell
///
/// Save the script where your shell looks for completions, or run it when the shell starts. It calls rolebook each time
/// you press Tab, so it also completes the roles, families, sections, quizzes and answers of your dataset.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// Shell to complete in
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run<'s>(self) -> Result<Answer<'s>, Error> {
        Ok(Answer::text("completions", complete::script(&self.shell.to_string(), "rolebook")?))
    }
}
