use std::path::Path;

use proptest::prelude::*;

use crate::diagnostic::{Diagnostic, Place};

use super::{BlockContent, Page, State, Syntax, checksum};

fn markdown(text: &str) -> Page<'_> {
    Page::new(text.as_bytes(), Syntax::Markdown)
}

fn mdx(text: &str) -> Page<'_> {
    Page::new(text.as_bytes(), Syntax::Mdx)
}

fn html(text: &str) -> Page<'_> {
    Page::new(text.as_bytes(), Syntax::Html)
}

/// What a command came to in a made-up dataset.
fn generated(text: &str) -> BlockContent {
    BlockContent { dataset: "roles".to_owned(), text: text.to_owned() }
}

/// The page with all its blocks filled with the same text.
fn filled(bytes: &[u8], syntax: Syntax, text: &str) -> Vec<u8> {
    let page = Page::new(bytes, syntax);
    let new = generated(text);
    page.filled(page.blocks.iter().map(|block| (block, &new)))
}

fn states(page: &Page<'_>, text: &str) -> Vec<State> {
    let new = generated(text);
    page.blocks.iter().map(|block| page.state(block, &new).expect("the dataset is the same")).collect()
}

/// The commands of the blocks found, in the page's order.
fn commands<'p>(page: &'p Page<'_>) -> Vec<&'p str> {
    page.blocks.iter().map(|block| block.command.as_str()).collect()
}

/// Code, line and column of each problem.
fn problems(page: &Page<'_>) -> Vec<String> {
    let place = |problem: &Diagnostic<Place>| {
        format!("{}:{} {}", problem.at.line, problem.at.column, problem.code.name())
    };
    page.problems.iter().map(place).collect()
}

fn levels(page: &Page<'_>) -> Vec<Option<u8>> {
    page.blocks.iter().map(|block| block.heading).collect()
}

const BLOCK: &str = "<!-- rolebook: compare -->\n<!-- /rolebook -->\n";

#[test]
fn a_block_is_filled_and_is_fresh_then() {
    let written = filled(BLOCK.as_bytes(), Syntax::Markdown, "A table.\n");
    let checksum = checksum(b"\nA table.\n\n");
    let expected = format!("<!-- rolebook: compare -->\n\nA table.\n\n<!-- /rolebook roles {checksum} -->\n");
    assert_eq!(String::from_utf8_lossy(&written), expected);
    let page = markdown(&expected);
    assert_eq!(states(&page, "A table.\n"), [State::Fresh]);
    assert_eq!(states(&page, "Another.\n"), [State::Stale]);
}

#[test]
fn the_checksum_is_the_beginning_of_the_sha_256() {
    assert_eq!(checksum(b"abc"), "ba7816bf");
    assert_eq!(checksum(b"a\r\nb\rc\n"), checksum(b"a\nb\nc\n"));
}

#[test]
fn a_block_in_which_somebody_wrote_is_edited() {
    let written = filled(BLOCK.as_bytes(), Syntax::Markdown, "A table.\n");
    let written = String::from_utf8(written).expect("text");
    let page = written.replace("A table", "My table");
    assert_eq!(states(&markdown(&page), "A table.\n"), [State::Edited]);
    assert_eq!(states(&markdown(&page), "Another.\n"), [State::Edited]);
    // Nothing is lost where somebody wrote what would be generated, or deleted everything.
    assert_eq!(states(&markdown(&page), "My table.\n"), [State::Stale]);
    assert_eq!(states(&markdown(&written.replace("A table.\n", " \n")), "A table.\n"), [State::Stale]);
}

#[test]
fn a_change_of_line_ends_alone_is_no_edit() {
    let written = String::from_utf8(filled(BLOCK.as_bytes(), Syntax::Markdown, "A table.\n")).expect("text");
    let all = written.replace('\n', "\r\n");
    assert_eq!(states(&markdown(&all), "A table.\n"), [State::Fresh]);
    let inside = written.replace("A table.\n", "A table.\r\n");
    assert_eq!(states(&markdown(&inside), "A table.\n"), [State::Stale]);
}

#[test]
fn a_block_from_another_dataset_is_a_problem() {
    let page = markdown("<!-- rolebook: compare -->\nx\n<!-- /rolebook others 0123abcd -->\n");
    let problem = page.state(&page.blocks[0], &generated("x\n")).expect_err("the dataset is another");
    assert_eq!((problem.code.name(), problem.at.line), ("other-dataset", 1));
}

#[test]
fn a_block_takes_the_line_end_of_its_opening_marker() {
    for (page, expected) in [
        ("a\n<!-- rolebook: x -->\r\n<!-- /rolebook -->\nb", "a\n<!-- rolebook: x -->\r\n\r\nT\r\n\r\n"),
        ("a\r\n<!-- rolebook: x -->\n<!-- /rolebook -->\r\nb", "a\r\n<!-- rolebook: x -->\n\nT\n\n"),
        ("a\r<!-- rolebook: x -->\r<!-- /rolebook -->\rb", "a\r<!-- rolebook: x -->\r\rT\r\r"),
    ] {
        let written = filled(page.as_bytes(), Syntax::Markdown, "T\n");
        assert!(written.starts_with(expected.as_bytes()), "{:?}", String::from_utf8_lossy(&written));
    }
}

