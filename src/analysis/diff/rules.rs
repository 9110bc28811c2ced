//! The rules that say how much a change matters: one table, which `docs/diff.md` repeats.

/// How much a change matters to those who use the framework, as semantic versioning has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nobody has to do anything.
    Patch,
    /// Something new, or less is expected.
    Minor,
    /// Somebody is affected: more is expected of them, or something they refer to is gone.
    Major,
}

impl Class {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident, $name:literal, $class:ident, $says:literal;)*) => {
        /// Why a change has its class.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Rule { $(#[doc = $says] $rule),* }

        impl Rule {
            /// All rules, the heaviest first.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// Its name in results.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),* }
            }

            /// The class of a change under this rule.
            pub fn class(self) -> Class {
                match self { $(Self::$rule => Class::$class),* }
            }

            /// What it covers.
            pub fn says(self) -> &'static str {
                match self { $(Self::$rule => $says),* }
            }
        }
    };
}

rules! {
    MoreAsked, "more-asked", Major,
        "A current role needs a skill that it did not need, a higher level, or something that was optional";
    IdGone, "id-gone", Major,
        "An id or an alias that others may use is gone or was renamed";
    ScaleChanged, "scale-changed", Major,
        "The levels of a scale are in another order, or a skill is on another scale";
    Added, "added", Minor,
        "Something is new, and no current role needs more because of it";
    LessAsked, "less-asked", Minor,
        "A role needs a skill no longer, at a lower level, or optionally";
    Removed, "removed", Minor,
        "Something that describes a role outside its skills is gone or became optional";
    Moved, "moved", Minor,
        "Something stands in another place: a section, an aspect, a family, a track or a rank";
    Status, "status", Minor,
        "A role is current, a draft or retired, and was something else";
    SkillKind, "skill-kind", Minor,
        "An aspect became a skill or is one no longer, or the kind of skill is another";
    Scoring, "scoring", Minor,
        "A quiz counts an answer differently";
    Wording, "wording", Patch,
        "A title, a text, a summary or an example says the same thing differently";
    Source, "source", Patch,
        "Where something comes from: sources, voices and citations";
    Order, "order", Patch,
        "The same things stand in another order";
    Presentation, "presentation", Patch,
        "How something is shown: key aspects, links, short answers and the language";
}
