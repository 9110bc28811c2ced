//! Tests malicious and broken files: the program must report them quickly, in output not much longer than the file.

use std::fs;
use std::time::{Duration, Instant};

use rolebook::check::{check, read};
use rolebook::diagnostic::{Code, Severity};
use rolebook::format::{Input, Origin};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::fixtures;

fn input(name: &str, text: String) -> Input {
    Input::new(Origin::named(name), text)
}

/// The first error in a text, once it is sure that reading and checking it agree, take a moment, and say no more than a
/// few words a byte.
fn first_error(what: &str, name: &str, text: &str) -> Option<Code> {
    let start = Instant::now();
    let input = input(name, text.to_owned());
    let checked = check(&input, &[]);
    let refused = read(&input).err();
    let told: usize = checked.lines().iter().map(String::len).sum();
    assert!(start.elapsed() < Duration::from_secs(30), "{what}: {:?}", start.elapsed());
    assert!(told < 10_000 + 100 * text.len(), "{what}: {told} bytes");
    let first = checked.diagnostics.iter().find(|one| one.code.severity() == Severity::Error);
    assert_eq!(first.is_some(), refused.is_some(), "{what}");
    first.map(|first| first.code)
}

/// A dataset of one role, with other values under some keys.
fn dataset(others: Value) -> String {
    let mut dataset = json!({
        "rolebook": 1, "id": "a", "title": "T", "roles": [{"id": "b", "title": "B"}], "sections": [],
    });
    let Value::Object(others) = others else { panic!("an object") };
    dataset.as_object_mut().expect("an object").extend(others);
    dataset.to_string()
}

/// One aspect with these statements.
fn section(statements: &[Value]) -> Value {
    json!([{"id": "s", "title": "S", "aspects": [{"id": "x", "title": "X", "statements": statements}]}])
}

fn statement(number: usize, role: &str) -> Value {
    json!({"id": format!("s{number}"), "roles": [role], "text": "t"})
}

/// A quiz in which one answer gives something to many.
fn quiz(id: &str, points: u32, roles: usize) -> Value {
    let points: serde_json::Map<String, Value> =
        (0..roles).map(|role| (format!("r{role}"), points.into())).collect();
    let options = json!([{"id": "o", "label": "O", "points": points}]);
    json!([{"id": id, "title": "Q", "questions": [{"id": "w", "prompt": "P", "options": options}]}])
}

fn roles(count: usize) -> Value {
    (0..count).map(|role| json!({"id": format!("r{role}"), "title": format!("R{role}")})).collect()
}

/// A mistake that is repeated a thousand times is reported briefly each time.
#[test]
fn long_names_are_told_in_a_few_words() {
    let long = |letter: &str| letter.repeat(100_000);
    let unknown: Vec<Value> = (0..1_000).map(|number| statement(number, "zz")).collect();
    let mut twice: Vec<Value> = (0..1_000).map(|number| statement(number, "b")).collect();
    twice.insert(0, json!({"id": long("s"), "roles": ["b"], "text": "t"}));
    let mut alike: Vec<Value> =
        (0..1_000).map(|role| json!({"id": format!("r{role}"), "title": "x"})).collect();
    alike.insert(0, json!({"id": "b", "title": format!("x{}", long("-"))}));
    let family = json!({"id": long("f"), "title": "F"});
    let near = format!("{}g", long("f"));
    let roles_of = |family: &str| json!([{"id": "b", "title": "B", "family": family}]);
    for (what, others, error) in [
        ("an id", json!({"id": long("A")}), Some(Code::InvalidId)),
        ("a revision", json!({"revision": long("1")}), Some(Code::InvalidValue)),
        (
            "a status",
            json!({"roles": [{"id": "b", "title": "B", "status": long("c")}]}),
            Some(Code::InvalidValue),
        ),
        ("a key", json!({long("t"): 1}), Some(Code::UnknownKey)),
        ("a family", json!({"families": [family], "roles": roles_of(&near)}), Some(Code::UnknownFamily)),
        (
            "an unknown role beside a long one",
            json!({"roles": [{"id": long("r"), "title": "R"}], "sections": section(&unknown)}),
            Some(Code::UnknownRole),
        ),
        ("the same text as another's", json!({"sections": section(&twice)}), None),
        ("a title like another", json!({"roles": alike}), None),
        ("a quiz", json!({"roles": roles(1_000), "quizzes": quiz(&long("q"), 0, 1_000)}), None),
    ] {
        assert_eq!(first_error(what, "a.json", &dataset(others)), error, "{what}");
    }
}

/// Past the list, problems of every kind are counted like those in it.
#[test]
fn what_is_not_listed_is_counted() {
    type Make = fn(usize) -> Value;
    let cases: [(&str, Make); 6] = [
        ("an id", |number| json!({"id": format!("No {number}"), "roles": ["b"], "text": "t"})),
        ("a type", |number| json!({"id": format!("s{number}"), "roles": ["b"], "text": number})),
        ("a key", |number| {
            let mut statement = statement(number, "b");
            statement[format!("colour-{number}")] = 1.into();
            statement
        }),
        ("no roles", |number| json!({"id": format!("s{number}"), "text": "t"})),
        ("an empty text", |number| json!({"id": format!("s{number}"), "roles": ["b"], "text": ""})),
        ("no text", |number| json!({"id": format!("s{number}"), "roles": ["b"]})),
    ];
    let is_warning = |code: &Code| code.severity() == Severity::Warning;
    let warnings: Vec<Code> = Code::ALL.iter().copied().filter(is_warning).collect();
    for (what, make) in cases {
        for name in ["a.json", "a.yaml"] {
            let statements: Vec<Value> = (0..2_500).map(make).collect();
            let text = dataset(json!({"sections": section(&statements)}));
            let checked = check(&input(name, text), &warnings);
            let listed = checked.diagnostics.len();
            assert_eq!((listed, checked.unlisted.errors), (1_000, 1_500), "{what} in {name}");
        }
    }
}

