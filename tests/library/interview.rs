//! Tests the quiz interview, with a script instead of a person.

use std::collections::VecDeque;

use rolebook::check;
use rolebook::error::{Error, Exit};
use rolebook::format::{Input, Origin};
use rolebook::framework::Answers;
use rolebook::prompt::Reply::{Back, Chosen};
use rolebook::prompt::{Choice, Prompt, Question, Reply, interview};

const FIRST: &str = "Question 1 of 3: First";
const SECOND: &str = "Question 2 of 3";
const THIRD: &str = "Question 3 of 3: Third";
const RESULT: Reply = Chosen(0);

/// Replies in turn, and leaves where they have run out; what was asked is kept.
#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    welcomes: Vec<String>,
    asked: Vec<Choice>,
    finished: bool,
}

impl Prompt for Script {
    fn welcome(&mut self, title: &str, words: &str) -> Result<(), Error> {
        self.welcomes.push(format!("{title} {words}"));
        Ok(())
    }

    fn choose(&mut self, choice: &Choice) -> Result<Reply, Error> {
        self.asked.push(choice.clone());
        self.replies.pop_front().ok_or_else(Error::left)
    }

    fn text(&mut self, _: &str, default: &str) -> Result<String, Error> {
        Ok(default.to_owned())
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.finished = true;
        Ok(())
    }
}

impl Script {
    fn headings(&self) -> Vec<&str> {
        self.asked.iter().map(|choice| choice.heading.as_str()).collect()
    }
}

/// Two options a question; the second question has no title.
fn questions() -> Vec<Question> {
    let questions = [("First", "One?", "Think."), ("", "Two?", ""), ("Third", "Three?", "")];
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let question = |(title, prompt, help): (&str, &str, &str)| Question {
        title: some(title),
        prompt: prompt.to_owned(),
        help: some(help),
        options: vec!["Yes".to_owned(), "No".to_owned()],
    };
    questions.map(question).into()
}

fn ask(answered: usize, open: &[Question], replies: &[Reply]) -> (Script, Result<Vec<Option<usize>>, Error>) {
    let mut script = Script { replies: replies.iter().copied().collect(), ..Script::default() };
    let answers = interview(&mut script, "Which one?", answered, open);
    (script, answers)
}

fn ask_all(replies: &[Reply]) -> (Script, Result<Vec<Option<usize>>, Error>) {
    ask(0, &questions(), replies)
}

#[test]
fn asks_in_order_and_reviews() {
    let (script, answers) = ask_all(&[Chosen(0), Chosen(1), Chosen(0), RESULT]);
    assert_eq!(answers.expect("all is answered"), [Some(0), Some(1), Some(0)]);
    assert_eq!(script.headings(), [FIRST, SECOND, THIRD, "Review"]);
    assert_eq!(script.welcomes, ["Which one? 3 questions. Your answers can be changed before the result."]);
    assert!(script.finished);
    let [first, second, third, review] = script.asked.as_slice() else { panic!("four were asked") };
    assert_eq!((first.prompt.as_str(), first.help.as_deref()), ("One?", Some("Think.")));
    assert_eq!(first.options, ["Yes", "No"]);
    assert_eq!((first.ready, first.back.as_deref()), (None, None));
    assert_eq!((second.ready, second.back.as_deref()), (None, Some("Back to question 1")));
    assert_eq!(third.back.as_deref(), Some("Back to question 2"));
    assert_eq!(
        review.options,
        ["See the result", "Change “First”: Yes", "Change “Two?”: No", "Change “Third”: Yes"]
    );
    assert_eq!((review.ready, review.back.as_deref()), (Some(0), Some("Back to question 3")));
}

#[test]
fn going_back_keeps_the_answers() {
    let replies = [Chosen(1), Chosen(1), Back, Back, Chosen(1), Chosen(0), Chosen(0), RESULT];
    let (script, answers) = ask_all(&replies);
    assert_eq!(answers.expect("all is answered"), [Some(1), Some(0), Some(0)]);
    assert_eq!(script.headings(), [FIRST, SECOND, THIRD, SECOND, FIRST, SECOND, THIRD, "Review"]);
    let ready: Vec<_> = script.asked.iter().map(|choice| choice.ready).collect();
    assert_eq!(ready, [None, None, None, Some(1), Some(1), Some(1), None, Some(0)]);
}

