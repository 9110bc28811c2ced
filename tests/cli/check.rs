//! Tests `rolebook check`: findings, output and exit codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use rolebook::check::{check, profiles, read};
use rolebook::diagnostic::{Code, Severity};
use rolebook::format::{Input, Origin};
use rolebook::framework::Skills;

use crate::support::{Rolebook, rolebook};

/// A valid dataset; examples replace parts of it.
const BASE: &str = r"
rolebook: 1
id: studio
title: Studio
scales:
  - id: proficiency
    title: Proficiency
    levels:
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
          - {id: designer-draws, roles: [designer], level: expert}
          - {id: engineer-draws, roles: [engineer], level: novice}
";

/// Runs `check` in the fixtures folder.
fn checking(arguments: &str) -> Rolebook {
    rolebook(&format!("check {arguments}"))
        .folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))
}

/// One mistake, not one for each key that a dataset does not have.
#[test]
fn a_result_is_no_dataset() {
    let result = rolebook("export --json").run().answer();
    let run = rolebook("check - -f csv").stdin(result).run();
    assert_eq!(run.stdout.lines().count(), 2, "{run}");
    assert_snapshot!(run);
}

/// Each kind of value has its own advice.
#[test]
fn a_value_of_another_type_is_said_how_to_write() {
    let wrong = BASE
        .replace("{id: designer, title: Designer}", "{id: designer, title: [Designer], rank: 1.5}")
        .replace(
            "skill: {kind: hard, scale: proficiency}",
            "skill: {kind: hard, scale: proficiency, needs: [designer]}",
        )
        .replace("level: novice}", "level: novice, optional: 'yes', examples: one}");
    assert_snapshot!(rolebook("check -").stdin(wrong).run());
    let empty = format!("{}\nsections:\nroles: {{}}\n", BASE.split("roles:").next().unwrap_or_default());
    assert_snapshot!(rolebook("check -").stdin(empty).run());
}

/// A text of spaces is no text, though it is not empty.
#[test]
fn a_blank_text_is_a_mistake() {
    let blank =
        BASE.replace("roles: [designer], level: expert", "roles: [designer], level: expert, text: '  '");
    assert_snapshot!(rolebook("check -").stdin(blank).run());
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

/// Completes an example to a whole dataset.
fn completed(example: &str) -> String {
    let mut whole = blocks(BASE);
    whole.extend(blocks(example));
    let uses_scale = |(key, block): (&String, &String)| key != "scales" && block.contains("proficiency");
    if !example.contains("scales:") && !whole.iter().any(uses_scale) {
        whole.remove("scales");
    }
    whole.into_values().collect()
}

/// Whether an example is a whole file, as one has to be that is about the syntax or about several documents.
fn is_whole(example: &str) -> bool {
    example.starts_with('{') || example.starts_with("---") || example.contains("\n---\n")
}

/// The problems in an example, which is a file with this extension.
fn found_in_example(example: &str, extension: &str) -> Vec<Code> {
    match extension {
        "yaml" | "json" if is_whole(example) => found(example.to_owned()),
        "yaml" => found(completed(example)),
        "profile.yaml" => found_in_profile(example.to_owned()),
        "csv" => found_in_table(example),
        "md" | "mdx" => found_in_page(example, extension),
        _ => panic!("no command reads an example in a .{extension} file"),
    }
}

fn found(text: String) -> Vec<Code> {
    let checked = check(&Input::new(Origin::Stdin, text), &[]);
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// The mistakes in a table.
fn found_in_table(text: &str) -> Vec<Code> {
    let run = rolebook("import - --json").stdin(text).run();
    let found: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {text} {run}"));
    let found = found["diagnostics"].as_array().cloned().unwrap_or_default();
    found.iter().filter_map(|one| Code::of(one["code"].as_str()?)).collect()
}

/// The problems in a page with blocks from the dataset of the examples.
fn found_in_page(text: &str, extension: &str) -> Vec<Code> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("rolebook.yaml"), completed("")).expect("a dataset");
    fs::write(folder.path().join(format!("page.{extension}")), text).expect("a page");
    let run = rolebook(&format!("export --check page.{extension} -f github")).folder(folder.path()).run();
    let titles = run.stdout.lines().filter_map(|line| line.split_once(",title=")?.1.split_once("::"));
    titles.map(|(title, _)| Code::of(title).unwrap_or_else(|| panic!("{title}: {run}"))).collect()
}

