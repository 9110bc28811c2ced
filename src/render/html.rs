//! HTML: a self-contained page without scripts or outside requests, or a fragment for an existing page.
//!
//! All escaping happens in [`escape`]. The page is accessible: tables have captions and headers, empty cells have a label
//! for screen readers, and right-to-left text has the right direction.

use std::borrow::Cow;

use super::{INITIAL_CAPACITY, heading_level};
use crate::doc::{Bar, Block, Cell, Doc, Line, Mark, Matrix, Span, Table, Tone};
use crate::layout::is_stacked;
use crate::text::{is_web_address, visible, visible_line};

/// The style sheet: light and dark, for any width and for print.
const STYLE: &str = include_str!("page.css");
/// Right-to-left languages, by the first part of their tags.
const FROM_RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
/// The number of sections from which a page has a table of contents.
const LONG: usize = 6;

/// Renders a document as a page.
pub(super) fn page(doc: &Doc<'_>) -> String {
    let title = escape(&visible_line(&text_of(&doc.title))).into_owned();
    let mut writer = Writer::new(doc, 1, true);
    let language = doc.language.as_deref().map(|tag| attribute("lang", tag)).unwrap_or_default();
    let direction = if writer.runs_left { " dir=\"rtl\"" } else { "" };
    writer.document(doc);
    format!(
        "<!DOCTYPE html>
<html{language}{direction}>
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
{}</main>
</body>
</html>
",
        writer.out
    )
}

/// Renders a document without its title as elements for a page with its own style. Headings start at level `top`.
pub(super) fn fragment(doc: &Doc<'_>, top: u8) -> String {
    let mut writer = Writer::new(doc, top.saturating_sub(1), false);
    for block in &doc.blocks {
        writer.block(block);
    }
    writer.out
}

struct Writer {
    out: String,
    /// The level of the title, or 0 if the title is not part of the output.
    top: u8,
    /// Whether this is a whole page, with classes for its style sheet and ids for its sections.
    in_page: bool,
    /// Whether the page is right-to-left.
    runs_left: bool,
    /// The text of the last heading, which labels the tables below it.
    subject: String,
    sections: usize,
}

impl Writer {
    fn new(doc: &Doc<'_>, top: u8, in_page: bool) -> Self {
        let runs_left = in_page && doc.language.as_deref().is_some_and(runs_left);
        Self {
            out: String::with_capacity(INITIAL_CAPACITY),
            top,
            in_page,
            runs_left,
            subject: text_of(&doc.title),
            sections: 0,
        }
    }

    fn document(&mut self, doc: &Doc<'_>) {
        self.heading(1, &doc.title);
        if let Some(aside) = &doc.aside {
            let aside = Line::from("Dataset: ").and(Tone::Code, aside.as_ref());
            self.element("p", "", &aside);
        }
        self.contents(&doc.blocks);
        for block in &doc.blocks {
            self.block(block);
        }
    }

    /// A table of contents, if the page is long.
    fn contents(&mut self, blocks: &[Block<'_>]) {
        let sections: Vec<&Line<'_>> = blocks.iter().filter_map(section).collect();
        if sections.len() < LONG {
            return;
        }
        self.line("<nav aria-label=\"Sections\">\n<ul>");
        for (number, title) in (1_usize..).zip(sections) {
            let direction = self.direction(title);
            let title = escape(&visible_line(&text_of(title))).into_owned();
            self.line(&format!("<li{direction}><a href=\"#section-{number}\">{title}</a></li>"));
        }
        self.line("</ul>\n</nav>");
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.element("p", "", text),
            Block::List(items) => self.list(items),
            Block::Table(table) if is_stacked(table) => self.stack(table),
            Block::Table(table) | Block::Columns(table) => self.table(table),
            Block::Matrix(matrix) => self.matrix(matrix),
            Block::Bars(bars) => self.bars(bars),
            Block::Commands(commands) => {
                let commands: Vec<String> =
                    commands.iter().map(|command| escape(&visible_line(command)).into_owned()).collect();
                self.line(&format!("<pre><code>{}</code></pre>", commands.join("\n")));
            }
        }
    }

    fn heading(&mut self, level: u8, text: &Line<'_>) {
        let tag = format!("h{}", heading_level(level, self.top));
        let mut attributes = String::new();
        if self.in_page && level == 2 {
            self.sections += 1;
            attributes = attribute("id", &format!("section-{}", self.sections));
        }
        self.element(&tag, &attributes, text);
        self.subject = text_of(text);
    }

