//! `rolebook`: job roles as data. This is the program; the crate is a library so that it can be tested as one.
//!
//! It promises no API. [`run`] is the program; the other public modules are public for tests, benchmarks and fuzzing only,
//! and change without notice. What is promised is the command line and the formats.
//!
//! Four layers, each using only those below it, and none of its own siblings; the basics use each other, but in one
//! direction:
//!
//! | layer | module | what it holds |
//! | --- | --- | --- |
//! | commands | `cmd` | one file per subcommand: its arguments, whose doc comments are the help, and what it does |
//! | results | [`report`] | one file per result: its serde type, which is the JSON contract, and its document |
//! | parts | [`check`] | the rules for datasets, and reading a dataset that follows them |
//! | | [`analysis`] | comparing, skills, scoring: pure functions over a dataset |
//! | | `import` | turning tables into a dataset file |
//! | | [`render`] | one file per format: from a report to text |
//! | | [`prompt`] | prompting: in a terminal, line by line, or from a script |
//! | | [`pages`] | generated blocks in pages: finding pages, and finding, filling and comparing their blocks |
//! | | `ui` | writing to standard output and standard error, which else only prompts do |
//! | basics | [`mod@format`], [`framework`], [`doc`], [`diagnostic`], [`error`], [`text`], `fs`, `layout`, `suggest`, `signal_mask`, `unified` | what the other layers are built on |
//!
//! A result has three views: its serde serialisation for programs, a [`doc::Doc`] without layout for people, and flat
//! [`doc::Records`] for spreadsheets and line-based tools. So a new command supports every format, and a new format works
//! for every command.

// Public for tests, benchmarks and fuzzing only.
pub mod analysis;
pub mod check;
pub mod diagnostic;
pub mod doc;
pub mod error;
pub mod format;
pub mod framework;
pub mod pages;
pub mod prompt;
pub mod render;
pub mod report;
pub mod text;

mod cmd;
mod fs;
mod import;
mod layout;
mod signal_mask;
mod suggest;
mod ui;
mod unified;

use std::ffi::OsString;

use error::Exit;

/// Runs the program with these arguments; the first is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    signal_mask::block_file_size_signal();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let (ui, outcome) = cmd::run(&arguments);
    outcome.unwrap_or_else(|error| {
        ui.report(&error);
        error.exit()
    })
}
