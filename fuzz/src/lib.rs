//! What the fuzz targets share: how bytes become a dataset, how the reader and `check` are held against each other,
//! and how a dataset is put to use.

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

/// A text as if it had been loaded from a file of this name.
pub fn text(name: &str, text: &str) -> Input {
    Input::new(Origin::named(name), text.to_owned())
}

/// Bytes as if they had been loaded from a file of this name; none where they are no UTF-8, which must be said.
///
/// # Panics
///
/// Where they are no UTF-8, and a file that holds them is taken for text.
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

/// What `check` finds.
///
/// # Panics
///
/// Where the reader judges otherwise, or a mistake has no place in the text.
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

/// Renders a report, and makes sure that the text ends as a text ends.
pub fn write(report: &impl Report, format: Format, options: TerminalOptions) {
    all_reports::write(report, format, options);
}

/// The texts that bytes hold, divided by a byte that is in no text.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    bytes.split(|byte| *byte == 0xff).map(|text| String::from_utf8_lossy(text).into_owned()).collect()
}
