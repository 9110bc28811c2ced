//! Tests the output, standard error and exit code of each command in each format.

use insta::assert_snapshot;

use crate::support::fixtures;
use crate::support::{Rolebook, commands, rolebook};

/// A snapshot of one run, named by the test.
macro_rules! shows {
    ($($name:ident: $arguments:expr;)*) => {
        $(#[test] fn $name() { assert_snapshot!(rolebook($arguments).run()); })*
    };
}

shows! {
    compare_table: "compare";
    compare_json: "compare --json";
    compare_markdown: "compare -f markdown";
    compare_in_another_order: "compare po pm --section choosing";
    compare_family: "compare --family product --section choosing";
    compare_section: "compare --section skills";
    compare_section_by_title: "compare --section ADVANTAGES";
    compare_only_shared: "compare --only shared";
    compare_only_partial_and_different: "compare --only partial --only different --section drawbacks";
    compare_nothing_left: "compare --section drawbacks --only shared";
    compare_cite_table: "compare --section companies --cite";
    compare_cite_markdown: "compare --section companies --cite -f markdown";
    compare_20_columns: "compare --section drawbacks --width 20";
    compare_60_columns: "compare --section drawbacks --width 60";
    compare_100_columns: "compare --section drawbacks --width 100";
    compare_160_columns: "compare --section drawbacks --width 160";

    skills_table: "skills";
    skills_json: "skills --json";
    skills_markdown: "skills -f markdown";
    skills_kind: "skills --kind business";
    skills_only: "skills --only partial";
    skills_of_one_role: "skills po";
    skills_cite: "skills --kind technical --cite";
    skills_60_columns: "skills --kind soft --width 60";

    move_table: "skills --from po --to pm";
    move_json: "skills --from po --to pm --json";
    move_markdown: "skills --from po --to pm -f markdown";
    move_back: "skills --from pm --to po --kind soft";
    move_20_columns: "skills --from po --to pm --kind business --width 20";
    move_160_columns: "skills --from po --to pm --width 160";

    questions_table: "quiz --questions";
    questions_json: "quiz --questions --json";
    questions_markdown: "quiz --questions -f markdown";
    questions_of_hiring: "quiz hiring --questions";

    quiz_winner_table: "quiz --answer technical-depth=build --answer people=many --answer customer=distance";
    quiz_winner_json: "quiz --answer technical-depth=build --answer people=many --answer customer=distance --json";
    quiz_winner_markdown:
        "quiz --answer technical-depth=build --answer people=many --answer customer=distance -f markdown";
    quiz_winner_60_columns:
        "quiz --answer technical-depth=build --answer people=many --answer customer=distance --width 60";
    quiz_winner_20_columns:
        "quiz --answer technical-depth=build --answer people=many --answer customer=distance --width 20";
    quiz_all_for_one: "quiz --answer technical-depth=follow --answer people=many --answer customer=boss";
    quiz_tie_table: "quiz --answer technical-depth=build --answer people=many --answer customer=not-sure";
    quiz_tie_json: "quiz --answer technical-depth=build --answer people=many --answer customer=not-sure --json";
    quiz_tie_markdown:
        "quiz --answer technical-depth=build --answer people=many --answer customer=not-sure -f markdown";
    quiz_all_not_sure:
        "quiz --answer technical-depth=not-sure --answer people=not-sure --answer customer=not-sure";
    quiz_skipped_table: "quiz --answer technical-depth= --answer people=team --answer customer=";
    quiz_skipped_json: "quiz --answer technical-depth= --answer people=team --answer customer= --json";
    quiz_all_skipped: "quiz --answer technical-depth= --answer people= --answer customer= --json";
    quiz_hiring_for_both:
        "quiz hiring --answer stage=grown --answer core=core --answer digital=yes --answer model=settled --answer means=two";
    quiz_hiring_with_notes:
        "quiz hiring --answer stage=first-days --answer product=side --answer model=open --answer means=none";
    quiz_hiring_markdown:
        "quiz hiring --answer stage=grown --answer core=core --answer digital=yes --answer model=open --answer means=one -f markdown";

    export_markdown: "export";
    export_table: "export -f table";
    export_json: "export --json";
    export_one_role: "export po";
    export_cite: "export --cite";

    roles_table: "roles";
    roles_json: "roles --json";
    roles_markdown: "roles -f markdown";
    roles_of_a_family: "roles --family Product --width 60";

    show_table: "show pm";
    show_json: "show pm --json";
    show_markdown: "show pm -f markdown";
    show_cite: "show po --cite";
    show_40_columns: "show po --width 40";

    // Colour, once a kind of block: headings, tables, stacked rows, lists, bars, commands.
    color_in_a_table: "compare --section drawbacks --color always --cite";
    color_in_stacked_rows: "compare --section drawbacks --color always --width 50";
    color_in_questions: "quiz hiring --questions --color always";
    color_in_a_result:
        "quiz --color always --answer technical-depth=build --answer people=many --answer customer=distance";
    color_in_a_profile: "show pm --color always";
    color_in_an_error: "compare pm chef --color always";
    color_in_help: "roles --help --color always";

    version: "--version";
    version_in_short: "-V";
    help_in_short: "-h";
    help_at_length: "--help";
    help_40_columns: "--help --width 40";
    nothing_asked: "";
}

#[test]
fn help_of_every_command() {
    for command in commands() {
        let [short, long] = ["-h", "--help"].map(|help| rolebook(&command).arg(help).run());
        assert_snapshot!(format!("help_of_{command}"), format!("{short}\n{long}"));
    }
}

/// An example that is wrapped cannot be copied.
#[test]
fn examples_fit_eighty_columns() {
    for command in commands() {
        let help = rolebook(&command).args("--help --width 80").run().answer();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
        for line in examples.lines() {
            assert!(line.starts_with("  rolebook") || line.starts_with("  source"), "{command}: {line}");
        }
    }
}

#[test]
fn answers_from_standard_input() {
    let answers = r#"{"technical-depth": "follow", "people": null}"#;
    assert_snapshot!(rolebook("quiz --answers - --answer customer=boss").stdin(answers).run());
}

/// A role can be named by id, alias or title, in any case.
#[test]
fn roles_by_any_name() {
    let wanted = rolebook("compare product-manager product-owner").run().answer();
    for names in [["pm", "po"], ["Product Manager", "PRODUCT OWNER"], ["PM", "product owner"]] {
        let run = names.into_iter().fold(rolebook("compare"), Rolebook::arg).run();
        assert_eq!(run.answer(), wanted, "{names:?}");
    }
}

/// Where no other command is meant, options may stand before it or behind it.
#[test]
fn global_options_stand_anywhere() {
    let wanted = rolebook("compare --json").run().answer();
    for arguments in [
        "--json compare",
        "-f json compare",
        "compare --format=json",
        "compare -fjson",
        "--json compare -f json",
    ] {
        assert_eq!(rolebook(arguments).run().answer(), wanted, "{arguments}");
    }
}

#[test]
fn quiet_leaves_out_the_note() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = rolebook("export -q -o roles.md").folder(folder.path()).run();
    assert_eq!(run.answer(), "");
    let run = rolebook("export --force -o roles.md").folder(folder.path()).run();
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", "wrote roles.md\n"));
}

