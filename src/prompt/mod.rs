//! Asking somebody. [`Prompt`] is the seam: a terminal with arrow keys, plain numbered lines, or a script in tests.
//! [`interview()`] asks a whole quiz through it.

mod interview;
mod lines;
mod signals;
mod terminal;

pub use interview::interview;
pub use lines::Lines;
pub use signals::{Screen, leave_on_signals};
pub use terminal::Terminal;

use crate::error::Error;

/// A choice that somebody is to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is about, such as "Question 1 of 3: Technical depth".
    pub heading: String,
    /// The question.
    pub prompt: String,
    /// Something that helps to answer.
    pub help: Option<String>,
    /// What there is to choose from.
    pub options: Vec<String>,
    /// The option that stands ready, chosen by Enter alone where it was chosen before or is the obvious one.
    pub ready: Option<usize>,
    /// Where the way back leads, such as "Back to question 1"; none where there is nothing to go back to.
    pub back: Option<String>,
}

/// What somebody made of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The option at this place.
    Chosen(usize),
    /// Back to where one came from.
    Back,
}

/// Somebody who can be asked.
pub trait Prompt {
    /// Says what is about to be asked, and in a few words how it goes on.
    ///
    /// # Errors
    ///
    /// Where it cannot be said.
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error>;

    /// Asks for a choice.
    ///
    /// # Errors
    ///
    /// Where somebody leaves, or cannot be asked.
    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error>;

    /// Ends the conversation: the result follows.
    ///
    /// # Errors
    ///
    /// Where that cannot be shown.
    fn finish(&mut self) -> Result<(), Error>;
}

/// The error of a prompt that could not be written.
fn not_shown(cause: &std::io::Error) -> Error {
    Error::new("prompt", "cannot show the question").because(cause)
}
