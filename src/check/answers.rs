//! Reads answers to a quiz: an object of question ids and option ids, or a table with a column for each question.

use std::collections::HashSet;

use super::checked;
use super::place::head;
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::error::{Error, ErrorCode};
use crate::format::tree::{self, Entry, Node, Value};
use crate::format::{Input, Quiz, delimiter, line_of};
use crate::framework::{Answers, Respondent};
use crate::text::listed;

/// Adds the answers in a JSON or YAML file, and returns the name of the person, if the file has it.
///
/// # Errors
///
/// All mistakes in the file.
pub fn answers(input: &Input, answers: &mut Answers<'_>) -> Result<Option<String>, Checked> {
    let text = input.text();
    let tree = tree::parse(text, input.syntax()).map_err(|problem| checked(input, problem))?;
    added(&tree, text, answers).map_err(|problems| checked(input, problems))
}

/// Reads the answers of a person from a line of JSON.
///
/// # Errors
///
/// The first mistake in it.
pub fn respondent<'d>(quiz: &'d Quiz<'d>, line: &str) -> Result<Respondent<'d>, Error> {
    let mut answers = Answers::new(quiz);
    let read = tree::json(line).map_err(|problem| vec![problem]);
    let name = read.and_then(|tree| added(&tree, line, &mut answers)).map_err(|problems| {
        let first = problems.into_iter().next();
        first.map_or_else(|| Error::new(ErrorCode::InvalidAnswers, "cannot read the answers"), of_line)
    })?;
    Ok(Respondent { name, answers })
}

/// The error of a line with this mistake.
fn of_line(mistake: Diagnostic) -> Error {
    if matches!(mistake.code, Code::Error(_)) {
        return Error::of(mistake.moved(None));
    }
    let message = format!("cannot read the answers: {}", mistake.message);
    mistake.hints().into_iter().fold(Error::new(ErrorCode::InvalidAnswers, message), Error::hint)
}

/// Adds the answers in a tree, `{"question": "option"}` or `{"respondent": "name", "answers": {…}}`, and returns the
/// name.
fn added(tree: &Node<'_>, text: &str, answers: &mut Answers<'_>) -> Result<Option<String>, Vec<Diagnostic>> {
    let Value::Map(entries) = &tree.value else {
        let message = format!("expected questions with their answers, found {}", tree.value.kind());
        let problem = Diagnostic::new(Code::WrongType, head(text, tree), message);
        return Err(vec![problem.advice("write the ids of a question and of an option, as `people: team`")]);
    };
    let mut mistakes = Vec::new();
    let mut name = None;
    let is_named = |entry: &Entry<'_>| entry.key == "answers" && matches!(entry.value.value, Value::Map(_));
    if !entries.iter().any(is_named) {
        add_all(entries, answers, &mut mistakes);
        return if mistakes.is_empty() { Ok(name) } else { Err(mistakes) };
    }
    let mut seen = HashSet::new();
    for Entry { key, key_span, value } in entries {
        let is_repeated = !seen.insert(key);
        let (code, message) = match (&**key, &value.value) {
            _ if is_repeated => (Code::DuplicateKey, format!("`{key}` appears twice")),
            ("answers", Value::Map(given)) => {
                add_all(given, answers, &mut mistakes);
                continue;
            }
            ("respondent", Value::Null) => continue,
            ("respondent", Value::Text(respondent)) => {
                name = Some(respondent.to_string());
                continue;
            }
            ("respondent", other) => {
                (Code::WrongType, format!("`respondent`: expected text, found {}", other.kind()))
            }
            _ => (Code::UnknownKey, format!("`{key}` is unknown beside `answers`")),
        };
        let shape = "write `{\"respondent\": \"name\", \"answers\": {\"question\": \"option\"}}`";
        mistakes.push(Diagnostic::new(code, key_span.clone(), message).advice(shape));
    }
    if mistakes.is_empty() { Ok(name) } else { Err(mistakes) }
}

/// Adds the option, by id, that answers each question; `null` skips it.
fn add_all(entries: &[Entry<'_>], answers: &mut Answers<'_>, mistakes: &mut Vec<Diagnostic>) {
    for Entry { key, key_span, value } in entries {
        let added = match &value.value {
            Value::Null => answers.add(key, None),
            Value::Text(option) => answers.add(key, Some(option)),
            other => {
                let message = format!("`{key}` is answered with {}", other.kind());
                Err(Error::new(ErrorCode::InvalidAnswer, message)
                    .hint("give the id of an option as text, or null to skip the question"))
            }
        };
        if let Err(error) = added {
            let at = match error.code() {
                Code::Error(ErrorCode::UnknownOption | ErrorCode::InvalidAnswer) => &value.span,
                _ => key_span,
            };
            mistakes.push(error.problem().moved(at.clone()));
        }
    }
}

/// The columns of a table of answers: that of the name, and that of each question.
struct Columns<'d> {
    quiz: &'d Quiz<'d>,
    name: Option<usize>,
    questions: Vec<usize>,
}

