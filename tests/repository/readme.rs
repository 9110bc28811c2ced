//! Tests the README and the pages in docs/: examples show real output, and the commands work. To update the output of
//! sessions, run `UPDATE_README=1 cargo test readme`.
//!
//! The info string of a fenced block decides how it is tested:
//!
//! - `console`: a session. Lines that start with `$ ` are commands; the lines after each are its output, standard
//!   output and standard error together, as a terminal of 80 columns would show them without colour. Commands must
//!   succeed; one that is meant to fail shows its exit code with `; echo $?`. All sessions of a page share one folder,
//!   which is empty at the start. Without jq, only the left side of a pipe into jq runs.
//! - any language and a file name, such as `yaml roles.yaml`: the block is written to that file, for later sessions.
//! - `sh`: commands for the reader to type. They run too, except cargo's.
//! - `markdown`: a page with generated blocks, which must fill.
//! - `yaml`: a workflow that runs our commands, or names our hooks.
//!
//! Tables of the roles are generated blocks of docs/roles.md; `export --into` refreshes those.
//!
//! The commands need a Unix shell, and so do these tests.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use similar::TextDiff;
use tempfile::TempDir;

use crate::support::{git, rolebook};

const REFRESH: &str = "UPDATE_README=1 cargo test readme";
const REFILL: &str = "cargo run -- --builtin export --into docs/roles.md";
const HOOKS: &str = ".pre-commit-hooks.yaml";

/// Common environment variables; the program's own are found in its source.
const COMMON_VARIABLES: [&str; 6] =
    ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "ACCESSIBLE", "TERM", "COMPLETE"];

/// What a reader is told to have cargo do, beside running the program. These are not run: they are what runs the tests.
const CARGO: [&str; 2] = ["cargo test", "cargo install --path . --locked"];

/// Pages for people who build and release rolebook; nobody else follows them, and their commands are not run.
const FOR_MAINTAINERS: [&str; 2] = ["docs/performance.md", "docs/releasing.md"];

/// Pages for users, starting with the README.
fn user_pages() -> Vec<String> {
    let entries = std::fs::read_dir(root().join("docs")).expect("there is a folder of pages");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let names = paths.map(|path| format!("docs/{}", path.file_name().expect("a file").to_string_lossy()));
    let mut pages: Vec<String> = names.filter(|name| !FOR_MAINTAINERS.contains(&name.as_str())).collect();
    pages.sort();
    pages.insert(0, "README.md".to_owned());
    pages
}

#[test]
fn sessions_show_what_the_program_prints() {
    for page in user_pages() {
        check_sessions(&page);
    }
    let is_session = |block: &Block| block.language == "console";
    assert!(blocks(&read("README.md")).iter().any(is_session), "the README shows no session");
}

fn check_sessions(page: &str) {
    let source = read(page);
    let folder = TempDir::new().expect("a folder");
    let mut outputs = Vec::new();
    for block in blocks(&source) {
        if let Some(name) = &block.file {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder is made");
            std::fs::write(path, &block.text).expect("the file is written");
        } else if block.language == "console" {
            outputs.extend(steps(&block).into_iter().filter_map(|step| run_step(page, step, folder.path())));
        }
    }
    let mut fresh = source.clone();
    for (place, printed) in outputs.into_iter().rev() {
        fresh.replace_range(place, &printed);
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(root().join(page), fresh).expect("the page is written");
    } else if fresh != source {
        let diff = TextDiff::from_lines(&source, &fresh);
        let diff = diff.unified_diff().header(page, &format!("{page}, refreshed")).to_string();
        panic!("{page} is stale:\n{diff}\nTo refresh it: {REFRESH}");
    }
}

/// Runs a command of a session; where its output stands and what it printed, unless that takes a jq that is missing.
fn run_step(page: &str, step: Step, folder: &Path) -> Option<(Range<usize>, String)> {
    let Step { command, output } = step;
    let is_fit =
        command.starts_with("rolebook ") || command.contains("| rolebook ") || command.starts_with("cat ");
    assert!(is_fit, "{page}: a session shows rolebook, not `{command}`");
    if let Some((left, _)) = command.split_once(" | jq ").filter(|_| !has_jq()) {
        // At least jq would have something to read.
        let (_, printed) = shell(left, folder);
        serde_json::from_str::<serde::de::IgnoredAny>(&printed).expect(left);
        return None;
    }
    let (ended_well, printed) = shell(&command, folder);
    assert!(ended_well, "{page}: `{command}` fails; if it should, add `; echo $?`:\n{printed}");
    Some((output, printed))
}

