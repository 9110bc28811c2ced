//! Tests `rolebook import`: spreadsheets become datasets, and problems are reported by cell.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::subsequence;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::fixtures;
use crate::support::{Rolebook, Run, rolebook};

fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")
}

fn import(arguments: &str) -> Rolebook {
    rolebook("import").args(arguments).folder(&tables())
}

/// Imports a table, which must give a valid dataset.
fn imported(run: Run) -> String {
    assert_eq!(run.code, Some(0), "{run}");
    let checked = rolebook("check -").stdin(run.stdout.clone()).run();
    assert_eq!(checked.code, Some(0), "{}\n{checked}", run.stdout);
    run.stdout
}

#[test]
fn tables_in_the_shapes_that_people_have() {
    for arguments in [
        "matrix.csv",
        "matrix.xlsx",
        "ladder.csv",
        "long.csv",
        "marks.csv",
        "levels.csv",
        "needs.csv --map two.yaml",
        "marks.csv --json",
        "forged.xlsx",
        "legend.csv",
        "reviews.csv",
        "groups.csv",
        "deutsch.csv",
        "levels-and-roles.csv",
        "job-families.csv",
        "career-levels.csv",
        "decimals.csv",
        "asides.csv",
        "stars.csv",
        "merged.xlsx",
        "percent.csv",
        "percent.xlsx",
        "half.csv",
        "zero.csv",
        "symbols.csv",
        "balls.csv",
        "hr.csv",
        "behaviour.tsv",
        "names.csv",
        "below.csv",
        "rows.csv",
        "sep.csv",
    ] {
        let run = import(arguments).run();
        insta::assert_snapshot!(run);
        if !arguments.contains("json") {
            imported(run);
        }
    }
}

#[test]
fn problems_are_named_by_cell_in_every_format() {
    for arguments in [
        "odd-cells.csv",
        "months.csv",
        "odd-mark.csv",
        "small-slip.csv",
        "broken.xlsx",
        "broken.xlsx --message-format json",
        "broken.xlsx -f github",
        "broken.xlsx --json",
        "broken.xlsx -f sarif",
        "dates-1904.xlsx",
        "words-among-numbers.csv",
        "marks-among-levels.csv",
    ] {
        let run = import(arguments).run();
        assert_eq!(run.code, Some(2), "{run}");
        insta::assert_snapshot!(run);
    }
}

/// In CI, the report has to be there however the import ends.
#[test]
fn a_report_on_problems_is_printed_with_or_without_problems() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("good.csv", "skill,analyst\nSQL,basic\nCharts,expert\n");
    write("bad.csv", "skill,analyst\nSQL,#REF!\n");
    write("prose.csv", "Once upon a time\n");
    write("map.yaml", "map: 1\nid: x\ntables: 3\n");
    let run = |arguments: &str| rolebook("import").args(arguments).folder(folder.path()).run();
    for (arguments, code) in [
        ("good.csv", 0),
        ("good.csv -o good.yaml", 0),
        ("good.csv -o good.yaml --check", 0),
        ("bad.csv -o bad.yaml", 2),
        ("prose.csv", 2),
        ("gone.csv", 2),
        ("good.csv --map map.yaml", 2),
        ("bad.csv --check -o good.yaml", 2),
    ] {
        let github = run(&format!("{arguments} -f github"));
        assert_eq!(github.code, Some(code), "{github}");
        assert_eq!(github.stdout.is_empty(), code == 0, "{github}");
        let force = if arguments.contains("-o") { "--force" } else { "" };
        let sarif = run(&format!("{arguments} -f sarif {force}"));
        let log: serde_json::Value = serde_json::from_str(&sarif.stdout).expect("a log");
        let is_complete = log["runs"][0]["invocations"][0]["executionSuccessful"] == true;
        let is_empty = log["runs"][0]["results"].as_array().is_some_and(Vec::is_empty);
        assert_eq!(is_complete && is_empty, code == 0, "{sarif}");
        insta::assert_snapshot!(github);
    }
    write(
        "good.yaml",
        &fs::read_to_string(folder.path().join("good.yaml")).unwrap_or_default().replace("SQL", "PQL"),
    );
    for missing in [run("good.csv --check -o gone.yaml -f github"), run("good.csv --check -o gone.yaml")] {
        assert_eq!(missing.code, Some(1), "{missing}");
        insta::assert_snapshot!(missing);
    }
    for format in ["github", "sarif", "json"] {
        let outdated = run(&format!("good.csv --check -o good.yaml -f {format}"));
        assert_eq!(outdated.code, Some(1), "{outdated}");
        insta::assert_snapshot!(outdated);
    }
    assert!(!folder.path().join("bad.yaml").exists(), "nothing is written where something is wrong");
}

