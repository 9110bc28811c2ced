//! Reads an import map, or reports all errors in it.

use super::{checked, or_problem, structure};
use crate::diagnostic::{Checked, FileKind};
use crate::format::{ImportMap, Input, read_map, tree};

/// Reads an import map and passes it on.
///
/// # Errors
///
/// All errors in it.
pub fn map<T>(input: &Input, take: impl FnOnce(&ImportMap<'_>) -> T) -> Result<T, Checked> {
    let text = input.text();
    let mut tree = tree::parse(text, input.syntax()).map_err(|problem| checked(input, problem))?;
    let mut problems = structure::check(text, input.syntax(), &mut tree, FileKind::Map).found.into();
    match or_problem(read_map(&tree), text, &tree, &mut problems) {
        Some(map) if problems.is_empty() => Ok(take(&map)),
        _ => Err(checked(input, problems)),
    }
}