#[test]
fn what_the_reader_is_told_to_type_works() {
    let source: String = user_pages().iter().map(|page| read(page) + "\n").collect();
    let home = TempDir::new().expect("a folder");
    let mut typed = BTreeSet::new();
    for block in blocks(&source).iter().filter(|block| block.language == "sh") {
        let text = &block.text;
        if !text.contains("cargo ") {
            let (ended_well, printed) = shell(&format!("set -e\n{text}"), home.path());
            assert!(ended_well, "this fails:\n{text}\nIt prints:\n{printed}");
            continue;
        }
        for line in text.lines() {
            let line = line.split_once(" #").map_or(line, |(command, _)| command).trim();
            if let Some(arguments) = line.strip_prefix("cargo run --release -- ") {
                rolebook(arguments).run().answer();
            } else {
                assert!(CARGO.contains(&line), "nothing checks `{line}`");
            }
            typed.insert(line.to_owned());
        }
    }
    for command in ["cargo run --release -- compare"].iter().chain(&CARGO) {
        assert!(typed.contains(*command), "the README does not tell to type `{command}`");
    }
    for block in blocks(&source).iter().filter(|block| block.language == "powershell") {
        for line in block.text.lines().filter(|line| !line.starts_with('#')) {
            let (command, _) = line.split_once(" >> ").expect(line);
            let script = rolebook(command.strip_prefix("rolebook ").expect(line)).run().answer();
            assert!(script.contains("Register-ArgumentCompleter"), "{script}");
        }
    }
    // Each shell that is installed here has to find its file.
    for (shell, loads, shown) in [
        ("bash", "source ~/.local/share/bash-completion/completions/rolebook", "complete -p rolebook"),
        (
            "zsh",
            "fpath+=(~/.zfunc); autoload -Uz compinit && compinit -D -u",
            "print -r -- $_comps[rolebook]",
        ),
        ("fish", "source ~/.config/fish/completions/rolebook.fish", "complete rolebook"),
    ] {
        if let Some(printed) = interpreted(shell, &format!("{loads}\n{shown}"), home.path()) {
            assert!(printed.contains("rolebook"), "{shell} has no completions:\n{printed}");
        }
    }
    let pages = home.path().join(".cargo/share/man/man1");
    for command in subcommands() {
        assert!(
            pages.join(format!("rolebook-{command}.1")).exists(),
            "the README installs no page of `{command}`"
        );
    }
    // `man` has to find them by the path alone, if it is installed.
    let finds =
        "if man --version >/dev/null 2>&1; then man -w rolebook rolebook-quiz | wc -l; else echo 2; fi";
    let found = interpreted("sh", finds, home.path()).expect("there is a shell");
    assert_eq!(found.trim(), "2", "man does not find the pages");
}

#[test]
fn example_pages_are_filled() {
    for page in user_pages() {
        for block in blocks(&read(&page)).iter().filter(|block| block.is_unnamed("markdown")) {
            let folder = TempDir::new().expect("a folder");
            let example = folder.path().join("page.md");
            std::fs::write(&example, &block.text).expect("the page can be written");
            let run = rolebook("export --into page.md").folder(folder.path()).run();
            assert_eq!(run.code, Some(0), "{page}: {run}");
            let written = std::fs::read_to_string(&example).expect("the page can be read");
            assert!(written.len() > block.text.len(), "{page}: {written}");
        }
    }
}

#[test]
fn tables_of_the_roles_are_fresh_blocks() {
    let run = rolebook("--builtin export --check docs/roles.md").folder(&root()).run();
    assert_eq!(run.code, Some(0), "{run}\nTo refresh it: {REFILL}");
}

#[test]
fn services_are_told_commands_and_hooks_that_there_are() {
    let folder = TempDir::new().expect("a folder");
    let pages = folder.path().join("docs");
    std::fs::create_dir(&pages).expect("a folder can be made");
    for page in [folder.path().join("README.md"), pages.join("page.md")] {
        std::fs::write(page, "<!-- rolebook: roles -->\n<!-- /rolebook -->\n").expect("a page is written");
    }
    std::fs::write(folder.path().join("roles.csv"), "skill,analyst\nSQL,basic\n")
        .expect("a table is written");
    rolebook("import roles.csv -o rolebook.yaml").folder(folder.path()).run();
    rolebook("export --into .").folder(folder.path()).run();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "all"]);
    git(folder.path(), &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let hooks = read(HOOKS);
    let (ids, mut commands) = (values(&hooks, "- id: "), values(&hooks, "entry: "));
    assert_eq!(ids.len(), commands.len(), "{HOOKS}: a hook without a command");
    for command in commands.iter_mut().filter(|command| command.contains("export")) {
        command.push_str(" .");
    }
    let (mut named, hooked) = (Vec::new(), commands.len());
    let pages = user_pages().into_iter().flat_map(|page| blocks(&read(&page)));
    for block in pages.filter(|block| block.is_unnamed("yaml")) {
        let ours = values(&block.text, "- run: ").into_iter().filter(|run| run.starts_with("rolebook "));
        commands.extend(ours);
        named.extend(values(&block.text, "- id: "));
    }
    assert!(!named.is_empty() && commands.len() > hooked, "the README shows no hook, or no workflow");
    let unknown: Vec<&String> = named.iter().filter(|id| !ids.contains(id)).collect();
    assert!(unknown.is_empty(), "{HOOKS} has no {unknown:?}");
    for command in commands {
        let (ended_well, printed) = shell(&command, folder.path());
        assert!(ended_well, "`{command}` fails:\n{printed}");
    }
}

