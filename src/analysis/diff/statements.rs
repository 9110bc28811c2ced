//! Compares statements and needs.
//!
//! Statements are matched by id or, if their id is generated from their position, by content. The levels that roles
//! need are compared role by role, so that it does not matter how they are written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::pairs::{MOST_COMPARED, Pairs, best, word_likeness, words};
use super::{Change, Differ, Kind, Placed, Rule, Side, Subject};
use crate::format::{Scale, Text};
use crate::framework::{Aspect, Holder, Proficiency, Role, RoleIndex, Statement};

/// Share of words that two statements of an aspect must have in common for one to count as a rewording of the other.
const ALIKE_TEXTS: f64 = 0.6;

/// A statement, and where it is.
#[derive(Clone)]
struct Located<'d> {
    place: Placed<'d>,
    statement: &'d Statement<'d>,
    /// Whether its id is generated from its position.
    is_unnamed: bool,
    /// The new id of its aspect.
    aspect: Option<&'d str>,
    /// The roles in both versions that have the statement.
    holders: Vec<KeptHolder>,
}

/// A role in both versions that has a statement or a level in one of them.
#[derive(Clone, Copy)]
struct KeptHolder {
    /// Its index in the new version.
    role: RoleIndex,
    is_inherited: bool,
}

/// The statements of both versions, matched.
pub(super) struct Matches<'d> {
    old: Vec<Located<'d>>,
    new: Vec<Located<'d>>,
    /// For each new statement, the index of the old one.
    partners: Vec<Option<usize>>,
    /// Old statements that were removed.
    removed: BTreeSet<usize>,
    /// The indices of each aspect's statements.
    old_by_aspect: HashMap<&'d str, Vec<usize>>,
    new_by_aspect: HashMap<&'d str, Vec<usize>>,
}

impl<'d> Matches<'d> {
    pub(super) fn of(differ: &Differ<'d>, aspects: &Pairs<'d, Placed<'d>>) -> Self {
        let old = located_statements(
            Placed::all(differ.old),
            |id| differ.aspect_ids.get(id).copied(),
            |role| differ.new_role(role),
        );
        let matched: HashSet<&str> = aspects.matched.iter().map(|(_, new)| &*new.aspect.id).collect();
        let new = located_statements(
            Placed::all(differ.new),
            |id| matched.get(id).copied(),
            |role| differ.kept_role(role),
        );
        let mut matching = Matching {
            removed: (0..old.len()).collect(),
            partners: vec![None; new.len()],
            old: &old,
            new: &new,
        };
        matching.find();
        let Matching { partners, removed, .. } = matching;
        let by_aspect = |all: &[Located<'d>]| {
            let mut by_aspect: HashMap<&'d str, Vec<usize>> = HashMap::new();
            for (number, located) in all.iter().enumerate() {
                by_aspect.entry(&located.place.aspect.id).or_default().push(number);
            }
            by_aspect
        };
        let (old_by_aspect, new_by_aspect) = (by_aspect(&old), by_aspect(&new));
        Self { old, new, partners, removed, old_by_aspect, new_by_aspect }
    }
}

/// Lists all statements of a version. Statements of one aspect with the same content and no id of their own are merged.
fn located_statements<'d>(
    places: Vec<Placed<'d>>,
    new_aspect: impl Fn(&'d str) -> Option<&'d str>,
    new_role: impl Fn(RoleIndex) -> Option<RoleIndex>,
) -> Vec<Located<'d>> {
    let mut all: Vec<Located<'d>> = Vec::new();
    for place in places {
        let mut known: HashMap<(Option<&str>, Option<&str>, bool), usize> = HashMap::new();
        for statement in &place.aspect.statements {
            let holders = statement.holders.iter().filter_map(|holder| KeptHolder::of(*holder, &new_role));
            let is_unnamed = is_unnamed(place.aspect, statement);
            let content = (statement.level_id(), statement.text.as_deref(), statement.optional);
            let same = known.get(&content).filter(|_| is_unnamed).and_then(|number| all.get_mut(*number));
            if let Some(same) = same {
                same.holders.extend(holders);
                continue;
            }
            if is_unnamed {
                known.insert(content, all.len());
            }
            let aspect = new_aspect(&place.aspect.id);
            all.push(Located { place, statement, is_unnamed, aspect, holders: holders.collect() });
        }
    }
    all
}

