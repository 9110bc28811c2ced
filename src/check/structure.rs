//! Checks the structure of a file against its JSON Schema. Every error is reported and replaced by a valid placeholder,
//! so that the rest of the file can still be read and checked.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::MOST_SUGGESTIONS;
use super::place::{Findings, NOWHERE, head, holds};
use crate::diagnostic::{Code, Diagnostic, FileKind};
use crate::format::tree::{Entry, Node, Number, Value};
use crate::format::{self, Pattern, Syntax};
use crate::suggest::nearest;
use crate::text::with_article;

/// The errors in the structure.
pub(super) struct Structure {
    pub(super) found: Findings<Range<usize>>,
    /// The top-level lists in which an item has no valid id.
    without_ids: HashSet<String>,
    /// The top-level lists with any error.
    broken: HashSet<String>,
}

impl Structure {
    /// Whether a finding may only be the consequence of an error that is already reported. If a role has no valid id,
    /// any reference to a role may be right; if the points of an option are invalid, its effect is unknown.
    pub(super) fn excuses(&self, code: Code) -> bool {
        let list = match code {
            Code::IdleQuestion
            | Code::PointlessRole
            | Code::RetiredWinner
            | Code::TwinRoles
            | Code::UnevenQuestions => {
                return self.broken.contains("quizzes");
            }
            Code::SilentRole | Code::AddsNothing => return self.broken.contains("sections"),
            Code::Unused => return self.broken.contains("sections") || self.broken.contains("roles"),
            Code::UnknownRole => "roles",
            Code::UnknownFamily | Code::UnknownTrack => "families",
            Code::UnknownSource => "sources",
            Code::UnknownVoice => "voices",
            Code::UnknownScale | Code::UnknownLevel => "scales",
            Code::UnknownSection => "sections",
            _ => return false,
        };
        self.without_ids.contains(list)
    }
}

impl FileKind {
    /// Its name in its schema.
    fn name(self) -> &'static str {
        match self {
            Self::Dataset => "Dataset",
            Self::Profile => "Profile",
            Self::Map => "ImportMap",
        }
    }

    fn shape(self) -> &'static Shape {
        match self {
            Self::Dataset => &DATASET,
            Self::Profile => &PROFILE,
            Self::Map => &MAP,
        }
    }

    /// Its name in a sentence: "the dataset".
    fn words(self) -> String {
        format!("the {}", self.noun())
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Profile => "profile",
            Self::Map => "map",
        }
    }

    /// The key at the root that says which format the file has.
    fn key(self) -> &'static str {
        match self {
            Self::Dataset => "rolebook",
            Self::Profile => "profile",
            Self::Map => "map",
        }
    }

    /// The mistake if this is certainly something else: a result, or another kind of file.
    fn mistaken(self, tree: &Node<'_>) -> Option<Diagnostic> {
        let Value::Map(entries) = &tree.value else { return None };
        let entry = |document: Self| entries.iter().find(|entry| entry.key == document.key());
        if entry(self).is_some() {
            return None;
        }
        let mistake = |entry: &Entry<'_>, what: &str| {
            let message = format!("this is {what}, not a {}", self.noun());
            Diagnostic::new(Code::MissingKey, entry.key_span.clone(), message)
        };
        let schema = entries.iter().find(|entry| entry.key == "schema");
        if let Some((entry, Value::Text(name))) = schema.map(|entry| (entry, &entry.value.value))
            && name.starts_with("rolebook.")
        {
            let advice = "results cannot be read back; use the file that it was made from";
            return Some(mistake(entry, &format!("a result, `{name}`")).advice(advice));
        }
        let others = [Self::Dataset, Self::Profile, Self::Map].into_iter();
        let mut others = others.filter(|other| *other != self);
        others.find_map(|other| {
            let entry = entry(other)?;
            let is_other = matches!(entry.value.value, Value::Number(_));
            is_other.then(|| mistake(entry, &format!("a {}", other.noun())).with_kind(other))
        })
    }
}

/// What people call what the schema has under this name.
fn noun(name: &str) -> Cow<'_, str> {
    match name {
        "ImportMap" => "import map".into(),
        "MapValue" => "value of the map".into(),
        "MapTable" => "table of the map".into(),
        "MapColumn" => "column of the map".into(),
        "ProfileDataset" => "profile’s dataset".into(),
        "SkillDefaults" => "section’s skill".into(),
        _ => name.to_lowercase().into(),
    }
}

