//! The rules for ladders: nested families and sections, tracks, needs, and roles that build on others.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::index::Index;
use super::place::{Findings, Path};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::Id;
use crate::framework::RoleIndex;

/// The parent of a family or section must exist, and must not have a parent itself.
pub(super) fn unknown_parents(index: &Index<'_>, findings: &mut Findings) {
    let dataset = index.dataset;
    let families: Vec<_> =
        dataset.families.iter().map(|one| (one.id.as_str(), one.parent.as_deref())).collect();
    parents(index, Code::UnknownFamily, ("family", "families"), &families, findings);
    let sections: Vec<_> =
        dataset.sections.iter().map(|one| (one.id.as_str(), one.parent.as_deref())).collect();
    parents(index, Code::UnknownSection, ("section", "sections"), &sections, findings);
}

fn parents(
    index: &Index<'_>,
    unknown: Code,
    nouns: (&'static str, &'static str),
    list: &[(&str, Option<&str>)],
    findings: &mut Findings,
) {
    let parent_of: HashMap<&str, Option<&str>> = list.iter().copied().collect();
    for (number, (id, parent)) in list.iter().enumerate() {
        let Some(parent) = parent else { continue };
        let path = Path::to(nouns.1, number).key("parent");
        match parent_of.get(parent) {
            None => {
                // Nothing is part of itself.
                let others = list.iter().map(|(other, _)| *other).filter(|other| other != id);
                findings.push(index.unknown(unknown, path, nouns, parent, others));
            }
            Some(Some(above)) => {
                let message = format!("`{id}` is in `{parent}`, which is in `{above}`");
                let problem = Diagnostic::new(Code::DeepParent, path, message);
                findings.push(problem.advice(format!("{} can be nested two levels deep", nouns.1)));
            }
            Some(None) => {}
        }
    }
}

pub(super) fn unknown_tracks(index: &Index<'_>, findings: &mut Findings) {
    let families = &index.dataset.families;
    let tracks: HashMap<&str, _> =
        families.iter().map(|family| (family.id.as_str(), &family.tracks)).collect();
    for (number, role) in index.dataset.roles.iter().enumerate() {
        let Some(track) = &role.track else { continue };
        let path = Path::to("roles", number).key("track");
        match role.family.as_deref() {
            None => {
                let message = format!("the role `{}` is on the track `{track}` and in no family", role.id);
                let problem = Diagnostic::new(Code::UnknownTrack, path, message);
                findings.push(problem.advice("name the role's `family`, which lists its `tracks`"));
            }
            // An unknown family has already been reported.
            Some(family) => {
                let Some(tracks) = tracks.get(family) else { continue };
                if !tracks.iter().any(|one| one.id == *track) {
                    let names = tracks.iter().map(|one| one.id.as_str());
                    let problem = index.unknown(Code::UnknownTrack, path, ("track", "tracks"), track, names);
                    let message = format!("the family `{family}` has no track `{track}`");
                    findings.push(Diagnostic { message, ..problem });
                }
            }
        }
    }
}

pub(super) fn inheritance_cycle(index: &Index<'_>, findings: &mut Findings) {
    let roles = &index.dataset.roles;
    let Some(cycle) = index.inheritance().cycle() else { return };
    let Some(first) = cycle.first() else { return };
    let names: Vec<String> = cycle
        .iter()
        .chain([first])
        .filter_map(|role| roles.get(role.get()))
        .map(|role| format!("`{}`", role.id))
        .collect();
    let message = match names.as_slice() {
        [one, _] => format!("{one} builds on itself"),
        all if all.len() <= 8 => format!("roles build on each other in a circle: {}", all.join(" → ")),
        all => {
            let shown = all.get(..6).unwrap_or_default().join(" → ");
            format!("{} roles build on each other in a circle: {shown} → …", all.len() - 1)
        }
    };
    let path = Path::to("roles", first.get()).key("builds_on");
    let advice = match names.as_slice() {
        [one, _] => format!("leave {one} out of its `builds_on`"),
        _ => "let one of them build on fewer roles".to_owned(),
    };
    findings.push(Diagnostic::new(Code::InheritanceCycle, path, message).advice(advice));
}