impl KeptHolder {
    fn of(holder: Holder, new_role: &impl Fn(RoleIndex) -> Option<RoleIndex>) -> Option<Self> {
        Some(Self { role: new_role(holder.role)?, is_inherited: holder.inherits() })
    }
}

/// Whether a statement's id looks generated.
fn is_unnamed(aspect: &Aspect<'_>, statement: &Statement<'_>) -> bool {
    let rest = statement.id.strip_prefix(&*aspect.id).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|rest| {
        rest.bytes().all(|byte| byte.is_ascii_digit()) || Some(rest) == statement.level_id()
    })
}

/// Matches statements, trying the most reliable keys first.
struct Matching<'m, 'd> {
    old: &'m [Located<'d>],
    new: &'m [Located<'d>],
    partners: Vec<Option<usize>>,
    removed: BTreeSet<usize>,
}

impl<'d> Matching<'_, 'd> {
    fn find(&mut self) {
        let text = |located: &Located<'d>| located.statement.text.as_deref();
        let level = |located: &Located<'d>| located.statement.level_id();
        self.by(|located| (!located.is_unnamed).then_some(located.statement.id.as_str()));
        self.by(|located| Some((located.aspect?, level(located), text(located), located.statement.optional)));
        self.by(|located| Some((located.aspect?, level(located)?)));
        self.by(|located| Some((located.aspect?, text(located)?)));
        self.by(text);
        self.by_likeness();
    }

    /// Matches the remaining statements that have the same key, in order.
    fn by<'k, K: Eq + Hash>(&mut self, key: impl Fn(&Located<'d>) -> Option<K>)
    where
        'd: 'k,
    {
        let mut unmatched: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (number, located) in self.new.iter().enumerate() {
            if let Some(key) = key(located).filter(|_| self.is_new(number)) {
                unmatched.entry(key).or_default().push_back(number);
            }
        }
        let left: Vec<usize> = self.removed.iter().copied().collect();
        for number in left {
            let key = self.old.get(number).and_then(&key);
            if let Some(partner) = key.and_then(|key| unmatched.get_mut(&key)?.pop_front()) {
                self.matches(number, partner);
            }
        }
    }

    /// Whether this new statement is still unmatched.
    fn is_new(&self, number: usize) -> bool {
        self.partners.get(number) == Some(&None)
    }

    fn matches(&mut self, old: usize, new: usize) {
        self.removed.remove(&old);
        if let Some(partner) = self.partners.get_mut(new) {
            *partner = Some(old);
        }
    }

    /// Matches the remaining statements of each aspect by shared words.
    fn by_likeness(&mut self) {
        type Left = Vec<(usize, Vec<String>)>;
        let mut left: BTreeMap<&str, (Left, Left)> = BTreeMap::new();
        let spoken =
            |located: &Located<'d>| Some((located.aspect?, words(located.statement.text.as_deref()?)));
        for number in &self.removed {
            if let Some((aspect, words)) = self.old.get(*number).and_then(spoken) {
                left.entry(aspect).or_default().0.push((*number, words));
            }
        }
        for (number, located) in self.new.iter().enumerate() {
            if let Some((aspect, words)) = spoken(located).filter(|_| self.is_new(number)) {
                left.entry(aspect).or_default().1.push((number, words));
            }
        }
        let mut budget = MOST_COMPARED;
        for (old, new) in left.into_values() {
            let Some(rest) = budget.checked_sub(old.len() * new.len()) else { continue };
            budget = rest;
            let likeness = |a: usize, b: usize| match (old.get(a), new.get(b)) {
                (Some((_, old)), Some((_, new))) => word_likeness(old, new),
                _ => 0.0,
            };
            for (a, b) in best(old.len(), new.len(), ALIKE_TEXTS, &likeness) {
                if let (Some((old, _)), Some((new, _))) = (old.get(a), new.get(b)) {
                    self.matches(*old, *new);
                }
            }
        }
    }
}

