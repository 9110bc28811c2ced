//! A page without the content of its blocks.
//!
//! Generated text can change how the rest of a page is parsed: the blank line before it ends a `<div>`, and after that,
//! `#` starts a heading again. So markers and headings are searched in the hand-written part, in which each block is one
//! blank line. They are then the same before and after filling the blocks.

use std::ops::Range;

/// The hand-written part of a page.
pub(super) struct Skeleton {
    pub(super) text: String,
    /// The start of each kept piece, here and in the page.
    pieces: Vec<(usize, usize)>,
}

impl Skeleton {
    /// Removes these ranges, which are in page order.
    pub(super) fn new(page: &str, gaps: &[Range<usize>]) -> Self {
        let mut skeleton = Self { text: String::with_capacity(page.len()), pieces: Vec::new() };
        let mut start = 0;
        for gap in gaps {
            skeleton.keep(page, start..gap.start);
            skeleton.text.push('\n');
            start = gap.end;
        }
        skeleton.keep(page, start..page.len());
        skeleton
    }

    fn keep(&mut self, page: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(page.get(range).unwrap_or_default());
    }

    /// Converts an offset in the skeleton to one in the page.
    pub(super) fn in_page(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = behind.checked_sub(1).and_then(|piece| self.pieces.get(piece));
        piece.map_or(at, |(start, kept)| at.saturating_sub(*start).saturating_add(*kept))
    }
}
