//! Scoring a quiz for many people at once, such as the export of a form: each line or row is one person and gives one
//! result. Invalid answers become an error with their line number and do not stop the others.

use std::io::BufRead;

use crate::analysis::answers::{Answers, Columns, Respondent};
use crate::analysis::quiz::score;
use crate::error::{Error, ErrorCode};
use crate::format::Quiz;
use crate::framework::Framework;
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
        mut input: impl BufRead + 's,
    ) -> impl Iterator<Item = Result<Result<QuizReport<'s>, Error>, Error>> + 's {
        let mut buffer = Vec::new();
        let mut number = 0;
        std::iter::from_fn(move || {
            loop {
                number += 1;
                let line = match fs::read_line(&mut input, &mut buffer) {
                    Ok(line) => line,
                    Err(error) => {
                        return Some(Err(
                            Error::new(ErrorCode::Input, "cannot read the answers").because(&error)
                        ));
                    }
                };
                if line.is_empty() {
                    return None;
                }
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let read = str::from_utf8(line).map_err(|error| {
                    Error::new(ErrorCode::InvalidAnswers, "the answers are not UTF-8 text").because(&error)
                });
                let read = read.and_then(|text| Respondent::read(self.quiz, text));
                return Some(Ok(self.result(number, read)));
            }
        })
    }

    /// Scores each row of a table.
    pub(super) fn rows(self, table: Table<'s>) -> impl Iterator<Item = Result<QuizReport<'s>, Error>> + 's {
        table.people.into_iter().map(move |(number, read)| self.result(number, read))
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

/// A table of answers: each person with their line number.
pub(super) struct Table<'s> {
    pub(super) people: Vec<(u64, Result<Respondent<'s>, Error>)>,
}

impl<'s> Table<'s> {
    /// Reads CSV as exported by a form.
    pub(super) fn read(quiz: &'s Quiz<'s>, text: &str) -> Result<Self, Error> {
        let unreadable = |error: &csv::Error| {
            Error::new(ErrorCode::InvalidAnswers, "cannot read the answers").because(error)
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let head = text.lines().next().unwrap_or_default();
        let count = |delimiter: u8| head.bytes().filter(|byte| *byte == delimiter).count();
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|one| count(*one)).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let hint = "`rolebook quiz --questions` lists them";
        let columns = Columns::find(quiz, reader.headers().map_err(|error| unreadable(&error))?)
            .map_err(|error| error.hint_if(ErrorCode::MissingAnswer, hint))?;
        let mut people = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<&str> = record.iter().collect();
            people.push((line, columns.read(&cells)));
        }
        Ok(Self { people })
    }
}

/// The error for missing answers: skipping a question must be explicit.
fn incomplete(answers: &Answers<'_>) -> Error {
    let open: Vec<String> = answers.open().map(|question| format!("`{}`", question.id)).collect();
    Error::new(ErrorCode::MissingAnswer, format!("not answered: {}", open.join(", ")))
        .hint("answer each with an option, or null to skip it")
}
