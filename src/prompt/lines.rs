//! Prompts with numbered options, without escape sequences or raw mode: for screen readers, simple terminals and anyone
//! who prefers them.

use std::io::{BufRead, Write};

use super::{Choice, Prompt, Reply, not_shown};
use crate::error::{Error, ErrorCode};
use crate::layout::wrap;
use crate::text::{visible, visible_line};

/// Writes numbered options to `output` and reads one answer per line from `input`.
#[derive(Debug)]
pub struct Lines<R, W> {
    input: R,
    output: W,
    width: usize,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Uses these streams, with lines of this width.
    pub fn new(input: R, output: W, width: usize) -> Self {
        Self { input, output, width }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let written = self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush());
        written.map_err(|error| not_shown(&error))
    }

    fn say(&mut self, text: &str) -> Result<(), Error> {
        let text = visible(text);
        let mut lines = wrap(&text, self.width);
        lines.push("");
        self.write(&lines.join("\n"))
    }

    /// The next line without its line end; `None` at the end of the input.
    fn read(&mut self) -> Result<Option<String>, Error> {
        let mut line = Vec::new();
        match self.input.read_until(b'\n', &mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&line).trim().to_owned())),
            Err(error) => Err(Error::new(ErrorCode::Prompt, "cannot read the answer").because(&error)),
        }
    }

    fn show(&mut self, choice: &Choice) -> Result<(), Error> {
        self.write("\n")?;
        self.say(&choice.heading)?;
        self.say(&choice.prompt)?;
        for (number, option) in (1_usize..).zip(&choice.options) {
            let lead = format!("  {number}. ");
            let room = self.width.saturating_sub(lead.len());
            let indent = format!("\n{}", " ".repeat(lead.len()));
            let text = wrap(&visible_line(option), room).join(&indent);
            self.write(&format!("{lead}{text}\n"))?;
        }
        Ok(())
    }
}

/// What a line of input means.
enum Line {
    Reply(Reply),
    Help,
    /// Not a valid answer, and why.
    Unknown(String),
}

fn understand(line: &str, choice: &Choice) -> Line {
    let known = |place: usize| (place < choice.options.len()).then_some(Line::Reply(Reply::Chosen(place)));
    let (reply, otherwise) = match line {
        "" => (choice.ready.and_then(known), "Nothing was chosen.".to_owned()),
        "?" => (Some(Line::Help), String::new()),
        "b" | "B" => {
            (choice.back.as_ref().map(|_| Line::Reply(Reply::Back)), "There is no way back.".to_owned())
        }
        number => {
            let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            (place.and_then(known), format!("`{line}` is not one of the choices."))
        }
    };
    reply.unwrap_or(Line::Unknown(otherwise))
}

fn ways(choice: &Choice) -> String {
    let mut ways = format!("1 to {}", choice.options.len());
    if let Some(ready) = choice.ready {
        ways.extend([", Enter for ", &ready.saturating_add(1).to_string()]);
    }
    if choice.back.is_some() {
        ways.push_str(", b for back");
    }
    ways.push_str(", ? for help");
    ways
}

/// How to answer, and how to go back.
fn help(choice: &Choice) -> String {
    let own = choice.help.iter().map(|help| format!("{help}\n"));
    let back = choice.back.iter().map(|back| format!("\nb: {back}."));
    own.chain(std::iter::once("Type the number of your choice, then Enter; Ctrl-C leaves.".to_owned()))
        .chain(back)
        .collect()
}

impl<R: BufRead, W: Write> Prompt for Lines<R, W> {
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error> {
        self.say(title)?;
        self.say(words)
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
                    self.say(&help(choice))?;
                    self.show(choice)?;
                }
                Line::Unknown(why) => self.say(&why)?,
            }
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.write("\n")
    }
}
