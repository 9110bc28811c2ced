//! The changes between two versions of a framework: which roles they affect, and whether they are major.
//!
//! `pairs` matches entries by id, wherever and however they are written. `lists` compares objects with ids,
//! `statements` compares what roles do and need, and `rules` is the table that classifies each change.

mod lists;
mod pairs;
mod revision;
mod rules;
mod statements;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use semver::Version;

use crate::format::{Level, Scale, Status};
use crate::framework::{Aspect, Framework, Role, RoleIndex, Section};
use pairs::{Entry, Pairs};

pub use rules::{Class, Rule};

/// The changes between two versions of a framework.
#[derive(Debug)]
pub struct Diff<'d> {
    /// All changes, in dataset order.
    pub changes: Vec<Change<'d>>,
    /// The lowest revision that fits the changes; `null` if the old version has none.
    pub required: Option<String>,
    /// Whether the new version's revision is high enough.
    pub fits: bool,
}

impl Diff<'_> {
    /// The highest class of any change; `None` if nothing changed.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.rule.class()).max()
    }
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change<'d> {
    /// What happened.
    pub kind: Kind,
    /// The rule that gives it its class.
    pub rule: Rule,
    /// What kind of thing changed.
    pub subject: Subject,
    /// The id of the thing that changed; the new id if it was renamed.
    pub id: &'d str,
    /// The key that changed; `null` if the whole thing was added, removed or renamed.
    pub key: Option<&'static str>,
    /// What it is part of, if its id is only unique there: a level's scale, an option's question.
    pub parent: Option<Side<'d>>,
    /// The role that is affected. If there are several: one that the others inherit from, or else the first.
    pub role: Option<&'d Role<'d>>,
    /// The other roles that are affected.
    pub reaches: Vec<&'d Role<'d>>,
    /// The section it is in.
    pub section: Option<&'d Section<'d>>,
    /// The aspect it is in.
    pub aspect: Option<&'d Aspect<'d>>,
    /// The old value.
    pub old: Option<Side<'d>>,
    /// The new value.
    pub new: Option<Side<'d>>,
}

/// The value in one of the two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side<'d> {
    /// The value: a text or an id.
    pub value: Cow<'d, str>,
    /// The title of the thing with this id.
    pub title: Option<&'d str>,
}

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// The word used in results.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

named! {
    /// What happened.
    Kind {
        /// It was added.
        Added = "added",
        /// It was removed.
        Removed = "removed",
        /// It is in another place.
        Moved = "moved",
        /// An id was removed and something similar was added, probably the same thing under a new id.
        Renamed = "renamed",
        /// Its wording changed.
        Reworded = "reworded",
        /// A role needs a higher level.
        Raised = "raised",
        /// A role needs a lower level.
        Lowered = "lowered",
        /// What was optional is required.
        Required = "required",
        /// What was required is optional.
        Optional = "optional",
        /// The same entries are in another order.
        Reordered = "reordered",
        /// It changed in another way.
        Changed = "changed",
    }
}

named! {
    /// What kind of thing changed.
    Subject {
        /// The dataset itself.
        Dataset = "dataset",
        /// A source.
        Source = "source",
        /// A voice.
        Voice = "voice",
        /// A scale.
        Scale = "scale",
        /// A level of a scale.
        Level = "level",
        /// A family.
        Family = "family",
        /// A track of a family.
        Track = "track",
        /// A role.
        Role = "role",
        /// A short answer for some roles.
        Comparison = "comparison",
        /// A section.
        Section = "section",
        /// An aspect or a skill.
        Aspect = "aspect",
        /// A statement.
        Statement = "statement",
        /// A quiz.
        Quiz = "quiz",
        /// A question of a quiz.
        Question = "question",
        /// An option of a question.
        Option = "option",
    }
}

impl<'d> Change<'d> {
    fn new(kind: Kind, rule: Rule, subject: Subject, id: &'d str) -> Self {
        Self {
            kind,
            rule,
            subject,
            id,
            key: None,
            parent: None,
            role: None,
            reaches: Vec::new(),
            section: None,
            aspect: None,
            old: None,
            new: None,
        }
    }

    fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    fn part_of(mut self, parent: impl Entry<'d>) -> Self {
        self.parent = Some(Side::titled(parent.id(), parent.title()));
        self
    }

    fn at(mut self, place: Placed<'d>) -> Self {
        self.section = Some(place.section);
        self.aspect = Some(place.aspect);
        self
    }

    fn within(mut self, section: &'d Section<'d>) -> Self {
        self.section = Some(section);
        self
    }

    /// Sets the affected roles; the first becomes `role`.
    fn of(mut self, roles: impl IntoIterator<Item = &'d Role<'d>>) -> Self {
        let mut roles = roles.into_iter();
        self.role = roles.next();
        self.reaches = roles.collect();
        self
    }

    fn old(mut self, side: impl Into<Side<'d>>) -> Self {
        self.old = Some(side.into());
        self
    }

    fn new_side(mut self, side: impl Into<Side<'d>>) -> Self {
        self.new = Some(side.into());
        self
    }

    /// Whether it affects this role.
    pub fn concerns(&self, role: &str) -> bool {
        self.role.iter().chain(&self.reaches).any(|known| known.id.as_str() == role)
    }
}

impl<'d, T: Into<Cow<'d, str>>> From<T> for Side<'d> {
    fn from(value: T) -> Self {
        Self { value: value.into(), title: None }
    }
}

