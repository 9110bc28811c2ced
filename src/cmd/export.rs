use std::path::PathBuf;

use clap::Args;

use super::blocks::{self, Task};
use super::choosers::{Citing, Owning, RoleChooser};
use super::deliver::Answer;
use super::session::Session;
use crate::analysis::compare::compare;
use crate::error::Error;
use crate::report::export::ExportReport;

const EXAMPLES: &str = "\
Examples:
  rolebook export                      everything, as Markdown
  rolebook export -o roles.md          into a file
  rolebook export -o roles.md --force  into the same file again
  rolebook export pm --json            one role, for a script
  rolebook export --into docs          the generated blocks in a folder of pages
  rolebook export --check docs         whether they are fresh, for a workflow";

/// Write everything into one document, or keep generated blocks up to date
///
/// The document is Markdown unless `--format` says otherwise. A file that exists is not overwritten without
/// `--force`.
///
/// With `--into` or `--check`, keep generated blocks in Markdown and HTML files instead. A block begins with a command
/// in a comment of its own, `<!-- rolebook: compare pm po -->`, and ends with `<!-- /rolebook -->`. Between them stands
/// what the command comes to: `compare`, `skills`, `roles`, `show`, `quiz --questions` or `export`, with their options.
/// Its headings start one level below the heading it stands under, or at `--heading-level N`; its dataset is that of the
/// run, or the one that `-d PATH` names relative to the page.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    roles: RoleChooser,
    /// Fill the generated blocks in these files and folders
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with_all = ["family", "own", "cite", "check"])]
    into: Option<Vec<PathBuf>>,
    /// Check that the generated blocks in these files and folders are up to date; change nothing
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with_all = ["family", "own", "cite"])]
    check: Option<Vec<PathBuf>>,
    #[command(flatten)]
    owning: Owning,
    #[command(flatten)]
    citing: Citing,
}

impl Export {
    /// Whether it is about generated blocks.
    pub(super) fn keeps_blocks(&self) -> bool {
        self.into.is_some() || self.check.is_some()
    }

    /// Whether it fills generated blocks.
    pub(super) fn writes_blocks(&self) -> bool {
        self.into.is_some()
    }

    /// The option that has no place in a block, if there is one.
    pub(super) fn writes(&self) -> Option<&'static str> {
        if self.into.is_some() {
            Some("--into")
        } else if self.check.is_some() {
            Some("--check")
        } else {
            None
        }
    }

    /// The files and folders with blocks: those right behind the option, or, where another option stands between, those
    /// that clap takes for roles.
    fn pages(&self, option: &str, behind: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        let apart = self.roles.named();
        match (behind.is_empty(), apart.is_empty()) {
            (false, true) => Ok(behind.to_vec()),
            (true, false) => Ok(apart.iter().map(PathBuf::from).collect()),
            (true, true) => Err(Error::usage(format!("`{option}` names no file"))
                .hint(format!("name files or folders, as in `rolebook export {option} docs`"))),
            (false, false) => Err(Error::usage(format!("`{option}` takes files, not roles"))
                .hint(format!("name all files behind it, as in `rolebook export {option} docs README.md`"))
                .hint("a block names its roles in its own command")),
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
        // A catalogue of skills has no roles, and still has something to print.
        let roles =
            if dataset.roles.is_empty() { Vec::new() } else { self.roles.all(dataset, "export", 1)? };
        let compared = compare(dataset, &roles, self.owning.holding(), |_, _, _| true);
        Ok(Answer::markdown(ExportReport::new(dataset, &roles, &compared, self.citing.cite)))
    }
}
