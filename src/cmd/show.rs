use clap::{Args, ValueEnum};

use super::choose::{self, Thing};
use super::deliver::Answer;
use super::selection::{Citing, Owning};
use super::session::Session;
use crate::analysis::ladder::ladder;
use crate::error::Error;
use crate::report::ladder::LadderReport;
use crate::report::role::RoleReport;
use crate::report::skill::SkillReport;

const EXAMPLES: &str = "\
Examples:
  rolebook show pm               a role by alias
  rolebook show 'product owner'  a role by title
  rolebook show pm --cite        with sources and voices
  rolebook show product          a family: what each rank adds to the rank below
  rolebook show foresight        a skill: who needs it, and at which level";

/// Show a role, a family’s ladder or a skill
///
/// For a role: everything the dataset says about it, aspect by aspect, and which other roles share it. For a family:
/// what each rank adds, raises, lowers or replaces compared with the rank below, track by track. For a skill: what each
/// level means and which roles need it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// Role by id, alias or title, or family or skill by id or title
    #[arg(value_name = "NAME")]
    name: String,
    /// What NAME refers to, if several things share it
    #[arg(long = "as", value_enum, value_name = "WHAT")]
    kind: Option<Subject>,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

/// What can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
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
            Some(Subject::Role) => Thing::Role(choose::role(dataset, &self.name)?),
            Some(Subject::Family) => Thing::Family(choose::family(dataset, &self.name)?),
            Some(Subject::Skill) => {
                let (section, skill) = choose::skill(dataset, &self.name)?;
                Thing::Skill(section, skill)
            }
        };
        if let (Thing::Family(_) | Thing::Skill(..), true) = (&thing, self.owning.own || self.citing.cite) {
            return Err(Error::usage("`--own` and `--cite` only apply to roles").hint("leave them out"));
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
