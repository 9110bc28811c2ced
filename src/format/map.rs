//! The types of an import map, format 1: how to read tables as a dataset.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::de::Deserializer;
use serde::{Deserialize, Serialize};

use super::dataset::{Family, Scale, Source, Voice};
use super::strict::{format_one, object, objects, optional_whole, present, some_objects, word};
use super::words::{Id, Language, Revision, Text};

/// An import map: what the cells of tables mean, and the parts of the dataset that are not in the tables.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMap<'a> {
    /// Version of the map format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub map: u32,
    /// Id of the dataset.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the dataset.
    pub title: Text<'a>,
    /// Version of the content, such as `1.2.0` (semantic versioning).
    #[serde(default, deserialize_with = "present")]
    pub revision: Option<Revision<'a>>,
    /// Language of the content, as a BCP 47 tag such as `en` or `de-CH`.
    #[serde(default, deserialize_with = "present")]
    pub language: Option<Language<'a>>,
    /// Works that statements are taken from.
    #[serde(default, deserialize_with = "objects")]
    pub sources: Vec<Source<'a>>,
    /// People that statements are attributed to.
    #[serde(default, deserialize_with = "objects")]
    pub voices: Vec<Voice<'a>>,
    /// Proficiency scales, with levels lowest first.
    #[serde(default, deserialize_with = "objects")]
    pub scales: Vec<Scale<'a>>,
    /// Families that group roles.
    #[serde(default, deserialize_with = "objects")]
    pub families: Vec<Family<'a>>,
    /// Meanings of cells that contain neither the id nor the title of a level.
    #[serde(default, deserialize_with = "objects")]
    pub values: Vec<MapValue<'a>>,
    /// Tables, in reading order.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub tables: Vec<MapTable<'a>>,
}

/// The meaning of a cell.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapValue<'a> {
    /// Content of the cell; case does not matter.
    #[serde(borrow)]
    pub cell: Text<'a>,
    /// Id of the level that it means. Without a level, the cell is ignored.
    #[serde(default, deserialize_with = "present")]
    pub level: Option<Id<'a>>,
}

/// A table: a worksheet, or a CSV or TSV file.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapTable<'a> {
    /// Path of the file, relative to the map (by default, the file that is imported).
    #[serde(default, borrow, deserialize_with = "present")]
    pub file: Option<Text<'a>>,
    /// Name of the worksheet (by default, the first).
    #[serde(default, deserialize_with = "present")]
    pub sheet: Option<Text<'a>>,
    /// How the table is laid out.
    #[serde(deserialize_with = "word")]
    pub layout: Layout,
    /// Whether to swap rows and columns before reading.
    #[serde(default)]
    pub transpose: bool,
    /// Number of the row with the column names, from 1.
    #[serde(default, deserialize_with = "optional_whole")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000_000))]
    pub header: Option<i64>,
    /// What the cells under a role or in a column of levels contain (by default, guessed from the cells).
    #[serde(default, deserialize_with = "optional_word")]
    pub cells: Option<CellMode>,
    /// Kind of skill, for all rows unless a column gives it. Without a kind, rows are aspects that are not skills.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// Columns to import; others are ignored.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub columns: Vec<MapColumn<'a>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapColumn<'a> {
    /// Letters of the column in a spreadsheet, such as `A` or `AB`.
    #[serde(borrow)]
    pub at: Text<'a>,
    /// What the column contains.
    #[serde(rename = "is", deserialize_with = "word")]
    pub field: Field,
    /// Id of the role or level that the column is about.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Id<'a>>,
    /// Title of the role or level that the column is about.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text<'a>>,
    /// Title of the family that the role belongs to.
    #[serde(default, deserialize_with = "present")]
    pub family: Option<Text<'a>>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A row for each skill or aspect, a column for each role or level.
    Wide,
    /// A row for each statement or need.
    Long,
}

/// What cells contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CellMode {
    /// Levels.
    Levels,
    /// Marks such as `x`.
    Marks,
    /// Texts, with one statement per line or bullet.
    Texts,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a column contains.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
        pub enum Field { $($(#[$doc])* #[serde(rename = $word)] $name),* }

        impl Field {
            /// Its name in a map.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

fields! {
    /// In a wide table: what one role needs, or statements about it.
    Role = "role",
    /// In a long table: the name of the role.
    RoleTitle = "role-title",
    /// In a long table: the id of the role.
    RoleId = "role-id",
    /// In a long table: the summary of the role.
    RoleSummary = "role-summary",
    /// In a long table: the title of the role’s family.
    Family = "family",
    /// In a long table: the rank of the role in its family.
    Rank = "rank",
    /// The title of the section.
    Section = "section",
    /// The id of the section.
    SectionId = "section-id",
    /// The title of the skill or aspect.
    Aspect = "aspect",
    /// The id of the skill or aspect.
    AspectId = "aspect-id",
    /// The summary of the skill or aspect.
    Summary = "summary",
    /// The kind of skill.
    Kind = "kind",
    /// The id of the skill’s scale.
    Scale = "scale",
    /// In a wide table: what one level means. In a long table: the level that the role needs, by title or id.
    Level = "level",
    /// In a long table: the title of the level.
    LevelTitle = "level-title",
    /// In a long table: the rank of the level on its scale.
    LevelRank = "level-rank",
    /// In a long table: the text of the statement.
    Statement = "text",
    /// In a long table: the id of the statement.
    StatementId = "statement-id",
    /// In a long table: whether the statement is optional.
    Optional = "optional",
    /// In a long table: the person that the statement is attributed to.
    Voice = "voice",
    /// In a long table: the source of the statement.
    Source = "source",
    /// In a long table: the place in the source.
    At = "at",
}

fn optional_word<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    word(deserializer).map(Some)
}

/// Reads a map. Only accepts an object, although serde would also read a list of values in its place.
///
/// # Errors
///
/// If the input is not a map of format 1.
pub fn read_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ImportMap<'de>, D::Error> {
    object(deserializer)
}
