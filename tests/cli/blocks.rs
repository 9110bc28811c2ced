//! Tests `export --into` and `export --check`: generated blocks in files and folders.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;
use proptest::prelude::*;
use rolebook::doc::{Bar, Block, Doc, Line, Table, Tone};
use rolebook::pages::{BlockContent, Page, State, Syntax};
use rolebook::render::{Fragment, render_fragment};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::mdx::parsed;
use crate::support::plain_report::PlainReport;
use crate::support::{Run, matrix, rolebook};

const BLOCK: &str = "<!-- rolebook: roles -->\n<!-- /rolebook -->\n";

const MDX_BLOCK: &str = "{/* rolebook: roles */}\n{/* /rolebook */}\n";

const STUDIO: &str = "\
rolebook: 1
id: studio
title: A studio
roles: [{id: potter, title: Potter}, {id: glazier, title: Glazier}]
sections:
  - id: work
    title: Work
    aspects: [{id: kiln, title: Kiln, statements: [{id: fires, roles: [potter], text: Fires the kiln}]}]
";

/// A folder with these files.
fn folder<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("the file can be read")
}

fn run(folder: &TempDir, arguments: &str) -> Run {
    rolebook(arguments).folder(folder.path()).run()
}

/// The codes of the errors of a run, with file and line, and its exit code.
fn errors(folder: &TempDir, arguments: &str) -> (Vec<String>, Option<i32>) {
    let Run { stdout, code, .. } = run(folder, &format!("{arguments} --json"));
    let report: Value = serde_json::from_str(&stdout).expect("the report is JSON");
    let errors = report["errors"].as_array().expect("errors are a list").iter().map(|error| {
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{} {}", text("file"), error["line"], text("code"))
    });
    (errors.collect(), code)
}

/// The states of the blocks of a run, and its exit code.
fn states(folder: &TempDir, arguments: &str) -> (Vec<String>, Option<i32>) {
    let Run { stdout, code, .. } = run(folder, &format!("{arguments} --json"));
    let report: Value = serde_json::from_str(&stdout).expect("the report is JSON");
    let files = report["files"].as_array().expect("files are a list");
    let blocks = files.iter().flat_map(|file| file["blocks"].as_array().expect("blocks are a list"));
    (blocks.map(|block| block["state"].as_str().expect("a state").to_owned()).collect(), code)
}

#[test]
fn a_page_is_filled() {
    let folder = folder([(
        "page.md",
        "# Page\n\n## Roles\n\n<!-- rolebook: roles -->\n<!-- /rolebook -->\n\nMore.\n",
    )]);
    let run = run(&folder, "export --into page.md");
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "updated page.md (1 block)\n")
    );
    assert_snapshot!(read(&folder, "page.md"));
}

#[test]
fn an_html_page_is_filled_with_html() {
    let folder = folder([(
        "page.html",
        "<h1>Page</h1>\n<!-- rolebook: roles -->\n<!-- /rolebook -->\n<p>More.</p>\n",
    )]);
    assert_eq!(run(&folder, "export --into page.html").code, Some(0));
    assert_snapshot!(read(&folder, "page.html"));
}

#[test]
fn an_mdx_page_is_filled_with_mdx() {
    let dataset = STUDIO.replace("Glazier", "'Glazier of {glass} <or> https://example.org/{a}'");
    let folder = folder([
        ("rolebook.yaml", dataset.as_str()),
        (
            "page.mdx",
            "import Tabs from 'tabs'\n\n# Page\n\n<Tabs>\n\n    {/* rolebook: compare */}\n    {/* /rolebook */}\n\n</Tabs>\n",
        ),
        ("bad.mdx", BLOCK),
    ]);
    assert_eq!(run(&folder, "export --into page.mdx").code, Some(0));
    let written = read(&folder, "page.mdx");
    parsed(&written, true);
    assert_snapshot!(written);
    assert_eq!(run(&folder, "export --check page.mdx").stdout, "1 block is fresh.\n");
    assert_snapshot!(run(&folder, "export --check bad.mdx"));
}

#[test]
fn blocks_in_indented_containers_are_indented_alike() {
    let indented = |indent: &str| BLOCK.replace("<!--", &format!("{indent}<!--"));
    let page = format!(
        "# Page\n\n!!! note \"Roles\"\n\n{}\n=== \"One\"\n\n{}\n1.  Step\n\n{}\n{BLOCK}",
        indented("    "),
        indented("    "),
        indented("    "),
    );
    let folder = folder([("rolebook.yaml", STUDIO), ("page.md", page.as_str())]);
    assert_eq!(run(&folder, "export --into page.md").stderr, "updated page.md (4 blocks)\n");
    assert_snapshot!(read(&folder, "page.md"));
    assert_eq!(run(&folder, "export --check page.md").stdout, "All 4 blocks are fresh.\n");
    let closings = read(&folder, "page.md");
    let mut closings: Vec<&str> =
        closings.lines().map(str::trim_start).filter(|line| line.starts_with("<!-- /rolebook")).collect();
    closings.dedup();
    assert_eq!(closings.len(), 1, "the indent is part of the checksum: {closings:?}");
}

