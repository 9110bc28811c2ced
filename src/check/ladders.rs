//! The rules for ladders: nested families and sections, tracks, needs, and roles that build on others.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::place::{Findings, Path};
use super::rules::{At, Index, unknown_role};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Id, Role, Statement};
use crate::framework::{Framework, find_cycle};

/// The parent of a family or section must exist, and must not have a parent itself.
pub(super) fn unknown_parents(known: &Index<'_>, findings: &mut Findings) {
    let dataset = known.dataset;
    let families: Vec<_> =
        dataset.families.iter().map(|one| (one.id.as_str(), one.parent.as_deref())).collect();
    parents(known, Code::UnknownFamily, ("family", "families"), &families, findings);
    let sections: Vec<_> =
        dataset.sections.iter().map(|one| (one.id.as_str(), one.parent.as_deref())).collect();
    parents(known, Code::UnknownSection, ("section", "sections"), &sections, findings);
}

fn parents(
    known: &Index<'_>,
    unknown: Code,
    nouns: (&'static str, &'static str),
    list: &[(&str, Option<&str>)],
    findings: &mut Findings,
) {
    let parent_of: HashMap<&str, Option<&str>> = list.iter().copied().collect();
    for (number, (id, parent)) in list.iter().enumerate() {
        let Some(parent) = parent else { continue };
        let way = Path::to(nouns.1, number).key("parent");
        match parent_of.get(parent) {
            None => findings.push(known.unknown(unknown, way, nouns, parent, list.iter().map(|(id, _)| *id))),
            Some(Some(above)) => {
                let message = format!("`{id}` is in `{parent}`, which is in `{above}`");
                let problem = Diagnostic::new(Code::DeepParent, way, message);
                findings.push(problem.advice(format!("{} can be nested two levels deep", nouns.1)));
            }
            Some(None) => {}
        }
    }
}

pub(super) fn unknown_tracks(known: &Index<'_>, findings: &mut Findings) {
    let families = &known.dataset.families;
    let tracks: HashMap<&str, _> =
        families.iter().map(|family| (family.id.as_str(), &family.tracks)).collect();
    for (number, family) in families.iter().enumerate() {
        let mut seen = HashSet::new();
        for (place, track) in family.tracks.iter().enumerate() {
            if !seen.insert(track.id.as_str()) {
                let way = Path::to("families", number).list("tracks", place).key("id");
                let message = format!("the family `{}` has a track `{}` already", family.id, track.id);
                findings.push(
                    Diagnostic::new(Code::DuplicateId, way, message).advice("give it an id of its own"),
                );
            }
        }
    }
    for (number, role) in known.dataset.roles.iter().enumerate() {
        let Some(track) = &role.track else { continue };
        let way = Path::to("roles", number).key("track");
        match role.family.as_deref() {
            None => {
                let message = format!("the role `{}` is on the track `{track}` and in no family", role.id);
                let problem = Diagnostic::new(Code::UnknownTrack, way, message);
                findings.push(problem.advice("name the role's `family`, which lists its `tracks`"));
            }
            // An unknown family has already been reported.
            Some(family) => {
                let Some(tracks) = tracks.get(family) else { continue };
                if !tracks.iter().any(|one| one.id == *track) {
                    let names = tracks.iter().map(|one| one.id.as_str());
                    let problem = known.unknown(Code::UnknownTrack, way, ("track", "tracks"), track, names);
                    let message = format!("the family `{family}` has no track `{track}`");
                    findings.push(Diagnostic { message, ..problem });
                }
            }
        }
    }
}

pub(super) fn unknown_bases(known: &Index<'_>, findings: &mut Findings) {
    for (number, role) in known.dataset.roles.iter().enumerate() {
        let mut seen = HashSet::new();
        for (place, base) in role.builds_on.iter().enumerate() {
            let way = Path::to("roles", number).list("builds_on", place);
            if !known.roles.contains(base.as_str()) {
                findings.push(unknown_role(known, way, base));
            } else if !seen.insert(base.as_str()) {
                let message = format!("the role `{}` builds on `{base}` twice", role.id);
                findings.push(Diagnostic::new(Code::RepeatedRole, way, message).advice("name it once"));
            }
        }
    }
}

