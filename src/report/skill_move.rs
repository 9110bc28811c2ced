//! `rolebook.move/1`: what somebody who changes roles keeps, raises, lowers, learns and leaves.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedAspect;
use crate::analysis::skills::{Change, change};
use crate::doc::{Cell, Doc, Line, Records, Report, Table};
use crate::format::Role;
use crate::framework::Framework;
use crate::report::blocks::{self, Words};
use crate::report::flat;
use crate::report::parts::{
    DatasetEntry, References, RoleEntry, ScaleEntry, SkillEntry, SourceEntry, StatementEntry, VoiceEntry,
};

/// A move from one role to another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MoveReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    from: RoleEntry<'d>,
    to: RoleEntry<'d>,
    keep: Vec<ChangeEntry<'d>>,
    raise: Vec<ChangeEntry<'d>>,
    lower: Vec<ChangeEntry<'d>>,
    learn: Vec<ChangeEntry<'d>>,
    leave: Vec<ChangeEntry<'d>>,
    scales: Vec<ScaleEntry<'d>>,
    #[serde(skip)]
    sources: Vec<SourceEntry<'d>>,
    #[serde(skip)]
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    cite: bool,
}

/// A skill, what the old role needs of it, and what the new one does.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeEntry<'d> {
    skill: &'d str,
    title: &'d str,
    kind: &'d str,
    from: Vec<StatementEntry<'d>>,
    to: Vec<StatementEntry<'d>>,
    #[serde(skip)]
    scale: Option<&'d str>,
}

/// Skills of which the same becomes.
struct Group<'r, 'd> {
    id: &'static str,
    heading: &'static str,
    changes: &'r [ChangeEntry<'d>],
    /// Which of the two roles need them: only those have a column.
    needed_by: Range<usize>,
}

impl Group<'_, '_> {
    fn columns<T>(&self, of_both: [T; 2]) -> impl Iterator<Item = T> {
        of_both.into_iter().skip(self.needed_by.start).take(self.needed_by.len())
    }
}

impl<'d> MoveReport<'d> {
    /// The report on a move, from a matrix of the two roles alone; `cite` adds sources and voices to the document
    /// for people.
    pub fn new(
        dataset: &'d Framework<'d>,
        from: &'d Role<'d>,
        to: &'d Role<'d>,
        matrix: &[ComparedAspect<'d>],
        cite: bool,
    ) -> Self {
        let References { scales, sources, voices } =
            References::of(dataset, &matrix.iter().collect::<Vec<_>>());
        let entries = |wanted: Change| {
            let skills = matrix.iter().filter(|skill| change(dataset, skill) == Some(wanted));
            skills.filter_map(|skill| ChangeEntry::new(skill, &[from, to])).collect()
        };
        Self {
            schema: "rolebook.move/1",
            dataset: DatasetEntry::new(dataset),
            from: RoleEntry::new(from),
            to: RoleEntry::new(to),
            keep: entries(Change::Keep),
            raise: entries(Change::Raise),
            lower: entries(Change::Lower),
            learn: entries(Change::Learn),
            leave: entries(Change::Leave),
            scales,
            sources,
            voices,
            cite,
        }
    }

    /// The groups in the order in which they are shown.
    fn groups(&self) -> [Group<'_, 'd>; 5] {
        [
            Group { id: "keep", heading: "Keep", changes: &self.keep, needed_by: 0..2 },
            Group { id: "raise", heading: "Raise", changes: &self.raise, needed_by: 0..2 },
            Group { id: "lower", heading: "Lower", changes: &self.lower, needed_by: 0..2 },
            Group { id: "learn", heading: "Learn", changes: &self.learn, needed_by: 1..2 },
            Group { id: "leave", heading: "Leave", changes: &self.leave, needed_by: 0..1 },
        ]
    }
}

impl<'d> ChangeEntry<'d> {
    fn new(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>; 2]) -> Option<Self> {
        let SkillEntry { kind, scale } = SkillEntry::of(compared.aspect)?;
        let [from, to] = compared.by_role.as_slice() else { return None };
        let [old, new] = *roles;
        let entries = |role: &Role<'_>, statements: &[&'d _]| {
            statements.iter().map(|one| StatementEntry::new(one, role, roles)).collect()
        };
        Some(Self {
            skill: &compared.aspect.id,
            title: &compared.aspect.title,
            kind,
            from: entries(old, from),
            to: entries(new, to),
            scale,
        })
    }

    fn cells(&self, words: Words<'_, 'd>) -> [Cell<'d>; 2] {
        let cell = |statements: &[StatementEntry<'d>]| {
            statements.iter().map(|statement| words.statement(self.scale, statement)).collect()
        };
        [cell(&self.from), cell(&self.to)]
    }
}

impl Report for MoveReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let title = format!("From {} to {}", self.from.title, self.to.title);
        let mut doc = blocks::document(title, &self.dataset);
        let lower = match self.lower.len() {
            0 => String::new(),
            some => format!("{some} to lower, "),
        };
        doc.paragraph(format!(
            "{} to keep, {} to raise, {lower}{} to learn, {} to leave behind",
            self.keep.len(),
            self.raise.len(),
            self.learn.len(),
            self.leave.len()
        ));
        let words = Words { scales: &self.scales, voices: &self.voices, cite: self.cite };
        for group in self.groups().iter().filter(|group| !group.changes.is_empty()) {
            doc.heading(2, group.heading);
            let titles = group.columns([self.from.title, self.to.title]).map(Line::from);
            let rows = group.changes.iter().map(|change| {
                let heading = vec![blocks::skill_heading(change.title, change.kind)];
                std::iter::once(heading).chain(group.columns(change.cells(words))).collect()
            });
            let head = std::iter::once(Line::from("Skill")).chain(titles);
            doc.table(Table { head: head.collect(), rows: rows.collect() });
        }
        if self.cite {
            blocks::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        let changes = self
            .groups()
            .into_iter()
            .flat_map(|Group { id, changes, .. }| changes.iter().map(move |change| (id, change)));
        let rows = changes.flat_map(|(group, change)| {
            let sides = [(self.from.id, &change.from), (self.to.id, &change.to)];
            let needs =
                sides.into_iter().flat_map(|(role, needs)| needs.iter().map(move |need| (role, need)));
            needs.map(move |(role, need)| {
                let [role, statement, text, level, voice, source, at] = flat::held(role, need);
                let ChangeEntry { skill, title, kind, .. } = *change;
                [
                    group.into(),
                    skill.into(),
                    title.into(),
                    kind.into(),
                    role,
                    statement,
                    text,
                    level,
                    voice,
                    source,
                    at,
                ]
            })
        });
        let columns = &[
            "change",
            "skill",
            "title",
            "kind",
            "role",
            "statement",
            "text",
            "level",
            "voice",
            "source",
            "at",
        ];
        Records::new(columns, rows)
    }
}
