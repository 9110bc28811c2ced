//! `rolebook.compare/1`: roles side by side, aspect by aspect.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedSection;
use crate::doc::{Doc, Records, Report};
use crate::format::Role;
use crate::framework::Framework;
use crate::report::blocks::{self, Row, Words};
use crate::report::flat;
use crate::report::parts::{
    AspectCounts, ComparedEntry, DatasetEntry, References, RoleEntry, ScaleEntry, SectionEntry, SourceEntry,
    VoiceEntry,
};

/// Roles side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompareReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    roles: Vec<RoleEntry<'d>>,
    sections: Vec<SectionEntry<'d, ComparedEntry<'d>>>,
    counts: AspectCounts,
    scales: Vec<ScaleEntry<'d>>,
    sources: Vec<SourceEntry<'d>>,
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    cite: bool,
}

impl<'d> CompareReport<'d> {
    /// The report on a comparison; `cite` adds sources and voices to the document for people.
    pub fn new(
        dataset: &'d Framework<'d>,
        roles: &[&'d Role<'d>],
        compared: &[ComparedSection<'d>],
        cite: bool,
    ) -> Self {
        let References { scales, sources, voices } = References::of_sections(dataset, compared);
        Self {
            schema: "rolebook.compare/1",
            dataset: DatasetEntry::new(dataset),
            roles: RoleEntry::all(roles),
            sections: SectionEntry::compared(compared, roles),
            counts: AspectCounts::of(compared),
            scales,
            sources,
            voices,
            cite,
        }
    }
}

impl Report for CompareReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = blocks::document(blocks::names(&self.roles), &self.dataset);
        doc.paragraph(blocks::tally("aspect", &self.counts, self.roles.len()));
        let words = Words { scales: &self.scales, voices: &self.voices, cite: self.cite };
        for section in &self.sections {
            doc.heading(2, section.title);
            let rows = section.aspects.iter().map(Row::from);
            doc.blocks.extend(blocks::side_by_side(&self.roles, "Aspect", rows, words));
        }
        if self.cite {
            blocks::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        flat::compared(&self.sections, &self.roles)
    }
}