impl<'d> Side<'d> {
    fn titled(id: &'d str, title: &'d str) -> Self {
        Self { value: id.into(), title: Some(title) }
    }
}

/// An aspect and its section.
#[derive(Debug, Clone, Copy)]
struct Placed<'d> {
    section: &'d Section<'d>,
    aspect: &'d Aspect<'d>,
}

impl<'d> Placed<'d> {
    fn all(framework: &'d Framework<'d>) -> Vec<Self> {
        framework.placed_aspects().map(|(section, aspect)| Self { section, aspect }).collect()
    }
}

impl<'d> Entry<'d> for Placed<'d> {
    fn id(self) -> &'d str {
        &self.aspect.id
    }

    fn title(self) -> &'d str {
        &self.aspect.title
    }
}

/// The state of a comparison.
struct Differ<'d> {
    old: &'d Framework<'d>,
    new: &'d Framework<'d>,
    roles: Pairs<'d, &'d Role<'d>>,
    aspects: Pairs<'d, Placed<'d>>,
    /// The new id of each old role that still exists, and likewise below.
    role_ids: HashMap<&'d str, &'d str>,
    /// The same by index.
    new_roles: HashMap<RoleIndex, RoleIndex>,
    /// The roles of the new version that were already there.
    kept_roles: HashSet<RoleIndex>,
    section_ids: HashMap<&'d str, &'d str>,
    aspect_ids: HashMap<&'d str, &'d str>,
    family_ids: HashMap<&'d str, &'d str>,
    scale_ids: HashMap<&'d str, &'d str>,
    /// The new level for each old level that still exists, by old scale id and level id.
    levels: HashMap<(&'d str, &'d str), &'d Level<'d>>,
    changes: Vec<Change<'d>>,
}

/// Compares two versions of a framework.
pub fn diff<'d>(old: &'d Framework<'d>, new: &'d Framework<'d>) -> Diff<'d> {
    let roles: [Vec<&Role<'_>>; 2] = [old, new].map(|framework| framework.roles.iter().collect());
    let sections: [Vec<&Section<'_>>; 2] = [old, new].map(|framework| framework.sections.iter().collect());
    let scales: [Vec<&Scale<'_>>; 2] =
        [old, new].map(|framework| framework.scales.iter().map(Rc::as_ref).collect());
    let [old_roles, new_roles] = roles;
    let roles = Pairs::of(&old_roles, &new_roles);
    let aspects = Pairs::of(&Placed::all(old), &Placed::all(new));
    let [old_sections, new_sections] = sections;
    let sections = Pairs::of(&old_sections, &new_sections);
    let [old_scales, new_scales] = scales;
    let scales = Pairs::of(&old_scales, &new_scales);
    let mut differ = Differ {
        old,
        new,
        new_roles: roles.matched.iter().map(|(old, new)| (old.index, new.index)).collect(),
        kept_roles: roles.matched.iter().map(|(_, new)| new.index).collect(),
        role_ids: roles.names.new_ids(),
        section_ids: sections.names.new_ids(),
        aspect_ids: aspects.names.new_ids(),
        scale_ids: scales.names.new_ids(),
        family_ids: HashMap::new(),
        levels: HashMap::new(),
        roles,
        aspects,
        changes: Vec::new(),
    };
    differ.dataset();
    differ.scales(&scales);
    differ.families();
    differ.roles();
    differ.sections(&sections);
    differ.aspects();
    differ.comparisons();
    differ.quizzes();
    differ.sources();
    finish(old, new, differ.changes)
}

fn finish<'d>(old: &Framework<'_>, new: &Framework<'_>, changes: Vec<Change<'d>>) -> Diff<'d> {
    let version = |framework: &Framework<'_>| framework.revision.as_deref()?.parse::<Version>().ok();
    let mut diff = Diff { changes, required: None, fits: true };
    match (version(old), version(new)) {
        (Some(old), new) => {
            let required = revision::required(&old, diff.class());
            diff.fits = new.is_some_and(|new| revision::fits(&old, &required, &new));
            diff.required = Some(required.to_string());
        }
        // Without an old revision, any new one is high enough.
        (None, new) => diff.fits = new.is_some() || diff.changes.is_empty(),
    }
    diff
}

impl<'d> Differ<'d> {
    /// The new index of an old role, if it is still there.
    fn new_role(&self, old: RoleIndex) -> Option<RoleIndex> {
        self.new_roles.get(&old).copied()
    }

    /// A role of the new version, if it was already there.
    fn kept_role(&self, new: RoleIndex) -> Option<RoleIndex> {
        self.kept_roles.get(&new).copied()
    }

    fn push(&mut self, change: Change<'d>) {
        self.changes.push(change);
    }

    /// The rule for a change that asks more of these roles.
    fn more(aspect: &Aspect<'_>, is_optional: bool, roles: &[&Role<'_>]) -> Rule {
        let is_expected = roles.iter().any(|role| role.status == Status::Current);
        if aspect.skill.is_some() && !is_optional && is_expected { Rule::MoreAsked } else { Rule::Added }
    }

    /// The rule for a change that asks less of roles. Only skills count as asked.
    fn less(aspect: &Aspect<'_>) -> Rule {
        if aspect.skill.is_some() { Rule::LessAsked } else { Rule::Removed }
    }
}
