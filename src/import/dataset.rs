//! Turns a draft into the tree of a dataset file, and a plan into that of a map.

use std::rc::Rc;

use super::build::{Aspect, Draft, Named, Scale, Section, Statement};
use super::grid::letters;
use super::plan::Plan;
use crate::format::tree::{Entry, Node, Number, Value};
use crate::format::{CellMode, Field, ImportMap, Layout, tree_of};
use crate::framework;

/// Id, title and other data at the top of a dataset.
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) revision: Option<String>,
    pub(super) language: Option<String>,
}

fn node(value: Value<'_>) -> Node<'_> {
    Node { span: 0..0, value }
}

fn text(text: &str) -> Node<'_> {
    node(Value::Text(text.into()))
}

fn list<'t>(items: impl IntoIterator<Item = Node<'t>>) -> Node<'t> {
    node(Value::List(items.into_iter().collect()))
}

/// An object, leaving out keys without a value.
fn object<'t>(entries: impl IntoIterator<Item = (&'t str, Option<Node<'t>>)>) -> Node<'t> {
    let entries = entries
        .into_iter()
        .filter_map(|(key, value)| Some(Entry { key: key.into(), key_span: 0..0, value: value? }));
    node(Value::Map(entries.collect()))
}

macro_rules! object {
    ($($key:literal: $value:expr),* $(,)?) => { object([$(($key, $value)),*]) };
}

fn number<'t>(value: i64) -> Node<'t> {
    let value = u64::try_from(value).map_or(Number::Negative(value), Number::Unsigned);
    node(Value::Number(value))
}

fn some<'t>(items: impl IntoIterator<Item = Node<'t>>) -> Option<Node<'t>> {
    let items: Vec<Node<'t>> = items.into_iter().collect();
    (!items.is_empty()).then(|| list(items))
}

/// What a map lists, unchanged, and then what only the tables contain.
macro_rules! merged {
    ($map:ident.$list:ident, $own:expr, $tree:expr) => {{
        let given = $map.map_or(&[][..], |map| &map.$list);
        let own = $own.iter().filter(|own| given.iter().all(|known| *known.id != *own.id));
        some(given.iter().map(tree_of).chain(own.map($tree)))
    }};
}

/// The dataset, with the parts that a map adds.
pub(super) fn dataset<'t>(head: &'t Head, draft: &'t Draft, map: Option<&'t ImportMap<'_>>) -> Node<'t> {
    object! {
        "rolebook": Some(number(1)),
        "id": Some(text(&head.id)),
        "title": Some(text(&head.title)),
        "revision": head.revision.as_deref().map(text),
        "language": head.language.as_deref().map(text),
        "sources": merged!(map.sources, draft.sources, titled),
        "voices": merged!(map.voices, draft.voices, |voice| object! {
            "id": Some(text(&voice.id)),
            "name": Some(text(&voice.title)),
        }),
        "scales": merged!(map.scales, draft.scales, scale),
        "families": merged!(map.families, draft.families, titled),
        "roles": Some(list(draft.roles.iter().map(|role| object! {
            "id": Some(text(&role.id)),
            "title": Some(text(&role.title)),
            "family": role.family.as_deref().map(text),
            "rank": role.rank.map(number),
            "summary": role.summary.as_deref().map(text),
        }))),
        "sections": Some(list(draft.sections.iter().map(section))),
    }
}

fn titled(one: &Named) -> Node<'_> {
    object! { "id": Some(text(&one.id)), "title": Some(text(&one.title)) }
}

fn scale(scale: &Scale) -> Node<'_> {
    object! {
        "id": Some(text(&scale.id)),
        "title": Some(text(&scale.title)),
        "levels": Some(list(scale.levels.iter().map(|level| object! {
            "id": Some(text(&level.id)),
            "title": Some(text(&level.title)),
            "summary": (scale.id == "needed").then(|| text("The role needs the skill")),
        }))),
    }
}

/// A section. Values that all its skills share are written once.
fn section(section: &Section) -> Node<'_> {
    let are_skills =
        !section.aspects.is_empty() && section.aspects.iter().all(|aspect| aspect.kind.is_some());
    let common = |of: fn(&Aspect) -> Option<&str>| {
        let mut all = section.aspects.iter().map(of);
        let first = all.next().flatten()?;
        (are_skills && all.all(|other| other == Some(first))).then_some(first)
    };
    let kind = common(|aspect| aspect.kind.as_deref());
    // A shared scale does no harm to a skill without levels, but if kinds differ, each skill has to give its own.
    let scale = kind.and_then(|_| common(|aspect| aspect.scale.as_deref()));
    object! {
        "id": Some(text(&section.id)),
        "title": Some(text(&section.title)),
        "skill": kind.map(|kind| object! { "kind": Some(text(kind)), "scale": scale.map(text) }),
        "aspects": Some(list(section.aspects.iter().map(|one| aspect(one, kind, scale)))),
    }
}

