//! YAML 1.2, core schema, from the events of `granit-parser`: one document,
//! text keys, no merge keys, core tags only, aliases within a budget.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, Tag};

use super::yaml_error::{syntax_error, unknown_anchor};
use super::{Entry, MAX_DEPTH, Node, Number, Value, character, push, too_deep};
use crate::diagnostic::{Code, Diagnostic};

/// The most values that all aliases of a document together may add; every 64
/// bytes of text in them count as one more.
pub(crate) const ALIAS_BUDGET: usize = 100_000;

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

/// The most block scalars whose comments [`yaml`] passes over where the parser fails.
const MOST_COMMENTS: usize = 64;

/// Reads YAML. A text without a document is [`Value::Null`].
///
/// # Errors
///
/// If the text is not YAML, or uses features that a dataset must not use.
pub(crate) fn yaml(text: &str) -> Result<Node<'_>> {
    let mut failure = match document(text) {
        Ok(tree) => return Ok(tree),
        Err(failure) => failure,
    };
    // The parser takes a comment below an empty block scalar for its text, and then finds it indented too little.
    let mut without_comments = String::new();
    for _ in 0..MOST_COMMENTS {
        let Some(comment) = failure.comment_in_block_scalar(text) else { break };
        if without_comments.is_empty() {
            text.clone_into(&mut without_comments);
        }
        let blank = "\n".repeat(comment.len());
        without_comments.replace_range(comment, &blank);
        match document(&without_comments) {
            Ok(tree) => return Ok(tree.into_owned()),
            Err(other) => failure = other,
        }
    }
    Err(match failure {
        Failure::Syntax(error) => syntax_error(text, &error),
        Failure::Unfit(diagnostic) => diagnostic,
    })
}

/// Why a text cannot be read.
enum Failure {
    Syntax(ScanError),
    Unfit(Diagnostic),
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Unfit(diagnostic)
    }
}

impl Failure {
    /// The comment that the parser took for a line of a block scalar, and those on the lines after it: none of them
    /// belongs to the scalar.
    fn comment_in_block_scalar(&self, text: &str) -> Option<Range<usize>> {
        let Self::Syntax(error) = self else { return None };
        let is_it = *error.kind() == ErrorKind::InvalidBlockScalarIndent;
        let start = error.marker().byte_offset().filter(|_| is_it)?;
        let rest = text.get(start..).filter(|rest| rest.starts_with('#'))?;
        let is_comment = |line: &&str| matches!(line.trim_start().chars().next(), None | Some('#'));
        let comments = rest.split_inclusive(['\n', '\r']).take_while(is_comment);
        Some(start..start + comments.map(str::len).sum::<usize>())
    }
}

fn document(text: &str) -> Result<Node<'_>, Failure> {
    let mut options = Options::default();
    // Another crate may have enabled the `comments` feature.
    options.set_emit_comments(false);
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut reader = Reader {
        text,
        read_to: 0,
        documents: 0,
        aliases: Aliases::default(),
        tree: Tree { text, open: Vec::new(), root: None },
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(Failure::Syntax)?;
        reader.event(event, &span)?;
    }
    Ok(reader.tree.root.unwrap_or(Node { span: text.len()..text.len(), value: Value::Null }))
}

/// An event, resolved.
#[derive(Clone)]
enum Step<'a> {
    Scalar {
        value: Value<'a>,
        merge: bool,
    },
    Open {
        map: bool,
    },
    /// `end`: after the bracket, if there is one.
    Close {
        end: Option<usize>,
    },
    Alias(usize),
}

