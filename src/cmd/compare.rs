use clap::Args;

use super::choose;
use super::deliver::Answer;
use super::selection::{Citing, Owning, RelationSelection, RoleSelection};
use super::session::Session;
use crate::analysis::compare::compare;
use crate::error::Error;
use crate::report::compare::{Brief, CompareReport, Showing};

const EXAMPLES: &str = "\
Examples:
  rolebook compare --brief                    the main differences
  rolebook compare pm po --only different     only where they differ
  rolebook compare --section skills           one section
  rolebook compare --cite -f markdown         with sources, for a page
  rolebook compare --json | jq .counts        how much they share, in numbers
  rolebook compare --json | jq -r '.sections[].id'  the ids of all sections";

/// Compare roles side by side
///
/// Starts with a short answer, if the dataset has one for these roles, then compares the roles aspect by aspect. An
/// aspect is shared if all roles agree, different if they do not, and partial if the dataset says nothing about some of
/// them. Between two roles, partial is called one-sided.
///
/// Without role names, all but retired roles are compared; if there are more than six, name some roles or a family.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    #[command(flatten)]
    roles: RoleSelection,
    /// Only the short answer and the key aspects
    #[arg(long)]
    brief: bool,
    /// Only this section, by id or title (repeatable)
    #[arg(long = "section", value_name = "SECTION")]
    sections: Vec<String>,
    #[command(flatten)]
    relations: RelationSelection,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

/// The hint if filters leave nothing.
const NONE_LEFT: &str = "no aspect fits; leave out `--section` or `--only`";

impl Compare {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let roles = self.roles.choose(session, dataset, "compare", 2)?;
        let wanted: Vec<_> =
            self.sections.iter().map(|name| choose::section(dataset, name)).collect::<Result<_, _>>()?;
        // Without key aspects, the brief document counts all aspects instead.
        let has_key = dataset.aspects().any(|aspect| aspect.key);
        let compared = compare(dataset, &roles, self.owning.holding(), |section, aspect, relation| {
            let is_wanted = wanted.is_empty() || wanted.iter().any(|wanted| wanted.id == section.id);
            is_wanted && self.relations.wants(relation) && (aspect.key || !(self.brief && has_key))
        });
        // A filtered comparison shows only what was asked for, without the short answer.
        let is_whole = wanted.is_empty() && self.relations.wants_all();
        let brief = self.brief.then_some(if has_key { Brief::KeyAspects } else { Brief::Counts });
        let showing = Showing { answer: is_whole || self.brief, cite: self.citing.cite, brief };
        let report = CompareReport::new(dataset, &roles, &compared, showing);
        let answer = Answer::report(report);
        if self.brief {
            return Ok(answer);
        }
        if !is_whole && compared.iter().all(|section| section.aspects.is_empty()) {
            return Ok(answer.hint(NONE_LEFT));
        }
        Ok(answer.tip("`--brief` shows the key aspects only; `--section NAME` shows one of these sections"))
    }
}
