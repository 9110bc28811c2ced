//! GitHub-flavoured Markdown that is correct for any text, is not changed by formatters, and is readable as source.
//!
//! All escaping happens in [`escape`], so that the rendered page shows exactly the text, whatever it contains. MDX is a
//! dialect: braces and `<` start code there, tags must be closed, and addresses in angle brackets are not links.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::matrix::table as matrix_table;
use super::{INITIAL_CAPACITY, heading_level};
use crate::doc::{Bar, Block, Cell, Doc, Line, Span, Table, Tone};
use crate::layout::{is_stacked, width};
use crate::text::{is_web_address, visible, visible_line};

/// The widest table of a whole document whose columns are padded. A wider one is not read as source: editors and reviews
/// wrap its rows, and padding every cell to the longest would make up most of a large document.
///
/// A generated block is always padded. Formatters run over the pages that hold one, and would pad it anyway; then it
/// would count as edited by hand.
const WIDEST_PADDED: usize = 120;

/// The position of a text, which decides which characters are special.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// The beginning of a paragraph or list item, where a character may start a block.
    Paragraph,
    /// A heading, which can end with number signs.
    Heading,
    /// Inside a line, after other text.
    Inline,
    /// A table cell, which ends at a pipe, even in code.
    Cell,
}

/// What a page is compiled with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `CommonMark` with GitHub's extensions.
    GitHub,
    /// MDX 2 or 3, with or without GitHub's extensions.
    Mdx,
}

/// Where a text is, and in which dialect.
#[derive(Clone, Copy)]
struct Context {
    position: Position,
    dialect: Dialect,
}

impl Context {
    /// The context of text that follows other text in this context.
    fn behind(self) -> Self {
        let position = match self.position {
            Position::Paragraph | Position::Inline => Position::Inline,
            Position::Heading | Position::Cell => self.position,
        };
        Self { position, ..self }
    }

    fn is_mdx(self) -> bool {
        self.dialect == Dialect::Mdx
    }

    fn line_break(self) -> &'static str {
        if self.is_mdx() { "<br/>" } else { "<br>" }
    }

    /// A web address as a link that shows it.
    fn link(self, url: &str) -> String {
        let written = if self.is_mdx() {
            let target = escaped(url, |c| matches!(c, '\\' | '(' | ')' | '{' | '}'));
            let shown = escaped(url, |c| (c != '|' && is_markup(c)) || matches!(c, '_' | '{' | '}'));
            format!("[{shown}]({target})")
        } else {
            format!("<{url}>")
        };
        // Tables split rows at pipes first.
        match self.position {
            Position::Cell => written.replace('|', "\\|"),
            Position::Paragraph | Position::Heading | Position::Inline => written,
        }
    }
}

/// Renders a document as a page.
pub(super) fn page(doc: &Doc<'_>) -> String {
    let mut page = Writer { widest_padded: WIDEST_PADDED, ..Writer::new(1, Dialect::GitHub) };
    page.block(&Block::Heading(1, doc.title.clone()));
    if let Some(aside) = &doc.aside {
        page.block(&Block::Paragraph(Line::from("Dataset: ").and(Tone::Code, aside.as_ref())));
    }
    page.blocks(&doc.blocks)
}

/// Renders a document without its title. Headings start at level `top`.
pub(super) fn fragment(doc: &Doc<'_>, top: u8, dialect: Dialect) -> String {
    Writer::new(top.saturating_sub(1), dialect).blocks(&doc.blocks)
}

struct Writer {
    out: String,
    /// Whether the last block was a stacked table. Another one continues the same list, because two adjacent lists would
    /// be parsed as one loose list.
    in_stack: bool,
    /// The level of the title, or 0 if the title is not part of the output.
    top: u8,
    dialect: Dialect,
    /// The widest table whose columns are padded.
    widest_padded: usize,
}

impl Writer {
    fn new(top: u8, dialect: Dialect) -> Self {
        Self {
            out: String::with_capacity(INITIAL_CAPACITY),
            in_stack: false,
            top,
            dialect,
            widest_padded: usize::MAX,
        }
    }