/// A marker that cannot be a block is never passed over in silence.
#[test]
fn markers_that_cannot_be_blocks_are_reported() {
    let folder = folder([(
        "page.md",
        "Code:\n\n    <!-- rolebook: roles -->\n    <!-- /rolebook -->\n\n> <!-- rolebook: roles -->\n> <!-- /rolebook -->\n\n\
         - <!-- rolebook: roles -->\n  <!-- /rolebook -->\n\n!!! note\n    <!-- rolebook: roles -->\n<!-- /rolebook -->\n",
    )]);
    assert_snapshot!(run(&folder, "export --check page.md"));
}

/// A slip in a marker would otherwise keep a block from ever being updated.
#[test]
fn misspelt_markers_are_reported() {
    let folder = folder([
        (
            "page.md",
            "<!-- rolebok: roles -->\n<!-- /rolebok -->\n\n<!-- Rolebook: roles -->\n<!-- /rolebook -->\n\n\
             <!-- rolebook : roles -->\n<!-- /rolebook -->\n\n<!-- notebook: x -->\n<!-- rolebook is a tool -->\n",
        ),
        ("page.mdx", "{/* rolebok: roles */}\n\n{/* /rolebook */}\n"),
    ]);
    assert_snapshot!(run(&folder, "export --check page.md page.mdx"));
}

#[test]
fn a_bare_block_has_the_tables_alone() {
    let commands = ["compare --bare", "--bare roles", "skills --matrix --bare", "compare --brief --bare"];
    for (name, extension) in [("page.md", "md"), ("page.html", "html")] {
        let blocks = commands.map(|command| format!("<!-- rolebook: {command} -->\n<!-- /rolebook -->\n"));
        let folder = folder([(name, blocks.join("\n").as_str())]);
        assert_eq!(run(&folder, &format!("export --into {name}")).code, Some(0));
        let page = read(&folder, name);
        assert!(!page.contains("\n#") && !page.contains("<h") && !page.contains("<p"), "{page}");
        if extension == "md" {
            let is_table = |line: &str| line.is_empty() || line.starts_with('|') || line.starts_with("<!--");
            assert!(page.lines().all(is_table), "{page}");
        }
        assert_eq!(run(&folder, &format!("export --check {name}")).code, Some(0));
    }
    let folder =
        folder([("page.md", "<!-- rolebook: quiz --questions hiring --bare -->\n<!-- /rolebook -->\n")]);
    assert_snapshot!(run(&folder, "export --into page.md"));
}

#[test]
fn every_command_that_prints_a_result_can_stand_in_a_block() {
    for command in [
        "compare pm po --section skills --only different --cite",
        "skills --from po --to pm",
        "skills 'Product owner' --kind soft",
        "roles --family product",
        "show \"product manager\"",
        "quiz hiring --questions",
        "export --cite",
        "--heading-level 4 roles",
    ] {
        let folder =
            folder([("page.md", format!("<!-- rolebook: {command} -->\n<!-- /rolebook -->\n").as_str())]);
        assert_eq!(
            states(&folder, "export --into page.md"),
            (vec!["written".to_owned()], Some(0)),
            "{command}"
        );
        assert_eq!(
            states(&folder, "export --check page.md"),
            (vec!["fresh".to_owned()], Some(0)),
            "{command}"
        );
    }
}

#[test]
fn headings_start_below_the_heading_of_the_block() {
    for (before, command, expected) in [
        ("", "show po", "\n## "),
        ("# One\n\n", "show po", "\n## "),
        ("# One\n\n### Three\n\n", "show po", "\n#### "),
        ("###### Six\n\n", "show po", "\n###### "),
        ("# One\n\n", "show po --heading-level 5", "\n##### "),
    ] {
        let page = format!("{before}<!-- rolebook: {command} -->\n<!-- /rolebook -->\n");
        let folder = folder([("page.md", page.as_str())]);
        run(&folder, "export --into page.md");
        let written = read(&folder, "page.md");
        let (_, block) = written.split_once("-->\n").expect("a marker");
        let heading = block.find("\n#").and_then(|at| block.get(at..)).expect("a heading");
        assert!(heading.starts_with(expected), "{page}{heading}");
    }
}

