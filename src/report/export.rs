//! `rolebook.export/1`: a whole dataset as one document.

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::compare::{ComparedAspect, ComparedSection, Relation};
use crate::doc::{Cell, Doc, Line, Records, Report, Table, Tone};
use crate::format::{Comparison, Id, Meta, Text};
use crate::framework::{Framework, Role, Statement};
use crate::report::flat::{self, AspectPlace};
use crate::report::parts::{
    AspectCounts, ByRole, ComparedEntry, DatasetEntry, FamilyEntry, Holders, ListedRole, MatrixRow, Need,
    QuestionEntry, References, RoleCounts, RoleEntry, ScaleEntry, SectionEntry, SkillEntry, SourceEntry,
    StatementFields, VoiceEntry, opt,
};
use crate::report::tables::{self, ListedRow, Row, Words};
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
    sections: Vec<SectionEntry<'d, ExportedAspect<'d>>>,
    skills: Vec<MatrixRow<'d, Need<'d>>>,
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
    exported: Vec<&'d Role<'d>>,
    #[serde(skip)]
    compared: Vec<ComparedSection<'d>>,
    #[serde(skip)]
    cite: bool,
}

/// An aspect. Each of its statements is listed once, however many roles share it.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportedAspect<'d> {
    id: &'d str,
    title: &'d str,
    summary: Option<&'d str>,
    key: bool,
    relation: Relation,
    skill: Option<SkillEntry<'d>>,
    #[schemars(with = "Vec<SharedStatement<'_, '_>>")]
    statements: SharedStatements<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<&'d Meta>,
}

/// The statements of an aspect that exported roles hold. Each is put together when it is written.
#[derive(Debug)]
struct SharedStatements<'d> {
    declared: &'d [Statement<'d>],
    holders: Holders<'d>,
    /// By the index of the statement: each role that inherits it, and from whom.
    inherited: BTreeMap<usize, Vec<(&'d str, &'d str)>>,
}

/// A statement; `roles` are the exported roles that it applies to.
#[derive(Debug, Serialize, JsonSchema)]
struct SharedStatement<'e, 'd> {
    id: &'d str,
    #[schemars(with = "Vec<String>")]
    roles: &'e [&'d str],
    text: Option<&'d str>,
    level: Option<&'d str>,
    level_title: Option<&'d str>,
    /// The rank of the level on its scale; the lowest is 1.
    level_rank: Option<usize>,
    optional: bool,
    /// For each of its roles that inherits it, the role that it is inherited from.
    inherited_from: ByRole<'d, &'d str>,
    #[schemars(with = "Vec<String>")]
    examples: &'d [Text<'d>],
    voice: Option<&'d str>,
    source: Option<&'d str>,
    at: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<&'d Meta>,
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
        compared: Vec<ComparedSection<'d>>,
        cite: bool,
    ) -> Self {
        let aspects = || compared.iter().flat_map(|section| &section.aspects);
        let References { scales, sources, voices } = References::of_sections(dataset, &compared);
        let counts = RoleCounts::of_all(dataset);
        let quizzes = dataset.quizzes.iter().map(|quiz| AskedQuiz {
            id: &quiz.id,
            title: &quiz.title,
            questions: QuestionEntry::all(quiz),
            meta: quiz.meta.as_ref(),
        });
        let ids: HashSet<&str> = roles.iter().map(|role| role.id.as_str()).collect();
        let is_exported = |id: &Id<'_>| ids.contains(id.as_str());
        let comparisons = dataset.comparisons.iter().filter(|one| one.roles.iter().all(is_exported));
        Self {
            schema: "rolebook.export/1",
            dataset: DatasetEntry::new(dataset),
            meta: dataset.meta.as_ref(),
            families: dataset.families.iter().map(FamilyEntry::new).collect(),
            roles: roles.iter().map(|role| ListedRole::new(&counts, role)).collect(),
            sections: compared
                .iter()
                .map(|ComparedSection { section, aspects }| {
                    let aspects = aspects.iter().map(|aspect| ExportedAspect::new(aspect, roles));
                    SectionEntry::new(section, aspects.collect())
                })
                .collect(),
            skills: aspects().filter_map(|aspect| MatrixRow::of_needing(aspect, roles, &scales)).collect(),
            descriptors: described(dataset),
            comparisons: comparisons.map(ComparedRoles::new).collect(),
            quizzes: quizzes.collect(),
            scales,
            sources,
            voices,
            counts: AspectCounts::of(&compared),
            columns: RoleEntry::all(roles),
            exported: roles.to_vec(),
            compared,
            cite,
        }
    }

    /// Which role needs which skill, and at which level.
    fn matrix(&self) -> Table<'d> {
        let titles: HashMap<&str, &'d str> = self.columns.iter().map(|role| (role.id, role.title)).collect();
        let rows = self.skills.iter().map(|skill| {
            let needed_by = skill.needs.0.iter().map(|(role, need)| {
                let line = Line::from(titles.get(role).copied().unwrap_or(role));
                match need.title {
                    Some(level) => line.and(Tone::Muted, format!(" ({level})")),
                    None => line,
                }
            });
            let needed_by: Cell = needed_by.collect();
            vec![vec![skill.title.into()], vec![skill.kind.into()], needed_by]
        });
        Table { head: vec!["Skill".into(), "Kind".into(), "Needed by".into()], rows: rows.collect() }
    }
}

