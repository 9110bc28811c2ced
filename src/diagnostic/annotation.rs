//! Problems as the annotations that CI services show.

use std::borrow::Cow;

use super::{Diagnostic, Place, Severity, Site};

/// A message about a place in a file, as CI services show it next to the code.
#[derive(Debug, Clone)]
pub struct Annotation<'a> {
    /// The kebab-case name of a rule, or of a kind of change.
    pub code: &'a str,
    /// The severity.
    pub severity: Severity,
    /// What is wrong and how to fix it.
    pub message: String,
    /// The path, if it is about a file.
    pub file: Option<Cow<'a, str>>,
    /// The place, or `None` for the file as a whole.
    pub place: Option<Place>,
}

impl<'a> From<Diagnostic<Site<'a>>> for Annotation<'a> {
    fn from(problem: Diagnostic<Site<'a>>) -> Self {
        Self {
            code: problem.code.name(),
            severity: problem.code.severity(),
            message: problem.in_full(),
            file: problem.at.file,
            place: problem.at.place,
        }
    }
}
