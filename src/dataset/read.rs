//! From text to a [`Dataset`].

use crate::error::Error;
use crate::model::Dataset;

/// Reads a dataset from JSON.
///
/// # Errors
///
/// Where the text is no dataset of format 1.
pub fn read(text: &str) -> Result<Dataset<'_>, Error> {
    serde_json::from_str(text)
        .map_err(|error| Error::new("invalid-dataset", "the dataset cannot be read").because(&error))
}
