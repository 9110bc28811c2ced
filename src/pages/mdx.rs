//! MDX as Markdown of the same length, so that a Markdown parser finds the structure of a page.
//!
//! Comments between braces become HTML comments, and all other code (expressions, tags, imports and exports) becomes text
//! or, if it fills its lines, blanks. Code blocks and code spans stay.

use std::ops::Range;

/// MDX as Markdown.
pub(super) struct Masked {
    /// The Markdown, in which every byte keeps its place.
    pub(super) text: String,
    /// What looks like a marker on a line of its own, but is part of an expression, a tag, an import or an export.
    pub(super) hidden: Vec<Range<usize>>,
}

/// Pieces of code without an end to look for. Each may take a look at the rest of the page, so that there is a limit.
const MOST_UNCLOSED: usize = 64;

/// Translates MDX without front matter.
pub(super) fn masked(text: &str) -> Masked {
    let mut scanner = Scanner { text, at: 0, paragraph: 0, unclosed: 0, spans: Vec::new() };
    scanner.page();
    let mut bytes = text.as_bytes().to_vec();
    let mut hidden = Vec::new();
    for span in &scanner.spans {
        let Some(masked) = bytes.get_mut(span.range.clone()) else { continue };
        match span.kind {
            SpanKind::Comment => comment(masked),
            SpanKind::Code => {
                masked.fill(CODE);
                hidden.extend(markers(text, &span.range));
            }
        }
    }
    for line in bytes.split_mut(|byte| *byte == b'\n') {
        let is_code = line.iter().all(|byte| *byte == CODE || byte.is_ascii_whitespace());
        line.iter_mut()
            .filter(|byte| **byte == CODE)
            .for_each(|byte| *byte = if is_code { b' ' } else { b'x' });
    }
    // Every span begins and ends at an ASCII character, so that the rest is still text.
    Masked { text: String::from_utf8(bytes).unwrap_or_default(), hidden }
}

/// A byte that pages do not contain: what stands for it in them is masked like code.
const CODE: u8 = 0;

/// Makes a comment between braces an HTML comment, over as many lines.
fn comment(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
    if let Some(start) = bytes.first_chunk_mut() {
        *start = *b"<!--";
    }
    if let Some(end) = bytes.last_chunk_mut() {
        *end = *b"-->";
    }
}

/// The comments in a piece of code that are alone on their lines and look like markers.
fn markers(text: &str, code: &Range<usize>) -> Vec<Range<usize>> {
    let mut start = code.start;
    let mut found = Vec::new();
    for line in text.get(code.clone()).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim();
        if comment_text(content).is_some_and(is_marker) {
            let at = start + line.len() - line.trim_start().len();
            found.push(at..at + content.len());
        }
        start += line.len();
    }
    found
}

/// Whether the text of a comment is that of a marker.
fn is_marker(comment: &str) -> bool {
    let comment = comment.trim_start();
    comment.starts_with("rolebook:") || comment.starts_with("/rolebook")
}

/// The text of a comment between braces.
pub(super) fn comment_text(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('{')?.strip_suffix('}')?.trim();
    inner.strip_prefix("/*")?.strip_suffix("*/")
}

struct Span {
    range: Range<usize>,
    kind: SpanKind,
}

#[derive(Clone, Copy)]
enum SpanKind {
    Comment,
    Code,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// The end of the paragraph, as far as it is known: a code span does not go beyond it.
    paragraph: usize,
    unclosed: usize,
    spans: Vec<Span>,
}