/// The level that a role needs.
#[derive(Clone, Copy)]
struct Need<'d> {
    statement: &'d Statement<'d>,
    is_inherited: bool,
}

/// What changed about the level that a role needs. Roles with the same change are reported together.
#[derive(PartialEq)]
struct SameChange<'d> {
    kind: Kind,
    old: Option<&'d Proficiency<'d>>,
    new: Option<&'d Proficiency<'d>>,
    /// Whether what is asked is optional.
    is_optional: bool,
}

impl<'d> Differ<'d> {
    /// Compares the statements and needs of an aspect, which may be new or removed.
    pub(super) fn statements(
        &mut self,
        matches: &Matches<'d>,
        old: Option<Placed<'d>>,
        new: Option<Placed<'d>>,
    ) {
        self.levels_needed(old, new);
        if let (Some(old), Some(new)) = (old, new) {
            self.descriptors(old, new);
        }
        if let Some(new) = new {
            for number in matches.new_by_aspect.get(&*new.aspect.id).into_iter().flatten() {
                let Some(now) = matches.new.get(*number) else { continue };
                let partner = matches.partners.get(*number).copied().flatten();
                match partner.and_then(|partner| matches.old.get(partner)) {
                    Some(was) => self.statement(was, now),
                    None => self.added(now),
                }
            }
            self.order_of_statements(matches, new);
        }
        if let Some(old) = old {
            for number in matches.old_by_aspect.get(&*old.aspect.id).into_iter().flatten() {
                if let Some(was) = matches.old.get(*number).filter(|_| matches.removed.contains(number)) {
                    self.removed(was, new.unwrap_or(old));
                }
            }
        }
    }

    /// These roles; those that inherit the statement come last.
    fn holders(&self, holders: &[KeptHolder]) -> Vec<&'d Role<'d>> {
        let mut holders = holders.to_vec();
        holders.sort_by_key(|holder| holder.role);
        holders.dedup_by_key(|holder| holder.role);
        holders.sort_by_key(|holder| holder.is_inherited);
        holders.into_iter().filter_map(|holder| self.new.role(holder.role)).collect()
    }

    fn change(kind: Kind, rule: Rule, located: &Located<'d>) -> Change<'d> {
        Change::new(kind, rule, Subject::Statement, &located.statement.id).at(located.place)
    }

    /// Compares a statement that is in both versions.
    fn statement(&mut self, was: &Located<'d>, now: &Located<'d>) {
        let (old, new) = (was.statement, now.statement);
        let before: HashSet<RoleIndex> = was.holders.iter().map(|holder| holder.role).collect();
        let both = now.holders.iter().filter(|holder| before.contains(&holder.role));
        let both: Vec<KeptHolder> = both.copied().collect();
        // What changed concerns who held it and still does; if nobody does, all who held it or hold it.
        let concerned: Vec<KeptHolder> = if both.is_empty() {
            was.holders.iter().chain(&now.holders).copied().collect()
        } else {
            both.clone()
        };
        let everyone = self.holders(&concerned);
        if !was.is_unnamed && old.id != new.id {
            let change = Self::change(Kind::Renamed, Rule::IdGone, now).of(everyone.clone()).key("id");
            self.push(change.old(&*old.id).new_side(&*new.id));
        }
        if was.aspect != Some(&*now.place.aspect.id) {
            let change = Self::change(Kind::Moved, Rule::Moved, now).of(everyone.clone()).key("aspect");
            let side =
                |located: &Located<'d>| Side::titled(&located.place.aspect.id, &located.place.aspect.title);
            self.push(change.old(side(was)).new_side(side(now)));
        }
        // A level's description is compared once per skill, not for each statement with the level.
        let is_level = [was, now].iter().all(|one| one.place.aspect.only_needs_level(one.statement));
        if old.text != new.text && !is_level {
            let change = Self::change(Kind::Reworded, Rule::Wording, now).of(everyone.clone()).key("text");
            let side = |text: &'d Option<Text<'d>>| text.as_deref().map(Side::from);
            self.push(Change { old: side(&old.text), new: side(&new.text), ..change });
        }
        if old.level.is_none() || new.level.is_none() {
            self.gained_and_lost(was, now);
        }
        let is_in_words = old.level.is_none() && new.level.is_none();
        if old.optional != new.optional && is_in_words && !both.is_empty() {
            let roles = self.holders(&both);
            let (kind, rule) = if new.optional {
                (Kind::Optional, Self::less(now.place.aspect))
            } else {
                (Kind::Required, Self::more(now.place.aspect, false, &roles))
            };
            let change = Self::change(kind, rule, now).of(roles).key("optional");
            self.push(Change { new: heading(new), ..change });
        }
        if old.examples != new.examples {
            let side = |examples: &'d [Text<'d>]| {
                let examples: Vec<&str> = examples.iter().map(Text::as_str).collect();
                (!examples.is_empty()).then(|| Side::from(examples.join("; ")))
            };
            let change =
                Self::change(Kind::Reworded, Rule::Wording, now).of(everyone.clone()).key("examples");
            self.push(Change { old: side(&old.examples), new: side(&new.examples), ..change });
        }
        let values = [
            ("voice", old.voice.as_deref(), new.voice.as_deref()),
            ("source", old.source.as_deref(), new.source.as_deref()),
            ("at", old.at.as_deref(), new.at.as_deref()),
        ];
        for (key, old, new) in values.into_iter().filter(|(_, old, new)| old != new) {
            let change = Self::change(Kind::Changed, Rule::Source, now).of(everyone.clone()).key(key);
            self.push(Change { old: old.map(Side::from), new: new.map(Side::from), ..change });
        }
    }

