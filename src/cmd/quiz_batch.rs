//! Scoring a quiz for many people at once, such as the export of a form: each line or row is one person and gives one
//! result. Invalid answers become an error with their line number and do not stop the others.

use std::io::BufRead;

use crate::analysis::quiz::score;
use crate::check::{self, People};
use crate::error::{Error, ErrorCode};
use crate::format::{Origin, Quiz};
use crate::framework::{Answers, Framework, Respondent};
use crate::fs;
use crate::report::quiz::{DatasetArguments, QuizReport};

/// A quiz that several people answered.
pub(super) struct Survey<'s> {
    pub(super) arguments: DatasetArguments,
    pub(super) dataset: &'s Framework<'s>,
    pub(super) quiz: &'s Quiz<'s>,
}

impl<'s> Survey<'s> {
    /// Scores each line of JSON as soon as it is read.
    pub(super) fn lines(
        self,
        file: Origin,
        mut input: impl BufRead + 's,
    ) -> impl Iterator<Item = Result<Result<QuizReport<'s>, Error>, Error>> + 's {
        let mut buffer = Vec::new();
        let mut number = 0;
        std::iter::from_fn(move || {
            loop {
                number += 1;
                let mut line = match fs::read_line(&mut input, &mut buffer) {
                    Ok(line) => line,
                    Err(error) => {
                        return Some(Err(file.unreadable(&error)));
                    }
                };
                if line.is_empty() {
                    return None;
                }
                if number == 1 {
                    line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
                }
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let read = str::from_utf8(line).map_err(|error| {
                    Error::new(ErrorCode::InvalidAnswers, "the answers are not UTF-8 text").because(&error)
                });
                let read = read.and_then(|text| check::respondent(self.quiz, text));
                return Some(Ok(self.result(number, read)));
            }
        })
    }

    /// Scores each row of a table.
    pub(super) fn rows(self, people: People<'s>) -> impl Iterator<Item = Result<QuizReport<'s>, Error>> + 's {
        people.into_iter().map(move |(number, read)| self.result(number, read))
    }

    /// The result of one person, whose answers are in this line.
    pub(super) fn result(
        &self,
        line: u64,
        read: Result<Respondent<'s>, Error>,
    ) -> Result<QuizReport<'s>, Error> {
        read.and_then(|respondent| self.scored(respondent)).map_err(|error| error.at_line(line))
    }

    fn scored(&self, respondent: Respondent<'s>) -> Result<QuizReport<'s>, Error> {
        let Respondent { name, answers } = respondent;
        let answers = answers.complete().ok_or_else(|| incomplete(&answers))?;
        let outcome = score(self.dataset, self.quiz, &answers);
        Ok(QuizReport::new(self.dataset, self.quiz, &answers, &outcome, self.arguments.clone()).of(name))
    }
}

/// The error for missing answers: skipping a question must be explicit.
fn incomplete(answers: &Answers<'_>) -> Error {
    let open: Vec<String> = answers.open().map(|question| format!("`{}`", question.id)).collect();
    Error::new(ErrorCode::MissingAnswer, format!("not answered: {}", open.join(", ")))
        .hint("answer each with an option, or null to skip it")
}
