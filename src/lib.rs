//! `rolebook`: job roles as data. This is the program; the crate is a library so that it can be tested as one.
//!
//! Four layers, each using only those below it, and none of its own siblings:
//!
//! | layer | module | what it holds |
//! | --- | --- | --- |
//! | commands | [`cmd`] | one file a subcommand: its arguments, whose doc comments are the help, and what it does |
//! | results | [`report`] | one file a result: its serde type, which is the JSON contract, and its document |
//! | parts | [`check`] | the rules that a dataset must keep, and reading it only where it keeps them |
//! | | [`analysis`] | comparing, skills, scoring: pure functions over a dataset |
//! | | [`import`] | tables in, a dataset file out |
//! | | [`render`] | one file a format: from a report to text |
//! | | [`prompt`] | asking: in a terminal, line by line, or from a script |
//! | | [`pages`] | generated blocks in pages: finding pages, and finding, filling and comparing their blocks |
//! | | [`ui`] | the only owner of standard output and standard error |
//! | basics | [`mod@format`], [`framework`], [`doc`], [`diagnostic`], [`excerpt`], [`error`], [`fs`], [`text`], `layout`, [`suggest`], `signals`, [`unified`] | what the others speak of |
//!
//! A result has three views: serde's for programs, a [`doc::Doc`] for people, which says what and not how, and flat
//! [`doc::Records`] for spreadsheets and line-wise tools. So a new command speaks every format, and a new format
//! serves every command.

pub mod analysis;
pub mod check;
pub mod cmd;
pub mod diagnostic;
pub mod doc;
pub mod error;
pub mod excerpt;
pub mod format;
pub mod framework;
pub mod fs;
pub mod import;
mod layout;
pub mod pages;
pub mod prompt;
pub mod render;
pub mod report;
mod signals;
pub mod suggest;
pub mod text;
pub mod ui;
pub mod unified;

use std::ffi::OsString;

use error::Exit;

/// Runs the program: the arguments, the first of which is its name, decide all.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    signals::block_file_size_signal();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let (ui, outcome) = cmd::run(&arguments);
    outcome.unwrap_or_else(|error| {
        ui.report(&error);
        error.exit()
    })
}
