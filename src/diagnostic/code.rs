//! Every rule that a dataset can break: its code, an explanation, and a wrong and a right example.
//!
//! An example is a whole dataset or only some top-level keys, which replace those of a valid dataset.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

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
    ($($name:ident, $severity:ident, $code:literal, $title:literal, $page:literal,
        wrong $wrong:literal, right $right:literal;)*) => {
        /// A rule that a dataset can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// All codes: first on syntax, then on structure, then on meaning, and last the warnings.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code's kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its severity.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// A short description of the problem.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// Why it is a problem, and how to fix it.
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => $page,)* }
            }

            /// Whether it is about an unknown name. The same unknown name in several places is reported once.
            pub fn is_unknown_name(self) -> bool {
                self.severity() == Severity::Error && self != Self::UnknownKey && self.name().starts_with("unknown-")
            }

            /// An example that breaks the rule.
            pub fn wrong(self) -> &'static str {
                match self { $(Self::$name => $wrong,)* }
            }

            /// The example, corrected.
            pub fn right(self) -> &'static str {
                match self { $(Self::$name => $right,)* }
            }
        }
    };
}

codes! {
    JsonSyntax, Error, "json-syntax", "the file is not valid JSON",
        "JSON has no comments and no comma before a closing bracket, and it writes keys and text in double quotes. A \
         file is read as JSON if its name ends in `.json` or, when the name does not say, if it begins with `{` or \
         `[`.",
    wrong r#"{"rolebook": 1, "id": "studio",}
"#,
    right r#"{"rolebook": 1, "id": "studio", "title": "Studio", "roles": [{"id": "designer", "title": "Designer"}], "sections": []}
"#;

    YamlSyntax, Error, "yaml-syntax", "the file is not valid YAML",
        "YAML is indented with spaces. Put text in quotes if it contains `: ` or ` #`, or begins with a character \
         that has a meaning in YAML, such as `@`, `*`, `&`, `!`, `[` or `{`. An anchor must come before its alias. \
         Only the tags of YAML’s core schema and numbers that JSON can hold are supported.",
    wrong r"title: Studio: the new one
",
    right r"title: 'Studio: the new one'
";

    YamlKeyNotText, Error, "yaml-key-not-text", "a key is not text",
        "The keys of a dataset are text. YAML reads `2024`, `true` and `null` as a number, a boolean and nothing \
         unless they are in quotes.",
    wrong r"meta:
  2024: first year
",
    right r#"meta:
  "2024": first year
"#;

    YamlMergeKey, Error, "yaml-merge-key", "`<<` merges an object into another",
        "Merge keys are not part of YAML 1.2, and programs disagree about what they do. Write the keys out. If a key \
         is really called `<<`, put it in quotes.",
    wrong r"meta:
  common: &common {owner: Ada}
  own: {<<: *common}
",
    right r"meta:
  common: &common {owner: Ada}
  own: *common
";

    YamlSeveralDocuments, Error, "yaml-several-documents", "the file contains several YAML documents",
        "A dataset is one document. Move the others into files of their own; `rolebook check` takes several files.",
    wrong r"rolebook: 1
id: studio
title: Studio
roles: [{id: designer, title: Designer}]
sections: []
---
rolebook: 1
",
    right r"---
rolebook: 1
id: studio
title: Studio
roles: [{id: designer, title: Designer}]
sections: []
";

    YamlAliasBudget, Error, "yaml-alias-budget", "aliases repeat too much",
        "A few lines of aliases to aliases can expand to more text than fits into memory. All aliases of a file \
         together may repeat up to 100,000 values; every 64 bytes of text count as one more.",
    wrong r"meta:
  a: &a [x, x, x, x, x, x, x, x, x, x]
  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
  e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
",
    right r"meta:
  a: &a [x, x, x, x, x, x, x, x, x, x]
  b: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
";

    TooDeep, Error, "too-deep", "lists and objects are nested too deeply",
        "Lists and objects can be nested up to 127 levels deep. Only `meta` can be nested at all, so a deeper file is \
         damaged or was written by a broken program.",
    wrong r"meta: {a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
",
    right r"meta: {a: [[[[1]]]]}
";

    UnsupportedFormat, Error, "unsupported-format", "the format version is not 1",
        "`rolebook` is the version of the format; this program reads version 1. A higher number needs a newer \
         rolebook. Because the file may mean something else there, nothing else in it is checked. The version of your \
         content is `revision`.",
    wrong r"rolebook: 2
",
    right r"rolebook: 1
revision: 2.0.0
";

    WrongType, Error, "wrong-type", "a value has the wrong type",
        "rolebook does not convert values. Where text is expected, `2024`, `true` and `null` need quotes in YAML. A \
         key without a value has the value null: leave the key out instead.",
    wrong r"title: 2024
",
    right r#"title: "2024"
"#;

    UnknownKey, Error, "unknown-key", "the format has no such key",
        "An unknown key is usually a typo, and its value would be silently ignored. A newer rolebook may know more \
         keys. Put your own data under `meta`, which every object can have and which can hold anything.",
    wrong r"titel: Studio
",
    right r"meta: {titel: Studio}
";

    MissingKey, Error, "missing-key", "a required key is missing",
        "A dataset needs `rolebook`, `id`, `title`, `roles` and `sections`. Every object needs an `id` and a `title`, \
         with these exceptions: a voice has a `name`, a question a `prompt`, an option a `label`, and a statement \
         `roles`. Lists that an object is made of, such as the `levels` of a scale, are required too.",
    wrong r"roles:
  - {id: designer}
  - {id: engineer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
";

    DuplicateKey, Error, "duplicate-key", "a key appears twice in one object",
        "Programs disagree about which of the two values counts. Keep one of them.",
    wrong r"meta: {owner: Ada, owner: Grace}
",
    right r"meta: {owners: [Ada, Grace]}
";

    EmptyText, Error, "empty-text", "a text is empty",
        "If there is nothing to say, leave the key out.",
    wrong r"title: ''
",
    right r"title: Studio
";

    EmptyList, Error, "empty-list", "a list that needs an item is empty",
        "A scale needs at least one level, a statement one role, a quiz one question, and a question one option.",
    wrong r"scales:
  - {id: proficiency, title: Proficiency, levels: []}
",
    right r"scales:
  - {id: proficiency, title: Proficiency, levels: [{id: novice, title: Novice, summary: With help}, {id: expert, title: Expert, summary: Alone}]}
";

    InvalidId, Error, "invalid-id", "an id is not valid",
        "An id consists of lower-case letters `a` to `z` and digits, with single hyphens between words. People read \
         the title, so the id can be short.",
    wrong r"id: Our Studio
",
    right r"id: our-studio
title: Our Studio
";

    InvalidValue, Error, "invalid-value", "a value is not one of the possible values",
        "A `status` is `current`, `draft` or `retired`; points are whole numbers from 0; a `revision` is a version \
         such as `1.0.0`; a `language` is a tag such as `en` or `de-CH`.",
    wrong r"revision: spring
",
    right r"revision: 1.2.0
";

    DuplicateId, Error, "duplicate-id", "two things have the same id",
        "Ids are unique within their list. The ids of aspects and statements are unique in the whole dataset, those \
         of options within their question.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: designer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
";

    AliasClash, Error, "alias-clash", "an alias is another role’s name",
        "People can name a role by its id, an alias or its title, in any case. If an alias of one role is the id or \
         title of another, nobody can tell which is meant.",
    wrong r"roles:
  - {id: designer, title: Designer, aliases: [Engineer]}
  - {id: engineer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer, aliases: [design engineer]}
  - {id: engineer, title: Engineer}
";

    OpenQuote, Error, "open-quote", "a quotation mark in a CSV file is never closed",
        "A CSV cell that begins with a quotation mark also ends with one, and everything in between belongs to the \
         cell, line breaks included. Inside such a cell, write a quotation mark twice.",
    wrong "skill,analyst
SQL,\"basic
",
    right "skill,analyst
SQL,basic
";

    EmptyHeader, Error, "empty-header", "a column of a table has no name",
        "Most cells of the column hold something, but nothing says what. Give the column a name in the row that names \
         the others, or empty it.",
    wrong "skill,analyst,
SQL,basic,expert
Charts,basic,expert
",
    right "skill,analyst,senior
SQL,basic,expert
Charts,basic,expert
";

    RepeatedHeader, Error, "repeated-header", "two columns of a table have the same name",
        "Columns are told apart by their names. Give the two roles different names, or put their families in the row \
         above.",
    wrong "skill,analyst,analyst
SQL,basic,expert
",
    right "skill,analyst,senior
SQL,basic,expert
";

    RaggedRow, Error, "ragged-row", "a row has more cells than the table has columns",
        "A cell in a column without a name is often the rest of a text with a comma that needs quotation marks.",
    wrong "skill,analyst
SQL,basic
Charts,basic
Talks,basic,and more
",
    right "skill,analyst
SQL,basic
Charts,basic
Talks,basic
";

    MissingName, Error, "missing-name", "a row does not name its skill or role",
        "The row has values, but nothing says what they are about. The name of a group carries down to the rows below \
         it; a skill in a wide table has to be named in every row.",
    wrong "skill,analyst
SQL,basic
,expert
",
    right "skill,analyst
SQL,basic
Charts,expert
";

    UnknownValue, Error, "unknown-value", "a cell is neither a level nor a mark",
        "The cells under a role hold levels, or marks such as `x`. A value that appears once and looks like a common \
         level is treated as a typo. A map can say under `values` what other cells mean.",
    wrong "skill,analyst,senior
SQL,Trained,Certified
Charts,Trained,Certified
Talks,Traind,Certified
Maths,Trained,Certified
",
    right "skill,analyst,senior
SQL,Trained,Certified
Charts,Trained,Certified
Talks,Trained,Certified
Maths,Trained,Certified
";

    TwoValues, Error, "two-values", "a table has two levels for one role and skill",
        "A role needs one level of a skill. Here the skill is in two rows, or the role in two columns.",
    wrong "skill,analyst
SQL,basic
SQL,expert
",
    right "skill,analyst
SQL,basic
Charts,expert
";

    FormulaError, Error, "formula-error", "a cell contains a formula without a value",
        "A formula failed, as `#REF!` shows, or the program that wrote the file did not calculate it. rolebook reads \
         values and does not calculate formulas.",
    wrong "skill,analyst
SQL,#REF!
",
    right "skill,analyst
SQL,basic
";

    DateInCell, Error, "date-in-cell", "a cell contains a date instead of a level or text",
        "Spreadsheets turn `1-2` or `3/4` into a date as you type. Format the cells as text before you enter such \
         levels.",
    wrong "skill,analyst
SQL,2026-01-02
",
    right "skill,analyst
SQL,basic
";

    OtherDataset, Error, "other-dataset", "a profile is about another dataset",
        "A profile names the dataset whose skills it rates. Name that dataset with `-d`, or start a new profile with \
         `rolebook assess --form`.",
    wrong "profile: 1
name: Ann
dataset: {id: another}
",
    right "profile: 1
name: Ann
dataset: {id: studio}
";

    UnknownSkill, Error, "unknown-skill", "a profile rates a skill that does not exist",
        "Ratings are listed by the ids of skills. `rolebook assess --form` prints a profile with all of them. A \
         profile made with an older revision of the dataset may rate skills that no longer exist.",
    wrong "profile: 1
name: Ann
ratings: {swimming: yes}
",
    right "profile: 1
name: Ann
ratings: {}
";

    UnknownRole, Error, "unknown-role", "there is no role with this id",
        "Statements, needs and points refer to roles by their ids in `roles`.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {desinger: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
";

    UnknownFamily, Error, "unknown-family", "there is no family with this id",
        "A role’s `family` is the id of an entry in `families`.",
    wrong r"roles:
  - {id: designer, title: Designer, family: craft}
  - {id: engineer, title: Engineer}
",
    right r"families:
  - {id: craft, title: Craft}
roles:
  - {id: designer, title: Designer, family: craft}
  - {id: engineer, title: Engineer}
";

    UnknownSource, Error, "unknown-source", "there is no source with this id",
        "A statement’s `source` is the id of an entry in `sources`.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, source: brooks}
",
    right r"sources:
  - {id: brooks, title: The handbook}
sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, source: brooks}
";

    UnknownVoice, Error, "unknown-voice", "there is no voice with this id",
        "A statement’s `voice` is the id of an entry in `voices`.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, voice: ada}
",
    right r"voices:
  - {id: ada, name: Ada}
sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, voice: ada}
";

    UnknownScale, Error, "unknown-scale", "there is no scale with this id",
        "A skill’s `scale` is the id of an entry in `scales`.",
    wrong r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficency}
        statements:
          - {id: both-draw, roles: [designer, engineer], text: Draw what they mean}
