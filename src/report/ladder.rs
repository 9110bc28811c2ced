//! `rolebook.ladder/1`: what each rank of a family adds to the rank below it.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::ladder::{Ladder, Rung, Step, StepKind};
use crate::doc::{Block, Doc, Line, Records, Report, Table, Tone, Value};
use crate::framework::{Framework, Role, Statement};
use crate::report::parts::{
    DatasetEntry, RoleEntry, ScaleEntry, SkillEntry, StatementEntry, TrackEntry, opt,
};
use crate::report::tables;
use crate::text::{command, counted};

/// A family's ladder.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LadderReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    family: LadderFamily<'d>,
    tracks: Vec<TrackEntry<'d>>,
    /// The roles, by track and rank.
    ranks: Vec<RankEntry<'d>>,
    scales: Vec<ScaleEntry<'d>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LadderFamily<'d> {
    id: &'d str,
    title: &'d str,
    parent: Option<&'d str>,
    /// The families within this one.
    families: Vec<PartEntry<'d>>,
}

/// A family with its title.
#[derive(Debug, Serialize, JsonSchema)]
struct PartEntry<'d> {
    id: &'d str,
    title: &'d str,
}

/// A role on the ladder, and how it differs from the one below.
#[derive(Debug, Serialize, JsonSchema)]
struct RankEntry<'d> {
    role: RoleEntry<'d>,
    track: Option<&'d str>,
    rank: Option<i64>,
    /// The role that it is compared with; `null` for the lowest role, which adds all its statements.
    compared_with: Option<&'d str>,
    added: Vec<StepEntry<'d>>,
    raised: Vec<StepEntry<'d>>,
    lowered: Vec<StepEntry<'d>>,
    replaced: Vec<StepEntry<'d>>,
    dropped: Vec<StepEntry<'d>>,
    #[serde(skip)]
    below: Option<&'d str>,
}

/// A difference in one aspect: the statement of the role below, and that of this role.
#[derive(Debug, Serialize, JsonSchema)]
struct StepEntry<'d> {
    aspect: &'d str,
    title: &'d str,
    skill: Option<SkillEntry<'d>>,
    from: Option<StatementEntry<'d>>,
    to: Option<StatementEntry<'d>>,
}

/// The kinds of steps, as named in records.
const KINDS: [&str; 5] = ["added", "raised", "lowered", "replaced", "dropped"];

impl<'d> LadderReport<'d> {
    /// Reports on a ladder.
    pub fn new(dataset: &'d Framework<'d>, ladder: &Ladder<'d>) -> Self {
        let family = ladder.family;
        let parts = dataset.families.iter().filter(|other| other.parent.as_ref() == Some(&family.id));
        let used: Vec<&str> = ladder
            .rungs
            .iter()
            .flat_map(|rung| &rung.steps)
            .filter_map(|step| step.aspect.scale())
            .map(|scale| scale.id.as_str())
            .collect();
        let scales = dataset.scales.iter().filter(|scale| used.contains(&scale.id.as_str()));
        Self {
            schema: "rolebook.ladder/1",
            dataset: DatasetEntry::new(dataset),
            family: LadderFamily {
                id: &family.id,
                title: &family.title,
                parent: opt(family.parent.as_ref()),
                families: parts.map(|part| PartEntry { id: &part.id, title: &part.title }).collect(),
            },
            tracks: family.tracks.iter().map(TrackEntry::new).collect(),
            ranks: ladder.rungs.iter().map(|rung| RankEntry::new(dataset, rung)).collect(),
            scales: scales.map(|scale| ScaleEntry::new(scale)).collect(),
        }
    }

    /// The tracks that have roles; roles without a track come last.
    fn columns(&self) -> Vec<(Option<&str>, &str)> {
        let mut columns: Vec<(Option<&str>, &str)> =
            self.tracks.iter().map(|track| (Some(track.id), track.title)).collect();
        columns.push((None, if self.tracks.is_empty() { "What it adds" } else { "No track" }));
        let used: HashSet<Option<&str>> = self.ranks.iter().map(|rank| rank.track).collect();
        columns.retain(|(track, _)| used.contains(track));
        columns
    }
}