    /// Reports the roles that gained or lost a statement.
    fn gained_and_lost(&mut self, was: &Located<'d>, now: &Located<'d>) {
        let only = |these: &Located<'d>, those: &Located<'d>| -> Vec<KeptHolder> {
            let others: HashSet<RoleIndex> = those.holders.iter().map(|holder| holder.role).collect();
            these.holders.iter().filter(|holder| !others.contains(&holder.role)).copied().collect()
        };
        let gained = if now.statement.level.is_none() { only(now, was) } else { Vec::new() };
        let lost = if was.statement.level.is_none() { only(was, now) } else { Vec::new() };
        if !gained.is_empty() && !lost.is_empty() {
            let (to, from) = (self.holders(&gained), self.holders(&lost));
            let rule = match Self::more(now.place.aspect, now.statement.optional, &to) {
                Rule::MoreAsked => Rule::MoreAsked,
                _ => Rule::Moved,
            };
            let titles = |roles: &[&Role<'_>]| {
                let titles: Vec<&str> = roles.iter().map(|role| role.title.as_str()).collect();
                Side::from(titles.join(", "))
            };
            let change = Self::change(Kind::Moved, rule, now).old(titles(&from)).new_side(titles(&to));
            self.push(change.of(to.into_iter().chain(from)).key("roles"));
            return;
        }
        if !gained.is_empty() {
            let roles = self.holders(&gained);
            let rule = Self::more(now.place.aspect, now.statement.optional, &roles);
            let change = Self::change(Kind::Added, rule, now).of(roles).key("roles");
            self.push(Change { new: heading(now.statement), ..change });
        }
        if !lost.is_empty() {
            let roles = self.holders(&lost);
            let rule = Self::less(was.place.aspect);
            let change = Self::change(Kind::Removed, rule, now).of(roles).key("roles");
            self.push(Change { old: heading(was.statement), ..change });
        }
    }

    /// Reports a new statement, unless only new roles have it.
    fn added(&mut self, now: &Located<'d>) {
        if now.holders.is_empty() || now.statement.level.is_some() {
            return;
        }
        let roles = self.holders(&now.holders);
        let rule = Self::more(now.place.aspect, now.statement.optional, &roles);
        let change = Self::change(Kind::Added, rule, now).of(roles);
        self.push(Change { new: heading(now.statement), ..change });
    }

