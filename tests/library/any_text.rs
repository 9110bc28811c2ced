//! Tests that formats for people show any text of a dataset unchanged, read back by an independent parser if there is
//! one.

use proptest::prelude::*;
use proptest::sample::select;
use rolebook::doc::{Bar, Block, Doc, Line, Mark, Table, Tone};
use rolebook::render::{Format, Fragment, TerminalOptions, render, render_fragment};
use rolebook::text::{visible, visible_line};
use unicode_width::UnicodeWidthStr;

use crate::support::matrix;
use crate::support::plain_report::PlainReport;
use crate::support::read_back::{read_back, text_on_github};

/// Strings with a meaning in Markdown or a terminal, or of unusual width.
const NASTY: &[&str] = &[
    "|",
    "\\",
    "\\|",
    "`",
    "``",
    "```",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<br>",
    "&",
    "&amp;",
    "&#32;",
    "&lt",
    "#",
    "## ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "1.",
    "12) ",
    "- ",
    "-",
    "+ ",
    "=",
    "===",
    "---",
    "> ",
    "$",
    "$x$",
    "[",
    "]",
    "[x](y)",
    "![x](y)",
    "[^1]",
    "[ ] ",
    "[x]: y",
    "<http://a.b>",
    "a@b.c",
    ":",
    ": ",
    "!",
    "(",
    ")",
    "\"",
    "^",
    "{",
    "}",
    "{/*",
    "*/}",
    "</T>",
    "<T a={",
    "import x",
    "export y",
    "https://a.b/{c}_(d",
    "%",
    "👩‍👩‍👧",
    "🇪🇸",
    "☁\u{fe0f}",
    "\u{fe0f}",
    "\u{200d}",
    "é",
    "e\u{301}",
    "\u{301}",
    "日本",
    "שלום",
    "لا",
    "لا لا لا لا لا لا لا لا لا لا لا لا",
    "soft\u{ad}hyphen soft\u{ad}hyphen",
    "\u{2060}",
    "ل",
    "ا",
    "\u{202e}",
    "\u{200f}",
    "\u{feff}",
    "\u{1b}[31m",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2003}",
    "\u{2028}",
    "\u{200b}",
    "\u{3000}",
    "word",
    "a",
    "B",
    "1",
    "long-words-go-on-and-on-and-on-without-any-blank",
];

pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(NASTY).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z]{1,8}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn markdown(doc: Doc<'static>) -> String {
    render(&PlainReport(doc), Format::Markdown, TerminalOptions { width: 80, color: false })
}

fn plain(text: &str) -> Line<'static> {
    Line::from(text.to_owned())
}

fn cell(texts: &[&str]) -> Vec<Line<'static>> {
    texts.iter().map(|text| plain(text)).collect()
}

/// Neither part means anything; side by side, where no mark comes between, they would.
#[test]
fn two_parts_make_nothing_together() {
    for (one, two) in [("1", "2. x"), ("1", ") x"), ("&", "#65;x"), ("&", "amp;x")] {
        let line = plain(one).and(Tone::Muted, two).and(Tone::Plain, "y");
        let mut doc = Doc::new("Title");
        doc.paragraph(line.clone());
        doc.table(Table { head: cell(&["A"]), rows: vec![vec![vec![line]]] });
        let expected = format!("h1(Title)p({one}{two}y)table(head(cell(A))row(cell({one}{two}y)))");
        assert_eq!(read_back(&markdown(doc)), expected);
    }
}

