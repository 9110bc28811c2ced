//! Parses text as a [`Dataset`], without positions: the fast path for valid files.

use super::dataset::{self, Dataset};
use super::origin::Syntax;
use super::tree;

/// Reads a dataset, or returns the message of the first error.
pub(crate) fn parse(text: &str, syntax: Syntax) -> Result<Dataset<'_>, String> {
    match syntax {
        Syntax::Json => {
            let mut parser = serde_json::Deserializer::from_str(text);
            let dataset = dataset::read(&mut parser).and_then(|dataset| parser.end().map(|()| dataset));
            dataset.map_err(|error| error.to_string())
        }
        Syntax::Yaml => {
            let tree = tree::yaml(text).map_err(|error| error.message)?;
            dataset::read(&tree).map_err(|error| error.to_string())
        }
    }
}
