//! Where a dataset's text comes from.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The dataset that is built in.
const BUILTIN: &str = include_str!("../../data/product-roles.json");
/// The files that are looked for where no dataset is named.
const DISCOVERED: [&str; 3] = ["rolebook.yaml", "rolebook.yml", "rolebook.json"];
/// The bytes that a dataset may have: many times the largest framework there is, and still no danger to a machine.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Where a dataset's text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The dataset that is built in.
    Builtin,
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// How a dataset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Yaml,
}

/// The text of a dataset, and where it came from.
#[derive(Debug, Clone)]
pub struct Input {
    source: Source,
    text: Cow<'static, str>,
    /// Where the text begins: behind a byte-order mark.
    start: usize,
}

impl Source {
    /// The file of this name; `-` is standard input.
    pub fn named(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path) }
    }

    /// The dataset nearest to a folder: a file of one of the known names there or in a folder above, up to the
    /// root of the repository; outside of a repository in the folder alone. None where there is no such file.
    ///
    /// # Errors
    ///
    /// Where a folder holds two such files.
    pub fn discovered(folder: &Path) -> Result<Option<Self>, Error> {
        let is_root = |folder: &Path| folder.join(".git").exists();
        let depth = folder.ancestors().position(is_root).unwrap_or(0);
        let mut way = PathBuf::new();
        for folder in folder.ancestors().take(depth.saturating_add(1)) {
            let mut found = DISCOVERED.iter().filter(|name| folder.join(name).is_file());
            match (found.next(), found.next()) {
                (Some(one), Some(other)) => {
                    let [one, other] = [one, other].map(|name| way.join(name).display().to_string());
                    return Err(Error::new(
                        "two-datasets",
                        format!("both `{one}` and `{other}` could be the dataset"),
                    )
                    .hint(format!("name one of them, as in `-d {one}`, or remove the other")));
                }
                (Some(one), None) => return Ok(Some(Self::File(way.join(one)))),
                _ => way.push(".."),
            }
        }
        Ok(None)
    }

    /// What people call it.
    pub fn name(&self) -> String {
        match self {
            Self::Builtin => "<builtin>".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "<stdin>".to_owned(),
        }
    }

    /// Its path; none for the dataset that is built in.
    pub fn path(&self) -> Option<String> {
        (*self != Self::Builtin).then(|| self.name())
    }

    /// The text itself.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, is no UTF-8 or is larger than any dataset.
    pub fn load(&self) -> Result<Input, Error> {
        let text = match self {
            Self::Builtin => Cow::Borrowed(BUILTIN),
            Self::File(path) => {
                let file = File::open(path);
                let size =
                    file.as_ref().ok().and_then(|file| file.metadata().ok()).map_or(0, |found| found.len());
                if size > MOST_BYTES {
                    return Err(self.too_large());
                }
                Cow::Owned(self.decode(self.bytes(file, usize::try_from(size).unwrap_or(0))?)?)
            }
            Self::Stdin => Cow::Owned(self.decode(self.bytes(Ok(io::stdin().lock()), 0)?)?),
        };
        Ok(Input::new(self.clone(), text))
    }

    fn bytes(&self, from: io::Result<impl Read>, size: usize) -> Result<Vec<u8>, Error> {
        // Room for all at once, and a byte to see that there are no more: growing would double it.
        let mut bytes = Vec::with_capacity(size.saturating_add(1));
        // One byte past the limit tells that there are more.
        let read = from.and_then(|from| from.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut bytes));
        read.map_err(|error| {
            let missing = error.kind() == io::ErrorKind::NotFound;
            let error = Error::new("unreadable", format!("`{}` cannot be read", self.name())).because(&error);
            if missing { error.hint("`rolebook init` writes a dataset to start from") } else { error }
        })?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
            return Err(self.too_large());
        }
        Ok(bytes)
    }

    fn too_large(&self) -> Error {
        let most = MOST_BYTES / (1024 * 1024);
        Error::new("too-large", format!("`{}` is larger than {most} MiB", self.name()))
            .hint("a dataset of this size is most likely another kind of file")
    }

    fn decode(&self, bytes: Vec<u8>) -> Result<String, Error> {
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let message = format!("`{}` is no UTF-8: byte {valid} begins no character", self.name());
            let error = Error::new("not-utf-8", message);
            error.hint("save the file as UTF-8; bytes count from 0")
        })
    }
}

impl Input {
    /// A text, as if it had been loaded from there.
    pub fn new(source: Source, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { source, text, start }
    }

    /// Where the text came from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The text, without a byte-order mark.
    pub fn text(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// By the name of the file; where it does not tell, by the first character.
    pub(super) fn syntax(&self) -> Syntax {
        let extension = match &self.source {
            Source::Builtin => Some("json".to_owned()),
            Source::File(path) => {
                path.extension().map(OsStr::to_ascii_lowercase).and_then(|one| one.into_string().ok())
            }
            Source::Stdin => None,
        };
        match extension.as_deref() {
            Some("json") => Syntax::Json,
            Some("yaml" | "yml") => Syntax::Yaml,
            _ if self.text().trim_start().starts_with(['{', '[']) => Syntax::Json,
            _ => Syntax::Yaml,
        }
    }
}
