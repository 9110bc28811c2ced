//! What the extension of the file that `--output` names stands for.

use std::path::Path;

use crate::error::Error;
use crate::render::{Format, format_name};

/// What a command writes to the file that `--output` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A result, in the format that the extension stands for or that `--format` names.
    Result,
    /// A dataset.
    Dataset,
    /// A profile.
    Profile,
    /// Something else, such as a man page.
    Text,
}

/// The format for each extension.
const FORMATS: &[(&str, Format)] = &[
    ("txt", Format::Table),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("csv", Format::Csv),
    ("sarif", Format::Sarif),
];

/// The extensions to name in an error, without their variants.
const USUAL: &[&str] = &[".txt", ".md", ".html", ".json", ".jsonl", ".csv"];

/// The extensions of well-known formats that results cannot be written in. Other names get the usual format.
const FOREIGN: &[&str] = &[
    "yaml", "yml", "toml", "xml", "tsv", "tab", "xlsx", "xls", "ods", "docx", "doc", "odt", "rtf", "pptx",
    "pdf", "tex", "adoc", "rst", "png", "svg",
];

/// The format for the extension of a file.
pub(super) fn format_for(path: &Path) -> Option<Format> {
    let extension = path.extension()?;
    FORMATS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
}

/// Refuses a file with an extension that does not go with what it will hold.
pub(super) fn check(path: &Path, holds: Holds, asked: Option<Format>) -> Result<(), Error> {
    let name = path.display();
    let fits = |known: &[&str]| {
        path.extension()
            .is_none_or(|extension| known.iter().any(|known| extension.eq_ignore_ascii_case(known)))
    };
    match (holds, asked, format_for(path)) {
        (Holds::Dataset, ..) if !fits(&["yaml", "yml", "json"]) => {
            Err(Error::usage(format!("`{name}` is not a name for a dataset"))
                .hint("a dataset is a .yaml or .json file"))
        }
        (Holds::Profile, ..) if !fits(&["yaml", "yml"]) => {
            Err(Error::usage(format!("`{name}` is not a name for a profile"))
                .hint("a profile is a .yaml file"))
        }
        (Holds::Result, None, None) if path.extension().is_some() && fits(FOREIGN) => {
            Err(Error::usage(format!("results cannot be written in the format of `{name}`"))
                .hint(format!("choose one of {}, or name the format with `--format`", USUAL.join(", "))))
        }
        (_, Some(asked), Some(usual)) if !goes_with(asked, usual) => {
            let (asked, usual) = (format_name(asked), format_name(usual));
            Err(Error::usage(format!("the extension of `{name}` means {usual}, but `--format` is {asked}"))
                .hint("remove `--format`, or choose another extension"))
        }
        _ => Ok(()),
    }
}

/// A SARIF log is also JSON, and a text file may have any format.
fn goes_with(asked: Format, usual: Format) -> bool {
    asked == usual || (asked, usual) == (Format::Sarif, Format::Json) || usual == Format::Table
}
