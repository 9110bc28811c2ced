//! Text for people. Characters that could control a terminal or reorder a line are made visible.

use std::borrow::Cow;
use std::fmt::Write;

/// Text for a screen or a page: control characters and bidirectional controls are made visible, runs of spaces and tabs
/// become one space, and CRLF and CR become line breaks. Borrows the text if nothing changes.
pub fn visible(text: &str) -> Cow<'_, str> {
    let mut last_was_space = false;
    if text.bytes().all(|byte| {
        let fits = matches!(byte, b'!'..=b'~' | b'\n') || (byte == b' ' && !last_was_space);
        last_was_space = byte == b' ';
        fits
    }) {
        return Cow::Borrowed(text);
    }
    last_was_space = false;
    let plain = text.chars().all(|c| {
        let fits = c != '\t' && !is_control(c) && !(c == ' ' && last_was_space);
        last_was_space = c == ' ';
        fits
    });
    if plain { Cow::Borrowed(text) } else { Cow::Owned(shown(text)) }
}

/// Like [`visible`], on one line, for messages and titles.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { text }
}

/// A line of a file: control characters and bidirectional controls are made visible, spaces and tabs are kept. Borrows the
/// text if nothing changes.
pub fn visible_exact(line: &str) -> Cow<'_, str> {
    if !line.chars().any(|c| c != '\t' && is_control(c)) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c != '\t' && is_control(c) { show_control(c, &mut out) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Whether the whole text is a web address. Only such text becomes a link, so that no script can.
pub fn is_web_address(text: &str) -> bool {
    let has_scheme = text.starts_with("https://") || text.starts_with("http://");
    has_scheme && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '|' | '\\'))
}

fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' => out.push('\n'),
            c if is_control(c) => show_control(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is in C0, DEL, C1 or a bidirectional control; a line break is not included.
pub(crate) fn is_control(c: char) -> bool {
    c != '\n'
        && (c.is_control()
            || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// C0 and DEL have control pictures in Unicode; other characters are shown by code point.
fn show_control(c: char, out: &mut String) {
    let symbol = match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(code + 0x2400),
        0x7f => Some('␡'),
        _ => None,
    };
    match symbol {
        Some(symbol) => out.push(symbol),
        None => {
            // Writing to a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{is_web_address, visible, visible_exact, visible_line};

    #[test]
    fn controls_are_shown() {
        assert_eq!(visible("a\x1b[31mb\x07\x7f"), "a␛[31mb␇␡");
        assert_eq!(visible("\u{9b}2J \u{202e}x\u{2069}"), "<U+009B>2J <U+202E>x<U+2069>");
    }

    #[test]
    fn blanks_are_one_space_and_line_ends_are_one_kind() {
        assert_eq!(visible("a \t  b\r\nc\rd\ne"), "a b\nc\nd\ne");
        for (text, seen) in [("  a", " a"), ("\t", " "), ("é  é", "é é"), ("  é", " é")] {
            assert_eq!(visible(text), seen, "{text:?}");
        }
        assert_eq!(visible_line("a\r\nb"), "a b");
    }

    #[test]
    fn a_line_of_a_file_is_exact_but_for_controls() {
        assert_eq!(visible_exact("a  b\tc \r\x1b"), "a  b\tc ␍␛");
    }

    #[test]
    fn ordinary_text_is_itself() {
        for text in ["", "naïve – 日本語 👩‍👩‍👧", "one\ntwo", " a "] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text), "{text}");
            assert!(matches!(visible_exact(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn only_addresses_on_the_web_are_links() {
        assert!(is_web_address("https://example.org/a?b=c&d=(e)"));
        for text in ["javascript:alert(1)", "example.org", "https://example.org/<b>", "https://a b"] {
            assert!(!is_web_address(text), "{text}");
        }
    }
}
