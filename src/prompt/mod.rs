//! Asking somebody. [`Prompt`] is the seam: a terminal with arrow keys, plain numbered lines, or a script in tests.
//! [`interview()`] asks a whole quiz through it.

mod interview;
mod lines;
mod terminal;

pub use interview::interview;
pub use lines::Lines;
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
    /// Whether there is an earlier question to go back to.
    pub can_go_back: bool,
}

/// What somebody made of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The option at this place.
    Chosen(usize),
    /// Back to the question before.
    Back,
}

/// Somebody who can be asked.
pub trait Prompt {
    /// Says something that asks for nothing.
    ///
    /// # Errors
    ///
    /// Where it cannot be said.
    fn say(&mut self, text: &str) -> Result<(), Error>;

    /// Asks for a choice.
    ///
    /// # Errors
    ///
    /// Where somebody leaves, or cannot be asked.
    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error>;
}
