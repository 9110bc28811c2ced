//! Types that several JSON contracts share. Keys are serialised in the order of the fields; missing values are `null`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::ser::Serializer;

use crate::analysis::assess::Counts;
use crate::analysis::compare::{self, ComparedAspect, ComparedSection, Held, Relation};
use crate::doc::{Cell, Line, Tone};
use crate::format::{self, Id, Meta, Status, Text};
use crate::framework::{self, Framework, Holder, Role, RoleIndex};

/// The dataset that a result is from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DatasetEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) revision: Option<&'d str>,
    #[serde(skip)]
    pub(crate) language: Option<&'d str>,
}

/// A role with its names.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct RoleEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) summary: Option<&'d str>,
}

/// A short answer to how some roles differ.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ComparisonEntry<'d> {
    pub(crate) text: &'d str,
    pub(crate) source: Option<&'d str>,
}

impl<'d> ComparisonEntry<'d> {
    pub(crate) fn new(comparison: &'d format::Comparison<'_>) -> Self {
        Self { text: &comparison.text, source: opt(comparison.source.as_ref()) }
    }
}

/// A family of roles.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FamilyEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    /// The family that it is a part of.
    pub(crate) parent: Option<&'d str>,
    pub(crate) tracks: Vec<TrackEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A track of a family.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct TrackEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

impl<'d> FamilyEntry<'d> {
    pub(crate) fn new(family: &'d format::Family<'_>) -> Self {
        Self {
            id: &family.id,
            title: &family.title,
            parent: opt(family.parent.as_ref()),
            tracks: family.tracks.iter().map(TrackEntry::new).collect(),
            meta: family.meta.as_ref(),
        }
    }
}

impl<'d> TrackEntry<'d> {
    pub(crate) fn new(track: &'d format::Track<'_>) -> Self {
        Self { id: &track.id, title: &track.title, meta: track.meta.as_ref() }
    }
}

/// A role in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ListedRole<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) aliases: Vec<&'d str>,
    pub(crate) family: Option<&'d str>,
    pub(crate) track: Option<&'d str>,
    pub(crate) rank: Option<i64>,
    pub(crate) status: Status,
    pub(crate) summary: Option<&'d str>,
    pub(crate) links: Vec<LinkEntry<'d>>,
    pub(crate) counts: RoleCounts,
    /// How many of the role's needs another role meets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) near: Option<NearRoleEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// How many of the role's needs the person meets.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct NearEntry {
    pub(crate) met: usize,
    pub(crate) needed: usize,
    /// The share of needs with a known level that are met, if there are any.
    pub(crate) share: Option<Fraction>,
    /// The share of needs whose level is known.
    pub(crate) coverage: Fraction,
    #[serde(skip)]
    pub(crate) counts: Counts,
}

/// How near a role is, and which skills are missing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct NearRoleEntry<'d> {
    #[serde(flatten)]
    pub(crate) near: NearEntry,
    /// The skills that are missing or needed at a higher level, those with the smallest gap first.
    pub(crate) gaps: Vec<&'d str>,
    #[serde(skip)]
    pub(crate) gap_titles: Vec<&'d str>,
}

impl NearEntry {
    pub(crate) fn new(counts: Counts) -> Self {
        Self {
            met: counts.met,
            needed: counts.needed,
            share: counts.share().map(Fraction),
            coverage: Fraction(counts.coverage()),
            counts,
        }
    }
}

/// A link to further reading about a role.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LinkEntry<'d> {
    pub(crate) title: &'d str,
    pub(crate) url: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// The number of statements about a role, and of skills that it needs.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct RoleCounts {
    pub(crate) statements: usize,
    pub(crate) skills: usize,
}

/// A statement about a role of the document. Small, because a framework may have one per role and skill; its
/// [`StatementFields`] are put together when they are written.
#[derive(Debug, Clone)]
pub(crate) struct StatementEntry<'d> {
    pub(crate) statement: &'d framework::Statement<'d>,
    /// The role that it is inherited from.
    pub(crate) base: Option<&'d Role<'d>>,
    /// The roles of the document that it applies to. Reference-counted, because every role has an entry: copies would
    /// take memory quadratic in the number of roles.
    pub(crate) roles: Rc<[&'d str]>,
}