    /// Reports a removed statement, unless only removed roles had it. `place` is the aspect as it is now.
    fn removed(&mut self, was: &Located<'d>, place: Placed<'d>) {
        if was.holders.is_empty() || (was.statement.level.is_some() && was.is_unnamed) {
            return;
        }
        let rule = if was.is_unnamed { Self::less(was.place.aspect) } else { Rule::IdGone };
        let roles = self.holders(&was.holders);
        let change = Self::change(Kind::Removed, rule, was).at(place).of(roles);
        self.push(Change { old: heading(was.statement), ..change });
    }

    /// Compares the order of the statements that stayed in an aspect. Levels are skipped: they follow the order of
    /// their scale.
    fn order_of_statements(&mut self, matches: &Matches<'d>, new: Placed<'d>) {
        let here = matches.new_by_aspect.get(&*new.aspect.id).into_iter().flatten();
        let stayed: Vec<usize> = here
            .filter(|number| matches.new.get(**number).is_some_and(|now| now.statement.level.is_none()))
            .filter_map(|number| matches.partners.get(*number).copied().flatten())
            .filter(|old| {
                let was = matches.old.get(*old);
                was.is_some_and(|was| was.aspect == Some(&*new.aspect.id) && was.statement.level.is_none())
            })
            .collect();
        if !stayed.is_sorted() {
            let change = Change::new(Kind::Reordered, Rule::Order, Subject::Aspect, &new.aspect.id);
            self.push(change.at(new).key("statements"));
        }
    }