#[test]
fn checking_shows_what_would_change_and_changes_nothing() {
    let page = "# Page\n\n<!-- rolebook: roles -->\n\nOld.\n\n<!-- /rolebook product-roles 3f5a7c10 -->\n";
    let stale = page.replace("3f5a7c10", "4075c79a");
    let folder = folder([("new.md", BLOCK), ("edited.md", page), ("stale.md", stale.as_str())]);
    assert_snapshot!(run(&folder, "export --check stale.md edited.md new.md"));
    assert_eq!(read(&folder, "new.md"), BLOCK);
    assert_eq!(read(&folder, "edited.md"), page);
    assert_eq!(read(&folder, "stale.md"), stale);
}

#[test]
fn what_is_wrong_is_told_in_the_order_of_the_page_and_marked_by_colour() {
    let stale = "<!-- rolebook: roles -->\n\nOld.\n\n<!-- /rolebook -->\n";
    let bad = "<!-- rolebook: roels -->\n<!-- /rolebook -->\n";
    let folder = folder([
        ("rolebook.yaml", STUDIO),
        ("page.md", &[bad, stale, bad, stale, bad].join("\n")),
        ("none.md", "No block.\n"),
    ]);
    assert_snapshot!(run(&folder, "export --check page.md --color always"));
    assert_snapshot!(run(&folder, "export --check none.md"));
}

/// A diff marks line endings only if they change.
#[test]
fn a_diff_shows_line_ends_where_they_change() {
    let folder = folder([("rolebook.yaml", STUDIO), ("page.md", &BLOCK.replace('\n', "\r\n"))]);
    assert_eq!(run(&folder, "export --into page.md").code, Some(0));
    write(folder.path(), "rolebook.yaml", STUDIO.replace("Glazier", "Painter"));
    let told = run(&folder, "export --check page.md").stdout;
    assert!(told.contains("Painter") && !told.contains('␍'), "{told}");
    let (opening, rest) = {
        let page = read(&folder, "page.md");
        let (opening, rest) = page.split_once('\n').expect("more lines than one");
        (opening.to_owned(), rest.replace("\r\n", "\n"))
    };
    write(folder.path(), "page.md", format!("{opening}\n{rest}"));
    let told = run(&folder, "export --check page.md").stdout;
    assert!(told.contains("Painter") && told.contains('␍'), "{told}");
}

#[test]
fn the_repair_that_is_told_repairs_all() {
    let folder =
        folder([("a b/page.md", BLOCK), ("a b/c.html", BLOCK), ("fresh.md", BLOCK), ("it's.md", BLOCK)]);
    assert_eq!(run(&folder, "export --into fresh.md").code, Some(0));
    let check = rolebook("export --check fresh.md it's.md").arg("a b").folder(folder.path());
    let told = check.clone().run();
    assert_eq!(told.code, Some(1));
    let repair =
        told.stdout.lines().find_map(|line| line.strip_prefix("To repair: rolebook ")).expect("a repair");
    assert_eq!(repair, r"export --into 'it'\''s.md' 'a b'");
    let repaired = rolebook("export --into it's.md").arg("a b").folder(folder.path()).run();
    assert_eq!(repaired.code, Some(0));
    assert_eq!(check.run().stdout, "All 4 blocks are fresh.\n");
}

#[test]
fn what_was_written_by_hand_is_kept_unless_forced() {
    let folder =
        folder([("page.md", format!("{BLOCK}\n<!-- rolebook: show po -->\n<!-- /rolebook -->\n").as_str())]);
    run(&folder, "export --into page.md");
    let written = read(&folder, "page.md");
    let edited = written
        .replacen("Product owner", "Product oner", 1)
        .replace("rolebook: show po", "rolebook: show pm");
    write(folder.path(), "page.md", &edited);
    let expected = |states: [&str; 2]| states.map(str::to_owned).to_vec();
    assert_eq!(states(&folder, "export --check page.md"), (expected(["edited", "stale"]), Some(1)));
    // The other block is still written.
    assert_eq!(states(&folder, "export --into page.md"), (expected(["edited", "written"]), Some(1)));
    assert!(read(&folder, "page.md").contains("Product oner"));
    let refused = run(&folder, "export --into page.md");
    assert!(
        refused.stdout.contains(
            "\nTo repair, overwriting edits made by hand: rolebook export --force --into page.md\n"
        )
    );
    assert_eq!(states(&folder, "export --force --into page.md"), (expected(["written", "fresh"]), Some(0)));
    assert_eq!(states(&folder, "export --check page.md"), (expected(["fresh", "fresh"]), Some(0)));
}

