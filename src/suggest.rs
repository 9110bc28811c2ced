//! "Did you mean": the known names nearest to a mistyped one.

use std::collections::HashSet;

use crate::text::listed;

/// The most typing errors in a suggestion, as a part of its length: less similar names confuse more than they help.
const ONE_IN: usize = 4;
/// The shortest beginning of a word that finds it.
const ABBREVIATED: usize = 3;

/// The longest name that is compared, or listed in full. The cost of comparing is the product of the lengths, and nobody
/// types longer names.
const LONGEST: usize = 128;

/// The most known names that an error lists; if there are more, it says which command lists them.
pub(crate) const FEW: usize = 10;

/// The known names most similar to `typed`, best first, at most three.
pub(crate) fn nearest<'n>(typed: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    nearest_of(typed, &mut known.into_iter())
}

// Not generic, like the two below: compiled for each iterator, these three were 190 KB of the binary.
fn nearest_of<'n>(typed: &str, known: &mut dyn Iterator<Item = &'n str>) -> Vec<&'n str> {
    if typed.len() > LONGEST {
        return Vec::new();
    }
    let typed = typed.to_lowercase();
    let mut seen = HashSet::new();
    let mut near: Vec<(usize, &str)> = known
        .filter(|name| name.len() <= LONGEST)
        .filter_map(|name| Some((distance(&typed, &name.to_lowercase())?, name)))
        .filter(|(_, name)| seen.insert(*name))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let least = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().take_while(|(distance, _)| *distance == least).take(3).map(|(_, name)| name).collect()
}

/// "known roles: `a`, `b`"; past [`FEW`], how many more there are.
pub(crate) fn known<'n>(nouns: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    known_of(nouns, &mut names.into_iter())
}

fn known_of(nouns: &str, names: &mut dyn Iterator<Item = &str>) -> String {
    let mut seen = HashSet::new();
    let mut names = names.filter(|name| seen.insert(*name)).peekable();
    if names.peek().is_none() {
        return format!("there are no {nouns}");
    }
    format!("known {nouns}: {}", quoted(names))
}

/// "`a`, `b`"; past [`FEW`], how many more there are.
pub(crate) fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    quoted_of(&mut names.into_iter())
}

fn quoted_of<'n>(names: &mut dyn Iterator<Item = &'n str>) -> String {
    let shown = |name: &'n str| name.char_indices().nth(LONGEST).and_then(|(end, _)| name.get(..end));
    let few: Vec<String> = (&mut *names)
        .take(FEW)
        .map(|name| shown(name).map_or_else(|| format!("`{name}`"), |begin| format!("`{begin}…`")))
        .collect();
    match names.count() {
        0 => few.join(", "),
        more => format!("{} and {more} more", few.join(", ")),
    }
}

/// How many letters are wrong; `None` if it is another name. A word’s beginning is no mistake.
fn distance(typed: &str, name: &str) -> Option<usize> {
    let mut words = name.split_inclusive(|c: char| !c.is_alphanumeric()).scan(0, |end, word| {
        let start = *end;
        *end += word.len();
        name.get(start..)
    });
    if typed.len() >= ABBREVIATED && words.any(|rest| rest.starts_with(typed)) {
        return Some(0);
    }
    let wrong = strsim::damerau_levenshtein(typed, name);
    let most = typed.chars().count().max(name.chars().count()) / ONE_IN;
    let is_swap = || wrong == 1 && strsim::levenshtein(typed, name) == 2;
    (wrong <= most || is_swap()).then_some(wrong)
}

/// Whether the typed word is this name, apart from its case and at most one letter that is missing, wrong or out of place.
/// A longer word is a name of its own.
pub(crate) fn is_slip(typed: &str, name: &str) -> bool {
    typed.len() <= name.len() && strsim::damerau_levenshtein(&typed.to_lowercase(), name) <= 1
}

/// Asks whether one of these names was meant.
pub(crate) fn did_you_mean(names: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    format!("did you mean {}?", listed(&quoted, "or"))
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, known, nearest};

    #[test]
    fn a_slip_of_the_finger_finds_the_name() {
        let known = ["product-manager", "product-owner", "designer"];
        assert_eq!(nearest("product-ownr", known), ["product-owner"]);
        assert_eq!(nearest("Desinger", known), ["designer"]);
        assert!(nearest("chef", known).is_empty());
        assert_eq!(nearest("product", known), ["product-manager", "product-owner"]);
        assert_eq!(nearest("Manager", known), ["product-manager"]);
        assert!(nearest("productX", known).is_empty());
        assert_eq!(nearest("mp", ["pm", "po"]), ["pm"]);
        assert_eq!(nearest("zhs", ["zsh"]), ["zsh"]);
        assert!(nearest("ksh", ["bash", "zsh"]).is_empty());
        assert!(nearest("nope", ["unopened-block"]).is_empty());
        assert!(nearest("", ["a", "b"]).is_empty());
        for (length, is_compared) in [(127, true), (128, true), (129, false)] {
            let name = "x".repeat(length);
            assert_eq!(nearest(&name, [name.as_str()]) == [name.as_str()], is_compared, "{length}");
        }
    }

    #[test]
    fn names_are_alternatives() {
        assert_eq!(did_you_mean(&["a"]), "did you mean `a`?");
        assert_eq!(did_you_mean(&["a", "b"]), "did you mean `a` or `b`?");
        assert_eq!(did_you_mean(&["a", "b", "c"]), "did you mean `a`, `b` or `c`?");
    }

    /// Compared letter by letter, these two would take terabytes.
    #[test]
    fn a_name_without_end_is_like_none() {
        let name = "x".repeat(1 << 20);
        let other = format!("{name}y");
        assert!(nearest(&other, [name.as_str()]).is_empty());
        assert_eq!(nearest("designr", [name.as_str(), "designer"]), ["designer"]);
        assert_eq!(known("roles", ["a", &name]), format!("known roles: `a`, `{}…`", "x".repeat(128)));
    }
}
