//! A result as a document for people: headings, paragraphs, lists and tables. It says what, not how: every
//! format renders the same [`Doc`], and escaping is written once a format. And a result as [`Records`], for programs
//! that want rows and columns.

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Annotation, Checked};

/// A result: its [`Serialize`] view is the contract with programs, its [`Doc`] is for people, and its [`Records`]
/// are for spreadsheets and line-wise tools.
pub trait Report: Serialize {
    /// The same result for people.
    fn doc(&self) -> Doc<'_>;

    /// The same result as flat records.
    fn records(&self) -> Records<'_>;

    /// Where the result is mistakes in files: these files.
    fn problems(&self) -> &[Checked] {
        &[]
    }

    /// The result entry by entry, where a terminal shows it so rather than as a document.
    fn entries(&self) -> Option<Vec<Entry<'_>>> {
        None
    }

    /// What is to be said beside places of files.
    fn annotations(&self) -> Vec<Annotation<'_>> {
        self.problems().iter().flat_map(Checked::annotations).collect()
    }
}

/// A part of a result that a terminal shows entry by entry.
#[derive(Debug, Clone)]
pub enum Entry<'a> {
    /// The mistakes in a file, each with an excerpt.
    Mistakes(&'a Checked),
    /// Something about a place, as `place: label: text`.
    Finding {
        /// Where it is.
        place: Cow<'a, str>,
        /// What kind of finding it is.
        label: Cow<'a, str>,
        /// What was found.
        text: Cow<'a, str>,
        /// What to do about it.
        help: Option<Cow<'a, str>>,
    },
    /// A unified diff.
    Diff(&'a str),
    /// A line of text; an empty one separates.
    Text(String),
}

/// Flat records, all with the same columns.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    columns: Vec<Cow<'a, str>>,
    rows: Vec<Vec<Value<'a>>>,
}

/// What a record has in a column: the text exact to the character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// A text, which may be empty.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// True or false.
    Bool(bool),
    /// Nothing: the value is absent.
    Nothing,
}

/// A whole document.
#[derive(Debug, Clone, Default)]
pub struct Doc<'a> {
    /// What the document is called; the first heading.
    pub title: Line<'a>,
    /// The language of the content, a BCP 47 tag.
    pub language: Option<Cow<'a, str>>,
    /// Beside the title: which dataset speaks, for instance.
    pub aside: Option<Cow<'a, str>>,
    /// What follows the title.
    pub blocks: Vec<Block<'a>>,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// A heading; level 2 stands directly below the title.
    Heading(u8, Line<'a>),
    /// A paragraph.
    Paragraph(Line<'a>),
    /// A list of points.
    List(Vec<Line<'a>>),
    /// A table; where it does not fit side by side it is stacked, row by row.
    Table(Table<'a>),
    /// A table of short entries, one a line where they fit.
    Columns(Table<'a>),
    /// A matrix of short marks.
    Matrix(Matrix<'a>),
    /// Shares of a whole, as bars.
    Bars(Vec<Bar<'a>>),
    /// Commands to type, one a line.
    Commands(Vec<Cow<'a, str>>),
}

/// A table. The first column names the row.
#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    /// The titles of the columns.
    pub head: Vec<Line<'a>>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// Marks in rows and columns: who needs which skill at which level, for instance.
#[derive(Debug, Clone, Default)]
pub struct Matrix<'a> {
    /// What the rows are.
    pub corner: Cow<'a, str>,
    /// The titles of the columns.
    pub columns: Vec<Cow<'a, str>>,
    /// The rows: a title, and a mark or nothing for each column.
    pub rows: Vec<(Line<'a>, Vec<Option<Mark<'a>>>)>,
}

/// A mark in a matrix.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// What it says.
    pub text: Cow<'a, str>,
    /// Where it stands among all marks of its kind: its number, from 1, and how many there are.
    pub height: Option<(usize, usize)>,
    /// Whether it is optional.
    pub optional: bool,
}

/// What a table's cell holds: any number of texts below each other. None is shown as a dash.
pub type Cell<'a> = Vec<Line<'a>>;

/// A share of a whole.
#[derive(Debug, Clone)]
pub struct Bar<'a> {
    /// Whose share.
    pub label: Line<'a>,
    /// From 0 to 1.
    pub share: f64,
    /// Said beside the bar.
    pub remark: Cow<'a, str>,
}

/// Text in which parts may be marked; a line break in it is kept.
#[derive(Debug, Clone, Default)]
pub struct Line<'a>(pub Vec<Span<'a>>);

/// A part of a line.
#[derive(Debug, Clone)]
pub struct Span<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// How it is meant.
    pub tone: Tone,
}

/// How a part of a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it stands.
    Plain,
    /// With weight.
    Strong,
    /// In the background.
    Muted,
    /// To be typed.
    Code,
    /// An address to follow.
    Link,
}

impl<'a> Records<'a> {
    /// Records with these columns; each has as many values as there are columns.
    pub fn new<const N: usize>(
        columns: &'static [&'static str; N],
        rows: impl IntoIterator<Item = [Value<'a>; N]>,
    ) -> Self {
        let columns = columns.iter().map(|name| Cow::Borrowed(*name)).collect();
        Self { columns, rows: rows.into_iter().map(Vec::from).collect() }
    }

    /// Records whose columns depend on the result; each has as many values as there are columns.
    pub fn wide(columns: Vec<Cow<'a, str>>, rows: impl IntoIterator<Item = Vec<Value<'a>>>) -> Self {
        Self { columns, rows: rows.into_iter().collect() }
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[Cow<'a, str>] {
        &self.columns
    }

    /// The records, each with as many values as there are columns.
    pub fn rows(&self) -> &[Vec<Value<'a>>] {
        &self.rows
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl<'a> Doc<'a> {
    /// A document with a title and nothing else yet.
    pub fn new(title: impl Into<Line<'a>>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block<'a>) {
        self.blocks.push(block);
    }

    /// Adds a heading; level 2 stands directly below the title.
    pub fn heading(&mut self, level: u8, text: impl Into<Line<'a>>) {
        self.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<Line<'a>>) {
        self.push(Block::Paragraph(text.into()));
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table<'a>) {
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
        }
    }
}

impl Mark<'_> {
    /// The mark in words; what is optional stands in brackets.
    pub fn words(&self) -> Cow<'_, str> {
        self.bracketed(&self.text)
    }

    /// The mark in as few characters as possible: its number, if it has one.
    pub fn short(&self) -> Cow<'_, str> {
        match self.height {
            Some((number, _)) => self.bracketed(&number.to_string()).into_owned().into(),
            None => self.words(),
        }
    }

    fn bracketed<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.optional { format!("({text})").into() } else { text.into() }
    }
}

impl<'a> Line<'a> {
    /// Adds a part.
    #[must_use]
    pub fn and(mut self, tone: Tone, text: impl Into<Cow<'a, str>>) -> Self {
        self.0.push(Span { text: text.into(), tone });
        self
    }

    /// A line of one part.
    pub fn toned(tone: Tone, text: impl Into<Cow<'a, str>>) -> Self {
        Self::default().and(tone, text)
    }
}

impl<'a> From<&'a str> for Line<'a> {
    fn from(text: &'a str) -> Self {
        Self::toned(Tone::Plain, text)
    }
}

impl From<String> for Line<'_> {
    fn from(text: String) -> Self {
        Self::toned(Tone::Plain, text)
    }
}