#[test]
fn all_outside_the_blocks_is_kept_to_the_byte() {
    let before = b"\xef\xbb\xbf# Caf\xe9 \xff\r\n\r\n<!-- rolebook: roles -->\r\n";
    let after = b"  \r\ntrailing  \n\n\tend";
    let page = [before.as_slice(), b"<!-- /rolebook -->", after].concat();
    let folder = folder([]);
    write(folder.path(), "page.md", &page);
    assert_eq!(run(&folder, "export --into page.md").code, Some(0));
    let written = fs::read(folder.path().join("page.md")).expect("the page is there");
    assert!(written.starts_with(before) && written.ends_with(after));
    let block = written.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).expect("a block");
    let block = String::from_utf8(block.to_vec()).expect("what is generated is UTF-8");
    assert_eq!(block.matches('\n').count(), block.matches("\r\n").count(), "{block:?}");
    assert_eq!(run(&folder, "export --check page.md").code, Some(0));
}

#[test]
fn a_fresh_page_is_not_touched() {
    let folder = folder([("page.md", BLOCK)]);
    run(&folder, "export --into page.md");
    let path = folder.path().join("page.md");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().write(true).open(&path).expect("the page is there");
    file.set_modified(long_ago).expect("the time can be set");
    let again = run(&folder, "export --into page.md");
    assert_eq!(
        (again.code, again.stdout.as_str(), again.stderr.as_str()),
        (Some(0), "1 block is fresh.\n", "")
    );
    let modified = fs::metadata(&path).and_then(|page| page.modified()).expect("the page has a time");
    assert_eq!(modified, long_ago);
}

#[cfg(unix)]
#[test]
fn mode_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder([("pages/page.md", BLOCK)]);
    let target = folder.path().join("pages/page.md");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("the mode can be set");
    symlink("pages/page.md", folder.path().join("link.md")).expect("a link can be made");
    let run = run(&folder, "export --into link.md pages/page.md");
    assert_eq!(run.stderr, "updated link.md (1 block)\n");
    assert!(folder.path().join("link.md").is_symlink());
    assert_eq!(fs::metadata(&target).expect("the page is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(read(&folder, "pages/page.md"), read(&folder, "link.md"));
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "says that nothing was tested")]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let folder = folder([("page.md", BLOCK)]);
    let path = folder.path().join("page.md");
    let attributes = [("user.reviewed-by", b"Ann \0 \xff".as_slice()), ("user.empty", b"")];
    for (name, value) in attributes {
        if let Err(error) = setxattr(&path, name, value, XattrFlags::empty()) {
            // Captured unless the test fails, or is run with `--nocapture`.
            println!("not tested: extended attributes cannot be set here: {error}");
            return;
        }
    }
    assert_eq!(run(&folder, "export --into page.md").stderr, "updated page.md (1 block)\n");
    for (name, value) in attributes {
        let mut kept = [0; 64];
        let length = getxattr(&path, name, kept.as_mut_slice()).expect(name);
        assert_eq!(&kept[..length], value, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_old_file() {
    use std::process::Command;
    let folder = folder([("page.md", BLOCK)]);
    let run = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" export --into page.md"])
        .arg(env!("CARGO_BIN_EXE_rolebook"))
        .current_dir(folder.path())
        .output()
        .expect("the shell runs");
    let told = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("page.md: error[unwritable-file]: cannot be written: "), "{told}");
    assert!(!told.contains(".rolebook-"), "it names the temporary file: {told}");
    assert_eq!(read(&folder, "page.md"), BLOCK);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn markers_in_code_are_text() {
    let fenced = format!("```markdown\n{BLOCK}```\n");
    let page = format!("{fenced}\nPut `<!-- rolebook: roles -->` there.\n\n{BLOCK}");
    let folder = folder([("fenced.md", fenced.as_str()), ("page.md", page.as_str())]);
    assert_eq!(
        errors(&folder, "export --into fenced.md"),
        (vec!["fenced.md:null no-block".to_owned()], Some(2))
    );
    assert_eq!(states(&folder, "export --into page.md"), (vec!["written".to_owned()], Some(0)));
    assert!(read(&folder, "page.md").starts_with(&fenced));
}

