//! The format for terminals: headings, and tables with borders if they fit, or stacked rows if they do not. No line is
//! wider than the output, and no text is cut off.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::{Effects, Style};
use comfy_table::{
    Attribute, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width,
};

use super::{BUFFER, TerminalOptions, matrix};
use crate::doc::{Bar, Block, Cell, Doc, Line, Table, Tone};
use crate::layout::{MOST_COLUMNS, lines, width, wrap, wrap_pieces};
use crate::text::{visible, visible_line};

/// A table whose text columns would be narrower than this is stacked instead, because narrow text is hard to read.
const NARROWEST_COLUMN: usize = 20;
/// Width that a column needs in addition to its text: a space on either side and a border.
const COLUMN_EXTRA: usize = 3;
/// The length of a bar.
const BAR: usize = 30;
/// The most line breaks in a text of a table with borders, which is held several times. A longer one is stacked.
const TALLEST: usize = 10_000;
/// Shown in an empty cell.
const DASH: &str = "—";
/// The spaces below a bullet.
const BULLET: &str = "  ";

const BORDERS: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .row_separator(LineStyle::new('├', '─', '┼', '┤'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// Renders a document for a terminal.
pub(super) fn render(doc: &Doc<'_>, options: TerminalOptions) -> String {
    let mut page = Writer::new(doc, options, None);
    page.document(doc);
    page.out
}

/// Writes a document for a terminal, without holding all of it, and returns its number of lines.
pub(super) fn write(doc: &Doc<'_>, options: TerminalOptions, to: &mut dyn Write) -> io::Result<usize> {
    let mut page = Writer::new(doc, options, Some(to));
    page.document(doc);
    let end = page.out.len();
    page.hand_on(end);
    page.outcome.map(|()| page.lines)
}

struct Writer<'w> {
    options: TerminalOptions,
    out: String,
    /// What takes the text, piece by piece.
    to: Option<&'w mut dyn Write>,
    /// How many lines it has taken.
    lines: usize,
    outcome: io::Result<()>,
    /// The layouts of the tables that follow: column widths, or `None` for a stacked table.
    grids: std::vec::IntoIter<Option<Vec<usize>>>,
}

impl<'w> Writer<'w> {
    fn new(doc: &Doc<'_>, options: TerminalOptions, to: Option<&'w mut dyn Write>) -> Self {
        Self {
            options,
            out: String::with_capacity(BUFFER),
            to,
            lines: 0,
            outcome: Ok(()),
            grids: grids(doc, options.width).into_iter(),
        }
    }

    fn document(&mut self, doc: &Doc<'_>) {
        self.title(doc);
        for (position, block) in doc.blocks.iter().enumerate() {
            let before = position.checked_sub(1).and_then(|before| doc.blocks.get(before));
            match (before, block) {
                (Some(Block::Heading(..)), _) => {}
                // A paragraph before commands introduces them, on the same line if there is room.
                (Some(Block::Paragraph(text)), Block::Commands(commands)) => {
                    if let [command] = commands.as_slice()
                        && self.has_room_after(text, command)
                    {
                        self.out.truncate(self.out.trim_end().len());
                        self.line(&format!(" {}", visible_line(command)));
                        continue;
                    }
                }
                _ => self.out.push('\n'),
            }
            self.block(block);
        }
    }

    /// Ends a line. The last line is held back, because a command may follow on it.
    fn end_line(&mut self) {
        self.out.push('\n');
        if self.to.is_some() && self.out.len() > BUFFER / 2 {
            let last = self.out.trim_end().rfind('\n').map_or(0, |end| end + 1);
            self.hand_on(last);
        }
    }

    /// Hands the text up to this byte on.
    fn hand_on(&mut self, end: usize) {
        let Some(to) = &mut self.to else { return };
        let ready = self.out.get(..end).unwrap_or_default();
        self.lines += ready.matches('\n').count();
        if self.outcome.is_ok() {
            self.outcome = to.write_all(ready.as_bytes());
        }
        self.out.drain(..end);
    }
}

impl Writer<'_> {
    /// The title, and the aside at the right margin if there is room for both.
    fn title(&mut self, doc: &Doc<'_>) {
        let title = plain(&doc.title);
        let aside = doc.aside.as_deref().map(visible_line).unwrap_or_default();
        let taken = width(&title) + width(&aside);
        let gap = self.options.width.checked_sub(taken).filter(|gap| *gap >= 2 && !aside.is_empty());
        if let Some(gap) = gap {
            let styled = self.styled(Tone::Strong, &title);
            let aside = self.styled(Tone::Muted, &aside);
            self.line(&format!("{styled}{}{aside}", " ".repeat(gap)));
            return;
        }
        self.paragraph(0, Tone::Strong, &title);
        if !aside.is_empty() {
            self.paragraph(0, Tone::Muted, &aside);
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.styled_paragraph(text),
            Block::List(items) => {
                for item in items {
                    self.hanging("• ", 2, &toned(item));
                }
            }
            Block::Table(table) => match self.grids.next().flatten() {
                Some(columns) => self.grid(table, &columns),
                None => self.stack(table),
            },
            Block::Columns(table) => self.columns(table),
            Block::Matrix(matrix) => {
                let styled = |tone, text: &str| self.styled(tone, text).into_owned();
                match matrix::lines(matrix, self.options.width, styled) {
                    Some(lines) => lines.iter().for_each(|line| self.line(line)),
                    None => self.stack(&matrix::table(matrix)),
                }
            }
            Block::Bars(bars) => self.bars(bars),
            Block::Commands(commands) => {
                for command in commands {
                    self.command(&visible_line(command));
                }
            }
        }
    }

    /// A heading; the upper two levels are underlined, so that they stand out without colour.
    fn heading(&mut self, level: u8, text: &Line<'_>) {
        let text = plain(text);
        self.paragraph(0, Tone::Strong, &text);
        if level <= 2 {
            let longest = wrap(&text, self.options.width).iter().map(|line| width(line)).max().unwrap_or(0);
            let rule = "─".repeat(longest);
            let rule = self.styled(Tone::Muted, &rule).into_owned();
            self.line(&rule);
        }
    }

    /// Whether a paragraph fits on one line together with a command.
    fn has_room_after(&self, text: &Line<'_>, command: &str) -> bool {
        let taken = width(&plain(text)) + width(&visible_line(command)) + 1;
        taken <= self.options.width
    }

    fn styled_paragraph(&mut self, text: &Line<'_>) {
        self.hanging("", 0, &toned(text));
    }

    fn paragraph(&mut self, indent: usize, tone: Tone, text: &str) {
        self.hanging(&" ".repeat(indent), indent, &[(tone, Cow::Borrowed(text))]);
    }

    /// Text after a lead such as a bullet, with later lines indented.
    fn hanging(&mut self, lead: &str, indent: usize, parts: &[(Tone, Cow<'_, str>)]) {
        let parts: Vec<(Tone, &str)> = parts.iter().map(|(tone, text)| (*tone, text.as_ref())).collect();
        let room = self.options.width.saturating_sub(indent);
        for (position, line) in wrap_pieces(&parts, room, is_whole).iter().enumerate() {
            let mut written = if position == 0 { lead.to_owned() } else { " ".repeat(indent) };
            for (tone, piece) in line {
                written.push_str(&self.styled(*tone, piece));
            }
            self.line(&written);
        }
    }

    /// A command. If it is too long for one line, each line but the last ends with a backslash, so that it can be copied
    /// as a whole. A line that continues a word starts at the margin, because a shell would read an indent as a space.
    fn command(&mut self, command: &str) {
        let mut rest = command;
        let mut indent = "  ";
        for line in command_lines(command, self.options.width.saturating_sub(6)) {
            rest = rest.strip_prefix(line.as_str()).unwrap_or_default();
            let next_word = rest.strip_prefix(' ');
            let goes_on = match (rest.is_empty(), next_word) {
                (true, _) => "",
                (false, Some(_)) => " \\",
                (false, None) => "\\",
            };
            self.line(&format!("{indent}{line}{goes_on}"));
            indent = if next_word.is_some() { "    " } else { "" };
            rest = next_word.unwrap_or(rest);
        }
    }

    fn grid(&mut self, table: &Table<'_>, columns: &[usize]) {
        let mut grid = comfy_table::Table::new();
        grid.load_style(BORDERS).set_content_arrangement(ContentArrangement::Disabled);
        if self.options.color {
            grid.enforce_styling();
        } else {
            grid.force_no_tty();
        }
        // Attributes take memory, also where they are not shown.
        let styled = |cell: comfy_table::Cell, attribute| {
            if self.options.color { cell.add_attribute(attribute) } else { cell }
        };
        let head = table.head.iter().zip(columns).map(|(title, room)| {
            styled(comfy_table::Cell::new(wrap(&plain(title), *room).join("\n")), Attribute::Bold)
        });
        grid.set_header(head.collect::<Vec<_>>());
        for row in &table.rows {
            let cells = row.iter().zip(columns).enumerate().map(|(column, (cell, room))| {
                let made = comfy_table::Cell::new(Wrapped::new(cell, *room).joined());
                match (column, cell_tone(cell)) {
                    (0, _) | (_, Tone::Strong) => styled(made, Attribute::Bold),
                    (_, Tone::Muted) => styled(made, Attribute::Dim),
                    (_, Tone::Plain | Tone::Code | Tone::Link) => made,
                }
            });
            grid.add_row(cells.collect::<Vec<_>>());
        }
        let constraints = columns.iter().map(|room| {
            let padded = room + 2;
            ColumnConstraint::Absolute(Width::Fixed(u16::try_from(padded).unwrap_or(u16::MAX)))
        });
        grid.set_constraints(constraints.collect::<Vec<_>>());
        for line in grid.lines() {
            self.line(&line);
        }
    }

    /// A table without borders, with each row on one line if it fits; only the last column is wrapped.
    fn columns(&mut self, table: &Table<'_>) {
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(joined).collect()).collect();
        let head: Vec<String> = table.head.iter().map(plain).collect();
        let mut widths: Vec<usize> = head.iter().map(|title| width(title)).collect();
        for row in &rows {
            for (most, text) in widths.iter_mut().zip(row) {
                *most = (*most).max(width(text));
            }
        }
        let before: usize =
            widths.split_last().map_or(0, |(_, before)| before.iter().map(|width| width + 2).sum());
        let last = self.options.width.saturating_sub(before);
        if last < NARROWEST_COLUMN.min(widths.last().copied().unwrap_or(0).max(1)) {
            return self.stack(table);
        }
        let titles = std::iter::once((Tone::Muted, &head));
        for (tone, row) in titles.chain(rows.iter().map(|row| (Tone::Plain, row))) {
            let Some((text, texts)) = row.split_last() else { continue };
            let mut lead = String::new();
            for (text, room) in texts.iter().zip(&widths) {
                lead.push_str(&self.styled(tone, text));
                lead.push_str(&" ".repeat(room.saturating_sub(width(text)) + 2));
            }
            for (position, line) in wrap(text, last).into_iter().enumerate() {
                let lead = if position == 0 { lead.clone() } else { " ".repeat(before) };
                let text = format!("{lead}{}", self.styled(tone, line));
                self.line(&text);
            }
        }
    }

    /// A stacked table: for each row, the first cell as a heading and below it the others, after their column titles.
    fn stack(&mut self, table: &Table<'_>) {
        let titles: Vec<String> = table.head.iter().skip(1).map(plain).collect();
        let widest = titles.iter().map(|title| width(title)).max().unwrap_or(0);
        // Put labels next to the text if that leaves most of the line for the text.
        let beside = widest + 5;
        let indent = if beside * 2 <= self.options.width { beside } else { 4 };
        for (position, row) in table.rows.iter().enumerate() {
            if position > 0 {
                self.out.push('\n');
            }
            let mut cells = row.iter();
            if let Some(heading) = cells.next() {
                let tone = if cell_tone(heading) == Tone::Code { Tone::Code } else { Tone::Strong };
                self.paragraph(0, tone, &joined(heading));
            }
            for (title, cell) in titles.iter().zip(cells) {
                let label = self.styled(Tone::Muted, title).into_owned();
                let gap = " ".repeat(indent.saturating_sub(width(title)).saturating_sub(2));
                let first = if indent == beside {
                    format!("  {label}{gap}")
                } else {
                    self.paragraph(2, Tone::Muted, title);
                    " ".repeat(indent)
                };
                self.stacked_cell(&first, indent, cell);
            }
        }
    }

    fn stacked_cell(&mut self, first: &str, indent: usize, cell: &Cell<'_>) {
        let tone = cell_tone(cell);
        let wrapped = Wrapped::new(cell, self.options.width.saturating_sub(indent));
        for (position, (lead, text)) in wrapped.lines().enumerate() {
            let before = if position == 0 { Cow::Borrowed(first) } else { Cow::Owned(" ".repeat(indent)) };
            let text = format!("{before}{}", self.styled(tone, &format!("{lead}{text}")));
            self.line(&text);
        }
    }

    fn bars(&mut self, bars: &[Bar<'_>]) {
        let labels: Vec<String> = bars.iter().map(|bar| plain(&bar.label)).collect();
        let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
        let remarks: Vec<Cow<str>> = bars.iter().map(|bar| visible_line(&bar.remark)).collect();
        let remark = remarks.iter().map(|remark| width(remark)).max().unwrap_or(0);
        let beside = widest + remark + 4;
        let room = self.options.width.saturating_sub(beside);
        for ((bar, label), said) in bars.iter().zip(&labels).zip(&remarks) {
            if room < 5 {
                self.paragraph(0, Tone::Plain, &format!("{label}: {said}"));
                continue;
            }
            let length = room.min(BAR);
            let full = filled(bar.share, length);
            let (full, rest) = ("█".repeat(full), "░".repeat(length - full));
            let gap = " ".repeat(widest - width(label));
            let before = " ".repeat(remark - width(said));
            let text = format!("{label}{gap}  {full}{}  {before}{said}", self.styled(Tone::Muted, &rest));
            self.line(&text);
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&without_trailing_blanks(text));
        self.end_line();
    }

    fn styled<'t>(&self, tone: Tone, text: &'t str) -> Cow<'t, str> {
        let style = style(tone);
        if self.options.color && !style.is_plain() && !text.is_empty() {
            Cow::Owned(format!("{style}{text}{style:#}"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Strong => Style::new().effects(Effects::BOLD),
        Tone::Muted => Style::new().effects(Effects::DIMMED),
        Tone::Plain | Tone::Code | Tone::Link => Style::new(),
    }
}

/// A line without the blanks at its end, whether or not they have a style: with and without colour, the text is the same.
fn without_trailing_blanks(line: &str) -> Cow<'_, str> {
    const RESET: &str = "\x1b[0m";
    let line = line.trim_end();
    let Some(styled) = line.strip_suffix(RESET) else { return line.into() };
    let kept = styled.trim_end();
    match kept.rsplit_once('\x1b') {
        _ if kept.len() == styled.len() => line.into(),
        // Nothing but blanks had the style.
        Some((before, style)) if style.split_once('m').is_some_and(|(_, text)| text.is_empty()) => {
            without_trailing_blanks(before)
        }
        _ => format!("{kept}{RESET}").into(),
    }
}

/// Breaks a command into lines of this width. An option and its value stay together if they fit on one line.
fn command_lines(command: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = command.split(' ').peekable();
    while let Some(word) = words.next() {
        let pair = words.peek().filter(|_| word.starts_with('-')).map(|value| format!("{word} {value}"));
        let unit = match pair.filter(|pair| width(pair) <= room) {
            Some(pair) => {
                words.next();
                pair
            }
            None => word.to_owned(),
        };
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&unit) <= room => {
                line.extend([" ", &unit]);
            }
            _ => lines.extend(wrap(&unit, room).into_iter().map(str::to_owned)),
        }
    }
    lines
}

