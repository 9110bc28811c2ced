//! CSV as RFC 4180 has it: a header, CRLF behind every record, text exact to the character. The values are never
//! changed, not even those that a spreadsheet takes for formulas.
//!
//! Written here and not by a crate, for one difference that none offers: an empty text is quoted, what is absent is
//! not.

use super::INITIAL_CAPACITY;
use crate::doc::{Records, Value};

/// Renders records, the names of their columns first.
pub(super) fn render(records: &Records<'_>) -> String {
    let mut out = String::with_capacity(INITIAL_CAPACITY);
    record(records.columns().iter().map(|name| field(name)), &mut out);
    for row in records.rows() {
        record(row.iter().map(value), &mut out);
    }
    out
}

fn record(fields: impl Iterator<Item = String>, out: &mut String) {
    for (position, field) in fields.enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str(&field);
    }
    out.push_str("\r\n");
}

fn value(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => field(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Nothing => String::new(),
    }
}

/// Text as a field: quoted where it holds what divides fields and records, and where blanks at its ends, or its
/// being empty, would be lost on a careless reader.
fn field(text: &str) -> String {
    if text.is_empty() || text.contains(['"', ',', '\r', '\n']) || text.trim().len() < text.len() {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
