//! What a shell may complete on a line that is being typed, from the dataset that the line would answer from.
//!
//! The shell asks by `COMPLETE=SHELL rolebook -- WORD…`; without words it gets the script that asks so. clap knows
//! commands, options and fixed values. What the data holds is added here, by the names that values have in the help,
//! so that a new command that takes a `ROLE` is completed too. Whatever stands in the way, nothing is offered and
//! nothing is said: an error would break into the line.

mod bash;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgMatches, FromArgMatches};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Shells};

use super::session::Session;
use super::{Global, WIDEST_HELP, parser};
use crate::analysis::choose;
use crate::dataset::Source;
use crate::diagnostic::Code;
use crate::error::Error;
use crate::model::{Dataset, Question};
use crate::text::visible;
use crate::ui::Ui;

/// The variable that turns a run into an answer to a shell.
const VARIABLE: &str = "COMPLETE";
/// The program, as shells know it.
const NAME: &str = "rolebook";

/// What may stand for a value, given the word so far; none where it cannot be known.
type Offer = fn(&Line, &str) -> Option<Vec<CompletionCandidate>>;

/// What is offered, by the name of the value in the help.
const OFFERS: [(&str, Offer); 8] = [
    ("ROLE", roles),
    ("FAMILY", families),
    ("SECTION", sections),
    ("KIND", kinds),
    ("QUIZ", quizzes),
    ("QUESTION=OPTION", answers),
    ("CODE", codes),
    ("COMMAND", commands),
];

/// The shell that asks, if one does.
pub(super) fn shell() -> Option<OsString> {
    std::env::var_os(VARIABLE).filter(|shell| !shell.is_empty() && shell != "0")
}

/// What a shell is told: the completions of the words behind `--`, or its script where there are none.
///
/// # Errors
///
/// Where the shell is unknown and asks for its script.
pub(super) fn answer(shell: &OsStr, arguments: &[OsString]) -> Result<String, Error> {
    let known = Shells::builtins();
    // `$SHELL` is a path.
    let name = Path::new(shell).file_stem().unwrap_or(shell).to_string_lossy();
    let found = known.completer(&name);
    let words = arguments.iter().skip_while(|argument| *argument != "--").skip(1);
    let words: Vec<OsString> = words.cloned().collect();
    match found {
        Some(shell) if words.is_empty() => script(shell, arguments),
        Some(shell) => Ok(completions(shell, words).unwrap_or_default()),
        None if words.is_empty() => {
            let names: Vec<String> = known.names().map(|name| format!("`{name}`")).collect();
            Err(Error::usage(format!("`{VARIABLE}` names no shell that is known: `{name}`"))
                .hint(format!("the shells: {}", names.join(", "))))
        }
        None => Ok(String::new()),
    }
}

