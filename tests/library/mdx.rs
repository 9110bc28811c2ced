//! MDX shows the text of a dataset and nothing else: read back by a parser that knows MDX.

use markdown::mdast::Node;
use proptest::prelude::*;
use rolebook::doc::{Bar, Block, Doc, Line, Table, Tone};
use rolebook::render::{Fragment, render_fragment};
use rolebook::text::{visible, visible_line};

use super::any_text::{any_text, paragraph_text};
use crate::support::matrix;
use crate::support::mdx::parsed;
use crate::support::plain_report::PlainReport;

/// The texts of a page, one for each paragraph, heading and cell, with code, links and line breaks as what they show.
fn texts(node: &Node, out: &mut Vec<String>) {
    let is_text = matches!(node, Node::Paragraph(_) | Node::Heading(_) | Node::TableCell(_));
    if is_text {
        out.push(inline(node));
        return;
    }
    match node {
        // Line breaks alone, which are a paragraph elsewhere.
        Node::MdxJsxFlowElement(tag) if tag.name.as_deref() == Some("br") => {
            return out.push("\n".to_owned());
        }
        Node::Code(code) => out.extend(code.value.lines().map(str::to_owned)),
        Node::Root(_) | Node::List(_) | Node::ListItem(_) | Node::Table(_) | Node::TableRow(_) => {}
        other => panic!("{other:?} has appeared"),
    }
    node.children().into_iter().flatten().for_each(|child| texts(child, out));
}

fn inline(node: &Node) -> String {
    let all = || node.children().into_iter().flatten().map(inline).collect::<String>();
    match node {
        Node::Text(text) => text.value.clone(),
        Node::InlineCode(code) => code.value.clone(),
        Node::Link(link) => {
            let shown = all();
            let targets = [shown.clone(), format!("mailto:{shown}"), format!("http://{shown}")];
            assert!(targets.contains(&link.url), "{shown:?} leads to {:?}", link.url);
            shown
        }
        Node::MdxJsxTextElement(tag) if tag.name.as_deref() == Some("br") => "\n".to_owned(),
        Node::MdxJsxTextElement(tag) if tag.name.as_deref() == Some("code") => all(),
        Node::Paragraph(_) | Node::Heading(_) | Node::TableCell(_) | Node::Strong(_) | Node::Emphasis(_) => {
            all()
        }
        other => panic!("{other:?} has appeared"),
    }
}

fn mdx(blocks: Vec<Block<'static>>) -> String {
    let mut doc = Doc::new("Title");
    doc.blocks = blocks;
    render_fragment(&PlainReport(doc), Fragment::Mdx, 2)
}

fn plain(text: &str) -> Line<'static> {
    Line::from(text.to_owned())
}

/// Spaces may be lost where formatters would take them, and marks may be dropped beside letters.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn what_mdx_would_run_or_refuse_is_text() {
    for (text, written) in [
        ("a {b} c", r"a \{b\} c"),
        ("a < b <T>", r"a \< b \<T>"),
        ("see https://e.com/a_{b}(", r"see [https://e.com/a\_\{b\}(](https://e.com/a_\{b\}\()"),
        ("import x from 'y'", "&#105;mport x from 'y'"),
        ("export default x", "&#101;xport default x"),
        ("imports", "imports"),
        ("<!-- x -->", r"\<!-- x -->"),
        ("one\ntwo", "one<br/>two"),
        ("{/* x */}", r"\{/\* x \*/\}"),
    ] {
        assert_eq!(mdx(vec![Block::Paragraph(plain(text))]), format!("{written}\n"));
    }
    let cell = vec![Line::toned(Tone::Code, "a|b"), plain("https://e.com/a|b")];
    let table = Table { head: vec![plain("A")], rows: vec![vec![cell]] };
    let row = r"| <code>a\|b</code><br/>[https://e.com/a](https://e.com/a)\|b |";
    assert!(mdx(vec![Block::Table(table)]).ends_with(&format!("{row}\n")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_mdx(
        heading in any_text(),
        paragraph in paragraph_text().prop_filter("tags alone are no paragraph", |text| !text.trim().is_empty()),
        tone in prop::sample::select(vec![Tone::Plain, Tone::Strong, Tone::Muted, Tone::Code, Tone::Link]),
        marked in "[a-z]{1,3}".prop_flat_map(|word| any_text().prop_map(move |text| format!("{word}{text}{word}"))),
        cells in prop::collection::vec(any_text(), 4),
        command in "[a-z]{1,3}",
        columns in 2..7_usize,
    ) {
        let line = plain("before ").and(tone, marked.clone()).and(Tone::Plain, " after");
        let row = |from: usize| (0..columns).map(|at| vec![plain(&cells[(from + at) % 4]), line.clone()]).collect();
        let head = (0..columns).map(|at| plain(&format!("h{at}{heading}"))).collect();
        let page = mdx(vec![
            Block::Heading(2, plain(&heading)),
            Block::Paragraph(plain(&paragraph)),
            Block::Paragraph(line.clone()),
            Block::List(vec![plain(&paragraph), line.clone()]),
            Block::Table(Table { head, rows: vec![row(0), row(1)] }),
            Block::Bars(vec![Bar { label: line.clone(), share: 0.5, remark: cells[0].clone().into() }]),
            Block::Matrix(matrix(["c", &cells[0], &cells[1], "m"])),
            Block::Commands(vec![command.clone().into()]),
        ]);
        let mut found = Vec::new();
        texts(&parsed(&page, true), &mut found);
        let shown = if tone == Tone::Code { visible_line(&marked) } else { visible(&marked) };
        let line = letters(&format!("before {shown} after"));
        let [heading, paragraph] = [&heading, &paragraph].map(|text| letters(&visible(text)));
        let found: Vec<String> = found.iter().map(|text| letters(text)).collect();
        prop_assert_eq!(&found[..5], &[heading, paragraph.clone(), line.clone(), paragraph, line.clone()], "{}", page);
        let rest = found[5..].concat();
        prop_assert!(rest.ends_with(&command), "{}", page);
        let bar = format!("{line}:{}", letters(&visible_line(&cells[0])));
        prop_assert!(found.contains(&bar), "{bar:?} {}", page);
        for cell in &cells[..columns.min(4)] {
            let cell = letters(&visible(cell));
            prop_assert!(rest.contains(&format!("{cell}{line}")), "{cell:?} {line:?} {}", page);
        }
        // Without GitHub's extensions a table is text, but still compiles.
        parsed(&page, false);
    }
}
