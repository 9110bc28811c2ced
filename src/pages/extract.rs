//! A part of a text, put together from pieces of it, with the places that the pieces come from.
//!
//! Markers and headings are searched in extracts of a page: in the hand-written part, in which each block is one blank
//! line, and in the content of an indented container, without its indent.
//!
//! Generated text can change how the rest of a page is parsed: the blank line before it ends a `<div>`, and after that,
//! `#` starts a heading again. In the hand-written part alone, markers and headings are the same before and after filling
//! the blocks.

use std::ops::Range;

/// A part of a text.
#[derive(Default)]
pub(super) struct Extract {
    pub(super) text: String,
    /// The start of each piece, here and in the whole text.
    pieces: Vec<(usize, usize)>,
}

/// What is left out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) range: Range<usize>,
    /// The indent of what follows, which stays where it was.
    pub(super) indent: String,
}

impl Extract {
    /// The text without these gaps, which are in its order. Each becomes a blank line.
    pub(super) fn without(whole: &str, gaps: &[Gap]) -> Self {
        let mut extract = Self { text: String::with_capacity(whole.len()), pieces: Vec::new() };
        let mut start = 0;
        for gap in gaps {
            extract.keep(whole, start..gap.range.start);
            extract.text.push('\n');
            extract.text.push_str(&gap.indent);
            start = gap.range.end;
        }
        extract.keep(whole, start..whole.len());
        extract
    }

    /// The lines of a range without this many columns of indent.
    pub(super) fn dedented(whole: &str, range: &Range<usize>, columns: usize) -> Self {
        let mut extract = Self::default();
        let mut start = range.start;
        for line in whole.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            let end = start + line.len();
            let indent = line.len() - without_indent(line, columns).len();
            extract.keep(whole, start + indent..end);
            start = end;
        }
        extract
    }

    fn keep(&mut self, whole: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(whole.get(range).unwrap_or_default());
    }

    /// The same place in the whole text.
    pub(super) fn place(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = behind.checked_sub(1).and_then(|piece| self.pieces.get(piece));
        piece.map_or(at, |(start, kept)| at.saturating_sub(*start) + kept)
    }

    /// The same range in the whole text, with all that was left out within it.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let last = self.place(range.end.saturating_sub(1));
        self.place(range.start)..last + 1
    }
}

/// The number of columns that a line is indented by. A tab goes to the next multiple of four.
pub(super) fn indent_of(line: &str) -> usize {
    let indent = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    indent.fold(0, after_blank)
}

/// A line without up to this many columns of its indent.
fn without_indent(line: &str, columns: usize) -> &str {
    let mut column = 0;
    let is_kept = |c: char| {
        let is_indent = column < columns && matches!(c, ' ' | '\t');
        column = after_blank(column, if c == '\t' { b'\t' } else { b' ' });
        !is_indent
    };
    line.find(is_kept).and_then(|at| line.get(at..)).unwrap_or_default()
}

fn after_blank(column: usize, blank: u8) -> usize {
    if blank == b'\t' { (column + 4) & !3 } else { column + 1 }
}
