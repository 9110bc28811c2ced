//! Asking line by line: numbered choices, no escape sequence, no raw mode. For screen readers, simple terminals and
//! whoever prefers it.

use std::io::{BufRead, Write};

use super::{Choice, Prompt, Reply};
use crate::error::Error;
use crate::text::visible;

/// Numbered choices on `output`, an answer a line from `input`.
#[derive(Debug)]
pub struct Lines<R, W> {
    input: R,
    output: W,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Asks on these streams.
    pub fn new(input: R, output: W) -> Self {
        Self { input, output }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        self.output
            .write_all(text.as_bytes())
            .and_then(|()| self.output.flush())
            .map_err(|error| Error::new("prompt", "the question could not be shown").because(&error))
    }

    /// The next line without its end; none where the input has ended.
    fn read(&mut self) -> Result<Option<String>, Error> {
        let mut line = Vec::new();
        match self.input.read_until(b'\n', &mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&line).trim().to_owned())),
            Err(error) => Err(Error::new("prompt", "the answer could not be read").because(&error)),
        }
    }

    fn show(&mut self, choice: &Choice) -> Result<(), Error> {
        let mut text = format!("\n{}\n{}\n", visible(&choice.heading), visible(&choice.prompt));
        for (number, option) in (1_usize..).zip(&choice.options) {
            text.extend(["  ", &number.to_string(), ". ", &visible(option), "\n"]);
        }
        self.write(&text)
    }
}

/// What a line asks for.
enum Line {
    Reply(Reply),
    Help,
    Unknown,
}

fn understand(line: &str, choice: &Choice) -> Line {
    let known = |place: usize| (place < choice.options.len()).then_some(Line::Reply(Reply::Chosen(place)));
    let reply = match line {
        "" => choice.ready.and_then(known),
        "?" => Some(Line::Help),
        "b" | "B" if choice.can_go_back => Some(Line::Reply(Reply::Back)),
        number => number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).and_then(known),
    };
    reply.unwrap_or(Line::Unknown)
}

fn ways(choice: &Choice) -> String {
    let mut ways = format!("a number from 1 to {}", choice.options.len());
    if let Some(ready) = choice.ready {
        ways.extend([", Enter for ", &ready.saturating_add(1).to_string()]);
    }
    if choice.can_go_back {
        ways.push_str(", b for back");
    }
    ways.push_str(", ? for help");
    ways
}

impl<R: BufRead, W: Write> Prompt for Lines<R, W> {
    fn say(&mut self, text: &str) -> Result<(), Error> {
        self.write(&format!("{}\n", visible(text)))
    }

    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error> {
        self.show(choice)?;
        loop {
            self.write(&format!("Your choice ({}): ", ways(choice)))?;
            let Some(line) = self.read()? else {
                self.write("\n")?;
                return Err(Error::left());
            };
            match understand(&line, choice) {
                Line::Reply(reply) => return Ok(reply),
                Line::Help => {
                    let help =
                        choice.help.as_deref().unwrap_or("Type the number of your choice, then Enter.");
                    self.say(help)?;
                    self.show(choice)?;
                }
                Line::Unknown => self.say(&format!("`{line}` is none of the choices."))?,
            }
        }
    }
}
