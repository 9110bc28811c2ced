//! A sheet as rows of cells, whatever the file format.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::column_letters;

/// Most cells in a sheet, including empty ones between others.
pub(super) const MOST_CELLS: usize = 2_000_000;
/// Most bytes of text in a sheet.
pub(super) const MOST_TEXT: usize = 64 * 1024 * 1024;

/// A sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// The file that it comes from.
    pub(super) file: String,
    /// The sheet's name; `None` for a CSV file.
    pub(super) sheet: Option<String>,
    /// The rows, without empty ones.
    pub(super) rows: Vec<Row>,
    /// Merged cells.
    pub(super) merges: Vec<Merge>,
    texts: Texts,
    cells: usize,
    /// If the sheet was transposed, the original line of each column.
    transposed: Option<Vec<usize>>,
}

/// A row of cells.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Line in the file or row number in the sheet, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<Cell>,
}

/// An area of merged cells: lines from 1, columns from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merge {
    pub(super) lines: (usize, usize),
    pub(super) columns: (usize, usize),
}

/// A cell. Equal texts share an index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cell {
    text: u32,
    pub(super) kind: CellKind,
}

/// The content type of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    #[default]
    Empty,
    Text,
    Number,
    /// A number that is shown as a date.
    Date,
    /// A formula error, such as `#REF!`.
    Error,
    /// A formula whose value is not in the file.
    Formula,
}

/// Interned texts.
#[derive(Debug, Default)]
struct Texts {
    all: Vec<Rc<str>>,
    numbers: HashMap<Rc<str>, u32>,
    bytes: usize,
}

/// The sheet is larger than any framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Grid {
    pub(super) fn new(file: &str, sheet: Option<String>) -> Self {
        let mut texts = Texts::default();
        texts.all.push(Rc::from(""));
        Self {
            file: file.to_owned(),
            sheet,
            rows: Vec::new(),
            merges: Vec::new(),
            texts,
            cells: 0,
            transposed: None,
        }
    }

    /// Makes a cell with this text. Trims it and replaces no-break spaces.
    pub(super) fn cell(&mut self, kind: CellKind, text: &str) -> Result<Cell, TooLarge> {
        let text = tidy(text);
        if text.is_empty() && kind != CellKind::Formula {
            return Ok(Cell::default());
        }
        let text: &str = &text;
        if let Some(number) = self.texts.numbers.get(text) {
            return Ok(Cell { text: *number, kind });
        }
        self.texts.bytes += text.len();
        let number = u32::try_from(self.texts.all.len()).map_err(|_| TooLarge)?;
        if self.texts.bytes > MOST_TEXT {
            return Err(TooLarge);
        }
        let shared: Rc<str> = Rc::from(text);
        self.texts.all.push(Rc::clone(&shared));
        self.texts.numbers.insert(shared, number);
        Ok(Cell { text: number, kind })
    }

    /// Puts a cell into a row.
    pub(super) fn put(&mut self, row: &mut Row, column: usize, cell: Cell) -> Result<(), TooLarge> {
        if cell.kind == CellKind::Empty {
            return Ok(());
        }
        if column >= row.cells.len() {
            self.cells += column + 1 - row.cells.len();
            if self.cells > MOST_CELLS {
                return Err(TooLarge);
            }
            row.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = row.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    /// Adds a row, unless it is empty.
    pub(super) fn push(&mut self, row: Row) {
        if !row.cells.is_empty() {
            self.rows.push(row);
        }
    }

    pub(super) fn text(&self, cell: Cell) -> &str {
        usize::try_from(cell.text).ok().and_then(|number| self.texts.all.get(number)).map_or("", |text| text)
    }

    /// The cell in a row and column; empty if the row is shorter.
    pub(super) fn at(&self, row: usize, column: usize) -> Cell {
        self.rows.get(row).and_then(|row| row.cells.get(column)).copied().unwrap_or_default()
    }

    /// Where a cell is in the file: its line, the cells in that line, and its index among them.
    pub(super) fn written(&self, row: usize, column: usize) -> Option<(usize, Vec<&str>, usize)> {
        let here = self.rows.get(row)?;
        let Some(lines) = &self.transposed else {
            return Some((here.line, here.cells.iter().map(|cell| self.text(*cell)).collect(), column));
        };
        let cells = (0..self.rows.len()).map(|row| self.text_at(row, column)).collect();
        Some((*lines.get(column)?, cells, row))
    }

    /// The name of a column for messages, or of the original row in a transposed sheet.
    pub(super) fn line_name(&self, column: usize) -> String {
        match self.transposed.as_ref().and_then(|lines| lines.get(column)) {
            Some(line) => format!("row {line}"),
            None => format!("column {}", letters(column)),
        }
    }

    /// The text in a row and column.
    pub(super) fn text_at(&self, row: usize, column: usize) -> &str {
        self.text(self.at(row, column))
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// The name for messages: the file, and the sheet in it.
    pub(super) fn name(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}!{sheet}", self.file),
            None => self.file.clone(),
        }
    }

    /// Swaps rows and columns.
    pub(super) fn transposed(&self) -> Result<Self, TooLarge> {
        let mut transposed = Self::new(&self.file, self.sheet.clone());
        for column in 0..self.width() {
            let mut row = Row { line: column + 1, cells: Vec::new() };
            for (place, from) in self.rows.iter().enumerate() {
                let cell = from.cells.get(column).copied().unwrap_or_default();
                let cell = transposed.cell(cell.kind, self.text(cell))?;
                transposed.put(&mut row, place, cell)?;
            }
            transposed.push(row);
        }
        transposed.transposed = Some(self.rows.iter().map(|row| row.line).collect());
        Ok(transposed)
    }

    /// Copies the first cell of each merged area to the others.
    pub(super) fn spread_merges(&mut self) -> Result<(), TooLarge> {
        for Merge { lines, columns } in std::mem::take(&mut self.merges) {
            let first = self.rows.partition_point(|row| row.line < lines.0);
            let last = self.rows.partition_point(|row| row.line <= lines.1);
            let is_there = self.rows.get(first).is_some_and(|row| row.line == lines.0);
            let cell = if is_there { self.at(first, columns.0) } else { Cell::default() };
            if cell.kind == CellKind::Empty {
                continue;
            }
            for place in first..last {
                let Some(mut row) = self.rows.get_mut(place).map(std::mem::take) else { continue };
                for column in columns.0..=columns.1 {
                    self.put(&mut row, column, cell)?;
                }
                if let Some(emptied) = self.rows.get_mut(place) {
                    *emptied = row;
                }
            }
        }
        Ok(())
    }
}

/// The letters of a column, counted from 0: A, B, …, Z, AA.
pub(super) fn letters(column: usize) -> String {
    column_letters(column + 1)
}

/// The index of a column by its letters, from 0.
pub(super) fn column_number(letters: &str) -> Option<usize> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let number = letters
        .bytes()
        .fold(0, |number, byte| number * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// Trims a text and normalises spaces and line breaks.
fn tidy(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.trim();
    if text.contains(['\u{a0}', '\u{202f}', '\r']) {
        return text.replace(['\u{a0}', '\u{202f}'], " ").replace("\r\n", "\n").replace('\r', "\n").into();
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::{column_number, letters};

    #[test]
    fn columns_have_letters() {
        for (number, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(number), name);
            assert_eq!(column_number(name), Some(number));
        }
        assert_eq!(column_number("ABCD"), None);
        assert_eq!(column_number("A1"), None);
    }
}
