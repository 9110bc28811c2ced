//! Finding markers among a page's comments, and the blocks that they delimit.

use std::ops::Range;

use super::comments::{self, Found, Location};
use super::page_text::PageText;
use super::skeleton::Skeleton;
use super::{CHECKSUM_DIGITS, GeneratedBlock, Provenance, Syntax};
use crate::diagnostic::{Code, Diagnostic, Place};

/// A marker.
struct Marker {
    kind: MarkerKind,
    /// The comment's place in the text.
    comment: Range<usize>,
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
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut readings = 0_usize;
    // The content of a block does not affect what comes before it, so each pass makes one more block stable. Only nested
    // blocks never become stable: when filled, the inner one may reveal the end of the outer one.
    loop {
        let Reading { mut pairing, headings, closed } = Reading::of(text, syntax, &gaps);
        let good = closed.iter().filter(|block| block.is_good);
        let filled: Vec<Range<usize>> = good.map(|block| block.inside(text)).collect();
        readings = readings.saturating_add(1);
        if filled != gaps && readings < MOST_READINGS {
            gaps = filled;
            continue;
        }
        if let Some(unsettled) = first_in_one(&filled, &gaps) {
            pairing.problem(
                &(unsettled.end..unsettled.end),
                Code::UnsettledBlock,
                "what is filled above decides whether a block ends here",
                "close what is open above it, such as a tag or a comment, and put a blank line between",
            );
        }
        let blocks = closed.into_iter().filter(|block| block.is_good);
        let blocks = blocks.map(|block| block.placed(text, &headings)).collect();
        pairing.problems.sort_by_cached_key(|problem| (problem.at.line, problem.at.column));
        return (blocks, pairing.problems);
    }
}

/// The first range that is in only one of two lists, which are in page order.
fn first_in_one<'r>(one: &'r [Range<usize>], other: &'r [Range<usize>]) -> Option<&'r Range<usize>> {
    let both = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    [one.get(both), other.get(both)].into_iter().flatten().min_by_key(|range| range.start)
}

/// The markers and headings of a page without the content of some of its blocks.
struct Reading<'s> {
    pairing: Pairing<'s>,
    /// The hand-written headings: place and level.
    headings: Vec<(usize, u8)>,
    closed: Vec<Closed>,
}

impl<'s> Reading<'s> {
    fn of(text: &'s PageText, syntax: Syntax, gaps: &[Range<usize>]) -> Self {
        let skeleton = Skeleton::new(&text.text, gaps);
        let mut pairing = Pairing { text, problems: Vec::new() };
        let mut headings = Vec::new();
        let mut markers = Vec::new();
        for found in comments::find(&skeleton.text, syntax) {
            match found {
                Found::Heading { at, level } => headings.push((skeleton.in_page(at), level)),
                Found::Comment { range, location } => {
                    let start = skeleton.in_page(range.start);
                    markers.extend(pairing.marker(start..start.saturating_add(range.len()), location));
                }
            }
        }
        let closed = pairing.pairs(markers);
        // Blocks are in page order and not nested.
        headings.retain(|(at, _)| {
            let next = closed.partition_point(|block| block.closing.end <= *at);
            closed.get(next).is_none_or(|block| *at < block.opening.start)
        });
        Self { pairing, headings, closed }
    }
}

impl Closed {
    /// The range that is replaced: from after the line of the opening marker to the closing marker.
    fn inside(&self, text: &PageText) -> Range<usize> {
        text.whole_lines(&self.opening).end..self.closing.start
    }

