//! A profile, format 1: what one person says they can do.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::Deserializer;

use super::dataset::{Meta, Named};
use super::strict::{format_one, object, optional_object, present};
use super::words::{Id, Revision, Text};

/// A profile: how well a person does the skills of a dataset.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile<'a> {
    /// The version of the format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub profile: u32,
    /// Whose profile it is.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// The dataset that the skills are from.
    #[serde(default, deserialize_with = "optional_object")]
    pub dataset: Option<ProfileDataset<'a>>,
    /// The role that the person has now.
    #[serde(default, deserialize_with = "present")]
    pub role: Option<Id<'a>>,
    /// By the id of a skill: the id or title of a level of its scale, or `no`; `yes`, `partly` or `no` for a skill without
    /// levels. `null` is not rated.
    #[serde(default)]
    pub ratings: Named<'a, Option<Text<'a>>>,
    /// Your own data, in any shape: rolebook keeps it and ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The dataset that a profile is about.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileDataset<'a> {
    /// The dataset's id.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// The revision that the skills were rated by.
    #[serde(default, deserialize_with = "present")]
    pub revision: Option<Revision<'a>>,
}

/// A profile as its reader asks for it: an object, and nothing else that serde would take for one.
///
/// # Errors
///
/// Where what is read is no profile of format 1.
pub fn read_profile<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Profile<'de>, D::Error> {
    object(deserializer)
}
