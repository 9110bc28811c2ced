//! Completions for a line that is being typed, with names from the dataset that the line would use.
//!
//! The script of a shell runs `COMPLETE=SHELL rolebook -- WORD…` at each press of Tab. clap knows commands, options and
//! fixed values. Names from the dataset are added here, by the value name that the help shows, so a new command that
//! takes a `ROLE` is completed too. If anything goes wrong, nothing is offered and nothing is printed: an error message
//! would break into the line.

mod bash;

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches, ValueHint};
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter, complete,
};
use clap_complete::env::{EnvCompleter, Shells};

use super::session::{Storage, resolve_origin};
use super::{Global, WIDEST_HELP, parser};
use crate::check;
use crate::cmd::choose;
use crate::diagnostic::Code;
use crate::error::{Error, ErrorCode};
use crate::format::Origin;
use crate::format::Question;
use crate::framework::Framework;
use crate::pages::EXTENSIONS;
use crate::text::visible;

/// The variable by which a script asks for completions.
const VARIABLE: &str = "COMPLETE";
/// The variable by which a script says which word is being typed, from 0. clap's scripts use the same one.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";
/// The name of the program, as it is typed.
const NAME: &str = "rolebook";
/// The candidate that means: the shell completes file names here, and quotes them as it needs to. The extensions that are
/// wanted, if not all, follow.
const FILES: &str = "<files>";

/// The beginning of what clap's script for zsh does with completions, and what is put before it.
const ZSH_COMPLETIONS: &str = "\n    if [[ -n $completions ]]; then";
const ZSH_FILES: &str = r#"
    if [[ ${completions[1]} == "FILES"* ]]; then
        local extensions=${completions[1]#"FILES"}
        [[ $PREFIX == -*=* ]] && compset -P 1 '*='
        _files ${extensions:+-g} ${extensions:+"*.(#i)($extensions)"}
        return
    fi"#;

/// The last line of clap's script for zsh, and what replaces it.
const ZSH_REGISTRATION: &str = "\ncompdef _clap_dynamic_completer_rolebook rolebook";
const ZSH_REGISTRATION_OR_CALL: &str = r#"
if [[ ${funcstack[1]} == _rolebook ]]; then
    _clap_dynamic_completer_rolebook "$@"
else
    compdef _clap_dynamic_completer_rolebook rolebook
fi"#;

/// The extensions of a dataset.
const DATASETS: &[&str] = &["yaml", "yml", "json"];

/// The extensions of the files that an argument takes, by command and argument; every file if there are none. A command
/// may still read a file of any name, so other files are offered where none of these fits.
fn extensions(command: &str, argument: &str) -> &'static [&'static str] {
    match (command, argument) {
        (_, "output") => &[],
        (_, "dataset" | "map") | ("check", "files") | ("diff", "old" | "new") | ("init", "file") => DATASETS,
        ("export", _) => &EXTENSIONS,
        ("assess", "profiles") => &["yaml", "yml", "json", "jsonl"],
        (_, "answers") => &["json", "jsonl", "yaml", "yml", "csv", "tsv"],
        ("import", "file") => &["csv", "tsv", "xlsx"],
        _ => &[],
    }
}

/// Lists what may stand for a value, given the word so far; `None` if that cannot be known.
type Offer = fn(&CommandLine, &str) -> Option<Vec<CompletionCandidate>>;

/// What to offer, by the value name that the help shows.
const OFFERS: [(&str, Offer); 10] = [
    ("ROLE", roles),
    ("NAME", names),
    ("SKILL[=LEVEL]", skills),
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

/// The answer for a shell: the completions of the words after `--`, or its script if there are none.
///
/// # Errors
///
/// If the shell is unknown and asks for its script.
pub(super) fn answer(shell: &OsStr, arguments: &[OsString]) -> Result<String, Error> {
    let known = Shells::builtins();
    // `$SHELL` is a path.
    let name = Path::new(shell).file_stem().unwrap_or(shell).to_string_lossy();
    let found = known.completer(&name);
    let words = arguments.iter().skip_while(|argument| *argument != "--").skip(1);
    let words: Vec<OsString> = words.cloned().collect();
    match found {
        Some(shell) if words.is_empty() => {
            let program = PathBuf::from(arguments.first().map_or(OsStr::new(NAME), OsString::as_os_str));
            // A path must lead to the same file from every folder; a bare name is looked up as usual.
            let program =
                if program.components().count() > 1 { std::path::absolute(&program) } else { Ok(program) };
            script(shell.name(), &program.map_err(|error| no_script(&error))?.to_string_lossy())
        }
        Some(shell) => Ok(completions(shell, words).unwrap_or_default()),
        None if words.is_empty() => {
            let names: Vec<String> = known.names().map(|name| format!("`{name}`")).collect();
            Err(Error::usage(format!("unknown shell `{name}` in `{VARIABLE}`"))
                .hint(format!("known shells: {}", names.join(", "))))
        }
        None => Ok(String::new()),
    }
}

/// The script that makes a shell ask this program for completions.
///
/// # Errors
///
/// If the shell is unknown.
pub(super) fn script(shell: &str, program: &str) -> Result<String, Error> {
    if shell == "bash" {
        return Ok(bash::script(program));
    }
    let known = Shells::builtins();
    let shell = known.completer(shell).ok_or_else(|| Error::usage(format!("unknown shell `{shell}`")))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, NAME, NAME, program, &mut script)
        .map_err(|error| no_script(&error))?;
    let script = String::from_utf8_lossy(&script);
    // As a file in `$fpath`, zsh runs the script at the first completion: it has to complete as well.
    let script = script.replace(ZSH_REGISTRATION, ZSH_REGISTRATION_OR_CALL);
    let files = ZSH_FILES.replace("FILES", FILES);
    let script = script.replace(ZSH_COMPLETIONS, &format!("{files}{ZSH_COMPLETIONS}"));
    Ok(script.trim().to_owned() + "\n")
}