pub(super) fn inheritance_cycle(known: &Index<'_>, findings: &mut Findings) {
    let roles = &known.dataset.roles;
    let Some(cycle) = find_cycle(roles) else { return };
    let Some(first) = cycle.first() else { return };
    let names: Vec<String> = cycle
        .iter()
        .chain([first])
        .filter_map(|place| roles.get(*place))
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
    let way = Path::to("roles", *first).key("builds_on");
    findings.push(Diagnostic::new(Code::InheritanceCycle, way, message).advice("remove one of these links"));
}

/// Each role of a statement must inherit the statements that it replaces.
pub(super) fn not_inherited(known: &Index<'_>, findings: &mut Findings) {
    if known.statements().all(|(_, _, _, statement)| statement.replaces.is_empty()) {
        return;
    }
    let holders = own_holders(known);
    let roles: HashMap<&str, &Role<'_>> =
        known.dataset.roles.iter().map(|role| (role.id.as_str(), role)).collect();
    let mut ancestors: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (at, _, number, statement) in known.statements() {
        for (place, replaced) in statement.replaces.iter().enumerate() {
            let way = || at.statement(number).list("replaces", place);
            let Some(holders) = holders.get(replaced.as_str()) else {
                let message = format!("there is no statement `{replaced}`");
                let problem = Diagnostic::new(Code::NotInherited, way(), message);
                findings.push(problem.advice("the id of a statement that the role inherits"));
                continue;
            };
            for role in &statement.roles {
                let above = ancestors.entry(role).or_insert_with(|| all_bases(role, &roles));
                if above.is_disjoint(holders) {
                    let message = format!("the role `{role}` does not inherit `{replaced}`");
                    let problem = Diagnostic::new(Code::NotInherited, way(), message);
                    findings.push(problem.advice("the id of a statement that the role inherits"));
                }
            }
        }
    }
}

/// The roles that declare each statement.
fn own_holders<'d>(known: &Index<'d>) -> HashMap<String, HashSet<&'d str>> {
    let mut holders: HashMap<String, HashSet<&str>> = HashMap::new();
    for (at, _, number, statement) in known.statements() {
        let roles = statement.roles.iter().map(Id::as_str);
        holders.entry(known.statement_id(at, number, statement).into_owned()).or_default().extend(roles);
    }
    for (_, aspect) in known.aspects() {
        for (role, level) in aspect.skill.iter().flat_map(|skill| skill.needs.iter()) {
            holders.entry(crate::framework::need_id(&aspect.id, level)).or_default().insert(role);
        }
    }
    holders
}

/// All roles that a role builds on, directly or indirectly.
fn all_bases<'d>(role: &str, roles: &HashMap<&str, &'d Role<'d>>) -> HashSet<&'d str> {
    let mut found = HashSet::new();
    let mut open: Vec<&Role<'_>> = roles.get(role).copied().into_iter().collect();
    while let Some(role) = open.pop() {
        for base in &role.builds_on {
            if let Some(base) = roles.get(base.as_str()).filter(|base| found.insert(base.id.as_str())) {
                open.push(base);
            }
        }
    }
    found
}

/// A skill must have a kind, its own or that of its section.
pub(super) fn skills_without_kind(known: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in known.aspects() {
        let Some(skill) = &aspect.skill else {
            if known.is_skill(at) && known.section_kind(at).is_none() {
                findings.push(without_kind(&aspect.id, at.way().key("id")));
            }
            continue;
        };
        if skill.kind.is_none() && known.section_kind(at).is_none() {
            findings.push(without_kind(&aspect.id, at.way().key("skill")));
        }
    }
}