/// A statement; `roles` are the roles of the document that it applies to.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "StatementEntry")]
pub(crate) struct StatementFields<'e, 'd> {
    pub(crate) id: &'d str,
    pub(crate) roles: &'e [&'d str],
    pub(crate) text: Option<&'d str>,
    pub(crate) level: Option<&'d str>,
    pub(crate) level_title: Option<&'d str>,
    /// The rank of the level on its scale; the lowest is 1.
    pub(crate) level_rank: Option<usize>,
    /// What the level means in general.
    #[serde(skip)]
    pub(crate) level_summary: Option<&'d str>,
    pub(crate) optional: bool,
    /// The role that it is inherited from.
    pub(crate) inherited_from: Option<&'d str>,
    /// The title of that role.
    #[serde(skip)]
    pub(crate) base: Option<&'d str>,
    #[schemars(with = "Vec<String>")]
    pub(crate) examples: &'d [Text<'d>],
    pub(crate) voice: Option<&'d str>,
    pub(crate) source: Option<&'d str>,
    pub(crate) at: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A section with its aspects.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SectionEntry<'d, A> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    /// The section that this one is part of.
    pub(crate) parent: Option<&'d str>,
    pub(crate) summary: Option<&'d str>,
    pub(crate) aspects: Vec<A>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// An aspect with the statements of each compared role.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ComparedEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) summary: Option<&'d str>,
    pub(crate) key: bool,
    pub(crate) relation: Relation,
    pub(crate) skill: Option<SkillEntry<'d>>,
    pub(crate) statements: ByRole<'d, Vec<StatementEntry<'d>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
    /// All statements on the aspect, in declared order.
    #[serde(skip)]
    pub(crate) declared: &'d [framework::Statement<'d>],
}

/// What makes an aspect a skill.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SkillEntry<'d> {
    pub(crate) kind: &'d str,
    pub(crate) scale: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A skill and what each role needs of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NeedsEntry<'d> {
    #[serde(skip)]
    pub(crate) section: &'d str,
    #[serde(skip)]
    pub(crate) section_title: &'d str,
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) summary: Option<&'d str>,
    pub(crate) kind: &'d str,
    pub(crate) scale: Option<&'d str>,
    pub(crate) relation: Relation,
    pub(crate) needs: ByRole<'d, Vec<StatementEntry<'d>>>,
    /// All statements on the skill, in declared order.
    #[serde(skip)]
    pub(crate) declared: &'d [framework::Statement<'d>],
}

/// A skill, and what roles need of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MatrixRow")]
pub(crate) struct MatrixRow<'d, N> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) section: &'d str,
    pub(crate) section_title: &'d str,
    pub(crate) kind: &'d str,
    pub(crate) scale: Option<&'d str>,
    pub(crate) needs: ByRole<'d, N>,
}

/// What a role needs of a skill.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct Need<'d> {
    /// The level's id; `null` if the role needs no particular level.
    pub(crate) level: Option<&'d str>,
    /// The level's title.
    pub(crate) title: Option<&'d str>,
    /// The level's rank on its scale, from 1.
    pub(crate) rank: Option<usize>,
    /// Whether the skill is optional for the role.
    pub(crate) optional: bool,
    /// How many levels the scale has.
    #[serde(skip)]
    pub(crate) levels: usize,
}

/// The number of aspects, in total and with each relation.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AspectCounts {
    pub(crate) aspects: usize,
    pub(crate) shared: usize,
    pub(crate) different: usize,
    pub(crate) partial: usize,
}

/// A scale of proficiency with its levels, lowest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ScaleEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) levels: Vec<LevelEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A level of a scale.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LevelEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) summary: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A work that statements are taken from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SourceEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
    pub(crate) author: Option<&'d str>,
    pub(crate) translator: Option<&'d str>,
    pub(crate) publisher: Option<&'d str>,
    pub(crate) date: Option<&'d str>,
    pub(crate) url: Option<&'d str>,
    pub(crate) licence: Option<&'d str>,
    pub(crate) retrieved: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A person that statements are attributed to.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct VoiceEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) name: &'d str,
    pub(crate) title: Option<&'d str>,
    pub(crate) organisation: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// A quiz by name.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct QuizEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: &'d str,
}

