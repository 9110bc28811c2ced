//! A dataset with everything resolved. Commands work on this instead of on the file.
//!
//! [`Framework::resolve`] applies the skill defaults of sections, turns needs into statements, gives every statement an
//! id, and adds what roles inherit.

mod answers;
mod inheritance;
mod places;
mod profile;
mod resolve;

pub use answers::{Answers, Respondent};
pub(crate) use inheritance::{Inheritance, Outline};
pub(crate) use places::Places;
pub use profile::{Person, Rating, Skill as RatedSkill, Skills};
pub(crate) use resolve::{need_id, statement_id};

use std::ops::Deref;
use std::rc::Rc;

use crate::format::{
    self, Comparison, Dataset, Family, Id, Language, Level, Meta, Named, OneOrMore, Quiz, Revision, Scale,
    Source, Status, Text, Voice,
};

/// A framework of roles: a dataset with everything in it resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework<'d> {
    /// The dataset's id.
    pub id: Id<'d>,
    /// What the dataset is called.
    pub title: Text<'d>,
    /// The version of the content.
    pub revision: Option<Revision<'d>>,
    /// The language of the content.
    pub language: Option<Language<'d>>,
    /// Where statements come from.
    pub sources: Vec<Source<'d>>,
    /// People whom statements are attributed to.
    pub voices: Vec<Voice<'d>>,
    /// Scales of proficiency.
    pub scales: Vec<Rc<Scale<'d>>>,
    /// Families that roles belong to.
    pub families: Vec<Family<'d>>,
    /// The roles, in display order.
    pub roles: Vec<Role<'d>>,
    /// The short answer for sets of roles.
    pub comparisons: Vec<Comparison<'d>>,
    /// The sections, in display order.
    pub sections: Vec<Section<'d>>,
    /// The quizzes; the first is the default.
    pub quizzes: Vec<Quiz<'d>>,
    /// The owner's own data.
    pub meta: Option<Meta>,
}

/// A role, with what the file says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Role<'d> {
    /// Its index in [`Framework::roles`].
    pub index: RoleIndex,
    /// The roles that it builds on.
    pub bases: Vec<RoleIndex>,
    /// The index of its family in [`Framework::families`].
    pub family_index: Option<usize>,
    /// The index of its track in the family.
    pub track_index: Option<usize>,
    declared: format::Role<'d>,
}

/// The index of a role in [`Framework::roles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleIndex(usize);

/// A group of aspects.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<'d> {
    /// The section's id.
    pub id: Id<'d>,
    /// What the section is called.
    pub title: Text<'d>,
    /// The section that it is a part of.
    pub parent: Option<Id<'d>>,
    /// What it is about.
    pub summary: Option<Text<'d>>,
    /// The aspects, in display order.
    pub aspects: Vec<Aspect<'d>>,
    /// The owner's own data.
    pub meta: Option<Meta>,
}

/// A topic on which roles are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Aspect<'d> {
    /// The aspect's id.
    pub id: Id<'d>,
    /// What the aspect is called.
    pub title: Text<'d>,
    /// What it is about.
    pub summary: Option<Text<'d>>,
    /// Whether it is one of the few aspects that a brief comparison shows.
    pub key: bool,
    /// What makes the aspect a skill.
    pub skill: Option<Skill<'d>>,
    /// Statements about roles: first those from `needs`, lowest level first, then the others in display order.
    pub statements: Vec<Statement<'d>>,
    /// The owner's own data.
    pub meta: Option<Meta>,
}

/// The properties of a skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill<'d> {
    /// The kind of skill, such as `soft`.
    pub kind: Id<'d>,
    /// The scale that its levels are on.
    pub scale: Option<Rc<Scale<'d>>>,
    /// What each level of the scale means for this skill.
    pub descriptors: Named<'d, Text<'d>>,
    /// The owner's own data.
    pub meta: Option<Meta>,
}

/// A statement about one or more roles. No larger than the one in the file, which a test checks, so that a list of them
/// takes the place of the other in memory. Little smaller, too: a list that shrinks has to be divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<'d> {
    /// The statement's id, unique in the dataset.
    pub id: Id<'d>,
    /// Its index among the statements of the aspect.
    pub index: usize,
    /// The roles that it applies to, including those that inherit it.
    pub holders: OneOrMore<Holder>,
    /// What it says; optional if there is a level.
    pub text: Option<Text<'d>>,
    /// The level that the roles need, on the scale of the skill.
    pub level: Option<Rc<Proficiency<'d>>>,
    /// Who says so.
    pub voice: Option<Id<'d>>,
    /// Where it comes from.
    pub source: Option<Id<'d>>,
    /// The place in the source.
    pub at: Option<Text<'d>>,
    /// Examples of what it means in practice.
    pub examples: Box<[Text<'d>]>,
    /// Whether it is optional.
    pub optional: bool,
    /// Inherited statements that it replaces.
    pub replaces: Box<[Id<'d>]>,
    /// The owner's own data.
    pub meta: Option<Meta>,
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Proficiency<'d> {
    /// Its id.
    pub id: Id<'d>,
    /// Its rank on the scale; the lowest is 1.
    pub rank: usize,
    /// What the level is called.
    pub title: Text<'d>,
    /// What it means in general.
    pub summary: Option<Text<'d>>,
}

/// A role that a statement applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The role.
    pub role: RoleIndex,
    /// The role whose own statement it is: the same one, or one that the role builds on.
    pub declared_by: RoleIndex,
}

