use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::asking::{Asking, Unasked};
use super::choose;
use super::deliver::Answer;
use super::quiz_batch::{Survey, Table};
use super::session::Session;
use crate::analysis::answers::Answers;
use crate::analysis::quiz::score;
use crate::error::{Error, ErrorCode};
use crate::format::{self, Origin};
use crate::fs;
use crate::prompt::{Question, interview};
use crate::report::questions::QuestionsReport;
use crate::report::quiz::QuizReport;

const EXAMPLES: &str = "\
Examples:
  rolebook quiz                             which role suits you, and why
  rolebook quiz hiring                      which role your company needs
  rolebook quiz --answer people=team        answer one question here, the rest at the prompt
  rolebook quiz --questions --json          the questions, for a form or a bot
  rolebook quiz --answers mine.json --json  the result, without prompts";

/// Find out which role fits, and why
///
/// In a terminal, the number of an option chooses it at once; `b` goes back, `?` shows all keys, and `q` or Esc leaves.
/// Your answers can be reviewed before the result.
///
/// You are not asked what `--answer` or `--answers` already answer. Prompts go to standard error, so standard output
/// holds only the result. A role’s percentage is its points out of the most that the questions you answered could have
/// given it; questions that you skip or answer with “not sure” do not count.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Quiz {
    /// Quiz, by id or title [default: the first in the dataset]
    #[arg(value_name = "QUIZ")]
    name: Option<String>,
    /// Answer a question, both by id; `QUESTION=` skips it (repeatable)
    #[arg(long, value_name = "QUESTION=OPTION")]
    answer: Vec<String>,
    /// Read answers from a JSON, YAML or CSV file, or from standard input (`-`)
    ///
    /// JSON and YAML map question ids to option ids; `null` skips a question. CSV, as exported by a form, has a row per
    /// person and a column per question, headed by the question’s id, title or prompt. Cells hold an option’s id or
    /// label; a column called `respondent` or `name` says whose answers they are.
    ///
    /// With `--format jsonl`, the output is one result per line: one for each row of CSV or for each line of JSON. A line
    /// of JSON is `{"respondent": "…", "answers": {…}}` or only the answers.
    #[arg(long, value_name = "FILE|-")]
    answers: Option<PathBuf>,
    /// Print the questions instead of asking them
    #[arg(long, conflicts_with_all = ["answer", "answers"])]
    questions: bool,
    #[command(flatten)]
    asking: Asking,
}

impl Quiz {
    pub(super) fn inputs(&self) -> Vec<&PathBuf> {
        self.answers.iter().collect()
    }

    /// Whether this run may prompt.
    pub(super) fn asks(&self) -> bool {
        !self.questions
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        let reads_answers = self.answers.as_deref() == Some(Path::new("-"));
        if reads_answers && session.origin()? == &Origin::Stdin {
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
                return Err(Error::usage("`--answer` cannot be combined with the answers of several people")
                    .hint("put every answer into the file, or leave out `--answer`"));
            }
            let survey = Survey { arguments: session.dataset_arguments()?, dataset, quiz };
            return if is_table {
                Self::table(session, survey, path)
            } else {
                Ok(Answer::lines(survey.lines(open(path)?)))
            };
        }
        let mut given = Answers::new(quiz);
        for pair in &self.answer {
            let hint = "write `--answer QUESTION=OPTION`, or `--answer QUESTION=` to skip it";
            given.add_pair(pair).map_err(|error| error.hint_if(ErrorCode::Usage, hint))?;
        }
        if let Some(path) = &self.answers {
            let text = text_of(path)?;
            // Recognise JSON by its first character: an exported form may have any name.
            if text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
                given.add_json(&text)?;
            } else {
                given.add_yaml(&text)?;
            }
        }
        let answers = match given.complete() {
            Some(answers) => answers,
            None if session.can_ask() => {
                let open: Vec<Question> = given.open().map(question).collect();
                let answered = quiz.questions.len().saturating_sub(open.len());
                let prompt = &mut *self.asking.prompt(session)?.prompt;
                given.complete_with(interview(prompt, &quiz.title, answered, &open)?)
            }
            None if session.may_ask() => return Err(missing(&given, &Unasked::NoTerminal)),
            None => return Err(missing(&given, &Unasked::Forbidden)),
        };
        let outcome = score(dataset, quiz, &answers);
        Ok(Answer::report(QuizReport::new(dataset, quiz, &answers, &outcome, session.dataset_arguments()?)))
    }

    /// The results of a table: a report for one person, or a line per person.
    fn table<'s>(session: &Session<'s>, survey: Survey<'s>, path: &Path) -> Result<Answer<'s>, Error> {
        let mut table = Table::read(survey.quiz, &text_of(path)?)?;
        if session.wants_lines() {
            return Ok(Answer::lines(survey.rows(table).map(Ok)));
        }
        match (table.people.pop(), table.people.len()) {
            (Some((line, one)), 0) => Ok(Answer::report(survey.result(line, one)?)),
            (None, _) => {
                Err(Error::new(ErrorCode::MissingAnswer, format!("`{}` has no answers", path.display()))
                    .hint("each row below the headings is a person"))
            }
            (Some(_), others) => {
                let people = others + 1;
                Err(Error::usage(format!("`{}` has the answers of {people} people", path.display()))
                    .hint("`--format jsonl` prints one result per line"))
            }
        }
    }
}

/// A question as it is asked.
fn question(question: &format::Question<'_>) -> Question {
    Question {
        title: question.title.as_ref().map(ToString::to_string),
        prompt: question.prompt.to_string(),
        help: question.help.as_ref().map(ToString::to_string),
        options: question.options.iter().map(|option| option.label.to_string()).collect(),
    }
}

/// The whole text of a file of answers.
fn text_of(path: &Path) -> Result<String, Error> {
    let read = fs::read_stream(open(path)?).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
    });
    read.map_err(|error| unreadable(path, &error))
}

/// The error if there are open questions and no way to prompt: it lists the options to pass instead.
fn missing(given: &Answers<'_>, cause: &Unasked) -> Error {
    let message = "cannot prompt: not a terminal, and some questions are unanswered";
    let error = Error::new(ErrorCode::NoTerminal, message).because(cause);
    let error = given.open().fold(error, |error, question| {
        let options: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        error.hint(format!("answer with `--answer {}={}`", question.id, options.join("|")))
    });
    error.hint("skip a question with `--answer QUESTION=`")
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
    Error::new(ErrorCode::Input, format!("cannot read the answers in `{}`", path.display()))
        .because(error)
        .hint("name a file, or `-` for standard input")
}
