//! A result as a [`Doc`] for people and as [`Records`] for programs. A document consists of headings, paragraphs, lists
//! and tables, and has no layout: every format renders the same document and does its own escaping. Records are plain
//! rows and columns.

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Annotation, Checked, Diagnostic, Site};

/// A result. Its [`Serialize`] implementation is the JSON contract with programs, its [`Doc`] is for people, and its
/// [`Records`] are for spreadsheets and line-based tools.
pub trait Report: Serialize {
    /// The result as a document.
    fn doc(&self) -> Doc<'_>;

    /// The result as flat records.
    fn records(&self) -> Records<'_>;

    /// The problems, if the result is a report on problems in files.
    fn problems(&self) -> Vec<Diagnostic<Site<'_>>> {
        Vec::new()
    }

    /// For each file with too many problems to list, how many are only counted.
    fn unlisted(&self) -> Vec<String> {
        Vec::new()
    }

    /// The result as a list of entries, if a terminal shows it that way instead of as a document.
    fn entries(&self) -> Option<Vec<Entry<'_>>> {
        None
    }

    /// The result as annotations of places in files.
    fn annotations(&self) -> Vec<Annotation<'_>> {
        self.problems().into_iter().map(Annotation::from).collect()
    }
}

/// An entry of a result that a terminal shows as a list.
#[derive(Debug, Clone)]
pub enum Entry<'a> {
    /// The problems in a file, each with an excerpt.
    Mistakes(&'a Checked),
    /// A finding, shown as `place: label: text`.
    Finding {
        /// Where it is.
        place: Cow<'a, str>,
        /// Its kind.
        label: Cow<'a, str>,
        /// What was found.
        text: Cow<'a, str>,
        /// What to do about it.
        help: Option<Cow<'a, str>>,
    },
    /// A unified diff.
    Diff(&'a str),
    /// A line of text, or an empty line between entries.
    Text(String),
}

/// Flat records, all with the same columns. Rows are made one at a time, because a framework may have one per role and
/// skill.
pub struct Records<'a> {
    columns: Vec<Cow<'a, str>>,
    rows: Box<dyn Iterator<Item = Vec<Value<'a>>> + 'a>,
}

/// The value of a record in a column. Text is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// A text, which may be empty.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// True or false.
    Bool(bool),
    /// No value.
    Nothing,
}

/// A whole document.
#[derive(Debug, Clone, Default)]
pub struct Doc<'a> {
    /// The title, which is the first heading.
    pub title: Line<'a>,
    /// The language of the content, a BCP 47 tag.
    pub language: Option<Cow<'a, str>>,
    /// A note next to the title, such as the dataset and its revision.
    pub aside: Option<Cow<'a, str>>,
    /// What follows the title.
    pub blocks: Vec<Block<'a>>,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// A heading; level 2 is the first below the title.
    Heading(u8, Line<'a>),
    /// A paragraph.
    Paragraph(Line<'a>),
    /// A bulleted list.
    List(Vec<Line<'a>>),
    /// A table. If it is too wide, it is stacked: each row becomes a list.
    Table(Table<'a>),
    /// A table of short values without borders, with one row per line if it fits.
    Columns(Table<'a>),
    /// A matrix of short marks.
    Matrix(Matrix<'a>),
    /// Shares of a whole, as bars.
    Bars(Vec<Bar<'a>>),
    /// Commands to type, one per line.
    Commands(Vec<Cow<'a, str>>),
}

/// A table. The first column names the row.
#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    /// The titles of the columns.
    pub head: Vec<Line<'a>>,
    /// The rows, with a cell for each column.
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// Marks in rows and columns, such as the level of each skill that each role needs.
#[derive(Debug, Clone, Default)]
pub struct Matrix<'a> {
    /// The title of the column with the row titles.
    pub corner: Cow<'a, str>,
    /// The titles of the columns.
    pub columns: Vec<Cow<'a, str>>,
    /// The rows: a title, and an optional mark for each column.
    pub rows: Vec<(Line<'a>, Vec<Option<Mark<'a>>>)>,
}

/// A mark in a matrix.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// Its text.
    pub text: Cow<'a, str>,
    /// Its rank on its scale, from 1, and the number of ranks.
    pub height: Option<(usize, usize)>,
    /// Whether the need is optional.
    pub optional: bool,
}

/// A cell of a table: any number of texts, one below the other. An empty cell is shown as a dash.
pub type Cell<'a> = Vec<Line<'a>>;

/// A share of a whole.
#[derive(Debug, Clone)]
pub struct Bar<'a> {
    /// What has this share.
    pub label: Line<'a>,
    /// The share, from 0 to 1.
    pub share: f64,
    /// The text after the bar.
    pub remark: Cow<'a, str>,
}

/// Text whose parts can have different tones. Line breaks are kept.
#[derive(Debug, Clone, Default)]
pub struct Line<'a>(pub Vec<Span<'a>>);

/// A part of a line with one tone.
#[derive(Debug, Clone)]
pub struct Span<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Its tone.
    pub tone: Tone,
}

/// The meaning of a part of a line; each format decides how to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// Important text.
    Strong,
    /// Less important text.
    Muted,
    /// Something to type, such as an id or a command.
    Code,
    /// A web address.
    Link,
}

impl<'a> Records<'a> {
    /// Creates records with fixed columns.
    pub fn new<const N: usize>(
        columns: &'static [&'static str; N],
        rows: impl IntoIterator<Item = [Value<'a>; N], IntoIter: 'a>,
    ) -> Self {
        let columns = columns.iter().map(|name| Cow::Borrowed(*name)).collect();
        Self { columns, rows: Box::new(rows.into_iter().map(Vec::from)) }
    }

    /// Creates records whose columns depend on the result. Each row must have a value for each column.
    pub fn wide(
        columns: Vec<Cow<'a, str>>,
        rows: impl IntoIterator<Item = Vec<Value<'a>>, IntoIter: 'a>,
    ) -> Self {
        Self { columns, rows: Box::new(rows.into_iter()) }
    }

    /// The names of the columns, and the rows with a value for each.
    pub fn into_parts(self) -> (Vec<Cow<'a, str>>, impl Iterator<Item = Vec<Value<'a>>>) {
        (self.columns, self.rows)
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
    /// Creates a document that only has a title.
    pub fn new(title: impl Into<Line<'a>>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block<'a>) {
        self.blocks.push(block);
    }

    /// Adds a heading; level 2 is the first below the title.
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
    /// The text of the mark, in brackets if it is optional.
    pub fn words(&self) -> Cow<'_, str> {
        self.bracketed(&self.text)
    }

    /// The mark in as few characters as possible: its rank, if it has one.
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

    /// Creates a line of one part.
    pub fn toned(tone: Tone, text: impl Into<Cow<'a, str>>) -> Self {
        Self(vec![Span { text: text.into(), tone }])
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
