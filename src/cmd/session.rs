//! What every command works with: the streams, the format that was asked for, and the dataset in force.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::ValueEnum;
use typed_arena::Arena;

use super::Global;
use crate::check;
use crate::doc::Report;
use crate::error::{Error, Exit};
use crate::format::{Input, Origin};
use crate::framework::Framework;
use crate::render::{Format, Fragment, Look, render, render_fragment};
use crate::ui::Ui;

/// One run of the program.
pub(super) struct Session<'s> {
    pub(super) ui: Ui,
    format: Option<Format>,
    may_ask: bool,
    dataset: Option<PathBuf>,
    builtin: bool,
    source: OnceCell<Origin>,
    datasets: Rc<RefCell<Vec<(Origin, &'s Framework<'s>)>>>,
    storage: &'s Storage<'s>,
    output: Output,
}

/// Owns the texts that were loaded and the datasets that borrow from them, for as long as the run lasts.
#[derive(Default)]
pub(super) struct Storage<'s> {
    inputs: Arena<Input>,
    datasets: Arena<Framework<'s>>,
}

impl<'s> Storage<'s> {
    /// Loads the text of a dataset.
    pub(super) fn load(&'s self, source: &Origin) -> Result<&'s Input, Error> {
        Ok(self.inputs.alloc(source.load()?))
    }

    /// Keeps a dataset that was read.
    pub(super) fn keep(&'s self, dataset: Framework<'s>) -> &'s Framework<'s> {
        self.datasets.alloc(dataset)
    }
}

/// Where results go.
enum Output {
    /// To standard output, in the format that was asked for.
    Stdout,
    /// Into a block of a page, whose first headings are of this level.
    Block { fragment: Fragment, top: u8, text: Cell<String> },
}

impl<'s> Session<'s> {
    /// The session of a command that has these formats for mistakes in files.
    pub(super) fn new(
        ui: Ui,
        global: &Global,
        for_problems: &[Format],
        storage: &'s Storage<'s>,
    ) -> Result<Self, Error> {
        let format = match (global.json, global.format) {
            (true, None | Some(Format::Json)) => Some(Format::Json),
            (true, Some(other)) => {
                let other = name(other);
                return Err(Error::usage(format!("`--json` and `--format {other}` cannot be combined"))
                    .hint("choose one format"));
            }
            (false, format) => format,
        };
        let is_fit = |format: Format| !format.is_for_problems() || for_problems.contains(&format);
        if let Some(unfit) = format.filter(|format| !is_fit(*format)) {
            let fit = Format::value_variants().iter().filter(|format| is_fit(**format));
            let names: Vec<String> = fit.map(|format| format!("`{}`", name(*format))).collect();
            return Err(Error::usage(format!("this command does not support the format `{}`", name(unfit)))
                .hint(format!("it has {}", names.join(", "))));
        }
        let forbidden =
            global.no_input || std::env::var_os("ROLEBOOK_NO_INPUT").is_some_and(|value| !value.is_empty());
        Ok(Self {
            ui,
            format,
            may_ask: !forbidden,
            dataset: global.dataset.clone(),
            builtin: global.builtin,
            source: OnceCell::new(),
            datasets: Rc::default(),
            storage,
            output: Output::Stdout,
        })
    }

    /// Whether the arguments name a dataset.
    pub(super) fn names_dataset(&self) -> bool {
        self.builtin || self.dataset.is_some()
    }

    /// Where the dataset in force comes from: what is named, what the environment names, what is found, what is
    /// built in. Looked for when it is needed, since not every command needs it.
    pub(super) fn source(&self) -> Result<&Origin, Error> {
        if let Some(source) = self.source.get() {
            return Ok(source);
        }
        let from_environment = || std::env::var_os("ROLEBOOK_DATASET").filter(|path| !path.is_empty());
        let source = if self.builtin {
            Origin::Builtin
        } else if let Some(path) = self.dataset.clone().or_else(|| from_environment().map(PathBuf::from)) {
            Origin::named(path)
        } else {
            // Without a working folder there is nothing to look in.
            let found = std::env::current_dir().ok().map(|folder| Origin::discovered(&folder));
            found.transpose()?.flatten().unwrap_or(Origin::Builtin)
        };
        Ok(self.source.get_or_init(|| source))
    }

    /// A session for the command of a block, of the same dataset or of that in this file: its result does not go to
    /// standard output but is what [`Session::into_block`] gives.
    pub(super) fn for_block(&self, dataset: Option<&Path>, fragment: Fragment, top: u8) -> Self {
        let is_same = dataset.is_none();
        Self {
            ui: self.ui.clone(),
            format: None,
            may_ask: false,
            dataset: dataset.map(Path::to_owned).or_else(|| self.dataset.clone()),
            builtin: self.builtin && is_same,
            source: if is_same { self.source.clone() } else { OnceCell::new() },
            datasets: Rc::clone(&self.datasets),
            storage: self.storage,
            output: Output::Block { fragment, top, text: Cell::default() },
        }
    }

