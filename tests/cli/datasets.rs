//! Tests which dataset is used, how it is read, and that JSON and YAML are equivalent.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use rolebook::format::{Input, Origin};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Rolebook, Run, block_yaml, fixtures, rolebook};

/// A minimal dataset with this title.
fn titled(title: &str) -> String {
    format!(
        "rolebook: 1\nid: a\ntitle: {title}\nroles: [{{id: b, title: B}}, {{id: c, title: C}}]\nsections: []\n"
    )
}

/// A folder with files, the datasets among them titled by their paths.
fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a path in the folder")).expect("a folder");
        fs::write(path, titled(name)).expect("a file");
    }
    folder
}

/// Title and file of the dataset in use.
fn speaks(rolebook: Rolebook) -> (String, String) {
    let answer = rolebook.run().answer();
    let first = answer.lines().next().unwrap_or_default();
    let (title, origin) = first.split_once("  ").expect("a title and an aside");
    let (_, file) = origin.split_once(", ").expect("the aside names the file");
    (title.to_owned(), file.to_owned())
}

fn is_spoken(rolebook: Rolebook, title: &str, file: &str) {
    assert_eq!(speaks(rolebook), (title.to_owned(), file.to_owned()));
}

const BUILTIN: &str = "Product manager and product owner";

#[test]
fn the_nearest_dataset_up_to_the_root_of_the_repository_is_in_force() {
    let files = [
        "rolebook.json",
        "repo/.git/HEAD",
        "repo/rolebook.yml",
        "repo/in/rolebook.yaml",
        "repo/in/deep/x",
        "repo/out/x",
    ];
    let tree = folder(&files);
    let roles = |at: &str| rolebook("roles --width 100").folder(&tree.path().join(at));
    is_spoken(roles("repo"), "repo/rolebook.yml", "rolebook.yml");
    is_spoken(roles("repo/out"), "repo/rolebook.yml", "../rolebook.yml");
    is_spoken(roles("repo/in"), "repo/in/rolebook.yaml", "rolebook.yaml");
    is_spoken(roles("repo/in/deep"), "repo/in/rolebook.yaml", "../rolebook.yaml");
    fs::remove_file(tree.path().join("repo/rolebook.yml")).expect("the file is there");
    is_spoken(roles("repo/out"), BUILTIN, "built in");
}

#[test]
fn outside_of_a_repository_only_the_working_folder_is_looked_into() {
    let tree = folder(&["rolebook.yaml", "in/x"]);
    is_spoken(rolebook("roles").folder(tree.path()), "rolebook.yaml", "rolebook.yaml");
    is_spoken(rolebook("roles").folder(&tree.path().join("in")), BUILTIN, "built in");
}

#[test]
fn what_is_named_comes_before_what_is_found() {
    let tree = folder(&["rolebook.yaml", "named.yaml", "environment.yaml"]);
    let roles = |arguments: &str| rolebook(&format!("roles {arguments}")).folder(tree.path());
    let with_environment = |arguments: &str| roles(arguments).env("ROLEBOOK_DATASET", "environment.yaml");
    is_spoken(roles("-d named.yaml"), "named.yaml", "named.yaml");
    is_spoken(with_environment(""), "environment.yaml", "environment.yaml");
    is_spoken(with_environment("--dataset named.yaml"), "named.yaml", "named.yaml");
    is_spoken(with_environment("--builtin"), BUILTIN, "built in");
    is_spoken(roles("--builtin"), BUILTIN, "built in");
    is_spoken(roles("").env("ROLEBOOK_DATASET", ""), "rolebook.yaml", "rolebook.yaml");
    is_spoken(roles("-d -").stdin(titled("given")), "given", "from standard input");
}

#[test]
fn what_contradicts_itself_is_refused() {
    let tree = folder(&["rolebook.yaml", "rolebook.json"]);
    assert_snapshot!(rolebook("roles").folder(tree.path()).run());
    assert_snapshot!(rolebook("roles --builtin -d x.yaml").run());
    assert_snapshot!(rolebook("quiz -d - --answers -").stdin("{}").run());
    // Commands that need no dataset do not look for one.
    let schema = rolebook("schema").folder(tree.path()).run();
    assert_eq!(schema.code, Some(0));
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let tree = folder(&["in/x"]);
    fs::write(tree.path().join("latin.yaml"), b"id: a\ntitle: caf\xe9\n").expect("a file");
    fs::write(tree.path().join("wide.yaml"), b"\xff\xfei\0d\0").expect("a file");
    for path in ["none.yaml", "in", "latin.yaml", "wide.yaml"] {
        assert_snapshot!(rolebook(&format!("roles -d {path}")).folder(tree.path()).run());
    }
}

