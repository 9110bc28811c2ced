#![expect(clippy::string_slice, reason = "a test may end where a program may not")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::yaml::ALIAS_BUDGET;
use super::*;

/// The tree without places, in a form easy to write by hand.
fn plain(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(Number::Unsigned(value)) => value.to_string(),
        Value::Number(Number::Negative(value)) => value.to_string(),
        Value::Number(Number::Float(value)) => format!("{value:?}f"),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, plain(&entry.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// What every key and value is written as, in order.
fn written<'t>(text: &'t str, node: &Node) -> Vec<&'t str> {
    let mut found = vec![&text[node.span.clone()]];
    match &node.value {
        Value::List(items) => found.extend(items.iter().flat_map(|item| written(text, item))),
        Value::Map(entries) => {
            for entry in entries {
                found.push(&text[entry.key_span.clone()]);
                found.extend(written(text, &entry.value));
            }
        }
        _ => {}
    }
    found
}

/// Spans are on character boundaries and inside each other, in order.
fn check_spans(text: &str, node: &Node) {
    let mut at = node.span.start;
    let mut inside = |span: &Range<usize>| {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        assert!(at <= span.start, "{span:?} before {at} in {text:?}");
        assert!(span.end <= node.span.end, "{span:?} outside {:?} in {text:?}", node.span);
        at = span.end;
    };
    assert!(text.get(node.span.clone()).is_some());
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| {
            inside(&item.span);
            check_spans(text, item);
        }),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            inside(&entry.key_span);
            if let Cow::Borrowed(key) = entry.key {
                assert!(text[entry.key_span.clone()].contains(key), "{entry:?} {text:?}");
            }
            inside(&entry.value.span);
            check_spans(text, &entry.value);
        }),
        // What is borrowed stands between the quotes.
        Value::Text(Cow::Borrowed(content)) => {
            assert!(text[node.span.clone()].contains(content), "{node:?} {text:?}");
        }
        Value::Bool(_) | Value::Null => assert!(node.span.len() <= 5, "{node:?} {text:?}"),
        Value::Text(_) | Value::Number(_) => {}
    }
}

#[track_caller]
fn json_error(text: &str) -> (&'static str, &str, String) {
    let error = json(text).unwrap_err();
    (error.code.name(), &text[error.at], error.message)
}

#[track_caller]
fn yaml_error(text: &str) -> (&'static str, Range<usize>, &str) {
    let error = yaml(text).unwrap_err();
    assert!(!error.message.is_empty());
    (error.code.name(), error.at.clone(), &text[error.at])
}

#[test]
fn json_spans() {
    let text = " {\"a\" : [1, -2.50e+3 ,\"é\\n\\\"\", \"日本\"],\n\"b\\u00e9\":{},\"c\":[ ] , \"d\":null,\"e\":true,\"f\":false}\n";
    let node = json(text).unwrap();
    assert_eq!(
        written(text, &node)[1..],
        [
            "\"a\"",
            "[1, -2.50e+3 ,\"é\\n\\\"\", \"日本\"]",
            "1",
            "-2.50e+3",
            "\"é\\n\\\"\"",
            "\"日本\"",
            "\"b\\u00e9\"",
            "{}",
            "\"c\"",
            "[ ]",
            "\"d\"",
            "null",
            "\"e\"",
            "true",
            "\"f\"",
            "false",
        ]
    );
    assert_eq!(node.span, 1..text.len() - 1);
    check_spans(text, &node);
    assert_eq!(
        plain(&node),
        r#"{a: [1, -2500.0f, "é\n\"", "日本"], bé: {}, c: [], d: null, e: true, f: false}"#
    );
}

