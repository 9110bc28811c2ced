//! From text to a [`Framework`], or to every error in it.
//!
//! A valid dataset is read directly, without positions. The text is only parsed again, into a tree with positions, if
//! there is an error or a full check is requested.

use super::{checked, diagnose, has_errors};
use crate::diagnostic::{Checked, Code, Diagnostic, Severity};
use crate::format::{Input, Origin, parse};
use crate::framework::Framework;

/// Reads a dataset and resolves it.
///
/// # Errors
///
/// If the text is not a dataset of format 1: all errors in it.
pub fn read(input: &Input) -> Result<Framework<'_>, Checked> {
    let failure = match read_sound(input) {
        Ok(dataset) => return Ok(dataset),
        Err(message) => message,
    };
    let mut problems = diagnose(input.text(), input.syntax(), &[]);
    problems.listed.retain(|found| found.code.severity() == Severity::Error);
    problems.unlisted.warnings = 0;
    if problems.is_empty() {
        // Both parsers agree, which a test checks. If they did not, the dataset would still be refused.
        problems.listed.push(Diagnostic::new(Code::WrongType, 0..0, failure));
    }
    Err(checked(input, problems))
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
    checked(input, diagnose(input.text(), input.syntax(), allowed))
}
