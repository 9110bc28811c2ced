//! Checking datasets.
//!
//! First, the structure is checked against the schema, and invalid parts of the tree are replaced by placeholders. Then
//! the rest is read as a [`Dataset`] and checked against the rules.

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

pub use map::map;
pub use profile::profiles;
pub use read::{check, read, read_sound};

use index::Index;
use place::Findings;

use crate::diagnostic::{Code, Diagnostic, FileKind, Unlisted};
use crate::format::tree::{self, Node, Number, Value};
use crate::format::{self, Dataset, Syntax};

/// The most errors that get suggestions. In a file with more errors, suggestions take long and do not help.
const MOST_SUGGESTIONS: usize = 200;

/// Whether a dataset with a valid structure breaks a rule.
fn has_errors(dataset: &Dataset<'_>) -> bool {
    !errors(&Index::without_suggestions(dataset)).is_empty()
}

/// Everything that is wrong with the text of a dataset, and what is likely to be except for the codes allowed. What is
/// too much to list is counted.
fn diagnose(text: &str, syntax: Syntax, allowed: &[Code]) -> (Vec<Diagnostic>, Unlisted) {
    let only = |diagnostic| (vec![diagnostic], Unlisted::default());
    let parsed = match syntax {
        Syntax::Json => tree::json(text),
        Syntax::Yaml => tree::yaml(text),
    };
    let mut tree = match parsed {
        Ok(tree) => tree,
        Err(diagnostic) => return only(diagnostic),
    };
    if let Some(diagnostic) = unsupported(&tree) {
        return only(diagnostic);
    }
    let mut structure = structure::check(text, syntax, &mut tree, FileKind::Dataset);
    let (mut diagnostics, mut unlisted) = std::mem::take(&mut structure.found).into_parts();
    match format::read(&tree) {
        Ok(dataset) => {
            let index = Index::new(&dataset);
            let mut findings = errors(&index);
            findings.allow(allowed);
            for rule in warnings::WARNINGS {
                rule(&index, &mut findings);
            }
            let mut characters = Findings::default();
            characters.allow(allowed);
            characters::control_characters(&tree, &mut characters);
            for (found, more) in
                [findings.located(text, &tree, |code| !structure.excuses(code)), characters.into_parts()]
            {
                diagnostics.extend(found);
                unlisted.errors += more.errors;
                unlisted.warnings += more.warnings;
            }
        }
        // The structure is valid by now, so this only fails if the types are stricter than the schema.
        Err(error) if diagnostics.is_empty() => {
            diagnostics.push(Diagnostic::new(Code::WrongType, place::head(text, &tree), error.0));
        }
        Err(_) => {}
    }
    (diagnostics, unlisted)
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
