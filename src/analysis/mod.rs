//! Computations on a dataset: pure functions, without input or output.

pub mod assess;
pub mod compare;
pub mod diff;
pub(crate) mod find;
pub mod ladder;
pub mod quiz;
pub mod skills;
