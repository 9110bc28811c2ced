//! Tests that the sources follow the layers in the table in `src/lib.rs`, and that no unfinished work is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprCall, ExprMethodCall, ItemMod, ItemUse, LitStr, Macro, Member, UseTree};

use crate::support::commands;

/// What a source file uses, its tests left out.
struct Module {
    path: Vec<String>,
    /// The modules and items of the crate that it names, each by its whole path.
    imports: Vec<Vec<String>>,
    /// The functions and macros that it calls, by their last names, and what it does with the streams, such as `ui.note`.
    calls: Vec<String>,
    /// The modules that it declares.
    declared: Vec<String>,
    /// Its string literals.
    texts: Vec<String>,
}

impl Module {
    fn new(path: Vec<String>, file: &syn::File) -> Self {
        let mut module =
            Self { path, imports: Vec::new(), calls: Vec::new(), declared: Vec::new(), texts: Vec::new() };
        module.visit_file(file);
        module
    }

    fn name(&self) -> String {
        self.path.join("::")
    }

    /// The module of the crate that it belongs to.
    fn top(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    /// Adds a path as the file writes it: kept if it starts at the crate or at a parent of this module.
    fn import(&mut self, names: &[String]) {
        let (parents, rest) = match names.iter().position(|name| name != "super") {
            Some(0) if names[0] == "crate" => (0, &names[1..]),
            Some(0) | None => return,
            Some(steps) => (self.path.len().saturating_sub(steps), &names[steps..]),
        };
        self.imports.push(self.path[..parents].iter().chain(rest).cloned().collect());
    }

    /// The paths in a macro's arguments, which the parser leaves as tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut names: Vec<String> = Vec::new();
        let mut separators = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if names.is_empty() || separators == 2 => {
                    names.push(ident.to_string());
                    separators = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !names.is_empty() => separators += 1,
                other => {
                    let is_call = match &other {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
                        TokenTree::Punct(punct) => punct.as_char() == '!',
                        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
                    };
                    self.path_in_macro(&mut names, is_call);
                    separators = 0;
                    match other {
                        TokenTree::Ident(ident) => names.push(ident.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Literal(literal) => self.texts.push(literal.to_string()),
                        TokenTree::Punct(_) => {}
                    }
                }
            }
        }
        self.path_in_macro(&mut names, false);
    }

    fn path_in_macro(&mut self, names: &mut Vec<String>, is_call: bool) {
        self.import(names);
        self.calls.extend(names.pop().filter(|_| is_call));
        names.clear();
    }
}

