//! The dataset, format 1, as types: what a file means once it has been read, and the source of its JSON Schema.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use super::strict::{format_one, object, objects, optional_object, present, some_objects, some_texts, word};
use super::words::{Id, Language, Revision, Text};

/// A dataset: roles, what they say on each aspect, and quizzes.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset<'a> {
    /// The version of the format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub rolebook: u32,
    /// The dataset's id, a slug.
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
    /// Scales of proficiency.
    #[serde(default, deserialize_with = "objects")]
    pub scales: Vec<Scale<'a>>,
    /// Families that roles belong to.
    #[serde(default, deserialize_with = "objects")]
    pub families: Vec<Family<'a>>,
    /// The roles, in display order.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub roles: Vec<Role<'a>>,
    /// The sections, in display order.
    #[serde(deserialize_with = "objects")]
    pub sections: Vec<Section<'a>>,
    /// The quizzes; the first is the default.
    #[serde(default, deserialize_with = "objects")]
    pub quizzes: Vec<Quiz<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Whatever an owner keeps beside an object; read, kept and not looked into.
#[derive(Debug, Clone, Default, PartialEq, JsonSchema)]
#[schemars(inline)]
pub struct Meta(pub(super) Box<Map<String, Value>>);

/// Where statements come from.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source<'a> {
    /// The id that statements refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The title of the work.
    pub title: Text<'a>,
    /// Who wrote it.
    #[serde(default, deserialize_with = "present")]
    pub author: Option<Text<'a>>,
    /// Who translated it.
    #[serde(default, deserialize_with = "present")]
    pub translator: Option<Text<'a>>,
    /// Who published it.
    #[serde(default, deserialize_with = "present")]
    pub publisher: Option<Text<'a>>,
    /// When it was published.
    #[serde(default, deserialize_with = "present")]
    pub date: Option<Text<'a>>,
    /// Where it is found.
    #[serde(default, deserialize_with = "present")]
    pub url: Option<Text<'a>>,
    /// Under which licence.
    #[serde(default, deserialize_with = "present")]
    pub licence: Option<Text<'a>>,
    /// When it was read.
    #[serde(default, deserialize_with = "present")]
    pub retrieved: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Somebody whom statements are attributed to.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voice<'a> {
    /// The id that statements refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The person's name.
    pub name: Text<'a>,
    /// The person's job.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text<'a>>,
    /// Where the person works.
    #[serde(default, deserialize_with = "present")]
    pub organisation: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// An ordered scale of proficiency.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale<'a> {
    /// The id that skills refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the scale is called.
    pub title: Text<'a>,
    /// The levels, lowest first.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub levels: Vec<Level<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level<'a> {
    /// The id that statements refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the level is called.
    pub title: Text<'a>,
    /// What somebody at this level can do.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A family of roles.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family<'a> {
    /// The id that roles refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the family is called.
    pub title: Text<'a>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role<'a> {
    /// The id that statements and points refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the role is called.
    pub title: Text<'a>,
    /// Other names a person may type.
    #[serde(default)]
    pub aliases: Vec<Text<'a>>,
    /// The family it belongs to.
    #[serde(default, deserialize_with = "present")]
    pub family: Option<Id<'a>>,
    /// Its place within the family, lowest first.
    #[serde(default, deserialize_with = "present")]
    pub rank: Option<i64>,
    /// Whether it is in use.
    #[serde(default, deserialize_with = "word")]
    pub status: Status,
    /// What the role is, in a sentence.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Whether a role is in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use.
    #[default]
    Current,
    /// Not in use yet.
    Draft,
    /// No longer in use: it can be named, but stands for nobody where no role is named.
    Retired,
}

