//! What the errors of the YAML parser mean to somebody who writes a dataset.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::{character, too_deep};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn unknown_anchor(span: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::YamlSyntax, span, "no anchor above has this name")
        .advice("text that starts with `*` needs quotes")
}

pub(super) fn syntax_error(text: &str, error: &ScanError) -> Diagnostic {
    let mut at = error.marker().byte_offset().unwrap_or(text.len());
    if matches!(
        error.kind(),
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
    ) {
        // The parser may have gone past the tabs.
        let before = text.get(..at).unwrap_or_default();
        at = before.trim_end_matches('\t').len();
    }
    if *error.kind() == ErrorKind::TabInPlainScalar {
        // The parser stops where the text before it ends, maybe lines above.
        let after = text.get(at..).unwrap_or_default();
        at += after.find('\t').unwrap_or(0);
    }
    let mut span = character(text, at);
    if *error.kind() == ErrorKind::UnknownQuotedScalarEscape
        && let Some(escape) = unknown_escape(text, at)
    {
        span = escape;
    }
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(span),
        ErrorKind::UnknownAnchor => {
            let rest = text.get(span.start..).unwrap_or_default();
            let name = rest.find(|c: char| c.is_whitespace() || ",[]{}".contains(c)).unwrap_or(rest.len());
            return unknown_anchor(span.start..span.start + name);
        }
        _ => {}
    }
    match explained(error.kind()) {
        Some((message, help)) => Diagnostic::new(Code::YamlSyntax, span, message).advice(help),
        None => Diagnostic::new(Code::YamlSyntax, span, error.info()),
    }
}

/// What a common mistake is, and what to do about it; for others, the message of the parser has to do.
fn explained(kind: &ErrorKind) -> Option<(Cow<'static, str>, Cow<'static, str>)> {
    let closing = |open: char| if open == '[' { ']' } else { '}' };
    let (message, help) = match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("a tab in the indentation", "YAML is indented with spaces"),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("a key without a colon", "a key and its value stand on one line, with `: ` between")
        }
        ErrorKind::MappingValueNotAllowed => (
            "text without quotes cannot contain `: `",
            "put it in quotes or, if it is a key, align it with the other keys of its object",
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("text without quotes cannot start with `{}`", character.escape_debug());
            return Some((message.into(), "put the text in quotes".into()));
        }
        ErrorKind::UnknownQuotedScalarEscape => (
            "this backslash has no meaning",
            "write a backslash as `\\\\`, or use single quotes, where it is an ordinary character",
        ),
        ErrorKind::UndeclaredTagHandle => {
            ("an unknown tag", "remove the tag; text that starts with `!` needs quotes")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "the quotes end before the text does",
            "in single quotes, an apostrophe is written twice: 'it''s'",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "the quotes end before the text does",
            "quote the text as a whole; a quote inside is written `\\\"`",
        ),
        ErrorKind::UnclosedQuotedScalar => ("a quote without an end", "close it where the text ends"),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => (
            "a comma or a closing bracket should be here",
            "a comma is missing, or quotes around a text with `: ` in it",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("this is no item of the list above", "start it with `- `, or indent it like the object it is in")
        }
        ErrorKind::ExpectedBlockMappingKey => {
            ("this is no key of the object above", "indent it like the others of its list or object")
        }
        ErrorKind::BlockEntryInFlowCollection | ErrorKind::InvalidColonPlacement => {
            ("this cannot stand between brackets", "a bracket that was opened before is not closed")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list cannot begin here",
            "a list begins on a line of its own; text that starts with `- ` needs quotes",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => (
            "a closing bracket without an opening one",
            "remove it; text that starts with a bracket needs quotes",
        ),
        ErrorKind::UnclosedFlowCollection { open } => {
            let help = format!("close it with `{}`", closing(*open));
            return Some((format!("the bracket `{open}` is not closed").into(), help.into()));
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            let help = format!("close it with `{}`", closing(*open));
            return Some((format!("the bracket `{open}` is closed with `{close}`").into(), help.into()));
        }
        _ => return None,
    };
    Some((message.into(), help.into()))
}

/// The first invalid escape in the double-quoted scalar at `start`; the parser
/// only reports where the scalar starts.
fn unknown_escape(text: &str, start: usize) -> Option<Range<usize>> {
    let mut characters = text.get(start..)?.char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let (next, escaped) = characters.next()?;
        if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) {
            let end = next + escaped.len_utf8();
            return Some(start + at..start + end);
        }
    }
    None
}