impl Visit<'_> for Module {
    fn visit_item_mod(&mut self, item: &ItemMod) {
        let is_test = |attribute: &Attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
        };
        if item.attrs.iter().any(is_test) {
            return;
        }
        self.declared.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        for names in expand(&item.tree) {
            self.import(&names);
        }
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.import(&names);
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &ExprCall) {
        if let Expr::Path(function) = &*call.func {
            self.calls.extend(function.path.segments.last().map(|name| name.ident.to_string()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_lit_str(&mut self, text: &LitStr) {
        self.texts.push(text.value());
    }

    /// Doc comments are attributes.
    fn visit_attribute(&mut self, _: &Attribute) {}

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        let is_ui = match &*call.receiver {
            Expr::Field(field) => matches!(&field.member, Member::Named(name) if name == "ui"),
            Expr::Path(variable) => variable.path.is_ident("ui"),
            _ => false,
        };
        self.calls.extend(is_ui.then(|| format!("ui.{}", call.method)));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, one: &Macro) {
        self.calls.extend(one.path.segments.last().map(|name| name.ident.to_string()));
        self.tokens(one.tokens.clone());
        visit::visit_macro(self, one);
    }
}

/// The paths that a tree as in `a::{b, c::d}` stands for.
fn expand(tree: &UseTree) -> Vec<Vec<String>> {
    match tree {
        UseTree::Path(path) => {
            let below = expand(&path.tree).into_iter();
            below.map(|names| std::iter::once(path.ident.to_string()).chain(names).collect()).collect()
        }
        UseTree::Name(name) => vec![vec![name.ident.to_string()]],
        UseTree::Rename(name) => vec![vec![name.ident.to_string()]],
        UseTree::Glob(_) => vec![Vec::new()],
        UseTree::Group(group) => group.items.iter().flat_map(expand).collect(),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders of what is built, what git keeps, and what fuzzing finds.
const UNWRITTEN: [&str; 5] = ["target", ".git", "corpus", "artifacts", "coverage"];

/// All files below a folder, except generated ones.
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
    let is_rust = |file: &PathBuf| file.extension().is_some_and(|end| end == "rs");
    let paths = files(&source).into_iter().filter(is_rust);
    let modules = paths.map(|file| {
        let relative = file.strip_prefix(&source).expect("a source file").with_extension("");
        let path = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let path: Vec<String> = path.filter(|part| part != "mod").collect();
        let text = fs::read_to_string(&file).expect("a source file is text");
        let code = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Module::new(path, &code)
    });
    // The file of a module's tests is declared as such by the module.
    let is_program = |module: &Module| {
        !["lib", "main"].contains(&module.top()) && module.path.last().is_none_or(|name| name != "tests")
    };
    modules.filter(is_program).collect()
}

/// The modules of each layer, highest first, as the table in src/lib.rs has them.
fn layers() -> Vec<Vec<String>> {
    let overview = fs::read_to_string(root().join("src/lib.rs")).expect("the library is text");
    let rows = overview.lines().filter_map(|line| line.strip_prefix("//! | ")).skip(2);
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
fn the_overview_names_every_module_once() {
    let mut named: Vec<String> = layers().into_iter().flatten().collect();
    named.sort();
    let mut there: Vec<String> = modules().iter().map(|module| module.top().to_owned()).collect();
    there.sort();
    there.dedup();
    assert_eq!(named, there, "the table in src/lib.rs and the folder src differ");
    assert_eq!(layers().len(), 4, "the overview has four layers");
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
        for import in &module.imports {
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

/// No module uses, by whatever way, one that uses it: the basics use each other, but in one direction.
#[test]
fn no_modules_use_each_other() {
    let modules = modules();
    let tops: BTreeSet<&str> = modules.iter().map(Module::top).collect();
    let edges = modules.iter().flat_map(|module| {
        module.imports.iter().filter_map(|import| Some((module.top(), tops.get(import.first()?.as_str())?)))
    });
    let mut edges: BTreeSet<(&str, &str)> =
        edges.filter(|(module, other)| module != *other).map(|(module, other)| (module, *other)).collect();
    loop {
        let above: BTreeSet<&str> = edges.iter().map(|(module, _)| *module).collect();
        let left: BTreeSet<(&str, &str)> =
            edges.iter().copied().filter(|(_, other)| above.contains(other)).collect();
        if left.len() == edges.len() {
            break;
        }
        edges = left;
    }
    assert!(edges.is_empty(), "in a circle: {edges:?}");
}

/// Results know the basics, what was read, and what it comes to; how they are shown and written is none of theirs.
#[test]
fn a_report_is_apart_from_how_it_is_shown() {
    for module in modules().iter().filter(|module| module.top() == "report") {
        for import in &module.imports {
            let forbidden = ["render", "prompt", "fs", "ui"];
            let is_allowed = import.first().is_none_or(|other| !forbidden.contains(&other.as_str()));
            assert!(is_allowed, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

/// Commands say what to type next, and so do results. Elsewhere, only the explanations of codes name commands and options.
#[test]
fn only_commands_and_reports_know_the_command_line() {
    let mut seen = 0;
    for module in modules() {
        let is_explanation = ["diagnostic::code", "diagnostic::error_code"].contains(&module.name().as_str());
        if ["cmd", "report"].contains(&module.top()) || is_explanation {
            continue;
        }
        seen += module.texts.len();
        let named = module
            .texts
            .iter()
            .find(|text| ["`rolebook ", "`--", "`-d"].iter().any(|name| text.contains(name)));
        assert!(named.is_none(), "{} says {named:?}", module.name());
    }
    assert!(seen > 500, "only {seen} texts were found");
}

/// What reports share; they use nothing else of each other.
const SHARED: [&str; 3] = ["flat", "parts", "tables"];

#[test]
fn reports_do_not_use_each_other() {
    let modules = modules();
    let reports = modules.iter().find(|module| module.path == ["report"]).expect("the module of reports");
    let declared = &reports.declared;
    assert!(declared.len() >= 8, "{declared:?}");
    for module in modules.iter().filter(|module| module.top() == "report") {
        for import in module.imports.iter().filter(|import| import.first().is_some_and(|top| top == "report"))
        {
            let is_another = import.get(1).is_some_and(|name| {
                declared.contains(name)
                    && !SHARED.contains(&name.as_str())
                    && module.path.get(1).is_none_or(|own| own != name)
            });
            assert!(!is_another, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

#[test]
fn commands_do_not_use_each_other() {
    let commands = commands();
    for module in modules().iter().filter(|module| module.top() == "cmd" && module.path.len() > 1) {
        for import in module.imports.iter().filter(|import| import.first().is_some_and(|top| top == "cmd")) {
            let is_command = import.get(1).is_some_and(|name| commands.contains(name));
            assert!(!is_command, "{} uses {}", module.name(), import.join("::"));
        }
    }
}

/// Only one module prints results; besides it, only prompts may write to standard error.
#[test]
fn one_module_prints() {
    for module in modules() {
        let name = module.name();
        let is_prompting = module.top() == "prompt" || name == "cmd::asking";
        for (words, is_allowed) in [
            (["println", "print", "stdout"].as_slice(), name == "ui"),
            (&["eprintln", "eprint", "stderr"], name == "ui" || is_prompting),
        ] {
            let used = module.calls.iter().find(|call| words.contains(&call.as_str()));
            assert!(used.is_none() || is_allowed, "{name} uses {used:?}");
        }
    }
}

/// Commands return an answer, which one module turns into text and writes. Only pages with blocks are updated elsewhere.
#[test]
fn one_module_delivers() {
    let words =
        ["create", "render", "render_line", "render_fragment", "render_tables", "write_table", "ui.note"];
    let uses = |module: &&Module| module.calls.iter().any(|call| words.contains(&call.as_str()));
    let modules = modules();
    let commands = modules.iter().filter(|module| module.top() == "cmd");
    let names: Vec<String> = commands.filter(uses).map(Module::name).collect();
    assert_eq!(names, ["cmd::deliver"]);
}

#[test]
fn every_file_of_tests_is_run() {
    for folder in ["cli", "library", "repository", "support"] {
        let folder = root().join("tests").join(folder);
        let text = fs::read_to_string(folder.join("mod.rs")).expect("the module of the folder");
        let root = syn::parse_file(&text).expect("a source file is Rust");
        let named = root.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        let named: Vec<String> = named.collect();
        let there = files(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
        let there = there.map(|file| file.file_stem().expect("a name").to_string_lossy().into_owned());
        let there: Vec<String> = there.filter(|name| name != "mod").collect();
        assert_eq!(named, there, "{} leaves files out", folder.join("mod.rs").display());
    }
}
