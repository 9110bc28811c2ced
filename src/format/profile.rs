//! The types of a profile, format 1: one person's skill ratings.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::Deserializer;

use super::dataset::{Meta, Named};
use super::strict::{format_one, object, optional_object, present};
use super::words::{Id, Revision, Text};

/// A profile: one person's ratings for the skills of a dataset.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile<'a> {
    /// Version of the profile format, always 1.
    #[serde(deserialize_with = "format_one")]
    #[schemars(extend("const" = 1))]
    pub profile: u32,
    /// Name of the person.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// The dataset that the skills belong to.
    #[serde(default, deserialize_with = "optional_object")]
    pub dataset: Option<ProfileDataset<'a>>,
    /// Id of the person’s current role.
    #[serde(default, deserialize_with = "present")]
    pub role: Option<Id<'a>>,
    /// Rating of each skill, by skill id: the id or title of a level of its scale, or `no`; for a skill without levels,
    /// `yes`, `partly` or `no`. `null` means not rated.
    #[serde(default)]
    pub ratings: Named<'a, Option<Text<'a>>>,
    /// Your own data, in any shape; rolebook ignores it.
    #[serde(default, deserialize_with = "present")]
    pub meta: Option<Meta>,
}

/// The dataset that a profile refers to.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileDataset<'a> {
    /// Id of the dataset.
    #[serde(borrow)]
    pub id: Id<'a>,
    /// Revision of the dataset when the skills were rated.
    #[serde(default, deserialize_with = "present")]
    pub revision: Option<Revision<'a>>,
}

/// Reads a profile. Only accepts an object, although serde would also read a list of values in its place.
///
/// # Errors
///
/// If the input is not a profile of format 1.
pub fn read_profile<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Profile<'de>, D::Error> {
    object(deserializer)
}
