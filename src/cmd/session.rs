//! What every command works with: the streams, the format that was asked for, and the dataset in force.

use std::borrow::Cow;

use clap::ValueEnum;

use super::Global;
use crate::dataset::{self, Source};
use crate::doc::Report;
use crate::error::{Error, Exit};
use crate::model::Dataset;
use crate::render::{Format, Look, render};
use crate::ui::Ui;

/// One run of the program.
pub(super) struct Session {
    pub(super) ui: Ui,
    format: Option<Format>,
    may_ask: bool,
    source: Source,
}

/// The text of the dataset in force; what was read from it borrows from it.
pub(super) struct Text(Cow<'static, str>);

impl Text {
    /// The dataset itself.
    pub(super) fn dataset(&self) -> Result<Dataset<'_>, Error> {
        dataset::read(&self.0)
    }
}

impl Session {
    pub(super) fn new(ui: Ui, global: &Global) -> Result<Self, Error> {
        let format = match (global.json, global.format) {
            (true, None | Some(Format::Json)) => Some(Format::Json),
            (true, Some(other)) => {
                let other = name(other);
                return Err(Error::usage(format!("`--json` and `--format {other}` contradict each other"))
                    .hint("name one format"));
            }
            (false, format) => format,
        };
        let forbidden =
            global.no_input || std::env::var_os("ROLEBOOK_NO_INPUT").is_some_and(|value| !value.is_empty());
        Ok(Self { ui, format, may_ask: !forbidden, source: Source::Builtin })
    }

    /// The text of the dataset in force.
    pub(super) fn text(&self) -> Result<Text, Error> {
        self.source.text().map(Text)
    }

    /// Whether questions are allowed.
    pub(super) fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Whether somebody may be asked and can answer.
    pub(super) fn can_ask(&self) -> bool {
        self.may_ask && self.ui.can_ask()
    }

    /// The arguments that name the dataset again.
    pub(super) fn replay(&self) -> Vec<String> {
        match self.source {
            Source::Builtin => Vec::new(),
        }
    }

    /// Whether results are to come one a line.
    pub(super) fn wants_lines(&self) -> bool {
        self.format == Some(Format::Jsonl)
    }

    /// Prints a result as a table unless another format was asked for.
    pub(super) fn print(&self, report: &impl Report) -> Result<Exit, Error> {
        let look = Look { width: self.ui.width(), color: self.ui.color() };
        self.ui.print(&render(report, self.format.unwrap_or(Format::Table), look))?;
        Ok(Exit::Yes)
    }

    /// Prints a result as Markdown unless another format was asked for.
    pub(super) fn print_markdown(&self, report: &impl Report) -> Result<Exit, Error> {
        let look = Look { width: self.ui.width(), color: self.ui.color() };
        self.ui.print(&render(report, self.format.unwrap_or(Format::Markdown), look))?;
        Ok(Exit::Yes)
    }

    /// A result for a file: as Markdown unless another format was asked for.
    pub(super) fn for_file(&self, report: &impl Report) -> String {
        let look = Look { width: self.ui.file_width(), color: false };
        render(report, self.format.unwrap_or(Format::Markdown), look)
    }

    /// Prints text that has one form only.
    pub(super) fn print_text(&self, command: &str, text: &str) -> Result<Exit, Error> {
        if let Some(format) = self.format {
            return Err(Error::usage(format!("`{command}` has no format {}", name(format)))
                .hint(format!("leave `--format` out: `{command}` prints one kind of text")));
        }
        self.ui.print(text)?;
        Ok(Exit::Yes)
    }
}

fn name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
