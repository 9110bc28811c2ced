//! Problems in a sheet, by cell.

use std::collections::BTreeMap;

use super::grid::Grid;
use crate::diagnostic::{Checked, Code, Diagnostic, MOST_LISTED, ProblemList, Unit, Unlisted};

/// The position of a cell in a grid: row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridPlace {
    row: usize,
    column: usize,
}

/// A problem in a cell.
pub(super) fn in_cell(
    code: Code,
    row: usize,
    column: usize,
    message: impl Into<String>,
) -> Diagnostic<GridPlace> {
    Diagnostic::new(code, GridPlace { row, column }, message)
}

/// All problems, by sheet.
#[derive(Debug, Default)]
pub(super) struct Problems {
    sheets: Vec<Sheet>,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    path: String,
    has_name: bool,
    /// Lines with problems, as text with tabs between cells.
    lines: BTreeMap<usize, String>,
    /// The problems, each with its line and position.
    found: Vec<(usize, Diagnostic)>,
    unlisted: Unlisted,
}

impl Problems {
    pub(super) fn push(&mut self, grid: &Grid, found: Diagnostic<GridPlace>) {
        let name = grid.name();
        let place = self.sheets.iter().position(|sheet| sheet.name == name);
        let place = place.unwrap_or_else(|| {
            self.sheets.push(Sheet {
                name,
                path: grid.file.clone(),
                has_name: grid.sheet.is_some(),
                lines: BTreeMap::new(),
                found: Vec::new(),
                unlisted: Unlisted::default(),
            });
            self.sheets.len() - 1
        });
        let Some(sheet) = self.sheets.get_mut(place) else { return };
        if sheet.found.len() >= MOST_LISTED {
            sheet.unlisted.count(found.code.severity());
            return;
        }
        let Some((line, cells, column)) = grid.written(found.at.row, found.at.column) else { return };
        let cells: Vec<String> = cells.into_iter().map(shown).collect();
        let start = cells.iter().take(column).map(|cell| cell.len() + 1).sum::<usize>();
        let length = cells.get(column).map_or(0, String::len);
        let text = cells.join("\t");
        let start = start.min(text.len());
        let end = (start + length).min(text.len());
        sheet.found.push((line, found.moved(start..end)));
        sheet.lines.insert(line, text);
    }

    /// Whether a problem of this kind was found.
    pub(super) fn has(&self, code: Code) -> bool {
        self.sheets.iter().flat_map(|sheet| &sheet.found).any(|(_, found)| found.code == code)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// The results per sheet, as if each were a file.
    pub(super) fn checked(self) -> Vec<Checked> {
        self.sheets.into_iter().map(Sheet::checked).collect()
    }
}

/// A cell on one line.
fn shown(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

impl Sheet {
    fn checked(self) -> Checked {
        let mut text = String::new();
        let mut starts = BTreeMap::new();
        let mut line = 1;
        for (number, cells) in &self.lines {
            while line < *number {
                text.push('\n');
                line += 1;
            }
            starts.insert(*number, text.len());
            text.push_str(cells);
        }
        let diagnostics = self.found.into_iter().map(|(line, found)| {
            let start = starts.get(&line).copied().unwrap_or_default();
            let at = start + found.at.start..start + found.at.end;
            found.moved(at)
        });
        let unit = if self.has_name { Unit::Cells } else { Unit::Columns };
        let problems = ProblemList { listed: diagnostics.collect(), unlisted: self.unlisted };
        Checked::new(self.name, Some(self.path), text, problems).counted_in(unit)
    }
}