#[test]
fn json_borrows() {
    let node = json(r#"{"a":"b","c":"\u0064"}"#).unwrap();
    let Value::Map(entries) = node.value else { panic!() };
    assert!(matches!(&entries[0].value.value, Value::Text(Cow::Borrowed("b"))));
    assert!(matches!(&entries[1].value.value, Value::Text(Cow::Owned(text)) if text == "d"));
}

#[test]
fn scalar_documents() {
    for text in ["7", "-7", "0.5", "\"x\"", "\"\\t\"", "null", "true", "false", "[]", "{}"] {
        let node = json(text).unwrap();
        assert_eq!(node.span, 0..text.len());
        assert_eq!(yaml(text).unwrap(), node);
    }
}

#[test]
fn duplicate_keys_stay() {
    for (node, text) in [
        (json("{\"a\":1,\"a\":2}").unwrap(), "{\"a\":1,\"a\":2}"),
        (yaml("a: 1\na: 2\n").unwrap(), "a: 1\na: 2\n"),
    ] {
        assert_eq!(plain(&node), "{a: 1, a: 2}");
        let spans = written(text, &node);
        assert_eq!(spans[1], spans[3]);
    }
}

#[test]
fn json_errors() {
    for (text, span, message) in [
        ("", "", "the file ends where a value is expected"),
        ("{\"é\": [1, 2", "", "the file ends in the middle of a list"),
        ("{\"a\": \"b", "", "the file ends in the middle of a string"),
        ("[1,\n  é]", "é", "expected value"),
        ("[1] é", "é", "trailing characters"),
        ("{\"a\": 1,}", "}", "trailing comma"),
        ("{a: 1}", "a", "key must be a string"),
        ("{'a': 1}", "'", "key must be a string"),
        ("['a']", "'", "expected value"),
        ("{\"a\" 1}", "1", "expected `:`"),
        ("{\"a\": 1 \"b\"}", "\"", "expected `,` or `}`"),
        ("[1 2]", "2", "expected `,` or `]`"),
        ("[\"\\q\"]", "q", "invalid escape"),
        ("[nul]", "]", "this word is not one of JSON’s"),
        ("[01]", "1", "invalid number"),
        ("[1e999]", "9", "number out of range"),
        ("// x\n{}", "/", "expected value"),
        ("[NaN]", "N", "expected value"),
        ("\u{feff}{}", "\u{feff}", "expected value"),
    ] {
        assert_eq!(json_error(text), ("json-syntax", span, message.into()), "{text}");
        // The judgement is serde_json's.
        let theirs = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        let theirs_is_ours = theirs
            .to_string()
            .starts_with(&message.replace("this word is not one of JSON’s", "expected ident"));
        assert!(theirs.is_eof() || theirs_is_ours, "{text}: {theirs}");
        assert_eq!(theirs.is_eof(), message.starts_with("the file ends"), "{text}: {theirs}");
    }
    let error = json("[\"a\nb\"]").unwrap_err();
    assert_eq!(error.at, 3..4);
    assert!(error.advice.unwrap().contains("\\n"));
}

#[test]
fn json_surrogates() {
    assert_eq!(plain(&json(r#""\ud83d\ude00""#).unwrap()), "\"😀\"");
    for text in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\ud83dx""#,
        r#"{"\ud83d": 1}"#,
        r#""\u12g4""#,
        r#""\u12"#,
    ] {
        let ours = json(text).unwrap_err();
        let theirs = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        assert!(theirs.is_eof() || theirs.to_string().starts_with(&ours.message), "{text}");
        assert_eq!(theirs.is_eof(), ours.message.starts_with("the file ends"), "{text}");
        assert_eq!(ours.code, Code::JsonSyntax);
    }
}

#[test]
fn json_depth() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(json(&deep(MAX_DEPTH)).is_ok());
    assert!(serde_json::from_str::<serde_json::Value>(&deep(MAX_DEPTH)).is_ok());
    let error = json(&deep(MAX_DEPTH + 1)).unwrap_err();
    assert_eq!((error.code, error.at), (Code::TooDeep, MAX_DEPTH..MAX_DEPTH + 1));
    let start = Instant::now();
    for text in ["[".repeat(1 << 20), "{\"a\":".repeat(1 << 18), "[{\"\":".repeat(1 << 18)] {
        assert_eq!(json(&text).unwrap_err().code, Code::TooDeep);
    }
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn yaml_spans() {
    let text = "# é\na: {b: [é, 'x y', \"q\\u00e9\"], c: , d}\nk:\n- 1\n- two # c\n-\n-  - x\nempty:\n\"q: | k\": &a !!str |2-  # > c\n   é one\n\n  two\n\n# comment\nfold: >\n  x\n\n  y\nplain: a b\n  c d\n'é':  \"a\n  b\"\n? ck\n: v\nlast:\n  - n: 1\n    m: 2\n  # end\n";
    let node = yaml(text).unwrap();
    check_spans(text, &node);
    let spans = written(text, &node);
    assert_eq!(spans[0], &text[5..text.len() - "\n  # end\n".len()]);
    assert_eq!(
        spans[1..],
        [
            "a",
            "{b: [é, 'x y', \"q\\u00e9\"], c: , d}",
            "b",
            "[é, 'x y', \"q\\u00e9\"]",
            "é",
            "'x y'",
            "\"q\\u00e9\"",
            "c",
            "",
            "d",
            "",
            "k",
            "- 1\n- two # c\n-\n-  - x",
            "1",
            "two",
            "",
            "- x",
            "x",
            "empty",
            "",
            "\"q: | k\"",
            "|2-  # > c\n   é one\n\n  two",
            "fold",
            ">\n  x\n\n  y",
            "plain",
            "a b\n  c d",
            "'é'",
            "\"a\n  b\"",
            "ck",
            "v",
            "last",
            "- n: 1\n    m: 2",
            "n: 1\n    m: 2",
            "n",
            "1",
            "m",
            "2",
        ]
    );
    assert_eq!(
        plain(&node),
        "{a: {b: [\"é\", \"x y\", \"qé\"], c: null, d: null}, k: [1, \"two\", null, [\"x\"]], empty: null, \
         q: | k: \" é one\\n\\ntwo\", fold: \"x\\ny\\n\", plain: \"a b c d\", é: \"a b\", ck: \"v\", \
         last: [{n: 1, m: 2}]}"
    );
}

/// What is not there is missed behind its colon.
#[test]
fn yaml_spans_of_missing_values() {
    for (text, places) in
        [("a:\nb: 1\nc:", vec![2, 10]), ("{a: , b:}", vec![3, 8]), ("a: # c\nb:\n", vec![2, 9])]
    {
        let Value::Map(entries) = yaml(text).unwrap().value else { panic!("{text}") };
        let missing = entries.iter().filter(|entry| entry.value.value == Value::Null);
        assert_eq!(missing.map(|entry| entry.value.span.start).collect::<Vec<_>>(), places, "{text:?}");
    }
}

#[test]
fn yaml_spans_of_lists_under_keys() {
    for (text, list) in [
        ("k:\n- a\n- b\n", "- a\n- b"),
        ("k:\n-\n- b\n", "-\n- b"),
        ("k:\n-\n", "-"),
        ("k: &x-y !!seq # - c\n# - d\n- a\n", "- a"),
        ("k:\n  - a\n", "- a"),
        ("? k\n: - a\n", "- a"),
        ("? k # - c\n: - a\n", "- a"),
        ("k: [a]\n", "[a]"),
        ("k-: # -\r\n- a\r\n- |\r\n  b\r\n", "- a\r\n- |\r\n  b"),
        ("&k k: &v\n- a", "- a"),
    ] {
        let node = yaml(text).unwrap();
        check_spans(text, &node);
        let Value::Map(entries) = &node.value else { panic!() };
        assert_eq!(&text[entries[0].value.span.clone()], list, "{text:?}");
        assert!(matches!(entries[0].value.value, Value::List(_)));
    }
}

#[test]
fn yaml_spans_of_block_scalars() {
    for (text, expected, value) in [
        ("|\n  t", "|\n  t", "t\n"),
        ("--- |\n t\n", "|\n t", "t\n"),
        ("--- !!str |\n t\n...\n", "|\n t", "t\n"),
        ("%YAML 1.2\n---\n>\n é\n é\n", ">\n é\n é", "é é\n"),
        ("|+\n a\n\n\n", "|+\n a", "a\n\n\n"),
        ("|\r\n  é\r\n  b\r\n", "|\r\n  é\r\n  b", "é\nb\n"),
        ("# |\n# >\n|-\n  x # y\n", "|-\n  x # y", "x # y"),
        ("|\n\n  x\n", "|\n\n  x", "\nx\n"),
    ] {
        let node = yaml(text).unwrap();
        assert_eq!(&text[node.span.clone()], expected, "{text:?}");
        assert_eq!(node.value, Value::Text(value.into()), "{text:?}");
    }
    // In lists, one after the other, and empty ones.
    let text = "- |\n  a\n- >-  # c\n  b\n-  |\n-   >\n- - |\n   c\n- x: |\n   d\n  y: |\n- e\n";
    let node = yaml(text).unwrap();
    check_spans(text, &node);
    let spans = written(text, &node);
    assert_eq!(
        spans[1..],
        [
            "|\n  a",
            ">-  # c\n  b",
            "|",
            ">",
            "- |\n   c",
            "|\n   c",
            "x: |\n   d\n  y: |",
            "x",
            "|\n   d",
            "y",
            "|",
            "e",
        ]
    );
}

#[test]
fn yaml_pairs_in_a_list() {
    let text = "[a: 1 , ? b : 2, \"c\":3]";
    let node = yaml(text).unwrap();
    check_spans(text, &node);
    assert_eq!(plain(&node), "[{a: 1}, {b: 2}, {c: 3}]");
    assert_eq!(written(text, &node)[1..], ["a: 1", "a", "1", "? b : 2", "b", "2", "\"c\":3", "\"c\"", "3"]);
}

#[test]
fn core_schema() {
    for (text, expected) in [
        ("", "null"),
        ("~", "null"),
        ("null", "null"),
        ("Null", "null"),
        ("NULL", "null"),
        ("nULL", "\"nULL\""),
        ("true", "true"),
        ("True", "true"),
        ("TRUE", "true"),
        ("false", "false"),
        ("False", "false"),
        ("FALSE", "false"),
        ("yes", "\"yes\""),
        ("no", "\"no\""),
        ("on", "\"on\""),
        ("y", "\"y\""),
        ("tRue", "\"tRue\""),
        ("0", "0"),
        ("-1", "-1"),
        ("+1", "1"),
        ("007", "7"),
        ("-007", "-7"),
        ("0o17", "15"),
        ("0xfF", "255"),
        ("-0x1", "\"-0x1\""),
        ("0o8", "\"0o8\""),
        ("0x", "\"0x\""),
        ("0b1", "\"0b1\""),
        ("1_000", "\"1_000\""),
        ("12:30", "\"12:30\""),
        ("2022-03-17", "\"2022-03-17\""),
        ("1.0", "1.0f"),
        ("1.", "1.0f"),
        (".5", "0.5f"),
        ("+.5e+1", "5.0f"),
        ("1e3", "1000.0f"),
        ("1E-2", "0.01f"),
        ("-1.5", "-1.5f"),
        (".", "\".\""),
        ("-.", "\"-.\""),
        ("+", "\"+\""),
        ("1e", "\"1e\""),
        ("e1", "\"e1\""),
        ("1.0.0", "\"1.0.0\""),
        (".e1", "\".e1\""),
        ("1e+", "\"1e+\""),
        ("-.nan", "\"-.nan\""),
        ("inf", "\"inf\""),
        ("NaN", "\"NaN\""),
        ("infinity", "\"infinity\""),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "1.8446744073709552e19f"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("-0", "-0.0f"),
        ("'1'", "\"1\""),
        ("\"true\"", "\"true\""),
        ("''", "\"\""),
        ("<<", "\"<<\""),
        ("1 2", "\"1 2\""),
        ("é", "\"é\""),
    ] {
        let node = yaml(text).unwrap();
        assert_eq!(plain(&node), expected, "{text}");
        if let (Value::Number(number), Ok(json)) = (&node.value, json(text)) {
            assert_eq!(Value::Number(*number), json.value);
        }
    }
    assert_eq!(yaml_error("a: 1e999"), ("yaml-syntax", 3..8, "1e999"));
    for text in [
        "+1e999",
        ".inf",
        "-.INF",
        "+.Inf",
        ".nan",
        ".NaN",
        "0xffffffffffffffffff",
        "0o7777777777777777777777777",
    ] {
        assert_eq!(yaml_error(text), ("yaml-syntax", 0..text.len(), text));
    }
}

#[test]
fn tags() {
    for (text, expected) in [
        ("!!str 2024", "\"2024\""),
        ("! 2024", "\"2024\""),
        ("!!str", "\"\""),
        ("!!int '7'", "7"),
        ("!!float 3.0", "3.0f"),
        ("!!null ''", "null"),
        ("!!bool true", "true"),
        ("!!seq [1]", "[1]"),
        ("!!map {a: 1}", "{a: 1}"),
        ("! [1]", "[1]"),
        ("!<tag:yaml.org,2002:str> 1", "\"1\""),
        ("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", "\"1\""),
        ("{!!str 1: a}", "{1: \"a\"}"),
        ("!!str\nk: v", "{k: v}"),
    ] {
        if text.contains("\nk") {
            assert_eq!(yaml_error(text).0, "yaml-syntax", "{text}");
            continue;
        }
        assert_eq!(plain(&yaml(text).unwrap()), expected, "{text}");
    }
    for (text, span) in [
        ("a: !foo 1", "!foo"),
        ("a: !!binary aGk=", "!!binary"),
        ("- !!set {a}", "!!set"),
        ("a: !!timestamp 2001-01-01", "!!timestamp"),
        ("a: !!int x", "!!int"),
        ("a: !!seq {}", "!!seq"),
        ("a: !!map []", "!!map"),
        ("a: &b !foo\n  c: 1\n", "!foo"),
        ("!<x:y> a: 1", "!<x:y>"),
        ("a: !!int 1.5", "!!int"),
        ("a: !!float x", "!!float"),
        ("a: !!merge x", "!!merge"),
        ("a: !!str {b: c}", "!!str"),
    ] {
        let (code, _, found) = yaml_error(text);
        assert_eq!((code, found), ("yaml-syntax", span), "{text}");
    }
    assert_eq!(yaml_error("a: !e!x 1").0, "yaml-syntax");
    // A whole number is a float too.
    assert_eq!(plain(&yaml("a: !!float 3").unwrap()), plain(&yaml("a: 3.0").unwrap()));
    assert_eq!(yaml_error("{summary: ?}").0, "yaml-syntax");
}

#[test]
fn keys_must_be_text() {
    for (text, span) in [
        ("2024: a", "2024"),
        ("a:\n  true: b", "true"),
        ("{1.0: a}", "1.0"),
        ("~: a", "~"),
        ("? [a]\n: b", "[a]"),
        ("? {a: b}\n: c", "{a: b}"),
        ("{[a]: b}", "[a]"),
        ("? - a\n: b", "- "),
        (": a", ""),
        ("{: a}", ""),
    ] {
        let (code, _, found) = yaml_error(text);
        assert_eq!(code, "yaml-key-not-text", "{text}");
        assert!(span.starts_with(found), "{text} {found:?}");
    }
    let help = |text| yaml(text).unwrap_err().advice.unwrap();
    assert_eq!(help("2024: a"), "quote it: \"2024\"");
    assert_eq!(help("null: a"), "quote it: \"null\"");
    assert_eq!(help(": a"), "write the key before the `:`");
    assert_eq!(plain(&yaml("\"2024\": a\nno: b\n'~': c").unwrap()), "{2024: \"a\", no: \"b\", ~: \"c\"}");
}

#[test]
fn common_slips_in_json_are_explained() {
    for (text, advice) in [
        ("{'a': 1}", "JSON writes keys and text in double quotes"),
        ("{a: 1}", "put the key in double quotes"),
        ("[1,]", "remove the comma: JSON has none before `}` or `]`"),
        ("[nul]", "the words of JSON are `true`, `false` and `null`; text stands in double quotes"),
        ("[None]", "text stands in double quotes; a number begins with a digit or `-`"),
        ("[01]", "a number has no zero before its digits, and digits behind its point"),
        (r#"["\q"]"#, r"write a backslash as `\\`"),
        ("[\"a", "close the text with `\"`"),
        ("[1", "close the list with `]`"),
        ("{\"a\": 1", "close the object with `}`"),
        ("{} {}", "remove what follows: the dataset ends before it"),
        ("// a\n{}", "JSON has no comments; YAML has, after `#`"),
        ("{\"a\": # b\n1}", "JSON has no comments; YAML has, after `#`"),
    ] {
        assert_eq!(json(text).unwrap_err().advice.as_deref(), Some(advice), "{text}");
    }
}

/// The slips that everybody makes: where they are shown, and what is said about them.
#[test]
fn common_slips_are_explained() {
    for (text, span, message, advice) in [
        ("a: 1\nb:\n  c: d\n\te: f\n", 15..16, "a tab in the indentation", "YAML is indented with spaces"),
        (
            "a: {b: c d: e}",
            10..11,
            "a comma or a closing bracket should be here",
            "a comma is missing, or quotes around a text with `: ` in it",
        ),
        (
            "a: [{b: c}\nd: e\n",
            12..13,
            "this cannot stand between brackets",
            "a bracket that was opened before is not closed",
        ),
        ("a: [{b: c]\n", 4..5, "the bracket `{` is closed with `]`", "close it with `}`"),
        ("a: [b\n", 3..4, "the bracket `[` is not closed", "close it with `]`"),
        (
            "a: ]\n",
            3..4,
            "a closing bracket without an opening one",
            "remove it; text that starts with a bracket needs quotes",
        ),
        ("a: \"b\n", 3..4, "a quote without an end", "close it where the text ends"),
        (
            "  - a: b\n   c: d\n",
            12..13,
            "this is no item of the list above",
            "start it with `- `, or indent it like the object it is in",
        ),
        (
            "- a\nb: c\n",
            4..5,
            "this is no item of the list above",
            "start it with `- `, or indent it like the object it is in",
        ),
        (
            "a: - b\n",
            3..4,
            "a list cannot begin here",
            "a list begins on a line of its own; text that starts with `- ` needs quotes",
        ),
        (
            "a: \"b\" c\n",
            7..8,
            "the quotes end before the text does",
            "quote the text as a whole; a quote inside is written `\\\"`",
        ),
        (
            "a: 'it's'\n",
            7..8,
            "the quotes end before the text does",
            "in single quotes, an apostrophe is written twice: 'it''s'",
        ),
        (
            "a: b: c\n",
            4..5,
            "text without quotes cannot contain `: `",
            "put it in quotes or, if it is a key, align it with the other keys of its object",
        ),
        ("a: @b\n", 3..4, "text without quotes cannot start with `@`", "put the text in quotes"),
        (
            "a: \"C:\\dir\"\n",
            6..8,
            "this backslash has no meaning",
            "write a backslash as `\\\\`, or use single quotes, where it is an ordinary character",
        ),
        ("a: !b!c d\n", 3..4, "an unknown tag", "remove the tag; text that starts with `!` needs quotes"),
        (
            "a: 1\nb\nc: 2\n",
            5..6,
            "a key without a colon",
            "a key and its value stand on one line, with `: ` between",
        ),
    ] {
        let error = yaml(text).unwrap_err();
        assert_eq!(
            (error.at, error.message.as_str(), error.advice.as_deref()),
            (span, message, Some(advice)),
            "{text:?}"
        );
    }
}

#[test]
fn merge_keys() {
    let (code, span, found) = yaml_error("a: &a {b: 1}\nc:\n  <<: *a\n");
    assert_eq!((code, span, found), ("yaml-merge-key", 18..20, "<<"));
    assert_eq!(yaml_error("{<<: {}}").0, "yaml-merge-key");
    assert_eq!(plain(&yaml("\"<<\": 1\n'<<': 2").unwrap()), "{<<: 1, <<: 2}");
    assert_eq!(plain(&json("{\"<<\": 1}").unwrap()), "{<<: 1}");
}

#[test]
fn documents() {
    for text in ["", "\n", "# c\n", "---\n", "---\n...\n"] {
        assert_eq!(yaml(text).unwrap().value, Value::Null);
        assert!(text.get(yaml(text).unwrap().span).unwrap().is_empty());
    }
    for text in ["--- a\n", "%YAML 1.2\n---\na\n", "a\n...\n", "a\n...\n# c\n", "%YAML 1.1\n--- a"] {
        assert_eq!(plain(&yaml(text).unwrap()), "\"a\"", "{text:?}");
    }
    assert_eq!(yaml_error("é: 1\n---\nb: 1\n"), ("yaml-several-documents", 6..9, "---"));
    assert_eq!(yaml_error("a\n...\n---\nb").1, 6..9);
    assert_eq!(yaml_error("--- a\n--- b").0, "yaml-several-documents");
    assert_eq!(yaml_error("a: 1\n---\n").0, "yaml-several-documents");
}

#[test]
fn aliases() {
    let text = "a: &x\n  b: [1, é]\n  c: &y z\nd: *x\n*y : *y\ne: [*x, *x]\n";
    let node = yaml(text).unwrap();
    let inner = "{b: [1, \"é\"], c: \"z\"}";
    assert_eq!(plain(&node), format!("{{a: {inner}, d: {inner}, z: \"z\", e: [{inner}, {inner}]}}"));
    let Value::Map(entries) = &node.value else { panic!() };
    assert_eq!(&text[entries[1].value.span.clone()], "*x");
    assert_eq!(&text[entries[2].key_span.clone()], "*y");
    assert_eq!(&text[entries[3].value.span.clone()], "[*x, *x]");
    // Inside, the places of the original.
    assert_eq!(written(text, &entries[1].value)[1..], ["b", "[1, é]", "1", "é", "c", "z"]);
    // An anchor may be defined anew, be empty, be nested, and hold aliases.
    let text = "- &a 1\n- *a\n- &a 2\n- *a\n- &b\n- *b\n- &c [&d [*a], *d]\n- *c\n- *d\n";
    assert_eq!(plain(&yaml(text).unwrap()), "[1, 1, 2, 2, null, null, [[2], [2]], [[2], [2]], [2]]");
    // An anchor before its place, a key as an anchor.
    assert_eq!(yaml_error("a: *x\nb: &x 1").0, "yaml-syntax");
    assert_eq!(yaml_error("é: *x-é\n"), ("yaml-syntax", 4..9, "*x-é"));
    assert_eq!(yaml_error("[*nope, 1]").2, "*nope");
    assert_eq!(plain(&yaml("&k k: 1\nv: *k").unwrap()), "{k: 1, v: \"k\"}");
    // A key must be text by alias too.
    assert_eq!(yaml_error("- &n 1\n- *n : 2"), ("yaml-key-not-text", 9..11, "*n"));
    assert_eq!(yaml_error("- &n [1]\n- *n : 2").0, "yaml-key-not-text");
}

#[test]
fn alias_cycles() {
    for text in
        ["&a [*a]", "&a {b: *a}", "a: &x\n  b:\n    - *x\n", "- &a\n  - &b [*a]", "&a [&b [], *b, {c: *a}]"]
    {
        let (code, _, found) = yaml_error(text);
        assert_eq!((code, &found[..1]), ("yaml-syntax", "*"), "{text}");
    }
}

fn laughs(levels: usize, width: usize) -> String {
    let mut text = String::from("- &a0 [lol]\n");
    for level in 1..levels {
        let items = vec![format!("*a{}", level - 1); width].join(", ");
        writeln!(text, "- &a{level} [{items}]").unwrap();
    }
    text
}

#[test]
fn alias_budget() {
    let start = Instant::now();
    for text in [
        laughs(9, 9),
        laughs(30, 2),
        laughs(100, 50),
        format!("- &a [{}]\n{}", "x,".repeat(1000), "- *a\n".repeat(1000)),
        format!("- &a \"{}\"\n{}", "é\\n".repeat(1 << 18), "- *a\n".repeat(100)),
        format!("- &a {{}}\n- [{}]\n", "*a,".repeat(ALIAS_BUDGET + 9)),
    ] {
        let (code, _, found) = yaml_error(&text);
        assert_eq!((code, &found[..1]), ("yaml-alias-budget", "*"));
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert!(yaml(&laughs(5, 9)).is_ok());
    let fits = |times: usize| yaml(&format!("- &a x\n- [{}]\n", "*a,".repeat(times))).is_ok();
    assert!(fits(ALIAS_BUDGET) && !fits(ALIAS_BUDGET + 1));
    assert!(yaml(&format!("- &a [{}]\n{}", "x,".repeat(90), "- *a\n".repeat(1000))).is_ok());
    // Depth by aliases.
    let mut text = String::from("- &a0 [x]\n");
    for level in 1..200 {
        writeln!(text, "- &a{level} [*a{}]", level - 1).unwrap();
    }
    assert_eq!(yaml_error(&text).0, "too-deep");
}

#[test]
fn yaml_depth() {
    let flow = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(yaml(&flow(MAX_DEPTH)).is_ok());
    assert_eq!(yaml(&flow(MAX_DEPTH + 1)).unwrap_err().code, Code::TooDeep);
    assert_eq!(yaml_error(&flow(MAX_DEPTH + 1)).1, MAX_DEPTH..MAX_DEPTH + 1);
    assert!(yaml(&("- ".repeat(MAX_DEPTH) + "x")).is_ok());
    assert_eq!(yaml_error(&("- ".repeat(MAX_DEPTH + 1) + "x")).0, "too-deep");
    let mixed = |block: usize, flow_depth: usize| "- ".repeat(block) + &flow(flow_depth);
    assert!(yaml(&mixed(100, 27)).is_ok());
    assert_eq!(yaml_error(&mixed(100, 28)), ("too-deep", 227..228, "["));
    let start = Instant::now();
    for text in [
        "[".repeat(1 << 20),
        "{".repeat(1 << 20),
        "{a: ".repeat(1 << 18),
        "- ".repeat(1 << 19),
        "[{".repeat(1 << 19),
        (0..2000).map(|i| " ".repeat(i) + "a:\n").collect(),
    ] {
        assert_eq!(yaml(&text).unwrap_err().code, Code::TooDeep, "{}", &text[..9]);
    }
    assert_eq!(yaml_error(&"? ".repeat(1 << 19)).0, "yaml-key-not-text");
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn yaml_errors() {
    for (text, span) in [
        ("a: b: c", 4..5),
        ("é: @x", 4..5),
        ("a: `x`", 3..4),
        ("é: [1, 2", 4..5),
        ("a: \"x", 3..4),
        ("a: 'it's'", 7..8),
        ("a:\n\tb: 1", 3..4),
        ("a: \"\\n\\é\"", 6..9),
        ("a: [1}", 3..4),
        ("a: 1\n b: 2", 7..8),
    ] {
        let (code, found, _) = yaml_error(text);
        assert_eq!(code, "yaml-syntax", "{text}");
        assert_eq!(found, span, "{text:?}: {}", yaml(text).unwrap_err().message);
    }
}

/// A comment may be indented less than the text of a block scalar, and less than the text that an empty one could have.
#[test]
fn comments_below_block_scalars() {
    for (text, value) in [
        ("a: |\n    x\n  # é\nb: 1\n", "x\n"),
        ("a: |\n    x\n# y\nb: 1\n", "x\n"),
        ("a: |8\n      # é\nb: 1\n", ""),
        ("a: >8\n      # x\n    # y\n\n     # z\nb: 1\n", ""),
        ("a: |8\n      # x\n        # y\n\n            # z\nb: 1\n", ""),
    ] {
        let tree = yaml(text).unwrap_or_else(|error| panic!("{text:?}: {}", error.message));
        let Value::Map(entries) = &tree.value else { panic!("{text:?}") };
        assert_eq!(entries[0].value.value, Value::Text(value.into()), "{text:?}");
        assert_eq!(text.get(entries[1].key_span.clone()), Some("b"), "{text:?}");
    }
    assert!(yaml("a: |8\n      x\n").is_err());
    let many: Vec<String> = (0..100).map(|key| format!("k{key}: |8\n    # x\n")).collect();
    assert!(yaml(&many.concat()).is_err(), "so many are not worth the time");
}

#[test]
fn linear_time() {
    let start = Instant::now();
    let lists = format!("k:\n{}", "- &a x # - |\n".repeat(50_000));
    let literals = "- |\n  # x\n\n".repeat(50_000);
    let comments = format!("k: {}\n- a", "# - |\n".repeat(200_000));
    let lonely = format!("a: {} b", "\n".repeat(1 << 20));
    let escapes = format!("[{}1]", "\"\\n\",".repeat(100_000));
    let mut nested_anchors = String::new();
    for depth in 0..120 {
        writeln!(nested_anchors, "{}- &a{depth}", " ".repeat(depth)).unwrap();
    }
    nested_anchors += &format!("{}- x\n", " ".repeat(120)).repeat(20_000);
    for text in [&lists, &literals, &comments, &lonely, &escapes, &nested_anchors] {
        yaml(text).unwrap();
    }
    json(&escapes).unwrap();
    json(&format!("{}\"{}\"{}", "[".repeat(127), "x\\n".repeat(1 << 20), "]".repeat(127))).unwrap();
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// A small generator of random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn text(&mut self) -> String {
        let parts = [
            "a", "é", "日", "😀", " ", "\n", "\t", "\"", "\\", "'", ": ", " #", "- ", "{", "]", ",", "&",
            "*", "!", "|", ">", "%", "true", "null", "1", ".5", "<<", "\r\n", "\u{1}", "\u{7f}", "\u{85}",
            "\u{2028}", "/", "", "---", "...", "? ", "~",
        ];
        (0..self.roll(5)).map(|_| parts[self.roll(parts.len())]).collect()
    }

    fn value(&mut self, depth: usize) -> serde_json::Value {
        use serde_json::{Value, json};
        match self.roll(if depth == 0 { 6 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.roll(2) == 0),
            2 => json!(self.roll(100_000)),
            3 => json!(-(i64::try_from(self.roll(100_000)).unwrap()) - 1),
            4 => json!(f64::from(u32::try_from(self.roll(1 << 30)).unwrap()) * 1.7e-7 - 3.0),
            5 | 6 => json!(self.text()),
            7 => (0..self.roll(5)).map(|_| self.value(depth - 1)).collect(),
            _ => Value::Object((0..self.roll(5)).map(|_| (self.text(), self.value(depth - 1))).collect()),
        }
    }
}

#[test]
fn json_is_yaml_with_equal_trees() {
    let mut dice = Dice(7);
    for _ in 0..3000 {
        let value = dice.value(4);
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            // Its floats may differ in the last bit from those it wrote.
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let node = json(&text).unwrap();
            check_spans(&text, &node);
            assert_eq!(serde_json::Value::deserialize(&node).unwrap(), value, "{text}");
            // Spans and spelling included. YAML refuses some raw characters.
            match yaml(&text) {
                Ok(other) => assert_eq!(other, node, "{text}"),
                Err(error) => assert!(text.contains('\u{7f}'), "{text} {error:?}"),
            }
        }
    }
}

/// Writes a value as block YAML.
fn block(value: &serde_json::Value, indent: usize, out: &mut String) {
    use serde_json::Value;
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                write!(out, "\n{pad}- # c").unwrap();
                block(item, indent + 2, out);
            }
        }
        Value::Object(map) if !map.is_empty() => {
            for (key, item) in map {
                write!(out, "\n{pad}{}:", Value::from(key.as_str())).unwrap();
                block(item, indent + 1, out);
            }
        }
        _ => write!(out, "\n{pad} {value}").unwrap(),
    }
}

#[test]
fn block_yaml_has_the_tree_of_json() {
    let mut dice = Dice(11);
    for _ in 0..2000 {
        let value: serde_json::Value = serde_json::from_str(&dice.value(4).to_string()).unwrap();
        let mut text = String::new();
        block(&value, 0, &mut text);
        if text.contains('\u{7f}') {
            continue;
        }
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let node = yaml(&text).unwrap_or_else(|error| panic!("{text}\n{error:?}"));
            check_spans(&text, &node);
            assert_eq!(serde_json::Value::deserialize(&node).unwrap(), value, "{text}");
        }
    }
}