/// The same page, with the blocks filled.
fn filled(text: &str, extension: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("rolebook.yaml"), completed("")).expect("a dataset");
    let page = folder.path().join(format!("page.{extension}"));
    fs::write(&page, text).expect("a page");
    rolebook(&format!("export --into page.{extension}")).folder(folder.path()).run();
    fs::read_to_string(page).expect("a page")
}

/// The mistakes in a profile for the dataset of the examples.
fn found_in_profile(text: String) -> Vec<Code> {
    let dataset = Input::new(Origin::Stdin, completed(""));
    let dataset = read(&dataset).expect("the dataset has no mistake");
    let mistakes = profiles(&Input::new(Origin::Stdin, text), &Skills::of(&dataset)).err();
    mistakes.iter().flat_map(|checked| &checked.diagnostics).map(|diagnostic| diagnostic.code).collect()
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// Errors past the list are counted wherever their number is told.
#[test]
fn every_error_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let roles: Vec<String> =
        (0..2000).map(|number| format!("{{id: Bad {number}, title: R{number}}}")).collect();
    let text = format!("rolebook: 1\nid: a\ntitle: T\nroles: [{}]\nsections: []\n", roles.join(", "));
    fs::write(folder.path().join("many.yaml"), text).expect("a file");
    let run = rolebook("roles -d many.yaml").folder(folder.path()).run();
    assert!(run.stderr.contains("the dataset `many.yaml` has 2000 errors\n"), "{}", run.stderr);
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rules");
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    assert_eq!(names_in(&rules), codes);
    for code in Code::ALL {
        let why = fs::read_to_string(rules.join(code.name()).join("why.md")).expect("a page");
        let heading = format!("# {}: {}\n\n", code.name(), code.title());
        assert!(why.starts_with(&heading) && !code.page().is_empty(), "{why}");
    }
}

/// A rule, and another one that is always broken with it: a text that is inherited within an aspect is repeated there, and
/// only blocks inside others remain unsettled.
const INSEPARABLE: [(Code, Code); 2] =
    [(Code::RepeatsInherited, Code::RepeatedText), (Code::UnsettledBlock, Code::NestedBlock)];

#[test]
fn every_code_is_explained_by_an_example_that_breaks_the_rule_and_one_that_keeps_it() {
    assert_eq!(found(completed("")), []);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rules");
    for code in Code::ALL {
        let name = code.name();
        let files = names_in(&rules.join(name));
        let extension = files.iter().find_map(|file| file.strip_prefix("wrong.")).expect("a wrong example");
        let expected = ["why.md".to_owned(), format!("wrong.{extension}"), format!("right.{extension}")];
        assert_eq!(files, BTreeSet::from(expected), "{name}");
        let wrong = found_in_example(code.wrong(), extension);
        assert!(wrong.contains(code), "{name} is not raised by its example, which raises {wrong:?}");
        let is_other = |other: &&Code| *other != code && !INSEPARABLE.contains(&(*code, **other));
        assert_eq!(wrong.iter().find(is_other), None, "the example of {name} breaks another rule too");
        let is_page = matches!(extension, "md" | "mdx");
        let right = if is_page { filled(code.right(), extension) } else { code.right().to_owned() };
        assert_eq!(found_in_example(&right, extension), [], "{name} is not put right");
        let page = rolebook(&format!("check --explain {name}")).run().answer();
        assert!(page.starts_with(&format!("{name}: {}\n", code.title())), "{page}");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&page).contains(&words(&code.page())), "{page}");
    }
}

/// A dataset with one thing of every kind, each of which something refers to.
const REFERRING: &str = r"
rolebook: 1
id: a
title: A
sources: [{id: book, title: Book}]
voices: [{id: ann, name: Ann}]
scales: [{id: steep, title: S, levels: [{id: low, title: Low}, {id: high, title: High}]}]
families: [{id: craft, title: F}]
roles: [{id: one, title: One, family: craft}, {id: two, title: Two, family: craft}]
sections:
- id: cons
  title: X
  aspects:
  - id: y
    title: Y
    skill: {kind: k, scale: steep}
    statements:
    - {id: p, roles: [one], text: P, level: low, source: book, voice: ann}
    - {id: q, roles: [two], text: Q, level: high, source: book, voice: ann}
