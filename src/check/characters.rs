//! Control characters: those that are probably the result of a wrong encoding, and invisible ones in titles.

use std::collections::HashSet;
use std::ops::Range;

use super::place::Findings;
use super::warnings::without_extra_blanks;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::tree::{Node, Value};
use crate::text::visible_line;

/// The characters for the bytes 0x80 to 0x9F in Windows-1252, where defined.
const WINDOWS_1252: [&str; 32] = [
    "€", "", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "", "", "‘", "’", "“", "”", "•",
    "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
];

/// The keys of titles, which have a single line.
const TITLES: [&str; 4] = ["title", "name", "label", "aliases"];

/// Reports the control characters U+0080 to U+009F, which nobody types, and invisible characters in titles, once per
/// text. `meta` is not checked.
pub(super) fn control_characters(tree: &Node<'_>, findings: &mut Findings<Range<usize>>) {
    // A YAML alias repeats a text with its place.
    let mut seen = HashSet::new();
    let mut open = vec![(tree, false)];
    while let Some((node, is_title)) = open.pop() {
        match &node.value {
            Value::Text(text) => {
                if let Some(found) = problem(node, text, is_title)
                    && seen.insert(node.span.start)
                {
                    findings.push(found);
                }
            }
            Value::List(items) => open.extend(items.iter().map(|item| (item, is_title))),
            Value::Map(entries) => {
                let entries = entries.iter().filter(|entry| entry.key != "meta");
                open.extend(entries.map(|entry| (&entry.value, TITLES.contains(&&*entry.key))));
            }
            _ => {}
        }
    }
}

fn problem(node: &Node<'_>, text: &str, is_title: bool) -> Option<Diagnostic> {
    let problem = |message| Diagnostic::new(Code::ControlCharacter, node.span.clone(), message);
    if let Some(character) = text.chars().find(|c| ('\u{80}'..='\u{9f}').contains(c)) {
        let code = u32::from(character);
        let problem = problem(format!("this text contains the control character U+{code:04X}"));
        let place = usize::try_from(code - 0x80).unwrap_or_default();
        return Some(match WINDOWS_1252.get(place).filter(|meant| !meant.is_empty()) {
            Some(meant) => problem
                .advice(format!("probably meant: {meant}"))
                .note("a text in Windows-1252 was read as Latin-1; save it as UTF-8"),
            None => problem.advice("remove it"),
        });
    }
    // Another warning covers spaces.
    let words = is_title.then(|| without_extra_blanks(text))?;
    let shown = visible_line(&words);
    (*shown != words)
        .then(|| problem(format!("`{shown}` contains an invisible character")).advice("remove it"))
}
