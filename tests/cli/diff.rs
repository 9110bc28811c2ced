//! Tests `rolebook diff`: changes, affected roles and the revision needed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rolebook::analysis::diff::{Change, Class, Diff, Rule, diff};
use rolebook::check::read;
use rolebook::format::{Input, Origin};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{fixtures, git, rolebook};

/// A ladder, and the next version of it.
const OLD: &str = include_str!("../fixtures/diff-old.yaml");
const NEW: &str = include_str!("../fixtures/diff-new.yaml");

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("the folder can be written to");
    }
    folder
}

/// Compares two dataset texts.
fn compared<T>(old: &str, new: &str, look: impl FnOnce(&Diff<'_>) -> T) -> T {
    let [old, new] = [old, new].map(|text| Input::new(Origin::Stdin, text.to_owned()));
    let [old, new] =
        [&old, &new].map(|input| read(input).unwrap_or_else(|errors| panic!("{errors:?}\n{}", input.text())));
    look(&diff(&old, &new))
}

#[test]
fn changes_in_every_format() {
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", NEW)]);
    let run =
        |arguments: &str| rolebook("diff old.yaml new.yaml").args(arguments).folder(folder.path()).run();
    insta::assert_snapshot!(run("--width 80"));
    insta::assert_snapshot!(run("-f markdown"));
    insta::assert_snapshot!(run("--json"));
    insta::assert_snapshot!(run("-f csv"));
    insta::assert_snapshot!(run("-f jsonl"));
    insta::assert_snapshot!(run("-f html"));
    insta::assert_snapshot!(run("-f github --check"));
    insta::assert_snapshot!(run("--role sre-3"));
    insta::assert_snapshot!(run("--role trainee"));
}

#[test]
fn the_verdict_says_whether_and_why_the_revision_fits() {
    let reworded = OLD.replace("Leads}", "Leads the team}");
    let none = OLD.replace("revision: 1.2.0\n", "");
    let lower = OLD.replace("revision: 1.2.0", "revision: 1.1.0");
    let high = NEW.replace("revision: 1.3.0", "revision: 2.0.0");
    let reworded_none = reworded.replace("revision: 1.2.0\n", "");
    let folder = folder(&[
        ("old.yaml", OLD),
        ("none.yaml", &none),
        ("lower.yaml", &lower),
        ("high.yaml", &high),
        ("reworded.yaml", &reworded),
        ("reworded-none.yaml", &reworded_none),
    ]);
    let told = |arguments: &str| {
        let run = rolebook("diff").args(arguments).folder(folder.path()).run();
        let lines: Vec<&str> = run.stdout.lines().take(3).filter(|line| !line.is_empty()).collect();
        format!("{arguments}\n{}\nexit code: {:?}\n", lines.join("\n"), run.code)
    };
    let all = [
        "old.yaml old.yaml --check",
        "old.yaml none.yaml --check",
        "old.yaml lower.yaml --check",
        "old.yaml lower.yaml",
        "none.yaml old.yaml --check",
        "old.yaml high.yaml --check",
        "old.yaml reworded.yaml --check",
        "old.yaml reworded-none.yaml --check",
        "none.yaml reworded.yaml --check",
        "none.yaml reworded-none.yaml --check",
    ];
    insta::assert_snapshot!(all.map(told).join("\n"));
    insta::assert_snapshot!(rolebook("diff old.yaml reworded.yaml --role sre-1").folder(folder.path()).run());
}

#[test]
fn only_skills_are_asked() {
    let gone = OLD.replace(
        "      - {id: salary, title: Salary, statements: [{roles: [sre-1], text: Band 3}]}\n",
        "      - {id: salary, title: Salary}\n",
    );
    let optional = OLD.replace("text: Band 3", "text: Band 3, optional: true");
    for new in [gone, optional] {
        assert_ne!(new, OLD);
        compared(OLD, &new, |diff| {
            let rules: Vec<Rule> = diff.changes.iter().map(|change| change.rule).collect();
            assert_eq!(rules, [Rule::Removed]);
        });
    }
}

/// Who gets a statement does not know its old text.
#[test]
fn new_words_concern_those_who_had_the_old() {
    let new = OLD.replace(
        "{roles: [sre-3], text: Plans the rota}",
        "{roles: [sre-1, sre-3], text: Plans the whole rota}",
    );
    assert_ne!(new, OLD);
    compared(OLD, &new, |diff| {
        let found: Vec<(Option<&str>, Vec<&str>)> = diff
            .changes
            .iter()
            .map(|change| {
                let roles = change.role.iter().chain(&change.reaches);
                (change.key, roles.map(|role| role.id.as_str()).collect())
            })
            .collect();
        assert_eq!(found, [(Some("text"), vec!["sre-3"]), (Some("roles"), vec!["sre-1", "sre-2"])]);
    });
}

/// A statement removed from a retitled aspect is listed under the new title.
#[test]
fn an_aspect_has_one_title() {
    let new = OLD.replace("title: On call", "title: Pager duty").replace(
        "          - {roles: [sre-3], text: Plans the rota}\n",
        "          - {roles: [sre-3], text: Fixes alerts}\n",
    );
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", &new)]);
    insta::assert_snapshot!(rolebook("diff old.yaml new.yaml").folder(folder.path()).run());
}

#[test]
fn rules_are_explained() {
    for rule in Rule::ALL {
        let page = rolebook("check --explain").arg(rule.name()).run().answer();
        assert!(page.starts_with(&format!("{}: a {} change\n", rule.name(), rule.class().name())), "{page}");
    }
    insta::assert_snapshot!(rolebook("check --explain more-asked").run());
    insta::assert_snapshot!(rolebook("check --explain revision-too-low").run());
    insta::assert_snapshot!(rolebook("check --explain more-aksed").run());
}

#[test]
fn exit_codes_tell_whether_the_revision_fits_and_whether_anything_changed() {
    let higher = NEW.replace("revision: 1.3.0", "revision: 2.0.0");
    let unversioned = NEW.replace("revision: 1.3.0\n", "");
    let files = [("old.yaml", OLD), ("new.yaml", NEW), ("higher.yaml", &higher), ("none.yaml", &unversioned)];
    let folder = folder(&files);
    let code = |arguments: &str| rolebook("diff").args(arguments).folder(folder.path()).run().code;
    assert_eq!(code("old.yaml new.yaml"), Some(0));
    assert_eq!(code("old.yaml new.yaml --check"), Some(1));
    assert_eq!(code("old.yaml higher.yaml --check"), Some(0));
    assert_eq!(code("old.yaml none.yaml --check"), Some(1));
    assert_eq!(code("none.yaml old.yaml --check"), Some(0));
    assert_eq!(code("old.yaml old.yaml --check --exit-code"), Some(0));
    assert_eq!(code("old.yaml higher.yaml --exit-code"), Some(1));
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let folder = folder(&[("old.yaml", OLD), ("broken.yaml", "rolebook: 1\n")]);
    for arguments in [
        "",
        "old.yaml",
        "old.yaml gone.yaml",
        "old.yaml broken.yaml",
        "- -",
        "old.yaml old.yaml --builtin",
        "old.yaml --role nobody -d old.yaml",
        "--since main",
        "old.yaml old.yaml --since main",
        "main:old.yaml old.yaml",
    ] {
        let run = rolebook("diff").args(arguments).folder(folder.path());
        insta::assert_snapshot!(run.env("PATH", "").run());
    }
}

#[test]
fn versions_come_from_git() {
    let folder = folder(&[]);
    let sub = folder.path().join("sub");
    fs::create_dir(&sub).expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    fs::write(sub.join("roles.yaml"), OLD).expect("a file");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "old"]);
    git(folder.path(), &["tag", "v1.2.0"]);
    fs::write(sub.join("roles.yaml"), NEW).expect("a file");
    fs::write(sub.join("new.yaml"), NEW).expect("a file");
    let path = std::env::var_os("PATH").expect("a path");
    let run = |within: &Path, arguments: &str| {
        rolebook("diff").args(arguments).folder(within).env("PATH", &path).env("HOME", folder.path()).run()
    };
    let expected = run(folder.path(), "main:sub/roles.yaml sub/roles.yaml").answer();
    assert!(expected.contains("major changes need revision 2.0.0"), "{expected}");
    for (within, arguments) in [
        (folder.path(), "--since v1.2.0 -d sub/roles.yaml"),
        (folder.path(), "--since HEAD sub/roles.yaml"),
        (sub.as_path(), "--since v1.2.0 roles.yaml"),
        (&sub, "v1.2.0:./roles.yaml roles.yaml"),
        (&sub, ":sub/roles.yaml roles.yaml"),
        (folder.path(), "HEAD:sub/roles.yaml -d sub/roles.yaml"),
    ] {
        assert_eq!(run(within, arguments).answer(), expected, "{arguments}");
    }
    for arguments in [
        "--since nowhere sub/roles.yaml",
        "--since origin/main sub/roles.yaml",
        "--since=--output=x sub/roles.yaml",
        "-- --output=x:sub/roles.yaml sub/roles.yaml",
        "main:roles.yaml sub/roles.yaml",
        ":gone.yaml sub/roles.yaml",
        "--since HEAD sub/new.yaml",
        "--since HEAD sub/new.yaml --check",
    ] {
        insta::assert_snapshot!(run(folder.path(), arguments));
    }
    assert!(!folder.path().join("x").exists());
    // A file may be called so.
    fs::write(folder.path().join("main:x.yaml"), OLD).expect("a file");
    assert_eq!(run(folder.path(), "main:x.yaml sub/roles.yaml").answer(), expected);
}

