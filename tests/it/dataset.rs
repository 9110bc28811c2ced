//! The dataset that is built in keeps the rules of the format, and is worth reading side by side.

use std::collections::{BTreeMap, BTreeSet};

use rolebook::dataset::{Source, read};
use rolebook::model::{Aspect, Choice, Dataset, Id, Points, Quiz, Section, Statement, Text};

/// Looks at the dataset that is built in.
fn with_dataset(look: impl FnOnce(&Dataset<'_>)) {
    let text = Source::Builtin.load().expect("the dataset is built in");
    look(&read(&text).expect("the dataset can be read"));
}

fn aspects<'d, 'a>(dataset: &'d Dataset<'a>) -> impl Iterator<Item = &'d Aspect<'a>> {
    dataset.sections.iter().flat_map(|section| &section.aspects)
}

fn statements<'d, 'a>(dataset: &'d Dataset<'a>) -> impl Iterator<Item = &'d Statement<'a>> {
    aspects(dataset).flat_map(|aspect| &aspect.statements)
}

fn is_slug(id: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.split('-').all(is_part)
}

/// Ids of one list are slugs, none twice.
fn assert_ids<'i>(what: &str, ids: impl IntoIterator<Item = &'i str>) {
    let mut known = BTreeSet::new();
    for id in ids {
        assert!(is_slug(id), "{what}: `{id}` is no slug");
        assert!(known.insert(id), "{what}: `{id}` stands twice");
    }
}

