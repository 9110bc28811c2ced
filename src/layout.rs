//! How many columns stand side by side, how much room text takes, and where its lines break. Widths are columns of a terminal: a wide character takes
//! two, and what is joined to one picture is measured and kept as one.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::doc::Table;

/// Up to how many columns stand side by side beside the one that names the row.
pub(crate) const MOST_COLUMNS: usize = 4;

/// A line in pieces, each with what it is marked as.
pub(crate) type Pieces<T> = Vec<(T, String)>;

/// Whether a table has more columns than stand side by side on any page.
pub(crate) fn is_stacked(table: &Table<'_>) -> bool {
    table.head.len() > MOST_COLUMNS.saturating_add(1)
}

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    // Most text is plain, and then a byte is a column: a tenth of the work.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// Breaks text into lines no wider than `room`, at spaces where it can. Line breaks in the text are kept.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let lines = wrap_pieces(&[((), text)], room);
    lines.into_iter().map(|pieces| pieces.into_iter().map(|((), text)| text).collect()).collect()
}

/// The same for text whose parts are marked: every piece of a line keeps its mark.
pub(crate) fn wrap_pieces<T: Copy + PartialEq>(parts: &[(T, &str)], room: usize) -> Vec<Pieces<T>> {
    let mut wrapping = Wrapping { room: room.max(1), lines: Vec::new(), line: Vec::new(), used: 0 };
    let mut word: Vec<(T, &str)> = Vec::new();
    for (mark, text) in parts {
        for piece in text.split_inclusive([' ', '\n']) {
            let letters = piece.trim_end_matches([' ', '\n']);
            if !letters.is_empty() {
                word.push((*mark, letters));
            }
            if letters.len() < piece.len() {
                wrapping.push(&std::mem::take(&mut word));
            }
            if piece.ends_with('\n') {
                wrapping.end_line();
            }
        }
    }
    wrapping.push(&word);
    wrapping.end_line();
    wrapping.lines
}

struct Wrapping<T> {
    room: usize,
    lines: Vec<Pieces<T>>,
    line: Pieces<T>,
    used: usize,
}

impl<T: Copy + PartialEq> Wrapping<T> {
    fn push(&mut self, word: &[(T, &str)]) {
        let Some((first, _)) = word.first() else { return };
        let needed = word.iter().fold(0_usize, |sum, (_, text)| sum.saturating_add(width(text)));
        if !self.line.is_empty() {
            if self.used.saturating_add(1).saturating_add(needed) <= self.room {
                // A space belongs to what it follows, unless a new mark begins.
                let mark = self.line.last().map_or(*first, |(last, _)| *last);
                self.add(mark, " ", 1);
            } else {
                self.end_line();
            }
        }
        for (mark, text) in word {
            if needed <= self.room {
                self.add(*mark, text, width(text));
            } else {
                self.add_in_pictures(*mark, text);
            }
        }
    }

    /// A word wider than a line is broken between pictures; one picture is never broken.
    fn add_in_pictures(&mut self, mark: T, text: &str) {
        for picture in text.graphemes(true) {
            let needed = width(picture);
            if !self.line.is_empty() && self.used.saturating_add(needed) > self.room {
                self.end_line();
            }
            self.add(mark, picture, needed);
        }
    }

    fn add(&mut self, mark: T, text: &str, needed: usize) {
        match self.line.last_mut() {
            Some((last, line)) if *last == mark => line.push_str(text),
            _ => self.line.push((mark, text.to_owned())),
        }
        self.used = self.used.saturating_add(needed);
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
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
    fn breaks_a_long_word_between_pictures() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("👩‍👩‍👧👩‍👩‍👧", 2), ["👩‍👩‍👧", "👩‍👩‍👧"]);
        assert_eq!(width("👩‍👩‍👧"), 2);
    }

    #[test]
    fn keeps_what_parts_are_marked_as() {
        let lines = wrap_pieces(&[('a', "one"), ('b', ", two "), ('c', "three")], 8);
        let piece = |mark, text: &str| (mark, text.to_owned());
        assert_eq!(lines, [vec![piece('a', "one"), piece('b', ", two")], vec![piece('c', "three")]]);
    }

    /// Words of all kinds of letters, blanks and line breaks, and whatever else there is.
    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,12}",
            "[ \n]{1,3}",
            "[日本👩🇪\u{200d}\u{fe0f}\u{301}☁לא]{1,6}",
            any::<char>().prop_map(String::from),
        ];
        // A letter in front: a picture does not reach across two parts.
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| format!("x{}", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_fit_the_room_and_lose_only_blanks(parts in proptest::collection::vec(any_text(), 1..4), room in 0..30_usize) {
            let marked: Vec<(usize, &str)> = parts.iter().map(String::as_str).enumerate().collect();
            let lines = wrap_pieces(&marked, room);
            for line in &lines {
                let text: String = line.iter().map(|(_, piece)| piece.as_str()).collect();
                let is_one_picture = text.graphemes(true).count() == 1;
                prop_assert!(width(&text) <= room.max(1) || is_one_picture, "{text:?} in {room}");
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