/// As the page on `diff` tells the reader to set it up.
#[cfg(unix)]
#[test]
fn git_shows_datasets_as_documents() {
    let folder = folder(&[("rolebook.yaml", OLD), (".gitattributes", "rolebook.yaml diff=rolebook\n")]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    fs::write(folder.path().join("rolebook.yaml"), NEW).expect("a file");
    let print = format!("'{}' export -f markdown -d", env!("CARGO_BIN_EXE_rolebook"));
    git(folder.path(), &["config", "diff.rolebook.textconv", &print]);
    let shown = git(folder.path(), &["diff"]);
    assert!(shown.contains("\n-### SRE 3\n") || shown.contains("Senior SRE"), "{shown}");
    assert!(!shown.contains("{id:"), "{shown}");
}

#[test]
fn the_same_framework_written_otherwise_is_no_change() {
    for text in [OLD, NEW] {
        compared(text, text, |diff| assert!(diff.changes.is_empty() && diff.fits, "{diff:#?}"));
    }
    let [short, long] = crate::cli::ladders::TWINS;
    compared(short, long, |diff| assert!(diff.changes.is_empty(), "{diff:#?}"));
    compared(long, short, |diff| assert!(diff.changes.is_empty(), "{diff:#?}"));
    let json = include_str!("../fixtures/skill-matrix.json");
    let yaml = include_str!("../fixtures/skill-matrix.yaml");
    compared(json, yaml, |diff| assert!(diff.changes.is_empty(), "{diff:#?}"));
}

#[test]
fn the_docs_have_the_table_of_rules() {
    let docs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md")).expect("a page");
    let rows: Vec<String> = Rule::ALL
        .iter()
        .map(|rule| format!("| `{}` | {} | {} |\n", rule.name(), rule.class().name(), rule.says()))
        .collect();
    assert!(docs.contains(&rows.concat()), "docs/diff.md does not have\n{}", rows.concat());
    assert!(Rule::ALL.is_sorted_by_key(|rule| std::cmp::Reverse(rule.class())));
}

/// A framework of some roles, skills with levels, and statements of which no two are alike.
fn framework(roles: usize, skills: usize, needs: &[Option<usize>]) -> Value {
    let role = |number: usize| json!({"id": format!("r{number}"), "title": format!("{} role", name(number))});
    let skill = |number: usize| {
        let needs = (0..roles).filter_map(|role| {
            let level = needs.get(number * roles + role).copied().flatten()?;
            Some((format!("r{role}"), json!(format!("l{level}"))))
        });
        let statement = |index: usize| {
            let mut statement =
                json!({"roles": [format!("r{}", index % roles)], "text": text(number * 10 + index)});
            if index == 0 {
                statement["id"] = json!(format!("named-{number}"));
            }
            statement
        };
        json!({
            "id": format!("s{number}"),
            "title": format!("{} skill", name(number + 20)),
            "skill": {"kind": "soft", "scale": "grade", "needs": needs.collect::<serde_json::Map<_, _>>()},
            "statements": (0..3).map(statement).collect::<Vec<_>>(),
        })
    };
    json!({
        "rolebook": 1,
        "id": "acme",
        "title": "Acme",
        "revision": "1.2.3",
        "scales": [{"id": "grade", "title": "Grade", "levels": (0..4).map(|level| {
            json!({"id": format!("l{level}"), "title": format!("Level {level}")})
        }).collect::<Vec<_>>()}],
        "roles": (0..roles).map(role).collect::<Vec<_>>(),
        "sections": [
            {"id": "work", "title": "Work", "aspects": (0..skills).map(skill).collect::<Vec<_>>()},
            {"id": "more", "title": "Further", "aspects": []},
        ],
    })
}

/// Words that are unlike those of any other number.
fn name(number: usize) -> String {
    let letters = ["ba", "ko", "mi", "tu", "ze", "ga", "fo", "li", "nu", "xe"];
    [letters[number % 10], letters[number / 10 % 10], letters[(number * 7 + 3) % 10], letters[number % 7]]
        .concat()
}

fn text(number: usize) -> String {
    ["does", "sees", "says"].map(|verb| format!("{verb}{number}")).join(" ")
}

pub(crate) fn frameworks() -> impl Strategy<Value = Value> {
    (2..5usize, 1..4usize, proptest::collection::vec(proptest::option::of(0..4usize), 16))
        .prop_map(|(roles, skills, needs)| framework(roles, skills, &needs))
}

/// An edit, and how it is to be reported: kind, subject, rule.
type Edit = (fn(&mut Value, usize) -> bool, [&'static str; 3]);

fn need(value: &mut Value, at: usize) -> Option<(&mut Value, usize)> {
    let needs = value.pointer_mut("/sections/0/aspects/0/skill/needs")?.as_object_mut()?;
    let count = needs.len();
    let level = needs.values_mut().nth(at % count.max(1))?;
    let rank = level.as_str()?.strip_prefix('l')?.parse().ok()?;
    Some((level, rank))
}

/// Sets a value; returns whether the pointer exists.
fn set(value: &mut Value, pointer: &str, to: Value) -> bool {
    value.pointer_mut(pointer).map(|place| *place = to).is_some()
}

fn list<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Vec<Value> {
    value.pointer_mut(pointer).and_then(Value::as_array_mut).expect("a list")
}

const STATEMENTS: &str = "/sections/0/aspects/0/statements";

const EDITS: [Edit; 18] = [
    (|value, _| set(value, "/title", json!("Acme anew")), ["reworded", "dataset", "wording"]),
    (|value, _| set(value, "/roles/0/title", json!("Chief")), ["reworded", "role", "wording"]),
    (
        |value, at| {
            let found = need(value, at).filter(|(_, rank)| *rank < 3);
            found.map(|(level, rank)| *level = json!(format!("l{}", rank + 1))).is_some()
        },
        ["raised", "aspect", "more-asked"],
    ),
    (
        |value, at| {
            let found = need(value, at).filter(|(_, rank)| *rank > 0);
            found.map(|(level, rank)| *level = json!(format!("l{}", rank - 1))).is_some()
        },
        ["lowered", "aspect", "less-asked"],
    ),
    (
        |value, _| {
            let needs = value.pointer_mut("/sections/0/aspects/0/skill/needs").and_then(Value::as_object_mut);
            needs.is_some_and(|needs| needs.remove("r1").is_some())
        },
        ["removed", "aspect", "less-asked"],
    ),
    (
        |value, _| {
            let needs = value.pointer_mut("/sections/0/aspects/0/skill/needs").and_then(Value::as_object_mut);
            needs.is_some_and(|needs| needs.insert("r0".into(), json!("l2")).is_none())
        },
        ["added", "aspect", "more-asked"],
    ),
    (
        |value, at| {
            let text = format!("{} and more", text(at % 3));
            set(value, &format!("{STATEMENTS}/{}/text", at % 3), json!(text))
        },
        ["reworded", "statement", "wording"],
    ),
    (
        |value, at| set(value, &format!("{STATEMENTS}/{}/roles", at % 3), json!(["r0", "r1"])) && at % 3 == 1,
        ["added", "statement", "more-asked"],
    ),
    (
        |value, _| {
            list(value, STATEMENTS).push(json!({"roles": ["r0"], "text": "quite new"}));
            true
        },
        ["added", "statement", "more-asked"],
    ),
    (
        |value, _| {
            list(value, STATEMENTS).remove(0);
            true
        },
        ["removed", "statement", "id-gone"],
    ),
    (
        |value, _| {
            list(value, STATEMENTS).remove(1);
            true
        },
        ["removed", "statement", "less-asked"],
    ),
    (
        |value, _| {
            list(value, STATEMENTS).swap(0, 2);
            true
        },
        ["reordered", "aspect", "order"],
    ),
    (
        |value, _| set(value, &format!("{STATEMENTS}/0/id"), json!("other-name")),
        ["renamed", "statement", "id-gone"],
    ),
    (
        |value, at| {
            let statement = list(value, STATEMENTS).remove(at % 3);
            let aspects = list(value, "/sections/0/aspects");
            aspects.get_mut(1).map(|aspect| list(aspect, "/statements").push(statement)).is_some()
        },
        ["moved", "statement", "moved"],
    ),
    (
        |value, _| {
            let aspect = list(value, "/sections/0/aspects").remove(0);
            list(value, "/sections/1/aspects").push(aspect);
            true
        },
        ["moved", "aspect", "moved"],
    ),
    (
        |value, _| {
            list(value, "/roles").push(json!({"id": "new", "title": "Quite another"}));
            true
        },
        ["added", "role", "added"],
    ),
    (
        |value, _| {
            list(value, "/roles").reverse();
            true
        },
        ["reordered", "dataset", "order"],
    ),
    (
        |value, _| {
            list(value, "/scales/0/levels").swap(0, 3);
            // Those who need a level that moved are told so besides.
            value["sections"] == json!([]) || {
                for aspect in list(value, "/sections/0/aspects") {
                    aspect["skill"]["needs"] = json!({});
                }
                false
            }
        },
        ["reordered", "scale", "scale-changed"],
    ),
];

fn is_sound(dataset: &Value) -> bool {
    read(&Input::new(Origin::Stdin, dataset.to_string())).is_ok()
}

/// The positions of changes, independent of direction. `None` if a statement lost its id: only that direction reports it.
fn places(diff: &Diff<'_>) -> Option<BTreeSet<String>> {
    let is_place =
        |id: &str| id.rsplit_once('-').is_some_and(|(_, end)| end.len() == 1 && !id.starts_with("named"));
    let sides = |change: &Change<'_>| {
        let sides = [&change.old, &change.new].into_iter().flatten();
        sides.map(|side| side.value.to_string()).collect::<BTreeSet<String>>()
    };
    // Everything is reported under the new id, or in the new aspect.
    let other_names = diff.changes.iter().filter(|change| matches!(change.key, Some("id" | "aspect")));
    let other_names: Vec<BTreeSet<String>> = other_names.map(sides).collect();
    if other_names.iter().flatten().any(|id| is_place(id)) {
        return None;
    }
    let places = diff.changes.iter().map(|change| {
        let here = change.aspect.map_or("", |aspect| &aspect.id);
        // The id of a statement without one is its place, which may be another for other reasons.
        let id = if is_place(change.id) { here } else { change.id };
        let both = other_names.iter().find(|ids| ids.contains(id)).cloned();
        let mut ids = both.unwrap_or_else(|| BTreeSet::from([id.to_owned()]));
        if change.key == Some("aspect") {
            ids.extend(sides(change));
        }
        let roles: BTreeSet<&str> =
            change.role.iter().chain(&change.reaches).map(|role| role.id.as_str()).collect();
        format!("{} {ids:?} {:?} {roles:?}", change.subject.name(), change.key)
    });
    Some(places.collect())
}

/// The changes of the level that two roles need of a skill, each from one level to another, `?` if optional.
fn changes_of_levels(old: [&str; 2], new: [&str; 2]) -> Vec<String> {
    let dataset = |needs: [&str; 2]| {
        let needs = needs.iter().zip(["a", "b"]).filter(|(level, _)| !level.is_empty());
        let needs = needs.map(|(level, role)| {
            let optional = level.ends_with('?');
            json!({"roles": [role], "level": level.trim_end_matches('?'), "text": format!("As {role}"), "optional": optional})
        });
        json!({
            "rolebook": 1, "id": "x", "title": "X",
            "roles": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
            "scales": [{"id": "s", "title": "S", "levels": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}]}],
            "sections": [{"id": "t", "title": "T", "aspects": [
                {"id": "sql", "title": "SQL", "skill": {"kind": "k", "scale": "s"}, "statements": needs.collect::<Value>()},
            ]}],
        })
    };
    compared(&dataset(old).to_string(), &dataset(new).to_string(), |diff| {
        let of_levels = diff.changes.iter().filter(|one| one.subject.name() == "aspect");
        let words = of_levels.map(|one| {
            let roles: Vec<&str> = one.role.iter().chain(&one.reaches).map(|role| role.id.as_str()).collect();
            format!("{} {} {}", one.kind.name(), one.rule.name(), roles.join(" "))
        });
        words.collect()
    })
}

