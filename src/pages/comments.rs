//! Finding the comments and headings of a page.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::Syntax;
use super::extract::{Extract, Gap, indent_of};
use super::html::{self, Token};
use super::mdx;

/// A comment or heading; places are offsets in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A comment, including its delimiters.
    Comment { range: Range<usize>, location: Location },
    /// A heading, and the end of the container that it is in.
    Heading { at: usize, level: u8, until: usize },
}

/// The context of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// Where text can be inserted below it, in the container that starts here. `None` means in none.
    Block { container: Option<usize> },
    /// Inside a paragraph or heading.
    Paragraph,
    /// In an indented code block.
    IndentedCode,
    /// In an expression, a tag, an import or an export of MDX.
    Script,
    /// In a container whose lines need more than an indent.
    Inside(Container),
}

/// A container whose lines need more than an indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Quotation,
    Footnote,
    Table,
}

/// The most indented containers in one another; what is deeper is taken for an indented code block.
const DEEPEST: usize = 16;

/// The most times that a text is parsed until the indented containers in it are known.
const MOST_PASSES: usize = 8;

/// The comments and headings of a page, in order.
pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Found> {
    if syntax == Syntax::Html {
        let mut found = Vec::new();
        add(text, 0, Location::Block { container: None }, None, &mut found);
        return found;
    }
    let front = front_matter(text);
    let content = text.get(front..).unwrap_or_default();
    let mut found = match syntax {
        Syntax::Mdx => {
            let masked = mdx::masked(content);
            let mut found = in_markdown(&masked.text, syntax, 0);
            let hidden = masked.hidden.into_iter();
            found.extend(hidden.map(|range| Found::Comment { range, location: Location::Script }));
            found
        }
        _ => in_markdown(content, syntax, 0),
    };
    for one in &mut found {
        one.move_to(None, &|at| at + front, &|range| range.start + front..range.end + front);
    }
    found.sort_by_key(Found::start);
    found
}

impl Found {
    fn start(&self) -> usize {
        match self {
            Self::Comment { range, .. } => range.start,
            Self::Heading { at, .. } => *at,
        }
    }

    /// Translates the places to those of the whole text; `around` is the container of the text.
    fn move_to(
        &mut self,
        around: Option<&Range<usize>>,
        place: &dyn Fn(usize) -> usize,
        whole: &dyn Fn(&Range<usize>) -> Range<usize>,
    ) {
        match self {
            Self::Heading { at, until, .. } => {
                *at = place(*at);
                *until = match *until {
                    usize::MAX => around.map_or(usize::MAX, |region| region.end),
                    until => place(until),
                };
            }
            Self::Comment { range, location } => {
                *range = whole(range);
                if let Location::Block { container } = location {
                    *container = container.map(place).or(around.map(|region| region.start));
                }
            }
        }
    }
}

/// The lines in an indented container, such as an admonition of `MkDocs`.
struct Region {
    lines: Range<usize>,
    /// The indent that every line in it has.
    columns: usize,
}

/// The comments and headings of a piece of Markdown, and of the indented containers in it.
fn in_markdown(text: &str, syntax: Syntax, depth: usize) -> Vec<Found> {
    let mut regions: Vec<Region> = Vec::new();
    let mut passes = 0_usize;
    let mut found = loop {
        let gaps: Vec<Gap> = regions.iter().map(Region::gap).collect();
        let outer = Extract::without(text, &gaps);
        let is_last = depth >= DEEPEST || passes >= MOST_PASSES;
        let (mut found, new) = without_containers(&outer.text, syntax, is_last);
        if new.is_empty() {
            for one in &mut found {
                one.move_to(None, &|at| outer.place(at), &|range| outer.range(range));
            }
            break found;
        }
        for Region { lines, columns } in new {
            let lines = outer.range(&lines);
            regions.retain(|known| known.lines.end <= lines.start || lines.end <= known.lines.start);
            regions.push(Region { lines, columns });
        }
        regions.sort_by_key(|region| region.lines.start);
        passes += 1;
    };
    for region in &regions {
        let inner = Extract::dedented(text, &region.lines, region.columns);
        for mut one in in_markdown(&inner.text, syntax, depth.saturating_add(1)) {
            one.move_to(Some(&region.lines), &|at| inner.place(at), &|range| inner.range(range));
            found.push(one);
        }
    }
    found
}

impl Region {
    fn gap(&self) -> Gap {
        Gap { range: self.lines.clone(), indent: String::new() }
    }
}

/// What contains a piece of Markdown.
enum Frame {
    Item(Range<usize>),
    Other(Container),
}