/// Each role of a statement must inherit the statements that it replaces.
pub(super) fn not_inherited(index: &Index<'_>, findings: &mut Findings) {
    let statements = index.statements().map(|(_, _, _, statement)| statement);
    let replaced: HashSet<&str> =
        statements.flat_map(|statement| &statement.replaces).map(Id::as_str).collect();
    if replaced.is_empty() {
        return;
    }
    let inheritance = index.inheritance();
    let mut holders: HashMap<&str, HashSet<RoleIndex>> = HashMap::new();
    for (at, aspect) in index.aspects() {
        let outlines = index.outlines(at, aspect);
        let replaced = |number: usize| replaced.get(&*outlines.get(number)?.id).copied();
        let mut ids = (0..outlines.len()).filter_map(replaced).peekable();
        if ids.peek().is_none() {
            continue;
        }
        for id in ids {
            holders.entry(id).or_default();
        }
        for (role, statements) in inheritance.held(&outlines, |number| replaced(number).is_some()) {
            for id in statements.into_iter().filter_map(|(number, _)| replaced(number)) {
                holders.entry(id).or_default().insert(role);
            }
        }
    }
    for (at, _, number, statement) in index.statements() {
        for (place, replaced) in statement.replaces.iter().enumerate() {
            let problem = |message| {
                let path = at.statement(number).list("replaces", place);
                let problem = Diagnostic::new(Code::NotInherited, path, message);
                problem.advice("the id of a statement that the role inherits")
            };
            let Some(holders) = holders.get(replaced.as_str()) else {
                findings.push(problem(format!("there is no statement `{replaced}`")));
                continue;
            };
            // Unknown roles and a cycle, with which nobody inherits anything, have already been reported.
            let roles = statement.roles.iter().filter(|_| inheritance.cycle().is_none());
            for (id, role) in roles.filter_map(|id| Some((id, index.role(id)?))) {
                if !inheritance.bases(role).iter().any(|base| holders.contains(base)) {
                    findings.push_with(Code::NotInherited, || {
                        problem(format!("the role `{id}` does not inherit `{replaced}`"))
                    });
                }
            }
        }
    }
}

/// A skill must have a kind, its own or that of its section.
pub(super) fn skills_without_kind(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects() {
        let Some(skill) = &aspect.skill else {
            if index.is_skill(at) && index.section_kind(at).is_none() {
                findings.push(without_kind(&aspect.id, at.path().key("id")));
            }
            continue;
        };
        if skill.kind.is_none() && index.section_kind(at).is_none() {
            findings.push(without_kind(&aspect.id, at.path().key("skill")));
        }
    }
}

fn without_kind(aspect: &str, path: Path) -> Diagnostic<Path> {
    let message = format!("the skill `{aspect}` has no kind");
    Diagnostic::new(Code::SkillWithoutKind, path, message)
        .advice("add `kind` to its `skill`, or to the `skill` of its section")
}

/// A role that builds on others but has no statements of its own.
pub(super) fn adds_nothing(index: &Index<'_>, findings: &mut Findings) {
    let speaking = index.speaking();
    for (number, role) in index.dataset.roles.iter().enumerate() {
        if !role.builds_on.is_empty() && !speaking.contains(role.id.as_str()) {
            let message = format!("the role `{}` adds nothing to what it builds on", role.id);
            let problem =
                Diagnostic::new(Code::AddsNothing, Path::to("roles", number).key("builds_on"), message);
            findings.push(problem.advice("add what is new in this role, or remove it"));
        }
    }
}

