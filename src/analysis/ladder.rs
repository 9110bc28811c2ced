//! A family's ladder: how each rank differs from the rank below it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use crate::format::{Family, Status};
use crate::framework::{Aspect, Framework, Places, Role, Statement};

/// The roles of a family by track and rank, each with its differences from the role below.
#[derive(Debug, Clone)]
pub struct Ladder<'d> {
    /// The family.
    pub family: &'d Family<'d>,
    /// The roles, by track and rank.
    pub rungs: Vec<Rung<'d>>,
}

/// A role on a ladder.
#[derive(Debug, Clone)]
pub struct Rung<'d> {
    /// The role.
    pub role: &'d Role<'d>,
    /// The role that it is compared with; `None` for the lowest role of a track.
    pub below: Option<&'d Role<'d>>,
    /// The differences from the role below, in the order of the dataset.
    pub steps: Vec<Step<'d>>,
}

/// One difference between a role and the one below it.
#[derive(Debug, Clone)]
pub struct Step<'d> {
    /// The aspect that differs.
    pub aspect: &'d Aspect<'d>,
    /// What changes.
    pub kind: StepKind,
    /// The statement about the role below; `None` if it is [`StepKind::Added`].
    pub from: Option<&'d Statement<'d>>,
    /// The statement about the role; `None` if it is [`StepKind::Dropped`].
    pub to: Option<&'d Statement<'d>>,
}

/// What a rank changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A statement is new.
    Added,
    /// The level rises.
    Raised,
    /// The level falls.
    Lowered,
    /// A statement replaces one about the role below.
    Replaced,
    /// Only the role below has the statement.
    Dropped,
}

/// The ladder of a family, without retired roles.
pub fn ladder<'d>(framework: &'d Framework<'d>, family: &'d Family<'d>) -> Ladder<'d> {
    let mut roles: Vec<&'d Role<'d>> = framework
        .roles
        .iter()
        .filter(|role| role.family.as_ref() == Some(&family.id) && role.status != Status::Retired)
        .collect();
    roles.sort_by_cached_key(|role| (role.track_index.unwrap_or(usize::MAX), role.rank.unwrap_or(i64::MAX)));
    let places = Places::of(&roles);
    let below = |place: usize| {
        let role = roles.get(place)?;
        let before = place.checked_sub(1).and_then(|place| roles.get(place));
        let same_track = before.filter(|before| before.track == role.track && before.rank < role.rank);
        // The lowest role of a track is compared with the role that it builds on, even if that is on another track.
        same_track
            .copied()
            .or_else(|| role.bases.iter().find_map(|base| roles.get(places.get(*base)?).copied()))
    };
    let below: Vec<Option<&Role<'_>>> = (0..roles.len()).map(below).collect();
    let held = held(framework, &places, roles.len());
    let rungs = roles.iter().zip(below).zip(&held).map(|((role, below), own)| {
        let empty = Held::new();
        let base = below.and_then(|below| held.get(places.get(below.index)?)).unwrap_or(&empty);
        Rung { role, below, steps: steps(base, own) }
    });
    Ladder { family, rungs: rungs.collect() }
}

/// The statements of a role, by the index of the aspect.
type Held<'d> = BTreeMap<usize, (&'d Aspect<'d>, Vec<&'d Statement<'d>>)>;

/// Collects the statements of each role in one pass over the dataset.
fn held<'d>(framework: &'d Framework<'d>, places: &Places, roles: usize) -> Vec<Held<'d>> {
    let mut held: Vec<Held<'_>> = vec![Held::new(); roles];
    for (number, aspect) in framework.aspects().enumerate() {
        for statement in &aspect.statements {
            for holder in &statement.holders {
                if let Some(held) = places.get(holder.role).and_then(|place| held.get_mut(place)) {
                    held.entry(number).or_insert_with(|| (aspect, Vec::new())).1.push(statement);
                }
            }
        }
    }
    held
}

fn steps<'d>(base: &Held<'d>, own: &Held<'d>) -> Vec<Step<'d>> {
    // Only the aspects that either role speaks of, because a large framework has many others.
    let mut spoken: BTreeMap<usize, &'d Aspect<'d>> = BTreeMap::new();
    spoken.extend(base.iter().chain(own).map(|(number, (aspect, _))| (*number, *aspect)));
    let mut steps = Vec::new();
    for (number, aspect) in spoken {
        let said = |held: &'_ Held<'d>| held.get(&number).map(|(_, said)| said.clone()).unwrap_or_default();
        let (before, now) = (said(base), said(own));
        steps.extend(steps_on(aspect, &before, &now));
    }
    steps
}

/// The differences on one aspect.
fn steps_on<'d>(
    aspect: &'d Aspect<'d>,
    before: &[&'d Statement<'d>],
    now: &[&'d Statement<'d>],
) -> Vec<Step<'d>> {
    let is_in = |held: &[&Statement<'_>], one: &Statement<'_>| held.iter().any(|other| other.id == one.id);
    let leveled = |held: &[&'d Statement<'d>]| held.iter().find(|one| one.level.is_some()).copied();
    let mut steps = Vec::new();
    let mut add = |kind, from, to| steps.push(Step { aspect, kind, from, to });
    let mut listed: HashSet<&str> = HashSet::new();
    if let (Some(old), Some(new)) = (leveled(before), leveled(now)) {
        match old.rank().cmp(&new.rank()) {
            Ordering::Less => add(StepKind::Raised, Some(old), Some(new)),
            Ordering::Greater => add(StepKind::Lowered, Some(old), Some(new)),
            Ordering::Equal => {}
        }
        listed.extend([old.id.as_str(), new.id.as_str()]);
    }
    for new in now.iter().filter(|new| !is_in(before, new)) {
        if listed.contains(new.id.as_str()) {
            continue;
        }
        let replaced: Vec<_> =
            before.iter().filter(|old| new.replaces.contains(&old.id) && !is_in(now, old)).collect();
        if replaced.is_empty() {
            add(StepKind::Added, None, Some(*new));
        }
        for old in replaced {
            listed.insert(old.id.as_str());
            add(StepKind::Replaced, Some(*old), Some(*new));
        }
    }
    for old in before.iter().filter(|old| !is_in(now, old) && !listed.contains(old.id.as_str())) {
        add(StepKind::Dropped, Some(*old), None);
    }
    steps
}
