//! A minimal HTML tokenizer that finds comments and tags the way browsers do.
//!
//! A full tokenizer is mostly a table of two thousand character references, which do not matter here. Tests compare this
//! one with a full tokenizer.

use std::ops::Range;

/// A piece of HTML; its place is in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A comment, including its delimiters; one that is not closed goes to the end.
    Comment(Range<usize>),
    /// A start tag: its name as written, and where it begins.
    Start(&'t str, usize),
    /// An end tag.
    End(&'t str),
}

/// Elements whose content is text up to their end tag.
const TEXT_ELEMENTS: [&str; 8] =
    ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Splits HTML into the pieces that matter.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut scanner = Scanner { text, at: 0 };
    while scanner.skip_to("<") {
        scanner.token(&mut tokens);
    }
    tokens
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    /// The piece that starts at a `<`, unless it is text.
    fn token(&mut self, tokens: &mut Vec<Token<'t>>) {
        let start = self.at;
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.comment();
            tokens.push(Token::Comment(start..self.at));
        } else if rest.starts_with("</") {
            self.skip(2);
            if self.is_at_letter() {
                tokens.extend(self.tag().map(Token::End));
            } else {
                // Not a tag: browsers drop everything up to the next `>`.
                self.skip_past(">");
            }
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.skip_past(">");
        } else {
            self.skip(1);
            if self.is_at_letter()
                && let Some(name) = self.tag()
            {
                tokens.push(Token::Start(name, start));
                self.content(name);
            }
        }
    }

    fn comment(&mut self) {
        self.skip("<!--".len());
        match self.rest() {
            rest if rest.starts_with('>') => self.skip(1),
            rest if rest.starts_with("->") => self.skip(2),
            _ => {
                // Search for both ends at once: two searches could each scan the rest of the text for every comment.
                while self.skip_to("--") {
                    match self.rest().get(2..) {
                        Some(behind) if behind.starts_with('>') => return self.skip(3),
                        Some(behind) if behind.starts_with("!>") => return self.skip(4),
                        _ => self.skip(1),
                    }
                }
            }
        }
    }

    /// Reads a tag, starting at its name; `None` if the text ends inside it.
    fn tag(&mut self) -> Option<&'t str> {
        let name = self.take_until(|c| is_blank(c) || matches!(c, '/' | '>'));
        loop {
            self.take_until(|c| !is_blank(c) && c != '/');
            match self.rest().chars().next()? {
                '>' => {
                    self.skip(1);
                    return Some(name);
                }
                first => {
                    // A leading equals sign is part of the attribute's name.
                    self.skip(first.len_utf8());
                    self.take_until(|c| is_blank(c) || matches!(c, '/' | '>' | '='));
                    self.take_until(|c| !is_blank(c));
                    if self.rest().starts_with('=') {
                        self.skip(1);
                        self.take_until(|c| !is_blank(c));
                        self.value();
                    }
                }
            }
        }
    }

    /// Reads an attribute's value.
    fn value(&mut self) {
        match self.rest().chars().next() {
            Some('"') => {
                self.skip(1);
                self.skip_past("\"");
            }
            Some('\'') => {
                self.skip(1);
                self.skip_past("'");
            }
            _ => {
                self.take_until(|c| is_blank(c) || c == '>');
            }
        }
    }

    /// Skips the content of an element that contains only text.
    fn content(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("plaintext") {
            self.at = self.text.len();
        }
        if !TEXT_ELEMENTS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return;
        }
        while self.skip_to("</") {
            let behind = self.rest().get(2..).unwrap_or_default();
            let is_end = behind.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                && behind
                    .get(name.len()..)
                    .is_some_and(|after| after.starts_with(|c| is_blank(c) || matches!(c, '/' | '>')));
            if is_end {
                return;
            }
            self.skip(2);
        }
    }

    fn is_at_letter(&self) -> bool {
        self.rest().starts_with(|c: char| c.is_ascii_alphabetic())
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Moves to the next of these, or to the end. Returns whether there is one.
    fn skip_to(&mut self, wanted: &str) -> bool {
        let found = self.rest().find(wanted);
        self.skip(found.unwrap_or_else(|| self.rest().len()));
        found.is_some()
    }

    /// Moves after the next of these, or to the end.
    fn skip_past(&mut self, wanted: &str) {
        if self.skip_to(wanted) {
            self.skip(wanted.len());
        }
    }

    fn take_until(&mut self, is_end: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let taken = rest.find(is_end).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.skip(taken.len());
        taken
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test says by a panic what it did not find")]
mod tests {
    use std::time::{Duration, Instant};

    use html5gum::emitters::default::DefaultEmitter;
    use html5gum::{Token as Theirs, Tokenizer};
    use proptest::prelude::*;

    use super::{Token, tokens};

    /// The same by a tokenizer for all of HTML.
    fn expected(text: &str) -> Vec<(String, usize)> {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut found = Vec::new();
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Theirs::Comment(comment) if text[comment.span.start..].starts_with("<!--") => {
                    found.push((text[comment.span.start..comment.span.end].to_owned(), comment.span.start));
                }
                Theirs::StartTag(tag) => {
                    found.push((String::from_utf8_lossy(&tag.name).into_owned(), tag.span.start));
                }
                Theirs::EndTag(tag) => found.push((format!("/{}", String::from_utf8_lossy(&tag.name)), 0)),
                _ => {}
            }
        }
        found
    }

    fn ours(text: &str) -> Vec<(String, usize)> {
        let shown = |token| match token {
            Token::Comment(range) => (text[range.clone()].to_owned(), range.start),
            Token::Start(name, at) => (name.to_ascii_lowercase(), at),
            Token::End(name) => (format!("/{}", name.to_ascii_lowercase()), 0),
        };
        tokens(text).into_iter().map(shown).collect()
    }

    /// What chance seldom puts together.
    #[test]
    fn values_and_short_comments_end_where_a_whole_tokenizer_ends_them() {
        for text in [
            r#"<a b="><h2>" c='><h3>'><h1>"#,
            r#"<a b='"><h2>'><h1>"#,
            r#"<a b = "><h2>"><h1>"#,
            r#"<a b=c="><h2>"><h1>"#,
            r#"<a b=c d="><h2>"><h1>"#,
            r"<a b=c/><h1>",
            r#"<a ="><h2>"#,
            r#"<a /="><h2>"#,
            "<!--><h2>-->",
            "<!---><h2>-->",
            "<!----><h2>-->",
            "<!-- --!><h2>-->",
        ] {
            assert_eq!(ours(text), expected(text), "{text}");
        }
    }

    #[test]
    fn many_comments_take_no_longer_than_one() {
        let start = Instant::now();
        assert_eq!(tokens(&"<!-- x -->".repeat(40_000)).len(), 40_000);
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn comments_and_tags_are_where_a_whole_tokenizer_finds_them(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<", ">", "/", "!", "-", "--", "<!--", "-->", "--!>", "<!", "<?", "</", "=", "\"", "'", " ", "\n",
                    "a", "<a ", "<h2", "<pre>", "</pre>", "<textarea>", "</textarea", "<TITLE>", "</title>", "<style ",
                    "</style>", "<xmp>", "</xmp>", "<plaintext>", "<![CDATA[", "]]>", "<!doctype ", "é", "&lt;", "b=",
                    "<!-- rolebook: roles -->",
                ]),
                0..24,
            )
        ) {
            let text = pieces.concat();
            prop_assert_eq!(ours(&text), expected(&text));
        }
    }
}
