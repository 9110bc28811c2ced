//! `rolebook.role/1`: one role's whole profile.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::{ComparedSection, Holding, compare};
use crate::doc::{Block, Doc, Line, Records, Report, Table, Tone};
use crate::framework::{Framework, Role};
use crate::report::flat::{self, AspectPlace};
use crate::report::parts::{
    DatasetEntry, ListedRole, References, RoleCounts, ScaleEntry, SectionEntry, SkillEntry, SourceEntry,
    StatementEntry, VoiceEntry, opt,
};
use crate::report::tables::{self, Words};
use crate::text::listed;

/// A role's profile.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RoleReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    role: ListedRole<'d>,
    sections: Vec<SectionEntry<'d, ProfileEntry<'d>>>,
    scales: Vec<ScaleEntry<'d>>,
    sources: Vec<SourceEntry<'d>>,
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    family: Option<&'d str>,
    /// The titles of all roles, to name those that share a statement.
    #[serde(skip)]
    titles: HashMap<&'d str, &'d str>,
    #[serde(skip)]
    cite: bool,
}

/// The role’s statements on an aspect.
#[derive(Debug, Serialize, JsonSchema)]
struct ProfileEntry<'d> {
    id: &'d str,
    title: &'d str,
    summary: Option<&'d str>,
    skill: Option<SkillEntry<'d>>,
    statements: Vec<StatementEntry<'d>>,
}

impl<'d> RoleReport<'d> {
    /// The report on a role; `cite` adds sources and voices to the document for people.
    pub fn new(dataset: &'d Framework<'d>, role: &'d Role<'d>, holding: Holding, cite: bool) -> Self {
        let compared = compare(dataset, &[role], holding, |_, _, _| true);
        let References { scales, sources, voices } = References::of_sections(dataset, &compared);
        let sections = compared.iter().map(|ComparedSection { section, aspects }| {
            let aspects = aspects.iter().map(|compared| ProfileEntry {
                id: &compared.aspect.id,
                title: &compared.aspect.title,
                summary: opt(compared.aspect.summary.as_ref()),
                skill: SkillEntry::of(compared.aspect),
                statements: compared
                    .held()
                    .iter()
                    .map(|held| StatementEntry::of_all(dataset, held.statement, Some(role)))
                    .collect(),
            });
            SectionEntry::new(section, aspects.collect())
        });
        Self {
            schema: "rolebook.role/1",
            dataset: DatasetEntry::new(dataset),
            role: ListedRole::new(&RoleCounts::of_all(dataset), role),
            sections: sections.collect(),
            scales,
            sources,
            voices,
            family: dataset.family_of(role).map(|family| family.title.as_str()),
            titles: dataset.roles.iter().map(|role| (role.id.as_str(), role.title.as_str())).collect(),
            cite,
        }
    }

    /// Names the other roles that share the statement, if any.
    fn shared_with(&self, statement: &StatementEntry<'_>) -> Option<String> {
        let others = statement.roles.iter().filter(|id| **id != self.role.id);
        let titles: Vec<&str> = others.map(|id| self.titles.get(id).copied().unwrap_or(id)).collect();
        (!titles.is_empty()).then(|| format!(" (shared with {})", listed(&titles, "and")))
    }
}

impl Report for RoleReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.role.heading(), &self.dataset);
        if let Some(summary) = self.role.summary {
            doc.paragraph(summary);
        }
        let mut names = Line::from("Names: ");
        names.0.extend(self.role.names().0);
        doc.paragraph(names);
        if let Some(family) = self.family {
            doc.paragraph(format!("Family: {family}"));
        }
        let links = self.role.read_more();
        if !links.is_empty() {
            doc.push(Block::List(links));
        }
        let words = Words::new(&self.voices, self.cite);
        for section in &self.sections {
            doc.heading(2, section.title);
            let rows = section.aspects.iter().map(|aspect| {
                let heading = match &aspect.skill {
                    Some(skill) => tables::skill_heading(aspect.title, skill.kind),
                    None => aspect.title.into(),
                };
                let said = aspect.statements.iter().map(|statement| {
                    let line = words.statement(statement);
                    match self.shared_with(statement) {
                        Some(others) => line.and(Tone::Muted, others),
                        None => line,
                    }
                });
                vec![vec![heading], said.collect()]
            });
            doc.table(Table { head: vec!["Aspect".into(), self.role.title.into()], rows: rows.collect() });
        }
        if self.cite {
            tables::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        flat::in_place(self.sections.iter().flat_map(move |section| {
            section.aspects.iter().flat_map(move |aspect| {
                let place = AspectPlace {
                    section: section.id,
                    section_title: section.title,
                    aspect: aspect.id,
                    aspect_title: aspect.title,
                    skill_kind: aspect.skill.as_ref().map(|skill| skill.kind),
                    relation: None,
                    scale: aspect.skill.as_ref().and_then(|skill| skill.scale),
                };
                aspect
                    .statements
                    .iter()
                    .map(move |statement| (place, [self.role.id, self.role.title], statement.fields()))
            })
        }))
    }
}
