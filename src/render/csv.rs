//! CSV according to RFC 4180: a header, and CRLF after every record. Text is never changed, even if a spreadsheet would
//! take it for a formula.
//!
//! Written by hand because no crate distinguishes an empty text, which is quoted, from a missing value, which is not.

use std::io::{self, Write};

use super::Out;
use crate::doc::{Records, Value};

/// Writes a header and the records.
pub(super) fn write(records: Records<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let (columns, rows) = records.into_parts();
    for (position, name) in columns.iter().enumerate() {
        separator(position, out)?;
        field(name, out)?;
    }
    out.write_all(b"\r\n")?;
    for row in rows {
        for (position, cell) in row.iter().enumerate() {
            separator(position, out)?;
            value(cell, out)?;
        }
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

fn separator(position: usize, out: &mut Out<'_>) -> io::Result<()> {
    if position == 0 { Ok(()) } else { out.write_all(b",") }
}

fn value(value: &Value<'_>, out: &mut Out<'_>) -> io::Result<()> {
    match value {
        Value::Text(text) => field(text, out),
        Value::Number(number) => write!(out, "{number}"),
        Value::Bool(true) => out.write_all(b"true"),
        Value::Bool(false) => out.write_all(b"false"),
        Value::Nothing => Ok(()),
    }
}

/// Text as a field. It is quoted if it contains a separator, and also if it is empty or has spaces at its ends, which a
/// careless reader might drop.
fn field(text: &str, out: &mut Out<'_>) -> io::Result<()> {
    let is_special = |byte| matches!(byte, b'"' | b',' | b'\r' | b'\n');
    if text.is_empty() || text.bytes().any(is_special) || text.trim().len() < text.len() {
        out.write_all(b"\"")?;
        out.write_all(text.replace('"', "\"\"").as_bytes())?;
        return out.write_all(b"\"");
    }
    out.write_all(text.as_bytes())
}
