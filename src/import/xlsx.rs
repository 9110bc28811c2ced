//! Reads XLSX files: XML in a zip archive. Libraries read both in small pieces and within limits, because a small file
//! may claim to be, or unpack to, any size.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::grid::{Cell, CellKind, Grid, Merge, Row, TooLarge, column_number};
use crate::error::{Error, ErrorCode};

/// Each part may unpack to at least this many bytes.
const UNPACKED: u64 = 16 * 1024 * 1024;
/// A larger part may unpack to this many times its packed size. Real text compresses about 10-fold, seldom 50-fold.
const RATIO: u64 = 100;
/// No part may unpack to more than this many bytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;
/// Most bytes of shared strings.
const MOST_SHARED: usize = 64 * 1024 * 1024;

/// An open workbook.
pub(super) struct Workbook<'b> {
    file: String,
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The visible sheets: name and path of the part.
    sheets: Vec<(String, String)>,
    strings: Vec<String>,
    /// How each style shows numbers.
    styles: Vec<Shown>,
    /// Whether dates count from 1904.
    since_1904: bool,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Number,
    Percent,
    Date,
}

type Xml<'a> = Reader<BufReader<Bounded<Box<dyn Read + 'a>>>>;

impl<'b> Workbook<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    ///
    /// If the bytes are not a workbook.
    pub(super) fn open(file: &str, bytes: &'b [u8]) -> Result<Self, Error> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Error::new(
                ErrorCode::Unreadable,
                format!("`{file}` has a password, or is an old .xls file"),
            )
            .hint("save it as .xlsx without a password, or as CSV"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &error))?;
        let mut workbook = Self {
            file: file.to_owned(),
            archive,
            sheets: Vec::new(),
            strings: Vec::new(),
            styles: Vec::new(),
            since_1904: false,
        };
        workbook.read_sheets()?;
        if workbook.sheets.is_empty() {
            return Err(Error::new(ErrorCode::Unreadable, format!("`{file}` has no sheet"))
                .hint("if it is a spreadsheet, save it as .xlsx"));
        }
        workbook.read_strings()?;
        workbook.read_styles()?;
        Ok(workbook)
    }

    /// The names of the visible sheets.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    fn part(&mut self, path: &str) -> Result<Option<Xml<'_>>, Error> {
        let file = self.file.clone();
        let part = match self.archive.by_name(path) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(&file, &error)),
        };
        let most = part.compressed_size().saturating_mul(RATIO).clamp(UNPACKED, MOST_UNPACKED);
        if part.size() > most {
            return Err(super::too_large(&file));
        }
        let bounded = Bounded { part: Box::new(part) as Box<dyn Read>, left: most };
        let mut reader = Reader::from_reader(BufReader::new(bounded));
        reader.config_mut().check_end_names = false;
        Ok(Some(reader))
    }

    fn read_sheets(&mut self) -> Result<(), Error> {
        let file = self.file.clone();
        let mut named: Vec<(String, String)> = Vec::new();
        let mut since_1904 = false;
        if let Some(mut xml) = self.part("xl/workbook.xml")? {
            each(&file, &mut xml, |event| {
                if let Event::Start(tag) | Event::Empty(tag) = event {
                    match tag.local_name().as_ref() {
                        "sheet" if attribute(tag, "state").is_none_or(|state| state == "visible") => {
                            if let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id")) {
                                named.push((name, id));
                            }
                        }
                        "workbookPr" => {
                            let value = attribute(tag, "date1904");
                            since_1904 = value.is_some_and(|value| value == "1" || value == "true");
                        }
                        _ => {}
                    }
                }
                Ok(())
            })?;
        }
        let mut targets: Vec<(String, String)> = Vec::new();
        if let Some(mut xml) = self.part("xl/_rels/workbook.xml.rels")? {
            each(&file, &mut xml, |event| {
                if let Event::Start(tag) | Event::Empty(tag) = event {
                    targets.extend(attribute(tag, "Id").zip(attribute(tag, "Target")));
                }
                Ok(())
            })?;
        }
        self.since_1904 = since_1904;
        self.sheets = named
            .into_iter()
            .filter_map(|(name, id)| {
                let (_, target) = targets.iter().find(|(known, _)| *known == id)?;
                let path = match target.strip_prefix('/') {
                    Some(path) => path.to_owned(),
                    None => format!("xl/{target}"),
                };
                Some((name, path))
            })
            .collect();
        Ok(())
    }

    /// Reads the shared strings. Formatting and phonetic hints are dropped.
    fn read_strings(&mut self) -> Result<(), Error> {
        let file = self.file.clone();
        let Some(mut xml) = self.part("xl/sharedStrings.xml")? else { return Ok(()) };
        let mut strings: Vec<String> = Vec::new();
        let mut bytes = 0;
        let mut text = TextOf::default();
        each(&file, &mut xml, |event| {
            if let Some(whole) = text.take(event, "si") {
                bytes += whole.len() + size_of::<String>();
                strings.push(whole);
            }
            if bytes + text.text.len() > MOST_SHARED { Err(super::too_large(&file)) } else { Ok(()) }
        })?;
        drop(xml);
        self.strings = strings;
        Ok(())
    }

    fn read_styles(&mut self) -> Result<(), Error> {
        let file = self.file.clone();
        let Some(mut xml) = self.part("xl/styles.xml")? else { return Ok(()) };
        let mut formats: Vec<(u32, Shown)> = Vec::new();
        let mut styles = Vec::new();
        let mut in_cells = false;
        each(&file, &mut xml, |event| {
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(tag, "formatCode")) {
                            formats.push((id, shown(&code)));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id: u32 = attribute(tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        let own = formats.iter().find(|(known, _)| *known == id).map(|(_, shown)| *shown);
                        styles.push(own.unwrap_or(match id {
                            9 | 10 => Shown::Percent,
                            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
                            _ => Shown::Number,
                        }));
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
                _ => {}
            }
            Ok(())
        })?;
        drop(xml);
        self.styles = styles;
        Ok(())
    }

    /// Reads a sheet by name.
    ///
    /// # Errors
    ///
    /// If there is no such sheet, or it is broken or too large.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Grid, Error> {
        let file = self.file.clone();
        let path = self.sheets.iter().find(|(known, _)| known == name).map(|(_, path)| path.clone());
        let path = path.unwrap_or_default();
        let strings = std::mem::take(&mut self.strings);
        let styles = std::mem::take(&mut self.styles);
        let since_1904 = self.since_1904;
        let mut grid = Grid::new(&file, Some(name.to_owned()));
        let mut reading = Reading { row: Row::default(), cell: None, merges: Vec::new() };
        let read = match self.part(&path)? {
            None => Err(Error::new(
                ErrorCode::Unreadable,
                format!("`{file}` lists the sheet `{name}` but does not contain it"),
            )),
            Some(mut xml) => each(&file, &mut xml, |event| {
                let values = Values { strings: &strings, styles: &styles, since_1904 };
                reading.event(event, &values, &mut grid).map_err(|_: TooLarge| super::too_large(&file))
            }),
        };
        self.strings = strings;
        self.styles = styles;
        read?;
        let last = std::mem::take(&mut reading.row);
        grid.push(last);
        // Rows may be in any order.
        grid.rows.sort_by_cached_key(|row| row.line);
        grid.merges = reading.merges;
        grid.spread_merges().map_err(|_| super::too_large(&file))?;
        Ok(grid)
    }
}

