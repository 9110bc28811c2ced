//! Which entry of the old list is which entry of the new one.

use std::collections::{HashMap, HashSet};

/// How alike the titles of an entry that is gone and of one that came have to be for the one to be the other.
const ALIKE_TITLES: f64 = 0.7;

/// The length up to which titles are compared letter by letter.
const LONGEST_TITLE: usize = 128;

/// The most pairs that are looked at for likeness; beyond it, entries are gone or new and nothing else.
pub(super) const MOST_COMPARED: usize = 250_000;

/// What has an id and a title.
pub(super) trait Entry<'d>: Copy {
    fn id(self) -> &'d str;
    fn title(self) -> &'d str;
}

/// The entries of two lists.
#[derive(Debug)]
pub(super) struct Pairs<T> {
    /// Those that are in both, in the order of the new list.
    pub(super) matched: Vec<(T, T)>,
    /// Those that are only in the old list.
    pub(super) removed: Vec<T>,
    /// Those that are only in the new list.
    pub(super) added: Vec<T>,
}

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self { matched: Vec::new(), removed: Vec::new(), added: Vec::new() }
    }
}

impl<'d, T: Entry<'d>> Pairs<T> {
    /// Pairs entries by id, and those left over by title.
    pub(super) fn of(old: &[T], new: &[T]) -> Self {
        let by_id: HashMap<&str, T> = old.iter().map(|entry| (entry.id(), *entry)).collect();
        let mut partners: Vec<Option<T>> = new.iter().map(|entry| by_id.get(entry.id()).copied()).collect();
        let mut taken: HashSet<&str> = partners.iter().flatten().map(|entry| entry.id()).collect();
        let gone: Vec<T> = old.iter().filter(|entry| !taken.contains(entry.id())).copied().collect();
        let came: Vec<usize> =
            partners.iter().enumerate().filter(|(_, one)| one.is_none()).map(|(place, _)| place).collect();
        let titles = |a: usize, b: usize| {
            let old = gone.get(a).map_or("", |one| one.title());
            let new = came.get(b).and_then(|place| new.get(*place)).map_or("", |one| one.title());
            title_likeness(old, new)
        };
        for (a, b) in best(gone.len(), came.len(), ALIKE_TITLES, titles) {
            let partner = came.get(b).and_then(|place| partners.get_mut(*place));
            if let (Some(old), Some(partner)) = (gone.get(a), partner) {
                taken.insert(old.id());
                *partner = Some(*old);
            }
        }
        let mut pairs = Self::default();
        for (entry, partner) in new.iter().zip(partners) {
            match partner {
                Some(partner) => pairs.matched.push((partner, *entry)),
                None => pairs.added.push(*entry),
            }
        }
        pairs.removed = old.iter().filter(|entry| !taken.contains(entry.id())).copied().collect();
        pairs
    }

    /// The new id of each old entry that is still there.
    pub(super) fn new_ids(&self) -> HashMap<&'d str, &'d str> {
        self.matched.iter().map(|(old, new)| (old.id(), new.id())).collect()
    }
}

/// The pairs that are most alike, each place in one pair at most.
pub(super) fn best(
    old: usize,
    new: usize,
    least: f64,
    likeness: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    if old.saturating_mul(new) > MOST_COMPARED {
        return Vec::new();
    }
    let all = (0..old).flat_map(|a| (0..new).map(move |b| (a, b)));
    let mut scored: Vec<(f64, usize, usize)> =
        all.map(|(a, b)| (likeness(a, b), a, b)).filter(|(score, ..)| *score >= least).collect();
    // Whichever list is the old one, the same pairs come first.
    scored.sort_by(|(x, a, b), (y, c, d)| {
        y.total_cmp(x).then((a + b).cmp(&(c + d))).then(a.abs_diff(*b).cmp(&c.abs_diff(*d)))
    });
    let (mut taken_old, mut taken_new) = (HashSet::new(), HashSet::new());
    scored.retain(|(_, a, b)| {
        let is_free = !taken_old.contains(a) && !taken_new.contains(b);
        if is_free {
            taken_old.insert(*a);
            taken_new.insert(*b);
        }
        is_free
    });
    scored.into_iter().map(|(_, a, b)| (a, b)).collect()
}

/// How alike two titles are, from 0 to 1.
fn title_likeness(old: &str, new: &str) -> f64 {
    if old.len() > LONGEST_TITLE || new.len() > LONGEST_TITLE {
        return f64::from(u8::from(old == new));
    }
    strsim::normalized_damerau_levenshtein(&old.to_lowercase(), &new.to_lowercase())
}

/// The words of a text, sorted.
pub(super) fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// How many words two texts share, from 0 for none to 1 for all.
pub(super) fn word_likeness(old: &[String], new: &[String]) -> f64 {
    let (mut shared, mut a, mut b) = (0_u32, old.iter().peekable(), new.iter().peekable());
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                a.next();
                b.next();
            }
        }
    }
    let total = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX).max(1);
    f64::from(2 * shared) / f64::from(total)
}
