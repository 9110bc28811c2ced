//! Tests the HTML of each command: accessible pages, and an independent parser reads back any text.

use html5gum::{Token, Tokenizer};
use insta::assert_snapshot;
use proptest::prelude::*;
use rolebook::doc::{Bar, Block, Doc, Line, Table, Tone};
use rolebook::render::{Format, Fragment, TerminalOptions, render, render_fragment};
use rolebook::text::{visible, visible_line};

use crate::support::plain_report::PlainReport;
use crate::support::rolebook;

const REPORTS: [(&str, &str); 8] = [
    ("compare", "compare --section skills"),
    ("skills", "skills --kind soft"),
    ("move", "skills --from po --to pm --cite"),
    ("show", "show pm"),
    ("roles", "roles"),
    ("questions", "quiz --questions"),
    ("quiz", "quiz --answer technical-depth=build --answer people= --answer customer=boss"),
    ("export", "export"),
];

/// Elements that contain only text.
const TEXT_ELEMENTS: [&str; 14] =
    ["title", "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "th", "td", "dt", "dd", "pre"];
/// Elements that hold nothing and are not closed.
const VOID_ELEMENTS: [&str; 2] = ["meta", "br"];

#[test]
fn every_report_is_a_page() {
    for (name, arguments) in REPORTS {
        let page = rolebook(&format!("{arguments} -f html")).run().answer();
        let (before, rest) = page.split_once("<style>").expect("a style");
        let (_, after) = rest.split_once("</style>").expect("the end of the style");
        assert_snapshot!(name, format!("{before}<style>…</style>{after}"));
    }
}

#[test]
fn every_page_is_one_for_all_readers() {
    for (name, arguments) in REPORTS {
        let page = Parsed::of(&rolebook(&format!("{arguments} -f html")).run().answer());
        assert_eq!(page.attributes("html", "lang"), ["en"], "{name}");
        assert_eq!(page.count("h1"), 1, "{name}");
        assert_eq!(page.attributes("table", "aria-label").len(), page.count("table"), "{name}");
        assert_eq!(page.attributes("meter", "aria-label").len(), page.count("meter"), "{name}");
        assert_eq!(page.attributes("th", "scope").len(), page.count("th"), "{name}");
        let rows = page.attributes("th", "scope").iter().filter(|scope| **scope == "row").count();
        assert_eq!(rows, page.count("tr") - page.count("thead"), "{name}");
        let levels: Vec<u32> = page.elements.iter().filter_map(|(tag, _)| heading_level(tag)).collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
    }
}

#[test]
fn no_page_needs_anything_else() {
    for (name, arguments) in REPORTS {
        let text = rolebook(&format!("{arguments} -f html")).run().answer();
        let page = Parsed::of(&text);
        for foreign in ["script", "link", "img", "iframe", "object", "form"] {
            assert_eq!(page.count(foreign), 0, "{name}: {foreign}");
        }
        for (tag, attributes) in &page.elements {
            for (attribute, _) in attributes {
                let acts = attribute.starts_with("on") || ["style", "src"].contains(&attribute.as_str());
                assert!(!acts, "{name}: {attribute} on {tag}");
            }
        }
        assert!(!text.contains("url(") && !text.contains("@import"), "{name}");
    }
}

#[test]
fn sections_of_a_long_page_can_be_jumped_to() {
    let page = Parsed::of(&rolebook("compare -f html").run().answer());
    let targets: Vec<String> = page.attributes("h2", "id").iter().map(|id| format!("#{id}")).collect();
    assert_eq!(targets.len(), 6);
    assert_eq!(page.attributes("a", "href"), targets);
}

#[test]
fn only_addresses_on_the_web_are_links() {
    let shown = |address: &str| {
        let mut doc = Doc::new("Links");
        doc.paragraph(Line::toned(Tone::Link, address));
        fragment(doc, 1)
    };
    assert_eq!(
        shown("https://example.org/?a=1&b=\"2\""),
        "<p><a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">\
         https://example.org/?a=1&amp;b=&quot;2&quot;</a></p>\n"
    );
    assert_eq!(shown("javascript:alert(1)"), "<p>javascript:alert(1)</p>\n");
}

#[test]
fn silence_has_a_name_and_several_texts_are_a_list() {
    let mut doc = Doc::new("Cells");
    doc.table(Table {
        head: vec!["Aspect".into(), "One".into(), "Other".into()],
        rows: vec![vec![vec!["Tools".into()], vec![], vec!["first".into(), "second\nline".into()]]],
    });
    assert_snapshot!(fragment(doc, 2));
}

#[test]
fn more_than_four_columns_are_stacked() {
    let mut doc = Doc::new("Many");
    let head = ["Aspect", "A", "B", "C", "D", "E"].map(Line::from).to_vec();
    let row = ["Tools", "a", "b", "c", "d", "e"].map(|text| vec![Line::from(text)]).to_vec();
    doc.table(Table { head, rows: vec![row] });
    assert_snapshot!(fragment(doc, 1));
}

#[test]
fn text_that_runs_the_other_way_than_the_page_says_so() {
    let with_language = |language: &'static str| {
        let mut doc = Doc::new("دور");
        doc.language = Some(language.into());
        doc.paragraph("plain");
        doc.push(Block::List(vec!["منتج A".into(), "2 + 2".into()]));
        page(doc)
    };
    let english = with_language("en");
    assert!(english.contains("<html lang=\"en\">"));
    assert!(english.contains("<h1 dir=\"auto\">دور</h1>\n<p>plain</p>"));
    assert!(english.contains("<li dir=\"auto\">منتج A</li>\n<li>2 + 2</li>"));
    let arabic = with_language("ar-EG");
    assert!(arabic.contains("<html lang=\"ar-EG\" dir=\"rtl\">"));
    assert!(arabic.contains("<h1>دور</h1>\n<p dir=\"auto\">plain</p>"));
    assert!(arabic.contains("<li dir=\"auto\">منتج A</li>\n<li>2 + 2</li>"));
}

