//! Generated blocks in files that people write: found by a real parser, filled, compared. Bytes in, bytes out.
//!
//! ```markdown
//! <!-- rolebook: compare pm po --section skills -->
//! …generated…
//! <!-- /rolebook product-roles 4f1c2a9b -->
//! ```
//!
//! The opening marker holds a command, the closing one says what was generated: the dataset's id, and the first eight
//! hex digits of the SHA-256 of everything between the two lines, its line ends as LF. So a block that somebody wrote
//! in is told from one whose data changed. A closing marker without them belongs to a block that is new.
//!
//! A marker is a comment that the page's own syntax takes for one: what stands in code, in a tag's attribute or in
//! another comment is text. It stands alone on its line, and in Markdown not in a list, a quotation, a footnote or a
//! table: there, what is generated would need marks of its own before each line. Front matter is no Markdown.

mod comments;
mod html;
mod markers;
mod page_text;
mod skeleton;
pub mod walk;

use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::Place;
use crate::unified::{CONTEXT, unified};
use page_text::PageText;

/// The syntax a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `CommonMark` with GitHub's tables and footnotes.
    Markdown,
    /// HTML as browsers read it.
    Html,
}

impl Syntax {
    /// The syntax of a file by its extension; whatever is not HTML is taken for Markdown.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default();
        if ["html", "htm", "xhtml"].iter().any(|html| extension.eq_ignore_ascii_case(html)) {
            Self::Html
        } else {
            Self::Markdown
        }
    }
}

/// Why a page cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProblem {
    /// The kebab-case name of the kind of problem.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where: a marker.
    pub place: Place,
}

/// What the closing marker says of the text above it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Provenance {
    dataset: String,
    checksum: String,
}

/// A block: two markers and what stands between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedBlock {
    /// What the opening marker asks for.
    pub command: String,
    /// Where the opening marker stands.
    pub place: Place,
    /// The level of the heading it stands under, if there is one; headings in blocks do not count.
    pub heading: Option<u8>,
    /// The bytes of both markers' lines and what is between.
    lines: Range<usize>,
    /// The bytes between the two lines.
    inside: Range<usize>,
    /// The bytes of the closing comment.
    closing: Range<usize>,
    provenance: Option<Provenance>,
    /// How the opening marker's line ends, and hence the lines that are generated.
    line_end: &'static str,
}

/// What a block's command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockContent {
    /// The id of the dataset that it was made from.
    pub dataset: String,
    /// The text, its lines ending with LF.
    pub text: String,
}

/// How a block stands to its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is as it would be generated.
    Fresh,
    /// It would be generated otherwise, and nothing but generated text would be lost.
    Stale,
    /// Somebody wrote in it.
    Edited,
}

/// A page and the blocks in it.
#[derive(Debug, Clone)]
pub struct Page<'t> {
    bytes: &'t [u8],
    text: PageText,
    syntax: Syntax,
    /// The blocks whose markers are in order.
    pub blocks: Vec<GeneratedBlock>,
    /// What is wrong with the other markers.
    pub problems: Vec<PageProblem>,
}

impl<'t> Page<'t> {
    /// Finds the blocks of a page.
    pub fn new(bytes: &'t [u8], syntax: Syntax) -> Self {
        let text = PageText::new(bytes);
        let (blocks, problems) = markers::find(&text, syntax);
        Self { bytes, text, syntax, blocks, problems }
    }

    /// The file as it was read.
    pub fn bytes(&self) -> &[u8] {
        self.bytes
    }

    /// How a block stands to what its command came to.
    ///
    /// # Errors
    ///
    /// Where the block was made from another dataset.
    pub fn state(&self, block: &GeneratedBlock, new: &BlockContent) -> Result<State, PageProblem> {
        let filling = self.filling(block, new);
        let inside = self.get(&block.inside);
        let is_same = inside == filling.inside.as_bytes();
        let Some(provenance) = &block.provenance else { return Ok(State::Stale) };
        if provenance.dataset != new.dataset {
            return Err(PageProblem {
                code: "other-dataset",
                message: format!(
                    "the block was made from the dataset `{}`, and this run has `{}`",
                    provenance.dataset, new.dataset
                ),
                help: "run with the dataset it was made from; if the change is meant, take the id and the checksum \
                       out of the closing marker"
                    .to_owned(),
                place: block.place,
            });
        }
        Ok(match provenance.checksum == checksum(inside) {
            true if is_same => State::Fresh,
            false if !is_same && !inside.trim_ascii().is_empty() => State::Edited,
            _ => State::Stale,
        })
    }

    /// The page with these blocks filled anew. All else is kept to the byte.
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
            if self.syntax == Syntax::Html {
                out.extend_from_slice(self.get(&(block.inside.end..block.closing.start)));
            }
            // In Markdown an indent would make the marker a part of a list that ends the text.
            out.extend_from_slice(filling.closing.as_bytes());
            done = block.closing.end;
        }
        out.extend_from_slice(self.get(&(done..self.bytes.len())));
        out
    }

    /// What would change in a block, as a unified diff of the file of this name, with the lines around the block.
    pub fn diff(&self, name: &str, block: &GeneratedBlock, new: &BlockContent) -> String {
        let (first_line, old) = self.text.around(&block.lines, CONTEXT);
        let filled = self.filled([(block, new)]);
        let behind = self.bytes.len().saturating_sub(old.end);
        let new = filled.get(old.start..filled.len().saturating_sub(behind)).unwrap_or_default();
        unified(name, first_line, self.get(&old), new)
    }

    fn filling(&self, block: &GeneratedBlock, new: &BlockContent) -> Filling {
        // Without the blank lines Markdown would take the text for a part of the comment's own block.
        let text = match self.syntax {
            Syntax::Markdown => format!("\n{}\n", new.text),
            Syntax::Html => new.text.clone(),
        };
        Filling {
            closing: format!("<!-- /rolebook {} {} -->", new.dataset, checksum(text.as_bytes())),
            inside: text.replace('\n', block.line_end),
        }
    }

    fn get(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }
}

/// What is written into a block.
struct Filling {
    inside: String,
    closing: String,
}

/// How many hex digits of a checksum stand in a closing marker.
const CHECKSUM_DIGITS: usize = 8;

/// The first digits of the SHA-256 of a text whose line ends count as LF.
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
