//! Every rule that a file can break: its code and severity. `data/rules/CODE` holds the explanation, and a wrong and a
//! right example.
//!
//! An example of a dataset is a whole dataset or only some top-level keys, which replace those of a valid dataset.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::ErrorCode;

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The dataset cannot be used.
    Error,
    /// The dataset can be used, but is likely to contain a mistake.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($name:ident, $severity:ident, $code:literal, $extension:literal;)*) => {
        /// The code of a problem: a rule that a file breaks, or an error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = include_str!(concat!("../../data/rules/", $code, "/why.md"))] $name,)*
            /// An error, which has no folder: it is about a run instead of the content of a file.
            Error(ErrorCode),
        }

        impl Code {
            /// All rules: first on syntax, then on structure, then on meaning, and last the warnings.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code's kebab-case name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    Self::Error(error) => error.name(),
                }
            }

            /// Its severity.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                    Self::Error(_) => Severity::Error,
                }
            }

            /// The page that explains it: a heading with the code and a title, and paragraphs.
            fn why(self) -> &'static str {
                match self {
                    Self::Error(error) => error.meaning(),
                    $(Self::$name => include_str!(concat!("../../data/rules/", $code, "/why.md")),)*
                }
            }

            /// An example that breaks the rule; of an error, there is none.
            pub fn wrong(self) -> &'static str {
                match self {
                    Self::Error(_) => "",
                    $(Self::$name => include_str!(concat!("../../data/rules/", $code, "/wrong.", $extension)),)*
                }
            }

            /// The example, corrected.
            pub fn right(self) -> &'static str {
                match self {
                    Self::Error(_) => "",
                    $(Self::$name => include_str!(concat!("../../data/rules/", $code, "/right.", $extension)),)*
                }
            }
        }
    };
}

