//! `rolebook.docs/1`: the generated blocks in files, and whether they are up to date.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Site};
use crate::doc::{self, Doc, Entry, Line, Records, Report, Table, Tone};
use crate::error::Error;
use crate::pages::{GeneratedBlock, State};
use crate::text::counted;

/// The report on files with generated blocks.
#[derive(Debug, Default)]
pub struct DocsReport {
    files: Vec<FileEntry>,
    /// Why files or blocks could not be processed.
    errors: Vec<Diagnostic<Site<'static>>>,
    repair: Option<Repair>,
}

/// The report on files with generated blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocsDocument<'d> {
    schema: &'static str,
    files: &'d [FileEntry],
    errors: Vec<ErrorEntry<'d>>,
}

/// The command that repairs all blocks that can be repaired.
#[derive(Debug)]
struct Repair {
    command: String,
    /// Whether it overwrites edits made by hand.
    over_edits: bool,
}

/// A file with blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileEntry {
    /// The file's path, as given or found.
    pub path: String,
    /// Its blocks, in order.
    pub blocks: Vec<BlockEntry>,
}

/// A block.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BlockEntry {
    line: usize,
    command: String,
    /// Whether it is up to date.
    pub state: BlockState,
    diff: Option<String>,
    #[serde(skip)]
    place: Place,
}

/// The state of a block before or after writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlockState {
    /// It is up to date.
    Fresh,
    /// It is out of date.
    Stale,
    /// It was edited by hand.
    Edited,
    /// It was updated.
    Written,
}

/// Why a file or a block could not be processed.
#[derive(Debug, Serialize, JsonSchema)]
struct ErrorEntry<'d> {
    code: Code,
    severity: Severity,
    message: &'d str,
    file: &'d str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<String>,
}

impl<'d> From<&'d Diagnostic<Site<'_>>> for ErrorEntry<'d> {
    fn from(problem: &'d Diagnostic<Site<'_>>) -> Self {
        let place = problem.at.place;
        Self {
            code: problem.code,
            severity: problem.code.severity(),
            message: &problem.message,
            file: file(problem),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_line: place.map(|place| place.end_line),
            end_column: place.map(|place| place.end_column),
            help: problem.help(),
        }
    }
}

/// The file that a problem is about.
fn file<'d>(problem: &'d Diagnostic<Site<'_>>) -> &'d str {
    problem.at.file.as_deref().unwrap_or_default()
}

/// The line of a problem, unless it is about the whole file.
fn line(problem: &Diagnostic<Site<'_>>) -> Option<usize> {
    problem.at.place.map(|place| place.line)
}

/// The place of a problem, such as `page.md:3:1`.
fn place(problem: &Diagnostic<Site<'_>>) -> String {
    match problem.at.place {
        Some(Place { line, column, .. }) => format!("{}:{line}:{column}", file(problem)),
        None => file(problem).to_owned(),
    }
}

fn finding<'d>(problem: &'d Diagnostic<Site<'_>>) -> Entry<'d> {
    Entry::Finding {
        place: place(problem).into(),
        label: format!("error[{}]", problem.code.name()).into(),
        text: problem.message.as_str().into(),
        help: problem.help().map(Cow::from),
    }
}

impl Repair {
    fn advice(&self) -> String {
        let loss = if self.over_edits { "; this overwrites edits made by hand" } else { "" };
        format!("run `{}`{loss}", self.command)
    }

    fn label(&self) -> &'static str {
        if self.over_edits { "To repair, overwriting edits made by hand" } else { "To repair" }
    }
}

impl BlockState {
    fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Edited => "edited",
            Self::Written => "written",
        }
    }
}

impl From<State> for BlockState {
    fn from(state: State) -> Self {
        match state {
            State::Fresh => Self::Fresh,
            State::Stale => Self::Stale,
            State::Edited => Self::Edited,
        }
    }
}

impl BlockEntry {
    /// A block, with the diff of what would change.
    pub fn new(block: &GeneratedBlock, state: State, diff: Option<String>) -> Self {
        Self {
            line: block.place.line,
            command: block.command.clone(),
            state: state.into(),
            diff,
            place: block.place,
        }
    }
}

impl DocsReport {
    /// Adds a file.
    pub fn file(&mut self, file: FileEntry) {
        self.files.push(file);
    }

    /// Adds an error in a file, or about the whole file.
    pub fn error(&mut self, file: &str, problem: Diagnostic<Option<Place>>) {
        let site = Site { file: Some(file.to_owned().into()), place: problem.at };
        self.errors.push(problem.moved(site));
    }

