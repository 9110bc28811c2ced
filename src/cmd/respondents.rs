//! A quiz answered by many: one person a line in, one result a line out, so that a form's export is scored in one
//! run. A bad line is told as an error with its number, and the rest goes on.

use std::io::BufRead;

use super::session::Session;
use crate::analysis::answers::{Answers, Respondent};
use crate::analysis::quiz::score;
use crate::error::{Error, Exit};
use crate::format::Quiz;
use crate::framework::Framework;
use crate::fs;
use crate::render::render_line;
use crate::report::quiz::QuizReport;
use crate::ui::Reader;

/// Scores each line of the input.
pub(super) fn run(
    session: &Session,
    dataset: &Framework<'_>,
    quiz: &Quiz<'_>,
    mut input: impl BufRead,
) -> Result<Exit, Error> {
    let mut output = session.ui.stream();
    let mut exit = Exit::Yes;
    let mut room = Vec::new();
    for number in 1.. {
        let line = fs::read_line(&mut input, &mut room)
            .map_err(|error| Error::new("input", "cannot read the answers").because(&error))?;
        if line.is_empty() {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let document = match result(session, dataset, quiz, line) {
            Ok(result) => render_line(&result),
            Err(error) => {
                exit = error.exit();
                render_line(&error.at_line(number))
            }
        };
        if output.write(&document)? == Reader::Gone {
            break;
        }
    }
    output.finish()?;
    Ok(exit)
}

fn result<'d>(
    session: &Session,
    dataset: &'d Framework<'d>,
    quiz: &'d Quiz<'d>,
    line: &[u8],
) -> Result<QuizReport<'d>, Error> {
    let text = str::from_utf8(line)
        .map_err(|error| Error::new("invalid-answers", "the answers are not UTF-8 text").because(&error))?;
    let Respondent { name, answers } = Respondent::read(quiz, text)?;
    let answers = answers.complete().ok_or_else(|| incomplete(&answers))?;
    let outcome = score(dataset, quiz, &answers);
    Ok(QuizReport::new(dataset, quiz, &answers, &outcome, session.replay()?).of(name))
}

/// Skipping a question is said, never assumed.
fn incomplete(answers: &Answers<'_>) -> Error {
    let open: Vec<String> = answers.open().map(|question| format!("`{}`", question.id)).collect();
    Error::new("missing-answer", format!("not answered: {}", open.join(", ")))
        .hint("give an option to each, or null to skip it")
}