quizzes:
- id: z
  title: Z
  cautions: cons
  questions:
  - {id: w, prompt: W, options: [{id: u, label: U, points: {one: 1}}, {id: v, label: V, points: {two: 1}}]}
";

/// Each dataset has one mistake. It is reported once, at its position, without follow-up errors.
#[test]
fn a_mistake_is_found_once_and_where_it_is() {
    for (right, wrong, code, marked) in [
        ("family: craft}, {id: two", "family: cruft}, {id: two", Code::UnknownFamily, "cruft"),
        ("roles: [one]", "roles: [one, oen]", Code::UnknownRole, "oen"),
        ("points: {one: 1}", "points: {one: 1, oen: 2}", Code::UnknownRole, "oen"),
        ("roles: [one]", "roles: [one, one]", Code::RepeatedRole, "one"),
        ("scale: steep}", "scale: steeep}", Code::UnknownScale, "steeep"),
        ("level: low", "level: lo", Code::UnknownLevel, "lo"),
        ("source: book, voice: ann}\n    -", "source: bok, voice: ann}\n    -", Code::UnknownSource, "bok"),
        ("voice: ann}\n    -", "voice: anne}\n    -", Code::UnknownVoice, "anne"),
        ("cautions: cons", "cautions: cos", Code::UnknownSection, "cos"),
        (
            "{id: book, title: Book}",
            "{id: book, title: Book}, {id: book, title: C}",
            Code::DuplicateId,
            "book",
        ),
        ("{id: ann, name: Ann}", "{id: ann, name: Ann}, {id: ann, name: Bo}", Code::DuplicateId, "ann"),
        ("{id: high, title: High}", "{id: high, title: High}, {id: low, title: C}", Code::DuplicateId, "low"),
        (
            "[{id: craft, title: F}",
            "[{id: craft, title: F}, {id: craft, title: C}",
            Code::DuplicateId,
            "craft",
        ),
        ("{id: q, roles", "{id: p, roles", Code::DuplicateId, "p"),
        ("{id: v, label", "{id: u, label", Code::DuplicateId, "u"),
        // Where something has no good id, every name may be meant for it.
        ("families: [{id: craft", "families: [{id: Craft", Code::InvalidId, "Craft"),
        ("sources: [{id: book", "sources: [{id: Book", Code::InvalidId, "Book"),
        ("voices: [{id: ann", "voices: [{id: Ann", Code::InvalidId, "Ann"),
        ("scales: [{id: steep", "scales: [{id: Steep", Code::InvalidId, "Steep"),
        ("- id: cons", "- id: Cons", Code::InvalidId, "Cons"),
        // An alias is where the mistake is, not what it stands for.
        ("roles: [one]", "roles: [one, *who]", Code::UnknownRole, "*who"),
        (
            "{id: two, title: Two, family: craft}]",
            "{id: two, title: Two, family: craft}, *role]",
            Code::DuplicateId,
            "*",
        ),
    ] {
        let text =
            REFERRING.replace("title: A", "title: &who nobody").replace("[{id: one", "[&role {id: one");
        let anchored = match marked.strip_prefix('*') {
            None => REFERRING.to_owned(),
            Some(_) => text,
        };
        assert_eq!(found(anchored.clone()), [], "{anchored}");
        let broken = anchored.replace(right, wrong);
        assert_ne!(broken, anchored, "{right}");
        let checked = check(&Input::new(Origin::Stdin, broken.clone()), &[]);
        // A thing referred to by a wrong name may also be reported as unused.
        let is_reference = !matches!(code, Code::InvalidId);
        let told: Vec<_> = checked
            .diagnostics
            .iter()
            .filter(|found| found.code.severity() == Severity::Error || !is_reference)
            .map(|found| (found.code, broken.get(found.at.clone()).unwrap_or_default()))
            .collect();
        assert_eq!(told, [(code, marked)], "{wrong}");
    }
    let found = |right: &str, wrong: &str| found(REFERRING.replace(right, wrong));
    let without_scale = [Code::Unused, Code::LevelWithoutScale, Code::LevelWithoutScale];
    assert_eq!(found("scale: steep}", "meta: {}}"), without_scale);
    // What seems unused may be used by what is broken.
    assert_eq!(found("source: book", "source: 7"), [Code::WrongType; 2]);
    assert_eq!(found("family: craft", "family: 7"), [Code::WrongType; 2]);
    let nothing = REFERRING.replace("{one: 1}", "{one: 0}").replace("{two: 1}", "{two: 0}");
    assert!(self::found(nothing.clone()).contains(&Code::IdleQuestion), "{nothing}");
}

