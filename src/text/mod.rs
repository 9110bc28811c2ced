//! Text for people: what a screen may show, sentences, and commands to type.

mod english;
mod shell;
mod visible;

pub use english::{counted, listed, with_article};
pub use shell::{command, command_line};
pub(crate) use visible::is_control;
pub use visible::{is_web_address, visible, visible_exact, visible_line};
