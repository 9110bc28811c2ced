//! Stricter readers than serde's own, which would accept a list in place of an object, an object in place of a word,
//! and a repeated key in `meta`.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::Number;

use super::dataset::{Meta, OwnData};

/// Reads an object; serde would also accept a list of its values.
pub(super) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object(PhantomData).deserialize(deserializer)
}

/// Reads an object under an optional key.
pub(super) fn optional_object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    object(deserializer).map(Some)
}

/// Reads a list of objects.
pub(super) fn objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    list(deserializer, ListVisitor { item: || Object(PhantomData) })
}

/// Reads a list of at least one object.
pub(super) fn some_objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    objects(deserializer).and_then(filled)
}

/// Reads a list of at least one text.
pub(super) fn some_texts<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    list(deserializer, ListVisitor { item: || PhantomData }).and_then(filled)
}

fn list<'de, D, V, T>(deserializer: D, visitor: V) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    V: Visitor<'de, Value = Vec<T>>,
{
    deserializer.deserialize_seq(visitor)
}

/// Reads a list with this item reader.
struct ListVisitor<F> {
    item: F,
}

impl<'de, S: DeserializeSeed<'de>, F: Fn() -> S> Visitor<'de> for ListVisitor<F> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed((self.item)())? {
            if items.len() == items.capacity() {
                // Doubles from one, not from four as `push` would: most aspects have one statement or two, and the unused
                // memory for others would be eight pages of the built-in dataset.
                items.reserve_exact(items.len().max(1));
            }
            items.push(item);
        }
        Ok(items)
    }
}

fn filled<T, E: Error>(list: Vec<T>) -> Result<Vec<T>, E> {
    if list.is_empty() { Err(E::invalid_length(0, &"one item or more")) } else { Ok(list) }
}

/// Reads the value of an optional key, which must not be `null`.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads one of a few words; serde would also accept `{"word": null}`.
pub(super) fn word<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Word<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Word<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a word")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            T::deserialize(StrDeserializer::new(text))
        }
    }

    deserializer.deserialize_str(Word(PhantomData))
}

/// The largest whole number that every JSON reader represents exactly, 2^53 - 1.
pub(crate) const LARGEST: i64 = (1 << 53) - 1;

/// Reads a whole number. It may be written as `1.0` or `1e2`, which mean the same in JSON.
pub(super) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Whole;

    impl Visitor<'_> for Whole {
        type Value = i64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
            let fits = (-LARGEST..=LARGEST).contains(&value);
            if fits { Ok(value) } else { Err(E::invalid_value(Unexpected::Signed(value), &self)) }
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
            let out_of_range = |_| E::invalid_value(Unexpected::Unsigned(value), &self);
            i64::try_from(value).map_err(out_of_range).and_then(|value| Self.visit_i64(value))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
            whole_of(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    deserializer.deserialize_i64(Whole)
}

/// Reads a whole number under an optional key.
pub(super) fn optional_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    whole(deserializer).map(Some)
}

/// Converts a float to a whole number, if it is one that JSON represents exactly.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "exact in this range")]
pub(crate) fn whole_of(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && value.abs() <= LARGEST as f64;
    fits.then_some(value as i64)
}

/// Reads the format version, which must be 1.
pub(super) fn format_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match whole(deserializer)? {
        1 => Ok(1),
        other => Err(D::Error::custom(format_args!("format {other}; this rolebook reads format 1"))),
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Object<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

impl<'de> Deserialize<'de> for Meta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_map(Anything)? {
            object @ OwnData::Object(_) => Ok(Self(object.into())),
            _ => Err(D::Error::custom("an object is asked")),
        }
    }
}

/// From this number of keys, an object is searched for repeated ones by hash.
const FEW_KEYS: usize = 16;

/// Reads any value, but refuses repeated keys in objects.
struct Anything;

impl<'de> DeserializeSeed<'de> for Anything {
    type Value = OwnData;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<OwnData, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = OwnData;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E: Error>(self) -> Result<OwnData, E> {
        Ok(OwnData::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<OwnData, E> {
        Ok(OwnData::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<OwnData, E> {
        Ok(OwnData::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<OwnData, E> {
        Ok(OwnData::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<OwnData, E> {
        Number::from_f64(value).map(OwnData::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<OwnData, E> {
        Ok(OwnData::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OwnData, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Self)? {
            items.push(item);
        }
        Ok(OwnData::List(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OwnData, A::Error> {
        let mut entries: Vec<(Box<str>, OwnData)> = Vec::new();
        let mut keys: HashSet<Box<str>> = HashSet::new();
        while let Some(key) = map.next_key::<Box<str>>()? {
            let value = map.next_value_seed(Self)?;
            // Few keys are searched one by one, because most objects have few.
            if entries.len() == FEW_KEYS {
                keys.extend(entries.iter().map(|(known, _)| known.clone()));
            }
            let is_known = if entries.len() < FEW_KEYS {
                entries.iter().any(|(known, _)| *known == key)
            } else {
                !keys.insert(key.clone())
            };
            if is_known {
                return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
            }
            entries.push((key, value));
        }
        Ok(OwnData::Object(entries.into()))
    }
}
