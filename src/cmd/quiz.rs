use std::io;

use clap::Args;

use super::session::Session;
use crate::analysis::choose;
use crate::analysis::quiz::{parse_answers, score};
use crate::error::{Error, Exit};
use crate::model::{Answer, Quiz as Questions};
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
    /// Print the questions instead of asking them
    #[arg(long, conflicts_with = "answer")]
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
        let given = parse_answers(quiz, &self.answer)?;
        let answers: Vec<Answer> = match given.iter().copied().collect() {
            Some(answers) => answers,
            None if session.can_ask() => interview(&mut *self.prompt(session)?, quiz, &given)?,
            None => return Err(missing(quiz, &given)),
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
fn missing(quiz: &Questions<'_>, given: &[Option<Answer<'_, '_>>]) -> Error {
    let open = quiz.questions.iter().zip(given).filter(|(_, answer)| answer.is_none());
    let message = "nobody can be asked here, and not every question is answered";
    let error = Error::new("no-terminal", message).because(&NoTerminal);
    let error = open.fold(error, |error, (question, _)| {
        let options: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        error.hint(format!("answer by `--answer {}={}`", question.id, options.join("|")))
    });
    error.hint("skip a question by `--answer QUESTION=`")
}
