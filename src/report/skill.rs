//! `rolebook.skill/1`: what the levels of a skill mean, and which roles need which.

use schemars::JsonSchema;
use serde::Serialize;

use crate::doc::{Doc, Line, Records, Report, Table, Tone};
use crate::format::Text;
use crate::framework::{Aspect, Framework, Holder, Role, Section, Statement};
use crate::report::parts::{DatasetEntry, SkillEntry, StatementEntry, opt};
use crate::report::tables::{self, Words};
use crate::text::counted;

/// A skill.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkillReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    skill: SkillDetails<'d>,
    /// The levels of its scale, lowest first.
    levels: Vec<SkillLevel<'d>>,
    /// Statements with a text, with or without a level.
    statements: Vec<SkillStatement<'d>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SkillDetails<'d> {
    id: &'d str,
    title: &'d str,
    summary: Option<&'d str>,
    section: &'d str,
    section_title: &'d str,
    kind: &'d str,
    scale: Option<&'d str>,
}

/// A level, what it means for this skill, and the roles that need it.
#[derive(Debug, Serialize, JsonSchema)]
struct SkillLevel<'d> {
    id: &'d str,
    title: &'d str,
    /// Its rank on the scale, from 1.
    rank: usize,
    descriptor: Option<&'d str>,
    roles: Vec<SkillRole<'d>>,
}

/// A role that needs a skill.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct SkillRole<'d> {
    id: &'d str,
    title: &'d str,
    optional: bool,
    inherited_from: Option<&'d str>,
}

/// A statement, and its roles.
#[derive(Debug, Serialize, JsonSchema)]
struct SkillStatement<'d> {
    id: &'d str,
    text: Option<&'d str>,
    level: Option<&'d str>,
    level_title: Option<&'d str>,
    level_rank: Option<usize>,
    examples: Vec<&'d str>,
    roles: Vec<SkillRole<'d>>,
    #[serde(skip)]
    entry: StatementEntry<'d>,
}

impl<'d> SkillReport<'d> {
    /// Reports on a skill; `None` if the aspect is not a skill.
    pub fn new(dataset: &'d Framework<'d>, section: &'d Section<'d>, aspect: &'d Aspect<'d>) -> Option<Self> {
        let SkillEntry { kind, scale, .. } = SkillEntry::of(aspect)?;
        let holders = |statement: &'d Statement<'d>| -> Vec<SkillRole<'d>> {
            let role = |holder: &Holder| {
                let (role, base) = (dataset.role(holder.role)?, dataset.base(*holder));
                Some(SkillRole::new(role, base, statement.optional))
            };
            statement.holders.iter().filter_map(role).collect()
        };
        let levels = aspect.scale().into_iter().flat_map(|scale| &scale.levels);
        let levels = levels.zip(1..).map(|(level, rank)| {
            let here = aspect.statements.iter().filter(|one| one.level_id() == Some(&level.id));
            SkillLevel {
                id: &level.id,
                title: &level.title,
                rank,
                descriptor: opt(aspect.meaning(level)),
                roles: here.flat_map(holders).collect(),
            }
        });
        let statements = aspect.statements.iter().filter(|statement| !aspect.only_needs_level(statement));
        let statements = statements.map(|statement| {
            let entry = StatementEntry::of_all(dataset, statement, None);
            let said = entry.fields();
            SkillStatement {
                id: said.id,
                text: said.text,
                level: said.level,
                level_title: said.level_title,
                level_rank: said.level_rank,
                examples: said.examples.iter().map(Text::as_str).collect(),
                roles: holders(statement),
                entry,
            }
        });
        Some(Self {
            schema: "rolebook.skill/1",
            dataset: DatasetEntry::new(dataset),
            skill: SkillDetails {
                id: &aspect.id,
                title: &aspect.title,
                summary: opt(aspect.summary.as_ref()),
                section: &section.id,
                section_title: &section.title,
                kind,
                scale,
            },
            levels: levels.collect(),
            statements: statements.collect(),
        })
    }

    fn role_count(&self) -> usize {
        let leveled = self.levels.iter().flat_map(|level| &level.roles);
        let said = self.statements.iter().flat_map(|statement| &statement.roles);
        let mut ids: Vec<&str> = leveled.chain(said).map(|role| role.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}

impl<'d> SkillRole<'d> {
    fn new(role: &'d Role<'d>, base: Option<&'d Role<'d>>, optional: bool) -> Self {
        Self { id: &role.id, title: &role.title, optional, inherited_from: base.map(|base| base.id.as_str()) }
    }
}

/// The titles of roles, on one line.
fn titles<'d>(roles: &[SkillRole<'d>]) -> Vec<Line<'d>> {
    if roles.is_empty() {
        return Vec::new();
    }
    let title = |role: &SkillRole<'d>| {
        if role.optional { format!("{} (optional)", role.title) } else { role.title.to_owned() }
    };
    vec![roles.iter().map(title).collect::<Vec<_>>().join(", ").into()]
}

impl Report for SkillReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let SkillDetails { title, summary, section_title, kind, .. } = self.skill;
        let heading = Line::from(title).and(Tone::Muted, format!(" ({kind})"));
        let mut doc = tables::document(heading, &self.dataset);
        if let Some(summary) = summary {
            doc.paragraph(summary);
        }
        doc.paragraph(format!("Section: {section_title} · needed by {}", counted(self.role_count(), "role")));
        let rows = self.levels.iter().map(|level| {
            vec![
                vec![format!("{} {}", level.rank, level.title).into()],
                level.descriptor.map(Line::from).into_iter().collect(),
                titles(&level.roles),
            ]
        });
        let head = ["Level", "What it means", "Roles"].map(Line::from).to_vec();
        doc.table(Table { head, rows: rows.collect() });
        let words = Words::new(&[], false);
        let rows = self.statements.iter().map(|statement| {
            let said = words.statement(&statement.entry);
            vec![titles(&statement.roles), vec![said]]
        });
        doc.table(Table { head: ["Roles", "What they need"].map(Line::from).to_vec(), rows: rows.collect() });
        doc
    }

    /// One record per role that needs the skill.
    fn records(&self) -> Records<'_> {
        let SkillDetails { id, title, kind, scale, .. } = self.skill;
        let row = move |role: &SkillRole<'_>,
                        level: Option<&SkillLevel<'_>>,
                        text: Option<&str>,
                        statement: Option<&str>| {
            [
                id.into(),
                title.into(),
                kind.into(),
                scale.into(),
                role.id.to_owned().into(),
                role.title.to_owned().into(),
                level.map(|level| level.id.to_owned()).into(),
                level.map(|level| level.title.to_owned()).into(),
                level.map(|level| level.rank).into(),
                text.map(str::to_owned).into(),
                statement.map(str::to_owned).into(),
                role.optional.into(),
                role.inherited_from.map(str::to_owned).into(),
            ]
        };
        let leveled = self.levels.iter().flat_map(move |level| {
            level.roles.iter().map(move |role| row(role, Some(level), level.descriptor, None))
        });
        let said = self.statements.iter().filter(|one| one.level.is_none()).flat_map(move |statement| {
            statement.roles.iter().map(move |role| row(role, None, statement.text, Some(statement.id)))
        });
        let columns = &[
            "skill",
            "skill_title",
            "skill_kind",
            "scale",
            "role",
            "role_title",
            "level",
            "level_title",
            "level_rank",
            "text",
            "statement",
            "optional",
            "inherited_from",
        ];
        Records::new(columns, leveled.chain(said))
    }
}
