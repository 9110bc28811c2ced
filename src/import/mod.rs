//! Turns tables into a dataset file.
//!
//! `csv` and `xlsx` read a file into a `grid` of cells. A `plan`, from a map or guessed, says what each column means.
//! `build` turns the cells into a draft without duplicates, and `dataset` turns that into the tree of a file. `problem`
//! collects all problems, by cell.

mod build;
mod csv;
mod dataset;
mod grid;
mod plan;
mod problem;
mod words;
mod xlsx;

use std::path::Path;

use build::{Builder, Draft};
use dataset::Head;
use grid::{Grid, MOST_CELLS, MOST_TEXT};
use plan::{Guess, Plan, guess};
use problem::Problems;
use serde::de::IgnoredAny;

use crate::diagnostic::{Checked, Code};
use crate::error::{Error, ErrorCode};
use crate::format::tree::Node;
use crate::format::{ImportMap, Layout, write_json, write_yaml};
use crate::fs;
use crate::text::listed;

/// The kind of skill if the table gives none.
const KIND: &str = "general";

/// The extensions of tables as text.
const TABLES: &[&str] = &["csv", "tsv", "tab", "txt"];

/// The extensions of workbooks.
const WORKBOOKS: &[&str] = &["xlsx", "xlsm"];

/// How to read a file of tables.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options<'o> {
    /// Name of the sheet in a workbook.
    pub sheet: Option<&'o str>,
    /// How the table is laid out.
    pub layout: Option<Layout>,
    /// Whether to swap rows and columns first.
    pub transpose: bool,
    /// Whether to write JSON instead of YAML.
    pub json: bool,
}

/// The result of an import.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The dataset file, as YAML or JSON.
    pub text: String,
    /// The guess as a map in YAML; `None` if a map was given.
    pub map: Option<String>,
    /// The sheet of a workbook that was read, and the other sheets, if there are any.
    pub sheets: Option<(String, Vec<String>)>,
    /// Notes on what was guessed.
    pub notes: Vec<String>,
}

/// Why nothing was imported.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The file cannot be read, or does not fit.
    Error(Error),
    /// The layout is unclear; comes with a map to correct.
    Unclear(Error, String),
    /// Problems in cells, by sheet; comes with the guess as a map, if any.
    Cells(Vec<Checked>, Option<String>),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Imports a file, guessing what its columns mean.
///
/// # Errors
///
/// If the file cannot be read, its layout is unclear, or cells have problems.
pub(crate) fn guessed(path: &Path, options: &Options<'_>) -> Result<Imported, Refused> {
    let mut problems = Problems::default();
    let mut notes = Vec::new();
    let file = path.display().to_string();
    let bytes = load(path)?;
    let (mut grid, others) = sheet(&file, &bytes, options.sheet, &mut problems)?;
    let sheets = grid.sheet.clone().filter(|_| !others.is_empty()).map(|sheet| (sheet, others));
    let mut is_transposed = options.transpose;
    if is_transposed {
        grid = grid.transposed().map_err(|_| too_large(&file))?;
    }
    let plan = loop {
        let guessed = guess(&grid, options.layout, is_transposed, &mut problems, &mut notes);
        match guessed.map_err(|error| with_sheets(error, sheets.as_ref()))? {
            Guess::Plan(plan) => break plan,
            Guess::Unclear(error, plan) => {
                let head = head_of(path, &grid, &plan);
                let line = grid.rows.get(plan.header).map_or(1, |row| row.line);
                let nothing = Draft::default();
                let map = dataset::map(&head, &nothing, grid.sheet.as_deref(), &plan, line, None);
                return Err(Refused::Unclear(with_sheets(error, sheets.as_ref()), write_yaml(&map)));
            }
            Guess::Transpose => {
                grid = grid.transposed().map_err(|_| too_large(&file))?;
                is_transposed = true;
            }
        }
    };
    // With ambiguous column names, problems in cells would be misleading.
    if problems.has(Code::RepeatedHeader) || problems.has(Code::EmptyHeader) {
        return Err(Refused::Cells(problems.checked(), None));
    }
    let mut builder = Builder::new(None);
    builder.table(&grid, &plan, &mut problems);
    builder.finish();
    builder.note_modes();
    let mode = builder.mode();
    notes.append(&mut builder.notes);
    let head = head_of(path, &grid, &plan);
    let line = grid.rows.get(plan.header).map_or(1, |row| row.line);
    let map = write_yaml(&dataset::map(&head, &builder.draft, grid.sheet.as_deref(), &plan, line, mode));
    if !problems.is_empty() {
        return Err(Refused::Cells(problems.checked(), Some(map)));
    }
    let text = written(&dataset::dataset(&head, &builder.draft, None), options.json);
    Ok(Imported { text, map: Some(map), sheets, notes })
}

/// Imports the tables of a map. `path` is the file for tables that name none, `folder` is the map's folder.
///
/// # Errors
///
/// As for [`guessed`], and if the map does not fit the tables.
pub(crate) fn mapped(
    path: &Path,
    folder: &Path,
    map: &ImportMap<'_>,
    json: bool,
) -> Result<Imported, Refused> {
    let mut problems = Problems::default();
    let mut builder = Builder::new(Some(map));
    for table in &map.tables {
        let path = table.file.as_ref().map_or_else(|| path.to_owned(), |file| folder.join(file.as_str()));
        let file = path.display().to_string();
        let bytes = load(&path)?;
        let (mut grid, _) = sheet(&file, &bytes, table.sheet.as_deref(), &mut problems)?;
        if table.transpose {
            grid = grid.transposed().map_err(|_| too_large(&file))?;
        }
        let plan = Plan::mapped(&grid, table)?;
        builder.table(&grid, &plan, &mut problems);
    }
    builder.finish();
    if !problems.is_empty() {
        return Err(Refused::Cells(problems.checked(), None));
    }
    let head = Head {
        id: map.id.to_string(),
        title: map.title.to_string(),
        revision: map.revision.as_ref().map(ToString::to_string),
        language: map.language.as_ref().map(ToString::to_string),
    };
    let notes = builder.notes;
    let text = written(&dataset::dataset(&head, &builder.draft, Some(map)), json);
    Ok(Imported { text, map: None, sheets: None, notes })
}

