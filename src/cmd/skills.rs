use clap::Args;

use super::choose;
use super::deliver::Answer;
use super::selection::{Citing, Owning, RelationSelection, RoleSelection};
use super::session::Session;
use crate::analysis::compare::ComparedAspect;
use crate::analysis::skills::matrix;
use crate::error::Error;
use crate::report::matrix::MatrixReport;
use crate::report::skills::SkillsReport;
use crate::report::transition::MoveReport;

const EXAMPLES: &str = "\
Examples:
  rolebook skills                    which role needs which skill
  rolebook skills --kind soft        only soft skills
  rolebook skills --only shared      skills on which all roles agree
  rolebook skills --matrix -o m.csv  levels only, for a spreadsheet
  rolebook skills --from po --to pm  what to learn when changing roles";

/// List the skills each role needs, or what to learn when changing roles
///
/// To plan a move, name both roles with `--from` and `--to`. The result shows which skills to keep, raise, learn or
/// leave behind, and which the new role needs at a lower level.
///
/// Without role names, the skills of all but retired roles are listed; if there are more than six, name some roles or
/// a family.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Skills {
    #[command(flatten)]
    roles: RoleSelection,
    /// Only skills of this kind, such as `soft`
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    #[command(flatten)]
    relations: RelationSelection,
    /// Show levels only, with a row per skill and a column per role; any number of roles
    #[arg(long, conflicts_with_all = ["from", "to", "cite"])]
    matrix: bool,
    /// The role to move from
    #[arg(long, value_name = "ROLE", conflicts_with_all = ["roles", "family", "only"])]
    from: Option<String>,
    /// The role to move to
    #[arg(long, value_name = "ROLE", conflicts_with_all = ["roles", "family", "only"])]
    to: Option<String>,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

impl Skills {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let dataset = session.dataset()?;
        let kind = self.kind.as_deref().map(|name| choose::kind(dataset, name)).transpose()?;
        let is_wanted = |skill: &ComparedAspect<'_>| {
            kind.is_none_or(|kind| skill.aspect.skill.as_ref().is_some_and(|skill| *skill.kind == *kind))
        };
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => {
                let [from, to] = [choose::role(dataset, from)?, choose::role(dataset, to)?];
                if from.index == to.index {
                    return Err(Error::usage(format!("`--from` and `--to` are the same role, `{}`", to.id))
                        .hint("name the role to move to with `--to`; `rolebook roles` lists all roles"));
                }
                let matrix = matrix(dataset, &[from, to], self.owning.holding(), is_wanted);
                return Ok(Answer::report(MoveReport::new(dataset, from, to, &matrix, self.citing.cite)));
            }
            (Some(_), None) => return Err(one_end("`--from` needs `--to`, the role to move to")),
            (None, Some(_)) => return Err(one_end("`--to` needs `--from`, the role to move from")),
            (None, None) => {}
        }
        let roles = if self.matrix {
            self.roles.all(dataset, "skills", 1)?
        } else {
            self.roles.choose(session, dataset, "skills", 1)?
        };
        let matrix = matrix(dataset, &roles, self.owning.holding(), |skill| {
            is_wanted(skill) && self.relations.wants(skill.relation)
        });
        if self.matrix {
            return Ok(Answer::report(MatrixReport::new(dataset, &roles, &matrix)));
        }
        Ok(Answer::report(SkillsReport::new(dataset, &roles, &matrix, self.citing.cite)))
    }
}

/// The error if only one role of a move is named.
fn one_end(message: &str) -> Error {
    Error::usage(message).hint("name both, as in `rolebook skills --from po --to pm`")
}
