use clap::{Args, ValueEnum};

use super::choosers::{Citing, Owning};
use super::deliver::Answer;
use super::session::Session;
use crate::analysis::choose::{self, Thing};
use crate::analysis::ladder::ladder;
use crate::error::Error;
use crate::report::ladder::LadderReport;
use crate::report::role::RoleReport;
use crate::report::skill::SkillReport;

const EXAMPLES: &str = "\
Examples:
  rolebook show pm               the product manager, by an alias
  rolebook show 'product owner'  by title, in any case
  rolebook show pm --cite        with sources and voices
  rolebook show product          a family: what each rank adds to the rank below
  rolebook show foresight        a skill: who needs it, and at which level";

/// Show a role, a family’s ladder or a skill
///
/// For a role: everything it says, aspect by aspect, and which roles share it. For a family: what each rank adds,
/// raises, lowers or replaces compared with the rank below, track by track. For a skill: what its levels mean and
/// which roles need which.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// A role by id, alias or title; a family or a skill by id or title; in any case
    #[arg(value_name = "NAME")]
    name: String,
    /// What NAME is, if it could be several
    #[arg(long = "as", value_enum, value_name = "WHAT")]
    kind: Option<Kind>,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

/// What can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A role
    Role,
    /// A family
    Family,
    /// A skill
    Skill,
}

impl Show {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let thing = match self.kind {
            None => choose::thing(dataset, &self.name)?,
            Some(Kind::Role) => Thing::Role(choose::role(dataset, &self.name)?),
            Some(Kind::Family) => Thing::Family(choose::family(dataset, &self.name)?),
            Some(Kind::Skill) => {
                let (section, skill) = choose::skill(dataset, &self.name)?;
                Thing::Skill(section, skill)
            }
        };
        if let (Thing::Family(_) | Thing::Skill(..), true) = (&thing, self.owning.own || self.citing.cite) {
            return Err(Error::usage("`--own` and `--cite` are for roles").hint("leave them out"));
        }
        Ok(match thing {
            Thing::Role(role) => {
                Answer::report(RoleReport::new(dataset, role, self.owning.holding(), self.citing.cite))
            }
            Thing::Family(family) => Answer::report(LadderReport::new(dataset, &ladder(dataset, family))),
            Thing::Skill(section, skill) => {
                let report = SkillReport::new(dataset, section, skill);
                Answer::report(report.ok_or_else(|| Error::usage("this aspect is not a skill"))?)
            }
        })
    }
}