/// The number of filled cells of a bar: rounded, but only nothing is shown as empty and only the whole as full.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share from 0 to 1 of a bar of 30 cells"
)]
fn filled(share: f64, length: usize) -> usize {
    if share <= 0.0 {
        0
    } else if share >= 1.0 {
        length
    } else {
        ((share * length as f64).round() as usize).clamp(1, length.saturating_sub(1).max(1))
    }
}

/// The parts of a line as shown on screen, with their tones.
fn toned<'l>(line: &'l Line<'_>) -> Vec<(Tone, Cow<'l, str>)> {
    line.0.iter().map(|span| (span.tone, visible(&span.text))).collect()
}

/// Whether text with this tone is never broken: text to type must stay easy to copy.
fn is_whole(tone: Tone) -> bool {
    tone == Tone::Code
}

/// The widest word of a cell that is never broken.
fn whole_width(cell: &Cell<'_>) -> usize {
    let spans = cell.iter().flat_map(|line| &line.0).filter(|span| is_whole(span.tone));
    spans.flat_map(|span| span.text.split_whitespace()).map(width).max().unwrap_or(0)
}

/// A line without tones.
fn untoned<'l>(line: &'l Line<'_>) -> Cow<'l, str> {
    match line.0.as_slice() {
        [one] => visible(&one.text),
        several => Cow::Owned(several.iter().map(|span| visible(&span.text)).collect()),
    }
}

