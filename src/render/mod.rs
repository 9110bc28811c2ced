//! One file a format, one `match`: how a [`Report`] becomes bytes. Each format escapes in one place, its own file.

mod csv;
mod entries;
mod github;
mod html;
mod json;
mod jsonl;
mod markdown;
mod matrix;
mod sarif;
mod table;

use clap::ValueEnum;

use crate::doc::Report;
use serde::Serialize;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal: tables
    Table,
    /// For scripts: a versioned document
    Json,
    /// For line-based tools: one JSON object per line
    Jsonl,
    /// For spreadsheets: the same records as RFC 4180 has them, exact to the character; a spreadsheet may run text
    /// that begins with `=`, `+`, `-` or `@` as a formula
    Csv,
    /// For docs: GitHub-flavoured Markdown
    Markdown,
    /// For browsers: one self-contained page
    Html,
    /// For GitHub workflows: problems as annotations
    Github,
    /// For code scanners: problems as a SARIF log
    Sarif,
}

/// The format's name on the command line.
pub fn format_name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

impl Format {
    /// Whether it says mistakes in files and nothing else.
    pub fn is_for_problems(self) -> bool {
        matches!(self, Self::Github | Self::Sarif)
    }
}

/// What a result is written as within a file that says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// A part of a Markdown file.
    Markdown,
    /// A part of an HTML file: elements without a page around them.
    Html,
}

/// What a format for eyes has to know of the place where it is seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether escape sequences may be written.
    pub color: bool,
}

/// Room for most results at once: growing step by step copies the text again and again, and touches as much memory.
const ROOM: usize = 96 * 1024;

/// Renders a result; the text ends with a line break.
pub fn render(report: &impl Report, format: Format, look: Look) -> String {
    match format {
        Format::Table => match report.entries() {
            Some(entries) => entries::render(&entries, look),
            None => table::render(&report.doc(), look),
        },
        Format::Json => json::render(report),
        Format::Jsonl => jsonl::render(&report.records()),
        Format::Csv => csv::render(&report.records()),
        Format::Markdown => markdown::page(&report.doc()),
        Format::Html => html::page(&report.doc()),
        Format::Github => github::render(&report.annotations()),
        Format::Sarif => sarif::render(report.problems()),
    }
}

/// Renders a document for programs, indented.
pub fn render_document(document: &impl Serialize) -> String {
    json::render(document)
}

/// Renders a document for programs on one line, for results that come one by one.
pub fn render_line(document: &impl Serialize) -> String {
    json::render_line(document)
}

/// Renders a result as a part of a file, without its title: that is the heading it stands under. Its own headings
/// start at level `top`, from 1 to 6. The text ends with a line break.
pub fn render_fragment(report: &impl Report, fragment: Fragment, top: u8) -> String {
    match fragment {
        Fragment::Markdown => markdown::fragment(&report.doc(), top),
        Fragment::Html => html::fragment(&report.doc(), top),
    }
}

/// The level of a heading below a title of level `top`; six is the deepest there is.
fn heading_level(level: u8, top: u8) -> u8 {
    level.saturating_sub(1).saturating_add(top).clamp(1, 6)
}
