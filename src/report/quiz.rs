//! `rolebook.quiz/1`: the result of a quiz, and the reasons for it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::quiz::Outcome;
use crate::doc::{Bar, Block, Doc, Line, Records, Report, Tone};
use crate::format::{Answer, Choice, Id, Quiz};
use crate::framework::Framework;
use crate::report::parts::{ByRole, DatasetEntry, Fraction, QuizEntry, RoleEntry, StatementEntry, opt};
use crate::report::{flat, tables};
use crate::text::{command, counted, listed};

/// The result of a quiz.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuizReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    respondent: Option<String>,
    quiz: QuizEntry<'d>,
    answers: Vec<AnswerEntry<'d>>,
    scores: ByRole<'d, ScoreEntry<'d>>,
    recommended: Vec<&'d str>,
    tie: bool,
    coverage: Fraction,
    cautions: Vec<StatementEntry<'d>>,
    notes: Vec<&'d str>,
    replay: Option<Vec<String>>,
    #[serde(skip)]
    origin: DatasetArguments,
    /// The roles that the scores name.
    #[serde(skip)]
    roles: Vec<RoleEntry<'d>>,
}

/// The arguments that name the dataset on a command line.
#[derive(Debug, Clone)]
pub struct DatasetArguments {
    /// The arguments, for people to read.
    pub words: Vec<String>,
    /// Whether a program that passes them gets the same dataset. Standard input is gone by then, and JSON cannot hold a
    /// path that is not UTF-8.
    pub repeat: bool,
}

/// An answer and its effect.
#[derive(Debug, Serialize, JsonSchema)]
struct AnswerEntry<'d> {
    question: &'d str,
    question_title: &'d str,
    option: Option<&'d str>,
    option_title: Option<&'d str>,
    points: Option<ByRole<'d, u32>>,
    rules_out: Vec<&'d str>,
    reason: Option<&'d str>,
    /// Whether the answer counts: it gives points or rules a role out.
    #[serde(skip)]
    is_answer: bool,
    /// Whether any option of the question gives points.
    #[serde(skip)]
    is_scored: bool,
    #[serde(skip)]
    note: Option<&'d str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ScoreEntry<'d> {
    title: &'d str,
    points: u64,
    reachable: u64,
    share: Fraction,
    ruled_out_by: Option<DecidingAnswer<'d>>,
}

/// The answer that rules a role out.
#[derive(Debug, Serialize, JsonSchema)]
struct DecidingAnswer<'d> {
    question: &'d str,
    question_title: &'d str,
    option: &'d str,
    option_title: &'d str,
}

impl AnswerEntry<'_> {
    /// Whether the answer gives the role points.
    fn gives_points_to(&self, role: &str) -> bool {
        self.points.iter().flat_map(|points| &points.0).any(|(id, points)| *id == role && *points > 0)
    }
}

