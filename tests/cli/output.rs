//! Tests `--output`: every command can write its result to a file, in the format given by the extension.

use std::fs;

use insta::assert_snapshot;

use crate::support::{REPORTS, fixtures, rolebook};

#[test]
fn the_extension_decides_the_format() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in REPORTS.iter().chain(&["skills --matrix", "check", "schema compare"]) {
        let is_schema = command.starts_with("schema");
        for (extension, format) in [
            ("md", "markdown"),
            ("markdown", "markdown"),
            ("html", "html"),
            ("HTM", "html"),
            ("json", "json"),
            ("jsonl", "jsonl"),
            ("ndjson", "jsonl"),
            ("csv", "csv"),
            ("txt", "table"),
        ] {
            if is_schema && format != "json" {
                continue;
            }
            let name = format!("result.{extension}");
            let run = rolebook(&format!("{command} --force -o {name}")).folder(folder.path()).run();
            assert_eq!((run.stdout.as_str(), run.code), ("", Some(0)), "{command}: {run}");
            assert_eq!(run.stderr, format!("wrote {name}\n"), "{command}");
            let written = fs::read_to_string(folder.path().join(&name)).expect("the file is text");
            let printed = rolebook(&format!("{command} -f {format}")).folder(folder.path()).run();
            assert_eq!(written, printed.stdout, "{command} -f {format}");
        }
    }
}

#[test]
fn a_file_of_any_other_name_has_the_usual_format() {
    let folder = tempfile::tempdir().expect("a folder");
    for (command, format) in [("compare", "table"), ("export", "markdown")] {
        let run = rolebook(&format!("{command} -o {command}.data -q")).folder(folder.path()).run();
        assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)), "{command}");
        let written = fs::read_to_string(folder.path().join(format!("{command}.data"))).expect("text");
        assert_eq!(written, rolebook(&format!("{command} -f {format}")).run().stdout, "{command}");
        let told = rolebook(&format!("{command} -o {command}.jsn")).folder(folder.path()).run().stderr;
        assert!(told.contains(&format!("so it is in the format `{format}`")), "{told}");
    }
    assert_eq!(rolebook("roles -o -").run().answer(), rolebook("roles").run().answer());
}

#[test]
fn plain_text_goes_to_a_file_of_any_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["man compare", "completions fish", "check --explain unknown-key", "init"] {
        let run = rolebook(&format!("{command} -o text.md --force -q")).folder(folder.path()).run();
        assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)), "{command}");
        let written = fs::read_to_string(folder.path().join("text.md")).expect("the file is text");
        let plain = if command == "init" { "init -" } else { command };
        assert_eq!(written, rolebook(plain).run().answer(), "{command}");
    }
}

#[test]
fn one_result_a_line_goes_to_a_file_too() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("many.jsonl"),
        "{\"people\":null,\"customer\":null,\"technical-depth\":null}\n\n{}\n",
    )
    .expect("a file");
    let run = rolebook("quiz --answers many.jsonl -o scores.jsonl").folder(folder.path()).run();
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)), "{run}");
    let printed = rolebook("quiz --answers many.jsonl -f jsonl").folder(folder.path()).run();
    let written = fs::read_to_string(folder.path().join("scores.jsonl")).expect("the file is text");
    assert_eq!(written, printed.stdout);
    assert_eq!(written.lines().count(), 2, "{written}");
}

#[test]
fn what_contradicts_itself_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(fixtures().join("ladder.json"), folder.path().join("rolebook.json")).expect("a dataset");
    fs::write(folder.path().join("ann.yaml"), "profile: 1\nname: Ann\nratings: {}\n").expect("a profile");
    let before = fs::read_to_string(folder.path().join("rolebook.json")).expect("text");
    let mut story = String::new();
    for arguments in [
        "compare --json -o roles.csv",
        "compare -f sarif -o roles.json",
        "compare -o roles.sarif",
        "export --force",
        "export --into page.md -o page.md",
        "export -o rolebook.json --force",
        "init a.yaml -o b.yaml",
        "schema -f csv -o schema.json",
        "man -f json -o compare.1",
        "export -o roles.pdf",
        "compare -o roles.YAML",
        "assess --form manager -o form.json",
        "assess -o profile.json",
        "assess ann.yaml -o ann.yaml --force",
        "assess --builtin ann.yaml -f markdown -o ann.yaml --force",
        "check rolebook.json -o rolebook.json --force",
        "import roles.csv -o roles.md",
    ] {
        let run = rolebook(arguments).folder(folder.path()).run();
        assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)), "{arguments}");
        story.extend(["$ rolebook ", arguments, "\n", &run.stderr, "\n"]);
    }
    assert_snapshot!(story);
    assert_eq!(fs::read_to_string(folder.path().join("rolebook.json")).expect("text"), before);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2);
}
