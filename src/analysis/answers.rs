//! Answers given by ids, as `QUESTION=OPTION`, JSON, YAML or CSV. A question is answered, explicitly skipped, or open.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::error::{Error, ErrorCode};
use crate::format::{Answer, Choice, Question, Quiz, tree};
use crate::suggest::{known, nearest};

/// The answers to a quiz so far.
#[derive(Debug, Clone)]
pub struct Answers<'d> {
    quiz: &'d Quiz<'d>,
    /// One per question, in the order of the quiz; `None` if the question is open.
    given: Vec<Option<Answer<'d>>>,
}

/// The answers of one person.
#[derive(Debug)]
pub struct Respondent<'d> {
    /// The person's name, if it is known.
    pub name: Option<String>,
    /// The answers.
    pub answers: Answers<'d>,
}

impl<'d> Answers<'d> {
    /// No answer yet.
    pub fn new(quiz: &'d Quiz<'d>) -> Self {
        Self { quiz, given: vec![None; quiz.questions.len()] }
    }

    /// One per question, in the order of the quiz; `None` if the question is open.
    pub fn given(&self) -> &[Option<Answer<'d>>] {
        &self.given
    }

    /// All answers; `None` if a question is open.
    pub fn complete(&self) -> Option<Vec<Answer<'d>>> {
        self.given.iter().copied().collect()
    }

    /// All answers. The open questions are answered in order, by the index of an option; `None` skips.
    pub fn complete_with(&self, chosen: impl IntoIterator<Item = Option<usize>>) -> Vec<Answer<'d>> {
        let mut chosen = chosen.into_iter();
        self.quiz
            .questions
            .iter()
            .zip(&self.given)
            .map(|(question, given)| {
                given.unwrap_or_else(|| chosen.next().flatten().and_then(|index| question.options.get(index)))
            })
            .collect()
    }

    /// The questions that are open.
    pub fn open(&self) -> impl Iterator<Item = &'d Question<'d>> {
        self.quiz
            .questions
            .iter()
            .zip(&self.given)
            .filter(|(_, answer)| answer.is_none())
            .map(|(open, _)| open)
    }

    /// Adds an answer written as `QUESTION=OPTION`, or as `QUESTION=` to skip the question.
    ///
    /// # Errors
    ///
    /// If the question or the option is unknown, or the question is already answered.
    pub fn add_pair(&mut self, pair: &str) -> Result<(), Error> {
        let Some((question, option)) = pair.split_once('=') else {
            return Err(Error::usage(format!("`{pair}` is not an answer")));
        };
        self.add(question, Some(option).filter(|option| !option.is_empty()))
    }

    /// Adds the answers of a JSON object of question ids and option ids; `null` skips a question.
    ///
    /// # Errors
    ///
    /// If the text is not such an object, a question or an option is unknown, or a question is already answered.
    pub fn add_json(&mut self, text: &str) -> Result<(), Error> {
        self.add_pairs(&parse(without_mark(text))?)
    }

    /// Adds the answers of a YAML object, of the same shape.
    ///
    /// # Errors
    ///
    /// As [`Answers::add_json`].
    pub fn add_yaml(&mut self, text: &str) -> Result<(), Error> {
        let pairs = tree::yaml(without_mark(text)).map_err(|found| found.message).and_then(|tree| {
            if !matches!(tree.value, tree::Value::Map(_)) {
                return Err(format!("expected questions with their options, found {}", tree.value.kind()));
            }
            Pairs::deserialize(&tree).map_err(|error| error.to_string())
        });
        self.add_pairs(&pairs.map_err(|why| {
            Error::new(ErrorCode::InvalidAnswers, format!("cannot read the answers: {why}"))
                .hint("write `question: option` on a line for each answer; `question: null` skips it")
        })?)
    }

    fn add_pairs(&mut self, pairs: &Pairs) -> Result<(), Error> {
        for (question, option) in &pairs.0 {
            match option {
                Value::Null => self.add(question, None)?,
                Value::String(option) => self.add(question, Some(option))?,
                other => {
                    return Err(Error::new(
                        ErrorCode::InvalidAnswer,
                        format!("`{question}` is answered with {}", kind(other)),
                    )
                    .hint("give the id of an option as text, or null to skip the question"));
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, question: &str, option: Option<&str>) -> Result<(), Error> {
        let (question, slot) = self
            .quiz
            .questions
            .iter()
            .zip(&mut self.given)
            .find(|(known, _)| *known.id == *question)
            .ok_or_else(|| unknown_question(self.quiz, question))?;
        if slot.is_some() {
            return Err(Error::new(
                ErrorCode::RepeatedAnswer,
                format!("question `{}` is answered twice", question.id),
            )
            .hint("give each question one answer"));
        }
        *slot = Some(option.map(|option| choice(question, option)).transpose()?);
        Ok(())
    }
}

impl<'d> Respondent<'d> {
    /// Reads a line: `{"respondent": …, "answers": {…}}`, or only the answers.
    ///
    /// # Errors
    ///
    /// As [`Answers::add_json`], and if a key of the outer object is unknown.
    pub fn read(quiz: &'d Quiz<'d>, line: &str) -> Result<Self, Error> {
        let line = without_mark(line);
        let mut pairs = parse(line)?;
        let mut name = None;
        if let Some((_, Value::Object(_))) = pairs.0.iter().find(|(key, _)| key == "answers") {
            let envelope: Envelope = serde_json::from_str(line).map_err(|error| {
                unreadable(&error)
                    .hint("write {\"respondent\": \"name\", \"answers\": {\"question\": \"option\"}}")
            })?;
            name = envelope.respondent;
            pairs = envelope.answers;
        }
        let mut answers = Answers::new(quiz);
        answers.add_pairs(&pairs)?;
        Ok(Self { name, answers })
    }
}

/// The columns of a table of answers: that of the name, and that of each question.
#[derive(Debug)]
pub struct Columns<'d> {
    quiz: &'d Quiz<'d>,
    name: Option<usize>,
    questions: Vec<usize>,
}

/// Possible headings of the column with names.
const NAMES: [&str; 6] = ["respondent", "name", "who", "e-mail", "email", "email address"];

impl<'d> Columns<'d> {
    /// Finds the columns by heading: a question's id, title or prompt, ignoring case. Other columns are ignored.
    ///
    /// # Errors
    ///
    /// If a question has no column, or two.
    pub fn find<'h>(quiz: &'d Quiz<'d>, headings: impl IntoIterator<Item = &'h str>) -> Result<Self, Error> {
        let headings: Vec<String> = headings.into_iter().map(|one| one.trim().to_lowercase()).collect();
        let name = headings.iter().position(|heading| NAMES.contains(&heading.as_str()));
        let mut questions = Vec::new();
        for question in &quiz.questions {
            let names =
                [Some(question.id.as_str()), question.title.as_deref(), Some(question.prompt.as_str())];
            let is_of = |heading: &&String| {
                names.iter().flatten().any(|name| name.trim().to_lowercase() == **heading)
            };
            let mut found = headings.iter().enumerate().filter(|(_, heading)| is_of(heading));
            match (found.next(), found.next()) {
                (Some((column, _)), None) => questions.push(column),
                (None, _) => {
                    return Err(Error::new(
                        ErrorCode::MissingAnswer,
                        format!("no column is about the question `{}`", question.id),
                    )
                    .hint("head a column with the question’s id, title or prompt"));
                }
                (Some(_), Some(_)) => {
                    return Err(Error::new(
                        ErrorCode::RepeatedAnswer,
                        format!("two columns are about the question `{}`", question.id),
                    )
                    .hint("remove one of them"));
                }
            }
        }
        Ok(Self { quiz, name, questions })
    }

    /// Reads the answers in a row. A cell contains an option's id or label, ignoring case; an empty cell skips the
    /// question.
    ///
    /// # Errors
    ///
    /// If a cell contains anything else.
    pub fn read(&self, row: &[&str]) -> Result<Respondent<'d>, Error> {
        let mut answers = Answers::new(self.quiz);
        for (question, column) in self.quiz.questions.iter().zip(&self.questions) {
            let cell = row.get(*column).map_or("", |cell| cell.trim());
            let lower = cell.to_lowercase();
            let labelled = question.options.iter().find(|option| option.label.trim().to_lowercase() == lower);
            let option = labelled.map_or(lower.as_str(), |option| &option.id);
            answers.add(&question.id, Some(option).filter(|option| !option.is_empty()))?;
        }
        let name = self.name.and_then(|column| row.get(column)).map(|name| name.trim().to_owned());
        Ok(Respondent { name: name.filter(|name| !name.is_empty()), answers })
    }
}

