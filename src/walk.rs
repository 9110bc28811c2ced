//! Walking folders: all files in them that are neither hidden nor ignored by git's rules.
//!
//! The rules are those of the `.gitignore` files in the folder, below it, and above it up to the repository's root.
//! What a user or a clone ignores besides is left out, so that a folder means the same files on every machine. Links
//! are not followed: what they lead to is either found anyway, or not in the folder. Of git's patterns only classes
//! with a name, such as `[[:digit:]]`, are not known.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files in a folder, in the order of their names, and what could not be read.
pub fn files(folder: &Path) -> Vec<Result<PathBuf, io::Error>> {
    let mut found = Vec::new();
    let mut rules = above(folder);
    walk(folder, &mut rules, &mut found);
    found
}

/// The rules of one file.
struct Rules {
    /// The folder they are about.
    folder: PathBuf,
    rules: Vec<Rule>,
}

struct Rule {
    glob: String,
    /// Whether it takes back what an earlier one ignores.
    keeps: bool,
    folders_only: bool,
}

/// The rules of the folders above, if they are of the same repository; the outermost first.
fn above(folder: &Path) -> Vec<Rules> {
    let is_root = |folder: &Path| folder.join(".git").exists();
    let Ok(folder) = folder.canonicalize() else { return Vec::new() };
    let Some(depth) = folder.ancestors().position(is_root) else { return Vec::new() };
    let mut rules: Vec<Rules> = folder.ancestors().skip(1).take(depth).filter_map(Rules::of).collect();
    rules.reverse();
    rules
}

fn walk(folder: &Path, rules: &mut Vec<Rules>, found: &mut Vec<Result<PathBuf, io::Error>>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(in_file(folder, &error))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    // Rules are about whole paths: those above were found by them.
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let own = Rules::of(&whole);
    let depth = rules.len();
    rules.extend(own);
    for entry in entries {
        let name = entry.file_name();
        let Ok(kind) = entry.file_type() else { continue };
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        if is_hidden || is_ignored(&whole.join(&name), kind.is_dir(), rules) {
            continue;
        }
        if kind.is_dir() {
            walk(&folder.join(&name), rules, found);
        } else if kind.is_file() {
            found.push(Ok(folder.join(&name)));
        }
    }
    rules.truncate(depth);
}

fn in_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The last rule that fits decides, of the innermost file that has one.
fn is_ignored(path: &Path, is_folder: bool, rules: &[Rules]) -> bool {
    let mut fitting = rules.iter().rev().filter_map(|rules| {
        let parts: Vec<_> =
            path.strip_prefix(&rules.folder).ok()?.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        rules.rules.iter().rev().find(|rule| rule.fits(&path, is_folder))
    });
    fitting.next().is_some_and(|rule| !rule.keeps)
}

impl Rules {
    /// The rules of a folder, if it has any.
    fn of(folder: &Path) -> Option<Self> {
        let text = fs::read(folder.join(".gitignore")).ok()?;
        let rules = String::from_utf8_lossy(&text).lines().filter_map(Rule::parse).collect();
        Some(Self { folder: folder.to_owned(), rules })
    }
}

impl Rule {
    fn parse(line: &str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let trimmed = line.trim_end_matches(' ');
        // A blank behind a backslash is meant.
        let line = if trimmed.ends_with('\\') && trimmed.len() < line.len() {
            format!("{trimmed} ")
        } else {
            trimmed.to_owned()
        };
        let (keeps, line) = line.strip_prefix('!').map_or((false, line.as_str()), |rest| (true, rest));
        let (folders_only, line) = line.strip_suffix('/').map_or((false, line), |rest| (true, rest));
        let pattern = line.strip_prefix('/').unwrap_or(line);
        if pattern.is_empty() {
            return None;
        }
        // Git knows no alternatives in braces, and no negation but the one above.
        let pattern = pattern.replace('{', "\\{").replace('}', "\\}");
        let pattern = if pattern.starts_with('!') { format!("\\{pattern}") } else { pattern };
        // A rule with a slash is about a path from here, one without about names anywhere below.
        let glob = if line.contains('/') { pattern } else { format!("**/{pattern}") };
        Some(Self { glob, keeps, folders_only })
    }

    fn fits(&self, path: &str, is_folder: bool) -> bool {
        (is_folder || !self.folders_only) && fast_glob::glob_match(&self.glob, path)
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    fn fits(rule: &str, path: &str) -> bool {
        let (path, is_folder) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
        Rule::parse(rule).is_some_and(|rule| rule.fits(path, is_folder))
    }

    #[test]
    fn rules_are_read_as_git_reads_them() {
        for (rule, fitting, others) in [
            ("page.md", vec!["page.md", "a/b/page.md", "page.md/"], vec!["pages.md", "page.md/x"]),
            ("/page.md", vec!["page.md"], vec!["a/page.md"]),
            ("a/page.md", vec!["a/page.md"], vec!["b/a/page.md"]),
            ("*.md", vec!["x.md", "a/x.md"], vec!["x.html"]),
            ("a/*.md", vec!["a/x.md"], vec!["a/b/x.md"]),
            ("build/", vec!["build/", "a/build/"], vec!["build"]),
            ("**/out", vec!["out", "a/b/out"], vec!["outer"]),
            ("a/**/b", vec!["a/b", "a/x/b", "a/x/y/b"], vec!["b"]),
            ("a/**", vec!["a/b", "a/b/c"], vec!["b/a"]),
            ("p[0-9]?.md", vec!["p1x.md"], vec!["px1.md"]),
            ("p[!0-9].md", vec!["px.md"], vec!["p1.md"]),
            ("{a,b}.md", vec!["{a,b}.md"], vec!["a.md"]),
            ("\\#a", vec!["#a"], vec!["a"]),
            ("\\!a", vec!["!a"], vec!["a"]),
            ("a  ", vec!["a"], vec!["a  "]),
            ("a\\ ", vec!["a "], vec!["a"]),
            ("# a", vec![], vec!["a", "# a"]),
            ("", vec![], vec!["a"]),
        ] {
            for path in fitting {
                assert!(fits(rule, path), "{rule} fits {path}");
            }
            for path in others {
                assert!(!fits(rule, path), "{rule} does not fit {path}");
            }
        }
    }
}
