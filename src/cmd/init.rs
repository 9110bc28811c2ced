use std::path::{Path, PathBuf};

use clap::Args;

use super::deliver::Answer;
use super::session::Session;
use crate::error::Error;
use crate::format::Origin;
use crate::render::format_name;

/// A small dataset with comments that shows every feature.
const STARTER: &str = include_str!("../../data/starter.yaml");

const EXAMPLES: &str = "\
Examples:
  rolebook init             write rolebook.yaml, which rolebook finds by itself
  rolebook init other.yaml  write another file
  rolebook init - | head    preview it";

/// Write a small commented dataset to start from
///
/// The dataset is YAML and shows every feature in a few lines, with three roles, a proficiency scale and a quiz. An
/// existing file is not overwritten without `--force`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// File to write, or `-` for standard output [default: rolebook.yaml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Init {
    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        if let Some(format) = session.asked_format() {
            let name = format_name(format);
            return Err(Error::usage(format!("`init` does not support `--format {name}`"))
                .hint("remove `--format`; `init` writes YAML"));
        }
        let named = match (&self.file, session.output()) {
            (Some(_), Some(_)) => {
                return Err(Error::usage("cannot combine FILE with `--output`").hint("leave out `--output`"));
            }
            (file, output) => file.as_deref().or(output),
        };
        let file = named.unwrap_or(Path::new("rolebook.yaml"));
        if file == Path::new("-") {
            return Ok(Answer::text("init", STARTER));
        }
        let name = file.display();
        if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return Err(Error::usage(format!("`init` writes YAML, but `{name}` would be read as JSON"))
                .hint(format!("name a file such as `{}`", file.with_extension("yaml").display())));
        }
        if let Some(other) = Origin::rival(file) {
            let other = other.display();
            return Err(Error::usage(format!("`{other}` is the dataset of this folder already"))
                .hint("a folder has one; name a file elsewhere, or one such as `draft.yaml`"));
        }
        Ok(Answer::done().file(file, STARTER, format!("; edit it, then run `rolebook check {name}`")))
    }
}
