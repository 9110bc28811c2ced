//! Asks questions one at a time, with a way back and a review before the result.

use super::{Choice, Prompt, Reply};
use crate::error::Error;
use crate::text::counted;

/// A question of an interview. Its options have no ids, only their places.
#[derive(Debug, Clone)]
pub struct Question {
    /// A short title.
    pub title: Option<String>,
    /// The question itself.
    pub prompt: String,
    /// Help for answering.
    pub help: Option<String>,
    /// The options.
    pub options: Vec<String>,
}

impl Question {
    fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.prompt)
    }
}

/// Asks these questions, after as many that are answered already, and returns the index of the option chosen for each,
/// or `None` for a question without an answer.
///
/// # Errors
///
/// If the prompt is cancelled or fails.
pub fn interview(
    prompt: &mut dyn Prompt,
    title: &str,
    answered: usize,
    open: &[Question],
) -> Result<Vec<Option<usize>>, Error> {
    let mut chosen: Vec<Option<usize>> = vec![None; open.len()];
    if !open.is_empty() {
        prompt.welcome(title, &how_it_goes(open.len(), answered))?;
        ask_all(prompt, open, &mut chosen)?;
        while let Some(again) = review(prompt, open, &chosen)? {
            ask_one(prompt, open, &mut chosen, again, Some("Back to the review".to_owned()))?;
        }
        prompt.finish()?;
    }
    Ok(chosen)
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

fn ask_all(prompt: &mut dyn Prompt, open: &[Question], chosen: &mut [Option<usize>]) -> Result<(), Error> {
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
    open: &[Question],
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
        prompt: question.prompt.clone(),
        help: question.help.clone(),
        options: question.options.clone(),
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
    open: &[Question],
    chosen: &[Option<usize>],
) -> Result<Option<usize>, Error> {
    let changes = open.iter().zip(chosen).map(|(question, choice)| {
        let label = choice.and_then(|choice| question.options.get(choice)).map_or("", String::as_str);
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
