//! How a [`Report`] becomes text: one `match`, and one file per format, which is also the only place that escapes for it.

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

use std::io::{self, BufWriter, Write};

use clap::ValueEnum;

use serde::Serialize;

use crate::doc::{Block, Doc, Report};
use markdown::Dialect;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal
    Table,
    /// For scripts: one versioned document
    Json,
    /// For line-based tools: one JSON object per line
    Jsonl,
    /// For spreadsheets: RFC 4180, with every text unchanged. Beware: a spreadsheet may run cells that begin with
    /// `=`, `+`, `-` or `@` as formulas
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
    /// Whether the format only reports problems in files.
    pub fn is_for_problems(self) -> bool {
        matches!(self, Self::Github | Self::Sarif)
    }
}

/// A format for a result that is inserted into a larger file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// Part of a Markdown file.
    Markdown,
    /// Part of an MDX file.
    Mdx,
    /// Part of an HTML file: elements without a page around them.
    Html,
}

/// What formats for people need to know about the output.
#[derive(Debug, Clone, Copy, Default)]
pub struct TerminalOptions {
    /// Width in columns.
    pub width: usize,
    /// Whether escape sequences are allowed.
    pub color: bool,
}

/// How much of a result is held before it is written. Most documents are several times as long; holding all of
/// `compare --json` costs 14 page faults, a tenth of what a run has beyond those of an empty program.
const BUFFER: usize = 16 * 1024;

/// Takes a result for programs. One type for every destination, because each report is compiled for each type.
type Out<'w> = BufWriter<&'w mut dyn Write>;

/// Initial capacity of an output buffer, enough for most results. A buffer that grows step by step copies its text again
/// and again, and touches as much memory.
const INITIAL_CAPACITY: usize = 96 * 1024;

/// Renders a result. The text ends with a line break.
pub fn render(report: &impl Report, format: Format, options: TerminalOptions) -> String {
    match format {
        Format::Table => match report.entries() {
            Some(entries) => entries::render(&entries, options),
            None => table::render(&report.doc(), options),
        },
        Format::Json | Format::Jsonl | Format::Csv | Format::Sarif => {
            collected(|out| write(report, format, out))
        }
        Format::Markdown => markdown::page(&report.doc()),
        Format::Html => html::page(&report.doc()),
        Format::Github => github::render(&report.annotations()),
    }
}

/// Writes a result in a format for programs, without holding all of it.
///
/// # Errors
///
/// If writing fails.
pub fn write(report: &impl Report, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    match format {
        Format::Json => json::write(report, &mut out)?,
        Format::Jsonl => jsonl::write(report.records(), &mut out)?,
        Format::Csv => csv::write(report.records(), &mut out)?,
        Format::Sarif => sarif::write(&report.problems(), report.unlisted(), &mut out)?,
        Format::Table | Format::Markdown | Format::Html | Format::Github => {
            // A whole text needs no buffer.
            out.get_mut().write_all(render(report, format, TerminalOptions::default()).as_bytes())?;
        }
    }
    out.flush()
}

/// Writes a result as a table, without holding all of it, and returns its number of lines.
///
/// # Errors
///
/// If writing fails.
pub fn write_table(report: &impl Report, options: TerminalOptions, out: &mut dyn Write) -> io::Result<usize> {
    match report.entries() {
        Some(entries) => {
            let text = entries::render(&entries, options);
            out.write_all(text.as_bytes())?;
            Ok(text.matches('\n').count())
        }
        None => table::write(&report.doc(), options, out),
    }
}

/// Renders a JSON document, indented.
pub fn render_document(document: &impl Serialize) -> String {
    collected(|out| {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        json::write(document, &mut out)?;
        out.flush()
    })
}

/// The whole text that something writes.
fn collected(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut text = Vec::with_capacity(INITIAL_CAPACITY);
    // Memory takes everything that is written.
    let _ = write(&mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Renders a JSON document on one line, for a stream of results.
pub fn render_line(document: &impl Serialize) -> String {
    json::render_line(document)
}

/// Renders a result as part of a file, without its title, because the file has a heading for it. Headings start at level
/// `top`, from 1 to 6. The text ends with a line break.
pub fn render_fragment(report: &impl Report, fragment: Fragment, top: u8) -> String {
    render_part(&report.doc(), fragment, top)
}

/// Renders only the tables, matrices and bars of a result as part of a file; `None` if it has none.
pub fn render_tables(report: &impl Report, fragment: Fragment) -> Option<String> {
    let mut doc = report.doc();
    doc.blocks.retain(|block| {
        matches!(block, Block::Table(_) | Block::Columns(_) | Block::Matrix(_) | Block::Bars(_))
    });
    (!doc.blocks.is_empty()).then(|| render_part(&doc, fragment, 1))
}

fn render_part(doc: &Doc<'_>, fragment: Fragment, top: u8) -> String {
    match fragment {
        Fragment::Markdown => markdown::fragment(doc, top, Dialect::GitHub),
        Fragment::Mdx => markdown::fragment(doc, top, Dialect::Mdx),
        Fragment::Html => html::fragment(doc, top),
    }
}

/// The level of a heading below a title of level `top`, at most six.
fn heading_level(level: u8, top: u8) -> u8 {
    (level.saturating_sub(1) + top).clamp(1, 6)
}
