use clap::Args;
use clap::builder::PossibleValuesParser;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use super::session::Session;
use crate::dataset;
use crate::error::{Error, ErrorDocument, Exit};
use crate::render::{Format, render_document};
use crate::report::check::CheckReport;
use crate::report::compare::CompareReport;
use crate::report::docs::DocsReport;
use crate::report::export::ExportReport;
use crate::report::questions::QuestionsReport;
use crate::report::quiz::QuizReport;
use crate::report::role::RoleReport;
use crate::report::roles::RolesReport;
use crate::report::skill_move::MoveReport;
use crate::report::skills::SkillsReport;

const EXAMPLES: &str = "\
Examples:
  rolebook schema > rolebook.schema.json  for an editor that completes and explains keys
  rolebook schema compare                 of the document that `compare --json` writes
  rolebook schema error                   of errors with `--message-format json`";

/// The name of the dataset among the schemas.
const DATASET: &str = "dataset";

/// What makes the schema of a document.
type Of = fn(SchemaGenerator) -> Schema;

/// The documents that are written for programs, by the middle of their `schema` value.
const DOCUMENTS: [(&str, Of); 11] = [
    ("compare", of::<CompareReport<'_>>),
    ("skills", of::<SkillsReport<'_>>),
    ("move", of::<MoveReport<'_>>),
    ("quiz", of::<QuizReport<'_>>),
    ("questions", of::<QuestionsReport<'_>>),
    ("export", of::<ExportReport<'_>>),
    ("roles", of::<RolesReport<'_>>),
    ("role", of::<RoleReport<'_>>),
    ("check", of::<CheckReport<'_>>),
    ("docs", of::<DocsReport>),
    ("error", of::<ErrorDocument<'_>>),
];

/// Print the JSON Schema of a dataset, or of a document that is written for programs
///
/// The schema of a dataset is closed: a key that it does not know is an error. Those of documents are open: keys may
/// be added without a new version.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PrintSchema {
    /// What the schema is of: the dataset, or the middle of a document's `schema` value
    #[arg(default_value = DATASET, hide_default_value = true, value_parser = names())]
    name: String,
}

impl PrintSchema {
    pub(super) fn run(self, session: &Session) -> Result<Exit, Error> {
        let document = DOCUMENTS.iter().find(|(name, _)| *name == self.name);
        let schema = document.map_or_else(dataset::schema, |(name, of)| document_schema(name, *of));
        let text = render_document(&schema);
        if session.format_or(Format::Json) == Format::Json {
            session.ui.print(&text)?;
            return Ok(Exit::Yes);
        }
        session.print_text("schema", &text)
    }
}

fn names() -> PossibleValuesParser {
    std::iter::once(DATASET).chain(DOCUMENTS.iter().map(|(name, _)| *name)).into()
}

/// The schema of a document, draft 2020-12. It is open: keys may be added without a new version.
fn document_schema(name: &str, of: Of) -> Schema {
    let mut schema = of(SchemaGenerator::new(SchemaSettings::draft2020_12().for_serialize()));
    let document = format!("rolebook.{name}/1");
    schema.insert("title".to_owned(), document.clone().into());
    if let Some(version) = schema.pointer_mut("/properties/schema").and_then(Value::as_object_mut) {
        version.insert("const".to_owned(), document.into());
    }
    schema
}

fn of<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<T>()
}