impl<'d> Framework<'d> {
    /// Resolves a dataset. It must follow the rules, otherwise references stay unresolved.
    pub fn resolve(dataset: Dataset<'d>) -> Self {
        let mut framework = resolve::expand(dataset);
        inheritance::inherit(&mut framework);
        framework
    }

    /// The roles that are used if none is named: all but the retired ones.
    pub fn roles_in_use(&self) -> impl Iterator<Item = &Role<'d>> {
        self.roles.iter().filter(|role| role.status != Status::Retired)
    }

    /// The role with this index.
    pub fn role(&self, index: RoleIndex) -> Option<&Role<'d>> {
        self.roles.get(index.get())
    }

    /// The family of a role.
    pub fn family_of(&self, role: &Role<'_>) -> Option<&Family<'d>> {
        self.families.get(role.family_index?)
    }

    /// Every aspect, in display order.
    pub fn aspects(&self) -> impl Iterator<Item = &Aspect<'d>> {
        self.sections.iter().flat_map(|section| &section.aspects)
    }

    /// Every aspect with its section.
    pub fn placed_aspects(&self) -> impl Iterator<Item = (&Section<'d>, &Aspect<'d>)> {
        self.sections.iter().flat_map(|section| section.aspects.iter().map(move |aspect| (section, aspect)))
    }

    /// The roles that a statement applies to.
    pub fn roles_of(&self, statement: &Statement<'_>) -> impl Iterator<Item = &Role<'d>> {
        statement.holders.iter().filter_map(|holder| self.role(holder.role))
    }

    /// The role from which this one inherits a statement; `None` if the statement is its own.
    pub fn base(&self, holder: Holder) -> Option<&Role<'d>> {
        if holder.inherits() { self.role(holder.declared_by) } else { None }
    }

    /// The role from which this role inherits a statement, if it does.
    pub fn base_of(&self, statement: &Statement<'_>, role: &Role<'_>) -> Option<&Role<'d>> {
        self.base(statement.holder(role.index)?)
    }

    /// The short answer for exactly these roles, in any order.
    pub fn comparison(&self, roles: &[&Role<'_>]) -> Option<&Comparison<'d>> {
        self.comparisons.iter().find(|comparison| {
            comparison.roles.len() == roles.len()
                && roles.iter().all(|role| comparison.roles.contains(&role.id))
        })
    }
}

impl<'d> Aspect<'d> {
    /// The scale that its levels are on.
    pub fn scale(&self) -> Option<&Scale<'d>> {
        self.skill.as_ref()?.scale.as_deref()
    }

    /// What the level with this id means for this skill in particular.
    pub fn descriptor(&self, level: &str) -> Option<&Text<'d>> {
        self.skill.as_ref()?.descriptors.get(level)
    }

    /// What a level means for this skill or, if nothing is said of this skill, in general.
    pub fn meaning<'a>(&'a self, level: &'a Level<'d>) -> Option<&'a Text<'d>> {
        self.descriptor(&level.id).or(level.summary.as_ref())
    }

    /// Whether a statement only says which level a role needs, and what the level means for this skill.
    pub fn only_needs_level(&self, statement: &Statement<'_>) -> bool {
        let Some(level) = &statement.level else { return false };
        let Some(text) = statement.text.as_deref() else { return true };
        self.descriptor(&level.id).is_some_and(|descriptor| **descriptor == *text)
    }
}

impl Statement<'_> {
    /// The rank of its level on the scale; the lowest is 1.
    pub fn rank(&self) -> Option<usize> {
        self.level.as_ref().map(|level| level.rank)
    }

    /// The id of its level.
    pub fn level_id(&self) -> Option<&str> {
        self.level.as_ref().map(|level| level.id.as_str())
    }

    /// This role as a holder of the statement; `None` if the statement does not apply to it.
    pub fn holder(&self, role: RoleIndex) -> Option<Holder> {
        self.holders.iter().find(|holder| holder.role == role).copied()
    }
}

impl RoleIndex {
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// The index as a number.
    pub(crate) fn get(self) -> usize {
        self.0
    }
}

/// What the file says of a role needs no resolving, so its keys are those of the role.
impl<'d> Deref for Role<'d> {
    type Target = format::Role<'d>;

    fn deref(&self) -> &Self::Target {
        &self.declared
    }
}

impl Holder {
    /// A role with a statement of its own.
    pub(crate) fn own(role: RoleIndex) -> Self {
        Self { role, declared_by: role }
    }

    /// Whether the role inherits the statement.
    pub fn inherits(self) -> bool {
        self.declared_by != self.role
    }
}