#[test]
fn all_outside_the_blocks_is_kept_to_the_byte() {
    let before = b"\xef\xbb\xbf<!-- rolebook: a -->  \r\n";
    let between = b"\t \r\n\xff\xfe caf\xe9 \0 \x80<\xffb>\rtrailing  \n\n  ";
    let page = [before.as_slice(), b"<!-- /rolebook -->", between, b"<!--rolebook:b-->\n <!-- /rolebook -->"]
        .concat();
    let written = filled(&page, Syntax::Markdown, "T\n");
    let first = format!("\r\nT\r\n\r\n<!-- /rolebook roles {} -->", checksum(b"\nT\n\n"));
    let second = first.replace('\r', "").replace("\nT", "\n  T").replace("<!--", "  <!--");
    let expected =
        [before.as_slice(), first.as_bytes(), between, b"<!--rolebook:b-->\n", second.as_bytes()].concat();
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
    assert_eq!(written, expected);
}

#[test]
fn markers_in_markdown_code_are_text() {
    for text in [
        format!("```markdown\n{BLOCK}```\n"),
        format!("~~~\n{BLOCK}"),
        "Put `<!-- rolebook: compare -->` there.\n".to_owned(),
        "Text.\n\n    echo '<!-- rolebook: compare -->'\n".to_owned(),
        format!("<!--\n{}-->\n", "<!-- rolebook: compare --\n"),
        "\\<!-- rolebook: compare -->\n".to_owned(),
        format!("<pre>\n{BLOCK}</pre>\n"),
        format!("<script>\n\n{BLOCK}</script>\n"),
        format!("---\ntitle: x\n{BLOCK}---\n"),
        format!("+++\n{BLOCK}+++\n"),
        format!("+++\n...\n{BLOCK}+++\n"),
        format!("---\n- {BLOCK}...\n"),
        format!("<pre>\n<b></b>\n{BLOCK}</pre>\n"),
    ] {
        let page = markdown(&text);
        assert!(page.blocks.is_empty() && page.problems.is_empty(), "{text}{page:?}");
    }
}

#[test]
fn markers_in_html_code_are_text() {
    for name in ["pre", "script", "style", "textarea", "title", "iframe"] {
        let text = format!("<{name}>\n{BLOCK}</{name}>\n{BLOCK}");
        let page = html(&text);
        assert_eq!((commands(&page), page.blocks[0].place.line), (vec!["compare"], 5), "{name}");
    }
    for text in [
        "<!-- a\n<!-- rolebook: compare -->\n",
        "<a title='\n<!-- rolebook: compare -->\n'>",
        "&lt;!-- rolebook: compare --&gt;\n",
    ] {
        assert!(html(text).blocks.is_empty() && html(text).problems.is_empty(), "{text}");
    }
}

#[test]
fn an_html_block_is_filled_without_blank_lines() {
    let text = "<main>\n    <!-- rolebook: compare -->\n    <!-- /rolebook -->\n</main>\n";
    let written = filled(text.as_bytes(), Syntax::Html, "<p>T</p>\n");
    let checksum = checksum(b"<p>T</p>\n");
    let expected = format!(
        "<main>\n    <!-- rolebook: compare -->\n<p>T</p>\n    <!-- /rolebook roles {checksum} -->\n</main>\n"
    );
    assert_eq!(String::from_utf8_lossy(&written), expected);
}

#[test]
fn a_closing_marker_loses_the_indent_that_would_put_it_into_a_generated_list() {
    let text = "<!-- rolebook: compare -->\n  <!-- /rolebook -->  \nafter";
    let written = filled(text.as_bytes(), Syntax::Markdown, "- T\n");
    let expected = format!(
        "<!-- rolebook: compare -->\n\n- T\n\n<!-- /rolebook roles {} -->  \nafter",
        checksum(b"\n- T\n\n")
    );
    assert_eq!(String::from_utf8_lossy(&written), expected);
    assert_eq!(states(&markdown(&expected), "- T\n"), [State::Fresh]);
}

#[test]
fn comments_that_are_no_markers_are_left_alone() {
    let text = "<!-- rolebook is a tool -->\n\n<!-- /rolebooks -->\n\n<!-- xrolebook: compare -->\n";
    let page = markdown(text);
    assert!(page.blocks.is_empty() && page.problems.is_empty(), "{page:?}");
}

#[test]
fn markers_are_found_wherever_markdown_takes_them_for_comments() {
    for before in [
        "Text\n",
        "| a |\n| - |\n| b |\n",
        "- item\n",
        "> quotation\n",
        "# Heading\n",
        "Title\n=====\n",
        "<div>\n",
        "---\n",
        "[a]: b\n",
    ] {
        let text = format!("{before}{BLOCK}after\n");
        assert_eq!(commands(&markdown(&text)), ["compare"], "{text}");
        let written = String::from_utf8(filled(text.as_bytes(), Syntax::Markdown, "T\n")).expect("text");
        assert_eq!(states(&markdown(&written), "T\n"), [State::Fresh], "{written}");
    }
}