",
    right r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: both-draw, roles: [designer, engineer], text: Draw what they mean}
";

    UnknownLevel, Error, "unknown-level", "the scale has no level with this id",
        "A level is the id of a level of the skill’s scale.",
    wrong r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: both-draw, roles: [designer, engineer], level: master}
",
    right r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: both-draw, roles: [designer, engineer], level: expert}
";

    UnknownSection, Error, "unknown-section", "there is no section with this id",
        "The `cautions` of a quiz name a section by its id; its statements about the recommended role are shown as \
         drawbacks.",
    wrong r"quizzes:
  - id: career
    title: Career
    cautions: drawbacks
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
",
    right r"quizzes:
  - id: career
    title: Career
    cautions: skills
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
";

    LevelWithoutScale, Error, "level-without-scale", "a level is given, but no scale",
        "A level belongs to a scale, and the aspect’s `skill` says which one. Add `scale` to the skill or its \
         section.",
    wrong r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard}
        statements:
          - {id: both-draw, roles: [designer, engineer], level: expert}
",
    right r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: both-draw, roles: [designer, engineer], level: expert}
";

    NothingSaid, Error, "nothing-said", "a statement has neither text nor level",
        "A statement needs a `text`, a `level` of the skill’s scale, or both.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer]}
",
    right r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away}
