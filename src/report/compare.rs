//! `rolebook.compare/1`: roles side by side, aspect by aspect.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedSection;
use crate::doc::{Block, Doc, Line, Records, Report, Table, Tone};
use crate::framework::{Framework, Role};
use crate::report::flat;
use crate::report::parts::{
    AspectCounts, ComparedEntry, ComparisonEntry, DatasetEntry, References, RoleEntry, ScaleEntry,
    SectionEntry, SourceEntry, VoiceEntry,
};
use crate::report::tables::{self, Row, Words};

/// Roles side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompareReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    comparison: Option<ComparisonEntry<'d>>,
    roles: Vec<RoleEntry<'d>>,
    sections: Vec<SectionEntry<'d, ComparedEntry<'d>>>,
    counts: AspectCounts,
    scales: Vec<ScaleEntry<'d>>,
    sources: Vec<SourceEntry<'d>>,
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    showing: Showing,
}

impl<'d> CompareReport<'d> {
    /// The report on a comparison.
    pub fn new(
        dataset: &'d Framework<'d>,
        roles: &[&'d Role<'d>],
        compared: &[ComparedSection<'d>],
        showing: Showing,
    ) -> Self {
        let References { scales, sources, voices } = References::of_sections(dataset, compared);
        Self {
            schema: "rolebook.compare/1",
            dataset: DatasetEntry::new(dataset),
            comparison: dataset.comparison(roles).map(ComparisonEntry::new),
            roles: RoleEntry::all(roles),
            sections: SectionEntry::compared(compared, roles),
            counts: AspectCounts::of(compared),
            scales,
            sources,
            voices,
            showing,
        }
    }
}

/// What the document for people shows of a comparison.
#[derive(Debug, Clone, Copy, Default)]
pub struct Showing {
    /// Start with the short answer and the summary of each role.
    pub answer: bool,
    /// Cite sources and voices.
    pub cite: bool,
    /// Fit the comparison on one screen.
    pub brief: Option<Brief>,
}

/// The ways to fit a comparison on one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brief {
    /// Show only the key aspects, in one table.
    KeyAspects,
    /// Count the aspects in each section, because the dataset marks none as key.
    Counts,
}

impl<'d> CompareReport<'d> {
    /// Adds the short answer and the summary of each role.
    fn answer(&self, doc: &mut Doc<'d>) {
        if let Some(comparison) = &self.comparison {
            doc.paragraph(comparison.text);
        }
        let summaries = self.roles.iter().filter_map(|role| {
            Some(Line::toned(Tone::Strong, role.title).and(Tone::Plain, format!(": {}", role.summary?)))
        });
        let summaries: Vec<Line<'d>> = summaries.collect();
        if !summaries.is_empty() {
            doc.push(Block::List(summaries));
        }
    }

    /// Adds the key aspects in one table, or the counts of each section.
    fn brief(&self, doc: &mut Doc<'d>, brief: Brief) {
        let words = Words::new(&self.voices, self.showing.cite);
        if self.sections.is_empty() {
            doc.paragraph(match brief {
                Brief::KeyAspects => "No key aspect matches.",
                Brief::Counts => "No aspect matches.",
            });
            return;
        }
        if brief == Brief::KeyAspects {
            let aspects = self.sections.iter().flat_map(|section| &section.aspects);
            doc.blocks.extend(tables::side_by_side(&self.roles, "Aspect", aspects.map(Row::from), &words));
            return;
        }
        let rows = self.sections.iter().map(|section| {
            let counts = AspectCounts::of_entries(&section.aspects);
            let counted = [counts.shared, counts.different, counts.partial];
            let cells = counted.into_iter().map(|count| vec![Line::from(count.to_string())]);
            std::iter::once(vec![section.title.into()]).chain(cells).collect()
        });
        let head = ["Section", "Shared", "Different", tables::partial(self.roles.len())];
        doc.table(Table { head: head.into_iter().map(Line::from).collect(), rows: rows.collect() });
    }
}

impl Report for CompareReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(tables::names(&self.roles), &self.dataset);
        if self.showing.answer {
            self.answer(&mut doc);
        }
        if let Some(brief) = self.showing.brief {
            self.brief(&mut doc, brief);
            return doc;
        }
        doc.paragraph(tables::tally("aspect", &self.counts, self.roles.len()));
        let words = Words::new(&self.voices, self.showing.cite);
        for section in &self.sections {
            doc.heading(2, section.title);
            let rows = section.aspects.iter().map(Row::from);
            doc.blocks.extend(tables::side_by_side(&self.roles, "Aspect", rows, &words));
        }
        if self.showing.cite {
            tables::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        flat::compared(&self.sections, &self.roles)
    }
}