#[test]
fn what_is_no_table_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a file");
    write("latin.csv", b"skill,caf\xe9\n");
    write("quote.csv", b"skill,analyst\nSQL,\"basic\nCharts,expert\n");
    write("empty.csv", b"");
    write("prose.csv", b"Once upon a time\nthere was a role\n");
    write("names.csv", b"skill,analyst,analyst,\nSQL,a,b,c\n");
    write("other.csv", b"a,b\n1,2\n3,4\n");
    write("no-role.csv", b"skill,level\nSQL,basic\n");
    write("dataset.yaml", b"rolebook: 1\nid: a\ntitle: A\nroles: []\nsections: []\n");
    write("old.xls", b"skill,analyst\nSQL,basic\n");
    write("text.xlsx", b"skill,analyst\nSQL,basic\n");
    write("map.yaml", b"map: 1\nid: x\ntables: [{layout: tall, columns: [{at: A, is: skil}]}]\n");
    write(
        "unfit.yaml",
        b"map: 1\nid: x\ntitle: X\ntables: [{layout: wide, columns: [{at: A1, is: aspect}]}]\n",
    );
    let here = |arguments: &str| rolebook("import").args(arguments).folder(folder.path()).run();
    for arguments in [
        "latin.csv",
        "quote.csv",
        "empty.csv",
        "prose.csv",
        "names.csv",
        "other.csv",
        "no-role.csv --layout long",
        "gone.csv",
        "other.csv --sheet A",
        "other.csv --map map.yaml",
        "other.csv --map unfit.yaml",
        "other.csv -f html",
        "other.csv --check",
        "quote.csv -o out.yaml",
        "dataset.yaml",
        "old.xls",
        "text.xlsx",
    ] {
        let run = here(arguments);
        assert_eq!(run.code, Some(2), "{run}");
        insta::assert_snapshot!(run);
    }
    assert_eq!(here("other.csv --write-map unclear.yaml").code, Some(2));
    insta::assert_snapshot!(
        fs::read_to_string(folder.path().join("unclear.yaml")).expect("a map to correct")
    );
    assert!(!folder.path().join("out.yaml").exists(), "nothing is written where something is wrong");
    for arguments in [
        "far.xlsx",
        "bomb.xlsx",
        "strings.xlsx",
        "truncated.xlsx",
        "password.xlsx",
        "matrix.xlsx --sheet skils",
        "matrix.xlsx --sheet notes",
    ] {
        let run = import(arguments).run();
        assert_eq!(run.code, Some(2), "{run}");
        insta::assert_snapshot!(run);
    }
}

#[test]
fn a_guess_becomes_a_map_and_the_map_the_same_dataset() {
    let folder = TempDir::new().expect("a folder");
    for table in [
        "matrix.csv",
        "matrix.xlsx",
        "ladder.csv",
        "long.csv",
        "marks.csv",
        "levels.csv",
        "half.csv",
        "zero.csv",
        "percent.xlsx",
        "symbols.csv",
        "merged.xlsx",
    ] {
        fs::copy(tables().join(table), folder.path().join(table)).expect("a file");
        let here = |arguments: &str| rolebook("import").args(arguments).folder(folder.path()).run();
        let guessed = here(&format!("{table} -q")).answer();
        assert_eq!(
            here(&format!("{table} --write-map {table}.yaml")).stdout,
            "",
            "the map alone was asked for"
        );
        let map = fs::read_to_string(folder.path().join(format!("{table}.yaml"))).expect("the map");
        insta::assert_snapshot!(map);
        assert_eq!(here(&format!("{table} --map {table}.yaml -q")).answer(), guessed, "{table}");
    }
}

