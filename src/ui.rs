//! Everything written to standard output and standard error goes through here, but for prompts. Decides on colour and width.

use std::borrow::Cow;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};
use terminal_size::{Height, terminal_size_of};

use crate::diagnostic::excerpts;
use crate::error::{Error, ErrorCode};
use crate::layout::{DEFAULT_WIDTH, columns_of};
use crate::text::visible;

pub(crate) use crate::layout::NARROWEST;

/// The widest output width: terminals cannot report more, and a wider page would only cost memory.
pub(crate) const WIDEST: usize = 65_535;

/// When to write escape sequences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// If the output is a terminal and the environment allows it
    #[default]
    Auto,
    /// Even when the output is piped
    Always,
    /// Not even in a terminal
    Never,
}

/// Format of error messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people
    #[default]
    Human,
    /// For scripts: a `rolebook.error/1` document
    Json,
}

/// Whether the terminal shows nothing but text, as far as `TERM` says.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Standard output, standard error, and how to write to them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ui {
    color: Color,
    width: Option<usize>,
    quiet: bool,
    messages: MessageFormat,
}

#[expect(clippy::unused_self, reason = "who prints holds a `Ui`, also where its options do not matter")]
impl Ui {
    /// The streams, set up as the arguments ask.
    pub(crate) fn new(color: Color, width: Option<usize>, quiet: bool, messages: MessageFormat) -> Self {
        Self { color, width, quiet, messages }
    }

    /// The width of standard output in columns.
    pub(crate) fn width(&self) -> usize {
        self.width.unwrap_or_else(|| columns_of(terminal_size_of(io::stdout())))
    }

    /// The width of a file in columns, regardless of the terminal.
    pub(crate) fn file_width(&self) -> usize {
        self.width.unwrap_or(DEFAULT_WIDTH)
    }

    /// Prints a note if this many lines, which were just printed, are more than the terminal has.
    pub(crate) fn note_if_too_long(&self, printed: usize, text: &str) {
        if let Some((_, Height(lines))) = terminal_size_of(io::stdout())
            && printed > usize::from(lines)
        {
            self.note(text);
        }
    }

    /// Whether standard output shows colour.
    pub(crate) fn color(&self) -> bool {
        self.shows_color(&io::stdout())
    }

    /// Whether prompting is possible: keys come from standard input, prompts go to standard error.
    pub(crate) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether prompts show colour.
    pub(crate) fn prompt_color(&self) -> bool {
        self.shows_color(&io::stderr())
    }

    /// The width set with `--width`.
    pub(crate) fn fixed_width(&self) -> Option<usize> {
        self.width
    }

    /// The width of prompts on standard error, in columns.
    pub(crate) fn prompt_width(&self) -> usize {
        self.width.unwrap_or_else(|| columns_of(terminal_size_of(io::stderr())))
    }

    /// Writes a result to standard output in one piece. A closed pipe is not an error.
    ///
    /// # Errors
    ///
    /// If standard output cannot be written, for instance because a disk is full.
    pub(crate) fn print(&self, payload: &str) -> Result<(), Error> {
        self.print_with(|out| out.write_all(payload.as_bytes()))
    }

    /// Writes a result to standard output as it comes, like [`Ui::print`].
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub(crate) fn print_with(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        written(write(&mut out).and_then(|()| out.flush())).map(|_| ())
    }

    /// Standard output for a stream of results.
    pub(crate) fn stream(&self) -> Stream {
        Stream { out: BufWriter::new(io::stdout().lock()), reader: Reader::There }
    }

    /// Writes text with escape sequences to standard output, removing them unless colour is on.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub(crate) fn print_styled(&self, styled: &str) -> Result<(), Error> {
        if self.color() {
            self.print(styled)
        } else {
            self.print(&anstream::adapter::strip_str(styled).to_string())
        }
    }

    /// Writes text with escape sequences to standard error, removing them unless colour is on.
    pub(crate) fn print_styled_error(&self, styled: &str) {
        if self.prompt_color() { say(styled) } else { say(&anstream::adapter::strip_str(styled).to_string()) }
    }

    /// Writes a note to standard error, unless `--quiet` is set.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            say(&format!("{}\n", visible(text)));
        }
    }

    /// Reports an error on standard error.
    pub(crate) fn report(&self, error: &Error) {
        match self.messages {
            MessageFormat::Human => say(&self.human(error)),
            MessageFormat::Json => {
                // The document has only text, lists and a number, so serialising it cannot fail.
                let document = serde_json::to_string(error).unwrap_or_default();
                say(&format!("{document}\n"));
            }
        }
    }

    /// The error for people: what happened, why, and what to do.
    fn human(&self, error: &Error) -> String {
        let color = self.prompt_color();
        let label = |style: Style, text: &'static str| -> Cow<'static, str> {
            if color { format!("{style}{text}{style:#}").into() } else { text.into() }
        };
        let red = Style::new().fg_color(Some(AnsiColor::Red.into())).effects(Effects::BOLD);
        let cyan = Style::new().fg_color(Some(AnsiColor::Cyan.into())).effects(Effects::BOLD);
        let mistakes =
            error.mistakes().iter().map(|checked| excerpts(checked, color, self.prompt_width())).collect();
        let message = format!("{} {}\n", label(red, "error:"), visible(error.message()));
        let causes =
            error.causes().iter().map(|cause| format!("  {} {}\n", label(red, "cause:"), visible(cause)));
        let hints =
            error.hints().into_iter().map(|hint| format!("{} {}\n", label(cyan, "hint:"), visible(&hint)));
        [mistakes, message].into_iter().chain(causes).chain(hints).collect()
    }

    /// The one decision on colour: `--color`, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, then the terminal.
    fn shows_color(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let is_off = |name| std::env::var_os(name).is_some_and(|value| value == "0");
                let may_show = || !is_off("CLICOLOR") && stream.is_terminal() && !is_dumb();
                // anstream takes `CLICOLOR_FORCE=0` for an order to show colour.
                AutoStream::choice(stream) != ColorChoice::Never && (!is_off("CLICOLOR_FORCE") || may_show())
            }
        }
    }
}

/// Whether standard output still has a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// It has.
    There,
    /// The pipe is closed.
    Gone,
}

/// Standard output for a stream of results; call [`Stream::finish`] at the end.
#[derive(Debug)]
pub(crate) struct Stream {
    out: BufWriter<StdoutLock<'static>>,
    reader: Reader,
}

impl Stream {
    /// Writes a result that ends with a line break.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub(crate) fn write(&mut self, result: &str) -> Result<Reader, Error> {
        self.reader = written(self.out.write_all(result.as_bytes()))?;
        Ok(self.reader)
    }

    /// Flushes the buffer.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        match self.reader {
            Reader::There => written(self.out.flush()).map(|_| ()),
            Reader::Gone => Ok(()),
        }
    }
}

/// A closed pipe is not an error; anything else is.
fn written(outcome: io::Result<()>) -> Result<Reader, Error> {
    match outcome {
        Ok(()) => Ok(Reader::There),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(Error::new(ErrorCode::Output, "cannot write to standard output").because(&error)),
    }
}

/// Writes to standard error. If this fails, there is no way to report it.
fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
