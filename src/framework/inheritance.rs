//! What roles inherit from the roles that they build on.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Base, Framework};
use crate::format::{Id, Role, Text};

/// A cycle of roles: each builds on the next, and the last on the first.
type Cycle = Vec<usize>;

/// Sorts roles topologically, so that each comes after those it builds on, or returns a cycle.
fn order(bases: &[Vec<usize>]) -> Result<Vec<usize>, Cycle> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; bases.len()];
    let mut ordered = Vec::with_capacity(bases.len());
    // The path from the first role to the current one, with the number of visited bases of each.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..bases.len() {
        if marks.get(start) == Some(&Mark::New) {
            path.push((start, 0));
        }
        while let Some((role, visited)) = path.last_mut() {
            let role = *role;
            if let Some(mark) = marks.get_mut(role) {
                *mark = Mark::Open;
            }
            let next = bases.get(role).and_then(|bases| bases.get(*visited)).copied();
            *visited += 1;
            match next.map(|next| (next, marks.get(next))) {
                Some((next, Some(Mark::New))) => path.push((next, 0)),
                Some((next, Some(Mark::Open))) => {
                    return Err(path
                        .iter()
                        .map(|(role, _)| *role)
                        .skip_while(|role| *role != next)
                        .collect());
                }
                Some(_) => {}
                None => {
                    if let Some(mark) = marks.get_mut(role) {
                        *mark = Mark::Done;
                    }
                    ordered.push(role);
                    path.pop();
                }
            }
        }
    }
    Ok(ordered)
}

/// Who builds on whom, and what each role replaces. Roles are numbered as in the dataset. Works for a dataset with errors
/// too: unknown roles are left out, and with a cycle nobody inherits anything.
#[derive(Debug)]
pub(crate) struct Inheritance<'d> {
    numbers: HashMap<&'d str, usize>,
    /// The roles that each role builds on.
    bases: Vec<Vec<usize>>,
    /// The roles that build on each role.
    heirs: Vec<Vec<usize>>,
    /// The place of each role in an order in which it comes after those that it builds on.
    places: Vec<usize>,
    cycle: Option<Cycle>,
    /// The roles of each statement that replaces others, in ascending order.
    replacing: Vec<Vec<usize>>,
    /// The indices of those statements, by the id of the statement that they replace.
    replaced: HashMap<&'d str, Vec<usize>>,
}

/// The parts of a statement that matter for inheritance.
pub(crate) struct Outline<'s> {
    pub(crate) id: Cow<'s, str>,
    /// The roles that declare it.
    pub(crate) roles: Cow<'s, [Id<'s>]>,
    /// The rank of its level on the skill's scale.
    pub(crate) rank: Option<usize>,
}

/// The statements of one aspect that each role holds, in ascending order: each by its index, with the role that declares it.
pub(crate) type Held = BTreeMap<usize, Vec<(usize, usize)>>;

