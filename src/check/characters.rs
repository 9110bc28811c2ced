//! Control characters that are probably the result of a wrong encoding.

use std::collections::HashSet;
use std::ops::Range;

use super::place::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::tree::{Node, Value};

/// The characters for the bytes 0x80 to 0x9F in Windows-1252, where defined.
const WINDOWS_1252: [&str; 32] = [
    "€", "", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "", "", "‘", "’", "“", "”", "•",
    "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
];

/// Reports the control characters U+0080 to U+009F, which nobody types, once per text. `meta` is not checked.
pub(super) fn control_characters(tree: &Node<'_>, findings: &mut Findings<Range<usize>>) {
    // A YAML alias repeats a text with its place.
    let mut seen = HashSet::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Text(text) => {
                if let Some(fault) = encoding_fault(text)
                    && seen.insert(node.span.start)
                {
                    findings.push(problem(node, fault));
                }
            }
            Value::List(items) => open.extend(items),
            Value::Map(entries) => {
                open.extend(entries.iter().filter(|entry| entry.key != "meta").map(|entry| &entry.value));
            }
            _ => {}
        }
    }
}

/// The control character in a text that is probably in a wrong encoding.
pub(super) fn encoding_fault(text: &str) -> Option<char> {
    text.chars().find(|c| ('\u{80}'..='\u{9f}').contains(c))
}

fn problem(node: &Node<'_>, fault: char) -> Diagnostic {
    let code = u32::from(fault);
    let message = format!("this text contains the control character U+{code:04X}");
    let problem = Diagnostic::new(Code::ControlCharacter, node.span.clone(), message);
    let place = usize::try_from(code - 0x80).unwrap_or_default();
    match WINDOWS_1252.get(place).filter(|meant| !meant.is_empty()) {
        Some(meant) => problem
            .advice(format!("probably meant: {meant}"))
            .note("a text in Windows-1252 was read as Latin-1; save it as UTF-8"),
        None => problem.advice("remove it"),
    }
}
