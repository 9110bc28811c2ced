use clap::Args;

use super::choosers::{Citing, RelationChooser, RoleChooser};
use super::session::Session;
use crate::analysis::choose;
use crate::analysis::compare::compare;
use crate::error::{Error, Exit};
use crate::report::compare::CompareReport;

const EXAMPLES: &str = "\
Examples:
  rolebook compare                         all roles in use
  rolebook compare pm po --only different  where the two differ
  rolebook compare pm po --section skills  one section of it
  rolebook compare --cite -f markdown      with sources, for a page
  rolebook compare --json | jq .counts     how much they share, in numbers";

/// Put roles side by side, aspect by aspect
///
/// An aspect is shared where all compared roles speak and agree, different where all speak and some disagree,
/// partial where some say nothing. One on which none of them speaks is left out.
///
/// Where no role is named, all in use are compared. If they are more than six, name some, or a family.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    #[command(flatten)]
    roles: RoleChooser,
    /// Only this section, by id or title
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    #[command(flatten)]
    relations: RelationChooser,
    #[command(flatten)]
    citing: Citing,
}

impl Compare {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        let dataset = session.dataset()?;
        let roles = self.roles.choose(dataset, "compare", 2)?;
        let wanted = self.section.as_deref().map(|name| choose::section(dataset, name)).transpose()?;
        let compared = compare(dataset, &roles, |section, _, relation| {
            wanted.is_none_or(|wanted| wanted.id == section.id) && self.relations.wants(relation)
        });
        session.print(&CompareReport::new(dataset, &roles, &compared, self.citing.cite))
    }
}