impl<'d> QuizReport<'d> {
    /// The report on a quiz, with `answers` in the order of its questions.
    pub fn new(
        dataset: &'d Framework<'d>,
        quiz: &'d Quiz<'d>,
        answers: &[Answer<'d>],
        outcome: &Outcome<'d>,
        origin: DatasetArguments,
    ) -> Self {
        let scored: Vec<_> = outcome.scores.iter().map(|score| score.role).collect();
        let entries: Vec<AnswerEntry> = quiz
            .questions
            .iter()
            .zip(answers)
            .map(|(question, choice)| AnswerEntry {
                question: &question.id,
                question_title: question.heading(),
                option: choice.map(|choice| choice.id.as_str()),
                option_title: choice.map(|choice| choice.label.as_str()),
                points: choice.and_then(|choice| choice.points.as_ref()).map(ByRole::points),
                rules_out: choice.iter().flat_map(|choice| &choice.rules_out).map(Id::as_str).collect(),
                reason: choice.and_then(|choice| opt(choice.reason.as_ref())),
                is_answer: choice.is_some_and(Choice::is_answer),
                is_scored: question.options.iter().any(Choice::gives_points),
                note: choice.and_then(|choice| opt(choice.note.as_ref())),
            })
            .collect();
        let replay = origin.repeat.then(|| {
            let mut arguments = origin.words.clone();
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
                        let entry = ScoreEntry {
                            title: &score.role.title,
                            points: score.points,
                            reachable: score.reachable,
                            share,
                            ruled_out_by: score.ruled_out_by.map(|(question, choice)| DecidingAnswer {
                                question: &question.id,
                                question_title: question.heading(),
                                option: &choice.id,
                                option_title: &choice.label,
                            }),
                        };
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
                    let role = outcome.recommended.iter().find(|role| one.holder(role.index).is_some())?;
                    Some(StatementEntry::new(dataset, one, role, &outcome.recommended))
                })
                .collect(),
            notes: answers.iter().flatten().filter_map(|choice| opt(choice.note.as_ref())).collect(),
            replay,
            origin,
            roles: RoleEntry::all(&scored),
        }
    }

    /// The same result, with the name of the respondent.
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

    /// A drawback of a recommended role; in a tie, with the role it is about.
    fn against(&self, caution: &StatementEntry<'d>) -> Option<Line<'d>> {
        let text = caution.fields().text?;
        Some(if self.tie {
            Line::toned(Tone::Strong, self.titles_of(&caution.roles)).and(Tone::Plain, format!(": {text}"))
        } else {
            text.into()
        })
    }

    /// Whether the answers rule out every role of the quiz.
    fn rules_all_out(&self) -> bool {
        !self.scores.0.is_empty() && self.scores.0.iter().all(|(_, score)| score.ruled_out_by.is_some())
    }

    /// The result in one sentence, with the number of answers behind it.
    fn verdict(&self) -> Line<'d> {
        let strong = |text: &str| Line::toned(Tone::Strong, text.to_owned());
        let unsure = self.unsure();
        match self.recommended.as_slice() {
            [] if self.rules_all_out() => {
                let verdict =
                    if self.scores.0.len() == 2 { "Neither role yet" } else { "None of these roles yet" };
                strong(verdict).and(Tone::Plain, format!(": {}", self.why_not()))
            }
            [] => strong("No recommendation").and(Tone::Plain, format!(": {}", self.why_none())),
            [one] => {
                let scored = self.answers.iter().filter(|answer| answer.is_scored).count();
                let behind: Vec<&AnswerEntry<'_>> =
                    self.answers.iter().filter(|answer| answer.gives_points_to(one)).collect();
                let all = counted(self.answers.len(), "answer");
                let basis = match behind.as_slice() {
                    // No other question gives points: name the one that decides, unless it is the only question.
                    [_] if self.answers.len() == 1 => None,
                    [only] if scored == 1 && self.not_counted() == (0, 0) => {
                        Some(format!("1 of {all}: “{}”", only.question_title))
                    }
                    [_] if scored == 1 => Some(format!("1 of {all}")),
                    behind => Some(format!("{} of {}", behind.len(), counted(scored, "answer"))),
                };
                let not_counted = match self.not_counted() {
                    (0, 0) => None,
                    (0, skipped) => Some(format!("{skipped} skipped")),
                    (unsure, 0) => Some(format!("{unsure} “not sure”")),
                    (unsure, skipped) => Some(format!("{unsure} “not sure”, {skipped} skipped")),
                };
                let basis: Vec<String> = basis.into_iter().chain(not_counted).collect();
                let verdict = strong(&format!("Best match: {}", self.title_of(one)));
                if basis.is_empty() {
                    verdict
                } else {
                    verdict.and(Tone::Plain, format!(" ({})", basis.join("; ")))
                }
            }
            several => {
                let unsure = unsure.map(|unsure| format!(" ({unsure})")).unwrap_or_default();
                strong("A tie").and(Tone::Plain, format!(": {}{unsure}", self.titles_of(several)))
            }
        }
    }

