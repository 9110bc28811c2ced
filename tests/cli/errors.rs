//! Tests that every mistake has its own exit code, message and JSON document, and prints nothing to standard output.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use rolebook::error::{Error, ErrorCode};
use serde_json::Value;

use crate::support::{Rolebook, formats, rolebook};

/// One mistake in both forms: as text, and as a document with this code.
fn both_ways(mistake: &Rolebook, code: &str, story: &mut String) {
    let (human, json) = (mistake.clone().run(), mistake.clone().args("--message-format json").run());
    for run in [&human, &json] {
        assert_eq!(run.code, Some(2), "{}", run.command);
        assert_eq!(run.stdout, "", "{}", run.command);
    }
    let document: Value = serde_json::from_str(&json.stderr).expect("an error is JSON");
    assert_eq!((&document["code"], &document["exit"]), (&code.into(), &2.into()), "{}", json.command);
    let message = document["message"].as_str().expect("an error has a message");
    // Mistakes in a file are shown in their places first.
    let (causes, first) = (document["causes"].as_array().expect("causes"), format!("error: {message}\n"));
    let is_told = match code {
        "invalid-answers" => !causes.is_empty() && human.stderr.contains(&format!("\n\n{first}")),
        _ => human.stderr.starts_with(&first),
    };
    assert!(is_told, "{}: {}", human.command, human.stderr);
    assert!(human.stderr.contains("\nhint: "), "{}: no hint: {}", human.command, human.stderr);
    writeln!(story, "$ {}\n{}{}", human.command, human.stderr, json.stderr).expect("a string takes all");
}

/// The output for mistakes that only need arguments.
fn story(mistakes: &[(&str, &str)]) -> String {
    let mut story = String::new();
    for (arguments, code) in mistakes {
        both_ways(&rolebook(arguments), code, &mut story);
    }
    story
}

/// The rows of the first table below this heading, with the text of the first two cells.
fn rows<'t>(page: &'t str, heading: &str) -> Vec<(&'t str, &'t str)> {
    let (_, below) = page.split_once(heading).expect("the heading is there");
    let table =
        below.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = table.skip(2).filter_map(|line| line.strip_prefix('|')?.split_once('|'));
    cells.map(|(code, meaning)| (code.trim().trim_matches('`'), meaning.trim_matches(['|', ' ']))).collect()
}

#[test]
fn every_code_is_documented_explained_and_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/formats.md")).expect("the page is there");
    let codes: Vec<(&str, &str)> = ErrorCode::ALL.iter().map(|code| (code.name(), code.meaning())).collect();
    assert_eq!(rows(&page, "## Error codes"), codes);
    assert!(codes.is_sorted_by(|one, next| one.0 < next.0), "{codes:?}");
    let sources: String = walkdir::WalkDir::new(root.join("src"))
        .into_iter()
        .filter_map(|entry| fs::read_to_string(entry.expect("a file").path()).ok())
        .collect();
    for code in ErrorCode::ALL {
        let told = rolebook(&format!("check --width 400 --explain {}", code.name())).run().answer();
        assert!(told.contains(&format!("{} {}", code.meaning(), code.remedy())), "{told}");
        assert!(sources.contains(&format!("ErrorCode::{code:?}")), "nothing ends with {code:?}");
    }
}

#[test]
fn unknown_names() {
    assert_snapshot!(story(&[
        ("compare pm prodct-owner", "unknown-role"),
        ("compare pm chef", "unknown-role"),
        ("show chef", "unknown-name"),
        ("skills --from po --to mp", "unknown-role"),
        ("export designer", "unknown-role"),
        ("compare --section skils", "unknown-section"),
        ("compare --family produkt", "unknown-family"),
        ("roles --family design", "unknown-family"),
        ("skills --kind sfot", "unknown-kind"),
        ("quiz carer", "unknown-quiz"),
        ("quiz --answer peple=team", "unknown-question"),
        ("quiz --answer people=tem", "unknown-option"),
        ("man quizz", "unknown-command"),
    ]));
}

#[test]
fn arguments_that_do_not_fit() {
    assert_snapshot!(story(&[
        ("compare pm product-manager", "usage"),
        ("skills --from po --to po", "usage"),
        ("skills --to po", "usage"),
        ("compare --only one", "usage"),
        ("import table.csv --write-map -", "usage"),
        ("compare pm", "usage"),
        ("compare pm --family product", "usage"),
        ("skills --from po", "usage"),
        ("export --force", "usage"),
        ("export -f github", "usage"),
        ("show", "usage"),
        ("show pm po", "usage"),
        ("completions", "usage"),
        ("quiz --answer people", "usage"),
        ("quiz --answer people=team --answer people=", "repeated-answer"),
        ("quiz --questions --answer people=team", "usage"),
        ("quiz", "no-terminal"),
        ("quiz --no-input --answer people=team --answer customer=", "no-terminal"),
        ("compare --json -f markdown", "usage"),
        ("completions bash --json", "usage"),
        ("man -f markdown", "usage"),
        ("init --json", "usage"),
        ("init -f csv other.yaml", "usage"),
        ("init -d other.yaml", "usage"),
        ("import table.csv --builtin", "usage"),
        ("schema -d other.yaml", "usage"),
        ("diff", "usage"),
        ("diff HEAD", "unreadable"),
        ("check --allow foo", "unknown-code"),
        ("check --allow unusd", "unknown-code"),
        ("check --allow empty-text", "usage"),
    ]));
}

#[test]
fn an_empty_file_name_is_called_so() {
    let mut story = String::new();
    both_ways(&rolebook("check").arg(""), "usage", &mut story);
    assert!(story.contains("error: `FILE` is an empty text\n"), "{story}");
}

