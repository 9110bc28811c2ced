//! What roles inherit from the roles that they build on.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Framework, Holder, RoleIndex};
use crate::format::Id;

/// A cycle of roles: each builds on the next, and the last on the first.
type Cycle = Vec<RoleIndex>;

/// Sorts roles topologically, so that each comes after those it builds on, or returns a cycle.
fn order(bases: &[Vec<RoleIndex>]) -> Result<Vec<RoleIndex>, Cycle> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; bases.len()];
    let mut ordered = Vec::with_capacity(bases.len());
    // The path from the first role to the current one, with the number of visited bases of each.
    let mut path: Vec<(RoleIndex, usize)> = Vec::new();
    for start in (0..bases.len()).map(RoleIndex::new) {
        if marks.get(start.get()) == Some(&Mark::New) {
            path.push((start, 0));
        }
        while let Some((role, visited)) = path.last_mut() {
            let role = *role;
            if let Some(mark) = marks.get_mut(role.get()) {
                *mark = Mark::Open;
            }
            let next = bases.get(role.get()).and_then(|bases| bases.get(*visited)).copied();
            *visited += 1;
            match next.map(|next| (next, marks.get(next.get()))) {
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
                    if let Some(mark) = marks.get_mut(role.get()) {
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

/// Who builds on whom, and what each role replaces. With a cycle, nobody inherits anything.
#[derive(Debug)]
pub(crate) struct Inheritance<'d> {
    /// The roles that each role builds on.
    bases: Vec<Vec<RoleIndex>>,
    /// The roles that build on each role.
    heirs: Vec<Vec<RoleIndex>>,
    /// The place of each role in an order in which it comes after those that it builds on.
    places: Vec<usize>,
    cycle: Option<Cycle>,
    /// The roles of each statement that replaces others, in ascending order.
    replacing: Vec<Vec<RoleIndex>>,
    /// The indices of those statements, by the id of the statement that they replace.
    replaced: HashMap<&'d str, Vec<usize>>,
}

/// The parts of a statement that matter for inheritance.
pub(crate) struct Outline<'s> {
    pub(crate) id: Cow<'s, str>,
    /// The roles that declare it.
    pub(crate) roles: Vec<RoleIndex>,
    /// The rank of its level on the skill's scale.
    pub(crate) rank: Option<usize>,
}

/// What each role holds of one aspect: by the index of the statement in ascending order, with the role that declares it.
pub(crate) type Held = BTreeMap<RoleIndex, Vec<(usize, RoleIndex)>>;

impl<'d> Inheritance<'d> {
    /// Takes the roles that each role builds on, and of each statement that replaces others its roles and their ids.
    pub(crate) fn new(
        mut bases: Vec<Vec<RoleIndex>>,
        statements: impl Iterator<Item = (Vec<RoleIndex>, &'d [Id<'d>])>,
    ) -> Self {
        let roles = bases.len();
        let (ordered, cycle) = match order(&bases) {
            Ok(ordered) => (ordered, None),
            Err(cycle) => {
                bases.fill(Vec::new());
                ((0..roles).map(RoleIndex::new).collect(), Some(cycle))
            }
        };
        let mut places = vec![0; roles];
        for (place, role) in ordered.into_iter().enumerate() {
            if let Some(known) = places.get_mut(role.get()) {
                *known = place;
            }
        }
        let mut heirs = vec![Vec::new(); roles];
        for (role, bases) in bases.iter().enumerate() {
            for base in bases {
                if let Some(heirs) = heirs.get_mut(base.get()) {
                    heirs.push(RoleIndex::new(role));
                }
            }
        }
        let mut replacing = Vec::new();
        let mut replaced: HashMap<&str, Vec<usize>> = HashMap::new();
        for (mut roles, replaces) in statements {
            for id in replaces {
                replaced.entry(id).or_default().push(replacing.len());
            }
            roles.sort_unstable();
            replacing.push(roles);
        }
        Self { bases, heirs, places, cycle, replacing, replaced }
    }

    /// Roles that build on each other in a circle.
    pub(crate) fn cycle(&self) -> Option<&[RoleIndex]> {
        self.cycle.as_deref()
    }

    /// The roles that a role builds on.
    pub(crate) fn bases(&self, role: RoleIndex) -> &[RoleIndex] {
        self.bases.get(role.get()).map_or(&[], Vec::as_slice)
    }

    /// Whether no role builds on another.
    pub(crate) fn is_flat(&self) -> bool {
        self.bases.iter().all(Vec::is_empty)
    }

    fn replaces(&self, role: RoleIndex, id: &str) -> bool {
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
                for role in &one.roles {
                    own.entry(*role).or_default().push((number, *role));
                }
            }
        }
        let placed = |role: &RoleIndex| Some((*self.places.get(role.get())?, *role));
        let mut open: BTreeSet<(usize, RoleIndex)> = own.keys().filter_map(placed).collect();
        let mut held = Held::new();
        while let Some((_, role)) = open.pop_first() {
            let holds = self.with_inherited(role, own.remove(&role).unwrap_or_default(), &held, outlines);
            if !holds.is_empty() {
                open.extend(self.heirs.get(role.get()).into_iter().flatten().filter_map(placed));
                held.insert(role, holds);
            }
        }
        held
    }

    /// A role's own and inherited statements of one aspect, without those that its own replace. There is one level: its
    /// own, or else the highest inherited one.
    fn with_inherited(
        &self,
        role: RoleIndex,
        own: Vec<(usize, RoleIndex)>,
        held: &Held,
        outlines: &[Outline<'_>],
    ) -> Vec<(usize, RoleIndex)> {
        let rank = |statement: usize| outlines.get(statement)?.rank;
        let has_level = own.iter().any(|(statement, _)| rank(*statement).is_some());
        let is_kept = |one: &Outline<'_>| !(has_level && one.rank.is_some() || self.replaces(role, &one.id));
        let all = self.bases(role).iter().filter_map(|base| held.get(base)).flatten().copied();
        let inherited = all.filter(|(statement, _)| outlines.get(*statement).is_some_and(is_kept));
        let inherited: Vec<(usize, RoleIndex)> = inherited.collect();
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

/// Adds to each statement the roles that inherit it, and puts all its roles in the order of the dataset.
pub(super) fn inherit(framework: &mut Framework<'_>) {
    if framework.roles.iter().all(|role| role.bases.is_empty()) {
        return;
    }
    let bases = framework.roles.iter().map(|role| role.bases.clone()).collect();
    let replacing =
        framework.aspects().flat_map(|aspect| &aspect.statements).filter(|one| !one.replaces.is_empty());
    let declared = |holders: &[Holder]| holders.iter().map(|holder| holder.role).collect();
    let inheritance = Inheritance::new(bases, replacing.map(|one| (declared(&one.holders), &*one.replaces)));
    let mut holders: Vec<HashMap<usize, Vec<Holder>>> = Vec::new();
    for aspect in framework.aspects() {
        let outlines = aspect.statements.iter().map(|one| Outline {
            id: (&*one.id).into(),
            roles: declared(&one.holders),
            rank: one.rank(),
        });
        let outlines: Vec<Outline<'_>> = outlines.collect();
        let mut of_aspect: HashMap<usize, Vec<Holder>> = HashMap::new();
        for (role, statements) in inheritance.held(&outlines, |_| true) {
            for (statement, declared_by) in statements {
                of_aspect.entry(statement).or_default().push(Holder { role, declared_by });
            }
        }
        of_aspect.retain(|_, holders| holders.iter().any(|holder| holder.inherits()));
        holders.push(of_aspect);
    }
    let aspects = framework.sections.iter_mut().flat_map(|section| &mut section.aspects);
    for (aspect, mut holders) in aspects.zip(holders) {
        for statement in &mut aspect.statements {
            if let Some(holders) = holders.remove(&statement.index) {
                statement.holders = holders.into_iter().collect();
            }
        }
    }
}
