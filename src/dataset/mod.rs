//! Where a dataset comes from, how it is read, and how it is checked.

mod builtin;
mod check;
mod read;
mod schema;
mod source;
mod tree;

pub use builtin::builtin;
pub use read::{check, read, read_sound};
pub use schema::SCHEMA;
#[cfg(test)]
pub(crate) use schema::generated::schema as generated_schema;
pub use source::{Input, Source};
