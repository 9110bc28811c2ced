use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::asking::{Asking, Unasked};
use super::deliver::Answer;
use super::respondents::{Survey, Table};
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
    /// Read answers from a JSON, YAML or CSV file, or from standard input (`-`)
    ///
    /// JSON and YAML are objects of question ids and option ids; `null` skips a question. In CSV, as a form exports it, each
    /// row is a person and each column a question, headed by its id, title or prompt; cells hold an option’s id or label,
    /// and a column `respondent` or `name` says who it is.
    ///
    /// With `--format jsonl` one result per line comes out: one for each row of CSV, or for each line of JSON, which is
    /// `{"respondent": "…", "answers": {…}}` or the answers alone.
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
        let is_table = self.answers.as_deref().is_some_and(|path| {
            path.extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("csv") || end.eq_ignore_ascii_case("tsv"))
        });
        if let Some(path) = self.answers.as_deref().filter(|_| session.wants_lines() || is_table) {
            if !self.answer.is_empty() {
                return Err(Error::usage("`--answer` does not go with the answers of many, a line each")
                    .hint("put every answer into the lines, or leave `--format jsonl` out"));
            }
            let survey = Survey { replay: session.replay()?, dataset, quiz };
            return if is_table {
                Self::table(session, survey, path)
            } else {
                Ok(Answer::lines(survey.lines(open(path)?)))
            };
        }
        let mut given = Answers::new(quiz);
        for pair in &self.answer {
            given.add_pair(pair)?;
        }
        if let Some(path) = &self.answers {
            let text = text_of(path)?;
            // JSON is told by its first character: a form may be saved under any name.
            if text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
                given.add_json(&text)?;
            } else {
                given.add_yaml(&text)?;
            }
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

    /// The results of a table: one as it is, several a line each.
    fn table<'s>(session: &Session<'s>, survey: Survey<'s>, path: &Path) -> Result<Answer<'s>, Error> {
        let mut table = Table::read(survey.quiz, &text_of(path)?)?;
        if session.wants_lines() {
            return Ok(Answer::lines(survey.rows(table)));
        }
        match (table.people.pop(), table.people.len()) {
            (Some((line, one)), 0) => {
                let result = one.and_then(|respondent| survey.result(respondent));
                Ok(Answer::report(result.map_err(|error| error.at_line(line))?))
            }
            (None, _) => Err(Error::new("missing-answer", format!("`{}` has no answers", path.display()))
                .hint("a row below the headings is a person")),
            (Some(_), others) => {
                let people = others + 1;
                Err(Error::usage(format!("`{}` has the answers of {people} people", path.display()))
                    .hint("`--format jsonl` prints one result per line"))
            }
        }
    }
}

/// All of a file of answers.
fn text_of(path: &Path) -> Result<String, Error> {
    let read = fs::read_stream(open(path)?).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
    });
    read.map_err(|error| unreadable(path, &error))
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