/// A question with its options.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct QuestionEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) title: Option<&'d str>,
    pub(crate) prompt: &'d str,
    pub(crate) help: Option<&'d str>,
    pub(crate) options: Vec<OptionEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// An option of a question.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OptionEntry<'d> {
    pub(crate) id: &'d str,
    pub(crate) label: &'d str,
    pub(crate) points: Option<ByRole<'d, u32>>,
    pub(crate) rules_out: Vec<&'d str>,
    pub(crate) reason: Option<&'d str>,
    pub(crate) note: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meta: Option<&'d Meta>,
}

/// Values keyed by role id, in the order of the roles.
#[derive(Debug)]
pub(crate) struct ByRole<'d, T>(pub(crate) Vec<(&'d str, T)>);

impl<T: JsonSchema> JsonSchema for ByRole<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ByRole_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "By role id.",
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

impl<T: Serialize> Serialize for ByRole<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(role, value)| (role, value)))
    }
}

impl<'d> DatasetEntry<'d> {
    pub(crate) fn new(dataset: &'d Framework<'_>) -> Self {
        Self {
            id: &dataset.id,
            title: &dataset.title,
            revision: opt(dataset.revision.as_ref()),
            language: opt(dataset.language.as_ref()),
        }
    }

    /// Id and revision of the dataset: "product-roles 1.0.0".
    pub(crate) fn label(&self) -> String {
        match self.revision {
            Some(revision) => format!("{} {revision}", self.id),
            None => self.id.to_owned(),
        }
    }
}

impl<'d> RoleEntry<'d> {
    pub(crate) fn new(role: &'d Role<'_>) -> Self {
        Self { id: &role.id, title: &role.title, summary: opt(role.summary.as_ref()) }
    }

    pub(crate) fn all(roles: &[&'d Role<'_>]) -> Vec<Self> {
        roles.iter().map(|role| Self::new(role)).collect()
    }
}

impl<'e, 'd> StatementFields<'e, 'd> {
    /// The statement, inherited from this role if any, with the roles that it applies to.
    pub(crate) fn new(
        statement: &'d framework::Statement<'d>,
        base: Option<&'d Role<'d>>,
        roles: &'e [&'d str],
    ) -> Self {
        let level = statement.level.as_ref();
        Self {
            id: &statement.id,
            roles,
            text: opt(statement.text.as_ref()),
            level: statement.level_id(),
            level_title: level.map(|level| level.title.as_str()),
            level_rank: level.map(|level| level.rank),
            level_summary: level.and_then(|level| opt(level.summary.as_ref())),
            optional: statement.optional,
            inherited_from: base.map(|base| base.id.as_str()),
            base: base.map(|base| base.title.as_str()),
            examples: &statement.examples,
            voice: opt(statement.voice.as_ref()),
            source: opt(statement.source.as_ref()),
            at: opt(statement.at.as_ref()),
            meta: statement.meta.as_ref(),
        }
    }
}

impl<'d> StatementEntry<'d> {
    /// The statement as a role holds it, with those of these roles that it applies to.
    pub(crate) fn new(
        framework: &'d Framework<'d>,
        statement: &'d framework::Statement<'d>,
        role: &Role<'_>,
        roles: &[&'d Role<'_>],
    ) -> Self {
        let holders = roles.iter().filter(|role| statement.holder(role.index).is_some());
        let roles = holders.map(|role| role.id.as_str()).collect();
        Self { statement, base: framework.base_of(statement, role), roles }
    }

