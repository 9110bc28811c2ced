use clap::Args;

use super::choosers::{Citing, RelationChooser, RoleChooser};
use super::session::Session;
use crate::analysis::choose;
use crate::analysis::compare::compare;
use crate::error::{Error, Exit};
use crate::report::compare::CompareReport;

/// Put roles side by side, aspect by aspect
#[derive(Debug, Args)]
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
        let text = session.text()?;
        let dataset = text.dataset()?;
        let roles = self.roles.choose(&dataset, "compare", 2)?;
        let wanted = self.section.as_deref().map(|name| choose::section(&dataset, name)).transpose()?;
        let compared = compare(&dataset, &roles, |section, _, relation| {
            wanted.is_none_or(|wanted| wanted.id == section.id) && self.relations.wants(relation)
        });
        session.print(&CompareReport::new(&dataset, &roles, &compared, self.citing.cite))
    }
}