#[test]
fn what_a_map_says_about_the_dataset_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write(
        "roles.csv",
        "role,family,skill,level,text,source,voice\n\
         Analyst,Data,SQL,basic,Writes queries,Guide,Ada\n\
         Clerk,Office,SQL,basic,Reads reports,Blog,Bob\n",
    );
    let parts = "\
sources:
  - id: guide
    title: Guide
    author: Ada
    meta: {page: 7, weight: 1.0, huge: 1e+300, tags: [a, null, true], deep: {a: {b: [{c: 1}]}}}
voices:
  - {id: ada, name: Ada, title: Lead, meta: {mail: ada@example.com}}
scales:
  - id: level
    title: Level
    levels: [{id: basic, title: Basic, summary: With help, meta: {points: 1}}]
    meta: {owner: people team}
families:
  - id: data
    title: Data
    tracks: [{id: lead, title: Lead, meta: {code: L}}]
    meta: {head: -1}
";
    let columns =
        "ABCDEFG".chars().zip(["role-title", "family", "aspect", "level", "text", "source", "voice"]);
    let columns: Vec<String> = columns.map(|(at, is)| format!("{{at: {at}, is: {is}}}")).collect();
    let columns = columns.join(", ");
    write(
        "map.yaml",
        &format!("map: 1\nid: x\ntitle: X\n{parts}tables: [{{layout: long, columns: [{columns}]}}]\n"),
    );
    insta::assert_snapshot!(imported(
        rolebook("import roles.csv --map map.yaml").folder(folder.path()).run()
    ));
}

#[test]
fn levels_are_ordered_as_far_as_possible() {
    let levels = |cells: &[&str]| {
        let rows = cells
            .iter()
            .enumerate()
            .flat_map(|(at, level)| (0..2).map(move |twice| format!("Role {twice},Skill {at},{level}\n")));
        let table = format!("role,skill,level\n{}", rows.collect::<String>());
        let run = rolebook("import -").stdin(table).run();
        let notes =
            run.stderr.lines().filter(|line| line.starts_with("levels")).collect::<Vec<_>>().join("\n");
        imported(run);
        notes
    };
    let orders = [
        levels(&["L3", "L1", "L2"]),
        levels(&["L3", "L1", "Guru", "L2"]),
        levels(&["2 - Foo", "1 - Bar", "Guru", "Legend"]),
        levels(&["IC2", "M1", "IC1"]),
        levels(&["2 - Foo", "2 - Bar", "1 - Baz"]),
        levels(&["Guru", "Wizard"]),
        levels(&["yes", "partly", "no", "mostly"]),
        levels(&["fully", "partly", "none"]),
        levels(&["expert", "guru", "basic"]),
        levels(&["B1", "A2", "C1"]),
    ];
    insta::assert_snapshot!(orders.join("\n"));
    let ranked = "role,skill,level,rank of level,level title\nA,B,low,2,Some\nA,C,high,1,Much\n";
    let map = "map: 1\nid: x\ntitle: X\ntables: [{layout: long, columns: [{at: A, is: role-title}, {at: B, is: \
               aspect}, {at: C, is: level}, {at: D, is: level-rank}, {at: E, is: level-title}]}]\n";
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("ranked.csv"), ranked).expect("a file");
    fs::write(folder.path().join("map.yaml"), map).expect("a file");
    insta::assert_snapshot!(rolebook("import ranked.csv --map map.yaml").folder(folder.path()).run());
}

