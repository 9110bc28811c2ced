//! Updates generated blocks in arbitrary bytes. Afterwards the blocks are up to date, the same blocks are found, a
//! second update changes nothing, and everything outside the blocks is unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolebook::pages::{BlockContent, Syntax, Page, State};

/// A dataset that no page names: what it stands in was written by the program.
const DATASET: &str = "fuzzed-roles";

fuzz_target!(|bytes: &[u8]| {
    // The first byte picks the syntax and the generated text.
    let Some((first, bytes)) = bytes.split_first() else { return };
    let syntax = if first % 2 == 0 { Syntax::Markdown } else { Syntax::Html };
    let texts = ["", "A table.\n", "# A\n\n- b\n\n| c | d |\n| - | - |\n| e | f |\n", "<p>A</p>\n<div>\n"];
    let new = BlockContent {
        dataset: DATASET.to_owned(),
        text: texts[usize::from(first / 2) % texts.len()].to_owned(),
    };
    let is_new = |part: &[u8]| part == DATASET.as_bytes();
    if bytes.windows(DATASET.len()).any(is_new) {
        return;
    }
    let before = Page::new(bytes, syntax);
    assert_eq!(before.filled([]), bytes);
    let written = filled(&before, &new);
    keeps_the_rest(bytes, &written, &new.text, syntax);
    // A page with a problem is not written.
    if !before.problems.is_empty() {
        return;
    }
    let after = Page::new(&written, syntax);
    assert_eq!(told(&after), told(&before));
    assert_eq!(after.problems, []);
    for block in &after.blocks {
        assert_eq!(after.state(block, &new), Ok(State::Fresh));
        assert!(!after.diff("page", block, &new).contains("\n@@"));
    }
    assert_eq!(filled(&after, &new), written);
    let others = BlockContent { dataset: "roles".to_owned(), text: "Another.\n".to_owned() };
    for block in &before.blocks {
        if before.state(block, &others).is_ok_and(|state| state != State::Fresh) {
            assert!(before.diff("page", block, &others).contains("\n@@"));
        }
    }
    // The result only depends on the generated text, not on the previous one.
    let by_way_of_others = filled(&before, &others);
    assert_eq!(filled(&Page::new(&by_way_of_others, syntax), &new), written);
});

fn filled(page: &Page<'_>, new: &BlockContent) -> Vec<u8> {
    page.filled(page.blocks.iter().map(|block| (block, new)))
}

/// The command and heading level of each block.
fn told<'p>(page: &'p Page<'_>) -> Vec<(&'p str, Option<u8>)> {
    page.blocks.iter().map(|block| (block.command.as_str(), block.heading)).collect()
}

/// Walks both versions of a page. Everything outside the generated text must be in the old version, in the same order,
/// with only what a block may contain in between.
fn keeps_the_rest(old: &[u8], new: &[u8], text: &str, syntax: Syntax) {
    let marker = format!("<!-- /rolebook {DATASET} ");
    let mut pieces = Vec::new();
    let mut rest = new;
    while let Some(at) = find(rest, marker.as_bytes()) {
        // In HTML, the blanks before the marker on its line are kept.
        let end = match syntax {
            Syntax::Markdown => at,
            Syntax::Html => {
                let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
                rest[..at].iter().rposition(is_line_end).map_or(0, |last| last + 1)
            }
        };
        let (before, blanks) = rest[..at].split_at(end);
        let generated = match syntax {
            Syntax::Markdown => format!("\n{text}\n"),
            Syntax::Html => text.to_owned(),
        };
        let line_ends = ["\r\n", "\n", "\r"].iter();
        let kept = line_ends.map(|end| before.strip_suffix(generated.replace('\n', end).as_bytes()));
        pieces.push(kept.flatten().next().expect("what is generated stands before its marker"));
        pieces.push(blanks);
        let behind = at + marker.len() + 8 + " -->".len();
        rest = &rest[behind..];
    }
    let Some(mut old) = old.strip_suffix(rest) else { panic!("what follows the last block has changed") };
    for (number, piece) in pieces.iter().enumerate() {
        let at = if number == 0 { 0 } else { find(old, piece).expect("what stands between blocks is kept") };
        old = old[at..].strip_prefix(*piece).expect("what stands before the first block is kept");
    }
    // A comment that the page ends in is one to a browser, so its end may be missing.
    let comment = (0..old.len()).rev().find(|at| old[*at..].starts_with(b"<!--")).map(|at| &old[at..]);
    let is_closing = |comment: &[u8]| comment.windows(9).any(|part| part == b"/rolebook");
    assert!(pieces.is_empty() || comment.is_some_and(is_closing), "more than a block has gone");
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() { Some(0) } else { text.windows(wanted.len()).position(|part| part == wanted) }
}