/// The tables that cell values refer to.
struct Values<'w> {
    strings: &'w [String],
    styles: &'w [Shown],
    since_1904: bool,
}

/// A sheet that is being read.
struct Reading {
    row: Row,
    cell: Option<Open>,
    merges: Vec<Merge>,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    inline: TextOf,
    in_value: bool,
    has_formula: bool,
}

impl Reading {
    fn event(&mut self, event: &Event<'_>, values: &Values<'_>, grid: &mut Grid) -> Result<(), TooLarge> {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_empty = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "row" => {
                        let next = self.row.line + 1;
                        grid.push(std::mem::take(&mut self.row));
                        let line = attribute(tag, "r").and_then(|line| line.parse().ok());
                        self.row = Row { line: line.unwrap_or(next), cells: Vec::new() };
                    }
                    "c" => {
                        let reference = attribute(tag, "r").unwrap_or_default();
                        let letters = reference.trim_end_matches(|c: char| c.is_ascii_digit());
                        let cell = Open {
                            column: column_number(letters).unwrap_or(self.row.cells.len()),
                            kind: attribute(tag, "t").unwrap_or_default(),
                            style: attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0),
                            ..Open::default()
                        };
                        self.cell = (!is_empty).then_some(cell);
                    }
                    "v" => {
                        if let Some(cell) = &mut self.cell {
                            cell.in_value = !is_empty;
                        }
                    }
                    "f" => {
                        if let Some(cell) = &mut self.cell {
                            cell.has_formula = true;
                        }
                    }
                    "mergeCell" => self.merges.extend(attribute(tag, "ref").and_then(|area| merge(&area))),
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" => {
                    if let Some(cell) = &mut self.cell {
                        cell.in_value = false;
                    }
                }
                "c" => {
                    if let Some(cell) = self.cell.take() {
                        let made = cell.made(values, grid)?;
                        grid.put(&mut self.row, cell.column, made)?;
                    }
                }
                _ => {}
            },
            _ => {}
        }
        if let Some(cell) = &mut self.cell {
            if cell.in_value {
                push_text(event, &mut cell.value);
            } else if let Some(text) = cell.inline.take(event, "is") {
                cell.value = text;
            }
            if cell.value.len() + cell.inline.text.len() > super::grid::MOST_TEXT {
                return Err(TooLarge);
            }
        }
        Ok(())
    }
}

