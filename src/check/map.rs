//! Reads an import map, or reports all errors in it.

use super::structure;
use crate::diagnostic::{Checked, Code, Diagnostic, FileKind};
use crate::format::tree;
use crate::format::{ImportMap, Input, Syntax, read_map};

/// Reads an import map and passes it on.
///
/// # Errors
///
/// All errors in it.
pub fn map<T>(input: &Input, take: impl FnOnce(&ImportMap<'_>) -> T) -> Result<T, Checked> {
    let text = input.text();
    let refused = |diagnostics| {
        let source = input.source();
        Checked::new(source.name(), source.path(), text.to_owned(), diagnostics)
    };
    let parsed = match input.syntax() {
        Syntax::Json => tree::json(text),
        Syntax::Yaml => tree::yaml(text),
    };
    let mut tree = parsed.map_err(|diagnostic| refused(vec![diagnostic]))?;
    let mut structure = structure::check(text, input.syntax(), &mut tree, FileKind::Map);
    let (mut diagnostics, unlisted) = std::mem::take(&mut structure.found).into_parts();
    match read_map(&tree) {
        Ok(map) if diagnostics.is_empty() => return Ok(take(&map)),
        Err(error) if diagnostics.is_empty() => {
            diagnostics.push(Diagnostic::new(Code::WrongType, 0..0, error.0));
        }
        _ => {}
    }
    Err(refused(diagnostics).and_unlisted(unlisted))
}
