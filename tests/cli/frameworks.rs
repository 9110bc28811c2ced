//! Tests ladders, skills and matrices with frameworks that have levels, tracks and families.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::fixtures;
use crate::support::{Rolebook, Run, rolebook};

fn tracks(arguments: &str) -> Rolebook {
    rolebook(arguments).args("-d tracks.yaml").folder(&fixtures())
}

fn json(arguments: &str) -> Value {
    serde_json::from_str(&tracks(&format!("{arguments} --json")).run().answer()).expect("it is JSON")
}

/// The same command in every format, one below the other.
fn in_every_format(command: &str) -> String {
    let formats = ["table", "markdown", "json", "jsonl", "csv"];
    let runs: Vec<String> = formats
        .iter()
        .map(|format| {
            format!(
                "$ rolebook {command} -f {format}\n{}",
                tracks(&format!("{command} -f {format}")).run().answer()
            )
        })
        .collect();
    runs.join("\n")
}

fn refused(run: &Run) -> String {
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)), "{run}");
    run.stderr.clone()
}

#[test]
fn a_family_is_a_ladder() {
    assert_snapshot!(in_every_format("show sre"));
}

#[test]
fn a_ladder_is_a_page() {
    let page = tracks("show sre -f html").run().answer();
    assert_snapshot!(page.split_once("<main>").expect("a page").1);
}

#[test]
fn a_family_of_families_names_them_and_one_without_ranks_is_compared() {
    assert_snapshot!(tracks("show technology").run().answer() + &tracks("show support").run().answer());
}

#[test]
fn a_skill_says_what_its_levels_mean_and_who_needs_which() {
    assert_snapshot!(in_every_format("show incidents") + &tracks("show planning").run().answer());
}

#[test]
fn a_matrix_has_a_cell_for_each_skill_and_role() {
    assert_snapshot!(in_every_format("skills --matrix"));
}

#[test]
fn a_matrix_fits_any_width() {
    for width in ["20", "40", "60", "100", "160"] {
        let page = tracks(&format!("skills --matrix --width {width}")).run().answer();
        let widest = page.lines().map(|line| line.chars().count()).max();
        assert!(widest <= width.parse().ok(), "{width}: {page}");
    }
    assert_snapshot!(tracks("skills --matrix --width 60").run().answer());
    assert_snapshot!(tracks("skills --matrix --width 20").run().answer());
}

#[test]
fn a_page_shades_a_matrix_and_says_each_level() {
    let page = tracks("skills --matrix -f html").run().answer();
    assert_snapshot!(page.split_once("<main>").expect("a page").1);
}

/// Twelve roles whose names are long: numbers with a legend, letters with another.
#[test]
fn a_dozen_roles_fit_a_hundred_columns() {
    let roles: Vec<Value> = (1..=25)
        .map(|number| serde_json::json!({"id": format!("role-{number}"), "title": format!("Administration {number}")}))
        .collect();
    let needs: serde_json::Map<String, Value> = (1..=25)
        .map(|number| (format!("role-{number}"), if number % 2 == 0 { "low" } else { "high" }.into()))
        .collect();
    let dataset = serde_json::json!({
        "rolebook": 1, "id": "wide", "title": "Wide", "roles": roles,
        "scales": [{"id": "s", "title": "Scale", "levels": [
            {"id": "low", "title": "Rather low"}, {"id": "high", "title": "Rather high"}]}],
        "sections": [{"id": "all", "title": "All", "skill": {"kind": "k", "scale": "s"}, "aspects": [
            {"id": "one", "title": "A skill with quite a long name", "skill": {"needs": needs}}]}],
    });
    let page = rolebook("skills --matrix -d - --width 100").stdin(dataset.to_string()).run().answer();
    assert_snapshot!(page);
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
}

