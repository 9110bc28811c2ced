//! Finding markers among a page's comments, and the blocks that they delimit.

use std::ops::Range;

use super::comments::{self, Container, Found, Location};
use super::extract::{Extract, Gap};
use super::mdx;
use super::page_text::PageText;
use super::{CHECKSUM_DIGITS, GeneratedBlock, Provenance, Syntax, checksum, without_indent};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::suggest::is_slip;

/// A marker.
struct Marker {
    kind: MarkerKind,
    /// The comment's place in the text.
    comment: Range<usize>,
    /// The start of the container that it is in.
    container: Option<usize>,
    /// Whether the marker itself is valid; an invalid one still opens or closes a block.
    is_good: bool,
}

enum MarkerKind {
    Opening { command: String },
    Closing { provenance: Option<Provenance> },
}

/// A block whose closing marker has not been found yet.
struct Open {
    command: String,
    comment: Range<usize>,
    container: Option<usize>,
    is_good: bool,
    /// The blocks inside it that are closed.
    within: Vec<Closed>,
}

/// A block with both markers, valid or not.
struct Closed {
    command: String,
    opening: Range<usize>,
    closing: Range<usize>,
    provenance: Option<Provenance>,
    is_good: bool,
}

/// The most times that a page is parsed until its blocks are stable; hand-written pages take two or three.
const MOST_READINGS: usize = 64;

/// The blocks with valid markers, and the problems with the others, both in page order.
pub(super) fn find(text: &PageText, syntax: Syntax) -> (Vec<GeneratedBlock>, Vec<Diagnostic<Place>>) {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut readings = 0_usize;
    // The content of a block does not affect what comes before it, so each pass makes one more block stable. Only nested
    // blocks never become stable: when filled, the inner one may reveal the end of the outer one.
    loop {
        let Reading { mut pairing, headings, closed } = Reading::of(text, syntax, &gaps);
        let good = closed.iter().filter(|block| block.is_good);
        let filled: Vec<Gap> = good.map(|block| block.gap(text, syntax)).collect();
        readings += 1;
        if filled != gaps && readings < MOST_READINGS {
            gaps = filled;
            continue;
        }
        if let Some(unsettled) = first_in_one(&filled, &gaps) {
            pairing.problem(
                &(unsettled.end..unsettled.end),
                Code::UnsettledBlock,
                "the generated text above decides whether a block ends here",
                "close whatever is open above, such as a tag or a comment, and add a blank line after it",
            );
        }
        let good = closed.into_iter().filter(|block| block.is_good);
        let blocks = good.filter(|block| pairing.contains_no_marker(block)).collect::<Vec<_>>().into_iter();
        let blocks = blocks.map(|block| block.placed(text, syntax, &headings)).collect();
        pairing.problems.sort_by_cached_key(|problem| (problem.at.line, problem.at.column));
        return (blocks, pairing.problems);
    }
}

/// The first range that is in only one of two lists, which are in page order.
fn first_in_one<'r>(one: &'r [Gap], other: &'r [Gap]) -> Option<&'r Range<usize>> {
    let both = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let first = [one.get(both), other.get(both)].into_iter().flatten().min_by_key(|gap| gap.range.start);
    first.map(|gap| &gap.range)
}

/// The markers and headings of a page without the content of some of its blocks.
struct Reading<'s> {
    pairing: Pairing<'s>,
    headings: Vec<Heading>,
    closed: Vec<Closed>,
}

/// A hand-written heading.
struct Heading {
    at: usize,
    level: u8,
    /// The end of the container that it is in, where its section ends at the latest.
    until: usize,
}

