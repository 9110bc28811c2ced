//! Shared by the fuzz targets: turns bytes into a dataset, compares the reader with `check`, and writes every report.

use std::fs;

use rolebook::check::{check, read};
use rolebook::doc::Report;
use rolebook::render::{Format, TerminalOptions};
use rolebook::diagnostic::{Checked, Code, Severity};
use rolebook::format::{Input, Origin};
use rolebook::framework::Framework;

#[path = "../../tests/support/all_reports.rs"]
mod all_reports;

pub const FORMATS: [Format; 6] = all_reports::FORMATS;

/// Renders every report on a dataset in one format, which the choice decides.
pub fn put_to_use(dataset: &Framework<'_>, choice: usize) {
    all_reports::render_all(dataset, choice);
}

/// Input as if read from a file with this name.
pub fn text(name: &str, text: &str) -> Input {
    Input::new(Origin::named(name), text.to_owned())
}

/// Input as if read from a file with this name; `None` if the bytes are not UTF-8, which must be an error.
///
/// # Panics
///
/// If the bytes are not UTF-8 but a file with them is accepted.
pub fn input(name: &str, bytes: &[u8]) -> Option<Input> {
    if let Ok(valid) = str::from_utf8(bytes) {
        return Some(text(name, valid));
    }
    let folder = tempfile::tempdir().expect("there is a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("it takes a file");
    let error = Origin::named(path).load().expect_err("it is no UTF-8");
    assert_eq!(error.code().name(), "not-utf-8");
    None
}

/// Runs `check`.
///
/// # Panics
///
/// If the reader disagrees, or a mistake has no position in the text.
pub fn checked(input: &Input) -> Checked {
    let checked = check(input, &[]);
    let refused = read(input).err();
    assert_eq!(errors(&checked), refused.as_ref().map(errors).unwrap_or_default());
    assert_eq!(checked.count(Severity::Error) > 0, refused.is_some());
    for (diagnostic, place) in checked.placed() {
        assert!(checked.text.get(diagnostic.at.clone()).is_some(), "{diagnostic:?}");
        assert!(place.line > 0 && place.column > 0 && place.line <= place.end_line, "{place:?}");
    }
    checked
}

fn errors(checked: &Checked) -> Vec<Code> {
    let codes = checked.diagnostics.iter().map(|diagnostic| diagnostic.code);
    codes.filter(|code| code.severity() == Severity::Error).collect()
}

/// Renders a report, and checks that it ends with a line break.
pub fn write(report: &impl Report, format: Format, options: TerminalOptions) {
    let written = rolebook::render::render(report, format, options);
    assert!(written.is_empty() || written.ends_with('\n'), "{written:?}");
}

/// Splits bytes into texts at a byte that is never part of UTF-8.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    bytes.split(|byte| *byte == 0xff).map(|text| String::from_utf8_lossy(text).into_owned()).collect()
}
