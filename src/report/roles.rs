//! `rolebook.roles/1`: the roles of a dataset, by family and rank.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::assess::Near;
use crate::doc::{Block, Doc, Line, Records, Report, Table, Tone};
use crate::format::Family;
use crate::framework::{Framework, Role};
use crate::report::parts::{DatasetEntry, FamilyEntry, ListedRole, NearEntry, NearRoleEntry, RoleCounts};
use crate::report::{flat, tables};
use crate::text::counted;

/// The roles of a dataset.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RolesReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    families: Vec<FamilyEntry<'d>>,
    roles: Vec<ListedRole<'d>>,
    /// Where the dataset comes from.
    #[serde(skip)]
    origin: String,
    #[serde(skip)]
    brief: bool,
    /// The role that the others are compared with.
    #[serde(skip)]
    near: Option<&'d str>,
}

impl<'d> RolesReport<'d> {
    /// The report on the roles that pass `wanted`, and are in `family` if one is given. `origin` says where the dataset
    /// comes from; a `brief` document has one line per role.
    pub fn new(
        dataset: &'d Framework<'d>,
        family: Option<&Family<'d>>,
        wanted: impl Fn(&Role<'d>) -> bool,
        origin: String,
        brief: bool,
    ) -> Self {
        let is_in_family =
            |role: &Role<'d>| family.is_none_or(|family| role.family.as_ref() == Some(&family.id));
        let mut roles: Vec<&Role> =
            dataset.roles.iter().filter(|role| is_in_family(role) && wanted(role)).collect();
        // Families come in declared order; roles without one come last.
        roles.sort_by_key(|role| {
            let place = |index: Option<usize>| index.unwrap_or(usize::MAX);
            (place(role.family_index), place(role.track_index), role.rank.unwrap_or(i64::MAX))
        });
        let counts = RoleCounts::of_all(dataset);
        let is_listed = |known: &Family<'d>| family.is_none_or(|family| family.id == known.id);
        Self {
            schema: "rolebook.roles/1",
            dataset: DatasetEntry::new(dataset),
            families: dataset
                .families
                .iter()
                .filter(|known| is_listed(known))
                .map(FamilyEntry::new)
                .collect(),
            roles: roles.into_iter().map(|role| ListedRole::new(&counts, role)).collect(),
            origin,
            brief,
            near: None,
        }
    }

    /// Sorts the roles like `near` and adds how many of their needs `role` meets. Roles not in `near` are left out.
    #[must_use]
    pub fn near(mut self, role: &'d Role<'_>, near: &[Near<'d>]) -> Self {
        let mut listed: HashMap<&str, ListedRole<'d>> =
            self.roles.drain(..).map(|role| (role.id, role)).collect();
        self.roles = near
            .iter()
            .filter_map(|Near { role, counts, gaps }| {
                let near = NearRoleEntry {
                    near: NearEntry::new(*counts),
                    gaps: gaps.iter().map(|skill| skill.id.as_str()).collect(),
                    gap_titles: gaps.iter().map(|skill| skill.title.as_str()).collect(),
                };
                Some(ListedRole { near: Some(near), ..listed.remove(role.id.as_str())? })
            })
            .collect();
        self.near = Some(&role.title);
        self
    }

    /// One line per role: id, title, family and rank.
    fn lines(&self) -> Table<'_> {
        let titles: HashMap<&str, &str> =
            self.families.iter().map(|family| (family.id, family.title)).collect();
        let rows = self.roles.iter().map(|role| {
            let family = role.family.map(|id| titles.get(id).copied().unwrap_or(id));
            let rank = role.rank.map(|rank| rank.to_string());
            let place: Vec<&str> = role.track.into_iter().chain(rank.as_deref()).collect();
            vec![
                vec![Line::toned(Tone::Code, role.id)],
                vec![role.heading()],
                family.map(Line::from).into_iter().collect(),
                if place.is_empty() { Vec::new() } else { vec![place.join(" ").into()] },
            ]
        });
        Table { head: ["Id", "Title", "Family", "Rank"].map(Line::from).to_vec(), rows: rows.collect() }
    }
}

/// The most missing skills that are listed for a role.
const MOST_MISSING: usize = 5;

/// The first few titles, and how many more there are.
fn few(titles: &[&str]) -> String {
    match titles.get(..MOST_MISSING) {
        Some(few) if titles.len() > MOST_MISSING => {
            format!("{} and {} more", few.join(", "), titles.len() - MOST_MISSING)
        }
        _ if titles.is_empty() => "nothing".to_owned(),
        _ => titles.join(", "),
    }
}

impl Report for RolesReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.dataset.title, &self.dataset);
        doc.aside = Some(format!("{}, {}", self.dataset.label(), self.origin).into());
        if let Some(role) = self.near {
            doc.paragraph(format!("How much of each other role {role} already covers"));
            let rows = self.roles.iter().filter_map(|role| {
                let near = role.near.as_ref()?;
                Some(vec![
                    vec![role.title.into()],
                    vec![near.near.counts.words().into()],
                    vec![few(&near.gap_titles).into()],
                ])
            });
            let head = ["Role", "Needs", "Missing"].map(Line::from).to_vec();
            doc.table(Table { head, rows: rows.collect() });
            return doc;
        }
        doc.paragraph(counted(self.roles.len(), "role"));
        if self.brief {
            if !self.roles.is_empty() {
                doc.push(Block::Columns(self.lines()));
            }
            return doc;
        }
        let mut by_family: HashMap<Option<&str>, Vec<&ListedRole<'_>>> = HashMap::new();
        for role in &self.roles {
            by_family.entry(role.family).or_default().push(role);
        }
        for family in &self.families {
            let roles = by_family.remove(&Some(family.id)).unwrap_or_default();
            if roles.is_empty() {
                continue;
            }
            doc.heading(2, family.title);
            doc.table(tables::listing(roles));
        }
        let rest = tables::listing(by_family.remove(&None).unwrap_or_default());
        if !self.families.is_empty() && !rest.rows.is_empty() {
            doc.heading(2, "Without a family");
        }
        doc.table(rest);
        doc
    }

    fn records(&self) -> Records<'_> {
        let rows = self.roles.iter().map(|role| {
            let ListedRole {
                id,
                title,
                ref aliases,
                family,
                track,
                rank,
                status,
                summary,
                ref counts,
                ref near,
                ..
            } = *role;
            [
                id.into(),
                title.into(),
                (!aliases.is_empty()).then(|| aliases.join(flat::BETWEEN)).into(),
                family.into(),
                rank.into(),
                status.name().into(),
                summary.into(),
                counts.statements.into(),
                counts.skills.into(),
                track.into(),
                near.as_ref().map(|near| near.near.met).into(),
                near.as_ref().map(|near| near.near.needed).into(),
            ]
        });
        let columns = &[
            "role",
            "title",
            "aliases",
            "family",
            "rank",
            "status",
            "summary",
            "statements",
            "skills",
            "track",
            "near_met",
            "near_needed",
        ];
        Records::new(columns, rows)
    }
}