";

    RepeatedRole, Error, "repeated-role", "a statement names a role twice",
        "A statement applies to each role that it names. A role named twice usually means that another one is \
         missing.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer, designer], text: Throw the first one away}
",
    right r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away}
";

    TwoLevels, Error, "two-levels", "a role has two levels of one skill",
        "A role has one level per skill. With two, it would be unclear which one to compare.",
    wrong r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: both-draw, roles: [designer, engineer], level: novice}
          - {id: designer-draws, roles: [designer], level: expert}
",
    right r"sections:
  - id: skills
    title: Skills
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: hard, scale: proficiency}
        statements:
          - {id: engineer-draws, roles: [engineer], level: novice}
          - {id: designer-draws, roles: [designer], level: expert}
";

    UnknownTrack, Error, "unknown-track", "the family has no track with this id",
        "A role’s `track` is the id of one of the `tracks` of its family.",
    wrong r"families:
  - {id: tech, title: Technology, tracks: [{id: maker, title: Maker}]}
roles:
  - {id: designer, title: Designer, family: tech, track: maker}
  - {id: engineer, title: Engineer, family: tech, track: leader}
",
    right r"families:
  - {id: tech, title: Technology, tracks: [{id: maker, title: Maker}, {id: leader, title: Leader}]}
roles:
  - {id: designer, title: Designer, family: tech, track: maker}
  - {id: engineer, title: Engineer, family: tech, track: leader}