#[test]
fn it_has_what_the_article_tells() {
    with_dataset(|dataset| {
        assert_eq!((dataset.rolebook, dataset.id.as_str()), (1, "product-roles"));
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

/// What the roles say stands in rows: most aspects are spoken to by all of them.
#[test]
fn its_roles_speak_on_most_aspects() {
    with_dataset(|dataset| {
        let speaks = |aspect: &Aspect<'_>, role: &str| {
            aspect.statements.iter().any(|statement| statement.roles.iter().any(|held| *held == *role))
        };
        let by_all = |aspect: &&Aspect<'_>| dataset.roles.iter().all(|role| speaks(aspect, &role.id));
        let (all, shared) = (aspects(dataset).count(), aspects(dataset).filter(by_all).count());
        assert!(shared * 4 >= all * 3, "all roles speak on {shared} of {all} aspects");
        for section in &dataset.sections {
            assert!(section.aspects.iter().any(|aspect| by_all(&aspect)), "{}: no row is full", section.id);
        }
    });
}

#[test]
fn its_ids_are_unique_slugs() {
    with_dataset(|dataset| {
        assert_ids("sources", dataset.sources.iter().map(|source| source.id.as_str()));
        assert_ids("voices", dataset.voices.iter().map(|voice| voice.id.as_str()));
        assert_ids("scales", dataset.scales.iter().map(|scale| scale.id.as_str()));
        assert_ids("families", dataset.families.iter().map(|family| family.id.as_str()));
        assert_ids("roles", dataset.roles.iter().map(|role| role.id.as_str()));
        assert_ids("sections", dataset.sections.iter().map(|section| section.id.as_str()));
        assert_ids("aspects", aspects(dataset).map(|aspect| aspect.id.as_str()));
        assert_ids("statements", statements(dataset).map(|statement| statement.id.as_str()));
        assert_ids("quizzes", dataset.quizzes.iter().map(|quiz| quiz.id.as_str()));
        for quiz in &dataset.quizzes {
            assert_ids(&quiz.id, quiz.questions.iter().map(|question| question.id.as_str()));
            for question in &quiz.questions {
                assert_ids(&question.id, question.options.iter().map(|choice| choice.id.as_str()));
            }
        }
    });
}

/// Whatever a person types names one role.
#[test]
fn its_names_of_roles_are_unambiguous() {
    with_dataset(|dataset| {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for role in &dataset.roles {
            for name in role.aliases.iter().map(Text::as_str).chain([role.id.as_str(), role.title.as_str()]) {
                let owner = owners.entry(name.to_lowercase()).or_insert(&role.id);
                assert_eq!(*owner, role.id.as_str(), "`{name}` names two roles");
            }
            let summary = role.summary.as_deref().expect("a role has a summary");
            assert!(!summary.is_empty() && role.rank.is_some(), "{}", role.id);
            let family = role.family.as_deref().expect("a role has a family");
            assert!(dataset.families.iter().any(|known| *known.id == *family), "{family}");
        }
    });
}

#[test]
fn its_references_lead_somewhere_and_nothing_is_unused() {
    with_dataset(|dataset| {
        for statement in statements(dataset) {
            assert!(!statement.roles.is_empty(), "{} is nobody's", statement.id);
            let roles: BTreeSet<&str> = statement.roles.iter().map(Id::as_str).collect();
            assert_eq!(roles.len(), statement.roles.len(), "{} names a role twice", statement.id);
            for role in &statement.roles {
                assert!(dataset.roles.iter().any(|known| known.id == *role), "{}: {role}", statement.id);
            }
            let source =
                statement.source.as_ref().unwrap_or_else(|| panic!("{} has no source", statement.id));
            assert!(dataset.sources.iter().any(|known| known.id == *source), "{}: {source}", statement.id);
            assert!(statement.at.as_ref().is_some_and(|at| !at.is_empty()), "{} is nowhere", statement.id);
            if let Some(voice) = &statement.voice {
                assert!(dataset.voices.iter().any(|known| known.id == *voice), "{}: {voice}", statement.id);
            }
        }
        let is_used = |what: &str, used: &dyn Fn(&Statement<'_>) -> bool| {
            assert!(statements(dataset).any(used), "{what} is used by no statement");
        };
        for source in &dataset.sources {
            is_used(&source.id, &|statement| statement.source.as_ref() == Some(&source.id));
        }
        for voice in &dataset.voices {
            is_used(&voice.id, &|statement| statement.voice.as_ref() == Some(&voice.id));
        }
        for family in &dataset.families {
            assert!(
                dataset.roles.iter().any(|role| role.family.as_ref() == Some(&family.id)),
                "{}",
                family.id
            );
        }
        for quiz in &dataset.quizzes {
            let is_section = |section: &Section<'_>| quiz.cautions.as_ref() == Some(&section.id);
            assert!(quiz.cautions.is_none() || dataset.sections.iter().any(is_section), "{}", quiz.id);
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
        for aspect in aspects(dataset) {
            assert!(!aspect.statements.is_empty(), "nobody speaks on {}", aspect.id);
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
                    question.options.iter().partition(|choice| choice.points.is_some());
                let open: Vec<&str> = open.iter().map(|choice| choice.id.as_str()).collect();
                assert_eq!(open, ["not-sure"], "{}", question.id);
                assert!(counting.len() >= 2, "{}", question.id);
                for choice in counting {
                    assert!(choice.reason.is_some(), "{}={} has no reason", question.id, choice.id);
                    let points = choice.points.iter().flat_map(Points::iter);
                    for (role, _) in points {
                        assert!(dataset.roles.iter().any(|known| *known.id == *role), "{}: {role}", quiz.id);
                    }
                }
            }
            let chances: Vec<(usize, u32)> =
                dataset.roles.iter().map(|role| chances(quiz, role.id.as_str())).collect();
            assert!(chances.iter().all(|one| *one == chances[0]), "{}: {chances:?}", quiz.id);
            assert!(chances[0].0 > 0, "{}: nobody can score", quiz.id);
        }
    });
}

/// In how many questions a role can score, and how many points it can reach.
fn chances(quiz: &Quiz<'_>, role: &str) -> (usize, u32) {
    let best = quiz.questions.iter().map(|question| {
        let points = question.options.iter().filter_map(|choice| choice.points.as_ref());
        points.map(|points| points.of(role)).max().unwrap_or(0)
    });
    let best: Vec<u32> = best.collect();
    (best.iter().filter(|points| **points > 0).count(), best.iter().sum())
}