/// Checks the structure of a tree and replaces what is invalid.
pub(super) fn check(text: &str, syntax: Syntax, tree: &mut Node<'_>, document: FileKind) -> Structure {
    let root = document.shape();
    let mut check = Check {
        text,
        syntax,
        document,
        root,
        anything: &Shape::default(),
        list: None,
        placeholder_ids: 0,
        structure: Structure {
            found: Findings::default(),
            without_ids: HashSet::new(),
            broken: HashSet::new(),
        },
    };
    let place = tree.span.clone();
    // One mistake, not one for each key that the other kind of file has.
    if let Some(problem) = document.mistaken(tree) {
        check.report(problem);
        *tree = check.placeholder(root);
        return check.structure;
    }
    check.node(
        tree,
        root,
        Site { key: "", is_item: true, is_optional: false, is_level: false, within: &place },
    );
    check.structure
}

/// The part of JSON Schema that our schemas use; a test fails if they use any other keyword.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Shape {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "$defs")]
    definitions: BTreeMap<String, Shape>,
    r#type: Option<Type>,
    properties: BTreeMap<String, Shape>,
    required: Vec<String>,
    additional_properties: Option<Additional>,
    property_names: Option<Box<Shape>>,
    items: Option<Box<Shape>>,
    min_items: Option<usize>,
    min_length: Option<usize>,
    pattern: Option<String>,
    minimum: Option<i64>,
    maximum: Option<i64>,
    r#const: Option<serde_json::Value>,
    one_of: Vec<Shape>,
    // Ignored: either only for readers of the schema or, like the last two, covered by the rules.
    #[serde(rename = "format")]
    _format: IgnoredAny,
    #[serde(rename = "$schema")]
    _schema: IgnoredAny,
    #[serde(rename = "$id")]
    _id: IgnoredAny,
    #[serde(rename = "title")]
    _title: IgnoredAny,
    #[serde(rename = "description")]
    _description: IgnoredAny,
    #[serde(rename = "default")]
    _default: IgnoredAny,
    #[serde(rename = "anyOf")]
    _any_of: IgnoredAny,
    #[serde(rename = "uniqueItems")]
    _unique_items: IgnoredAny,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum JsonType {
    String,
    Integer,
    Boolean,
    Array,
    Object,
}

/// A type, or a type and `null`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Type {
    JsonType(JsonType),
    OrNull(JsonType, Null),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Null {
    Null,
}