impl<'d> RankEntry<'d> {
    fn new(framework: &'d Framework<'d>, rung: &Rung<'d>) -> Self {
        let mut entry = Self {
            role: RoleEntry::new(rung.role),
            track: opt(rung.role.track.as_ref()),
            rank: rung.role.rank,
            compared_with: rung.below.map(|below| below.id.as_str()),
            added: Vec::new(),
            raised: Vec::new(),
            lowered: Vec::new(),
            replaced: Vec::new(),
            dropped: Vec::new(),
            below: rung.below.map(|below| below.title.as_str()),
        };
        for Step { aspect, kind, from, to } in &rung.steps {
            let list = match kind {
                StepKind::Added => &mut entry.added,
                StepKind::Raised => &mut entry.raised,
                StepKind::Lowered => &mut entry.lowered,
                StepKind::Replaced => &mut entry.replaced,
                StepKind::Dropped => &mut entry.dropped,
            };
            let said = |one: Option<&'d Statement<'d>>, role: Option<&Role<'_>>| {
                one.map(|one| StatementEntry::of_all(framework, one, role))
            };
            list.push(StepEntry {
                aspect: &aspect.id,
                title: &aspect.title,
                skill: SkillEntry::of(aspect),
                from: said(*from, rung.below),
                to: said(*to, Some(rung.role)),
            });
        }
        entry
    }

    fn steps(&self) -> impl Iterator<Item = (&'static str, &StepEntry<'d>)> {
        let lists = [&self.added, &self.raised, &self.lowered, &self.replaced, &self.dropped];
        KINDS.into_iter().zip(lists).flat_map(|(kind, list)| list.iter().map(move |step| (kind, step)))
    }

    /// What the role changes, one per line. A statement that only the role below has is named briefly, not repeated.
    fn changes(&self) -> Vec<Line<'d>> {
        let lead = |text: &'static str| if self.compared_with.is_some() { text } else { "" };
        let mut lines: Vec<Line<'_>> = Vec::new();
        lines.extend(self.added.iter().map(|step| step.line(lead("New: "))));
        lines.extend(self.raised.iter().map(|step| step.line("Raised: ")));
        lines.extend(self.lowered.iter().map(|step| step.line("Lowered: ")));
        lines.extend(self.replaced.iter().map(|step| step.line("Replaced: ")));
        let mut gone: Vec<&str> = Vec::new();
        for step in &self.dropped {
            let goes_on = self.added.iter().chain(&self.replaced).any(|new| new.aspect == step.aspect);
            if !goes_on && !gone.contains(&step.title) {
                gone.push(step.title);
            }
        }
        if !gone.is_empty() {
            lines.push(format!("No longer mentioned: {}", gone.join(", ")).into());
        }
        lines
    }

    /// The role's title, and the role it is compared with.
    fn title(&self) -> Line<'d> {
        let title = Line::toned(Tone::Strong, self.role.title);
        match self.below {
            Some(below) => title.and(Tone::Muted, format!(" (from {below})")),
            None => title,
        }
    }
}

