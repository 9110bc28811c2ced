//! Skills: who needs which, and what a move from one role to another asks.

use crate::analysis::compare::{ComparedAspect, compare, level};
use crate::format::Role;
use crate::framework::{Framework, Statement};

/// The skills that the roles need and that `wanted` lets through, in declared order.
pub fn matrix<'d>(
    dataset: &'d Framework<'d>,
    roles: &[&Role<'d>],
    wanted: impl Fn(&ComparedAspect<'d>) -> bool,
) -> Vec<ComparedAspect<'d>> {
    compare(dataset, roles, |_, aspect, _| aspect.skill.is_some())
        .into_iter()
        .flat_map(|section| section.aspects)
        .filter(wanted)
        .collect()
}

/// What becomes of a skill when somebody changes roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Both roles need it, and the new one asks no more.
    Keep,
    /// The new role asks a higher level.
    Raise,
    /// Only the new role needs it.
    Learn,
    /// Only the old role needs it.
    Leave,
}

/// What becomes of a skill, given what the old and the new role say on it.
pub fn change(dataset: &Framework<'_>, compared: &ComparedAspect<'_>) -> Option<Change> {
    let [from, to] = compared.by_role.as_slice() else { return None };
    Some(match (from.is_empty(), to.is_empty()) {
        (true, _) => Change::Learn,
        (_, true) => Change::Leave,
        _ if is_raised(dataset, compared, from, to) => Change::Raise,
        _ => Change::Keep,
    })
}

/// Whether the new role asks a higher level, or a level where the old one asks none.
fn is_raised(
    dataset: &Framework<'_>,
    compared: &ComparedAspect<'_>,
    from: &[&Statement<'_>],
    to: &[&Statement<'_>],
) -> bool {
    let Some(scale) = dataset.scale_of(compared.aspect) else { return false };
    let height = |statements| level(statements).and_then(|id| scale.height(id));
    height(to) > height(from)
}
