//! Shared options that select what a result is about, such as roles and relations.

use clap::{Args, ValueEnum};

use super::choose;
use super::session::Session;
use crate::analysis::compare::{Holding, Relation};
use crate::error::Error;
use crate::framework::{Framework, Role};
use crate::text::counted;

/// The most roles that fit side by side without being named.
const MOST_UNNAMED: usize = 6;

/// Which roles.
#[derive(Debug, Args)]
pub(super) struct RoleSelection {
    /// Roles by id, alias or title [default: all but retired roles]
    #[arg(value_name = "ROLE")]
    roles: Vec<String>,
    /// Only roles of this family
    #[arg(long, value_name = "FAMILY", conflicts_with = "roles")]
    family: Option<String>,
}

impl RoleSelection {
    /// The roles as typed.
    pub(super) fn named(&self) -> &[String] {
        &self.roles
    }

    /// The roles to put side by side; an error if they are fewer than `least`, or too many to be unnamed.
    pub(super) fn choose<'d>(
        &self,
        session: &Session,
        dataset: &'d Framework<'d>,
        command: &str,
        least: usize,
    ) -> Result<Vec<&'d Role<'d>>, Error> {
        if self.roles.is_empty() && self.family.is_none() && session.puts_roles_in_columns() {
            few_enough(dataset, command)?;
        }
        self.all(dataset, command, least)
    }

    /// The roles, with no upper limit; an error if they are fewer than `least`.
    pub(super) fn all<'d>(
        &self,
        dataset: &'d Framework<'d>,
        command: &str,
        least: usize,
    ) -> Result<Vec<&'d Role<'d>>, Error> {
        let roles = if self.roles.is_empty() {
            let family = self.family.as_deref().map(|name| choose::family(dataset, name)).transpose()?;
            let is_chosen =
                |role: &&Role<'_>| family.is_none_or(|family| role.family.as_ref() == Some(&family.id));
            dataset.roles_in_use().filter(is_chosen).collect()
        } else {
            choose::roles(dataset, &self.roles)?
        };
        if dataset.roles.is_empty() {
            return Err(Error::usage(format!("the dataset `{}` has no roles", dataset.id))
                .hint("`rolebook export` prints everything in it; `rolebook show SKILL` shows one skill"));
        }
        if roles.len() < least {
            let error = Error::usage(format!("`{command}` needs {} or more", counted(least, "role")));
            return Err(match roles.as_slice() {
                [] => error.hint("`rolebook roles` lists all roles"),
                [one, ..] => error.hint(format!("`rolebook show {}` shows a single role", one.id)),
            });
        }
        Ok(roles)
    }
}

/// Refuses more roles than anybody can read side by side, unless they were named.
fn few_enough(dataset: &Framework<'_>, command: &str) -> Result<(), Error> {
    let roles = dataset.roles_in_use().count();
    if roles <= MOST_UNNAMED {
        return Ok(());
    }
    Err(Error::usage(format!("{roles} roles are too many for one table"))
        .hint(format!("name some roles, as in `rolebook {command} ROLE ROLE`, or a family with `--family`"))
        .hint("`rolebook roles` lists them by family")
        .hint("`--json` and `-f csv` have no limit"))
}

/// Filters aspects by relation.
#[derive(Debug, Args)]
pub(super) struct RelationSelection {
    /// Only aspects with this relation (repeatable)
    #[arg(long, value_enum, value_name = "RELATION")]
    only: Vec<Wanted>,
}

/// A relation as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// All roles agree
    Shared,
    /// Roles disagree
    Different,
    /// The dataset says nothing about some of the roles; “one-sided” between two roles
    #[value(alias = "one-sided")]
    Partial,
}

impl RelationSelection {
    /// Whether there is no filter.
    pub(super) fn wants_all(&self) -> bool {
        self.only.is_empty()
    }

    /// Whether aspects with this relation pass the filter.
    pub(super) fn wants(&self, relation: Relation) -> bool {
        let wanted = match relation {
            Relation::Shared => Wanted::Shared,
            Relation::Different => Wanted::Different,
            Relation::Partial => Wanted::Partial,
        };
        self.only.is_empty() || self.only.contains(&wanted)
    }
}

/// Whether to include inherited statements.
#[derive(Debug, Args)]
pub(super) struct Owning {
    /// Leave out what roles inherit from those they build on
    #[arg(long)]
    pub(super) own: bool,
}

impl Owning {
    /// Which statements of a role count.
    pub(super) fn holding(&self) -> Holding {
        if self.own { Holding::Own } else { Holding::All }
    }
}

/// Whether to cite sources.
#[derive(Debug, Args)]
pub(super) struct Citing {
    /// Add sources and voices (JSON always has them)
    #[arg(long)]
    pub(super) cite: bool,
}
