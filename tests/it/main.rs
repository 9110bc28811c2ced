//! The program from outside: one binary for all integration tests, a module for each subject.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, and so has a helper of tests"
)]

mod agreement;
mod answers;
mod any_text;
mod assess;
mod blocks;
mod check;
mod colour;
mod commands;
mod completions;
mod contract;
mod dataset;
mod datasets;
mod diff;
mod errors;
#[cfg(target_os = "linux")]
mod faults;
mod formats;
mod frameworks;
mod generated;
mod html;
mod import;
mod init;
mod interview;
mod ladders;
mod layering;
mod limits;
mod output;
mod package;
mod read_back;
mod readme;
mod schema;
mod scoring;
mod support;
mod tabular;
#[cfg(unix)]
mod terminal;
mod told;
