//! `rolebook.export/1`: a whole dataset as one document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedSection;
use crate::doc::{Cell, Doc, Line, Records, Report, Table, Tone};
use crate::format::{Comparison, Id, Meta, Role};
use crate::framework::Framework;
use crate::report::flat;
use crate::report::parts::{
    AspectCounts, ComparedEntry, DatasetEntry, FamilyEntry, ListedRole, NeedsEntry, QuestionEntry,
    References, RoleCounts, RoleEntry, ScaleEntry, SectionEntry, SourceEntry, VoiceEntry, opt,
};
use crate::report::tables::{self, Row, Words};
use crate::text::counted;

/// A document with everything in a dataset.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExportReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    /// The owner's own data on the dataset.
    meta: Option<&'d Meta>,
    families: Vec<FamilyEntry<'d>>,
    roles: Vec<ListedRole<'d>>,
    sections: Vec<SectionEntry<'d, ComparedEntry<'d>>>,
    skills: Vec<NeedsEntry<'d>>,
    /// What levels mean for skills that no role needs.
    descriptors: Vec<DescribedSkill<'d>>,
    comparisons: Vec<ComparedRoles<'d>>,
    quizzes: Vec<AskedQuiz<'d>>,
    scales: Vec<ScaleEntry<'d>>,
    sources: Vec<SourceEntry<'d>>,
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    counts: AspectCounts,
    #[serde(skip)]
    columns: Vec<RoleEntry<'d>>,
    #[serde(skip)]
    cite: bool,
}

/// A skill, and what its levels mean.
#[derive(Debug, Serialize, JsonSchema)]
struct DescribedSkill<'d> {
    id: &'d str,
    title: &'d str,
    section: &'d str,
    section_title: &'d str,
    summary: Option<&'d str>,
    levels: Vec<DescribedLevel<'d>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DescribedLevel<'d> {
    level: &'d str,
    level_title: &'d str,
    text: &'d str,
}

/// A short answer to how some roles differ.
#[derive(Debug, Serialize, JsonSchema)]
struct ComparedRoles<'d> {
    id: &'d str,
    roles: Vec<&'d str>,
    text: &'d str,
    source: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<&'d Meta>,
}

/// A quiz with its questions.
#[derive(Debug, Serialize, JsonSchema)]
struct AskedQuiz<'d> {
    id: &'d str,
    title: &'d str,
    questions: Vec<QuestionEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<&'d Meta>,
}

impl<'d> ExportReport<'d> {
    /// The report on these roles; `cite` adds source and voice to each statement.
    pub fn new(
        dataset: &'d Framework<'d>,
        roles: &[&'d Role<'d>],
        compared: &[ComparedSection<'d>],
        cite: bool,
    ) -> Self {
        let aspects = || compared.iter().flat_map(|section| &section.aspects);
        let References { scales, sources, voices } = References::of_sections(dataset, compared);
        let counts = RoleCounts::of_all(dataset);
        let quizzes = dataset.quizzes.iter().map(|quiz| AskedQuiz {
            id: &quiz.id,
            title: &quiz.title,
            questions: QuestionEntry::all(quiz),
            meta: quiz.meta.as_ref(),
        });
        let is_exported = |id: &Id<'_>| roles.iter().any(|role| role.id == *id);
        let comparisons = dataset.comparisons.iter().filter(|one| one.roles.iter().all(is_exported));
        Self {
            schema: "rolebook.export/1",
            dataset: DatasetEntry::new(dataset),
            meta: dataset.meta.as_ref(),
            families: dataset.families.iter().map(FamilyEntry::new).collect(),
            roles: roles.iter().map(|role| ListedRole::new(&counts, role)).collect(),
            sections: SectionEntry::compared(compared, roles),
            skills: aspects().filter_map(|aspect| NeedsEntry::new(aspect, roles)).collect(),
            descriptors: described(dataset),
            comparisons: comparisons.map(ComparedRoles::new).collect(),
            quizzes: quizzes.collect(),
            scales,
            sources,
            voices,
            counts: AspectCounts::of(compared),
            columns: RoleEntry::all(roles),
            cite,
        }
    }

    /// Which role needs which skill, and at which level.
    fn matrix(&self) -> Table<'d> {
        let rows = self.skills.iter().map(|skill| {
            let needed_by: Cell = self
                .columns
                .iter()
                .zip(&skill.needs.0)
                .filter(|(_, (_, statements))| !statements.is_empty())
                .map(|(role, (_, statements))| match statements.iter().find_map(|one| one.level_title) {
                    Some(level) => Line::from(role.title).and(Tone::Muted, format!(" ({level})")),
                    None => role.title.into(),
                })
                .collect();
            vec![vec![skill.title.into()], vec![skill.kind.into()], needed_by]
        });
        Table { head: vec!["Skill".into(), "Kind".into(), "Needed by".into()], rows: rows.collect() }
    }
}

