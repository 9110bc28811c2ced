//! What is wrong in a sheet, by cell.

use std::collections::BTreeMap;

use super::grid::Grid;
use crate::diagnostic::{Checked, Code, Diagnostic, MOST_LISTED, Unit, Unlisted};

/// What was found in a cell.
#[derive(Debug)]
pub(super) struct Found {
    code: Code,
    row: usize,
    column: usize,
    message: String,
    advice: Option<String>,
    candidates: Vec<String>,
}

impl Found {
    /// Something wrong in this row and column, by numbers from 0.
    pub(super) fn at(code: Code, row: usize, column: usize, message: impl Into<String>) -> Self {
        Self { code, row, column, message: message.into(), advice: None, candidates: Vec::new() }
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(super) fn candidates(mut self, names: &[impl AsRef<str>]) -> Self {
        self.candidates = names.iter().map(|name| name.as_ref().to_owned()).collect();
        self
    }
}

/// Everything that is wrong, sheet by sheet.
#[derive(Debug, Default)]
pub(super) struct Problems {
    sheets: Vec<Sheet>,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    path: String,
    has_name: bool,
    /// Lines with something wrong, as text with a tab between cells.
    lines: BTreeMap<usize, String>,
    found: Vec<(usize, std::ops::Range<usize>, Found)>,
    unlisted: Unlisted,
}

impl Problems {
    pub(super) fn push(&mut self, grid: &Grid, found: Found) {
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
        let Some((line, cells, column)) = grid.written(found.row, found.column) else { return };
        let cells: Vec<String> = cells.into_iter().map(shown).collect();
        let start = cells.iter().take(column).map(|cell| cell.len() + 1).sum::<usize>();
        let length = cells.get(column).map_or(0, String::len);
        let text = cells.join("\t");
        let start = start.min(text.len());
        sheet.found.push((line, start..(start + length).min(text.len()), found));
        sheet.lines.insert(line, text);
    }

    /// Whether something of this kind was found.
    pub(super) fn has(&self, code: Code) -> bool {
        self.sheets.iter().flat_map(|sheet| &sheet.found).any(|(.., found)| found.code == code)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// One for each sheet, as if it were a file.
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
        let has_name = self.has_name;
        let diagnostics = self.found.into_iter().map(|(line, span, found)| {
            let start = starts.get(&line).copied().unwrap_or_default();
            let at = start + span.start..start + span.end;
            let mut diagnostic = Diagnostic::new(found.code, at, found.message).candidates(&found.candidates);
            if let Some(advice) = found.advice {
                diagnostic = if diagnostic.advice.is_some() {
                    diagnostic.note(advice)
                } else {
                    diagnostic.advice(advice)
                };
            }
            diagnostic
        });
        let unit = if has_name { Unit::Cells } else { Unit::Columns };
        Checked::new(self.name, Some(self.path), text, diagnostics.collect())
            .and_unlisted(self.unlisted)
            .counted_in(unit)
    }
}