    /// Compares what the levels of a skill mean.
    fn descriptors(&mut self, old: Placed<'d>, new: Placed<'d>) {
        let (Some(was), Some(is)) = (&old.aspect.skill, &new.aspect.skill) else { return };
        let Some(scale) = new.aspect.scale() else { return };
        for level in &scale.levels {
            let old_id = old.aspect.scale().and_then(|scale| {
                let mut same = scale.levels.iter().filter(|old| {
                    self.levels.get(&(&*scale.id, &*old.id)).is_some_and(|new| new.id == level.id)
                });
                same.next().map(|level| level.id.as_str())
            });
            let before = old_id.and_then(|id| was.descriptors.get(id)).map(Text::as_str);
            let after = is.descriptors.get(&level.id).map(Text::as_str);
            // Writing a description out as a statement is not a change.
            let is_stated = |aspect: &Aspect<'_>, level: Option<&str>, text: Option<&str>| {
                let mut statements = aspect.statements.iter();
                statements.any(|one| one.level_id() == level && one.text.as_deref() == text)
            };
            let is_told = (before.is_none() && is_stated(old.aspect, old_id, after))
                || (after.is_none() && is_stated(new.aspect, Some(&level.id), before));
            if before != after && !is_told {
                let change = Change::new(Kind::Reworded, Rule::Wording, Subject::Aspect, &new.aspect.id);
                let change = Change { parent: Some(Side::titled(&level.id, &level.title)), ..change.at(new) };
                let (old, new) = (before.map(Side::from), after.map(Side::from));
                self.changes.push(Change { old, new, ..change.key("descriptors") });
            }
        }
    }

    /// Compares the levels that roles need. Roles with the same change are reported together.
    fn levels_needed(&mut self, old: Option<Placed<'d>>, new: Option<Placed<'d>>) {
        let Some(place) = new.or(old) else { return };
        let was = old.map(|old| needs(old.aspect, |role| self.new_role(role))).unwrap_or_default();
        let is = new.map(|new| needs(new.aspect, |role| self.kept_role(role))).unwrap_or_default();
        if was.is_empty() && is.is_empty() {
            return;
        }
        let old_scale = old.and_then(|old| old.aspect.scale()).map_or("", |scale| &scale.id);
        let new_scale = new.and_then(|new| new.aspect.scale());
        // The roles of each change, and whether they inherit the need.
        let mut together: Vec<(SameChange<'d>, Vec<(bool, &'d Role<'d>)>)> = Vec::new();
        let needing: BTreeSet<RoleIndex> = was.keys().chain(is.keys()).copied().collect();
        let framework = self.new;
        for role in needing.into_iter().filter_map(|role| framework.role(role)) {
            let (old, new) = (was.get(&role.index), is.get(&role.index));
            let level = |need: Option<&Need<'d>>| need.and_then(|need| need.statement.level.as_deref());
            let (before, after) = (level(old), level(new));
            let is_optional = new.is_some_and(|need| need.statement.optional);
            let is_inherited = new.or(old).is_some_and(|need| need.is_inherited);
            for kind in self.level_changes(old, new, old_scale, new_scale) {
                let is_optional = is_optional && !asks_less(kind);
                let change = SameChange { kind, old: before, new: after, is_optional };
                match together.iter_mut().find(|(known, _)| *known == change) {
                    Some((_, roles)) => roles.push((is_inherited, role)),
                    None => together.push((change, vec![(is_inherited, role)])),
                }
            }
        }
        for (SameChange { kind, old, new, is_optional }, mut roles) in together {
            roles.sort_by_key(|(is_inherited, _)| *is_inherited);
            let roles: Vec<&Role<'_>> = roles.into_iter().map(|(_, role)| role).collect();
            let rule =
                if asks_less(kind) { Rule::LessAsked } else { Self::more(place.aspect, is_optional, &roles) };
            let key = if matches!(kind, Kind::Required | Kind::Optional) { "optional" } else { "level" };
            let side = |level: Option<&'d Proficiency<'d>>| Some(Side::titled(&level?.id, &level?.title));
            let change = Change::new(kind, rule, Subject::Aspect, &place.aspect.id).at(place).key(key);
            self.changes.push(Change { old: side(old), new: side(new), ..change.of(roles) });
        }
    }

    /// How the level that a role needs changed, and whether the role needs it.
    fn level_changes(
        &self,
        old: Option<&Need<'d>>,
        new: Option<&Need<'d>>,
        old_scale: &'d str,
        new_scale: Option<&Scale<'d>>,
    ) -> Vec<Kind> {
        let (old, new) = match (old, new) {
            (None, None) => return Vec::new(),
            (None, Some(_)) => return vec![Kind::Added],
            (Some(_), None) => return vec![Kind::Removed],
            (Some(old), Some(new)) => (old.statement, new.statement),
        };
        let known = old.level_id().and_then(|level| self.levels.get(&(old_scale, level)));
        let rank = known.and_then(|level| new_scale?.rank(&level.id)).or(old.rank());
        let level = match rank.cmp(&new.rank()) {
            std::cmp::Ordering::Less => Some(Kind::Raised),
            std::cmp::Ordering::Greater => Some(Kind::Lowered),
            std::cmp::Ordering::Equal => None,
        };
        let need = match (old.optional, new.optional) {
            (true, false) => Some(Kind::Required),
            (false, true) => Some(Kind::Optional),
            _ => None,
        };
        level.into_iter().chain(need).collect()
    }
}

/// Whether a change of a level asks less of the role.
fn asks_less(kind: Kind) -> bool {
    matches!(kind, Kind::Lowered | Kind::Removed | Kind::Optional)
}

/// The level that each role needs, by the role's index in the new version.
fn needs<'d>(
    aspect: &'d Aspect<'d>,
    new_role: impl Fn(RoleIndex) -> Option<RoleIndex>,
) -> HashMap<RoleIndex, Need<'d>> {
    let mut needs = HashMap::new();
    for statement in aspect.statements.iter().filter(|statement| statement.level.is_some()) {
        for holder in &statement.holders {
            if let Some(KeptHolder { role, is_inherited }) = KeptHolder::of(*holder, &new_role) {
                needs.insert(role, Need { statement, is_inherited });
            }
        }
    }
    needs
}

/// A short form of a statement: its text or, without one, its level.
fn heading<'d>(statement: &'d Statement<'d>) -> Option<Side<'d>> {
    match (&statement.text, &statement.level) {
        (Some(text), _) => Some(Side::from(&**text)),
        (None, Some(level)) => Some(Side::titled(&level.id, &level.title)),
        (None, None) => None,
    }
}
