//! How a run can end: [`Exit`], the four exit codes, and [`Error`], which says what happened, where, and what to do.

use std::fmt;
use std::process::ExitCode;

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;

pub use crate::diagnostic::ErrorCode;
use crate::diagnostic::{Checked, Code, Diagnostic, Severity};
use crate::text::counted;

/// How a run ended. The discriminants are the process's exit codes; nothing else in the program is numeric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Success.
    Success = 0,
    /// A check failed.
    Negative = 1,
    /// Usage, input or output, an invalid dataset, no terminal.
    Error = 2,
    /// Cancelled at a prompt.
    Interrupted = 130,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// An error that ends a run. Serialised, it is the document `rolebook.error/1`. It is boxed, so that a `Result` stays
/// small.
#[derive(Debug, Clone)]
pub struct Error(Box<Details>);

#[derive(Debug, Clone)]
struct Details {
    /// The problem, at a line of the input or without a place.
    problem: Diagnostic<Option<u64>>,
    causes: Vec<String>,
    exit: Exit,
    mistakes: Vec<Checked>,
}

impl Error {
    /// An error that ends the run with [`Exit::Error`].
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::of(Diagnostic::new(code.into(), None, message))
    }

    /// A problem that ends the run.
    pub fn of(problem: Diagnostic<Option<u64>>) -> Self {
        Self(Box::new(Details { problem, causes: Vec::new(), exit: Exit::Error, mistakes: Vec::new() }))
    }

    /// Arguments that contradict each other or cannot be satisfied.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Usage, message)
    }

    /// A prompt was cancelled.
    pub fn left() -> Self {
        let mut error = Self::new(ErrorCode::Left, "cancelled: no result");
        error.0.exit = Exit::Interrupted;
        error
    }

    /// A file with errors.
    pub fn invalid_file(code: ErrorCode, noun: &str, checked: Checked) -> Self {
        Self::invalid_files(code, noun, vec![checked])
    }

    /// Files of one kind that cannot be used, and the mistakes in them.
    pub fn invalid_files(code: ErrorCode, noun: &str, files: Vec<Checked>) -> Self {
        let all = files.iter().map(|file| file.count(Severity::Error)).sum();
        let count = counted(all, "error");
        let mut error = match files.as_slice() {
            [file] => Self::new(code, format!("the {noun} `{}` has {count}", file.name)),
            _ => Self::new(code, format!("{} have {count}", counted(files.len(), noun))),
        };
        error.0.mistakes = files;
        error
    }

    /// A file that should be UTF-8, with how many bytes of it are.
    pub fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Self {
        if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
            return Self::new(ErrorCode::NotUtf8, format!("`{name}` is UTF-16, not UTF-8"));
        }
        let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let message = format!("`{name}` is not UTF-8: invalid byte in line {line}, column {column}");
        Self::new(ErrorCode::NotUtf8, message)
    }

    /// Adds the underlying error and its sources.
    #[must_use]
    pub fn because(mut self, cause: &dyn std::error::Error) -> Self {
        let mut next = Some(cause);
        while let Some(error) = next {
            self.0.causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// Adds what to do about it: a sentence without a capital letter or a full stop.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.problem.notes.push(hint.into());
        self
    }

    /// Adds what to do about it if it has this code.
    #[must_use]
    pub fn hint_if(self, code: ErrorCode, hint: &str) -> Self {
        if self.code() == code.into() { self.hint(hint) } else { self }
    }

    /// Adds the names that were probably meant.
    #[must_use]
    pub fn candidates<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.0.problem.candidates.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds the line of the input, from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.problem.at = Some(line);
        self
    }

    /// The code of the error.
    pub fn code(&self) -> Code {
        self.0.problem.code
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        self.0.exit
    }

    /// The message, without causes and hints.
    pub fn message(&self) -> &str {
        &self.0.problem.message
    }

    /// The error as a problem in a file that other files of the run do not have.
    #[must_use]
    pub fn problem(&self) -> Diagnostic<()> {
        let parts = std::iter::once(&self.0.problem.message).chain(&self.0.causes).map(String::as_str);
        let message = parts.collect::<Vec<_>>().join(": ");
        Diagnostic { message, ..self.0.problem.clone().moved(()) }
    }

    /// The underlying errors, outermost first.
    pub fn causes(&self) -> &[String] {
        &self.0.causes
    }

    /// The files that the error is about, with their mistakes.
    pub fn mistakes(&self) -> &[Checked] {
        &self.0.mistakes
    }

    /// What to do about it, starting with the names that were probably meant.
    pub fn hints(&self) -> Vec<String> {
        self.0.problem.hints()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Details { problem, causes, exit, mistakes } = &*self.0;
        let mistakes = mistakes.iter().flat_map(Checked::lines);
        ErrorDocument {
            schema: "rolebook.error/1",
            code: problem.code,
            message: &problem.message,
            causes: causes.iter().cloned().chain(mistakes).collect(),
            hints: problem.advice.iter().chain(&problem.notes).collect(),
            candidates: &problem.candidates,
            exit: exit.code(),
            line: problem.at,
        }
        .serialize(serializer)
    }
}

/// Why there is no result.
#[derive(Serialize, JsonSchema)]
pub struct ErrorDocument<'e> {
    schema: &'static str,
    code: Code,
    message: &'e str,
    causes: Vec<String>,
    hints: Vec<&'e String>,
    candidates: &'e [String],
    exit: u8,
    line: Option<u64>,
}
