//! Flat records that several results share. A role without statements on an aspect has no record for it. Several items in
//! one value are separated by [`BETWEEN`].

use crate::analysis::compare::{ComparedAspect, Relation};
use crate::doc::{Records, Value};
use crate::report::parts::{
    ByRole, ComparedEntry, NeedsEntry, RoleEntry, SectionEntry, StatementEntry, StatementFields,
};

/// Separates the items of a list in one value.
pub(crate) const BETWEEN: &str = "|";

/// The columns of a statement and its place. New columns may be added at the end.
const IN_PLACE: [&str; 19] = [
    "section",
    "aspect",
    "skill_kind",
    "relation",
    "role",
    "statement",
    "text",
    "level",
    "voice",
    "source",
    "at",
    "section_title",
    "aspect_title",
    "role_title",
    "optional",
    "inherited_from",
    "level_title",
    "level_rank",
    "scale",
];

/// The place of a statement.
#[derive(Clone, Copy)]
pub(crate) struct AspectPlace<'d> {
    pub(crate) section: &'d str,
    pub(crate) section_title: &'d str,
    pub(crate) aspect: &'d str,
    pub(crate) aspect_title: &'d str,
    pub(crate) skill_kind: Option<&'d str>,
    pub(crate) relation: Option<Relation>,
    pub(crate) scale: Option<&'d str>,
}

impl<'d> AspectPlace<'d> {
    /// The place of the statements on an aspect.
    pub(crate) fn of(compared: &ComparedAspect<'d>) -> Self {
        let skill = compared.aspect.skill.as_ref();
        Self {
            section: &compared.section.id,
            section_title: &compared.section.title,
            aspect: &compared.aspect.id,
            aspect_title: &compared.aspect.title,
            skill_kind: skill.map(|skill| skill.kind.as_str()),
            relation: Some(compared.relation),
            scale: skill.and_then(|skill| Some(skill.scale.as_ref()?.id.as_str())),
        }
    }
}

/// One record per statement and role, for compared roles.
pub(crate) fn compared<'r, 'd: 'r>(
    sections: &'r [SectionEntry<'d, ComparedEntry<'d>>],
    roles: &'r [RoleEntry<'d>],
) -> Records<'r> {
    in_place(sections.iter().flat_map(move |section| {
        section.aspects.iter().flat_map(move |aspect| {
            let place = AspectPlace {
                section: section.id,
                section_title: section.title,
                aspect: aspect.id,
                aspect_title: aspect.title,
                skill_kind: aspect.skill.as_ref().map(|skill| skill.kind),
                relation: Some(aspect.relation),
                scale: aspect.skill.as_ref().and_then(|skill| skill.scale),
            };
            by_role(place, roles, &aspect.statements)
        })
    }))
}

/// The same for skills only.
pub(crate) fn needed<'r, 'd: 'r>(skills: &'r [NeedsEntry<'d>], roles: &'r [RoleEntry<'d>]) -> Records<'r> {
    in_place(skills.iter().flat_map(move |skill| {
        let place = AspectPlace {
            section: skill.section,
            section_title: skill.section_title,
            aspect: skill.id,
            aspect_title: skill.title,
            skill_kind: Some(skill.kind),
            relation: Some(skill.relation),
            scale: skill.scale,
        };
        by_role(place, roles, &skill.needs)
    }))
}

/// A statement and its place, and the id and title of its role.
pub(crate) type Held<'r, 'd> = (AspectPlace<'d>, [&'d str; 2], StatementFields<'r, 'd>);

fn by_role<'r, 'd: 'r>(
    place: AspectPlace<'d>,
    roles: &'r [RoleEntry<'d>],
    statements: &'r ByRole<'d, Vec<StatementEntry<'d>>>,
) -> impl Iterator<Item = Held<'r, 'd>> {
    roles.iter().zip(&statements.0).flat_map(move |(role, (_, said))| {
        said.iter().map(move |statement| (place, [role.id, role.title], statement.fields()))
    })
}

/// One record for each statement, with its place and role.
pub(crate) fn in_place<'r, 'd: 'r>(statements: impl Iterator<Item = Held<'r, 'd>> + 'r) -> Records<'r> {
    let rows = statements.map(|(place, [role, role_title], statement)| {
        let AspectPlace { section, section_title, aspect, aspect_title, skill_kind, relation, scale } = place;
        let [role, id, text, level, voice, source, at] = held(role, &statement);
        let relation = relation.map(Relation::name);
        [
            section.into(),
            aspect.into(),
            skill_kind.into(),
            relation.into(),
            role,
            id,
            text,
            level,
            voice,
            source,
            at,
            section_title.into(),
            aspect_title.into(),
            role_title.into(),
            statement.optional.into(),
            statement.inherited_from.into(),
            statement.level_title.into(),
            statement.level_rank.into(),
            scale.into(),
        ]
    });
    Records::new(&IN_PLACE, rows)
}

/// The values of a statement about a role: role, statement, text, level, voice, source, at.
pub(crate) fn held<'d>(role: &'d str, statement: &StatementFields<'_, 'd>) -> [Value<'d>; 7] {
    let StatementFields { id, text, level, voice, source, at, .. } = *statement;
    [role.into(), id.into(), text.into(), level.into(), voice.into(), source.into(), at.into()]
}

/// The points that each role gets: `product-manager=1|product-owner=2`.
pub(crate) fn points(points: &ByRole<'_, u32>) -> String {
    let given: Vec<String> = points.0.iter().map(|(role, points)| format!("{role}={points}")).collect();
    given.join(BETWEEN)
}

/// Ids in one field: `product-manager|product-owner`; no value if there are none.
pub(crate) fn ids(ids: &[&str]) -> Option<String> {
    (!ids.is_empty()).then(|| ids.join(BETWEEN))
}
