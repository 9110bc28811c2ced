use std::path::{Path, PathBuf};

use clap::Args;

use super::deliver::Answer;
use super::hints;
use super::session::Session;
use crate::check;
use crate::diagnostic::{Checked, Diagnostic};
use crate::error::{Error, ErrorCode, Exit};
use crate::format::{Layout, Origin};
use crate::fs;
use crate::import::{Imported, Options, Refused, guessed, mapped};
use crate::render::{Format, format_name};
use crate::report::check::CheckReport;
use crate::unified::unified;

const EXAMPLES: &str = "\
Examples:
  rolebook import roles.xlsx -o roles.yaml         the first sheet as a dataset
  rolebook import roles.xlsx --sheet Skills        another sheet
  rolebook import roles.csv --write-map map.yaml   save the guess, to correct it
  rolebook import roles.csv --map map.yaml         import as the map says
  rolebook import roles.csv --check -o roles.yaml  fail if they no longer match";

/// Turn a spreadsheet into a dataset
///
/// Reads CSV, TSV and XLSX. rolebook guesses from names and cells what each column holds and prints the guess on
/// standard error; you can correct it with a map. If there are problems, all of them are reported by cell and nothing
/// is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// A CSV, TSV or XLSX file, or `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Sheet of a workbook, by name [default: the first]
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    sheet: Option<String>,
    /// How the table is laid out [default: guessed from its columns]
    #[arg(long, value_enum, value_name = "LAYOUT", conflicts_with = "map")]
    layout: Option<Layout>,
    /// Read rows as roles and columns as skills
    #[arg(long, conflicts_with = "map")]
    transpose: bool,
    /// Read the tables as this map says
    #[arg(long, value_name = "MAP")]
    map: Option<PathBuf>,
    /// Save the guess to this file as a map, for you to correct
    #[arg(long, value_name = "FILE", conflicts_with_all = ["map", "check"])]
    write_map: Option<PathBuf>,
    /// Write nothing; if the output file would change, show a diff and exit with 1
    #[arg(long)]
    check: bool,
}

impl Import {
    /// Whether it also writes a map.
    pub(super) fn writes_map(&self) -> bool {
        self.write_map.is_some()
    }

    pub(super) fn inputs(&self) -> Vec<&PathBuf> {
        std::iter::once(&self.file).chain(&self.map).collect()
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        if self.write_map.as_deref() == Some(Path::new("-")) {
            return Err(
                Error::usage("`--write-map` needs the name of a file").hint("name one such as `map.yaml`")
            );
        }
        if self.check && session.output().is_none() {
            return Err(
                Error::usage("`--check` needs the file to compare with").hint("name it with `--output`")
            );
        }
        if let Some(format) = session
            .asked_format()
            .filter(|format| !matches!(format, Format::Json | Format::Github | Format::Sarif))
        {
            let name = format_name(format);
            return Err(Error::usage(format!("`import` does not support `--format {name}`"))
                .hint("it writes YAML, or JSON with `--json`"));
        }
        let is_json = session.wants_json();
        let Imported { text, map, sheets, notes } = match self.imported(is_json) {
            Ok(imported) => imported,
            Err(refused) => return Ok(self.refused(session, refused)),
        };
        let sheets = sheets.map(|(sheet, others)| {
            let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
            format!("sheet `{sheet}`; `--sheet` chooses another: {}", others.join(", "))
        });
        let notes = sheets.into_iter().chain(notes);
        let answer = match session.output() {
            // With only `--write-map`, do not print the dataset.
            None if self.write_map.is_some() => Answer::done(),
            Some(file) if self.check => compared(session, file, &text).unwrap_or_else(Answer::failed),
            Some(file) if reports_problems(session) => {
                let answer = self.with_map(reported(Vec::new()), map);
                return Ok(answer.file(file, text, "").notes(notes));
            }
            None if reports_problems(session) => reported(Vec::new()),
            _ if is_json => Answer::json("import", text),
            _ => Answer::text("import", text),
        };
        Ok(self.with_map(answer, map).notes(notes))
    }

