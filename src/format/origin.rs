//! Where a dataset's text comes from.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};

use super::{builtin, git};
use crate::error::{Error, ErrorCode};
use crate::fs;

/// The file names of datasets that are found automatically.
const DISCOVERED: [&str; 3] = ["rolebook.yaml", "rolebook.yml", "rolebook.json"];

/// Where a dataset's text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The built-in dataset.
    Builtin,
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A file at a git revision.
    Git {
        /// The folder to run git in; empty for the current folder.
        folder: PathBuf,
        /// The revision; empty for the index (staged files).
        revision: String,
        /// The path relative to the root of the repository, or to the folder if it begins with `./`.
        path: PathBuf,
    },
}

/// The syntax of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// YAML 1.2.
    Yaml,
}

/// The text of a dataset, and where it came from.
#[derive(Debug, Clone)]
pub struct Input {
    source: Origin,
    text: Cow<'static, str>,
    /// The start of the text, after a byte-order mark.
    start: usize,
}

impl Origin {
    /// The file with this path; `-` is standard input.
    pub fn named(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
    }

    /// The file with this path or, if there is none, the git object `REV:PATH`.
    pub fn named_in_history(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let in_git = || {
            let (revision, file) = path.to_str()?.split_once(':')?;
            let (folder, file) = (PathBuf::new(), PathBuf::from(file));
            Some(Self::Git { folder, revision: revision.to_owned(), path: file })
        };
        // A file name may contain a colon.
        let in_git = if path.exists() { None } else { in_git() };
        in_git.unwrap_or_else(|| Self::named(path))
    }

    /// This file at a revision.
    ///
    /// # Errors
    ///
    /// If it is not a file.
    pub fn at_revision(&self, revision: &str) -> Result<Self, Error> {
        let Self::File(path) = self else {
            let name = match self {
                Self::Builtin => "the built-in dataset".to_owned(),
                Self::Stdin => "standard input".to_owned(),
                Self::File(_) | Self::Git { .. } => self.name(),
            };
            return Err(Error::usage(format!("{name} has no earlier revision")));
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let file = Path::new(".").join(path.file_name().unwrap_or_default());
        Ok(Self::Git { folder, revision: revision.to_owned(), path: file })
    }

    /// The nearest file with one of the known names, in this folder or a parent folder up to the root of the repository;
    /// outside a repository, only in this folder. `None` if there is no such file.
    ///
    /// # Errors
    ///
    /// If a folder contains two such files: their names.
    pub fn discovered(folder: &Path) -> Result<Option<Self>, [String; 2]> {
        let is_root = |folder: &Path| folder.join(".git").exists();
        let depth = folder.ancestors().position(is_root).unwrap_or(0);
        let mut way = PathBuf::new();
        for folder in folder.ancestors().take(depth + 1) {
            let mut found = DISCOVERED.iter().filter(|name| folder.join(name).is_file());
            match (found.next(), found.next()) {
                (Some(one), Some(other)) => {
                    return Err([one, other].map(|name| way.join(name).display().to_string()));
                }
                (Some(one), None) => return Ok(Some(Self::File(way.join(one)))),
                _ => way.push(".."),
            }
        }
        Ok(None)
    }

    /// Another file in the same folder, if both would be used without being named.
    pub fn rival(path: &Path) -> Option<PathBuf> {
        DISCOVERED.iter().find(|name| path.file_name() == Some(OsStr::new(name)))?;
        let mut others = DISCOVERED.iter().map(|name| path.with_file_name(name));
        others.find(|other| other != path && other.is_file())
    }

    /// The name to show.
    pub fn name(&self) -> String {
        match self {
            Self::Builtin => "<builtin>".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "<stdin>".to_owned(),
            Self::Git { folder, revision, path } => match path.strip_prefix(".") {
                Ok(file) => format!("{revision}:{}", folder.join(file).display()),
                Err(_) => format!("{revision}:{}", path.display()),
            },
        }
    }

    /// The path, unless it is the built-in dataset.
    pub fn path(&self) -> Option<String> {
        (*self != Self::Builtin).then(|| self.name())
    }

    /// Whether it is a file with one of these extensions, in capital or small letters.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let (Self::File(path) | Self::Git { path, .. }) = self else { return false };
        let extension = path.extension().and_then(OsStr::to_str);
        extension.is_some_and(|extension| extensions.iter().any(|one| extension.eq_ignore_ascii_case(one)))
    }

