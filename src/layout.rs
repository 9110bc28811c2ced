//! The width of text, where its lines break, and how many columns a table may have. Widths are terminal columns: a wide
//! character takes two, and a grapheme is measured as a whole and never split.

use std::ops::Range;

use terminal_size::{Height, Width};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::doc::Table;

/// The width if the output is not a terminal.
pub(crate) const DEFAULT_WIDTH: usize = 80;
/// The narrowest output width. A terminal that reports less is assumed not to know its width.
pub(crate) const NARROWEST: usize = 20;
/// The most data columns before a table is stacked.
pub(crate) const MOST_COLUMNS: usize = 4;

/// A line in pieces, each with its mark.
pub(crate) type Pieces<T> = Vec<(T, String)>;

/// The columns of a terminal of this size, or of output that is not a terminal.
pub(crate) fn columns_of(size: Option<(Width, Height)>) -> usize {
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width >= NARROWEST).unwrap_or(DEFAULT_WIDTH)
}

/// Whether a table has too many columns for any width.
pub(crate) fn is_stacked(table: &Table<'_>) -> bool {
    table.head.len() > MOST_COLUMNS + 1
}

/// The width of a text in columns, as `unicode-width` measures it. `comfy-table` measures likewise, so that what fits here
/// fits a table too.
pub(crate) fn width(text: &str) -> usize {
    // Fast path: in printable ASCII, each byte is one column. Ten times faster.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// Breaks text into lines no wider than `room`, at spaces if possible. Line breaks in the text are kept.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<&str> {
    lines(text, room, &[]).into_iter().filter_map(|line| text.get(line)).collect()
}

/// Like [`wrap`], for text whose parts have marks: every piece keeps its mark. Words in parts that are `whole` are never
/// broken, however wide they are.
pub(crate) fn wrap_pieces<T: Copy>(
    parts: &[(T, &str)],
    room: usize,
    is_whole: impl Fn(T) -> bool,
) -> Vec<Pieces<T>> {
    let text: String = parts.iter().map(|(_, part)| *part).collect();
    let mut end_of_part = 0;
    let mut whole = Vec::new();
    for (mark, part) in parts {
        let start = end_of_part;
        end_of_part += part.len();
        if is_whole(*mark) {
            whole.push(start..end_of_part);
        }
    }
    // Lines are in order, so parts that end before a line are not examined again.
    let (mut parts, mut start) = (parts.iter().peekable(), 0_usize);
    let pieces = |line: Range<usize>| {
        let mut pieces = Pieces::new();
        while let Some((mark, part)) = parts.peek() {
            let end = start + part.len();
            let piece = text.get(line.start.max(start)..line.end.min(end)).unwrap_or_default();
            if !piece.is_empty() {
                pieces.push((*mark, piece.to_owned()));
            }
            if end > line.end {
                break;
            }
            start = end;
            parts.next();
        }
        pieces
    };
    lines(&text, room, &whole).into_iter().map(pieces).collect()
}

/// The byte ranges of the lines of a text, without the spaces at which they are broken. Words that overlap a range in
/// `whole` are not broken.
pub(crate) fn lines(text: &str, room: usize, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut wrapping = Wrapping { room: room.max(1), lines: Vec::new(), line: 0..0, used: 0, whole };
    let mut start = 0;
    // The bytes of other characters are never those of a space or a line break.
    let ends = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b' ' | b'\n'));
    for (end, byte) in ends.chain([(text.len(), b'\n')]) {
        if let Some(word) = text.get(start..end).filter(|word| !word.is_empty()) {
            wrapping.add_word(start, word);
        }
        start = end + 1;
        if byte == b'\n' {
            wrapping.end_line();
            wrapping.line = start..start;
        }
    }
    wrapping.lines
}

struct Wrapping<'w> {
    room: usize,
    whole: &'w [Range<usize>],
    lines: Vec<Range<usize>>,
    /// The current line; empty until it has a word.
    line: Range<usize>,
    /// Its width.
    used: usize,
}