/// The hint if a table has no column for a question.
const HEADINGS: &str = "head a column with each question’s id, title or prompt";

/// Possible headings of the column with names.
const NAMES: [&str; 6] = ["respondent", "name", "who", "e-mail", "email", "email address"];

/// The people in a table, each with the line in which their answers are.
pub type People<'d> = Vec<(u64, Result<Respondent<'d>, Error>)>;

/// Reads a table as exported by a form: a row per person and a column per question.
///
/// # Errors
///
/// If the table cannot be read, or has no column for a question.
pub fn table<'d>(quiz: &'d Quiz<'d>, input: &Input) -> Result<People<'d>, Error> {
    let name = input.source().name();
    let unreadable = |error: csv::Error| {
        Error::new(ErrorCode::InvalidAnswers, format!("cannot read the answers in `{name}`")).because(&error)
    };
    let text = input.text();
    if text.trim().is_empty() {
        return Err(Error::new(ErrorCode::MissingAnswer, format!("`{name}` is empty")).hint(HEADINGS));
    }
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(&name, text))
        .from_reader(text.as_bytes());
    let columns = Columns::find(quiz, &name, reader.headers().map_err(unreadable)?)?;
    let person = |record: csv::StringRecord| {
        let line = record.position().map_or(0, |position| line_of(text, position));
        (line, columns.read(&record))
    };
    reader.into_records().map(|record| record.map(person).map_err(unreadable)).collect()
}

impl<'d> Columns<'d> {
    /// Finds the columns by heading: a question's id, title or prompt, ignoring case. Other columns are ignored.
    fn find(quiz: &'d Quiz<'d>, file: &str, headings: &csv::StringRecord) -> Result<Self, Error> {
        let written = headings;
        let headings: Vec<String> = headings.into_iter().map(|one| one.trim().to_lowercase()).collect();
        let name = headings.iter().position(|heading| NAMES.contains(&heading.as_str()));
        let mut questions = Vec::new();
        let mut missing = Vec::new();
        for question in &quiz.questions {
            let names =
                [Some(question.id.as_str()), question.title.as_deref(), Some(question.prompt.as_str())];
            let is_of = |heading: &&String| {
                names.iter().flatten().any(|name| name.trim().to_lowercase() == **heading)
            };
            let mut found = headings.iter().enumerate().filter(|(_, heading)| is_of(heading));
            match (found.next(), found.next()) {
                (Some((column, _)), None) => questions.push(column),
                (None, _) => missing.push(format!("`{}`", question.id)),
                (Some(_), Some(_)) => {
                    return Err(Error::new(
                        ErrorCode::RepeatedAnswer,
                        format!("`{file}` has two columns about the question `{}`", question.id),
                    )
                    .hint("remove one of them"));
                }
            }
        }
        if !missing.is_empty() {
            let missing = listed(&missing, "and");
            let written: Vec<String> = written.into_iter().map(|heading| format!("`{heading}`")).collect();
            return Err(Error::new(
                ErrorCode::MissingAnswer,
                format!("`{file}` has no column about {missing}"),
            )
            .hint(format!("its columns are {}", listed(&written, "and")))
            .hint(HEADINGS));
        }
        Ok(Self { quiz, name, questions })
    }

    /// Reads the answers in a row. A cell contains an option's id or label, ignoring case; an empty cell skips the
    /// question.
    fn read(&self, row: &csv::StringRecord) -> Result<Respondent<'d>, Error> {
        let mut answers = Answers::new(self.quiz);
        for (question, column) in self.quiz.questions.iter().zip(&self.questions) {
            let cell = row.get(*column).map_or("", str::trim);
            let lower = cell.to_lowercase();
            let labelled = question.options.iter().find(|option| option.label.trim().to_lowercase() == lower);
            let option = labelled.map_or(lower.as_str(), |option| &option.id);
            answers.add(&question.id, Some(option).filter(|option| !option.is_empty()))?;
        }
        let name = self.name.and_then(|column| row.get(column)).map(|name| name.trim().to_owned());
        Ok(Respondent { name: name.filter(|name| !name.is_empty()), answers })
    }
}
