//! Writes parts of a file as a tree, and a tree as JSON, or as YAML in the style that a person would use.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::tree::{Node, Number, Value, json};
use super::yaml_text;

/// The longest line with several values.
const WIDTH: usize = 100;

/// The tree of a part of a file.
pub(crate) fn tree_of<'t>(part: &impl Serialize) -> Node<'t> {
    // Writing to memory cannot fail, nor reading what was written.
    let text = serde_json::to_string(part).unwrap_or_default();
    json(&text).map_or(Node { span: 0..0, value: Value::Null }, Node::into_owned)
}

/// A tree as JSON, indented by two spaces per level.
pub(crate) fn write_json(tree: &Node<'_>) -> String {
    // Writing a tree to memory cannot fail.
    serde_json::to_string_pretty(tree).unwrap_or_default() + "\n"
}

/// A tree as YAML: small objects and lists on one line, others with one line per value.
pub(crate) fn write_yaml(tree: &Node<'_>) -> String {
    let mut out = String::new();
    block(&mut out, tree, 0);
    out
}

/// Writes the entries of an object or list, one per line with this indentation.
fn block(out: &mut String, node: &Node<'_>, indent: usize) {
    match &node.value {
        Value::Map(entries) if !entries.is_empty() => {
            for (place, entry) in entries.iter().enumerate() {
                // The first entry of a list item follows the dash.
                if place > 0 || !out.ends_with("- ") {
                    pad(out, indent);
                }
                out.push_str(&yaml_text(&entry.key));
                out.push(':');
                value(out, &entry.value, indent, entry.key.len() + 1);
            }
        }
        Value::List(items) if !items.is_empty() => {
            for item in items {
                pad(out, indent);
                out.push_str("- ");
                if is_scalar(item) || fits(item, indent + 2) {
                    flow(out, item);
                    out.push('\n');
                } else {
                    block(out, item, indent + 2);
                }
            }
        }
        _ => {
            flow(out, node);
            out.push('\n');
        }
    }
}

/// Writes what follows a key.
fn value(out: &mut String, node: &Node<'_>, indent: usize, taken: usize) {
    let is_list_of_objects = matches!(&node.value, Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Map(_))));
    if is_scalar(node) || (!is_list_of_objects && fits(node, indent + taken + 1)) {
        out.push(' ');
        flow(out, node);
        out.push('\n');
    } else {
        out.push('\n');
        block(out, node, indent + 2);
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn is_scalar(node: &Node<'_>) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => true,
    }
}

/// Whether a value fits on the rest of a line and is simple enough to be readable there.
fn fits(node: &Node<'_>, taken: usize) -> bool {
    let mut line = String::new();
    if depth(node) > 2 || size(node, WIDTH) > WIDTH {
        return false;
    }
    flow(&mut line, node);
    taken + line.chars().count() <= WIDTH
}

fn depth(node: &Node<'_>) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.iter().map(|entry| depth(&entry.value)).max().unwrap_or(0),
        _ => 0,
    }
}

/// A lower bound for the length of a value in bytes, counted up to a limit.
fn size(node: &Node<'_>, most: usize) -> usize {
    let mut total = 0;
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        total += match &node.value {
            Value::Text(text) => text.len(),
            Value::List(items) => {
                open.extend(items.iter().take(most));
                items.len()
            }
            Value::Map(entries) => {
                open.extend(entries.iter().take(most).map(|entry| &entry.value));
                entries.iter().take(most).map(|entry| entry.key.len()).sum()
            }
            _ => 1,
        };
        if total > most {
            break;
        }
    }
    total
}

/// Writes a value on one line.
fn flow(out: &mut String, node: &Node<'_>) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(Number::Unsigned(value)) => out.push_str(&value.to_string()),
        Value::Number(Number::Negative(value)) => out.push_str(&value.to_string()),
        // As in JSON, so that `1.0` stays a float and `1e300` stays short.
        Value::Number(Number::Float(value)) => out.push_str(&serde_json::Value::from(*value).to_string()),
        Value::Text(text) => out.push_str(&yaml_text(text)),
        Value::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                out.push_str(if place > 0 { ", " } else { "" });
                flow(out, item);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (place, entry) in entries.iter().enumerate() {
                out.push_str(if place > 0 { ", " } else { "" });
                out.push_str(&yaml_text(&entry.key));
                out.push_str(": ");
                flow(out, &entry.value);
            }
            out.push('}');
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(Number::Unsigned(value)) => serializer.serialize_u64(*value),
            Value::Number(Number::Negative(value)) => serializer.serialize_i64(*value),
            Value::Number(Number::Float(value)) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}
