//! What would change, as a unified diff.

use std::fmt::Write;
use std::ops::Range;

use similar::{ChangeTag, TextDiff};

/// Lines shown before and after a change.
pub(super) const CONTEXT: usize = 3;

/// The unified diff of a part of a file that starts on this line; a part that is not UTF-8 is shown as well as it can.
pub(super) fn unified(name: &str, first_line: usize, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(&*old, &*new);
    let mut out = format!("--- {name}\n+++ {name} (as it would be)\n");
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        // Writing to a string cannot fail.
        let _ = writeln!(out, "@@ -{} +{} @@", hunk(first_line, old_lines), hunk(first_line, new_lines));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            out.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            out.push_str(change.value());
            if change.missing_newline() {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// The first line and the number of lines, in the manner of `diff -u`.
fn hunk(first_line: usize, lines: Range<usize>) -> String {
    let start = first_line.saturating_add(lines.start);
    match lines.len() {
        0 => format!("{},0", start.saturating_sub(1)),
        1 => start.to_string(),
        count => format!("{start},{count}"),
    }
}
