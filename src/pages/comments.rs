//! Finding the comments and headings of a page.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Syntax;
use super::html::{self, Token};

/// A comment or heading; places are offsets in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A comment, including its delimiters.
    Comment { range: Range<usize>, location: Location },
    /// A heading.
    Heading { at: usize, level: u8 },
}

/// The context of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// Between paragraphs, where text can be inserted below it.
    Page,
    /// Inside a paragraph or heading.
    Paragraph,
    /// In a list, a quotation, a footnote or a table.
    Container,
}

/// The comments and headings of a page, in order.
pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Found> {
    match syntax {
        Syntax::Markdown => in_markdown(text),
        Syntax::Html => {
            let mut found = Vec::new();
            add(text, 0, Location::Page, &mut found);
            found
        }
    }
}

fn in_markdown(text: &str) -> Vec<Found> {
    let (front, content) = text.split_at_checked(front_matter(text)).unwrap_or(("", text));
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let parser = Parser::new_ext(content, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    for (event, range) in parser.into_offset_iter() {
        let start = front.len().saturating_add(range.start);
        match event {
            Event::Start(tag) if is_container(tag.to_end()) => depth = depth.saturating_add(1),
            Event::End(tag) if is_container(tag) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                found.push(Found::Heading { at: start, level: level as u8 });
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let location = match event {
                    _ if depth > 0 => Location::Container,
                    Event::InlineHtml(_) => Location::Paragraph,
                    _ => Location::Page,
                };
                add(content.get(range).unwrap_or_default(), start, location, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Whether lines inside this element need a prefix or indent.
fn is_container(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::Table)
}

/// The end of the front matter (YAML between `---` lines or TOML between `+++` lines), or 0 if there is none.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let mut end = first.len();
    for line in lines {
        end = end.saturating_add(line.len());
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return end;
        }
    }
    0
}

/// Adds the comments and headings of a piece of HTML that starts at `start` in the page.
fn add(text: &str, start: usize, location: Location, found: &mut Vec<Found>) {
    let mut preformatted = 0_usize;
    for token in html::tokens(text) {
        match token {
            Token::Comment(range) if preformatted == 0 => {
                let range = start.saturating_add(range.start)..start.saturating_add(range.end);
                found.push(Found::Comment { range, location });
            }
            Token::Start(name, _) if is_preformatted(name) => preformatted = preformatted.saturating_add(1),
            Token::End(name) if is_preformatted(name) => preformatted = preformatted.saturating_sub(1),
            Token::Start(name, at) if location == Location::Page => {
                if let Some(level) = heading_level(name) {
                    found.push(Found::Heading { at: start.saturating_add(at), level });
                }
            }
            _ => {}
        }
    }
}

fn is_preformatted(name: &str) -> bool {
    name.eq_ignore_ascii_case("pre")
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(digit.saturating_sub(b'0')),
        _ => None,
    }
}
