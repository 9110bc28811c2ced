//! The outcome of a command, and the one place that delivers it: to standard output, a file or a generated block.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::session::Session;
use crate::doc::Report;
use crate::error::{Error, ErrorCode, Exit};
use crate::fs;
use crate::render::{
    self, Format, Fragment, TerminalOptions, format_name, render_fragment, render_line, render_tables,
};
use crate::ui::Reader;

/// The outcome of a command.
pub(super) struct Answer<'s> {
    content: Content<'s>,
    notes: Vec<String>,
    files: Vec<File>,
    exit: Exit,
    errors: Vec<Error>,
    tip: Option<&'static str>,
    hint: Option<&'static str>,
    goes_to_stdout: bool,
}

enum Content<'s> {
    /// A result, which has every format.
    Report(Box<dyn AnyReport + 's>),
    /// A text, which has at most one format.
    Text { command: &'static str, text: String, format: Option<Format> },
    /// A stream of results, one per line, each with its exit code.
    Lines(Box<dyn Iterator<Item = Result<(String, Exit), Error>> + 's>),
    /// Nothing to print.
    Done,
}

/// A file that is written besides the result.
struct File {
    path: PathBuf,
    text: String,
    /// What follows its name in the note that it was written.
    advice: String,
}

/// A [`Report`] of any type.
trait AnyReport {
    fn render(&self, format: Format, options: TerminalOptions) -> String;
    fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()>;
    fn write_table(&self, options: TerminalOptions, out: &mut dyn Write) -> io::Result<usize>;
    fn render_fragment(&self, fragment: Fragment, top: u8) -> String;
    fn render_tables(&self, fragment: Fragment) -> Option<String>;
}

impl<R: Report> AnyReport for R {
    fn render(&self, format: Format, options: TerminalOptions) -> String {
        render::render(self, format, options)
    }

    fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        render::write(self, format, out)
    }

    fn write_table(&self, options: TerminalOptions, out: &mut dyn Write) -> io::Result<usize> {
        render::write_table(self, options, out)
    }

    fn render_fragment(&self, fragment: Fragment, top: u8) -> String {
        render_fragment(self, fragment, top)
    }

    fn render_tables(&self, fragment: Fragment) -> Option<String> {
        render_tables(self, fragment)
    }
}

impl<'s> Answer<'s> {
    fn new(content: Content<'s>) -> Self {
        Self {
            content,
            notes: Vec::new(),
            files: Vec::new(),
            exit: Exit::Success,
            errors: Vec::new(),
            tip: None,
            hint: None,
            goes_to_stdout: false,
        }
    }

    /// A result.
    pub(super) fn report(report: impl Report + 's) -> Self {
        Self::new(Content::Report(Box::new(report)))
    }

    /// Plain text, with no choice of format.
    pub(super) fn text(command: &'static str, text: impl Into<String>) -> Self {
        Self::new(Content::Text { command, text: text.into(), format: None })
    }

    /// A JSON document, with no choice of format.
    pub(super) fn json(command: &'static str, text: impl Into<String>) -> Self {
        Self::new(Content::Text { command, text: text.into(), format: Some(Format::Json) })
    }

    /// A stream of results and of errors instead of them. The run ends with the worst of their exit codes, or at once
    /// where the stream itself fails.
    pub(super) fn lines<R: Report>(
        lines: impl Iterator<Item = Result<Result<R, Error>, Error>> + 's,
    ) -> Self {
        let rendered = |line: Result<R, Error>| match line {
            Ok(report) => (render_line(&report), Exit::Success),
            Err(error) => (render_line(&error), error.exit()),
        };
        Self::new(Content::Lines(Box::new(lines.map(move |line| line.map(rendered)))))
    }

    /// Nothing but an error.
    pub(super) fn failed(error: Error) -> Self {
        Self::done().exit(error.exit()).errors([error])
    }

    /// Nothing to print.
    pub(super) fn done() -> Self {
        Self::new(Content::Done)
    }

    /// Adds notes for standard error, which come before everything else.
    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Adds a file, which is written before errors are reported and the result is printed. The advice follows its name in
    /// the note that it was written.
    pub(super) fn file(mut self, path: &Path, text: impl Into<String>, advice: impl Into<String>) -> Self {
        self.files.push(File { path: path.to_owned(), text: text.into(), advice: advice.into() });
        self
    }

    /// Sets the exit code.
    pub(super) fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Fails the run if a check found against it; the result is printed all the same.
    pub(super) fn fails_if(self, fails: bool) -> Self {
        self.exit(if fails { Exit::Negative } else { Exit::Success })
    }

    /// Adds errors, which are reported on standard error before the result.
    pub(super) fn errors(mut self, errors: impl IntoIterator<Item = Error>) -> Self {
        self.errors.extend(errors);
        self
    }

    /// Adds a note for standard error that is shown if the result is a table longer than the terminal.
    pub(super) fn tip(mut self, tip: &'static str) -> Self {
        self.tip = Some(tip);
        self
    }

    /// Adds a note for standard error that is shown if the result is a table.
    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Prints the result even if there is an output file, because the file is for something else.
    pub(super) fn on_stdout(mut self) -> Self {
        self.goes_to_stdout = true;
        self
    }

    /// The result as part of a page, with its top headings at this level.
    pub(super) fn into_fragment(self, fragment: Fragment, top: u8) -> String {
        match self.content {
            Content::Report(report) => report.render_fragment(fragment, top),
            Content::Text { text, .. } => text,
            Content::Lines(_) | Content::Done => String::new(),
        }
    }

    /// The tables of the result as part of a page; `None` if it has none.
    pub(super) fn into_tables(self, fragment: Fragment) -> Option<String> {
        match self.content {
            Content::Report(report) => report.render_tables(fragment),
            Content::Text { .. } | Content::Lines(_) | Content::Done => None,
        }
    }
}

/// Delivers the outcome of a command and returns the exit code of the run.
pub(super) fn deliver(session: &Session, answer: Answer<'_>) -> Result<Exit, Error> {
    let Answer { content, notes, files, mut exit, errors, tip, hint, goes_to_stdout } = answer;
    let output = session.output().filter(|_| !goes_to_stdout);
    let result = output.filter(|_| !matches!(content, Content::Done));
    let written: Vec<&Path> = files.iter().map(|file| file.path.as_path()).chain(result).collect();
    for (place, path) in written.iter().enumerate() {
        if written.iter().take(place).any(|other| is_same_file(other, path)) {
            let message = format!("two results would be written to `{}`", path.display());
            return Err(Error::usage(message).hint("give each a file of its own"));
        }
    }
    for note in &notes {
        session.ui.note(note);
    }
    for File { path, text, advice } in &files {
        write(session, path, text, advice)?;
    }
    for error in &errors {
        session.ui.report(error);
    }
    match content {
        Content::Done => {}
        Content::Report(report) => {
            let format = if goes_to_stdout { session.stdout_format() } else { session.format() };
            let ui = &session.ui;
            let mark = if format == Format::Csv && session.begins_with_bom() { "\u{feff}" } else { "" };
            match (output, format) {
                (Some(file), _) => {
                    // Only a table depends on width and colour.
                    let options = TerminalOptions { width: ui.file_width(), color: false };
                    let mut text = report.render(format, options);
                    text.insert_str(0, mark);
                    let advice = if session.is_format_told() || file.extension().is_none() {
                        String::new()
                    } else {
                        let name = format_name(format);
                        format!("; its extension stands for no format, so it is in the format `{name}`")
                    };
                    write(session, file, &text, &advice)?;
                }
                (None, Format::Table) => {
                    let options = TerminalOptions { width: ui.width(), color: ui.color() };
                    let mut lines = 0;
                    ui.print_with(|out| {
                        lines = report.write_table(options, out)?;
                        Ok(())
                    })?;
                    if let Some(tip) = tip {
                        ui.note_if_too_long(lines, tip);
                    }
                }
                (None, _) => ui.print_with(|out| {
                    out.write_all(mark.as_bytes())?;
                    report.write(format, out)
                })?,
            }
            if let Some(hint) = hint.filter(|_| format == Format::Table) {
                ui.note(&format!("hint: {hint}"));
            }
        }
        Content::Text { command, text, format } => {
            if let Some(asked) = session.asked_format().filter(|asked| Some(*asked) != format) {
                let printed = if format == Some(Format::Json) { "JSON" } else { "plain text" };
                let asked = format_name(asked);
                return Err(Error::usage(format!("`{command}` does not support `--format {asked}`"))
                    .hint(format!("remove `--format`; `{command}` prints {printed}")));
            }
            hand_over(session, output, &text)?;
        }
        Content::Lines(lines) => exit = exit.max(deliver_lines(session, lines)?),
    }
    Ok(exit)
}

/// Writes a whole result.
fn hand_over(session: &Session, output: Option<&Path>, text: &str) -> Result<(), Error> {
    match output {
        Some(file) => write(session, file, text, ""),
        None => session.ui.print(text),
    }
}

/// Writes each result of a stream as soon as it is there; a file is written at the end, in one go.
fn deliver_lines(
    session: &Session,
    lines: impl Iterator<Item = Result<(String, Exit), Error>>,
) -> Result<Exit, Error> {
    let mut exit = Exit::Success;
    if session.output().is_some() {
        let mut all = String::new();
        for line in lines {
            let (text, of_line) = line?;
            all.push_str(&text);
            exit = exit.max(of_line);
        }
        hand_over(session, session.output(), &all)?;
        return Ok(exit);
    }
    let mut output = session.ui.stream();
    for line in lines {
        let (text, of_line) = line?;
        exit = exit.max(of_line);
        if output.write(&text)? == Reader::Gone {
            break;
        }
    }
    output.finish()?;
    Ok(exit)
}

/// Writes a file and notes it, followed by advice. It must not be the dataset in use, and must not exist unless `--force`
/// is given.
fn write(session: &Session, path: &Path, text: &str, advice: &str) -> Result<(), Error> {
    let name = path.display();
    if session.reads(path) {
        return Err(Error::usage(format!("the result would replace `{name}`, which it is made from"))
            .hint("choose another file"));
    }
    let written =
        if session.force() { fs::replace(path, text.as_bytes()) } else { fs::create(path, text.as_bytes()) };
    written.map_err(|error| {
        let failed = Error::new(ErrorCode::Output, format!("`{name}` could not be written")).because(&error);
        match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::IsADirectory if path.is_dir() => {
                Error::new(ErrorCode::Output, format!("`{name}` is a folder"))
                    .hint("name a file in it, or elsewhere")
            }
            ErrorKind::AlreadyExists => Error::new(ErrorCode::Exists, format!("`{name}` already exists"))
                .hint("choose another file, or overwrite it with `--force`"),
            ErrorKind::NotFound => match path.parent().filter(|folder| !folder.exists()) {
                Some(folder) if folder != Path::new("") => {
                    failed.hint(format!("create the folder `{}` first, or choose another", folder.display()))
                }
                _ => failed.hint("choose a folder that exists"),
            },
            ErrorKind::NotADirectory => failed.hint(match path.ancestors().find(|part| part.is_file()) {
                Some(file) => format!("`{}` is a file; choose a folder", file.display()),
                None => "leave out the `/` at the end".to_owned(),
            }),
            // An existing file says itself why it is not replaced.
            ErrorKind::PermissionDenied
                if path.metadata().is_ok_and(|file| file.permissions().readonly()) =>
            {
                failed.hint("choose another file, or make this one writable")
            }
            ErrorKind::PermissionDenied => failed.hint("choose a folder that you can write to"),
            ErrorKind::StorageFull => failed.hint("make room, or choose a file on another disk"),
            _ => failed,
        }
    })?;
    session.ui.note(&format!("wrote {name}{advice}"));
    Ok(())
}

/// Whether two paths name the same file, even if it does not exist yet.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        path.canonicalize().or_else(|_| {
            let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
            folder.canonicalize().map(|folder| folder.join(path.file_name().unwrap_or_default()))
        })
    };
    one == other || whole(one).ok().zip(whole(other).ok()).is_some_and(|(one, other)| one == other)
}