#[test]
fn each_bad_marker_is_an_error_and_its_file_is_not_written() {
    for (marker, code) in [
        ("<!-- rolebook: roles -->", "unclosed-block"),
        ("<!-- /rolebook -->", "unopened-block"),
        ("<!-- rolebook: -->\n<!-- /rolebook -->", "missing-command"),
        ("<!-- rolebook: roles -->\n<!-- /rolebook product-roles 1234 -->", "unreadable-checksum"),
        ("<!-- rolebook: roles --> text\n<!-- /rolebook -->", "marker-not-alone"),
        ("> <!-- rolebook: roles -->\n\n<!-- /rolebook -->", "marker-in-container"),
        ("<!-- rolebook: roles -->\n<!-- /rolebook other-roles 12345678 -->", "other-dataset"),
        ("<!-- rolebook: show 'po -->\n<!-- /rolebook -->", "unreadable-command"),
        ("<!-- rolebook: rolse -->\n<!-- /rolebook -->", "unknown-command"),
        ("<!-- rolebook: roles; ls -->\n<!-- /rolebook -->", "unknown-command"),
        ("<!-- rolebook: man -->\n<!-- /rolebook -->", "forbidden-command"),
        ("<!-- rolebook: completions bash -->\n<!-- /rolebook -->", "forbidden-command"),
        ("<!-- rolebook: quiz --answer technical-depth=build -->\n<!-- /rolebook -->", "forbidden-command"),
        ("<!-- rolebook: roles --json -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: roles -f csv -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: roles --width=60 -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: roles --help -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: export -o stolen.md -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: export --into page.md -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: export --check page.md -->\n<!-- /rolebook -->", "forbidden-option"),
        ("<!-- rolebook: roles --familly x -->\n<!-- /rolebook -->", "unknown-option"),
        ("<!-- rolebook: compare --only none -->\n<!-- /rolebook -->", "unusable-command"),
        ("<!-- rolebook: roles --heading-level 7 -->\n<!-- /rolebook -->", "unusable-command"),
        ("<!-- rolebook: show nobody -->\n<!-- /rolebook -->", "unknown-name"),
    ] {
        let page = format!("{BLOCK}\n{marker}\n");
        let folder = folder([("page.md", page.as_str())]);
        for task in ["--check", "--into"] {
            let line = if code == "unreadable-checksum" { 5 } else { 4 };
            let expected = (vec![format!("page.md:{line} {code}")], Some(2));
            assert_eq!(errors(&folder, &format!("export {task} page.md")), expected, "{marker}");
        }
        assert_eq!(read(&folder, "page.md"), page, "{marker}");
        assert!(!folder.path().join("stolen.md").exists());
    }
}

#[test]
fn nested_blocks_are_an_error() {
    let page =
        "<!-- rolebook: export -->\n\n<!-- rolebook: roles -->\n<!-- /rolebook -->\n<!-- /rolebook -->\n";
    let folder = folder([("page.md", page)]);
    assert_eq!(
        errors(&folder, "export --into page.md"),
        (vec!["page.md:3 nested-block".to_owned()], Some(2))
    );
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let bad = "<!-- rolebook: show nobody -->\n<!-- /rolebook -->\n\n<!-- rolebook: roles -->\n\ntext <!-- /rolebook -->\n";
    let folder =
        folder([("bad.md", bad), ("good.md", BLOCK), ("none.md", "Text.\n"), ("empty/none.md", "Text.\n")]);
    assert_snapshot!(run(&folder, "export --into missing.md bad.md none.md empty good.md"));
    assert_eq!(read(&folder, "bad.md"), bad);
    assert_eq!(run(&folder, "export --check good.md").code, Some(0));
}

#[test]
fn a_folder_means_all_its_pages_that_have_blocks() {
    let all = [
        ("docs/b.md", BLOCK),
        ("docs/a.MARKDOWN", BLOCK),
        ("docs/sub/c.html", BLOCK),
        ("docs/sub/d.mdx", MDX_BLOCK),
        ("docs/sub/e.htm", BLOCK),
        ("docs/sub/f.xhtml", BLOCK),
        ("docs/sub/draft.md", BLOCK),
        ("docs/text.md", "Text.\n"),
        ("docs/other.txt", BLOCK),
        ("docs/.hidden/d.md", BLOCK),
        ("docs/ignored/e.md", BLOCK),
        ("docs/.gitignore", "ignored\n"),
        ("docs/draft.md", BLOCK),
        ("docs/sub/.gitignore", "!draft.md\n"),
        (".gitignore", "draft.md\n"),
        (".git/HEAD", ""),
        ("outside.md", BLOCK),
    ];
    let folder = folder(all);
    #[cfg(unix)]
    for (link, target) in [("docs/loop", "../docs"), ("docs/link.md", "../outside.md")] {
        std::os::unix::fs::symlink(target, folder.path().join(link)).expect("a link can be made");
    }
    let written = run(&folder, "export --into docs");
    assert_eq!(
        written.stderr,
        "updated docs/a.MARKDOWN (1 block)\nupdated docs/b.md (1 block)\nupdated docs/sub/c.html (1 block)\n\
         updated docs/sub/d.mdx (1 block)\nupdated docs/sub/draft.md (1 block)\nupdated docs/sub/e.htm (1 block)\n\
         updated docs/sub/f.xhtml (1 block)\n"
    );
    for (name, text) in all.into_iter().skip(7) {
        assert_eq!(read(&folder, name), text, "{name}");
    }
    assert_eq!(run(&folder, "export --check docs").stdout, "All 7 blocks are fresh.\n");
}