/// In both layouts, a mark says that the role needs the skill and not at which level.
#[test]
fn marks_are_no_levels() {
    let read = |table: &str| imported(rolebook("import -").stdin(table).run());
    let long = read("role,skill,level\nAnn,Talks,x\nAnn,Maths,x\nBob,Maths,(x)\nBob,Talks,-\n");
    assert_eq!(long, read("skill,Ann,Bob\nTalks,x,-\nMaths,x,(x)\n"));
    assert!(long.contains("id: needed") && long.contains("optional: true"), "{long}");
    let graded = read("skill,Ann,Bob\nTalks,yes,partly\nMaths,partly,yes\nLogic,no,yes\n");
    insta::assert_snapshot!(graded);
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("marks.csv", "skill,Ann,Bob\nTalks,x,x\nMaths,x,\n");
    write(
        "map.yaml",
        "map: 1\nid: x\ntitle: X\nscales: [{id: l, title: L, levels: [{id: basic, title: Basic}]}]\n\
         values: [{cell: x, level: basic}]\n\
         tables: [{layout: wide, kind: general, columns: [{at: A, is: aspect}, {at: B, is: role}]}]\n",
    );
    let mapped = imported(rolebook("import marks.csv --map map.yaml").folder(folder.path()).run());
    assert!(mapped.contains("needs: {ann: basic}"), "what the map says of a mark counts: {mapped}");
}

#[test]
fn what_holds_something_else_is_no_table() {
    let dataset = "rolebook: 1\nid: a\ntitle: A\nroles: []\nsections: []\n";
    let runs = ["{\"rolebook\": 1}", "[1, 2]", dataset].map(|text| {
        let run = rolebook("import -").stdin(text).run();
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
        run.stderr
    });
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn two_results_need_two_files() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("roles.csv"), "skill,Ann\nTalks,x\n").expect("a file");
    for map in ["q.yaml", "./q.yaml", "../FOLDER/q.yaml"] {
        let name = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
        let map = map.replace("FOLDER", &name);
        let run = rolebook("import roles.csv -o q.yaml --write-map").arg(&map).folder(folder.path()).run();
        assert_eq!(run.code, Some(2), "{run}");
        assert_eq!(
            run.stderr,
            "error: two results would be written to `q.yaml`\nhint: give each a file of its own\n",
            "{map}"
        );
        assert!(!folder.path().join("q.yaml").exists(), "nothing is written");
    }
}

#[test]
fn a_sheet_can_stay_the_source() {
    let folder = TempDir::new().expect("a folder");
    fs::copy(tables().join("matrix.csv"), folder.path().join("roles.csv")).expect("a file");
    let here = |arguments: &str| rolebook("import roles.csv").args(arguments).folder(folder.path()).run();
    assert_eq!(here("--check -o roles.yaml -q").code, Some(1), "there is no dataset yet");
    assert_eq!(here("-o roles.yaml").code, Some(0));
    assert_eq!(here("--check -o roles.yaml").code, Some(0));
    let again = here("-o again.yaml -q");
    assert_eq!(again.code, Some(0), "{again}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!(read("roles.yaml").replace("roles", ""), read("again.yaml").replace("roles", ""));
    fs::write(folder.path().join("roles.csv"), read("roles.csv").replace("1 - Basic", "Working"))
        .expect("a file");
    insta::assert_snapshot!(here("--check -o roles.yaml"));
    let exists = here("-o roles.yaml");
    assert_eq!(exists.code, Some(2), "a file is overwritten only with --force: {exists}");
}

/// The records of a CSV file without some columns, in any order.
fn records(csv: &str, without: &[&str]) -> BTreeSet<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
    let records = reader.records().map(|record| {
        let record = record.expect("a record");
        let values = names.iter().zip(&record).filter(|(name, _)| !without.contains(&name.as_str()));
        let values: BTreeSet<String> = values.map(|(name, value)| format!("{name}: {value}")).collect();
        values.into_iter().collect()
    });
    records.collect()
}

