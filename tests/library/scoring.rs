//! Tests properties of scoring that hold for every quiz and all answers.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use rolebook::analysis::quiz::{Outcome, Score, score};
use rolebook::check::read;
use rolebook::format::{Answer, Quiz};
use rolebook::format::{Input, Origin};
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::quiz::{DatasetArguments, QuizReport};
use serde_json::{Value, json};

use crate::support::rolebook as run_rolebook;

/// A quiz as numbers: for each question, for each option, the points of each role; none where it is "not sure".
type Points = Vec<Vec<Option<Vec<u32>>>>;

/// Points of two to four roles, and which option of each question is chosen, if any.
fn answered_quiz() -> impl Strategy<Value = (usize, Points, Vec<Option<usize>>)> {
    (2_usize..5, 1_usize..5).prop_flat_map(|(roles, questions)| {
        let option = prop::option::weighted(0.8, prop::collection::vec(0_u32..4, roles));
        let question = prop::collection::vec(option, 1..4);
        let quiz = prop::collection::vec(question, questions);
        let choices = prop::collection::vec(prop::option::weighted(0.8, 0_usize..3), questions);
        (Just(roles), quiz, choices)
    })
}

fn name(role: usize) -> String {
    format!("role-{role}")
}

/// The dataset with this quiz; `order` is the order in which the roles stand.
fn dataset(order: &[usize], points: &Points) -> String {
    let option = |(number, given): (usize, &Option<Vec<u32>>)| {
        let mut option = json!({"id": format!("o{number}"), "label": "An answer"});
        if let Some(given) = given {
            let points = given.iter().enumerate().map(|(role, points)| (name(role), json!(points)));
            option["points"] = Value::Object(points.collect());
        }
        option
    };
    let question = |(number, options): (usize, &Vec<Option<Vec<u32>>>)| {
        let options: Vec<Value> = options.iter().enumerate().map(option).collect();
        json!({"id": format!("q{number}"), "title": "Question", "prompt": "Well?", "options": options})
    };
    let questions: Vec<Value> = points.iter().enumerate().map(question).collect();
    let roles: Vec<Value> =
        order.iter().map(|role| json!({"id": name(*role), "title": format!("Role {role}")})).collect();
    json!({
        "rolebook": 1, "id": "generated", "title": "Generated", "roles": roles,
        "sections": [{"id": "tasks", "title": "Tasks", "aspects": [{"id": "work", "title": "Work",
            "statements": [{"id": "all-work", "roles": order.iter().map(|role| name(*role)).collect::<Vec<_>>(),
                "text": "Work"}]}]}],
        "quizzes": [{"id": "quiz", "title": "Quiz", "questions": questions}],
    })
    .to_string()
}