/// WCAG 2 requires a contrast of 4.5:1 for text.
#[test]
fn text_stands_out_in_light_in_dark_and_on_paper() {
    let page = page(Doc::new("Colours"));
    let palettes: Vec<&str> = page.split(":root {").skip(1).collect();
    assert_eq!(palettes.len(), 3);
    for palette in palettes {
        let luminance = |name: &str| {
            let (_, rest) = palette.split_once(&format!("--{name}: #")).expect("the colour is named");
            luminance(rest.split(';').next().expect("the colour ends"))
        };
        for text in ["text", "quiet", "accent"] {
            for ground in ["page", "band"] {
                let (text, ground) = (luminance(text), luminance(ground));
                let contrast = (text.max(ground) + 0.05) / (text.min(ground) + 0.05);
                assert!(contrast >= 4.5, "{contrast}: {palette}");
            }
        }
    }
}

/// How bright a colour is to the eye, from its six hexadecimal digits.
fn luminance(hex: &str) -> f64 {
    let [_, red, green, blue] = u32::from_str_radix(hex, 16).expect("six digits").to_be_bytes();
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[test]
fn a_fragment_has_no_page_around_it_and_no_title_and_starts_at_any_level() {
    let mut doc = Doc::new("Roles");
    doc.aside = Some("product-roles".into());
    doc.heading(2, "Skills");
    doc.heading(3, "Soft");
    let doc = PlainReport(doc);
    assert_eq!(render_fragment(&doc, Fragment::Html, 3), "<h3>Skills</h3>\n<h4>Soft</h4>\n");
    assert_eq!(render_fragment(&doc, Fragment::Markdown, 1), "# Skills\n\n## Soft\n");
    // Six levels are all there are.
    assert_eq!(render_fragment(&doc, Fragment::Markdown, 6), "###### Skills\n\n###### Soft\n");
}

proptest! {
    #[test]
    fn any_text_comes_back_and_nothing_else_appears(texts in prop::collection::vec(text(), PLACES)) {
        let parsed = Parsed::of(&page(everywhere(&texts)));
        let harmless = vec!["x".to_owned(); PLACES];
        let plain = Parsed::of(&page(everywhere(&harmless)));
        prop_assert_eq!(parsed.shape(), plain.shape());
        prop_assert_eq!(&parsed.texts, &expected(&texts));
        prop_assert_eq!(parsed.attributes("html", "lang"), [visible_line(&texts[0])]);
        let columns = [visible_line(&texts[6]), visible_line(&texts[6])];
        prop_assert_eq!(parsed.attributes("td", "data-column"), columns);
        prop_assert_eq!(parsed.attributes("table", "aria-label"), [visible_line(&texts[2])]);
        prop_assert_eq!(parsed.attributes("meter", "aria-label"), [visible_line(&texts[10])]);
    }
}

/// How many texts [`everywhere`] takes.
const PLACES: usize = 16;

/// A document with a text in every place where one can stand.
fn everywhere(texts: &[String]) -> Doc<'_> {
    let line = |place: usize| Line::from(texts[place].as_str());
    let toned = |tone: Tone, place: usize| Line::toned(tone, texts[place].as_str());
    let mut doc = Doc::new(line(0));
    doc.language = Some(texts[0].as_str().into());
    doc.aside = Some(texts[1].as_str().into());
    doc.heading(2, line(2));
    doc.paragraph(toned(Tone::Strong, 3).and(Tone::Muted, texts[4].as_str()));
    doc.table(Table {
        head: vec![line(5), line(6)],
        rows: vec![vec![vec![line(7)], vec![line(8)]], vec![vec![line(7)], vec![line(8), line(9)]]],
    });
    doc.push(Block::Bars(vec![Bar { label: line(10), share: 0.5, remark: texts[11].as_str().into() }]));
    doc.push(Block::List(vec![line(12), toned(Tone::Link, 13)]));
    doc.push(Block::Commands(vec![texts[14].as_str().into()]));
    let stacked = |place: usize| std::iter::repeat_n(line(place), 6);
    doc.table(Table { head: stacked(15).collect(), rows: vec![stacked(9).map(|line| vec![line]).collect()] });
    doc
}