#[test]
fn a_block_knows_the_heading_it_stands_under() {
    let text = format!(
        "{BLOCK}\n# One\n\n{BLOCK}\nTwo\n---\n\n<!-- rolebook: a -->\n\n### BlockContent\n\n<!-- /rolebook -->\n\n{BLOCK}\n\
         > #### Quoted\n>\n> <h4>Quoted</h4>\n\n{BLOCK}\n<h5>Five</h5>\n\n{BLOCK}"
    );
    assert_eq!(levels(&markdown(&text)), [None, Some(1), Some(2), Some(2), Some(2), Some(5)]);
    assert_eq!(levels(&html("<h3>x</h3>\n<!-- rolebook: a -->\n<!-- /rolebook -->")), [Some(3)]);
    let front = format!("---\ntitle: x\n---\n{BLOCK}");
    assert_eq!(levels(&markdown(&front)), [None]);
}

#[test]
fn each_bad_marker_is_a_problem_of_its_own() {
    for (text, expected) in [
        ("<!-- rolebook: a -->\ntext\n", vec!["1:1 unclosed-block"]),
        ("text\n\n<!-- /rolebook -->\n", vec!["3:1 unopened-block"]),
        ("<!-- rolebook: -->\n<!-- /rolebook -->\n", vec!["1:1 missing-command"]),
        ("<!-- rolebook: a -->\n<!-- /rolebook x 1234567 -->\n", vec!["2:1 unreadable-checksum"]),
        ("<!-- rolebook: a -->\n<!-- /rolebook x 1234567G -->\n", vec!["2:1 unreadable-checksum"]),
        ("<!-- rolebook: a -->\n<!-- /rolebook x 12345678 y -->\n", vec!["2:1 unreadable-checksum"]),
        ("é <!-- rolebook: a -->\n\n  <!-- /rolebook -->\n", vec!["1:3 marker-not-alone"]),
        ("<!-- rolebook: a --> é\n<!-- /rolebook -->\n", vec!["1:1 marker-not-alone"]),
        ("<!-- rolebook: a\nb -->\n<!-- /rolebook -->\n", vec!["1:1 marker-not-alone"]),
        ("<!-- rolebook: a --><!-- /rolebook -->\n", vec!["1:1 marker-not-alone", "1:21 marker-not-alone"]),
        ("text\n    <!-- rolebook: a -->\n\n<!-- /rolebook -->\n", vec!["2:5 marker-not-alone"]),
        ("- <!-- rolebook: a -->\n  <!-- /rolebook -->\n", vec!["1:3 marker-not-alone"]),
        ("- x\n\n  <!-- rolebook: a -->\n\n<!-- /rolebook -->\n", vec!["5:1 split-block"]),
        ("- x\n\n  <!-- rolebook: a -->\n- y\n\n  <!-- /rolebook -->\n", vec!["6:3 split-block"]),
        ("!!! note\n    <!-- rolebook: a -->\n<!-- /rolebook -->\n", vec!["3:1 split-block"]),
        ("> - <!-- rolebook: a -->\n\n<!-- /rolebook -->\n", vec!["1:5 marker-in-container"]),
        (
            "x\n\n    <!-- rolebook: a -->\n    <!-- /rolebook -->\n",
            vec!["3:5 marker-in-code", "4:5 marker-in-code"],
        ),
        ("!!! note\n\n        <!-- rolebook: a -->\n\n    <!-- /rolebook -->\n", vec!["3:9 marker-in-code"]),
        ("> <!-- rolebook: a -->\n\n<!-- /rolebook -->\n", vec!["1:3 marker-in-container"]),
        ("| a |\n| - |\n| <!-- rolebook: a --> |\n\n<!-- /rolebook -->\n", vec!["3:3 marker-in-container"]),
        ("x[^1]\n\n[^1]: <!-- rolebook: a -->\n\n<!-- /rolebook -->\n", vec!["3:7 marker-in-container"]),
        ("<!-- rolebook: a -->\n<!-- rolebook: b -->\n<!-- /rolebook -->\n", vec!["1:1 unclosed-block"]),
        (
            "<!-- rolebook: a -->\n<!-- rolebook: b -->\n<!-- /rolebook -->\n<!-- /rolebook -->\n",
            vec!["2:1 nested-block"],
        ),
        (
            "<!-- /rolebook -->\n<!-- rolebook: -->\n<!-- /rolebook 1 -->\n<!-- rolebook: a -->\n",
            vec![
                "1:1 unopened-block",
                "2:1 missing-command",
                "3:1 unreadable-checksum",
                "4:1 unclosed-block",
            ],
        ),
    ] {
        assert_eq!(problems(&markdown(text)), expected, "{text}");
    }
}