#[test]
fn the_working_folder_does_not_stand_before_its_pages() {
    let folder = folder([("page.md", BLOCK), ("docs/page.md", BLOCK)]);
    let written = run(&folder, "export --into .");
    assert_eq!(written.stderr, "updated docs/page.md (1 block)\nupdated page.md (1 block)\n");
}

#[test]
fn a_file_that_is_named_twice_is_dealt_with_once() {
    let folder = folder([("docs/page.md", BLOCK)]);
    let (states, _) = states(&folder, "export --check docs/page.md docs ./docs/../docs/page.md");
    assert_eq!(states, ["stale"]);
}

#[test]
fn the_report_is_a_document() {
    let folder = folder([("page.md", BLOCK), ("none.md", "")]);
    run(&folder, "export --into page.md");
    let run = run(&folder, "export --check page.md none.md --json");
    let report: Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    assert_eq!(
        report,
        json!({
            "schema": "rolebook.docs/1",
            "files": [
                {"path": "page.md", "blocks": [{"line": 1, "command": "roles", "state": "fresh", "diff": null}]},
            ],
            "errors": [{
                "code": "no-block",
                "severity": "error",
                "message": "no generated block in this file",
                "file": "none.md",
                "line": null,
                "column": null,
                "end_line": null,
                "end_column": null,
                "help": "where you want one, put `<!-- rolebook: compare -->` and `<!-- /rolebook -->` on lines of their own",
            }],
        })
    );
}

#[test]
fn the_report_has_every_format() {
    let edited = "<!-- rolebook: roles -->\nx\n<!-- /rolebook product-roles 01234567 -->\n";
    let bad = "<!-- rolebook: show nobody -->\n<!-- /rolebook -->\n";
    let folder = folder([("page.md", BLOCK), ("none.md", ""), ("edited.md", edited), ("bad.md", bad)]);
    run(&folder, "export --into page.md");
    for format in ["csv", "jsonl", "markdown", "github", "sarif"] {
        assert_snapshot!(
            format,
            run(&folder, &format!("export --check page.md none.md bad.md edited.md -f {format}"))
        );
    }
}