/// The texts of [`everywhere`] as a reader sees them, in order.
fn expected(texts: &[String]) -> Vec<String> {
    let shown = |place: usize| visible(&texts[place]).into_owned();
    let on_a_line = |place: usize| visible_line(&texts[place]).into_owned();
    let mut all = vec![
        on_a_line(0),
        shown(0),
        format!("Dataset: {}", shown(1)),
        shown(2),
        shown(3) + &shown(4),
        shown(5),
        shown(6),
        shown(7),
        shown(8),
        shown(7),
        shown(8),
        shown(9),
        shown(10),
        // The bar itself stands before what is said beside it.
        format!(" {}", shown(11)),
        shown(12),
        shown(13),
        on_a_line(14),
        shown(9),
    ];
    all.extend(std::iter::repeat_n([shown(15), shown(9)], 5).flatten());
    all
}

/// Any Unicode text, with extra HTML syntax.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[<>&\"'/=;!#x\\-\r\n\t a\u{202e}\u{85}\u{5d0}é]{0,8}",
        "(</(title|style|td|p)>|<!--|-->|&lt;|&#60;|&amp|]]>|<br>|<script>){1,3}"
    ]
}

fn page(doc: Doc<'_>) -> String {
    render(&PlainReport(doc), Format::Html, TerminalOptions { width: 80, color: false })
}

fn fragment(doc: Doc<'_>, top: u8) -> String {
    render_fragment(&PlainReport(doc), Fragment::Html, top)
}

fn heading_level(tag: &str) -> Option<u32> {
    tag.strip_prefix('h')?.parse().ok()
}

/// A parsed page.
#[derive(Debug, Default)]
struct Parsed {
    /// Every element in the order in which it begins, with its attributes.
    elements: Vec<(String, Vec<(String, String)>)>,
    /// Every end, by how many elements had begun.
    ends: Vec<(usize, String)>,
    /// The texts of the elements that hold text, in the order in which they end.
    texts: Vec<String>,
}

impl Parsed {
    /// Reads a page; fails where elements are not closed in turn.
    fn of(page: &str) -> Self {
        let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a page is UTF-8");
        let mut parsed = Self::default();
        let mut open: Vec<(String, String, bool)> = Vec::new();
        for Ok(token) in Tokenizer::new(page) {
            match token {
                Token::StartTag(tag) => {
                    let name = utf8(&tag.name);
                    let attributes = tag.attributes.iter().map(|(key, value)| (utf8(key), utf8(value)));
                    parsed.elements.push((name.clone(), attributes.collect()));
                    if name == "br" {
                        open.last_mut().expect("a line break stands in an element").1.push('\n');
                    }
                    if !VOID_ELEMENTS.contains(&name.as_str()) {
                        open.push((name, String::new(), false));
                    }
                }
                Token::EndTag(tag) => {
                    let name = utf8(&tag.name);
                    let (begun, text, has_parts) = open.pop().expect("what ends has begun");
                    assert_eq!(begun, name);
                    parsed.ends.push((parsed.elements.len(), name.clone()));
                    let is_text = TEXT_ELEMENTS.contains(&name.as_str());
                    if is_text && !has_parts {
                        parsed.texts.push(text);
                        for outer in &mut open {
                            outer.2 = true;
                        }
                    } else if let Some(outer) = open.last_mut()
                        && !has_parts
                        && name != "style"
                    {
                        outer.1.push_str(&text);
                    }
                }
                Token::String(text) => {
                    if let Some((_, inside, _)) = open.last_mut() {
                        inside.push_str(&utf8(&text));
                    }
                }
                Token::Comment(_) => panic!("a comment appears"),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        assert!(open.is_empty(), "{open:?} do not end");
        parsed
    }

    /// Which elements begin and end, and in which order, except for line breaks.
    fn shape(&self) -> (Vec<&str>, Vec<&str>) {
        let elements = self.elements.iter().map(|(tag, _)| tag.as_str()).filter(|tag| *tag != "br");
        (elements.collect(), self.ends.iter().map(|(_, tag)| tag.as_str()).collect())
    }

    fn count(&self, tag: &str) -> usize {
        self.elements.iter().filter(|(name, _)| name == tag).count()
    }

    /// The values of an attribute on all elements of a kind that have it.
    fn attributes(&self, tag: &str, attribute: &str) -> Vec<&str> {
        let elements = self.elements.iter().filter(|(name, _)| name == tag);
        let values = elements.flat_map(|(_, attributes)| attributes);
        values.filter(|(name, _)| name == attribute).map(|(_, value)| value.as_str()).collect()
    }
}
