//! Prompts in a terminal, with arrow keys or digits, drawn on standard error.

use std::io::{self, Write};

use anstyle::{Effects, Style};
use inquire::Select;
use inquire::error::InquireError;
use inquire::list_option::ListOption;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use terminal_size::{Height, terminal_size_of};

use super::signals::lend_terminal;
use super::{Choice, Prompt, Reply, not_shown};
use crate::error::{Error, ErrorCode};
use crate::layout::wrap;
use crate::text::{visible, visible_line};

/// The height of a terminal that does not report it.
const LINES: usize = 24;
/// The width before an option: the mark of the selected one, and a space.
const MARK: usize = 2;
const KEYS: &str = "arrow keys or a digit to move, Enter to choose, Esc to leave";
/// Shown instead of the options if none matches what was typed.
const NO_MATCH: &str = "No choice begins like this: Backspace takes it back";

/// A prompt that draws on a terminal.
#[derive(Debug)]
pub struct Terminal {
    color: bool,
    width: usize,
}

impl Terminal {
    /// Uses the terminal of this process, with lines of this width.
    pub fn new(color: bool, width: usize) -> Self {
        Self { color, width }
    }

    fn styled(&self, effects: Effects, text: &str) -> String {
        // Style every line separately, because some terminals reset the style at the end of a line.
        let style = if self.color { Style::new().effects(effects) } else { Style::new() };
        let text = visible(text);
        let styled = |line: &str| format!("{style}{line}{style:#}\n");
        wrap(&text, self.width).into_iter().map(styled).collect()
    }

    fn write(text: &str) -> Result<(), Error> {
        io::stderr().write_all(text.as_bytes()).map_err(|error| not_shown(&error))
    }

    /// Text after a prefix of this width, with later lines indented by the same width.
    fn hanging(&self, indent: usize, text: &str) -> String {
        wrap(text, self.width.saturating_sub(indent)).join(&format!("\n{}", " ".repeat(indent)))
    }

    fn look(&self) -> RenderConfig<'static> {
        let plain = RenderConfig::empty()
            .with_prompt_prefix(Styled::new("Your choice:"))
            .with_answered_prompt_prefix(Styled::new(">"))
            .with_canceled_prompt_indicator(Styled::new("none"));
        if !self.color {
            return plain;
        }
        let chosen = StyleSheet::new().with_fg(Color::DarkCyan).with_attr(Attributes::BOLD);
        plain
            .with_highlighted_option_prefix(Styled::new(">").with_style_sheet(chosen))
            .with_answered_prompt_prefix(Styled::new(">").with_style_sheet(chosen))
            .with_selected_option(Some(chosen))
            .with_answer(chosen)
            .with_help_message(StyleSheet::new().with_fg(Color::DarkGrey))
    }

    /// Lets the user choose an option. Limits the height, because the prompt library draws over what does not fit.
    fn select(&self, labels: &[String], ready: usize) -> Result<usize, InquireError> {
        let options: Vec<String> = (1_usize..)
            .zip(labels)
            .map(|(number, label)| {
                let lead = format!("{number}. ");
                let text = self.hanging(MARK.saturating_add(lead.len()), label);
                format!("{lead}{text}")
            })
            .chain(std::iter::once(self.hanging(MARK, NO_MATCH)))
            .collect();
        let help = wrap(KEYS, self.width.saturating_sub(2)).join("\n");
        let lines = |text: &String| text.lines().count();
        // Other lines: the input line, the key help, and the line below it.
        let taken = lines(&help).saturating_add(2);
        let tallest = options.iter().map(lines).max().unwrap_or(1);
        let page = screen_lines().saturating_sub(taken).checked_div(tallest).unwrap_or(1).max(1);
        let fits = |typed: &str, _: &String, _: &str, place: usize| {
            let fits = match labels.get(place) {
                Some(label) => begins_with(typed, place, label),
                None => !labels.iter().enumerate().any(|(place, label)| begins_with(typed, place, label)),
            };
            fits.then_some(0)
        };
        let chosen = |option: ListOption<&String>| {
            self.hanging(MARK, labels.get(option.index).map_or("no such choice", String::as_str))
        };
        let question = Select::new("", options)
            .with_help_message(&help)
            .with_page_size(page)
            .with_starting_cursor(ready)
            .with_reset_cursor(false)
            .with_scorer(&fits)
            .with_sorter(&|_| {})
            .with_formatter(&chosen)
            .with_render_config(self.look());
        lend_terminal(|| question.raw_prompt()).map(|option| option.index)
    }
}

impl Prompt for Terminal {
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error> {
        let title = self.styled(Effects::BOLD, title);
        Self::write(&format!("{title}{}", self.styled(Effects::new(), words)))
    }

    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error> {
        let heading = self.styled(Effects::BOLD, &choice.heading);
        let question = self.styled(Effects::new(), &choice.prompt);
        let help = choice.help.as_ref().map(|help| self.styled(Effects::DIMMED, help)).unwrap_or_default();
        Self::write(&format!("\n{heading}{question}{help}"))?;
        let labels: Vec<String> =
            choice.options.iter().chain(&choice.back).map(|label| visible_line(label).into_owned()).collect();
        loop {
            match self.select(&labels, choice.ready.unwrap_or(0)) {
                Ok(place) if place < choice.options.len() => return Ok(Reply::Chosen(place)),
                Ok(place) if place < labels.len() => return Ok(Reply::Back),
                Ok(_) => {}
                Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {
                    return Err(Error::left());
                }
                Err(error) => {
                    return Err(
                        Error::new(ErrorCode::Prompt, "cannot prompt in this terminal").because(&error)
                    );
                }
            }
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        Self::write("\n")
    }
}

/// Filters options by what is typed: the beginning of their numbers or of their words.
fn begins_with(typed: &str, place: usize, label: &str) -> bool {
    let number = place.saturating_add(1).to_string();
    number.starts_with(typed.trim()) || label.to_lowercase().starts_with(&typed.to_lowercase())
}

fn screen_lines() -> usize {
    let size = terminal_size_of(io::stderr());
    size.map(|(_, Height(lines))| usize::from(lines)).filter(|lines| *lines > 0).unwrap_or(LINES)
}