/// A misplaced value is called by its kind, and the advice fits it.
#[test]
fn a_value_of_the_wrong_kind_is_told_with_what_to_do() {
    let told = |text: &str| {
        let checked = check(&Input::new(Origin::Stdin, text.to_owned()), &[]);
        let found = checked.diagnostics.iter().map(|found| {
            let advice = found.advice.clone().unwrap_or_default();
            format!("{}: {}; {advice}", text.get(found.at.clone()).unwrap_or_default(), found.message)
        });
        found.collect::<Vec<_>>()
    };
    let json = r#"{"rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B", "aliases": "c"}], "sections": []}"#;
    let asked = r#""c": `aliases`: expected a list, found text; put it in brackets: ["c"]"#;
    assert!(told(json).contains(&asked.to_owned()), "{:?}", told(json));
    assert_eq!(
        told("[]"),
        [
            "[: the dataset: expected an object, found a list; required keys: `rolebook`, `id`, `title`, `roles`, `sections`"
        ]
    );
    for (right, wrong, expected) in [
        (
            "{id: two, ",
            "7, {id: two, ",
            vec!["7: a role: expected an object, found a number; required keys: `id`, `title`"],
        ),
        (
            "title: One",
            "title: One, status: 7",
            vec!["7: `status`: expected text, found a number; quote it: \"7\""],
        ),
        (
            "title: One",
            "title: One, aliases: [7]",
            vec!["7: an item of `aliases`: expected text, found a number; quote it: \"7\""],
        ),
        (
            "title: One",
            "title: One, aliases: [null]",
            vec!["null: an item of `aliases`: expected text, found nothing; "],
        ),
        ("title: One", "title: null", vec!["null: `title`: expected text, found nothing; "]),
        (
            "title: One",
            "title: One, summary: null",
            vec!["null: `summary`: expected text, found nothing; leave `summary` out, or give it a value"],
        ),
        (
            "title: One",
            "title: One, rank: '2'",
            vec!["'2': `rank`: expected a whole number, found text; write it without quotes: 2"],
        ),
        ("title: One", "title: One, rank: two", vec!["two: `rank`: expected a whole number, found text; "]),
        (
            "title: One",
            "title: &t 7, aliases: [*t]",
            vec![
                "7: `title`: expected text, found a number; quote it: \"7\"",
                "*t: an item of `aliases`: expected text, found a number; quote the value that `*t` refers to",
            ],
        ),
        (
            "title: One",
            "title: One, aliases: uno",
            vec!["uno: `aliases`: expected a list, found text; put it in brackets: [uno]"],
        ),
        (
            "title: One",
            "title: One, summary: {a: b}",
            vec![
                "{: `summary`: expected text, found an object; if this is text, put it in quotes, because it contains `: `",
            ],
        ),
        (
            "title: One",
            "title: One, links: x",
            vec!["x: `links`: expected a list, found text; begin each item with `- `"],
        ),
        ("{id: two,", "{id: 日本,", vec!["日本: `日本` is not a valid id; an id such as `product-owner`"]),
        ("{id: two,", "{id: Nº 2,", vec!["Nº 2: `Nº 2` is not a valid id; write `n-2`"]),
        (
            "title: A",
            "title: A\nrevision: '1.0'",
            vec!["'1.0': `1.0` is not a valid version; a version such as `1.0.0`"],
        ),
        // Without its id, a role may be any that is named.
        ("[{id: one, ", "[{", vec!["{: a role has no `id`; add `id`"]),
    ] {
        let broken = REFERRING.replace(right, wrong);
        assert_ne!(broken, REFERRING, "{right}");
        assert_eq!(told(&broken), expected, "{wrong}");
    }
}