";

    DeepParent, Error, "deep-parent", "families or sections are nested more than two deep",
        "A family or section can have a `parent`, but the parent cannot have one itself. Deeper groups are hard to \
         read in every format.",
    wrong r"families:
  - {id: a, title: Company}
  - {id: b, title: Product, parent: a}
  - {id: c, title: Design, parent: b}
roles:
  - {id: designer, title: Designer, family: c}
  - {id: engineer, title: Engineer, family: b}
",
    right r"families:
  - {id: a, title: Company}
  - {id: b, title: Product, parent: a}
  - {id: c, title: Design, parent: a}
roles:
  - {id: designer, title: Designer, family: c}
  - {id: engineer, title: Engineer, family: b}
";

    InheritanceCycle, Error, "inheritance-cycle", "roles build on each other in a circle",
        "A role inherits what the roles in its `builds_on` say. If following `builds_on` leads back to the same role, \
         there is no end to it. Remove one of the links.",
    wrong r"roles:
  - {id: designer, title: Designer, builds_on: [engineer]}
  - {id: engineer, title: Engineer, builds_on: [designer]}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
";

    NotInherited, Error, "not-inherited", "a statement replaces something its role does not inherit",
        "`replaces` names statements that the role would otherwise inherit through `builds_on`.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {id: sketches, roles: [designer], text: Makes sketches}
          - {roles: [engineer], text: Makes plans, replaces: [sketches]}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {id: sketches, roles: [designer], text: Makes sketches}
          - {roles: [engineer], text: Makes plans, replaces: [sketches]}