/// Exports a dataset, imports that, and exports it again.
fn there_and_back(dataset: &str, command: &str, without: &[&str]) {
    let exported = rolebook(command).args("-d -").stdin(dataset).run().answer();
    if exported.lines().count() < 2 {
        return;
    }
    let yaml = imported(rolebook("import -").stdin(exported.clone()).run());
    let again = rolebook(command).args("-d -").stdin(yaml.clone()).run().answer();
    let [again, exported] = [again, exported].map(|csv| records(&csv, without));
    let lost: Vec<_> = exported.symmetric_difference(&again).collect();
    assert!(lost.is_empty(), "{command}\n{lost:#?}\n{yaml}");
}

/// No table tells of levels, scales and roles that nothing uses, nor where a statement is inherited from.
const FLAT: &[&str] = &["inherited_from", "level_rank", "relation", "scale"];
/// A skill without levels has no scale; `yes` becomes one.
const WIDE: &[&str] = &["levels", "scale"];

#[test]
fn exported_tables_are_read_back() {
    for fixture in fs::read_dir(fixtures()).expect("a folder") {
        let path = fixture.expect("a file").path();
        if path.file_stem().is_some_and(|name| name == "broken") {
            continue;
        }
        let dataset = fs::read_to_string(&path).expect("a fixture is text");
        if dataset.contains("roles: []") {
            continue;
        }
        there_and_back(&dataset, "export -f csv", FLAT);
        there_and_back(&dataset, "skills --matrix -f csv", WIDE);
    }
}

/// A matrix tells all levels in their order, and what is optional.
#[test]
fn a_matrix_keeps_the_order_of_levels() {
    let matrix = rolebook("skills --matrix -f csv -d tracks.yaml").folder(&fixtures()).run().answer();
    let run = rolebook("import -").stdin(matrix).run();
    let levels: Vec<&str> =
        run.stdout.lines().skip_while(|line| !line.contains("levels:")).skip(1).take(4).collect();
    let ids = ["awareness", "working", "practitioner", "expert"];
    for (line, id) in levels.iter().zip(ids) {
        assert!(line.contains(&format!("id: {id},")), "{run}");
    }
    assert!(run.stdout.contains("optional: true"), "{run}");
}

/// A workbook with one sheet of these texts.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).expect("few columns"));
    let row = |(number, row): (usize, &Vec<String>)| {
        let cells = row.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(at, text)| {
            format!("<c r=\"{}{number}\" t=\"inlineStr\"><is><t>{}</t></is></c>", letter(at), escaped(text))
        });
        format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
    };
    let sheet: String = (1..).zip(rows).map(row).collect();
    let parts = [
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>".to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"a\" Target=\"worksheets/s.xml\"/></Relationships>".to_owned(),
        ),
        ("xl/worksheets/s.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        archive.start_file(path, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    }
    archive.finish().expect("an archive").into_inner()
}

fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("a record");
    }
    writer.into_inner().expect("all is written")
}

/// A table with headings, skills and cells of one kind.
fn any_table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell =
        prop_oneof![Just(""), Just("Basic"), Just("Working"), Just("2 - Working"), Just("Expert"), Just("-")];
    (2..5usize, 2..7usize).prop_flat_map(move |(roles, skills)| {
        let cells = proptest::collection::vec(proptest::collection::vec(cell.clone(), roles), skills);
        let texts = proptest::collection::vec("[A-Za-zé&<\"', ]{0,12}", skills);
        (cells, texts).prop_map(move |(cells, texts)| {
            let head = ["Category".to_owned(), "Skill".to_owned()].into_iter();
            let head = head.chain((0..roles).map(|role| format!("Role {role}"))).collect();
            let rows = cells.into_iter().zip(texts).enumerate().map(|(number, (cells, text))| {
                let section = if number % 3 == 0 { format!("Group {}", number / 3) } else { String::new() };
                let skill = format!("Skill {number} {}", text.trim());
                [section, skill].into_iter().chain(cells.into_iter().map(str::to_owned)).collect()
            });
            std::iter::once(head).chain(rows).collect()
        })
    })
}

