//! JSON: the serialised report, indented by two spaces per level.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::Out;

/// Writes a document. It consists of maps with text keys, lists, text and numbers, so serialising it cannot fail.
pub(super) fn write(report: &impl Serialize, out: &mut Out<'_>) -> io::Result<()> {
    report.serialize(&mut Serializer::with_formatter(&mut *out, Indented::default()))?;
    out.write_all(b"\n")
}

/// Renders a document on one line, for a stream of results.
pub(super) fn render_line(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Produces the same output as `serde_json`'s pretty formatter, but writes the indent of a line at once instead of level
/// by level. Documents are deeply nested: of the 2.9 M instructions of `compare --json`, this saves 0.5 M. What its time
/// must be is in docs/performance.md.
#[derive(Default)]
struct Indented {
    level: usize,
    has_value: bool,
}

impl Indented {
    /// A comma, a line break and a long indent; the part that is needed between two values is written.
    const BREAK: &[u8] = b",\n                                                                ";

    fn line<W: ?Sized + Write>(&self, writer: &mut W, has_comma: bool) -> io::Result<()> {
        let start = usize::from(!has_comma);
        let end = self.level * 2 + 2;
        let most = end.min(Self::BREAK.len());
        writer.write_all(Self::BREAK.get(start..most).unwrap_or_default())?;
        (most..end).try_for_each(|_| writer.write_all(b" "))
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level = self.level.saturating_sub(1);
        if self.has_value {
            self.line(writer, false)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, !first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, !first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::render_document;

    #[test]
    fn is_what_serde_json_writes() {
        let mut deep = json!("at the bottom");
        for _ in 0..40 {
            deep = json!({"empty": [], "list": [1, {}, [null]], "deeper": deep});
        }
        assert_eq!(render_document(&deep), format!("{}\n", serde_json::to_string_pretty(&deep).unwrap()));
    }
}
