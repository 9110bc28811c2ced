//! Pairs the entries of an old list with those of a new one.

use std::collections::{HashMap, HashSet};

/// How similar two titles must be for a removed and an added entry to count as renamed.
const ALIKE_TITLES: f64 = 0.7;

/// Longer titles must be equal; shorter ones are compared by edit distance.
const LONGEST_TITLE: usize = 128;

/// Most pairs to compare for similarity. Beyond this, no renames are detected.
pub(super) const MOST_COMPARED: usize = 250_000;

/// Something with an id and a title.
pub(super) trait Entry<'d>: Copy {
    fn id(self) -> &'d str;
    fn title(self) -> &'d str;
}

/// The entries of two lists.
#[derive(Debug)]
pub(super) struct Pairs<'d, T> {
    /// Entries in both lists, in the order of the new list.
    pub(super) matched: Vec<(T, T)>,
    /// Entries only in the old list.
    pub(super) removed: Vec<T>,
    /// The same pairing, by id and title.
    pub(super) names: Pairing<'d>,
}

/// The pairing of two lists, by id and title.
#[derive(Debug, Default)]
pub(super) struct Pairing<'d> {
    old: Vec<Name<'d>>,
    new: Vec<Name<'d>>,
    /// Old and new index of the entries in both lists, in the order of the new list.
    matched: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

/// The id and title of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'d> {
    pub(super) id: &'d str,
    pub(super) title: &'d str,
}

impl<T> Default for Pairs<'_, T> {
    fn default() -> Self {
        Self { matched: Vec::new(), removed: Vec::new(), names: Pairing::default() }
    }
}

impl<'d, T: Entry<'d>> Pairs<'d, T> {
    /// Pairs entries by id, then the remaining ones by similar titles.
    pub(super) fn of(old: &[T], new: &[T]) -> Self {
        let name = |entry: &T| Name { id: entry.id(), title: entry.title() };
        let names = Pairing::of(old.iter().map(name).collect(), new.iter().map(name).collect());
        let both = |(a, b): &(usize, usize)| Some((*old.get(*a)?, *new.get(*b)?));
        let matched = names.matched.iter().filter_map(both).collect();
        let removed = names.removed.iter().filter_map(|place| old.get(*place)).copied().collect();
        Self { matched, removed, names }
    }
}

impl<'d> Pairing<'d> {
    fn of(old: Vec<Name<'d>>, new: Vec<Name<'d>>) -> Self {
        let places: HashMap<&str, usize> =
            old.iter().enumerate().map(|(place, name)| (name.id, place)).collect();
        let mut partners: Vec<Option<usize>> = new.iter().map(|name| places.get(name.id).copied()).collect();
        let mut taken: HashSet<usize> = partners.iter().flatten().copied().collect();
        let gone: Vec<usize> = (0..old.len()).filter(|place| !taken.contains(place)).collect();
        let came: Vec<usize> = (0..new.len()).filter(|place| partners.get(*place) == Some(&None)).collect();
        let title = |names: &[Name<'d>], place: Option<&usize>| {
            place.and_then(|place| names.get(*place)).map_or("", |name| name.title)
        };
        let likeness =
            |a: usize, b: usize| title_likeness(title(&old, gone.get(a)), title(&new, came.get(b)));
        for (a, b) in best(gone.len(), came.len(), ALIKE_TITLES, &likeness) {
            let partner = came.get(b).and_then(|place| partners.get_mut(*place));
            if let (Some(old), Some(partner)) = (gone.get(a), partner) {
                taken.insert(*old);
                *partner = Some(*old);
            }
        }
        let all = || partners.iter().enumerate();
        let matched = all().filter_map(|(place, partner)| Some(((*partner)?, place))).collect();
        let added = all().filter(|(_, partner)| partner.is_none()).map(|(place, _)| place).collect();
        let removed = (0..old.len()).filter(|place| !taken.contains(place)).collect();
        Self { old, new, matched, removed, added }
    }

    /// Entries only in the old list.
    pub(super) fn removed(&self) -> impl Iterator<Item = Name<'d>> {
        self.removed.iter().filter_map(|place| self.old.get(*place)).copied()
    }

    /// Entries only in the new list.
    pub(super) fn added(&self) -> impl Iterator<Item = Name<'d>> {
        self.added.iter().filter_map(|place| self.new.get(*place)).copied()
    }

    /// Entries in both lists, in the order of the new list.
    pub(super) fn matched(&self) -> impl Iterator<Item = (Name<'d>, Name<'d>)> {
        self.matched.iter().filter_map(|(a, b)| Some((*self.old.get(*a)?, *self.new.get(*b)?)))
    }

    /// Whether the entries in both lists are in a different order.
    pub(super) fn is_reordered(&self) -> bool {
        !self.matched.is_sorted_by_key(|(old, _)| *old)
    }

    /// The new id of each old entry that still exists.
    pub(super) fn new_ids(&self) -> HashMap<&'d str, &'d str> {
        self.matched().map(|(old, new)| (old.id, new.id)).collect()
    }
}

/// The most similar pairs. Each index is in at most one pair.
pub(super) fn best(
    old: usize,
    new: usize,
    least: f64,
    likeness: &dyn Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    if old * new > MOST_COMPARED {
        return Vec::new();
    }
    let all = (0..old).flat_map(|a| (0..new).map(move |b| (a, b)));
    let mut scored: Vec<(f64, usize, usize)> =
        all.map(|(a, b)| (likeness(a, b), a, b)).filter(|(score, ..)| *score >= least).collect();
    // Break ties so that swapping the lists gives the same pairs.
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

/// Similarity of two titles, from 0 to 1.
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

/// Share of words that two texts have in common, from 0 to 1.
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
