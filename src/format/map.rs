//! How to read tables: an import map, format 1.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::Deserializer;

use super::dataset::{Family, Scale, Source, Voice};
use super::strict::{format_one, object, objects, optional_whole, present, some_objects, word};
use super::words::{Id, Language, Revision, Text};

/// An import map: which cells of tables mean what, and what the tables do not hold.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMap<'a> {
    /// The version of the format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub map: u32,
    /// The dataset's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the dataset is called.
    pub title: Text<'a>,
    /// The version of the content, `SemVer`.
    #[serde(default, deserialize_with = "present")]
    pub revision: Option<Revision<'a>>,
    /// The language of the content, BCP 47.
    #[serde(default, deserialize_with = "present")]
    pub language: Option<Language<'a>>,
    /// Where statements come from.
    #[serde(default, deserialize_with = "objects")]
    pub sources: Vec<Source<'a>>,
    /// People whom statements are attributed to.
    #[serde(default, deserialize_with = "objects")]
    pub voices: Vec<Voice<'a>>,
    /// Scales of proficiency, their levels lowest first.
    #[serde(default, deserialize_with = "objects")]
    pub scales: Vec<Scale<'a>>,
    /// Families that roles belong to.
    #[serde(default, deserialize_with = "objects")]
    pub families: Vec<Family<'a>>,
    /// What cells mean that hold neither the id nor the title of a level.
    #[serde(default, deserialize_with = "objects")]
    pub values: Vec<MapValue<'a>>,
    /// The tables, in the order in which they are read.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub tables: Vec<MapTable<'a>>,
}

/// What a cell means.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapValue<'a> {
    /// What the cell holds, in any case.
    #[serde(borrow)]
    pub cell: Text<'a>,
    /// The level that it stands for; left out, the cell means nothing.
    #[serde(default, deserialize_with = "present")]
    pub level: Option<Id<'a>>,
}

/// A table: a sheet, or a file that is one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapTable<'a> {
    /// The file, from the folder of the map; left out, it is the file that is imported.
    #[serde(default, borrow, deserialize_with = "present")]
    pub file: Option<Text<'a>>,
    /// The sheet by name; left out, it is the first.
    #[serde(default, deserialize_with = "present")]
    pub sheet: Option<Text<'a>>,
    /// How the table is laid out.
    #[serde(deserialize_with = "word")]
    pub layout: Layout,
    /// Whether rows and columns change places first.
    #[serde(default)]
    pub transpose: bool,
    /// The number of the row that names the columns, from 1.
    #[serde(default, deserialize_with = "optional_whole")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000_000))]
    pub header: Option<i64>,
    /// What cells of roles hold; left out, it is told from the cells.
    #[serde(default, deserialize_with = "optional_word")]
    pub cells: Option<CellMode>,
    /// The kind of skill that rows are, where no column says so; left out, rows are aspects and no skills.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// The columns; those that are left out are not imported.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub columns: Vec<MapColumn<'a>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapColumn<'a> {
    /// Its letters, as a spreadsheet shows them.
    #[serde(borrow)]
    pub at: Text<'a>,
    /// What it holds.
    #[serde(rename = "is", deserialize_with = "word")]
    pub field: Field,
    /// The id of the role or level that the column is about.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Id<'a>>,
    /// What that is called.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text<'a>>,
    /// The family that the role belongs to, by its title.
    #[serde(default, deserialize_with = "present")]
    pub family: Option<Text<'a>>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A row for each skill or aspect, a column for each role or level.
    Wide,
    /// A row for each statement or need.
    Long,
}

/// What cells hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CellMode {
    /// Levels.
    Levels,
    /// Marks such as `x`.
    Marks,
    /// Texts, one statement a line or bullet.
    Texts,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
        pub enum Field { $($(#[$doc])* #[serde(rename = $word)] $name),* }

        impl Field {
            /// The word for it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

fields! {
    /// In a wide table: what one role needs or says.
    Role = "role",
    /// In a long table: the name of the role.
    RoleTitle = "role-title",
    /// In a long table: the id of the role.
    RoleId = "role-id",
    /// In a long table: what the role is.
    RoleSummary = "role-summary",
    /// In a long table: the family of the role, by title.
    Family = "family",
    /// In a long table: the rank of the role in its family.
    Rank = "rank",
    /// The section, by title.
    Section = "section",
    /// The id of the section.
    SectionId = "section-id",
    /// The skill or aspect, by title.
    Aspect = "aspect",
    /// The id of the skill or aspect.
    AspectId = "aspect-id",
    /// What the skill or aspect is about.
    Summary = "summary",
    /// The kind of skill.
    Kind = "kind",
    /// The scale of the skill, by id.
    Scale = "scale",
    /// In a wide table: what one level means. In a long table: the level that the role needs, by title or id.
    Level = "level",
    /// In a long table: the title of the level.
    LevelTitle = "level-title",
    /// In a long table: the level's place on its scale.
    LevelRank = "level-rank",
    /// In a long table: what the role says.
    Statement = "text",
    /// In a long table: the id of the statement.
    StatementId = "statement-id",
    /// In a long table: whether the role may do without it.
    Optional = "optional",
    /// In a long table: who says so.
    Voice = "voice",
    /// In a long table: where it comes from.
    Source = "source",
    /// In a long table: the place in the source.
    At = "at",
}

fn optional_word<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    word(deserializer).map(Some)
}

/// A map as its reader asks for it: an object, and nothing else that serde would take for one.
///
/// # Errors
///
/// Where what is read is no map of format 1.
pub fn read_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ImportMap<'de>, D::Error> {
    object(deserializer)
}