fn aspect<'t>(aspect: &'t Aspect, kind: Option<&str>, scale: Option<&str>) -> Node<'t> {
    let pairs = |pairs: &'t [(Rc<str>, Rc<str>)]| {
        let entries = pairs.iter().map(|(key, value)| (&**key, Some(text(value))));
        (!pairs.is_empty()).then(|| object(entries))
    };
    let own =
        |value: Option<&'t str>, common: Option<&str>| value.filter(|value| common != Some(value)).map(text);
    let skill = [
        ("kind", own(aspect.kind.as_deref(), kind)),
        ("scale", own(aspect.scale.as_deref(), scale)),
        ("descriptors", pairs(&aspect.descriptors)),
        ("needs", pairs(&aspect.needs)),
    ];
    let has_own = skill.iter().any(|(_, value)| value.is_some());
    let statements =
        aspect.statements.iter().zip(1..).map(|(one, number)| statement(one, &aspect.id, number));
    object! {
        "id": Some(text(&aspect.id)),
        "title": Some(text(&aspect.title)),
        "summary": aspect.summary.as_deref().map(text),
        "skill": has_own.then(|| object(skill)),
        "statements": some(statements),
    }
}

fn statement<'t>(statement: &'t Statement, aspect: &str, number: usize) -> Node<'t> {
    let made_up = framework::statement_id(aspect, number);
    let id = statement.id.as_deref().filter(|id| *id != made_up);
    let value = |value: &'t Option<String>| value.as_deref().map(text);
    object! {
        "id": id.map(text),
        "roles": Some(list(statement.roles.iter().map(|role| text(role)))),
        "text": value(&statement.text),
        "level": statement.level.as_deref().map(text),
        "voice": value(&statement.voice),
        "source": value(&statement.source),
        "at": value(&statement.at),
        "optional": statement.optional.then(|| node(Value::Bool(true))),
    }
}

/// The guess as a map, for the user to correct.
pub(super) fn map<'t>(
    head: &'t Head,
    draft: &'t Draft,
    table: Option<&'t str>,
    plan: &'t Plan,
    line: usize,
    mode: Option<CellMode>,
) -> Node<'t> {
    let columns = plan.columns.iter().map(|column| {
        let is_own = matches!(column.field, Field::Role)
            || (column.field == Field::Level && plan.layout == Layout::Wide);
        let id = draft.roles.iter().find(|role| role.title == column.title || *role.id == *column.title);
        let id = id.filter(|_| column.field == Field::Role).map(|role| &*role.id);
        object! {
            "at": Some(node(Value::Text(letters(column.at).into()))),
            "is": Some(text(column.field.name())),
            "id": id.map(text),
            "title": is_own.then(|| text(&column.title)),
            "family": column.family.as_deref().map(text),
        }
    });
    let table = object! {
        "sheet": table.map(text),
        "layout": Some(tree_of(&plan.layout)),
        "transpose": plan.is_transposed.then(|| node(Value::Bool(true))),
        "header": i64::try_from(line).ok().map(number),
        "cells": mode.as_ref().map(tree_of),
        "kind": plan.kind.as_deref().map(text),
        "columns": Some(list(columns)),
    };
    object! {
        "map": Some(number(1)),
        "id": Some(text(&head.id)),
        "title": Some(text(&head.title)),
        "revision": head.revision.as_deref().map(text),
        "scales": some(draft.scales.iter().map(scale)),
        "families": some(draft.families.iter().map(titled)),
        "values": some(values(&draft.scales)),
        "tables": Some(list([table])),
    }
}

/// What bare numbers mean, unless they are the ranks of levels. With several scales, they may mean several things.
fn values(scales: &[Scale]) -> impl Iterator<Item = Node<'_>> {
    let only = if let [only] = scales { only.levels.as_slice() } else { &[] };
    let are_ranks = only.iter().zip(1..).all(|(level, rank)| level.is_ranked(rank));
    only.iter().filter(move |_| !are_ranks).filter_map(|level| {
        let cell = node(Value::Text(level.own_number()?.into()));
        Some(object! { "cell": Some(cell), "level": Some(text(&level.id)) })
    })
}