/// Commands are never wrapped, however narrow the page, so they can be pasted into a shell.
#[test]
fn a_command_can_be_copied() {
    let arguments =
        "quiz career --answer technical-depth=build --answer people=many --answer customer=distance";
    for width in 20..=120 {
        let page = rolebook(arguments).args("--width").arg(width.to_string()).run().answer();
        let (_, shown) = page.trim_end().rsplit_once("To read more:").expect("the command comes last");
        let read = shown.replace("\\\n", "");
        let words: Vec<&str> = read.split_whitespace().collect();
        assert_eq!(words.join(" "), "rolebook show product-owner", "--width {width}");
    }
}

/// `help COMMAND` prints the same as `COMMAND --help`.
#[test]
fn help_is_a_command_too() {
    assert_eq!(rolebook("help").run().answer(), rolebook("--help").run().answer());
    for command in commands() {
        let named = rolebook("help").arg(&command).run().answer();
        assert_eq!(named, rolebook(&command).arg("--help").run().answer(), "{command}");
    }
    let unknown = rolebook("help comprae").run();
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("`compare`"), "{unknown}");
}

/// The difference between the built-in roles on one screen, and as much of it in every format.
#[test]
fn a_brief_comparison_is_one_screen() {
    let lines = rolebook("compare --brief --width 80").run().answer().lines().count();
    assert!((24..=40).contains(&lines), "{lines} lines");
    let brief = rolebook("compare --brief --json").run().json();
    let sections = brief["sections"].as_array().expect("sections");
    let aspects: Vec<_> =
        sections.iter().flat_map(|section| section["aspects"].as_array().expect("aspects")).collect();
    assert!(
        (6..=8).contains(&aspects.len()) && aspects.iter().all(|aspect| aspect["key"] == true),
        "{brief}"
    );
    assert!(brief["comparison"]["text"].as_str().is_some_and(|text| text.len() > 100));
    assert_snapshot!(rolebook("compare --brief -f markdown").run());
    // Where no aspect is key, sections are counted.
    assert_snapshot!(rolebook("compare --brief -d axes.yaml").folder(&fixtures()).run());
}
