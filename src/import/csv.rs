//! Reads CSV and TSV files.

use super::grid::{CellKind, Grid, Row, TooLarge};
use super::problem::{Problems, in_cell};
use crate::diagnostic::Code;
use crate::error::{Error, ErrorCode};
use crate::format::{delimiter, line_of};

/// Reads a CSV file as a sheet.
///
/// # Errors
///
/// If the bytes are not text, or the sheet is too large.
pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Result<Grid, Error> {
    let text = decoded(file, bytes)?;
    let told = told_delimiter(&text);
    let delimiter = told.unwrap_or_else(|| delimiter(file, &text));
    let mut grid = Grid::new(file, None);
    let mut reader = csv::ReaderBuilder::new()
        // The line that tells the delimiter is no row.
        .has_headers(told.is_some())
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let too_large = |_: TooLarge| super::too_large(file);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(
                    Error::new(ErrorCode::Unreadable, format!("cannot read `{file}`")).because(&error)
                );
            }
        }
        let line = record.position().map_or(0, |position| line_of(&text, position));
        let mut row = Row { line: usize::try_from(line).unwrap_or(0), cells: Vec::new() };
        for (column, field) in record.iter().enumerate() {
            let kind = kind(field);
            let cell = grid.cell(kind, field).map_err(too_large)?;
            grid.put(&mut row, column, cell).map_err(too_large)?;
        }
        grid.push(row);
    }
    if let Some(line) = open_quote(&text, delimiter) {
        let row = grid.rows.partition_point(|row| row.line <= line).saturating_sub(1);
        let message = "the quotation mark that opens this cell is never closed";
        problems.push(
            &grid,
            in_cell(Code::OpenQuote, row, 0, message).advice("close the quotation, or remove the mark"),
        );
    }
    Ok(grid)
}

/// The delimiter that a first line such as `sep=;` tells Excel.
fn told_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?;
    let (name, delimiter) = line.split_at_checked(4)?;
    let [delimiter] = delimiter.trim_end().as_bytes() else { return None };
    (name.eq_ignore_ascii_case("sep=") && delimiter.is_ascii()).then_some(*delimiter)
}

fn kind(field: &str) -> CellKind {
    let field = field.trim();
    if field.starts_with('#') && super::is_formula_error(field) {
        return CellKind::Error;
    }
    if super::words::is_date(field) {
        return CellKind::Date;
    }
    if field.parse::<f64>().is_ok_and(f64::is_finite) { CellKind::Number } else { CellKind::Text }
}

/// Decodes UTF-8, or UTF-16 with a byte-order mark.
fn decoded(file: &str, bytes: &[u8]) -> Result<String, Error> {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|unit| Some(read(unit.try_into().ok()?)));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| bytes.len().is_multiple_of(2))
    };
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => str::from_utf8(rest).ok().map(str::to_owned),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => str::from_utf8(bytes).ok().map(str::to_owned),
    };
    text.ok_or_else(|| {
        let valid = str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        Error::not_utf8(file, bytes, valid).hint("save it as “CSV UTF-8”, or as XLSX")
    })
}

/// The line of a quotation mark that is never closed, if any.
fn open_quote(text: &str, delimiter: u8) -> Option<usize> {
    let (mut line, mut opened, mut at_start) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            (b'"', None) if at_start => opened = Some(line),
            // A doubled quotation mark is part of the text.
            (b'"', Some(_)) if bytes.next_if_eq(&b'"').is_none() => opened = None,
            _ => {}
        }
        if byte == b'\n' {
            line += 1;
        }
        at_start = opened.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::{decoded, open_quote, read};
    use crate::import::problem::Problems;

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a,b\n\n\nc,d\ne,f\n", "a,b\r\n\r\n\r\nc,d\r\ne,f\r\n", "sep=,\n\n\nc,d\ne,f"] {
            let grid = read("a.csv", text.as_bytes(), &mut Problems::default()).unwrap();
            let lines: Vec<usize> = grid.rows.iter().map(|row| row.line).collect();
            assert!(lines.ends_with(&[4, 5]), "{text:?}: {lines:?}");
        }
    }

    #[test]
    fn an_open_quote_is_found() {
        assert_eq!(open_quote("a,\"b\"\"c\"\nd,e\n", b','), None);
        assert_eq!(open_quote("a,b\nc,\"d\ne\n", b','), Some(2));
        assert_eq!(open_quote("5\" pipe,b\n", b','), None);
    }

    #[test]
    fn text_is_utf_8_or_has_a_mark() {
        let utf16 =
            |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        assert_eq!(decoded("a", &utf16("\u{feff}é,b", u16::to_le_bytes)).unwrap(), "é,b");
        assert_eq!(decoded("a", &utf16("\u{feff}é,b", u16::to_be_bytes)).unwrap(), "é,b");
        assert_eq!(decoded("a", "\u{feff}é".as_bytes()).unwrap(), "é");
        assert!(decoded("a", b"caf\xe9").is_err());
    }
}