#[test]
fn writing_and_checking_exclude_each_other_and_what_makes_a_document() {
    let folder = folder([("page.md", BLOCK)]);
    for arguments in [
        "export --into page.md --check page.md",
        "export --into page.md -o out.md",
        "export --check page.md -o out.md",
        "export pm --into page.md",
        "export --cite --check page.md",
        "export --force --check page.md",
        "export --force",
        "export --into",
        "export --into --json",
        "export --check --family product page.md",
        "export pm --check page.md",
    ] {
        let refused = run(&folder, arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{arguments}");
    }
    assert_eq!(read(&folder, "page.md"), BLOCK);
}

#[test]
fn options_can_stand_before_the_files() {
    let folder = folder([("a.md", BLOCK), ("docs/b.md", BLOCK)]);
    assert_eq!(run(&folder, "export --into --force --builtin a.md docs").code, Some(0));
    for arguments in [
        "export --check -f github a.md docs",
        "export a.md docs --check",
        "-f github export --check a.md docs",
    ] {
        assert_eq!(run(&folder, arguments).code, Some(0), "{arguments}");
    }
    write(folder.path(), "docs/b.md", BLOCK);
    let annotated = run(&folder, "export --check -f github a.md docs");
    assert_eq!(annotated.code, Some(1));
    assert!(annotated.stdout.starts_with("::error file=docs/b.md,line=1,"), "{annotated}");
}

#[test]
fn no_control_character_of_a_page_reaches_the_terminal() {
    let folder = folder([(
        "page.md",
        "\u{1b}[31m\u{202e}red\n\n<!-- rolebook: show \u{1b}[2J -->\n<!-- /rolebook -->\n\n<!-- rolebook: roles -->\n<!-- /rolebook -->\n",
    )]);
    let run = run(&folder, "export --check page.md");
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{}", run.stdout);
    assert!(run.stdout.contains("␛[2J"), "{}", run.stdout);
}

/// A pipe or a terminal would be waited for.
#[cfg(unix)]
#[test]
fn what_is_neither_a_file_nor_a_folder_is_not_read() {
    let folder = folder([]);
    assert_eq!(
        errors(&folder, "export --check /dev/null"),
        (vec!["/dev/null:null unreadable".to_owned()], Some(2))
    );
}

#[test]
fn a_block_can_name_its_dataset_beside_the_page() {
    let page = format!("{BLOCK}\n<!-- rolebook: roles -d data/studio.yaml -->\n<!-- /rolebook -->\n");
    let folder = folder([("docs/page.md", page.as_str()), ("docs/data/studio.yaml", STUDIO)]);
    assert_eq!(run(&folder, "export --into docs/page.md").code, Some(0));
    let written = read(&folder, "docs/page.md");
    assert!(written.contains("<!-- /rolebook product-roles ") && written.contains("<!-- /rolebook studio "));
    assert!(written.contains("| Glazier |"), "{written}");
    write(folder.path(), "docs/data/studio.yaml", STUDIO.replace("Glazier", "Painter"));
    for run_with in ["", "--builtin "] {
        assert_eq!(states(&folder, &format!("{run_with}export --check docs")).0, ["fresh", "stale"]);
    }
}

#[test]
fn a_block_reads_no_dataset_outside_the_folder_of_the_run() {
    let folder = folder([("studio.yaml", STUDIO), ("docs/there.yaml", "rolebook: 1\n")]);
    let absolute = folder.path().join("studio.yaml").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../studio.yaml", folder.path().join("docs/link.yaml"))
        .expect("a link can be made");
    #[cfg(not(unix))]
    write(folder.path(), "docs/link.yaml", STUDIO);
    for (named, code) in [
        ("../studio.yaml", "forbidden-dataset"),
        (absolute.as_str(), "forbidden-dataset"),
        ("-", "forbidden-dataset"),
        ("link.yaml", if cfg!(unix) { "forbidden-dataset" } else { "" }),
        ("missing.yaml", "unreadable"),
        ("there.yaml", "invalid-dataset"),
    ] {
        let page = format!("<!-- rolebook: -d {named} roles -->\n<!-- /rolebook -->\n");
        write(folder.path(), "docs/page.md", &page);
        let report = rolebook("export --into page.md --json").folder(&folder.path().join("docs")).run();
        let report: Value = serde_json::from_str(&report.stdout).expect("the report is JSON");
        assert_eq!(report["errors"][0]["code"].as_str().unwrap_or_default(), code, "{named}");
    }
}

#[test]
fn a_run_with_another_dataset_is_an_error_and_no_rewrite() {
    let folder = folder([("page.md", BLOCK)]);
    run(&folder, "export --into page.md");
    let written = read(&folder, "page.md");
    write(folder.path(), "rolebook.yaml", STUDIO);
    for task in ["--check", "--into", "--force --into"] {
        let expected = (vec!["page.md:1 other-dataset".to_owned()], Some(2));
        assert_eq!(errors(&folder, &format!("export {task} page.md")), expected);
    }
    assert_eq!(read(&folder, "page.md"), written);
    assert_eq!(run(&folder, "export --builtin --check page.md").code, Some(0));
}

#[test]
fn a_dataset_from_standard_input_fills_many_blocks() {
    let folder = folder([("page.md", format!("{BLOCK}\n{BLOCK}").as_str())]);
    let check = rolebook("-d - export --check page.md").folder(folder.path()).stdin(STUDIO);
    assert!(check.clone().run().stdout.ends_with("\nTo repair: rolebook -d - export --into page.md\n"));
    let written = rolebook("-d - export --into page.md").folder(folder.path()).stdin(STUDIO).run();
    assert_eq!((written.code, written.stderr.as_str()), (Some(0), "updated page.md (2 blocks)\n"));
    assert_eq!(check.run().code, Some(0));
}

#[test]
fn a_dataset_that_cannot_be_read_is_one_error() {
    let folder =
        folder([("page.md", format!("{BLOCK}\n{BLOCK}").as_str()), ("rolebook.yaml", "rolebook: 1\n")]);
    let run = run(&folder, "export --into page.md");
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("`rolebook.yaml`"), "{}", run.stderr);
}

