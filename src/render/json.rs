//! JSON: the report's own serde view, two spaces a level.

use serde::Serialize;

/// Room for most documents at once: growing step by step copies the text again and again.
const ROOM: usize = 64 * 1024;

/// Renders a document for programs.
pub(super) fn render(report: &impl Serialize) -> String {
    // A report is maps with text keys, lists, text and numbers: nothing in it can fail to be written.
    let mut text = Vec::with_capacity(ROOM);
    if serde_json::to_writer_pretty(&mut text, report).is_err() {
        text.clear();
    }
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}
