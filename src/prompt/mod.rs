//! Prompts. [`Prompt`] is the interface, implemented by a terminal with single keys, by plain numbered lines, and by a
//! script in tests. [`interview()`] uses it to ask several questions in a row.

mod interview;
mod lines;
mod screen;
mod select;
mod signals;
mod terminal;

pub use interview::{Question, interview};
pub use lines::Lines;
pub use signals::{Watch, watch};
pub use terminal::Terminal;

use crate::error::{Error, ErrorCode};
use crate::layout::{width, wrap};

/// Said where there is no earlier question.
const NO_WAY_BACK: &str = "There is nothing to go back to.";

/// A question with options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is about, such as "Question 1 of 3: Technical depth".
    pub heading: String,
    /// The question.
    pub prompt: String,
    /// Help for answering.
    pub help: Option<String>,
    /// The options.
    pub options: Vec<String>,
    /// The preselected option, which Enter chooses: the previous answer or the obvious one.
    pub ready: Option<usize>,
    /// The label for going back, such as "Back to question 1", if there is something to go back to.
    pub back: Option<String>,
}

/// The answer to a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The option with this index.
    Chosen(usize),
    /// Go back.
    Back,
}

/// A way to ask a person.
pub trait Prompt {
    /// Shows what the questions are about, and briefly how to answer.
    ///
    /// # Errors
    ///
    /// If this cannot be shown.
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error>;

    /// Asks for a choice.
    ///
    /// # Errors
    ///
    /// If the prompt is cancelled or fails.
    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error>;

    /// Asks for a short text; an empty answer is the default.
    ///
    /// # Errors
    ///
    /// If the prompt is cancelled or fails.
    fn text(&mut self, prompt: &str, default: &str) -> Result<String, Error>;

    /// Ends the questions; the result follows.
    ///
    /// # Errors
    ///
    /// If this cannot be shown.
    fn finish(&mut self) -> Result<(), Error>;
}

/// The error of a prompt that could not be written.
fn not_shown(cause: &std::io::Error) -> Error {
    Error::new(ErrorCode::Prompt, "cannot show the question").because(cause)
}

/// Keys and what they do, in two columns.
fn table(keys: &[(String, String)], columns: usize) -> Vec<String> {
    let lead = keys.iter().map(|(key, _)| width(key)).max().unwrap_or(0) + 4;
    let mut lines = Vec::new();
    for (key, what) in keys {
        let mut start = format!("  {key}{}", " ".repeat(lead.saturating_sub(width(key)).saturating_sub(2)));
        for line in wrap(what, columns.saturating_sub(lead)) {
            lines.push(format!("{start}{line}"));
            start = " ".repeat(lead);
        }
    }
    lines
}
