//! The changes between two versions of a framework: which roles they affect, and whether they are major.
//!
//! Things are matched by id, wherever and however they are written, in `pairs`. `lists` compares objects with ids,
//! `statements` compares what roles do and need, and `rules` is the table that classifies each change.

mod lists;
mod pairs;
mod revision;
mod rules;
mod statements;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use semver::Version;

use crate::format::{Level, Role, Status};
use crate::framework::{Aspect, Framework, Section};
use pairs::{Entry, Pairs};

pub use rules::{Class, Rule};

/// The changes between two versions of a framework.
#[derive(Debug)]
pub struct Diff<'d> {
    /// What changed, in the order of the dataset.
    pub changes: Vec<Change<'d>>,
    /// The lowest revision that fits; none where the old version has none.
    pub required: Option<String>,
    /// Whether the revision of the new version fits.
    pub fits: bool,
}

impl Diff<'_> {
    /// The class of all changes together: the highest; none where nothing changed.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.rule.class()).max()
    }
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change<'d> {
    /// What happened.
    pub kind: Kind,
    /// Why it has its class.
    pub rule: Rule,
    /// What it happened to.
    pub subject: Subject,
    /// The id of that, the new one where there are two.
    pub id: &'d str,
    /// The key that changed, if it is not the whole thing.
    pub key: Option<&'static str>,
    /// What it is a part of, where its id says nothing alone: a level's scale, an option's question.
    pub parent: Option<Side<'d>>,
    /// The role that it is about: where several are affected, one from which the others inherit, or else the first.
    pub role: Option<&'d Role<'d>>,
    /// The other roles that are affected.
    pub reaches: Vec<&'d Role<'d>>,
    /// The section that it is in.
    pub section: Option<&'d Section<'d>>,
    /// The aspect that it is in.
    pub aspect: Option<&'d Aspect<'d>>,
    /// What there was.
    pub old: Option<Side<'d>>,
    /// What there is.
    pub new: Option<Side<'d>>,
}

/// What one version has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side<'d> {
    /// The text or id.
    pub value: Cow<'d, str>,
    /// What the thing with this id is called.
    pub title: Option<&'d str>,
}

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// The word for it in results.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

named! {
    /// What happened.
    Kind {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It stands in another place.
        Moved = "moved",
        /// An id is gone, and something alike came: probably the same under another id.
        Renamed = "renamed",
        /// It says something in other words.
        Reworded = "reworded",
        /// A role needs a higher level.
        Raised = "raised",
        /// A role needs a lower level.
        Lowered = "lowered",
        /// What was optional is required.
        Required = "required",
        /// What was required is optional.
        Optional = "optional",
        /// The same things stand in another order.
        Reordered = "reordered",
        /// It is otherwise different.
        Changed = "changed",
    }
}

named! {
    /// What a change happened to.
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
        /// An aspect, or the skill that it is.
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

    /// The first of the roles is the one that it is about.
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

    /// Whether it is about this role, or reaches it.
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

/// An aspect in its section.
#[derive(Debug, Clone, Copy)]
struct Placed<'d> {
    section: &'d Section<'d>,
    aspect: &'d Aspect<'d>,
}

impl<'d> Placed<'d> {
    fn all(framework: &'d Framework<'d>) -> Vec<Self> {
        let sections = framework.sections.iter();
        sections
            .flat_map(|section| section.aspects.iter().map(move |aspect| Self { section, aspect }))
            .collect()
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

/// What is found step by step.
struct Finder<'d> {
    old: &'d Framework<'d>,
    new: &'d Framework<'d>,
    roles: Pairs<'d, &'d Role<'d>>,
    aspects: Pairs<'d, Placed<'d>>,
    /// The new id of each old role, section, aspect, family and scale that is still there.
    role_ids: HashMap<&'d str, &'d str>,
    /// The new ids of the roles that are still there.
    kept_roles: HashSet<&'d str>,
    /// Where each role is in the new list, by its id.
    role_places: HashMap<&'d str, usize>,
    section_ids: HashMap<&'d str, &'d str>,
    aspect_ids: HashMap<&'d str, &'d str>,
    family_ids: HashMap<&'d str, &'d str>,
    scale_ids: HashMap<&'d str, &'d str>,
    /// The new level of each old one that is still there, by the ids of scale and level.
    levels: HashMap<(&'d str, &'d str), &'d Level<'d>>,
    changes: Vec<Change<'d>>,
}

/// Compares two versions of a framework.
pub fn diff<'d>(old: &'d Framework<'d>, new: &'d Framework<'d>) -> Diff<'d> {
    let roles: [Vec<&Role<'_>>; 2] = [old, new].map(|framework| framework.roles.iter().collect());
    let sections: [Vec<&Section<'_>>; 2] = [old, new].map(|framework| framework.sections.iter().collect());
    let scales: [Vec<_>; 2] = [old, new].map(|framework| framework.scales.iter().collect());
    let [old_roles, new_roles] = roles;
    let roles = Pairs::of(&old_roles, &new_roles);
    let aspects = Pairs::of(&Placed::all(old), &Placed::all(new));
    let [old_sections, new_sections] = sections;
    let sections = Pairs::of(&old_sections, &new_sections);
    let [old_scales, new_scales] = scales;
    let scales = Pairs::of(&old_scales, &new_scales);
    let mut finder = Finder {
        old,
        new,
        kept_roles: roles.names.new_ids().into_values().collect(),
        role_places: new.roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect(),
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
    finder.dataset();
    finder.scales(&scales);
    finder.families();
    finder.roles();
    finder.sections(&sections);
    finder.aspects();
    finder.comparisons();
    finder.quizzes();
    finder.sources();
    judged(old, new, finder.changes)
}

fn judged<'d>(old: &Framework<'_>, new: &Framework<'_>, changes: Vec<Change<'d>>) -> Diff<'d> {
    let version = |framework: &Framework<'_>| framework.revision.as_deref()?.parse::<Version>().ok();
    let mut diff = Diff { changes, required: None, fits: true };
    match (version(old), version(new)) {
        (Some(old), new) => {
            let required = revision::required(&old, diff.class());
            diff.fits = new.is_some_and(|new| revision::fits(&old, &required, &new));
            diff.required = Some(required.to_string());
        }
        // Without an old revision any new one will do.
        (None, new) => diff.fits = new.is_some() || diff.changes.is_empty(),
    }
    diff
}

impl<'d> Finder<'d> {
    fn push(&mut self, change: Change<'d>) {
        self.changes.push(change);
    }

    /// The rule under which one of these roles has to do something more on an aspect.
    fn more(aspect: &Aspect<'_>, is_optional: bool, roles: &[&Role<'_>]) -> Rule {
        let is_expected = roles.iter().any(|role| role.status == Status::Current);
        if aspect.skill.is_some() && !is_optional && is_expected { Rule::MoreAsked } else { Rule::Added }
    }

    /// The rule under which roles have to do less on an aspect; only skills are asked.
    fn less(aspect: &Aspect<'_>) -> Rule {
        if aspect.skill.is_some() { Rule::LessAsked } else { Rule::Removed }
    }
}