struct Reader<'a> {
    text: &'a str,
    /// The end of the last token. Only punctuation, properties and comments
    /// are between it and the next one.
    read_to: usize,
    documents: usize,
    aliases: Aliases<'a>,
    tree: Tree<'a>,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, span: &Span) -> Result<()> {
        let range = range(self.text, span);
        match event {
            Event::DocumentStart(explicit, _) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Diagnostic::new(
                        Code::YamlSeveralDocuments,
                        range,
                        "a second YAML document starts here",
                    )
                    .advice("a dataset is one document; move the others to separate files"));
                }
                if explicit {
                    self.read_to = range.end;
                }
                Ok(())
            }
            Event::Alias(anchor) => {
                self.read_to = range.end;
                self.step(Step::Alias(anchor), range, 0)
            }
            Event::Scalar(text, style, anchor, tag) => {
                let written = self.scalar_range(style, range.clone());
                self.read_to = range.end;
                let step = scalar(self.text, text, style, tag.as_deref(), &written, span)?;
                self.step(step, written, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                check_collection_tag(self.text, tag.as_deref(), "seq", span)?;
                let start = self.list_start(&range);
                self.step(Step::Open { map: false }, start..range.end, anchor)
            }
            Event::MappingStart(_, anchor, tag) => {
                check_collection_tag(self.text, tag.as_deref(), "map", span)?;
                self.step(Step::Open { map: true }, range, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Without a bracket, the parser reports the position of what follows.
                let bracket = matches!(self.text.get(range.clone()), Some("]" | "}"));
                if bracket {
                    self.read_to = range.end;
                }
                let end = bracket.then_some(range.end);
                self.step(Step::Close { end }, range, 0)
            }
            // Stream and document markers, and disabled events.
            _ => Ok(()),
        }
    }

    fn step(&mut self, step: Step<'a>, range: Range<usize>, anchor: usize) -> Result<()> {
        self.aliases.note(&step, &range, anchor);
        if let Step::Alias(anchor) = step {
            return self.aliases.expand(anchor, &range, &mut self.tree);
        }
        self.tree.apply(step, range)
    }

    /// Corrects the parser's span: it excludes the header of a block scalar,
    /// includes the line ends after it, and places a missing value before its colon.
    fn scalar_range(&self, style: ScalarStyle, range: Range<usize>) -> Range<usize> {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let start = self.find(range.start, |byte| matches!(byte, b'|' | b'>')).unwrap_or(range.start);
                let written = self.text.get(start..range.end).unwrap_or_default();
                start..start + written.trim_end().len()
            }
            // Elsewhere the colon may be the start of the next key.
            _ if range.is_empty() && range.start == self.read_to && self.byte(range.start) == Some(b':') => {
                let at = range.start + 1;
                at..at
            }
            _ => range,
        }
    }

    /// The first dash or the bracket of a list. The parser has it except for a
    /// list that is no deeper than its key: there it points behind the dash.
    fn list_start(&mut self, range: &Range<usize>) -> usize {
        if self.text.get(range.clone()) == Some("[") {
            self.read_to = range.end;
            return range.start;
        }
        if !self.tree.wants_value() {
            return range.start;
        }
        let limit = range.start + 1;
        self.find(limit, |byte| byte == b'-').unwrap_or(range.start)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first byte that is `wanted` between the last token and `limit`,
    /// outside properties and comments.
    fn find(&self, limit: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
        let mut at = self.read_to;
        while at < limit {
            let byte = self.byte(at)?;
            if wanted(byte) {
                return Some(at);
            }
            let rest = self.text.as_bytes().get(at..limit)?;
            let length = match byte {
                b'#' => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')),
                b'&' | b'!' => rest.iter().position(u8::is_ascii_whitespace),
                _ => Some(1),
            };
            at += length?;
        }
        None
    }
}

/// The values of anchors, as steps to repeat at each alias. All anchors share
/// one record, so that nested anchors cost no more than one.
#[derive(Default)]
struct Aliases<'a> {
    record: Vec<(Step<'a>, Range<usize>)>,
    /// By anchor, the part of the record.
    done: HashMap<usize, Range<usize>>,
    /// Anchored collections that are not closed: anchor, start, and how many
    /// collections were open outside.
    open: Vec<(usize, usize, usize)>,
    depth: usize,
    spent: usize,
}

