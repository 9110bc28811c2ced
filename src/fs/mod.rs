//! Reading and writing files safely: reading is bounded, and writing never leaves a half-written file.

mod read;
mod write;

pub(crate) use read::{read_file, read_line, read_stream};
pub(crate) use write::{Written, create, replace, update};