";

    SkillWithoutKind, Error, "skill-without-kind", "a skill has no kind",
        "Every skill has a `kind`, such as `soft` or `technical`: its own, or that of its section.",
    wrong r"sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        skill: {}
        statements:
          - {roles: [designer, engineer], text: Draws}
",
    right r"sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        skill: {kind: technical}
        statements:
          - {roles: [designer, engineer], text: Draws}
";

    LoneComparison, Error, "lone-comparison", "a comparison names only one role",
        "A comparison is the short answer to how roles differ, so it needs two or more.",
    wrong r"comparisons:
  - {id: one, roles: [designer], text: A designer draws.}
",
    right r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
";

    TwoComparisons, Error, "two-comparisons", "two comparisons are about the same roles",
        "Only one of them could be shown. Merge them.",
    wrong r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
  - {id: two, roles: [engineer, designer], text: 'An engineer builds, a designer draws.'}
",
    right r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
";

    SilentRole, Warning, "silent-role", "a role has no statements",
        "A role without statements has nothing to compare: every cell is a dash. Give it statements, or the status \
         `retired` if it is no longer in use.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
  - {id: writer, title: Writer}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
  - {id: writer, title: Writer, status: retired}
";

    SilentAspect, Warning, "silent-aspect", "an aspect has no statements",
        "An aspect that no role says anything about is left out of every comparison.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - {id: drafts, title: Drafts, statements: []}
      - id: tools
        title: Tools
        statements:
          - {id: both-sharpen, roles: [designer, engineer], text: Keep them sharp}
",
    right r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: tools
        title: Tools
        statements:
          - {id: both-sharpen, roles: [designer, engineer], text: Keep them sharp}
";

    RepeatedText, Warning, "repeated-text", "two statements have the same text",
        "If several roles say the same, write one statement that names them all. Then rolebook can tell that it is \
         shared; two statements with the same text count as different.",
    wrong r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: designer-drafts, roles: [designer], text: Throw the first one away}
          - {id: engineer-drafts, roles: [engineer], text: Throw the first one away}
",
    right r"sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away}
";

    Untrimmed, Warning, "untrimmed", "a title starts with a space, or contains two in a row",
        "Extra spaces usually come from copying. They make two titles differ that look the same. Spaces at the end of \
         a text are ignored.",
    wrong r"title: ' Studio'
",
    right r"title: Studio
