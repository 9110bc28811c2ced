//! CSV according to RFC 4180: a header, and CRLF after every record. Text is never changed, even if a spreadsheet would
//! take it for a formula.
//!
//! Written by hand because no crate distinguishes an empty text, which is quoted, from a missing value, which is not.

use super::INITIAL_CAPACITY;
use crate::doc::{Records, Value};

/// Renders a header and the records.
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

/// Text as a field. It is quoted if it contains a separator, and also if it is empty or has spaces at its ends, which a
/// careless reader might drop.
fn field(text: &str) -> String {
    if text.is_empty() || text.contains(['"', ',', '\r', '\n']) || text.trim().len() < text.len() {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
