//! Prompting in a terminal, as `quiz` and `assess` do.

use std::io;

use clap::Args;

use super::session::Session;
use crate::error::Error;
use crate::prompt::{Lines, Prompt, Terminal, Watch, watch};
use crate::ui::{Ui, is_dumb};

/// How to prompt.
#[derive(Debug, Args)]
pub(super) struct Asking {
    /// Prompt with plain numbered lines, as with `ACCESSIBLE=1` or `TERM=dumb`
    #[arg(long)]
    plain_prompts: bool,
}

/// A prompt, and what restores the terminal if a signal ends the process.
pub(super) struct Asker {
    // Dropped first: signals are watched until the terminal is restored.
    pub(super) prompt: Box<dyn Prompt>,
    _watch: Watch,
}

impl Asking {
    /// A prompt in the terminal of this process.
    pub(super) fn prompt(&self, session: &Session) -> Result<Asker, Error> {
        let is_set =
            |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let is_plain = self.plain_prompts || is_set("ACCESSIBLE") || is_dumb();
        let ui = session.ui.clone();
        let watch = watch(move || leave(&ui))?;
        let ui = &session.ui;
        let prompt: Box<dyn Prompt> = if is_plain {
            Box::new(Lines::new(io::stdin().lock(), io::stderr(), ui.prompt_width()))
        } else {
            Box::new(Terminal::take(ui.prompt_color(), ui.fixed_width())?)
        };
        Ok(Asker { prompt, _watch: watch })
    }
}

/// Ends the process as if the prompt had been cancelled. Runs on the signal thread, while the main thread is blocked
/// reading the answer.
#[expect(clippy::exit, reason = "nothing else ends a read that is waiting for input")]
fn leave(ui: &Ui) {
    let left = Error::left();
    ui.report(&left);
    std::process::exit(i32::from(left.exit().code()));
}

/// Why prompting is not possible.
#[derive(Debug)]
pub(super) enum Unasked {
    Forbidden,
    NoTerminal,
}

impl std::fmt::Display for Unasked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Forbidden => "`--no-input` or `ROLEBOOK_NO_INPUT` turns prompts off",
            Self::NoTerminal => "prompting needs a terminal on standard input and standard error",
        })
    }
}

impl std::error::Error for Unasked {}
