//! Tests that the published schemas are up to date and match every document and dataset.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::schema::{Validator, folder};
use crate::support::{REPORTS, fixtures, rolebook};

/// The names that an error lists.
fn names() -> Vec<String> {
    let refused = rolebook("schema of-what").run().stderr;
    let (_, names) = refused.split_once("possible values: ").expect("the error lists the names");
    names.lines().next().unwrap_or_default().split(", ").map(str::to_owned).collect()
}

#[test]
fn what_is_printed_is_what_is_kept() {
    for name in names() {
        let kept = fs::read_to_string(folder().join(format!("{name}.json"))).expect("a schema is kept");
        assert_eq!(rolebook(&format!("schema {name}")).run().answer(), kept, "{name}");
    }
}

/// Commands whose JSON, together with that of the reports on the built-in dataset, is every document.
const COMMANDS: [&str; 11] = [
    "show foresight",
    "skills --matrix",
    "check",
    "compare --section drawbacks --cite",
    "show sre -d tracks.yaml",
    "assess ../profiles/team.jsonl --role sre-3 -d diff-old.yaml",
    "assess --role pm ../profiles/ann.yaml",
    "diff diff-old.yaml diff-new.yaml",
    "check broken.yaml",
    "export --check ../pages/stale.md",
    "show nobody",
];

#[test]
fn every_document_keeps_its_schema() {
    let fixtures = fixtures();
    let mut seen: Vec<String> = vec!["dataset".to_owned(), "profile".to_owned(), "map".to_owned()];
    for command in REPORTS.iter().chain(&COMMANDS) {
        let run = rolebook(&format!("{command} --json --message-format json")).folder(&fixtures).run();
        let document = if run.code == Some(2) { &run.stderr } else { &run.stdout };
        let document: Value = serde_json::from_str(document).unwrap_or_else(|error| panic!("{error}: {run}"));
        let name = document["schema"].as_str().expect("a document says its schema");
        let name = name.strip_prefix("rolebook.").and_then(|name| name.strip_suffix("/1")).expect("a name");
        let validator = Validator::of(name);
        assert_eq!(validator.refusal(&document), None, "{command}");
        // Open: another key breaks nobody. Exact: a key that is missing is noticed.
        let mut changed = document.clone();
        changed["another"] = Value::Null;
        assert_eq!(validator.refusal(&changed), None, "{command}");
        changed.as_object_mut().expect("an object").remove("schema");
        assert!(validator.refusal(&changed).is_some(), "{command}");
        seen.push(name.to_owned());
    }
    let missing: Vec<String> = names().into_iter().filter(|name| !seen.contains(name)).collect();
    assert_eq!(missing, [""; 0], "documents that no command here writes");
}

/// A schema is JSON and nothing else.
#[test]
fn a_schema_has_one_format() {
    for name in ["", "compare"] {
        let schema = rolebook(&format!("schema {name}")).run().answer();
        assert_eq!(rolebook(&format!("schema {name} --json")).run().answer(), schema);
        let refused = rolebook(&format!("schema {name} -f csv")).run();
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""));
        assert!(refused.stderr.starts_with("error: `schema` does not support `--format csv`\n"), "{refused}");
    }
}

/// Every key of the dataset's schema is described, so that an editor can explain it.
#[test]
fn every_key_of_a_dataset_is_described() {
    fn undescribed(schema: &Value, at: &str, found: &mut Vec<String>) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            if property["description"].as_str().is_none_or(str::is_empty) {
                found.push(format!("{at}.{key}"));
            }
        }
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            undescribed(definition, name, found);
        }
    }
    let mut found = Vec::new();
    undescribed(&rolebook("schema").run().json(), "Dataset", &mut found);
    assert_eq!(found, [""; 0]);
}

/// Tests that need every key of the format take them from one fixture.
#[test]
fn the_fixture_with_every_key_has_every_key() {
    fn described(schema: &Value, found: &mut BTreeSet<String>) {
        found.extend(schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
        for definition in schema["$defs"].as_object().into_iter().flat_map(|all| all.values()) {
            described(definition, found);
        }
    }
    fn written(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                found.extend(object.keys().cloned());
                object.values().for_each(|value| written(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| written(value, found)),
            _ => {}
        }
    }
    let (mut keys, mut used) = (BTreeSet::new(), BTreeSet::new());
    described(&rolebook("schema").run().json(), &mut keys);
    let text = fs::read_to_string(fixtures().join("every-key.json")).expect("a fixture is text");
    written(&serde_json::from_str(&text).expect("the fixture is JSON"), &mut used);
    let missing: Vec<&String> = keys.difference(&used).collect();
    assert_eq!(missing, [""; 0]);
}
