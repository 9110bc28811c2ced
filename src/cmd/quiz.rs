use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::asking::{Asking, Unasked};
use super::deliver::Answer;
use super::respondents;
use super::session::Session;
use crate::analysis::answers::Answers;
use crate::analysis::choose;
use crate::analysis::quiz::score;
use crate::error::Error;
use crate::format::Origin;
use crate::fs;
use crate::prompt::interview;
use crate::report::questions::QuestionsReport;
use crate::report::quiz::QuizReport;

const EXAMPLES: &str = "\
Examples:
  rolebook quiz                             which role suits you, and why
  rolebook quiz hiring                      which role your company needs
  rolebook quiz --answer people=team        ask only the other questions
  rolebook quiz --questions --json          the questions, for a form or a bot
  rolebook quiz --answers mine.json --json  a result without asking";

/// Find out which role fits, and why
///
/// Questions are asked on standard error; standard output carries the result alone. What `--answer` or `--answers`
/// settles is not asked. A role's share is its points over the most that the questions answered could have given
/// it. "Not sure" counts for nobody.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Quiz {
    /// The quiz, by id or title; the dataset's first unless named
    #[arg(value_name = "QUIZ")]
    name: Option<String>,
    /// Answer a question by ids; `QUESTION=` skips it (can be repeated)
    #[arg(long, value_name = "QUESTION=OPTION")]
    answer: Vec<String>,
    /// Read answers from a file, or from standard input (`-`): a JSON object of the same, `null` skips
    ///
    /// With `--format jsonl` there is one person a line, as `{"respondent": "…", "answers": {…}}` or as the answers
    /// alone, and one result a line comes out.
    #[arg(long, value_name = "FILE|-")]
    answers: Option<PathBuf>,
    /// Print the questions instead of asking them
    #[arg(long, conflicts_with_all = ["answer", "answers"])]
    questions: bool,
    #[command(flatten)]
    asking: Asking,
}

impl Quiz {
    /// Whether it asks somebody.
    pub(super) fn asks(&self) -> bool {
        !self.questions
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let reads_answers = self.answers.as_deref() == Some(Path::new("-"));
        if reads_answers && session.source()? == &Origin::Stdin {
            return Err(Error::usage("standard input cannot be both the dataset and the answers")
                .hint("put one of them into a file"));
        }
        let dataset = session.dataset()?;
        let quiz = choose::quiz(dataset, self.name.as_deref())?;
        if self.questions {
            return Ok(Answer::report(QuestionsReport::new(dataset, quiz)));
        }
        if let Some(path) = self.answers.as_deref().filter(|_| session.wants_lines()) {
            if !self.answer.is_empty() {
                return Err(Error::usage("`--answer` does not go with the answers of many, a line each")
                    .hint("put every answer into the lines, or leave `--format jsonl` out"));
            }
            return Ok(Answer::lines(respondents::scored(session.replay()?, dataset, quiz, open(path)?)));
        }
        let mut given = Answers::new(quiz);
        for pair in &self.answer {
            given.add_pair(pair)?;
        }
        if let Some(path) = &self.answers {
            let read = fs::read_stream(open(path)?).and_then(|bytes| {
                String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
            });
            let text = read.map_err(|error| unreadable(path, &error))?;
            given.add_json(&text)?;
        }
        let answers = match given.complete() {
            Some(answers) => answers,
            None if session.can_ask() => interview(&mut *self.asking.prompt(session)?, quiz, given.given())?,
            None if session.may_ask() => return Err(missing(&given, &Unasked::NoTerminal)),
            None => return Err(missing(&given, &Unasked::Forbidden)),
        };
        let outcome = score(dataset, quiz, &answers);
        Ok(Answer::report(QuizReport::new(dataset, quiz, &answers, &outcome, session.replay()?)))
    }
}

/// What to write where nobody can be asked.
fn missing(given: &Answers<'_>, cause: &Unasked) -> Error {
    let message = "cannot prompt: not a terminal, and some questions are unanswered";
    let error = Error::new("no-terminal", message).because(cause);
    let error = given.open().fold(error, |error, question| {
        let options: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        error.hint(format!("answer by `--answer {}={}`", question.id, options.join("|")))
    });
    error.hint("skip a question by `--answer QUESTION=`")
}

/// A file of answers, or standard input where the path is `-`.
fn open(path: &Path) -> Result<Box<dyn BufRead>, Error> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new("input", format!("cannot read the answers in `{}`", path.display()))
        .because(error)
        .hint("name a file, or `-` for standard input")
}
