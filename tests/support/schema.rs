//! Validates documents with an independent JSON Schema validator.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// The folder of the published schemas.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schema")
}

/// A schema, compiled by an independent validator.
pub(crate) struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    pub(crate) fn of(name: &str) -> Self {
        let path = folder().join(format!("{name}.json"));
        let schema = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema).expect("a schema is added");
        let index = compiler.compile("schema.json", &mut schemas).expect("the schema is one");
        Self { schemas, index }
    }

    /// Why the value is invalid, if it is.
    pub(crate) fn refusal(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| format!("{error:#}"))
    }
}

thread_local! {
    static VALIDATORS: RefCell<BTreeMap<String, Validator>> = const { RefCell::new(BTreeMap::new()) };
}

/// Why a document does not match the schema with this name, if so.
pub(crate) fn refusal(name: &str, document: &Value) -> Option<String> {
    VALIDATORS.with_borrow_mut(|known| {
        known.entry(name.to_owned()).or_insert_with(|| Validator::of(name)).refusal(document)
    })
}
