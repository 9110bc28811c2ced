//! `rolebook.quiz/1`: what the answers to a quiz came to, and why.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::ser::Serializer;

use crate::analysis::quiz::Outcome;
use crate::doc::{Bar, Block, Cell, Doc, Line, Records, Report, Table, Tone};
use crate::format::{Answer, Quiz};
use crate::framework::Framework;
use crate::report::parts::{ByRole, DatasetEntry, QuizEntry, RoleEntry, StatementEntry, opt};
use crate::report::{blocks, flat};
use crate::text::{command, counted, listed};

/// The result of a quiz.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuizReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    respondent: Option<String>,
    quiz: QuizEntry<'d>,
    answers: Vec<AnswerEntry<'d>>,
    scores: ByRole<'d, ScoreEntry>,
    recommended: Vec<&'d str>,
    tie: bool,
    coverage: Fraction,
    cautions: Vec<StatementEntry<'d>>,
    notes: Vec<&'d str>,
    replay: Option<Vec<String>>,
    /// The arguments that name the dataset.
    #[serde(skip)]
    origin: Vec<String>,
    /// The roles that the scores name.
    #[serde(skip)]
    roles: Vec<RoleEntry<'d>>,
}

/// An answer and what it did.
#[derive(Debug, Serialize, JsonSchema)]
struct AnswerEntry<'d> {
    question: &'d str,
    option: Option<&'d str>,
    points: Option<ByRole<'d, u32>>,
    reason: Option<&'d str>,
    #[serde(skip)]
    heading: &'d str,
    #[serde(skip)]
    label: Option<&'d str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ScoreEntry {
    points: u64,
    reachable: u64,
    share: Fraction,
}

/// A number from 0 to 1, written with four decimals at the most.
#[derive(Debug, Clone, Copy)]
struct Fraction(f64);

impl JsonSchema for Fraction {
    fn schema_name() -> Cow<'static, str> {
        "Fraction".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((self.0 * 10_000.0).round() / 10_000.0)
    }
}

impl AnswerEntry<'_> {
    fn speaks_for(&self, role: &str) -> bool {
        self.points.iter().flat_map(|points| &points.0).any(|(id, points)| *id == role && *points > 0)
    }
}

