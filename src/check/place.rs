//! The place where a rule is broken: a path in the dataset, and its byte range in the text.

use std::collections::HashMap;
use std::ops::Range;

use super::structure::PLACEHOLDER_ID;
use crate::diagnostic::{Code, Diagnostic, MOST_LISTED, ProblemList, Unlisted, line_ends_in};
use crate::format::tree::{Node, Value};

/// The problems found. Above a limit they are only counted. A name that is misspelt in several places is one problem.
#[derive(Debug)]
pub(super) struct Findings<At = Path> {
    listed: Vec<Diagnostic<At>>,
    /// The indices of misspelt names, by code and message.
    unknown: HashMap<(Code, String), usize>,
    unlisted: Unlisted,
    /// Codes to ignore.
    allowed: Vec<Code>,
    /// The first place of repeated things, by the index of the problem.
    first: HashMap<usize, At>,
}

impl<At> Default for Findings<At> {
    fn default() -> Self {
        Self {
            listed: Vec::new(),
            unknown: HashMap::new(),
            unlisted: Unlisted::default(),
            allowed: Vec::new(),
            first: HashMap::new(),
        }
    }
}

impl<At> Findings<At> {
    /// Ignores problems with these codes from here on.
    pub(super) fn allow(&mut self, codes: &[Code]) {
        self.allowed.extend_from_slice(codes);
    }

    pub(super) fn push(&mut self, found: Diagnostic<At>) {
        if self.allowed.contains(&found.code) {
            return;
        }
        if found.code.is_unknown_name() {
            let name = (found.code, found.message.clone());
            if let Some(first) = self.unknown.get(&name).and_then(|first| self.listed.get_mut(*first)) {
                first.times += 1;
                return;
            }
            if !self.is_full() {
                self.unknown.insert(name, self.listed.len());
            }
        }
        if self.is_full() {
            self.unlisted.count(found.code.severity());
        } else {
            self.listed.push(found);
        }
    }

    /// Adds a problem with this code. It is only built if it can be listed, because a file may have a million.
    pub(super) fn push_with(&mut self, code: Code, problem: impl FnOnce() -> Diagnostic<At>) {
        if !self.counts_only(code) {
            self.push(problem());
        }
    }

    /// Counts a problem with this code if it is one that is only counted; `false` if it is not.
    pub(super) fn counts_only(&mut self, code: Code) -> bool {
        // Another place of a misspelt name belongs to the problem that is listed.
        if !self.is_full() || code.is_unknown_name() {
            return false;
        }
        if !self.allowed.contains(&code) {
            self.unlisted.count(code.severity());
        }
        true
    }

    fn is_full(&self) -> bool {
        self.listed.len() >= MOST_LISTED
    }

    pub(super) fn listed(&self) -> usize {
        self.listed.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Adds a problem about something that repeats an earlier thing.
    pub(super) fn push_with_first(&mut self, found: Diagnostic<At>, first: At) {
        let number = self.listed.len();
        self.push(found);
        if self.listed.len() > number {
            self.first.insert(number, first);
        }
    }
}

impl From<Findings<Range<usize>>> for ProblemList {
    fn from(findings: Findings<Range<usize>>) -> Self {
        Self { listed: findings.listed, unlisted: findings.unlisted }
    }
}

impl Findings {
    /// The problems with their byte ranges, without those about placeholders.
    pub(super) fn located(self, text: &str, tree: &Node<'_>, wanted: impl Fn(Code) -> bool) -> ProblemList {
        let Self { listed, first, unlisted, .. } = self;
        let mut line_ends: Option<Vec<usize>> = None;
        let mut line = |at: usize| {
            let ends = line_ends.get_or_insert_with(|| line_ends_in(text));
            ends.partition_point(|end| *end < at) + 1
        };
        let findings = listed.into_iter().enumerate().filter(|(_, found)| wanted(found.code));
        let located = findings.filter_map(|(number, finding)| {
            let span = follow(text, tree, &finding.at)?;
            let first = first.get(&number).and_then(|path| follow(text, tree, path));
            let mut finding = finding.moved(span);
            without_placeholders(&mut finding.message);
            Some(match first {
                Some(first) => finding.note(format!("the first is in line {}", line(first.start))),
                None => finding,
            })
        });
        ProblemList { listed: located.collect(), unlisted }
    }
}

/// Says of what has no valid id that it has none.
fn without_placeholders(message: &mut String) {
    let opening = format!("`{PLACEHOLDER_ID}");
    while let Some(start) = message.find(&opening) {
        let end = message.bytes().skip(start + 1).position(|byte| byte == b'`');
        let Some(end) = end.map(|length| start + 1 + length) else { return };
        message.replace_range(start..=end, "(without a valid id)");
    }
}

/// The path from the root of the dataset to something in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// To the value of a key.
    Key(&'static str),
    /// To an item of a list.
    Item(usize),
    /// To a key itself, by its place in the object: the dataset's owner has named it.
    Name(usize),
    /// To the value of such a key.
    Entry(usize),
}

impl Path {
    /// The path to an item of a list in the dataset.
    pub(super) fn to(list: &'static str, item: usize) -> Self {
        Self::default().list(list, item)
    }

