use clap::Args;

use super::deliver::Answer;
use super::session::Session;
use crate::analysis::choose;
use crate::error::Error;
use crate::report::roles::RolesReport;

const EXAMPLES: &str = "\
Examples:
  rolebook roles                               all roles, with the names to type
  rolebook roles --family product              roles of one family
  rolebook roles --json | jq -r '.roles[].id'  only their ids";

/// List the roles of the dataset, by family and rank
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Roles {
    /// Only roles of this family
    #[arg(long, value_name = "FAMILY")]
    family: Option<String>,
}

impl Roles {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let family = self.family.as_deref().map(|name| choose::family(dataset, name)).transpose()?;
        Ok(Answer::report(RolesReport::new(dataset, family, session.origin()?)))
    }
}
