//! Every rule that a dataset can break: its code, what it is about, and an example of wrong and right.
//!
//! An example is a whole dataset, or the part of one that matters: top-level keys that stand in for those of a
//! dataset without mistakes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// How much a mistake weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The dataset cannot be used.
    Error,
    /// The dataset can be used, and something in it is likely to be a mistake.
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
            /// All codes: first how a file is written, then what stands in it, then what it means, then what is
            /// likely to be a mistake.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code's kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How much it weighs.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What is wrong, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// Why it is wrong, and what to do.
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => $page,)* }
            }

            /// Whether it is about a name that nothing has: in many places, the same one is the same mistake.
            pub fn is_unknown_name(self) -> bool {
                self.severity() == Severity::Error && self != Self::UnknownKey && self.name().starts_with("unknown-")
            }

            /// An example that breaks the rule.
            pub fn wrong(self) -> &'static str {
                match self { $(Self::$name => $wrong,)* }
            }

            /// The same, put right.
            pub fn right(self) -> &'static str {
                match self { $(Self::$name => $right,)* }
            }
        }
    };
}

codes! {
    JsonSyntax, Error, "json-syntax", "the text is no JSON",
        "JSON has neither comments nor a comma before a closing bracket, and writes keys and text in double quotes. \
         A file is taken for JSON if its name ends in `.json`, or, where the name does not tell, if it begins with \
         `{` or `[`.",
    wrong r#"{"rolebook": 1, "id": "studio",}
"#,
    right r#"{"rolebook": 1, "id": "studio", "title": "Studio", "roles": [{"id": "designer", "title": "Designer"}], "sections": []}
"#;

    YamlSyntax, Error, "yaml-syntax", "the text is no YAML",
        "YAML is indented with spaces. Text needs quotes if it holds `: ` or ` #`, or begins with a character that \
         means something to YAML, such as `@`, `*`, `&`, `!`, `[` or `{`. An alias needs an anchor before it, tags \
         are those of the core schema, and numbers are such as JSON can hold.",
    wrong r"title: Studio: the new one
",
    right r"title: 'Studio: the new one'
";

    YamlKeyNotText, Error, "yaml-key-not-text", "a key is something else than text",
        "The keys of a dataset are text. YAML takes `2024`, `true` or `null` for a number, a boolean or nothing \
         unless it stands in quotes.",
    wrong r"meta:
  2024: first year
",
    right r#"meta:
  "2024": first year
"#;

    YamlMergeKey, Error, "yaml-merge-key", "`<<` merges an object into another",
        "Merge keys are no part of YAML 1.2, and programs disagree on what they do. Write the keys out. A key that \
         is called `<<` stands in quotes.",
    wrong r"meta:
  common: &common {owner: Ada}
  own: {<<: *common}
",
    right r"meta:
  common: &common {owner: Ada}
  own: *common
";

    YamlSeveralDocuments, Error, "yaml-several-documents", "the file holds several YAML documents",
        "A dataset is one document. Put the others into files of their own: `rolebook check` takes several files.",
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
        "A few lines of aliases to aliases can stand for more text than a computer holds. All aliases of a file \
         together may repeat 100,000 values, where every 64 bytes of text count as one more.",
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
        "Lists and objects may stand in each other 127 levels deep. Only `meta` can be nested at all, so a file \
         that goes deeper is damaged or was made by a program that lost its way.",
    wrong r"meta: {a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
",
    right r"meta: {a: [[[[1]]]]}
";

    UnsupportedFormat, Error, "unsupported-format", "the format of the dataset is not 1",
        "`rolebook` is the version of the format, and this program reads version 1. A higher number is for a newer \
         rolebook: what the file means may have changed, so nothing else in it is looked at. The version of the \
         content is `revision`.",
    wrong r"rolebook: 2
",
    right r"rolebook: 1
revision: 2.0.0
";

    WrongType, Error, "wrong-type", "a value of the wrong kind",
        "Nothing is turned into something else: where text is asked, `2024`, `true` and `null` are no text, and \
         YAML needs quotes around them. A key without a value has nothing for a value: leave the key out.",
    wrong r"title: 2024
",
    right r#"title: "2024"
"#;

    UnknownKey, Error, "unknown-key", "a key that the format does not have",
        "A key that nobody reads is most often a slip of the finger, and what stands under it would be lost \
         silently. A newer rolebook may know more keys. What is yours to keep goes under `meta`, which may stand \
         on every object and holds anything.",
    wrong r"titel: Studio
",
    right r"meta: {titel: Studio}
";

    MissingKey, Error, "missing-key", "a key is missing that has to be there",
        "A dataset has `rolebook`, `id`, `title`, `roles` and `sections`. Every object has an `id` and a `title`, \
         except that a voice has a `name`, a question a `prompt`, an option a `label`, and a statement `roles`. \
         The lists that make an object, such as the `levels` of a scale, have to be there too.",
    wrong r"roles:
  - {id: designer}
  - {id: engineer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
";

    DuplicateKey, Error, "duplicate-key", "a key stands twice in one object",
        "Programs disagree on which of the two values counts. Keep one of them.",
    wrong r"meta: {owner: Ada, owner: Grace}
",
    right r"meta: {owners: [Ada, Grace]}
";

    EmptyText, Error, "empty-text", "a text is empty",
        "A text says something. Where there is nothing to say, leave the key out.",
    wrong r"title: ''
",
    right r"title: Studio
";

    EmptyList, Error, "empty-list", "a list is empty that has to hold something",
        "A scale has a level at least, a statement a role, a quiz a question, and a question an option.",
    wrong r"scales:
  - {id: proficiency, title: Proficiency, levels: []}
",
    right r"scales:
  - {id: proficiency, title: Proficiency, levels: [{id: novice, title: Novice, summary: With help}, {id: expert, title: Expert, summary: Alone}]}
";

    InvalidId, Error, "invalid-id", "an id is not a valid id",
        "Ids are for typing and for programs: lower-case letters `a` to `z` and digits, in words joined by single \
         hyphens. What people read is the title.",
    wrong r"id: Our Studio
",
    right r"id: our-studio
title: Our Studio
";

    InvalidValue, Error, "invalid-value", "a value is not one of those that are possible",
        "A `status` is `current`, `draft` or `retired`; points are whole numbers from 0; a `revision` is a version \
         such as `1.0.0`, and a `language` a tag such as `en` or `de-CH`.",
    wrong r"revision: spring
",
    right r"revision: 1.2.0
";

    DuplicateId, Error, "duplicate-id", "an id stands for two things",
        "Ids are unique in their list. Those of aspects and statements are unique in the whole dataset, those of \
         options in their question.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: designer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer}
";

    AliasClash, Error, "alias-clash", "an alias is another role's name",
        "A role is named by its id, an alias or its title, in any case. So an alias may be none of these to another \
         role: nobody could tell which is meant.",
    wrong r"roles:
  - {id: designer, title: Designer, aliases: [Engineer]}
  - {id: engineer, title: Engineer}
",
    right r"roles:
  - {id: designer, title: Designer, aliases: [design engineer]}
  - {id: engineer, title: Engineer}
";

    OpenQuote, Error, "open-quote", "a quotation mark in a CSV file is never closed",
        "In CSV, a cell that begins with a quotation mark ends with one; everything between belongs to the cell, line ends too. \
         A quotation mark inside such a cell is written twice.",
    wrong "skill,analyst
SQL,\"basic
",
    right "skill,analyst
SQL,basic
";

    EmptyHeader, Error, "empty-header", "a column of a table has no name",
        "Most cells of the column hold something, and nothing says what. Name the column in the row that names the others; \
         rolebook says what it does not import.",
    wrong "skill,analyst,
SQL,basic,expert
Charts,basic,expert
",
    right "skill,analyst,senior
SQL,basic,expert
Charts,basic,expert
";

    RepeatedHeader, Error, "repeated-header", "two columns of a table have the same name",
        "Columns are told apart by their names. Two roles need two names; a family in the row above tells them apart too.",
    wrong "skill,analyst,analyst
SQL,basic,expert
",
    right "skill,analyst,senior
SQL,basic,expert
";

    RaggedRow, Error, "ragged-row", "a row of a table has more cells than there are columns",
        "A cell in a column without a name is often text with a comma that lacks quotation marks.",
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

    MissingName, Error, "missing-name", "a row of a table does not name its skill or role",
        "The row has values, and nothing says what they are about. A name that stands only in the first row of a group holds for \
         the rows below it, but the skill of a wide table is named in each row.",
    wrong "skill,analyst
SQL,basic
,expert
",
    right "skill,analyst
SQL,basic
Charts,expert
";

    UnknownValue, Error, "unknown-value", "a cell holds neither a level nor a mark",
        "The cells of roles hold levels or marks such as `x`. A value that comes up once and is much like a level is taken for a \
         slip. In a map, `values` says what other cells mean.",
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
        "A role needs a skill at one level. The skill stands in two rows, or the role in two columns.",
    wrong "skill,analyst
SQL,basic
SQL,expert
",
    right "skill,analyst
SQL,basic
Charts,expert
";

    FormulaError, Error, "formula-error", "a cell holds a formula without a value",
        "A formula failed, as `#REF!` says, or the program that wrote the file did not compute it. rolebook reads values and does \
         not compute formulas.",
    wrong "skill,analyst
SQL,#REF!
",
    right "skill,analyst
SQL,basic
";

    DateInCell, Error, "date-in-cell", "a cell holds a date where a level or text belongs",
        "Spreadsheets take `1-2` or `3/4` for a date as it is typed. Format the cells as text before you type such levels. CSV \
         files have no dates, so this is only found in workbooks.",
    wrong "",
    right "";

    OtherDataset, Error, "other-dataset", "a profile is about another dataset",
        "A profile names the dataset whose skills it rates. Ratings of other skills say nothing about these roles. Name \
         that dataset with `-d`, or start a new profile with `rolebook assess --form`.",
    wrong "profile: 1
name: Ann
dataset: {id: another}
",
    right "profile: 1
name: Ann
dataset: {id: studio}
";

    UnknownSkill, Error, "unknown-skill", "a profile rates a skill that does not exist",
        "Ratings stand under the ids of skills; `rolebook skills` lists them, and `rolebook assess --form` prints a profile \
         with all of them. In a profile that names an older revision of the dataset, skills that are gone are no \
         mistake.",
    wrong "profile: 1
name: Ann
ratings: {swimming: yes}
",
    right "profile: 1
name: Ann
ratings: {}
";

    UnknownRole, Error, "unknown-role", "there is no role of this id",
        "Statements and points name roles by their ids, as they stand in `roles`.",
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

    UnknownFamily, Error, "unknown-family", "there is no family of this id",
        "A role's `family` is the id of one in `families`.",
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

    UnknownSource, Error, "unknown-source", "there is no source of this id",
        "A statement's `source` is the id of one in `sources`.",
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

    UnknownVoice, Error, "unknown-voice", "there is no voice of this id",
        "A statement's `voice` is the id of one in `voices`.",
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

    UnknownScale, Error, "unknown-scale", "there is no scale of this id",
        "A skill's `scale` is the id of one in `scales`.",
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

    UnknownLevel, Error, "unknown-level", "the scale has no level of this id",
        "A statement's `level` is the id of a level of the scale that the skill names.",
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

    UnknownSection, Error, "unknown-section", "there is no section of this id",
        "The `cautions` of a quiz are the id of a section: what it says of the recommended role is held against it.",
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

    LevelWithoutScale, Error, "level-without-scale", "a level where no scale is named",
        "A level is one of a scale, and the scale is the one that the aspect's `skill` names.",
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
        "A statement says something in its `text`, or asks a `level` of the skill's scale, or both.",
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
        "A statement holds for each role that it names. Naming one again says nothing, and hides that another was \
         meant.",
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

    TwoLevels, Error, "two-levels", "a role is at two levels of one skill",
        "A role asks one level of a skill. Two would make it unclear what to compare.",
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

    UnknownTrack, Error, "unknown-track", "the family has no track of this id",
        "A role's `track` is the id of one of the `tracks` of its family.",
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
        "A family or section can have a `parent`, and that parent has none itself. Deeper groups are hard to read in every format.",
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
        "A role holds what the roles in its `builds_on` hold. If following `builds_on` leads back to the same role, there is no end to it.",
    wrong r"roles:
  - {id: designer, title: Designer, builds_on: [engineer]}
  - {id: engineer, title: Engineer, builds_on: [designer]}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, builds_on: [designer]}
";

    NotInherited, Error, "not-inherited", "a statement replaces what its role does not inherit",
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
        "A skill has a `kind`, such as `soft` or `technical`: its own, or that of its section.",
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

    LoneComparison, Error, "lone-comparison", "a comparison names one role",
        "A comparison is the short answer to how roles differ, so it names two roles or more.",
    wrong r"comparisons:
  - {id: one, roles: [designer], text: A designer draws.}
",
    right r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
";

    TwoComparisons, Error, "two-comparisons", "two comparisons are about the same roles",
        "Only one of them could be shown.",
    wrong r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
  - {id: two, roles: [engineer, designer], text: 'An engineer builds, a designer draws.'}
",
    right r"comparisons:
  - {id: one, roles: [designer, engineer], text: 'A designer draws, an engineer builds.'}
";

    SilentRole, Warning, "silent-role", "a role makes no statement",
        "A role without statements has nothing to compare: it is a row of dashes. A role that is retired may be \
         silent.",
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

    SilentAspect, Warning, "silent-aspect", "an aspect holds no statement",
        "An aspect on which no role speaks is left out of every comparison.",
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

    RepeatedText, Warning, "repeated-text", "two statements say the same",
        "A statement that several roles make is stored once and names them all: then rolebook can tell that it is \
         shared. Two statements of equal text count as different.",
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

    Untrimmed, Warning, "untrimmed", "a title starts with white space, or has two blanks in a row",
        "Extra blanks usually come from copying. They make two titles differ that look the same. Blanks at the end of a \
         text have no meaning and are ignored.",
    wrong r"title: ' Studio'
",
    right r"title: Studio
";

    SimilarTitles, Warning, "similar-titles", "two titles differ in case, spaces or punctuation at the most",
        "Whoever reads the two beside each other cannot tell what is different, and one of them may be a copy.",
    wrong r"roles:
  - {id: designer, title: UX Designer}
  - {id: engineer, title: UX-designer}
",
    right r"roles:
  - {id: designer, title: UX designer}
  - {id: engineer, title: Engineer}
";

    UnknownLanguage, Warning, "unknown-language", "the language is not a known one",
        "`language` is a language tag (BCP 47): the code of a language, such as `en` or `pt`, with a script or a region \
         where it matters. Pages in HTML carry it, so that screen readers and browsers choose the right voice and \
         hyphenation.",
    wrong r"language: engl
",
    right r"language: en
";

    ControlCharacter, Warning, "control-character", "a text contains an invisible character",
        "Titles should not contain control characters, or characters that change the direction of text. rolebook shows \
         them visibly instead of sending them to a terminal, so they stand out in every table. Other texts should not \
         contain the control characters U+0080 to U+009F: these are usually quotes and dashes that were read in the \
         wrong encoding (Windows-1252).",
    wrong r#"title: "Studio\u202E"
"#,
    right r"title: Studio
";

    Uncited, Warning, "uncited", "a statement has no source where others have one",
        "A dataset that cites its sources is trusted for it, so one statement without a source is likely to be an \
         oversight.",
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

    IdleQuestion, Warning, "idle-question", "no answer to a question changes anything",
        "Where no option gives points, or each gives the same, it makes no difference what somebody answers.",
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
        "The quiz gives the role 0 points at every option, so its score is 0 whatever is answered. Give it points, \
         or leave it out.",
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
        "The two have the same points at every option, so they always tie.",
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

    UnevenQuestions, Warning, "uneven-questions", "roles can score in unequal numbers of questions",
        "A score is a share of what a role could have got, so a role that can score in one question alone gets all \
         of it by one answer, and another must be right in every question.",
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
        "What is declared and never used is left over, or its id is missing where it was meant to stand.",
    wrong r"sources:
  - {id: handbook, title: The handbook}
",
    right r"sources: []
";

    StatusInTitle, Warning, "status-in-title", "a title says a status instead of a name",
        "`Not in use`, `Draft` or `TBD` is no name. A role has a `status` for it: `current`, `draft` or `retired`. \
         What else has no name yet is better left out.",
    wrong r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: NOT IN USE}
",
    right r"roles:
  - {id: designer, title: Designer}
  - {id: engineer, title: Engineer, status: retired}
";

    BareLevel, Warning, "bare-level", "a level is asked, and nothing says what it means",
        "The level has no `summary` and the statement no `text`, so readers learn the name of the level and not what \
         it asks of them.",
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
        "An alias that several roles share names none of them: using it is an error that lists them. Give each role an alias of its own.",
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
        "The role inherits this text already. Written twice, the two can drift apart.",
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
        "On one track, a role needs less of a skill than the role below it. That can be meant, as where leaders code less; often it is a slip.",
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

    NothingToWin, Warning, "nothing-to-win", "every way through a quiz ends without a role",
        "Each option of some question rules out every role that the quiz gives points to, so no answers lead to a \
         recommendation. Let one option leave a role in the running.",
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
    /// The code of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    /// Any slug: rules are added without a new version of the documents that name them.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "A rule, which `rolebook check --explain` explains."})
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
