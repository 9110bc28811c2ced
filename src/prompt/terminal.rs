//! Asking in a terminal: arrow keys or a digit, drawn on standard error.

use std::io::{self, Write};

use inquire::error::InquireError;
use inquire::ui::RenderConfig;
use inquire::{Select, list_option::ListOption};

use super::{Choice, Prompt, Reply};
use crate::error::Error;
use crate::text::{visible, visible_line};

/// A choice is shown whole, as far as a terminal of 24 lines allows.
const MOST_LINES: usize = 15;

/// A terminal that can be drawn on. What it changes there is undone however the run ends.
#[derive(Debug)]
pub struct Terminal {
    color: bool,
}

impl Terminal {
    /// Asks in the terminal of this process.
    ///
    /// # Errors
    ///
    /// Where signals cannot be caught, so that the terminal could not be restored.
    pub fn new(color: bool) -> Result<Self, Error> {
        restore_on_signals()?;
        Ok(Self { color })
    }
}

impl Prompt for Terminal {
    fn say(&mut self, text: &str) -> Result<(), Error> {
        writeln!(io::stderr(), "{}", visible(text))
            .map_err(|error| Error::new("prompt", "the question could not be shown").because(&error))
    }

    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error> {
        self.say(&format!("\n{}", choice.heading))?;
        let back = choice.can_go_back.then(|| "Back to the question before".to_owned());
        let options: Vec<String> = (1_usize..)
            .zip(choice.options.iter().chain(&back))
            .map(|(number, option)| format!("{number}. {}", visible_line(option)))
            .collect();
        let keys = "arrow keys or a digit to move, Enter to choose, Esc to leave";
        let help = match &choice.help {
            Some(help) => format!("{} · {keys}", visible_line(help)),
            None => keys.to_owned(),
        };
        let prompt = visible_line(&choice.prompt);
        let asked = Select::new(&prompt, options)
            .with_help_message(&help)
            .with_page_size(MOST_LINES)
            .with_starting_cursor(choice.ready.unwrap_or(0))
            .with_scorer(&begins_with)
            .with_render_config(if self.color {
                RenderConfig::default_colored()
            } else {
                RenderConfig::empty()
            })
            .raw_prompt();
        match asked {
            Ok(ListOption { index, .. }) if index < choice.options.len() => Ok(Reply::Chosen(index)),
            Ok(_) => Ok(Reply::Back),
            Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => Err(Error::left()),
            Err(error) => Err(Error::new("prompt", "the terminal cannot be asked").because(&error)),
        }
    }
}

/// What is typed keeps the options that begin with it: their numbers, or the words behind them.
fn begins_with(typed: &str, _: &String, option: &str, _: usize) -> Option<i64> {
    let typed = typed.to_lowercase();
    let option = option.to_lowercase();
    let words = option.split_once(". ").map_or("", |(_, words)| words);
    (option.starts_with(&typed) || words.starts_with(&typed)).then_some(0)
}

/// A signal ends the process as it would without us, but not before the terminal is as it was.
#[cfg(unix)]
fn restore_on_signals() -> Result<(), Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])
        .map_err(|error| Error::new("prompt", "signals cannot be caught").because(&error))?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Failing here leaves nothing better to do than to end.
            let _ = crossterm::terminal::disable_raw_mode();
            let _ = crossterm::execute!(io::stderr(), crossterm::cursor::Show);
            let _ = writeln!(io::stderr());
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn restore_on_signals() -> Result<(), Error> {
    Ok(())
}
