//! Checking datasets.
//!
//! First, the structure is checked against the schema, and invalid parts of the tree are replaced by placeholders. Then
//! the rest is read as a [`Dataset`] and checked against the rules.

mod answers;
mod characters;
mod index;
mod ladders;
mod map;
mod place;
mod profile;
mod read;
mod rules;
mod structure;
mod warnings;

pub use answers::{People, answers, respondent, table};
pub use map::map;
pub use profile::profiles;
pub use read::{check, read, read_sound};

use index::Index;
use place::Findings;

use crate::diagnostic::{Checked, Code, Diagnostic, FileKind, ProblemList};
use crate::format::tree::{self, Node, Number, ReadError, Value};
use crate::format::{self, Dataset, Input, Syntax};

/// The most errors that get suggestions. In a file with more errors, suggestions take long and do not help.
const MOST_SUGGESTIONS: usize = 200;

/// Whether a dataset with a valid structure breaks a rule.
fn has_errors(dataset: &Dataset<'_>) -> bool {
    !errors(&Index::without_suggestions(dataset)).is_empty()
}

/// Everything that is wrong with the text of a dataset, and what is likely to be except for the codes allowed. What is
/// too much to list is counted.
fn diagnose(text: &str, syntax: Syntax, allowed: &[Code]) -> ProblemList {
    let mut tree = match tree::parse(text, syntax) {
        Ok(tree) => tree,
        Err(diagnostic) => return diagnostic.into(),
    };
    if let Some(diagnostic) = unsupported(&tree) {
        return diagnostic.into();
    }
    let mut structure = structure::check(text, syntax, &mut tree, FileKind::Dataset);
    let mut problems = ProblemList::from(std::mem::take(&mut structure.found));
    if let Some(dataset) = or_problem(format::read(&tree), text, &tree, &mut problems) {
        let index = Index::new(&dataset);
        let mut findings = errors(&index);
        findings.allow(allowed);
        for rule in warnings::WARNINGS {
            rule(&index, &mut findings);
        }
        let mut characters = Findings::default();
        characters.allow(allowed);
        characters::control_characters(&tree, &mut characters);
        problems.append(findings.located(text, &tree, |code| !structure.excuses(code)));
        problems.append(characters.into());
    }
    problems
}

/// What was read from a tree whose structure has been checked. It only fails if the types are stricter than the schema,
/// which is a problem unless another explains it.
fn or_problem<T>(
    read: Result<T, ReadError>,
    text: &str,
    tree: &Node<'_>,
    problems: &mut ProblemList,
) -> Option<T> {
    read.map_err(|error| {
        if problems.is_empty() {
            problems.append(Diagnostic::new(Code::WrongType, place::head(text, tree), error.0).into());
        }
    })
    .ok()
}

/// The problems of a file.
fn checked(input: &Input, problems: impl Into<ProblemList>) -> Checked {
    let source = input.source();
    Checked::new(source.name(), source.path(), input.text().to_owned(), problems)
}

fn errors(known: &Index<'_>) -> Findings {
    let mut findings = Findings::default();
    for rule in rules::ERRORS {
        rule(known, &mut findings);
    }
    findings
}

/// Reports an unsupported format version, and nothing else, because other keys may mean something else there.
fn unsupported(tree: &Node<'_>) -> Option<Diagnostic> {
    let Value::Map(entries) = &tree.value else { return None };
    let version = entries.iter().find(|entry| entry.key == "rolebook")?;
    match version.value.value {
        Value::Number(Number::Unsigned(1) | Number::Negative(_) | Number::Float(_)) => None,
        Value::Number(Number::Unsigned(other)) => Some(
            Diagnostic::new(
                Code::UnsupportedFormat,
                version.value.span.clone(),
                format!("format {other} is not supported; this version of rolebook reads format 1"),
            )
            .advice("format 1 is `rolebook: 1`")
            .note("a newer rolebook may read it; put the version of your content in `revision`"),
        ),
        _ => None,
    }
}