impl<'a> Aliases<'a> {
    fn note(&mut self, step: &Step<'a>, range: &Range<usize>, anchor: usize) {
        if anchor == 0 && self.open.is_empty() {
            return;
        }
        let at = self.record.len();
        self.record.push((step.clone(), range.clone()));
        let end = self.record.len();
        match step {
            Step::Open { .. } => {
                if anchor != 0 {
                    self.open.push((anchor, at, self.depth));
                }
                self.depth += 1;
            }
            Step::Close { .. } => {
                self.depth = self.depth.saturating_sub(1);
                let depth = self.depth;
                if let Some((anchor, start, _)) = self.open.pop_if(|(_, _, outer)| *outer == depth) {
                    self.done.insert(anchor, start..end);
                }
            }
            Step::Scalar { .. } if anchor != 0 => {
                self.done.insert(anchor, at..end);
            }
            Step::Scalar { .. } | Step::Alias(_) => {}
        }
    }

    /// Repeats the steps of an anchor, including those of aliases in it.
    fn expand(&mut self, anchor: usize, at: &Range<usize>, tree: &mut Tree<'a>) -> Result<()> {
        if self.open.iter().any(|(open, ..)| *open == anchor) {
            return Err(Diagnostic::new(
                Code::YamlSyntax,
                at.clone(),
                "this alias is inside what it stands for",
            )
            .advice("an alias can only refer to a value that ends before it"));
        }
        let unknown = || unknown_anchor(at.clone());
        let mut parts = vec![self.done.get(&anchor).cloned().ok_or_else(unknown)?];
        // The first step of each part gets the span of its alias.
        let mut place = Some(at.clone());
        while let Some(part) = parts.last_mut() {
            let Some((step, range)) = part.next().and_then(|index| self.record.get(index)) else {
                parts.pop();
                continue;
            };
            let cost = match step {
                Step::Scalar { value: Value::Text(text), .. } => (text.len() >> 6) + 1,
                _ => 1,
            };
            self.spent += cost;
            if self.spent > ALIAS_BUDGET {
                return Err(Diagnostic::new(
                    Code::YamlAliasBudget,
                    at.clone(),
                    format!("the aliases up to this one repeat more than {ALIAS_BUDGET} values"),
                )
                .advice("write the values out, or use fewer aliases"));
            }
            if let Step::Alias(inner) = step {
                place.get_or_insert_with(|| range.clone());
                parts.push(self.done.get(inner).cloned().ok_or_else(unknown)?);
            } else if let Some(place) = place.take() {
                tree.apply_at(step.clone(), range.clone(), Some(place))?;
            } else {
                tree.apply(step.clone(), range.clone())?;
            }
        }
        Ok(())
    }
}

/// The tree read so far.
struct Tree<'a> {
    text: &'a str,
    open: Vec<Collection<'a>>,
    root: Option<Node<'a>>,
}

struct Collection<'a> {
    span: Range<usize>,
    /// An alias stands here, so the span is final.
    aliased: bool,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>, Option<(Cow<'a, str>, Range<usize>)>),
}