/// The skills with described levels that no role needs. Other skills are listed with the roles.
fn described<'d>(dataset: &'d Framework<'d>) -> Vec<DescribedSkill<'d>> {
    let unneeded = dataset.placed_aspects().filter(|(_, aspect)| aspect.statements.is_empty());
    let skills = unneeded.filter_map(|(section, aspect)| {
        let scale = aspect.scale()?;
        let levels = scale.levels.iter().filter_map(|level| {
            let text = aspect.descriptor(&level.id)?;
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

impl<'d> ExportedAspect<'d> {
    fn new(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>]) -> Self {
        let ComparedAspect { aspect, relation, .. } = compared;
        let holders = Holders::new(roles, compared);
        let mut inherited: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
        for held in compared.held() {
            if let Some((role, base)) = roles.get(held.place).zip(held.base) {
                inherited.entry(held.statement.index).or_default().push((&role.id, &base.id));
            }
        }
        Self {
            id: &aspect.id,
            title: &aspect.title,
            summary: opt(aspect.summary.as_ref()),
            key: aspect.key,
            relation: *relation,
            skill: SkillEntry::of(aspect),
            statements: SharedStatements { declared: &aspect.statements, holders, inherited },
            meta: aspect.meta.as_ref(),
        }
    }
}

impl<'d> Serialize for SharedStatements<'d> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shared = |statement: &'d Statement<'d>| {
            let inherited_from = ByRole(self.inherited.get(&statement.index).cloned().unwrap_or_default());
            Some(SharedStatement::new(statement, self.holders.of(statement)?, inherited_from))
        };
        serializer.collect_seq(self.declared.iter().filter_map(shared))
    }
}

impl<'e, 'd> SharedStatement<'e, 'd> {
    fn new(statement: &'d Statement<'d>, roles: &'e [&'d str], inherited_from: ByRole<'d, &'d str>) -> Self {
        let StatementFields { id, text, level, level_title, level_rank, optional, examples, .. } =
            StatementFields::new(statement, None, &[]);
        Self {
            id,
            roles,
            text,
            level,
            level_title,
            level_rank,
            optional,
            inherited_from,
            examples,
            voice: opt(statement.voice.as_ref()),
            source: opt(statement.source.as_ref()),
            at: opt(statement.at.as_ref()),
            meta: statement.meta.as_ref(),
        }
    }
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
        let words = Words::new(&self.voices, self.cite);
        // Then the sections say who needs which skill, and a table of that would only repeat it.
        let lists_roles = tables::lists_roles(self.columns.len());
        for ComparedSection { section, aspects } in &self.compared {
            doc.heading(2, section.title.as_str());
            if let Some(summary) = &section.summary {
                doc.paragraph(summary.as_str());
            }
            if lists_roles {
                let rows = aspects.iter().map(ListedRow::new);
                doc.table(tables::with_roles(&self.columns, "Aspect", rows, &words));
                continue;
            }
            let aspects: Vec<_> =
                aspects.iter().map(|aspect| ComparedEntry::new(aspect, &self.exported)).collect();
            let rows = aspects.iter().map(Row::from);
            doc.blocks.extend(tables::side_by_side(&self.columns, "Aspect", rows, &words));
        }
        if !self.skills.is_empty() && !lists_roles {
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
        let aspects = self.compared.iter().flat_map(|section| &section.aspects);
        flat::in_place(aspects.flat_map(move |compared| {
            let place = AspectPlace::of(compared);
            compared.held().iter().filter_map(move |held| {
                let RoleEntry { id, title, .. } = *self.columns.get(held.place)?;
                Some((place, [id, title], StatementFields::new(held.statement, held.base, &[])))
            })
        }))
    }
}
