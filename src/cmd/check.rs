use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::deliver::Answer;
use super::hints;
use super::session::Session;
use crate::analysis::diff::{Class, Rule};
use crate::check;
use crate::diagnostic::{Checked, Code, Diagnostic, Severity};
use crate::error::{Error, ErrorCode, Exit};
use crate::format::Origin;
use crate::layout::wrap;
use crate::report::check::CheckReport;
use crate::report::diff::TOO_LOW;
use crate::suggest::nearest;

const EXAMPLES: &str = "\
Examples:
  rolebook check                        the dataset in use
  rolebook check roles.yaml             a file, or several
  rolebook check --deny warnings        fail on warnings too
  rolebook check --allow uncited        ignore warnings with this code
  rolebook check -f github              annotations for a GitHub workflow
  rolebook check --explain unknown-key  what a code means";

/// Report errors and likely mistakes in datasets
///
/// Errors break the rules of the format, and other commands refuse a dataset that has any. Warnings are likely mistakes.
/// One run reports them all, with line and column. The exit code is 1 if there is an error, and 2 if a file cannot be
/// read.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Datasets to check: JSON or YAML files, or `-` for standard input [default: the dataset in use]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fail on these problems too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Ignore warnings with this code (repeatable)
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Explain an error code or a `rolebook diff` rule, with examples
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "deny", "allow"])]
    explain: Option<String>,
}

/// Problems other than errors that make the check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// Likely mistakes
    Warnings,
}

impl Check {
    pub(super) fn inputs(&self) -> Vec<&PathBuf> {
        self.files.iter().collect()
    }

    pub(super) fn run<'s>(self, session: &Session<'s>) -> Result<Answer<'s>, Error> {
        if let Some(code) = &self.explain {
            return Ok(Answer::text("check --explain", explained(code, session.ui.width())?));
        }
        // clap does not detect a conflict with an option before the command.
        if !self.files.is_empty() && session.names_dataset() {
            return Err(Error::usage("cannot combine files with `--dataset` or `--builtin`")
                .hint("list all datasets as files: `rolebook check a.yaml b.yaml`"));
        }
        let allowed = self.allow.iter().map(|name| warning(name)).collect::<Result<Vec<Code>, Error>>()?;
        let origins: Vec<Origin> = if self.files.is_empty() {
            vec![session.origin()?.clone()]
        } else {
            self.files.iter().map(Origin::named).collect()
        };
        let mut exit = Exit::Success;
        let mut errors = Vec::new();
        let mut checked: Vec<Checked> = Vec::new();
        for origin in &origins {
            match origin.load_or(hints::NO_DATASET) {
                Ok(input) => checked.push(hints::for_file(check::check(&input, &allowed))),
                Err(error) => {
                    let why = error.problem().message;
                    let failure = Diagnostic::new(error.code(), (), why);
                    checked.push(Checked::failed(origin.name(), origin.path(), failure));
                    exit = exit.max(error.exit());
                    errors.push(error);
                }
            }
        }
        let any = |severity| checked.iter().any(|file| file.count(severity) > 0);
        let has_errors = any(Severity::Error);
        let is_denied = !has_errors && self.deny.is_some() && any(Severity::Warning);
        if has_errors || is_denied {
            exit = exit.max(Exit::Negative);
        }
        let note = is_denied.then(|| "warnings count as errors, because of `--deny warnings`".to_owned());
        Ok(Answer::report(CheckReport::new(checked)).exit(exit).errors(errors).notes(note))
    }
}

/// A code that may be ignored: that of a warning.
fn warning(name: &str) -> Result<Code, Error> {
    match Code::of(name).map(|code| (code, code.severity())) {
        Some((code, Severity::Warning)) => Ok(code),
        Some((_, Severity::Error)) => Err(Error::usage(format!("`{name}` is an error, not a warning"))
            .hint("only warnings can be ignored; errors have to be fixed")),
        None => {
            let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
            let names: Vec<&str> = warnings.map(|code| code.name()).collect();
            Err(Error::new(ErrorCode::UnknownCode, format!("no warning has the code `{name}`"))
                .candidates(nearest(name, names.iter().copied()))
                .hint(format!("codes of warnings: {}", names.join(", "))))
        }
    }
}

/// The title and the page on a name that `diff` prints.
fn of_changes(name: &str) -> Option<(String, String)> {
    if name == TOO_LOW {
        let title = "the revision does not fit the changes".to_owned();
        let page = "`rolebook diff --check` found changes that need a higher `revision` than the new version has. Raise \
                    it to the one that is needed; `docs/diff.md` says which change needs which.";
        return Some((title, page.to_owned()));
    }
    let rule = Rule::ALL.iter().find(|rule| rule.name() == name)?;
    let raises = match rule.class() {
        Class::Major => "a new major version; before 1.0.0, a new minor version",
        Class::Minor => "a new minor version; before 1.0.0, a new patch",
        Class::Patch => "a new patch",
    };
    let page = format!(
        "{}.\n\n`rolebook diff` gives this name to changes. The `revision` has to become {raises}.",
        rule.says()
    );
    Some((format!("a {} change", rule.class().name()), page))
}

/// The page that explains a code.
fn explained(name: &str, width: usize) -> Result<String, Error> {
    if let Some(page) = of_changes(name) {
        let (title, page) = page;
        return Ok(format!("{name}: {title}\n\n{}\n", wrap(&page, width).join("\n")));
    }
    let error = ErrorCode::of(name);
    let code = Code::of(name).or_else(|| error.map(Code::from)).ok_or_else(|| {
        let names = || Code::ALL.iter().map(|code| code.name());
        let of_changes = || Rule::ALL.iter().map(|rule| rule.name()).chain([TOO_LOW]);
        let of_errors =
            || ErrorCode::ALL.iter().map(|code| code.name()).filter(|name| Code::of(name).is_none());
        let candidates = nearest(name, names().chain(of_changes()).chain(of_errors()));
        let unknown = Error::new(ErrorCode::UnknownCode, format!("unknown code `{name}`"));
        if !candidates.is_empty() {
            return unknown.candidates(candidates);
        }
        unknown
            .hint(format!("known codes: {}", names().collect::<Vec<_>>().join(", ")))
            .hint(format!("rules of `rolebook diff`: {}", of_changes().collect::<Vec<_>>().join(", ")))
            .hint(format!("errors of commands: {}", of_errors().collect::<Vec<_>>().join(", ")))
    })?;
    if matches!(code, Code::Error(_)) {
        return Ok(format!("{name}: an error of a command\n\n{}\n", wrap(&code.page(), width).join("\n")));
    }
    let indented = |example: &str| format!("    {}\n", example.trim_end().replace('\n', "\n    "));
    let (name, title) = (code.name(), code.title());
    let page = format!("{name}: {title}\n\n{}\n", wrap(&code.page(), width).join("\n"));
    let examples = format!("\nWrong:\n\n{}\nRight:\n\n{}", indented(code.wrong()), indented(code.right()));
    // Some names are those of a rule for files and of an error.
    let error = error.map(|error| format!("As an error of a command: {}", Code::from(error).page()));
    let error = error.map(|text| format!("\n{}\n", wrap(&text, width).join("\n"))).unwrap_or_default();
    Ok(format!("{page}{examples}{error}"))
}
