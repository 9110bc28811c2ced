//! Generated blocks in hand-written files: found by a real parser, filled, and compared. Works on bytes, without I/O.
//!
//! ```markdown
//! <!-- rolebook: compare pm po --section skills -->
//! …generated…
//! <!-- /rolebook product-roles 4f1c2a9b -->
//! ```
//!
//! The opening marker contains a command. The closing marker describes the generated text: the id of the dataset, and the
//! first eight hex digits of the SHA-256 of everything between the two lines, with line ends as LF. This distinguishes a
//! block that was edited by hand from one whose data has changed. In a new block, the closing marker has neither.
//!
//! A marker is a real comment of the page's syntax (in MDX: `{/* rolebook: compare */}`): inside code, an attribute or
//! another comment it has no effect. It must be alone on its line. In Markdown, it can be in a list item or in an indented
//! section of `MkDocs`, and generated lines are indented like the opening marker; quotations, footnotes and tables would need
//! more than that. Front matter is not parsed as Markdown.

mod comments;
mod extract;
mod html;
mod markers;
mod mdx;
mod page_text;
pub mod walk;

use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::unified::{CONTEXT, unified};
use page_text::PageText;

/// The extensions of pages.
pub const EXTENSIONS: [&str; 6] = ["md", "markdown", "mdx", "html", "htm", "xhtml"];

/// The syntax of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `CommonMark` with GitHub's tables and footnotes.
    Markdown,
    /// MDX 2 or 3: Markdown with JavaScript and tags in place of HTML.
    Mdx,
    /// HTML, parsed like browsers do.
    Html,
}

impl Syntax {
    /// The syntax of a file by its extension: HTML, MDX, or else Markdown.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default();
        if ["html", "htm", "xhtml"].iter().any(|html| extension.eq_ignore_ascii_case(html)) {
            Self::Html
        } else if extension.eq_ignore_ascii_case("mdx") {
            Self::Mdx
        } else {
            Self::Markdown
        }
    }

    /// A comment with this text.
    pub fn comment(self, text: &str) -> String {
        match self {
            Self::Markdown | Self::Html => format!("<!-- {text} -->"),
            Self::Mdx => format!("{{/* {text} */}}"),
        }
    }
}

/// How the closing marker describes the generated text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Provenance {
    dataset: String,
    checksum: String,
}

/// A block: two markers and the text between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedBlock {
    /// The command in the opening marker.
    pub command: String,
    /// The place of the opening marker.
    pub place: Place,
    /// The level of the heading above it, if there is one; headings in blocks do not count.
    pub heading: Option<u8>,
    /// The bytes of both marker lines and everything between them.
    lines: Range<usize>,
    /// The bytes between the two lines.
    inside: Range<usize>,
    /// The bytes of the closing comment.
    closing: Range<usize>,
    provenance: Option<Provenance>,
    /// The indent of the opening marker, which generated lines have too.
    indent: String,
    /// The line end of the opening marker, which generated lines use too.
    line_end: &'static str,
}

/// The output of a block's command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockContent {
    /// The id of the dataset that it was generated from.
    pub dataset: String,
    /// The text, with LF line ends.
    pub text: String,
}

/// The state of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is up to date.
    Fresh,
    /// It is out of date, and updating it would only replace generated text.
    Stale,
    /// It was edited by hand.
    Edited,
}

/// A page and the blocks in it.
#[derive(Debug, Clone)]
pub struct Page<'t> {
    bytes: &'t [u8],
    text: PageText,
    syntax: Syntax,
    /// The blocks with valid markers.
    pub blocks: Vec<GeneratedBlock>,
    /// The problems with other markers.
    pub problems: Vec<Diagnostic<Place>>,
}

impl<'t> Page<'t> {
    /// Finds the blocks of a page.
    pub fn new(bytes: &'t [u8], syntax: Syntax) -> Self {
        let text = PageText::new(bytes);
        let (blocks, problems) = markers::find(&text, syntax);
        Self { bytes, text, syntax, blocks, problems }
    }

    /// The bytes of the file as read.
    pub fn bytes(&self) -> &[u8] {
        self.bytes
    }

