//! The sources keep the layers that the crate's essay draws, and the repository holds nothing half done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::commands;

/// A source file without its tests and comments, and the path of its module.
struct Module {
    path: Vec<String>,
    code: String,
}

impl Module {
    fn name(&self) -> String {
        self.path.join("::")
    }

    /// The module of the crate that it belongs to.
    fn top(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    /// What it names of the crate, each by its whole path: `crate::…` and `super::…`, groups taken apart.
    fn imports(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for (position, _) in self.code.match_indices("crate::") {
            let (_, rest) = self.code.split_at(position + "crate::".len());
            found.extend(expand(rest).0);
        }
        for (position, _) in self.code.match_indices("super::") {
            let (before, rest) = self.code.split_at(position);
            if before.ends_with("super::") {
                continue;
            }
            let mut parents = self.path.as_slice();
            let mut rest = rest;
            while let Some(further) = rest.strip_prefix("super::") {
                parents = parents.split_last().map_or(parents, |(_, parents)| parents);
                rest = further;
            }
            let relative = expand(rest).0.into_iter();
            found.extend(relative.map(|path| parents.iter().cloned().chain(path).collect()));
        }
        found
    }
}

/// The paths that a tree as in `a::{b, c::d}` stands for, and what follows it.
fn expand(text: &str) -> (Vec<Vec<String>>, &str) {
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut paths = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if let Some(after) = rest.strip_prefix('}') {
                return (paths, after);
            }
            let (more, after) = expand(rest);
            // What is no name, such as a star, is passed over.
            let step = rest.chars().next().map_or(0, char::len_utf8);
            rest = if after.len() == rest.len() { rest.split_at(step).1 } else { after };
            paths.extend(more);
        }
    }
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let (name, rest) = text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()));
    let name = (!name.is_empty()).then(|| name.to_owned());
    match rest.strip_prefix("::") {
        Some(below) => {
            let (paths, after) = expand(below);
            (paths.into_iter().map(|path| name.iter().cloned().chain(path).collect()).collect(), after)
        }
        None => (vec![name.into_iter().collect()], rest),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders of what is built, what git keeps, and what fuzzing finds.
const UNWRITTEN: [&str; 5] = ["target", ".git", "corpus", "artifacts", "coverage"];

/// All files below a folder, without those that nobody wrote.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let is_kept = !UNWRITTEN.iter().any(|name| path.ends_with(name));
        match path.is_dir() {
            true if is_kept => found.extend(files(&path)),
            false if is_kept => found.push(path),
            _ => {}
        }
    }
    found.sort();
    found
}

/// The modules of the program; the crate's root and the program's entry are above all layers.
fn modules() -> Vec<Module> {
    let source = root().join("src");
    let paths = files(&source).into_iter();
    let modules = paths.map(|file| {
        let relative = file.strip_prefix(&source).expect("a source file").with_extension("");
        let path = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let path: Vec<String> = path.filter(|part| part != "mod").collect();
        let text = fs::read_to_string(&file).expect("a source file is text");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        Module { path, code: lines.collect::<Vec<_>>().join("\n") }
    });
    modules.filter(|module| !["lib", "main"].contains(&module.top())).collect()
}

/// The modules of each layer, highest first, as the essay's table has them.
fn layers() -> Vec<Vec<String>> {
    let essay = fs::read_to_string(root().join("src/lib.rs")).expect("the essay is text");
    let rows = essay.lines().filter_map(|line| line.strip_prefix("//! | ")).skip(2);
    let mut layers: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let names = cells[1]
            .split(',')
            .map(|name| name.trim().trim_matches(['[', ']', '`']).trim_start_matches("mod@").to_owned());
        if !cells[0].is_empty() {
            layers.push(Vec::new());
        }
        layers.last_mut().expect("the first row names a layer").extend(names);
    }
    layers
}

#[test]
fn the_essay_names_every_module_once() {
    let mut named: Vec<String> = layers().into_iter().flatten().collect();
    named.sort();
    let mut there: Vec<String> = modules().iter().map(|module| module.top().to_owned()).collect();
    there.sort();
    there.dedup();
    assert_eq!(named, there, "the table in src/lib.rs and the folder src differ");
    assert_eq!(layers().len(), 4, "the essay tells of four layers");
}