";

    SimilarTitles, Warning, "similar-titles", "two titles differ only in case, spaces or punctuation",
        "A reader cannot tell the two apart, and one of them may be a copy.",
    wrong r"roles:
  - {id: designer, title: UX Designer}
  - {id: engineer, title: UX-designer}
",
    right r"roles:
  - {id: designer, title: UX designer}
  - {id: engineer, title: Engineer}
";

    UnknownLanguage, Warning, "unknown-language", "the language is unknown",
        "`language` is a language tag (BCP 47): a code such as `en` or `pt`, with a script or a region if needed. \
         HTML pages carry it, so that screen readers and browsers choose the right voice and hyphenation.",
    wrong r"language: engl
",
    right r"language: en
";

    ControlCharacter, Warning, "control-character", "a text contains an invisible character",
        "Titles should not contain control characters or characters that change the direction of text. rolebook shows \
         them instead of sending them to a terminal, so they stand out in every table. In other texts, the control \
         characters U+0080 to U+009F are usually quotes and dashes that were read with the wrong encoding \
         (Windows-1252).",
    wrong r#"title: "Studio\u202E"
"#,
    right r"title: Studio
";

    Uncited, Warning, "uncited", "a statement has no source, but others do",
        "If most statements name their source, one without is probably an oversight.",
    wrong r"sources:
  - {id: handbook, title: The handbook}
sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, source: handbook}
          - {id: engineer-keeps, roles: [engineer], text: Keep the second}
",
    right r"sources:
  - {id: handbook, title: The handbook}
sections:
  - id: habits
    title: Habits
    aspects:
      - id: drafts
        title: Drafts
        statements:
          - {id: both-draft, roles: [designer, engineer], text: Throw the first one away, source: handbook}
          - {id: engineer-keeps, roles: [engineer], text: Keep the second, source: handbook}
";

    IdleQuestion, Warning, "idle-question", "no answer to a question makes a difference",
        "No option gives points, or all give the same, so the result does not depend on the answer.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
      - id: colour
        prompt: Which colour do you like?
        options:
          - {id: red, label: Red}
          - {id: blue, label: Blue}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
";

    PointlessRole, Warning, "pointless-role", "a quiz can never recommend a role that it names",
        "Every option gives the role 0 points, so its score is always 0. Give it points, or remove it from the quiz.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 0}}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
";

    TwinRoles, Warning, "twin-roles", "a quiz cannot tell two roles apart",
        "The two have the same points in every option, so they always tie.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1, engineer: 1}}
          - {id: none, label: None}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
";

    UnevenQuestions, Warning, "uneven-questions", "some roles can score in fewer questions than others",
        "A score is a share of the points that a role could have got. A role that can score in one question only \
         reaches the full score with one answer, while another needs every answer right.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
      - id: mornings
        prompt: What do you do first?
        options:
          - {id: sketch, label: Sketch, points: {designer: 1}}
          - {id: sleep, label: Sleep}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        prompt: Which tool do you reach for?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
      - id: mornings
        prompt: What do you do first?
        options:
          - {id: sketch, label: Sketch, points: {designer: 1}}
          - {id: test, label: Test, points: {engineer: 1}}
";

    Unused, Warning, "unused", "nothing refers to a source, voice, scale or family",
        "It is left over, or its id is missing where you meant to use it.",
    wrong r"sources:
  - {id: handbook, title: The handbook}
",
    right r"sources: []
";

    StatusInTitle, Warning, "status-in-title", "a title is a status instead of a name",
        "`Not in use`, `Draft` and `TBD` are not names. For a role, use `status`: `current`, `draft` or `retired`. \
         Leave other things out until they have a name.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: NOT IN USE}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, status: retired}
";

    BareLevel, Warning, "bare-level", "nothing says what a level means",
        "The level has no `summary` and the statement no `text`, so readers learn the name of the level but not what \
         it means.",
    wrong r"scales:
  - {id: proficiency, title: Proficiency, levels: [{id: novice, title: Novice}, {id: expert, title: Expert}]}