impl<'d> QuizReport<'d> {
    /// The report on a quiz; `answers` stand in the order of its questions. `replay` holds the arguments before
    /// the answers that repeat the run; none where it cannot be repeated.
    pub fn new(
        dataset: &'d Framework<'d>,
        quiz: &'d Quiz<'d>,
        answers: &[Answer<'d>],
        outcome: &Outcome<'d>,
        replay: Option<Vec<String>>,
    ) -> Self {
        let scored: Vec<_> = outcome.scores.iter().map(|score| score.role).collect();
        let entries: Vec<AnswerEntry> = quiz
            .questions
            .iter()
            .zip(answers)
            .map(|(question, choice)| AnswerEntry {
                question: &question.id,
                option: choice.map(|choice| choice.id.as_str()),
                points: choice.and_then(|choice| choice.points.as_ref()).map(ByRole::points),
                reason: choice.and_then(|choice| opt(choice.reason.as_ref())),
                heading: question.heading(),
                label: choice.map(|choice| choice.label.as_str()),
            })
            .collect();
        let origin = replay.clone().unwrap_or_default();
        let replay = replay.map(|mut arguments| {
            arguments.extend(["quiz".to_owned(), quiz.id.to_string()]);
            for AnswerEntry { question, option, .. } in &entries {
                arguments
                    .extend(["--answer".to_owned(), format!("{question}={}", option.unwrap_or_default())]);
            }
            arguments
        });
        Self {
            schema: "rolebook.quiz/1",
            dataset: DatasetEntry::new(dataset),
            respondent: None,
            quiz: QuizEntry::new(quiz),
            answers: entries,
            scores: ByRole(
                outcome
                    .scores
                    .iter()
                    .map(|score| {
                        let share = Fraction(score.share());
                        let entry = ScoreEntry { points: score.points, reachable: score.reachable, share };
                        (score.role.id.as_str(), entry)
                    })
                    .collect(),
            ),
            recommended: outcome.recommended.iter().map(|role| role.id.as_str()).collect(),
            tie: outcome.recommended.len() > 1,
            coverage: Fraction(outcome.coverage),
            cautions: outcome
                .cautions
                .iter()
                .filter_map(|one| {
                    let role = outcome.recommended.iter().find(|role| one.is_held_by(role))?;
                    Some(StatementEntry::new(one, role, &outcome.recommended))
                })
                .collect(),
            notes: answers.iter().flatten().filter_map(|choice| opt(choice.note.as_ref())).collect(),
            replay,
            origin,
            roles: RoleEntry::all(&scored),
        }
    }

    /// The same result, with the name of who answered.
    #[must_use]
    pub fn of(mut self, respondent: Option<String>) -> Self {
        self.respondent = respondent;
        self
    }

    fn title_of(&self, role: &'d str) -> &'d str {
        self.roles.iter().find(|known| known.id == role).map_or(role, |known| known.title)
    }

    fn titles_of(&self, roles: &[&'d str]) -> String {
        listed(&roles.iter().map(|role| self.title_of(role)).collect::<Vec<_>>(), "and")
    }

    /// What speaks against a recommended role; at a tie, against which of them.
    fn against(&self, caution: &StatementEntry<'d>) -> Option<Line<'d>> {
        let text = caution.text?;
        Some(if self.tie {
            Line::toned(Tone::Strong, self.titles_of(&caution.roles)).and(Tone::Plain, format!(": {text}"))
        } else {
            text.into()
        })
    }

    /// The answer in a sentence, and what it rests on.
    fn verdict(&self) -> Line<'d> {
        let all = self.answers.len();
        let counting = self.answers.iter().filter(|answer| answer.points.is_some()).count();
        let basis = match all.saturating_sub(counting) {
            0 => String::new(),
            1 => format!(" (1 of {} counts for nobody)", counted(all, "answer")),
            silent => format!(" ({silent} of {} count for nobody)", counted(all, "answer")),
        };
        match self.recommended.as_slice() {
            [] if counting == 0 => Line::toned(Tone::Strong, "No recommendation")
                .and(Tone::Plain, ": none of the answers counts for a role"),
            [] => Line::toned(Tone::Strong, "No recommendation")
                .and(Tone::Plain, format!(": the answers speak for none of the roles{basis}")),
            [one] => {
                let speaking = self.answers.iter().filter(|answer| answer.speaks_for(one)).count();
                let speak = if speaking == 1 { "speaks" } else { "speak" };
                Line::toned(Tone::Strong, self.title_of(one)).and(
                    Tone::Plain,
                    format!(
                        " is recommended: {speaking} of {} {speak} for it{basis}",
                        counted(all, "answer")
                    ),
                )
            }
            several => {
                let titles = self.titles_of(several);
                Line::toned(Tone::Strong, "A tie")
                    .and(Tone::Plain, format!(" between {titles}: their shares are equal{basis}"))
            }
        }
    }

    /// What each answer did and why.
    fn why(&self) -> Table<'d> {
        let rows = self.answers.iter().map(|answer| {
            let given = answer.points.iter().flat_map(|points| &points.0).filter(|(_, points)| *points > 0);
            let speaks_for: Cell = given.map(|(role, _)| Line::from(self.title_of(role))).collect();
            let label = match answer.label {
                Some(label) => Line::from(label),
                None => Line::toned(Tone::Muted, "skipped"),
            };
            vec![
                vec![answer.heading.into()],
                vec![label],
                speaks_for,
                answer.reason.map(Line::from).into_iter().collect(),
            ]
        });
        Table {
            head: vec!["Question".into(), "Your answer".into(), "Speaks for".into(), "Why".into()],
            rows: rows.collect(),
        }
    }
}

impl Report for QuizReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = blocks::document(self.quiz.title, &self.dataset);
        doc.paragraph(self.verdict());
        for role in &self.roles {
            if let Some(summary) = role.summary.filter(|_| self.recommended.contains(&role.id)) {
                doc.paragraph(format!("{}: {summary}", role.title));
            }
        }
        let bars = self.scores.0.iter().map(|(role, score)| Bar {
            label: self.title_of(role).into(),
            share: score.share.0,
            remark: format!("{:.0} %", score.share.0 * 100.0).into(),
        });
        doc.push(Block::Bars(bars.collect()));
        // Before the reasons: a note may say that no role is needed yet.
        if !self.notes.is_empty() {
            doc.heading(2, "Note");
            doc.push(Block::List(self.notes.iter().map(|note| Line::from(*note)).collect()));
        }
        doc.heading(2, "Why");
        doc.table(self.why());
        if !self.cautions.is_empty() {
            doc.heading(2, if self.tie { "What speaks against them" } else { "What speaks against it" });
            doc.push(Block::List(self.cautions.iter().filter_map(|caution| self.against(caution)).collect()));
        }
        let origin = || self.origin.iter().map(String::as_str);
        let shows = self.recommended.iter().map(|role| command(origin().chain(["show", role])).into());
        let compares = std::iter::once(command(origin().chain(["compare"])).into());
        doc.heading(2, "Next");
        doc.push(Block::Commands(shows.chain(compares).collect()));
        if let Some(replay) = &self.replay {
            doc.heading(2, "Again");
            doc.push(Block::Commands(vec![command(replay.iter().map(String::as_str)).into()]));
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        let recommended = (!self.recommended.is_empty()).then(|| self.recommended.join(flat::BETWEEN));
        let rows = self.answers.iter().map(|answer| {
            [
                self.respondent.as_deref().into(),
                self.quiz.id.into(),
                answer.question.into(),
                answer.option.into(),
                answer.points.as_ref().map(flat::points).into(),
                answer.reason.into(),
                recommended.clone().into(),
            ]
        });
        let columns = &["respondent", "quiz", "question", "option", "points", "reason", "recommended"];
        Records::new(columns, rows)
    }
}