fn plain(line: &Line<'_>) -> String {
    line.0.iter().map(|span| visible_line(&span.text)).collect()
}

/// A cell on one line.
fn joined(cell: &Cell<'_>) -> String {
    let lines: Vec<String> = cell.iter().map(plain).collect();
    lines.join(" · ")
}

/// A wrapped cell. Several texts have bullets, and an empty cell is a dash. Lines are ranges, because a text may have a
/// million of them.
struct Wrapped<'c> {
    texts: Vec<(Cow<'c, str>, Vec<Range<usize>>)>,
}

impl<'c> Wrapped<'c> {
    fn new(cell: &'c Cell<'_>, room: usize) -> Self {
        if cell.is_empty() {
            return Self { texts: vec![(Cow::Borrowed(DASH), lines(DASH, room, &[]))] };
        }
        let room = if cell.len() > 1 { room.saturating_sub(BULLET.len()) } else { room };
        Self { texts: cell.iter().map(|line| Self::text(line, room)).collect() }
    }

    fn text(line: &'c Line<'_>, room: usize) -> (Cow<'c, str>, Vec<Range<usize>>) {
        let text = untoned(line);
        let mut whole: Vec<Range<usize>> = Vec::new();
        if line.0.iter().any(|span| is_whole(span.tone)) {
            let mut start = 0;
            for (tone, part) in toned(line) {
                let end = start + part.len();
                if is_whole(tone) {
                    whole.push(start..end);
                }
                start = end;
            }
        }
        let lines = lines(&text, room, &whole);
        (text, lines)
    }

