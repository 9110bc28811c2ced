//! Puts arbitrary texts into a document. A GitHub-flavoured Markdown parser must read back exactly these texts in the
//! intended structure.

#![no_main]

use std::fmt::Write;

use libfuzzer_sys::fuzz_target;
use rolebook::doc::{Block, Cell, Doc, Line, Table, Tone};
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::text::{visible, visible_line};
use rolebook_fuzz::texts;

#[path = "../../tests/support/read_back.rs"]
mod read_back;
#[path = "../../tests/support/plain_report.rs"]
mod plain_report;

use read_back::read_back;
use plain_report::PlainReport;

fuzz_target!(|bytes: &[u8]| {
    let texts = texts(bytes);
    unmarked(&texts);
    for three in texts.chunks_exact(3) {
        marked(three);
    }
});

/// Text without formatting is read back unchanged, in every kind of block.
fn unmarked(texts: &[String]) {
    let mut doc = Doc::new(texts[0].clone());
    let mut expected = format!("h1({})", visible(&texts[0]));
    for (number, pair) in texts[1..].chunks_exact(2).enumerate() {
        let [one, two] = [&pair[0], &pair[1]];
        let [one_shown, two_shown] = [visible(one), visible(two)];
        doc.heading(2, one.clone());
        write!(expected, "h2({one_shown})").expect("a string takes all");
        match number % 4 {
            // One line break alone is a block of HTML, and nothing alone is nothing.
            0 | 1 if [&one_shown, &two_shown].iter().any(|text| matches!(text.as_ref(), "" | "\n")) => {}
            0 => {
                doc.paragraph(two.clone());
                write!(expected, "p({two_shown})").expect("a string takes all");
            }
            1 => {
                doc.push(Block::List(vec![plain(one), plain(two)]));
                write!(expected, "ul(li({one_shown})li({two_shown}))").expect("a string takes all");
            }
            2 => {
                doc.table(Table {
                    head: vec![plain(one), plain("B")],
                    rows: vec![vec![cell(&[two]), cell(&[one, two])], vec![cell(&[]), cell(&["x"])]],
                });
                let rows = format!("row(cell({two_shown})cell({one_shown}\n{two_shown}))row(cell(—)cell(x))");
                write!(expected, "table(head(cell({one_shown})cell(B)){rows})").expect("a string takes all");
            }
            _ => {
                let head = ["Name", "B", "C", "D", "E", "F"].map(plain).to_vec();
                let row = vec![
                    cell(&["n"]),
                    cell(&[one]),
                    cell(&[one, two]),
                    cell(&[]),
                    cell(&["x"]),
                    cell(&["y"]),
                ];
                doc.table(Table { head, rows: vec![row] });
                let first = if one_shown.is_empty() { String::new() } else { format!(" {one_shown}") };
                let points = format!("li(B:{first})li(C: {one_shown}\n{two_shown})li(D: —)li(E: x)li(F: y)");
                write!(expected, "ul(li(nul({points})))").expect("a string takes all");
            }
        }
    }
    let written = markdown(doc);
    assert_eq!(read_back(&written), expected, "{written}");
}

/// Formatted text is read back, without the formatting where Markdown cannot express it.
fn marked(texts: &[String]) {
    for tone in [Tone::Strong, Tone::Muted, Tone::Code] {
        let line = plain(&texts[0]).and(tone, texts[1].clone()).and(Tone::Plain, texts[2].clone());
        let shown = if tone == Tone::Code { visible_line(&texts[1]) } else { visible(&texts[1]) };
        let expected = [visible(&texts[0]), shown, visible(&texts[2])].concat();
        // If the text between is empty, the neighbours join, and CR and LF become one line break.
        let is_one = texts[1].is_empty() && texts[0].ends_with('\r') && texts[2].starts_with('\n');
        // Text that looks like formatting read back cannot be distinguished from it.
        let is_like_a_mark = MARKS.iter().any(|mark| expected.contains(mark));
        if is_one || is_like_a_mark || matches!(expected.as_str(), "" | "\n") {
            continue;
        }
        let expected = bare(&expected);
        let mut doc = Doc::new("Title");
        doc.paragraph(line.clone());
        doc.table(Table { head: vec![plain("A")], rows: vec![vec![vec![line]]] });
        let written = markdown(doc);
        let read = read_back(&written);
        let (_, paragraph) = read.split_once("p(").expect("a paragraph");
        let (_, row) = read.rsplit_once("head(cell(A))row(cell(").expect("a table");
        assert!(bare(paragraph).starts_with(&expected), "{written}\n{expected:?}");
        assert_eq!(bare(row), expected, "{written}");
    }
}

/// What is read back before a text that stands between marks.
const MARKS: [&str; 3] = ["strong(", "em(", "code("];

/// Removes formatting and brackets, and collapses runs of blanks.
fn bare(text: &str) -> String {
    let without = MARKS.iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""));
    let words = without.replace(')', "");
    words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn markdown(doc: Doc<'_>) -> String {
    render(&PlainReport(doc), Format::Markdown, TerminalOptions { width: 80, color: false })
}

fn plain(text: &str) -> Line<'static> {
    Line::from(text.to_owned())
}

fn cell(texts: &[&str]) -> Cell<'static> {
    texts.iter().map(|text| plain(text)).collect()
}
