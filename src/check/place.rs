//! Where a rule is broken, as a way into the dataset, and which bytes of the text that is.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::format::tree::{Node, Value};

/// What the rules found, each with the way to it.
pub(super) type Findings = Vec<Diagnostic<Way>>;

/// The way from the whole dataset to something in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Way(Vec<Turn>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Turn {
    /// To the value of a key.
    Key(&'static str),
    /// To an item of a list.
    Item(usize),
    /// To a key itself, by its place in the object: the dataset's owner has named it.
    Name(usize),
    /// To the value of such a key.
    Entry(usize),
}

impl Way {
    /// The way to an item of a list of the dataset.
    pub(super) fn to(list: &'static str, item: usize) -> Self {
        Self::default().list(list, item)
    }

    #[must_use]
    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.0.push(Turn::Key(key));
        self
    }

    #[must_use]
    pub(super) fn list(self, list: &'static str, item: usize) -> Self {
        let mut way = self.key(list);
        way.0.push(Turn::Item(item));
        way
    }

    #[must_use]
    pub(super) fn entry(mut self, entry: usize) -> Self {
        self.0.push(Turn::Entry(entry));
        self
    }

    #[must_use]
    pub(super) fn name(mut self, entry: usize) -> Self {
        self.0.push(Turn::Name(entry));
        self
    }
}

/// The span of what stands nowhere in the text: it was put where something was broken, which has been reported.
pub(super) const NOWHERE: Range<usize> = usize::MAX..usize::MAX;

/// A finding with its bytes; none where it speaks of what stands nowhere.
pub(super) fn located(text: &str, tree: &Node<'_>, finding: Diagnostic<Way>) -> Option<Diagnostic> {
    let span = follow(text, tree, &finding.at)?;
    Some(finding.moved(span))
}

fn follow(text: &str, tree: &Node<'_>, way: &Way) -> Option<Range<usize>> {
    let mut node = tree;
    for turn in &way.0 {
        let next = match (turn, &node.value) {
            (Turn::Key(key), Value::Map(entries)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
            }
            (Turn::Item(item), Value::List(items)) => items.get(*item),
            (Turn::Name(entry), Value::Map(entries)) => {
                let entry = entries.get(*entry)?;
                return (entry.key_span != NOWHERE).then(|| entry.key_span.clone());
            }
            (Turn::Entry(entry), Value::Map(entries)) => entries.get(*entry).map(|entry| &entry.value),
            _ => None,
        };
        // What is left out is missed where it would stand.
        let Some(next) = next else { break };
        if next.span == NOWHERE {
            return None;
        }
        if !holds(&node.span, &next.span) {
            // An alias: the mistake is where it stands, not where the original does.
            return Some(head(text, node));
        }
        node = next;
    }
    (node.span != NOWHERE).then(|| head(text, node))
}

/// Whether one place is inside another.
pub(super) fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The part of a value to point at: a scalar itself, of a collection its bracket, dash or first key.
pub(super) fn head(text: &str, node: &Node<'_>) -> Range<usize> {
    let Range { start, end } = node.span;
    let bracket = start..start.saturating_add(1).min(end);
    match &node.value {
        Value::List(_) => bracket,
        Value::Map(entries) => match (text.as_bytes().get(start), entries.first()) {
            (Some(b'{' | b'*'), _) | (_, None) => bracket,
            (_, Some(first)) if holds(&node.span, &first.key_span) => first.key_span.clone(),
            _ => bracket,
        },
        _ => node.span.clone(),
    }
}