/// Text that a paragraph of its own can hold: not empty, and not one line break alone, which is a block of HTML.
pub(crate) fn paragraph_text() -> impl Strategy<Value = String> {
    any_text().prop_filter("a paragraph has text", |text| !matches!(&*visible(text), "" | "\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn headings_and_paragraphs_come_back(title in any_text(), heading in any_text(), text in paragraph_text()) {
        let mut doc = Doc::new(title.clone());
        doc.heading(2, heading.clone());
        doc.paragraph(text.clone());
        let markdown = markdown(doc);
        let expected = format!("h1({})h2({})p({})", visible(&title), visible(&heading), visible(&text));
        prop_assert_eq!(read_back(&markdown), expected, "{}", markdown);
    }

    #[test]
    fn list_items_come_back(one in paragraph_text(), two in paragraph_text()) {
        let mut doc = Doc::new("Title");
        doc.push(Block::List(vec![plain(&one), plain(&two)]));
        let markdown = markdown(doc);
        let expected = format!("h1(Title)ul(li({})li({}))", visible(&one), visible(&two));
        prop_assert_eq!(read_back(&markdown), expected, "{}", markdown);
    }

    #[test]
    fn cells_come_back(head in any_text(), one in any_text(), two in any_text(), three in any_text()) {
        let mut doc = Doc::new("Title");
        doc.table(Table {
            head: vec![plain(&head), plain("B")],
            rows: vec![vec![cell(&[&one]), cell(&[&two, &three])], vec![cell(&[]), cell(&[&one])]],
        });
        let markdown = markdown(doc);
        let [head, one, two, three] = [&head, &one, &two, &three].map(|text| visible(text));
        let expected = format!(
            "h1(Title)table(head(cell({head})cell(B))row(cell({one})cell({two}\n{three}))row(cell(—)cell({one})))",
        );
        prop_assert_eq!(read_back(&markdown), expected, "{}", markdown);
    }

    #[test]
    fn stacked_cells_come_back(name in paragraph_text(), head in paragraph_text(), one in any_text(), two in any_text()) {
        let mut doc = Doc::new("Title");
        let titles = ["Name", &head, "C", "D", "E", "F"];
        doc.table(Table {
            head: cell(&titles),
            rows: vec![vec![
                cell(&[&name]), cell(&[&one]), cell(&[&one, &two]), cell(&[]), cell(&["x"]), cell(&["y"]),
            ]],
        });
        let markdown = markdown(doc);
        let [name, head, one, two] = [&name, &head, &one, &two].map(|text| visible(text));
        let first = if one.is_empty() { String::new() } else { format!(" {one}") };
        let expected = format!(
            "h1(Title)ul(li({name}ul(li({head}:{first})li(C: {one}\n{two})li(D: —)li(E: x)li(F: y))))",
        );
        prop_assert_eq!(read_back(&markdown), expected, "{}", markdown);
    }

    #[test]
    fn marked_text_comes_back(before in any_text(), tone in tones(), text in any_text(), after in any_text()) {
        let line = Line::toned(Tone::Plain, before.clone()).and(tone, text.clone()).and(Tone::Plain, after.clone());
        let expected = [visible(&before), shown(tone, &text), visible(&after)].concat();
        // If the text between is empty, the neighbours join, and CR and LF become one line break.
        let is_one = text.is_empty() && before.ends_with('\r') && after.starts_with('\n');
        prop_assume!(!is_one && !matches!(expected.as_str(), "" | "\n"));
        let mut doc = Doc::new("Title");
        doc.paragraph(line.clone());
        doc.table(Table { head: cell(&["A"]), rows: vec![vec![vec![line]]] });
        let markdown = markdown(doc);
        // Where a mark would be none, beside a letter for instance, the text stands without it.
        let marks = ["strong(", "em(", "code("];
        let bare = |text: String| one_blank(&marks.iter().fold(text, |rest, mark| rest.replace(mark, "")).replace(')', ""));
        let read = read_back(&markdown);
        let texts: Vec<String> = ["p(", "row(cell("]
            .iter()
            .filter_map(|start| read.split_once(start))
            .map(|(_, rest)| bare(rest.to_owned()))
            .collect();
        let expected = bare(expected);
        prop_assert!(texts.len() == 2 && texts[0].starts_with(&expected) && texts[1] == expected, "{}\n{:?}\n{:?}", markdown, expected, texts);
    }

    #[test]
    fn marks_are_made_between_words(tone in tones(), text in "[a-z]{1,3}", tail in paragraph_text()) {
        let text = format!("{text}{tail}{text}");
        let line = Line::from("before ").and(tone, text.clone()).and(Tone::Plain, " after");
        let mut doc = Doc::new("Title");
        doc.paragraph(line);
        let markdown = markdown(doc);
        let name = match tone { Tone::Strong => "strong", Tone::Muted => "em", _ => "code" };
        let expected = format!("h1(Title)p(before {name}({}) after)", shown(tone, &text));
        prop_assert_eq!(read_back(&markdown), expected, "{}", markdown);
    }

    #[test]
    fn no_line_of_a_table_is_too_wide_and_no_text_is_lost(
        texts in proptest::collection::vec(any_text(), 12),
        columns in 2..7_usize,
        width in 20..=200_usize,
        color in any::<bool>(),
    ) {
        let text = |place: usize| texts[place % texts.len()].as_str();
        let mut doc = Doc::new(text(0).to_owned());
        doc.aside = Some(text(1).to_owned().into());
        doc.heading(2, text(2).to_owned());
        doc.paragraph(plain(text(3)).and(Tone::Strong, text(4).to_owned()).and(Tone::Muted, text(5).to_owned()));
        doc.push(Block::List(vec![plain(text(6)), plain(text(7))]));
        let row = |from: usize| (0..columns).map(|column| cell(&[text(from + column), text(from + column + 1)])).collect();
        doc.table(Table { head: (0..columns).map(|column| plain(text(column))).collect(), rows: vec![row(3), row(8)] });
        doc.push(Block::Bars(vec![Bar { label: plain(text(8)), share: 0.5, remark: text(9).to_owned().into() }]));
        doc.push(Block::Commands(vec![text(10).to_owned().into()]));
        doc.push(Block::Columns(Table { head: vec![plain(text(1)), plain(text(2))], rows: vec![vec![cell(&[text(3)]), cell(&[text(4)])]] }));
        doc.push(Block::Matrix(matrix([text(5), text(6), text(7), text(8)])));
        let page = PlainReport(doc.clone());
        let table = render(&page, Format::Table, TerminalOptions { width, color: false });
        for line in table.lines() {
            prop_assert!(line.width() <= width, "{} > {width}: {line:?}\n{table}", line.width());
        }
        let mut shown: Vec<char> = table.chars().collect();
        shown.sort_unstable();
        for line in lines(&doc) {
            let text: String = line.0.iter().map(|span| visible(&span.text)).collect();
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                prop_assert!(shown.binary_search(&c).is_ok(), "{c:?} is lost\n{table}");
            }
        }
        let styled = render(&page, Format::Table, TerminalOptions { width, color });
        prop_assert_eq!(anstream::adapter::strip_str(&styled).to_string(), table);
    }
}

