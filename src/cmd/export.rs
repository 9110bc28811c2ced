use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::choosers::{Citing, RoleChooser};
use super::session::Session;
use crate::analysis::compare::compare;
use crate::error::{Error, Exit};
use crate::file;
use crate::report::export::ExportReport;

const EXAMPLES: &str = "\
Examples:
  rolebook export                      everything, as Markdown
  rolebook export -o roles.md          into a file
  rolebook export -o roles.md --force  into the same file again
  rolebook export pm --json            one role, for a script";

/// Write everything as one document: roles, comparison, skills, questions, sources
///
/// The document is Markdown unless `--format` says otherwise. A file that exists is not overwritten without
/// `--force`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    roles: RoleChooser,
    /// Write to this file instead of standard output, which is `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    citing: Citing,
}

impl Export {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        let text = session.text()?;
        let dataset = text.dataset()?;
        let roles = self.roles.choose(&dataset, "export", 1)?;
        let compared = compare(&dataset, &roles, |_, _, _| true);
        let report = ExportReport::new(&dataset, &roles, &compared, self.citing.cite);
        match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            None => session.print_markdown(&report),
            Some(path) => {
                write(path, &session.for_file(&report), self.force)?;
                session.ui.note(&format!("wrote {}", path.display()));
                Ok(Exit::Yes)
            }
        }
    }
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Error> {
    let written =
        if force { file::replace(path, text.as_bytes()) } else { file::create(path, text.as_bytes()) };
    written.map(|_| ()).map_err(|error| {
        let failed =
            Error::new("output", format!("`{}` could not be written", path.display())).because(&error);
        match error.kind() {
            ErrorKind::AlreadyExists => Error::new("exists", format!("`{}` exists already", path.display()))
                .hint("name another file, or overwrite it with `--force`"),
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied => {
                failed.hint("name a file in a folder that is there and may be written to")
            }
            _ => failed,
        }
    })
}