/// Damaged texts: no panic, and every place is one.
#[test]
fn damaged_texts() {
    let seeds = [
        "a: {b: [é, 'x y'], c: }\nk:\n- 1\n- two # c\n-\nlit: |+\n  é one\n\nfold: >-\n  x\n? ck\n: v\n",
        "%YAML 1.2\n---\n- &a !!str |2\n   é\n- *a\n- {*a : 1, \"q\\u00e9\": .inf}\n- - - x\n...\n",
        "{\"a\": [1, -2.5e3, \"\\ud83d\\ude00\", null], \"b\": {\"c\": true}}",
        "a: &x\n- b: *x\n-\r\n  - |\r\n   c\r\n? - d\n",
    ];
    let bits = [
        "é", "\n", " ", "\t", "-", ":", "|", ">", "&a ", "*a", "!", "#", "[", "]", "{", "}", "\"", "'", ",",
        "?", "\\", "0", "\r", "- ", "\u{feff}", "<<",
    ];
    let mut dice = Dice(3);
    let mut read = 0;
    for round in 0..30_000 {
        let mut text = seeds[round % seeds.len()].to_owned();
        for _ in 0..=dice.roll(4) {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
            let at = places[dice.roll(places.len())];
            if dice.roll(2) == 0 {
                text.remove(at);
            } else {
                text.insert_str(at, bits[dice.roll(bits.len())]);
            }
            if text.is_empty() {
                break;
            }
        }
        let results = [json(&text), yaml(&text)];
        // Two keys may become one in a map, so only the fate is compared.
        assert_eq!(results[0].is_ok(), serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        for result in results {
            match result {
                Ok(node) => {
                    read += 1;
                    // What is inside an alias is elsewhere.
                    if text.contains('*') {
                        written(&text, &node);
                    } else {
                        check_spans(&text, &node);
                    }
                }
                Err(error) => assert!(text.get(error.at.clone()).is_some(), "{error:?} {text:?}"),
            }
        }
    }
    assert!(read > 3000, "{read}");
}
