//! A person's answers to a quiz. A question is answered, explicitly skipped, or open.

use crate::error::{Error, ErrorCode};
use crate::format::{Answer, Choice, Question, Quiz};
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

    /// Answers a question with an option, both by id, or skips it.
    ///
    /// # Errors
    ///
    /// If the question or the option is unknown, or the question is already answered.
    pub fn add(&mut self, question: &str, option: Option<&str>) -> Result<(), Error> {
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