/// The script that has a shell ask this program.
fn script(shell: &dyn EnvCompleter, arguments: &[OsString]) -> Result<String, Error> {
    let program = PathBuf::from(arguments.first().map_or(OsStr::new(NAME), OsString::as_os_str));
    // A path is to lead to the same file from everywhere; a name is looked up as ever.
    let program = if program.components().count() > 1 { std::path::absolute(&program) } else { Ok(program) };
    let failed = |error| Error::new("output", "the script could not be made").because(&error);
    let program = program.map_err(failed)?;
    let program = program.to_string_lossy();
    if bash::is(shell) {
        return Ok(bash::script(&program));
    }
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, NAME, NAME, &program, &mut script).map_err(failed)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// The completions of a line, as the shell reads them.
fn completions(shell: &dyn EnvCompleter, words: Vec<OsString>) -> Option<String> {
    let folder = std::env::current_dir().ok();
    if bash::is(shell) {
        let (words, index) = bash::joined(words, bash::index()?);
        let mut command = command(&Line::of(&words, Words::AsTyped));
        return bash::completions(&mut command, words, index, folder.as_deref());
    }
    let form = if shell.is("zsh") { Words::AsTyped } else { Words::Read };
    let mut command = command(&Line::of(&words, form));
    let mut text = Vec::new();
    shell.write_complete(&mut command, words, folder.as_deref(), &mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// The command line with what is offered for its values. Options are offered where nothing else can stand.
fn command(line: &Arc<Line>) -> clap::Command {
    let offering = |arg: Arg| {
        let offer = value_name(&arg).and_then(|name| OFFERS.iter().find(|(known, _)| *known == name));
        let arg = if arg.is_positional() { arg } else { arg.hide(true) };
        match offer {
            None => arg,
            Some((_, offer)) => {
                let line = Arc::clone(line);
                arg.add(ArgValueCompleter::new(move |word: &OsStr| offered(&line, *offer, word)))
            }
        }
    };
    let mut command = parser(WIDEST_HELP);
    command.build();
    command.mut_args(offering).mut_subcommands(|command| command.mut_args(offering))
}

/// What is offered and begins as the word does, in any case, as names are read.
fn offered(line: &Line, offer: Offer, word: &OsStr) -> Vec<CompletionCandidate> {
    let Some(word) = word.to_str() else {
        return Vec::new();
    };
    let start = word.to_lowercase();
    let mut candidates = offer(line, word).unwrap_or_default();
    candidates.retain(|candidate| candidate.get_value().to_string_lossy().to_lowercase().starts_with(&start));
    candidates
}

/// How a shell hands over the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// As they are typed, in quotation marks perhaps.
    AsTyped,
    /// As the shell reads them.
    Read,
}

/// What is known of the line that is being typed.
#[derive(Debug, Default)]
struct Line {
    /// None where options are not understood: then no dataset is known.
    global: Option<Global>,
    roles: Vec<String>,
    quizzes: Vec<String>,
    answers: Vec<String>,
}

impl Line {
    /// The line as far as it goes: it is not finished, and what is wrong in it is not the matter.
    fn of(words: &[OsString], form: Words) -> Arc<Self> {
        Arc::new(Self::read(words, form).unwrap_or_default())
    }

    fn read(words: &[OsString], form: Words) -> Option<Self> {
        let words = words.iter().map(|word| match form {
            Words::AsTyped => unquoted(word),
            Words::Read => word.clone(),
        });
        let mut rolebook = parser(WIDEST_HELP).ignore_errors(true);
        let matches = rolebook.try_get_matches_from_mut(words).ok()?;
        let global = Global::from_arg_matches(&matches).ok();
        let global = global.map(|global| Global { dataset: global.dataset.map(from_home), ..global });
        let values = |name: &str| match matches.subcommand() {
            Some((command, given)) => values(rolebook.find_subcommand(command), given, name),
            None => Vec::new(),
        };
        let (roles, quizzes, answers) = (values("ROLE"), values("QUIZ"), values("QUESTION=OPTION"));
        Some(Self { global, roles, quizzes, answers })
    }

    /// The dataset that the line would answer from. Nothing is waited for: neither standard input nor a pipe.
    fn dataset(&self) -> Option<&'static Dataset<'static>> {
        let session = Session::new(Ui::default(), self.global.as_ref()?, &[]).ok()?;
        let is_at_hand = match session.source().ok()? {
            Source::Builtin => true,
            Source::File(path) => path.is_file(),
            Source::Stdin => false,
        };
        if is_at_hand { session.dataset().ok() } else { None }
    }
}

/// What stands on the line for the arguments of a command whose values have this name.
fn values(command: Option<&clap::Command>, given: &ArgMatches, name: &str) -> Vec<String> {
    let arguments = command.into_iter().flat_map(clap::Command::get_arguments);
    arguments
        .filter(|arg| value_name(arg) == Some(name))
        .filter_map(|arg| given.try_get_many::<String>(arg.get_id().as_str()).ok().flatten())
        .flatten()
        .cloned()
        .collect()
}

fn value_name(arg: &Arg) -> Option<&str> {
    arg.get_value_names()?.first().map(clap::builder::Str::as_str)
}

/// A word without its quotation marks and backslashes; a word that is not finished stays as it is.
fn unquoted(word: &OsStr) -> OsString {
    let read = word.to_str().and_then(shlex::split);
    match read.as_deref() {
        Some([one]) => one.into(),
        _ => word.to_owned(),
    }
}

/// A path as the shell will read it once the line is finished.
fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// The values without the one that is being typed.
fn others<'v>(values: &'v [String], word: &str) -> impl Iterator<Item = &'v String> {
    let own = values.iter().rposition(|value| value == word);
    values.iter().enumerate().filter(move |(place, _)| Some(*place) != own).map(|(_, value)| value)
}

