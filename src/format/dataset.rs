//! The dataset, format 1, as types: what a file means once it has been read, and the source of its JSON Schema.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use super::strict::{
    LARGEST, format_one, object, objects, optional_object, optional_whole, present, some_objects, some_texts,
    whole, word,
};
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
    /// The roles, in display order; a catalogue of skills has none.
    #[serde(deserialize_with = "objects")]
    pub roles: Vec<Role<'a>>,
    /// The short answer for sets of roles, written by a person.
    #[serde(default, deserialize_with = "objects")]
    pub comparisons: Vec<Comparison<'a>>,
    /// The sections, in display order.
    #[serde(deserialize_with = "objects")]
    pub sections: Vec<Section<'a>>,
    /// The quizzes; the first is the default.
    #[serde(default, deserialize_with = "objects")]
    pub quizzes: Vec<Quiz<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The owner's own data on an object: read and kept, but not interpreted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// The family that it is a part of.
    #[serde(default, deserialize_with = "present")]
    pub parent: Option<Id<'a>>,
    /// The tracks that its roles are on, in display order.
    #[serde(default, deserialize_with = "objects")]
    pub tracks: Vec<Track<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A track of a family, such as individual contributor or lead.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track<'a> {
    /// The id that roles refer to.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// What the track is called.
    pub title: Text<'a>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A link to further reading.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link<'a> {
    /// What the link leads to.
    #[serde(borrow)]
    pub title: Text<'a>,
    /// The address.
    pub url: Text<'a>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Its track within the family.
    #[serde(default, deserialize_with = "present")]
    pub track: Option<Id<'a>>,
    /// Its place within the family, lowest first.
    #[serde(default, deserialize_with = "optional_whole")]
    #[schemars(extend("minimum" = -LARGEST, "maximum" = LARGEST))]
    pub rank: Option<i64>,
    /// Roles whose statements it holds too, unless its own replace them.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub builds_on: Vec<Id<'a>>,
    /// Whether it is in use.
    #[serde(default, deserialize_with = "word")]
    pub status: Status,
    /// What the role is, in a sentence.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Where to read more about it.
    #[serde(default, deserialize_with = "objects")]
    pub links: Vec<Link<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The short answer to how some roles differ.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison<'a> {
    /// The comparison's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The roles that it compares.
    #[serde(deserialize_with = "some_texts")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub roles: Vec<Id<'a>>,
    /// The short answer.
    pub text: Text<'a>,
    /// Where it comes from.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// The section that it is a part of.
    #[serde(default, deserialize_with = "present")]
    pub parent: Option<Id<'a>>,
    /// What it is about.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Makes each of its aspects a skill, and says what is the same for all of them.
    #[serde(default, deserialize_with = "optional_object")]
    pub skill: Option<SkillDefaults<'a>>,
    /// The aspects, in display order.
    #[serde(deserialize_with = "objects")]
    pub aspects: Vec<Aspect<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// What it is about.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Whether it is one of the few aspects that a brief comparison shows.
    #[serde(default)]
    pub key: bool,
    /// What makes the aspect a skill.
    #[serde(default, deserialize_with = "optional_object")]
    pub skill: Option<Skill<'a>>,
    /// What roles say about it, in display order.
    #[serde(default, deserialize_with = "objects")]
    pub statements: Vec<Statement<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// What the skills of a section have in common.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillDefaults<'a> {
    /// The kind of skill, such as `soft`.
    #[serde(default, borrow, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// The scale that its levels are on.
    #[serde(default, deserialize_with = "present")]
    pub scale: Option<Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// What makes an aspect a skill. Keys left out are those of the section.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skill<'a> {
    /// The kind of skill, such as `soft`.
    #[serde(default, borrow, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// The scale that its levels are on.
    #[serde(default, deserialize_with = "present")]
    pub scale: Option<Id<'a>>,
    /// What each level of the scale means for this skill.
    #[serde(default)]
    pub descriptors: Named<'a, Text<'a>>,
    /// The level that each role needs.
    #[serde(default)]
    pub needs: Named<'a, Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// What one role, or several, say on an aspect.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["text"]}, {"required": ["level"]}]))]
pub struct Statement<'a> {
    /// The statement's id, unique in the dataset. Left out, it is the aspect's id and the statement's number there.
    #[serde(default, borrow, deserialize_with = "present")]
    pub id: Option<Id<'a>>,
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
    /// Examples of what it means in practice.
    #[serde(default)]
    pub examples: Vec<Text<'a>>,
    /// Whether the role may do without it.
    #[serde(default)]
    pub optional: bool,
    /// Inherited statements that it takes the place of.
    #[serde(default)]
    pub replaces: Vec<Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// Your own data, in any shape: rolebook keeps it and ignores it.
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
    /// What it gives to each role. An option without points that rules nothing out answers nothing.
    #[serde(default, deserialize_with = "present")]
    pub points: Option<Points<'a>>,
    /// Roles that are out of the question for whoever gives this answer.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub rules_out: Vec<Id<'a>>,
    /// Why it speaks for those roles.
    #[serde(default, deserialize_with = "present")]
    pub reason: Option<Text<'a>>,
    /// Something to know besides.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// An answer to one question: an option, or none where it was skipped.
pub type Answer<'d> = Option<&'d Choice<'d>>;

/// Values by id, in the order of the file; no id stands twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a, T>(Vec<(Id<'a>, T)>);

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T> Named<'a, T> {
    /// The value of an id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known.as_str() == id).map(|(_, value)| value)
    }

    /// Each id with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&Id<'a>, &T)> {
        self.0.iter().map(|(id, value)| (id, value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Named<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<'de, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries: Vec<(Id<'de>, T)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        // Sorted, not each with all: an object may name as many ids as a file can hold.
        let mut ids: Vec<&str> = entries.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_unstable();
        match ids.iter().zip(ids.iter().skip(1)).find(|(one, next)| one == next) {
            Some((id, _)) => Err(de::Error::custom(format_args!("duplicate key `{id}`"))),
            None => Ok(Named(entries)),
        }
    }
}

