//! Tests the content of the built-in dataset. The tests of `check` cover its format.

use std::collections::{BTreeMap, BTreeSet};

use rolebook::check::read;
use rolebook::format::Origin;
use rolebook::format::{Choice, Points, Quiz};
use rolebook::framework::{Aspect, Framework, Role, Statement};

/// Calls a function with the built-in dataset.
fn with_dataset(look: impl FnOnce(&Framework<'_>)) {
    let text = Origin::Builtin.load().expect("the dataset is built in");
    look(&read(&text).expect("the dataset can be read"));
}

fn aspects<'d, 'a>(dataset: &'d Framework<'a>) -> impl Iterator<Item = &'d Aspect<'a>> {
    dataset.sections.iter().flat_map(|section| &section.aspects)
}

fn statements<'d, 'a>(dataset: &'d Framework<'a>) -> impl Iterator<Item = &'d Statement<'a>> {
    aspects(dataset).flat_map(|aspect| &aspect.statements)
}

#[test]
fn it_has_what_the_article_tells() {
    with_dataset(|dataset| {
        assert_eq!(dataset.id.as_str(), "product-roles");
        assert_eq!(dataset.language.as_deref(), Some("en"));
        let revision: Vec<&str> = dataset.revision.as_deref().expect("a revision").split('.').collect();
        assert!(
            revision.len() == 3 && revision.iter().all(|part| part.parse::<u32>().is_ok()),
            "{revision:?}"
        );
        let sections: Vec<&str> = dataset.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(
            sections,
            ["responsibilities", "companies", "skills", "advantages", "drawbacks", "choosing"]
        );
        let roles: Vec<&str> = dataset.roles.iter().map(|role| role.id.as_str()).collect();
        assert_eq!(roles, ["product-manager", "product-owner"]);
        let quizzes: Vec<&str> = dataset.quizzes.iter().map(|quiz| quiz.id.as_str()).collect();
        assert_eq!(quizzes, ["career", "hiring"]);
        assert!(aspects(dataset).count() >= 30, "{} aspects", aspects(dataset).count());
        assert!(statements(dataset).count() >= 60, "{} statements", statements(dataset).count());
    });
}

/// Roles that never speak on the same aspect cannot be compared; one-sided aspects are honest where the article is.
#[test]
fn its_roles_can_be_compared() {
    with_dataset(|dataset| {
        let speaks = |aspect: &Aspect<'_>, role: &Role<'_>| {
            aspect.statements.iter().any(|statement| statement.holder(role.index).is_some())
        };
        let by_all = |aspect: &&Aspect<'_>| dataset.roles.iter().all(|role| speaks(aspect, role));
        let (all, shared) = (aspects(dataset).count(), aspects(dataset).filter(by_all).count());
        assert!(shared * 5 >= all * 2, "all roles speak on {shared} of {all} aspects");
        for section in &dataset.sections {
            assert!(section.aspects.iter().any(|aspect| by_all(&aspect)), "{}: no row is full", section.id);
        }
    });
}

/// A role has everything that a result may show.
#[test]
fn its_roles_are_told_in_full() {
    with_dataset(|dataset| {
        for role in &dataset.roles {
            assert!(role.summary.is_some() && role.family.is_some(), "{}", role.id);
        }
    });
}

/// Citations give the section of the source.
#[test]
fn its_statements_are_where_they_say() {
    with_dataset(|dataset| {
        for statement in statements(dataset) {
            assert!(statement.source.is_some() && statement.at.is_some(), "{}", statement.id);
        }
    });
}

/// The skills are those of one section, each of a kind that the filter knows.
#[test]
fn its_skills_have_a_kind() {
    with_dataset(|dataset| {
        let mut kinds = BTreeSet::new();
        for section in &dataset.sections {
            for aspect in &section.aspects {
                assert_eq!(aspect.skill.is_some(), *section.id == *"skills", "{}", aspect.id);
                kinds.extend(aspect.skill.iter().map(|skill| skill.kind.as_str().to_owned()));
            }
        }
        let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
        assert_eq!(kinds, ["business", "soft", "technical"]);
    });
}

#[test]
fn its_statements_are_short_distinct_and_of_one_form() {
    with_dataset(|dataset| {
        let mut texts: BTreeMap<String, &str> = BTreeMap::new();
        for statement in statements(dataset) {
            let text = statement.text.as_deref().unwrap_or_else(|| panic!("{} says nothing", statement.id));
            let id = statement.id.as_str();
            assert!((1..=240).contains(&text.chars().count()), "{id}: {} characters", text.chars().count());
            assert_eq!(text.trim(), text, "{id} has blanks at an end");
            assert!(!text.contains(['\n', '\t']) && !text.contains("  "), "{id} has more than single blanks");
            assert!(text.starts_with(char::is_uppercase) && !text.ends_with('.'), "{id}: {text}");
            // Equal but for case and punctuation is equal.
            let letters = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            if let Some(other) = texts.insert(letters, id) {
                panic!("{other} and {id} say the same: {text}");
            }
        }
        let titles: BTreeSet<String> = aspects(dataset).map(|aspect| aspect.title.to_lowercase()).collect();
        assert_eq!(titles.len(), aspects(dataset).count(), "two aspects have one title");
    });
}

/// Each question can change the result and can be left open, and no role has a head start.
#[test]
fn its_quizzes_are_fair() {
    with_dataset(|dataset| {
        for quiz in &dataset.quizzes {
            assert!(quiz.questions.len() >= 3, "{}", quiz.id);
            for question in &quiz.questions {
                assert!(question.title.is_some() && question.help.is_some(), "{}", question.id);
                let (counting, open): (Vec<&Choice>, Vec<&Choice>) =
                    question.options.iter().partition(|choice| choice.is_answer());
                let open: Vec<&str> = open.iter().map(|choice| choice.id.as_str()).collect();
                assert_eq!(open, ["not-sure"], "{}", question.id);
                assert!(counting.len() >= 2, "{}", question.id);
                for choice in counting {
                    let counts = choice.points.iter().flat_map(Points::iter).any(|(_, points)| points > 0);
                    assert!(
                        choice.reason.is_some() || !counts,
                        "{}={} has no reason",
                        question.id,
                        choice.id
                    );
                    assert!(
                        choice.note.is_some() || choice.rules_out.is_empty(),
                        "{}={}",
                        question.id,
                        choice.id
                    );
                }
            }
            let most: Vec<u32> =
                dataset.roles.iter().map(|role| most_points(quiz, role.id.as_str())).collect();
            assert!(most[0] > 0 && most.iter().all(|one| *one == most[0]), "{}: {most:?}", quiz.id);
        }
    });
}

/// How many points a role can reach.
fn most_points(quiz: &Quiz<'_>, role: &str) -> u32 {
    let best = quiz.questions.iter().map(|question| {
        let points = question.options.iter().filter_map(|choice| choice.points.as_ref());
        points.map(|points| points.of(role)).max().unwrap_or(0)
    });
    best.sum()
}