/// The roles that are not named yet, by id; by alias where no id begins so.
fn roles(line: &Line, word: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    let named: Vec<&str> = others(&line.roles, word)
        .filter_map(|name| choose::role(dataset, name).ok())
        .map(|role| role.id.as_str())
        .collect();
    let roles = || dataset.roles.iter().filter(|role| !named.contains(&role.id.as_str()));
    let ids = roles().map(|role| candidate(&role.id, &role.title));
    let aliases = roles().flat_map(|role| {
        let typed = role.aliases.iter().filter(|alias| is_one_word(alias));
        typed.map(|alias| candidate(alias, &role.title).hide(true))
    });
    Some(ids.chain(aliases).collect())
}

fn families(line: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    Some(dataset.families.iter().map(|family| candidate(&family.id, &family.title)).collect())
}

fn sections(line: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    Some(dataset.sections.iter().map(|section| candidate(&section.id, &section.title)).collect())
}

fn kinds(line: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    Some(choose::kinds(dataset).into_iter().map(CompletionCandidate::new).collect())
}

fn quizzes(line: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    Some(dataset.quizzes.iter().map(|quiz| candidate(&quiz.id, &quiz.title)).collect())
}

/// The questions that are not answered yet, each with its `=`; whole answers once one question is meant.
fn answers(line: &Line, word: &str) -> Option<Vec<CompletionCandidate>> {
    let dataset = line.dataset()?;
    let quiz = choose::quiz(dataset, line.quizzes.first().map(String::as_str)).ok()?;
    let answered: Vec<&str> =
        others(&line.answers, word).filter_map(|answer| Some(answer.split_once('=')?.0)).collect();
    let open = quiz.questions.iter().filter(|question| !answered.contains(&question.id.as_str()));
    let meant: Vec<&Question> = match word.split_once('=') {
        Some((id, _)) => open.filter(|question| question.id.as_str() == id).collect(),
        None => open.filter(|question| question.id.starts_with(word)).collect(),
    };
    Some(match meant.as_slice() {
        [one] => one
            .options
            .iter()
            .map(|option| candidate(&format!("{}={}", one.id, option.id), &option.label))
            .collect(),
        several => several
            .iter()
            .map(|question| candidate(&format!("{}=", question.id), question.heading()))
            .collect(),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "one of the offers")]
fn codes(_: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    Some(Code::ALL.iter().map(|code| candidate(code.name(), code.title())).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "one of the offers")]
fn commands(_: &Line, _: &str) -> Option<Vec<CompletionCandidate>> {
    let rolebook = parser(WIDEST_HELP);
    let named = rolebook.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        candidate(command.get_name(), &about)
    });
    Some(named.collect())
}

/// A value, and what it stands for: in one line, without what would move the cursor.
fn candidate(value: &str, meaning: &str) -> CompletionCandidate {
    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    CompletionCandidate::new(value).help(Some(visible(&meaning).into_owned().into()))
}

/// Whether every shell reads the text as one word, as it stands.
fn is_one_word(text: &str) -> bool {
    text.chars().all(|char| char.is_alphanumeric() || "-_.+".contains(char)) && !text.starts_with('-')
}