impl<'s> Reading<'s> {
    fn of(text: &'s PageText, syntax: Syntax, gaps: &[Gap]) -> Self {
        let by_hand = Extract::without(&text.text, gaps);
        let mut pairing = Pairing { text, syntax, problems: Vec::new() };
        let mut headings = Vec::new();
        let mut markers = Vec::new();
        for found in comments::find(&by_hand.text, syntax) {
            match found {
                Found::Heading { at, level, until } => {
                    let until = if until == usize::MAX { until } else { by_hand.place(until) };
                    headings.push(Heading { at: by_hand.place(at), level, until });
                }
                Found::Comment { range, location } => {
                    markers.extend(pairing.marker(by_hand.range(&range), location));
                }
            }
        }
        let closed = pairing.pairs(markers);
        // Blocks are in page order and not nested.
        headings.retain(|Heading { at, .. }| {
            let next = closed.partition_point(|block| block.closing.end <= *at);
            closed.get(next).is_none_or(|block| *at < block.opening.start)
        });
        Self { pairing, headings, closed }
    }
}

impl Closed {
    /// What is replaced: all from after the line of the opening marker to the closing marker, which is then indented alike.
    fn gap(&self, text: &PageText, syntax: Syntax) -> Gap {
        Gap {
            range: text.whole_lines(&self.opening).end..self.closing.start,
            indent: self.indent(text, syntax).to_owned(),
        }
    }

    /// Whether the checksum is that of the text between the markers.
    fn is_as_generated(&self, content: &str) -> bool {
        self.provenance.as_ref().is_some_and(|provenance| {
            let unindented = without_indent(content.as_bytes());
            [checksum(content.as_bytes()), checksum(&unindented)].contains(&provenance.checksum)
        })
    }

    /// The indent of generated lines. HTML needs none.
    fn indent<'t>(&self, text: &'t PageText, syntax: Syntax) -> &'t str {
        let line = text.whole_lines(&self.opening).start;
        match syntax {
            Syntax::Html => "",
            Syntax::Markdown | Syntax::Mdx => text.text.get(line..self.opening.start).unwrap_or_default(),
        }
    }

    /// The block in the page, with the heading above it.
    fn placed(self, text: &PageText, syntax: Syntax, headings: &[Heading]) -> GeneratedBlock {
        let opening = text.whole_lines(&self.opening);
        let closing = text.whole_lines(&self.closing);
        let behind = headings.partition_point(|heading| heading.at < self.opening.start);
        let mut above = headings.iter().take(behind).rev();
        let above = above.find(|heading| self.opening.start < heading.until);
        GeneratedBlock {
            indent: self.indent(text, syntax).to_owned(),
            command: self.command,
            place: text.place(&self.opening),
            heading: above.map(|heading| heading.level),
            lines: text.in_page(&(opening.start..closing.end)),
            inside: text.in_page(&(opening.end..closing.start)),
            closing: text.in_page(&self.closing),
            provenance: self.provenance,
            line_end: text.line_end(opening.end),
        }
    }
}

struct Pairing<'s> {
    text: &'s PageText,
    syntax: Syntax,
    problems: Vec<Diagnostic<Place>>,
}