impl<'a> Tree<'a> {
    fn wants_value(&self) -> bool {
        matches!(self.open.last(), Some(Collection { content: Content::Map(_, Some(_)), .. }))
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Collection { content: Content::Map(_, None), .. }))
    }

    fn apply(&mut self, step: Step<'a>, range: Range<usize>) -> Result<()> {
        self.apply_at(step, range, None)
    }

    fn apply_at(&mut self, step: Step<'a>, range: Range<usize>, alias: Option<Range<usize>>) -> Result<()> {
        let aliased = alias.is_some();
        let span = alias.unwrap_or(range);
        match step {
            Step::Scalar { value, merge } if self.wants_key() => self.key(value, merge, span),
            Step::Scalar { value, .. } => {
                self.value(Node { span, value });
                Ok(())
            }
            Step::Open { .. } if self.wants_key() => Err(Diagnostic::new(
                Code::YamlKeyNotText,
                span,
                "a key must be text, not a list or an object",
            )
            .advice("text that starts with `[`, `{` or `? ` needs quotes")),
            Step::Open { map } => {
                if self.open.len() >= MAX_DEPTH {
                    let start = span.start;
                    return Err(too_deep(if aliased { span } else { character(self.text, start) }));
                }
                self.open.push(Collection {
                    span,
                    aliased,
                    content: if map { Content::Map(Vec::new(), None) } else { Content::List(Vec::new()) },
                });
                Ok(())
            }
            Step::Close { end } => {
                if let Some(Collection { mut span, aliased, content }) = self.open.pop() {
                    if !aliased && let Some(end) = end {
                        span.end = end;
                    }
                    let value = match content {
                        Content::List(items) => Value::List(items),
                        Content::Map(entries, _) => Value::Map(entries),
                    };
                    self.value(Node { span, value });
                }
                Ok(())
            }
            // Expanded before it comes here.
            Step::Alias(_) => Ok(()),
        }
    }

    fn key(&mut self, value: Value<'a>, merge: bool, span: Range<usize>) -> Result<()> {
        if merge {
            return Err(Diagnostic::new(
                Code::YamlMergeKey,
                span,
                "`<<` merges an object into this one; YAML 1.2 has no such key",
            )
            .advice("write the keys out; if `<<` is a name, quote it: \"<<\""));
        }
        let Value::Text(key) = value else {
            let raw = self.text.get(span.clone()).unwrap_or_default();
            let error = Diagnostic::new(
                Code::YamlKeyNotText,
                span,
                format!("a key must be text, this is {}", value.kind()),
            );
            return Err(match value {
                Value::Null if raw.is_empty() => error.advice("write the key before the `:`"),
                _ => error.advice(format!("quote it: \"{raw}\"")),
            });
        };
        if let Some(collection) = self.open.last_mut() {
            collection.reach(span.end);
            if let Content::Map(_, waiting) = &mut collection.content {
                *waiting = Some((key, span));
            }
        }
        Ok(())
    }

    fn value(&mut self, node: Node<'a>) {
        let Some(collection) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        collection.reach(node.span.end);
        match &mut collection.content {
            Content::List(items) => push(items, node),
            Content::Map(entries, waiting) => {
                if let Some((key, key_span)) = waiting.take() {
                    push(entries, Entry { key, key_span, value: node });
                }
            }
        }
    }
}

impl Collection<'_> {
    fn reach(&mut self, end: usize) {
        if !self.aliased {
            self.span.end = self.span.end.max(end);
        }
    }
}

fn range(text: &str, span: &Span) -> Range<usize> {
    // A parser over a `&str` always reports byte offsets.
    span.byte_range().unwrap_or(text.len()..text.len())
}

/// The value of a scalar by its tag, or by the core schema.
fn scalar<'a>(
    source: &'a str,
    text: Cow<'a, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
    written: &Range<usize>,
    span: &Span,
) -> Result<Step<'a>> {
    let plain = style == ScalarStyle::Plain;
    // The parser reports a missing value as `~`.
    let absent = plain && written.is_empty();
    let as_text = |text| if absent { Cow::Borrowed("") } else { text };
    let resolved = |text: &str| {
        resolve(text).map_err(|OutOfRange| {
            Diagnostic::new(Code::YamlSyntax, written.clone(), "number out of range") // as JSON has it
        })
    };

    // `{summary: ?}` is not valid YAML, although the parser accepts it.
    if plain && text == "?" && tag.is_none() {
        let problem =
            Diagnostic::new(Code::YamlSyntax, written.clone(), "`?` begins a key and cannot be a value");
        return Err(problem.advice("quote it: \"?\""));
    }
    let value = match tag.map(|tag| (tag, tag_name(tag))) {
        None if plain => resolved(&text)?.unwrap_or(Value::Text(text)),
        None | Some((_, Some("!" | "str"))) => Value::Text(as_text(text)),
        Some((tag, Some(name))) => match (name, resolved(&text)?) {
            ("null", Some(value @ Value::Null))
            | ("bool", Some(value @ Value::Bool(_)))
            | ("int", Some(value @ Value::Number(Number::Unsigned(_) | Number::Negative(_))))
            | ("float", Some(value @ Value::Number(Number::Float(_)))) => value,
            // A whole number is a float too.
            #[expect(clippy::cast_precision_loss, reason = "what the tag asks for")]
            ("float", Some(Value::Number(Number::Unsigned(value)))) => {
                Value::Number(Number::Float(value as f64))
            }
            #[expect(clippy::cast_precision_loss, reason = "what the tag asks for")]
            ("float", Some(Value::Number(Number::Negative(value)))) => {
                Value::Number(Number::Float(value as f64))
            }
            _ => return Err(wrong_tag(source, tag, span)),
        },
        Some((tag, None)) => return Err(wrong_tag(source, tag, span)),
    };
    Ok(Step::Scalar {
        merge: plain && tag.is_none() && matches!(&value, Value::Text(text) if text == "<<"),
        value,
    })
}