fn without_kind(aspect: &str, way: Path) -> Diagnostic<Path> {
    let message = format!("the skill `{aspect}` has no kind");
    Diagnostic::new(Code::SkillWithoutKind, way, message)
        .advice("add `kind` to its `skill`, or to the `skill` of its section")
}

pub(super) fn unknown_needs(known: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in known.aspects() {
        let Some(skill) = aspect.skill.as_ref().filter(|skill| !skill.needs.is_empty()) else { continue };
        let way = || at.way().key("skill").key("needs");
        if known.scale_id(at, aspect).is_none() {
            let message = format!("the skill `{}` names no scale for the levels that roles need", aspect.id);
            let problem = Diagnostic::new(Code::LevelWithoutScale, way(), message);
            findings.push(problem.advice("name the `scale`, here or in the `skill` of the section"));
        }
        for (place, (role, level)) in skill.needs.iter().enumerate() {
            if !known.roles.contains(role.as_str()) {
                findings.push(unknown_role(known, way().name(place), role));
            }
            unknown_level(known, at, way().entry(place), level, findings);
        }
    }
}

pub(super) fn unknown_descriptors(known: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in known.aspects() {
        let Some(skill) = aspect.skill.as_ref().filter(|skill| !skill.descriptors.is_empty()) else {
            continue;
        };
        let way = || at.way().key("skill").key("descriptors");
        if known.scale_id(at, aspect).is_none() {
            let message = format!("the skill `{}` describes levels and names no scale", aspect.id);
            let problem = Diagnostic::new(Code::LevelWithoutScale, way(), message);
            findings.push(problem.advice("name the `scale`, here or in the `skill` of the section"));
        }
        for (place, (level, _)) in skill.descriptors.iter().enumerate() {
            unknown_level(known, at, way().name(place), level, findings);
        }
    }
}

fn unknown_level(known: &Index<'_>, at: At, way: Path, level: &str, findings: &mut Findings) {
    // A missing or unknown scale has already been reported.
    let Some(scale) = known.scale_at(at).filter(|scale| scale.level(level).is_none()) else { return };
    let names = scale.levels.iter().map(|one| one.id.as_str());
    let problem = known.unknown(Code::UnknownLevel, way, ("level", "levels"), level, names);
    findings
        .push(Diagnostic { message: format!("the scale `{}` has no level `{level}`", scale.id), ..problem });
}

/// Tracks without roles.
pub(super) fn unused_keys(known: &Index<'_>, findings: &mut Findings) {
    let roles = known.dataset.roles.iter();
    let used: HashSet<(&str, &str)> =
        roles.filter_map(|role| Some((role.family.as_deref()?, role.track.as_deref()?))).collect();
    for (number, family) in known.dataset.families.iter().enumerate() {
        for (place, track) in family.tracks.iter().enumerate() {
            if !used.contains(&(family.id.as_str(), track.id.as_str())) {
                let way = Path::to("families", number).list("tracks", place).key("id");
                let message = format!("no role is on the track `{}` of `{}`", track.id, family.id);
                findings.push(
                    Diagnostic::new(Code::Unused, way, message).advice("put a role on it, or remove it"),
                );
            }
        }
    }
}

/// A role that builds on others but has no statements of its own.
pub(super) fn adds_nothing(known: &Index<'_>, findings: &mut Findings) {
    let mut speaking: HashSet<&str> =
        known.statements().flat_map(|(_, _, _, statement)| &statement.roles).map(Id::as_str).collect();
    let skills = known.aspects().filter_map(|(_, aspect)| aspect.skill.as_ref());
    speaking.extend(skills.flat_map(|skill| skill.needs.iter()).map(|(role, _)| role.as_str()));
    for (number, role) in known.dataset.roles.iter().enumerate() {
        if !role.builds_on.is_empty() && !speaking.contains(role.id.as_str()) {
            let message = format!("the role `{}` adds nothing to what it builds on", role.id);
            let problem =
                Diagnostic::new(Code::AddsNothing, Path::to("roles", number).key("builds_on"), message);
            findings.push(problem.advice("add what is new in this role, or remove it"));
        }
    }
}