/// A role without a good id may be the one that is meant by any name; one with something else wrong is not.
#[test]
fn only_a_missing_id_excuses_an_unknown_name() {
    let two = "{id: two, title: Two, family: craft}";
    for (role, code, is_excused) in [
        ("{id: Two, title: Two}", Code::InvalidId, true),
        ("{title: Two}", Code::MissingKey, true),
        ("{id: 2, title: Two}", Code::WrongType, true),
        ("two", Code::WrongType, true),
        ("{id: oen}", Code::MissingKey, false),
        ("{id: oen, title: Two, meta: 7}", Code::WrongType, false),
        ("{id: oen, title: Two, aliases: [7]}", Code::WrongType, false),
    ] {
        let mut errors = found(REFERRING.replace(two, role));
        errors.retain(|code| code.severity() == Severity::Error);
        // The same name in two places is one mistake.
        let unknown = usize::from(!is_excused);
        assert_eq!(errors, [vec![code], vec![Code::UnknownRole; unknown]].concat(), "{role}");
    }
}

/// A duplicate role is found in a statement with any number of roles.
#[test]
fn a_role_named_twice_is_found_among_many() {
    for count in [3, 10, 11, 40] {
        let role = |place: usize| format!("{{id: r{place}, title: R{place}}}");
        let names: Vec<String> =
            (0..count).map(|place| format!("r{place}")).chain(["r1".to_owned()]).collect();
        let text = format!(
            "rolebook: 1\nid: a\ntitle: A\nroles: [{}]\nsections: [{{id: s, title: S, aspects: [{{id: t, title: T,\
             statements: [{{id: u, roles: [{}], text: U}}]}}]}}]\n",
            (0..count).map(role).collect::<Vec<_>>().join(", "),
            names.join(", "),
        );
        assert_eq!(found(text), [Code::RepeatedRole], "{count}");
    }
}

#[test]
fn codes_are_kebab_case_and_distinct() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert!(names.iter().all(|name| rolebook::format::is_slug(name)), "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn a_page_explains_a_code() {
    assert_snapshot!(rolebook("check --explain unknown-role").run());
    assert_snapshot!(rolebook("check --explain unknown-rol").run());
    assert_snapshot!(rolebook("check --explain x9").run());
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

/// A dataset with just one warning: a role without statements.
const WARNED: &str =
    r#"{"rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B"}], "sections": []}"#;

#[test]
fn the_exit_code_is_the_highest() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
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
        // If one file cannot be read, the others are still checked.
        assert_eq!(run.stdout.contains("no problems found"), arguments.contains("clean"), "{run}");
        let is_denied = arguments.contains("--deny");
        assert_eq!(run.stderr.contains("warnings count as errors"), is_denied, "{run}");
        assert_eq!(run.stderr.is_empty(), code < 2 && !is_denied, "{run}");
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
        assert!(run.stderr.contains("cannot combine files with `--dataset` or `--builtin`"), "{run}");
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

/// A misspelt key is one mistake: it is not also reported as missing, and its value is checked.
#[test]
fn a_misspelt_key_hides_nothing() {
    let text = BASE
        .replacen("title: Studio", "titel: Studio", 1)
        .replacen("statements:", "statemnts:", 1)
        .replacen("level: expert", "level: exprt", 1)
        // No list of names, so what was meant is not plain.
        .replacen("{id: designer, title: Designer}", "{id: designer, title: Designer, alias: ux}", 1);
    assert_eq!(found(text), [Code::UnknownKey, Code::UnknownKey, Code::UnknownKey, Code::UnknownLevel]);
}

/// Quotes around an alias would make a text of it.
#[test]
fn an_alias_is_told_to_be_quoted_where_it_leads() {
    let text = "rolebook: 1\nid: a\nmeta: {year: &year 2024}\ntitle: *year\n";
    let run = rolebook("check - -f csv").stdin(text).run();
    assert!(run.stdout.contains("<stdin>,4,8,4,13,quote the value that `*year` refers to"), "{run}");
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

/// Warnings are for what an owner can change: equal texts on one aspect, statuses among roles, titles that look alike.
#[test]
fn a_warning_can_be_acted_on() {
    let dataset = |roles: &str, aspects: &str| {
        format!(
            "rolebook: 1\nid: a\ntitle: A\nroles: [{roles}]\nsections: [{{id: s, title: S, aspects: [{aspects}]}}]\n"
        )
    };
    let two = "{id: one, title: One}, {id: two, title: Two}";
    let aspect =
        |id: &str, statements: &str| format!("{{id: {id}, title: {id}, statements: [{statements}]}}");
    let apart = format!(
        "{}, {}",
        aspect("x", "{roles: [one], text: Works}, {roles: [two], text: Rests}"),
        aspect("y", "{roles: [two], text: Works}")
    );
    assert_eq!(found(dataset(two, &apart)), []);
    let together = aspect("x", "{roles: [one], text: Works}, {roles: [two], text: Works}");
    assert_eq!(found(dataset(two, &together)), [Code::RepeatedText]);
    let both = aspect("x", "{roles: [one, two], text: Works}");
    for (titles, codes) in [
        (["1.1", "11"], [].as_slice()),
        (["B-", "B"], &[]),
        (["C", "C++"], &[]),
        (["UX designer", "UX-Designer"], &[Code::SimilarTitles]),
        (["Draft", "Writer"], &[Code::StatusInTitle]),
    ] {
        let roles = format!("{{id: one, title: '{}'}}, {{id: two, title: '{}'}}", titles[0], titles[1]);
        assert_eq!(found(dataset(&roles, &both)), codes, "{titles:?}");
    }
    let current = "{id: current, title: Current, statements: [{roles: [one, two], text: Works}]}";
    assert_eq!(found(dataset(two, current)), []);
}

/// An unreadable file is part of the result in every format.
#[test]
fn an_unreadable_file_is_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bad.yaml"), b"id: \xff").expect("a file");
    let run = |format: &str| {
        let run = rolebook("check bad.yaml missing.yaml -f").arg(format).folder(folder.path()).run();
        assert_eq!(run.code, Some(2), "{run}");
        run.stdout
    };
    let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    assert_eq!(json["files"][0]["path"], "bad.yaml");
    assert!(
        json["files"][0]["unreadable"].as_str().is_some_and(|why| why.contains("is not UTF-8")),
        "{json}"
    );
    assert!(
        json["files"][1]["unreadable"].as_str().is_some_and(|why| why.contains("missing.yaml")),
        "{json}"
    );
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).expect("JSON");
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().map(Vec::len), Some(2));
    let github = run("github");
    assert_eq!(github.matches("::error file=").count(), 2, "{github}");
    assert!(run("markdown").contains("is not UTF-8"));
}