    /// Adds the command that repairs all blocks that can be repaired, and whether it overwrites edits.
    pub fn repair(&mut self, command: String, over_edits: bool) {
        self.repair = Some(Repair { command, over_edits });
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = Error> {
        self.errors.iter().map(|problem| {
            let error = Error::with_code(problem.code, format!("{}: {}", place(problem), problem.message));
            problem.help().into_iter().fold(error, Error::hint)
        })
    }

    /// Whether there are errors.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether a block is in this state.
    pub fn has(&self, state: BlockState) -> bool {
        self.count(state) > 0
    }

    fn blocks(&self) -> impl Iterator<Item = (&FileEntry, &BlockEntry)> {
        self.files.iter().flat_map(|file| file.blocks.iter().map(move |block| (file, block)))
    }

    fn count(&self, state: BlockState) -> usize {
        self.blocks().filter(|(_, block)| block.state == state).count()
    }

    /// "1 of 4 blocks is stale"; `None` if there are no blocks, or nothing is left to do.
    fn tally(&self) -> Option<String> {
        let all = self.blocks().count();
        let (stale, edited) = (self.count(BlockState::Stale), self.count(BlockState::Edited));
        let of_all = |count: usize| match (count, all) {
            (1, 1) => "1 block is".to_owned(),
            (1, _) => format!("1 of {all} blocks is"),
            (2, 2) => "Both blocks are".to_owned(),
            _ if count == all => format!("All {all} blocks are"),
            _ => format!("{count} of {all} blocks are"),
        };
        match (stale, edited) {
            (0, 0) if all > 0 && !self.has(BlockState::Written) => Some(format!("{} fresh.", of_all(all))),
            (0, 0) => None,
            (0, edited) => Some(format!("{} edited by hand.", of_all(edited))),
            (stale, 0) => Some(format!("{} stale.", of_all(stale))),
            (stale, edited) => Some(format!("{} stale, and {edited} edited by hand.", of_all(stale))),
        }
    }
}

impl Serialize for DocsReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = self.errors.iter().map(ErrorEntry::from).collect();
        DocsDocument { schema: "rolebook.docs/1", files: &self.files, errors }.serialize(serializer)
    }
}

impl Report for DocsReport {
    fn doc(&self) -> Doc<'_> {
        let mut doc = Doc::new("Generated blocks");
        if let Some(tally) = self.tally() {
            doc.paragraph(tally);
        }
        doc.table(Table {
            head: ["File", "Line", "State", "Command"].map(Line::from).into(),
            rows: self
                .blocks()
                .map(|(file, block)| {
                    vec![
                        vec![Line::toned(Tone::Code, &*file.path)],
                        vec![block.line.to_string().into()],
                        vec![block.state.name().into()],
                        vec![Line::toned(Tone::Code, &*block.command)],
                    ]
                })
                .collect(),
        });
        if !self.errors.is_empty() {
            doc.heading(2, "Errors");
            doc.table(Table {
                head: ["File", "Line", "Code", "Message"].map(Line::from).into(),
                rows: self
                    .errors
                    .iter()
                    .map(|error| {
                        vec![
                            vec![Line::toned(Tone::Code, file(error))],
                            line(error).map(|line| line.to_string().into()).into_iter().collect(),
                            vec![Line::toned(Tone::Code, error.code.name())],
                            vec![error.message.as_str().into()],
                        ]
                    })
                    .collect(),
            });
        }
        if let Some(repair) = &self.repair {
            doc.heading(2, repair.label());
            doc.push(doc::Block::Commands(vec![repair.command.as_str().into()]));
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        let rows = self.blocks().map(|(file, block)| {
            [
                file.path.as_str().into(),
                block.line.into(),
                block.command.as_str().into(),
                block.state.name().into(),
                block.diff.as_deref().into(),
            ]
        });
        Records::new(&["file", "line", "command", "state", "diff"], rows)
    }

    /// Every block that needs attention, with a diff, and a tally. Empty if nothing is left to do.
    fn entries(&self) -> Option<Vec<Entry<'_>>> {
        let mut entries = Vec::new();
        let mut errors: Vec<&Diagnostic<Site<'_>>> = self.errors.iter().collect();
        for file in &self.files {
            let (here, elsewhere): (Vec<&Diagnostic<Site<'_>>>, _) =
                errors.into_iter().partition(|error| self::file(error) == file.path);
            errors = elsewhere;
            let mut here = here.into_iter().peekable();
            for block in &file.blocks {
                while let Some(error) = here.next_if(|error| line(error) < Some(block.line)) {
                    entries.push(finding(error));
                }
                if matches!(block.state, BlockState::Stale | BlockState::Edited) {
                    entries.push(Entry::Finding {
                        place: format!("{}:{}", file.path, block.line).into(),
                        label: block.state.name().into(),
                        text: block.command.as_str().into(),
                        help: None,
                    });
                    entries.push(Entry::Diff(block.diff.as_deref().unwrap_or_default()));
                }
            }
            entries.extend(here.map(finding));
        }
        entries.extend(errors.into_iter().map(finding));
        if let Some(tally) = self.tally() {
            if !entries.is_empty() {
                entries.push(Entry::Text(String::new()));
            }
            entries.push(Entry::Text(tally));
        }
        if let Some(first) = self.errors.first() {
            let is_held_back = self.errors.iter().any(|error| error.at.place.is_some());
            let rest = if is_held_back { ": a file with an error is not written" } else { "" };
            let (count, code) = (counted(self.errors.len(), "error"), first.code.name());
            entries.push(Entry::Text(format!("{count}{rest} · rolebook check --explain {code}")));
        }
        if let Some(repair) = &self.repair {
            entries.push(Entry::Text(format!("{}: {}", repair.label(), repair.command)));
        }
        Some(entries)
    }

    /// The errors, and the blocks that need attention.
    fn problems(&self) -> Vec<Diagnostic<Site<'_>>> {
        let blocks = self.blocks().filter_map(|(file, block)| {
            let (code, found) = match block.state {
                BlockState::Stale => (Code::StaleBlock, "is out of date"),
                BlockState::Edited => (Code::EditedBlock, "was edited by hand"),
                BlockState::Fresh | BlockState::Written => return None,
            };
            let site = Site { file: Some(file.path.as_str().into()), place: Some(block.place) };
            let problem = Diagnostic::new(code, site, format!("`{}` {found}", block.command));
            Some(self.repair.iter().map(Repair::advice).fold(problem, Diagnostic::advice))
        });
        self.errors.iter().cloned().chain(blocks).collect()
    }
}