    fn table(&mut self, table: &Table<'_>) {
        self.line(&format!("<table{}>\n<thead>\n<tr>", attribute("aria-label", &self.subject)));
        for title in &table.head {
            self.element("th", " scope=\"col\"", title);
        }
        self.line("</tr>\n</thead>\n<tbody>");
        for row in &table.rows {
            self.line("<tr>");
            for (position, (title, cell)) in table.head.iter().zip(row).enumerate() {
                if position == 0 {
                    self.cell("th", " scope=\"row\"", cell);
                } else if self.in_page {
                    // On a narrow page, the cells are stacked and show the titles of their columns.
                    self.cell("td", &attribute("data-column", &text_of(title)), cell);
                } else {
                    self.cell("td", "", cell);
                }
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table>");
    }

    /// A matrix in a scrolling box with a sticky header row and first column.
    fn matrix(&mut self, matrix: &Matrix<'_>) {
        let label = attribute("aria-label", &self.subject);
        if self.in_page {
            // A scrolling region must be reachable by keyboard.
            self.line(&format!("<div class=\"matrix\" role=\"region\"{label} tabindex=\"0\">"));
        }
        self.line(&format!("<table{label}>\n<thead>\n<tr>"));
        self.element("th", " scope=\"col\"", &Line::from(matrix.corner.as_ref()));
        for column in &matrix.columns {
            self.element("th", " scope=\"col\"", &Line::from(column.as_ref()));
        }
        self.line("</tr>\n</thead>\n<tbody>");
        for (title, marks) in &matrix.rows {
            self.line("<tr>");
            self.element("th", " scope=\"row\"", title);
            for mark in marks {
                self.mark(mark.as_ref());
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table>");
        if self.in_page {
            self.line("</div>");
        }
    }

    /// A cell of a matrix, shaded by the rank of its mark.
    fn mark(&mut self, mark: Option<&Mark<'_>>) {
        let Some(mark) = mark else {
            return self.line("<td><span role=\"img\" aria-label=\"none\">·</span></td>");
        };
        let shade = match mark.height {
            Some((number, of)) => number.saturating_mul(60).checked_div(of).unwrap_or(0),
            None => 30,
        };
        let attributes = if self.in_page { format!(" style=\"--shade: {shade}%\"") } else { String::new() };
        self.element("td", &attributes, &Line::from(mark.words().as_ref()));
    }

    /// A stacked table: a list of rows, each with its title and, below it, the other columns with their titles.
    fn stack(&mut self, table: &Table<'_>) {
        let class = if self.in_page { " class=\"stack\"" } else { "" };
        self.line(&format!("<dl{class}>"));
        for row in &table.rows {
            for (position, (title, cell)) in table.head.iter().zip(row).enumerate() {
                if position == 0 {
                    self.cell("dt", "", cell);
                    self.line("<dd>\n<dl>");
                } else {
                    self.element("dt", "", title);
                    self.cell("dd", "", cell);
                }
            }
            self.line("</dl>\n</dd>");
        }
        self.line("</dl>");
    }

    fn bars(&mut self, bars: &[Bar<'_>]) {
        let class = if self.in_page { " class=\"bars\"" } else { "" };
        self.line(&format!("<dl{class}>"));
        for bar in bars {
            self.element("dt", "", &bar.label);
            let label = attribute("aria-label", &text_of(&bar.label));
            let share = (bar.share.clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0;
            let remark = inline(&Line::from(bar.remark.as_ref()));
            self.line(&format!("<dd><meter value=\"{share}\"{label}></meter> {remark}</dd>"));
        }
        self.line("</dl>");
    }

    /// A cell: one text, a list of several, or a labelled dash.
    fn cell(&mut self, tag: &str, attributes: &str, cell: &Cell<'_>) {
        match cell.as_slice() {
            [] => {
                let silence = "<span role=\"img\" aria-label=\"nothing said\">—</span>";
                self.line(&format!("<{tag}{attributes}>{silence}</{tag}>"));
            }
            [line] => self.element(tag, attributes, line),
            lines => {
                self.line(&format!("<{tag}{attributes}>"));
                self.list(lines);
                self.line(&format!("</{tag}>"));
            }
        }
    }

    fn list(&mut self, items: &[Line<'_>]) {
        self.line("<ul>");
        for item in items {
            self.element("li", "", item);
        }
        self.line("</ul>");
    }

    fn element(&mut self, tag: &str, attributes: &str, line: &Line<'_>) {
        self.line(&format!("<{tag}{attributes}{}>{}</{tag}>", self.direction(line), inline(line)));
    }

    /// The direction attribute for text that has letters of the other direction than the page.
    fn direction(&self, line: &Line<'_>) -> &'static str {
        let mut characters = line.0.iter().flat_map(|span| span.text.chars());
        let runs_otherwise = |c: char| is_right_to_left(c) != self.runs_left && c.is_alphabetic();
        if characters.any(runs_otherwise) { " dir=\"auto\"" } else { "" }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// The title, if the block begins a section.
fn section<'b, 'a>(block: &'b Block<'a>) -> Option<&'b Line<'a>> {
    match block {
        Block::Heading(2, title) => Some(title),
        _ => None,
    }
}

/// A line with its tones as elements.
fn inline(line: &Line<'_>) -> String {
    line.0.iter().map(span).collect()
}

fn span(Span { text, tone }: &Span<'_>) -> String {
    let shown = visible(text);
    let shown = escape(&shown).replace('\n', "<br>");
    match tone {
        Tone::Strong => format!("<strong>{shown}</strong>"),
        Tone::Muted => format!("<small>{shown}</small>"),
        Tone::Code => format!("<code>{shown}</code>"),
        Tone::Link if is_web_address(text) => format!("<a href=\"{shown}\">{shown}</a>"),
        Tone::Plain | Tone::Link => shown,
    }
}

/// The text of a line without tones.
fn text_of(line: &Line<'_>) -> String {
    line.0.iter().map(|span| span.text.as_ref()).collect()
}

/// An attribute with a space before it, on one line.
fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escape(&visible_line(value)))
}

/// Escapes text for an element or for an attribute value in double quotes.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a language is right-to-left.
fn runs_left(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    FROM_RIGHT_TO_LEFT.iter().any(|known| known.eq_ignore_ascii_case(language))
}

/// Whether a character belongs to Hebrew, Arabic or another right-to-left script, by its Unicode block.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