    /// The statements of each of the compared roles.
    pub(crate) fn by_role(
        roles: &[&'d Role<'d>],
        compared: &ComparedAspect<'d>,
    ) -> impl Iterator<Item = Vec<Self>> {
        let holders = Holders::new(roles, compared);
        compared.by_role().map(move |held| {
            let entry = |held: &Held<'d>| {
                let Held { statement, base, .. } = *held;
                Self { statement, base, roles: holders.of(statement).cloned().unwrap_or_default() }
            };
            held.iter().map(entry).collect()
        })
    }

    /// The statement as a role holds it, or else in general, with all its roles.
    pub(crate) fn of_all(
        framework: &'d Framework<'d>,
        statement: &'d framework::Statement<'d>,
        role: Option<&Role<'_>>,
    ) -> Self {
        let roles = framework.roles_of(statement).map(|role| role.id.as_str()).collect();
        Self { statement, base: role.and_then(|role| framework.base_of(statement, role)), roles }
    }

    /// Everything about the statement.
    pub(crate) fn fields(&self) -> StatementFields<'_, 'd> {
        StatementFields::new(self.statement, self.base, &self.roles)
    }
}

impl Serialize for StatementEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields().serialize(serializer)
    }
}

impl JsonSchema for StatementEntry<'_> {
    fn schema_name() -> Cow<'static, str> {
        StatementFields::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        StatementFields::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        StatementFields::json_schema(generator)
    }
}

/// The ids of the compared roles that hold each statement of an aspect, in the order of the roles.
#[derive(Debug)]
pub(crate) struct Holders<'d>(Vec<Rc<[&'d str]>>);

impl<'d> Holders<'d> {
    pub(crate) fn new(roles: &[&'d Role<'d>], compared: &ComparedAspect<'d>) -> Self {
        let mut ids = vec![Vec::new(); compared.aspect.statements.len()];
        for held in compared.held() {
            if let (Some(role), Some(ids)) = (roles.get(held.place), ids.get_mut(held.statement.index)) {
                ids.push(role.id.as_str());
            }
        }
        Self(ids.into_iter().map(Rc::from).collect())
    }

    /// The roles that hold this statement, if any.
    pub(crate) fn of(&self, statement: &framework::Statement<'d>) -> Option<&Rc<[&'d str]>> {
        self.0.get(statement.index).filter(|roles| !roles.is_empty())
    }
}

impl<'d, A> SectionEntry<'d, A> {
    pub(crate) fn new(section: &'d framework::Section<'_>, aspects: Vec<A>) -> Self {
        Self {
            id: &section.id,
            title: &section.title,
            parent: opt(section.parent.as_ref()),
            summary: opt(section.summary.as_ref()),
            aspects,
            meta: section.meta.as_ref(),
        }
    }
}

impl<'d> SectionEntry<'d, ComparedEntry<'d>> {
    pub(crate) fn compared(compared: &[ComparedSection<'d>], roles: &[&'d Role<'d>]) -> Vec<Self> {
        compared
            .iter()
            .map(|ComparedSection { section, aspects }| {
                let aspects = aspects.iter().map(|compared| ComparedEntry::new(compared, roles));
                Self::new(section, aspects.collect())
            })
            .collect()
    }
}

impl<'d> ComparedEntry<'d> {
    pub(crate) fn new(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>]) -> Self {
        Self {
            id: &compared.aspect.id,
            title: &compared.aspect.title,
            summary: opt(compared.aspect.summary.as_ref()),
            key: compared.aspect.key,
            relation: compared.relation,
            skill: SkillEntry::of(compared.aspect),
            statements: ByRole::statements(compared, roles),
            meta: compared.aspect.meta.as_ref(),
            declared: &compared.aspect.statements,
        }
    }
}

impl<'d> ByRole<'d, Vec<StatementEntry<'d>>> {
    /// The statements of each role on an aspect.
    pub(crate) fn statements(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>]) -> Self {
        let ids = roles.iter().map(|role| role.id.as_str());
        Self(ids.zip(StatementEntry::by_role(roles, compared)).collect())
    }
}

impl<'d> SkillEntry<'d> {
    pub(crate) fn of(aspect: &'d framework::Aspect<'_>) -> Option<Self> {
        let skill = aspect.skill.as_ref()?;
        Some(Self {
            kind: &skill.kind,
            scale: skill.scale.as_ref().map(|scale| scale.id.as_str()),
            meta: skill.meta.as_ref(),
        })
    }
}

