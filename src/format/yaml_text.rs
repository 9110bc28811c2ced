//! Writes text as YAML.

use std::fmt::Write;

/// Words that YAML does not read as text, ignoring case.
const WORDS: [&str; 12] = ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<"];

/// A text as a YAML scalar, for a value or a key, in block or flow style. It is only plain if every reader reads it as
/// exactly this text; otherwise it is quoted.
pub fn yaml_text(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if text.chars().all(|c| !c.is_control() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'))
    {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // A JSON string is also a YAML string, if characters that are line ends in YAML are escaped too.
    let json = serde_json::Value::from(text).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether the text is safe without quotes. If in doubt, it is quoted.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let begins_like_text = first.is_alphabetic() || first == '(';
    let is_safe = |c: char| {
        c.is_alphanumeric()
            || " -_./()+;!?%&*'’“”„–—…=@$§€°→×".contains(c)
            || ('\u{300}'..='\u{36f}').contains(&c)
    };
    (begins_like_text || is_version(text))
        && text.chars().all(|c| is_safe(c) && !c.is_control())
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_lowercase().as_str())
        && !is_number_like(text)
}

/// Whether the text is a version such as `1.0.0`, which every reader reads as text.
fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(3, '.').collect();
    let are_numbers = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let patch = parts.get(2).map_or("", |rest| rest.split(['-', '+']).next().unwrap_or(""));
    parts.len() == 3 && parts.iter().take(2).all(are_numbers) && are_numbers(&patch)
}

/// Whether a reader may read it as a number that begins with a letter, or as a time.
fn is_number_like(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.parse::<f64>().is_ok() || lower == "nan"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::yaml_text;
    use crate::format::tree;

    fn read(yaml: &str) -> Option<Vec<String>> {
        let tree = tree::yaml(yaml).ok()?;
        Vec::<String>::deserialize(&tree).ok()
    }

    #[test]
    fn ordinary_words_need_no_quotes() {
        for text in
            ["Ann", "Follows the runbook (alone)", "sre-1", "Élan vital – 日本", "1.0.0", "2.0.0-rc.1"]
        {
            assert_eq!(yaml_text(text), text);
        }
        for text in [
            "yes",
            "No",
            "null",
            "1.0",
            "1",
            "1.0.",
            "2026-01-01",
            "1:2:3",
            "a: b",
            "a #b",
            "- a",
            "",
            " a",
            "a, b",
            "nan",
            "inf",
        ] {
            assert_ne!(yaml_text(text), text, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_itself(text in "[ -~äé日\u{85}\u{2028}\n\t\u{1}\u{7f}\u{9f}'\"#:,\\[\\]{}&*!|>%@`-]{0,20}|\\PC*") {
            let scalar = yaml_text(&text);
            prop_assert_eq!(read(&format!("[{scalar}]")), Some(vec![text.clone()]), "{}", scalar);
            prop_assert_eq!(read(&format!("- {scalar}\n")), Some(vec![text]), "{}", scalar);
        }
    }
}