impl Wrapping<'_> {
    /// Adds the word that starts at this byte.
    fn add_word(&mut self, start: usize, word: &str) {
        let needed = width(word);
        if !self.line.is_empty() {
            let blanks = start.saturating_sub(self.line.end);
            if self.used + blanks + needed <= self.room {
                self.used += blanks;
                self.extend(start + word.len(), needed);
                return;
            }
            self.end_line();
        }
        self.line = start..start;
        let end = start + word.len();
        let is_whole = || self.whole.iter().any(|part| part.start < end && start < part.end);
        if needed <= self.room || is_whole() {
            self.extend(start + word.len(), needed);
        } else {
            self.add_by_grapheme(word);
        }
    }

    /// Breaks a word that is wider than a line, but only between graphemes.
    fn add_by_grapheme(&mut self, word: &str) {
        for grapheme in word.graphemes(true) {
            let needed = width(grapheme);
            if !self.line.is_empty() && self.used + needed > self.room {
                self.end_line();
            }
            self.extend(self.line.end + grapheme.len(), needed);
        }
    }

    fn extend(&mut self, end: usize, needed: usize) {
        self.line.end = end;
        self.used += needed;
    }

    fn end_line(&mut self) {
        self.lines.push(self.line.clone());
        self.line.start = self.line.end;
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{width, wrap, wrap_pieces};

    #[test]
    fn breaks_at_spaces_and_keeps_line_breaks() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n\ntwo", 7), ["one", "", "two"]);
        assert_eq!(wrap("", 7), [""]);
    }

    #[test]
    fn breaks_a_long_word_between_graphemes() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("👩‍👩‍👧👩‍👩‍👧", 2), ["👩‍👩‍👧", "👩‍👩‍👧"]);
        assert_eq!(width("👩‍👩‍👧"), 2);
    }

    #[test]
    fn measures_graphemes_and_ligatures() {
        for (text, columns) in [
            ("a b", 3),
            ("naïve – “quoted”", 16),
            ("日本", 4),
            ("e\u{301}", 1),
            ("☁\u{fe0f}", 2),
            ("👩‍👩‍👧🇪🇸", 4),
            ("لا لا", 3),
            ("ل\u{64b}ا", 1),
            ("soft\u{ad}hyphen", 10),
            ("zero\u{200b}width\u{2060}\u{feff}", 9),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn keeps_what_parts_are_marked_as() {
        let lines = wrap_pieces(&[('a', "one"), ('b', ", two "), ('c', "three")], 8, |_| false);
        let piece = |mark, text: &str| (mark, text.to_owned());
        assert_eq!(lines, [vec![piece('a', "one"), piece('b', ", two")], vec![piece('c', "three")]]);
    }

    /// Words of all kinds of letters, blanks and line breaks, and whatever else there is.
    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,12}",
            "[ \n]{1,3}",
            "[日本👩🇪\u{200d}\u{fe0f}\u{301}\u{ad}\u{200b}☁לאلا]{1,6}",
            any::<char>().prop_map(String::from),
        ];
        // A letter in front: a grapheme does not reach across two parts.
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| format!("x{}", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_fit_the_room_and_lose_only_blanks(parts in proptest::collection::vec(any_text(), 1..4), room in 0..30_usize) {
            let marked: Vec<(usize, &str)> = parts.iter().map(String::as_str).enumerate().collect();
            let lines = wrap_pieces(&marked, room, |_| false);
            for line in &lines {
                let text: String = line.iter().map(|(_, piece)| piece.as_str()).collect();
                let is_one_grapheme = text.graphemes(true).count() == 1;
                prop_assert!(width(&text) <= room.max(1) || is_one_grapheme, "{text:?} in {room}");
            }
            for (mark, part) in parts.iter().enumerate() {
                let pieces = lines.iter().flatten().filter(|(known, _)| *known == mark);
                let kept: String = pieces.flat_map(|(_, piece)| piece.chars()).filter(|c| !" \n".contains(*c)).collect();
                let wanted: String = part.chars().filter(|c| !" \n".contains(*c)).collect();
                prop_assert_eq!(kept, wanted);
            }
            let breaks: usize = parts.iter().map(|part| part.matches('\n').count()).sum();
            prop_assert!(lines.len() > breaks);
        }
    }
}
