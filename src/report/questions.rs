//! `rolebook.questions/1`: the questions of a quiz, so that a form or a bot can ask them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::quiz::roles;
use crate::doc::{Block, Doc, Records, Report};
use crate::format::Quiz;
use crate::framework::Framework;
use crate::report::parts::{DatasetEntry, QuestionEntry, QuizEntry, RoleEntry};
use crate::report::{flat, tables};

/// The questions of a quiz.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionsReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    quiz: QuizEntry<'d>,
    roles: Vec<RoleEntry<'d>>,
    questions: Vec<QuestionEntry<'d>>,
}

impl<'d> QuestionsReport<'d> {
    /// The report on a quiz's questions.
    pub fn new(dataset: &'d Framework<'d>, quiz: &'d Quiz<'_>) -> Self {
        Self {
            schema: "rolebook.questions/1",
            dataset: DatasetEntry::new(dataset),
            quiz: QuizEntry::new(quiz),
            roles: RoleEntry::all(&roles(dataset, quiz)),
            questions: QuestionEntry::all(quiz),
        }
    }

    /// The command that answers every question, with the options to choose from.
    fn command(&self) -> String {
        let answers = self.questions.iter().map(|question| {
            let options: Vec<&str> = question.options.iter().map(|option| option.id).collect();
            format!(" --answer {}={}", question.id, options.join("|"))
        });
        format!("rolebook quiz {}{}", self.quiz.id, answers.collect::<String>())
    }
}

impl Report for QuestionsReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.quiz.title, &self.dataset);
        tables::questions(&mut doc, 2, &self.questions);
        doc.heading(2, "How to answer");
        doc.push(Block::Commands(vec![self.command().into()]));
        doc
    }

    fn records(&self) -> Records<'_> {
        let options = self
            .questions
            .iter()
            .flat_map(|question| question.options.iter().map(move |option| (question, option)));
        let rows = options.map(|(question, option)| {
            [
                self.quiz.id.into(),
                question.id.into(),
                question.title.into(),
                question.prompt.into(),
                question.help.into(),
                option.id.into(),
                option.label.into(),
                option.points.as_ref().map(flat::points).into(),
                option.reason.into(),
                option.note.into(),
                flat::ids(&option.rules_out).into(),
            ]
        });
        let columns = &[
            "quiz",
            "question",
            "title",
            "prompt",
            "help",
            "option",
            "label",
            "points",
            "reason",
            "note",
            "rules_out",
        ];
        Records::new(columns, rows)
    }
}