#[test]
fn columns_count_characters_however_long_the_line() {
    for before in [0, 1, 511, 512, 513, 1023, 1024, 1025, 5000] {
        for c in ["x", "é", "日", "😀"] {
            let text = format!("\n{}<!-- /rolebook -->", c.repeat(before));
            let end = before + 1 + "<!-- /rolebook -->".len();
            let place = html(&text).problems[0].at;
            assert_eq!((place.line, place.column, place.end_column), (2, before + 1, end), "{before} {c}");
        }
    }
}

#[test]
fn a_line_full_of_markers_is_read_at_once() {
    let start = std::time::Instant::now();
    let text = "<!-- rolebook: roles --><!-- /rolebook -->".repeat(40_000);
    assert_eq!(html(&text).problems.len(), 80_000);
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn what_is_generated_does_not_decide_which_blocks_there_are() {
    // The blank line in the first block will end the <div>, and the second one be code.
    let text = format!("<div>\n{BLOCK}```\n{BLOCK}```\n{BLOCK}");
    assert_eq!(commands(&markdown(&text)).len(), 2);
    // Filled, the inner block would show the outer one's end, and be nested.
    let text = format!("<!-- rolebook: a -->\n<div>\n{BLOCK}<a href=\"\n<!-- /rolebook -->\n\">\n");
    assert!(problems(&markdown(&text)).contains(&"4:1 unsettled-block".to_owned()));
}

/// Each block changes what the next one stands in, so that every reading of the page settles only one more.
#[test]
fn a_page_that_does_not_settle_is_read_a_few_times_at_the_most() {
    let unit = format!("{BLOCK}<a href='\n<div>\n{BLOCK}[^1]: x\n<!-- \n    \n<script>\n");
    let found = |times| problems(&markdown(&format!("<div>\n{}", unit.repeat(times))));
    let is_unsettled = |problem: &String| problem.ends_with("unsettled-block");
    assert!(!found(20).iter().any(is_unsettled));
    assert!(found(200).iter().any(is_unsettled));
}

#[test]
fn good_blocks_beside_bad_ones_are_found() {
    let text = format!(
        "<!-- rolebook: lost -->\n\n{BLOCK}\n- <!-- rolebook: b -->\n\n<!-- /rolebook -->\n\n{BLOCK}"
    );
    let page = markdown(&text);
    assert_eq!(commands(&page), ["compare", "compare"]);
    assert_eq!(problems(&page), ["1:1 unclosed-block", "6:3 marker-not-alone"]);
}

#[test]
fn a_block_in_an_indented_container_is_indented_alike() {
    for (before, indent, after) in [
        ("- item\n\n", "  ", "- next\n"),
        ("- item\n", "  ", ""),
        ("1. item\n\n", "   ", "   more\n"),
        ("- item\n    - inner\n\n", "        ", "\n    more\n"),
        ("-\titem\n\n", "\t", ""),
        ("!!! note\n", "    ", "\nText.\n"),
        ("!!! warning \"Title\"\n\n", "    ", "    more\n"),
        ("!!! note\n\n    ```\n", "    ", ""),
        ("??? note\n    Text.\n\n", "    ", ""),
        ("???+ note \"Title\"\n\n", "\t", ""),
        ("=== \"One\"\n\n", "    ", "\n=== \"Two\"\n\n    Text.\n"),
        ("=== \"One\"\n\n    Text.\n\n===+ \"Two\"\n\n", "    ", ""),
        ("!!! note\n\n    === \"One\"\n\n", "        ", ""),
        ("!!! note\n\n    - item\n\n", "      ", ""),
        ("1.  item\n\n    !!! note\n\n", "        ", "\n2.  next\n"),
        ("Text\n!!! note\n", "    ", ""),
        ("Text.\n\n", "  ", "\nText.\n"),
    ] {
        let is_text = before.contains("```");
        let opening = "<!-- rolebook: compare -->";
        let text = format!("{before}{indent}{opening}\n{indent}<!-- /rolebook -->\n{after}");
        if is_text {
            assert!(markdown(&text).blocks.is_empty() && markdown(&text).problems.is_empty(), "{text}");
            continue;
        }
        let written = filled(text.as_bytes(), Syntax::Markdown, "| T |\n| - |\n\n- one\n  - two\n");
        let checksum = checksum(b"\n| T |\n| - |\n\n- one\n  - two\n\n");
        let expected = format!(
            "{before}{indent}{opening}\n\n{indent}| T |\n{indent}| - |\n\n{indent}- one\n{indent}  - two\n\n\
             {indent}<!-- /rolebook roles {checksum} -->\n{after}"
        );
        assert_eq!(String::from_utf8_lossy(&written), expected);
        let page = markdown(&expected);
        assert_eq!(problems(&page), [""; 0], "{expected}");
        assert_eq!(states(&page, "| T |\n| - |\n\n- one\n  - two\n"), [State::Fresh], "{expected}");
        assert_eq!(states(&page, "Other.\n"), [State::Stale], "{expected}");
        assert_eq!(states(&markdown(&expected.replace("| T |", "| U |")), "Other.\n"), [State::Edited]);
    }
}

#[test]
fn a_block_that_is_indented_anew_is_not_edited() {
    let written = filled(BLOCK.as_bytes(), Syntax::Markdown, "| T |\n| - |\n\n- one\n  - two\n");
    let written = String::from_utf8(written).expect("text");
    let indented: Vec<String> = written.lines().map(|line| format!("    {line}\n")).collect();
    let page = format!("!!! note\n\n{}", indented.concat());
    // Only the blank lines differ.
    assert_eq!(states(&markdown(&page), "| T |\n| - |\n\n- one\n  - two\n"), [State::Stale]);
    assert_eq!(states(&markdown(&page), "Other.\n"), [State::Stale]);
    let clean = page.replace("    \n", "\n");
    assert_eq!(states(&markdown(&clean), "| T |\n| - |\n\n- one\n  - two\n"), [State::Fresh]);
}

/// The fence was meant to end before the second block, so that the text between would be lost.
#[test]
fn a_block_around_a_marker_in_code_is_not_replaced() {
    let text = format!(
        "<!-- rolebook: a -->\n\nText.\n\n```\n<!-- rolebook: b -->\n```\n\n<!-- /rolebook -->\n{BLOCK}"
    );
    let page = markdown(&text);
    assert_eq!((commands(&page), problems(&page)), (vec!["compare"], vec!["6:1 nested-block".to_owned()]));
    // What was generated can be replaced.
    let new = "```\n<!-- rolebook: b -->\n```\n";
    let written = filled(BLOCK.as_bytes(), Syntax::Markdown, new);
    let written = String::from_utf8(written).expect("text");
    assert_eq!(states(&markdown(&written), "Other.\n"), [State::Stale]);
    assert_eq!(problems(&markdown(&written.replace("``\n", "``\nx\n"))), ["5:1 nested-block"]);
    let misspelt = "<!-- rolebook: a -->\n<!-- / rolebook -->\nText.\n<!-- /rolebook -->\n";
    assert_eq!(problems(&markdown(misspelt)), ["2:1 nested-block"]);
    let harmless = "<!-- rolebook: a -->\n<!-- by rule -->\nA rolebook.\n<!-- /rolebook -->\n";
    assert_eq!(commands(&markdown(harmless)), ["a"]);
}

#[test]
fn a_heading_in_a_container_counts_only_there() {
    let indented = BLOCK.replace("<!--", "    <!--");
    let text = format!("# One\n\n!!! note\n\n    ### Three\n\n{indented}\n{BLOCK}\n- #### Four\n\n{BLOCK}");
    assert_eq!(levels(&markdown(&text)), [Some(3), Some(1), Some(1)]);
}

#[test]
fn deeply_nested_containers_are_read_at_once() {
    let start = std::time::Instant::now();
    let line = |depth: usize| format!("{}!!! note\n\n", "    ".repeat(depth));
    let text: String = (0..500).map(line).collect();
    assert!(markdown(&format!("{text}{}<!-- rolebook: a -->\n", "    ".repeat(500))).blocks.is_empty());
    let braces = "{`<a b='".repeat(20_000);
    assert!(mdx(&braces).blocks.is_empty());
    assert!(mdx(&"export const x = {\n\n".repeat(5_000)).blocks.is_empty());
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
}

const MDX_BLOCK: &str = "{/* rolebook: compare */}\n{/* /rolebook */}\n";

#[test]
fn markers_in_mdx_are_comments_in_braces() {
    for (text, lines) in [
        (MDX_BLOCK.to_owned(), vec![1]),
        ("{/*rolebook:compare*/}\n{ /* /rolebook */ }\n".to_owned(), vec![1]),
        (format!("Text\n{MDX_BLOCK}more\n"), vec![2]),
        (format!("---\ntitle: {{\n---\n{MDX_BLOCK}"), vec![4]),
        (format!("import x from 'y'\nexport const z = {{\n\n}}\n\n{MDX_BLOCK}"), vec![6]),
        (format!("<Tabs>\n{MDX_BLOCK}</Tabs>\n"), vec![2]),
        (
            format!("<Tab a=\"<\" b={{`}}`}}>\n\n      {}\n</Tab>\n", MDX_BLOCK.replace('\n', "\n      ")),
            vec![3],
        ),
        (format!("<Tabs>\n      {}\n</Tabs>\n", MDX_BLOCK.replace('\n', "\n      ")), vec![2]),
        (format!("- item\n\n  {}", MDX_BLOCK.replace("\n{", "\n  {")), vec![3]),
        (format!("a {{b}} `{{` c }}\n\n{MDX_BLOCK}\n`{{\n\n{MDX_BLOCK}"), vec![3, 8]),
        (format!("{{'don\\'t }}'}} it's\n\n{MDX_BLOCK}"), vec![3]),
        (format!("{{/* a\n\n*/}}\n{MDX_BLOCK}"), vec![4]),
        (format!("a < b\n\n{MDX_BLOCK}"), vec![3]),
    ] {
        let page = mdx(&text);
        let found: Vec<usize> = page.blocks.iter().map(|block| block.place.line).collect();
        assert_eq!((found, problems(&page)), (lines, vec![]), "{text}");
        let written = String::from_utf8(filled(text.as_bytes(), Syntax::Mdx, "T\n")).expect("text");
        assert!(states(&mdx(&written), "T\n").iter().all(|state| *state == State::Fresh), "{written}");
        assert_eq!(written.matches("{/* /rolebook roles ").count(), page.blocks.len(), "{written}");
    }
}

#[test]
fn markers_in_mdx_code_are_text_or_reported() {
    for text in [
        format!("```mdx\n{MDX_BLOCK}```\n"),
        format!("<T>\n\n    ```mdx\n    {}\n    ```\n</T>\n", MDX_BLOCK.trim().replace('\n', "\n    ")),
        format!("- ~~~\n  {}\n  ~~~\n", MDX_BLOCK.trim().replace('\n', "\n  ")),
        "Put `{/* rolebook: compare */}` there, or \\{/* rolebook: compare */}.\n".to_owned(),
        format!("{{/*\n{}*/}}\n", "{/* rolebook: compare * /}\n"),
    ] {
        let page = mdx(&text);
        assert!(page.blocks.is_empty() && page.problems.is_empty(), "{text}{page:?}");
    }
    for (text, expected) in [
        ("<!-- rolebook: compare -->\n{/* /rolebook */}\n", vec!["1:1 html-comment"]),
        ("{x && `\n{/* rolebook: compare */}\n`}\n", vec!["2:1 marker-in-code"]),
        ("export const x = `\n\n{/* rolebook: compare */}\n`\n", vec!["3:1 marker-in-code"]),
        ("> {/* rolebook: a */}\n", vec!["1:3 marker-in-container"]),
        ("x {/* rolebook: a */}\n", vec!["1:3 marker-not-alone"]),
        ("{/* rolebook: a\n*/}\n", vec!["1:1 marker-not-alone"]),
        ("{/* rolebook: */}\n{/* /rolebook */}\n", vec!["1:1 missing-command"]),
    ] {
        let found = problems(&mdx(text));
        assert!(expected.iter().all(|problem| found.contains(&(*problem).to_owned())), "{text}{found:?}");
        assert!(mdx(text).blocks.is_empty(), "{text}");
    }
}

#[test]
fn messages_name_comments_in_the_syntax_of_the_page() {
    for (text, help) in [
        ("{/* rolebook: a */}\n", "put `{/* /rolebook */}` on a line of its own where the block ends"),
        ("<!-- rolebook: a -->\n{/* /rolebook */}\n", "write `{/* rolebook: a */}`"),
    ] {
        assert_eq!(mdx(text).problems[0].help().as_deref(), Some(help), "{text}");
    }
}

#[test]
fn a_diff_has_the_lines_of_the_file() {
    let text =
        "# One\n\ntwo\n\nthree\n\n<!-- rolebook: a -->\n\nold\n\n<!-- /rolebook roles 0123abcd -->\nafter";
    let page = markdown(text);
    let expected = format!(
        "--- x.md\n+++ x.md (as it would be)\n@@ -6,7 +6,7 @@\n \n <!-- rolebook: a -->\n \n-old\n+new\n \n\
         -<!-- /rolebook roles 0123abcd -->\n+<!-- /rolebook roles {} -->\n after\n\\ No newline at end of file\n",
        checksum(b"\nnew\n\n")
    );
    assert_eq!(page.diff("x.md", &page.blocks[0], &generated("new\n")), expected);
}

#[test]
fn the_language_goes_by_the_extension() {
    assert_eq!(Syntax::of(Path::new("a/b.HTML")), Syntax::Html);
    assert_eq!(Syntax::of(Path::new("a/b.Mdx")), Syntax::Mdx);
    assert_eq!(Syntax::of(Path::new("html")), Syntax::Markdown);
    assert_eq!(Syntax::of(Path::new("README")), Syntax::Markdown);
}

/// Lines that mean something to a Markdown parser, and some that mean nothing to anybody.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let lines: Vec<&'static [u8]> = vec![
        b"",
        b"text",
        b"# One",
        b"## Two",
        b"===",
        b"---",
        b"- item",
        b"  more",
        b"> quotation",
        b"    code",
        b"```",
        b"~~~~",
        b"<div>",
        b"</div>",
        b"<pre>",
        b"</pre>",
        b"<!-- comment",
        b"-->",
        b"<script>",
        b"</script>",
        b"| a | b |",
        b"| - | - |",
        b"1. one",
        b"[a]: /b",
        b"[^1]: note",
        b"`",
        b"<a href='",
        b"'>",
        b"\xff\xfe",
        b"<\xff",
        b"trailing  ",
        b"\t",
        b"<![CDATA[",
        b"<!-- rolebook: compare -->",
        b"<!-- rolebook: skills -->",
        b"<!-- /rolebook -->",
        b"<!-- /rolebook roles 0123abcd -->",
        b"  <!-- /rolebook -->",
        b"x <!-- rolebook: a -->",
        b"  <!-- rolebook: b -->",
        b"    <!-- rolebook: b -->",
        b"    <!-- /rolebook -->",
        b"      <!-- /rolebook -->",
        b"!!! note",
        b"    !!! note",
        b"??? note \"Title\"",
        b"=== \"One\"",
        b"    - inner",
        b"\t<!-- rolebook: c -->",
        b"{/* rolebook: compare */}",
        b"{/* /rolebook */}",
        b"    {/* rolebook: compare */}",
        b"    {/* /rolebook roles 0123abcd */}",
        b"{",
        b"}",
        b"{/*",
        b"*/}",
        b"<Tabs>",
        b"</Tabs>",
        b"export const x = {",
        b"    ```",
        b"caf\xc3\xa9",
    ];
    prop_oneof![4 => prop::sample::select(lines).prop_map(<[u8]>::to_vec), 1 => prop::collection::vec(any::<u8>(), 0..8)]
}

