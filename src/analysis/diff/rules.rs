//! The table of rules that classify changes. `docs/diff.md` repeats it.

/// How much a change matters to users of the framework, in terms of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nobody has to do anything.
    Patch,
    /// Something is new, or less is expected.
    Minor,
    /// Somebody is affected: more is expected of them, or something they refer to is gone.
    Major,
}

impl Class {
    /// The word used in results.
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
            /// All rules, major ones first.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// The name used in results.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),* }
            }

            /// The class of a change under this rule.
            pub fn class(self) -> Class {
                match self { $(Self::$rule => Class::$class),* }
            }

            /// The changes it covers.
            pub fn says(self) -> &'static str {
                match self { $(Self::$rule => $says),* }
            }
        }
    };
}

rules! {
    MoreAsked, "more-asked", Major,
        "A current role needs a new skill, a higher level, or something that used to be optional";
    IdGone, "id-gone", Major,
        "An id or an alias that others may use was removed or renamed";
    ScaleChanged, "scale-changed", Major,
        "The levels of a scale were reordered, or a skill moved to another scale";
    Added, "added", Minor,
        "Something is new, and no current role needs more because of it";
    LessAsked, "less-asked", Minor,
        "A role no longer needs a skill, needs a lower level, or needs it only optionally";
    Removed, "removed", Minor,
        "A statement about a role, but not about its skills, was removed or became optional";
    Moved, "moved", Minor,
        "Something moved to another section, aspect, family, track or rank";
    Status, "status", Minor,
        "A role became current, a draft or retired";
    SkillKind, "skill-kind", Minor,
        "An aspect became a skill or is no longer one, or the kind of skill changed";
    Scoring, "scoring", Minor,
        "A quiz counts an answer differently";
    Wording, "wording", Patch,
        "A title, a text, a summary or an example was reworded";
    Source, "source", Patch,
        "A source, a voice or a citation changed";
    Order, "order", Patch,
        "The same entries are in another order";
    Presentation, "presentation", Patch,
        "Something that only affects presentation changed: key aspects, links, short answers or the language";
}
