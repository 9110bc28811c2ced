//! The dataset file, format 1: its types, how JSON and YAML are read, its JSON Schema, and where datasets come from.

mod builtin;
mod dataset;
mod git;
mod origin;
mod parse;
mod schema;
mod strict;
pub(crate) mod tree;
mod words;

pub use dataset::*;
pub(crate) use git::NOT_THERE;
pub use origin::{Input, Origin, Syntax};
pub(crate) use parse::parse;
pub use schema::SCHEMA;
#[cfg(test)]
pub(crate) use schema::generated::schema as generated_schema;
pub(crate) use strict::whole_of;
pub use words::{Id, Language, Pattern, Revision, Text, is_slug};