fn paragraph(line: Line<'static>) -> String {
    let mut doc = Doc::new("Title");
    doc.paragraph(line);
    markdown(doc).strip_prefix("# Title\n\n").expect("a title").trim_end_matches('\n').to_owned()
}

/// Escapes and formatting are as short as possible.
#[test]
fn markdown_is_what_a_person_would_write() {
    for (tone, text, written) in [
        (Tone::Plain, "C# in snake_case & more", "C# in snake_case & more"),
        (Tone::Plain, "_a_ &lt;", r"\_a\_ \&lt;"),
        (Tone::Link, "https://example.org/a_b*c", "<https://example.org/a_b*c>"),
        (Tone::Link, "javascript:a*b", r"javascript:a\*b"),
        (Tone::Code, "a", "`a`"),
        (Tone::Code, "a`b``c", "```a`b``c```"),
        (Tone::Code, "`", "`` ` ``"),
        (Tone::Code, " a ", "`  a  `"),
        (Tone::Code, " a", "` a`"),
        (Tone::Code, " ", "` `"),
    ] {
        assert_eq!(paragraph(Line::toned(tone, text)), written, "{tone:?} {text:?}");
    }
    let twice = Line::toned(Tone::Strong, "a").and(Tone::Strong, "b").and(Tone::Plain, " c");
    assert_eq!(paragraph(twice), "**ab** c");
    assert!(markdown(Doc::new("C#")).starts_with("# C\\#\n"));
    let mut commands = Doc::new("Title");
    commands.push(Block::Commands(vec!["a `````b".into(), "c".into()]));
    assert_eq!(markdown(commands), "# Title\n\n``````sh\na `````b\nc\n``````\n");
}

