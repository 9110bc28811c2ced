//! Asks a quiz one question at a time, with a way back and a review before the result.

use super::{Choice, Prompt, Reply};
use crate::error::Error;
use crate::format::{Answer, Question, Quiz};
use crate::text::counted;

/// Asks the questions that are still open, and returns all answers in the order of the quiz.
///
/// # Errors
///
/// If the prompt is cancelled or fails.
pub fn interview<'d>(
    prompt: &mut dyn Prompt,
    quiz: &'d Quiz<'d>,
    given: &[Option<Answer<'d>>],
) -> Result<Vec<Answer<'d>>, Error> {
    let open: Vec<&'d Question<'d>> = quiz
        .questions
        .iter()
        .zip(given)
        .filter(|(_, answer)| answer.is_none())
        .map(|(question, _)| question)
        .collect();
    let mut chosen: Vec<Option<usize>> = vec![None; open.len()];
    if !open.is_empty() {
        let answered = given.len().saturating_sub(open.len());
        prompt.welcome(&quiz.title, &how_it_goes(open.len(), answered))?;
        ask_all(prompt, &open, &mut chosen)?;
        while let Some(again) = review(prompt, &open, &chosen)? {
            ask_one(prompt, &open, &mut chosen, again, Some("Back to the review".to_owned()))?;
        }
        prompt.finish()?;
    }
    let mut asked = open.iter().zip(chosen);
    let answers = given.iter().map(|answer| match answer {
        Some(answer) => *answer,
        None => asked.next().and_then(|(question, choice)| question.options.get(choice?)),
    });
    Ok(answers.collect())
}

fn how_it_goes(open: usize, answered: usize) -> String {
    let left = counted(open, "question");
    let so_far = match answered {
        0 => String::new(),
        some => format!(", {some} answered already"),
    };
    format!("{left}{so_far}. Your answers can be changed before the result.")
}

fn back_to(question: usize) -> String {
    format!("Back to question {question}")
}

fn ask_all(
    prompt: &mut dyn Prompt,
    open: &[&Question<'_>],
    chosen: &mut [Option<usize>],
) -> Result<(), Error> {
    let mut place: usize = 0;
    while place < open.len() {
        // The number of the previous question, from 1, is the index of this one.
        let back = (place > 0).then(|| back_to(place));
        place = match ask_one(prompt, open, chosen, place, back)? {
            Reply::Chosen(_) => place + 1,
            Reply::Back => place.saturating_sub(1),
        };
    }
    Ok(())
}

fn ask_one(
    prompt: &mut dyn Prompt,
    open: &[&Question<'_>],
    chosen: &mut [Option<usize>],
    place: usize,
    back: Option<String>,
) -> Result<Reply, Error> {
    let (Some(question), Some(slot)) = (open.get(place), chosen.get_mut(place)) else {
        return Ok(Reply::Back);
    };
    let position = format!("Question {} of {}", place + 1, open.len());
    let reply = prompt.choose(&Choice {
        heading: match &question.title {
            Some(title) => format!("{position}: {title}"),
            None => position,
        },
        prompt: question.prompt.to_string(),
        help: question.help.as_ref().map(ToString::to_string),
        options: question.options.iter().map(|option| option.label.to_string()).collect(),
        ready: *slot,
        back,
    })?;
    if let Reply::Chosen(option) = reply {
        *slot = Some(option);
    }
    Ok(reply)
}

/// Shows the answers. The first option shows the result, the others change an answer.
fn review(
    prompt: &mut dyn Prompt,
    open: &[&Question<'_>],
    chosen: &[Option<usize>],
) -> Result<Option<usize>, Error> {
    let changes = open.iter().zip(chosen).map(|(question, choice)| {
        let label = choice.and_then(|choice| question.options.get(choice)).map_or("", |option| &option.label);
        format!("Change “{}”: {label}", question.heading())
    });
    let reply = prompt.choose(&Choice {
        heading: "Review".to_owned(),
        prompt: "See the result, or change an answer?".to_owned(),
        help: None,
        options: std::iter::once("See the result".to_owned()).chain(changes).collect(),
        ready: Some(0),
        back: Some(back_to(open.len())),
    })?;
    Ok(match reply {
        Reply::Chosen(option) => option.checked_sub(1),
        Reply::Back => Some(open.len().saturating_sub(1)),
    })
}