fn no_script(error: &std::io::Error) -> Error {
    Error::new(ErrorCode::Output, "cannot generate the completion script").because(error)
}

/// The completions of a line, as the script of the shell reads them.
fn completions(shell: &dyn EnvCompleter, mut words: Vec<OsString>) -> Option<String> {
    let index = || std::env::var(INDEX).ok()?.parse().ok();
    let mut index = match shell.name() {
        "fish" | "powershell" => words.len().checked_sub(1)?,
        _ => index()?,
    };
    if shell.is("bash") {
        (words, index) = bash::joined(words, index);
    }
    if words.len() == index {
        words.push(OsString::new());
    }
    let word = words.get(index)?.clone();
    let line = Arc::new(CommandLine::read(&words, index, shell.name()));
    if matches!(shell.name(), "zsh" | "fish") {
        // These quote what they insert, but pass what was typed.
        *words.get_mut(index)? = unquoted(&word);
    }
    let folder = std::env::current_dir().ok();
    let mut candidates = complete(&mut command(&line), words, index, folder.as_deref()).ok()?;
    let mut seen = HashSet::new();
    candidates.retain(|candidate| !line.has(candidate) && seen.insert(candidate.get_value().to_os_string()));
    let values = candidates.iter().map(|candidate| candidate.get_value().to_string_lossy());
    let files = values.into_iter().find_map(|value| Some(value.get(value.find(FILES)?..)?.to_owned()));
    if let Some(files) = files {
        // PowerShell completes file names if it gets no candidates.
        return Some(if shell.is("powershell") { String::new() } else { files + "\n" });
    }
    if shell.is("bash") {
        return Some(bash::lines(&candidates, &word));
    }
    Some(candidates.iter().map(|candidate| one_line(shell.name(), candidate)).collect())
}

/// A candidate and its description, as the scripts of clap read them.
fn one_line(shell: &str, candidate: &CompletionCandidate) -> String {
    let value = candidate.get_value().to_string_lossy();
    let help = candidate.get_help().map(ToString::to_string);
    let help = help.as_deref().and_then(|help| help.lines().next());
    match (shell, help) {
        ("zsh", help) => {
            let value = value.replace('\\', "\\\\").replace(':', "\\:");
            let help = help.map(|help| format!(":{}", help.replace('\\', "\\\\")));
            format!("{value}{}\n", help.unwrap_or_default())
        }
        ("fish" | "powershell", Some(help)) => format!("{value}\t{help}\n"),
        _ => format!("{value}\n"),
    }
}

/// The command line with what is offered for its values. Options are offered only where nothing else fits.
fn command(line: &Arc<CommandLine>) -> clap::Command {
    let offering = |command: &str, arg: Arg| {
        let arg = if arg.is_positional() { arg } else { arg.hide(true) };
        let offer = value_name(&arg).and_then(|name| OFFERS.iter().find(|(known, _)| *known == name));
        let takes_files = matches!(arg.get_value_hint(), ValueHint::AnyPath);
        // After `--into` and `--check`, what clap takes for roles are pages.
        let is_page = arg.is_positional() && (line.uses("into") || line.uses("check"));
        let wanted = extensions(command, arg.get_id().as_str());
        let line = Arc::clone(line);
        match offer {
            _ if takes_files || is_page => {
                arg.add(ArgValueCompleter::new(move |word: &OsStr| line.files(word, wanted)))
            }
            Some((_, offer)) => {
                arg.add(ArgValueCompleter::new(move |word: &OsStr| offered(&line, *offer, word)))
            }
            None => arg,
        }
    };
    let mut command = parser(WIDEST_HELP);
    command.build();
    let root = command.mut_args(|arg| offering("", arg));
    root.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        command.mut_args(|arg| offering(&name, arg))
    })
}

