//! Turns the keys of the file into plain statements: section defaults, needs, and statements without an id.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Aspect, Framework, Proficiency, Section, Skill, Statement};
use crate::format::{self, Dataset, Id, Role, Scale, SkillDefaults};

/// The levels of a scale.
struct Levels<'s, 'd> {
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
    let order: HashMap<&str, usize> =
        roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect();
    let levels: HashMap<&str, Levels<'_, '_>> =
        scales.iter().map(|scale| (scale.id.as_str(), Levels::new(scale))).collect();
    let expand = |section| expand_section(section, &roles, &order, &levels);
    let sections = sections.into_iter().map(expand).collect();
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

impl<'s, 'd> Levels<'s, 'd> {
    fn new(scale: &'s Scale<'d>) -> Self {
        let levels = scale.levels.iter().zip(1..).map(|(level, rank)| {
            let (id, title, summary) = (level.id.clone(), level.title.clone(), level.summary.clone());
            Rc::new(Proficiency { id, rank, title, summary })
        });
        let ranked: Vec<Rc<Proficiency<'d>>> = levels.collect();
        let ids = scale.levels.iter().map(|level| level.id.as_str());
        Self { by_id: ids.zip(ranked.iter().cloned()).collect(), ranked }
    }
}

fn expand_section<'d>(
    section: format::Section<'d>,
    roles: &[Role<'d>],
    order: &HashMap<&str, usize>,
    scales: &HashMap<&str, Levels<'_, 'd>>,
) -> Section<'d> {
    let format::Section { id, title, parent, summary, skill: defaults, aspects, meta } = section;
    let expand = |aspect| expand_aspect(aspect, defaults.as_ref(), roles, order, scales);
    let aspects = aspects.into_iter().map(expand).collect();
    Section { id, title, parent, summary, aspects, meta }
}

fn expand_aspect<'d>(
    aspect: format::Aspect<'d>,
    defaults: Option<&SkillDefaults<'d>>,
    roles: &[Role<'d>],
    order: &HashMap<&str, usize>,
    scales: &HashMap<&str, Levels<'_, 'd>>,
) -> Aspect<'d> {
    let format::Aspect { id, title, summary, key, skill: own, statements: written, meta } = aspect;
    let scale = own.as_ref().and_then(|own| own.scale.as_ref()).or_else(|| defaults?.scale.as_ref());
    let levels = scale.and_then(|scale| scales.get(scale.as_str()));
    let mut statements = match own.as_ref().filter(|own| !own.needs.is_empty()).zip(levels) {
        Some((own, levels)) => needs(&id, own, levels, roles, order),
        None => Vec::new(),
    };
    let written = written.into_iter().zip(1..).map(|(one, number)| statement(one, &id, number, levels));
    if statements.is_empty() {
        // Collecting reuses the memory of the list; of a dataset of 20 MB, the statements take 26 MB.
        statements = written.collect();
    } else {
        statements.extend(written);
    }
    Aspect { id, title, summary, key, skill: skill(own, defaults), statements, meta }
}

/// The properties of a skill: its own, or else those of its section.
fn skill<'d>(own: Option<format::Skill<'d>>, defaults: Option<&SkillDefaults<'d>>) -> Option<Skill<'d>> {
    let (kind, scale, descriptors, meta) = own.map_or_else(Default::default, |own| {
        let format::Skill { kind, scale, descriptors, needs: _, meta } = own;
        (kind, scale, descriptors, meta)
    });
    let (default_kind, default_scale, default_meta) = defaults.map_or((None, None, None), |defaults| {
        let SkillDefaults { kind, scale, meta } = defaults;
        (kind.as_ref(), scale.as_ref(), meta.as_ref())
    });
    Some(Skill {
        kind: kind.or_else(|| default_kind.cloned())?,
        scale: scale.or_else(|| default_scale.cloned()),
        descriptors,
        meta: meta.or_else(|| default_meta.cloned()),
    })
}

/// One statement per level that some role needs, lowest level first.
fn needs<'d>(
    aspect: &Id<'d>,
    skill: &format::Skill<'d>,
    levels: &Levels<'_, 'd>,
    roles: &[Role<'d>],
    order: &HashMap<&str, usize>,
) -> Vec<Statement<'d>> {
    let mut by_level: HashMap<&str, Vec<usize>> = HashMap::new();
    for (role, level) in skill.needs.iter() {
        if let Some(place) = order.get(role.as_str()) {
            by_level.entry(level).or_default().push(*place);
        }
    }
    let statements = levels.ranked.iter().filter_map(|level| {
        let mut holders = by_level.remove(level.id.as_str())?;
        holders.sort_unstable();
        Some(Statement {
            id: Id::generated(need_id(aspect, &level.id)),
            roles: holders
                .into_iter()
                .filter_map(|place| roles.get(place))
                .map(|role| role.id.clone())
                .collect(),
            inherited: None,
            text: skill.descriptors.get(&level.id).cloned(),
            level: Some(Rc::clone(level)),
            voice: None,
            source: None,
            at: None,
            examples: Box::default(),
            optional: false,
            replaces: Box::default(),
            meta: None,
        })
    });
    statements.collect()
}

fn statement<'d>(
    written: format::Statement<'d>,
    aspect: &Id<'d>,
    number: usize,
    levels: Option<&Levels<'_, 'd>>,
) -> Statement<'d> {
    let format::Statement { id, roles, text, level, voice, source, at, examples, optional, replaces, meta } =
        written;
    let id = id.unwrap_or_else(|| Id::generated(statement_id(aspect, number)));
    let level = level.and_then(|level| levels?.by_id.get(level.as_str()).cloned());
    Statement {
        id,
        roles,
        inherited: None,
        text,
        level,
        voice,
        source,
        at,
        examples,
        optional,
        replaces,
        meta,
    }
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
