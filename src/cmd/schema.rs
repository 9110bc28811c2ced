use clap::Args;
use clap::builder::PossibleValuesParser;

use super::deliver::Answer;
use crate::format;

const EXAMPLES: &str = "\
Examples:
  rolebook schema > rolebook.schema.json  completion and help in an editor
  rolebook schema compare                 schema of `compare --json`
  rolebook schema error                   schema of errors as JSON";

/// The files that people write, and their schemas.
const FILES: [(&str, &str); 3] =
    [(DATASET, format::SCHEMA), ("profile", format::PROFILE_SCHEMA), ("map", format::MAP_SCHEMA)];
const DATASET: &str = "dataset";

/// The JSON documents that commands print, by the name in their `schema` value, and their types.
macro_rules! documents {
    ($($name:literal: $document:ty,)*) => {
        /// The schemas of the documents, as committed in `data/schema`.
        const DOCUMENTS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../data/schema/", $name, ".json")))),*];

        #[cfg(test)]
        const GENERATED: &[(&str, tests::Of)] = &[$(($name, tests::of::<$document>)),*];
    };
}

documents! {
    "compare": crate::report::compare::CompareReport<'_>,
    "skills": crate::report::skills::SkillsReport<'_>,
    "matrix": crate::report::matrix::MatrixReport<'_>,
    "move": crate::report::transition::MoveReport<'_>,
    "quiz": crate::report::quiz::QuizReport<'_>,
    "questions": crate::report::questions::QuestionsReport<'_>,
    "export": crate::report::export::ExportReport<'_>,
    "roles": crate::report::roles::RolesReport<'_>,
    "ladder": crate::report::ladder::LadderReport<'_>,
    "skill": crate::report::skill::SkillReport<'_>,
    "role": crate::report::role::RoleReport<'_>,
    "assess": crate::report::assess::AssessReport<'_>,
    "team": crate::report::team::TeamReport<'_>,
    "diff": crate::report::diff::DiffReport<'_>,
    "check": crate::report::check::CheckDocument<'_>,
    "docs": crate::report::docs::DocsDocument<'_>,
    "error": crate::error::ErrorDocument<'_>,
}

/// Print the JSON Schema of a dataset, a profile, an import map or a JSON document
///
/// The schemas of files that you write are closed: an unknown key is an error. The schemas of JSON documents that
/// rolebook prints are open: keys may be added without a new version.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PrintSchema {
    /// What to describe: a file, or a document, such as `roles` for `rolebook.roles/1` [default: dataset]
    #[arg(value_name = "DOCUMENT", default_value = DATASET, hide_default_value = true, value_parser = names())]
    name: String,
}

impl PrintSchema {
    pub(super) fn run<'s>(self) -> Answer<'s> {
        let known = FILES.iter().chain(DOCUMENTS).find(|(name, _)| *name == self.name);
        let text = known.map_or(format::SCHEMA, |(_, text)| text);
        Answer::json("schema", text)
    }
}

fn names() -> PossibleValuesParser {
    FILES.iter().chain(DOCUMENTS).map(|(name, _)| *name).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, Schema, SchemaGenerator};
    use serde_json::Value;

    use super::{DATASET, DOCUMENTS, FILES, GENERATED};
    use crate::format;
    use crate::render::render_document;

    const REFRESH: &str = "UPDATE_GENERATED=1 cargo test schema";

    /// Generates the schema of a type.
    pub(super) type Of = fn(SchemaGenerator) -> Schema;

    pub(super) fn of<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
        generator.into_root_schema_for::<T>()
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

    #[test]
    fn the_committed_schemas_are_those_of_the_types() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schema");
        let documents = GENERATED.iter().map(|(name, of)| (*name, document_schema(name, *of)));
        let files = [
            (DATASET, format::generated_schema()),
            ("profile", format::profile_schema()),
            ("map", format::map_schema()),
        ];
        let generated = documents.chain(files);
        let built_in = |name: &str| {
            FILES.iter().chain(DOCUMENTS).find(|(known, _)| *known == name).map_or("", |(_, text)| *text)
        };
        let mut names = BTreeSet::new();
        for (name, schema) in generated {
            let (file, text) = (format!("{name}.json"), render_document(&schema));
            if std::env::var_os("UPDATE_GENERATED").is_some() {
                std::fs::write(folder.join(&file), &text).unwrap();
            } else {
                assert!(built_in(name) == text, "data/schema/{file} is stale: {REFRESH}");
            }
            names.insert(file);
        }
        let held = std::fs::read_dir(folder).unwrap();
        let held: BTreeSet<_> = held.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(held, names, "each file in data/schema is a schema");
    }
}