#[test]
fn values_and_words_that_do_not_exist() {
    assert_snapshot!(story(&[
        ("compar", "usage"),
        ("frobnicate", "usage"),
        ("compare --formt json", "usage"),
        ("compare --frobnicate", "usage"),
        ("compare --width 19", "usage"),
        ("compare --width wide", "usage"),
        ("compare --width", "usage"),
        ("compare --only shard", "usage"),
        ("compare --color red", "usage"),
        ("completions fsh", "usage"),
    ]));
}

#[test]
fn an_unknown_format_is_refused_by_name_with_those_there_are() {
    let run = rolebook("compare -f papyrus").run();
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("papyrus"), "{}", run.stderr);
    for format in formats() {
        assert!(run.stderr.contains(&format), "{format} is not named: {}", run.stderr);
    }
}

/// `--message-format` is obeyed wherever it stands, and whatever else is wrong.
#[test]
fn a_usage_error_is_a_document_too() {
    for arguments in [
        "--message-format json frobnicate",
        "compare --message-format=json --frobnicate",
        "--frobnicate --message-format json",
        "--message-format json",
        "--message-format json compare --width 3",
    ] {
        let run = rolebook(arguments).run();
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{arguments}");
        let document: Value = serde_json::from_str(&run.stderr).expect("an error is JSON");
        assert_eq!(document["schema"], "rolebook.error/1", "{arguments}");
        assert_eq!(document["code"], "usage", "{arguments}");
    }
}

#[test]
fn nothing_asked_is_help_on_standard_error() {
    let (bare, help) = (rolebook("").run(), rolebook("-h").run());
    assert_eq!((bare.code, bare.stdout.as_str()), (Some(2), ""));
    assert_eq!(bare.stderr, help.answer());
}

/// Errors of the library implement `std::error::Error`.
#[test]
fn an_error_says_what_went_wrong() {
    let error: Box<dyn std::error::Error> = Error::usage("no such thing").hint("name another").into();
    assert_eq!(error.to_string(), "no such thing");
}

/// Quiet silences notes, not errors.
#[test]
fn an_error_is_told_in_quiet_too() {
    let loud = rolebook("compare pm chef").run();
    assert_eq!(rolebook("compare pm chef --quiet").run().stderr, loud.stderr);
}

/// The story of `-o` in a folder of its own, whose name is left out of it.
fn written(folder: &Path, arguments: &str, code: &str) -> String {
    let mut story = String::new();
    both_ways(&rolebook(arguments).folder(folder), code, &mut story);
    story
}

#[test]
fn a_file_that_exists_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("roles.md");
    fs::write(&file, "mine").expect("a file");
    assert_snapshot!(written(folder.path(), "export -o roles.md", "exists"));
    assert_eq!(fs::read_to_string(&file).expect("the file is there"), "mine");

    let forced = rolebook("export -o roles.md --force").folder(folder.path()).run();
    assert_eq!((forced.code, forced.stdout.as_str()), (Some(0), ""));
    assert_eq!(forced.stderr, "wrote roles.md\n");
    let export = rolebook("export").run().answer();
    assert_eq!(fs::read_to_string(&file).expect("the file is there"), export);
}

#[test]
fn a_folder_that_cannot_hold_a_file_gets_none() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("roles.md"), "mine").expect("a file");
    let missing = written(folder.path(), "export -o none/roles.md", "output");
    let below_a_file = written(folder.path(), "export -o roles.md/roles.md", "output");
    let forced = written(folder.path(), "export --force -o none/roles.md", "output");
    assert_snapshot!(missing + &below_a_file + &forced);
    assert_eq!(
        fs::read_dir(folder.path()).expect("the folder is there").count(),
        1,
        "a file was left behind"
    );
}

#[test]
fn answers_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("text.json", "people"),
        ("list.json", "[]"),
        ("unknown.json", r#"{"peple": "team"}"#),
        ("option.json", r#"{"people": "tem"}"#),
        ("number.json", r#"{"people": 1}"#),
        ("twice.json", r#"{"people": "team", "people": "many"}"#),
        ("some.json", r#"{"people": "team"}"#),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let story: String = [
        ("none.json", "unreadable"),
        ("text.json", "invalid-answers"),
        ("list.json", "invalid-answers"),
        ("unknown.json", "invalid-answers"),
        ("option.json", "invalid-answers"),
        ("number.json", "invalid-answers"),
        ("twice.json", "invalid-answers"),
        ("some.json", "no-terminal"),
    ]
    .into_iter()
    .map(|(file, code)| written(folder.path(), &format!("quiz --answers {file}"), code))
    .collect();
    assert_snapshot!(story);
}

/// clap also suggests commands that only begin alike; the likeliest one is enough.
#[test]
fn the_nearest_command_is_suggested() {
    let run = rolebook("comapre").run();
    assert!(run.stderr.contains("hint: did you mean `compare`?\n"), "{run}");
    let run = rolebook("compare --ony shared").run();
    assert!(run.stderr.contains("hint: did you mean `--only`?\n"), "{run}");
}

/// Hints are for people; other formats print only the result.
#[test]
fn an_empty_result_says_what_to_try() {
    let run = rolebook("roles --search xyzzy").run();
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.starts_with("hint: the search covers names, summaries and statements"), "{run}");
    assert_eq!(rolebook("roles --search xyzzy --json").run().stderr, "");
    let page = rolebook("compare --only shared --brief").run().answer();
    assert!(page.ends_with("\n\nNo key aspect matches.\n"), "{page}");
}
