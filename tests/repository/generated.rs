//! Tests that `completions/` and `man/` are up to date. A failure names the command that updates them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{commands, rolebook};

const REFRESH: &str = "UPDATE_GENERATED=1 cargo test generated";

/// Compares the files in a folder with the expected ones, or updates them.
fn agrees(folder: &str, wanted: &BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        refresh(&folder, wanted);
    }
    let found: Vec<String> = files(&folder).into_keys().collect();
    let names: Vec<&String> = wanted.keys().collect();
    assert_eq!(found.iter().collect::<Vec<_>>(), names, "{} is stale: {REFRESH}", folder.display());
    for (name, text) in wanted {
        let held = fs::read_to_string(folder.join(name)).expect("a generated file is text");
        assert!(held == *text, "{} is stale: {REFRESH}", folder.join(name).display());
    }
}

fn refresh(folder: &Path, wanted: &BTreeMap<String, String>) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, path) in files(folder) {
        if !wanted.contains_key(&name) {
            fs::remove_file(path).expect("a file of no use can be removed");
        }
    }
    for (name, text) in wanted {
        fs::write(folder.join(name), text).expect("a generated file can be written");
    }
}

fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}: {REFRESH}", folder.display()));
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths.map(|path| (path.file_name().expect("an entry").to_string_lossy().into_owned(), path)).collect()
}

#[test]
fn the_completion_scripts_are_fresh() {
    let help = rolebook("completions -h --width 100").run().answer();
    let (_, shells) = help.split_once("[possible values: ").expect("the help lists the shells");
    let (shells, _) = shells.split_once(']').expect("the list of shells ends");
    let scripts = shells.split(',').map(str::trim).map(|shell| {
        let name = match shell {
            "zsh" => "_rolebook".to_owned(),
            "powershell" => "rolebook.ps1".to_owned(),
            other => format!("rolebook.{other}"),
        };
        (name, rolebook("completions").arg(shell).run().answer())
    });
    agrees("completions", &scripts.collect());
}

#[test]
fn the_manual_pages_are_fresh() {
    let mut pages = BTreeMap::from([("rolebook.1".to_owned(), rolebook("man").run().answer())]);
    for command in commands() {
        let page = rolebook("man").arg(&command).run().answer();
        pages.insert(format!("rolebook-{command}.1"), page);
    }
    assert!(pages.len() > 8, "the help lists too few commands: {:?}", pages.keys());
    agrees("man", &pages);
}

/// A man page has the usual sections, in the usual order.
#[test]
fn a_manual_page_has_the_usual_sections() {
    let sections = |page: &str| -> Vec<String> {
        let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
        headings.map(|heading| heading.trim_matches('"').to_owned()).collect()
    };
    let page = rolebook("man").run().answer();
    assert_eq!(
        sections(&page),
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "GLOBAL OPTIONS",
            "COMMANDS",
            "EXIT STATUS",
            "ENVIRONMENT",
            "EXAMPLES",
            "SEE ALSO"
        ]
    );
    for command in commands() {
        let page = rolebook("man").arg(&command).run().answer();
        let (headings, name) = (sections(&page), format!("rolebook-{command}"));
        for wanted in
            ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"]
        {
            assert!(headings.iter().any(|heading| heading == wanted), "{name} has no section {wanted}");
        }
        assert!(page.contains(&format!(".TH {} 1 ", name.to_uppercase())), "{name} has another title");
    }
}

/// All examples in the help and the man pages run.
#[test]
fn the_examples_are_understood() {
    let mut shown = Vec::new();
    let helps = commands().into_iter().map(|command| rolebook("-h").arg(command)).chain([rolebook("-h")]);
    for help in helps {
        let help = help.run();
        let text = help.stdout;
        let (_, examples) =
            text.split_once("Examples:\n").unwrap_or_else(|| panic!("no examples: {}", help.command));
        shown.extend(examples.lines().filter_map(|line| line.trim().split("  ").next()).map(str::to_owned));
    }
    for example in shown.iter().filter(|example| example.starts_with("rolebook ")) {
        let only_ours = example.split(['|', '>']).next().expect("a command");
        let words = only_ours.split_whitespace().skip(1);
        // An argument in quotation marks is one word.
        let words = words.collect::<Vec<_>>().join(" ").replace("'product owner'", "po");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(
            folder.path().join("mine.json"),
            r#"{"technical-depth": null, "people": null, "customer": null}"#,
        )
        .expect("a file");
        let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/product-roles.json");
        fs::copy(starter, folder.path().join("roles.yaml")).expect("a file");
        let run = rolebook(&words).folder(folder.path()).run();
        let is_asking = run.stderr.contains("cannot prompt: not a terminal");
        assert!(run.code == Some(0) || is_asking, "`{example}`: {run}");
    }
    assert!(shown.len() > 20, "too few examples: {shown:?}");
}