/// A dozen roles have a cell each. Of more, a page would be the same text again and again.
#[test]
fn statements_of_many_roles_are_listed_once() {
    let roles = |count: usize| -> Vec<Value> {
        let role = |number: usize| serde_json::json!({"id": format!("role-{number}"), "title": format!("Role {number}")});
        let mut roles: Vec<_> = (1..=count).map(role).collect();
        roles[1]["builds_on"] = serde_json::json!(["role-1"]);
        roles
    };
    let ids =
        |numbers: &[usize]| -> Vec<String> { numbers.iter().map(|one| format!("role-{one}")).collect() };
    let dataset = |count: usize| {
        let all: Vec<String> = ids(&(1..=count).collect::<Vec<_>>());
        let needs: serde_json::Map<String, Value> = all
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != 1)
            .map(|(place, id)| (id.clone(), ["low", "high"][place % 2].into()))
            .collect();
        serde_json::json!({
            "rolebook": 1, "id": "many", "title": "Many", "roles": roles(count),
            "scales": [{"id": "s", "title": "Scale", "levels": [
                {"id": "low", "title": "Low", "summary": "Knows it"}, {"id": "high", "title": "High"}]}],
            "sections": [{"id": "all", "title": "All", "skill": {"kind": "hard", "scale": "s"}, "aspects": [
                {"id": "one", "title": "One", "skill": {"descriptors": {"high": "Teaches it"}, "needs": needs}},
                {"id": "two", "title": "Two", "statements": [
                    {"roles": all, "text": "Said of all"},
                    {"roles": ids(&[3, 4]), "text": "Said of two", "optional": true}]},
                {"id": "three", "title": "Three", "statements": [{"roles": ids(&[1, 5]), "text": "Said of few"}]},
                {"id": "four", "title": "Four", "statements": [
                    {"roles": ids(&(1..count).collect::<Vec<_>>()), "text": "Said of nearly all"}]}]}],
        })
        .to_string()
    };
    let pages = ["export", "export -f table", "export -f html", "compare -f markdown"].map(|command| {
        let everyone =
            if command.starts_with("compare") { ids(&(1..=13).collect::<Vec<_>>()) } else { Vec::new() };
        let named = everyone.iter().fold(rolebook(command), Rolebook::arg);
        let page = named.args("-d -").stdin(dataset(13)).run().answer();
        let body = page.split_once("</style>").map_or(page.as_str(), |(_, body)| body);
        format!("$ rolebook {command}\n{body}")
    });
    assert_snapshot!(pages.join("\n"));
    let few = rolebook("export -d -").stdin(dataset(12)).run().answer();
    assert_eq!(few.matches("Role 12: **High** – Teaches it").count(), 1, "{few}");
}

/// Twice as many roles, each with an aspect of its own, are twice as much to say: nobody is told who says nothing.
#[test]
fn an_export_grows_with_what_is_said() {
    let dataset = |count: usize| {
        let roles: Vec<_> = (0..count)
            .map(|one| json!({"id": format!("role-{one}"), "title": format!("Role {one}")}))
            .collect();
        let aspect = |one: usize| {
            let said = json!({"roles": [format!("role-{one}")], "text": format!("Says {one}")});
            json!({"id": format!("aspect-{one}"), "title": format!("Aspect {one}"), "statements": [said],
                "skill": {"kind": "hard"}})
        };
        let aspects: Vec<_> = (0..count).map(aspect).collect();
        json!({"rolebook": 1, "id": "wide", "title": "Wide", "roles": roles,
            "sections": [{"id": "all", "title": "All", "aspects": aspects}]})
        .to_string()
    };
    for format in ["table", "json", "jsonl", "csv", "markdown", "html"] {
        let length = |count| {
            let export = rolebook("export -d -").arg("-f").arg(format);
            export.stdin(dataset(count)).run().answer().len()
        };
        let (one, two) = (length(200), length(400));
        assert!(two < one * 5 / 2, "{format}: {one} bytes for 200 roles, {two} for 400");
    }
}

#[test]
fn what_is_inherited_can_be_left_out() {
    let own = |command: &str| {
        let found = json(command).to_string();
        // An export lists a statement once, with what each role inherits.
        let bases = ["\"inherited_from\":\"sre-1\"", "\"inherited_from\":{\"sre-2\":\"sre-1\"}"];
        bases.iter().any(|base| found.contains(base))
    };
    for command in ["compare sre-2 sre-3", "skills sre-2 sre-3", "show sre-2", "export sre-2"] {
        assert!(own(command), "{command}");
        assert!(!own(&format!("{command} --own")), "{command}");
    }
    assert_snapshot!(tracks("show sre-2 --own").run().answer());
}