#[test]
fn a_layer_uses_only_those_below() {
    let layers = layers();
    let heights: BTreeMap<&str, usize> = layers
        .iter()
        .rev()
        .enumerate()
        .flat_map(|(height, layer)| layer.iter().map(move |name| (name.as_str(), height)))
        .collect();
    let mut seen = 0;
    for module in modules() {
        let height = heights[module.top()];
        for import in module.imports() {
            let Some(other) = import.first().filter(|name| heights.contains_key(name.as_str())) else {
                continue;
            };
            seen += 1;
            let is_below = heights[other.as_str()] < height;
            let are_basics = height == 0 && heights[other.as_str()] == 0;
            let is_itself = other == module.top();
            assert!(is_below || are_basics || is_itself, "{} uses {}", module.name(), import.join("::"));
        }
    }
    assert!(seen > 50, "only {seen} uses were found");
}

/// Results know the basics, what was read, and what it comes to; how they are shown and written is none of theirs.
#[test]
fn a_report_is_apart_from_how_it_is_shown() {
    for module in modules().iter().filter(|module| module.top() == "report") {
        for import in module.imports() {
            let forbidden = ["render", "prompt", "fs", "ui"];
            let is_allowed = import.first().is_none_or(|other| !forbidden.contains(&other.as_str()));
            assert!(is_allowed, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

/// Reports share what `report/mod.rs` keeps to the crate, and nothing else of each other.
#[test]
fn reports_do_not_use_each_other() {
    let modules = modules();
    let reports = modules.iter().find(|module| module.path == ["report"]).expect("the module of reports");
    let public = reports.code.lines().filter_map(|line| line.strip_prefix("pub mod "));
    let public: Vec<&str> = public.map(|name| name.trim_end_matches(';')).collect();
    assert!(public.len() >= 8, "{public:?}");
    for module in modules.iter().filter(|module| module.top() == "report") {
        for import in
            module.imports().iter().filter(|import| import.first().is_some_and(|top| top == "report"))
        {
            let is_another = import.get(1).is_some_and(|name| {
                public.contains(&name.as_str()) && module.path.get(1).is_none_or(|own| own != name)
            });
            assert!(!is_another, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

#[test]
fn commands_do_not_use_each_other() {
    let commands = commands();
    for module in modules().iter().filter(|module| module.top() == "cmd" && module.path.len() > 1) {
        for import in module.imports().iter().filter(|import| import.first().is_some_and(|top| top == "cmd"))
        {
            let is_command = import.get(1).is_some_and(|name| commands.contains(name));
            assert!(!is_command, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

/// Results are printed by one module; prompts alone may write to standard error beside it.
#[test]
fn one_module_prints() {
    for module in modules() {
        let name = module.name();
        let is_prompting = module.top() == "prompt" || name == "cmd::asking";
        for (words, is_allowed) in [
            (["println!", "print!(", "stdout()"].as_slice(), name == "ui"),
            (&["eprintln!", "eprint!(", "stderr()"], name == "ui" || is_prompting),
        ] {
            for word in words {
                let is_whole = |(position, _): (usize, &str)| {
                    let (before, _) = module.code.split_at(position);
                    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
                };
                let is_used = module.code.match_indices(word).any(is_whole);
                assert!(!is_used || is_allowed, "{name} has {word}");
            }
        }
    }
}

#[test]
fn every_file_of_tests_is_run() {
    let folder = root().join("tests/it");
    let main = fs::read_to_string(folder.join("main.rs")).expect("the root of the tests");
    let named: Vec<&str> =
        main.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert!(named.is_sorted(), "the modules of tests/it/main.rs are not in order");
    let there = files(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
    let there = there.map(|file| file.file_stem().expect("a name").to_string_lossy().into_owned());
    let there: Vec<String> = there.filter(|name| name != "main").collect();
    assert_eq!(named, there, "tests/it/main.rs leaves files out");
}

#[test]
fn nothing_is_left_half_done() {
    // In pieces, so that this file is none that has them.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("dbg", "!("),
        concat!("#[", "ignore"),
        concat!("un", "implemented!"),
    ];
    let all = files(root());
    assert!(all.len() > 60, "only {} files", all.len());
    for file in all {
        let bytes = fs::read(&file).expect("a file can be read");
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in text.lines().enumerate() {
            for mark in marks {
                assert!(!line.contains(mark), "{}:{}: {mark}", file.display(), number + 1);
            }
        }
    }
}
