use std::path::PathBuf;

use clap::Args;

use super::choose;
use super::deliver::Answer;
use super::session::Session;
use crate::analysis::diff::diff;
use crate::error::{Error, ErrorCode};
use crate::format::Origin;
use crate::report::diff::DiffReport;
use crate::text::command;

const EXAMPLES: &str = "\
Examples:
  rolebook diff old.yaml new.yaml             two files
  rolebook diff v1.2.0:roles.yaml roles.yaml  a file in git, and as it is now
  rolebook diff --since origin/main           what changed since a revision
  rolebook diff --since v1.2.0 --role sre-2   what changed for one role
  rolebook diff --since v1.2.0 -f markdown    an entry for a changelog
  rolebook diff --since origin/main --check   fail if the revision is too low";

/// Hint if a version is missing.
const MISSING: &str = "check the path; to compare with a git revision, use `--since REV` or `REV:PATH`";

/// Show what changed between two versions of a dataset, who is affected, and what the next revision should be
///
/// Versions are compared by meaning: it does not matter how a dataset is written, or in which format. A change is major
/// if more is asked of a current role or an id is gone, minor if something is new or less is asked, and a patch
/// otherwise.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ShowDiff {
    /// Old version: a file, `-` for standard input, or `REV:PATH` for a file at a git revision
    #[arg(value_name = "OLD")]
    old: Option<PathBuf>,
    /// New version, likewise [default: the dataset in use]
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// Compare the new version with the same file at this git revision
    #[arg(long, value_name = "REV", conflicts_with = "new")]
    since: Option<String>,
    /// List only changes that affect this role
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Exit with 1 if `revision` does not fit the changes
    #[arg(long)]
    check: bool,
    /// Exit with 1 if anything changed
    #[arg(long)]
    exit_code: bool,
}

impl ShowDiff {
    pub(super) fn inputs(&self) -> Vec<&PathBuf> {
        self.old.iter().chain(&self.new).collect()
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let named = |path: Option<&PathBuf>| match path {
            Some(_) if session.names_dataset() => {
                Err(Error::usage("both a new version and a dataset are named")
                    .hint("leave out `--dataset` or `--builtin`"))
            }
            Some(path) => Ok(Origin::named_in_history(path)),
            None => session.origin().cloned(),
        };
        let (old, new) = if let Some(revision) = &self.since {
            // With `--since`, the only file is the new version.
            let new = named(self.old.as_ref())?;
            let hint = "`--since` needs a dataset in a file tracked by git; name it with `-d`";
            (new.at_revision(revision).map_err(|error| error.hint(hint))?, new)
        } else {
            let old = self.old.as_ref().ok_or_else(|| {
                Error::usage("the old version is missing")
                    .hint("name a file, as in `rolebook diff old.yaml`, or a git revision with `--since`")
            })?;
            (Origin::named_in_history(old), named(self.new.as_ref())?)
        };
        if old == Origin::Stdin && new == Origin::Stdin {
            return Err(Error::usage("both versions are standard input").hint("name a file for one of them"));
        }
        let after = session.dataset_from(&new, MISSING)?;
        let before = match session.dataset_from(&old, MISSING) {
            // If the file is new, there is nothing to compare.
            Err(error)
                if error.code() == ErrorCode::NotInRevision.into() && self.check && self.since.is_some() =>
            {
                return Ok(Answer::done().notes([format!("{error}: nothing to check yet")]));
            }
            before => before?,
        };
        if new == Origin::Builtin && !session.names_dataset() {
            return Err(Error::usage("the new version is missing: there is no dataset in this folder")
                .hint("name it, as in `rolebook diff old.yaml new.yaml`, or compare with `--builtin`"));
        }
        let role = self.role.as_deref().map(|name| choose::role(after, name)).transpose()?;
        let diff = diff(before, after);
        let fits = diff.fits;
        let show = role.map(|role| match &new {
            Origin::File(path) => command(["show", &role.id, "-d", &path.display().to_string()]),
            _ => command(["show", &role.id]),
        });
        let report = DiffReport::new(before, after, diff, role, new.path(), show);
        let fails = (self.check && !fits) || (self.exit_code && !report.is_empty());
        Ok(Answer::report(report).fails_if(fails))
    }
}