/// Control characters in a key are shown, never sent to the terminal.
#[test]
fn annotations_hold_no_escape_sequence() {
    let dataset =
        "rolebook: 1\nid: a\ntitle: A\nroles: [{id: b, title: B}]\nsections: []\n\"\\e[31m\\u202e\": 1\n";
    let run = rolebook("check - -f github").stdin(dataset).run();
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{run}");
    assert!(run.stdout.contains("␛[31m<U+202E>"), "{run}");
}

/// The problems of a dataset by line: code, what was found and what would be right.
fn by_line(text: &str) -> Vec<String> {
    let checked = check(&Input::new(Origin::Stdin, text.to_owned()), &[]);
    let told = checked.placed().map(|(one, place)| {
        let help = one.help().unwrap_or_default();
        format!("{} {}: {}; {help}", place.line, one.code.name(), one.found())
    });
    told.collect()
}

/// A dataset of one role, its statement and whatever else stands at the top.
fn tiny(more: &str) -> String {
    format!(
        "rolebook: 1\nid: t\ntitle: T\nroles: [{{id: a, title: A, aliases: [first]}}]\nsections:\n\
         - {{id: s, title: S, aspects: [{{id: x, title: X, statements: [{{roles: [a], text: One}}]}}]}}\n{more}"
    )
}

#[test]
fn a_name_misspelt_in_many_places_is_one_mistake() {
    let statements: Vec<String> =
        (0..7).map(|number| format!("{{roles: [nobody], text: Text {number}}}")).collect();
    let all = format!("{}, {{roles: [a], text: One}}", statements.join(", "));
    let text = tiny("").replace("{roles: [a], text: One}", &all);
    let found = by_line(&text);
    assert_eq!(
        found,
        ["6 unknown-role: unknown role `nobody` (7 times); the id of one of the roles; known roles: `a`"]
    );
}