impl Status {
    /// The word for it in datasets and results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Draft => "draft",
            Self::Retired => "retired",
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A group of aspects.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section<'a> {
    /// The section's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the section is called.
    pub title: Text<'a>,
    /// What it is about.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// The aspects, in display order.
    #[serde(deserialize_with = "objects")]
    pub aspects: Vec<Aspect<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// One question on which roles are put side by side.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aspect<'a> {
    /// The aspect's id, unique in the dataset.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the aspect is called.
    pub title: Text<'a>,
    /// What makes the aspect a skill.
    #[serde(default, deserialize_with = "optional_object")]
    pub skill: Option<Skill<'a>>,
    /// What roles say about it, in display order.
    #[serde(deserialize_with = "objects")]
    pub statements: Vec<Statement<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// What makes an aspect a skill.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skill<'a> {
    /// The kind of skill, a slug such as `soft`.
    #[serde(borrow)]
    pub kind: Id<'a>,
    /// The scale that its levels are of.
    #[serde(default, deserialize_with = "present")]
    pub scale: Option<Id<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// What one role, or several, say on an aspect.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["text"]}, {"required": ["level"]}]))]
pub struct Statement<'a> {
    /// The statement's id, unique in the dataset.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The roles that hold it.
    #[serde(deserialize_with = "some_texts")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub roles: Vec<Id<'a>>,
    /// What it says; a statement with a level may leave it to the level.
    #[serde(default, deserialize_with = "present")]
    pub text: Option<Text<'a>>,
    /// The proficiency it asks, a level of the skill's scale.
    #[serde(default, deserialize_with = "present")]
    pub level: Option<Id<'a>>,
    /// Who says so.
    #[serde(default, deserialize_with = "present")]
    pub voice: Option<Id<'a>>,
    /// Where it comes from.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Id<'a>>,
    /// The place in the source.
    #[serde(default, deserialize_with = "present")]
    pub at: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Questions whose answers speak for roles.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quiz<'a> {
    /// The quiz's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the quiz finds out.
    pub title: Text<'a>,
    /// The section whose statements are held against the recommended role.
    #[serde(default, deserialize_with = "present")]
    pub cautions: Option<Id<'a>>,
    /// The questions, in the order they are asked.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub questions: Vec<Question<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// One question of a quiz.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question<'a> {
    /// The question's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the question is about.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text<'a>>,
    /// The question itself.
    pub prompt: Text<'a>,
    /// Something that helps to answer.
    #[serde(default, deserialize_with = "present")]
    pub help: Option<Text<'a>>,
    /// The answers to choose from.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub options: Vec<Choice<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// One answer to choose: an entry of a question's `options`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Option")]
pub struct Choice<'a> {
    /// The option's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The answer in words.
    pub label: Text<'a>,
    /// What it gives to each role; without points it answers nothing.
    #[serde(default, deserialize_with = "present")]
    pub points: Option<Points<'a>>,
    /// Why it speaks for those roles.
    #[serde(default, deserialize_with = "present")]
    pub reason: Option<Text<'a>>,
    /// Something to know besides.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text<'a>>,
    /// Anything the owner keeps beside.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// An answer to one question: an option, or none where it was skipped.
pub type Answer<'d> = Option<&'d Choice<'d>>;

/// Points by role, in the order of the file; no role stands twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Points<'a>(Vec<(Id<'a>, u32)>);

impl Points<'_> {
    /// What a role is given; 0 where it is not named.
    pub fn of(&self, role: &str) -> u32 {
        self.0.iter().find(|(id, _)| id.as_str() == role).map_or(0, |(_, points)| *points)
    }

    /// Each role named, with its points.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(role, points)| (role.as_str(), *points))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Points<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PointsVisitor;

        impl<'de> Visitor<'de> for PointsVisitor {
            type Value = Points<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of role ids and whole numbers")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut points: Vec<(Id<'de>, u32)> = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    points.push(entry);
                }
                // Sorted, not each with all: an object may name as many roles as a file can hold.
                let mut roles: Vec<&str> = points.iter().map(|(role, _)| role.as_str()).collect();
                roles.sort_unstable();
                let mut pairs = roles.iter().zip(roles.iter().skip(1));
                match pairs.find(|(one, next)| one == next) {
                    Some((role, _)) => Err(de::Error::custom(format_args!("duplicate key `{role}`"))),
                    None => Ok(Points(points)),
                }
            }
        }

        deserializer.deserialize_map(PointsVisitor)
    }
}

impl JsonSchema for Points<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Whole numbers by role id.",
            "type": "object",
            "propertyNames": generator.subschema_for::<Id<'_>>(),
            "additionalProperties": {"type": "integer", "minimum": 0, "maximum": u32::MAX},
        })
    }
}

/// A dataset as its reader asks for it: an object, and nothing else that serde would take for one.
///
/// # Errors
///
/// Where what is read is no dataset of format 1.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Dataset<'de>, D::Error> {
    object(deserializer)
}

impl<'a> Dataset<'a> {
    /// The roles in use: those that stand for the dataset where no role is named.
    pub fn roles_in_use(&self) -> impl Iterator<Item = &Role<'a>> {
        self.roles.iter().filter(|role| role.status != Status::Retired)
    }

    /// The scale with this id.
    pub fn scale(&self, id: &str) -> Option<&Scale<'a>> {
        self.scales.iter().find(|scale| *scale.id == *id)
    }

    /// The family with this id.
    pub fn family(&self, id: &str) -> Option<&Family<'a>> {
        self.families.iter().find(|family| *family.id == *id)
    }

    /// The scale that levels of this aspect are of.
    pub fn scale_of(&self, aspect: &Aspect<'_>) -> Option<&Scale<'a>> {
        self.scale(aspect.skill.as_ref()?.scale.as_ref()?)
    }
}

impl<'a> Scale<'a> {
    /// The level with this id.
    pub fn level(&self, id: &str) -> Option<&Level<'a>> {
        self.levels.iter().find(|level| *level.id == *id)
    }

    /// How high a level stands, from 0.
    pub fn height(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| *level.id == *id)
    }
}

impl Statement<'_> {
    /// Whether this role holds the statement.
    pub fn is_held_by(&self, role: &Role<'_>) -> bool {
        self.roles.iter().any(|id| id == &role.id)
    }
}

impl Question<'_> {
    /// What the question is about, in a few words.
    pub fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.prompt)
    }
}