/// What is optional for one role and required of another is two changes, whichever role comes first.
#[test]
fn a_level_that_is_required_is_never_hidden_by_an_optional_one() {
    let none = ["", ""];
    assert_eq!(changes_of_levels(none, ["low?", "low"]), ["added added a", "added more-asked b"]);
    assert_eq!(changes_of_levels(none, ["low", "low?"]), ["added more-asked a", "added added b"]);
    assert_eq!(changes_of_levels(none, ["low", "low"]), ["added more-asked a b"]);
    assert_eq!(
        changes_of_levels(["low?", "low?"], ["high", "high?"]),
        ["raised more-asked a", "required more-asked a", "raised added b"]
    );
    assert_eq!(
        changes_of_levels(["high?", ""], ["low", ""]),
        ["lowered less-asked a", "required more-asked a"]
    );
    assert_eq!(
        changes_of_levels(["high", "high?"], ["low?", "low?"]),
        ["lowered less-asked a b", "optional less-asked a"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_is_reported_as_what_it_is(old in frameworks(), edit in 0..EDITS.len(), at in 0..100usize) {
        let (apply, expected) = EDITS[edit];
        let mut new = old.clone();
        prop_assume!(apply(&mut new, at) && new != old);
        let found = compared(&old.to_string(), &new.to_string(), |diff| {
            let changes = diff.changes.iter();
            changes.map(|one| [one.kind.name(), one.subject.name(), one.rule.name()]).collect::<Vec<_>>()
        });
        prop_assert_eq!(found, vec![expected], "{}", new);
    }

    #[test]
    fn the_class_is_the_highest_and_places_are_the_same_either_way(
        old in frameworks(),
        edits in proptest::collection::vec((0..EDITS.len(), 0..100usize), 0..6),
    ) {
        let mut new = old.clone();
        for (edit, at) in edits {
            let mut next = new.clone();
            let is_wide = list(&mut next, "/sections/0/aspects").first().is_some_and(|aspect| {
                aspect["statements"].as_array().is_some_and(|statements| statements.len() > 2)
            });
            if is_wide && EDITS[edit].0(&mut next, at) && is_sound(&next) {
                new = next;
            }
        }
        let [old, new] = [old, new].map(|value| value.to_string());
        let there = compared(&old, &new, |diff| {
            let all = [Class::Patch, Class::Minor, Class::Major];
            let classes: Vec<Class> = diff.changes.iter().map(|change| change.rule.class()).collect();
            assert_eq!(diff.class(), all.into_iter().rev().find(|class| classes.contains(class)));
            places(diff)
        });
        let back = compared(&new, &old, places);
        if there.is_some() && back.is_some() {
            prop_assert_eq!(there, back, "{}", new);
        }
    }
}

/// Where every value of a dataset is, but for the owner's own data.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, child) in children.into_iter().filter(|(key, _)| key != "meta") {
        let at = format!("{at}/{key}");
        pointers(child, &at, found);
        found.push(at);
    }
}

