//! A quiz answered by many: one person a line in, one result a line out, so that a form's export is scored in one
//! run. A bad line is told as an error with its number, and the rest goes on.

use std::io::BufRead;

use super::deliver::Line;
use crate::analysis::answers::{Answers, Respondent};
use crate::analysis::quiz::score;
use crate::error::{Error, Exit};
use crate::format::Quiz;
use crate::framework::Framework;
use crate::fs;
use crate::render::render_line;
use crate::report::quiz::QuizReport;

/// Scores each line of the input, as it is read.
pub(super) fn scored<'s>(
    replay: Option<Vec<String>>,
    dataset: &'s Framework<'s>,
    quiz: &'s Quiz<'s>,
    mut input: impl BufRead + 's,
) -> impl Iterator<Item = Result<Line, Error>> + 's {
    let mut buffer = Vec::new();
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            let line = match fs::read_line(&mut input, &mut buffer) {
                Ok(line) => line,
                Err(error) => {
                    return Some(Err(Error::new("input", "cannot read the answers").because(&error)));
                }
            };
            if line.is_empty() {
                return None;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            return Some(Ok(match result(replay.clone(), dataset, quiz, line) {
                Ok(result) => Line { text: render_line(&result), exit: Exit::Success },
                Err(error) => Line { exit: error.exit(), text: render_line(&error.at_line(number)) },
            }));
        }
    })
}

fn result<'d>(
    replay: Option<Vec<String>>,
    dataset: &'d Framework<'d>,
    quiz: &'d Quiz<'d>,
    line: &[u8],
) -> Result<QuizReport<'d>, Error> {
    let text = str::from_utf8(line)
        .map_err(|error| Error::new("invalid-answers", "the answers are not UTF-8 text").because(&error))?;
    let Respondent { name, answers } = Respondent::read(quiz, text)?;
    let answers = answers.complete().ok_or_else(|| incomplete(&answers))?;
    let outcome = score(dataset, quiz, &answers);
    Ok(QuizReport::new(dataset, quiz, &answers, &outcome, replay).of(name))
}

/// Skipping a question is said, never assumed.
fn incomplete(answers: &Answers<'_>) -> Error {
    let open: Vec<String> = answers.open().map(|question| format!("`{}`", question.id)).collect();
    Error::new("missing-answer", format!("not answered: {}", open.join(", ")))
        .hint("give an option to each, or null to skip it")
}
