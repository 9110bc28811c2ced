//! What roles inherit from the roles that they build on.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Base, Framework};
use crate::format::{Id, Role, Text};

/// A cycle of roles: each builds on the next, and the last on the first.
type Cycle = Vec<usize>;

/// The indices of the roles that each role builds on, without unknown ones.
fn bases(roles: &[Role<'_>]) -> Vec<Vec<usize>> {
    let places: HashMap<&str, usize> =
        roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect();
    let known = |id: &Id<'_>| places.get(id.as_str()).copied();
    roles.iter().map(|role| role.builds_on.iter().filter_map(known).collect()).collect()
}

/// Sorts roles topologically, so that each comes after those it builds on, or returns a cycle.
fn order(bases: &[Vec<usize>]) -> Result<Vec<usize>, Cycle> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; bases.len()];
    let mut ordered = Vec::with_capacity(bases.len());
    // The path from the first role to the current one, with the number of visited bases of each.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..bases.len() {
        if marks.get(start) == Some(&Mark::New) {
            path.push((start, 0));
        }
        while let Some((role, visited)) = path.last_mut() {
            let role = *role;
            if let Some(mark) = marks.get_mut(role) {
                *mark = Mark::Open;
            }
            let next = bases.get(role).and_then(|bases| bases.get(*visited)).copied();
            *visited += 1;
            match next.map(|next| (next, marks.get(next))) {
                Some((next, Some(Mark::New))) => path.push((next, 0)),
                Some((next, Some(Mark::Open))) => {
                    return Err(path
                        .iter()
                        .map(|(role, _)| *role)
                        .skip_while(|role| *role != next)
                        .collect());
                }
                Some(_) => {}
                None => {
                    if let Some(mark) = marks.get_mut(role) {
                        *mark = Mark::Done;
                    }
                    ordered.push(role);
                    path.pop();
                }
            }
        }
    }
    Ok(ordered)
}

/// Roles that build on each other in a circle.
pub(crate) fn find_cycle(roles: &[Role<'_>]) -> Option<Cycle> {
    order(&bases(roles)).err()
}

/// The parts of a statement that matter for inheritance.
struct Outline<'f> {
    id: &'f str,
    aspect: usize,
    /// The rank of its level on the skill's scale.
    level: Option<usize>,
    replaces: &'f [Id<'f>],
}

/// Adds to each statement the roles that inherit it.
pub(super) fn inherit(framework: &mut Framework<'_>) {
    if framework.roles.iter().all(|role| role.builds_on.is_empty()) {
        return;
    }
    let bases = bases(&framework.roles);
    let Ok(ordered) = order(&bases) else { return };
    let outlines = outlines(framework);
    let mut held = own_statements(framework);
    for role in ordered {
        let own = held.get(role).cloned().unwrap_or_default();
        let base_statements = bases.get(role).into_iter().flatten().filter_map(|base| held.get(*base));
        let holds = with_inherited(&own, base_statements, &outlines);
        if let Some(place) = held.get_mut(role) {
            *place = holds;
        }
    }
    add_holders(framework, &held);
}

/// The statements of a role by index, each with the role that declares it.
type Held = BTreeMap<usize, usize>;

fn outlines<'f>(framework: &'f Framework<'_>) -> Vec<Outline<'f>> {
    let aspects = framework.sections.iter().flat_map(|section| &section.aspects).enumerate();
    let outlines = aspects.flat_map(|(number, aspect)| {
        aspect.statements.iter().map(move |statement| Outline {
            id: &statement.id,
            aspect: number,
            level: statement.rank(),
            replaces: &statement.replaces,
        })
    });
    outlines.collect()
}

fn own_statements(framework: &Framework<'_>) -> Vec<Held> {
    let places: HashMap<&str, usize> =
        framework.roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect();
    let mut held = vec![Held::new(); framework.roles.len()];
    let aspects = framework.sections.iter().flat_map(|section| &section.aspects);
    for (number, statement) in aspects.flat_map(|aspect| &aspect.statements).enumerate() {
        for role in statement.roles.iter().filter_map(|id| places.get(id.as_str())) {
            if let Some(held) = held.get_mut(*role) {
                held.insert(number, *role);
            }
        }
    }
    held
}

/// A role's own and inherited statements, without those that its own replace. For each skill there is one level: its own,
/// or else the highest inherited one.
fn with_inherited<'h>(own: &Held, bases: impl Iterator<Item = &'h Held>, outlines: &[Outline<'_>]) -> Held {
    let outline = |number: &usize| outlines.get(*number);
    let replaced: HashSet<&str> =
        own.keys().filter_map(outline).flat_map(|one| one.replaces).map(Id::as_str).collect();
    let own_levels: HashSet<usize> =
        own.keys().filter_map(outline).filter(|one| one.level.is_some()).map(|one| one.aspect).collect();
    let mut highest: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut holds = own.clone();
    for (number, from) in bases.flatten() {
        let Some(one) = outline(number).filter(|one| !replaced.contains(one.id)) else { continue };
        if let Some(level) = one.level {
            if own_levels.contains(&one.aspect) {
                continue;
            }
            match highest.get(&one.aspect) {
                Some((known, _)) if *known >= level => continue,
                Some((_, lower)) => {
                    holds.remove(lower);
                }
                None => {}
            }
            highest.insert(one.aspect, (level, *number));
        }
        holds.entry(*number).or_insert(*from);
    }
    holds
}

/// Records in each statement the roles that it applies to, in the order of the roles.
fn add_holders(framework: &mut Framework<'_>, held: &[Held]) {
    let roles: Vec<(Id<'_>, Text<'_>)> =
        framework.roles.iter().map(|role| (role.id.clone(), role.title.clone())).collect();
    let mut holders: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    for (role, statements) in held.iter().enumerate() {
        for (number, from) in statements {
            holders.entry(*number).or_default().push((role, *from));
        }
    }
    let aspects = framework.sections.iter_mut().flat_map(|section| &mut section.aspects);
    for (number, statement) in aspects.flat_map(|aspect| &mut aspect.statements).enumerate() {
        let Some(holders) = holders.remove(&number) else { continue };
        if holders.iter().all(|(role, from)| role == from) {
            continue;
        }
        let holding = holders.iter().filter_map(|(role, _)| roles.get(*role));
        statement.roles = holding.map(|(id, _)| id.clone()).collect();
        let inherited = holders.iter().filter(|(role, from)| role != from);
        let inherited = inherited
            .filter_map(|(role, from)| {
                let (role, _) = roles.get(*role)?.clone();
                let (id, title) = roles.get(*from)?.clone();
                Some((role, Base { id, title }))
            })
            .collect();
        statement.inherited = Some(Box::new(inherited));
    }
}
