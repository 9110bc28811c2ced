//! `rolebook.matrix/1`: the levels of skills that roles need.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::compare::ComparedAspect;
use crate::doc::{Block, Doc, Line, Mark, Matrix, Records, Report, Value};
use crate::framework::{Framework, Role};
use crate::report::parts::{DatasetEntry, MatrixRow, Need, References, RoleEntry, ScaleEntry};
use crate::report::{flat, tables};
use crate::text::counted;

/// The text of a cell for a skill without levels.
const NEEDED: &str = "yes";

/// A matrix of skills and roles.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatrixReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    roles: Vec<RoleEntry<'d>>,
    skills: Vec<MatrixRow<'d, Option<Need<'d>>>>,
    scales: Vec<ScaleEntry<'d>>,
}

impl<'d> MatrixReport<'d> {
    /// Reports on a matrix of skills.
    pub fn new(dataset: &'d Framework<'d>, roles: &[&'d Role<'d>], matrix: &[ComparedAspect<'d>]) -> Self {
        let References { scales, .. } = References::of(dataset, &matrix.iter().collect::<Vec<_>>());
        let skills = matrix.iter().filter_map(|skill| MatrixRow::of_all(skill, roles, &scales)).collect();
        Self {
            schema: "rolebook.matrix/1",
            dataset: DatasetEntry::new(dataset),
            roles: RoleEntry::all(roles),
            skills,
            scales,
        }
    }
}

impl Report for MatrixReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(format!("Skills: {}", tables::names(&self.roles)), &self.dataset);
        doc.paragraph(format!(
            "{} × {}",
            counted(self.skills.len(), "skill"),
            counted(self.roles.len(), "role")
        ));
        for scale in &self.scales {
            let levels: Vec<String> =
                (1..).zip(&scale.levels).map(|(number, level)| format!("{number} {}", level.title)).collect();
            doc.paragraph(format!("{}: {}", scale.title, levels.join(", ")));
        }
        let needs =
            || self.skills.iter().flat_map(|skill| &skill.needs.0).filter_map(|(_, need)| need.as_ref());
        if needs().any(|need| need.optional) {
            doc.paragraph("In brackets: optional");
        }
        let sections = self.skills.chunk_by(|one, other| one.section == other.section);
        for skills in sections {
            if let Some(first) = skills.first() {
                doc.heading(2, first.section_title);
            }
            let rows = skills.iter().map(|skill| {
                let marks = skill.needs.0.iter().map(|(_, need)| need.as_ref().map(mark));
                (Line::from(skill.title), marks.collect())
            });
            doc.push(Block::Matrix(Matrix {
                corner: "Skill".into(),
                columns: self.roles.iter().map(|role| role.title.into()).collect(),
                rows: rows.collect(),
            }));
        }
        doc
    }

    /// One record per skill, with one column per role. A cell is a level's id, or `yes` for a skill without levels, in
    /// brackets if optional.
    fn records(&self) -> Records<'_> {
        let of_skill =
            ["section", "section_title", "aspect", "aspect_title", "skill_kind", "scale", "levels"];
        let roles = self.roles.iter().map(|role| Cow::Borrowed(role.id));
        let columns = of_skill.into_iter().map(Cow::Borrowed).chain(roles).collect();
        let rows = self.skills.iter().map(|skill| {
            let MatrixRow { id, title, section, section_title, kind, scale, ref needs } = *skill;
            let cell = |need: Need<'_>| {
                let level = need.level.unwrap_or(NEEDED);
                if need.optional { format!("({level})") } else { level.to_owned() }
            };
            let cells = needs.0.iter().map(|(_, need)| need.map(cell).into());
            let known = self.scales.iter().find(|known| Some(known.id) == scale);
            let levels = known.map(|scale| scale.levels.iter().map(|level| level.id).collect::<Vec<_>>());
            let levels = levels.map(|levels| levels.join(flat::BETWEEN));
            let row: [Value<'_>; 7] = [
                section.into(),
                section_title.into(),
                id.into(),
                title.into(),
                kind.into(),
                scale.into(),
                levels.into(),
            ];
            row.into_iter().chain(cells).collect()
        });
        Records::wide(columns, rows)
    }
}

/// The mark of a need in the matrix.
fn mark<'d>(need: &Need<'d>) -> Mark<'d> {
    Mark {
        text: need.title.unwrap_or(NEEDED).into(),
        height: need.rank.map(|rank| (rank, need.levels)),
        optional: need.optional,
    }
}
