use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;

use super::session::Session;
use crate::analysis::answers::Answers;
use crate::analysis::choose;
use crate::analysis::quiz::score;
use crate::error::{Error, Exit};
use crate::model::Answer;
use crate::prompt::{Lines, Prompt, Terminal, interview};
use crate::report::questions::QuestionsReport;
use crate::report::quiz::QuizReport;

/// Ask a few questions, recommend a role and say why
#[derive(Debug, Args)]
pub(super) struct Quiz {
    /// The quiz, by id or title; the dataset's first unless named
    #[arg(value_name = "QUIZ")]
    name: Option<String>,
    /// Answer a question by ids; `QUESTION=` skips it (can be repeated)
    #[arg(long, value_name = "QUESTION=OPTION")]
    answer: Vec<String>,
    /// Read answers from a file, or from standard input (`-`): a JSON object of the same, `null` skips
    #[arg(long, value_name = "FILE|-")]
    answers: Option<PathBuf>,
    /// Print the questions instead of asking them
    #[arg(long, conflicts_with_all = ["answer", "answers"])]
    questions: bool,
    /// Ask in plain numbered lines, as `ACCESSIBLE=1` and `TERM=dumb` do
    #[arg(long)]
    plain_prompts: bool,
}

impl Quiz {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        let text = session.text()?;
        let dataset = text.dataset()?;
        let quiz = choose::quiz(&dataset, self.name.as_deref())?;
        if self.questions {
            return session.print(&QuestionsReport::new(&dataset, quiz));
        }
        let mut given = Answers::new(quiz);
        for pair in &self.answer {
            given.add_pair(pair)?;
        }
        if let Some(path) = &self.answers {
            given.add_json(&read(path)?)?;
        }
        let answers: Vec<Answer> = match given.complete() {
            Some(answers) => answers,
            None if session.can_ask() => interview(&mut *self.prompt(session)?, quiz, given.given())?,
            None => return Err(missing(&given)),
        };
        let outcome = score(&dataset, quiz, &answers);
        session.print(&QuizReport::new(&dataset, quiz, &answers, &outcome, Some(session.replay())))
    }

    fn prompt(&self, session: &Session) -> Result<Box<dyn Prompt>, Error> {
        let is_set =
            |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        if self.plain_prompts || is_set("ACCESSIBLE") || is_dumb {
            return Ok(Box::new(Lines::new(io::stdin().lock(), io::stderr())));
        }
        Ok(Box::new(Terminal::new(session.ui.prompt_color())?))
    }
}

/// Why nobody can be asked.
#[derive(Debug)]
struct NoTerminal;

impl std::fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("prompts need a terminal for standard input and standard error, and are not forbidden by `--no-input`")
    }
}

impl std::error::Error for NoTerminal {}

/// What to write where nobody can be asked.
fn missing(given: &Answers<'_, '_>) -> Error {
    let message = "nobody can be asked here, and not every question is answered";
    let error = Error::new("no-terminal", message).because(&NoTerminal);
    let error = given.open().fold(error, |error, question| {
        let options: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        error.hint(format!("answer by `--answer {}={}`", question.id, options.join("|")))
    });
    error.hint("skip a question by `--answer QUESTION=`")
}

/// The text of a file, or of standard input where the path is `-`.
fn read(path: &Path) -> Result<String, Error> {
    let text = if path == Path::new("-") {
        io::read_to_string(io::stdin().lock())
    } else {
        fs::read_to_string(path)
    };
    text.map_err(|error| {
        Error::new("input", format!("the answers in `{}` cannot be read", path.display())).because(&error)
    })
}
