//! Runs `check` on arbitrary bytes. Every format can show the findings, and no excerpt contains terminal control
//! characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolebook::diagnostic::excerpts;
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::check::CheckReport;
use rolebook_fuzz::{FORMATS, checked, input, write};

fuzz_target!(|bytes: &[u8]| {
    // The first byte picks the syntax; without an extension, it is detected from the text.
    let Some((first, bytes)) = bytes.split_first() else { return };
    let names = ["a.json", "a.yaml", "a"];
    let Some(input) = input(names[usize::from(*first) % names.len()], bytes) else { return };
    let checked = checked(&input);
    let width = 20 + bytes.len() % 100;
    let shown = excerpts(&checked, false, width);
    let drives = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'));
    assert!(!shown.contains(drives), "{shown:?}");
    let found = checked.diagnostics.len();
    let report = CheckReport::new(vec![checked]);
    for format in FORMATS {
        write(&report, format, TerminalOptions { width, color: false });
    }
    let lines = render(&report, Format::Github, TerminalOptions::default()).lines().count();
    assert_eq!(lines, found);
    let log = render(&report, Format::Sarif, TerminalOptions::default());
    let log: serde_json::Value = serde_json::from_str(&log).expect("a log is JSON");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(found));
});