/// What is offered and starts with the word, ignoring case, as names do.
fn offered(line: &CommandLine, offer: Offer, word: &OsStr) -> Vec<CompletionCandidate> {
    let Some(word) = word.to_str() else {
        return Vec::new();
    };
    let start = word.to_lowercase();
    let mut candidates = offer(line, word).unwrap_or_default();
    candidates.retain(|candidate| candidate.get_value().to_string_lossy().to_lowercase().starts_with(&start));
    candidates
}

/// What is known about the line that is being typed, except for the word at the cursor.
#[derive(Debug, Default)]
struct CommandLine {
    /// `None` if the options make no sense: then no dataset is known.
    global: Option<Global>,
    roles: Vec<String>,
    quizzes: Vec<String>,
    answers: Vec<String>,
    /// The ids of the options on the line that may be given once.
    used: Vec<String>,
    /// Whether the shell completes file names by itself.
    shell_completes_files: bool,
}

impl CommandLine {
    /// Reads as much of an unfinished line as makes sense.
    fn read(words: &[OsString], index: usize, shell: &str) -> Self {
        let words = words.iter().enumerate().filter_map(|(place, word)| match shell {
            // The word at the cursor may be the value of the option before it.
            _ if place == index => (!word.as_encoded_bytes().starts_with(b"-")).then(OsString::new),
            // These pass words as they were typed, with quotes.
            "bash" | "zsh" => Some(unquoted(word)),
            _ => Some(word.clone()),
        });
        let mut rolebook = parser(WIDEST_HELP).ignore_errors(true);
        let shell_completes_files = matches!(shell, "bash" | "powershell" | "zsh");
        let Ok(matches) = rolebook.try_get_matches_from_mut(words) else {
            return Self { shell_completes_files, ..Self::default() };
        };
        let global = Global::from_arg_matches(&matches).ok();
        let global = global.map(|global| Global { dataset: global.dataset.map(from_home), ..global });
        let (command, given) = match matches.subcommand() {
            Some((name, given)) => (rolebook.find_subcommand(name), given),
            None => (Some(&rolebook), &matches),
        };
        let values = |name: &str| values(command, given, name);
        Self {
            global,
            roles: values("ROLE"),
            quizzes: values("QUIZ"),
            answers: values("QUESTION=OPTION"),
            used: used(command, given),
            shell_completes_files,
        }
    }

    /// Whether this option is on the line.
    fn uses(&self, id: &str) -> bool {
        self.used.iter().any(|used| used == id)
    }

    /// Whether this is an option that is on the line and cannot be repeated.
    fn has(&self, candidate: &CompletionCandidate) -> bool {
        let id = candidate.get_id().and_then(|id| id.strip_prefix("arg::"));
        id.is_some_and(|id| self.uses(id))
    }

    /// Files and folders whose names start with the word; of the files only those with these extensions, if there are
    /// any. Scripts read one name per line, so a name that holds a line break cannot be offered.
    fn files(&self, word: &OsStr, extensions: &[&str]) -> Vec<CompletionCandidate> {
        if self.shell_completes_files {
            return vec![CompletionCandidate::new(format!("{FILES}{}", extensions.join("|")))];
        }
        let files = PathCompleter::any().complete(word).into_iter().filter_map(|file| {
            let path = file.get_value().to_str()?;
            // A name that would be read as an option needs its folder.
            let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
            (path != "." && !path.contains(char::is_control)).then_some(path)
        });
        let files: Vec<String> = files.collect();
        let is_wanted = |path: &&String| {
            let extension = Path::new(path.as_str()).extension().unwrap_or_default();
            extensions.is_empty()
                || path.ends_with('/')
                || extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
        };
        let wanted: Vec<&String> = files.iter().filter(is_wanted).collect();
        let offered = if wanted.is_empty() { files.iter().collect() } else { wanted };
        offered.into_iter().map(CompletionCandidate::new).collect()
    }

    /// The dataset that the line would use, unless reading it means waiting for standard input or a pipe, or it has
    /// errors: they are not looked for in detail, since nobody would see them.
    fn dataset<'s>(&self, storage: &'s Storage<'s>) -> Option<&'s Framework<'s>> {
        let global = self.global.as_ref()?;
        match resolve_origin(global.dataset.as_deref(), global.builtin).ok()? {
            Origin::File(path) if !path.is_file() => None,
            Origin::Stdin => None,
            origin => Some(storage.keep(check::read_sound(storage.keep_input(origin.load().ok()?)).ok()?)),
        }
    }
}