#[test]
fn the_review_changes_answers_until_the_result_is_wanted() {
    let replies = [
        Chosen(0),
        Chosen(0),
        Chosen(0),
        Chosen(3),
        Chosen(1),
        Chosen(1),
        Back,
        Chosen(2),
        Chosen(1),
        RESULT,
    ];
    let (script, answers) = ask_all(&replies);
    assert_eq!(answers.expect("all is answered"), [Some(0), Some(1), Some(1)]);
    let asked_again = ["Review", THIRD, "Review", FIRST, "Review", SECOND, "Review"];
    assert_eq!(script.headings()[3..], asked_again);
    for changed in [4, 6, 8] {
        assert_eq!(script.asked[changed].back.as_deref(), Some("Back to the review"));
        assert_eq!(script.asked[changed].ready, Some(0));
    }
}

#[test]
fn the_review_goes_back_to_the_last_question() {
    let replies = [Chosen(0), Chosen(0), Chosen(0), Back, Chosen(1), Back, Back, RESULT];
    let (script, answers) = ask_all(&replies);
    assert_eq!(answers.expect("all is answered"), [Some(0), Some(0), Some(1)]);
    assert_eq!(script.headings()[3..], ["Review", THIRD, "Review", THIRD, "Review"]);
}

#[test]
fn given_answers_are_not_asked_again() {
    let (script, answers) = ask(2, &questions()[1..2], &[Chosen(0), RESULT]);
    assert_eq!(answers.expect("all is answered"), [Some(0)]);
    assert_eq!(script.headings(), ["Question 1 of 1", "Review"]);
    assert_eq!(
        script.welcomes,
        ["Which one? 1 question, 2 answered already. Your answers can be changed before the result."]
    );
}

/// What was given and what is chosen at the prompt make up all answers, in the order of the quiz.
#[test]
fn choices_fill_the_open_questions() {
    let questions = ["first", "second", "third", "fourth"].map(|id| {
        format!(
            r#"{{"id": "{id}", "title": "{id}", "prompt": "P?", "options": [
                {{"id": "yes", "label": "Yes", "points": {{"a": 1}}}}, {{"id": "no", "label": "No", "points": {{"b": 1}}}}]}}"#
        )
    });
    let dataset = format!(
        r#"{{"rolebook": 1, "id": "d", "title": "D",
        "roles": [{{"id": "a", "title": "A"}}, {{"id": "b", "title": "B"}}],
        "sections": [{{"id": "s", "title": "S", "aspects": [
            {{"id": "x", "title": "X", "statements": [{{"id": "one", "roles": ["a"], "text": "One"}}]}}]}}],
        "quizzes": [{{"id": "q", "title": "Which one?", "questions": [{}]}}]}}"#,
        questions.join(",")
    );
    let input = Input::new(Origin::Stdin, dataset);
    let dataset = check::read(&input).expect("the dataset is right");
    let mut answers = Answers::new(&dataset.quizzes[0]);
    answers.add("first", Some("no")).expect("it is an option");
    answers.add("third", None).expect("a question can be skipped");
    let ids: Vec<_> =
        answers.complete_with([Some(0), None]).iter().map(|one| one.map(|one| one.id.to_string())).collect();
    assert_eq!(ids, [Some("no".to_owned()), Some("yes".to_owned()), None, None]);
}

#[test]
fn everything_given_asks_nothing() {
    let (script, answers) = ask(3, &[], &[]);
    assert_eq!(answers.expect("nothing is open"), []);
    assert!(script.asked.is_empty() && script.welcomes.is_empty() && !script.finished);
}

#[test]
fn leaving_ends_it_wherever_it_happens() {
    for replies in [&[][..], &[Chosen(0), Back], &[Chosen(0), Chosen(0), Chosen(0)]] {
        let (script, answers) = ask_all(replies);
        assert_eq!(answers.expect_err("somebody left").exit(), Exit::Interrupted);
        assert!(!script.finished);
    }
}
