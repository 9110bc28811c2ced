//! Problems for people: what is wrong, an excerpt of the file with the place marked, and how to fix it.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Checked, Diagnostic, Place, Severity, Unit};
use crate::text::{is_control, visible_exact, visible_line};

/// The number of characters shown of a long line before the place, and from the place on.
const AROUND: usize = 200;

/// All problems of a file, one below the other, each followed by an empty line.
pub fn excerpts(checked: &Checked, color: bool, width: usize) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(width);
    let name = visible_line(&checked.name);
    checked
        .placed()
        .map(|(diagnostic, place)| excerpt(&renderer, &name, checked, diagnostic, place) + "\n\n")
        .collect()
}

fn excerpt(
    renderer: &Renderer,
    name: &str,
    checked: &Checked,
    diagnostic: &Diagnostic,
    place: Place,
) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let Excerpt { line, span, is_cut } = Excerpt::around(&checked.text, &diagnostic.at);
    let message = diagnostic.found();
    let message = visible_exact(&message);
    // Names or advice stand next to the place, everything else below.
    let is_beside = !diagnostic.candidates.is_empty() || diagnostic.advice.is_some();
    let mut hints = diagnostic.hints().into_iter();
    let advice = if is_beside { hints.next() } else { None };
    let advice = advice.map(|hint| visible_exact(&hint).into_owned());
    let note = hints.collect::<Vec<_>>().join("; ");
    let note = visible_exact(&note);
    let mark = AnnotationKind::Primary.span(span).label(advice.as_deref());
    let snippet = Snippet::source(line).line_start(place.line).annotation(mark);
    let title = level.primary_title(message.as_ref()).id(diagnostic.code.name());
    let cell = visible_line(&checked.place_of(place)).into_owned();
    let mut group = if checked.unit == Unit::Cells {
        title.element(Origin::path(&cell)).element(snippet)
    } else if is_cut || checked.unit == Unit::Columns {
        // The excerpt may start in the middle of the line, so give the real column.
        title.element(Origin::path(name).line(place.line).char_column(place.column)).element(snippet)
    } else {
        title.element(snippet.path(name))
    };
    if !note.is_empty() {
        group = group.element(Level::NOTE.no_name().message(note.as_ref()));
    }
    renderer.render(&[group])
}

/// The line on which a place begins, with every character visible. Of a very long line, such as a JSON file without line
/// breaks, only the part around the place is shown.
#[derive(Debug, PartialEq)]
struct Excerpt {
    line: String,
    /// The place in it.
    span: Range<usize>,
    /// Whether the beginning of the line is cut off.
    is_cut: bool,
}

impl Excerpt {
    /// Reads no more of the text than it shows.
    fn around(text: &str, at: &Range<usize>) -> Self {
        let (before, rest) = text.split_at_checked(at.start).unwrap_or((text, ""));
        let is_in_line = |c: &char| !matches!(c, '\n' | '\r');
        let mut led: Vec<char> = before.chars().rev().take_while(is_in_line).take(AROUND + 1).collect();
        let is_cut = led.len() > AROUND;
        led.truncate(AROUND);
        let mut line: String = led.into_iter().rev().map(seen).collect();
        let start = line.len();
        let length = at.end.saturating_sub(at.start);
        let (marked, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        line.extend(marked.chars().take_while(is_in_line).take(AROUND).map(seen));
        let end = line.len();
        if !marked.contains(['\n', '\r']) {
            line.extend(after.chars().take_while(|c| !matches!(c, '\n' | '\r')).take(AROUND).map(seen));
        }
        Self { line, span: start..end, is_cut }
    }
}

/// Replaces an invisible character by a visible one, so that columns stay the same.
fn seen(c: char) -> char {
    match c {
        '\t' => ' ',
        // A terminal shows it, but it would not be counted here.
        '\u{ad}' => '\u{2010}',
        c if !is_control(c) => c,
        c => match u32::from(c) {
            code @ 0..=0x1f => char::from_u32(code + 0x2400).unwrap_or('\u{fffd}'),
            0x7f => '␡',
            _ => '\u{fffd}',
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    fn around(text: &str, from: usize, to: usize) -> (String, String, bool) {
        let Excerpt { line, span, is_cut } = Excerpt::around(text, &(from..to));
        let marked = line.get(span).unwrap().to_owned();
        (line, marked, is_cut)
    }

    #[test]
    fn a_line_is_shown_around_the_place() {
        let shown = |line: &str, marked: &str| (line.to_owned(), marked.to_owned(), false);
        assert_eq!(around("a\nb\tcd\r\ne", 4, 5), shown("b cd", "c"));
        assert_eq!(around("a\nb: |\n  c\n", 5, 10), shown("b: |", "|"));
        assert_eq!(around("soft\u{ad}hyphen", 6, 12), shown("soft\u{2010}hyphen", "hyphen"));
        assert_eq!(around("\u{1b}[2J\u{7f}\u{202e}x", 8, 9), shown("␛[2J␡\u{fffd}x", "x"));
        for (before, begins_before) in [(200, false), (201, true), (1000, true)] {
            let long = format!("{}x{}", "a".repeat(before), "b".repeat(1000));
            let (line, marked, is_cut) = around(&long, before, before + 1);
            assert_eq!((line.len(), marked.as_str(), is_cut), (401, "x", begins_before));
        }
    }
}