    /// Compares a block with the output of its command.
    ///
    /// # Errors
    ///
    /// If the block was generated from another dataset.
    pub fn state(&self, block: &GeneratedBlock, new: &BlockContent) -> Result<State, Diagnostic<Place>> {
        let filling = self.filling(block, new);
        let inside = self.get(&block.inside);
        let is_same = inside == filling.inside.as_bytes();
        let Some(provenance) = &block.provenance else { return Ok(State::Stale) };
        if provenance.dataset != new.dataset {
            let message = format!(
                "the block was generated from the dataset `{}`, but this run uses `{}`",
                provenance.dataset, new.dataset
            );
            let problem = Diagnostic::new(Code::OtherDataset, block.place, message);
            return Err(problem.advice(
                "use that dataset; if the change is intended, remove the id and the checksum from the closing marker",
            ));
        }
        let is_unedited = match self.syntax {
            Syntax::Markdown | Syntax::Mdx => provenance.checksum == checksum(&without_indent(inside)),
            Syntax::Html => provenance.checksum == checksum(inside),
        };
        Ok(match is_unedited {
            true if is_same => State::Fresh,
            false if !is_same && !inside.trim_ascii().is_empty() => State::Edited,
            _ => State::Stale,
        })
    }

    /// The page with these blocks replaced. All other bytes are kept.
    pub fn filled<'b>(
        &self,
        blocks: impl IntoIterator<Item = (&'b GeneratedBlock, &'b BlockContent)>,
    ) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut done = 0;
        for (block, new) in blocks {
            let filling = self.filling(block, new);
            out.extend_from_slice(self.get(&(done..block.inside.start)));
            out.extend_from_slice(filling.inside.as_bytes());
            // In Markdown, a marker with another indent could become part of a list at the end of the text.
            match self.syntax {
                Syntax::Markdown | Syntax::Mdx => out.extend_from_slice(block.indent.as_bytes()),
                Syntax::Html => out.extend_from_slice(self.get(&(block.inside.end..block.closing.start))),
            }
            out.extend_from_slice(filling.closing.as_bytes());
            done = block.closing.end;
        }
        out.extend_from_slice(self.get(&(done..self.bytes.len())));
        out
    }

    /// The unified diff of what would change in a block, with context lines, for the file of this name.
    pub fn diff(&self, name: &str, block: &GeneratedBlock, new: &BlockContent) -> String {
        let (first_line, old) = self.text.around(&block.lines, CONTEXT);
        let filled = self.filled([(block, new)]);
        let behind = self.bytes.len().saturating_sub(old.end);
        let new = filled.get(old.start..filled.len().saturating_sub(behind)).unwrap_or_default();
        unified(name, first_line, self.get(&old), new)
    }

    fn filling(&self, block: &GeneratedBlock, new: &BlockContent) -> Filling {
        // Without blank lines, Markdown would parse the text as part of the comment's HTML block.
        let text = match self.syntax {
            Syntax::Markdown | Syntax::Mdx => format!("\n{}\n", new.text),
            Syntax::Html => new.text.clone(),
        };
        let mut inside = String::with_capacity(text.len());
        for line in text.lines() {
            if !line.is_empty() {
                inside.push_str(&block.indent);
            }
            inside.push_str(line);
            inside.push_str(block.line_end);
        }
        let closing = format!("/rolebook {} {}", new.dataset, checksum(text.as_bytes()));
        Filling { inside, closing: self.syntax.comment(&closing) }
    }

    fn get(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }
}

/// The text to write between the markers.
struct Filling {
    inside: String,
    closing: String,
}

/// The number of hex digits of the checksum in a closing marker.
const CHECKSUM_DIGITS: usize = 8;

/// A text without the indent of its first line that is not blank.
fn without_indent(text: &[u8]) -> Vec<u8> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let first = text.split(is_end).find(|line| !line.iter().all(is_blank)).unwrap_or_default();
    let indent = first.iter().take_while(|byte| is_blank(byte)).count();
    let indent = first.get(..indent).unwrap_or_default();
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(is_end) {
        let same = line.iter().zip(indent).take_while(|(one, other)| one == other).count();
        out.extend_from_slice(line.get(same..).unwrap_or_default());
    }
    out
}

/// The first digits of the SHA-256 of a text with its line ends as LF.
fn checksum(text: &[u8]) -> String {
    let mut hash = Sha256::new();
    let mut rest = text;
    while let Some((line, end)) =
        rest.iter().position(|byte| *byte == b'\r').and_then(|at| rest.split_at_checked(at))
    {
        hash.update(line);
        hash.update("\n");
        rest = end.strip_prefix(b"\r\n").or_else(|| end.strip_prefix(b"\r")).unwrap_or_default();
    }
    hash.update(rest);
    let first = hash.finalize().first_chunk().copied().unwrap_or_default();
    format!("{:0CHECKSUM_DIGITS$x}", u32::from_be_bytes(first))
}

#[cfg(test)]
mod tests;
