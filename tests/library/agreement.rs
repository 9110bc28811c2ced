//! Tests that the reader, `check` and the published schema agree. Every fixture is broken key by key, and all three
//! must accept or reject it, as far as a schema can express the rule.

use std::collections::BTreeSet;
use std::fs;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rolebook::check::{check, read};
use rolebook::diagnostic::{Checked, Code, Severity, excerpts};
use rolebook::format::{Input, Origin};
use serde_json::{Value, json};

use crate::support::schema::{Validator, refusal};
use crate::support::{block_yaml, fixtures};

/// Errors that a schema cannot express, such as unknown references.
const BEYOND_THE_SCHEMA: &[Code] = &[
    Code::AliasClash,
    Code::DeepParent,
    Code::DuplicateId,
    Code::InheritanceCycle,
    Code::LevelWithoutScale,
    Code::NotInherited,
    Code::SkillWithoutKind,
    Code::TwoComparisons,
    Code::TwoLevels,
    Code::UnknownFamily,
    Code::UnknownRole,
    Code::UnknownScale,
    Code::UnknownSection,
    Code::UnknownSource,
    Code::UnknownLevel,
    Code::UnknownTrack,
    Code::UnknownVoice,
];

/// Stands for a second key of the same name until the value is text.
const TWIN: &str = "twin of ";

/// Ways to break a value, each with a description.
fn broken(value: &Value) -> Vec<(String, Value)> {
    let mut others =
        vec![json!(null), json!(true), json!(7), json!("nowhere"), json!([]), json!({}), json!([value])];
    match value {
        Value::String(_) => others.extend([json!(""), json!("Not a slug"), json!({"current": null})]),
        Value::Number(_) => others.extend([json!(-1), json!(2.5), json!(99_999_999_999_u64)]),
        _ => {}
    }
    others.retain(|other| other != value);
    let mut ways: Vec<(String, Value)> =
        others.into_iter().map(|other| (format!("{other} in its place"), other)).collect();
    match value {
        Value::Array(items) => {
            if let Some(first) = items.first() {
                let twice: Vec<Value> = items.iter().chain([first]).cloned().collect();
                ways.push(("first item repeated".to_owned(), twice.into()));
            }
            // An object as the list of its values, which a reader may take for it.
            if let Some(Value::Object(first)) = items.first() {
                let list: Vec<Value> = first.values().cloned().collect();
                ways.push(("its first object as a list".to_owned(), json!([list])));
            }
        }
        Value::Object(entries) => {
            let list: Vec<Value> = entries.values().cloned().collect();
            ways.push(("as a list".to_owned(), list.into()));
            for (key, item) in entries {
                let mut without = entries.clone();
                without.shift_remove(key);
                ways.push((format!("without `{key}`"), without.clone().into()));
                let renamed = format!("{key}x");
                without.insert(renamed, item.clone());
                ways.push((format!("`{key}` renamed"), without.into()));
                let mut twice = entries.clone();
                twice.insert(format!("{TWIN}{key}"), item.clone());
                ways.push((format!("`{key}` repeated"), twice.into()));
            }
        }
        _ => {}
    }
    ways
}

/// Calls `judge` with every broken form of the whole, each broken in one place. Where two items of a list have the
/// same keys, the first stands for both.
fn break_everywhere(whole: &Value, mut judge: impl FnMut(&str, Value)) {
    let mut tried = BTreeSet::new();
    let mut places = vec![(String::new(), String::new(), whole)];
    while let Some((pointer, site, here)) = places.pop() {
        let keys: Vec<&String> = here.as_object().into_iter().flat_map(|entries| entries.keys()).collect();
        if tried.insert(format!("{site} {keys:?} {}", here.is_array())) {
            for (how, other) in broken(here) {
                let mut changed = whole.clone();
                *changed.pointer_mut(&pointer).expect("a place in the whole") = other;
                judge(&format!("{pointer}: {how}"), changed);
            }
        }
        match here {
            Value::Array(items) => {
                let items = items.iter().enumerate().rev();
                places.extend(items.map(|(at, item)| (format!("{pointer}/{at}"), format!("{site}/*"), item)));
            }
            Value::Object(entries) => places.extend(
                entries.iter().map(|(key, item)| (format!("{pointer}/{key}"), format!("{site}/{key}"), item)),
            ),
            _ => {}
        }
    }
}

fn errors(checked: &Checked) -> Vec<Code> {
    let codes = checked.diagnostics.iter().map(|diagnostic| diagnostic.code);
    let mut errors: Vec<Code> = codes.filter(|code| code.severity() == Severity::Error).collect();
    // Their order is that of their places, which differ from syntax to syntax.
    errors.sort_unstable_by_key(|code| code.name());
    errors
}

/// Runs `check`, making sure that the reader agrees.
fn judged(name: &str, text: String, how: &str) -> Vec<Code> {
    let input = Input::new(Origin::named(name), text);
    let found = errors(&check(&input, &[]));
    let refused = read(&input).err().map(|checked| errors(&checked)).unwrap_or_default();
    assert_eq!(found, refused, "{name} {how}: `check` and the reader disagree");
    found
}

