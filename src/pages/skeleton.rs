//! A page without what stands in its blocks.
//!
//! What is generated can change how the page goes on: the blank line in front of it ends a `<div>`, and below, `#`
//! opens a heading again. Markers and headings are therefore looked for in the page as people wrote it, in which all
//! blocks are one blank line; so they are the same before and after the blocks are filled.

use std::ops::Range;

/// The page as people wrote it.
pub(super) struct Skeleton {
    pub(super) text: String,
    /// For each piece that was kept, where it starts here and where in the page.
    pieces: Vec<(usize, usize)>,
}

impl Skeleton {
    /// A page without these places, which are in its order.
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

    /// Where a place of the skeleton is in the page.
    pub(super) fn in_page(&self, at: usize) -> usize {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = behind.checked_sub(1).and_then(|piece| self.pieces.get(piece));
        piece.map_or(at, |(start, kept)| at.saturating_sub(*start).saturating_add(*kept))
    }
}