impl Type {
    fn kind(&self) -> JsonType {
        match self {
            Self::JsonType(kind) | Self::OrNull(kind, _) => *kind,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Additional {
    Allowed(bool),
    Shaped(Box<Shape>),
}

impl JsonType {
    fn name(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Integer => "a whole number",
            Self::Boolean => "`true` or `false`",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }

    fn is_of(self, value: &Value<'_>) -> bool {
        match self {
            Self::String => matches!(value, Value::Text(_)),
            Self::Integer => matches!(value, Value::Number(_)),
            Self::Boolean => matches!(value, Value::Bool(_)),
            Self::Array => matches!(value, Value::List(_)),
            Self::Object => matches!(value, Value::Map(_)),
        }
    }
}

/// The shapes of files.
static DATASET: LazyLock<Shape> = LazyLock::new(|| shape(format::SCHEMA));
static MAP: LazyLock<Shape> = LazyLock::new(|| shape(format::MAP_SCHEMA));
static PROFILE: LazyLock<Shape> = LazyLock::new(|| shape(format::PROFILE_SCHEMA));

/// The shape that a schema describes. A test makes sure that each can be read; if one could not, every file would be
/// refused rather than accepted.
fn shape(schema: &str) -> Shape {
    let nothing = Shape { r#type: Some(Type::JsonType(JsonType::Boolean)), ..Shape::default() };
    serde_json::from_str(schema).unwrap_or(nothing)
}

impl Shape {
    /// The possible values, if it is an enumeration.
    fn words(&self) -> Vec<&str> {
        self.one_of.iter().filter_map(|one| one.r#const.as_ref()?.as_str()).collect()
    }

    /// The smallest and the largest valid number.
    fn range(&self) -> (i128, i128) {
        let least = self.minimum.map_or(i64::MIN.into(), i128::from);
        (least, self.maximum.map_or(i64::MAX.into(), i128::from))
    }
}

/// What an id begins with that stands for none. No message shows it.
pub(super) const PLACEHOLDER_ID: &str = "no-valid-id-";

/// Where a value is in the file.
#[derive(Clone, Copy)]
struct Site<'s> {
    /// The key that it is under.
    key: &'s str,
    /// Whether it is an item of the list under that key.
    is_item: bool,
    /// Whether the key is optional.
    is_optional: bool,
    /// Whether it is the level of a skill.
    is_level: bool,
    /// The span of the enclosing list or object.
    within: &'s Range<usize>,
}

struct Check<'t, 's> {
    text: &'t str,
    syntax: Syntax,
    document: FileKind,
    root: &'s Shape,
    /// The shape of `meta`: everything is valid except a repeated key.
    anything: &'s Shape,
    /// The top-level list that is being checked.
    list: Option<String>,
    /// How many ids have been replaced.
    placeholder_ids: usize,
    structure: Structure,
}

impl<'s> Check<'_, 's> {
    /// Follows a reference to the shape and its name.
    fn resolve(&self, shape: &'s Shape) -> (Option<&'s str>, &'s Shape) {
        let target = shape.reference.as_deref().and_then(|name| name.strip_prefix("#/$defs/"));
        match target.and_then(|name| self.root.definitions.get_key_value(name)) {
            Some((name, definition)) => (Some(name), definition),
            None => (None, shape),
        }
    }

    /// The type that a shape expects, if it expects one.
    fn kind(&self, shape: &'s Shape) -> Option<JsonType> {
        let (_, shape) = self.resolve(shape);
        if shape.one_of.is_empty() { shape.r#type.as_ref().map(Type::kind) } else { Some(JsonType::String) }
    }

    /// The type that a list expects its items to have.
    fn item_kind(&self, list: &'s Shape) -> Option<JsonType> {
        list.items.as_deref().and_then(|item| self.kind(item))
    }

    fn node(&mut self, node: &mut Node<'_>, shape: &'s Shape, site: Site<'_>) {
        let (name, shape) = self.resolve(shape);
        // The value of an alias is written elsewhere in the file; report the error at the alias.
        let at = if holds(site.within, &node.span) { head(self.text, node) } else { site.within.clone() };
        let within = if holds(site.within, &node.span) { node.span.clone() } else { site.within.clone() };
        match (&mut node.value, self.kind(shape)) {
            (Value::Text(text), Some(JsonType::String)) => {
                if let Some(code) = text_fault(text, shape) {
                    self.report_with(code, || text_problem(code, text, shape, &site, &at));
                    *node = if site.key == "id" {
                        self.lose_id();
                        self.placeholder_id()
                    } else {
                        self.placeholder(shape)
                    };
                }
            }
            (Value::Number(number), Some(JsonType::Integer)) => {
                let written = self.text.get(node.span.clone()).filter(|written| !written.starts_with('*'));
                if let Some(problem) = number_problem(*number, written, shape, site.key, &at) {
                    self.report(problem);
                    *node = self.placeholder(shape);
                }
            }
            (Value::List(items), Some(JsonType::Array) | None) => {
                let item = shape.items.as_deref().unwrap_or(self.anything);
                for node in &mut *items {
                    self.node(node, item, Site { is_item: true, within: &within, ..site });
                }
                if items.len() < shape.min_items.unwrap_or(0) {
                    let message = format!("`{}` is empty", site.key);
                    let problem = Diagnostic::new(Code::EmptyList, at, message);
                    self.report(problem.advice("add an item"));
                    *node = self.placeholder(shape);
                }
            }
            (Value::Map(entries), Some(JsonType::Object) | None) => {
                let entries = std::mem::take(entries);
                let checked = self.object(entries, shape, name.unwrap_or(self.document.name()), &at, &within);
                node.value = Value::Map(checked);
            }
            (Value::Bool(_), Some(JsonType::Boolean)) | (_, None) => {}
            (Value::Null, _) if matches!(shape.r#type, Some(Type::OrNull(..))) => {}
            (Value::Null, _) if std::ptr::eq(shape, self.root) => {
                let message = format!("{} is empty", self.document.words());
                let problem = Diagnostic::new(Code::WrongType, at, message);
                self.report(problem.with_kind(self.document));
                *node = self.placeholder(shape);
            }
            (value, Some(kind)) => {
                if site.key == "id" || (site.is_item && kind == JsonType::Object) {
                    self.lose_id();
                }
                if self.counts_only(Code::WrongType) {
                    *node = self.placeholder(shape);
                    return;
                }
                let what = match name {
                    _ if std::ptr::eq(shape, self.root) => self.document.words(),
                    Some(name) if site.is_item => with_article(&noun(name)),
                    None if site.is_item => format!("an item of `{}`", site.key),
                    _ => format!("`{}`", site.key),
                };
                let message = format!("{what}: expected {}, found {}", kind.name(), value.kind());
                let advice = self.type_advice(node, kind, shape, site);
                let mut problem = Diagnostic::new(Code::WrongType, at, message);
                if let Some(advice) = advice {
                    problem = problem.advice(advice);
                }
                self.report(problem);
                *node = self.placeholder(shape);
            }
        }
    }

    /// How to correct a value of the wrong type, if there is more to say than which type is expected.
    fn type_advice(
        &self,
        node: &Node<'_>,
        expected: JsonType,
        shape: &'s Shape,
        site: Site<'_>,
    ) -> Option<String> {
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        Some(match (&node.value, expected) {
            (Value::Null, _) if site.is_optional && !site.is_item => {
                format!("leave `{}` out, or give it a value", site.key)
            }
            // An alias in quotes would be text, so the value that it refers to needs the quotes.
            (Value::Bool(_) | Value::Number(_), JsonType::String) if written.starts_with('*') => {
                format!("quote the value that `{written}` refers to")
            }
            // Quoting a number only helps if a level has that id; few have.
            (Value::Number(_), JsonType::String) if site.is_level && !self.defines(written) => {
                "write the id of a level of the scale".to_owned()
            }
            (Value::Bool(_) | Value::Number(_), JsonType::String) => format!("quote it: \"{written}\""),
            (Value::Text(text), JsonType::Integer) if text.parse::<u32>().is_ok() => {
                format!("write it without quotes: {text}")
            }
            (Value::Text(_), JsonType::Array) if self.item_kind(shape) == Some(JsonType::String) => {
                format!("put it in brackets: [{written}]")
            }
            (Value::Map(_), JsonType::String) if self.syntax == Syntax::Yaml => {
                "if this is text, put it in quotes, because it contains `: `".to_owned()
            }
            (Value::Map(_) | Value::Text(_), JsonType::Array) if self.syntax == Syntax::Yaml => {
                "begin each item with `- `".to_owned()
            }
            (Value::Map(_), JsonType::Array) => "put the items in brackets: [ … ]".to_owned(),
            (Value::Null, JsonType::Array) => "write `[]` if there are none".to_owned(),
            (Value::List(_), JsonType::String) => "write one text, without brackets".to_owned(),
            (Value::Text(_), JsonType::Boolean) => "write `true` or `false`, without quotes".to_owned(),
            (_, JsonType::Object) if !shape.required.is_empty() => {
                let keys: Vec<String> = shape.required.iter().map(|key| format!("`{key}`")).collect();
                format!("required keys: {}", keys.join(", "))
            }
            (_, JsonType::Object) if !shape.properties.is_empty() => {
                let keys: Vec<String> = shape.properties.keys().map(|key| format!("`{key}`")).collect();
                format!("possible keys: {}", keys.join(", "))
            }
            (_, JsonType::Object) => "write keys and values: `{key: value}`".to_owned(),
            _ => return None,
        })
    }

    /// Whether the file has this text in quotes, or as an id that still needs them.
    fn defines(&self, written: &str) -> bool {
        [format!("\"{written}\""), format!("'{written}'"), format!("id: {written}")]
            .iter()
            .any(|quoted| self.text.contains(quoted.as_str()))
    }

    fn object<'a>(
        &mut self,
        entries: Vec<Entry<'a>>,
        shape: &'s Shape,
        name: &str,
        at: &Range<usize>,
        within: &Range<usize>,
    ) -> Vec<Entry<'a>> {
        let is_root = std::ptr::eq(shape, self.root);
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        let mut kept = Vec::with_capacity(entries.len());
        let written: HashSet<Cow<'a, str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        for mut entry in entries {
            let key_at = if holds(within, &entry.key_span) { entry.key_span.clone() } else { at.clone() };
            if is_root {
                self.list = Some(entry.key.to_string());
            }
            let value = match (shape.properties.get(entry.key.as_ref()), &shape.additional_properties) {
                (Some(property), _) => property,
                (None, Some(Additional::Shaped(shape))) => shape.as_ref(),
                (None, Some(Additional::Allowed(true)) | None) => self.anything,
                (None, Some(Additional::Allowed(false))) => {
                    // Past what is listed, a typo is not taken for the key that was meant either.
                    if self.counts_only(Code::UnknownKey) {
                        continue;
                    }
                    let (problem, meant) = self.unknown_key(&entry, name, shape, key_at.clone());
                    self.report(problem);
                    // Report a typo once: treat the key as the one that was meant, and check its value.
                    let meant = meant.filter(|(key, property)| {
                        !written.contains(*key)
                            && !seen.contains(*key)
                            && self.kind(property).is_none_or(|kind| kind.is_of(&entry.value.value))
                    });
                    let Some((key, property)) = meant else { continue };
                    entry.key = key.to_owned().into();
                    property
                }
            };
            if seen.contains(&entry.key) {
                self.report_with(Code::DuplicateKey, || {
                    let message = format!("`{}` appears twice in one object", entry.key);
                    Diagnostic::new(Code::DuplicateKey, key_at, message).advice("keep one of them")
                });
                continue;
            }
            if let Some(names) = &shape.property_names
                && let Some(code) = text_fault(&entry.key, names)
            {
                let site = Site { key: "id", is_item: false, is_optional: false, is_level: false, within };
                self.report_with(code, || text_problem(code, &entry.key, names, &site, &key_at));
                continue;
            }
            let key = entry.key.clone();
            let is_optional = !shape.required.iter().any(|required| *required == key);
            // The values of `needs`, by role, are the only ids that have no key of their own.
            let is_level =
                key == "level" || (!shape.properties.contains_key(key.as_ref()) && value.pattern.is_some());
            let site = Site { key: &key, is_item: false, is_optional, is_level, within };
            self.node(&mut entry.value, value, site);
            seen.insert(entry.key.clone());
            kept.push(entry);
        }
        for required in &shape.required {
            if !seen.contains(required.as_str()) {
                if required == "id" {
                    self.lose_id();
                }
                if is_root {
                    self.structure.without_ids.insert(required.clone());
                }
                let document = self.document;
                self.report_with(Code::MissingKey, || {
                    let what = if is_root { document.words() } else { with_article(&noun(name)) };
                    let message = format!("{what} has no `{required}`");
                    let problem = Diagnostic::new(Code::MissingKey, at.clone(), message);
                    let only = shape.properties.get(required).and_then(|property| property.r#const.as_ref());
                    let only = only.map(|only| format!(": {only}")).unwrap_or_default();
                    problem.advice(format!("add `{required}{only}`"))
                });
                if let Some(property) = shape.properties.get(required) {
                    let is_id = required == "id" && !is_root;
                    let value = if is_id { self.placeholder_id() } else { self.placeholder(property) };
                    kept.push(Entry { key: required.clone().into(), key_span: NOWHERE, value });
                }
            }
        }
        kept
    }

    /// The error for an unknown key, and the key that was meant, if there is only one candidate.
    fn unknown_key(
        &self,
        entry: &Entry<'_>,
        name: &str,
        shape: &'s Shape,
        at: Range<usize>,
    ) -> (Diagnostic, Option<(&'s str, &'s Shape)>) {
        let key = entry.key.as_ref();
        let what = with_article(&noun(name));
        let message = format!("{what} has no key `{key}`");
        let problem = Diagnostic::new(Code::UnknownKey, at, message);
        // `{text: Takes feedback, well}`: the comma ends the text.
        let after = self.text.get(entry.key_span.end..).unwrap_or_default();
        let is_bare = matches!(entry.value.value, Value::Null) && !after.trim_start().starts_with(':');
        if self.syntax == Syntax::Yaml && is_bare {
            let advice = "if it belongs to the text before the comma, quote that text";
            return (problem.advice(advice), None);
        }
        let keys = || shape.properties.keys().map(String::as_str);
        let meant =
            if self.structure.found.listed() < MOST_SUGGESTIONS { nearest(key, keys()) } else { Vec::new() };
        let note = "a newer rolebook may know it; put your own data under `meta`";
        if meant.is_empty() {
            let keys: Vec<String> = keys().map(|key| format!("`{key}`")).collect();
            let note = format!("keys of {what}: {}; {note}", keys.join(", "));
            (problem.advice("not a key of format 1").note(note), None)
        } else {
            let only =
                if let [only] = meant.as_slice() { shape.properties.get_key_value(*only) } else { None };
            (problem.candidates(&meant).note(note), only.map(|(key, property)| (key.as_str(), property)))
        }
    }

    fn lose_id(&mut self) {
        if let Some(list) = self.list.as_ref().filter(|list| !self.structure.without_ids.contains(*list)) {
            self.structure.without_ids.insert(list.clone());
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        self.note_broken();
        self.structure.found.push(problem);
    }

    /// Reports a problem, which is only built if it can be listed.
    fn report_with(&mut self, code: Code, problem: impl FnOnce() -> Diagnostic) {
        self.note_broken();
        self.structure.found.push_with(code, problem);
    }

    /// Counts a problem with this code if it is one that is only counted.
    fn counts_only(&mut self, code: Code) -> bool {
        let counts = self.structure.found.counts_only(code);
        if counts {
            self.note_broken();
        }
        counts
    }

    fn note_broken(&mut self) {
        if let Some(list) = self.list.as_ref().filter(|list| !self.structure.broken.contains(*list)) {
            self.structure.broken.insert(list.clone());
        }
    }

    /// An id with no place in the file, unlike any other: the same id again would count as a mistake.
    fn placeholder_id<'a>(&mut self) -> Node<'a> {
        self.placeholder_ids += 1;
        let id = format!("{PLACEHOLDER_ID}{}", self.placeholder_ids);
        Node { span: NOWHERE, value: Value::Text(id.into()) }
    }

    /// A valid value of this shape, with no place in the file.
    fn placeholder<'a>(&self, shape: &'s Shape) -> Node<'a> {
        let (_, shape) = self.resolve(shape);
        let value = match shape.r#type.as_ref().map(Type::kind) {
            _ if !shape.one_of.is_empty() => {
                Value::Text(shape.words().first().copied().unwrap_or_default().to_owned().into())
            }
            Some(JsonType::String) => {
                let fitting = shape.pattern.as_deref().and_then(Pattern::of);
                Value::Text(fitting.map_or("-", |pattern| pattern.example).into())
            }
            Some(JsonType::Integer) => Value::Number(Number::Unsigned(1)),
            Some(JsonType::Boolean) => Value::Bool(false),
            Some(JsonType::Array) => {
                let least = shape.min_items.unwrap_or(0);
                let items = shape.items.iter().cycle().take(least);
                Value::List(items.map(|item| self.placeholder(item)).collect())
            }
            Some(JsonType::Object) | None => Value::Map(
                shape
                    .required
                    .iter()
                    .filter_map(|key| Some((key, shape.properties.get(key)?)))
                    .map(|(key, property)| Entry {
                        key: key.clone().into(),
                        key_span: NOWHERE,
                        value: self.placeholder(property),
                    })
                    .collect(),
            ),
        };
        Node { span: NOWHERE, value }
    }
}

/// What is wrong with a text, if anything is.
fn text_fault(text: &str, shape: &Shape) -> Option<Code> {
    if !shape.one_of.is_empty() && !shape.words().contains(&text) {
        return Some(Code::InvalidValue);
    }
    if text.is_empty() && shape.min_length.is_some() {
        return Some(Code::EmptyText);
    }
    let pattern = shape.pattern.as_deref().and_then(Pattern::of).filter(|pattern| !pattern.fits(text))?;
    Some(if pattern.is_slug() { Code::InvalidId } else { Code::InvalidValue })
}

/// A text with a fault.
fn text_problem(code: Code, text: &str, shape: &Shape, site: &Site<'_>, at: &Range<usize>) -> Diagnostic {
    let key = site.key;
    let problem = |message: String| Diagnostic::new(code, at.clone(), message);
    let words = shape.words();
    if !words.is_empty() && !words.contains(&text) {
        let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let problem = problem(format!("`{key}` cannot be `{text}`"));
        let meant = nearest(text, words);
        let possible = format!("possible: {}", listed.join(", "));
        return if meant.is_empty() {
            problem.advice(possible)
        } else {
            problem.candidates(&meant).note(possible)
        };
    }
    let Some(pattern) = shape.pattern.as_deref().and_then(Pattern::of).filter(|_| code != Code::EmptyText)
    else {
        return if site.is_item {
            problem(format!("an item of `{key}` is empty")).advice("write some text, or remove the item")
        } else if site.is_optional {
            problem(format!("`{key}` is empty")).advice("write some text, or leave the key out")
        } else {
            problem(format!("`{key}` is empty")).advice("write some text; the key is required")
        };
    };
    let found = problem(format!("`{text}` is not a valid {}", pattern.name));
    let slug = slug_of(text);
    if pattern.is_slug() && !slug.is_empty() {
        found
            .advice(format!("write `{slug}`"))
            .note("an id consists of lower-case letters, digits and single hyphens")
    } else {
        found.advice(format!("{} such as `{}`", with_article(pattern.name), pattern.example))
    }
}

/// The slug nearest to a text.
fn slug_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A number as people write it, with an exponent if it is huge.
fn shown_number(float: f64) -> String {
    if float.abs() < 1e15 { float.to_string() } else { format!("{float:e}") }
}

fn number_problem(
    number: Number,
    written: Option<&str>,
    shape: &Shape,
    key: &str,
    at: &Range<usize>,
) -> Option<Diagnostic> {
    let (least, most) = shape.range();
    let problem = |code, shown: String| {
        let shown = written.map_or(shown, str::to_owned);
        Diagnostic::new(code, at.clone(), format!("`{key}` cannot be {shown}"))
    };
    let value = match number {
        Number::Unsigned(value) => i128::from(value),
        Number::Negative(value) => i128::from(value),
        Number::Float(float) => {
            let Some(value) = format::whole_of(float) else {
                // A whole number beyond 64 bits is read as a float.
                let (code, advice) = if float.fract() == 0.0 {
                    (Code::InvalidValue, format!("write a whole number from {least} to {most}"))
                } else {
                    (Code::WrongType, "write a whole number".to_owned())
                };
                return Some(problem(code, shown_number(float)).advice(advice));
            };
            i128::from(value)
        }
    };
    let fits = (least..=most).contains(&value)
        && shape
            .r#const
            .as_ref()
            .is_none_or(|only| only.as_i64().is_some_and(|only| i128::from(only) == value));
    (!fits).then(|| {
        let advice = match &shape.r#const {
            Some(only) => format!("write {only}"),
            None => format!("write a whole number from {least} to {most}"),
        };
        problem(Code::InvalidValue, value.to_string()).advice(advice)
    })
}

#[cfg(test)]
mod tests {
    use super::{FileKind, Pattern, Shape};
    use crate::format::{MAP_SCHEMA, PROFILE_SCHEMA, SCHEMA, Syntax, tree};

    #[test]
    fn every_keyword_of_the_schemas_is_known() {
        for schema in [SCHEMA, PROFILE_SCHEMA, MAP_SCHEMA] {
            let shape = serde_json::from_str::<Shape>(schema).unwrap();
            assert!(!shape.definitions.is_empty() && !shape.required.is_empty());
            for definition in [&shape].into_iter().chain(shape.definitions.values()) {
                for pattern in definition.properties.values().filter_map(|one| one.pattern.as_deref()) {
                    assert!(Pattern::of(pattern).is_some(), "{pattern}");
                }
            }
        }
    }

    #[test]
    fn a_file_is_checked_against_its_schema() {
        for document in [FileKind::Dataset, FileKind::Profile, FileKind::Map] {
            let text = "{}";
            let structure = super::check(text, Syntax::Json, &mut tree::json(text).unwrap(), document);
            assert!(!structure.found.is_empty(), "{document:?}");
        }
        assert_ne!(super::shape("no schema").r#type, None);
    }
}
