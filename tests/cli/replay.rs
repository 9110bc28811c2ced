//! Runs the commands that results suggest in a real shell, such as the `replay` of a quiz.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{few, rolebook};

/// Runs a script with `rolebook` on the path.
fn sh(script: &OsStr, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_rolebook"));
    let path = program.parent().expect("the program is in a folder");
    let shell = Command::new("/bin/sh")
        .arg("-c")
        .arg(script)
        .env_clear()
        .env("PATH", path)
        .current_dir(folder)
        .output();
    shell.expect("there is a shell")
}

/// A word in single quotes, as `jq -r '.replay | @sh'` writes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Ids that something else would take for a number, a truth value, an option's value or a key.
const IDS: [&str; 8] = ["1", "007", "null", "true", "quiz", "help", "a-1", "x"];

/// What file names are made of: blanks, quotes, what a shell acts on, and bytes that are not UTF-8.
const PARTS: [&[u8]; 20] = [
    b"a",
    b"-",
    b" ",
    b"'",
    b"\"",
    b"$(exit 3)",
    b"`exit 3`",
    b"\\",
    b"\n",
    b"\t",
    b"*",
    b";",
    b"=",
    b"~",
    b"%",
    "é".as_bytes(),
    "\u{202e}".as_bytes(),
    b"\x1b[31m",
    b"\xff",
    b"\xc3",
];

/// A dataset with two quizzes, each titled like the id of the other, and the answers to the second.
fn dataset(questions: &[(usize, Option<usize>)], ids: &[&'static str]) -> (Value, Vec<String>) {
    let id = |number: usize| ids[number % ids.len()];
    let mut asked = Vec::new();
    let mut answers = Vec::new();
    for (number, (options, chosen)) in questions.iter().enumerate() {
        let option = |option: usize| {
            let points = json!({id(0): option, id(1): 1});
            json!({"id": id(option), "label": format!("Option {option}"), "points": points})
        };
        let options: Vec<Value> = (0..*options).map(option).collect();
        let chosen = chosen.map_or("", |chosen| id(chosen % options.len()));
        answers.push(format!("{}={chosen}", id(number)));
        asked.push(json!({"id": id(number), "prompt": "Well?", "options": options}));
    }
    let quiz =
        |own: usize, other: usize| json!({"id": id(own), "title": id(other), "questions": asked.clone()});
    let dataset = json!({
        "rolebook": 1, "id": "d", "title": "D", "sections": [],
        "roles": [{"id": id(0), "title": id(1)}, {"id": id(1), "title": id(0)}],
        "quizzes": [quiz(0, 1), quiz(1, 0)],
    });
    (dataset, answers)
}

proptest! {
    #![proptest_config(few(12))]

    #[test]
    fn a_replay_gives_the_same_result(
        questions in prop::collection::vec((1_usize..4, prop::option::of(0_usize..4)), 1..4),
        ids in Just(IDS.to_vec()).prop_shuffle(),
        name in prop::collection::vec(select(&PARTS[..]), 1..6).prop_map(|parts| parts.concat()),
    ) {
        let (dataset, answers) = dataset(&questions, &ids);
        let folder = TempDir::new().expect("a folder");
        let name = OsString::from_vec([name.as_slice(), b".json"].concat());
        fs::write(folder.path().join(&name), dataset.to_string()).expect("a file");
        // From the environment, since a name may look like an option.
        let asking = rolebook("quiz").arg(ids[1]).env("ROLEBOOK_DATASET", &name).folder(folder.path());
        let asking = answers.iter().fold(asking, |asking, answer| asking.args("--answer").arg(answer));
        let first = asking.clone().args("--json").run().json();
        prop_assert_eq!(&first["quiz"]["id"], ids[1]);
        if name.to_str().is_none() {
            prop_assert_eq!(&first["replay"], &Value::Null);
        } else {
            let replay = first["replay"].as_array().expect("arguments");
            let words: Vec<String> = replay.iter().map(|word| quoted(word.as_str().expect("text"))).collect();
            let again = sh(OsStr::new(&format!("rolebook {} --json", words.join(" "))), folder.path());
            prop_assert_eq!(again.status.code(), Some(0), "{:?}", again);
            let again: Value = serde_json::from_slice(&again.stdout).expect("JSON");
            prop_assert_eq!(again, first);
        }
        // People get a command too. Where the name can be shown as it is, it can be pasted.
        let page = asking.args("-f markdown").run().answer();
        let command = page.lines().find(|line| line.starts_with("rolebook ")).expect("a command");
        if name.to_str().is_some_and(|name| !name.contains(['\n', '\t', '\x1b', '\u{202e}']) && !name.contains("  ")) {
            let read = sh(OsStr::from_bytes(command.as_bytes()), folder.path());
            prop_assert_eq!(read.status.code(), Some(0), "{}: {:?}", command, read);
        }
    }
}

/// Standard input is gone after the run: the command shows that it has to be given again.
#[test]
fn the_command_to_read_more_names_standard_input() {
    let (dataset, answers) = dataset(&[(2, Some(1))], &IDS);
    let run = rolebook("quiz -d - -f markdown").arg(IDS[1]).args("--answer").arg(answers[0].as_str());
    let page = run.stdin(dataset.to_string()).run().answer();
    assert!(page.contains("\nrolebook -d - "), "{page}");
}
