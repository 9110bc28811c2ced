//! The kinds of text in a dataset. Each is validated when it is read, and borrowed from the file if possible.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use semver::Version;
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

/// A pattern of the schema, implemented by hand to avoid a regular expression engine. The reader and `check` support
/// only these patterns.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The regular expression in the JSON Schema.
    pub regex: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// An example that matches.
    pub example: &'static str,
    fits: fn(&str) -> bool,
}

impl Pattern {
    const ALL: [Self; 3] = [
        Self { regex: "^[a-z0-9]+(-[a-z0-9]+)*$", name: "id", example: "product-owner", fits: is_slug },
        Self {
            // As https://semver.org has it.
            regex: concat!(
                r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)",
                r"(-((0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?",
                r"(\+([0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?$",
            ),
            name: "version",
            example: "1.0.0",
            fits: is_version,
        },
        Self {
            regex: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
            name: "language tag",
            example: "en-GB",
            fits: is_language,
        },
    ];
    const SLUG: Self = Self::ALL[0];
    const VERSION: Self = Self::ALL[1];
    const LANGUAGE: Self = Self::ALL[2];

    /// The pattern with this regular expression.
    pub fn of(regex: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.regex == regex)
    }

    /// Whether it is the pattern of ids.
    pub fn is_slug(self) -> bool {
        self.regex == Self::SLUG.regex
    }

    /// Whether the text matches the pattern.
    pub fn fits(self, text: &str) -> bool {
        (self.fits)(text)
    }
}

/// Whether a text is an id: lower-case letters and digits, in words joined by single hyphens.
pub fn is_slug(text: &str) -> bool {
    // One pass over the bytes, because this runs for every id of a dataset.
    let mut last = b'-';
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if last != b'-' => {}
            _ => return false,
        }
        last = byte;
    }
    last != b'-'
}

fn is_version(text: &str) -> bool {
    Version::parse(text).is_ok()
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Declares a kind of text: its validation, its name in errors, and its schema.
macro_rules! kind_of_text {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $fits:expr, $read:expr, $schema:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<'a>(Cow<'a, str>);

        impl $name<'_> {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name<'_> {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name<'_> {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name<'_> {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de: 'a, 'a> Deserialize<'de> for $name<'a> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Fitting { expected: $expected, fits: $fits, read: $read }).map(Self)
            }
        }

        impl JsonSchema for $name<'_> {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl Id<'_> {
    /// An id that was generated from other ids and numbers.
    pub(crate) fn generated(id: String) -> Self {
        Self(Cow::Owned(id))
    }
}

kind_of_text! {
    /// Plain Unicode text, not empty; may have several lines. White space at the end is ignored.
    Text, "text that is not empty", |text: &str| !text.is_empty(), without_trailing_blanks, json_schema!({"type": "string", "minLength": 1})
}

kind_of_text! {
    /// An id, or a reference to one: lower-case letters, digits and single hyphens.
    Id, "an id such as `product-owner`", is_slug, as_written, json_schema!({"type": "string", "pattern": Pattern::SLUG.regex})
}

kind_of_text! {
    /// A semantic version such as `1.2.0`.
    Revision, "a version such as `1.0.0`", is_version, as_written,
    json_schema!({"type": "string", "pattern": Pattern::VERSION.regex})
}

kind_of_text! {
    /// A BCP 47 language tag such as `en` or `de-CH`.
    Language, "a language tag such as `en`", is_language, as_written,
    json_schema!({"type": "string", "pattern": Pattern::LANGUAGE.regex})
}

/// Removes white space at the end, such as the line break after a YAML block. Text that is only white space is kept.
fn without_trailing_blanks(text: &str) -> &str {
    let trimmed = text.trim_ascii_end();
    if trimmed.is_empty() { text } else { trimmed }
}

fn as_written(text: &str) -> &str {
    text
}

/// Validated text, borrowed from the input if possible.
struct Fitting<F> {
    expected: &'static str,
    fits: F,
    read: fn(&str) -> &str,
}

impl<F: Fn(&str) -> bool> Fitting<F> {
    fn judge<'t, E: de::Error>(&self, text: &'t str) -> Result<&'t str, E> {
        if (self.fits)(text) {
            Ok((self.read)(text))
        } else {
            Err(E::invalid_value(Unexpected::Str(text), &self.expected))
        }
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for Fitting<F> {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.judge(text).map(Cow::Borrowed)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.judge(text).map(|text| Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_fit_what_they_say() {
        for (pattern, right, wrong) in [
            (
                Pattern::SLUG,
                &["a", "a-1", "0-b-c", "product-owner"][..],
                &["", "-", "a-", "-a", "a--b", "A", "é", "a b", "a_b", "a\n"][..],
            ),
            (
                Pattern::VERSION,
                &["1.0.0", "0.10.2", "1.0.0-rc.1", "1.0.0+b-1", "1.0.0-a-b+c", "1.0.0-0.0a+01"],
                &[
                    "",
                    "1",
                    "1.0",
                    "01.0.0",
                    "1.0.0-",
                    "1.0.0-01",
                    "1.0.0-a..b",
                    "1.0.0+",
                    "1.0.0+a..b",
                    "1.0.0.0",
                    "v1.0.0",
                    "1.0.x",
                    "1.0.0-é",
                ],
            ),
            (
                Pattern::LANGUAGE,
                &["en", "de-CH-1996", "zh-Hant", "abcdefgh"],
                &["", "e", "abcdefghi", "en-", "en_GB", "en-123456789", "12"],
            ),
        ] {
            assert!(pattern.fits(pattern.example), "{}", pattern.example);
            for text in right {
                assert!(pattern.fits(text), "{text}");
            }
            for text in wrong {
                assert!(!pattern.fits(text), "{text}");
            }
        }
    }
}
