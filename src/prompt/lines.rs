//! Prompts with numbered options, without escape sequences or raw mode: for screen readers, simple terminals and anyone
//! who prefers them.

use std::io::{BufRead, Write};

use super::{Choice, NO_WAY_BACK, Prompt, Reply, not_shown, table};
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

    /// The next line without its line end. The end of the input cancels the prompt.
    fn read(&mut self) -> Result<String, Error> {
        let mut line = Vec::new();
        match self.input.read_until(b'\n', &mut line) {
            Ok(0) => {
                self.write("\n")?;
                Err(Error::left())
            }
            Ok(_) => Ok(String::from_utf8_lossy(&line).trim().to_owned()),
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

/// What somebody asks for with a line of input.
enum Request {
    Reply(Reply),
    Help,
    Leave,
    /// Not a valid answer, and why.
    Unknown(String),
}

fn understand(line: &str, choice: &Choice) -> Request {
    let known = |place: usize| (place < choice.options.len()).then_some(Request::Reply(Reply::Chosen(place)));
    let (reply, otherwise) = match line {
        "" => (choice.ready.and_then(known), "Nothing was chosen.".to_owned()),
        "?" => (Some(Request::Help), String::new()),
        // Esc is a character like any other in a line.
        "q" | "Q" | "\x1b" => (Some(Request::Leave), String::new()),
        "b" | "B" => (choice.back.as_ref().map(|_| Request::Reply(Reply::Back)), NO_WAY_BACK.to_owned()),
        number => {
            let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            (place.and_then(known), format!("`{line}` is not one of the choices."))
        }
    };
    reply.unwrap_or(Request::Unknown(otherwise))
}

fn ways(choice: &Choice) -> String {
    let mut ways = format!("1 to {}", choice.options.len());
    if let Some(ready) = choice.ready {
        ways.extend([", Enter for ", &(ready + 1).to_string()]);
    }
    if choice.back.is_some() {
        ways.push_str(", b for back");
    }
    ways.push_str(", q to leave, ? for help");
    ways
}

/// What can be typed, and what it does.
fn keys(choice: &Choice) -> Vec<(String, String)> {
    let key = |key: &str, what: &str| (key.to_owned(), what.to_owned());
    let numbers = format!("1 to {}", choice.options.len());
    let back = choice.back.iter().map(|back| key("b", back));
    std::iter::once(key(&numbers, "Choose an option"))
        .chain(back)
        .chain([key("?", "Show this help"), key("q or Esc", "Leave without a result (Ctrl-C does, too)")])
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
            let ask = format!("Your choice ({}):", ways(choice));
            self.write(&format!("{} ", wrap(&ask, self.width.saturating_sub(1)).join("\n")))?;
            match understand(&self.read()?, choice) {
                Request::Reply(reply) => return Ok(reply),
                Request::Leave => return Err(Error::left()),
                Request::Help => {
                    if let Some(help) = &choice.help {
                        self.say(help)?;
                    }
                    let keys = table(&keys(choice), self.width).join("\n");
                    self.write(&format!("Type one of these, then Enter:\n{keys}\n"))?;
                    self.show(choice)?;
                }
                Request::Unknown(why) => self.say(&why)?,
            }
        }
    }

    fn text(&mut self, prompt: &str, default: &str) -> Result<String, Error> {
        self.write(&format!("{prompt} (Enter for “{default}”): "))?;
        let answer = self.read()?;
        self.write("\n")?;
        Ok(if answer.is_empty() { default.to_owned() } else { answer })
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.write("\n")
    }
}
