use std::path::{Path, PathBuf};

use clap::Args;

use super::deliver::{self, Answer};
use super::session::Session;
use crate::error::Error;

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
/// exists is not overwritten without `--force`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// The file to write; `-` is standard output [default: rolebook.yaml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Init {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let named = match (&self.file, session.output()) {
            (Some(_), Some(_)) => {
                return Err(Error::usage("the file is named twice").hint("leave `--output` out"));
            }
            (file, output) => file.as_deref().or(output),
        };
        let file = named.unwrap_or(Path::new("rolebook.yaml"));
        if file == Path::new("-") {
            return Ok(Answer::text("init", STARTER));
        }
        let name = file.display();
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return Err(Error::usage(format!("`{name}` would be read as JSON, and `init` writes YAML"))
                .hint(format!("name a file such as `{}`", file.with_extension("yaml").display())));
        }
        deliver::write(session, file, STARTER)?;
        session.ui.note(&format!("wrote {name}; edit it, then run `rolebook check {name}`"));
        Ok(Answer::done())
    }
}
