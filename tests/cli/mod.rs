//! Runs the program as a process: output in every format, exit codes, and real shells and terminals.

mod answers;
mod assess;
mod blocks;
mod check;
mod colour;
mod commands;
mod completions;
mod contract;
mod datasets;
mod diff;
mod errors;
#[cfg(target_os = "linux")]
mod faults;
mod formats;
mod frameworks;
mod html;
mod import;
mod init;
mod ladders;
mod output;
#[cfg(unix)]
mod replay;
mod tabular;
#[cfg(unix)]
mod terminal;