/// What `check` is to look at after the quiz is scored in a dataset whose roles stand in this order.
fn scored<T>(
    order: &[usize],
    points: &Points,
    choices: &[Option<usize>],
    check: impl Fn(&Outcome<'_>) -> T,
) -> T {
    let text = dataset(order, points);
    let input = Input::new(Origin::Stdin, text);
    let dataset = read(&input).expect("the dataset is valid");
    let quiz = &dataset.quizzes[0];
    check(&score(&dataset, quiz, &answers(quiz, choices)))
}

fn answers<'d>(quiz: &'d Quiz<'d>, choices: &[Option<usize>]) -> Vec<Answer<'d>> {
    let chosen = quiz.questions.iter().zip(choices);
    chosen.map(|(question, choice)| choice.and_then(|choice| question.options.get(choice))).collect()
}

/// Each role's share, and the roles that are recommended, by name.
fn shares(outcome: &Outcome<'_>) -> (Vec<(String, f64)>, Vec<String>) {
    let mut shares: Vec<(String, f64)> =
        outcome.scores.iter().map(|score| (score.role.id.to_string(), score.share())).collect();
    let mut recommended: Vec<String> = outcome.recommended.iter().map(|role| role.id.to_string()).collect();
    shares.sort_by(|a, b| a.0.cmp(&b.0));
    recommended.sort();
    (shares, recommended)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_and_coverage_lie_between_nothing_and_all((roles, points, choices) in answered_quiz()) {
        let order: Vec<usize> = (0..roles).collect();
        scored(&order, &points, &choices, |outcome| {
            prop_assert!((0.0..=1.0).contains(&outcome.coverage));
            for score in &outcome.scores {
                prop_assert!((0.0..=1.0).contains(&score.share()));
                prop_assert!(score.points <= score.reachable);
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_highest_share_is_recommended_and_all_that_have_it((roles, points, choices) in answered_quiz()) {
        let order: Vec<usize> = (0..roles).collect();
        scored(&order, &points, &choices, |outcome| {
            let highest = outcome.scores.iter().map(Score::share).fold(0.0, f64::max);
            for score in &outcome.scores {
                let is_recommended = outcome.recommended.iter().any(|role| role.id == score.role.id);
                let is_best = highest > 0.0 && (score.share() - highest).abs() < 1e-9;
                prop_assert_eq!(is_recommended, is_best);
            }
            if outcome.coverage == 0.0 {
                prop_assert!(outcome.recommended.is_empty());
            }
            Ok(())
        })?;
    }

    #[test]
    fn no_role_is_favoured_by_its_place((roles, points, choices) in answered_quiz()) {
        let order: Vec<usize> = (0..roles).collect();
        let reversed: Vec<usize> = (0..roles).rev().collect();
        let forwards = scored(&order, &points, &choices, shares);
        prop_assert_eq!(forwards, scored(&reversed, &points, &choices, shares));
    }

    #[test]
    fn no_role_is_favoured_by_its_name((roles, points, choices) in answered_quiz()) {
        let order: Vec<usize> = (0..roles).collect();
        // The same quiz with the points of the roles handed on to the next one: the shares go with them.
        let mut turned = points.clone();
        turned.iter_mut().flatten().flatten().for_each(|points| points.rotate_right(1));
        let (before, _) = scored(&order, &points, &choices, shares);
        let (mut after, _) = scored(&order, &turned, &choices, shares);
        let one = usize::from(!after.is_empty());
        after.rotate_left(one);
        let values = |shares: &[(String, f64)]| shares.iter().map(|(_, share)| *share).collect::<Vec<_>>();
        prop_assert_eq!(values(&before), values(&after));
    }

    #[test]
    fn more_points_for_a_chosen_option_never_lower_a_share(
        (roles, points, choices) in answered_quiz(), role in 0_usize..4, question in 0_usize..4, more in 1_u32..5,
    ) {
        let order: Vec<usize> = (0..roles).collect();
        let (role, question) = (role % roles, question % points.len());
        let mut raised = points.clone();
        let chosen = choices[question].and_then(|choice| raised[question].get_mut(choice)).and_then(Option::as_mut);
        prop_assume!(chosen.is_some());
        if let Some(given) = chosen {
            given[role] += more;
        }
        let share = |outcome: &Outcome<'_>| {
            outcome.scores.iter().find(|score| score.role.id.as_str() == name(role)).map_or(0.0, Score::share)
        };
        prop_assert!(scored(&order, &raised, &choices, share) >= scored(&order, &points, &choices, share));
    }

    #[test]
    fn the_order_of_questions_makes_no_difference((roles, points, choices) in answered_quiz()) {
        let order: Vec<usize> = (0..roles).collect();
        let reversed: Points = points.iter().rev().cloned().collect();
        let backwards: Vec<Option<usize>> = choices.iter().rev().copied().collect();
        prop_assert_eq!(scored(&order, &points, &choices, shares), scored(&order, &reversed, &backwards, shares));
    }
}

/// A quiz of two roles and one question with these points for its only option, which is chosen.
fn one_answer(points: [u32; 2]) -> Vec<String> {
    scored(&[0, 1], &vec![vec![Some(points.to_vec())]], &[Some(0)], |outcome| {
        outcome.recommended.iter().map(|role| role.id.to_string()).collect()
    })
}

#[test]
fn a_tie_names_all_in_dataset_order() {
    assert_eq!(one_answer([2, 2]), ["role-0", "role-1"]);
}

#[test]
fn what_is_not_reachable_is_never_recommended() {
    assert_eq!(one_answer([1, 0]), ["role-0"]);
    assert!(one_answer([0, 0]).is_empty());
}

#[test]
fn a_role_with_more_points_to_win_is_not_favoured() {
    // One point of one reachable against two of four.
    let points = vec![vec![Some(vec![1, 2]), Some(vec![0, 4])]];
    let best = scored(&[0, 1], &points, &[Some(0)], |outcome| outcome.recommended[0].id.to_string());
    assert_eq!(best, "role-0");
}

#[test]
fn not_sure_lowers_coverage_and_counts_for_nobody() {
    let points = vec![vec![Some(vec![1, 0])], vec![None]];
    let outcome = scored(&[0, 1], &points, &[Some(0), Some(0)], |outcome| {
        (outcome.coverage, outcome.scores.iter().map(|score| score.reachable).collect::<Vec<_>>())
    });
    assert_eq!(outcome, (0.5, vec![1, 0]));
}

/// A quiz on three roles whose options give points and rule roles out as the numbers say, its questions in this order.
fn quiz_that_rules_out(questions: &[Vec<(u8, u8)>], order: &[usize]) -> String {
    let mut text = String::from(
        "rolebook: 1\nid: a\ntitle: A\nroles: [{id: r0, title: R0}, {id: r1, title: R1}, {id: r2, title: R2}]\nsections: []\n\
         quizzes:\n- id: q\n  title: Q\n  questions:\n",
    );
    for question in order {
        writeln!(text, "  - id: q{question}\n    prompt: Q{question}\n    options:").expect("text");
        for (option, (points, out)) in questions[*question].iter().enumerate() {
            let named = |bits: u8| (0..3).filter(move |role| bits & (1 << role) != 0);
            let points: Vec<String> = named(*points).map(|role| format!("r{role}: {}", role + 1)).collect();
            let out: Vec<String> = named(*out).map(|role| format!("r{role}")).collect();
            let (points, out) = (points.join(", "), out.join(", "));
            writeln!(text, "    - {{id: o{option}, label: O, points: {{{points}}}, rules_out: [{out}]}}")
                .expect("text");
        }
    }
    text
}

proptest! {
    /// A ruled-out role is never recommended, whatever the order of questions.
    #[test]
    fn ruling_out_is_final_and_knows_no_order(
        questions in proptest::collection::vec(proptest::collection::vec((0..8u8, 0..8u8), 1..4), 1..5),
        choices in proptest::collection::vec(0..3usize, 5),
    ) {
        let forward: Vec<usize> = (0..questions.len()).collect();
        let backward: Vec<usize> = forward.iter().rev().copied().collect();
        let outcome = |order: &[usize]| {
            let input = Input::new(Origin::Stdin, quiz_that_rules_out(&questions, order));
            let framework = read(&input).expect("a dataset");
            let quiz = &framework.quizzes[0];
            let given: Vec<Answer<'_>> = order
                .iter()
                .zip(&quiz.questions)
                .map(|(place, question)| question.options.get(choices[*place] % question.options.len()))
                .collect();
            let outcome = score(&framework, quiz, &given);
            let out = given.iter().flatten().flat_map(|choice| &choice.rules_out);
            let out: BTreeSet<String> = out.map(ToString::to_string).collect();
            for role in &outcome.recommended {
                assert!(!out.contains(role.id.as_str()), "{} is ruled out", role.id);
            }
            let ruled_out = outcome.scores.iter().filter(|one| one.ruled_out_by.is_some());
            let ruled_out: BTreeSet<String> = ruled_out.map(|one| one.role.id.to_string()).collect();
            assert_eq!(ruled_out, out);
            outcome.recommended.iter().map(|role| role.id.to_string()).collect::<Vec<_>>()
        };
        prop_assert_eq!(outcome(&forward), outcome(&backward));
    }
}

/// All ways to answer a quiz, including skipped questions.
fn all_ways<'d>(quiz: &'d Quiz<'d>) -> Vec<Vec<Answer<'d>>> {
    quiz.questions.iter().fold(vec![Vec::new()], |ways, question| {
        let answers = || question.options.iter().map(Some).chain([None]);
        ways.iter()
            .flat_map(|way| answers().map(|answer| way.iter().copied().chain([answer]).collect()))
            .collect()
    })
}

/// On a screen of 24 lines the last one is for the prompt of the shell.
#[test]
fn every_result_of_a_built_in_quiz_fits_a_screen() {
    let input = Origin::Builtin.load().expect("it is built in");
    let dataset = read(&input).expect("the dataset is valid");
    for quiz in &dataset.quizzes {
        for answers in all_ways(quiz) {
            let outcome = score(&dataset, quiz, &answers);
            let origin = DatasetArguments { words: vec!["--builtin".to_owned()], repeat: true };
            let report = QuizReport::new(&dataset, quiz, &answers, &outcome, origin);
            let page = render(&report, Format::Table, TerminalOptions { width: 80, color: false });

            assert!(page.lines().count() < 24, "{page}");
            assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
            let bars = page.lines().position(|line| line.contains('░')).expect("there are bars");
            assert!(bars < 6, "{page}");
        }
    }
}

/// A skipped question is not an answer, and where one question decides, the result names it.
#[test]
fn the_verdict_says_what_it_rests_on() {
    let verdict = |arguments: &str| {
        let page = run_rolebook(arguments).args("--width 200").run().answer();
        page.lines().nth(2).unwrap_or_default().to_owned()
    };
    let hiring = "quiz hiring --answer stage=grown --answer core=core --answer digital=yes";
    assert_eq!(
        verdict(&format!("{hiring} --answer model=settled --answer means=one")),
        "Best match: Product owner (1 of 5 answers: “Business model”)"
    );
    assert_eq!(
        verdict(&format!("{hiring} --answer model=settled --answer means=not-sure")),
        "Best match: Product owner (1 of 5 answers; 1 “not sure”)"
    );
    assert_eq!(
        verdict(&format!("{hiring} --answer model= --answer means=one")),
        "No recommendation: “Business model” decides, and you skipped it"
    );
    assert_eq!(
        verdict("quiz --answer people=team --answer technical-depth=not-sure --answer customer="),
        "Best match: Product owner (1 of 3 answers; 1 “not sure”, 1 skipped)"
    );
    assert_eq!(
        verdict("quiz --answer people= --answer technical-depth=not-sure --answer customer="),
        "No recommendation: every question was skipped or answered “not sure”"
    );
}
