//! A page as text for a parser, in which every byte keeps its offset.

use std::ops::Range;

use crate::diagnostic::Place;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The distance in bytes between two places with a known character count.
const STRIDE: usize = 1024;

/// A page as text. Each byte that is not UTF-8 becomes a placeholder character, and a lone CR becomes the line end that it
/// is in Markdown and HTML. Offsets are those in the page minus [`PageText::start`].
#[derive(Debug, Clone)]
pub(super) struct PageText {
    pub(super) text: String,
    /// The start of the text in the page, after a byte-order mark.
    start: usize,
    /// The start of each line.
    lines: Vec<usize>,
    /// The places of lone CRs.
    lone_returns: Vec<usize>,
    /// The number of characters before each multiple of [`STRIDE`], because a page may be a single line with many markers.
    characters: Vec<usize>,
}

impl PageText {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let content = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let mut text = String::with_capacity(content.len());
        for chunk in content.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| '%'));
        }
        let lone_returns: Vec<usize> = text
            .match_indices('\r')
            .map(|(at, _)| at)
            .filter(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
            .collect();
        if !lone_returns.is_empty() {
            text = text.replace("\r\n", "\0\n").replace('\r', "\n").replace("\0\n", "\r\n");
        }
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut before = 0_usize;
        let counted = text.as_bytes().chunks(STRIDE).map(|chunk| {
            before += characters(chunk);
            before
        });
        let characters = std::iter::once(0).chain(counted).collect();
        Self { start: bytes.len() - content.len(), lines, lone_returns, characters, text }
    }

    /// The same place in the page.
    pub(super) fn in_page(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.start..range.end + self.start
    }

    /// Extends a range to whole lines, including the last line end.
    pub(super) fn whole_lines(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.line(range.start);
        let behind = self.line(range.end) + 1;
        let end = self.lines.get(behind).copied().unwrap_or(self.text.len());
        self.lines.get(first).copied().unwrap_or(0)..end
    }

    /// Whole lines of the page with up to this many context lines, and the number of the first.
    pub(super) fn around(&self, lines: &Range<usize>, context: usize) -> (usize, Range<usize>) {
        let at = |place: usize| place.saturating_sub(self.start);
        let first = self.line(at(lines.start)).saturating_sub(context);
        let behind = self.line(at(lines.end)) + context;
        let start = self.lines.get(first).copied().unwrap_or(0);
        let end = self.lines.get(behind).copied().unwrap_or(self.text.len());
        (first + 1, self.in_page(&(start..end)))
    }

    /// The line end at this offset.
    pub(super) fn line_end(&self, end: usize) -> &'static str {
        let before = self.text.get(..end).unwrap_or_default();
        if before.ends_with("\r\n") {
            "\r\n"
        } else if self.lone_returns.binary_search(&end.saturating_sub(1)).is_ok() {
            "\r"
        } else {
            "\n"
        }
    }

    /// The lines and columns of a range.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end);
        Place { line, column, end_line, end_column }
    }

    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = self.lines.get(line).copied().unwrap_or(0);
        let before = self.characters_before(at).saturating_sub(self.characters_before(start));
        (line + 1, before + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let stride = at.checked_div(STRIDE).unwrap_or(0);
        let rest = self.text.as_bytes().get(stride * STRIDE..at).unwrap_or_default();
        self.characters.get(stride).copied().unwrap_or(0) + characters(rest)
    }

    /// The index of the line that contains this offset.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

/// The number of characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}
