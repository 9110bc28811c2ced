//! Turns the keys of the file into plain statements: section defaults, needs, and statements without an id.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Aspect, Framework, Holder, Proficiency, Role, RoleIndex, Section, Skill, Statement};
use crate::format::{self, Dataset, Id, Scale, SkillDefaults};

/// What ids of the dataset refer to.
struct References<'s, 'd> {
    roles: HashMap<&'s str, RoleIndex>,
    scales: HashMap<&'s str, Levels<'s, 'd>>,
}

/// A scale and its levels.
struct Levels<'s, 'd> {
    scale: &'s Rc<Scale<'d>>,
    /// Lowest first.
    ranked: Vec<Rc<Proficiency<'d>>>,
    by_id: HashMap<&'s str, Rc<Proficiency<'d>>>,
}

/// The dataset with every shorthand expanded.
pub(super) fn expand(dataset: Dataset<'_>) -> Framework<'_> {
    // No `..` here and below, so that a new key of the file cannot be forgotten.
    let Dataset {
        rolebook: _,
        id,
        title,
        revision,
        language,
        sources,
        voices,
        scales,
        families,
        roles,
        comparisons,
        sections,
        quizzes,
        meta,
    } = dataset;
    let scales: Vec<Rc<Scale<'_>>> = scales.into_iter().map(Rc::new).collect();
    let references = References {
        roles: roles
            .iter()
            .enumerate()
            .map(|(index, role)| (role.id.as_str(), RoleIndex::new(index)))
            .collect(),
        scales: scales.iter().map(|scale| (scale.id.as_str(), Levels::new(scale))).collect(),
    };
    let sections = sections.into_iter().map(|section| expand_section(section, &references)).collect();
    let bases: Vec<Vec<RoleIndex>> =
        roles.iter().map(|role| references.roles(&role.builds_on).collect()).collect();
    let family_places: HashMap<&str, usize> =
        families.iter().enumerate().map(|(index, family)| (family.id.as_str(), index)).collect();
    let roles = roles.into_iter().zip(bases).enumerate().map(|(index, (declared, bases))| {
        let family_index = declared.family.as_deref().and_then(|id| family_places.get(id).copied());
        let track_index = declared.track.as_deref().and_then(|track| {
            let tracks = &families.get(family_index?)?.tracks;
            tracks.iter().position(|one| *one.id == *track)
        });
        Role { index: RoleIndex::new(index), bases, family_index, track_index, declared }
    });
    let roles = roles.collect();
    Framework {
        id,
        title,
        revision,
        language,
        sources,
        voices,
        scales,
        families,
        roles,
        comparisons,
        sections,
        quizzes,
        meta,
    }
}

impl References<'_, '_> {
    /// The roles with these ids; unknown ones are left out.
    fn roles(&self, ids: &[Id<'_>]) -> impl Iterator<Item = RoleIndex> {
        ids.iter().filter_map(|id| self.roles.get(id.as_str()).copied())
    }
}

impl<'s, 'd> Levels<'s, 'd> {
    fn new(scale: &'s Rc<Scale<'d>>) -> Self {
        let levels = scale.levels.iter().zip(1..).map(|(level, rank)| {
            let (id, title, summary) = (level.id.clone(), level.title.clone(), level.summary.clone());
            Rc::new(Proficiency { id, rank, title, summary })
        });
        let ranked: Vec<Rc<Proficiency<'d>>> = levels.collect();
        let ids = scale.levels.iter().map(|level| level.id.as_str());
        Self { scale, by_id: ids.zip(ranked.iter().cloned()).collect(), ranked }
    }
}

fn expand_section<'d>(section: format::Section<'d>, references: &References<'_, 'd>) -> Section<'d> {
    let format::Section { id, title, parent, summary, skill: defaults, aspects, meta } = section;
    let expand = |aspect| expand_aspect(aspect, defaults.as_ref(), references);
    let aspects = aspects.into_iter().map(expand).collect();
    Section { id, title, parent, summary, aspects, meta }
}

