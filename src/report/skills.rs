//! `rolebook.skills/1`: which role needs which skill.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::{self, ComparedAspect};
use crate::doc::{Doc, Records, Report};
use crate::framework::{Framework, Role};
use crate::report::flat;
use crate::report::parts::{
    AspectCounts, DatasetEntry, NeedsEntry, References, RoleEntry, ScaleEntry, SourceEntry, VoiceEntry,
};
use crate::report::tables::{self, Row, Words};

/// The matrix of skills and roles.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkillsReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    roles: Vec<RoleEntry<'d>>,
    skills: Vec<NeedsEntry<'d>>,
    counts: SkillCounts,
    scales: Vec<ScaleEntry<'d>>,
    #[serde(skip)]
    sources: Vec<SourceEntry<'d>>,
    #[serde(skip)]
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    cite: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SkillCounts {
    skills: usize,
    shared: usize,
    different: usize,
    partial: usize,
}

impl<'d> SkillsReport<'d> {
    /// The report on a matrix of skills; `cite` adds sources and voices to the document for people.
    pub fn new(
        dataset: &'d Framework<'d>,
        roles: &[&'d Role<'d>],
        matrix: &[ComparedAspect<'d>],
        cite: bool,
    ) -> Self {
        let References { scales, sources, voices } =
            References::of(dataset, &matrix.iter().collect::<Vec<_>>());
        let compare::Counts { all, shared, different, partial } =
            compare::count(matrix.iter().map(|skill| skill.relation));
        Self {
            schema: "rolebook.skills/1",
            dataset: DatasetEntry::new(dataset),
            roles: RoleEntry::all(roles),
            skills: matrix.iter().filter_map(|skill| NeedsEntry::new(skill, roles)).collect(),
            counts: SkillCounts { skills: all, shared, different, partial },
            scales,
            sources,
            voices,
            cite,
        }
    }
}

impl Report for SkillsReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(format!("Skills: {}", tables::names(&self.roles)), &self.dataset);
        let SkillCounts { skills, shared, different, partial } = self.counts;
        let counts = AspectCounts { aspects: skills, shared, different, partial };
        doc.paragraph(tables::tally("skill", &counts, self.roles.len()));
        let words = Words::new(&self.voices, self.cite);
        doc.blocks.extend(tables::side_by_side(
            &self.roles,
            "Skill",
            self.skills.iter().map(Row::from),
            &words,
        ));
        if self.cite {
            tables::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        flat::needed(&self.skills, &self.roles)
    }
}
