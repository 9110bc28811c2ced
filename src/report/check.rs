//! `rolebook.check/1`: the problems in files.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Severity, Site};
use crate::doc::{Cell, Doc, Entry, Line, Records, Report, Table, Tone};
use crate::text::counted;

/// The report on checked files.
#[derive(Debug)]
pub struct CheckReport {
    checked: Vec<Checked>,
}

/// The report as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckDocument<'c> {
    schema: &'static str,
    files: Vec<FileEntry<'c>>,
    diagnostics: Vec<DiagnosticEntry<'c>>,
}

/// A file, and the number of its problems.
#[derive(Debug, Serialize, JsonSchema)]
struct FileEntry<'c> {
    path: Option<&'c str>,
    errors: usize,
    warnings: usize,
    /// The number of problems that are counted but not listed below.
    unlisted: usize,
    /// Why the file could not be read, if it could not.
    unreadable: Option<&'c str>,
}

/// A problem and its place.
#[derive(Debug, Serialize, JsonSchema)]
struct DiagnosticEntry<'c> {
    code: Code,
    severity: Severity,
    message: &'c str,
    file: Option<&'c str>,
    #[serde(flatten)]
    place: Place,
    help: Option<String>,
    /// How often the same problem occurs; this is its first place.
    times: usize,
}

impl CheckReport {
    /// The report on files that were checked.
    pub fn new(checked: Vec<Checked>) -> Self {
        Self { checked }
    }

    fn diagnostics(&self) -> impl Iterator<Item = DiagnosticEntry<'_>> {
        self.checked.iter().flat_map(|file| {
            file.placed().map(|(diagnostic, place)| DiagnosticEntry {
                code: diagnostic.code,
                severity: diagnostic.code.severity(),
                message: &diagnostic.message,
                file: file.path.as_deref(),
                place,
                help: diagnostic.help(),
                times: diagnostic.times,
            })
        })
    }
}

impl Serialize for CheckReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let files = self.checked.iter().map(|file| FileEntry {
            path: file.path.as_deref(),
            errors: file.count(Severity::Error),
            warnings: file.count(Severity::Warning),
            unlisted: file.unlisted.errors + file.unlisted.warnings,
            unreadable: file.failure.as_ref().map(|failure| failure.message.as_str()),
        });
        CheckDocument {
            schema: "rolebook.check/1",
            files: files.collect(),
            diagnostics: self.diagnostics().collect(),
        }
        .serialize(serializer)
    }
}

/// "3 errors, 1 warning".
fn tally(file: &Checked) -> String {
    if let Some(failure) = &file.failure {
        return failure.message.clone();
    }
    let parts = [Severity::Error, Severity::Warning].map(|severity| (file.count(severity), severity));
    let summary: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| counted(count, severity.name()))
        .collect();
    let summary = if summary.is_empty() { "no problems found".to_owned() } else { summary.join(", ") };
    match file.not_listed() {
        Some(more) => format!("{summary} ({more})"),
        None => summary,
    }
}

impl Report for CheckReport {
    fn doc(&self) -> Doc<'_> {
        let mut doc = Doc::new(format!("{} checked", counted(self.checked.len(), "dataset")));
        for file in &self.checked {
            doc.heading(2, file.name.as_str());
            doc.paragraph(tally(file));
            let rows = file.placed().map(|(diagnostic, place)| -> Vec<Cell<'_>> {
                let code = diagnostic.code;
                let place = format!("{}:{}", place.line, place.column);
                let rule =
                    Line::from(code.severity().name()).and(Tone::Plain, " ").and(Tone::Code, code.name());
                vec![
                    vec![place.into()],
                    vec![rule],
                    vec![Line::from(diagnostic.found().into_owned())],
                    diagnostic.help().into_iter().map(Line::from).collect(),
                ]
            });
            let head = ["Place", "Rule", "Found", "Help"].map(Line::from).to_vec();
            doc.table(Table { head, rows: rows.collect() });
        }
        doc
    }

    /// One record per problem, with the same keys as in JSON.
    fn records(&self) -> Records<'_> {
        let columns = &[
            "code",
            "severity",
            "message",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "help",
            "times",
        ];
        let rows = self.diagnostics().map(|one| {
            let Place { line, column, end_line, end_column } = one.place;
            [
                one.code.name().into(),
                one.severity.name().into(),
                one.message.into(),
                one.file.into(),
                line.into(),
                column.into(),
                end_line.into(),
                end_column.into(),
                one.help.into(),
                one.times.into(),
            ]
        });
        Records::new(columns, rows)
    }

    /// Each problem with an excerpt, and a tally for each file.
    fn entries(&self) -> Option<Vec<Entry<'_>>> {
        // Unreadable files have been reported on standard error.
        let readable = self.checked.iter().filter(|file| file.failure.is_none());
        let entries = readable.flat_map(|file| {
            let is_error = |one: &&Diagnostic| one.code.severity() == Severity::Error;
            let first = file.diagnostics.iter().find(is_error).or_else(|| file.diagnostics.first());
            let explain = first
                .map_or(String::new(), |first| format!(" · rolebook check --explain {}", first.code.name()));
            [Entry::Mistakes(file), Entry::Text(format!("{}: {}{explain}", file.name, tally(file)))]
        });
        Some(entries.collect())
    }

    fn problems(&self) -> Vec<Diagnostic<Site<'_>>> {
        self.checked.iter().flat_map(Checked::problems).collect()
    }

    fn unlisted(&self) -> Vec<String> {
        let counted_only = |file: &Checked| Some(format!("{}: {}", file.name, file.not_listed()?));
        self.checked.iter().filter_map(counted_only).collect()
    }
}
