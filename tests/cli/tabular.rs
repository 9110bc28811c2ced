//! Tests CSV and JSON Lines: the output of each command, and that an independent reader gets any text back.

use insta::assert_snapshot;
use proptest::prelude::*;
use rolebook::doc::{Doc, Records, Report, Value};
use rolebook::render::{Format, TerminalOptions, render};
use serde::Serialize;

use crate::support::rolebook;

/// A snapshot of one run in each of both formats.
macro_rules! writes {
    ($($name:ident: $arguments:expr;)*) => {
        $(#[test] fn $name() {
            for format in ["csv", "jsonl"] {
                let run = rolebook(&format!("{} --format {format}", $arguments)).run();
                assert_snapshot!(format!("{}_{format}", stringify!($name)), run);
            }
        })*
    };
}

writes! {
    compare: "compare --section skills";
    skills: "skills --kind soft";
    change: "skills --from po --to pm";
    show: "show pm";
    roles: "roles";
    questions: "quiz --questions";
    quiz: "quiz --answer technical-depth=build --answer people= --answer customer=boss";
}

#[test]
fn a_whole_export_is_the_comparison_of_all_roles() {
    for format in ["csv", "jsonl"] {
        let written = |command: &str| rolebook(&format!("{command} -f {format}")).run().answer();
        assert_eq!(written("export"), written("compare"));
    }
}

#[test]
fn a_silent_role_has_no_record() {
    let written = rolebook("compare --only partial -f csv").run().answer();
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let roles: Vec<(String, String)> = reader
        .records()
        .map(|record| record.expect("a record"))
        .map(|record| (record[1].to_owned(), record[4].to_owned()))
        .collect();
    assert!(!roles.is_empty());
    for (aspect, role) in &roles {
        assert!(roles.iter().all(|(other, speaks)| other != aspect || speaks == role), "{aspect}");
    }
}

#[test]
fn every_csv_record_ends_as_the_standard_asks() {
    let written = rolebook("roles -f csv").run().answer();
    assert_eq!(written.matches("\r\n").count(), 3);
    assert_eq!(written.matches('\n').count(), 3);
}

#[test]
fn an_empty_text_is_told_from_an_absent_one() {
    let records = Flat(vec![(Some(String::new()), None), (None, Some(7))]);
    assert_eq!(written(&records, Format::Csv), "text,count\r\n\"\",\r\n,7\r\n");
    let lines = "{\"text\":\"\",\"count\":null}\n{\"text\":null,\"count\":7}\n";
    assert_eq!(written(&records, Format::Jsonl), lines);
}

#[test]
fn no_text_is_changed_for_a_spreadsheet() {
    let records = Flat(vec![(Some("=1+1".into()), None), (Some(" +1".into()), None)]);
    assert_eq!(written(&records, Format::Csv), "text,count\r\n=1+1,\r\n\" +1\",\r\n");
}

/// Excel reads CSV as UTF-8 only if it begins with a byte-order mark.
#[test]
fn csv_begins_with_a_byte_order_mark_on_demand() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for command in [
        "compare",
        "skills",
        "skills --matrix",
        "skills --from po --to pm",
        "show pm",
        "roles",
        "export",
        "check --builtin",
        "quiz --questions",
        "quiz --answer technical-depth= --answer people= --answer customer=",
    ] {
        let plain = rolebook(command).args("-f csv").run();
        let marked = rolebook(command).args("-f csv --bom").run();
        assert_eq!(
            (marked.code, marked.stdout),
            (plain.code, format!("\u{feff}{}", plain.stdout)),
            "{command}"
        );
        let file = folder.path().join("out.csv");
        rolebook(command).args("--bom --quiet --force -o").arg(&file).run();
        let written = std::fs::read_to_string(&file).expect("text");
        assert_eq!(written, format!("\u{feff}{}", plain.stdout), "{command}");
    }
    rolebook("skills --matrix -f csv --bom --quiet -o matrix.csv").folder(folder.path()).run().answer();
    let read = rolebook("import matrix.csv --quiet").folder(folder.path()).run();
    assert_eq!(read.code, Some(0), "{read}");
}

#[test]
fn only_csv_has_a_byte_order_mark() {
    for format in
        ["", "-f table", "-f json", "--json", "-f jsonl", "-f markdown", "-f html", "-o x.md", "-o x.txt"]
    {
        let run = rolebook("roles --bom").args(format).run();
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{format}");
        assert!(run.stderr.starts_with("error: `--bom` is only for CSV\n"), "{format}: {}", run.stderr);
    }
}

#[test]
fn the_help_warns_of_formulas() {
    let help = rolebook("compare --help").run().answer();
    assert!(help.contains("formula"), "{help}");
}

proptest! {
    #[test]
    fn any_text_comes_back_from_csv(rows in rows()) {
        let written = written(&Flat(rows.clone()), Format::Csv);
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        prop_assert_eq!(reader.headers().expect("a header"), vec!["text", "count"]);
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
            .collect();
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|(text, count)| {
                vec![text.clone().unwrap_or_default(), count.map(|n| n.to_string()).unwrap_or_default()]
            })
            .collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn any_text_comes_back_from_json_lines(rows in rows()) {
        let written = written(&Flat(rows.clone()), Format::Jsonl);
        let read: Vec<serde_json::Value> = written
            .split_terminator('\n')
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect();
        let expected: Vec<serde_json::Value> =
            rows.iter().map(|(text, count)| serde_json::json!({"text": text, "count": count})).collect();
        prop_assert_eq!(read, expected);
    }
}

/// Records of a text and a number, both of which may be absent.
#[derive(Debug, Serialize)]
struct Flat(Vec<(Option<String>, Option<i64>)>);

impl Report for Flat {
    fn doc(&self) -> Doc<'_> {
        Doc::new("Records")
    }

    fn records(&self) -> Records<'_> {
        let rows = self.0.iter();
        Records::new(
            &["text", "count"],
            rows.map(|(text, count)| [text.as_deref().into(), Value::from(*count)]),
        )
    }
}

fn written(records: &Flat, format: Format) -> String {
    render(records, format, TerminalOptions { width: 80, color: false })
}

/// Any Unicode text, with extra delimiters and line breaks.
fn rows() -> impl Strategy<Value = Vec<(Option<String>, Option<i64>)>> {
    let text = prop_oneof![any::<String>(), "[\",;=\r\n\t a\u{feff}\u{2028}é]{0,6}"];
    prop::collection::vec((prop::option::of(text), any::<Option<i64>>()), 0..5)
}
