//! Feeds arbitrary bytes as answers to the built-in quizzes: in one file, one per line, or as arguments. Valid answers
//! give a result, and the same answers given by id give the same result.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolebook::analysis::answers::{Answers, Respondent};
use rolebook::analysis::quiz::score;
use rolebook::check::read;
use rolebook::format::{Input, Origin};
use rolebook::error::Error;
use rolebook::framework::Framework;
use rolebook::render::{TerminalOptions, render_line};
use rolebook::report::quiz::{DatasetArguments, QuizReport};
use rolebook_fuzz::{FORMATS, write};

static INPUT: LazyLock<Input> = LazyLock::new(|| Origin::Builtin.load().expect("the program carries it"));
static DATASET: LazyLock<Framework<'static>> = LazyLock::new(|| read(&INPUT).expect("it is a dataset"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    for quiz in &DATASET.quizzes {
        let mut whole = Answers::new(quiz);
        told(whole.add_json(text));
        for line in text.lines() {
            told(Answers::new(quiz).add_pair(line));
            match Respondent::read(quiz, line) {
                Ok(Respondent { name, answers }) => answered(&answers, name.as_deref()),
                Err(error) => told(Err(error)),
            }
        }
        if !text.contains('\n')
            && let Ok(alone) = Respondent::read(quiz, text)
            && alone.name.is_none()
            && Answers::new(quiz).add_json(text).is_ok()
        {
            assert_eq!(alone.answers.given(), whole.given());
        }
        answered(&whole, None);
    }
});

/// Errors must have a message.
fn told(outcome: Result<(), Error>) {
    if let Err(error) = outcome {
        assert!(render_line(&error.at_line(1)).ends_with('\n'));
    }
}

/// Answering again by id gives the same result, and every format can show it.
fn answered(answers: &Answers<'_>, name: Option<&str>) {
    for quiz in &DATASET.quizzes {
        if answers.given().len() != quiz.questions.len() {
            continue;
        }
        let mut again = Answers::new(quiz);
        for (question, given) in quiz.questions.iter().zip(answers.given()) {
            let Some(given) = given else { continue };
            let option = given.map_or("", |choice| &choice.id);
            if again.add_pair(&format!("{}={option}", question.id)).is_err() {
                return;
            }
        }
        assert_eq!(again.given(), answers.given());
        let Some(complete) = again.complete() else { continue };
        let outcome = score(&DATASET, quiz, &complete);
        let origin = DatasetArguments { words: Vec::new(), repeat: true };
        let report = QuizReport::new(&DATASET, quiz, &complete, &outcome, origin)
            .of(name.map(str::to_owned));
        for format in FORMATS {
            write(&report, format, TerminalOptions { width: 80, color: false });
        }
    }
}
