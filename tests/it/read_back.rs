//! Markdown as an independent parser reads it. The fuzz targets share this file.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What the Markdown is to a reader of GitHub's dialect, with its structure in brackets: `p(…)`, `ul(li(…))`.
pub(crate) fn read_back(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(tag) => {
                out.push_str(match tag {
                    Tag::Paragraph => "p",
                    Tag::Heading { level, .. } => ["h1", "h2", "h3", "h4", "h5", "h6"][level as usize - 1],
                    Tag::List(None) => "ul",
                    Tag::Item => "li",
                    Tag::Table(_) => "table",
                    Tag::TableHead => "head",
                    Tag::TableRow => "row",
                    Tag::TableCell => "cell",
                    Tag::Strong => "strong",
                    Tag::Emphasis => "em",
                    other => panic!("{other:?} has appeared in\n{markdown}"),
                });
                out.push('(');
            }
            Event::End(TagEnd::HtmlBlock) => {}
            Event::End(_) => out.push(')'),
            Event::Text(text) => out.push_str(&text),
            Event::Code(text) => out.extend(["code(", &*text, ")"]),
            Event::InlineHtml(tag) if &*tag == "<br>" => out.push('\n'),
            Event::InlineHtml(tag) if &*tag == "<code>" => out.push_str("code("),
            Event::InlineHtml(tag) if &*tag == "</code>" => out.push(')'),
            other => panic!("{other:?} has appeared in\n{markdown}"),
        }
    }
    out
}