impl<'d> StepEntry<'d> {
    fn line(&self, lead: &'static str) -> Line<'d> {
        let level = |said: &Option<StatementEntry<'d>>| said.as_ref()?.fields().level_title;
        let mut line = Line::default();
        if !lead.is_empty() {
            line = line.and(Tone::Muted, lead);
        }
        line = line.and(Tone::Plain, format!("{}: ", self.title));
        if let (Some(from), Some(to)) = (level(&self.from), level(&self.to)) {
            return line.and(Tone::Plain, format!("{from} → {to}"));
        }
        if let Some(said) = &self.to {
            line.0.extend(tables::brief(said).0);
        }
        match self.from.as_ref().and_then(|from| from.fields().text) {
            Some(text) => line.and(Tone::Muted, format!(" (instead of: {text})")),
            None => line,
        }
    }
}

impl Report for LadderReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.family.title, &self.dataset);
        doc.paragraph(counted(self.ranks.len(), "role"));
        if !self.family.families.is_empty() {
            let titles: Vec<&str> = self.family.families.iter().map(|part| part.title).collect();
            doc.paragraph(format!("Subfamilies: {}", titles.join(", ")));
        }
        if self.ranks.is_empty() {
            return doc;
        }
        // Roles without ranks are not a ladder; suggest an ordinary comparison.
        if self.ranks.iter().all(|rank| rank.rank.is_none() && rank.compared_with.is_none()) {
            doc.push(Block::List(self.ranks.iter().map(|rank| rank.role.title.into()).collect()));
            doc.paragraph("These roles have no ranks. To see how they differ:");
            let compare = command(["compare", "--family", self.family.id]);
            doc.push(Block::Commands(vec![compare.into()]));
            return doc;
        }
        let mut ranks: Vec<Option<i64>> = self.ranks.iter().map(|rank| rank.rank).collect();
        ranks.sort_by_cached_key(|rank| rank.unwrap_or(i64::MAX));
        ranks.dedup();
        let name = |rank: &Option<i64>| rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let columns = self.columns();
        let mut places: HashMap<(Option<&str>, Option<i64>), Vec<&RankEntry<'_>>> = HashMap::new();
        for rank in &self.ranks {
            places.entry((rank.track, rank.rank)).or_default().push(rank);
        }
        let at = |track, rank| places.get(&(track, rank)).into_iter().flatten().copied();
        let table = if let [(track, title)] = columns.as_slice() {
            let here = |rank: &Option<i64>| at(*track, *rank);
            let rows = ranks.iter().flat_map(|rank| {
                let name = name(rank);
                here(rank).map(move |one| vec![vec![name.clone().into()], vec![one.title()], one.changes()])
            });
            Table { head: ["Rank", "Role", title].map(Line::from).to_vec(), rows: rows.collect() }
        } else {
            let rows = ranks.iter().map(|rank| {
                let cells = columns.iter().map(|(track, _)| {
                    at(*track, *rank)
                        .flat_map(|one| std::iter::once(one.title()).chain(one.changes()))
                        .collect()
                });
                std::iter::once(vec![name(rank).into()]).chain(cells).collect()
            });
            let titles = columns.iter().map(|(_, title)| Line::from(*title));
            Table { head: std::iter::once("Rank".into()).chain(titles).collect(), rows: rows.collect() }
        };
        doc.table(table);
        doc
    }

    /// One record per step of each rank.
    fn records(&self) -> Records<'_> {
        let rows = self.ranks.iter().flat_map(|rank| {
            rank.steps().map(move |(change, step)| {
                let said = |one: &Option<StatementEntry<'_>>| -> [Value<'_>; 4] {
                    let text = |value: Option<&str>| value.map(str::to_owned).into();
                    let one = one.as_ref().map(StatementEntry::fields);
                    [
                        text(one.map(|one| one.id)),
                        text(one.and_then(|one| one.level)),
                        text(one.and_then(|one| one.level_title)),
                        text(one.and_then(|one| one.text)),
                    ]
                };
                let [from, from_level, from_level_title, from_text] = said(&step.from);
                let [to, to_level, to_level_title, to_text] = said(&step.to);
                [
                    rank.track.into(),
                    rank.rank.into(),
                    rank.role.id.into(),
                    rank.role.title.into(),
                    rank.compared_with.into(),
                    change.into(),
                    step.aspect.into(),
                    step.title.into(),
                    step.skill.as_ref().map(|skill| skill.kind).into(),
                    from,
                    from_level,
                    from_level_title,
                    from_text,
                    to,
                    to_level,
                    to_level_title,
                    to_text,
                ]
            })
        });
        let columns = &[
            "track",
            "rank",
            "role",
            "role_title",
            "compared_with",
            "change",
            "aspect",
            "aspect_title",
            "skill_kind",
            "from",
            "from_level",
            "from_level_title",
            "from_text",
            "to",
            "to_level",
            "to_level_title",
            "to_text",
        ];
        Records::new(columns, rows)
    }
}