#[test]
fn an_alias_in_place_of_an_id_is_said_to_be_one() {
    let text = tiny("").replace("roles: [a]", "roles: [first]");
    let found = by_line(&text).join("\n");
    assert!(found.contains("`first` is another name of the role `a`, not its id; write `a`"), "{found}");
}

#[test]
fn what_is_there_twice_is_told_with_its_first_place() {
    let found = by_line(&tiny("voices:\n- {id: ada, name: Ada}\n- {id: ada, name: Ada}\n"));
    assert!(
        found.contains(&"9 duplicate-id: there is already a voice `ada`; give it an id of its own; the first is in line 8".to_owned()),
        "{found:?}"
    );
}

#[test]
fn advice_fits_what_was_probably_meant() {
    let scale = "scales: [{id: p, title: P, levels: [{id: '1', title: One}, {id: 3, title: Three}]}]\n";
    let skill = |needs: &str| {
        let skill = format!("skill: {{kind: soft, scale: p, needs: {{a: {needs}}}}}");
        tiny(scale).replace("statements: [{roles: [a], text: One}]", &skill)
    };
    for level in [tiny(scale).replace("text: One", "level: 2"), skill("2")] {
        let found = by_line(&level).join("\n");
        assert!(found.contains("write the id of a level of the scale"), "{found}");
    }
    // Here quotes are what is missing.
    for (number, level) in
        [("1", tiny(scale).replace("text: One", "level: 1")), ("1", skill("1")), ("3", skill("3"))]
    {
        let found = by_line(&level).join("\n");
        assert!(found.contains(&format!("quote it: \"{number}\"")), "{found}");
    }
    let comma = tiny("").replace("text: One", "text: Takes feedback, well");
    assert!(
        by_line(&comma).join("\n").contains("if it belongs to the text before the comma, quote that text")
    );
}

#[test]
fn an_empty_text_is_to_be_left_out_only_where_it_may_be() {
    for (text, told) in [
        (tiny("").replace("title: T", "title: ''"), "write some text; the key is required"),
        (tiny("").replace("text: One", "text: ''"), "write some text, or leave the key out"),
        (tiny("").replace("[first]", "['']"), "write some text, or remove the item"),
    ] {
        assert!(by_line(&text).join("\n").contains(told), "{text}: {}", by_line(&text).join("\n"));
    }
}

