//! Where a dataset comes from and how it is read.

mod read;
mod source;

pub use read::read;
pub use source::Source;