#[test]
fn as_many_points_as_a_file_holds_are_read() {
    let known = json!({"roles": roles(10_000), "quizzes": quiz("q", 1, 10_000)});
    assert_eq!(first_error("known roles", "a.json", &dataset(known)), None);
    let unknown = json!({"quizzes": quiz("q", 1, 50_000)});
    assert_eq!(first_error("unknown roles", "a.json", &dataset(unknown)), Some(Code::UnknownRole));
    let twice = dataset(json!({"quizzes": quiz("q", 1, 1)})).replace("\"r0\":1", "\"b\":1,\"b\":1");
    assert_eq!(first_error("a role twice", "a.json", &twice), Some(Code::DuplicateKey));
}

#[test]
fn one_text_without_end_is_an_error_or_a_text() {
    let long = "a".repeat(4 << 20);
    for (name, text, error) in [
        ("a.json", format!("\"{long}\""), Code::WrongType),
        ("a.json", format!("\"{long}"), Code::JsonSyntax),
        ("a.json", long.clone(), Code::JsonSyntax),
        ("a.yaml", format!("\"{long}\""), Code::WrongType),
        ("a.yaml", format!("\"{long}"), Code::YamlSyntax),
        ("a.yaml", format!("'{long}'"), Code::WrongType),
        ("a.yaml", long.clone(), Code::WrongType),
    ] {
        assert_eq!(first_error(name, name, &text), Some(error), "{}", text.len());
    }
    assert_eq!(first_error("a title", "a.json", &dataset(json!({"title": long}))), None);
}

#[test]
fn what_is_no_text_of_a_dataset_is_an_error() {
    let whole = fs::read_to_string(fixtures().join("every-key.json")).expect("a fixture is text");
    for name in ["a.json", "a.yaml"] {
        for (what, text) in [
            ("nothing", String::new()),
            ("a byte-order mark", "\u{feff}".to_owned()),
            ("NUL bytes", "\0".repeat(1 << 16)),
            ("a NUL byte before", format!("\0{whole}")),
            ("a NUL byte behind", format!("{whole}\0")),
            ("blanks", " ".repeat(1 << 20)),
            ("tabs", "\t".repeat(1 << 20)),
            ("line breaks", "\n".repeat(1 << 20)),
            ("commas", ",".repeat(1 << 20)),
            ("colons", ":".repeat(1 << 20)),
            ("quotes", "\"".repeat(1 << 20)),
            ("backslashes", format!("\"{}", "\\".repeat(1 << 20))),
            ("a number without end", "9".repeat(1 << 20)),
            ("brackets", "[".repeat(1 << 20)),
            ("braces", "{\"a\":".repeat(1 << 18)),
        ] {
            assert!(first_error(what, name, &text).is_some(), "{what} as {name}");
        }
    }
    let marked = format!("\u{feff}\u{feff}{whole}");
    assert_eq!(first_error("two byte-order marks", "a.json", &marked), Some(Code::JsonSyntax));
}

/// A download cut off at any byte.
#[test]
fn a_part_of_a_file_is_an_error() {
    for name in ["every-key.json", "axes.yaml"] {
        let whole = fs::read_to_string(fixtures().join(name)).expect("a fixture is text");
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let (part, _) = whole.split_at(end);
            let error = first_error(name, name, part);
            // YAML may end early and be whole, JSON ends with its last bracket.
            let is_whole = name.ends_with("json") && part.trim_end() == whole.trim_end();
            assert!(name.ends_with("yaml") || error.is_some() != is_whole, "{name} up to {end}");
        }
    }
    let input = Origin::Builtin.load().expect("the program carries it");
    let whole = input.text();
    for end in (0..whole.trim_end().len()).step_by(997).filter(|end| whole.is_char_boundary(*end)) {
        let (part, _) = whole.split_at(end);
        assert!(first_error("builtin", "a.json", part).is_some(), "up to {end}");
    }
}

#[test]
fn bytes_that_are_no_text_are_told_wherever_they_stand() {
    let folder = TempDir::new().expect("there is a folder");
    let whole = fs::read(fixtures().join("scripts.json")).expect("there is a fixture");
    for (name, bad) in [("a.json", 0xff), ("a.yaml", 0xc0)] {
        let path = folder.path().join(name);
        for at in (0..=whole.len()).step_by(13) {
            let mut bytes = whole.clone();
            bytes.insert(at, bad);
            fs::write(&path, &bytes).expect("the folder takes it");
            let error = Origin::named(&path).load().expect_err("it is no UTF-8");
            assert_eq!(error.code().name(), "not-utf-8", "{at}");
        }
    }
    let text = String::from_utf8(whole).expect("a fixture is text");
    let wide: Vec<u16> = std::iter::once(0xfeff).chain(text.encode_utf16()).collect();
    let path = folder.path().join("wide.json");
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = wide.iter().copied().flat_map(order).collect();
        fs::write(&path, bytes).expect("the folder takes it");
        assert_eq!(Origin::named(&path).load().expect_err("it is no UTF-8").code().name(), "not-utf-8");
    }
}