/// The comments and headings of a piece of Markdown, and the indented containers in it that Markdown does not know.
fn without_containers(text: &str, syntax: Syntax, is_last: bool) -> (Vec<Found>, Vec<Region>) {
    let mut found = Vec::new();
    let mut regions: Vec<Region> = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    for (event, range) in parser.into_offset_iter() {
        let inside = frames.iter().rev().find_map(|frame| match frame {
            Frame::Other(container) => Some(*container),
            Frame::Item(_) => None,
        });
        let item = frames.iter().rev().find_map(|frame| match frame {
            Frame::Item(range) => Some(range),
            Frame::Other(_) => None,
        });
        let in_block = Location::Block { container: item.map(|item| item.start) };
        match event {
            Event::Start(Tag::Item) => frames.push(Frame::Item(range)),
            Event::Start(Tag::BlockQuote(_)) => frames.push(Frame::Other(Container::Quotation)),
            Event::Start(Tag::FootnoteDefinition(_)) => frames.push(Frame::Other(Container::Footnote)),
            Event::Start(Tag::Table(_)) => frames.push(Frame::Other(Container::Table)),
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Table) => {
                frames.pop();
            }
            Event::Start(Tag::Heading { level, .. }) if inside.is_none() => {
                let until = item.map_or(usize::MAX, |item| item.end);
                found.push(Found::Heading { at: range.start, level: level as u8, until });
            }
            Event::Start(Tag::HtmlBlock) => {
                let location = inside.map_or(in_block, Location::Inside);
                add(text.get(range.clone()).unwrap_or_default(), range.start, location, item, &mut found);
            }
            Event::InlineHtml(_) => {
                let location = inside.map_or(Location::Paragraph, Location::Inside);
                add(text.get(range.clone()).unwrap_or_default(), range.start, location, item, &mut found);
            }
            Event::Start(Tag::Paragraph) if syntax == Syntax::Markdown && inside.is_none() && !is_last => {
                admonitions(text, &range, &mut regions);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let lines = whole_lines(text, &range);
                // MDX has no indented code: these are the contents of a tag.
                if syntax == Syntax::Mdx && inside.is_none() && !is_last {
                    let code = text.get(lines.clone()).unwrap_or_default();
                    let indents = code.lines().filter(|line| !line.trim().is_empty()).map(indent_of);
                    regions.push(Region { lines, columns: indents.min().unwrap_or(0) });
                } else {
                    let location = inside.map_or(Location::IndentedCode, Location::Inside);
                    lone_comments(text, &lines, location, &mut found);
                }
            }
            _ => {}
        }
    }
    (found, regions)
}

/// A range from the start of its line, if there are only blanks before it, to the end of its last line.
fn whole_lines(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or_default();
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let is_line = before.trim_end_matches([' ', '\t']).is_empty()
        || before.trim_end_matches([' ', '\t']).ends_with('\n');
    let start = if is_line { range.start - indent } else { range.start };
    let last = range.end.saturating_sub(1).max(range.start);
    let rest = text.get(last..).and_then(|rest| rest.find('\n'));
    start..rest.map_or(text.len(), |end| last + end + 1)
}

/// The content of the admonitions and tabs whose first lines are in a paragraph.
fn admonitions(text: &str, paragraph: &Range<usize>, regions: &mut Vec<Region>) {
    let mut start = whole_lines(text, &(paragraph.start..paragraph.start)).start;
    while start < paragraph.end {
        let Some(line) = text.get(start..).and_then(|rest| rest.split_inclusive('\n').next()) else { break };
        let is_whole = text.get(..start).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
        start += line.len();
        let is_inside = regions.last().is_some_and(|region| start <= region.lines.end);
        if is_inside || !is_whole || !opens_container(line.trim()) {
            continue;
        }
        let columns = indent_of(line) + 4;
        let mut end = start;
        let mut at = start;
        for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
            at += line.len();
            if !line.trim().is_empty() {
                if indent_of(line) < columns {
                    break;
                }
                end = at;
            }
        }
        if end > start {
            regions.push(Region { lines: start..end, columns });
            start = end;
        }
    }
}

/// Whether a line opens an admonition (`!!! note`), a collapsible one (`??? note`) or a tab (`=== "Title"`).
fn opens_container(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("===") {
        return rest.trim_start_matches(['+', '!']).trim_start().starts_with('"');
    }
    let rest = line.strip_prefix("!!!").or_else(|| Some(line.strip_prefix("???")?.trim_start_matches('+')));
    rest.is_some_and(|rest| {
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '_' | '-'))
    })
}

/// Adds the comments that are alone on a line.
fn lone_comments(text: &str, lines: &Range<usize>, location: Location, found: &mut Vec<Found>) {
    let mut start = lines.start;
    for line in text.get(lines.clone()).unwrap_or_default().split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let content = rest.trim_end();
        if content.starts_with("<!--") && content.ends_with("-->") {
            let at = start + line.len() - rest.len();
            found.push(Found::Comment { range: at..at + content.len(), location });
        }
        start += line.len();
    }
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
        end += line.len();
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return end;
        }
    }
    0
}

/// Adds the comments and headings of a piece of HTML that starts at `start` in the page.
fn add(text: &str, start: usize, location: Location, item: Option<&Range<usize>>, found: &mut Vec<Found>) {
    let mut preformatted = 0_usize;
    for token in html::tokens(text) {
        match token {
            Token::Comment(range) if preformatted == 0 => {
                let range = start + range.start..start + range.end;
                found.push(Found::Comment { range, location });
            }
            Token::Start(name, _) if is_preformatted(name) => preformatted += 1,
            Token::End(name) if is_preformatted(name) => preformatted = preformatted.saturating_sub(1),
            Token::Start(name, at) if matches!(location, Location::Block { .. }) => {
                if let Some(level) = heading_level(name) {
                    let until = item.map_or(usize::MAX, |item| item.end);
                    found.push(Found::Heading { at: start + at, level, until });
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
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
