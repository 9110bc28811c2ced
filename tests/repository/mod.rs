//! Tests the repository: generated files, documentation and the layers of the sources.

mod generated;
mod layering;
mod package;
mod readme;
mod schema;