codes! {
    JsonSyntax, Error, "json-syntax", "json";
    YamlSyntax, Error, "yaml-syntax", "yaml";
    YamlKeyNotText, Error, "yaml-key-not-text", "yaml";
    YamlMergeKey, Error, "yaml-merge-key", "yaml";
    YamlSeveralDocuments, Error, "yaml-several-documents", "yaml";
    YamlAliasBudget, Error, "yaml-alias-budget", "yaml";
    TooDeep, Error, "too-deep", "yaml";
    UnsupportedFormat, Error, "unsupported-format", "yaml";
    WrongType, Error, "wrong-type", "yaml";
    UnknownKey, Error, "unknown-key", "yaml";
    MissingKey, Error, "missing-key", "yaml";
    DuplicateKey, Error, "duplicate-key", "yaml";
    EmptyText, Error, "empty-text", "yaml";
    EmptyList, Error, "empty-list", "yaml";
    InvalidId, Error, "invalid-id", "yaml";
    InvalidValue, Error, "invalid-value", "yaml";
    DuplicateId, Error, "duplicate-id", "yaml";
    AliasClash, Error, "alias-clash", "yaml";
    OpenQuote, Error, "open-quote", "csv";
    EmptyHeader, Error, "empty-header", "csv";
    RepeatedHeader, Error, "repeated-header", "csv";
    RaggedRow, Error, "ragged-row", "csv";
    MissingName, Error, "missing-name", "csv";
    UnknownValue, Error, "unknown-value", "csv";
    TwoValues, Error, "two-values", "csv";
    FormulaError, Error, "formula-error", "csv";
    DateInCell, Error, "date-in-cell", "csv";
    OtherDataset, Error, "other-dataset", "profile.yaml";
    UnknownSkill, Error, "unknown-skill", "profile.yaml";
    NoBlock, Error, "no-block", "md";
    MissingCommand, Error, "missing-command", "md";
    MarkerNotAlone, Error, "marker-not-alone", "md";
    MarkerInContainer, Error, "marker-in-container", "md";
    MarkerInCode, Error, "marker-in-code", "md";
    HtmlComment, Error, "html-comment", "mdx";
    UnreadableChecksum, Error, "unreadable-checksum", "md";
    MisspeltMarker, Error, "misspelt-marker", "md";
    UnopenedBlock, Error, "unopened-block", "md";
    UnclosedBlock, Error, "unclosed-block", "md";
    NestedBlock, Error, "nested-block", "md";
    SplitBlock, Error, "split-block", "md";
    UnsettledBlock, Error, "unsettled-block", "md";
    StaleBlock, Error, "stale-block", "md";
    EditedBlock, Error, "edited-block", "md";
    UnknownRole, Error, "unknown-role", "yaml";
    UnknownFamily, Error, "unknown-family", "yaml";
    UnknownSource, Error, "unknown-source", "yaml";
    UnknownVoice, Error, "unknown-voice", "yaml";
    UnknownScale, Error, "unknown-scale", "yaml";
    UnknownLevel, Error, "unknown-level", "yaml";
    UnknownSection, Error, "unknown-section", "yaml";
    LevelWithoutScale, Error, "level-without-scale", "yaml";
    NothingSaid, Error, "nothing-said", "yaml";
    RepeatedRole, Error, "repeated-role", "yaml";
    TwoLevels, Error, "two-levels", "yaml";
    UnknownTrack, Error, "unknown-track", "yaml";
    DeepParent, Error, "deep-parent", "yaml";
    InheritanceCycle, Error, "inheritance-cycle", "yaml";
    NotInherited, Error, "not-inherited", "yaml";
    SkillWithoutKind, Error, "skill-without-kind", "yaml";
    LoneComparison, Error, "lone-comparison", "yaml";
    TwoComparisons, Error, "two-comparisons", "yaml";
    SilentRole, Warning, "silent-role", "yaml";
    SilentAspect, Warning, "silent-aspect", "yaml";
    RepeatedText, Warning, "repeated-text", "yaml";
    Untrimmed, Warning, "untrimmed", "yaml";
    SimilarTitles, Warning, "similar-titles", "yaml";
    UnknownLanguage, Warning, "unknown-language", "yaml";
    ControlCharacter, Warning, "control-character", "yaml";
    Uncited, Warning, "uncited", "yaml";
    IdleQuestion, Warning, "idle-question", "yaml";
    PointlessRole, Warning, "pointless-role", "yaml";
    TwinRoles, Warning, "twin-roles", "yaml";
    UnevenQuestions, Warning, "uneven-questions", "yaml";
    Unused, Warning, "unused", "yaml";
    StatusInTitle, Warning, "status-in-title", "yaml";
    BareLevel, Warning, "bare-level", "yaml";
    SharedAlias, Warning, "shared-alias", "yaml";
    AddsNothing, Warning, "adds-nothing", "yaml";
    RepeatsInherited, Warning, "repeats-inherited", "yaml";
    FallingLevel, Warning, "falling-level", "yaml";
    NothingToWin, Warning, "nothing-to-win", "yaml";
    RetiredWinner, Warning, "retired-winner", "yaml";
}

impl Code {
    /// A short description of the problem.
    pub fn title(self) -> &'static str {
        if let Self::Error(error) = self {
            return error.meaning();
        }
        let heading = self.why().lines().next().unwrap_or_default();
        heading.split_once(": ").map_or(heading, |(_, title)| title)
    }

    /// Why it is a problem, and how to fix it: each paragraph on one line.
    pub fn page(self) -> String {
        if let Self::Error(error) = self {
            return format!("{} {}", error.meaning(), error.remedy());
        }
        let paragraphs = self.why().split("\n\n").skip(1);
        paragraphs.map(|lines| lines.trim_end().replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
    }

    /// Whether it is about an unknown name. The same unknown name in several places is reported once.
    pub fn is_unknown_name(self) -> bool {
        self.severity() == Severity::Error && self != Self::UnknownKey && self.name().starts_with("unknown-")
    }

    /// The rule with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl From<ErrorCode> for Code {
    fn from(error: ErrorCode) -> Self {
        Self::Error(error)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    /// Any slug, because new rules do not change the version of the documents that mention codes.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "A rule, which `rolebook check --explain` explains."})
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
