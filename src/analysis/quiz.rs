//! Scoring a quiz. A role's score is its share of the points that the answered questions could have given it; skipped
//! questions do not count, and equal shares are a tie.

use crate::format::{Answer, Choice, Points, Question, Quiz};
use crate::framework::{Framework, Role, Statement};

/// The outcome of a quiz.
#[derive(Debug, Clone)]
pub struct Outcome<'d> {
    /// The roles that the quiz gives points to, in dataset order.
    pub scores: Vec<Score<'d>>,
    /// The roles with the highest share, in dataset order; empty if no answer counted.
    pub recommended: Vec<&'d Role<'d>>,
    /// The share of questions with an answer that counted, from 0 to 1.
    pub coverage: f64,
    /// The drawbacks of the recommended roles.
    pub cautions: Vec<&'d Statement<'d>>,
}

/// A role's score.
#[derive(Debug, Clone, Copy)]
pub struct Score<'d> {
    /// The role.
    pub role: &'d Role<'d>,
    /// The points that the answers gave it.
    pub points: u64,
    /// The answer that rules it out, if any does.
    pub ruled_out_by: Option<(&'d Question<'d>, &'d Choice<'d>)>,
    /// The most points that the answered questions could have given it.
    pub reachable: u64,
}

impl Score<'_> {
    /// Points divided by reachable points, from 0 to 1; 0 if no points were reachable.
    pub fn share(&self) -> f64 {
        ratio(self.points, self.reachable)
    }

    /// Compares shares exactly, as fractions.
    fn cmp_share(&self, other: &Self) -> std::cmp::Ordering {
        // Without reachable points, the share is 0.
        let fraction = |score: &Self| (u128::from(score.points), u128::from(score.reachable.max(1)));
        let ((a, b), (c, d)) = (fraction(self), fraction(other));
        a.saturating_mul(d).cmp(&c.saturating_mul(b))
    }
}

/// Scores the answers: one per question, in the order of the quiz.
pub fn score<'d>(dataset: &'d Framework<'d>, quiz: &'d Quiz<'d>, answers: &[Answer<'d>]) -> Outcome<'d> {
    let answered: Vec<(&Question<'d>, &Choice<'d>)> = quiz
        .questions
        .iter()
        .zip(answers)
        .filter_map(|(question, answer)| Some((question, (*answer)?)))
        .filter(|(_, choice)| choice.is_answer())
        .collect();
    let scores: Vec<Score> = roles(dataset, quiz)
        .into_iter()
        .map(|role| Score {
            role,
            ruled_out_by: answered.iter().copied().find(|(_, choice)| choice.rules_out.contains(&role.id)),
            points: answered.iter().map(|(_, choice)| points(choice, role)).sum(),
            reachable: answered
                .iter()
                .map(|(question, _)| {
                    question.options.iter().map(|choice| points(choice, role)).max().unwrap_or(0)
                })
                .sum(),
        })
        .collect();
    let in_the_running = || scores.iter().filter(|score| score.points > 0 && score.ruled_out_by.is_none());
    let best = in_the_running().copied().max_by(Score::cmp_share);
    let recommended: Vec<&Role> = in_the_running()
        .filter(|score| best.is_some_and(|best| score.cmp_share(&best).is_eq()))
        .map(|score| score.role)
        .collect();
    let cautions = cautions(dataset, quiz, &recommended);
    let coverage = ratio(count(answered.len()), count(quiz.questions.len()));
    Outcome { scores, recommended, coverage, cautions }
}

/// The roles that the quiz gives points to or rules out, in dataset order.
pub fn roles<'d>(dataset: &'d Framework<'d>, quiz: &Quiz<'_>) -> Vec<&'d Role<'d>> {
    dataset.roles.iter().filter(|role| is_about(quiz, role)).collect()
}

/// Whether an option of the quiz gives the role points or rules it out.
fn is_about(quiz: &Quiz<'_>, role: &Role<'_>) -> bool {
    quiz.questions.iter().flat_map(|question| &question.options).any(|choice| {
        let mut scored = choice.points.iter().flat_map(Points::iter);
        scored.any(|(id, _)| *role.id == *id) || choice.rules_out.contains(&role.id)
    })
}

fn points(choice: &Choice<'_>, role: &Role<'_>) -> u64 {
    choice.points.as_ref().map_or(0, |points| u64::from(points.of(&role.id)))
}

/// The statements about a recommended role in the section that the quiz names for cautions.
fn cautions<'d>(
    dataset: &'d Framework<'d>,
    quiz: &Quiz<'d>,
    recommended: &[&Role<'d>],
) -> Vec<&'d Statement<'d>> {
    let section =
        quiz.cautions.as_ref().and_then(|id| dataset.sections.iter().find(|section| section.id == *id));
    let statements =
        || section.iter().flat_map(|section| &section.aspects).flat_map(|aspect| &aspect.statements);
    let mut cautions: Vec<&Statement> = Vec::new();
    for role in recommended {
        for statement in statements().filter(|statement| statement.holder(role.index).is_some()) {
            if !cautions.iter().any(|known| known.id == statement.id) {
                cautions.push(statement);
            }
        }
    }
    cautions
}

/// The ratio of a part to a whole; 0 if the whole is 0.
#[expect(
    clippy::cast_precision_loss,
    reason = "an answer gives 32 bits of points at most: no sum of them comes near the 53 that a float holds"
)]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