#[test]
fn roles_are_listed_briefly() {
    assert_snapshot!(in_every_format("roles --brief"));
}

#[test]
fn roles_are_found_by_what_they_say_and_need() {
    let found = |arguments: &str| -> Vec<String> {
        let roles = json(&format!("roles {arguments}"));
        let roles = roles["roles"].as_array().expect("a list").iter();
        roles.map(|role| role["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(found("--search RUNBOOK"), ["sre-2", "lead-sre-3", "lead-sre-4"]);
    assert_eq!(found("--search site"), ["sre-1", "sre-2", "sre-3", "sre-4", "lead-sre-3", "lead-sre-4"]);
    assert_eq!(found("--search junior"), ["sre-1"]);
    assert_eq!(found("--search notes"), ["sre-1"]);
    assert_eq!(found("--needs incidents=working"), ["sre-2", "lead-sre-3", "lead-sre-4"]);
    assert_eq!(found("--needs incidents>=practitioner"), ["sre-3", "sre-4"]);
    assert_eq!(found("--needs coding=AWARENESS"), ["lead-sre-3", "lead-sre-4", "agent"]);
    assert_eq!(found("--needs coding --needs planning"), ["sre-4", "lead-sre-3", "lead-sre-4"]);
    assert_eq!(found("--needs coding --family support"), ["agent"]);
    assert_eq!(found("--search nothing-like-it"), [""; 0]);
}

#[test]
fn what_is_not_there_is_said() {
    let mut story = String::new();
    for arguments in [
        "show sree",
        "show incident",
        "show sre --own",
        "show sre-1 --as family",
        "show on-cal --as skill",
        "roles --needs codin",
        "roles --needs coding=master",
        "roles --needs on-call=expert",
        "skills --matrix --from sre-1 --to sre-2",
    ] {
        story.extend(["$ rolebook ", arguments, "\n", &refused(&tracks(arguments).run()), "\n"]);
    }
    assert_snapshot!(story);
}

/// Whatever the owner keeps under `meta` comes out of `export --json`, wherever it stands.
#[test]
fn an_export_passes_meta_through() {
    let mut dataset: Value =
        serde_json::from_str(&fs::read_to_string(fixtures().join("every-key.json")).expect("a fixture"))
            .expect("it is JSON");
    let mut count = 0;
    number_metas(&mut dataset, &mut count);
    assert!(count > 15, "{count}");
    let export = rolebook("export --json -d - designer engineer chief typist").stdin(dataset.to_string());
    let export = export.run().answer();
    for number in 1..=count {
        assert!(export.contains(&format!("\"kept\": \"meta {number}\"")), "meta {number} of {count} is lost");
    }
}

/// Gives each `meta` a value of its own.
fn number_metas(value: &mut Value, count: &mut usize) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if key == "meta" {
                    *count += 1;
                    *value = json!({"kept": format!("meta {count}")});
                } else {
                    number_metas(value, count);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| number_metas(item, count)),
        _ => {}
    }
}

/// A catalogue of skills has no roles: what its levels mean can be read, and what needs roles says so.
#[test]
fn a_catalogue_of_skills_without_roles() {
    let run = |arguments: &str| rolebook(arguments).args("-d catalogue.yaml").folder(&fixtures()).run();
    for arguments in
        ["export", "export --json", "show roadmaps", "roles", "skills --matrix", "compare", "check"]
    {
        insta::assert_snapshot!(run(arguments));
    }
}

/// Levels in sentences, each with all of the level below it.
#[test]
fn a_ladder_in_sentences() {
    let run = |arguments: &str| rolebook(arguments).args("-d library.yaml").folder(&fixtures()).run();
    for arguments in
        ["show writing --width 80", "show writer-3 --width 80", "skills --from writer-1 --to writer-2"]
    {
        insta::assert_snapshot!(run(arguments));
    }
}
