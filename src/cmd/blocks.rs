//! `export --into` and `export --check`: updating and checking the generated blocks in files and folders.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::block_command::{BlockCommand, Setting};
use super::deliver::Answer;
use super::session::Session;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, ErrorCode, Exit};
use crate::fs::{Written, read_file, update};
use crate::pages::walk::files;
use crate::pages::{BlockContent, EXTENSIONS, GeneratedBlock, Page, State, Syntax};
use crate::render::Fragment;
use crate::report::docs::{BlockEntry, BlockState, DocsReport, FileEntry};
use crate::text::{command, counted};

/// What to do with blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Update them, optionally including blocks that were edited by hand.
    Write { over_edits: bool },
    /// Check them.
    Check,
}

/// Performs the task on files and folders, and reports the result.
pub(super) fn run<'s>(session: &Session<'s>, paths: &[PathBuf], task: Task) -> Result<Answer<'s>, Error> {
    if session.output().is_some() {
        return Err(Error::usage("`--output` cannot be combined with `--into` or `--check`")
            .hint("the report on the blocks goes to standard output"));
    }
    // Report an unreadable dataset once, not for each block.
    session.dataset()?;
    let mut run =
        Run { session, task, report: DocsReport::default(), notes: Vec::new(), seen: HashSet::new() };
    let mut unrepaired = Vec::new();
    for path in paths {
        if run.path(path) {
            unrepaired.push(path.as_path());
        }
    }
    run.finish(&unrepaired)
}

struct Run<'r, 's> {
    session: &'r Session<'s>,
    task: Task,
    report: DocsReport,
    /// Which files were written.
    notes: Vec<String>,
    /// The files processed so far, by canonical path, so that links do not repeat them.
    seen: HashSet<PathBuf>,
}

/// A block of a page, the output of its command, and its state.
struct Judged<'p> {
    block: &'p GeneratedBlock,
    new: BlockContent,
    state: State,
}

impl Run<'_, '_> {
    /// Processes a given file or folder. Returns whether `--into` would repair anything in it.
    fn path(&mut self, path: &Path) -> bool {
        let name = path.display().to_string();
        match fs::metadata(path) {
            Err(error) => {
                let message = format!("cannot be read: {error}");
                let failure = Diagnostic::new(ErrorCode::Unreadable.into(), None, message);
                // What was meant for a role is taken for a file.
                let advice = match path.extension() {
                    Some(_) => "check the path",
                    None => "name files and folders only; each block names its roles in its own command",
                };
                self.report.error(&name, failure.advice(advice));
                false
            }
            Ok(found) if found.is_dir() => self.folder(path, &name),
            Ok(found) if !found.is_file() => {
                self.failure(&name, ErrorCode::Unreadable, "neither a file nor a folder");
                false
            }
            Ok(_) => self.file(path).unwrap_or_else(|| {
                self.nothing(&name, "no generated block in this file", Syntax::of(path));
                false
            }),
        }
    }