/// The columns of a table line up where formatters count as they do: a letter by itself, a grapheme of several as one.
#[test]
fn markdown_tables_line_up_as_formatters_have_them() {
    for (text, columns) in [
        ("abcd", 4),
        ("e\u{301}tude", 5),
        ("123\u{301}", 3),
        ("日本", 4),
        ("日\u{200d}a", 4),
        ("a\u{200b}bc", 4),
        ("👩‍👩‍👧 a", 4),
        ("🇪🇸 a", 4),
    ] {
        let mut doc = Doc::new("Title");
        doc.table(Table { head: vec![plain("A")], rows: vec![vec![cell(&[text])]] });
        let markdown = markdown(doc);
        let line = markdown.lines().find(|line| line.starts_with("| --")).expect("a line below the head");
        assert_eq!(line.len(), "|  |".len() + columns, "{text:?}\n{markdown}");
    }
}

/// A table that is too wide to be read as source is not padded, except in a block, which formatters would pad.
#[test]
fn padding_is_for_tables_that_are_read_as_source() {
    let table = |length: usize| {
        let mut doc = Doc::new("Title");
        let rows = vec![
            vec![cell(&["x"]), cell(&["a".repeat(length).as_str()])],
            vec![cell(&["long name"]), cell(&["b"])],
        ];
        doc.table(Table { head: vec![plain("A"), plain("B")], rows });
        doc
    };
    // Beside the text: the first column, three borders and four blanks.
    let longest = 120 - "long name".len() - 7;
    let padded = markdown(table(longest));
    assert!(padded.lines().skip(2).all(|line| line.len() == 120), "{padded}");
    let wide = markdown(table(longest + 1));
    let a = "a".repeat(longest + 1);
    assert_eq!(wide, format!("# Title\n\n| A | B |\n| --- | --- |\n| x | {a} |\n| long name | b |\n"));
    let block = render_fragment(&PlainReport(table(longest + 1)), Fragment::Markdown, 2);
    assert!(block.lines().all(|line| line.len() == 121), "{block}");
}

/// Lists in a row would be taken for one with gaps.
#[test]
fn stacked_tables_in_a_row_are_one_list() {
    let row = |name: &str| {
        vec![cell(&[name]), cell(&["b"]), cell(&["c"]), cell(&["d"]), cell(&["e"]), cell(&["f"])]
    };
    let table = |name: &str| Table { head: cell(&["A", "B", "C", "D", "E", "F"]), rows: vec![row(name)] };
    let mut doc = Doc::new("Title");
    doc.paragraph("Before");
    doc.table(table("one"));
    doc.table(table("two"));
    doc.paragraph("After");
    let item = |name: &str| format!("- {name}\n  - B: b\n  - C: c\n  - D: d\n  - E: e\n  - F: f\n");
    assert_eq!(markdown(doc), format!("# Title\n\nBefore\n\n{}{}\nAfter\n", item("one"), item("two")));
}

