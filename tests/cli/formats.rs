//! Tests every report in every format: properties of all formats, and of each one.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{REPORTS, formats, rolebook};

/// A report in a format, on a page so wide that nothing has to be wrapped.
fn wide(report: &str, format: &str) -> String {
    rolebook(report).args("--width 4000 --format").arg(format).run().answer()
}

fn json(report: &str) -> Value {
    rolebook(report).arg("--json").run().json()
}

/// Collects the values of a key in all objects that also have the other key.
fn gather<'v>(value: &'v Value, key: &str, beside: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            if map.contains_key(beside) {
                found.extend(map.get(key).and_then(Value::as_str));
            }
            map.values().for_each(|value| gather(value, key, beside, found));
        }
        Value::Array(items) => items.iter().for_each(|value| gather(value, key, beside, found)),
        _ => {}
    }
}

/// The texts of all statements in a report.
fn statements(document: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    gather(document, "text", "voice", &mut found);
    found
}

/// The report's aspects in order, each by one of its keys.
fn aspects<'v>(document: &'v Value, key: &str) -> Vec<&'v str> {
    let sections = document["sections"].as_array().into_iter().flatten();
    let in_sections = sections.flat_map(|section| section["aspects"].as_array().into_iter().flatten());
    let skills = document["skills"].as_array().into_iter().flatten();
    let aspects: Vec<&Value> = in_sections.collect();
    let all = if aspects.is_empty() { skills.collect() } else { aspects };
    all.into_iter().filter_map(|aspect| aspect[key].as_str()).collect()
}

/// Whether a format is records for programs, which name things by id and hold one kind of thing.
fn is_flat(format: &str) -> bool {
    matches!(format, "jsonl" | "csv")
}

/// Without what a format may put between or into words: blanks, borders, bullets, escapes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn a_report_is_clean_text_in_every_format() {
    let formats = formats();
    assert!(["table", "json", "markdown"].iter().all(|known| formats.iter().any(|format| format == known)));
    for report in REPORTS {
        for format in &formats {
            let run = || rolebook(report).arg("--format").arg(format).run().answer();
            let text = run();
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{report} -f {format}: its end");
            let is_control = |c: char| c.is_control() && c != '\n' && !(format == "csv" && c == '\r');
            assert!(!text.contains(is_control), "{report} -f {format}: a control character");
            assert!(
                !text.lines().any(|line| line.trim_end_matches('\r').ends_with([' ', '\t'])),
                "{report} -f {format}: a blank at the end of a line"
            );
            assert_eq!(text, run(), "{report} -f {format}: another answer at the second time");
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    for report in REPORTS {
        for format in formats() {
            let with = |color: &str| rolebook(report).args(color).arg("--format").arg(&format).run().answer();
            let (plain, colored) = (with("--color never"), with("--color always"));
            assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain, "{report} -f {format}");
            assert_eq!(colored.contains('\x1b'), format == "table", "{report} -f {format}");
        }
    }
}

#[test]
fn every_statement_is_in_every_format() {
    // A quiz shows only some of the drawbacks.
    for report in REPORTS.iter().filter(|report| !report.starts_with("quiz")) {
        let document = json(report);
        let wanted = statements(&document);
        let has_statements = !report.starts_with("roles") && !report.contains("--questions");
        assert!(
            !has_statements || report.contains("hiring") || !wanted.is_empty(),
            "{report}: no statements"
        );
        // The records of a quiz are its answers, without what is held against the role.
        for format in formats().iter().filter(|format| !(is_flat(format) && report.starts_with("quiz"))) {
            let text = letters(&wide(report, format));
            for statement in &wanted {
                assert!(text.contains(&letters(statement)), "{report} -f {format}: {statement}");
            }
        }
    }
}

#[test]
fn a_table_holds_every_statement_however_it_is_wrapped() {
    for report in REPORTS.iter().filter(|report| !report.starts_with("quiz")) {
        let document = json(report);
        for width in ["20", "33", "47", "60", "80", "120"] {
            let run = rolebook(report).args("--format table --width").arg(width).run();
            let text = letters(&unwrapped(&run.answer()));
            for statement in statements(&document) {
                assert!(text.contains(&letters(statement)), "{report} --width {width}: {statement}");
            }
        }
    }
}

/// A page whose cells are read one after the other, and not line by line across the columns.
fn unwrapped(page: &str) -> String {
    let mut text = String::new();
    let mut cells: Vec<String> = Vec::new();
    for line in page.lines() {
        if let Some(row) = line.strip_prefix('│') {
            let pieces: Vec<&str> = row.split('│').collect();
            cells.resize(pieces.len(), String::new());
            cells.iter_mut().zip(pieces).for_each(|(cell, piece)| cell.push_str(piece));
        } else {
            text.extend(cells.drain(..));
            text.push_str(line);
        }
    }
    text
}