    /// How many questions were answered with an option that does not count, and how many were skipped.
    fn not_counted(&self) -> (usize, usize) {
        let unanswered = || self.answers.iter().filter(|answer| !answer.is_answer);
        let skipped = unanswered().filter(|answer| answer.option.is_none()).count();
        (unanswered().count() - skipped, skipped)
    }

    /// How many answers were “not sure” and how many questions were skipped, if any.
    fn unsure(&self) -> Option<String> {
        let were = |count: usize| if count == 1 { "was" } else { "were" };
        let all = |noun: &str| counted(self.answers.len(), noun);
        match self.not_counted() {
            (0, 0) => None,
            (0, skipped) => Some(format!("{skipped} of {} {} skipped", all("question"), were(skipped))),
            (unsure, 0) => Some(format!("{unsure} of {} {} “not sure”", all("answer"), were(unsure))),
            (unsure, skipped) => Some(format!("{unsure} “not sure”, {skipped} skipped")),
        }
    }

    /// Why no role is recommended although some are not ruled out.
    fn why_none(&self) -> String {
        if self.answers.iter().all(|answer| !answer.is_answer) {
            return match self.not_counted() {
                (_, 0) => "every answer was “not sure”".to_owned(),
                (0, _) => "every question was skipped".to_owned(),
                (_, _) => "every question was skipped or answered “not sure”".to_owned(),
            };
        }
        let scored = || self.answers.iter().filter(|answer| answer.is_scored);
        if scored().any(|answer| answer.is_answer) {
            let unsure = self.unsure().map(|unsure| format!("; {unsure}")).unwrap_or_default();
            let left = if self.scores.0.iter().any(|(_, score)| score.ruled_out_by.is_some()) {
                "no answer gives the remaining roles any points"
            } else {
                "no answer gives a role any points"
            };
            return format!("{left}{unsure}");
        }
        let titles: Vec<String> = scored().map(|answer| format!("“{}”", answer.question_title)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let skipped = scored().filter(|answer| answer.option.is_none()).count();
        match titles.as_slice() {
            [] => "no question gives points".to_owned(),
            [one] if skipped == 1 => format!("{one} decides, and you skipped it"),
            [one] => format!("{one} decides, and you were not sure"),
            several => {
                let reason = match skipped {
                    0 => "you were not sure",
                    all if all == several.len() => "you skipped them",
                    _ => "you skipped them or were not sure",
                };
                format!("{} decide, and {reason}", listed(several, "and"))
            }
        }
    }

    /// The answers that rule roles out, in the words of the options.
    fn why_not(&self) -> String {
        let deciding = self.answers.iter().filter(|answer| {
            self.scores.0.iter().any(|(_, score)| {
                score.ruled_out_by.as_ref().is_some_and(|by| by.question == answer.question)
            })
        });
        let given: Vec<String> =
            deciding.map(|answer| format!("“{}”", answer.option_title.unwrap_or_default())).collect();
        format!("you answered {}", listed(&given.iter().map(String::as_str).collect::<Vec<_>>(), "and"))
    }

    /// Adds the first drawbacks, and says how many there are.
    fn drawbacks(&self, doc: &mut Doc<'d>) {
        let shown: Vec<Line<'d>> = if self.tie {
            let first = |role: &&str| self.cautions.iter().find(|caution| caution.roles.contains(role));
            self.recommended.iter().filter_map(first).filter_map(|caution| self.against(caution)).collect()
        } else {
            self.cautions.iter().filter_map(|caution| self.against(caution)).take(DRAWBACKS).collect()
        };
        if shown.is_empty() {
            return;
        }
        let heading = match self.cautions.len() {
            all if all > shown.len() => format!("Drawbacks to consider ({} of {all})", shown.len()),
            _ => "Drawbacks to consider".to_owned(),
        };
        doc.paragraph(Line::toned(Tone::Strong, heading));
        doc.push(Block::List(shown));
    }