/// A role's own statement with the text of one that it inherits.
pub(super) fn repeats_inherited(known: &Index<'_>, findings: &mut Findings) {
    if known.dataset.roles.iter().all(|role| role.builds_on.is_empty()) {
        return;
    }
    let roles: HashMap<&str, &Role<'_>> =
        known.dataset.roles.iter().map(|role| (role.id.as_str(), role)).collect();
    let mut ancestors: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (at, aspect) in known.aspects() {
        let mut texts: HashMap<&str, Vec<&Statement<'_>>> = HashMap::new();
        for statement in &aspect.statements {
            if let Some(text) = &statement.text {
                texts.entry(text).or_default().push(statement);
            }
        }
        for (number, statement) in aspect.statements.iter().enumerate() {
            let Some(text) = &statement.text else { continue };
            let twins = texts.get(text.as_str()).filter(|twins| twins.len() > 1);
            for (role, twin) in statement
                .roles
                .iter()
                .flat_map(|role| twins.into_iter().flatten().map(move |twin| (role, twin)))
            {
                let above = ancestors.entry(role).or_insert_with(|| all_bases(role, &roles));
                let from = twin.roles.iter().find(|other| above.contains(other.as_str()));
                if let Some(from) = from.filter(|_| !std::ptr::eq(*twin, statement)) {
                    let message = format!("`{role}` inherits the same text from `{from}`");
                    let problem =
                        Diagnostic::new(Code::RepeatsInherited, at.statement(number).key("text"), message);
                    findings.push(problem.advice(format!("take `{role}` out of this statement")));
                    break;
                }
            }
        }
    }
}

/// A family, and a track of it.
type Track<'d> = (&'d str, Option<&'d str>);

/// A role needs a lower level of a skill than a role with a lower rank on the same track.
pub(super) fn falling_levels(known: &Index<'_>, findings: &mut Findings) {
    let dataset = known.dataset;
    let mut ladders: BTreeMap<Track<'_>, Vec<(i64, usize)>> = BTreeMap::new();
    for (number, role) in dataset.roles.iter().enumerate() {
        if let (Some(family), Some(rank)) = (&role.family, role.rank) {
            ladders.entry((family, role.track.as_deref())).or_default().push((rank, number));
        }
    }
    ladders.retain(|_, ranks| ranks.len() > 1);
    if ladders.is_empty() {
        return;
    }
    let framework = Framework::resolve(dataset.clone());
    let aspects = framework.sections.iter().flat_map(|section| &section.aspects);
    for aspect in aspects {
        let mut levels: HashMap<&str, (usize, &str)> = HashMap::new();
        for statement in &aspect.statements {
            let Some(level) = &statement.level else { continue };
            let height = (level.rank, level.id.as_str());
            levels.extend(statement.roles.iter().map(|role| (role.as_str(), height)));
        }
        for ranks in ladders.values_mut() {
            ranks.sort_unstable();
            let needed = ranks.iter().filter_map(|(rank, number)| {
                let role = dataset.roles.get(*number)?;
                Some((*rank, *number, role, *levels.get(role.id.as_str())?))
            });
            let needed: Vec<_> = needed.collect();
            for (lower, higher) in needed.iter().zip(needed.iter().skip(1)) {
                if lower.0 < higher.0 && higher.3.0 < lower.3.0 {
                    let message = format!(
                        "`{}` needs `{}` of `{}`, and `{}` below it `{}`",
                        higher.2.id, higher.3.1, aspect.id, lower.2.id, lower.3.1
                    );
                    let way = Path::to("roles", higher.1).key("rank");
                    let problem = Diagnostic::new(Code::FallingLevel, way, message);
                    findings.push(problem.advice("check both levels, and the order of the ranks"));
                }
            }
        }
    }
}
