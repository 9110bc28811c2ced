//! The dataset file, format 1: its types, how JSON and YAML are read, its JSON Schema, and where datasets come from.

mod builtin;
mod dataset;
mod git;
mod origin;
mod parse;
mod profile;
mod schema;
mod strict;
pub(crate) mod tree;
mod words;
mod yaml_text;

pub use dataset::*;
pub(crate) use git::NOT_THERE;
pub use origin::{Input, Origin, Syntax};
pub(crate) use parse::parse;
pub use profile::{Profile, ProfileDataset, read_profile};
#[cfg(test)]
pub(crate) use schema::generated::{profile_schema, schema as generated_schema};
pub use schema::{PROFILE_SCHEMA, SCHEMA};
pub(crate) use strict::whole_of;
pub use words::{Id, Language, Pattern, Revision, Text, is_slug};
pub use yaml_text::yaml_text;