impl<T: JsonSchema> JsonSchema for Named<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<Id<'_>>(),
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

/// Points by role, in the order of the file; no role stands twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Points<'a>(Named<'a, Count>);

/// A whole number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count(u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = whole(deserializer)?;
        let out_of_range = |_| de::Error::invalid_value(Unexpected::Signed(value), &"a whole number from 0");
        u32::try_from(value).map(Self).map_err(out_of_range)
    }
}

impl Points<'_> {
    /// What a role is given; 0 where it is not named.
    pub fn of(&self, role: &str) -> u32 {
        self.0.get(role).map_or(0, |count| count.0)
    }

    /// Each role named, with its points.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(role, points)| (role.as_str(), points.0))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Points<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Named::deserialize(deserializer).map(Self)
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

impl<'a> Scale<'a> {
    /// The level with this id.
    pub fn level(&self, id: &str) -> Option<&Level<'a>> {
        self.levels.iter().find(|level| *level.id == *id)
    }

    /// The place of a level, from 1 for the lowest.
    pub fn rank(&self, id: &str) -> Option<usize> {
        (1..).zip(&self.levels).find(|(_, level)| *level.id == *id).map(|(rank, _)| rank)
    }
}

impl Choice<'_> {
    /// Whether choosing it answers the question: it gives points, or rules a role out.
    pub fn is_answer(&self) -> bool {
        self.points.is_some() || !self.rules_out.is_empty()
    }

    /// Whether it gives a role more than 0 points.
    pub fn gives_points(&self) -> bool {
        self.points.iter().flat_map(Points::iter).any(|(_, points)| points > 0)
    }
}

impl Question<'_> {
    /// What the question is about, in a few words.
    pub fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.prompt)
    }
}
