//! The only owner of standard output and standard error: what is written where, in which colour and how wide.

use std::borrow::Cow;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};
use terminal_size::{Height, Width, terminal_size_of};

use crate::error::Error;
use crate::excerpt::excerpts;
use crate::text::visible;

/// The width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;
/// The narrowest page that is laid out; a terminal that says less is taken for one that does not know.
pub const NARROWEST: usize = 20;
/// The widest page: no terminal says more, and room for more would be taken from the memory for nothing.
pub const WIDEST: usize = 65_535;

/// When to write escape sequences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// If the output is a terminal and the environment allows it
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// Format of error messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// For people
    #[default]
    Human,
    /// For scripts: a `rolebook.error/1` document
    Json,
}

/// Standard output, standard error, and how to write to them.
#[derive(Debug, Clone, Default)]
pub struct Ui {
    color: Color,
    width: Option<usize>,
    quiet: bool,
    messages: MessageFormat,
}

impl Ui {
    /// The streams, with what the arguments say of them.
    pub fn new(color: Color, width: Option<usize>, quiet: bool, messages: MessageFormat) -> Self {
        Self { color, width, quiet, messages }
    }

    /// The columns of a page on standard output.
    pub fn width(&self) -> usize {
        self.width.unwrap_or_else(|| width_of(terminal_size_of(io::stdout())))
    }

    /// The columns of a page in a file, whatever terminal there is.
    pub fn file_width(&self) -> usize {
        self.width.unwrap_or(DEFAULT_WIDTH)
    }

    /// Says something about a text that is longer than the terminal on which it was printed.
    pub fn note_if_too_long(&self, printed: &str, text: &str) {
        if let Some((_, Height(lines))) = terminal_size_of(io::stdout())
            && printed.lines().count() > usize::from(lines)
        {
            self.note(text);
        }
    }

    /// Whether standard output shows colour.
    pub fn color(&self) -> bool {
        self.shows_color(&io::stdout())
    }

    /// Whether somebody can be asked: keys come from standard input, prompts go to standard error.
    pub fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether prompts show colour.
    pub fn prompt_color(&self) -> bool {
        self.shows_color(&io::stderr())
    }

    /// The columns of a prompt on standard error.
    pub fn prompt_width(&self) -> usize {
        self.width.unwrap_or_else(|| width_of(terminal_size_of(io::stderr())))
    }

    /// Writes a result to standard output, in one piece. A reader who has gone away is no error.
    ///
    /// # Errors
    ///
    /// Where standard output takes no more, on a full disk for instance.
    pub fn print(&self, payload: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        written(out.write_all(payload.as_bytes()).and_then(|()| out.flush())).map(|_| ())
    }

    /// Standard output for results that come one by one.
    pub fn stream(&self) -> Stream {
        Stream { out: BufWriter::new(io::stdout().lock()), reader: Reader::There }
    }

    /// Writes text that holds escape sequences, without them where colour is not shown.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub fn print_styled(&self, styled: &str) -> Result<(), Error> {
        if self.color() {
            self.print(styled)
        } else {
            self.print(&anstream::adapter::strip_str(styled).to_string())
        }
    }

    /// Writes text that holds escape sequences to standard error, without them where colour is not shown.
    pub fn tell_styled(&self, styled: &str) {
        if self.prompt_color() { say(styled) } else { say(&anstream::adapter::strip_str(styled).to_string()) }
    }

    /// Says something beside the result, on standard error, unless it is to be quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            say(&format!("{}\n", visible(text)));
        }
    }

    /// Says why there is no result, on standard error.
    pub fn report(&self, error: &Error) {
        match self.messages {
            MessageFormat::Human => say(&self.told(error)),
            MessageFormat::Json => {
                // The document is text, lists and a number: nothing in it can fail to be written.
                let document = serde_json::to_string(error).unwrap_or_default();
                say(&format!("{document}\n"));
            }
        }
    }

    /// The error in words: what, because of what, and what to do.
    fn told(&self, error: &Error) -> String {
        let color = self.prompt_color();
        let label = |style: Style, text: &'static str| -> Cow<'static, str> {
            if color { format!("{style}{text}{style:#}").into() } else { text.into() }
        };
        let red = Style::new().fg_color(Some(AnsiColor::Red.into())).effects(Effects::BOLD);
        let cyan = Style::new().fg_color(Some(AnsiColor::Cyan.into())).effects(Effects::BOLD);
        let mistakes =
            error.mistakes().map(|checked| excerpts(checked, color, self.prompt_width())).unwrap_or_default();
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
            Color::Auto => AutoStream::choice(stream) != ColorChoice::Never,
        }
    }
}

/// Whether anybody still reads standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody does.
    There,
    /// The pipe is closed: what is written now is for nobody.
    Gone,
}

/// Standard output for results that come one by one; [`Stream::finish`] ends it.
#[derive(Debug)]
pub struct Stream {
    out: BufWriter<StdoutLock<'static>>,
    reader: Reader,
}

impl Stream {
    /// Writes a result, which ends with a line break.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub fn write(&mut self, result: &str) -> Result<Reader, Error> {
        self.reader = written(self.out.write_all(result.as_bytes()))?;
        Ok(self.reader)
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    ///
    /// As [`Ui::print`].
    pub fn finish(mut self) -> Result<(), Error> {
        match self.reader {
            Reader::There => written(self.out.flush()).map(|_| ()),
            Reader::Gone => Ok(()),
        }
    }
}

/// A reader who has gone away is no error; whatever else stands in the way is.
fn written(outcome: io::Result<()>) -> Result<Reader, Error> {
    match outcome {
        Ok(()) => Ok(Reader::There),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(Error::new("output", "cannot write to standard output").because(&error)),
    }
}

/// Writes to standard error. Where that fails there is nobody left to tell.
fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

fn width_of(size: Option<(Width, Height)>) -> usize {
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width >= NARROWEST).unwrap_or(DEFAULT_WIDTH)
}