/// What stands behind a key in YAML that is simple enough for that.
fn values(yaml: &str, key: &str) -> Vec<String> {
    yaml.lines().filter_map(|line| line.trim_start().strip_prefix(key)).map(str::to_owned).collect()
}

#[test]
fn every_fenced_block_is_tested() {
    for page in user_pages() {
        for block in blocks(&read(&page)).iter().filter(|block| block.file.is_none()) {
            let is_known =
                ["console", "sh", "powershell", "markdown", "yaml"].contains(&block.language.as_str());
            assert!(is_known, "{page}: nothing tests blocks marked `{}`", block.language);
        }
    }
}

#[test]
fn nothing_of_the_command_line_is_left_out() {
    let source: String = user_pages().iter().map(|page| read(page) + "\n").collect();
    let (mut code, mut in_cell, mut cells) = (String::new(), false, BTreeSet::new());
    for event in Parser::new_ext(&source, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableCell) => in_cell = true,
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Code(text) => {
                code.extend(["\n", &text]);
                if in_cell {
                    cells.insert(text.into_string());
                }
            }
            Event::Text(text) if in_cell => {
                cells.insert(text.into_string());
            }
            _ => {}
        }
    }
    for block in blocks(&source) {
        code.extend(["\n", &block.text]);
    }
    let missing_commands: Vec<String> =
        subcommands().into_iter().filter(|command| !code.contains(&format!("rolebook {command}"))).collect();
    assert_eq!(missing_commands, [""; 0], "commands without an example");
    let formats = after("  -f, --format", "- ", ':');
    let codes = after("Exit codes:", "", ' ');
    let mut variables = own_variables(&root().join("src"));
    assert!(!variables.is_empty(), "the program reads no variable of its own");
    variables.extend(COMMON_VARIABLES.map(str::to_owned));
    for (what, names) in [("formats", formats), ("exit codes", codes), ("variables", variables)] {
        let missing: Vec<&String> = names.iter().filter(|name| !cells.contains(*name)).collect();
        assert!(!names.is_empty() && missing.is_empty(), "{what} in no table: {missing:?} of {names:?}");
    }
}

#[test]
fn links_between_the_projects_papers_lead_somewhere() {
    let mut papers = user_pages();
    papers.extend(["CHANGELOG.md", "CONTRIBUTING.md"].into_iter().chain(FOR_MAINTAINERS).map(str::to_owned));
    for paper in papers {
        let source = read(&paper);
        let folder = root().join(&paper);
        let folder = folder.parent().expect("a page is in a folder");
        let headings = headings(&source);
        for event in Parser::new(&source) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else {
                continue;
            };
            let leads_somewhere = match dest_url.strip_prefix('#') {
                Some(heading) => headings.contains(heading),
                None if dest_url.contains("://") => true,
                None => leads_to_a_page(folder, &dest_url),
            };
            assert!(leads_somewhere, "{paper}: {dest_url} leads nowhere");
        }
    }
}

/// Whether a relative link leads to a file and, where it names one, to a heading in it.
fn leads_to_a_page(folder: &Path, link: &str) -> bool {
    let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
    let has = |heading| {
        let target = std::fs::read_to_string(folder.join(file)).expect("a linked page is text");
        headings(&target).contains(heading)
    };
    folder.join(file).exists() && heading.is_none_or(has)
}

/// What a link to a heading is called: its words in small letters, hyphens between them.
fn headings(source: &str) -> BTreeSet<String> {
    let mut headings = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new(source) {
        match (event, heading.as_mut()) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => headings.extend(heading.take()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => {
                let kept = text.to_lowercase().replace(' ', "-");
                heading.extend(kept.chars().filter(|char| char.is_alphanumeric() || *char == '-'));
            }
            _ => {}
        }
    }
    headings
}

