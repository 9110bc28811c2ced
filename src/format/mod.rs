//! The dataset format, version 1: its types, reading JSON and YAML, its JSON Schema, and where datasets come from.

mod builtin;
mod dataset;
mod delimiter;
mod git;
mod map;
mod one_or_more;
mod origin;
mod parse;
mod profile;
mod schema;
mod strict;
pub(crate) mod tree;
mod words;
mod write;
mod yaml_text;

pub use dataset::*;
pub(crate) use delimiter::{delimiter, line_of};
pub use map::{CellMode, Field, ImportMap, Layout, MapColumn, MapTable, MapValue, read_map};
pub use one_or_more::OneOrMore;
pub use origin::{Input, Origin, Syntax};
pub(crate) use parse::parse;
pub use profile::{Profile, ProfileDataset, read_profile};
#[cfg(test)]
pub(crate) use schema::generated::{map_schema, profile_schema, schema as generated_schema};
pub use schema::{MAP_SCHEMA, PROFILE_SCHEMA, SCHEMA};
pub(crate) use strict::whole_of;
pub use words::{Id, Language, Pattern, Revision, Text, is_slug};
pub(crate) use write::{tree_of, write_json, write_yaml};
pub use yaml_text::yaml_text;
