//! Which role needs which skills, and what changes in a move from one role to another.

use crate::analysis::compare::{ComparedAspect, Held, Holding, compare};
use crate::framework::{Framework, Role};

/// The skills that the roles need and that pass `wanted`, in declared order.
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

/// What to do about a skill when changing roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Both roles need it at the same level.
    Keep,
    /// The new role needs a higher level.
    Raise,
    /// The new role needs a lower level.
    Lower,
    /// Only the new role needs it.
    Learn,
    /// Only the old role needs it: the skill has levels, and the new role needs none.
    Leave,
    /// Only the old role mentions it, in words; the new role may still need it.
    NotMentioned,
}

/// What to do about a skill, from the statements of the old and the new role.
pub fn change(compared: &ComparedAspect<'_>) -> Option<Change> {
    let mut by_role = compared.by_role();
    let (from, to) = (by_role.next()?, by_role.next()?);
    Some(match (from.is_empty(), to.is_empty()) {
        (true, _) => Change::Learn,
        // Levels are listed for every role that needs one, so a role without one needs none.
        (_, true) if level_rank(from).is_some() => Change::Leave,
        (_, true) => Change::NotMentioned,
        // No level is below all levels.
        _ => match (level_rank(from), level_rank(to)) {
            (from, to) if to > from => Change::Raise,
            (Some(from), Some(to)) if to < from => Change::Lower,
            _ => Change::Keep,
        },
    })
}

/// The rank of the level that a role needs, if it needs a particular level.
fn level_rank(held: &[Held<'_>]) -> Option<usize> {
    held.iter().find_map(|held| held.statement.rank())
}