/// Four columns stand beside the one that names the row, on any page that is wide enough; five nowhere.
#[test]
fn five_columns_are_stacked_in_every_format() {
    for (columns, is_stacked) in [(4, false), (5, true)] {
        let titles = &["Name", "B", "C", "D", "E", "F"][..=columns];
        let mut doc = Doc::new("Title");
        doc.table(Table {
            head: cell(titles),
            rows: vec![titles.iter().map(|title| cell(&[title])).collect()],
        });
        let page =
            |format| render(&PlainReport(doc.clone()), format, TerminalOptions { width: 200, color: false });
        assert_eq!(page(Format::Table).contains("│ Name"), !is_stacked, "{columns}");
        assert_eq!(page(Format::Markdown).contains("| Name"), !is_stacked, "{columns}");
        assert_eq!(page(Format::Html).contains("<table"), !is_stacked, "{columns}");
    }
}

/// A column may be narrower than its text as long as there is room to read it.
#[test]
fn a_table_is_stacked_where_a_column_would_be_too_narrow() {
    let mut doc = Doc::new("Title");
    let words = "word ".repeat(20);
    doc.table(Table {
        head: cell(&["Name", "Words"]),
        rows: vec![vec![cell(&["a"]), cell(&[words.trim()])]],
    });
    let shows =
        |width| render(&PlainReport(doc.clone()), Format::Table, TerminalOptions { width, color: false });
    // Three borders and two blanks in each column, four letters in the first.
    let narrowest = 7 + 4 + 20;
    assert!(shows(narrowest).contains("│ Name │ Words"), "{}", shows(narrowest));
    assert!(!shows(narrowest - 1).contains('│'), "{}", shows(narrowest - 1));
}

/// The lines of a text stay apart in a cell, an empty one at its beginning too.
#[test]
fn a_cell_keeps_the_lines_of_its_text() {
    let mut doc = Doc::new("Title");
    doc.table(Table { head: cell(&["A", "B"]), rows: vec![vec![cell(&["a"]), cell(&["\none\n\ntwo"])]] });
    let page = render(&PlainReport(doc), Format::Table, TerminalOptions { width: 80, color: false });
    let lines: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("├")).skip(1).collect();
    assert_eq!(lines, ["│ a │     │", "│   │ one │", "│   │     │", "│   │ two │", "└───┴─────┘"], "{page}");
}

/// Only nothing is an empty bar, and only the whole is a full one.
#[test]
fn a_bar_shows_that_something_is_missing() {
    let cells = |share, width| {
        let mut doc = Doc::new("Title");
        doc.push(Block::Bars(vec![Bar { label: plain("a"), share, remark: "x".into() }]));
        let page = render(&PlainReport(doc), Format::Table, TerminalOptions { width, color: false });
        let bar = page.lines().last().expect("a bar").to_owned();
        (bar.matches('█').count(), bar.matches('░').count())
    };
    for width in [20, 25, 80] {
        for share in [0.001, 0.01, 0.5, 0.99, 0.999] {
            let (full, rest) = cells(share, width);
            assert!(full > 0 && rest > 0, "{share} in {width}: {full} and {rest}");
        }
        assert_eq!(cells(0.0, width).0, 0);
        assert_eq!(cells(1.0, width).1, 0);
    }
}

#[test]
fn a_bar_needs_room() {
    let mut doc = Doc::new("Title");
    doc.push(Block::Bars(vec![Bar { label: plain("abcdefg"), share: 0.4, remark: "40 %".into() }]));
    let shows =
        |width| render(&PlainReport(doc.clone()), Format::Table, TerminalOptions { width, color: false });
    assert!(shows(20).ends_with("\nabcdefg  ██░░░  40 %\n"), "{}", shows(20));
    assert!(shows(19).ends_with("\nabcdefg: 40 %\n"), "{}", shows(19));
}