",
    right r"scales:
  - id: proficiency
    title: Proficiency
    levels:
      - {id: novice, title: Novice, summary: Needs help}
      - {id: expert, title: Expert, summary: Helps others}
";

    SharedAlias, Warning, "shared-alias", "several roles have the same alias",
        "If you use an alias that several roles share, rolebook cannot tell which one you mean and lists them. Give \
         each role an alias of its own.",
    wrong r"roles:
  - {id: designer, title: Designer, aliases: [maker]}
  - {id: engineer, title: Engineer, aliases: [Maker]}
",
    right r"roles:
  - {id: designer, title: Designer, aliases: [maker]}
  - {id: engineer, title: Engineer, aliases: [builder]}
";

    AddsNothing, Warning, "adds-nothing", "a role adds nothing to the roles it builds on",
        "A role that only repeats what it builds on has no content of its own, so readers cannot tell the two apart.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {roles: [designer], text: Draws}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {roles: [designer], text: Draws}
          - {roles: [engineer], text: Draws plans}
";

    RepeatsInherited, Warning, "repeats-inherited", "a statement repeats an inherited one",
        "The role already inherits this text. If it is written twice, the two can drift apart.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {roles: [designer], text: Draws}
          - {roles: [engineer], text: Draws}
          - {roles: [engineer], text: Draws plans}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
sections:
  - id: work
    title: Work
    aspects:
      - id: drawing
        title: Drawing
        statements:
          - {roles: [designer], text: Draws}
          - {roles: [engineer], text: Draws plans}
";

    FallingLevel, Warning, "falling-level", "a higher rank needs a lower level",
        "On one track, a role needs less of a skill than the role below it. That can be intended, for example if \
         leaders code less; often it is a typo.",
    wrong r"families:
  - {id: tech, title: Technology}
scales:
  - {id: proficiency, title: Proficiency, levels: [{id: novice, title: Novice, summary: With help}, {id: expert, title: Expert, summary: Alone}]}
roles:
  - {id: designer, title: Designer, family: tech, rank: 1}
  - {id: engineer, title: Engineer, family: tech, rank: 2}
sections:
  - id: work
    title: Work
    skill: {kind: technical, scale: proficiency}
    aspects:
      - id: drawing
        title: Drawing
        skill: {needs: {designer: expert, engineer: novice}}
",
    right r"families:
  - {id: tech, title: Technology}
scales:
  - {id: proficiency, title: Proficiency, levels: [{id: novice, title: Novice, summary: With help}, {id: expert, title: Expert, summary: Alone}]}
roles:
  - {id: designer, title: Designer, family: tech, rank: 1}
  - {id: engineer, title: Engineer, family: tech, rank: 2}
sections:
  - id: work
    title: Work
    skill: {kind: technical, scale: proficiency}
    aspects:
      - id: drawing
        title: Drawing
        skill: {needs: {designer: novice, engineer: expert}}
";

    NothingToWin, Warning, "nothing-to-win", "a quiz can never recommend a role",
        "In some question, every option rules out every role that could get points, so no answers lead to a \
         recommendation. Leave at least one role in the running.",
    wrong r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        title: Tools
        prompt: Which tool?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
      - id: money
        title: Money
        prompt: Is there any?
        options:
          - {id: none, label: No, rules_out: [designer, engineer]}
          - {id: little, label: A little, rules_out: [engineer, designer]}
",
    right r"quizzes:
  - id: career
    title: Career
    questions:
      - id: tools
        title: Tools
        prompt: Which tool?
        options:
          - {id: pencil, label: A pencil, points: {designer: 1}}
          - {id: compiler, label: A compiler, points: {engineer: 1}}
      - id: money
        title: Money
        prompt: Is there any?
        options:
          - {id: none, label: No, rules_out: [designer, engineer]}
          - {id: some, label: Not sure}
";
}

impl Code {
    /// The code with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
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
