//! JSON: the report's own serde view, two spaces a level.

use serde::Serialize;

/// Renders a document for programs.
pub(super) fn render(report: &impl Serialize) -> String {
    // A report is maps with text keys, lists, text and numbers: nothing in it can fail to be written.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