fn expand_aspect<'d>(
    aspect: format::Aspect<'d>,
    defaults: Option<&SkillDefaults<'d>>,
    references: &References<'_, 'd>,
) -> Aspect<'d> {
    let format::Aspect { id, title, summary, key, skill: own, statements: written, meta } = aspect;
    let scale = own.as_ref().and_then(|own| own.scale.as_ref()).or_else(|| defaults?.scale.as_ref());
    let levels = scale.and_then(|scale| references.scales.get(scale.as_str()));
    let mut statements = match own.as_ref().filter(|own| !own.needs.is_empty()).zip(levels) {
        Some((own, levels)) => needs(&id, own, levels, references),
        None => Vec::new(),
    };
    let first = statements.len();
    let written = written.into_iter().enumerate();
    let written =
        written.map(|(number, one)| statement(one, &id, number + 1, first + number, levels, references));
    if statements.is_empty() {
        // Collecting reuses the memory of the list; of a dataset of 20 MB, the statements take 26 MB.
        statements = written.collect();
    } else {
        statements.extend(written);
    }
    let scale = levels.map(|levels| Rc::clone(levels.scale));
    Aspect { id, title, summary, key, skill: skill(own, defaults, scale), statements, meta }
}

/// The properties of a skill: its own, or else those of its section.
fn skill<'d>(
    own: Option<format::Skill<'d>>,
    defaults: Option<&SkillDefaults<'d>>,
    scale: Option<Rc<Scale<'d>>>,
) -> Option<Skill<'d>> {
    let (kind, descriptors, meta) = own.map_or_else(Default::default, |own| {
        let format::Skill { kind, scale: _, descriptors, needs: _, meta } = own;
        (kind, descriptors, meta)
    });
    let (default_kind, default_meta) = defaults.map_or((None, None), |defaults| {
        let SkillDefaults { kind, scale: _, meta } = defaults;
        (kind.as_ref(), meta.as_ref())
    });
    Some(Skill {
        kind: kind.or_else(|| default_kind.cloned())?,
        scale,
        descriptors,
        meta: meta.or_else(|| default_meta.cloned()),
    })
}

/// One statement per level that some role needs, lowest level first.
fn needs<'d>(
    aspect: &Id<'d>,
    skill: &format::Skill<'d>,
    levels: &Levels<'_, 'd>,
    references: &References<'_, 'd>,
) -> Vec<Statement<'d>> {
    let mut by_level: HashMap<&str, Vec<RoleIndex>> = HashMap::new();
    for (role, level) in skill.needs.iter() {
        if let Some(role) = references.roles.get(role.as_str()) {
            by_level.entry(level).or_default().push(*role);
        }
    }
    let needed = levels.ranked.iter().filter_map(|level| Some((level, by_level.remove(level.id.as_str())?)));
    let statements = needed.enumerate().map(|(index, (level, mut roles))| {
        roles.sort_unstable();
        Statement {
            id: Id::generated(need_id(aspect, &level.id)),
            index,
            holders: roles.into_iter().map(Holder::own).collect(),
            text: skill.descriptors.get(&level.id).cloned(),
            level: Some(Rc::clone(level)),
            voice: None,
            source: None,
            at: None,
            examples: Box::default(),
            optional: false,
            replaces: Box::default(),
            meta: None,
        }
    });
    statements.collect()
}

fn statement<'d>(
    written: format::Statement<'d>,
    aspect: &Id<'d>,
    number: usize,
    index: usize,
    levels: Option<&Levels<'_, 'd>>,
    references: &References<'_, 'd>,
) -> Statement<'d> {
    let format::Statement { id, roles, text, level, voice, source, at, examples, optional, replaces, meta } =
        written;
    let id = id.unwrap_or_else(|| Id::generated(statement_id(aspect, number)));
    let level = level.and_then(|level| levels?.by_id.get(level.as_str()).cloned());
    let holders = references.roles(&roles).map(Holder::own).collect();
    Statement { id, index, holders, text, level, voice, source, at, examples, optional, replaces, meta }
}

/// The id of the statement that is generated for a level in `needs`.
pub(crate) fn need_id(aspect: &str, level: &str) -> String {
    format!("{aspect}-{level}")
}

/// The id of a statement without one, by its number in the aspect, from 1.
pub(crate) fn statement_id(aspect: &str, number: usize) -> String {
    format!("{aspect}-{number}")
}

#[cfg(test)]
mod tests {
    use super::{Statement, format};

    #[test]
    fn statements_are_resolved_in_place() {
        assert!(size_of::<Statement<'_>>() <= size_of::<format::Statement<'_>>());
    }
}
