//! Where a dataset's text comes from.

use std::borrow::Cow;

use crate::error::Error;

/// The dataset that is built in.
const BUILTIN: &str = include_str!("../../data/product-roles.json");

/// Where a dataset's text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The dataset that is built in.
    Builtin,
}

impl Source {
    /// The text itself.
    ///
    /// # Errors
    ///
    /// Where the text cannot be read.
    pub fn text(&self) -> Result<Cow<'static, str>, Error> {
        match self {
            Self::Builtin => Ok(Cow::Borrowed(BUILTIN)),
        }
    }
}
