//! Earlier versions of datasets: files from git, read by running git without a shell.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::{Error, ErrorCode};
use crate::fs;
use crate::text::command_line;

/// Reads a file at a revision with `git cat-file`. The path is relative to the root of the repository, or to the folder if
/// it begins with `./`. An empty revision means the index (staged files).
///
/// # Errors
///
/// If there is no git, no repository, no such revision or no such file in it.
pub(super) fn read(folder: &Path, revision: &str, path: &Path) -> Result<Vec<u8>, Error> {
    // git would take it for an option.
    if revision.starts_with('-') {
        return Err(Error::usage(format!("`{revision}` is not a revision"))
            .hint("name a branch, a tag or a commit, such as `origin/main` or `HEAD~1`"));
    }
    let mut object = OsString::from(revision);
    object.push(":");
    object.push(path);
    let (found, text) = run(git(folder).args(["cat-file", "blob"]).arg(&object))?;
    if found { Ok(text) } else { Err(missing(folder, revision, path)) }
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    if folder != Path::new("") {
        git.arg("-C").arg(folder);
    }
    // A partial clone may fetch missing objects, but must not prompt for a password.
    git.env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null()).stderr(Stdio::null());
    git
}

/// Whether git succeeded, and what it printed.
fn run(git: &mut Command) -> Result<(bool, Vec<u8>), Error> {
    let mut run = || -> io::Result<(bool, Vec<u8>)> {
        let mut child = git.stdout(Stdio::piped()).spawn()?;
        let printed = match child.stdout.take() {
            Some(stdout) => fs::read_stream(stdout),
            None => Ok(Vec::new()),
        };
        // Reading stops at the size limit, so git would wait forever.
        if printed.is_err() {
            let _ = child.kill();
        }
        let success = child.wait()?.success();
        Ok((success, printed?))
    };
    run().map_err(|error| {
        let failed = Error::new(ErrorCode::Git, "cannot run git").because(&error);
        match error.kind() {
            ErrorKind::NotFound => failed.hint("install git, or compare two files instead"),
            _ => failed,
        }
    })
}

/// Finds out why there is no such file.
fn missing(folder: &Path, revision: &str, path: &Path) -> Error {
    let succeeds = |arguments: &[&str]| run(git(folder).args(arguments)).is_ok_and(|(found, _)| found);
    if !succeeds(&["rev-parse", "--git-dir"]) {
        return Error::new(ErrorCode::Git, "this folder is not in a git repository")
            .hint("compare two files instead, or run rolebook in the repository");
    }
    let tree = format!("{revision}^{{tree}}");
    if !revision.is_empty() && !succeeds(&["rev-parse", "--verify", "--quiet", &tree]) {
        let error = Error::new(ErrorCode::UnknownRevision, format!("git has no revision `{revision}` here"));
        let fetch = match revision.split_once('/') {
            Some((remote, branch)) if remote == "origin" => command_line(["git", "fetch", remote, branch]),
            _ => command_line(["git", "fetch", "origin", revision]),
        };
        return error
            .hint("check the spelling; `git tag` and `git branch --all` list the names that git knows")
            .hint(format!("or fetch it with `{fetch}`; a shallow clone has only the newest revision"));
    }
    let place = if revision.is_empty() { "staged".to_owned() } else { format!("in revision `{revision}`") };
    if let Ok(file) = path.strip_prefix(".") {
        let error =
            Error::new(ErrorCode::NotInRevision, format!("`{}` is not {place}", folder.join(file).display()));
        return error.hint("the file is new, was renamed, or is not in git; name two files to compare it");
    }
    let error =
        Error::new(ErrorCode::NotInRevision, format!("there is no file `{}` {place}", path.display()));
    error.hint("the path starts at the root of the repository; begin it with `./` to start here")
}