impl Pairing<'_> {
    /// Parses a comment as a marker, if it is one.
    fn marker(&mut self, comment: Range<usize>, location: Location) -> Option<Marker> {
        let raw = self.text.text.get(comment.clone())?;
        let content = self.content(raw)?.trim();
        let before = self.problems.len();
        let kind = if let Some(command) = content.strip_prefix("rolebook:") {
            let command = command.trim().to_owned();
            if command.is_empty() {
                let help = format!("add one, as in {}", self.quoted("rolebook: compare"));
                self.problem(&comment, Code::MissingCommand, "the marker has no command", help);
            }
            MarkerKind::Opening { command }
        } else {
            match content.strip_prefix("/rolebook") {
                Some(rest) if !rest.starts_with(|c: char| !c.is_whitespace()) => {
                    MarkerKind::Closing { provenance: self.provenance(rest, &comment) }
                }
                _ => self.misspelt(content, &comment)?,
            }
        };
        let container = if let Location::Block { container } = location { container } else { None };
        if let Some((code, message, help)) = self.misplaced(raw, &comment, location) {
            self.problem(&comment, code, message, help);
        } else if self.syntax == Syntax::Mdx && raw.starts_with("<!--") {
            let help = format!("write {}", self.quoted(content));
            self.problem(&comment, Code::HtmlComment, "MDX does not allow HTML comments", help);
        }
        Some(Marker { kind, comment, container, is_good: self.problems.len() == before })
    }

    /// Reports a comment that was probably meant as a marker. It counts as one, so that its other marker is not reported too.
    fn misspelt(&mut self, content: &str, comment: &Range<usize>) -> Option<MarkerKind> {
        let (slash, rest) = content.strip_prefix('/').map_or(("", content), |rest| ("/", rest));
        let (name, rest) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
        let command = rest.trim_start().strip_prefix(':');
        if !is_slip(name, "rolebook") || (slash.is_empty() && command.is_none()) {
            return None;
        }
        let command = command.unwrap_or_default().trim();
        let meant = if slash.is_empty() { format!("rolebook: {command}") } else { "/rolebook".to_owned() };
        let message = format!("`{slash}{name}` is probably meant as a marker");
        let help = format!("write {}", self.quoted(meant.trim()));
        self.problem(comment, Code::MisspeltMarker, message, help);
        Some(if slash.is_empty() {
            MarkerKind::Opening { command: command.to_owned() }
        } else {
            MarkerKind::Closing { provenance: None }
        })
    }

    /// The text of a comment.
    fn content<'t>(&self, raw: &'t str) -> Option<&'t str> {
        let between_braces = if self.syntax == Syntax::Mdx { mdx::comment_text(raw) } else { None };
        between_braces.or_else(|| {
            let content = raw.strip_prefix("<!--")?;
            Some(content.strip_suffix("-->").unwrap_or(content))
        })
    }

    /// The comment with this text, to be shown in a message.
    fn quoted(&self, content: &str) -> String {
        format!("`{}`", self.syntax.comment(content))
    }

    /// Why a marker cannot be where it is, and what to do about it.
    fn misplaced(
        &self,
        raw: &str,
        comment: &Range<usize>,
        location: Location,
    ) -> Option<(Code, &'static str, &'static str)> {
        let lines = self.text.whole_lines(comment);
        let is_alone = self.text.text.get(lines).is_some_and(|line| line.trim() == raw);
        Some(match location {
            Location::Inside(container) => {
                let message = match container {
                    Container::Quotation => "the marker is in a quotation",
                    Container::Footnote => "the marker is in a footnote",
                    Container::Table => "the marker is in a table",
                };
                (Code::MarkerInContainer, message, "move the block out of it")
            }
            Location::IndentedCode => (
                Code::MarkerInCode,
                "the marker is in an indented code block",
                "indent it less; if it is an example, put it in a fenced code block",
            ),
            Location::Script => (
                Code::MarkerInCode,
                "the marker is in an expression, a tag, an import or an export",
                "move the block out of it; if it is an example, put it in a fenced code block",
            ),
            _ if raw.contains('\n') => {
                (Code::MarkerNotAlone, "the marker spans several lines", "write it on one line")
            }
            _ if !is_alone => {
                (Code::MarkerNotAlone, "the marker is not alone on its line", "put it on a line of its own")
            }
            Location::Paragraph => (
                Code::MarkerNotAlone,
                "the marker is part of the paragraph above",
                "put a blank line above it, and indent it less if that makes it code",
            ),
            Location::Block { .. } => return None,
        })
    }

    /// Parses what follows the name in a closing marker.
    fn provenance(&mut self, rest: &str, comment: &Range<usize>) -> Option<Provenance> {
        let is_checksum = |word: &str| {
            word.len() == CHECKSUM_DIGITS
                && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let words: Vec<&str> = rest.split_whitespace().collect();
        match words.as_slice() {
            [] => None,
            [dataset, checksum] if is_checksum(checksum) => {
                Some(Provenance { dataset: (*dataset).to_owned(), checksum: (*checksum).to_owned() })
            }
            _ => {
                let help =
                    format!("restore it, or write {} to generate the block anew", self.quoted("/rolebook"));
                self.problem(
                    comment,
                    Code::UnreadableChecksum,
                    "the closing marker must contain the id of a dataset and a checksum of eight hex digits, or neither",
                    help,
                );
                None
            }
        }
    }

    /// Reports what looks like a marker inside a block but is none, because it is misspelt or a code block was left open
    /// above it. Then the block may be meant to end earlier, and what people wrote must not be replaced because of a guess.
    /// Text that is as it was generated is safe to replace.
    fn contains_no_marker(&mut self, block: &Closed) -> bool {
        let text = self.text;
        let inside = text.whole_lines(&block.opening).end..text.whole_lines(&block.closing).start;
        let content = text.text.get(inside.clone()).unwrap_or_default();
        let mut start = inside.start;
        let found = content.split_inclusive('\n').find_map(|line| {
            let at = start + line.len() - line.trim_start().len();
            start += line.len();
            let is_comment = ["<!--", "-->", "/*", "*/"].iter().any(|delimiter| line.contains(delimiter));
            (is_comment && line.contains("rolebook")).then(|| at..at + line.trim().len())
        });
        let Some(marker) = found.filter(|_| !block.is_as_generated(content)) else { return true };
        let line = text.place(&block.opening).line;
        self.problem(
            &marker,
            Code::NestedBlock,
            format!("this looks like a marker inside the block that starts on line {line}, but is not one"),
            "correct it, end the block above it, or close what is open above, such as a code block",
        );
        false
    }

    /// Matches each closing marker with the last open one before it. Blocks are in page order.
    fn pairs(&mut self, markers: Vec<Marker>) -> Vec<Closed> {
        let mut closed = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for Marker { kind, comment, container, is_good } in markers {
            match kind {
                MarkerKind::Opening { command } => {
                    open.push(Open { command, comment, container, is_good, within: Vec::new() });
                }
                MarkerKind::Closing { provenance } => {
                    let Some(opening) = open.pop() else {
                        let opening = self.quoted("rolebook: compare");
                        self.problem(
                            &comment,
                            Code::UnopenedBlock,
                            "this closing marker has no opening marker",
                            format!("add one above it, such as {opening} with the colon, or delete this one"),
                        );
                        continue;
                    };
                    let around = self.text.place(&opening.comment).line;
                    for nested in &opening.within {
                        let message = format!("the block is inside the block that starts on line {around}");
                        self.problem(
                            &nested.opening,
                            Code::NestedBlock,
                            message,
                            "move it out, or close the other block before it",
                        );
                    }
                    let is_split = is_good && opening.is_good && container != opening.container;
                    if is_split {
                        self.problem(
                            &comment,
                            Code::SplitBlock,
                            format!(
                                "the opening marker on line {around} is not in the same list item or indented \
                                 section"
                            ),
                            "indent both markers and all that is between them alike",
                        );
                    }
                    let block = Closed {
                        command: opening.command,
                        opening: opening.comment,
                        closing: comment,
                        provenance,
                        is_good: is_good && opening.is_good && opening.within.is_empty() && !is_split,
                    };
                    open.last_mut().map_or(&mut closed, |parent| &mut parent.within).push(block);
                }
            }
        }
        // Blocks inside a block that is never closed are not nested.
        for opening in open {
            let help = format!("put {} on a line of its own where the block ends", self.quoted("/rolebook"));
            self.problem(&opening.comment, Code::UnclosedBlock, "the block has no closing marker", help);
            closed.extend(opening.within);
        }
        closed.sort_by_cached_key(|block| block.opening.start);
        closed
    }

    fn problem(
        &mut self,
        comment: &Range<usize>,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::new(code, self.text.place(comment), message);
        self.problems.push(problem.advice(help));
    }
}
