//! Tests `rolebook assess` for one person, for all roles and for a team.

use std::fs;

use proptest::prelude::*;
use rolebook::analysis::assess::{Counts, Near, Need, Needs, Standing, by_nearness, near, required};
use rolebook::check::{profiles, read};
use rolebook::format::{Input, Origin};
use rolebook::framework::{Framework, Person, Rating, Skills};
use tempfile::TempDir;

use crate::support::{Rolebook, rolebook};

const DATASET: &str = include_str!("../fixtures/diff-old.yaml");
const TEAM: &str = include_str!("../profiles/team.jsonl");

const ANN: &str = "\
profile: 1
name: Ann
dataset: {id: acme, revision: 1.2.0}
role: sre-1
ratings:
  incidents: mid
  on-call: partly
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in
        [("rolebook.yaml", DATASET), ("ann.yaml", ANN), ("team.jsonl", TEAM)].iter().chain(files)
    {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn assess(folder: &TempDir, arguments: &str) -> Rolebook {
    rolebook("assess").args(arguments).folder(folder.path())
}

#[test]
fn a_person_in_every_format() {
    let folder = folder(&[]);
    for arguments in [
        "ann.yaml --role sre-3 --width 80",
        "ann.yaml --width 80",
        "ann.yaml --role sre-1",
        "ann.yaml --next",
        "ann.yaml --role sre-3 --json",
        "ann.yaml --role sre-3 -f csv",
        "ann.yaml --role sre-3 -f markdown",
        "ann.yaml -f html",
        "ann.yaml --role sre-3 -f jsonl",
    ] {
        insta::assert_snapshot!(assess(&folder, arguments).run());
    }
    let stdin = assess(&folder, "- --role sre-3 --width 80").stdin(ANN).run().answer();
    assert_eq!(stdin, assess(&folder, "ann.yaml --role sre-3 --width 80").run().answer());
}

#[test]
fn a_team_in_every_format() {
    let folder = folder(&[]);
    for arguments in
        ["--role sre-3", "", "--role sre-3 --json", "--role sre-3 -f csv", "--role sre-3 -f html", "-f jsonl"]
    {
        insta::assert_snapshot!(assess(&folder, "team.jsonl --width 80").args(arguments).run());
    }
    let crowd: String = (0..50)
        .map(|number| TEAM.lines().next().unwrap_or_default().replace("Ann", &format!("P{number}")) + "\n")
        .collect();
    let crowd = assess(&folder, "- --role sre-3 --width 80").stdin(crowd).run();
    insta::assert_snapshot!(crowd);
}

#[test]
fn what_nobody_is_rated_in_is_not_missing() {
    let one = r#"{"profile": 1, "name": "Ann", "ratings": {"incidents": "no"}}"#;
    let two = one.replace("Ann", "Bo");
    let folder = folder(&[("two.jsonl", &format!("{one}\n{two}\n"))]);
    insta::assert_snapshot!(assess(&folder, "two.jsonl --role sre-3 --width 60").run());
}

#[test]
fn a_form_is_a_profile() {
    let folder = folder(&[]);
    let blank = assess(&folder, "--form").run();
    insta::assert_snapshot!(blank);
    insta::assert_snapshot!(assess(&folder, "--form sre-3").run());
    insta::assert_snapshot!(rolebook("assess --form pm").run());
    for form in [blank.stdout.clone(), rolebook("assess --form").run().answer()] {
        let builtin = if form.contains("product-roles") { "--builtin" } else { "" };
        let run = assess(&folder, "- --json").args(builtin).stdin(form).run().json();
        assert_eq!((&run["met"], &run["share"]), (&0.into(), &serde_json::Value::Null));
        assert_eq!(run["role"], serde_json::Value::Null);
    }
    insta::assert_snapshot!(assess(&folder, "-").stdin(blank.stdout).run());
}

#[test]
fn a_share_can_be_required() {
    let folder = folder(&[]);
    let code = |arguments: &str| assess(&folder, arguments).run().code;
    assert_eq!(code("ann.yaml --role sre-1 --require 0.5"), Some(0));
    assert_eq!(code("ann.yaml --role sre-1 --require 0.6"), Some(1));
    assert_eq!(code("team.jsonl --role sre-3 --require 0.5"), Some(1));
    assert_eq!(code("ann.yaml --role sre-1 --require 2"), Some(2));
    for arguments in [
        "ann.yaml --role sre-1 --require 0.5 --width 80",
        "ann.yaml --require 0.6 --width 80",
        "ann.yaml --role sre-1 --require 0.6 --json",
        "team.jsonl --role sre-3 --require 0.5 --width 80",
        "team.jsonl --role sre-3 --require 0.5 --json",
        "team.jsonl --role sre-3 --require 0 --width 80",
    ] {
        insta::assert_snapshot!(assess(&folder, arguments).run());
    }
}

#[test]
fn a_rating_is_an_id_or_a_title_in_any_case() {
    let folder = folder(&[]);
    let rated = |incidents: &str, on_call: &str| {
        let profile =
            format!("profile: 1\nname: A\nratings: {{incidents: {incidents}, on-call: {on_call}}}\n");
        assess(&folder, "- --role sre-3 --json").stdin(profile).run()
    };
    let expected = rated("mid", "partly").json();
    for (incidents, on_call) in [("MID", "Partly"), ("Mid", "PARTLY")] {
        assert_eq!(rated(incidents, on_call).json(), expected);
    }
    assert_eq!(rated("No", "YES").json(), rated("no", "yes").json());
    insta::assert_snapshot!(rated("2", "true"));
    insta::assert_snapshot!(rated("partly", "2.5"));
    let names = [("low", "'1'"), ("mid", "'2'"), ("high", "'3'")];
    let numbered = names.iter().fold(DATASET.to_owned(), |text, (name, number)| {
        let text = text.replace(&format!("id: {name},"), &format!("id: {number},"));
        let text = text.replace(&format!("{name}: "), &format!("{number}: "));
        text.replace(&format!(": {name}"), &format!(": {number}"))
    });
    fs::write(folder.path().join("numbered.yaml"), numbered).expect("a file");
    let profile = "profile: 1\nname: A\nratings: {incidents: 2, span: 1}\n";
    insta::assert_snapshot!(assess(&folder, "- -d numbered.yaml").stdin(profile).run());
}

#[test]
fn only_current_roles_come_next() {
    let draft = DATASET.replace("id: sre-2,", "id: sre-2, status: draft,");
    assert_ne!(draft, DATASET);
    let folder = folder(&[("draft.yaml", &draft)]);
    let next = assess(&folder, "ann.yaml --next --json -d draft.yaml").run().json();
    assert_eq!(next["role"]["id"], "sre-3");
    let builtin = "profile: 1\nname: A\nrole: product-manager\n";
    insta::assert_snapshot!(assess(&folder, "- --next --builtin").stdin(builtin).run());
}

#[test]
fn nobody_is_asked_what_is_rated() {
    let folder = folder(&[]);
    let run = assess(&folder, "ann.yaml --role sre-1 --ask").run();
    assert_eq!(run.answer(), assess(&folder, "ann.yaml --role sre-1").run().answer());
}

#[test]
fn every_mistake_in_a_profile_is_named() {
    let broken = "profile: 2\nnmae: Ann\nratings: {incidents: hi, on-cal: yes, on-call: 3}\nrole: sre\n";
    let other = "profile: 1\nname: Ann\ndataset: {id: studio}\n";
    let lines = "{\"profile\": 1, \"name\": \"A\"}\n\n{\"profile\": 1}\nx\n";
    let folder = folder(&[
        ("broken.yaml", broken),
        ("other.yaml", other),
        ("lines.jsonl", lines),
        ("empty.jsonl", ""),
        ("empty.json", ""),
        ("comment.yaml", "# to do\n"),
        ("nokey.yaml", "name: Ann\n"),
        ("far.yaml", "profile: 1\nname: Ann\nratings: {zzz: yes}\n"),
        ("map.yaml", "map: 1\nid: acme\ntables: [{colums: []}]\nids: 1\n"),
    ]);
    for arguments in [
        "broken.yaml",
        "other.yaml",
        "lines.jsonl",
        "empty.jsonl",
        "gone.yaml",
        "ann.yaml ann.yaml",
        "team.jsonl --next",
        "team.jsonl --ask",
        "team.jsonl --require 0.5",
        "ann.yaml --next --role sre-3",
        "ann.yaml --role sre-3 --ask",
        "ann.yaml --require 80%",
        "--form --role sre-3",
        "broken.yaml lines.jsonl ann.yaml",
        "rolebook.yaml",
        "comment.yaml",
        "nokey.yaml",
        "- -",
        "",
        "--no-input",
        "ann.yaml --role nobody",
    ] {
        insta::assert_snapshot!(assess(&folder, arguments).run());
    }
    // Passing the wrong kind of file.
    insta::assert_snapshot!(rolebook("check ann.yaml").folder(folder.path()).run());
    insta::assert_snapshot!(rolebook("import team.jsonl --map map.yaml").folder(folder.path()).run());
    insta::assert_snapshot!(rolebook("check empty.json").folder(folder.path()).run());
    insta::assert_snapshot!(rolebook("check map.yaml").folder(folder.path()).run());
    insta::assert_snapshot!(rolebook("import team.jsonl --map comment.yaml").folder(folder.path()).run());
    // Too many skills to list.
    insta::assert_snapshot!(rolebook("assess --builtin far.yaml").folder(folder.path()).run());
}

#[test]
fn ratings_by_an_older_revision_are_kept_as_far_as_they_fit() {
    let old = ANN.replace("1.2.0", "1.1.0").replace("on-call: partly", "paging: yes\n  on-call: expert");
    let newer = ANN.replace("1.2.0", "1.3.0").replace("on-call: partly", "paging: yes");
    let folder = folder(&[("old.yaml", &old), ("newer.yaml", &newer)]);
    insta::assert_snapshot!(assess(&folder, "old.yaml --role sre-1").run());
    assert_eq!(assess(&folder, "newer.yaml --role sre-1").run().code, Some(2));
}

/// Versions that differ only in their build metadata are the same revision.
#[test]
fn build_metadata_does_not_make_a_revision_older() {
    let profile = |revision: &str| ANN.replace("1.2.0", revision).replace("on-call", "paging");
    let dataset = DATASET.replace("revision: 1.2.0", "revision: 1.2.0+b");
    assert_ne!(dataset, DATASET);
    let folder = folder(&[
        ("rolebook.yaml", &dataset),
        ("same.yaml", &profile("1.2.0+a")),
        ("older.yaml", &profile("1.1.0+z")),
    ]);
    let refused = assess(&folder, "same.yaml --role sre-1").run();
    assert!(refused.stderr.contains("there is no skill `paging`"), "{refused}");
    assert_eq!(assess(&folder, "older.yaml --role sre-1").run().code, Some(0));
}

#[test]
fn roles_near_to_one() {
    let folder = folder(&[]);
    let roles = |arguments: &str| rolebook("roles --near sre-3").args(arguments).folder(folder.path()).run();
    insta::assert_snapshot!(roles(""));
    insta::assert_snapshot!(roles("--json"));
    insta::assert_snapshot!(rolebook("roles --near pm").run());
}

fn framework(look: impl FnOnce(&Skills<'_>, &Needs<'_>)) {
    let text = include_str!("../fixtures/skill-matrix.yaml");
    let input = Input::new(Origin::Stdin, text.to_owned());
    let framework: Framework<'_> = read(&input).unwrap_or_else(|errors| panic!("{errors:?}"));
    let skills = Skills::of(&framework);
    look(&skills, &Needs::of(&skills));
}

/// Turns arbitrary numbers into valid ratings.
fn ratings(skills: &Skills<'_>, numbers: &[Option<usize>]) -> Vec<Option<Rating>> {
    let rated = skills.all().iter().zip(numbers.iter().cycle()).map(|(skill, number)| {
        let words = skill.words();
        number.and_then(|number| skill.rating(words[number % words.len()]))
    });
    rated.collect()
}

fn counts(needs: &[Need<'_>], ratings: &[Option<Rating>]) -> Counts {
    Standing::of(required(needs), ratings).counts()
}

proptest! {
    #[test]
    fn ratings_count_as_they_should(
        numbers in proptest::collection::vec(proptest::option::of(0..8usize), 1..12),
        raised in 0..12usize,
    ) {
        framework(|skills, needs| {
            let before = ratings(skills, &numbers);
            let number = raised % skills.all().len();
            let skill = &skills.all()[number];
            let mut words: Vec<Rating> = skill.words().iter().filter_map(|word| skill.rating(word)).collect();
            words.sort_unstable();
            for (role, needs_of_role) in needs.all() {
                // Every need is in exactly one list.
                let standing = Standing::of(needs_of_role, &before);
                let mut found: Vec<usize> = standing.met.iter().chain(&standing.gaps).map(|(need, _)| need.skill).collect();
                found.extend(standing.unrated.iter().map(|need| need.skill));
                found.sort_unstable();
                let expected: Vec<usize> = needs_of_role.iter().map(|need| need.skill).collect();
                assert_eq!(found, expected, "{}", role.id);
                assert!(standing.gaps.is_sorted_by_key(|(need, rating)| need.distance(*rating)));
                // A higher rating never lowers the share.
                if let Some(rating) = before[number] {
                    for higher in words.iter().filter(|higher| **higher > rating) {
                        let mut after = before.clone();
                        after[number] = Some(*higher);
                        assert!(counts(needs_of_role, &after).share() >= counts(needs_of_role, &before).share());
                    }
                }
                // An unrated skill counts as if the role did not need it, except for coverage.
                let mut without = before.clone();
                without[number] = None;
                let rest: Vec<Need<'_>> = needs_of_role.iter().filter(|need| need.skill != number).cloned().collect();
                assert_eq!(counts(needs_of_role, &without).share(), counts(&rest, &before).share());
                assert!(counts(needs_of_role, &without).coverage() <= counts(needs_of_role, &before).coverage());
            }
        });
    }

    /// The order of profiles and ratings does not matter.
    #[test]
    fn order_does_not_matter(numbers in proptest::collection::vec(proptest::option::of(0..8usize), 1..12)) {
        framework(|skills, needs| {
            let ratings = ratings(skills, &numbers);
            let written = |forwards: bool| {
                let rated = skills.all().iter().zip(&ratings).filter_map(|(skill, rating)| {
                    Some(format!("\"{}\": \"{}\"", skill.aspect.id, skill.word((*rating)?)))
                });
                let mut rated: Vec<String> = rated.collect();
                if !forwards {
                    rated.reverse();
                }
                format!("{{\"profile\": 1, \"name\": \"A\", \"ratings\": {{{}}}}}", rated.join(", "))
            };
            let people = [true, false].map(|forwards| {
                let input = Input::new(Origin::Stdin, written(forwards));
                let mut people: Vec<Person> = profiles(&input, skills).unwrap_or_else(|errors| panic!("{errors:?}"));
                people.pop().expect("a person").ratings
            });
            assert_eq!(people[0], ratings);
            assert_eq!(people[0], people[1]);
            let order = |ratings: &[Option<Rating>]| {
                let roles = by_nearness(needs, ratings, &|_| true);
                roles.iter().map(|(role, _)| role.id.to_string()).collect::<Vec<_>>()
            };
            assert_eq!(order(&people[0]), order(&people[1]));
        });
    }
}

/// Both commands use the same measure: a person with exactly a role's ratings is as near to another role as that role
/// is.
#[test]
fn near_roles_and_people_are_measured_alike() {
    framework(|skills, needs| {
        for (role, own) in needs.all() {
            let ratings = rolebook::analysis::assess::ratings_of_role(skills, own);
            assert_eq!(counts(own, &ratings).met, required(own).count(), "{}", role.id);
            for Near { role: other, counts: found, gaps } in near(skills, needs, role, |_| true) {
                assert_eq!(found, counts(needs.of_role(other), &ratings));
                assert_eq!(found.needed - found.met - found.unrated, gaps.len());
            }
        }
    });
}
