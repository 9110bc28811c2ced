//! Prompts in a terminal, one question to a screen, answered with single keys.

use std::io::stderr;

use anstyle::{AnsiColor, Effects, Style};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use inquire::Text;
use inquire::error::InquireError;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use terminal_size::{Height, terminal_size_of};

use super::screen::{self, Screen};
use super::select::{Emphasis, Key, ScreenLine, Select};
use super::{Choice, Prompt, Reply, not_shown};
use crate::error::{Error, ErrorCode};
use crate::layout::columns_of;

/// The height of a terminal that does not report it.
const ROWS: usize = 24;

/// A prompt that draws on the terminal, which is restored when this is dropped.
#[derive(Debug)]
pub struct Terminal {
    _screen: Screen,
    color: bool,
    width: Option<usize>,
    /// What the questions are about, shown above them.
    title: ScreenLine,
    /// What is only shown above the first question.
    words: Option<ScreenLine>,
}

impl Terminal {
    /// Takes the terminal of this process. Lines have this width, or less if the window is narrower.
    ///
    /// # Errors
    ///
    /// If the terminal does not allow it.
    pub fn take(color: bool, width: Option<usize>) -> Result<Self, Error> {
        let screen = Screen::take().map_err(|error| not_possible(&error))?;
        let title = ScreenLine { text: String::new(), emphasis: Emphasis::Bold };
        Ok(Self { _screen: screen, color, width, title, words: None })
    }

    /// The columns and rows to use. They are measured each time, because the window may have changed.
    fn size(&self) -> (usize, usize) {
        let size = terminal_size_of(stderr());
        let columns = columns_of(size);
        let rows = size.map(|(_, Height(rows))| usize::from(rows)).filter(|rows| *rows > 0).unwrap_or(ROWS);
        (self.width.map_or(columns, |width| width.min(columns)), rows)
    }

    fn draw(&self, select: &mut Select<'_>) -> Result<(), Error> {
        let (columns, rows) = self.size();
        let space = ScreenLine { text: String::new(), emphasis: Emphasis::Plain };
        let intro: Vec<ScreenLine> =
            [&self.title].into_iter().chain(&self.words).chain([&space]).cloned().collect();
        let frame = select.frame(&intro, columns, rows);
        let lines = frame.lines.into_iter().map(|line| self.styled(line));
        screen::draw(lines, frame.cursor).map_err(|error| not_shown(&error))
    }

    fn styled(&self, ScreenLine { text, emphasis }: ScreenLine) -> String {
        let style = match emphasis {
            Emphasis::Bold => Style::new().effects(Effects::BOLD),
            Emphasis::Dim => Style::new().effects(Effects::DIMMED),
            Emphasis::Marked => Style::new().fg_color(Some(AnsiColor::Cyan.into())).effects(Effects::BOLD),
            Emphasis::Plain => return text,
        };
        if self.color { format!("{style}{text}{style:#}") } else { text }
    }

    fn render_config(&self) -> RenderConfig<'static> {
        let plain = RenderConfig::empty()
            .with_prompt_prefix(Styled::new(">"))
            .with_answered_prompt_prefix(Styled::new(">"));
        if !self.color {
            return plain;
        }
        let answer = StyleSheet::new().with_fg(Color::DarkCyan).with_attr(Attributes::BOLD);
        plain.with_answer(answer).with_help_message(StyleSheet::new().with_fg(Color::DarkGrey))
    }
}

impl Prompt for Terminal {
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error> {
        title.clone_into(&mut self.title.text);
        self.words = Some(ScreenLine { text: words.to_owned(), emphasis: Emphasis::Plain });
        Ok(())
    }

    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error> {
        let mut select = Select::new(choice);
        loop {
            self.draw(&mut select)?;
            match input(&read().map_err(|error| not_possible(&error))?) {
                Input::Key(key) => {
                    if let Some(reply) = select.press(key) {
                        self.words = None;
                        return Ok(reply);
                    }
                }
                Input::Leave => return Err(Error::left()),
                Input::Suspend => screen::suspend().map_err(|error| not_possible(&error))?,
                Input::Nothing => {}
            }
        }
    }

    fn text(&mut self, prompt: &str, default: &str) -> Result<String, Error> {
        screen::clear().map_err(|error| not_shown(&error))?;
        let prompt = format!("{prompt}:");
        let help = format!("Enter for “{default}”, Esc to leave");
        let question = Text::new(&prompt)
            .with_default(default)
            .with_help_message(&help)
            .with_render_config(self.render_config());
        let answer = question.prompt();
        screen::retake().map_err(|error| not_possible(&error))?;
        answer.map_err(|error| match error {
            InquireError::OperationCanceled | InquireError::OperationInterrupted => Error::left(),
            error => not_possible(&error),
        })
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// What an event means to a question.
enum Input {
    Key(Key),
    Leave,
    Suspend,
    /// Nothing but that the question is drawn again, as it has to be in a resized window.
    Nothing,
}

fn input(event: &Event) -> Input {
    let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event else { return Input::Nothing };
    if *kind == KeyEventKind::Release {
        return Input::Nothing;
    }
    if let KeyCode::Char(key) = code
        && modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    {
        return match (key, modifiers.contains(KeyModifiers::CONTROL)) {
            ('c' | 'd', true) => Input::Leave,
            ('z', true) => Input::Suspend,
            // A line feed is Enter typed before the terminal was taken.
            ('j', true) => Input::Key(Key::Enter),
            _ => Input::Nothing,
        };
    }
    Input::Key(match code {
        KeyCode::Esc | KeyCode::Char('q' | 'Q') => return Input::Leave,
        KeyCode::Enter => Key::Enter,
        KeyCode::Up | KeyCode::Char('k') => Key::Up,
        KeyCode::Down | KeyCode::Char('j') => Key::Down,
        KeyCode::Home => Key::First,
        KeyCode::End => Key::Last,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Erase,
        KeyCode::Char('b' | 'B') => Key::Back,
        KeyCode::Char('?') => Key::Help,
        KeyCode::Char(key) => match key.to_digit(10).and_then(|digit| usize::try_from(digit).ok()) {
            Some(digit) => Key::Digit(digit),
            None => Key::Other,
        },
        _ => Key::Other,
    })
}

fn not_possible(cause: &dyn std::error::Error) -> Error {
    Error::new(ErrorCode::Prompt, "cannot prompt in this terminal").because(cause)
}