    /// All lines as one text.
    fn joined(&self) -> String {
        let room = self.lines().map(|(lead, line)| lead.len() + line.len() + 1).sum();
        let mut text = String::with_capacity(room);
        for (position, (lead, line)) in self.lines().enumerate() {
            if position > 0 {
                text.push('\n');
            }
            text.extend([lead, line]);
        }
        text
    }

    /// Each line, with the bullet or the spaces before it.
    fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let is_list = self.texts.len() > 1;
        self.texts.iter().flat_map(move |(text, lines)| {
            lines.iter().enumerate().map(move |(position, line)| {
                let lead = match (is_list, position) {
                    (false, _) => "",
                    (true, 0) => "• ",
                    (true, _) => BULLET,
                };
                (lead, text.get(line.clone()).unwrap_or_default())
            })
        })
    }
}

/// The common tone of all parts of a cell, if there is one.
fn cell_tone(cell: &Cell<'_>) -> Tone {
    let mut tones = cell.iter().flat_map(|line| &line.0).map(|span| span.tone);
    let Some(first) = tones.next() else { return Tone::Muted };
    if tones.all(|tone| tone == first) { first } else { Tone::Plain }
}

/// The column widths of each table, or `None` for a stacked one. Tables with the same title in the first column are
/// aligned: they share the width of the first column and the total width, and are stacked together.
fn grids(doc: &Doc<'_>, page: usize) -> Vec<Option<Vec<usize>>> {
    let tables: Vec<&Table<'_>> = doc
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let places: Vec<(usize, usize)> = tables
        .iter()
        .map(|table| {
            let name = table.head.first().map(plain).unwrap_or_default();
            let place = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
                groups.push(Group { name, ..Group::default() });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(place) {
                group.add(table);
            }
            (place, table.head.len().saturating_sub(1))
        })
        .collect();
    let laid_out: Vec<Option<Vec<Vec<usize>>>> = groups.iter().map(|group| group.lay_out(page)).collect();
    places
        .into_iter()
        .map(|(place, columns)| {
            let shapes = laid_out.get(place)?.as_ref()?;
            shapes.iter().find(|shape| shape.len() == columns + 1).cloned()
        })
        .collect()
}

