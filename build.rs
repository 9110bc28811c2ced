//! What is done once, when the program is built, so that it is not done at every start: the dataset that is built in
//! becomes constants, and the linker does what Linux would do.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "this runs where the program is built, and stops that"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const DATASET: &str = "data/product-roles.json";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={DATASET}");
    let text = fs::read_to_string(DATASET).expect("the dataset is there");
    let dataset: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{DATASET}: {error}"));
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder"));
    fs::write(folder.join("dataset.rs"), constant(&DATASET_TYPE, &dataset))
        .expect("the folder can be written to");
    link();
}

/// A type of `src/model.rs`, and how a value of it is written as a constant. The compiler holds these to the model, and
/// a test holds the constants to the file.
enum Type {
    Number,
    /// A kind of text, by its name.
    Text(&'static str),
    /// One of some words, by the name of the enum; the default where it is left out.
    Word(&'static str, &'static str),
    Points,
    List(&'static Type),
    /// A struct by its name, and its fields besides `meta`, for which there is no constant.
    Object(&'static str, &'static [(&'static str, Presence, &'static Type)]),
}

enum Presence {
    Needed,
    Optional,
    /// Left out, it is the default.
    Defaulted,
}

use Presence::{Defaulted, Needed, Optional};
use Type::{List, Number, Object, Points, Word};

const ID: Type = Type::Text("Id");
const TEXT: Type = Type::Text("Text");
const SUMMARY: (&str, Presence, &Type) = ("summary", Optional, &TEXT);
const TITLE: (&str, Presence, &Type) = ("title", Needed, &TEXT);
const OWN_ID: (&str, Presence, &Type) = ("id", Needed, &ID);

static DATASET_TYPE: Type = Object(
    "Dataset",
    &[
        ("rolebook", Needed, &Number),
        OWN_ID,
        TITLE,
        ("revision", Optional, &Type::Text("Revision")),
        ("language", Optional, &Type::Text("Language")),
        ("sources", Defaulted, &List(&SOURCE)),
        ("voices", Defaulted, &List(&VOICE)),
        ("scales", Defaulted, &List(&SCALE)),
        ("families", Defaulted, &List(&FAMILY)),
        ("roles", Needed, &List(&ROLE)),
        ("sections", Needed, &List(&SECTION)),
        ("quizzes", Defaulted, &List(&QUIZ)),
    ],
);
static SOURCE: Type = Object(
    "Source",
    &[
        OWN_ID,
        TITLE,
        ("author", Optional, &TEXT),
        ("translator", Optional, &TEXT),
        ("publisher", Optional, &TEXT),
        ("date", Optional, &TEXT),
        ("url", Optional, &TEXT),
        ("licence", Optional, &TEXT),
        ("retrieved", Optional, &TEXT),
    ],
);
static VOICE: Type = Object(
    "Voice",
    &[OWN_ID, ("name", Needed, &TEXT), ("title", Optional, &TEXT), ("organisation", Optional, &TEXT)],
);
static SCALE: Type = Object("Scale", &[OWN_ID, TITLE, ("steps", Needed, &List(&STEP))]);
static STEP: Type = Object("Step", &[OWN_ID, TITLE, SUMMARY]);
static FAMILY: Type = Object("Family", &[OWN_ID, TITLE]);
static ROLE: Type = Object(
    "Role",
    &[
        OWN_ID,
        TITLE,
        ("aliases", Defaulted, &List(&TEXT)),
        ("family", Optional, &ID),
        ("rank", Optional, &Number),
        ("status", Defaulted, &Word("Status", "current")),
        SUMMARY,
    ],
);
static SECTION: Type = Object("Section", &[OWN_ID, TITLE, SUMMARY, ("aspects", Needed, &List(&ASPECT))]);
static ASPECT: Type = Object(
    "Aspect",
    &[OWN_ID, TITLE, ("skill", Optional, &SKILL), ("statements", Needed, &List(&STATEMENT))],
);
static SKILL: Type = Object("Skill", &[("kind", Needed, &ID), ("scale", Optional, &ID)]);
static STATEMENT: Type = Object(
    "Statement",
    &[
        OWN_ID,
        ("roles", Needed, &List(&ID)),
        ("text", Optional, &TEXT),
        ("step", Optional, &ID),
        ("voice", Optional, &ID),
        ("source", Optional, &ID),
        ("at", Optional, &TEXT),
    ],
);
static QUIZ: Type =
    Object("Quiz", &[OWN_ID, TITLE, ("cautions", Optional, &ID), ("questions", Needed, &List(&QUESTION))]);
static QUESTION: Type = Object(
    "Question",
    &[
        OWN_ID,
        ("title", Optional, &TEXT),
        ("prompt", Needed, &TEXT),
        ("help", Optional, &TEXT),
        ("options", Needed, &List(&CHOICE)),
    ],
);
static CHOICE: Type = Object(
    "Choice",
    &[
        OWN_ID,
        ("label", Needed, &TEXT),
        ("points", Optional, &Points),
        ("reason", Optional, &TEXT),
        ("note", Optional, &TEXT),
    ],
);

impl Type {
    /// What Rust calls it.
    fn name(&self) -> &'static str {
        match self {
            Self::Text(name) | Self::Object(name, _) => name,
            Self::Number | Self::Word(..) | Self::Points | Self::List(_) => {
                panic!("only texts and objects are listed")
            }
        }
    }

    /// What stands for it where it is left out.
    fn default(&self) -> String {
        match self {
            Self::Word(_, word) => constant(self, &Value::from(*word)),
            _ => constant(self, &Value::Array(Vec::new())),
        }
    }
}

/// A value as an expression of Rust that is a constant.
fn constant(kind: &Type, value: &Value) -> String {
    let text = || value.as_str().unwrap_or_else(|| panic!("{DATASET}: {value} is no text"));
    match kind {
        Number => value.to_string(),
        Type::Text(name) => format!("model::{name}::constant({:?})", text()),
        Word(name, _) => {
            let (first, rest) = text().split_at_checked(1).expect("a word begins with an ASCII letter");
            format!("model::{name}::{}{rest}", first.to_ascii_uppercase())
        }
        Points => {
            let points = value.as_object().expect("points are an object").iter();
            let points =
                points.map(|(role, points)| format!("({}, {points})", constant(&ID, &role.as_str().into())));
            format!("model::Points::constant({})", items("(model::Id<'static>, u32)", points))
        }
        List(item) => {
            let values = value.as_array().unwrap_or_else(|| panic!("{DATASET}: {value} is no list"));
            let values = values.iter().map(|value| constant(item, value));
            format!("model::List::Constant({})", items(&format!("model::{}<'static>", item.name()), values))
        }
        Object(name, fields) => {
            let given = value.as_object().unwrap_or_else(|| panic!("{DATASET}: {value} is no object"));
            let unknown = given.keys().find(|key| fields.iter().all(|(field, ..)| field != key));
            assert!(unknown.is_none(), "{DATASET}: build.rs knows no key {unknown:?} of {name}");
            let fields = fields.iter().map(|(field, presence, kind)| {
                let value = match (given.get(*field), presence) {
                    (Some(value), Optional) => format!("Some({})", constant(kind, value)),
                    (Some(value), Needed | Defaulted) => constant(kind, value),
                    (None, Optional) => "None".to_owned(),
                    (None, Defaulted) => kind.default(),
                    (None, Needed) => panic!("{DATASET}: {value} has no `{field}`"),
                };
                format!("{field}: {value}")
            });
            format!("model::{name} {{ {}, meta: None }}", joined(fields))
        }
    }
}

/// A slice. What has a destructor is no constant by itself, but may be in a static.
fn items(of: &str, items: impl ExactSizeIterator<Item = String>) -> String {
    format!("{{ static ITEMS: [{of}; {}] = [{}]; &ITEMS }}", items.len(), joined(items))
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",\n")
}

/// What Linux would do at every start is done here. For the backtrace of a panic alone the standard library
/// asks for `libgcc_s.so`: what is needed of it goes into the program, where the C compiler has it as an archive. And
/// the constants hold thousands of addresses, which would have to be written first: the program has a fixed place
/// instead, as programs in Go have. Each takes a seventh of a millisecond.
fn link() {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if target("OS") != "linux" || target("ENV") != "gnu" || is_static {
        return;
    }
    println!("cargo::rustc-link-arg-bins=-no-pie");
    // What is seldom called lies apart from what every run calls.
    println!("cargo::rustc-link-arg-bins=-Wl,-z,keep-text-section-prefix");
    let compiler = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let found = Command::new(compiler).arg("-print-file-name=libgcc_eh.a").output();
    // The name comes back without a folder where there is no such archive.
    let path =
        found.map(|found| String::from_utf8_lossy(&found.stdout).trim_end().to_owned()).unwrap_or_default();
    if Path::new(&path).is_absolute() {
        println!("cargo::rustc-link-lib=gcc_eh");
    }
}