fn page() -> impl Strategy<Value = Vec<u8>> {
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    let indent = prop::sample::select(vec!["", "", "  ", "    ", "      "]);
    let block = (end.clone(), end.clone(), indent, any::<bool>()).prop_map(|(one, two, indent, is_mdx)| {
        let syntax = if is_mdx { Syntax::Mdx } else { Syntax::Markdown };
        let [opening, closing] = ["rolebook: compare", "/rolebook"].map(|text| syntax.comment(text));
        format!("{one}{one}{indent}{opening}{one}{indent}{closing}{two}{two}").into_bytes()
    });
    let piece = prop_oneof![
        3 => (line(), end).prop_map(|(line, end)| [&line, end.as_bytes()].concat()),
        1 => block
    ];
    (any::<bool>(), prop::collection::vec(piece, 0..16), line()).prop_map(|(mark, pieces, last)| {
        let mark: &[u8] = if mark { b"\xef\xbb\xbf" } else { b"" };
        [mark, &pieces.concat(), &last].concat()
    })
}

/// The page without what stands in its blocks and without what their closing markers say: what people wrote.
fn written_by_people(page: &Page<'_>) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut done = 0;
    for block in &page.blocks {
        kept.extend_from_slice(&page.bytes[done..block.inside.start]);
        if page.syntax == Syntax::Html {
            kept.extend_from_slice(&page.bytes[block.inside.end..block.closing.start]);
        } else {
            kept.extend_from_slice(block.indent.as_bytes());
        }
        kept.extend_from_slice(page.syntax.comment("/rolebook").as_bytes());
        done = block.closing.end;
    }
    kept.extend_from_slice(&page.bytes[done..]);
    kept
}

