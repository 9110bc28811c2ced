//! Puts arbitrary texts into a dataset. An independent CSV reader must find the same values as in JSON Lines, with
//! every text unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolebook::analysis::compare::{Holding, compare};
use rolebook::check::read;
use rolebook::doc::Report;
use rolebook::format::Role;
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::export::ExportReport;
use rolebook::report::role::RoleReport;
use rolebook::report::roles::RolesReport;
use rolebook_fuzz::{text, texts};
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    let texts: Vec<String> = texts(bytes).into_iter().filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return;
    }
    let at = |place: usize| &texts[place % texts.len()];
    let statements: Vec<Value> = (0..texts.len())
        .map(|number| {
            let roles: &[&str] = if number % 3 == 0 { &["one", "two"] } else { &["two"] };
            json!({"id": format!("s{number}"), "roles": roles, "text": at(number), "at": at(number + 1)})
        })
        .collect();
    let dataset = json!({
        "rolebook": 1, "id": "fuzzed", "title": at(0),
        "roles": [
            {"id": "one", "title": at(1), "summary": at(2)},
            {"id": "two", "title": "Two", "aliases": [format!("the {}", at(3))], "family": "all"},
        ],
        "families": [{"id": "all", "title": at(4)}],
        "sections": [{"id": "duties", "title": at(5), "aspects": [
            {"id": "tasks", "title": at(6), "statements": statements},
        ]}],
    });
    let input = text("a.json", &dataset.to_string());
    // A role may have the same name as the other's alias, which is an error.
    let Ok(dataset) = read(&input) else { return };
    let roles: Vec<&Role<'_>> = dataset.roles.iter().collect();
    let compared = compare(&dataset, &roles, Holding::All, |_, _, _| true);
    let cells = same(&ExportReport::new(&dataset, &roles, compared, true));
    for number in 0..texts.len() {
        let row = cells.iter().find(|row| row[5] == format!("s{number}")).expect("a row for each statement");
        assert!(row.contains(at(number)) && row.contains(at(number + 1)), "{row:?}");
    }
    same(&RolesReport::new(&dataset, None, |_| true, "<fuzz>".to_owned(), false));
    same(&RoleReport::new(&dataset, &dataset.roles[1], Holding::All, true));
});

/// Checks that CSV and JSON Lines agree, and returns the cells.
fn same(report: &impl Report) -> Vec<Vec<String>> {
    let written = |format| render(report, format, TerminalOptions::default());
    let comma = written(Format::Csv);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(comma.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    let lines = written(Format::Jsonl);
    let lines: Vec<Value> =
        lines.split_terminator('\n').map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(rows.len(), lines.len() + 1);
    for (row, line) in rows.iter().skip(1).zip(&lines) {
        let line = line.as_object().expect("an object a line");
        assert!(rows[0].iter().eq(line.keys()));
        let cells = line.values().map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        assert!(cells.eq(row.iter().cloned()), "{row:?} {line:?}");
    }
    rows
}
