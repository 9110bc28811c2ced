//! Skills: who needs which, and what a move from one role to another asks.

use crate::analysis::compare::{ComparedAspect, Holding, compare, level};
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
    /// Only the old role needs it.
    Leave,
}

/// What becomes of a skill, given what the old and the new role say on it.
pub fn change(dataset: &Framework<'_>, compared: &ComparedAspect<'_>) -> Option<Change> {
    let [from, to] = compared.by_role.as_slice() else { return None };
    Some(match (from.is_empty(), to.is_empty()) {
        (true, _) => Change::Learn,
        (_, true) => Change::Leave,
        _ => match levels(dataset, compared, from, to) {
            Some((from, to)) if to > from => Change::Raise,
            Some((Some(from), Some(to))) if to < from => Change::Lower,
            _ => Change::Keep,
        },
    })
}

/// How high the levels of both roles are, from 0; a role that names none is below all levels.
fn levels(
    dataset: &Framework<'_>,
    compared: &ComparedAspect<'_>,
    from: &[&Statement<'_>],
    to: &[&Statement<'_>],
) -> Option<(Option<usize>, Option<usize>)> {
    let scale = dataset.scale_of(compared.aspect)?;
    let height = |statements| level(statements).and_then(|id| scale.height(id));
    Some((height(from), height(to)))
}
