//! Problems in a file: what is wrong, where, and how to fix it.

mod annotation;
mod checked;
mod code;
mod error_code;
mod excerpt;
mod place;

use std::borrow::Cow;
use std::ops::Range;

pub use annotation::Annotation;
pub use checked::{Checked, MOST_LISTED, ProblemList, Unit, Unlisted};
pub use code::{Code, Severity};
pub use error_code::ErrorCode;
pub use excerpt::excerpts;
pub use place::{Place, Site, column_letters, line_ends_in};

use crate::suggest::did_you_mean;

/// The number of characters kept at the beginning and at the end of a message that is too long.
const KEPT: (usize, usize) = (600, 300);

/// The kinds of file that a problem can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A dataset.
    Dataset,
    /// A profile of a person.
    Profile,
    /// A map for the import of a table.
    Map,
}

/// A problem. `At` is the type of its place, by default a range of bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic<At = Range<usize>> {
    /// The rule that is broken.
    pub code: Code,
    /// The place. Byte ranges are on character boundaries.
    pub at: At,
    /// What is wrong.
    pub message: String,
    /// The names that were probably meant.
    pub candidates: Vec<String>,
    /// The kind of file that is empty, or that was found instead of another.
    pub kind: Option<FileKind>,
    /// How to fix it, in a few words that are shown next to the place.
    pub advice: Option<String>,
    /// Further help.
    pub notes: Vec<String>,
    /// How often the same problem occurs; `at` is its first place.
    pub times: usize,
}

impl<At> Diagnostic<At> {
    /// Creates a problem without advice.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self {
            code,
            at,
            message: shortened(message.into()),
            candidates: Vec::new(),
            kind: None,
            advice: None,
            notes: Vec::new(),
            times: 1,
        }
    }

    /// Adds how to fix it.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(shortened(advice.into()));
        self
    }

    /// Adds the kind of file that is empty, or that was found instead of another.
    #[must_use]
    pub fn with_kind(mut self, kind: FileKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Adds further help.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(shortened(note.into()));
        self
    }

    /// Adds the names that were probably meant, if there are any.
    #[must_use]
    pub fn candidates(mut self, names: &[impl AsRef<str>]) -> Self {
        self.candidates.extend(names.iter().map(|name| name.as_ref().to_owned()));
        self
    }

    /// The same problem with another kind of place.
    pub fn moved<To>(self, at: To) -> Diagnostic<To> {
        let Self { code, at: _, message, candidates, kind, advice, notes, times } = self;
        Diagnostic { code, at, message, candidates, kind, advice, notes, times }
    }

    /// The message, with the number of times if there are several.
    pub fn found(&self) -> Cow<'_, str> {
        match self.times {
            1 => Cow::Borrowed(&self.message),
            times => format!("{} ({times} times)", self.message).into(),
        }
    }

    /// What was found and how to fix it, in one text.
    pub fn in_full(&self) -> String {
        let help = self.help().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}{help}", self.found())
    }

    /// What to do about it, starting with the names that were probably meant.
    pub fn hints(&self) -> Vec<String> {
        let meant = (!self.candidates.is_empty()).then(|| shortened(did_you_mean(&self.candidates)));
        meant.into_iter().chain(self.advice.clone()).chain(self.notes.iter().cloned()).collect()
    }

    /// The same in one text.
    pub fn help(&self) -> Option<String> {
        let hints = self.hints();
        (!hints.is_empty()).then(|| hints.join("; ").replace("?; ", "? "))
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

#[cfg(test)]
mod tests {
    use super::{Code, Diagnostic};

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
}
