//! Roles side by side, aspect by aspect.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::format::{Id, Role};
use crate::framework::{Aspect, Framework, Section, Statement};

/// How the compared roles stand to each other on an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Relation {
    /// All speak and agree.
    Shared,
    /// All speak and some disagree.
    Different,
    /// Some say nothing.
    Partial,
}

impl Relation {
    /// The word for it in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Different => "different",
            Self::Partial => "partial",
        }
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Which statements of a role count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// All it holds.
    All,
    /// Not what it inherits.
    Own,
}

/// How many aspects stand in each relation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// On which all agree.
    pub shared: usize,
    /// On which all speak and some disagree.
    pub different: usize,
    /// On which some say nothing.
    pub partial: usize,
}

/// A section with the aspects on which a compared role speaks.
#[derive(Debug, Clone)]
pub struct ComparedSection<'d> {
    /// The section.
    pub section: &'d Section<'d>,
    /// Its aspects, in declared order.
    pub aspects: Vec<ComparedAspect<'d>>,
}

/// An aspect and what each compared role says on it.
#[derive(Debug, Clone)]
pub struct ComparedAspect<'d> {
    /// The section it belongs to.
    pub section: &'d Section<'d>,
    /// The aspect.
    pub aspect: &'d Aspect<'d>,
    /// How the roles stand to each other.
    pub relation: Relation,
    /// What each role says, in the order of the compared roles.
    pub by_role: Vec<Vec<&'d Statement<'d>>>,
}

/// Compares roles on the aspects that `wanted` lets through.
pub fn compare<'d>(
    dataset: &'d Framework<'d>,
    roles: &[&Role<'d>],
    holding: Holding,
    wanted: impl Fn(&Section<'d>, &Aspect<'d>, Relation) -> bool,
) -> Vec<ComparedSection<'d>> {
    let places: HashMap<&str, usize> =
        roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect();
    dataset
        .sections
        .iter()
        .map(|section| {
            let aspects = section
                .aspects
                .iter()
                .filter_map(|aspect| compare_aspect(section, aspect, roles, holding, &places))
                .filter(|compared| wanted(section, compared.aspect, compared.relation))
                .collect();
            ComparedSection { section, aspects }
        })
        .filter(|section| !section.aspects.is_empty())
        .collect()
}

/// What the roles say on one aspect, if any of them speaks.
fn compare_aspect<'d>(
    section: &'d Section<'d>,
    aspect: &'d Aspect<'d>,
    roles: &[&Role<'d>],
    holding: Holding,
    places: &HashMap<&str, usize>,
) -> Option<ComparedAspect<'d>> {
    let mut by_role: Vec<Vec<&Statement<'d>>> = vec![Vec::new(); roles.len()];
    for statement in &aspect.statements {
        let counts = |id: &&Id<'_>| holding == Holding::All || statement.inherited_by(id).is_none();
        for place in statement.roles.iter().filter(counts).filter_map(|id| places.get(id.as_str())) {
            if let Some(held) = by_role.get_mut(*place) {
                held.push(statement);
            }
        }
    }
    if by_role.iter().all(Vec::is_empty) {
        return None;
    }
    let relation = relation(&by_role);
    Some(ComparedAspect { section, aspect, relation, by_role })
}

/// How many aspects stand in each relation.
pub fn count(relations: impl IntoIterator<Item = Relation>) -> Counts {
    let mut counts = Counts::default();
    for relation in relations {
        counts.all = counts.all.saturating_add(1);
        let one = match relation {
            Relation::Shared => &mut counts.shared,
            Relation::Different => &mut counts.different,
            Relation::Partial => &mut counts.partial,
        };
        *one = one.saturating_add(1);
    }
    counts
}

fn relation(by_role: &[Vec<&Statement<'_>>]) -> Relation {
    if by_role.iter().any(Vec::is_empty) {
        return Relation::Partial;
    }
    let agree =
        by_role.split_first().is_none_or(|(first, rest)| rest.iter().all(|other| agree(first, other)));
    if agree { Relation::Shared } else { Relation::Different }
}

/// Two roles agree where they have the same statements or, where each has a level, the same level.
fn agree(one: &[&Statement<'_>], other: &[&Statement<'_>]) -> bool {
    match (level(one), level(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.id == b.id),
    }
}

/// The level that a role has on a skill; a valid dataset has one at most.
pub fn level<'s>(statements: &[&'s Statement<'_>]) -> Option<&'s str> {
    statements.iter().find_map(|statement| statement.level.as_deref())
}
