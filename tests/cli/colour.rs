//! Tests colour in tables, help and errors. Precedence: `--color`, `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR=0`, then the
//! terminal. Here, every stream is a pipe.

use crate::support::{Run, fixtures, rolebook};

const OFF: bool = false;
const ON: bool = true;

/// The environment, the `--color` arguments, and whether there is colour.
type Decision = (&'static [(&'static str, &'static str)], &'static str, bool);

const DECISIONS: [Decision; 24] = [
    // A pipe shows no colour unless somebody asks for it.
    (&[], "", OFF),
    (&[], "--color auto", OFF),
    (&[("TERM", "xterm-256color")], "", OFF),
    (&[("CLICOLOR", "1")], "", OFF),
    (&[("CLICOLOR", "0")], "", OFF),
    (&[("NO_COLOR", "1")], "", OFF),
    // CLICOLOR_FORCE overrides CLICOLOR and the terminal.
    (&[("CLICOLOR_FORCE", "1")], "", ON),
    (&[("CLICOLOR_FORCE", "1")], "--color auto", ON),
    (&[("CLICOLOR_FORCE", "")], "", OFF),
    (&[("CLICOLOR_FORCE", "0")], "", OFF),
    (&[("CLICOLOR_FORCE", "0"), ("CLICOLOR", "1")], "", OFF),
    (&[("CLICOLOR_FORCE", "0")], "--color always", ON),
    (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], "", ON),
    (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], "", ON),
    // NO_COLOR overrides both, unless it is empty.
    (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "", OFF),
    (&[("NO_COLOR", "0"), ("CLICOLOR_FORCE", "1")], "", OFF),
    (&[("NO_COLOR", ""), ("CLICOLOR_FORCE", "1")], "", ON),
    (&[("NO_COLOR", "")], "", OFF),
    // The flag overrides everything.
    (&[], "--color always", ON),
    (&[("NO_COLOR", "1")], "--color always", ON),
    (&[("CLICOLOR", "0"), ("TERM", "dumb")], "--color=always", ON),
    (&[], "--color never", OFF),
    (&[("CLICOLOR_FORCE", "1")], "--color never", OFF),
    (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "1")], "--color=never", OFF),
];

/// Runs a command under every decision and looks at the stream that it writes to.
fn decided(arguments: &str, stream: impl Fn(&Run) -> &str) {
    for (environment, flag, wanted) in DECISIONS {
        let prepared = rolebook(arguments).args(flag);
        let run = environment.iter().fold(prepared, |run, (name, value)| run.env(name, *value)).run();
        let text = stream(&run);
        assert!(!text.is_empty(), "{}: nothing written", run.command);
        assert_eq!(text.contains('\x1b'), wanted, "{environment:?} {}\n{text}", run.command);
    }
}

#[test]
fn tables_obey() {
    decided("compare", |run| &run.stdout);
    decided("quiz --answer technical-depth= --answer people=team --answer customer=", |run| &run.stdout);
}

#[test]
fn help_obeys() {
    decided("--help", |run| &run.stdout);
    decided("-h", |run| &run.stdout);
    decided("compare --help", |run| &run.stdout);
    decided("", |run| &run.stderr);
}

#[test]
fn errors_obey() {
    decided("compare pm chef", |run| &run.stderr);
    decided("frobnicate", |run| &run.stderr);
}

/// Formats for programs never have colour.
#[test]
fn programs_get_no_colour() {
    for arguments in
        ["compare --json", "compare -f markdown", "export", "completions bash", "man", "--version"]
    {
        let run = rolebook(arguments).args("--color always").env("CLICOLOR_FORCE", "1").run();
        assert!(!run.answer().contains('\x1b'), "{arguments}");
    }
    let error = rolebook("compare pm chef --message-format json --color always").run();
    assert!(!error.stderr.contains('\x1b'), "{}", error.stderr);
}

