//! Unified diffs.

use std::fmt::Write;
use std::ops::Range;

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{ChangeTag, DiffOp, group_diff_ops};

/// Lines shown before and after a change.
pub(crate) const CONTEXT: usize = 3;

/// The unified diff of a part of a file that starts on this line. Bytes that are not UTF-8 are replaced.
pub(crate) fn unified(name: &str, first_line: usize, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let mut out = format!("--- {name}\n+++ {name} (as it would be)\n");
    for group in group_diff_ops(changes(&old, &new), CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        // Writing to a string cannot fail.
        let _ = writeln!(out, "@@ -{} +{} @@", hunk(first_line, old_lines), hunk(first_line, new_lines));
        for change in group.iter().flat_map(|op| op.iter_changes(&*old, &*new)) {
            out.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            out.push_str(change.value());
            if !change.value().ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Computes the differences. The algorithm is fixed, because letting the library choose would add all of them to the
/// binary.
fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut found = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut found, old, 0..old.len(), new, 0..new.len());
    found.into_inner().into_inner().into_ops()
}

/// The first line and the number of lines, written like `diff -u`.
fn hunk(first_line: usize, lines: Range<usize>) -> String {
    let start = first_line + lines.start;
    match lines.len() {
        0 => format!("{},0", start.saturating_sub(1)),
        1 => start.to_string(),
        count => format!("{start},{count}"),
    }
}