/// A cell has the colour of its parts where they have one in common.
#[test]
fn a_cell_has_one_tone() {
    let row = |tones: [Tone; 2]| vec![cell(&["a"]), tones.map(|tone| Line::toned(tone, "text")).to_vec()];
    let mut doc = Doc::new("Title");
    let tones = [[Tone::Strong, Tone::Strong], [Tone::Strong, Tone::Plain], [Tone::Plain, Tone::Strong]];
    doc.table(Table { head: cell(&["A", "B"]), rows: tones.map(row).to_vec() });
    let page = render(&PlainReport(doc), Format::Table, TerminalOptions { width: 80, color: true });
    let cells = page.lines().filter(|line| line.contains("text")).filter_map(|line| line.rsplit('│').nth(1));
    let is_bold: Vec<bool> = cells.map(|cell| cell.contains("\x1b[1m")).collect();
    assert_eq!(is_bold, [true, true, false, false, false, false], "{page}");
}

/// Runs of blanks as one: where two parts of a line meet, blanks may.
fn one_blank(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn tones() -> impl Strategy<Value = Tone> {
    select(&[Tone::Strong, Tone::Muted, Tone::Code][..])
}

/// The text as it is shown in this tone: code has one line.
fn shown(tone: Tone, text: &str) -> std::borrow::Cow<'_, str> {
    if tone == Tone::Code { visible_line(text) } else { visible(text) }
}

/// Every line of a document.
fn lines(doc: &Doc<'static>) -> Vec<Line<'static>> {
    let blocks = doc.blocks.iter().flat_map(|block| match block {
        Block::Heading(_, line) | Block::Paragraph(line) => vec![line.clone()],
        Block::List(items) => items.clone(),
        Block::Matrix(matrix) => {
            let marks = |marks: &[Option<Mark<'static>>]| -> Vec<Line<'static>> {
                marks.iter().flatten().map(|mark| plain(&mark.words())).collect()
            };
            let columns = std::iter::once(&matrix.corner).chain(&matrix.columns).map(|text| plain(text));
            let rows = matrix.rows.iter().flat_map(|(title, row)| [vec![title.clone()], marks(row)].concat());
            columns.chain(rows).collect()
        }
        Block::Table(table) | Block::Columns(table) => {
            table.head.iter().chain(table.rows.iter().flatten().flatten()).cloned().collect()
        }
        Block::Bars(bars) => bars.iter().flat_map(|bar| [bar.label.clone(), plain(&bar.remark)]).collect(),
        Block::Commands(commands) => commands.iter().map(|command| plain(command)).collect(),
    });
    let aside = doc.aside.iter().map(|aside| plain(aside));
    std::iter::once(doc.title.clone()).chain(aside).chain(blocks).collect()
}

/// Addresses and what may stand around them.
const ADDRESSES: &[&str] = &[
    "https://e.com/?a=1&b=2",
    "http://e.com/~ann",
    "https://e.com/a_b_",
    "https://e.com/*x*",
    "https://e.com/[x]",
    "www.example.com/a_b",
    "ann@example.com",
    "https://e.com/<img src=x onerror=alert(1)>",
    "ftp://e.com/x",
    "https://e.com/a|b",
    "https://e.com/?a&amp;b",
    "https://",
    "http://é.com/ü",
    "(",
    ")",
    ".",
    ",",
    " ",
    "_",
    "*",
    "`",
    "<",
    ">",
    "x",
    "\\",
    "&copy;",
    "!",
    "https://e.com/(a)",
    "\n",
];

proptest! {
    /// What GitHub shows of an address is that address, and nothing of what follows is lost or becomes HTML.
    #[test]
    fn addresses_survive_on_github(parts in prop::collection::vec(select(ADDRESSES), 1..8)) {
        let text: String = parts.concat();
        let wanted: String = visible(&text).chars().filter(|c| !c.is_whitespace()).collect();
        let mut doc = Doc::new("T");
        doc.paragraph(text.clone());
        doc.table(Table { head: vec!["A".into(), "B".into()], rows: vec![vec![vec!["x".into()], vec![text.clone().into()]]] });
        let page = render(&PlainReport(doc), Format::Markdown, TerminalOptions::default());
        let shown: String = text_on_github(&page).chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(shown, format!("T{wanted}ABx{wanted}"), "{}", page);
    }
}