impl<'d> MatrixRow<'d, Option<Need<'d>>> {
    /// What each role needs of a skill; `None` if the aspect is not a skill.
    pub(crate) fn of_all(
        skill: &ComparedAspect<'d>,
        roles: &[&'d Role<'d>],
        scales: &[ScaleEntry<'d>],
    ) -> Option<Self> {
        let needs = |levels| {
            let by_role = roles.iter().zip(skill.by_role());
            by_role.map(|(role, held)| (role.id.as_str(), Need::new(levels, held))).collect()
        };
        Self::new(skill, scales, needs)
    }
}

impl<'d> MatrixRow<'d, Need<'d>> {
    /// The same for the roles that need it.
    pub(crate) fn of_needing(
        skill: &ComparedAspect<'d>,
        roles: &[&'d Role<'d>],
        scales: &[ScaleEntry<'d>],
    ) -> Option<Self> {
        let needs = |levels| {
            let by_role = skill.held().chunk_by(|one, other| one.place == other.place);
            let need = |held: &[Held<'d>]| {
                let role = roles.get(held.first()?.place)?;
                Some((role.id.as_str(), Need::new(levels, held)?))
            };
            by_role.filter_map(need).collect()
        };
        Self::new(skill, scales, needs)
    }
}

impl<'d, N> MatrixRow<'d, N> {
    /// A skill with the needs that are found for the number of levels on its scale.
    fn new(
        skill: &ComparedAspect<'d>,
        scales: &[ScaleEntry<'d>],
        needs: impl FnOnce(usize) -> Vec<(&'d str, N)>,
    ) -> Option<Self> {
        let SkillEntry { kind, scale, .. } = SkillEntry::of(skill.aspect)?;
        let levels = scales.iter().find(|known| Some(known.id) == scale);
        let levels = levels.map_or(0, |scale| scale.levels.len());
        Some(Self {
            id: &skill.aspect.id,
            title: &skill.aspect.title,
            section: &skill.section.id,
            section_title: &skill.section.title,
            kind,
            scale,
            needs: ByRole(needs(levels)),
        })
    }
}

impl<'d> Need<'d> {
    /// The need expressed by a role's statements, on a scale with this many levels; `None` without statements.
    fn new(levels: usize, held: &[Held<'d>]) -> Option<Self> {
        if held.is_empty() {
            return None;
        }
        let level = held.iter().find_map(|held| held.statement.level.as_ref());
        Some(Self {
            level: level.map(|level| level.id.as_str()),
            title: level.map(|level| level.title.as_str()),
            rank: level.map(|level| level.rank),
            optional: held.iter().all(|held| held.statement.optional),
            levels,
        })
    }
}

impl AspectCounts {
    pub(crate) fn of(sections: &[ComparedSection<'_>]) -> Self {
        let aspects = sections.iter().flat_map(|section| &section.aspects);
        let compare::Counts { all, shared, different, partial } =
            compare::count(aspects.map(|aspect| aspect.relation));
        Self { aspects: all, shared, different, partial }
    }

    pub(crate) fn of_entries(aspects: &[ComparedEntry<'_>]) -> Self {
        let compare::Counts { all, shared, different, partial } =
            compare::count(aspects.iter().map(|aspect| aspect.relation));
        Self { aspects: all, shared, different, partial }
    }
}

/// The scales, sources and voices that a document refers to by id, in dataset order.
#[derive(Debug)]
pub(crate) struct References<'d> {
    pub(crate) scales: Vec<ScaleEntry<'d>>,
    pub(crate) sources: Vec<SourceEntry<'d>>,
    pub(crate) voices: Vec<VoiceEntry<'d>>,
}

impl<'d> References<'d> {
    /// What these aspects and their statements refer to.
    pub(crate) fn of(dataset: &'d Framework<'d>, aspects: &[&ComparedAspect<'d>]) -> Self {
        let statements = || aspects.iter().flat_map(|aspect| aspect.held()).map(|held| held.statement);
        let cited: HashSet<&str> = statements().filter_map(|one| one.source.as_deref()).collect();
        let heard: HashSet<&str> = statements().filter_map(|one| one.voice.as_deref()).collect();
        let skills = aspects.iter().filter_map(|aspect| aspect.aspect.skill.as_ref());
        let used: HashSet<&str> =
            skills.filter_map(|skill| skill.scale.as_deref()).map(|scale| scale.id.as_str()).collect();
        let is_used = |scale: &format::Scale<'d>| used.contains(scale.id.as_str());
        let is_cited = |source: &format::Source<'d>| cited.contains(source.id.as_str());
        let is_heard = |voice: &format::Voice<'d>| heard.contains(voice.id.as_str());
        Self {
            scales: dataset
                .scales
                .iter()
                .filter(|scale| is_used(scale))
                .map(|scale| ScaleEntry::new(scale))
                .collect(),
            sources: dataset.sources.iter().filter(|source| is_cited(source)).map(SourceEntry::new).collect(),
            voices: dataset.voices.iter().filter(|voice| is_heard(voice)).map(VoiceEntry::new).collect(),
        }
    }

    /// What the aspects of these sections refer to.
    pub(crate) fn of_sections(dataset: &'d Framework<'d>, sections: &[ComparedSection<'d>]) -> Self {
        let aspects: Vec<_> = sections.iter().flat_map(|section| &section.aspects).collect();
        Self::of(dataset, &aspects)
    }
}

impl<'d> ScaleEntry<'d> {
    pub(crate) fn new(scale: &'d format::Scale<'_>) -> Self {
        let levels = scale.levels.iter().map(|level| LevelEntry {
            id: &level.id,
            title: &level.title,
            summary: opt(level.summary.as_ref()),
            meta: level.meta.as_ref(),
        });
        Self { id: &scale.id, title: &scale.title, levels: levels.collect(), meta: scale.meta.as_ref() }
    }
}

impl<'d> SourceEntry<'d> {
    pub(crate) fn new(source: &'d format::Source<'_>) -> Self {
        Self {
            id: &source.id,
            title: &source.title,
            author: opt(source.author.as_ref()),
            translator: opt(source.translator.as_ref()),
            publisher: opt(source.publisher.as_ref()),
            date: opt(source.date.as_ref()),
            url: opt(source.url.as_ref()),
            licence: opt(source.licence.as_ref()),
            retrieved: opt(source.retrieved.as_ref()),
            meta: source.meta.as_ref(),
        }
    }
}

impl<'d> VoiceEntry<'d> {
    pub(crate) fn new(voice: &'d format::Voice<'_>) -> Self {
        Self {
            id: &voice.id,
            name: &voice.name,
            title: opt(voice.title.as_ref()),
            organisation: opt(voice.organisation.as_ref()),
            meta: voice.meta.as_ref(),
        }
    }
}

impl<'d> QuizEntry<'d> {
    pub(crate) fn new(quiz: &'d format::Quiz<'_>) -> Self {
        Self { id: &quiz.id, title: &quiz.title }
    }
}

impl<'d> QuestionEntry<'d> {
    pub(crate) fn all(quiz: &'d format::Quiz<'_>) -> Vec<Self> {
        quiz.questions
            .iter()
            .map(|question| Self {
                id: &question.id,
                title: opt(question.title.as_ref()),
                prompt: &question.prompt,
                help: opt(question.help.as_ref()),
                options: question.options.iter().map(OptionEntry::new).collect(),
                meta: question.meta.as_ref(),
            })
            .collect()
    }
}

impl<'d> OptionEntry<'d> {
    fn new(choice: &'d format::Choice<'_>) -> Self {
        Self {
            id: &choice.id,
            label: &choice.label,
            points: choice.points.as_ref().map(ByRole::points),
            rules_out: choice.rules_out.iter().map(Id::as_str).collect(),
            reason: opt(choice.reason.as_ref()),
            note: opt(choice.note.as_ref()),
            meta: choice.meta.as_ref(),
        }
    }
}

impl<'d> ByRole<'d, u32> {
    /// The points of an option, by role.
    pub(crate) fn points(points: &'d format::Points<'_>) -> Self {
        Self(points.iter().collect())
    }
}

/// A number from 0 to 1, written with at most four decimals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fraction(pub(crate) f64);

impl JsonSchema for Fraction {
    fn schema_name() -> Cow<'static, str> {
        "Fraction".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((self.0 * 10_000.0).round() / 10_000.0)
    }
}

/// The text of an optional value.
pub(crate) fn opt<T: Deref<Target = str>>(text: Option<&T>) -> Option<&str> {
    text.map(Deref::deref)
}

impl RoleCounts {
    /// The counts of each role, in the order of the dataset.
    pub(crate) fn of_all(dataset: &Framework<'_>) -> Vec<Self> {
        let mut counts = vec![Self::default(); dataset.roles.len()];
        for aspect in dataset.aspects() {
            let mut speaking: HashSet<RoleIndex> = HashSet::new();
            for Holder { role, .. } in aspect.statements.iter().flat_map(|statement| &statement.holders) {
                let Some(counts) = counts.get_mut(role.get()) else { continue };
                counts.statements += 1;
                if aspect.skill.is_some() && speaking.insert(*role) {
                    counts.skills += 1;
                }
            }
        }
        counts
    }
}

impl<'d> LinkEntry<'d> {
    fn new(link: &'d format::Link<'_>) -> Self {
        Self { title: &link.title, url: &link.url, meta: link.meta.as_ref() }
    }
}

impl<'d> ListedRole<'d> {
    pub(crate) fn new(counts: &[RoleCounts], role: &'d Role<'_>) -> Self {
        let counts = counts.get(role.index.get()).copied().unwrap_or_default();
        Self {
            id: &role.id,
            title: &role.title,
            aliases: role.aliases.iter().map(Text::as_str).collect(),
            family: opt(role.family.as_ref()),
            track: opt(role.track.as_ref()),
            rank: role.rank,
            status: role.status,
            summary: opt(role.summary.as_ref()),
            links: role.links.iter().map(LinkEntry::new).collect(),
            counts,
            near: None,
            meta: role.meta.as_ref(),
        }
    }

    /// The links, one per line.
    pub(crate) fn read_more(&self) -> Vec<Line<'d>> {
        let line =
            |link: &LinkEntry<'d>| Line::from(link.title).and(Tone::Plain, ": ").and(Tone::Link, link.url);
        self.links.iter().map(line).collect()
    }

    /// The role's title, with its status unless it is current.
    pub(crate) fn heading(&self) -> Line<'d> {
        let line = Line::from(self.title);
        match self.status {
            Status::Current => line,
            Status::Draft => line.and(Tone::Muted, " (draft)"),
            Status::Retired => line.and(Tone::Muted, " (retired)"),
        }
    }

    /// The names to type: the id, then the aliases.
    pub(crate) fn names(&self) -> Line<'d> {
        let first = Line::toned(Tone::Code, self.id);
        self.aliases.iter().fold(first, |line, alias| line.and(Tone::Plain, ", ").and(Tone::Code, *alias))
    }

    /// The role as a row of title, names and summary.
    pub(crate) fn row(&self) -> Vec<Cell<'d>> {
        vec![vec![self.heading()], vec![self.names()], self.summary.map(Line::from).into_iter().collect()]
    }
}

impl<'d> NeedsEntry<'d> {
    /// What the roles need of a skill; `None` if the aspect is not a skill.
    pub(crate) fn new(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>]) -> Option<Self> {
        let SkillEntry { kind, scale, .. } = SkillEntry::of(compared.aspect)?;
        Some(Self {
            section: &compared.section.id,
            section_title: &compared.section.title,
            id: &compared.aspect.id,
            title: &compared.aspect.title,
            summary: opt(compared.aspect.summary.as_ref()),
            kind,
            scale,
            relation: compared.relation,
            needs: ByRole::statements(compared, roles),
            declared: &compared.aspect.statements,
        })
    }
}
