//! One file a format, one `match`: how a [`Report`] becomes bytes. Each format escapes in one place, its own file.

mod json;
mod layout;
mod markdown;
mod table;

use clap::ValueEnum;

use crate::doc::Report;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For eyes: tables that fit the terminal
    Table,
    /// For programs: a versioned document
    Json,
    /// For docs: GitHub-flavoured Markdown
    Markdown,
}

/// What a format for eyes has to know of the place where it is seen.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether escape sequences may be written.
    pub color: bool,
}

/// Renders a result; the text ends with a line break.
pub fn render(report: &impl Report, format: Format, look: Look) -> String {
    match format {
        Format::Table => table::render(&report.doc(), look),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(&report.doc()),
    }
}
