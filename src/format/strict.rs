//! Stricter readers than serde's own, which would accept a list in place of an object, an object in place of a word,
//! and a repeated key in `meta`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Number, Value};

use super::dataset::Meta;

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
            Value::Object(map) => Ok(Self(map.into())),
            _ => Err(D::Error::custom("an object is asked")),
        }
    }
}

/// Reads any value, but refuses repeated keys in objects.
struct Anything;

impl<'de> DeserializeSeed<'de> for Anything {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Self)?;
            if entries.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
            }
            entries.insert(key, value);
        }
        Ok(Value::Object(entries))
    }
}
