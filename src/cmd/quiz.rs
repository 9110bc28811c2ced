use std::path::{Path, PathBuf};

use clap::Args;

use super::asking::{Asking, Unasked};
use super::choose;
use super::deliver::Answer;
use super::quiz_batch::Survey;
use super::session::Session;
use crate::analysis::quiz::score;
use crate::check;
use crate::error::{Error, ErrorCode};
use crate::format::{self, Input, Origin};
use crate::framework::Answers;
use crate::prompt::{Question, interview};
use crate::report::questions::QuestionsReport;
use crate::report::quiz::QuizReport;

const EXAMPLES: &str = "\
Examples:
  rolebook quiz                             which role suits you, and why
  rolebook quiz hiring                      which role your company needs
  rolebook quiz --answer people=team        answer one question, ask the rest
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
        let file = self.answers.as_ref().map(Origin::named);
        let is_table = file.as_ref().is_some_and(|file| file.has_extension(&["csv", "tsv"]));
        if let Some(file) = file.as_ref().filter(|_| session.wants_lines() || is_table) {
            if !self.answer.is_empty() {
                return Err(Error::usage("`--answer` cannot be combined with the answers of several people")
                    .hint("put every answer into the file, or leave out `--answer`"));
            }
            let survey = Survey { arguments: session.dataset_arguments()?, dataset, quiz };
            return if is_table {
                Self::table(session, survey, file)
            } else {
                Ok(Answer::lines(survey.lines(file.clone(), file.open_or(NO_ANSWERS)?)))
            };
        }
        let mut given = Answers::new(quiz);
        for pair in &self.answer {
            let hint = "write `--answer QUESTION=OPTION`, or `--answer QUESTION=` to skip it";
            let Some((question, option)) = pair.split_once('=') else {
                return Err(Error::usage(format!("`{pair}` is not an answer")).hint(hint));
            };
            given.add(question, Some(option).filter(|option| !option.is_empty()))?;
        }
        let mut respondent = None;
        if let Some(file) = file {
            let input = file.load_or(NO_ANSWERS)?;
            let people = input.text().trim().lines().count();
            if input.has_lines() && people > 1 {
                return Err(several(&input, people));
            }
            let read = check::answers(&input, &mut given);
            respondent = read.map_err(|checked| {
                Error::invalid_file(ErrorCode::InvalidAnswers, "file of answers", checked).hint(QUESTIONS)
            })?;
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
        let report = QuizReport::new(dataset, quiz, &answers, &outcome, session.dataset_arguments()?);
        Ok(Answer::report(report.of(respondent)))
    }

    /// The results of a table: a report for one person, or a line per person.
    fn table<'s>(session: &Session<'s>, survey: Survey<'s>, file: &Origin) -> Result<Answer<'s>, Error> {
        let input = file.load_or(NO_ANSWERS)?;
        let mut people = check::table(survey.quiz, &input)
            .map_err(|error| error.hint_if(ErrorCode::MissingAnswer, QUESTIONS))?;
        if session.wants_lines() {
            return Ok(Answer::lines(survey.rows(people).map(Ok)));
        }
        match (people.pop(), people.len()) {
            (Some((line, one)), 0) => Ok(Answer::report(survey.result(line, one)?)),
            (None, _) => {
                Err(Error::new(ErrorCode::MissingAnswer, format!("`{}` has no answers", file.name()))
                    .hint("each row below the headings is a person"))
            }
            (Some(_), others) => Err(several(&input, others + 1)),
        }
    }
}

/// The hint if a file of answers does not fit the quiz.
const QUESTIONS: &str = "`rolebook quiz --questions` lists the questions and their options";
/// The hint if there is no file of answers.
const NO_ANSWERS: &str = "name a file, or `-` for standard input";

/// The error if the answers are those of several people and there is one result.
fn several(input: &Input, people: usize) -> Error {
    Error::usage(format!("`{}` has the answers of {people} people", input.source().name()))
        .hint("`--format jsonl` prints one result per line")
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