impl Scanner<'_> {
    fn page(&mut self) {
        let mut is_line_start = true;
        let mut is_after_blank = true;
        while let Some(c) = self.rest().chars().next() {
            if is_line_start {
                if let Some(end) = self.fence() {
                    self.at = end;
                    is_after_blank = false;
                    continue;
                }
                if is_after_blank && let Some(end) = self.module() {
                    self.span(end, SpanKind::Code);
                    is_line_start = false;
                    continue;
                }
                is_after_blank = is_blank_line(self.rest());
            }
            is_line_start = c == '\n';
            match c {
                '\\' => {
                    self.skip(1);
                    let escaped = self.rest().chars().next().filter(|c| *c != '\n');
                    self.skip(escaped.map_or(0, char::len_utf8));
                }
                '`' => self.code(),
                '{' => self.expression(),
                '<' => self.tag(),
                _ => self.skip(c.len_utf8()),
            }
        }
    }

    /// The end of the fenced code block that begins on this line.
    fn fence(&self) -> Option<usize> {
        let mut lines = self.rest().split_inclusive('\n');
        let first = lines.next()?;
        let (mark, length) = fence_mark(without_bullets(first))?;
        let mut end = self.at + first.len();
        for line in lines {
            end += line.len();
            let closing = line.trim_start_matches([' ', '\t', '>']).trim_end();
            if closing.len() >= length && closing.chars().all(|c| c == mark) {
                break;
            }
        }
        Some(end)
    }

    /// The end of the imports or exports that begin on this line.
    fn module(&mut self) -> Option<usize> {
        if !["import ", "export "].iter().any(|word| self.rest().starts_with(word)) {
            return None;
        }
        let end = self.script_end(Script::Module);
        if end.is_none() {
            self.unclosed += 1;
        }
        end.or_else(|| Some(self.next_paragraph_end(self.at)))
    }

    /// Skips a code span, or backticks that do not begin one.
    fn code(&mut self) {
        let marks = run(self.rest(), '`');
        let start = self.at + marks;
        if self.paragraph <= self.at {
            self.paragraph = self.next_paragraph_end(self.at);
        }
        let rest = self.text.get(start..self.paragraph).unwrap_or_default();
        let mut at = 0_usize;
        self.at = start;
        while let Some(found) = rest.get(at..).and_then(|rest| rest.find('`')) {
            at += found;
            let length = run(rest.get(at..).unwrap_or_default(), '`');
            at += length;
            if length == marks {
                self.skip(at);
                return;
            }
        }
    }

    /// The end of the paragraph: before a blank line or a fence.
    fn next_paragraph_end(&self, from: usize) -> usize {
        let mut at = from;
        for line in self.text.get(from..).unwrap_or_default().split_inclusive('\n') {
            let is_next = at > from;
            if is_next && (line.trim().is_empty() || fence_mark(line.trim_start()).is_some()) {
                break;
            }
            at += line.len();
        }
        at
    }

    fn expression(&mut self) {
        let inner = self.rest().strip_prefix('{').unwrap_or_default();
        if inner.trim_start().starts_with("/*") {
            let end = self
                .find("*/", self.at)
                .filter(|end| self.text.get(*end..).is_some_and(|rest| rest.trim_start().starts_with('}')));
            if let Some(brace) = end.and_then(|end| self.find("}", end)) {
                return self.span(brace, SpanKind::Comment);
            }
        }
        let end = self.script_end(Script::Expression);
        self.masked(end);
    }

    /// The end of the JavaScript that begins here.
    fn script_end(&self, script: Script) -> Option<usize> {
        (self.unclosed < MOST_UNCLOSED).then(|| javascript(self.text, self.at, script))?
    }

    /// A tag, or an HTML comment. MDX has none, so one that looks like a marker is found only to be reported.
    fn tag(&mut self) {
        let rest = self.rest();
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = if is_marker(comment) { self.find("-->", self.at) } else { None };
            return match end {
                Some(end) => self.span(end, SpanKind::Comment),
                None => self.masked(None),
            };
        }
        let start = self.at;
        let is_tag = rest
            .chars()
            .nth(1)
            .is_some_and(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '/' | '>' | '_' | '$'));
        let end = if is_tag && self.unclosed < MOST_UNCLOSED { self.tag_end() } else { None };
        self.at = start;
        self.masked(end);
    }

    fn tag_end(&mut self) -> Option<usize> {
        self.skip(1);
        loop {
            let found = self.rest().find(['>', '<', '"', '\'', '{'])?;
            self.skip(found);
            match self.rest().chars().next()? {
                '>' => return Some(self.at + 1),
                '<' => return None,
                '{' => self.at = self.script_end(Script::Expression)?,
                quote => {
                    self.skip(1);
                    let closing = self.rest().find(quote)?;
                    self.skip(closing + 1);
                }
            }
        }
    }

    /// Masks code up to its end; without one, the character is text.
    fn masked(&mut self, end: Option<usize>) {
        if end.is_none() {
            self.unclosed += 1;
        }
        self.span(end.unwrap_or_else(|| self.at + 1), SpanKind::Code);
    }

    fn span(&mut self, end: usize, kind: SpanKind) {
        self.spans.push(Span { range: self.at..end, kind });
        self.at = end;
    }

    /// The end of the next of these.
    fn find(&self, wanted: &str, from: usize) -> Option<usize> {
        let found = self.text.get(from..)?.find(wanted)?;
        Some(from + found + wanted.len())
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }
}

