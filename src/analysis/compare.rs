//! Comparing roles, aspect by aspect.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::framework::{Aspect, Framework, Places, Role, Section, Statement};

/// The relation between the compared roles on an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Relation {
    /// All roles have statements and agree.
    Shared,
    /// All roles have statements and some disagree.
    Different,
    /// Some roles have no statements.
    Partial,
}

impl Relation {
    /// Its name in results.
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

/// Which statements of a role to include.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// All statements, including inherited ones.
    All,
    /// Only the role's own statements.
    Own,
}

/// The number of aspects with each relation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The total.
    pub all: usize,
    /// Aspects on which all roles agree.
    pub shared: usize,
    /// Aspects on which all roles have statements and some disagree.
    pub different: usize,
    /// Aspects on which some roles have no statements.
    pub partial: usize,
}

/// A section with the aspects on which any of the compared roles has statements.
#[derive(Debug, Clone)]
pub struct ComparedSection<'d> {
    /// The section.
    pub section: &'d Section<'d>,
    /// Its aspects, in declared order.
    pub aspects: Vec<ComparedAspect<'d>>,
}

/// An aspect and the statements of each compared role.
#[derive(Debug, Clone)]
pub struct ComparedAspect<'d> {
    /// The section it belongs to.
    pub section: &'d Section<'d>,
    /// The aspect.
    pub aspect: &'d Aspect<'d>,
    /// The relation between the roles.
    pub relation: Relation,
    /// What the roles hold, role by role. Roles without statements have no place here: in a large framework, most roles
    /// say nothing on most aspects.
    held: Vec<Held<'d>>,
    /// How many roles are compared.
    roles: usize,
}

/// A statement that a compared role holds.
#[derive(Debug, Clone, Copy)]
pub struct Held<'d> {
    /// The place of the role among the compared roles.
    pub place: usize,
    /// The statement.
    pub statement: &'d Statement<'d>,
    /// The role that it is inherited from; `None` if it is the role's own.
    pub base: Option<&'d Role<'d>>,
}

impl<'d> ComparedAspect<'d> {
    /// What the roles hold: by role, in the order of the compared roles, then in declared order.
    pub fn held(&self) -> &[Held<'d>] {
        &self.held
    }

    /// The statements of each compared role, also of those without any.
    pub fn by_role(&self) -> impl Iterator<Item = &[Held<'d>]> {
        let mut rest = self.held.as_slice();
        (0..self.roles).map(move |place| {
            let (own, others) = rest.split_at(rest.iter().take_while(|held| held.place == place).count());
            rest = others;
            own
        })
    }
}

/// Compares roles on the aspects that pass `wanted`.
pub fn compare<'d>(
    dataset: &'d Framework<'d>,
    roles: &[&Role<'d>],
    holding: Holding,
    wanted: impl Fn(&Section<'d>, &Aspect<'d>, Relation) -> bool,
) -> Vec<ComparedSection<'d>> {
    let places = Places::of(roles);
    dataset
        .sections
        .iter()
        .map(|section| {
            let aspects = section
                .aspects
                .iter()
                .filter_map(|aspect| compare_aspect(dataset, section, aspect, roles.len(), holding, &places))
                .filter(|compared| wanted(section, compared.aspect, compared.relation))
                .collect();
            ComparedSection { section, aspects }
        })
        .filter(|section| !section.aspects.is_empty())
        .collect()
}

/// Compares roles on one aspect; `None` if no role has statements.
fn compare_aspect<'d>(
    dataset: &'d Framework<'d>,
    section: &'d Section<'d>,
    aspect: &'d Aspect<'d>,
    roles: usize,
    holding: Holding,
    places: &Places,
) -> Option<ComparedAspect<'d>> {
    let mut held: Vec<Held<'d>> = Vec::new();
    for statement in &aspect.statements {
        let holders = statement.holders.iter().filter(|holder| holding == Holding::All || !holder.inherits());
        held.extend(holders.filter_map(|holder| {
            Some(Held { place: places.get(holder.role)?, statement, base: dataset.base(*holder) })
        }));
    }
    if held.is_empty() {
        return None;
    }
    held.sort_by_key(|held| held.place);
    Some(ComparedAspect { section, aspect, relation: relation(&held, roles), held, roles })
}

/// How many aspects stand in each relation.
pub fn count(relations: impl IntoIterator<Item = Relation>) -> Counts {
    let mut counts = Counts::default();
    for relation in relations {
        counts.all += 1;
        let one = match relation {
            Relation::Shared => &mut counts.shared,
            Relation::Different => &mut counts.different,
            Relation::Partial => &mut counts.partial,
        };
        *one += 1;
    }
    counts
}

fn relation(held: &[Held<'_>], roles: usize) -> Relation {
    let by_role = || held.chunk_by(|one, other| one.place == other.place);
    if by_role().count() < roles {
        return Relation::Partial;
    }
    let first = by_role().next().unwrap_or_default();
    let agree = by_role().skip(1).all(|other| agree(first, other));
    if agree { Relation::Shared } else { Relation::Different }
}

/// Two roles agree if they have the same statements or, if both have a level, the same level.
fn agree(one: &[Held<'_>], other: &[Held<'_>]) -> bool {
    match (level(one), level(other)) {
        (Some(one), Some(other)) => one == other,
        _ => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| one.statement.index == other.statement.index)
        }
    }
}

/// The level of a role on a skill; a valid dataset has at most one.
pub fn level<'d>(held: &[Held<'d>]) -> Option<&'d str> {
    held.iter().find_map(|held| held.statement.level_id())
}