/// A group of aligned tables.
#[derive(Default)]
struct Group {
    name: String,
    /// The natural width of the first column.
    first: usize,
    /// The natural widths of the other columns, by the number of columns.
    shapes: Vec<Vec<usize>>,
    /// The minimum widths of all columns, including the first.
    least: Vec<usize>,
    /// The most line breaks in a text.
    tallest: usize,
}

impl Group {
    fn add(&mut self, table: &Table<'_>) {
        let mut natural: Vec<usize> = table.head.iter().map(|title| width(&plain(title))).collect();
        for row in &table.rows {
            for (most, cell) in natural.iter_mut().zip(row) {
                *most = (*most).max(natural_width(cell));
            }
            let spans = row.iter().flatten().flat_map(|line| &line.0);
            let breaks = spans.map(|span| span.text.bytes().filter(|byte| *byte == b'\n').count()).max();
            self.tallest = self.tallest.max(breaks.unwrap_or(0));
        }
        self.least.resize(self.least.len().max(table.head.len()), 0);
        for row in &table.rows {
            for (most, cell) in self.least.iter_mut().zip(row) {
                *most = (*most).max(whole_width(cell));
            }
        }
        let mut natural = natural.into_iter();
        self.first = self.first.max(natural.next().unwrap_or(0));
        let others: Vec<usize> = natural.collect();
        match self.shapes.iter_mut().find(|shape| shape.len() == others.len()) {
            Some(shape) => shape.iter_mut().zip(others).for_each(|(most, other)| *most = (*most).max(other)),
            None => self.shapes.push(others),
        }
    }

