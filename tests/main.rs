//! One binary for all integration tests: the program from outside, the library, and the repository itself.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, and so has a helper of tests"
)]

mod cli;
mod library;
mod repository;
mod support;