/// The text to fill blocks with in the next test. No page contains it.
const SENTINEL: &str = "Generated text.\n";

/// Which bytes of a page may be replaced, and by what: from a line that is an opening marker and nothing else to the next line
/// with any marker in it, if that is a closing marker and nothing else. Knows nothing of Markdown.
fn replaceable(page: &[u8], syntax: Syntax) -> Vec<(std::ops::Range<usize>, Vec<u8>)> {
    let trimmed = |line: &[u8]| {
        String::from_utf8_lossy(line).trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_owned()
    };
    let is_near = |line: &str| {
        line.contains("rolebook") && ["<!--", "-->", "/*", "*/"].iter().any(|part| line.contains(part))
    };
    let kind = |line: &str| {
        let inner = line
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
            .filter(|_| syntax != Syntax::Mdx);
        let inner =
            inner.or_else(|| line.strip_prefix("{/*")?.strip_suffix("*/}").filter(|_| syntax == Syntax::Mdx));
        inner.map(|inner| inner.trim().to_owned())
    };
    let mut start = 0;
    let mut open: Option<(usize, Vec<u8>, Vec<u8>)> = None;
    let mut found = Vec::new();
    for line in page.split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        let text = trimmed(line);
        if is_near(&text) {
            let inner = kind(&text).unwrap_or_default();
            let closes = inner == "/rolebook" || inner.starts_with("/rolebook ");
            if let Some((from, indent, line_end)) = open.take().filter(|_| closes) {
                let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let is_html = syntax == Syntax::Html;
                let (gap, indent) = if is_html { (&[][..], &line[..blanks]) } else { (&*line_end, &*indent) };
                let text = if is_html { SENTINEL.to_owned() } else { format!("\n{SENTINEL}\n") };
                let closing = syntax.comment(&format!("/rolebook roles {}", checksum(text.as_bytes())));
                let lead = if is_html { &[][..] } else { indent };
                let new =
                    [gap, lead, SENTINEL.trim_end().as_bytes(), &line_end, gap, indent, closing.as_bytes()];
                let until = start + blanks + text_of(line).len();
                found.push((from..until, new.concat()));
            }
            if inner.starts_with("rolebook:") {
                let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let ending = if line.ends_with(b"\r\n") { b"\r\n".as_slice() } else { b"\n" };
                open = Some((end, line[..indent].to_vec(), ending.to_vec()));
            }
        }
        start = end;
    }
    found
}