/// Answers with the name of the respondent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    respondent: Option<String>,
    answers: Pairs,
}

/// The keys and values of an object in order, including repeated keys.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of question ids and option ids")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}

/// A text without a byte-order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn parse(text: &str) -> Result<Pairs, Error> {
    serde_json::from_str(text).map_err(|error| {
        unreadable(&error)
            .hint("write a JSON object, such as {\"question\": \"option\", \"other-question\": null}")
    })
}

fn unreadable(cause: &serde_json::Error) -> Error {
    Error::new(ErrorCode::InvalidAnswers, "cannot read the answers").because(cause)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn unknown_question(quiz: &Quiz<'_>, name: &str) -> Error {
    let ids = || quiz.questions.iter().map(|question| question.id.as_str());
    Error::new(ErrorCode::UnknownQuestion, format!("quiz `{}` has no question `{name}`", quiz.id))
        .candidates(nearest(name, ids()))
        .hint(known("questions", ids()))
}

fn choice<'d>(question: &'d Question<'d>, name: &str) -> Result<&'d Choice<'d>, Error> {
    let ids = || question.options.iter().map(|choice| choice.id.as_str());
    question.options.iter().find(|choice| *choice.id == *name).ok_or_else(|| {
        Error::new(ErrorCode::UnknownOption, format!("question `{}` has no option `{name}`", question.id))
            .candidates(nearest(name, ids()))
            .hint(known("options", ids()))
    })
}