/// A role's own statement with the text of one that it inherits.
pub(super) fn repeats_inherited(index: &Index<'_>, findings: &mut Findings) {
    let inheritance = index.inheritance();
    if inheritance.is_flat() {
        return;
    }
    for (at, aspect) in index.aspects() {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for text in aspect.statements.iter().filter_map(|statement| statement.text.as_deref()) {
            *times.entry(text).or_default() += 1;
        }
        times.retain(|_, times| *times > 1);
        if times.is_empty() {
            continue;
        }
        let outlines = index.outlines(at, aspect);
        let generated = outlines.len() - aspect.statements.len();
        let repeated = |number: usize| {
            let text = aspect.statements.get(number.checked_sub(generated)?)?.text.as_deref()?;
            times.contains_key(text).then_some(text)
        };
        let mut inherited: HashMap<(RoleIndex, &str), RoleIndex> = HashMap::new();
        for (role, statements) in inheritance.held(&outlines, |number| repeated(number).is_some()) {
            for (number, from) in statements.into_iter().filter(|(_, from)| *from != role) {
                if let Some(text) = repeated(number) {
                    inherited.entry((role, text)).or_insert(from);
                }
            }
        }
        for (number, statement) in aspect.statements.iter().enumerate() {
            let Some(text) = statement.text.as_deref() else { continue };
            for id in &statement.roles {
                let role = index.role(id);
                let from = role.and_then(|role| inherited.get(&(role, text)));
                if let Some(from) = from.and_then(|from| index.dataset.roles.get(from.get())) {
                    let message = format!("`{id}` inherits the same text from `{}`", from.id);
                    let problem =
                        Diagnostic::new(Code::RepeatsInherited, at.statement(number).key("text"), message);
                    findings.push(problem.advice(format!("take `{id}` out of this statement")));
                }
            }
        }
    }
}

/// A family, and a track of it.
type Track<'d> = (&'d str, Option<&'d str>);

/// A role needs a lower level of a skill than a role with a lower rank on the same track.
pub(super) fn falling_levels(index: &Index<'_>, findings: &mut Findings) {
    let dataset = index.dataset;
    let mut ladders: BTreeMap<Track<'_>, Vec<(i64, RoleIndex)>> = BTreeMap::new();
    for (number, role) in (0..).map(RoleIndex::new).zip(&dataset.roles) {
        if let (Some(family), Some(rank)) = (&role.family, role.rank) {
            ladders.entry((family, role.track.as_deref())).or_default().push((rank, number));
        }
    }
    ladders.retain(|_, ranks| ranks.len() > 1);
    if ladders.is_empty() {
        return;
    }
    let inheritance = index.inheritance();
    for ranks in ladders.values_mut() {
        ranks.sort_unstable();
    }
    for (at, aspect) in index.aspects() {
        let Some(scale) = index.scale_of(at, aspect) else { continue };
        let outlines = index.outlines(at, aspect);
        if outlines.iter().all(|one| one.rank.is_none()) {
            continue;
        }
        let rank_of = |(statement, _): &(usize, RoleIndex)| outlines.get(*statement)?.rank;
        let levels: HashMap<RoleIndex, usize> = inheritance
            .held(&outlines, |_| false)
            .into_iter()
            .filter_map(|(role, statements)| Some((role, statements.iter().rev().find_map(rank_of)?)))
            .collect();
        for ranks in ladders.values() {
            let needed = ranks.iter().filter_map(|(rank, number)| {
                let level = levels.get(number)?;
                Some((*rank, *number, dataset.roles.get(number.get())?, *level, scale.levels.get(*level)?))
            });
            let needed: Vec<_> = needed.collect();
            for (lower, higher) in needed.iter().zip(needed.iter().skip(1)) {
                if lower.0 < higher.0 && higher.3 < lower.3 {
                    let message = format!(
                        "`{}` needs `{}` of `{}`, but `{}` of the lower rank {} needs `{}`",
                        higher.2.id, higher.4.id, aspect.id, lower.2.id, lower.0, lower.4.id
                    );
                    let path = Path::to("roles", higher.1.get()).key("rank");
                    let problem = Diagnostic::new(Code::FallingLevel, path, message);
                    findings.push(problem.advice("check both levels, and the order of the ranks"));
                }
            }
        }
    }
}