/// Text that would be or hide a marker if it were not escaped.
fn text() -> impl Strategy<Value = String> {
    let hostile = vec![
        "<!-- /rolebook roles 01234567 -->",
        "{/* /rolebook roles 01234567 */}",
        "*/}",
        "{",
        "<T>",
        "export x",
        "<!-- rolebook: roles -->",
        "-->",
        "<!--",
        "```",
        "~~~",
        "<pre>",
        "</pre>",
        "<script>",
        "<textarea>",
        "# one",
        "---",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "|",
        "`",
        "\\",
        "<a title=\"",
        "[a]: b",
        "&lt;",
        "é",
    ];
    let piece = prop_oneof![4 => prop::sample::select(hostile).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn line() -> impl Strategy<Value = Line<'static>> {
    let tone = prop::sample::select(vec![Tone::Plain, Tone::Strong, Tone::Muted, Tone::Code, Tone::Link]);
    let span =
        (tone, text()).prop_map(|(tone, text)| (tone, if text.is_empty() { "a".to_owned() } else { text }));
    prop::collection::vec(span, 1..3).prop_map(|spans| {
        spans.into_iter().fold(Line::default(), |line, (tone, text)| {
            // Code beside code would be one piece of code.
            let is_code = line.0.last().is_some_and(|last| last.tone == Tone::Code);
            let line = if is_code { line.and(Tone::Plain, " ") } else { line };
            line.and(tone, text)
        })
    })
}

fn part() -> impl Strategy<Value = Block<'static>> {
    let cell = || prop::collection::vec(line(), 0..3);
    let table = (2..8_usize).prop_flat_map(move |columns| {
        let head = prop::collection::vec(line(), columns);
        let rows = prop::collection::vec(prop::collection::vec(cell(), columns), 1..3);
        (head, rows).prop_map(|(head, rows)| Block::Table(Table { head, rows }))
    });
    let bar = (line(), 0.0..1.0_f64, text()).prop_map(|(label, share, remark)| Bar {
        label,
        share,
        remark: remark.into(),
    });
    prop_oneof![
        (2..7_u8, line()).prop_map(|(level, line)| Block::Heading(level, line)),
        line().prop_map(Block::Paragraph),
        prop::collection::vec(line(), 1..4).prop_map(Block::List),
        prop::collection::vec(bar, 1..3).prop_map(Block::Bars),
        prop::collection::vec(text().prop_map(Into::into), 1..3).prop_map(Block::Commands),
        table.clone(),
        table.prop_map(|block| match block {
            Block::Table(table) => Block::Columns(table),
            other => other,
        }),
        (text(), text(), text(), text()).prop_map(|(corner, column, row, mark)| {
            Block::Matrix(matrix([&corner, &column, &row, &mark]))
        }),
    ]
}

/// Renders the parts into each block of a page, which must find its blocks again, and the headings where they were.
///
/// The blocks are in a container that begins like `around`, which ends with their indent.
fn assert_stays_in_its_block(
    parts: Vec<Block<'static>>,
    top: u8,
    syntax: Syntax,
    fragment: Fragment,
    around: &str,
) {
    let mut doc = Doc::new("Title");
    doc.blocks = parts;
    let text = render_fragment(&PlainReport(doc), fragment, top);
    let new = BlockContent { dataset: "roles".to_owned(), text };
    let indent = around.rsplit('\n').next().unwrap_or_default();
    let [opening, closing] = ["rolebook: roles", "/rolebook"].map(|text| syntax.comment(text));
    let page =
        format!("{around}{opening}\n{indent}{closing}\n\n## After\n\n{around}{opening}\n{indent}{closing}\n");
    let page = Page::new(page.as_bytes(), syntax);
    let written = page.filled(page.blocks.iter().map(|block| (block, &new)));
    let again = Page::new(&written, syntax);
    assert_eq!((again.problems.as_slice(), again.blocks.len()), (&[][..], 2));
    let heading = |page: &Page<'_>| page.blocks.iter().map(|block| block.heading).collect::<Vec<_>>();
    assert_eq!(heading(&again), heading(&page));
    for block in &again.blocks {
        assert_eq!(again.state(block, &new), Ok(State::Fresh));
    }
}

/// A line break alone on a line is an HTML tag, after which Markdown ignores escapes.
#[test]
fn a_role_named_by_a_line_break_opens_no_html() {
    let marker = Line::from("<!-- /rolebook roles 01234567 -->");
    let row = vec![vec![Line::from("\n")], vec![], vec![marker], vec![], vec![], vec![]];
    let head = (0..6).map(|_| Line::from("a")).collect();
    let table = Block::Table(Table { head, rows: vec![row] });
    assert_stays_in_its_block(vec![table], 1, Syntax::Markdown, Fragment::Markdown, "");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_dataset_breaks_out_of_its_block(
        parts in prop::collection::vec(part(), 0..5),
        top in 1..7_u8,
        (syntax, fragment) in prop::sample::select(vec![
            (Syntax::Markdown, Fragment::Markdown),
            (Syntax::Mdx, Fragment::Mdx),
            (Syntax::Html, Fragment::Html),
        ]),
        indent in prop::sample::select(vec!["", "- item\n\n  ", "!!! note\n\n    ", "1.  item\n\n    === \"Tab\"\n\n        "]),
    ) {
        // Only `MkDocs` has admonitions and tabs.
        let indent = if syntax == Syntax::Markdown || indent.starts_with('-') { indent } else { "" };
        assert_stays_in_its_block(parts, top, syntax, fragment, indent);
    }
}