/// A table of levels in one of the ways in which people write them.
fn any_levels() -> impl Strategy<Value = Vec<Vec<String>>> {
    let ways: [&[&str]; 7] = [
        &["0", "1", "3", "4", "7"],
        &["1.5", "2", "2.5", "4", ""],
        &["0 - Nothing", "1 - Some", "3 - Much", "1", "3"],
        &["10%", "35%", "80%", "100%", "-"],
        &["○", "◔", "◑", "◕", "●"],
        &["L1", "L3", "L4", "L12", ""],
        &["Basic", "Working", "Expert", "guru", ""],
    ];
    (0..ways.len(), 2..4usize, 2..6usize).prop_flat_map(move |(way, roles, skills)| {
        let cells = ways[way].iter().copied().map(str::to_owned).collect::<Vec<_>>();
        let rows = proptest::collection::vec(
            proptest::collection::vec(proptest::sample::select(cells), roles),
            skills,
        );
        rows.prop_map(move |rows| {
            let head =
                std::iter::once("Skill".to_owned()).chain((0..roles).map(|role| format!("Role {role}")));
            let rows = rows.into_iter().enumerate();
            let rows =
                rows.map(|(skill, cells)| std::iter::once(format!("Skill {skill}")).chain(cells).collect());
            std::iter::once(head.collect()).chain(rows).collect()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_framework_is_read_back(dataset in crate::cli::diff::frameworks()) {
        there_and_back(&dataset.to_string(), "export -f csv", FLAT);
        there_and_back(&dataset.to_string(), "skills --matrix -f csv", WIDE);
    }

    /// CSV and a workbook give the same dataset, every time.
    #[test]
    fn kinds_of_files_do_not_matter(table in any_table()) {
        let csv = rolebook("import -").stdin(as_csv(&table)).run();
        let again = rolebook("import -").stdin(as_csv(&table)).run();
        let xlsx = rolebook("import -").stdin(workbook(&table)).run();
        assert_eq!((csv.code, &csv.stdout), (xlsx.code, &xlsx.stdout), "{csv}\n{xlsx}");
        assert_eq!(csv.stdout, again.stdout);
        imported(csv);
    }

    /// A guess, written as a map, means the same.
    #[test]
    fn a_map_of_any_levels_gives_the_same_dataset(table in any_levels()) {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("table.csv"), as_csv(&table)).expect("a file");
        let run = |options: &str| rolebook(&format!("import table.csv -q {options}")).folder(folder.path()).run();
        let guessed = run("");
        prop_assume!(guessed.code == Some(0));
        prop_assert_eq!(run("--write-map map.yaml").code, Some(0));
        let mapped = run("--map map.yaml");
        prop_assert_eq!((mapped.code, &mapped.stdout), (Some(0), &guessed.stdout), "{}", mapped);
    }

    /// The order of the columns does not matter.
    #[test]
    fn the_order_of_columns_does_not_matter(
        (table, order) in any_table().prop_flat_map(|table| {
            let columns: Vec<usize> = (0..table[0].len()).collect();
            (Just(table), Just(columns).prop_shuffle())
        }),
    ) {
        let permuted: Vec<Vec<String>> =
            table.iter().map(|row| order.iter().map(|at| row[*at].clone()).collect()).collect();
        let exported = |table: &[Vec<String>]| {
            let yaml = imported(rolebook("import -").stdin(as_csv(table)).run());
            records(&rolebook("skills --matrix -f csv -d -").stdin(yaml).run().answer(), &[])
        };
        prop_assert_eq!(exported(&table), exported(&permuted), "{:?}", permuted);
    }

    /// Arbitrary bytes give a dataset or an error, never a crash.
    #[test]
    fn no_bytes_are_too_strange(
        keep in subsequence((0..2001usize).collect::<Vec<_>>(), 1900..2001),
        text in "[ -~\u{a0}é\n\t\"',;|]{0,200}",
    ) {
        let whole = fs::read(tables().join("matrix.xlsx")).expect("a workbook");
        let damaged: Vec<u8> = keep.iter().filter_map(|at| whole.get(*at)).copied().collect();
        for input in [damaged, text.into_bytes()] {
            let run = rolebook("import -").stdin(input).run();
            prop_assert!(matches!(run.code, Some(0 | 2)), "{}", run);
        }
    }
}