impl Open {
    /// Makes the cell, with its value resolved.
    fn made(&self, values: &Values<'_>, grid: &mut Grid) -> Result<Cell, TooLarge> {
        let value = self.value.trim();
        match self.kind.as_str() {
            "s" => {
                let text = value.parse::<usize>().ok().and_then(|number| values.strings.get(number));
                grid.cell(CellKind::Text, text.map_or("", String::as_str))
            }
            "inlineStr" | "str" => grid.cell(CellKind::Text, &self.value),
            "b" => grid.cell(CellKind::Text, if value == "1" { "TRUE" } else { "FALSE" }),
            "e" => grid.cell(CellKind::Error, value),
            "d" => grid.cell(CellKind::Date, value),
            _ if value.is_empty() && self.has_formula => grid.cell(CellKind::Formula, ""),
            _ if values.styles.get(self.style) == Some(&Shown::Date) => {
                let day = value.parse::<f64>().ok().and_then(|days| date(days, values.since_1904));
                grid.cell(CellKind::Date, day.as_deref().unwrap_or(value))
            }
            _ => {
                let (times, sign) = match values.styles.get(self.style) {
                    Some(Shown::Percent) => (100.0, "%"),
                    _ => (1.0, ""),
                };
                // Round away binary fractions such as 0.30000000000000004.
                let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
                let shown = number.map(|number| format!("{}{sign}", (number * times * 1e9).round() / 1e9));
                grid.cell(CellKind::Number, shown.as_deref().unwrap_or(value))
            }
        }
    }
}

/// Collects the text in an element. Rich text is split over several.
#[derive(Default)]
struct TextOf {
    text: String,
    in_text: bool,
    is_reading: bool,
}

impl TextOf {
    /// Returns the complete text at the end of the element.
    fn take(&mut self, event: &Event<'_>, element: &str) -> Option<String> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => self.in_text = true,
                // A phonetic hint.
                "rPh" => self.is_reading = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => self.in_text = false,
                "rPh" => self.is_reading = false,
                name if name == element => return Some(std::mem::take(&mut self.text)),
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == element => return Some(String::new()),
            event if self.in_text && !self.is_reading => push_text(event, &mut self.text),
            _ => {}
        }
        None
    }
}