/// The skills with described levels that no role needs. Other skills are listed with the roles.
fn described<'d>(dataset: &'d Framework<'d>) -> Vec<DescribedSkill<'d>> {
    let aspects = dataset
        .sections
        .iter()
        .flat_map(|section| section.aspects.iter().map(move |aspect| (section, aspect)));
    let unneeded = aspects.filter(|(_, aspect)| aspect.statements.is_empty());
    let skills = unneeded.filter_map(|(section, aspect)| {
        let (skill, scale) = (aspect.skill.as_ref()?, dataset.scale_of(aspect)?);
        let levels = scale.levels.iter().filter_map(|level| {
            let text = skill.descriptors.get(&level.id)?;
            Some(DescribedLevel { level: &level.id, level_title: &level.title, text })
        });
        Some(DescribedSkill {
            id: &aspect.id,
            title: &aspect.title,
            section: &section.id,
            section_title: &section.title,
            summary: opt(aspect.summary.as_ref()),
            levels: levels.collect(),
        })
    });
    skills.filter(|skill| !skill.levels.is_empty()).collect()
}

impl<'d> ComparedRoles<'d> {
    fn new(comparison: &'d Comparison<'_>) -> Self {
        Self {
            id: &comparison.id,
            roles: comparison.roles.iter().map(Id::as_str).collect(),
            text: &comparison.text,
            source: opt(comparison.source.as_ref()),
            meta: comparison.meta.as_ref(),
        }
    }
}

impl Report for ExportReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.dataset.title, &self.dataset);
        if self.roles.is_empty() {
            doc.paragraph(format!("{}, no roles", counted(self.descriptors.len(), "skill")));
        } else {
            doc.paragraph(tables::tally("aspect", &self.counts, self.roles.len()));
        }
        for comparison in &self.comparisons {
            doc.paragraph(comparison.text);
        }
        if !self.roles.is_empty() {
            doc.heading(2, "Roles");
            doc.table(tables::listing(&self.roles));
        }
        let words = Words { voices: &self.voices, cite: self.cite };
        for section in &self.sections {
            doc.heading(2, section.title);
            if let Some(summary) = section.summary {
                doc.paragraph(summary);
            }
            let rows = section.aspects.iter().map(Row::from);
            doc.blocks.extend(tables::side_by_side(&self.columns, "Aspect", rows, words));
        }
        if !self.skills.is_empty() {
            doc.heading(2, "Who needs which skill");
            doc.table(self.matrix());
        }
        if !self.descriptors.is_empty() {
            doc.heading(2, "What the levels mean");
            for skills in self.descriptors.chunk_by(|one, other| one.section == other.section) {
                if let Some(first) = skills.first() {
                    doc.heading(3, first.section_title);
                }
                let rows = skills.iter().map(|skill| {
                    let levels = skill.levels.iter().map(|level| {
                        Line::toned(Tone::Strong, level.level_title)
                            .and(Tone::Plain, format!(" – {}", level.text))
                    });
                    vec![vec![skill.title.into()], levels.collect()]
                });
                let head = ["Skill", "Levels"].map(Line::from).to_vec();
                doc.table(Table { head, rows: rows.collect() });
            }
        }
        for quiz in &self.quizzes {
            doc.heading(2, quiz.title);
            tables::questions(&mut doc, 3, &quiz.questions);
        }
        tables::sources(&mut doc, &self.sources, &self.voices);
        doc
    }

    fn records(&self) -> Records<'_> {
        flat::compared(&self.sections, &self.columns)
    }
}
