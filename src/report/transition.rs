//! `rolebook.move/1`: which skills to keep, raise, lower, learn and leave when changing roles.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedAspect;
use crate::analysis::skills::{Change, change};
use crate::doc::{Doc, Records, Report};
use crate::framework::{Framework, Role};
use crate::report::flat;
use crate::report::parts::{
    DatasetEntry, References, RoleEntry, ScaleEntry, SkillEntry, SourceEntry, StatementEntry, VoiceEntry,
};
use crate::report::tables::{self, Row, Words};

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
    /// Skills that the new role does not need.
    leave: Vec<ChangeEntry<'d>>,
    /// Skills that the new role says nothing about, whether it needs them or not.
    not_mentioned: Vec<ChangeEntry<'d>>,
    scales: Vec<ScaleEntry<'d>>,
    #[serde(skip)]
    sources: Vec<SourceEntry<'d>>,
    #[serde(skip)]
    voices: Vec<VoiceEntry<'d>>,
    #[serde(skip)]
    cite: bool,
}

/// A skill, and the levels that the old and the new role need.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeEntry<'d> {
    skill: &'d str,
    title: &'d str,
    kind: &'d str,
    from: Vec<StatementEntry<'d>>,
    to: Vec<StatementEntry<'d>>,
}

/// Skills with the same outcome.
struct Group<'r, 'd> {
    id: &'static str,
    heading: &'static str,
    changes: &'r [ChangeEntry<'d>],
    /// Which of the two roles need these skills; only they get a column.
    needed_by: Range<usize>,
}

impl<'d> MoveReport<'d> {
    /// Reports on a move, from a matrix of just the two roles. `cite` adds sources and voices to the text output.
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
            let skills = matrix.iter().filter(|skill| change(skill) == Some(wanted));
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
            not_mentioned: entries(Change::NotMentioned),
            scales,
            sources,
            voices,
            cite,
        }
    }

    /// The groups in display order.
    fn groups(&self) -> [Group<'_, 'd>; 6] {
        [
            Group { id: "keep", heading: "Keep", changes: &self.keep, needed_by: 0..2 },
            Group { id: "raise", heading: "Raise", changes: &self.raise, needed_by: 0..2 },
            Group { id: "lower", heading: "Lower", changes: &self.lower, needed_by: 0..2 },
            Group { id: "learn", heading: "Learn", changes: &self.learn, needed_by: 1..2 },
            Group { id: "leave", heading: "Leave", changes: &self.leave, needed_by: 0..1 },
            Group {
                id: "not-mentioned",
                heading: "Not mentioned",
                changes: &self.not_mentioned,
                needed_by: 0..1,
            },
        ]
    }
}

impl<'d> ChangeEntry<'d> {
    fn new(compared: &ComparedAspect<'d>, roles: &[&'d Role<'d>; 2]) -> Option<Self> {
        let SkillEntry { kind, .. } = SkillEntry::of(compared.aspect)?;
        let mut by_role = StatementEntry::by_role(roles, compared);
        let (from, to) = (by_role.next()?, by_role.next()?);
        Some(Self { skill: &compared.aspect.id, title: &compared.aspect.title, kind, from, to })
    }

    /// The statements of the roles that need the skill.
    fn statements(&self, needed_by: &Range<usize>) -> Vec<&[StatementEntry<'d>]> {
        let both = [self.from.as_slice(), self.to.as_slice()];
        both.get(needed_by.clone()).unwrap_or_default().to_vec()
    }
}

impl Report for MoveReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let title = format!("From {} to {}", self.from.title, self.to.title);
        let mut doc = tables::document(title, &self.dataset);
        let counts = [
            (self.keep.len(), "to keep"),
            (self.raise.len(), "to raise"),
            (self.lower.len(), "to lower"),
            (self.learn.len(), "to learn"),
            (self.leave.len(), "to leave behind"),
            (self.not_mentioned.len(), "not mentioned"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        doc.paragraph(if counts.is_empty() { "No skills".to_owned() } else { counts.join(", ") });
        let words = Words::new(&self.voices, self.cite);
        let roles = [self.from, self.to];
        for Group { id, heading, changes, needed_by } in self.groups() {
            if changes.is_empty() {
                continue;
            }
            doc.heading(2, heading);
            if id == "not-mentioned" {
                let title = self.to.title;
                doc.paragraph(format!("{title} does not mention these skills but may still need them."));
            }
            let roles = roles.get(needed_by.clone()).unwrap_or_default();
            let rows = changes.iter().map(|change| Row {
                heading: vec![tables::skill_heading(change.title, change.kind)],
                statements: change.statements(&needed_by),
                declared: &[],
            });
            doc.blocks.extend(tables::side_by_side(roles, "Skill", rows, &words));
        }
        if self.cite {
            tables::sources(&mut doc, &self.sources, &self.voices);
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        let changes = self
            .groups()
            .into_iter()
            .flat_map(|Group { id, changes, .. }| changes.iter().map(move |change| (id, change)));
        let rows = changes.flat_map(move |(group, change)| {
            let sides = [(&self.from, &change.from), (&self.to, &change.to)];
            let needs =
                sides.into_iter().flat_map(|(role, needs)| needs.iter().map(move |need| (role, need)));
            needs.map(move |(role, need)| {
                let need = need.fields();
                let [role_id, statement, text, level, voice, source, at] = flat::held(role.id, &need);
                let ChangeEntry { skill, title, kind, .. } = *change;
                [
                    group.into(),
                    skill.into(),
                    title.into(),
                    kind.into(),
                    role_id,
                    statement,
                    text,
                    level,
                    voice,
                    source,
                    at,
                    role.title.into(),
                    need.level_title.into(),
                    need.optional.into(),
                    need.inherited_from.into(),
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
            "role_title",
            "level_title",
            "optional",
            "inherited_from",
        ];
        Records::new(columns, rows)
    }
}
