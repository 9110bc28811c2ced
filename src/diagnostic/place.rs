//! Places of problems: in a text by line and column, and in a file without its text.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// A place in a text. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The first line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
}

/// The place of a problem that is reported without the text of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site<'a> {
    /// The path, unless the file is the built-in dataset.
    pub file: Option<Cow<'a, str>>,
    /// The place, or `None` for the file as a whole.
    pub place: Option<Place>,
}

/// The letters of a column, from 1: A, B, …, Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// Whether this byte ends a line: an LF, also after a CR, or a CR without an LF as in files from old Macs.
fn ends_line(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    }
}

/// The bytes that end the lines of a text.
pub fn line_ends_in(text: &str) -> Vec<usize> {
    (0..text.len()).filter(|at| ends_line(text.as_bytes(), *at)).collect()
}

/// A position that moves forward through a text, with its line and column.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// Moves forward to a byte.
    pub(super) fn go(&mut self, to: usize) {
        for (at, c) in self.text.get(self.at..to).unwrap_or_default().char_indices() {
            if matches!(c, '\n' | '\r') && ends_line(self.text.as_bytes(), self.at + at) {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = self.at.max(to);
    }
}
