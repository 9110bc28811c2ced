//! The types of a dataset, format 1. The JSON Schema is generated from them: their doc comments are its descriptions.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Number, Value};

use super::one_or_more::OneOrMore;
use super::strict::{
    LARGEST, format_one, object, objects, optional_object, optional_whole, present, some_objects, some_texts,
    whole, word,
};
use super::words::{Id, Language, Revision, Text};

/// A dataset: roles, what each role does and needs, and quizzes.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset<'a> {
    /// Version of the dataset format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub rolebook: u32,
    /// Id of the dataset, such as `acme-engineering`.
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
    /// Proficiency scales for skills.
    #[serde(default, deserialize_with = "objects")]
    pub scales: Vec<Scale<'a>>,
    /// Families that group roles, in display order.
    #[serde(default, deserialize_with = "objects")]
    pub families: Vec<Family<'a>>,
    /// Roles, in display order. May be empty in a catalogue of skills.
    #[serde(deserialize_with = "objects")]
    pub roles: Vec<Role<'a>>,
    /// Short answers to how particular roles differ.
    #[serde(default, deserialize_with = "objects")]
    pub comparisons: Vec<Comparison<'a>>,
    /// Sections, in display order.
    #[serde(deserialize_with = "objects")]
    pub sections: Vec<Section<'a>>,
    /// Quizzes. The first one is the default.
    #[serde(default, deserialize_with = "objects")]
    pub quizzes: Vec<Quiz<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Your own data on an object: read and kept, but not interpreted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Meta(#[schemars(with = "Map<String, Value>")] pub(super) Box<OwnData>);

/// A value in your own data. A map of `serde_json` takes 500 bytes for an object of one short text; this takes 140.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OwnData {
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    List(Box<[OwnData]>),
    Object(Box<[(Box<str>, OwnData)]>),
}

