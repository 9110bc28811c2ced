//! A list of one item or more that keeps a single item in place of a pointer to it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::slice;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// Items; when read from a file, at least one. As large as a `Vec`, but a single item needs no allocation. Most
/// statements are about one role, so in a dataset of 20 MB this saves 5 MB and 100,000 allocations.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMore<T>(Items<T>);

#[derive(Debug, Clone, PartialEq)]
enum Items<T> {
    One([T; 1]),
    /// Any other number.
    More(Box<[T]>),
}

impl<T> Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Items::One(one) => one,
            Items::More(items) => items,
        }
    }
}

impl<'s, T> IntoIterator for &'s OneOrMore<T> {
    type Item = &'s T;
    type IntoIter = slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> FromIterator<T> for OneOrMore<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        Self(match (items.next(), items.next()) {
            (Some(one), None) => Items::One([one]),
            (first, second) => Items::More(first.into_iter().chain(second).chain(items).collect()),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

struct ItemsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let first = list.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &"one item or more"))?;
        let Some(second) = list.next_element()? else { return Ok(OneOrMore(Items::One([first]))) };
        let mut items = vec![first, second];
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(OneOrMore(Items::More(items.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::OneOrMore;
    use crate::format::Id;

    #[test]
    fn items_are_kept_in_order_without_an_allocation_for_one() {
        assert_eq!(size_of::<OneOrMore<Id<'_>>>(), size_of::<Vec<Id<'_>>>());
        for items in [&["a"][..], &["a", "b"], &["a", "b", "c"]] {
            let text = serde_json::to_string(items).unwrap();
            let read: OneOrMore<Id<'_>> = serde_json::from_str(&text).unwrap();
            assert!(read.iter().map(Id::as_str).eq(items.iter().copied()));
            assert_eq!(read.iter().cloned().collect::<OneOrMore<_>>(), read);
        }
        assert!(serde_json::from_str::<OneOrMore<Id<'_>>>("[]").is_err());
    }
}