/// A core tag by its name, and `!` for "no tag, and not by its looks either".
fn tag_name(tag: &Tag) -> Option<&str> {
    if tag.parts() == ("", "!") { Some("!") } else { tag.core_suffix() }
}

fn check_collection_tag(text: &str, tag: Option<&Tag>, name: &str, span: &Span) -> Result<()> {
    match tag {
        Some(tag) if !matches!(tag_name(tag), Some(found) if found == name || found == "!") => {
            Err(wrong_tag(text, tag, span))
        }
        _ => Ok(()),
    }
}

fn wrong_tag(text: &str, tag: &Tag, span: &Span) -> Diagnostic {
    let at = span.tag_span().unwrap_or(*span);
    let tag_text = tag.original();
    let message = if tag.is_yaml_core_schema() {
        format!("the tag `{tag_text}` does not fit this value")
    } else {
        format!("the tag `{tag_text}` is not one of the YAML core schema")
    };
    Diagnostic::new(Code::YamlSyntax, range(text, &at), message)
        .advice("remove the tag; text that starts with `!` needs quotes")
}

struct OutOfRange;

/// The value of a plain scalar in the core schema; `None` if it is text.
fn resolve(text: &str) -> Result<Option<Value<'static>>, OutOfRange> {
    Ok(Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => return Ok(number(text)?.map(Value::Number)),
    }))
}

fn number(text: &str) -> Result<Option<Number>, OutOfRange> {
    // Fast path: the first byte rules out most non-numbers.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Ok(None);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        // These are numbers in YAML but not in JSON, so datasets must not use them.
        ".inf" | ".Inf" | ".INF" => return Err(OutOfRange),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Err(OutOfRange),
        _ => {}
    }
    if !is_decimal(unsigned) {
        return Ok(None);
    }
    // Numbers that are valid JSON get exactly the same value as in JSON.
    if let Ok(number) = serde_json::from_str::<serde_json::Number>(text) {
        return from_json(&number).map(Some);
    }
    // Only YAML has `+1`, `007`, `1.` and `.5`.
    let value = if let Ok(value) = text.parse::<u64>() {
        Number::Unsigned(value)
    } else if let Ok(value) = text.parse::<i64>() {
        Number::Negative(value)
    } else {
        Number::Float(text.parse().map_err(|_| OutOfRange)?)
    };
    match value {
        Number::Float(value) if !value.is_finite() => Err(OutOfRange),
        _ => Ok(Some(value)),
    }
}

fn from_json(number: &serde_json::Number) -> Result<Number, OutOfRange> {
    let whole = number.as_u64().map(Number::Unsigned).or_else(|| number.as_i64().map(Number::Negative));
    whole.or_else(|| number.as_f64().map(Number::Float)).ok_or(OutOfRange)
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction) && exponent
}

/// Digits after `0o` or `0x`.
fn radix(digits: &str, radix: u32) -> Result<Option<Number>, OutOfRange> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Ok(None);
    }
    u64::from_str_radix(digits, radix).map(|value| Some(Number::Unsigned(value))).map_err(|_| OutOfRange)
}
