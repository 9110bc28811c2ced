//! Problems in a file: what is wrong, where, and how to fix it.

mod code;
mod error_code;

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

pub use code::{Code, Severity};
pub use error_code::ErrorCode;

use crate::suggest::did_you_mean;
use crate::text::counted;

/// The most problems of a file that are listed; the rest are only counted.
pub const MOST_LISTED: usize = 1000;

/// The number of characters kept at the beginning and at the end of a message that is too long.
const KEPT: (usize, usize) = (600, 300);

/// A problem. `At` is the type of its place, by default a range of bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic<At = Range<usize>> {
    /// The rule that is broken.
    pub code: Code,
    /// The place. Byte ranges are on character boundaries.
    pub at: At,
    /// What is wrong.
    pub message: String,
    /// How to fix it, in a few words that are shown next to the place.
    pub advice: Option<String>,
    /// Further help.
    pub note: Option<String>,
    /// How often the same problem occurs; `at` is its first place.
    pub times: usize,
}

impl<At> Diagnostic<At> {
    /// Creates a problem without advice.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self { code, at, message: shortened(message.into()), advice: None, note: None, times: 1 }
    }

    /// Adds how to fix it.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(shortened(advice.into()));
        self
    }

    /// Adds further help.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(shortened(note.into()));
        self
    }

    /// Adds the names that were probably meant, if there are any.
    #[must_use]
    pub fn candidates(self, names: &[impl AsRef<str>]) -> Self {
        if !names.is_empty() {
            return self.advice(did_you_mean(names));
        }
        self
    }

    /// The same problem with another kind of place.
    pub fn moved<To>(self, at: To) -> Diagnostic<To> {
        let Self { code, message, advice, note, times, .. } = self;
        Diagnostic { code, at, message, advice, note, times }
    }

    /// The message, with the number of times if there are several.
    pub fn found(&self) -> Cow<'_, str> {
        match self.times {
            1 => Cow::Borrowed(&self.message),
            times => format!("{} ({times} times)", self.message).into(),
        }
    }

    /// What was found and how to fix it, in one text.
    pub fn told(&self) -> String {
        let help = self.help().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}{help}", self.found())
    }

    /// Advice and note in one text.
    pub fn help(&self) -> Option<String> {
        match (&self.advice, &self.note) {
            (Some(advice), Some(note)) => Some(format!("{advice}; {note}")),
            (one, other) => one.as_ref().or(other.as_ref()).cloned(),
        }
    }
}

/// Cuts the middle out of a very long message: a name in it may be half the file, and every problem may mention it.
fn shortened(message: String) -> String {
    let (begin, end) = KEPT;
    if message.len() <= begin + end {
        return message;
    }
    let short = || {
        let (begin, _) = message.char_indices().nth(begin)?;
        let (end, _) = message.char_indices().nth_back(end)?;
        (begin < end).then_some(format!("{} … {}", message.get(..begin)?, message.get(end..)?))
    };
    short().unwrap_or(message)
}

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

/// The place of a problem that is reported without the text of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site<'a> {
    /// The path, unless the file is the built-in dataset.
    pub file: Option<Cow<'a, str>>,
    /// The place, or `None` for the file as a whole.
    pub place: Option<Place>,
}

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

/// A place in a text. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The first line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
}

impl<'a> From<Diagnostic<Site<'a>>> for Annotation<'a> {
    fn from(problem: Diagnostic<Site<'a>>) -> Self {
        Self {
            code: problem.code.name(),
            severity: problem.code.severity(),
            message: problem.told(),
            file: problem.at.file,
            place: problem.at.place,
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
    pub fn new(name: String, path: Option<String>, text: String, mut diagnostics: Vec<Diagnostic>) -> Self {
        let mut unlisted = Unlisted::default();
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

    /// Adds problems that were counted but not kept.
    #[must_use]
    pub fn and_unlisted(mut self, more: Unlisted) -> Self {
        self.unlisted.errors += more.errors;
        self.unlisted.warnings += more.warnings;
        self
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
            format!("{}: {}: {}", self.place_of(place), one.code.name(), one.told())
        };
        self.placed().map(|(one, place)| line(one, place)).collect()
    }

    /// Each problem with its line and column. Takes one pass over the text, however many problems there are.
    pub fn placed(&self) -> impl Iterator<Item = (&Diagnostic, Place)> {
        let mut cursor = Cursor { text: &self.text, at: 0, line: 1, column: 1 };
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

/// The letters of a column, from 1: A, B, …, Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// Whether this byte ends a line: an LF, also after a CR, or a CR without an LF as in files from old Macs.
fn ends_line(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    }
}

/// The bytes that end the lines of a text.
pub fn line_ends_in(text: &str) -> Vec<usize> {
    (0..text.len()).filter(|at| ends_line(text.as_bytes(), *at)).collect()
}

#[derive(Clone)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// Moves forward to a byte.
    fn go(&mut self, to: usize) {
        for (at, c) in self.text.get(self.at..to).unwrap_or_default().char_indices() {
            if matches!(c, '\n' | '\r') && ends_line(self.text.as_bytes(), self.at + at) {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
        self.at = self.at.max(to);
    }
}

#[cfg(test)]
mod tests {
    use super::{Checked, Code, Diagnostic};

    #[test]
    fn a_message_without_end_is_shortened_in_its_middle() {
        let said = |name: &str| {
            Diagnostic::new(Code::InvalidId, 0..0, format!("`{name}` is not a valid id")).message
        };
        assert_eq!(said("É"), "`É` is not a valid id");
        let long = said(&"é".repeat(100_000));
        assert!(long.starts_with("`éé") && long.ends_with("é` is not a valid id"), "{long}");
        assert!(long.chars().count() < 1000, "{long}");
    }

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
