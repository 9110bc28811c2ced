//! A checked file: its problems, and where they are in its text.

use std::borrow::Cow;

use super::place::Cursor;
use super::{Diagnostic, Place, Severity, Site, column_letters};
use crate::text::counted;

/// The most problems of a file that are listed; the rest are only counted.
pub const MOST_LISTED: usize = 1000;

/// A checked file and its problems.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The name to show: the path, `<stdin>` or `<builtin>`.
    pub name: String,
    /// The path, unless the file is the built-in dataset.
    pub path: Option<String>,
    /// Its text.
    pub text: String,
    /// The problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of further problems.
    pub unlisted: Unlisted,
    /// Why the file could not be checked, if it could not; the other fields are empty then.
    pub failure: Option<Box<Diagnostic<()>>>,
    /// The unit of columns.
    pub unit: Unit,
}

/// The unit in which the columns of places are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// Characters of a line.
    #[default]
    Characters,
    /// Cells of a CSV or TSV file.
    Columns,
    /// Cells of a worksheet, which have names such as `D14`.
    Cells,
}

/// The number of problems that are counted but not listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// Problems found in a text, in any order, and how many more there are.
#[derive(Debug, Clone, Default)]
pub struct ProblemList {
    /// The problems that are listed.
    pub listed: Vec<Diagnostic>,
    /// The number of further problems.
    pub unlisted: Unlisted,
}

impl ProblemList {
    /// Adds the problems of another list.
    pub fn append(&mut self, more: Self) {
        self.listed.extend(more.listed);
        self.unlisted.errors += more.unlisted.errors;
        self.unlisted.warnings += more.unlisted.warnings;
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.unlisted == Unlisted::default()
    }
}

impl From<Diagnostic> for ProblemList {
    fn from(problem: Diagnostic) -> Self {
        vec![problem].into()
    }
}

impl From<Vec<Diagnostic>> for ProblemList {
    fn from(listed: Vec<Diagnostic>) -> Self {
        Self { listed, unlisted: Unlisted::default() }
    }
}

impl Unlisted {
    /// Counts one more problem.
    pub fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
    }

    /// The number with this severity.
    pub fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
        }
    }
}

impl Checked {
    /// The problems with their places, starting with the reason why the file could not be checked.
    pub fn problems(&self) -> impl Iterator<Item = Diagnostic<Site<'_>>> {
        let site = |place| Site { file: self.path.as_deref().map(Cow::from), place };
        let failure = self.failure.iter().map(move |failure| Diagnostic::clone(failure).moved(site(None)));
        failure.chain(self.placed().map(move |(problem, place)| problem.clone().moved(site(Some(place)))))
    }

    /// A file that could not be checked, and the reason.
    #[must_use]
    pub fn failed(name: String, path: Option<String>, failure: Diagnostic<()>) -> Self {
        Self {
            name,
            path,
            text: String::new(),
            diagnostics: Vec::new(),
            unlisted: Unlisted::default(),
            failure: Some(Box::new(failure)),
            unit: Unit::Characters,
        }
    }

    /// Sorts the problems by place. If there are too many to list, warnings are dropped before errors.
    #[must_use]
    pub fn new(name: String, path: Option<String>, text: String, problems: impl Into<ProblemList>) -> Self {
        let ProblemList { listed: mut diagnostics, mut unlisted } = problems.into();
        if diagnostics.len() > MOST_LISTED {
            diagnostics.sort_by_cached_key(|diagnostic| diagnostic.code.severity() == Severity::Warning);
            for diagnostic in diagnostics.drain(MOST_LISTED..) {
                unlisted.count(diagnostic.code.severity());
            }
        }
        diagnostics.sort_by_cached_key(|diagnostic| (diagnostic.at.start, diagnostic.at.end));
        Self { name, path, text, diagnostics, unlisted, failure: None, unit: Unit::Characters }
    }

    /// Sets the unit of columns.
    #[must_use]
    pub fn counted_in(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// A place with the name of the file, such as `roles.yaml:3:5` or `Skills!D14`.
    pub fn place_of(&self, place: Place) -> String {
        match self.unit {
            Unit::Cells => format!("{}!{}{}", self.name, column_letters(place.column), place.line),
            Unit::Characters | Unit::Columns => format!("{}:{}:{}", self.name, place.line, place.column),
        }
    }

    /// The number of problems with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self.diagnostics.iter().filter(|one| one.code.severity() == severity);
        listed.count() + self.unlisted.of(severity)
    }

    /// How many problems are not listed, in words, if there are any.
    pub fn not_listed(&self) -> Option<String> {
        let parts = [Severity::Error, Severity::Warning].map(|one| (self.unlisted.of(one), one));
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, one)| counted(count, one.name())).collect();
        (!parts.is_empty()).then(|| format!("{} not listed", parts.join(", ")))
    }

    /// Each problem on one line.
    pub fn lines(&self) -> Vec<String> {
        let line = |one: &Diagnostic, place: Place| {
            format!("{}: {}: {}", self.place_of(place), one.code.name(), one.in_full())
        };
        self.placed().map(|(one, place)| line(one, place)).collect()
    }

    /// Each problem with its line and column. Takes one pass over the text, however many problems there are.
    pub fn placed(&self) -> impl Iterator<Item = (&Diagnostic, Place)> {
        let mut cursor = Cursor::new(&self.text);
        let counts_cells = self.unit != Unit::Characters;
        self.diagnostics.iter().map(move |diagnostic| {
            cursor.go(diagnostic.at.start);
            let mut end = cursor.clone();
            end.go(diagnostic.at.end);
            if counts_cells {
                let (line, column) = (cursor.line, cell_at(&self.text, diagnostic.at.start));
                return (diagnostic, Place { line, column, end_line: line, end_column: column + 1 });
            }
            let place = Place {
                line: cursor.line,
                column: cursor.column,
                end_line: end.line,
                end_column: end.column,
            };
            (diagnostic, place)
        })
    }
}

/// The number, from 1, of the cell at this byte; cells are separated by tabs.
fn cell_at(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.bytes().rev().take_while(|byte| *byte != b'\n').filter(|byte| *byte == b'\t').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{Checked, Diagnostic};
    use crate::diagnostic::Code;

    #[test]
    fn places_count_characters_from_one() {
        let text = "é: x\r\n日本: [\n  y]\n";
        let found = |from: &str| {
            let start = text.find(from).unwrap();
            Diagnostic::new(Code::WrongType, start..start + from.len(), "")
        };
        let all = vec![found("[\n  y]"), found("x"), found("é"), found("日本")];
        let checked = Checked::new("x".into(), None, text.into(), all);
        let places: Vec<_> = checked
            .placed()
            .map(|(_, place)| (place.line, place.column, place.end_line, place.end_column))
            .collect();
        assert_eq!(places, [(1, 1, 1, 2), (1, 4, 1, 5), (2, 1, 2, 3), (2, 5, 3, 5)]);
    }
}
