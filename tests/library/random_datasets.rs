//! Random datasets: every report on them keeps the promises of its format, at any width.

use std::fs;

use proptest::prelude::*;
use proptest::sample::select;
use rolebook::check::read;
use rolebook::format::{Input, Origin};
use rolebook::render::{Format, TerminalOptions};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::any_text::any_text;
use crate::support::all_reports::{FORMATS, rendered};
use crate::support::read_back::text_on_github;
use crate::support::schema::refusal;
use crate::support::{few, fixtures};

/// The keys whose values are free text.
const TEXTS: [&str; 17] = [
    "title",
    "summary",
    "text",
    "label",
    "prompt",
    "help",
    "reason",
    "note",
    "name",
    "organisation",
    "author",
    "translator",
    "publisher",
    "licence",
    "at",
    "examples",
    "descriptors",
];

/// Replaces every free text by one of these, in turn.
fn reword(value: &mut Value, key: &str, texts: &mut impl Iterator<Item = String>) {
    match value {
        Value::String(text) if TEXTS.contains(&key) => *text = texts.next().expect("there is no end"),
        Value::Array(items) => items.iter_mut().for_each(|item| reword(item, key, texts)),
        Value::Object(entries) => {
            for (name, item) in entries.iter_mut().filter(|(name, _)| *name != "meta") {
                reword(item, if key == "descriptors" { key } else { name }, texts);
            }
        }
        _ => {}
    }
}

/// A fixture in other words.
fn reworded(fixture: &str, texts: &[String]) -> String {
    let text = fs::read_to_string(fixtures().join(fixture)).expect("a fixture is text");
    let mut dataset: Value = serde_json::from_str(&text).expect("a fixture is JSON");
    // A text is not empty, and blanks at its ends have no meaning.
    let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).chain(["x"]);
    let texts: Vec<String> = texts.map(str::to_owned).collect();
    let mut texts = texts.into_iter().cycle();
    reword(&mut dataset, "", &mut texts);
    dataset.to_string()
}

proptest! {
    #![proptest_config(few(16))]

    #[test]
    fn every_report_keeps_the_promises_of_its_format(
        fixture in select(vec!["every-key.json", "ladder.json", "skill-matrix.json", "scripts.json"]),
        texts in proptest::collection::vec(any_text(), 1..12),
        // Ids are never broken; the longest here need more than 20 columns.
        width in 40..=200_usize,
        choice in 0..1000_usize,
    ) {
        let input = Input::new(Origin::Stdin, reworded(fixture, &texts));
        // A title that is another role's alias, for instance.
        let Ok(dataset) = read(&input) else { return Ok(()) };
        let reports = |format, color| rendered(&dataset, choice, format, TerminalOptions { width, color });
        for format in FORMATS {
            for text in reports(format, false) {
                let is_hidden = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
                match format {
                    Format::Table => {
                        for line in text.lines() {
                            prop_assert!(line.width() <= width, "{} > {width}: {line:?}\n{text}", line.width());
                        }
                        prop_assert!(!text.contains(is_hidden), "{text:?}");
                    }
                    Format::Markdown => {
                        prop_assert!(!text.contains(is_hidden), "{text:?}");
                        text_on_github(&text);
                    }
                    Format::Html => prop_assert!(!text.contains(is_hidden), "{text:?}"),
                    Format::Json => {
                        let document: Value = serde_json::from_str(&text).expect("JSON");
                        let name = document["schema"].as_str().and_then(|name| name.strip_prefix("rolebook."));
                        let name = name.and_then(|name| name.strip_suffix("/1")).expect("a name");
                        prop_assert_eq!(refusal(name, &document), None, "{}", text);
                    }
                    Format::Jsonl => {
                        let lines = text.split_terminator('\n').map(serde_json::from_str::<Value>);
                        let keys: Vec<Vec<String>> = lines.map(|line| line.expect("JSON").as_object().expect("an object").keys().cloned().collect()).collect();
                        prop_assert!(keys.windows(2).all(|two| two[0] == two[1]), "{text}");
                    }
                    _ => {
                        // The reader refuses records of different lengths.
                        let mut reader = csv::Reader::from_reader(text.as_bytes());
                        prop_assert!(reader.records().all(|record| record.is_ok()), "{text}");
                    }
                }
            }
        }
        for (styled, plain) in reports(Format::Table, true).iter().zip(reports(Format::Table, false)) {
            prop_assert_eq!(anstream::adapter::strip_str(styled).to_string(), plain);
        }
    }
}