/// The key that a value belongs to, without its place in lists.
fn key_of(pointer: &str) -> String {
    let words = pointer.split('/').filter(|word| !word.is_empty() && word.parse::<usize>().is_err());
    words.collect::<Vec<_>>().join(".")
}

/// Every key of the format: a change of its value, and its absence.
#[test]
fn a_change_of_any_key_is_reported() {
    let text = fs::read_to_string(fixtures().join("every-key.json")).expect("a fixture is text");
    let old: Value = serde_json::from_str(&text).expect("the fixture is JSON");
    let mut all = Vec::new();
    pointers(&old, "", &mut all);
    let words: BTreeSet<&str> =
        all.iter().filter_map(|at| old.pointer(at)?.as_str()).filter(|word| !word.contains(' ')).collect();
    let (mut seen, mut missed) = (BTreeSet::new(), BTreeSet::new());
    for at in &all {
        let value = old.pointer(at).expect("a value");
        let others: Vec<Value> = match value {
            Value::String(text) => {
                let other = words.iter().map(|word| (*word).to_owned());
                [format!("{text}x"), format!("{text}-x"), "2020-02-02".to_owned()]
                    .into_iter()
                    .chain(other)
                    .map(Value::from)
                    .collect()
            }
            Value::Number(number) => vec![json!(number.as_i64().expect("a whole number") + 1)],
            Value::Bool(is) => vec![json!(!is)],
            _ => Vec::new(),
        };
        let mut versions: Vec<Value> = others
            .into_iter()
            .filter(|other| other != value)
            .map(|other| {
                let mut new = old.clone();
                *new.pointer_mut(at).expect("a value") = other;
                new
            })
            .filter(is_sound)
            .take(1)
            .collect();
        let (parent, key) = at.rsplit_once('/').expect("a path");
        let mut without = old.clone();
        if let Some(object) = without.pointer_mut(parent).and_then(Value::as_object_mut) {
            object.remove(key);
            versions.extend(Some(without).filter(is_sound));
        }
        for new in versions {
            let changes = compared(&text, &new.to_string(), |diff| diff.changes.len());
            if changes == 0 {
                missed.insert(key_of(at))
            } else {
                seen.insert(key_of(at))
            };
        }
    }
    // Of these, a value and its absence can mean the same; the revision is judged apart.
    let same = ["quizzes.questions.options.points.engineer", "revision", "roles.status"];
    assert_eq!(missed, same.map(str::to_owned).into());
    assert!(seen.len() > 70, "{} keys: {seen:?}", seen.len());
}
