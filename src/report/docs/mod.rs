//! `rolebook.docs/1`: the generated blocks in files, and whether they are up to date.

mod print;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Site};
use crate::error::Error;
use crate::pages::{GeneratedBlock, State};

/// The report on files with generated blocks.
#[derive(Debug, Default)]
pub(crate) struct DocsReport {
    files: Vec<FileEntry>,
    /// Why files or blocks could not be processed.
    errors: Vec<Diagnostic<Site<'static>>>,
    repair: Option<Repair>,
}

/// The report on files with generated blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DocsDocument<'d> {
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
pub(crate) struct FileEntry {
    /// The file's path, as given or found.
    pub path: String,
    /// Its blocks, in order.
    pub blocks: Vec<BlockEntry>,
}

/// A block.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BlockEntry {
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
pub(crate) enum BlockState {
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

/// The place of a problem, such as `page.md:3:1`.
fn place(problem: &Diagnostic<Site<'_>>) -> String {
    match problem.at.place {
        Some(Place { line, column, .. }) => format!("{}:{line}:{column}", file(problem)),
        None => file(problem).to_owned(),
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
    pub(crate) fn new(block: &GeneratedBlock, state: State, diff: Option<String>) -> Self {
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
    pub(crate) fn file(&mut self, file: FileEntry) {
        self.files.push(file);
    }

    /// Adds an error in a file, or about the whole file.
    pub(crate) fn error(&mut self, file: &str, problem: Diagnostic<Option<Place>>) {
        let site = Site { file: Some(file.to_owned().into()), place: problem.at };
        self.errors.push(problem.moved(site));
    }

    /// Adds the command that repairs all blocks that can be repaired, and whether it overwrites edits.
    pub(crate) fn repair(&mut self, command: String, over_edits: bool) {
        self.repair = Some(Repair { command, over_edits });
    }

    /// The errors.
    pub(crate) fn errors(&self) -> impl Iterator<Item = Error> {
        self.errors.iter().map(|problem| {
            let message = format!("{}: {}", place(problem), problem.message);
            Error::of(Diagnostic { message, ..problem.clone().moved(None) })
        })
    }

    /// Whether there are errors.
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether a block is in this state.
    pub(crate) fn has(&self, state: BlockState) -> bool {
        self.count(state) > 0
    }

    fn blocks(&self) -> impl Iterator<Item = (&FileEntry, &BlockEntry)> {
        self.files.iter().flat_map(|file| file.blocks.iter().map(move |block| (file, block)))
    }

    fn count(&self, state: BlockState) -> usize {
        self.blocks().filter(|(_, block)| block.state == state).count()
    }
}

impl Serialize for DocsReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = self.errors.iter().map(ErrorEntry::from).collect();
        DocsDocument { schema: "rolebook.docs/1", files: &self.files, errors }.serialize(serializer)
    }
}