    fn at(&self, position: Position) -> Context {
        Context { position, dialect: self.dialect }
    }

    fn blocks(mut self, blocks: &[Block<'_>]) -> String {
        for block in blocks {
            self.block(block);
        }
        self.out
    }

    fn block(&mut self, block: &Block<'_>) {
        let stacks = matches!(block, Block::Table(table) if is_stacked(table));
        let goes_on = self.in_stack && stacks;
        if !(self.out.is_empty() || goes_on) {
            self.out.push('\n');
        }
        self.in_stack = stacks;
        match block {
            Block::Heading(level, text) => {
                let marks = "#".repeat(usize::from(heading_level(*level, self.top)));
                self.line(&format!("{marks} {}", inline(text, self.at(Position::Heading))));
            }
            Block::Paragraph(text) => {
                let text = inline(text, self.at(Position::Paragraph));
                let text = if self.dialect == Dialect::Mdx { no_module(text) } else { text };
                self.line(&text);
            }
            Block::List(items) => {
                for item in items {
                    self.line(&format!("- {}", inline(item, self.at(Position::Paragraph))));
                }
            }
            Block::Table(table) if stacks => self.stack(table),
            Block::Table(table) | Block::Columns(table) => self.table(table),
            Block::Matrix(matrix) => self.table(&matrix_table(matrix)),
            Block::Bars(bars) => bars.iter().for_each(|bar| self.bar(bar)),
            Block::Commands(commands) => self.commands(commands),
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        let at = self.at(Position::Cell);
        let measured = |text: String| (columns(&text), text);
        let head = table.head.iter().map(|title| measured(inline(title, at)));
        let head: Vec<(usize, String)> = head.collect();
        let rows = table.rows.iter().map(|row| row.iter().map(|one| measured(cell_in(one, at))).collect());
        let rows: Vec<Vec<(usize, String)>> = rows.collect();
        let mut widths: Vec<usize> = head.iter().map(|(width, _)| (*width).max(3)).collect();
        for row in &rows {
            for (most, (width, _)) in widths.iter_mut().zip(row) {
                *most = (*most).max(*width);
            }
        }
        let borders = widths.len() * 3 + 1;
        let mut delimiters = widths.clone();
        if widths.iter().sum::<usize>() + borders > self.widest_padded {
            widths.fill(0);
            // Three dashes are the shortest that every reader takes for a delimiter.
            delimiters.fill(3);
        }
        self.row(&head, &widths, " ");
        self.row(&vec![(0, String::new()); head.len()], &delimiters, "-");
        for row in &rows {
            self.row(row, &widths, " ");
        }
    }

    /// A row of cells, each with its width, filled up to the widths of the columns.
    fn row(&mut self, cells: &[(usize, String)], widths: &[usize], fill: &str) {
        for ((width, cell), room) in cells.iter().zip(widths) {
            let filling = fill.repeat(room.saturating_sub(*width));
            self.out.extend(["| ", cell, &filling, " "]);
        }
        self.out.push_str("|\n");
    }

    /// A stacked table: a list of rows, each with its title and, below it, an item for each other column.
    fn stack(&mut self, table: &Table<'_>) {
        for row in &table.rows {
            let mut cells = row.iter();
            let heading =
                cells.next().map(|cell| cell_in(cell, self.at(Position::Paragraph))).unwrap_or_default();
            self.line(&format!("- {heading}"));
            for (title, cell) in table.head.iter().skip(1).zip(cells) {
                let title = inline(title, self.at(Position::Paragraph));
                self.line(&format!("  - {title}: {}", cell_in(cell, self.at(Position::Inline))));
            }
        }
    }

    fn bar(&mut self, bar: &Bar<'_>) {
        let label = inline(&bar.label, self.at(Position::Paragraph));
        let remark = escape(&visible_line(&bar.remark), self.at(Position::Inline));
        self.line(&format!("- {label}: {remark}"));
    }

    fn commands(&mut self, commands: &[Cow<'_, str>]) {
        let longest = commands.iter().map(|command| longest_run(command, '`')).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        self.line(&format!("{fence}sh"));
        for command in commands {
            self.line(&visible_line(command));
        }
        self.line(&fence);
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end_matches(' '));
        self.out.push('\n');
    }
}

fn cell_in(cell: &Cell<'_>, at: Context) -> String {
    let mut texts = cell.iter();
    let Some(first) = texts.next() else { return "—".to_owned() };
    let rest = texts.map(|line| format!("{}{}", at.line_break(), inline(line, at.behind())));
    std::iter::once(inline(first, at)).chain(rest).collect()
}

/// A line with its tones as markup.
fn inline(line: &Line<'_>, at: Context) -> String {
    let mut out = String::new();
    let mut here = at;
    let spans = joined(line);
    let mut spans = spans.iter().peekable();
    while let Some((tone, text)) = spans.next() {
        // Collapse runs of spaces, also across parts.
        let text = if out.ends_with(' ') { text.trim_start_matches([' ', '\t']) } else { text };
        if text.is_empty() {
            continue;
        }
        let next = spans.peek().and_then(|(_, text)| text.chars().next());
        let neighbours = (out.chars().next_back(), next);
        match tone {
            Tone::Strong => out.push_str(&marked("**", &visible(text), here, neighbours)),
            Tone::Muted => out.push_str(&marked("_", &visible(text), here, neighbours)),
            Tone::Code => out.push_str(&code(&visible_line(text), here)),
            Tone::Link if is_web_address(text) => out.push_str(&here.link(text)),
            Tone::Plain | Tone::Link => out.push_str(&escape(&visible(text), here)),
        }
        // A character reference or a number may continue in the next part.
        if out.ends_with('&') && starts_reference(next) {
            out.pop();
            out.push_str("\\&");
        }
        here = here.behind();
    }
    if at.position == Position::Paragraph {
        if out == at.line_break() {
            // A tag alone on a line would start an HTML block.
            return "&#10;".to_owned();
        }
        if let Some((number, rest)) = list_number(&out) {
            out = format!("{number}\\{rest}");
        }
    }
    ends_kept(out)
}

/// The parts of a line, with adjacent parts of the same tone merged, because adjacent markers would mean something else.
fn joined<'l>(line: &'l Line<'_>) -> Vec<(Tone, Cow<'l, str>)> {
    let mut joined: Vec<(Tone, Cow<str>)> = Vec::with_capacity(line.0.len());
    for Span { text, tone } in line.0.iter().filter(|span| !span.text.is_empty()) {
        match joined.last_mut() {
            Some((last, before)) if last == tone => before.to_mut().push_str(text),
            _ => joined.push((*tone, Cow::Borrowed(text))),
        }
    }
    joined
}

/// Text between emphasis markers. Spaces stay outside, because a marker next to a space has no effect. Markers also fail
/// between letters, or between a letter and punctuation; the text has no emphasis there.
fn marked(mark: &str, text: &str, at: Context, (before, after): (Option<char>, Option<char>)) -> String {
    let inner = text.trim();
    let blanks = |kept: &str| kept.replace('\n', at.line_break());
    let leading = text.strip_suffix(text.trim_start()).map(blanks).unwrap_or_default();
    let trailing = text.strip_prefix(text.trim_end()).map(blanks).unwrap_or_default();
    let is_free = |blanks: &str, beside: Option<char>| {
        !blanks.is_empty() || beside.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
    };
    // The rules are stricter for an underscore than for an asterisk.
    let holds = |letter: Option<char>| mark != "_" && is_letter(letter);
    // Links and escapes begin or end with punctuation.
    let written = escape(inner, at.behind());
    let opens = is_free(&leading, before) || holds(written.chars().next());
    let closes = is_free(&trailing, after) || holds(written.chars().next_back());
    if inner.is_empty() || !(opens && closes) {
        return escape(text, at);
    }
    format!("{leading}{mark}{written}{mark}{trailing}")
}

/// A code span, with a fence that does not occur in the text, and padding if the text touches the fence or would lose its
/// own spaces.
fn code(text: &str, at: Context) -> String {
    // Tables split rows at pipes before parsing code, and there are no escapes in code.
    if at.position == Position::Cell && text.contains('|') {
        return format!("<code>{}</code>", escape(text, at));
    }
    let runs: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
    let length = (1..=runs.len() + 1).find(|length| !runs.contains(length)).unwrap_or(1);
    let fence = "`".repeat(length);
    let is_blank = text.trim_matches(' ').is_empty();
    let loses_blanks = text.starts_with(' ') && text.ends_with(' ') && !is_blank;
    let blank = if loses_blanks || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Spaces of any kind at the ends of a line would be dropped, so the outermost are written as character references.
fn ends_kept(line: String) -> String {
    let by_number = |c: char| format!("&#{};", u32::from(c));
    let (first, last) =
        (line.chars().next().filter(|c| is_blank(*c)), line.chars().next_back().filter(|c| is_blank(*c)));
    if first.is_none() && last.is_none() {
        return line;
    }
    let rest = first.and_then(|c| line.strip_prefix(c)).unwrap_or(&line);
    let inner = last.and_then(|c| rest.strip_suffix(c));
    let after = inner.and(last).map(by_number).unwrap_or_default();
    format!("{}{}{after}", first.map(by_number).unwrap_or_default(), inner.unwrap_or(rest))
}

/// Whether formatters treat a character as a space; they include more than Unicode does.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Escapes text, but no more than Markdown requires. A web address becomes a link in angle brackets, without escapes:
/// GitHub also links bare addresses, and would treat escapes as part of them.
fn escape(text: &str, at: Context) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    let mut rest = text;
    loop {
        let (plain, marked) = rest.split_at(rest.find(may_mean_more).unwrap_or(rest.len()));
        out.push_str(plain);
        before = plain.chars().next_back().or(before);
        rest = marked;
        let Some(c) = rest.chars().next() else { break };
        if let Some(scheme) = scheme_at(rest, before) {
            if let Some(url) = url_at(rest, scheme) {
                out.push_str(&at.link(url));
                before = url.chars().next_back();
                rest = rest.strip_prefix(url).unwrap_or_default();
            } else {
                // GitHub would link what follows, whatever it is; escaping a slash prevents it.
                out.push_str(scheme.trim_end_matches('/'));
                out.push_str("\\//");
                before = Some('/');
                rest = rest.strip_prefix(scheme).unwrap_or_default();
            }
            continue;
        }
        if is_host_at(rest, before) {
            // GitHub would also link this; escaping the dot prevents it.
            out.push_str("www\\.");
            before = Some('.');
            rest = rest.get("www.".len()..).unwrap_or_default();
            continue;
        }
        rest = rest.strip_prefix(c).unwrap_or_default();
        let after = rest.chars().next();
        let is_special = match c {
            _ if is_markup(c) => true,
            '{' | '}' => at.is_mdx(),
            '_' => !(is_letter(before) && is_letter(after)),
            '&' => starts_reference(after),
            '#' => at.position == Position::Heading,
            _ => false,
        };
        let is_opener = at.position == Position::Paragraph && before.is_none() && opens_block(c);
        if is_special || is_opener {
            out.push('\\');
        }
        if c == '\n' {
            out.push_str(at.line_break());
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// Whether a character is special anywhere in a line.
fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '<' | '[' | ']' | '~' | '|' | '$')
}

/// The text with a backslash before each of these characters.
fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// MDX parses a paragraph that begins like this as JavaScript.
fn no_module(text: String) -> String {
    let rest = text.strip_prefix("import ").map(|rest| ('i', "mport ", rest));
    let rest = rest.or_else(|| text.strip_prefix("export ").map(|rest| ('e', "xport ", rest)));
    match rest {
        Some((first, word, rest)) => format!("&#{};{word}{rest}", u32::from(first)),
        None => text,
    }
}

/// Whether a character may be special, or start something that is: a web address or a host.
fn may_mean_more(c: char) -> bool {
    is_markup(c) || opens_block(c) || matches!(c, '{' | '}' | '_' | '&' | '\n' | 'h' | 'H' | 'f' | 'F' | 'w')
}

/// The beginning of a web address, up to the slashes; `None` inside a word.
fn scheme_at(text: &str, before: Option<char>) -> Option<&str> {
    let is_scheme =
        |scheme: &&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = ["https://", "http://", "ftp://"].into_iter().find(is_scheme)?;
    if before.is_some_and(|c| c.is_ascii_alphabetic()) { None } else { text.get(..scheme.len()) }
}

/// The web address at the beginning of a text, without trailing punctuation, if it begins like this.
fn url_at<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    // No address has an unescaped pipe, and parsers differ on one between angle brackets in a table.
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '|' | '\u{2400}'..='\u{2426}')
    };
    let mut url = text.split(ends).next()?;
    loop {
        let shorter = url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"']);
        let closes_more =
            shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if closes_more { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    // Character references are interpreted in addresses too.
    if let Some(reference) = url.match_indices('&').find(|(at, _)| is_reference_at(url, *at)) {
        url = url.get(..reference.0)?;
    }
    let host = url.get(scheme.len()..)?;
    host.starts_with(char::is_alphanumeric).then_some(url)
}

/// Whether the ampersand at this place starts a character reference.
fn is_reference_at(text: &str, at: usize) -> bool {
    let name = text.get(at..).and_then(|rest| rest.strip_prefix('&')).and_then(|rest| rest.split_once(';'));
    name.is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// Whether a text begins with a host name that GitHub would link.
fn is_host_at(text: &str, before: Option<char>) -> bool {
    let is_free = before.is_none_or(|c| !c.is_alphanumeric());
    is_free && text.get(.."www.".len()).is_some_and(|start| start == "www.")
}

/// Whether the first character would start a heading, a list, a quotation or a heading underline.
fn opens_block(c: char) -> bool {
    matches!(c, '#' | '+' | '-' | '=' | '>' | ':')
}

/// Whether an ampersand before this text would make it a character reference.
fn starts_reference(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#')
}

/// The number at the beginning of a line and the rest, if together they would start a numbered list.
fn list_number(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.strip_suffix(rest).filter(|number| !number.is_empty())?;
    rest.starts_with(['.', ')']).then_some((number, rest))
}

/// Whether an underscore is between letters, where it has no effect.
fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// The width that Markdown formatters give to text. Unlike a terminal, they count each code point by itself, and one
/// column for invisible ones.
fn columns(text: &str) -> usize {
    // Fast path: in ASCII, each byte is one column, and so is each letter of Latin text with its punctuation.
    if text.is_ascii() {
        text.len()
    } else if text.chars().all(is_one_column) {
        text.chars().count()
    } else {
        text.graphemes(true).map(columns_of_grapheme).sum()
    }
}

/// Whether a character is one column wide whatever is next to it. False for some that are, too.
fn is_one_column(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

fn columns_of_grapheme(grapheme: &str) -> usize {
    let of_one = |c: char| match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => 1,
        c => c.width().unwrap_or(0),
    };
    let is_joined = grapheme.chars().nth(1).is_some() && !grapheme.starts_with(char::is_alphabetic);
    if is_joined && width(grapheme) == 2 { 2 } else { grapheme.chars().map(of_one).sum() }
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Context, Dialect, Position, columns_of_grapheme, escape, is_one_column};

    #[test]
    fn a_scheme_without_a_host_is_no_link() {
        let at = Context { position: Position::Paragraph, dialect: Dialect::GitHub };
        for (text, written) in [
            ("https://e.com.", "<https://e.com>."),
            ("https://.*", r"https:\//.\*"),
            ("HTTP://_x_", r"HTTP:\//\_x\_"),
            ("ftp://", r"ftp:\//"),
            ("xhttps://_", r"xhttps://\_"),
        ] {
            assert_eq!(escape(text, at), written);
        }
    }

    #[test]
    fn what_is_one_column_is_one_by_graphemes() {
        let plain: String = ('\0'..='\u{ffff}').filter(|c| is_one_column(*c)).collect();
        assert!(plain.len() > 500);
        let by_graphemes: Vec<usize> = plain.graphemes(true).map(columns_of_grapheme).collect();
        assert_eq!(by_graphemes, vec![1; plain.chars().count()]);
    }
}