    /// The answer with the guess in the file given by `--write-map`, if any.
    fn with_map<'s>(&self, answer: Answer<'s>, map: Option<String>) -> Answer<'s> {
        match (&self.write_map, map) {
            (Some(file), Some(map)) => {
                answer.file(file, MAP_HEAD.to_owned() + &map, "; correct it, then use it with `--map`")
            }
            _ => answer,
        }
    }

    fn imported(&self, json: bool) -> Result<Imported, Refused> {
        let Some(path) = &self.map else {
            let options = Options {
                sheet: self.sheet.as_deref(),
                layout: self.layout,
                transpose: self.transpose,
                json,
            };
            return guessed(&self.file, &options);
        };
        let input = Origin::named(path).load_or("`rolebook import FILE --write-map MAP` writes a map")?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let read = check::map(&input, |map| mapped(&self.file, folder, map, json));
        let invalid = |checked| Error::invalid_file(ErrorCode::InvalidMap, "map", hints::for_file(checked));
        read.map_err(invalid)?
    }

    /// Reports all problems: on standard error for people, or in the requested format for programs.
    fn refused<'s>(&self, session: &Session<'s>, refused: Refused) -> Answer<'s> {
        match refused {
            Refused::Error(error) => {
                let hint =
                    "add a row of column names at the top, or describe the table in a map and use `--map`";
                self.failed(session, error.hint_if(ErrorCode::AmbiguousTable, hint))
            }
            Refused::Unclear(error, map) => {
                let hint = "describe the columns in a map: `--write-map MAP` writes one to edit, `--map MAP` uses it";
                self.with_map(self.failed(session, error.hint(hint)), Some(map))
            }
            Refused::Cells(checked, map) => self.with_map(mistaken(session, checked), map),
        }
    }

    /// The answer where the table could not be read.
    fn failed<'s>(&self, session: &Session<'s>, error: Error) -> Answer<'s> {
        if session.asked_format().is_some() && !error.mistakes().is_empty() {
            return reported(error.mistakes().to_vec()).exit(error.exit());
        }
        if reports_problems(session) {
            let name = self.file.display().to_string();
            let failed = Checked::failed(name.clone(), Some(name), error.problem());
            return reported(vec![failed]).exit(error.exit()).errors([error]);
        }
        Answer::failed(error)
    }
}

/// The answer where cells of the table have errors.
fn mistaken<'s>(session: &Session<'s>, checked: Vec<Checked>) -> Answer<'s> {
    if session.asked_format().is_some() {
        return reported(checked).exit(Exit::Error);
    }
    let errors = checked.into_iter().map(|checked| {
        let first = checked.diagnostics.first().map(|problem| problem.code.name());
        let explain = first.map(|code| format!("`rolebook check --explain {code}` explains the first one"));
        let error = Error::invalid_file(ErrorCode::InvalidTable, "table", checked)
            .hint("nothing was imported; correct these cells, or explain them in a map");
        explain.into_iter().fold(error, Error::hint)
    });
    Answer::done().errors(errors).exit(Exit::Error)
}

/// Whether the result is a report on problems, so that the dataset can only go to a file.
fn reports_problems(session: &Session) -> bool {
    session.asked_format().is_some_and(Format::is_for_problems)
}

fn reported<'s>(checked: Vec<Checked>) -> Answer<'s> {
    Answer::report(CheckReport::new(checked)).on_stdout()
}

/// The comment at the top of a map.
const MAP_HEAD: &str = "\
# How to read a table: correct it, then run `rolebook import FILE --map MAP`.
# Leave out the columns that you do not want. `rolebook schema map` explains every key.
";

/// Compares a file with what would be written to it.
fn compared<'s>(session: &Session<'s>, file: &Path, text: &str) -> Result<Answer<'s>, Error> {
    let name = file.display().to_string();
    let old = match fs::read_file(file) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(Origin::named(file).unreadable(&error));
        }
    };
    let is_same = old.as_deref() == Some(text.as_bytes());
    let (verdict, advice) = match old {
        Some(_) => ("is not what the table gives", "import it again, with `--force` instead of `--check`"),
        None => ("does not exist", "leave out `--check` to write it"),
    };
    if reports_problems(session) || (session.asked_format().is_some() && !is_same) {
        let outdated = (!is_same).then(|| outdated(name, old, text, advice));
        return Ok(reported(outdated.into_iter().collect()).fails_if(!is_same));
    }
    if is_same {
        return Ok(Answer::done());
    }
    let note = format!("`{name}` {verdict}; {advice}");
    let diff = unified(&name, 1, &old.unwrap_or_default(), text.as_bytes());
    Ok(Answer::text("import --check", diff).on_stdout().notes([note]).exit(Exit::Negative))
}

/// The problem that a file does not exist or is not what would be written, at the first line that differs.
fn outdated(name: String, old: Option<Vec<u8>>, new: &str, advice: &str) -> Checked {
    let message = match old {
        Some(_) => "the file is not what the table gives; this is the first line that differs".to_owned(),
        None => format!("`{name}` does not exist"),
    };
    let old = String::from_utf8_lossy(&old.unwrap_or_default()).into_owned();
    let lines = old.split_inclusive('\n').zip(new.split_inclusive('\n'));
    let start = lines.take_while(|(old, new)| old == new).map(|(line, _)| line.len()).sum::<usize>();
    let line = old.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    let problem = Diagnostic::new(ErrorCode::OutOfDate.into(), start..start + line, message);
    Checked::new(name.clone(), Some(name), old, vec![problem.advice(advice)])
}