#[test]
fn aspects_stand_in_one_order_in_every_format() {
    for report in REPORTS {
        let document = json(report);
        let wanted = aspects(&document, "title");
        for format in formats() {
            let text = wide(report, &format);
            let found = match format.as_str() {
                "table" => table_rows(&text),
                "markdown" => markdown_rows(&text),
                _ => {
                    let mut rest = text.as_str();
                    let key = if is_flat(&format) { "id" } else { "title" };
                    for aspect in aspects(&document, key) {
                        let found = rest.split_once(aspect);
                        (_, rest) =
                            found.unwrap_or_else(|| panic!("{report} -f {format}: {aspect} is out of order"));
                    }
                    continue;
                }
            };
            let titles = found.iter().filter_map(|found| {
                wanted
                    .iter()
                    .copied()
                    .find(|title| found == title || found.starts_with(&format!("{title} (")))
            });
            let mut first: Vec<&str> = Vec::new();
            for title in titles {
                if !first.contains(&title) {
                    first.push(title);
                }
            }
            assert_eq!(first, wanted, "{report} -f {format}");
        }
    }
}

/// What names the rows of the tables of a page for eyes.
fn table_rows(text: &str) -> Vec<String> {
    let rows = text.lines().filter_map(|line| line.strip_prefix('│'));
    rows.filter_map(|row| Some(row.split_once('│')?.0.trim().to_owned())).collect()
}

/// What names the rows of the tables of a Markdown page.
fn markdown_rows(text: &str) -> Vec<String> {
    let mut rows = Vec::new();
    let mut column = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => {
                column = 0;
                rows.push(String::new());
            }
            Event::End(TagEnd::TableCell) => column += 1,
            Event::Text(piece) | Event::Code(piece) if column == 0 => {
                if let Some(row) = rows.last_mut() {
                    row.push_str(&piece);
                }
            }
            _ => {}
        }
    }
    rows
}

#[test]
fn json_begins_with_its_schema() {
    for report in REPORTS {
        let text = rolebook(report).args("--format json").run().answer();
        assert_eq!(text, rolebook(report).arg("--json").run().answer(), "{report}");
        let start = "{\n  \"schema\": \"rolebook.";
        assert!(text.starts_with(start), "{report}: {text}");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let schema = document["schema"].as_str().expect("a schema");
        let (name, version) = schema.split_once('/').expect("a name and a version");
        assert!(name.starts_with("rolebook.") && version == "1", "{report}: {schema}");
        assert_eq!(document["dataset"]["id"], "product-roles", "{report}");
    }
}

#[test]
fn markdown_is_one_page_with_one_title() {
    for report in REPORTS {
        let text = rolebook(report).args("--format markdown").run().answer();
        let events: Vec<Event> = Parser::new_ext(&text, Options::ENABLE_TABLES).collect();
        let levels: Vec<HeadingLevel> = events
            .iter()
            .filter_map(|event| match event {
                Event::Start(Tag::Heading { level, .. }) => Some(*level),
                _ => None,
            })
            .collect();
        assert_eq!(levels.first(), Some(&HeadingLevel::H1), "{report}");
        assert_eq!(levels.iter().filter(|level| **level == HeadingLevel::H1).count(), 1, "{report}");
        for pair in levels.windows(2) {
            assert!(pair[1] as usize <= pair[0] as usize + 1, "{report}: a heading skips a level");
        }
        let odd = events.iter().find(|event| match event {
            Event::Html(_) => true,
            Event::InlineHtml(html) => html.as_ref() != "<br>",
            _ => false,
        });
        assert_eq!(odd, None, "{report}: HTML that is no line break");
        // Whatever looks like a row is one: pipes elsewhere would be text that lost its escape.
        let rows =
            events.iter().filter(|event| matches!(event, Event::Start(Tag::TableRow | Tag::TableHead)));
        let lines = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("| --"));
        assert_eq!(rows.count(), lines.count(), "{report}");
    }
}

/// Markdown and JSON do not depend on the page that they are not laid out for.
#[test]
fn only_tables_depend_on_the_width() {
    for report in REPORTS {
        for format in formats().iter().filter(|format| *format != "table") {
            let narrow = rolebook(report).args("--width 20 --format").arg(format).run().answer();
            assert_eq!(narrow, wide(report, format), "{report} -f {format}");
        }
    }
}

#[test]
fn no_line_of_a_table_is_wider_than_asked() {
    for (place, report) in REPORTS.iter().enumerate() {
        // The comparison at every width, the others at every thirteenth, each beginning elsewhere.
        let (first, step) = if place == 0 { (20, 1) } else { (20 + place, 13) };
        for width in (first..=200).step_by(step).chain([20, 80]) {
            let text = rolebook(report).args("--format table --width").arg(width.to_string()).run().answer();
            for line in text.lines() {
                assert!(line.width() <= width, "{report} --width {width}: {line}");
            }
        }
    }
}