/// Appends the text of an event.
fn push_text(event: &Event<'_>, to: &mut String) {
    match event {
        Event::Text(text) => to.push_str(text),
        Event::CData(text) => to.push_str(text),
        Event::GeneralRef(name) => {
            let name: &str = name;
            match quick_xml::escape::unescape(&format!("&{name};")) {
                Ok(text) => to.push_str(&text),
                Err(_) => to.extend(["&", name, ";"]),
            }
        }
        _ => {}
    }
}

/// Calls a function for each event of a part.
fn each(
    file: &str,
    xml: &mut Xml<'_>,
    mut take: impl FnMut(&Event<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => take(&event)?,
            Err(quick_xml::Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Err(super::too_large(file));
            }
            Err(error) => return Err(broken(file, &error)),
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut found = attributes
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.key.local_name().as_ref() == name);
    let value = found.next()?.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), std::borrow::Cow::into_owned))
}

/// Parses an area such as `B2:D2`.
fn merge(area: &str) -> Option<Merge> {
    let cell = |name: &str| {
        let digits = name.find(|c: char| c.is_ascii_digit())?;
        let (letters, line) = name.split_at_checked(digits)?;
        Some((line.parse::<usize>().ok()?, column_number(letters)?))
    };
    let (from, to) = area.split_once(':')?;
    let ((first_line, first), (last_line, last)) = (cell(from)?, cell(to)?);
    Some(Merge { lines: (first_line, last_line), columns: (first, last) })
}

/// How a number format shows numbers.
fn shown(code: &str) -> Shown {
    // Skip quoted text, and colours in brackets.
    let (mut in_quotes, mut in_brackets, mut is_escaped) = (false, false, false);
    let mut shown = code.chars().filter_map(|c| {
        if is_escaped {
            is_escaped = false;
            return None;
        }
        match c {
            '\\' | '_' | '*' => is_escaped = true,
            '"' => in_quotes = !in_quotes,
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            'y' | 'd' | 'h' | 'Y' | 'D' | 'H' if !in_quotes && !in_brackets => return Some(Shown::Date),
            '%' if !in_quotes && !in_brackets => return Some(Shown::Percent),
            _ => {}
        }
        None
    });
    shown.next().unwrap_or(Shown::Number)
}

/// The date that a number of days stands for.
fn date(days: f64, since_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    // Truncated on purpose: the fraction is the time of day.
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    let days = days as i64;
    // In the 1900 system, day 60 is 29 February 1900, which never existed.
    let since_1970 = match (since_1904, days) {
        (true, days) => days - 24_107,
        (false, days) if days < 60 => days - 25_568,
        (false, days) => days - 25_569,
    };
    // Howard Hinnant's `civil_from_days`.
    let shifted = since_1970 + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn broken(file: &str, cause: &dyn std::error::Error) -> Error {
    Error::new(ErrorCode::Unreadable, format!("`{file}` is not a complete .xlsx file"))
        .because(cause)
        .hint("open it in a spreadsheet program and save it as .xlsx again, or as CSV")
}

/// A reader that fails after a limit.
struct Bounded<R> {
    part: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        self.left = self
            .left
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX))
            .ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, date, shown};

    #[test]
    fn formats_say_what_numbers_are() {
        for code in ["yyyy-mm-dd", "d. mmm", "[$-409]h:mm AM/PM", "DD/MM/YYYY"] {
            assert_eq!(shown(code), Shown::Date, "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"days\"", "[Red]0", "0\\d", "@"] {
            assert_eq!(shown(code), Shown::Number, "{code}");
        }
        for code in ["0%", "0.0 %"] {
            assert_eq!(shown(code), Shown::Percent, "{code}");
        }
    }

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        assert_eq!(date(45_000.5, false).as_deref(), Some("2023-03-15"));
        assert_eq!(date(43_538.0, true).as_deref(), Some("2023-03-15"));
        assert_eq!(date(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(date(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(date(-1.0, false), None);
    }
}
