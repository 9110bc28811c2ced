use clap::Args;

use super::choose;
use super::deliver::Answer;
use super::session::Session;
use crate::analysis::assess::{self, Needs};
use crate::analysis::find::{self, Need};
use crate::error::Error;
use crate::format::Status;
use crate::framework::{Role, Skills};
use crate::report::roles::RolesReport;

const EXAMPLES: &str = "\
Examples:
  rolebook roles                               all roles, with the names to type
  rolebook roles --brief                       one line for each role
  rolebook roles --family product              roles of one family
  rolebook roles --search customer             roles that mention a word
  rolebook roles --needs foresight             roles that need a skill
  rolebook roles --near pm                     roles with similar needs
  rolebook roles --json | jq -r '.roles[].id'  only their ids";

/// List roles by family, track and rank
///
/// With several filters, a role must match them all.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Roles {
    /// Only roles of this family, by id or title
    #[arg(long, value_name = "FAMILY")]
    family: Option<String>,
    /// One line for each role
    #[arg(long)]
    brief: bool,
    /// Only roles with this text in a name, the summary or a statement, ignoring case
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only roles that need this skill, at this level if one is given (repeatable)
    ///
    /// `SKILL=LEVEL` matches exactly this level; `SKILL>=LEVEL` matches this level or a higher one. Quote it, because `>`
    /// is special to a shell.
    #[arg(long, value_name = "SKILL[=LEVEL]")]
    needs: Vec<String>,
    /// Sort roles by how many of their needs this role already meets, nearest first
    #[arg(long, value_name = "ROLE")]
    near: Option<String>,
}

impl Roles {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let family = self.family.as_deref().map(|name| choose::family(dataset, name)).transpose()?;
        let needs: Vec<Need<'_>> =
            self.needs.iter().map(|need| choose::need(dataset, need)).collect::<Result<_, _>>()?;
        let found = find::roles(dataset, self.search.as_deref(), &needs);
        let is_found = |role: &Role<'_>| found.contains(&role.index);
        let report = RolesReport::new(dataset, family, is_found, session.origin_in_words()?, self.brief);
        let answer = if let Some(name) = &self.near {
            let role = choose::role(dataset, name)?;
            let skills = Skills::of(dataset);
            let near =
                assess::near(&skills, &Needs::of(&skills), role, |other| other.status == Status::Current);
            Answer::report(report.near(role, &near))
        } else {
            Answer::report(report)
        };
        Ok(if found.is_empty() && self.search.is_some() {
            answer.hint("the search covers names, summaries and statements; try part of a word")
        } else if found.is_empty() && !needs.is_empty() {
            answer.hint("`rolebook show SKILL` shows which roles need a skill, and at which level")
        } else if self.brief || self.near.is_some() {
            answer
        } else {
            answer.tip("`--brief` shows one line for each role")
        })
    }
}