#[test]
fn every_title_is_checked_wherever_it_is() {
    let dataset = "\
rolebook: 1
id: a
title: A
voices: [{id: v, name: Vic, title: ' Head'}]
families:
- id: f
  title: F
  tracks: [{id: x, title: Manager}, {id: y, title: manager}, {id: z, title: \"E\\u202Expert\"}]
roles:
- {id: r, title: R, family: f, track: x, links: [{title: 'Home  page', url: https://example.org}]}
sections: []
";
    let run = rolebook("check - --allow unused --allow silent-role").stdin(dataset).run();
    assert_snapshot!(run);
}

#[test]
fn only_names_that_can_be_meant_are_told() {
    let text =
        tiny("families: [{id: one, title: O, parent: onee}, {id: two, title: T}, {id: two, title: W}]\n")
            .replace("title: A,", "title: A, builds_on: [aa], family: twoo,")
            .replace("id: x,", "id: X Y,")
            .replace("roles: [a]", "roles: [a, a]");
    let found = by_line(&text).join("\n");
    for told in [
        "unknown role `aa`; there are no roles",
        "unknown family `onee`; the id of one of the families; known families: `two`\n",
        "unknown family `twoo`; did you mean `two`? known families: `one`, `two`\n",
        "statement (without a valid id) names `a` twice",
    ] {
        assert!(found.contains(told), "{told}:\n{found}");
    }
}

#[test]
fn blanks_and_characters_are_told_apart() {
    // No-break and ideographic spaces are there on purpose.
    let none: [String; 0] = [];
    for title in ["Rôles\u{a0}: le guide", "Qui suis-je\u{202f}?", "プロダクト\u{3000}マネージャー"]
    {
        assert_eq!(by_line(&tiny("").replace("title: T", &format!("title: '{title}'"))), none, "{title}");
    }
    let damaged = by_line(&tiny("").replace("text: One", "text: \"the team\\x92s aim\""));
    assert_eq!(
        damaged,
        ["6 control-character: this text contains the control character U+0092; probably meant: ’; \
          a text in Windows-1252 was read as Latin-1; save it as UTF-8"]
    );
    assert_eq!(by_line(&tiny("meta: {note: \"\\x92\"}")), none);
    for language in ["en", "de-CH", "zh-Hant", "pt-BR"] {
        assert_eq!(by_line(&tiny(&format!("language: {language}"))), none, "{language}");
    }
    assert_eq!(by_line(&tiny("language: xq-ZZ")).len(), 1);
}

/// Trailing white space is ignored: a YAML block ends with a line break.
#[test]
fn a_text_ends_with_its_last_character() {
    let block = tiny("").replace(
        "statements: [{roles: [a], text: One}]}]}",
        "statements: [{roles: [a], text: \"Plans the work\\n\"}, {roles: [a], text: Plans the work}]}]}",
    );
    assert_eq!(by_line(&block).len(), 1, "they repeat each other");
    let shown = rolebook("show a -d - -f csv").stdin(block).run().answer();
    assert!(!shown.contains("work\n\""), "{shown}");
}

#[test]
fn lines_may_end_in_a_carriage_return_alone() {
    let text = "rolebook: 1\rid: d\rtitle: T\rroles:\r- id: A b\r  title: B\rsections: []\r";
    assert!(by_line(text).iter().any(|line| line.starts_with("5 invalid-id")), "{:?}", by_line(text));
}

#[test]
fn a_whole_number_may_be_written_with_a_point() {
    let rank = |rank: &str| {
        let text = format!(
            r#"{{"rolebook": 1, "id": "d", "title": "D", "roles": [{{"id": "a", "title": "A", "rank": {rank}}}], "sections": []}}"#
        );
        rolebook("roles -d - -f csv").stdin(text).run()
    };
    for (written, read) in [("1.0", "1"), ("1e2", "100"), ("-0", "0"), ("-7", "-7")] {
        let run = rank(written);
        assert!(run.stdout.contains(&format!("a,A,,,{read},")), "{written}: {run}");
    }
    for (written, shown) in [
        ("1.5", "1.5"),
        ("100000000000000000000", "100000000000000000000"),
        ("9223372036854775808", "9223372036854775808"),
    ] {
        let run = rank(written);
        assert!(run.code == Some(2) && run.stderr.contains(&format!("`rank` cannot be {shown}")), "{run}");
        assert!(run.stderr.contains("write a whole number"), "{run}");
        let is_limited = run.stderr.contains("from -9007199254740991 to 9007199254740991");
        assert_eq!(is_limited, written != "1.5", "{run}");
    }
}

/// At most a thousand mistakes are listed; the rest are counted.
#[test]
fn past_a_thousand_problems_are_counted() {
    let roles: Vec<String> =
        (0..3000).map(|number| format!("{{id: r{number}, title: R{number}, rank: x}}")).collect();
    let text = format!("rolebook: 1\nid: t\ntitle: T\nroles: [{}]\nsections: []\n", roles.join(", "));
    let run = rolebook("check - -f json").stdin(text.clone()).run();
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let file = &document["files"][0];
    assert_eq!(document["diagnostics"].as_array().map(Vec::len), Some(1000));
    assert_eq!((file["errors"].as_u64(), run.code), (Some(3000), Some(1)), "{file}");
    assert_eq!(
        file["unlisted"],
        file["errors"].as_u64().unwrap() + file["warnings"].as_u64().unwrap() - 1000
    );
    let run = rolebook("check -").stdin(text).run();
    assert!(run.stdout.contains("not listed)"), "{}", run.stdout.lines().last().unwrap_or_default());
}

#[test]
fn warnings_can_be_allowed_by_code() {
    let text = tiny("language: xx-yy\n");
    let allowed =
        |code: &str| rolebook("check - --deny warnings --allow").arg(code).stdin(text.clone()).run();
    assert_eq!(rolebook("check - --deny warnings").stdin(text.clone()).run().code, Some(1));
    assert_eq!(allowed("unknown-language").code, Some(0));
    assert_eq!(allowed("uncited").code, Some(1));
    for (code, told) in
        [("unknown-role", "only warnings can be ignored"), ("uncitted", "did you mean `uncited`?")]
    {
        let run = allowed(code);
        assert!(run.code == Some(2) && run.stderr.contains(told), "{run}");
    }
}
