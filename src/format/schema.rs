//! The JSON Schemas of files. They are generated from the types and committed; a test checks that they are up to date.

/// The JSON Schema of a dataset, draft 2020-12.
pub const SCHEMA: &str = include_str!("../../data/schema/dataset.json");

/// The JSON Schema of a profile, draft 2020-12.
pub const PROFILE_SCHEMA: &str = include_str!("../../data/schema/profile.json");

/// The JSON Schema of an import map, draft 2020-12.
pub const MAP_SCHEMA: &str = include_str!("../../data/schema/map.json");

#[cfg(test)]
pub(crate) mod generated {
    use schemars::generate::SchemaSettings;
    use schemars::transform::{Transform, transform_subschemas};
    use schemars::{Schema, SchemaGenerator};
    use serde_json::{Value, json};

    use crate::format::{Dataset, ImportMap, Profile};

    /// The JSON Schema of a dataset, draft 2020-12.
    pub(crate) fn schema() -> Schema {
        let settings = SchemaSettings::draft2020_12().with_transform(Tidy);
        SchemaGenerator::new(settings).into_root_schema_for::<Dataset<'_>>()
    }

    /// The JSON Schema of an import map, draft 2020-12.
    pub(crate) fn map_schema() -> Schema {
        let settings = SchemaSettings::draft2020_12().with_transform(Tidy);
        SchemaGenerator::new(settings).into_root_schema_for::<ImportMap<'_>>()
    }

    /// The JSON Schema of a profile, draft 2020-12.
    pub(crate) fn profile_schema() -> Schema {
        let settings = SchemaSettings::draft2020_12().with_transform(Tidy);
        let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<Profile<'_>>();
        // This is the only place where `null` is allowed.
        if let Some(kind) = schema.pointer_mut("/properties/ratings/additionalProperties/type") {
            *kind = json!(["string", "null"]);
        }
        schema
    }

    /// Removes `null` from the types of optional keys: a key may be left out, but not be `null`.
    #[derive(Debug, Clone)]
    struct Tidy;

    impl Transform for Tidy {
        fn transform(&mut self, schema: &mut Schema) {
            transform_subschemas(self, schema);
            if let Some(Value::Array(types)) = schema.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    schema.insert("type".to_owned(), only);
                }
            }
            let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
            if let Some(choices) = choices {
                choices.retain(|choice| *choice != json!({"type": "null"}));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    schema.remove("anyOf");
                    if let Some(object) = schema.as_object_mut() {
                        object.extend(only);
                    }
                }
            }
            if schema.get("default").is_some_and(|value| value.is_null() || *value == json!([])) {
                schema.remove("default");
            }
        }
    }
}
