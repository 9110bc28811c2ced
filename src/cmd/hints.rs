//! What to do about a problem in terms of the command line, which the layers below do not know.

use crate::diagnostic::{Checked, Code, FileKind};
use crate::error::{Error, ErrorCode};
use crate::framework::Skills;
use crate::text::command;

/// The hint if the file of a dataset does not exist.
pub(super) const NO_DATASET: &str = "`rolebook init` writes a dataset to start from";

/// The error for a dataset with errors.
pub(super) fn invalid_dataset(checked: Checked) -> Error {
    let is_file = |path: &&str| *path == checked.name && !path.starts_with('<');
    let check = command(["check"].into_iter().chain(checked.path.as_deref().filter(is_file)));
    let hint = format!("fix these errors first; `{check}` also lists warnings");
    Error::invalid_file(ErrorCode::InvalidDataset, "dataset", for_file(checked)).hint(hint)
}

/// The problems of a file, with advice on those that a command or an option solves.
pub(super) fn for_file(mut checked: Checked) -> Checked {
    for found in &mut checked.diagnostics {
        let advice = match (found.code, found.kind) {
            (Code::WrongType, Some(FileKind::Dataset)) => "`rolebook init` writes one to start from",
            (Code::WrongType, Some(FileKind::Profile)) => "`rolebook assess --form` prints one to fill in",
            (Code::WrongType, Some(FileKind::Map)) => "begin it with `map: 1`",
            (Code::MissingKey, Some(FileKind::Dataset)) => "name a dataset with `-d`",
            (Code::MissingKey, Some(FileKind::Profile)) => "`rolebook assess` takes profiles",
            (Code::MissingKey, Some(FileKind::Map)) => "`rolebook import --map` takes maps",
            (Code::OtherDataset, _) => "choose the other dataset with `-d`, or rate the skills of this one",
            _ => continue,
        };
        found.advice = Some(advice.to_owned());
    }
    checked
}

/// The problems of a profile, likewise.
pub(super) fn for_profile(checked: Checked, skills: &Skills<'_>) -> Checked {
    let mut checked = for_file(checked);
    for found in &mut checked.diagnostics {
        if found.code == Code::UnknownSkill && found.help().is_none() {
            found.advice = Some(format!("`rolebook skills` lists the {} skills", skills.all().len()));
        }
    }
    checked
}
