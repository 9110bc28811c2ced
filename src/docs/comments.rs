//! Comments and headings of a page, found by parsers.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Language;

/// What was found, in the page's order; places are offsets in its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A comment, its delimiters included.
    Comment { range: Range<usize>, place: Place },
    /// A heading.
    Heading { at: usize, level: u8 },
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between paragraphs, where text can be put below it.
    Page,
    /// Within a paragraph or a heading.
    Paragraph,
    /// In a list, a quotation, a footnote or a table.
    Container,
}

/// The comments and headings of a page.
pub(super) fn find(text: &str, language: Language) -> Vec<Found> {
    match language {
        Language::Markdown => in_markdown(text),
        Language::Html => {
            let mut found = Vec::new();
            html(text, 0, Place::Page, &mut found);
            found
        }
    }
}

fn in_markdown(text: &str) -> Vec<Found> {
    let (front, content) = text.split_at(front_matter(text));
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
                let place = match event {
                    _ if depth > 0 => Place::Container,
                    Event::InlineHtml(_) => Place::Paragraph,
                    _ => Place::Page,
                };
                html(content.get(range).unwrap_or_default(), start, place, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Whether what stands in it needs marks of its own at the start of each line.
fn is_container(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::Table)
}

/// Where the front matter ends, YAML between lines of `---` or TOML between lines of `+++`; 0 without any.
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
fn html(text: &str, start: usize, place: Place, found: &mut Vec<Found>) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Scripts, styles and the like hold no comments.
    emitter.naively_switch_states(true);
    let mut preformatted = 0_usize;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::Comment(comment) if preformatted == 0 => {
                let range = start.saturating_add(comment.span.start)..start.saturating_add(comment.span.end);
                found.push(Found::Comment { range, place });
            }
            Token::StartTag(tag) if tag.name.0 == b"pre" => preformatted = preformatted.saturating_add(1),
            Token::EndTag(tag) if tag.name.0 == b"pre" => preformatted = preformatted.saturating_sub(1),
            Token::StartTag(tag) if place == Place::Page => {
                if let Some(level) = heading_level(&tag.name.0) {
                    found.push(Found::Heading { at: start.saturating_add(tag.span.start), level });
                }
            }
            _ => {}
        }
    }
}

fn heading_level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', digit @ b'1'..=b'6'] => Some(digit.saturating_sub(b'0')),
        _ => None,
    }
}
