//! Reads Markdown with an independent parser. Shared with the fuzz targets.

use comrak::nodes::NodeValue;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// What the Markdown is to a reader of GitHub's dialect, with its structure in brackets: `p(…)`, `ul(li(…))`.
pub(crate) fn read_back(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let (mut out, mut leads_to) = (String::new(), None);
    for event in Parser::new_ext(markdown, options) {
        match event {
            // A web address is a link to itself: its text says where it leads.
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) => {
                leads_to = Some(dest_url);
            }
            Event::End(TagEnd::Link) => leads_to = None,
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
            Event::Text(text) => {
                assert!(leads_to.as_ref().is_none_or(|url| *url == text), "{leads_to:?} in\n{markdown}");
                out.push_str(&text);
            }
            Event::Code(text) => out.extend(["code(", &*text, ")"]),
            Event::InlineHtml(tag) if &*tag == "<br>" => out.push('\n'),
            Event::InlineHtml(tag) if &*tag == "<code>" => out.push_str("code("),
            Event::InlineHtml(tag) if &*tag == "</code>" => out.push(')'),
            other => panic!("{other:?} has appeared in\n{markdown}"),
        }
    }
    out
}

/// The text of a page as GitHub shows it, which makes links of bare addresses. Every link leads to what it says.
pub(crate) fn text_on_github(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut out = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::Link(link) => {
                let text: String = node.descendants().filter_map(text_of).collect();
                let leads_there = [text.clone(), format!("mailto:{text}"), format!("http://{text}")];
                assert!(leads_there.contains(&link.url), "{:?} leads to {:?} in\n{markdown}", text, link.url);
            }
            NodeValue::HtmlInline(tag) => assert_eq!(tag, "<br>", "{markdown}"),
            NodeValue::HtmlBlock(html) => panic!("{} has appeared in\n{markdown}", html.literal),
            _ => {}
        }
    }
    out
}

fn text_of<'a>(node: &'a comrak::nodes::AstNode<'a>) -> Option<String> {
    match &node.data.borrow().value {
        NodeValue::Text(text) => Some(text.to_string()),
        _ => None,
    }
}
