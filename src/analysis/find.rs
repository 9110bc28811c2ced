//! Finding roles by text and by the skills that they need.

use std::collections::HashSet;

use crate::format::Text;
use crate::framework::{Aspect, Framework, Role, RoleIndex};

/// A skill that roles must need, optionally with a level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need<'d> {
    skill: &'d Aspect<'d>,
    level: Option<Level>,
}

/// A level by its rank on the scale, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// This level.
    Exactly(usize),
    /// This level or a higher one.
    AtLeast(usize),
}

impl<'d> Need<'d> {
    /// A need for this skill, at any level if none is given.
    pub(crate) fn new(skill: &'d Aspect<'d>, level: Option<Level>) -> Self {
        Self { skill, level }
    }

    /// The roles that meet this condition.
    fn holders(&self) -> HashSet<RoleIndex> {
        let fits = |rank: Option<usize>| match self.level {
            None => true,
            Some(Level::Exactly(wanted)) => rank == Some(wanted),
            Some(Level::AtLeast(wanted)) => rank >= Some(wanted),
        };
        let statements = self.skill.statements.iter().filter(|one| fits(one.rank()));
        statements.flat_map(|one| &one.holders).map(|holder| holder.role).collect()
    }
}

/// The roles with this text in a name, the summary or a statement, ignoring case, and with all these needs.
pub(crate) fn roles<'d>(
    dataset: &'d Framework<'d>,
    text: Option<&str>,
    needs: &[Need<'d>],
) -> HashSet<RoleIndex> {
    let mut found: HashSet<RoleIndex> = dataset.roles.iter().map(|role| role.index).collect();
    if let Some(text) = text {
        let holding = holding(dataset, &text.to_lowercase());
        found.retain(|role| holding.contains(role));
    }
    for need in needs {
        let holders = need.holders();
        found.retain(|role| holders.contains(role));
    }
    found
}

fn holding(dataset: &Framework<'_>, wanted: &str) -> HashSet<RoleIndex> {
    let is_in = |text: &str| text.to_lowercase().contains(wanted);
    let families: Vec<bool> = dataset.families.iter().map(|family| is_in(&family.title)).collect();
    let is_named = |role: &&Role<'_>| {
        let family = role.family_index.and_then(|index| families.get(index).copied());
        let names = [role.id.as_str(), role.title.as_str()].into_iter();
        let names = names.chain(role.aliases.iter().map(Text::as_str)).chain(role.summary.as_deref());
        family == Some(true) || names.into_iter().any(is_in)
    };
    let named = dataset.roles.iter().filter(is_named).map(|role| role.index);
    let statements = dataset.aspects().flat_map(|aspect| &aspect.statements);
    let saying = statements.filter(|statement| {
        let examples = statement.examples.iter().map(Text::as_str);
        statement.text.as_deref().into_iter().chain(examples).any(is_in)
    });
    named.chain(saying.flat_map(|statement| &statement.holders).map(|holder| holder.role)).collect()
}
