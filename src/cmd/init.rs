use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::session::Session;
use crate::error::{Error, Exit};
use crate::fs;

/// A small dataset with comments that shows every feature.
const STARTER: &str = include_str!("../../data/starter.yaml");

const EXAMPLES: &str = "\
Examples:
  rolebook init             rolebook.yaml, which is found without being named
  rolebook init other.yaml  another file
  rolebook init - | head    a look at it";

/// Write a small commented dataset to start from
///
/// It is YAML, has three roles, a scale of proficiency and a quiz, and shows every feature in a few lines. A file that
/// exists is never overwritten.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// The file to write; must not exist already; `-` is standard output
    #[arg(value_name = "FILE", default_value = "rolebook.yaml")]
    file: PathBuf,
}

impl Init {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        if self.file == Path::new("-") {
            return session.print_text("init", STARTER);
        }
        let name = self.file.display();
        if self.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return Err(Error::usage(format!("`{name}` would be read as JSON, and `init` writes YAML"))
                .hint(format!("name a file such as `{}`", self.file.with_extension("yaml").display())));
        }
        fs::create(&self.file, STARTER.as_bytes()).map_err(|error| {
            if error.kind() == ErrorKind::AlreadyExists {
                Error::new("exists", format!("`{name}` already exists"))
                    .hint("choose another file; `init` never overwrites")
            } else {
                Error::new("output", format!("`{name}` could not be written"))
                    .because(&error)
                    .hint("name a file in a folder that is there and may be written to")
            }
        })?;
        session.ui.note(&format!("wrote {name}; edit it, then run `rolebook check {name}`"));
        Ok(Exit::Yes)
    }
}
