//! What commands work with: the streams, the requested format, and the dataset in use.

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::ValueEnum;
use typed_arena::Arena;

use super::{Command, Global, hints, output_file};
use crate::check;
use crate::error::{Error, ErrorCode};
use crate::format::{Input, Origin};
use crate::framework::{Framework, Person};
use crate::render::{Format, format_name};
use crate::report::quiz::DatasetArguments;
use crate::ui::Ui;

/// One run of the program.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Session<'s> {
    pub(super) ui: Ui,
    /// The format given by `--format` or `--json`.
    asked_format: Option<Format>,
    /// The format for the extension of the output file.
    output_format: Option<Format>,
    /// The format of the command if nothing else is given.
    default_format: Format,
    bom: bool,
    output: Option<PathBuf>,
    /// The files that the command reads, besides the dataset.
    inputs: Vec<PathBuf>,
    force: bool,
    may_ask: bool,
    dataset: Option<PathBuf>,
    builtin: bool,
    origin: OnceCell<Origin>,
    datasets: Rc<RefCell<Vec<(Origin, &'s Framework<'s>)>>>,
    storage: &'s Storage<'s>,
}

/// Owns loaded texts and the datasets that borrow from them, for the whole run.
#[derive(Default)]
pub(super) struct Storage<'s> {
    inputs: Arena<Input>,
    datasets: Arena<Framework<'s>>,
    people: Arena<Vec<Person>>,
}

impl<'s> Storage<'s> {
    /// Stores the text of a dataset.
    pub(super) fn keep_input(&'s self, input: Input) -> &'s Input {
        self.inputs.alloc(input)
    }

    /// Stores a dataset.
    pub(super) fn keep(&'s self, dataset: Framework<'s>) -> &'s Framework<'s> {
        self.datasets.alloc(dataset)
    }
}

impl<'s> Session<'s> {
    /// Creates the session of a command.
    pub(super) fn new(
        ui: Ui,
        global: &Global,
        command: &Command,
        storage: &'s Storage<'s>,
    ) -> Result<Self, Error> {
        let asked_format = match (global.json, global.format) {
            (true, None | Some(Format::Json)) => Some(Format::Json),
            (true, Some(other)) => {
                let other = format_name(other);
                return Err(Error::usage(format!("`--json` and `--format {other}` cannot be combined"))
                    .hint("choose one format"));
            }
            (false, format) => format,
        };
        if command.ignores_dataset() && (global.builtin || global.dataset.is_some()) {
            let option = if global.builtin { "--builtin" } else { "--dataset" };
            return Err(
                Error::usage("this command does not use a dataset").hint(format!("remove `{option}`"))
            );
        }
        let output = global.output.clone().filter(|path| path != Path::new("-"));
        if global.force && output.is_none() && !command.overwrites() {
            return Err(Error::usage("`--force` needs a file to overwrite").hint("name it with `--output`"));
        }
        if let Some(path) = &output {
            output_file::check(path, command.holds(), asked_format)?;
        }
        let output_format = output.as_deref().and_then(output_file::format_for);
        let format = asked_format.or(output_format).unwrap_or(command.default_format());
        if global.bom && format != Format::Csv {
            return Err(Error::usage("`--bom` is only for CSV")
                .hint("add `--format csv`, or write to a `.csv` file with `--output`"));
        }
        let for_problems = command.formats_for_problems();
        let is_fit = |format: Format| !format.is_for_problems() || for_problems.contains(&format);
        if !is_fit(format) {
            let fit = Format::value_variants().iter().filter(|format| is_fit(**format));
            let names: Vec<String> = fit.map(|format| format!("`{}`", format_name(*format))).collect();
            return Err(Error::usage(format!(
                "this command does not support the format `{}`",
                format_name(format)
            ))
            .hint(format!("supported formats: {}", names.join(", "))));
        }
        let forbidden =
            global.no_input || std::env::var_os("ROLEBOOK_NO_INPUT").is_some_and(|value| !value.is_empty());
        Ok(Self {
            ui,
            asked_format,
            output_format,
            default_format: command.default_format(),
            bom: global.bom,
            output,
            inputs: command.inputs().iter().map(|path| (*path).clone()).collect(),
            force: global.force,
            may_ask: !forbidden,
            dataset: global.dataset.clone(),
            builtin: global.builtin,
            origin: OnceCell::new(),
            datasets: Rc::default(),
            storage,
        })
    }

    /// Whether `--dataset` or `--builtin` is given.
    pub(super) fn names_dataset(&self) -> bool {
        self.builtin || self.dataset.is_some()
    }

    /// Where the dataset in use comes from. Determined on demand, because some commands do not need it.
    pub(super) fn origin(&self) -> Result<&Origin, Error> {
        if let Some(origin) = self.origin.get() {
            return Ok(origin);
        }
        let origin = resolve_origin(self.dataset.as_deref(), self.builtin)?;
        Ok(self.origin.get_or_init(|| origin))
    }

    /// A session for the command of a block, with the same dataset or the one in this file.
    pub(super) fn for_block(&self, dataset: Option<&Path>) -> Self {
        let is_same = dataset.is_none();
        Self {
            ui: self.ui.clone(),
            asked_format: None,
            output_format: None,
            // Like the page, it is for people.
            default_format: Format::Markdown,
            bom: false,
            output: None,
            inputs: Vec::new(),
            force: false,
            may_ask: false,
            dataset: dataset.map(Path::to_owned).or_else(|| self.dataset.clone()),
            builtin: self.builtin && is_same,
            origin: if is_same { self.origin.clone() } else { OnceCell::new() },
            datasets: Rc::clone(&self.datasets),
            storage: self.storage,
        }
    }

