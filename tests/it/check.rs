//! `rolebook check`: what is found, how it is told, and how the run ends.

use std::collections::BTreeMap;
use std::path::Path;

use insta::assert_snapshot;
use rolebook::dataset::{Input, Source, check};
use rolebook::diagnostic::{Code, Severity};

use crate::support::{Rolebook, rolebook};

/// A dataset without mistakes, of which examples replace parts.
const BASE: &str = r"
rolebook: 1
id: studio
title: Studio
scales:
  - id: proficiency
    title: Proficiency
    steps:
      - {id: novice, title: Novice, summary: Needs help}
      - {id: expert, title: Expert, summary: Helps others}
roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: designer-draws, roles: [designer], step: expert}
          - {id: engineer-draws, roles: [engineer], step: novice}
";

/// `check` in the folder of the fixtures.
fn checking(arguments: &str) -> Rolebook {
    rolebook(&format!("check {arguments}"))
        .folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))
}

/// The top-level blocks of a YAML text by their first words.
fn blocks(yaml: &str) -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    let mut key = String::new();
    for line in yaml.lines().filter(|line| !line.is_empty()) {
        if line.starts_with(|first: char| first.is_alphabetic()) {
            line.split(':').next().unwrap_or_default().clone_into(&mut key);
        }
        let block: &mut String = blocks.entry(key.clone()).or_default();
        block.push_str(line);
        block.push('\n');
    }
    blocks
}

/// An example as a whole dataset.
fn completed(example: &str) -> String {
    if example.starts_with('{') || example.starts_with("---") || example.contains("\n---\n") {
        return example.to_owned();
    }
    let mut whole = blocks(BASE);
    whole.extend(blocks(example));
    whole.into_values().collect()
}

fn found(text: String) -> Vec<Code> {
    let checked = check(&Input::new(Source::Stdin, text));
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn every_code_is_explained_by_an_example_that_breaks_the_rule_and_one_that_keeps_it() {
    assert_eq!(found(completed("")), []);
    for code in Code::ALL {
        let name = code.name();
        let wrong = found(completed(code.wrong()));
        assert!(wrong.contains(code), "{name} is not raised by its example, which raises {wrong:?}");
        let right = found(completed(code.right()));
        let is_kept = !right.contains(code) && right.iter().all(|code| code.severity() == Severity::Warning);
        assert!(is_kept, "{name} is not put right: {right:?}");
        let page = rolebook(&format!("check --explain {name}")).run().answer();
        assert!(page.starts_with(&format!("{name}: {}\n", code.title())), "{page}");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&page).contains(&words(code.page())), "{page}");
    }
}

#[test]
fn codes_are_kebab_case_and_distinct() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert!(names.iter().all(|name| rolebook::model::is_slug(name)), "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn a_page_explains_a_code() {
    assert_snapshot!(rolebook("check --explain unknown-role").run());
    assert_snapshot!(rolebook("check --explain unknown-rol").run());
}

#[test]
fn everything_is_found_at_once() {
    assert_snapshot!(checking("broken.yaml").run());
}

#[test]
fn mistakes_are_told_in_every_format() {
    for format in ["json", "jsonl", "csv", "markdown", "html", "github", "sarif"] {
        let run = checking(&format!("broken.yaml -f {format}")).run();
        assert_snapshot!(format!("broken_{format}"), run);
    }
}

#[test]
fn the_dataset_that_is_built_in_is_clean() {
    assert_snapshot!(rolebook("check --deny warnings").run());
    assert_snapshot!(rolebook("check --json").run());
}

/// A dataset with a warning and nothing else: a role that is silent.
const WARNED: &str =
    r#"{"rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B"}], "sections": []}"#;

#[test]
fn the_exit_code_is_the_highest() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("clean.yaml", BASE);
    write("warned.json", WARNED);
    write("wrong.yaml", "rolebook: 1\n");
    write("syntax.json", "{");
    for (arguments, code) in [
        ("clean.yaml", 0),
        ("warned.json", 0),
        ("warned.json --deny warnings", 1),
        ("clean.yaml wrong.yaml warned.json", 1),
        ("syntax.json", 1),
        ("none.yaml", 2),
        ("wrong.yaml none.yaml clean.yaml", 2),
        (".", 2),
    ] {
        let run = rolebook(&format!("check {arguments}")).folder(folder.path()).run();
        assert_eq!(run.code, Some(code), "{run}");
        // Whatever cannot be read, the rest is checked.
        assert_eq!(run.stdout.contains("nothing is wrong"), arguments.contains("clean"), "{run}");
        assert_eq!(run.stderr.is_empty(), code < 2, "{run}");
    }
}

#[test]
fn standard_input_is_checked() {
    let run = rolebook("check -").stdin(WARNED).run();
    assert_snapshot!(run);
    let json = rolebook("check - --json").stdin(WARNED).run().json();
    assert_eq!(json["files"][0]["path"], "<stdin>");
}

#[test]
fn files_and_a_dataset_are_not_named_both() {
    for arguments in ["-d a.yaml check b.yaml", "check b.yaml -d a.yaml", "--builtin check b.yaml"] {
        let run = rolebook(arguments).run();
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("are named both"), "{run}");
    }
}

#[test]
fn formats_for_mistakes_are_refused_by_what_reports_none() {
    assert_snapshot!(rolebook("compare -f sarif").run());
}

#[test]
fn control_characters_of_a_file_are_shown_and_long_lines_are_cut() {
    let padding = "x".repeat(100_000);
    let text =
        format!("{{\"rolebook\": 1, \"id\": \"\u{9b}\u{202e}\", \"title\": \"{padding}\", \"titel\": 1}}");
    let run = rolebook("check - --color always").stdin(text).run();
    assert!(run.stdout.len() < 5000, "{}", run.stdout.len());
    assert!(!run.stdout.contains(['\u{9b}', '\u{202e}']), "{run}");
    assert!(run.stdout.contains("<stdin>:1:100042"), "{run}");
}

/// A slip in a key is one mistake: the key is not missed besides, and what stands under it is checked.
#[test]
fn a_misspelt_key_hides_nothing() {
    let text = BASE
        .replacen("title: Studio", "titel: Studio", 1)
        .replacen("statements:", "statemnts:", 1)
        .replacen("step: expert", "step: exprt", 1)
        // No list of names, so what was meant is not plain.
        .replacen("{id: designer, title: Designer}", "{id: designer, title: Designer, alias: ux}", 1);
    assert_eq!(found(text), [Code::UnknownKey, Code::UnknownKey, Code::UnknownKey, Code::UnknownStep]);
}

/// Quotes around an alias would make a text of it.
#[test]
fn an_alias_is_told_to_be_quoted_where_it_leads() {
    let text = "rolebook: 1\nid: a\nmeta: {year: &year 2024}\ntitle: *year\n";
    let run = rolebook("check - -f csv").stdin(text).run();
    assert!(run.stdout.contains("<stdin>,4,8,4,13,quote what `*year` stands for"), "{run}");
}

#[test]
fn columns_count_characters_whatever_their_width() {
    let text = "rolebook: 1\nid: a\ntitle: A\nroles: [{id: b, title: 日本👩‍👩‍👧, rnak: 1}]\nsections: []\n";
    let json = rolebook("check - --json").stdin(text).run();
    let table = rolebook("check -").stdin(text).run();
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let place = &json["diagnostics"][1];
    assert_eq!((&place["line"], &place["column"], &place["end_column"]), (&4.into(), &33.into(), &37.into()));
    assert!(table.stdout.contains("<stdin>:4:33"), "{table}");
}