/// A line without the quotation marks and bullets at its beginning.
fn without_bullets(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let bullet = if number.len() < rest.len() {
            number.strip_prefix(['.', ')'])
        } else {
            rest.strip_prefix(['-', '*', '+'])
        };
        match bullet.filter(|rest| rest.starts_with([' ', '\t'])) {
            Some(content) => rest = content,
            None => return rest,
        }
    }
}

/// The mark of a fence and its length, if a line begins with one.
fn fence_mark(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = run(line, mark);
    let info = line.get(length..)?;
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

fn run(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

fn is_blank_line(text: &str) -> bool {
    text.lines().next().is_none_or(|line| line.trim().is_empty())
}

/// What JavaScript to read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// An expression in braces, up to its closing brace.
    Expression,
    /// Imports and exports, up to a blank line.
    Module,
}

/// The end of the JavaScript that begins here. Regular expressions are read like other code.
fn javascript(text: &str, start: usize, script: Script) -> Option<usize> {
    // The brackets and templates that are open.
    let mut open: Vec<char> = Vec::new();
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next()?;
        let mut length = c.len_utf8();
        if open.last() == Some(&'`') {
            match c {
                '\\' => length += rest.chars().nth(1).map_or(0, char::len_utf8),
                '`' => {
                    open.pop();
                }
                '$' if rest.starts_with("${") => {
                    open.push('{');
                    length = 2;
                }
                _ => {}
            }
        } else {
            match c {
                '`' | '{' => open.push(c),
                '(' | '[' if script == Script::Module => open.push(c),
                ')' | ']' if script == Script::Module => {
                    open.pop();
                }
                '}' => {
                    open.pop();
                    if open.is_empty() && script == Script::Expression {
                        return Some(at + 1);
                    }
                }
                '"' | '\'' => length = string(rest, c).unwrap_or(length),
                '/' if rest.starts_with("/*") => {
                    length = rest.find("*/").map_or(length, |end| end + 2);
                }
                '/' if rest.starts_with("//") && !text.get(..at)?.ends_with(':') => {
                    length = rest.find('\n').unwrap_or(rest.len());
                }
                '\n' if script == Script::Module && open.is_empty() && is_blank_line(rest.get(1..)?) => {
                    return Some(at);
                }
                _ => {}
            }
        }
        at += length;
    }
    (script == Script::Module && open.is_empty()).then_some(at)
}

/// The length of a string with its quotes, which ends on its line.
fn string(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = true;
    let end = text.find(|c: char| {
        let is_end = !is_escaped && (c == quote || c == '\n');
        is_escaped = !is_escaped && c == '\\';
        is_end
    })?;
    text.get(end..)?.starts_with(quote).then(|| end + 1)
}
