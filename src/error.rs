//! What can end a run: [`Exit`], the four exit codes, and [`Error`], which says what, where and what to do.

use std::fmt;
use std::process::ExitCode;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::diagnostic::Checked;
use crate::text::counted;

/// How a run ended. The discriminants are the process's exit codes; nothing else in the program is numeric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Yes, or done.
    Yes = 0,
    /// The answer is no.
    No = 1,
    /// The question could not be answered: usage, input or output, no terminal.
    CouldNot = 2,
    /// Somebody left at a prompt.
    Left = 130,
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

/// Why a run could not answer. Serialized, it is the document `rolebook.error/1`.
#[derive(Debug, Clone)]
pub struct Error {
    code: &'static str,
    message: String,
    causes: Causes,
    hints: Vec<String>,
    candidates: Vec<String>,
    exit: Exit,
    line: Option<u64>,
}

/// What is beneath an error.
#[derive(Debug, Clone)]
enum Causes {
    Errors(Vec<String>),
    Mistakes(Box<Checked>),
}

impl Error {
    /// An error that ends the run with [`Exit::CouldNot`]; `code` is a kebab-case name for programs.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            causes: Causes::Errors(Vec::new()),
            hints: Vec::new(),
            candidates: Vec::new(),
            exit: Exit::CouldNot,
            line: None,
        }
    }

    /// Arguments that contradict each other or ask for what there is not.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message)
    }

    /// Somebody left at a prompt.
    pub fn left() -> Self {
        Self { exit: Exit::Left, ..Self::new("left", "left at a prompt: no result") }
    }

    /// A dataset that cannot be used, and the mistakes in it.
    pub fn invalid(checked: Checked) -> Self {
        let count = counted(checked.diagnostics.len(), "error");
        let error = Self::new("invalid-dataset", format!("the dataset `{}` has {count}", checked.name))
            .hint("nothing is answered from a dataset with errors; `rolebook check` tells all that is wrong");
        Self { causes: Causes::Mistakes(Box::new(checked)), ..error }
    }

    /// Adds the error beneath, and those beneath it.
    #[must_use]
    pub fn because(mut self, cause: &dyn std::error::Error) -> Self {
        let mut next = Some(cause);
        while let (Some(error), Causes::Errors(causes)) = (next, &mut self.causes) {
            causes.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// Adds something to do about it, said as a sentence without a capital or a full stop.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds the names that were probably meant.
    #[must_use]
    pub fn candidates<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.candidates.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds the line of the input that it is about, from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The kebab-case name of the kind of error.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How the run ends.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// What went wrong, without causes and hints.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The errors beneath, outermost first; of a file with mistakes, each of them in a line.
    pub fn causes(&self) -> Vec<String> {
        match &self.causes {
            Causes::Errors(causes) => causes.clone(),
            Causes::Mistakes(checked) => checked.lines(),
        }
    }

    /// The file that the error is about, with its mistakes.
    pub fn mistakes(&self) -> Option<&Checked> {
        match &self.causes {
            Causes::Errors(_) => None,
            Causes::Mistakes(checked) => Some(checked),
        }
    }

    /// What to do about it, the names that were probably meant first.
    pub fn hints(&self) -> Vec<String> {
        let meant = match self.candidates.as_slice() {
            [] => None,
            names => Some(format!("did you mean {}?", alternatives(names))),
        };
        meant.into_iter().chain(self.hints.iter().cloned()).collect()
    }
}

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub(crate) fn alternatives(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Error", 8)?;
        document.serialize_field("schema", "rolebook.error/1")?;
        document.serialize_field("code", self.code)?;
        document.serialize_field("message", &self.message)?;
        document.serialize_field("causes", &self.causes())?;
        document.serialize_field("hints", &self.hints)?;
        document.serialize_field("candidates", &self.candidates)?;
        document.serialize_field("exit", &self.exit.code())?;
        document.serialize_field("line", &self.line)?;
        document.end()
    }
}
