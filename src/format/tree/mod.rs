//! A common tree for JSON and YAML. Every value and key has its byte range, so that problems can be shown in place.

mod de;
mod json;
#[cfg(test)]
mod tests;
mod yaml;
mod yaml_error;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use de::ReadError;
pub(crate) use json::json;
pub(crate) use yaml::yaml;

use super::origin::Syntax;
use crate::diagnostic::{Code, Diagnostic};

/// The deepest nesting of lists and objects: the limit of `serde_json`, also used for YAML.
const MAX_DEPTH: usize = 127;

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    /// Bytes of the text: a scalar with its quotes, or with its `|` or `>`; a collection from its first character
    /// to its last. The value of an alias has the span of the alias; values inside it have those of the original.
    pub(crate) span: Range<usize>,
    pub(crate) value: Value<'a>,
}

impl Node<'_> {
    /// The same tree, with texts of its own.
    pub(crate) fn into_owned<'o>(self) -> Node<'o> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let value = match self.value {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Number(number) => Value::Number(number),
            Value::Text(text) => Value::Text(own(text)),
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Map(entries) => {
                let entry = |Entry { key, key_span, value }: Entry<'_>| Entry {
                    key: own(key),
                    key_span,
                    value: value.into_owned(),
                };
                Value::Map(entries.into_iter().map(entry).collect())
            }
        };
        Node { span: self.span, value }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
}

/// A key and its value. Keys may occur twice in a [`Value::Map`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Node<'a>,
}

/// The three kinds of number that `serde_json` distinguishes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl Value<'_> {
    /// Its name in messages such as "expected text, found a number".
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}

/// Parses a text.
pub(crate) fn parse(text: &str, syntax: Syntax) -> Result<Node<'_>, Diagnostic> {
    match syntax {
        Syntax::Json => json(text),
        Syntax::Yaml => yaml(text),
    }
}

/// Adds to a list, without capacity for more if it is the first: a file may have many lists and objects of one.
fn push<T>(list: &mut Vec<T>, item: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(item);
}

fn too_deep(span: Range<usize>) -> Diagnostic {
    let message = format!("lists and objects are nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new(Code::TooDeep, span, message)
}

/// The span of the whole character that contains byte `at`; empty at the end.
fn character(text: &str, at: usize) -> Range<usize> {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start = start.saturating_sub(1);
    }
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start..start + length
}