/// The ids of the options on the line that may be given only once, and of those that take pages.
fn used(command: Option<&clap::Command>, given: &ArgMatches) -> Vec<String> {
    let options =
        command.into_iter().flat_map(clap::Command::get_arguments).filter(|arg| !arg.is_positional());
    let is_used = |arg: &&Arg| {
        let id = arg.get_id().as_str();
        given.ids().any(|known| known == id) && given.value_source(id) == Some(ValueSource::CommandLine)
    };
    let may_repeat = |arg: &Arg| {
        matches!(arg.get_action(), ArgAction::Append | ArgAction::Count)
            && arg.get_num_args().is_none_or(|count| count.max_values() == 1)
    };
    options.filter(is_used).filter(|arg| !may_repeat(arg)).map(|arg| arg.get_id().to_string()).collect()
}

/// The values on the line for the arguments with this value name.
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

/// A word without its quotes and backslashes, even if a quote is still open; what is no single word stays as it is.
fn unquoted(word: &OsStr) -> OsString {
    let Some(typed) = word.to_str() else { return word.to_owned() };
    let read = ["", "'", "\""].iter().find_map(|closing| shlex::split(&format!("{typed}{closing}")));
    match read.as_deref() {
        Some([one]) => one.into(),
        _ => word.to_owned(),
    }
}

/// A path as the shell will read it when the line is run.
fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// The roles that are not on the line yet, by id, or by alias if no id fits.
fn roles(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    let named: Vec<&str> = line
        .roles
        .iter()
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

/// Roles; families and skills too once something is typed, since they are many.
fn names(line: &CommandLine, word: &str) -> Option<Vec<CompletionCandidate>> {
    let mut names = roles(line, word)?;
    if !word.is_empty() {
        names.extend(families(line, word)?);
        names.extend(skills(line, word)?);
    }
    Some(names)
}

fn skills(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    let skills = dataset.aspects().filter(|aspect| aspect.skill.is_some());
    Some(skills.map(|skill| candidate(&skill.id, &skill.title)).collect())
}

fn families(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    Some(dataset.families.iter().map(|family| candidate(&family.id, &family.title)).collect())
}

fn sections(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    Some(dataset.sections.iter().map(|section| candidate(&section.id, &section.title)).collect())
}

fn kinds(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    Some(choose::kinds(dataset).into_iter().map(CompletionCandidate::new).collect())
}

fn quizzes(line: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    Some(dataset.quizzes.iter().map(|quiz| candidate(&quiz.id, &quiz.title)).collect())
}

/// The questions that are not answered yet, each with its `=`; whole answers once only one question fits.
fn answers(line: &CommandLine, word: &str) -> Option<Vec<CompletionCandidate>> {
    let storage = Storage::default();
    let dataset = line.dataset(&storage)?;
    let quiz = choose::quiz(dataset, line.quizzes.first().map(String::as_str)).ok()?;
    let answered: Vec<&str> =
        line.answers.iter().filter_map(|answer| Some(answer.split_once('=')?.0)).collect();
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
fn codes(_: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    Some(Code::ALL.iter().map(|code| candidate(code.name(), code.title())).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "one of the offers")]
fn commands(_: &CommandLine, _: &str) -> Option<Vec<CompletionCandidate>> {
    let rolebook = parser(WIDEST_HELP);
    let named = rolebook.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        candidate(command.get_name(), &about)
    });
    Some(named.collect())
}

/// A value and its description, on one line and without control characters.
fn candidate(value: &str, meaning: &str) -> CompletionCandidate {
    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    CompletionCandidate::new(value).help(Some(visible(&meaning).into_owned().into()))
}

/// Whether every shell reads the text as one word without quotes.
fn is_one_word(text: &str) -> bool {
    text.chars().all(|char| char.is_alphanumeric() || "-_.+".contains(char)) && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::{
        FILES, NAME, ZSH_COMPLETIONS, ZSH_FILES, ZSH_REGISTRATION, ZSH_REGISTRATION_OR_CALL, script,
    };

    /// The script for zsh is clap's with two changes, which need the places in it that they are made at.
    #[test]
    fn the_script_for_zsh_is_changed_in_both_places() {
        let script = script("zsh", NAME).expect("zsh is known");
        let files = ZSH_FILES.replace("FILES", FILES) + ZSH_COMPLETIONS;
        assert_eq!(script.matches(&files).count(), 1, "{script}");
        assert_eq!(script.matches(ZSH_REGISTRATION_OR_CALL).count(), 1, "{script}");
        assert!(!script.contains(ZSH_REGISTRATION), "{script}");
    }
}