/// A file has no colour, even in a terminal.
#[test]
fn a_file_gets_no_colour() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = rolebook("export -f table -o roles.txt --color always").folder(folder.path()).run();
    assert_eq!(run.code, Some(0), "{run}");
    let text = std::fs::read_to_string(folder.path().join("roles.txt")).expect("the file is there");
    assert!(text.contains("Product manager") && !text.contains('\x1b'), "{text}");
}

/// Colour is all that it adds: without the escape sequences, every command prints the same, on both streams.
#[test]
fn colour_changes_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("page.md", "# A\n\n<!-- rolebook: compare --section choosing -->\nold  \n<!-- /rolebook -->\n");
    write("wide.yaml", WIDE);
    for name in ["ladder.json", "skill-matrix.yaml", "broken.yaml", "diff-old.yaml", "diff-new.yaml"] {
        std::fs::copy(fixtures().join(name), folder.path().join(name)).expect("a file");
    }
    for command in [
        "compare",
        "compare --brief",
        "compare --cite",
        "compare -d wide.yaml",
        "compare pm chef",
        "skills",
        "skills --matrix",
        "skills --matrix -d skill-matrix.yaml",
        "skills --from po --to pm",
        "roles",
        "roles --brief",
        "roles --near pm",
        "roles -d wide.yaml",
        "show pm --cite",
        "show engineering -d ladder.json",
        "show wide -d wide.yaml",
        "quiz --questions",
        "quiz --answer technical-depth= --answer people=team --answer customer=",
        "quiz hiring",
        "export -f table",
        "export --check page.md",
        "diff diff-old.yaml diff-new.yaml",
        "assess --form pm",
        "check broken.yaml wide.yaml",
        "check --explain two-levels",
        "roles -d broken.yaml",
        "frobnicate",
        "--help",
        "-h",
        "compare --help",
    ] {
        for width in ["24", "100"] {
            let run = |color: &str| {
                let run = rolebook(command).args("--width").arg(width).args("--color").arg(color);
                run.folder(folder.path()).run()
            };
            let (plain, styled) = (run("never"), run("always"));
            let stripped = |text: &str| anstream::adapter::strip_str(text).to_string();
            assert_eq!(stripped(&styled.stdout), plain.stdout, "{command} in {width}");
            assert_eq!(stripped(&styled.stderr), plain.stderr, "{command} in {width}");
            assert_eq!(styled.code, plain.code, "{command} in {width}");
        }
    }
}

/// Titles that leave blanks at the end of a line, and letters that are measured in different ways.
const WIDE: &str = "\
rolebook: 1
id: wide
title: \"Wide \u{3000}\"
roles:
- {id: wide, title: \"لا لا لا \u{a0}\", summary: \"soft\u{ad}hyphen soft\u{ad}hyphen soft\u{ad}hyphen \u{2003}\"}
- {id: other, title: \"日本 \u{3000}\"}
sections:
- id: s
  title: \"S \u{a0}\"
  aspects:
  - id: a
    title: \"A \u{2003}\"
    statements:
    - {id: one, roles: [wide], text: \"One \u{3000}\"}
    - {id: two, roles: [wide, other], text: \"لا لا لا لا لا لا لا لا لا لا لا لا لا لا لا لا \u{a0}\"}
";

/// Every line resets the colours it sets, so cut lines do not leak colour into a terminal.
#[test]
fn no_line_leaves_a_colour_behind() {
    for arguments in ["compare", "skills --from po --to pm", "quiz --questions", "show pm --cite", "roles"] {
        for width in ["40", "100"] {
            let text = rolebook(arguments).args("--color always --width").arg(width).run().answer();
            for line in text.lines().filter(|line| line.contains('\x1b')) {
                let last = line.rsplit('\x1b').next().expect("an escape sequence");
                assert!(last.starts_with("[0m"), "{arguments}: {line:?}");
            }
        }
    }
}
