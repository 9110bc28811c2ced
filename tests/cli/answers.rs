//! Tests running a quiz from a script: answers from a file, and many people in one run.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Run, rolebook};

/// All three questions of the career quiz.
const ANSWERED: &str = r#"{"technical-depth": "build", "people": null, "customer": "boss"}"#;

fn answered(answers: &str) -> Run {
    rolebook("quiz --answers -").stdin(answers).run()
}

#[test]
fn a_file_is_as_good_as_flags() {
    let by_flags = "quiz --json --answer technical-depth=build --answer people= --answer customer=boss";
    let by_file = rolebook("quiz --json --answers -").stdin(ANSWERED).run().answer();
    assert_eq!(by_file, rolebook(by_flags).run().answer());
    let with_mark = format!("\u{feff}{ANSWERED}");
    assert_eq!(by_file, rolebook("quiz --json --answers -").stdin(with_mark).run().answer());
}

#[test]
fn a_file_and_flags_complete_each_other() {
    let rest = r#"{"people": null, "customer": "boss"}"#;
    let run = rolebook("quiz --json --answer technical-depth=build --answers -").stdin(rest).run();
    assert_eq!(run.answer(), rolebook("quiz --json --answers -").stdin(ANSWERED).run().answer());
}

#[test]
fn refuses_what_is_no_answer() {
    let runs = [
        r#"{"technical-depth": 1}"#,
        r#"{"technical-depth": ["build"]}"#,
        r#"{"technical-dept": "build"}"#,
        r#"{"technical-depth": "bild"}"#,
        r#"{"people": "team", "people": null}"#,
        r#"{"technical-depth": "build"}"#,
        "[]",
        "",
    ]
    .map(|answers| format!("stdin: {answers}\n{}", answered(answers)));
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn refuses_a_file_that_is_not_there() {
    assert_snapshot!(rolebook("quiz --answers no-such-file.json").run());
}

#[test]
fn a_question_answered_by_file_and_flag_is_answered_twice() {
    assert_snapshot!(rolebook("quiz --answer customer=boss --answers -").stdin(ANSWERED).run());
}

#[test]
fn scores_one_person_a_line_and_goes_on_after_a_bad_line() {
    let lines = [
        r#"{"respondent": "Ann", "answers": {"technical-depth": "build", "people": "team", "customer": null}}"#,
        r#"{"technical-depth": "build"}"#,
        "",
        "nonsense",
        r#"{"respondent": "Ann", "answers": {}, "age": 40}"#,
        r#"{"respondent": 7, "answers": {}}"#,
        ANSWERED,
    ];
    let run = rolebook("quiz -f jsonl --answers -").stdin(lines.join("\n")).run();
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), ""));
    let told: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let about = |document: &Value| {
        json!([document["schema"], document["respondent"], document["recommended"], document["line"]])
    };
    let told: Vec<Value> = told.iter().map(about).collect();
    let error = |line: u32| json!(["rolebook.error/1", null, null, line]);
    assert_eq!(
        told,
        [
            json!(["rolebook.quiz/1", "Ann", ["product-owner"], null]),
            error(2),
            error(4),
            error(5),
            error(6),
            json!(["rolebook.quiz/1", null, ["product-manager", "product-owner"], null]),
        ]
    );
    assert_snapshot!(run);
}