/// Whoever reads a dataset by another parser is told what stands wrong, and what is asked instead.
#[test]
fn the_model_says_what_it_asks() {
    let whole = serde_json::json!({
        "rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B"}], "sections": [],
        "quizzes": [{"id": "q", "title": "Q", "questions": [
            {"id": "w", "prompt": "W", "options": [{"id": "o", "label": "O", "points": {"b": 1}}]},
        ]}],
    });
    let read = |value: &Value| {
        let text = value.to_string();
        rolebook::format::read(&mut serde_json::Deserializer::from_str(&text))
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(read(&whole), Ok(()));
    for (place, value, asked) in [
        ("", "[]", "invalid type: sequence, expected an object"),
        ("/rolebook", "2", "format 2; this rolebook reads format 1"),
        ("/id", "7", "invalid type: integer `7`, expected an id such as `product-owner`"),
        ("/id", r#""A b""#, r#"invalid value: string "A b", expected an id such as `product-owner`"#),
        ("/roles", "{}", "invalid type: map, expected a list"),
        ("/roles", "[[]]", "invalid type: sequence, expected an object"),
        ("/roles/0/status", r#"{"draft": null}"#, "invalid type: map, expected a word"),
        ("/roles/0/meta", "[]", "invalid type: sequence, expected an object"),
        ("/quizzes/0/questions", "[]", "invalid length 0, expected one item or more"),
        ("/quizzes/0/questions/0/options/0/points", "1", "invalid type: integer `1`, expected an object"),
    ] {
        let mut broken = whole.clone();
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        let value: Value = serde_json::from_str(value).expect("JSON");
        match broken.pointer_mut(parent).expect("a place") {
            Value::Object(object) if !key.is_empty() => {
                object.insert(key.to_owned(), value);
            }
            all => *all = value,
        }
        let told = read(&broken).expect_err("it is broken");
        assert!(told.starts_with(asked), "{place}: {told}");
    }
}

/// Data under `meta` is kept unchanged.
#[test]
fn every_value_that_is_kept_beside_differs_from_every_other() {
    let values = [
        "null",
        "false",
        "true",
        "0",
        "1",
        "18446744073709551615",
        "-1",
        "0.5",
        r#""""#,
        r#""1""#,
        "[]",
        "[1]",
        "{}",
        r#"{"a": 1}"#,
    ];
    let kept = |name: &str, value: &str| {
        let text = r#"{"rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B"}], "sections": [],
            "meta": {"x": VALUE}}"#;
        let input = Input::new(Origin::named(name), text.replace("VALUE", value));
        let dataset = rolebook::check::read(&input).unwrap_or_else(|found| panic!("{value}: {found:?}"));
        format!("{:?}", dataset.meta)
    };
    for one in values {
        for other in values {
            assert_eq!(kept("a.json", one) == kept("a.yaml", other), one == other, "{one} and {other}");
        }
    }
}

/// Files that are too large are rejected before they fill the memory.
#[test]
fn a_file_too_large_for_any_framework_is_not_read() {
    let tree = folder(&[]);
    let file = fs::File::create(tree.path().join("disk.img")).expect("a file");
    file.set_len(256 * 1024 * 1024 + 1).expect("a file may have holes");
    let run = rolebook("roles -d disk.img --message-format json").folder(tree.path()).run();
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains(r#""code":"too-large""#), "{run}");
    assert!(run.stderr.contains("it is larger than 256 MiB"), "{run}");
}

#[test]
fn a_dataset_with_errors_answers_nothing() {
    let run =
        |messages: &str| rolebook(&format!("compare -d - {messages}")).stdin("rolebook: 1\nid: a b\n").run();
    assert_snapshot!(run(""));
    assert_snapshot!(run("--message-format json"));
    let folder = folder(&[]);
    fs::write(folder.path().join("bad.yaml"), "rolebook: 1\nid: a b\n").expect("a file");
    let named = rolebook("compare -d bad.yaml").folder(folder.path()).run();
    assert!(named.stderr.contains("; `rolebook check bad.yaml` also lists warnings"), "{named}");
    let future = "rolebook: 2\nid: [what, ever]\nnew: true\n";
    assert_snapshot!(rolebook("compare -d -").stdin(future).run());
}

#[test]
fn the_name_of_a_file_tells_its_syntax_and_else_its_first_character_does() {
    let tree = tempfile::tempdir().expect("a folder");
    let json =
        r#" {"rolebook": 1, "id": "a", "title": "A", "roles": [{"id": "b", "title": "B"}], "sections": []}"#;
    let yaml = titled("A");
    for (name, text, is_read) in [
        ("a.json", json, true),
        ("a.JSON", json, true),
        ("a.yaml", json, true),
        ("a.yml", &yaml, true),
        ("a.yaml", "{rolebook: 1, id: a, title: A, roles: [{id: b, title: B}], sections: []}", true),
        ("a.txt", "{rolebook: 1, id: a, title: A, roles: [{id: b, title: B}], sections: []}", false),
        ("a.txt", json, true),
        ("a", &yaml, true),
        ("b.json", &yaml, false),
    ] {
        for mark in ["", "\u{feff}"] {
            fs::write(tree.path().join(name), format!("{mark}{text}")).expect("a file");
            let run = rolebook(&format!("roles -d {name}")).folder(tree.path()).run();
            assert_eq!(run.code == Some(0), is_read, "{run}");
        }
    }
}

#[test]
fn a_byte_order_mark_moves_no_column() {
    let place = |mark: &str| {
        let text = format!("{mark}rolebok: 1\n");
        rolebook("check - -f jsonl").stdin(text).run().stdout
    };
    assert!(place("").contains("\"line\":1,\"column\":1"), "{}", place(""));
    assert_eq!(place("\u{feff}"), place(""));
}

/// Every command that answers from a dataset, and every way to write the answer.
fn answers(folder: &Path, path: &str, role: &str) -> Vec<Run> {
    let commands = [
        "roles",
        "compare --cite",
        "skills",
        "export",
        "quiz --questions",
        "check --deny warnings",
        &format!("show {role}"),
    ]
    .map(str::to_owned);
    let formats = ["table", "json", "jsonl", "csv", "markdown", "html"];
    let run = |command: &String, format: &str| {
        let check = if command.starts_with("check") { path } else { "" };
        let dataset = if check.is_empty() { format!("-d {path}") } else { String::new() };
        rolebook(&format!("{command} {check} {dataset} -f {format}")).folder(folder).run()
    };
    commands.iter().flat_map(|command| formats.map(|format| run(command, format))).collect()
}

/// The same answers from two files of a folder, but for their names.
fn same(folder: &Path, one: &str, other: &str, role: &str) {
    for (one_run, other_run) in answers(folder, one, role).into_iter().zip(answers(folder, other, role)) {
        let plain = |text: &str| text.replace(other, one).replace(['─', '-', ' '], "");
        let told = |run: &Run| (run.code, plain(&run.stdout), plain(&run.stderr));
        assert_eq!(told(&one_run), told(&other_run), "{}", one_run.command);
    }
}

#[test]
fn hand_written_yaml_answers_as_its_json() {
    same(&fixtures(), "skill-matrix.json", "skill-matrix.yaml", "service-owner");
}

/// More than six roles are only shown side by side if named; documents contain them all.
#[test]
fn many_roles_are_compared_by_choice_and_exported_by_default() {
    let roles = |count: usize| (0..count).map(|one| format!("{{id: r{one}, title: R{one}, family: f}}, "));
    let dataset = |count: usize| {
        let roles: String = roles(count).collect();
        let families = "families: [{id: f, title: F}]";
        format!("rolebook: 1\nid: a\ntitle: A\n{families}\nroles: [{roles}]\nsections: []\n")
    };
    let run = |arguments: &str, count: usize| rolebook(arguments).arg("-d-").stdin(dataset(count)).run();
    for command in ["compare", "skills"] {
        run(command, 6).answer();
        run(&format!("{command} --family f"), 7).answer();
        run(&format!("{command} r0 r1 r2 r3 r4 r5 r6"), 7).answer();
        let refused = run(command, 7);
        assert_eq!(refused.code, Some(2), "{refused}");
        assert!(refused.stderr.contains("7 roles") && refused.stderr.contains("--family"), "{refused}");
        // Only columns have a limit.
        for format in ["json", "jsonl", "csv"] {
            run(&format!("{command} -f {format}"), 7).answer();
        }
    }
    let held = run("export --json", 7).json();
    assert_eq!(held["roles"].as_array().map(Vec::len), Some(7), "{held}");
}

#[test]
fn json_and_yaml_are_one_model() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, role) in [("ladder", "senior"), ("scripts", "sekkei"), ("every-key", "ux")] {
        let text = fs::read_to_string(fixtures().join(format!("{name}.json"))).expect("a fixture is text");
        let value: Value = serde_json::from_str(&text).expect("a fixture is JSON");
        // Side by side: a longer path would break its lines elsewhere.
        let (json, yaml) = (format!("{name}.json"), format!("{name}.yaml"));
        fs::write(folder.path().join(&json), text).expect("a file");
        fs::write(folder.path().join(&yaml), block_yaml(&value)).expect("a file");
        same(folder.path(), &json, &yaml, role);
    }
}

#[test]
fn a_replay_names_the_dataset() {
    let replay = |arguments: &str| {
        rolebook(&format!("quiz --answer tools=pencil --json {arguments}")).folder(&fixtures())
    };
    let json = replay("-d every-key.json").run().json();
    assert_eq!(
        json["replay"],
        serde_json::json!(["-d", "every-key.json", "quiz", "career", "--answer", "tools=pencil"])
    );
    let text = fs::read_to_string(fixtures().join("every-key.json")).expect("a fixture is text");
    let json = replay("-d -").stdin(text).run().json();
    assert_eq!(json["replay"], Value::Null);
    let command = "quiz --builtin --json --answer technical-depth= --answer people= --answer customer=";
    assert_eq!(rolebook(command).run().json()["replay"][0], "--builtin");
}

#[test]
fn every_fixture_but_the_broken_one_is_clean() {
    for entry in fs::read_dir(fixtures()).expect("the folder can be read") {
        let name = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        let run = rolebook(&format!("check --deny warnings {name}")).folder(&fixtures()).run();
        let expected = i32::from(name.starts_with("broken"));
        assert_eq!(run.code, Some(expected), "{run}");
    }
}