    /// The widths of all columns, by the number of columns; `None` if the tables should be stacked.
    fn lay_out(&self, page: usize) -> Option<Vec<Vec<usize>>> {
        let most = self.shapes.iter().map(Vec::len).max().unwrap_or(0);
        if most > MOST_COLUMNS || self.tallest > TALLEST {
            return None;
        }
        let room = |columns: usize| page.checked_sub((columns + 1) * COLUMN_EXTRA + 1);
        let all_fits = self.shapes.iter().all(|shape| room(shape.len()) >= Some(self.first + sum(shape)));
        // The first column takes at most a quarter of the width, so that the text has the rest.
        let first = if all_fits { self.first } else { self.first.min(room(most)?.checked_div(4)?.max(12)) };
        let mut laid_out = Vec::new();
        for shape in &self.shapes {
            let given = share_out(room(shape.len())?.checked_sub(first)?, shape);
            let squeezed = |(wanted, given): (&usize, &usize)| given < wanted && *given < NARROWEST_COLUMN;
            let widths: Vec<usize> = std::iter::once(first).chain(given.iter().copied()).collect();
            let breaks = |(given, least): (&usize, &usize)| given < least;
            if shape.iter().zip(&given).any(squeezed) || widths.iter().zip(&self.least).any(breaks) {
                return None;
            }
            laid_out.push(widths);
        }
        let whole = |columns: &[usize]| sum(columns) + columns.len() * COLUMN_EXTRA;
        let widest = laid_out.iter().map(|columns| whole(columns)).max().unwrap_or(0);
        for columns in &mut laid_out {
            let missing = widest - whole(columns);
            if let Some(last) = columns.last_mut() {
                *last += missing;
            }
        }
        Some(laid_out)
    }
}

/// The width of a cell that is not wrapped.
fn natural_width(cell: &Cell<'_>) -> usize {
    let bullet = if cell.len() > 1 { 2 } else { 0 };
    let widest = cell.iter().filter_map(|line| untoned(line).split('\n').map(width).max()).max().unwrap_or(1);
    widest + bullet
}

/// Gives each column its natural width, or an equal share of what smaller columns leave.
fn share_out(room: usize, wanted: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_cached_key(|column| wanted.get(*column));
    let mut given = vec![0; wanted.len()];
    let mut left = room;
    for (served, column) in order.into_iter().enumerate() {
        let waiting = wanted.len() - served;
        let fair = left.checked_div(waiting).unwrap_or(left);
        if let (Some(wanted), Some(given)) = (wanted.get(column), given.get_mut(column)) {
            *given = fair.min(*wanted);
            left -= *given;
        }
    }
    given
}

fn sum(widths: &[usize]) -> usize {
    widths.iter().sum()
}
