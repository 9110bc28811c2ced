//! Walking folders: all files in them that are neither hidden nor ignored by git's rules.
//!
//! Rules come from the `.gitignore` files in the folder, below it, and above it up to the root of the repository. Other
//! ignore files, of the user or the clone, are not used, so that a folder means the same files on every machine. Links
//! are not followed: their target is either found anyway or outside the folder.

use std::io;
use std::path::{Path, PathBuf};

use gix_ignore::Search;
use gix_ignore::glob::pattern::Case;
use walkdir::{DirEntry, WalkDir};

use crate::fs::read_file;

/// The files in a folder, sorted by name, and the errors.
pub fn files(folder: &Path) -> Vec<Result<PathBuf, io::Error>> {
    let mut rules = Rules::above(folder);
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    entries
        .filter_entry(|entry| rules.let_through(entry))
        .filter(|found| found.as_ref().map_or(true, |entry| entry.file_type().is_file()))
        .map(|found| found.map(DirEntry::into_path).map_err(io::Error::from))
        .collect()
}

/// The rules found so far.
struct Rules {
    /// The folder that is walked, as given and as an absolute path.
    named: PathBuf,
    whole: PathBuf,
    /// The topmost folder with rules that apply.
    root: PathBuf,
    search: Search,
}

impl Rules {
    /// Reads the rules of the folders above that belong to the same repository.
    fn above(folder: &Path) -> Self {
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let root = whole.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&whole).to_owned();
        let mut rules = Self { named: folder.to_owned(), whole, root, search: Search::default() };
        let mut above: Vec<PathBuf> = rules.whole.ancestors().skip(1).map(Path::to_owned).collect();
        above.retain(|folder| folder.starts_with(&rules.root));
        above.iter().rev().for_each(|folder| rules.add(folder));
        rules
    }

    /// Adds the rules of a folder, if it has any; inner rules take precedence.
    fn add(&mut self, folder: &Path) {
        let file = folder.join(".gitignore");
        // Reading a pipe with this name would block.
        if let Some(text) = file.is_file().then(|| read_file(&file)).and_then(Result::ok) {
            // This only fails for paths that are not valid text, and then nothing below is valid either.
            let _ = self.search.add_patterns_buffer(
                &text,
                file,
                Some(&self.root),
                gix_ignore::search::Ignore::default(),
            );
        }
    }

    /// Whether an entry is neither hidden nor ignored. The root is searched even if it is hidden or ignored.
    fn let_through(&mut self, entry: &DirEntry) -> bool {
        let path =
            entry.path().strip_prefix(&self.named).map_or(self.whole.clone(), |below| self.whole.join(below));
        let is_folder = entry.file_type().is_dir();
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_left = entry.depth() > 0 && (is_hidden || self.ignore(&path, is_folder));
        if is_folder && !is_left {
            self.add(&path);
        }
        !is_left
    }

    /// Whether an entry is ignored: the last matching rule of the innermost file with a match decides.
    fn ignore(&self, path: &Path, is_folder: bool) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let rule = self.search.pattern_matching_relative_path(
            parts.join("/").as_str().into(),
            Some(is_folder),
            Case::Sensitive,
        );
        rule.is_some_and(|rule| !rule.pattern.is_negative())
    }
}
