//! Skills: who needs which, and what a move from one role to another asks.

use crate::analysis::compare::{ComparedAspect, Holding, compare};
use crate::format::Role;
use crate::framework::{Framework, Statement};

/// The skills that the roles need and that `wanted` lets through, in declared order.
pub fn matrix<'d>(
    dataset: &'d Framework<'d>,
    roles: &[&Role<'d>],
    holding: Holding,
    wanted: impl Fn(&ComparedAspect<'d>) -> bool,
) -> Vec<ComparedAspect<'d>> {
    compare(dataset, roles, holding, |_, aspect, _| aspect.skill.is_some())
        .into_iter()
        .flat_map(|section| section.aspects)
        .filter(wanted)
        .collect()
}

/// What becomes of a skill when somebody changes roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Both roles need it alike.
    Keep,
    /// The new role needs a higher level.
    Raise,
    /// The new role needs a lower level.
    Lower,
    /// Only the new role needs it.
    Learn,
    /// Only the old role needs it: other roles need a level of it, and the new role needs none.
    Leave,
    /// Only the old role speaks of it, in words: the new one may need it all the same.
    NotMentioned,
}

/// What becomes of a skill, given what the old and the new role say on it.
pub fn change(compared: &ComparedAspect<'_>) -> Option<Change> {
    let [from, to] = compared.by_role.as_slice() else { return None };
    Some(match (from.is_empty(), to.is_empty()) {
        (true, _) => Change::Learn,
        // Levels are listed for every role that needs one, so a role without one needs none.
        (_, true) if level_rank(from).is_some() => Change::Leave,
        (_, true) => Change::NotMentioned,
        // A role that names no level is below all levels.
        _ => match (level_rank(from), level_rank(to)) {
            (from, to) if to > from => Change::Raise,
            (Some(from), Some(to)) if to < from => Change::Lower,
            _ => Change::Keep,
        },
    })
}

/// The rank of the level that a role needs; none where it names no level.
fn level_rank(statements: &[&Statement<'_>]) -> Option<usize> {
    statements.iter().find_map(|statement| statement.rank())
}
