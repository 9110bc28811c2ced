use clap::Args;

use super::choosers::Citing;
use super::deliver::Answer;
use super::session::Session;
use crate::analysis::choose;
use crate::error::Error;
use crate::report::role::RoleReport;

const EXAMPLES: &str = "\
Examples:
  rolebook show pm               the product manager, by an alias
  rolebook show 'product owner'  by title, in any case
  rolebook show pm --cite        with sources and voices";

/// Show one role's whole profile
///
/// The profile holds what the role says on every aspect, and with whom it shares it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// The role, by id, alias or title, in any case
    #[arg(value_name = "ROLE")]
    role: String,
    #[command(flatten)]
    citing: Citing,
}

impl Show {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let role = choose::role(dataset, &self.role)?;
        Ok(Answer::report(RoleReport::new(dataset, role, self.citing.cite)))
    }
}