    /// Where the dataset in use comes from, in words.
    pub(super) fn origin_in_words(&self) -> Result<String, Error> {
        Ok(match self.origin()? {
            Origin::Builtin => "built in".to_owned(),
            Origin::Stdin => "from standard input".to_owned(),
            Origin::File(path) => path.display().to_string(),
            origin @ Origin::Git { .. } => origin.name(),
        })
    }

    /// The dataset in use.
    pub(super) fn dataset(&self) -> Result<&'s Framework<'s>, Error> {
        self.dataset_from(self.origin()?, hints::NO_DATASET)
    }

    /// The dataset from there, or an error with this hint if there is no such file. It is read once, however many blocks
    /// use it: standard input has it once.
    pub(super) fn dataset_from(&self, origin: &Origin, hint: &str) -> Result<&'s Framework<'s>, Error> {
        let known =
            self.datasets.borrow().iter().find(|(known, _)| known == origin).map(|(_, dataset)| *dataset);
        if let Some(dataset) = known {
            return Ok(dataset);
        }
        let input = self.storage.keep_input(origin.load_or(hint)?);
        let dataset = check::read(input).map_err(hints::invalid_dataset)?;
        let dataset = self.storage.keep(dataset);
        self.datasets.borrow_mut().push((origin.clone(), dataset));
        Ok(dataset)
    }

    /// Stores people for the whole run.
    pub(super) fn keep_people(&self, people: Vec<Person>) -> &'s [Person] {
        self.storage.people.alloc(people)
    }

    /// Whether prompting is allowed.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Whether prompting is allowed and possible.
    pub(super) fn can_ask(&self) -> bool {
        self.may_ask && self.ui.can_ask()
    }

    /// The arguments that select the same dataset again.
    pub(super) fn dataset_arguments(&self) -> Result<DatasetArguments, Error> {
        let named = |words: &[&str], repeat| {
            let words = words.iter().copied().map(str::to_owned).collect();
            Ok(DatasetArguments { words, repeat })
        };
        match self.origin()? {
            Origin::Builtin if self.builtin => named(&["--builtin"], true),
            Origin::Builtin => named(&[], true),
            // A path that is not UTF-8 can only be shown, not typed or stored in JSON.
            Origin::File(path) => named(&["-d", &as_value(&path.to_string_lossy())], path.to_str().is_some()),
            Origin::Stdin | Origin::Git { .. } => named(&["-d", "-"], false),
        }
    }

    /// Whether the format is JSON Lines.
    pub(super) fn wants_lines(&self) -> bool {
        self.format() == Format::Jsonl
    }

    /// Whether a dataset is written as JSON, in whichever format problems are reported.
    pub(super) fn wants_json(&self) -> bool {
        [self.asked_format, self.output_format].contains(&Some(Format::Json))
    }

    /// The format of the result.
    pub(super) fn format(&self) -> Format {
        self.asked_format.or(self.output_format).unwrap_or(self.default_format)
    }

    /// Whether the arguments or the output file say which format the result has.
    pub(super) fn is_format_told(&self) -> bool {
        self.asked_format.or(self.output_format).is_some()
    }

    /// The format of a result on standard output, where the output file is for something else.
    pub(super) fn stdout_format(&self) -> Format {
        self.asked_format.unwrap_or(self.default_format)
    }

    /// The format given by the arguments, regardless of the output file.
    pub(super) fn asked_format(&self) -> Option<Format> {
        self.asked_format
    }

    /// Whether CSV begins with a byte-order mark.
    pub(super) fn begins_with_bom(&self) -> bool {
        self.bom
    }

    /// The output file, unless the result goes to standard output.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Whether files may be overwritten.
    pub(super) fn force(&self) -> bool {
        self.force
    }

    /// Whether the run reads this file: the dataset in use, or another input.
    pub(super) fn reads(&self, path: &Path) -> bool {
        let Ok(path) = path.canonicalize() else { return false };
        let dataset = match self.origin.get() {
            Some(Origin::File(dataset)) => Some(dataset),
            _ => None,
        };
        let mut read = self.inputs.iter().chain(dataset);
        read.any(|input| input.canonicalize().is_ok_and(|input| input == path))
    }

    /// Whether results are flat records, which cannot contain anything else.
    pub(super) fn prints_records(&self) -> bool {
        matches!(self.format(), Format::Csv | Format::Jsonl)
    }

    /// Whether the result has a column for each role, so that their number is limited. True for blocks, too.
    pub(super) fn puts_roles_in_columns(&self) -> bool {
        !self.prints_records() && self.format() != Format::Json
    }
}

/// Where the dataset comes from: the arguments, the environment, a file found nearby, or else the built-in one.
pub(super) fn resolve_origin(named: Option<&Path>, builtin: bool) -> Result<Origin, Error> {
    let from_environment = || std::env::var_os("ROLEBOOK_DATASET").filter(|path| !path.is_empty());
    if builtin {
        return Ok(Origin::Builtin);
    }
    if let Some(path) = named.map(Path::to_owned).or_else(|| from_environment().map(PathBuf::from)) {
        return Ok(Origin::named(path));
    }
    // Without a current folder, there is nowhere to search.
    let found = std::env::current_dir().ok().map(|folder| Origin::discovered(&folder)).transpose();
    let found = found.map_err(|[one, other]| {
        Error::new(ErrorCode::TwoDatasets, format!("found two datasets: `{one}` and `{other}`"))
            .hint(format!("choose one with `-d {one}`, or remove the other"))
    });
    Ok(found?.flatten().unwrap_or(Origin::Builtin))
}

/// A path that clap takes for a value, although it may begin like an option.
fn as_value(path: &str) -> String {
    if path.starts_with('-') { format!("./{path}") } else { path.to_owned() }
}