impl<'d> Inheritance<'d> {
    /// Takes the roles, and of each statement its roles and what it replaces.
    pub(crate) fn new(
        roles: &'d [Role<'d>],
        statements: impl Iterator<Item = (&'d [Id<'d>], &'d [Id<'d>])>,
    ) -> Self {
        let numbers: HashMap<&str, usize> =
            roles.iter().enumerate().map(|(number, role)| (role.id.as_str(), number)).collect();
        let known = |ids: &[Id<'_>]| -> Vec<usize> {
            ids.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect()
        };
        let mut bases: Vec<Vec<usize>> = roles.iter().map(|role| known(&role.builds_on)).collect();
        let (ordered, cycle) = match order(&bases) {
            Ok(ordered) => (ordered, None),
            Err(cycle) => {
                bases.fill(Vec::new());
                ((0..roles.len()).collect(), Some(cycle))
            }
        };
        let mut places = ordered.clone();
        for (place, role) in ordered.into_iter().enumerate() {
            if let Some(role) = places.get_mut(role) {
                *role = place;
            }
        }
        let mut heirs = vec![Vec::new(); roles.len()];
        for (role, bases) in bases.iter().enumerate() {
            for base in bases {
                if let Some(heirs) = heirs.get_mut(*base) {
                    heirs.push(role);
                }
            }
        }
        let mut replacing = Vec::new();
        let mut replaced: HashMap<&str, Vec<usize>> = HashMap::new();
        for (roles, replaces) in statements.filter(|(_, replaces)| !replaces.is_empty()) {
            for id in replaces {
                replaced.entry(id).or_default().push(replacing.len());
            }
            let mut roles = known(roles);
            roles.sort_unstable();
            replacing.push(roles);
        }
        Self { numbers, bases, heirs, places, cycle, replacing, replaced }
    }

    /// Roles that build on each other in a circle.
    pub(crate) fn cycle(&self) -> Option<&[usize]> {
        self.cycle.as_deref()
    }

    /// The number of the role with this id.
    pub(crate) fn number(&self, role: &str) -> Option<usize> {
        self.numbers.get(role).copied()
    }

    /// The roles that a role builds on.
    pub(crate) fn bases(&self, role: usize) -> &[usize] {
        self.bases.get(role).map_or(&[], Vec::as_slice)
    }

    /// Whether no role builds on another.
    pub(crate) fn is_flat(&self) -> bool {
        self.bases.iter().all(Vec::is_empty)
    }

    fn replaces(&self, role: usize, id: &str) -> bool {
        let roles = |statement: &usize| self.replacing.get(*statement);
        let mut by = self.replaced.get(id).into_iter().flatten().filter_map(roles);
        by.any(|roles| roles.binary_search(&role).is_ok())
    }

    /// What each role holds of the wanted statements of one aspect, by their indices, and of those with a level: which of
    /// them a role inherits depends on all.
    pub(crate) fn held(&self, outlines: &[Outline<'_>], is_wanted: impl Fn(usize) -> bool) -> Held {
        let mut own = Held::new();
        for (number, one) in outlines.iter().enumerate() {
            if one.rank.is_some() || is_wanted(number) {
                for role in one.roles.iter().filter_map(|role| self.number(role)) {
                    own.entry(role).or_default().push((number, role));
                }
            }
        }
        let placed = |role: &usize| Some((*self.places.get(*role)?, *role));
        let mut open: BTreeSet<(usize, usize)> = own.keys().filter_map(placed).collect();
        let mut held = Held::new();
        while let Some((_, role)) = open.pop_first() {
            let holds = self.with_inherited(role, own.remove(&role).unwrap_or_default(), &held, outlines);
            if !holds.is_empty() {
                open.extend(self.heirs.get(role).into_iter().flatten().filter_map(placed));
                held.insert(role, holds);
            }
        }
        held
    }

    /// A role's own and inherited statements of one aspect, without those that its own replace. There is one level: its
    /// own, or else the highest inherited one.
    fn with_inherited(
        &self,
        role: usize,
        own: Vec<(usize, usize)>,
        held: &Held,
        outlines: &[Outline<'_>],
    ) -> Vec<(usize, usize)> {
        let rank = |statement: usize| outlines.get(statement)?.rank;
        let has_level = own.iter().any(|(statement, _)| rank(*statement).is_some());
        let is_kept = |one: &Outline<'_>| !(has_level && one.rank.is_some() || self.replaces(role, &one.id));
        let all = self.bases(role).iter().filter_map(|base| held.get(base)).flatten().copied();
        let inherited = all.filter(|(statement, _)| outlines.get(*statement).is_some_and(is_kept));
        let inherited: Vec<(usize, usize)> = inherited.collect();
        let levels = inherited.iter().filter_map(|(statement, _)| Some((rank(*statement)?, *statement)));
        let highest = levels.reduce(|first, next| if next.0 > first.0 { next } else { first });
        let is_kept =
            |statement: usize| rank(statement).is_none() || highest.is_some_and(|(_, one)| one == statement);
        let mut holds = own;
        holds.extend(inherited.into_iter().filter(|(statement, _)| is_kept(*statement)));
        // The sort is stable, so of a statement that comes from several roles the first is kept: the role itself, if any.
        holds.sort_by_key(|(statement, _)| *statement);
        holds.dedup_by_key(|(statement, _)| *statement);
        holds
    }
}

/// Adds to each statement the roles that inherit it.
pub(super) fn inherit(framework: &mut Framework<'_>) {
    let aspects = || framework.sections.iter().flat_map(|section| &section.aspects);
    let statements = aspects().flat_map(|aspect| &aspect.statements);
    let inheritance = Inheritance::new(&framework.roles, statements.map(|one| (&*one.roles, &*one.replaces)));
    if inheritance.is_flat() {
        return;
    }
    let mut holders: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    let mut first = 0;
    for aspect in aspects() {
        let outlines = aspect.statements.iter().map(|one| Outline {
            id: (&*one.id).into(),
            roles: (&*one.roles).into(),
            rank: one.rank(),
        });
        let outlines: Vec<Outline<'_>> = outlines.collect();
        for (role, statements) in inheritance.held(&outlines, |_| true) {
            for (statement, from) in statements {
                holders.entry(first + statement).or_default().push((role, from));
            }
        }
        first += outlines.len();
    }
    add_holders(framework, holders);
}

/// Records in each statement the roles that it applies to, in the order of the roles.
fn add_holders(framework: &mut Framework<'_>, mut holders: HashMap<usize, Vec<(usize, usize)>>) {
    let roles: Vec<(Id<'_>, Text<'_>)> =
        framework.roles.iter().map(|role| (role.id.clone(), role.title.clone())).collect();
    let aspects = framework.sections.iter_mut().flat_map(|section| &mut section.aspects);
    for (number, statement) in aspects.flat_map(|aspect| &mut aspect.statements).enumerate() {
        let Some(holders) = holders.remove(&number) else { continue };
        if holders.iter().all(|(role, from)| role == from) {
            continue;
        }
        let holding = holders.iter().filter_map(|(role, _)| roles.get(*role));
        statement.roles = holding.map(|(id, _)| id.clone()).collect();
        let inherited = holders.iter().filter(|(role, from)| role != from);
        let inherited = inherited
            .filter_map(|(role, from)| {
                let (role, _) = roles.get(*role)?.clone();
                let (id, title) = roles.get(*from)?.clone();
                Some((role, Base { id, title }))
            })
            .collect();
        statement.inherited = Some(Box::new(inherited));
    }
}