    #[must_use]
    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.0.push(Segment::Key(key));
        self
    }

    #[must_use]
    pub(super) fn list(self, list: &'static str, item: usize) -> Self {
        let mut path = self.key(list);
        path.0.push(Segment::Item(item));
        path
    }

    #[must_use]
    pub(super) fn entry(mut self, entry: usize) -> Self {
        self.0.push(Segment::Entry(entry));
        self
    }

    #[must_use]
    pub(super) fn name(mut self, entry: usize) -> Self {
        self.0.push(Segment::Name(entry));
        self
    }
}

/// The span of a placeholder, which replaces something invalid that has been reported.
pub(super) const NOWHERE: Range<usize> = usize::MAX..usize::MAX;

/// The byte range at the end of a path; `None` if it is a placeholder.
fn follow(text: &str, tree: &Node<'_>, path: &Path) -> Option<Range<usize>> {
    let mut node = tree;
    for segment in &path.0 {
        let next = match (segment, &node.value) {
            (Segment::Key(key), Value::Map(entries)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
            }
            (Segment::Item(item), Value::List(items)) => items.get(*item),
            (Segment::Name(entry), Value::Map(entries)) => {
                let entry = entries.get(*entry)?;
                return (entry.key_span != NOWHERE).then(|| entry.key_span.clone());
            }
            (Segment::Entry(entry), Value::Map(entries)) => entries.get(*entry).map(|entry| &entry.value),
            _ => None,
        };
        // Report something that is missing at its parent.
        let Some(next) = next else { break };
        if next.span == NOWHERE {
            return None;
        }
        if !holds(&node.span, &next.span) {
            // Report an error in an aliased value at the alias, not at the original.
            return Some(head(text, node));
        }
        node = next;
    }
    (node.span != NOWHERE).then(|| head(text, node))
}

/// Whether one range contains another.
pub(super) fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The part of a value to point at: a scalar itself, of a collection its bracket, dash or first key.
pub(super) fn head(text: &str, node: &Node<'_>) -> Range<usize> {
    let Range { start, end } = node.span;
    let bracket = start..(start + 1).min(end);
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Findings, MOST_LISTED};
    use crate::diagnostic::{Code, Diagnostic};

    #[test]
    fn a_problem_that_is_only_counted_is_not_built() {
        let mut found: Findings<usize> = Findings::default();
        found.allow(&[Code::Unused]);
        let built = Cell::new(0);
        let problem = |code, at| {
            built.set(built.get() + 1);
            Diagnostic::new(code, at, format!("problem {at}"))
        };
        for at in 0..3 * MOST_LISTED {
            found.push_with(Code::InvalidId, || problem(Code::InvalidId, at));
            found.push_with(Code::Unused, || problem(Code::Unused, at));
        }
        // What is allowed is neither listed nor counted, and built only until the list is full.
        assert_eq!(built.get(), 2 * MOST_LISTED - 1);
        let Findings { listed, unlisted, .. } = found;
        assert_eq!((listed.len(), unlisted.errors, unlisted.warnings), (MOST_LISTED, 2 * MOST_LISTED, 0));
    }

    #[test]
    fn a_misspelt_name_is_one_problem_also_past_the_list() {
        let mut found: Findings<usize> = Findings::default();
        for at in 0..2 * MOST_LISTED {
            found.push(Diagnostic::new(Code::UnknownRole, at, format!("unknown role `{at}`")));
        }
        for at in [0, 2 * MOST_LISTED - 1] {
            found.push(Diagnostic::new(Code::UnknownRole, at, format!("unknown role `{at}`")));
        }
        // The names past the list are not remembered, because a file may have a million.
        assert_eq!(found.unknown.len(), MOST_LISTED);
        let Findings { listed, unlisted, .. } = found;
        assert_eq!(listed.first().map(|first| first.times), Some(2));
        assert_eq!((listed.len(), unlisted.errors), (MOST_LISTED, MOST_LISTED + 1));
    }
}