/// The error, with the names of the sheets that were not read.
fn with_sheets(error: Error, sheets: Option<&(String, Vec<String>)>) -> Error {
    let Some((_, others)) = sheets else { return error };
    let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    error.hint(format!("the workbook also has {}", listed(&others, "and")))
}

fn written(tree: &Node<'_>, json: bool) -> String {
    if json { write_json(tree) } else { write_yaml(tree) }
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension().is_some_and(|extension| known.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn load(path: &Path) -> Result<Vec<u8>, Error> {
    if path.extension().is_some() && !has_extension(path, TABLES) && !has_extension(path, WORKBOOKS) {
        return Err(Error::new(
            ErrorCode::Unreadable,
            format!("`{}` is not a CSV, TSV or XLSX file", path.display()),
        )
        .hint("save the table as one of these, or use `-` to read CSV from standard input"));
    }
    let read =
        if path == Path::new("-") { fs::read_stream(std::io::stdin().lock()) } else { fs::read_file(path) };
    read.map_err(|error| {
        Error::new(ErrorCode::Unreadable, format!("cannot read `{}`", path.display()))
            .because(&error)
            .hint("name a CSV, TSV or XLSX file, or `-` for standard input")
    })
}

/// What a text is, if it is certainly no table: JSON, or a dataset in YAML.
fn other_than_table(text: &[u8]) -> Option<&'static str> {
    let begins = text.trim_ascii_start();
    let is_json = begins.starts_with(b"{") || begins.starts_with(b"[");
    if is_json && serde_json::from_slice::<IgnoredAny>(begins).is_ok() {
        return Some("JSON");
    }
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.any(|line| line.trim_ascii() == b"rolebook: 1").then_some("a dataset in YAML")
}

/// Reads a sheet. Also returns the names of the other sheets.
fn sheet(
    file: &str,
    bytes: &[u8],
    name: Option<&str>,
    problems: &mut Problems,
) -> Result<(Grid, Vec<String>), Error> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if has_extension(Path::new(file), WORKBOOKS) && !is_workbook {
        return Err(Error::new(ErrorCode::Unreadable, format!("`{file}` is not an XLSX workbook"))
            .hint("save the table again, as XLSX or CSV"));
    }
    if !is_workbook {
        if name.is_some() {
            return Err(Error::usage(format!("`{file}` has no sheets")).hint("remove the sheet name"));
        }
        if let Some(what) = other_than_table(bytes) {
            return Err(Error::new(ErrorCode::Unreadable, format!("`{file}` holds {what}, not a table"))
                .hint("save the table as CSV, TSV or XLSX; a dataset can be used as it is"));
        }
        return Ok((csv::read(file, bytes, problems)?, Vec::new()));
    }
    let mut workbook = xlsx::Workbook::open(file, bytes)?;
    let mut names: Vec<String> = workbook.names().map(str::to_owned).collect();
    let place = match name {
        None => Some(0),
        Some(name) => names.iter().position(|known| known.to_lowercase() == name.to_lowercase()),
    };
    let Some(place) = place.filter(|place| *place < names.len()) else {
        let known: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let name = name.unwrap_or_default();
        return Err(Error::new(ErrorCode::UnknownSheet, format!("`{file}` has no sheet `{name}`"))
            .candidates(crate::suggest::nearest(name, names.iter().map(String::as_str)))
            .hint(format!("its sheets are {}", known.join(", "))));
    };
    let chosen = names.remove(place);
    Ok((workbook.sheet(&chosen)?, names))
}

/// Names the dataset after a title above the table, or else after the file.
fn head_of(path: &Path, grid: &Grid, plan: &Plan) -> Head {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).filter(|stem| stem != "-");
    let stem = stem.unwrap_or_else(|| "roles".to_owned());
    let above = if plan.is_transposed { 0 } else { plan.header };
    let title = (0..above).find_map(|row| {
        let cells = grid.rows.get(row)?.cells.iter();
        let mut texts: Vec<&str> =
            cells.map(|cell| grid.text(*cell)).filter(|text| !text.is_empty()).collect();
        texts.dedup();
        if let [only] = texts.as_slice() { Some((*only).to_owned()) } else { None }
    });
    let slug = words::slug(&stem);
    Head {
        id: if slug.is_empty() { "roles".to_owned() } else { slug.clone() },
        title: title.unwrap_or_else(|| words::title_of(&words::slug(&stem))),
        revision: None,
        language: None,
    }
}

fn too_large(file: &str) -> Error {
    let (cells, text) = (MOST_CELLS / 1_000_000, MOST_TEXT / 1024 / 1024);
    let limit = format!("a sheet may have {cells} million cells and {text} MiB of text, also unpacked");
    Error::new(ErrorCode::TooLarge, format!("`{file}` is too large: {limit}"))
        .hint("if this is the file you meant, import a part of it")
}

/// Whether a text is a formula error.
fn is_formula_error(text: &str) -> bool {
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"].contains(&text)
}