fn text_of(line: &[u8]) -> &[u8] {
    line.trim_ascii()
}

/// Pages with markers that are damaged, half written, nested, crossed, or in code, lists, quotations and footnotes.
fn damaged() -> impl Strategy<Value = String> {
    let markers = vec![
        "<!-- rolebook: roles -->",
        "<!-- rolebook: roles",
        "<!-- rolebook roles -->",
        "<!-- rolebook: -->",
        "<!--rolebook:roles-->",
        "<!--/rolebook-->",
        "<!-- /rolebook -->",
        "<!-- /rolebook",
        "/rolebook -->",
        "<!-- / rolebook -->",
        "<!-- /rolebook roles 0123abcd -->",
        "<!-- /rolebook roles 0123 -->",
        "{/* rolebook: roles */}",
        "{/* /rolebook */}",
        "{/*/rolebook*/}",
        "{/* rolebook: roles }",
        "`<!-- rolebook: roles -->`",
        "text <!-- /rolebook -->",
        "<!-- rolebook: roles --> <!-- /rolebook -->",
    ];
    let others = vec![
        "",
        "",
        "Text.",
        "```",
        "~~~",
        "[^1]: note",
        "> quoted",
        "- item",
        "1. one",
        "!!! note",
        "=== \"Tab\"",
        "<pre>",
        "</pre>",
        "<div>",
        "<!--",
        "-->",
        "{",
        "}",
        "{`",
        "`}",
        "---",
        "# Heading",
        "| a |",
        "| - |",
        "export const x = `",
        "`",
        "<script>",
    ];
    let lead =
        prop::sample::select(vec!["", "", "", "", "  ", "    ", "        ", "\t", "> ", "- ", "[^1]: "]);
    let line = prop_oneof![prop::sample::select(markers), prop::sample::select(others)];
    let end = prop::sample::select(vec!["\n", "\n", "\r\n"]);
    prop::collection::vec((lead, line, end), 0..14).prop_map(|lines| {
        lines.into_iter().map(|(lead, line, end)| [lead, line, end].concat()).collect::<Vec<_>>().concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is not between two whole markers stays, whatever the page, and even if it has errors.
    #[test]
    fn nothing_is_replaced_because_of_a_guess(
        page in damaged(),
        syntax in prop::sample::select(vec![Syntax::Markdown, Syntax::Mdx, Syntax::Html]),
    ) {
        let page = page.as_bytes();
        let written = filled(page, syntax, SENTINEL);
        let (mut old, mut new) = (0, 0);
        for (range, text) in replaceable(page, syntax) {
            let before = &page[old..range.start];
            prop_assert!(written[new..].starts_with(before), "{}", String::from_utf8_lossy(&written));
            new += before.len();
            old = range.start;
            if written[new..].starts_with(&text) {
                new += text.len();
                old = range.end;
            }
        }
        let (kept, expected) = (&written[new..], &page[old..]);
        prop_assert_eq!(String::from_utf8_lossy(kept), String::from_utf8_lossy(expected));
    }

    #[test]
    fn nothing_in_a_code_block_is_replaced(page in damaged(), is_mdx: bool) {
        let lines: Vec<&str> = page.lines().filter(|line| !line.contains("~~~")).collect();
        let page = format!("~~~\n{}\n~~~\n", lines.join("\n"));
        let syntax = if is_mdx { Syntax::Mdx } else { Syntax::Markdown };
        let read = Page::new(page.as_bytes(), syntax);
        prop_assert!(read.blocks.is_empty() && read.problems.is_empty(), "{:?}", read.problems);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn writing_is_fresh_then_and_touches_nothing_else(
        bytes in page(),
        text in "[a-z#|*. -]{0,12}",
        syntax in prop::sample::select(vec![Syntax::Markdown, Syntax::Mdx, Syntax::Html]),
    ) {
        let before = Page::new(&bytes, syntax);
        // Of what does not settle nothing is sure but that it is a problem.
        prop_assume!(!problems(&before).iter().any(|problem| problem.ends_with("unsettled-block")));
        let written = filled(&bytes, syntax, &format!("A table.\n\n{text}\n"));
        let after = Page::new(&written, syntax);
        prop_assert_eq!(commands(&after), commands(&before));
        prop_assert_eq!(levels(&after), levels(&before));
        prop_assert_eq!(&problems(&after).len(), &problems(&before).len());
        let text = format!("A table.\n\n{text}\n");
        prop_assert!(states(&after, &text).iter().all(|state| *state == State::Fresh));
        prop_assert_eq!(&filled(&written, syntax, &text), &written);
        let emptied = written_by_people(&after);
        prop_assert_eq!(&emptied, &written_by_people(&before));
        prop_assert_eq!(&filled(&emptied, syntax, &text), &written);
    }
}