    /// Processes all files with blocks in a folder.
    fn folder(&mut self, folder: &Path, name: &str) -> bool {
        let mut has_blocks = false;
        let mut is_left = false;
        for found in files(folder) {
            match found {
                Ok(path) => {
                    let extension = path.extension().unwrap_or_default();
                    if EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
                        // Report `page.md` instead of `./page.md`, as other tools do.
                        let left = self.file(path.strip_prefix(".").unwrap_or(&path));
                        has_blocks |= left.is_some();
                        is_left |= left == Some(true);
                    }
                }
                Err(error) => {
                    has_blocks = true;
                    self.unreadable(name, &error);
                }
            }
        }
        if !has_blocks {
            self.nothing(name, "no generated blocks in this folder", Syntax::Markdown);
        }
        is_left
    }

    /// Processes a file. Returns whether `--into` would repair anything in it, or `None` if it has no blocks.
    fn file(&mut self, path: &Path) -> Option<bool> {
        if fs::canonicalize(path).is_ok_and(|path| !self.seen.insert(path)) {
            return Some(false);
        }
        let name = path.display().to_string();
        let bytes = match read_file(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable(&name, &error);
                return Some(false);
            }
        };
        let syntax = Syntax::of(path);
        let mut page = Page::new(&bytes, syntax);
        let mut problems = std::mem::take(&mut page.problems);
        if page.blocks.is_empty() && problems.is_empty() {
            return None;
        }
        let fragment = match syntax {
            Syntax::Markdown => Fragment::Markdown,
            Syntax::Mdx => Fragment::Mdx,
            Syntax::Html => Fragment::Html,
        };
        let setting = Setting { path, fragment };
        let mut judged = Vec::new();
        for block in &page.blocks {
            match self.judge(&page, block, setting) {
                Ok(one) => judged.push(one),
                Err(problem) => problems.push(problem),
            }
        }
        problems.sort_by_cached_key(|problem| (problem.at.line, problem.at.column));
        let can_be_written = problems.is_empty();
        let written = can_be_written && self.write(path, &name, &page, &judged);
        for problem in problems {
            let place = Some(problem.at);
            self.report.error(&name, problem.moved(place));
        }
        let mut is_left = false;
        let blocks = judged.iter().map(|Judged { block, new, state }| {
            let diff = (*state != State::Fresh).then(|| page.diff(&name, block, new));
            let mut entry = BlockEntry::new(block, *state, diff);
            if written && self.is_due(*state) {
                entry.state = BlockState::Written;
            }
            is_left |= matches!(entry.state, BlockState::Stale | BlockState::Edited);
            entry
        });
        let blocks = blocks.collect();
        self.report.file(FileEntry { path: name, blocks });
        Some(is_left && can_be_written)
    }

    /// Runs the command of a block and compares the output.
    fn judge<'p>(
        &self,
        page: &Page<'_>,
        block: &'p GeneratedBlock,
        setting: Setting<'_>,
    ) -> Result<Judged<'p>, Diagnostic<Place>> {
        let new = BlockCommand::parse(&block.command)
            .and_then(|command| command.run(self.session, setting, block.heading))
            .map_err(|error| error.problem().moved(block.place))?;
        let state = page.state(block, &new)?;
        Ok(Judged { block, new, state })
    }

    /// Whether to write a block in this state.
    fn is_due(&self, state: State) -> bool {
        match (self.task, state) {
            (Task::Check, _) | (_, State::Fresh) => false,
            (Task::Write { .. }, State::Stale) => true,
            (Task::Write { over_edits }, State::Edited) => over_edits,
        }
    }

    /// Writes the blocks that need it. Returns whether it succeeded.
    fn write(&mut self, path: &Path, name: &str, page: &Page<'_>, judged: &[Judged<'_>]) -> bool {
        let due: Vec<(&GeneratedBlock, &BlockContent)> =
            judged.iter().filter(|one| self.is_due(one.state)).map(|one| (one.block, &one.new)).collect();
        if due.is_empty() {
            return false;
        }
        let count = due.len();
        match update(path, page.bytes(), &page.filled(due)) {
            Ok(Written::Unchanged) => true,
            Ok(Written::Yes) => {
                self.notes.push(format!("updated {name} ({})", counted(count, "block")));
                true
            }
            Err(error) => {
                self.failure(name, ErrorCode::UnwritableFile, format!("cannot be written: {error}"));
                false
            }
        }
    }

    fn unreadable(&mut self, name: &str, error: &dyn std::error::Error) {
        self.failure(name, ErrorCode::Unreadable, format!("cannot be read: {error}"));
    }

    fn failure(&mut self, name: &str, code: ErrorCode, message: impl Into<String>) {
        self.report.error(name, Diagnostic::new(code.into(), None, message));
    }

    fn nothing(&mut self, name: &str, message: &str, syntax: Syntax) {
        let [opening, closing] = ["rolebook: compare", "/rolebook"].map(|text| syntax.comment(text));
        let help = format!("where you want one, put `{opening}` and `{closing}` on lines of their own");
        self.report.error(name, Diagnostic::new(Code::NoBlock, None, message).advice(help));
    }

    /// The report, with the exit code.
    fn finish<'a>(mut self, unrepaired: &[&Path]) -> Result<Answer<'a>, Error> {
        let is_edited = self.report.has(BlockState::Edited);
        if !unrepaired.is_empty() {
            let command = self.repair(unrepaired, is_edited)?;
            self.report.repair(command, is_edited);
        }
        let report = self.report;
        let exit = if report.has_errors() {
            Exit::Error
        } else if is_edited || report.has(BlockState::Stale) {
            Exit::Negative
        } else {
            Exit::Success
        };
        // Records can only describe blocks, so other errors go to standard error.
        let errors: Vec<Error> =
            if self.session.prints_records() { report.errors().collect() } else { Vec::new() };
        Ok(Answer::report(report).notes(self.notes).exit(exit).errors(errors))
    }

    /// The command that updates all blocks in these files and folders.
    fn repair(&self, paths: &[&Path], over_edits: bool) -> Result<String, Error> {
        let dataset = self.session.dataset_arguments()?.words;
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let force = if over_edits { &["--force"][..] } else { &[] };
        let words = dataset.iter().map(String::as_str).chain(["export"]).chain(force.iter().copied());
        Ok(command(words.chain(["--into"]).chain(paths.iter().map(String::as_str))))
    }
}
