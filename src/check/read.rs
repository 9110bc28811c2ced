//! From text to a [`Framework`], or to every error in it.
//!
//! A dataset without mistakes is read by the shortest way, without positions. Only where something is wrong, or
//! where all that might be wrong is asked for, is the text read again into a tree that knows its places.

use super::{diagnose, has_errors};
use crate::diagnostic::{Checked, Code, Diagnostic, Severity, Unlisted};
use crate::format::{Input, Origin, parse};
use crate::framework::Framework;

/// Reads a dataset and resolves it.
///
/// # Errors
///
/// Where the text is no dataset of format 1: the errors in it, all of them.
pub fn read(input: &Input) -> Result<Framework<'_>, Checked> {
    let failure = match read_sound(input) {
        Ok(dataset) => return Ok(dataset),
        Err(message) => message,
    };
    let (mut errors, mut unlisted) = diagnose(input.text(), input.syntax(), &[]);
    errors.retain(|found| found.code.severity() == Severity::Error);
    unlisted.warnings = 0;
    if errors.is_empty() {
        // Both ways judge alike, and a test sees to it; still nothing is answered from what was refused.
        errors.push(Diagnostic::new(Code::WrongType, 0..0, failure));
    }
    Err(checked(input, errors, unlisted))
}

/// Reads a dataset and does not look for all errors if there is one: for completions, which show none.
///
/// # Errors
///
/// If the text is not a dataset of format 1, in a few words.
pub fn read_sound(input: &Input) -> Result<Framework<'_>, String> {
    match parse(input.text(), input.syntax())? {
        // The built-in dataset keeps the rules, which a test checks: not at every start.
        dataset if *input.source() != Origin::Builtin && has_errors(&dataset) => {
            Err("the dataset contradicts itself".to_owned())
        }
        dataset => Ok(Framework::resolve(dataset)),
    }
}

/// Finds everything that is wrong with a dataset, and what is likely to be except for the codes allowed.
pub fn check(input: &Input, allowed: &[Code]) -> Checked {
    let (diagnostics, unlisted) = diagnose(input.text(), input.syntax(), allowed);
    checked(input, diagnostics, unlisted)
}

fn checked(input: &Input, diagnostics: Vec<Diagnostic>, unlisted: Unlisted) -> Checked {
    let source = input.source();
    Checked::new(source.name(), source.path(), input.text().to_owned(), diagnostics).and_unlisted(unlisted)
}
