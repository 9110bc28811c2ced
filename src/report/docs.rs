//! `rolebook.docs/1`: the generated blocks in files, and whether they are up to date.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Annotation, Code, Place, Severity};
use crate::doc::{self, Doc, Entry, Line, Records, Report, Table, Tone};
use crate::error::Error;
use crate::pages::{GeneratedBlock, PageProblem, State};
use crate::text::counted;

/// The report on files with generated blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocsReport {
    schema: &'static str,
    files: Vec<FileEntry>,
    errors: Vec<ErrorEntry>,
    #[serde(skip)]
    repair: Option<Repair>,
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
struct ErrorEntry {
    code: Code,
    severity: Severity,
    message: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<String>,
}

impl ErrorEntry {
    fn entry(&self) -> Entry<'_> {
        Entry::Finding {
            place: self.place().into(),
            label: format!("error[{}]", self.code.name()).into(),
            text: self.message.as_str().into(),
            help: self.help.as_deref().map(Into::into),
        }
    }

    fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            _ => self.file.clone(),
        }
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

impl Default for DocsReport {
    fn default() -> Self {
        Self { schema: "rolebook.docs/1", files: Vec::new(), errors: Vec::new(), repair: None }
    }
}

impl DocsReport {
    /// Adds a file.
    pub fn file(&mut self, file: FileEntry) {
        self.files.push(file);
    }

    /// Adds an error in a marker.
    pub fn problem(&mut self, file: &str, problem: PageProblem) {
        let PageProblem { code, message, help, place: Place { line, column, end_line, end_column } } =
            problem;
        self.errors.push(ErrorEntry {
            code,
            severity: Severity::Error,
            message,
            file: file.to_owned(),
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
            help: (!help.is_empty()).then_some(help),
        });
    }

    /// Adds an error about a whole file.
    pub fn failure(&mut self, file: &str, code: Code, message: String, help: Option<&str>) {
        self.errors.push(ErrorEntry {
            code,
            severity: Severity::Error,
            message,
            file: file.to_owned(),
            line: None,
            column: None,
            end_line: None,
            end_column: None,
            help: help.map(str::to_owned),
        });
    }

    /// Adds the command that repairs all blocks that can be repaired, and whether it overwrites edits.
    pub fn repair(&mut self, command: String, over_edits: bool) {
        self.repair = Some(Repair { command, over_edits });
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = Error> {
        self.errors.iter().map(|entry| {
            let error = Error::with_code(entry.code, format!("{}: {}", entry.place(), entry.message));
            entry.help.iter().fold(error, Error::hint)
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
                            vec![Line::toned(Tone::Code, &*error.file)],
                            error.line.map(|line| line.to_string().into()).into_iter().collect(),
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
        let mut errors: Vec<&ErrorEntry> = self.errors.iter().collect();
        for file in &self.files {
            let (here, elsewhere): (Vec<&ErrorEntry>, _) =
                errors.into_iter().partition(|error| error.file == file.path);
            errors = elsewhere;
            let mut here = here.into_iter().peekable();
            for block in &file.blocks {
                while let Some(error) = here.next_if(|error| error.line < Some(block.line)) {
                    entries.push(error.entry());
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
            entries.extend(here.map(ErrorEntry::entry));
        }
        entries.extend(errors.into_iter().map(ErrorEntry::entry));
        if let Some(tally) = self.tally() {
            if !entries.is_empty() {
                entries.push(Entry::Text(String::new()));
            }
            entries.push(Entry::Text(tally));
        }
        if self.has_errors() {
            let is_held_back = self.errors.iter().any(|error| error.line.is_some());
            let rest = if is_held_back { ": a file with an error is not written." } else { "." };
            entries.push(Entry::Text(format!("{}{rest}", counted(self.errors.len(), "error"))));
        }
        if let Some(repair) = &self.repair {
            entries.push(Entry::Text(format!("{}: {}", repair.label(), repair.command)));
        }
        Some(entries)
    }

    /// The errors, and the blocks that need attention.
    fn annotations(&self) -> Vec<Annotation<'_>> {
        let errors = self.errors.iter().map(|error| {
            let help = error.help.iter().map(|help| format!("; {help}"));
            let place = match (error.line, error.column, error.end_line, error.end_column) {
                (Some(line), Some(column), Some(end_line), Some(end_column)) => {
                    Some(Place { line, column, end_line, end_column })
                }
                _ => None,
            };
            Annotation {
                code: error.code.name(),
                severity: error.severity,
                message: std::iter::once(error.message.clone()).chain(help).collect(),
                file: Some(&error.file),
                place,
            }
        });
        let blocks = self.blocks().filter_map(|(file, block)| {
            let (code, message) = match block.state {
                BlockState::Stale => (Code::StaleBlock.name(), "is not as it would be generated"),
                BlockState::Edited => (Code::EditedBlock.name(), "was edited by hand"),
                BlockState::Fresh | BlockState::Written => return None,
            };
            let repair = self.repair.iter().map(|repair| format!("; {}", repair.advice()));
            Some(Annotation {
                code,
                severity: Severity::Error,
                message: std::iter::once(format!("`{}` {message}", block.command)).chain(repair).collect(),
                file: Some(&file.path),
                place: Some(block.place),
            })
        });
        errors.chain(blocks).collect()
    }
}