    /// Loads the text.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is not UTF-8, or is too large.
    pub fn load(&self) -> Result<Input, Error> {
        self.load_with(None)
    }

    /// Loads the text, with this hint in the error if there is no such file.
    ///
    /// # Errors
    ///
    /// As [`Origin::load`].
    pub fn load_or(&self, hint: &str) -> Result<Input, Error> {
        self.load_with(Some(hint))
    }

    fn load_with(&self, hint: Option<&str>) -> Result<Input, Error> {
        let text = match self {
            Self::Builtin => Cow::Borrowed(builtin::TEXT),
            Self::File(path) => Cow::Owned(self.decode(fs::read_file(path), hint)?),
            Self::Stdin => Cow::Owned(self.decode(fs::read_stream(io::stdin().lock()), hint)?),
            Self::Git { folder, revision, path } => {
                Cow::Owned(self.decode(Ok(git::read(folder, revision, path)?), hint)?)
            }
        };
        Ok(Input::new(self.clone(), text))
    }

    /// Opens a file or standard input to read it line by line.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened; with this hint if there is no such file.
    pub fn open_or(&self, hint: &str) -> Result<Box<dyn BufRead>, Error> {
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.unreadable_or(&error, Some(hint)))?;
                Box::new(BufReader::new(file))
            }
            Self::Stdin => Box::new(io::stdin().lock()),
            Self::Builtin | Self::Git { .. } => Box::new(Cursor::new(self.load_or(hint)?.text.into_owned())),
        })
    }

    /// The error if reading it failed.
    pub fn unreadable(&self, error: &io::Error) -> Error {
        self.unreadable_or(error, None)
    }

    fn unreadable_or(&self, error: &io::Error, hint: Option<&str>) -> Error {
        let kind = error.kind();
        let code =
            if kind == io::ErrorKind::FileTooLarge { ErrorCode::TooLarge } else { ErrorCode::Unreadable };
        let error = Error::new(code, format!("cannot read `{}`", self.name())).because(error);
        match kind {
            io::ErrorKind::NotFound => hint.into_iter().fold(error, Error::hint),
            io::ErrorKind::IsADirectory => error.hint("name a file in this folder"),
            io::ErrorKind::FileTooLarge => error.hint("check that this is the file you meant"),
            _ => error,
        }
    }

    fn decode(&self, read: io::Result<Vec<u8>>, hint: Option<&str>) -> Result<String, Error> {
        let bytes = read.map_err(|error| self.unreadable_or(&error, hint))?;
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            Error::not_utf8(&self.name(), error.as_bytes(), valid).hint("save the file as UTF-8")
        })
    }
}

impl Input {
    /// Creates an input from a text.
    pub fn new(source: Origin, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { source, text, start }
    }

    /// Where the text came from.
    pub fn source(&self) -> &Origin {
        &self.source
    }

    /// The text, without a byte-order mark.
    pub fn text(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Whether it is JSON Lines: by its extension, or because the first line is a complete object and another follows.
    pub fn has_lines(&self) -> bool {
        if self.source.has_extension(&["jsonl", "ndjson"]) {
            return true;
        }
        let Some((first, rest)) = self.text().trim().split_once('\n') else { return false };
        let is_object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
        is_object(first) && rest.trim_start().starts_with('{')
    }

    /// The syntax by file extension or, for unknown extensions, by the first character. An empty file counts as YAML, because
    /// it would not be valid JSON.
    pub fn syntax(&self) -> Syntax {
        if self.text().trim_start().is_empty() {
            return Syntax::Yaml;
        }
        let is_json = self.source.has_extension(&["json"])
            || (!self.source.has_extension(&["yaml", "yml"])
                && self.text().trim_start().starts_with(['{', '[']));
        if is_json { Syntax::Json } else { Syntax::Yaml }
    }
}
