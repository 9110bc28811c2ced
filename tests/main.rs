//! All integration tests in one binary: the program, the library and the repository.

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