    /// What a block's command came to.
    pub(super) fn into_block(self) -> String {
        match self.output {
            Output::Stdout => String::new(),
            Output::Block { text, .. } => text.into_inner(),
        }
    }

    /// Where the dataset in force comes from, in words.
    pub(super) fn origin(&self) -> Result<String, Error> {
        Ok(match self.source()? {
            Origin::Builtin => "built in".to_owned(),
            Origin::Stdin => "from standard input".to_owned(),
            Origin::File(path) => path.display().to_string(),
        })
    }

    /// The dataset in force. It is read once, however many blocks speak of it: standard input has it once.
    pub(super) fn dataset(&self) -> Result<&'s Framework<'s>, Error> {
        let source = self.source()?;
        let known =
            self.datasets.borrow().iter().find(|(known, _)| known == source).map(|(_, dataset)| *dataset);
        if let Some(dataset) = known {
            return Ok(dataset);
        }
        let dataset = check::read(self.storage.load(source)?).map_err(Error::invalid)?;
        let dataset = self.storage.keep(dataset);
        self.datasets.borrow_mut().push((source.clone(), dataset));
        Ok(dataset)
    }

    /// Whether questions are allowed.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Whether somebody may be asked and can answer.
    pub(super) fn can_ask(&self) -> bool {
        self.may_ask && self.ui.can_ask()
    }

    /// The arguments that name the dataset again; none where it came by standard input and is gone.
    pub(super) fn replay(&self) -> Result<Option<Vec<String>>, Error> {
        Ok(match self.source()? {
            Origin::Builtin if self.builtin => Some(vec!["--builtin".to_owned()]),
            Origin::Builtin => Some(Vec::new()),
            Origin::File(path) => Some(vec!["-d".to_owned(), path.display().to_string()]),
            Origin::Stdin => None,
        })
    }

    /// Whether results are to come one a line.
    pub(super) fn wants_lines(&self) -> bool {
        self.format == Some(Format::Jsonl)
    }

    /// The format that was asked for, or else this one.
    pub(super) fn format_or(&self, usual: Format) -> Format {
        self.format.unwrap_or(usual)
    }

    /// Prints a result as a table unless another format was asked for.
    pub(super) fn print(&self, report: &impl Report) -> Result<Exit, Error> {
        self.print_as(report, Format::Table)
    }

    /// Prints a result as Markdown unless another format was asked for.
    pub(super) fn print_markdown(&self, report: &impl Report) -> Result<Exit, Error> {
        self.print_as(report, Format::Markdown)
    }

    fn print_as(&self, report: &impl Report, default: Format) -> Result<Exit, Error> {
        match &self.output {
            Output::Stdout => {
                let format = self.format.unwrap_or(default);
                // The terminal and the environment are asked where the answer is seen.
                let look = match format {
                    Format::Table => Look { width: self.ui.width(), color: self.ui.color() },
                    _ => Look::default(),
                };
                self.ui.print(&render(report, format, look))?;
            }
            Output::Block { fragment, top, text } => {
                text.set(text.take() + &render_fragment(report, *fragment, *top));
            }
        }
        Ok(Exit::Yes)
    }

    /// Prints a result that people are told line by line, in colour or not, unless a format was asked for.
    pub(super) fn print_human(
        &self,
        report: &impl Report,
        human: impl FnOnce(bool) -> String,
    ) -> Result<Exit, Error> {
        match self.format {
            None | Some(Format::Table) => self.ui.print(&human(self.ui.color()))?,
            Some(_) => {
                self.print_as(report, Format::Table)?;
            }
        }
        Ok(Exit::Yes)
    }

    /// Whether results are flat records, in which there is no place for what is no record.
    pub(super) fn prints_records(&self) -> bool {
        matches!(self.format, Some(Format::Csv | Format::Jsonl))
    }

    /// Whether roles stand side by side in the result, where many do not fit; blocks are Markdown or HTML.
    pub(super) fn puts_roles_in_columns(&self) -> bool {
        !self.prints_records() && self.format != Some(Format::Json)
    }

    /// A result for a file: as Markdown unless another format was asked for.
    pub(super) fn for_file(&self, report: &impl Report) -> String {
        let look = Look { width: self.ui.file_width(), color: false };
        render(report, self.format.unwrap_or(Format::Markdown), look)
    }

    /// Prints text that has one form only.
    pub(super) fn print_text(&self, command: &str, text: &str) -> Result<Exit, Error> {
        if let Some(format) = self.format {
            return Err(Error::usage(format!("`{command}` does not support `--format {}`", name(format)))
                .hint(format!("remove `--format`; `{command}` prints plain text")));
        }
        self.ui.print(text)?;
        Ok(Exit::Yes)
    }
}

fn name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
