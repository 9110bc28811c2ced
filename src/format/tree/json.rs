//! JSON. `serde_json` parses and validates; a cursor follows it through the
//! text to find positions. It takes one pass, whatever the depth.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Entry, Node, Number, Value, character, push, too_deep};
use crate::diagnostic::{Code, Diagnostic};

/// Reads JSON.
///
/// # Errors
///
/// If `serde_json` refuses the text, with the place where it does.
pub(crate) fn json(text: &str) -> Result<Node<'_>, Diagnostic> {
    let mut cursor = Cursor { text, at: 0 };
    let mut parser = serde_json::Deserializer::from_str(text);
    NodeSeed(&mut cursor)
        .deserialize(&mut parser)
        .and_then(|node| parser.end().map(|()| node))
        .map_err(|error| syntax_error(text, &error))
}

/// The position of `serde_json`. It has validated the text before the cursor
/// passes it, so the cursor does not have to.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Moves to the next token that starts or ends a value.
    fn seek(&mut self) -> usize {
        let rest = self.rest();
        let filler = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':'));
        self.advance(filler.unwrap_or(rest.len()));
        self.at
    }

    /// Passes a token of known length.
    fn take(&mut self, bytes: usize) -> Range<usize> {
        let start = self.at;
        self.advance(bytes);
        start..self.at
    }

    /// Passes a string without escapes, quotes and all.
    fn take_plain(&mut self, content: &str) -> Range<usize> {
        self.take(content.len() + 2)
    }

    /// Passes a string with escapes.
    fn take_escaped(&mut self) -> Range<usize> {
        let mut length = 1_usize;
        let mut bytes = self.rest().iter().skip(1);
        while let Some(byte) = bytes.next() {
            length += 1;
            match byte {
                b'"' => break,
                b'\\' => {
                    bytes.next();
                    length += 1;
                }
                _ => {}
            }
        }
        self.take(length)
    }

    fn number<'t>(&mut self, value: Number) -> Node<'t> {
        let rest = self.rest();
        let length = rest
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
            .unwrap_or(rest.len());
        Node { span: self.take(length), value: Value::Number(value) }
    }
}

struct NodeSeed<'c, 'a>(&'c mut Cursor<'a>);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, 'de> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.0.seek();
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, 'de> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node { span: self.0.take(4), value: Value::Null })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node { span: self.0.take(if value { 4 } else { 5 }), value: Value::Bool(value) })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(self.0.number(Number::Unsigned(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(self.0.number(Number::Negative(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(self.0.number(Number::Float(value)))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node { span: self.0.take_plain(value), value: Value::Text(Cow::Borrowed(value)) })
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node { span: self.0.take_escaped(), value: Value::Text(Cow::Owned(value.to_owned())) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let start = self.0.take(1).start;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(NodeSeed(self.0))? {
            push(&mut items, item);
        }
        self.0.seek();
        Ok(Node { span: start..self.0.take(1).end, value: Value::List(items) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let start = self.0.take(1).start;
        let mut entries = Vec::new();
        while let Some((key, key_span)) = access.next_key_seed(KeySeed(self.0))? {
            let value = access.next_value_seed(NodeSeed(self.0))?;
            push(&mut entries, Entry { key, key_span, value });
        }
        self.0.seek();
        Ok(Node { span: start..self.0.take(1).end, value: Value::Map(entries) })
    }
}

struct KeySeed<'c, 'a>(&'c mut Cursor<'a>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, 'de> {
    type Value = (Cow<'de, str>, Range<usize>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.seek();
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, 'de> {
    type Value = (Cow<'de, str>, Range<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok((Cow::Borrowed(value), self.0.take_plain(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok((Cow::Owned(value.to_owned()), self.0.take_escaped()))
    }
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Diagnostic {
    let full = error.to_string();
    // Remove the position from the message, because the span has it.
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
    let span = if error.is_eof() {
        text.len()..text.len()
    } else {
        character(text, offset(text, error.line(), error.column()))
    };
    if message == "recursion limit exceeded" {
        return too_deep(span);
    }
    let found = text.get(span.clone()).unwrap_or_default();
    let help = match (message, found) {
        ("trailing comma", _) => "remove the comma: JSON has none before `}` or `]`",
        (_, "'") => "JSON writes keys and text in double quotes",
        (_, "/" | "#") => "JSON has no comments; YAML has, after `#`",
        ("key must be a string", _) => "put the key in double quotes",
        ("control character (\\u0000-\\u001F) found while parsing a string", _) => {
            "close the text on its line; a line break in it is written `\\n`, a tab `\\t`"
        }
        ("invalid escape", _) => "write a backslash as `\\\\`",
        ("expected ident", _) => {
            "the words of JSON are `true`, `false` and `null`; text stands in double quotes"
        }
        ("expected value", _) => "text stands in double quotes; a number begins with a digit or `-`",
        ("invalid number", _) => "a number has no zero before its digits, and digits behind its point",
        ("trailing characters", _) => "remove what follows: the dataset ends before it",
        ("EOF while parsing a string", _) => "close the text with `\"`",
        ("EOF while parsing a list", _) => "close the list with `]`",
        ("EOF while parsing an object", _) => "close the object with `}`",
        _ => "",
    };
    let message = match message.strip_prefix("EOF while parsing ") {
        _ if message == "expected ident" => "this word is not one of JSON’s".to_owned(),
        Some("a value") => "the file ends where a value is expected".to_owned(),
        Some(what) => format!("the file ends in the middle of {what}"),
        None => message.to_owned(),
    };
    let error = Diagnostic::new(Code::JsonSyntax, span, message);
    if help.is_empty() { error } else { error.advice(help) }
}

/// The byte that `serde_json` means: its lines count from 1, its columns are
/// bytes, and name the last byte it looked at.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column).saturating_sub(1)
}