    /// The block in the page, with the heading above it.
    fn placed(self, text: &PageText, headings: &[(usize, u8)]) -> GeneratedBlock {
        let opening = text.whole_lines(&self.opening);
        let closing = text.whole_lines(&self.closing);
        let behind = headings.partition_point(|(at, _)| *at < self.opening.start);
        let above = behind.checked_sub(1).and_then(|last| headings.get(last));
        GeneratedBlock {
            command: self.command,
            place: text.place(&self.opening),
            heading: above.map(|(_, level)| *level),
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
    problems: Vec<Diagnostic<Place>>,
}

impl Pairing<'_> {
    /// Parses a comment as a marker, if it is one.
    fn marker(&mut self, comment: Range<usize>, location: Location) -> Option<Marker> {
        let raw = self.text.text.get(comment.clone())?;
        let content = raw.strip_prefix("<!--")?;
        let content = content.strip_suffix("-->").unwrap_or(content).trim();
        let before = self.problems.len();
        let kind = if let Some(command) = content.strip_prefix("rolebook:") {
            let command = command.trim().to_owned();
            if command.is_empty() {
                self.problem(
                    &comment,
                    Code::MissingCommand,
                    "the marker names no command",
                    "name one, as in `<!-- rolebook: compare -->`",
                );
            }
            MarkerKind::Opening { command }
        } else {
            let rest = content.strip_prefix("/rolebook")?;
            if rest.starts_with(|c: char| !c.is_whitespace()) {
                return None;
            }
            MarkerKind::Closing { provenance: self.provenance(rest, &comment) }
        };
        let lines = self.text.whole_lines(&comment);
        let is_alone = self.text.text.get(lines)?.trim() == raw && !raw.contains('\n');
        if location == Location::Container {
            self.problem(
                &comment,
                Code::MarkerInContainer,
                "the marker stands in a list, a quotation, a footnote or a table",
                "move the block out of it, to the start of a line",
            );
        } else if !is_alone || location == Location::Paragraph {
            self.problem(
                &comment,
                Code::MarkerNotAlone,
                "the marker does not stand alone on its line",
                "give it a line of its own, from its start and without a line break in it",
            );
        }
        Some(Marker { kind, comment, is_good: self.problems.len() == before })
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
                self.problem(
                    comment,
                    Code::UnreadableChecksum,
                    "the closing marker does not hold a dataset's id and a checksum of eight hex digits",
                    "restore it; or write `<!-- /rolebook -->`, and the block is generated as if it were new",
                );
                None
            }
        }
    }

    /// Matches each closing marker with the last open one before it. Blocks are in page order.
    fn pairs(&mut self, markers: Vec<Marker>) -> Vec<Closed> {
        let mut closed = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for Marker { kind, comment, is_good } in markers {
            match kind {
                MarkerKind::Opening { command } => {
                    open.push(Open { command, comment, is_good, within: Vec::new() });
                }
                MarkerKind::Closing { provenance } => {
                    let Some(opening) = open.pop() else {
                        self.problem(
                            &comment,
                            Code::UnopenedBlock,
                            "the marker closes a block that is not open",
                            "put the opening marker above it, as in `<!-- rolebook: compare -->` with the colon, or \
                             delete it",
                        );
                        continue;
                    };
                    let around = self.text.place(&opening.comment).line;
                    for nested in &opening.within {
                        let message = format!("the block stands within the one that opens on line {around}");
                        self.problem(
                            &nested.opening,
                            Code::NestedBlock,
                            message,
                            "move it out, or close the other before it",
                        );
                    }
                    let block = Closed {
                        command: opening.command,
                        opening: opening.comment,
                        closing: comment,
                        provenance,
                        is_good: is_good && opening.is_good && opening.within.is_empty(),
                    };
                    open.last_mut().map_or(&mut closed, |parent| &mut parent.within).push(block);
                }
            }
        }
        // Blocks inside a block that is never closed are not nested.
        for opening in open {
            self.problem(
                &opening.comment,
                Code::UnclosedBlock,
                "the block is not closed",
                "put `<!-- /rolebook -->` on a line of its own where it ends",
            );
            closed.extend(opening.within);
        }
        closed.sort_by_cached_key(|block| block.opening.start);
        closed
    }

    fn problem(&mut self, comment: &Range<usize>, code: Code, message: impl Into<String>, help: &str) {
        let problem = Diagnostic::new(code, self.text.place(comment), message);
        self.problems.push(problem.advice(help));
    }
}