#[test]
fn a_byte_order_mark_belongs_to_no_answer() {
    let line = format!(r#"{{"respondent": "Ann", "answers": {ANSWERED}}}"#);
    let told = |input: String| rolebook("quiz -f jsonl --answers -").stdin(input).run().answer();
    assert_eq!(told(format!("\u{feff}{line}\n")), told(line));
}

#[test]
fn a_line_is_the_document_of_one_person() {
    let alone: Value = rolebook("quiz --json --answers -").stdin(ANSWERED).run().json();
    let line: Value = rolebook("quiz -f jsonl --answers -").stdin(ANSWERED).run().json();
    assert_eq!(alone, line);
}

#[test]
fn flags_do_not_go_with_lines() {
    assert_snapshot!(rolebook("quiz -f jsonl --answer customer=boss --answers -").stdin(ANSWERED).run());
}

/// A valid answer may give no role any points.
#[test]
fn without_a_recommendation_the_result_says_why() {
    let dataset = "\
rolebook: 1
id: a
title: A
roles: [{id: b, title: B}]
sections: []
quizzes:
- id: q
  title: Q
  questions:
  - id: w
    prompt: W
    options: [{id: y, label: Y, points: {b: 1}}, {id: n, label: N, points: {b: 0}}, {id: u, label: U}]
";
    for (answer, reason) in [
        ("n", "no answer gives a role any points"),
        ("", "every question was skipped"),
        ("u", "every answer was “not sure”"),
    ] {
        let run = rolebook(&format!("quiz -d - -f markdown --answer w={answer}")).stdin(dataset);
        let page = run.run().answer();
        assert!(page.contains(&format!("**No recommendation**: {reason}\n")), "{page}");
    }
}

#[test]
fn a_result_can_be_replayed() {
    let first = rolebook("quiz --json --answers -").stdin(ANSWERED).run().json();
    let replay = first["replay"].as_array().expect("arguments");
    let again = replay.iter().fold(rolebook(""), |run, argument| run.arg(argument.as_str().expect("text")));
    assert_eq!(again.arg("--json").run().json(), first);
}

/// A quiz in which one answer rules out the role that would win.
const RULES_OUT: &str = "\
rolebook: 1
id: shop
title: Shop
roles: [{id: baker, title: Baker}, {id: seller, title: Seller}]
sections: []
quizzes:
- id: q
  title: Which job?
  questions:
  - id: like
    title: Taste
    prompt: What do you like?
    options: [{id: bread, label: Bread, points: {baker: 2}}, {id: talk, label: Talk, points: {seller: 2}}]
  - id: early
    title: Hours
    prompt: Do you get up early?
    options:
    - {id: late, label: Never, points: {seller: 1}, rules_out: [baker], note: Bakers start at four.}
    - {id: never, label: I do not get up, rules_out: [baker, seller], note: No job waits for you.}
    - {id: yes, label: Always, points: {baker: 1, seller: 1}}
";

#[test]
fn every_format_says_which_answer_rules_a_role_out() {
    let runs = ["table", "json", "jsonl", "csv", "markdown", "html"].map(|format| {
        let run = format!("quiz -d - --answer like=bread --answer early=late -f {format}");
        rolebook(&run).stdin(RULES_OUT).run().answer()
    });
    let [table, json, jsonl, csv, markdown, html] = runs;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["recommended"], json!(["seller"]));
    let by =
        json!({"question": "early", "question_title": "Hours", "option": "late", "option_title": "Never"});
    assert_eq!(json["scores"]["baker"]["ruled_out_by"], by);
    assert_eq!(json["scores"]["seller"]["ruled_out_by"], Value::Null);
    let line: Value = serde_json::from_str(jsonl.lines().last().expect("a line")).expect("JSON");
    assert_eq!(line["rules_out"], "baker");
    assert!(csv.ends_with(",q,early,late,seller=1,,seller,baker\r\n"), "{csv}");
    assert!(markdown.contains("rules out **Baker**"), "{markdown}");
    assert!(html.contains("rules out <strong>Baker</strong>"), "{html}");
    assert_snapshot!(table);
}

#[test]
fn where_all_roles_are_ruled_out_the_result_says_so() {
    let run = rolebook("quiz -d - --answer like=bread --answer early=never").stdin(RULES_OUT).run();
    assert_snapshot!(run);
}

#[test]
fn questions_say_what_an_option_rules_out() {
    let csv = rolebook("quiz -d - --questions -f csv").stdin(RULES_OUT).run().answer();
    assert!(csv.contains(",never,I do not get up,,,No job waits for you.,baker|seller\r\n"), "{csv}");
}

/// The CSV that a form exports: questions by prompt, title or id, answers by label or id.
const FORM: &str = "\
Timestamp,E-mail,technical depth,People,customer
2026-01-01,ann@example.org,build,TEAM,boss
2026-01-02,bo@example.org,\"I design and build software, or could learn to\",,not-sure
2026-01-03,cy@example.org,dance,team,boss
";

#[test]
fn a_form_is_scored_row_by_row() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("form.csv", FORM);
    let one: Vec<&str> = FORM.lines().take(2).collect();
    write("one.csv", &one.join("\n"));
    write("semicolons.csv", &one.join("\n").replace(',', ";"));
    write("none.csv", "technical-depth,people,customer\n");
    write("empty.csv", "\n");
    write("missing.csv", "technical-depth\nbuild\n");
    write("spaced.csv", "technical-depth,people,customer\n\n\nbuild,dance,boss\n");
    write("twice.csv", "technical-depth,people,People,customer\nbuild,team,team,boss\n");
    write("mine.yaml", "# mine\ntechnical-depth: build\npeople: team\ncustomer: null\n");
    write("wrong.yaml", "technical-depth: build\npeople: [team]\ncustomer: boss\n");
    write("broken.yaml", "technical-depth: 'build\n");
    write("mistakes.yaml", "technical-dept: build\npeople: teem\ncustomer: 7\n");
    write("named.json", &format!(r#"{{"respondent": "Ann", "answers": {ANSWERED}}}"#));
    write("two.json", &format!("{ANSWERED}\n{ANSWERED}\n"));
    let quiz = |arguments: &str| rolebook("quiz").args(arguments).folder(folder.path()).run();
    assert_snapshot!(quiz("--answers form.csv -f jsonl"));
    let one = quiz("--answers one.csv --json").json();
    assert_eq!(
        (&one["respondent"], &one["recommended"][0]),
        (&"ann@example.org".into(), &"product-owner".into())
    );
    assert_eq!(quiz("--answers semicolons.csv --json").json(), one);
    let by_flags =
        quiz("--answer technical-depth=build --answer people=team --answer customer= --json").json();
    assert_eq!(quiz("--answers mine.yaml --json").json(), by_flags);
    assert_eq!(quiz("--answers named.json --json").json()["respondent"], "Ann");
    for arguments in [
        "form.csv",
        "none.csv",
        "empty.csv",
        "missing.csv",
        "spaced.csv",
        "twice.csv",
        "wrong.yaml",
        "broken.yaml",
        "one.csv --answer people=",
        "mistakes.yaml",
        "two.json",
    ] {
        assert_snapshot!(quiz(&format!("--answers {arguments}")));
    }
}