/// Breaks a fixture everywhere; of all the ways, one in so many is tried where another fixture has the same keys.
fn agree_on(fixture: &str, one_in: usize) {
    let validator = Validator::of("dataset");
    let text = fs::read_to_string(fixtures().join(fixture)).expect("a fixture is text");
    let whole: Value = serde_json::from_str(&text).expect("a fixture is JSON");
    let (mut accepted, mut refused, mut ways, mut is_block) = (0, 0, 0, false);
    let mut judge = |how: &str, value: Value| {
        ways += 1;
        if ways % one_in != 0 {
            return;
        }
        // Both ways to write YAML, in turn.
        is_block = !is_block;
        let yaml = if is_block { block_yaml(&value) } else { value.to_string() };
        let json = value.to_string();
        let found = judged("a.json", json.replace(TWIN, ""), how);
        assert_eq!(found, judged("a.yaml", yaml.replace(TWIN, ""), how), "{how}: JSON and YAML disagree");
        if json.contains(TWIN) {
            // To JSON and its schemas, one of the two keys is not there.
            assert!(found.contains(&Code::DuplicateKey), "{how}: {found:?}");
            return;
        }
        let is_told_by_schema = found.iter().any(|code| !BEYOND_THE_SCHEMA.contains(code));
        let refusal = validator.refusal(&value);
        assert_eq!(refusal.is_some(), is_told_by_schema, "{how}: {found:?} but the schema: {refusal:?}");
        if found.is_empty() { accepted += 1 } else { refused += 1 }
    };
    judge("as it is", whole.clone());
    break_everywhere(&whole, &mut judge);
    assert!(accepted > 10 && refused > 100, "{fixture}: {accepted} accepted, {refused} refused");
}

#[test]
fn on_every_key_of_the_format() {
    agree_on("every-key.json", 1);
}

#[test]
fn on_a_matrix_of_skills() {
    agree_on("skill-matrix.json", 4);
}

#[test]
fn on_a_ladder_of_statements() {
    agree_on("ladder.json", 2);
}

#[test]
fn on_texts_in_other_scripts() {
    agree_on("scripts.json", 1);
}

#[test]
fn on_every_file_and_example_as_it_is() {
    let validator = Validator::of("dataset");
    for code in Code::ALL {
        for example in [code.wrong(), code.right()] {
            judged("a.yaml", example.to_owned(), code.name());
            judged("a.json", example.to_owned(), code.name());
        }
    }
    let root = fixtures().join("../..");
    for path in [
        "data/product-roles.json",
        "data/starter.yaml",
        "tests/fixtures/axes.yaml",
        "tests/fixtures/broken.yaml",
    ] {
        let text = fs::read_to_string(root.join(path)).expect("a dataset is text");
        let found = judged(path, text.clone(), "");
        assert_eq!(found.is_empty(), !path.contains("broken"), "{path}: {found:?}");
        if path.ends_with("json") {
            let value = serde_json::from_str(&text).expect("the file is JSON");
            assert_eq!(validator.refusal(&value), None, "{path}");
        }
    }
}

proptest! {
    /// The reader follows a library for versions, the schema the regular expression that their specification suggests.
    #[test]
    fn on_versions(text in "[0-9]{1,2}(\\.[0-9]{1,2}){1,3}(-[0-9a-zA-Z.+-]{0,6})?(\\+[0-9a-zA-Z.+-]{0,6})?") {
        let value = json!({"rolebook": 1, "id": "a", "title": "A", "revision": text, "roles": [], "sections": []});
        let found = judged("a.json", value.to_string(), &text);
        prop_assert_eq!(refusal("dataset", &value).is_some(), !found.is_empty(), "{}", text);
    }
}

/// A text with a few characters deleted or inserted.
fn damaged(fixture: &str, cuts: &[(Index, Option<char>)]) -> String {
    let mut text = fs::read_to_string(fixtures().join(fixture)).expect("a fixture is text");
    for (place, character) in cuts {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = places[place.index(places.len())];
        match character {
            Some(character) => text.insert(at, *character),
            None => {
                text.remove(at);
            }
        }
    }
    text
}

proptest! {
    #[test]
    fn on_damaged_files(
        fixture in select(vec!["every-key.json", "skill-matrix.yaml", "broken.yaml", "scripts.json"]),
        cuts in vec((any::<Index>(), option::of(select("\"'{}[],:-#&*!|>\\ \n\t\r\u{0}\u{7f}\u{202e}0aé👩\u{200d}".chars().collect::<Vec<_>>()))), 1..4),
    ) {
        let text = damaged(fixture, &cuts);
        judged(fixture, text.clone(), "damaged");
        // Every problem has a position in the text and can be shown.
        let checked = check(&Input::new(Origin::named(fixture), text.clone()), &[]);
        for (diagnostic, place) in checked.placed() {
            prop_assert!(text.get(diagnostic.at.clone()).is_some(), "{diagnostic:?}");
            prop_assert!(place.line <= place.end_line && place.column > 0, "{place:?}");
        }
        let shown = excerpts(&checked, false, 80);
        let is_control = |c: char| c.is_control() && c != '\n';
        prop_assert!(!shown.contains(is_control), "{shown:?}");
        prop_assert!(!shown.contains('\u{202e}'), "{shown:?}");
    }
}