impl Serialize for OwnData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// A work that statements are taken from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source<'a> {
    /// Id of the source, used in the `source` of statements and comparisons.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the work.
    pub title: Text<'a>,
    /// Author of the work.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub author: Option<Text<'a>>,
    /// Translator of the work.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub translator: Option<Text<'a>>,
    /// Publisher of the work.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text<'a>>,
    /// Date of publication.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub date: Option<Text<'a>>,
    /// Address of the work: http, https or mailto.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub url: Option<Text<'a>>,
    /// Licence of the work.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub licence: Option<Text<'a>>,
    /// Date when the work was read.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Text<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A person that statements are attributed to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voice<'a> {
    /// Id of the person, used in the `voice` of statements.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Name of the person.
    pub name: Text<'a>,
    /// Job title of the person.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<'a>>,
    /// Organisation that the person works for.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Text<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A proficiency scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale<'a> {
    /// Id of the scale, used in the `scale` of skills.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the scale.
    pub title: Text<'a>,
    /// Levels, lowest first.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub levels: Vec<Level<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level<'a> {
    /// Id of the level, used in `level` and `needs`.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the level.
    pub title: Text<'a>,
    /// What a person at this level can do.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A family of roles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family<'a> {
    /// Id of the family, used in the `family` of roles.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the family.
    pub title: Text<'a>,
    /// Id of the family that this one is part of. Families can be nested two levels deep.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id<'a>>,
    /// Career tracks of the family, in display order.
    #[serde(default, deserialize_with = "objects", skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A career track in a family, such as individual contributor or lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track<'a> {
    /// Id of the track, used in the `track` of roles.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the track.
    pub title: Text<'a>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// A link to further reading.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link<'a> {
    /// Text of the link.
    #[serde(borrow)]
    pub title: Text<'a>,
    /// Address: http, https or mailto.
    pub url: Text<'a>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role<'a> {
    /// Id of the role, used in statements, `needs`, `points` and on the command line.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the role.
    pub title: Text<'a>,
    /// Other names for the role on the command line, such as abbreviations.
    #[serde(default)]
    pub aliases: Vec<Text<'a>>,
    /// Id of the family that the role belongs to.
    #[serde(default, deserialize_with = "present")]
    pub family: Option<Id<'a>>,
    /// Id of the role’s track in its family.
    #[serde(default, deserialize_with = "present")]
    pub track: Option<Id<'a>>,
    /// Rank in the family and track; 1 is below 2.
    #[serde(default, deserialize_with = "optional_whole")]
    #[schemars(extend("minimum" = -LARGEST, "maximum" = LARGEST))]
    pub rank: Option<i64>,
    /// Ids of roles whose statements this role inherits, except those that its own statements replace.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub builds_on: Vec<Id<'a>>,
    /// Whether the role is in use.
    #[serde(default, deserialize_with = "word")]
    pub status: Status,
    /// What the role is, in one sentence.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Links to further reading.
    #[serde(default, deserialize_with = "objects")]
    pub links: Vec<Link<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A short answer to how two or more roles differ.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison<'a> {
    /// Id of the comparison.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Ids of the roles that it compares, two or more.
    #[serde(deserialize_with = "some_texts")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub roles: Vec<Id<'a>>,
    /// The short answer.
    pub text: Text<'a>,
    /// Id of the source that it is taken from.
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
    /// No longer in use: left out unless it is named.
    Retired,
}

impl Status {
    /// Its name in datasets and results.
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
    /// Id of the section.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the section.
    pub title: Text<'a>,
    /// Id of the section that this one is part of. Sections can be nested two levels deep.
    #[serde(default, deserialize_with = "present")]
    pub parent: Option<Id<'a>>,
    /// What the section is about.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Makes every aspect of the section a skill, with these defaults.
    #[serde(default, deserialize_with = "optional_object")]
    pub skill: Option<SkillDefaults<'a>>,
    /// Aspects, in display order.
    #[serde(deserialize_with = "objects")]
    pub aspects: Vec<Aspect<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A topic on which roles are compared, such as a skill or a responsibility.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aspect<'a> {
    /// Id of the aspect, unique in the dataset.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the aspect.
    pub title: Text<'a>,
    /// What the aspect is about.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text<'a>>,
    /// Whether it is one of the few aspects that `compare --brief` shows.
    #[serde(default)]
    pub key: bool,
    /// Makes the aspect a skill.
    #[serde(default, deserialize_with = "optional_object")]
    pub skill: Option<Skill<'a>>,
    /// Statements about roles, in display order.
    #[serde(default, deserialize_with = "objects")]
    pub statements: Vec<Statement<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// Defaults for the skills of a section.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillDefaults<'a> {
    /// Kind of skill, such as `soft` or `technical`.
    #[serde(default, borrow, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// Id of the scale that levels are on.
    #[serde(default, deserialize_with = "present")]
    pub scale: Option<Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The properties of a skill. The `kind` and `scale` default to those of the section.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skill<'a> {
    /// Kind of skill, such as `soft` or `technical`.
    #[serde(default, borrow, deserialize_with = "present")]
    pub kind: Option<Id<'a>>,
    /// Id of the scale that levels are on.
    #[serde(default, deserialize_with = "present")]
    pub scale: Option<Id<'a>>,
    /// What each level means for this skill, by level id.
    #[serde(default)]
    pub descriptors: Named<'a, Text<'a>>,
    /// The level that each role needs, by role id.
    #[serde(default)]
    pub needs: Named<'a, Id<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A statement about one or more roles.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["text"]}, {"required": ["level"]}]))]
pub struct Statement<'a> {
    /// Id of the statement, unique in the dataset. By default, the aspect’s id and the statement’s number in it.
    #[serde(default, borrow, deserialize_with = "present")]
    pub id: Option<Id<'a>>,
    /// Ids of the roles that it applies to.
    #[schemars(with = "Vec<Id<'a>>", length(min = 1), extend("uniqueItems" = true))]
    pub roles: OneOrMore<Id<'a>>,
    /// What the statement says. Optional if there is a `level`.
    #[serde(default, deserialize_with = "present")]
    pub text: Option<Text<'a>>,
    /// Id of the level that the roles need, on the scale of the skill.
    #[serde(default, deserialize_with = "present")]
    pub level: Option<Id<'a>>,
    /// Id of the person that the statement is attributed to.
    #[serde(default, deserialize_with = "present")]
    pub voice: Option<Id<'a>>,
    /// Id of the source that it is taken from.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Id<'a>>,
    /// Place in the source, such as a chapter or heading.
    #[serde(default, deserialize_with = "present")]
    pub at: Option<Text<'a>>,
    /// Examples of what the statement means in practice.
    #[serde(default)]
    pub examples: Box<[Text<'a>]>,
    /// Whether the statement is optional for the roles, such as a skill that is nice to have.
    #[serde(default)]
    pub optional: bool,
    /// Ids of inherited statements that this one replaces.
    #[serde(default)]
    pub replaces: Box<[Id<'a>]>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A quiz that recommends a role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quiz<'a> {
    /// Id of the quiz.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Title of the quiz, such as the question that it answers.
    pub title: Text<'a>,
    /// Id of the section whose statements about the recommended role are shown as drawbacks.
    #[serde(default, deserialize_with = "present")]
    pub cautions: Option<Id<'a>>,
    /// Questions, in the order in which they are asked.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub questions: Vec<Question<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// A question of a quiz.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question<'a> {
    /// Id of the question, unique in the quiz.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Short title of the question, used in results.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text<'a>>,
    /// The question.
    pub prompt: Text<'a>,
    /// An explanation that helps to answer the question.
    #[serde(default, deserialize_with = "present")]
    pub help: Option<Text<'a>>,
    /// Answers to choose from, in display order.
    #[serde(deserialize_with = "some_objects")]
    #[schemars(length(min = 1))]
    pub options: Vec<Choice<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Option")]
pub struct Choice<'a> {
    /// Id of the option, unique in the question.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Text of the answer.
    pub label: Text<'a>,
    /// Points that it gives to roles, by role id. An option without `points` and `rules_out` means “not sure”.
    #[serde(default, deserialize_with = "present")]
    pub points: Option<Points<'a>>,
    /// Ids of roles that are ruled out by this answer.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub rules_out: Vec<Id<'a>>,
    /// Why the answer fits the roles that get points.
    #[serde(default, deserialize_with = "present")]
    pub reason: Option<Text<'a>>,
    /// A note that the result shows if this option is chosen.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text<'a>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The answer to a question: an option, or `None` if the question was skipped.
pub type Answer<'d> = Option<&'d Choice<'d>>;

/// Values by id, in the order of the file. Ids are unique.
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
        // Sort to find duplicates: comparing each id with all others would be slow in a huge object.
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

/// Points by role, in the order of the file. Roles are unique.
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
    /// The points of a role; 0 if it is not listed.
    pub fn of(&self, role: &str) -> u32 {
        self.0.get(role).map_or(0, |count| count.0)
    }

    /// Each listed role with its points.
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
            "description": "Points by role id: whole numbers from 0.",
            "type": "object",
            "propertyNames": generator.subschema_for::<Id<'_>>(),
            "additionalProperties": {"type": "integer", "minimum": 0, "maximum": u32::MAX},
        })
    }
}

/// Reads a dataset. Only accepts an object, although serde would also read a list of values in its place.
///
/// # Errors
///
/// If the input is not a dataset of format 1.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Dataset<'de>, D::Error> {
    object(deserializer)
}

impl<'a> Scale<'a> {
    /// The level with this id.
    pub fn level(&self, id: &str) -> Option<&Level<'a>> {
        self.levels.iter().find(|level| *level.id == *id)
    }

    /// The rank of a level; the lowest is 1.
    pub fn rank(&self, id: &str) -> Option<usize> {
        (1..).zip(&self.levels).find(|(_, level)| *level.id == *id).map(|(rank, _)| rank)
    }
}

impl Choice<'_> {
    /// Whether the option counts as an answer: it gives points or rules a role out.
    pub fn is_answer(&self) -> bool {
        self.points.is_some() || !self.rules_out.is_empty()
    }

    /// Whether it gives a role more than 0 points.
    pub fn gives_points(&self) -> bool {
        self.points.iter().flat_map(Points::iter).any(|(_, points)| points > 0)
    }
}

impl Question<'_> {
    /// The title, or else the prompt.
    pub fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.prompt)
    }
}