/// A fenced block: what it is marked with, and where its content stands.
struct Block {
    language: String,
    /// The file that it is written to.
    file: Option<String>,
    content: Range<usize>,
    text: String,
}

impl Block {
    fn is_unnamed(&self, language: &str) -> bool {
        self.language == language && self.file.is_none()
    }
}

/// A command of a session, and where its output stands.
struct Step {
    command: String,
    output: Range<usize>,
}

fn blocks(source: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_inside = false;
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(marks))) => {
                is_inside = true;
                let mut marks = marks.split_whitespace().map(str::to_owned);
                let (language, file) = (marks.next().unwrap_or_default(), marks.next());
                blocks.push(Block { language, file, content: 0..0, text: String::new() });
            }
            Event::End(TagEnd::CodeBlock) => is_inside = false,
            Event::Text(text) if is_inside => {
                let block = blocks.last_mut().expect("a block has begun");
                let start = if block.text.is_empty() { range.start } else { block.content.start };
                block.content = start..range.end;
                block.text.push_str(&text);
            }
            _ => {}
        }
    }
    for block in &blocks {
        let written = source.get(block.content.clone());
        assert_eq!(written, Some(block.text.as_str()), "a block is indented: it cannot be tested");
    }
    blocks
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut goes_on = false;
    let mut place = block.content.start;
    for line in block.text.split_inclusive('\n') {
        place += line.len();
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => {
                steps.push(Step { command: command.trim_end().to_owned(), output: place..place });
            }
            (None, Some(step)) if goes_on => {
                step.command.extend(["\n", line.trim_end()]);
                step.output = place..place;
            }
            (None, Some(step)) => step.output.end = place,
            (None, None) => panic!("a session starts with `$ `, not with {line:?}"),
        }
        goes_on = line.ends_with("\\\n") && (goes_on || line.starts_with("$ "));
    }
    steps
}

/// Has the shell run a script; whether it ended well, and what a terminal would show.
fn shell(script: &str, home: &Path) -> (bool, String) {
    let output = command("sh", &format!("exec 2>&1\n{script}"), home).output().expect("there is a shell");
    (output.status.success(), String::from_utf8(output.stdout).expect("the output is text"))
}

/// What another shell prints, where there is one.
fn interpreted(shell: &str, script: &str, home: &Path) -> Option<String> {
    let output = command(shell, script, home).output().ok()?;
    Some(String::from_utf8(output.stdout).expect("the output is text"))
}

/// A script for a shell, with the program on its path, where cargo installs it.
fn command(shell: &str, script: &str, home: &Path) -> Command {
    let bin = home.join(".cargo/bin");
    if !bin.exists() {
        let (program, installed) = (env!("CARGO_BIN_EXE_rolebook"), bin.join("rolebook"));
        std::fs::create_dir_all(&bin).expect("a folder");
        #[cfg(unix)]
        std::os::unix::fs::symlink(program, installed).expect("a link");
        #[cfg(not(unix))]
        std::fs::copy(program, installed.with_extension("exe")).expect("a copy");
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(bin).chain(std::env::split_paths(&path));
    let mut command = Command::new(shell);
    command
        .args(["-c", script])
        .env_clear()
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .env("HOME", home)
        .current_dir(home)
        .stdin(Stdio::null());
    command
}

fn has_jq() -> bool {
    Command::new("jq").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The commands that `--help` lists.
fn subcommands() -> Vec<String> {
    after("Commands:", "", ' ')
}

/// The names in the list that follows `heading` in the help: what stands between `mark` and `end` at the start of its
/// least indented lines, up to the first line that is indented less.
fn after(heading: &str, mark: &str, end: char) -> Vec<String> {
    let help = rolebook("--help --width 100").run().answer();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines = help.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let lines = lines.into_iter().skip_while(|line| !line.trim_start().starts_with(mark));
    let mut lines = lines.peekable();
    let level = lines.peek().map_or(0, |line| indent(line));
    lines
        .take_while(|line| indent(line) >= level)
        .filter(|line| indent(line) == level)
        .filter_map(|line| Some(line.trim_start().strip_prefix(mark)?.split_once(end)?.0.to_owned()))
        .collect()
}

/// The names of variables in the source: strings that start with the program's.
fn own_variables(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the source is a folder") {
        let path = entry.expect("the source can be read").path();
        if path.is_dir() {
            names.extend(own_variables(&path));
        } else {
            let source = std::fs::read_to_string(&path).expect("the source is text");
            names.extend(source.split('"').filter(|text| text.starts_with("ROLEBOOK_")).map(str::to_owned));
        }
    }
    names
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect(name)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
