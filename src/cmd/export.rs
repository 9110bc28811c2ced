use std::path::PathBuf;

use clap::Args;

use super::blocks::{self, Task};
use super::deliver::Answer;
use super::selection::{Citing, Owning, RoleSelection};
use super::session::Session;
use crate::analysis::compare::compare;
use crate::error::Error;
use crate::report::export::ExportReport;

const EXAMPLES: &str = "\
Examples:
  rolebook export                      everything, as Markdown
  rolebook export -o roles.md          write it to a file
  rolebook export -o roles.md --force  overwrite that file
  rolebook export pm --json            one role, for a script
  rolebook export --into docs          update the generated blocks in a folder
  rolebook export --check docs         fail in CI if a block is out of date";

/// Export everything as one document, or keep generated blocks up to date
///
/// The document is Markdown unless you choose another `--format`. Existing files are not overwritten without `--force`.
///
/// With `--into` or `--check`, update or check generated blocks in Markdown, MDX and HTML files instead. A block starts
/// with a comment that contains a command, `<!-- rolebook: compare pm po -->`, and ends with `<!-- /rolebook -->`; in MDX,
/// comments are `{/* rolebook: compare pm po */}`. Between them is the output of that command: `compare`, `skills`,
/// `roles`, `show`, `quiz --questions` or `export`, with any of their options. Headings in a block start one level below
/// the heading it is under, or at `--heading-level N`; `--bare` prints only the tables. A block uses the same dataset as
/// the run unless it names another with `-d PATH`, relative to the page.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    roles: RoleSelection,
    /// Update the generated blocks in these files and folders
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with_all = ["family", "own", "cite", "check"])]
    into: Option<Vec<PathBuf>>,
    /// Check that the generated blocks in these files and folders are up to date, changing nothing
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with_all = ["family", "own", "cite"])]
    check: Option<Vec<PathBuf>>,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

impl Export {
    /// Whether this run updates or checks generated blocks.
    pub(super) fn keeps_blocks(&self) -> bool {
        self.into.is_some() || self.check.is_some()
    }

    /// Whether this run updates generated blocks.
    pub(super) fn writes_blocks(&self) -> bool {
        self.into.is_some()
    }

    /// The option that is not allowed in a generated block, if there is one.
    pub(super) fn writes(&self) -> Option<&'static str> {
        if self.into.is_some() {
            Some("--into")
        } else if self.check.is_some() {
            Some("--check")
        } else {
            None
        }
    }

    /// The files and folders with blocks: those right after the option or, if another option comes in between, those
    /// that clap took for roles.
    fn pages(&self, option: &str, behind: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        let apart = self.roles.named();
        match (behind.is_empty(), apart.is_empty()) {
            (false, true) => Ok(behind.to_vec()),
            (true, false) => Ok(apart.iter().map(PathBuf::from).collect()),
            (true, true) => Err(Error::usage(format!("`{option}` needs a file or folder"))
                .hint(format!("name files or folders, as in `rolebook export {option} docs`"))),
            (false, false) => Err(Error::usage(format!("`{option}` takes files, not roles"))
                .hint(format!(
                    "name all files right after it, as in `rolebook export {option} docs README.md`"
                ))
                .hint("each block names its roles in its own command")),
        }
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        if let Some(pages) = &self.check {
            return blocks::run(session, &self.pages("--check", pages)?, Task::Check);
        }
        if let Some(pages) = &self.into {
            let task = Task::Write { over_edits: session.force() };
            return blocks::run(session, &self.pages("--into", pages)?, task);
        }
        let dataset = session.dataset()?;
        // A catalogue of skills has no roles, but still has something to print.
        let roles =
            if dataset.roles.is_empty() { Vec::new() } else { self.roles.all(dataset, "export", 1)? };
        let compared = compare(dataset, &roles, self.owning.holding(), |_, _, _| true);
        Ok(Answer::report(ExportReport::new(dataset, &roles, compared, self.citing.cite)))
    }
}