    /// An answer on one line: the question, the option chosen, the roles it gives points to, and why.
    fn explained(&self, answer: &AnswerEntry<'d>) -> Line<'d> {
        let line = Line::toned(Tone::Strong, answer.question_title).and(Tone::Plain, ": ");
        let Some(label) = answer.option_title else { return line.and(Tone::Muted, "skipped") };
        let line = line.and(Tone::Plain, label);
        let given = answer.points.iter().flat_map(|points| &points.0).filter(|(_, points)| *points > 0);
        // Do not repeat a role that the reason names.
        let reason = answer.reason.unwrap_or_default().to_lowercase();
        let titles = given.map(|(role, _)| self.title_of(role));
        let unnamed: Vec<&str> = titles.filter(|title| !reason.contains(&title.to_lowercase())).collect();
        let line = match unnamed.as_slice() {
            [] => line,
            titles => line.and(Tone::Strong, format!(" → {}", listed(titles, "and"))),
        };
        let line = match answer.reason {
            Some(reason) => line.and(Tone::Muted, format!(" – {reason}")),
            None => line,
        };
        // If no role is left, the verdict says so already.
        if answer.rules_out.is_empty() || self.rules_all_out() {
            return line;
        }
        line.and(Tone::Plain, " – rules out ").and(Tone::Strong, self.titles_of(&answer.rules_out))
    }
}

/// A share in per cent: rounded, but only nothing is 0 % and only the whole is 100 %.
fn percentage(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let is_part = 0.0 < share && share < 1.0;
    format!("{:.0} %", if is_part { rounded.clamp(1.0, 99.0) } else { rounded })
}

/// The most drawbacks shown for a recommended role; in a tie, each role gets one.
const DRAWBACKS: usize = 3;

impl Report for QuizReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.quiz.title, &self.dataset);
        doc.paragraph(self.verdict());
        let bars = self.scores.0.iter().map(|(role, score)| Bar {
            label: self.title_of(role).into(),
            share: if score.ruled_out_by.is_some() { 0.0 } else { score.share.0 },
            remark: if score.ruled_out_by.is_some() {
                "ruled out".into()
            } else {
                percentage(score.share.0).into()
            },
        });
        doc.push(Block::Bars(bars.collect()));
        // If no role is left, only the answers that ruled them out deserve a note.
        let is_told = |answer: &&AnswerEntry<'_>| !self.rules_all_out() || !answer.rules_out.is_empty();
        let notes: Vec<Line<'_>> =
            self.answers.iter().filter(is_told).filter_map(|answer| answer.note.map(Line::from)).collect();
        if !notes.is_empty() {
            doc.push(Block::List(notes));
        }
        doc.push(Block::List(self.answers.iter().map(|answer| self.explained(answer)).collect()));
        self.drawbacks(&mut doc);
        let origin = || self.origin.words.iter().map(String::as_str);
        let read_on = match self.recommended.as_slice() {
            [one] => command(origin().chain(["show", one])),
            _ => command(origin().chain(["compare", "--brief"])),
        };
        doc.paragraph("To read more:");
        doc.push(Block::Commands(vec![read_on.into()]));
        doc
    }

    fn records(&self) -> Records<'_> {
        let recommended = flat::ids(&self.recommended);
        let rows = self.answers.iter().map(move |answer| {
            [
                self.respondent.as_deref().into(),
                self.quiz.id.into(),
                answer.question.into(),
                answer.option.into(),
                answer.points.as_ref().map(flat::points).into(),
                answer.reason.into(),
                recommended.clone().into(),
                flat::ids(&answer.rules_out).into(),
            ]
        });
        let columns =
            &["respondent", "quiz", "question", "option", "points", "reason", "recommended", "rules_out"];
        Records::new(columns, rows)
    }
}
