//! MDX as an independent parser reads it.

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions, to_mdast};

/// A page as the compiler of MDX has it, with GitHub's extensions or without.
pub(crate) fn parsed(page: &str, is_github: bool) -> Node {
    let mut constructs = Constructs::mdx();
    if is_github {
        constructs = Constructs {
            // Unlike the compiler of MDX, this parser makes links of addresses inside links.
            gfm_autolink_literal: false,
            gfm_footnote_definition: true,
            gfm_label_start_footnote: true,
            gfm_strikethrough: true,
            gfm_table: true,
            gfm_task_list_item: true,
            ..constructs
        };
    }
    let options = ParseOptions { constructs, ..ParseOptions::mdx() };
    to_mdast(page, &options).unwrap_or_else(|error| panic!("{error}\n{page}"))
}
