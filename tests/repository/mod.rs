//! The repository: generated files are fresh, the documentation is true, and the layers are kept.

mod generated;
mod layering;
mod package;
mod readme;
mod schema;
