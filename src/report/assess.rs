//! `rolebook.assess/1`: one person's ratings compared with one role or with all roles.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::assess::{Counts, Need, Standing};
use crate::doc::{Bar, Block, Cell, Doc, Line, Records, Report, Table, Tone};
use crate::framework::{Person, Rating, Role, Skills};
use crate::report::parts::{DatasetEntry, Fraction, NearEntry, RoleEntry};
use crate::report::tables;
use crate::text::{counted, listed};

/// Most roles to show if no role is named.
const MOST_ROLES: usize = 10;

/// One person's ratings compared with a role.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AssessReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    name: String,
    /// The revision that the ratings refer to, if it is older than the dataset's.
    older_revision: Option<String>,
    /// Ids of the skills whose ratings no longer fit the dataset.
    outdated: Vec<String>,
    /// The named role, or else the nearest one.
    role: Option<RoleEntry<'d>>,
    /// How many of the role's needs the person meets.
    met: usize,
    /// How many needs the role has, without optional ones.
    needed: usize,
    /// Share of the rated needs that the person meets, from 0 to 1; `null` if nothing is rated.
    share: Option<Fraction>,
    /// Share of the needs that are rated, from 0 to 1.
    coverage: Fraction,
    /// The share required by `--require`.
    required: Option<Fraction>,
    /// Whether the person reaches the required share.
    meets_required: Option<bool>,
    /// Needs that the person does not meet, smallest gap first.
    gaps: Vec<RatedNeed<'d>>,
    /// Needs that the person exceeds.
    strengths: Vec<RatedNeed<'d>>,
    /// Needs that the person meets, including strengths.
    held: Vec<RatedNeed<'d>>,
    /// Needs for skills that are not rated.
    unrated: Vec<RatedNeed<'d>>,
    /// The role's optional needs.
    optional: OptionalNeeds<'d>,
    /// All current roles, nearest first; empty if a role was named.
    roles: Vec<NearRole<'d>>,
    #[serde(skip)]
    counts: Option<Counts>,
    #[serde(skip)]
    is_rated: bool,
}

#[derive(Debug, Default, Serialize, JsonSchema)]
struct OptionalNeeds<'d> {
    met: usize,
    needed: usize,
    held: Vec<RatedNeed<'d>>,
    gaps: Vec<RatedNeed<'d>>,
    unrated: Vec<RatedNeed<'d>>,
}

/// A skill that a role needs, and the person's rating.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct RatedNeed<'d> {
    skill: &'d str,
    title: &'d str,
    section: &'d str,
    section_title: &'d str,
    has: Option<&'d str>,
    has_title: Option<&'d str>,
    needs: &'d str,
    needs_title: &'d str,
    /// How many levels are missing; 0 if the need is met, `null` if the skill is not rated.
    distance: Option<u16>,
    next: Option<NextLevel<'d>>,
    /// The role's statements about the skill.
    texts: Vec<&'d str>,
    inherited_from: Option<&'d str>,
    #[serde(skip)]
    base: Option<&'d str>,
}

/// The next level to reach, and what it means.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct NextLevel<'d> {
    title: &'d str,
    text: Option<&'d str>,
}

/// A role, and how many of its needs are met.
#[derive(Debug, Serialize, JsonSchema)]
struct NearRole<'d> {
    id: &'d str,
    title: &'d str,
    #[serde(flatten)]
    near: NearEntry,
}

impl<'d> AssessReport<'d> {
    /// Reports on a person: compared with a role and its needs, if given, and with other roles, nearest first.
    /// `required` is the share of rated needs to meet.
    pub(crate) fn new(
        skills: &Skills<'d>,
        person: &Person,
        role: Option<(&'d Role<'d>, &[Need<'d>])>,
        roles: &[(&'d Role<'d>, Counts)],
        required: Option<f64>,
    ) -> Self {
        let needs = role.map_or(&[][..], |(_, needs)| needs);
        let (optional, other): (Vec<&Need<'d>>, Vec<&Need<'d>>) =
            needs.iter().partition(|need| need.optional);
        let standing = Standing::of(other, &person.ratings);
        let optional = Standing::of(optional, &person.ratings);
        let counts = standing.counts();
        let rated = |pairs: &[(&Need<'d>, Rating)]| {
            pairs.iter().filter_map(|(need, rating)| RatedNeed::new(skills, need, Some(*rating))).collect()
        };
        let unrated = |needs: &[&Need<'d>]| {
            needs.iter().filter_map(|need| RatedNeed::new(skills, need, None)).collect()
        };
        let above: Vec<_> =
            standing.met.iter().filter(|(need, rating)| need.is_exceeded(*rating)).copied().collect();
        Self {
            schema: "rolebook.assess/1",
            dataset: DatasetEntry::new(skills.framework()),
            name: person.name.clone(),
            older_revision: person.older_revision.clone(),
            outdated: person.outdated.clone(),
            role: role.map(|(role, _)| RoleEntry::new(role)),
            met: counts.met,
            needed: counts.needed,
            share: counts.share().map(Fraction),
            coverage: Fraction(counts.coverage()),
            required: required.map(Fraction),
            meets_required: required.map(|required| counts.reaches(required)),
            gaps: rated(&standing.gaps),
            strengths: rated(&above),
            held: rated(&standing.met),
            unrated: unrated(&standing.unrated),
            optional: OptionalNeeds {
                met: optional.met.len(),
                needed: optional.counts().needed,
                held: rated(&optional.met),
                gaps: rated(&optional.gaps),
                unrated: unrated(&optional.unrated),
            },
            roles: roles.iter().map(|(role, counts)| NearRole::new(role, *counts)).collect(),
            counts: role.map(|_| counts),
            is_rated: person.ratings.iter().any(Option::is_some),
        }
    }

    /// Whether the person meets less than the required share.
    pub(crate) fn falls_short(&self) -> bool {
        self.meets_required == Some(false)
    }

    /// Says whether the person meets the required share.
    fn requirement(&self) -> Option<String> {
        let (required, counts) = (self.required?, self.counts?);
        let lead = if self.falls_short() { "Not enough" } else { "Enough" };
        Some(format!("{lead}: {}, {} required.", counts.words_of_rated(), required.0))
    }
}

impl<'d> RatedNeed<'d> {
    fn new(skills: &Skills<'d>, need: &Need<'d>, rating: Option<Rating>) -> Option<Self> {
        let skill = skills.all().get(need.skill)?;
        let title = |rating: Rating| {
            let level = skill.scale.and_then(|scale| scale.level(skill.word(rating)));
            level.map_or_else(|| skill.word(rating), |level| &level.title)
        };
        let needed = need.rating();
        let gap = rating.filter(|rating| need.distance(*rating) > 0);
        Some(Self {
            skill: &skill.aspect.id,
            title: &skill.aspect.title,
            section: &skill.section.id,
            section_title: &skill.section.title,
            has: rating.map(|rating| skill.word(rating)),
            has_title: rating.map(title),
            needs: if need.level.is_some() { skill.word(needed) } else { "yes" },
            needs_title: if need.level.is_some() { title(needed) } else { "yes" },
            distance: rating.map(|rating| need.distance(rating)),
            next: gap
                .and_then(|rating| need.next(skills, rating))
                .map(|(title, text)| NextLevel { title, text }),
            texts: need.texts().collect(),
            inherited_from: need.base.map(|base| base.id.as_str()),
            base: need.base.map(|base| base.title.as_str()),
        })
    }

    /// The skill's title, and the role that the need is inherited from.
    fn heading(&self) -> Line<'d> {
        let line = Line::from(self.title);
        match self.base {
            Some(base) => line.and(Tone::Muted, format!(" (from {base})")),
            None => line,
        }
    }

    /// The next level and what it means, or else the role's statements.
    fn step(&self) -> Cell<'d> {
        match &self.next {
            Some(next) => {
                let line = Line::toned(Tone::Strong, next.title);
                vec![match next.text {
                    Some(text) => line.and(Tone::Plain, format!(" – {text}")),
                    None => line,
                }]
            }
            None => self.texts.iter().map(|text| Line::from(*text)).collect(),
        }
    }

    fn row(&self) -> Vec<Cell<'d>> {
        let levels = format!("{} → {}", self.has_title.unwrap_or("not rated"), self.needs_title);
        vec![vec![self.heading()], vec![levels.into()], self.step()]
    }

    /// The skill with its levels, on one line.
    fn line(&self) -> Line<'d> {
        let levels = match self.has_title {
            Some(has) if has != self.needs_title => format!(": {has}, {} needed", self.needs_title),
            Some(_) => String::new(),
            None if self.needs_title == "yes" => String::new(),
            None => format!(": {} needed", self.needs_title),
        };
        let mut line = self.heading();
        line = line.and(Tone::Plain, levels);
        line
    }
}

impl<'d> NearRole<'d> {
    fn new(role: &'d Role<'d>, counts: Counts) -> Self {
        Self { id: &role.id, title: &role.title, near: NearEntry::new(counts) }
    }
}

fn gaps<'d>(gaps: &[RatedNeed<'d>]) -> Table<'d> {
    Table {
        head: ["Skill", "Level", "Next step"].map(Line::from).to_vec(),
        rows: gaps.iter().map(RatedNeed::row).collect(),
    }
}

fn list<'d>(doc: &mut Doc<'d>, heading: &'static str, needs: &[RatedNeed<'d>]) {
    if !needs.is_empty() {
        doc.heading(2, heading);
        doc.push(Block::List(needs.iter().map(RatedNeed::line).collect()));
    }
}

impl Report for AssessReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let title = match &self.role {
            Some(role) if self.roles.is_empty() => format!("{}: {}", self.name, role.title),
            _ => format!("{}: nearest roles", self.name),
        };
        let mut doc = tables::document(title, &self.dataset);
        if let Some(revision) = &self.older_revision {
            let mut words = format!("Rated against revision {revision} of the dataset.");
            if !self.outdated.is_empty() {
                let rated = counted(self.outdated.len(), "rating");
                let fit = if self.outdated.len() == 1 { "fits" } else { "fit" };
                let outdated = listed(&self.outdated, "and");
                words.extend([" ", &rated, " no longer ", fit, ": ", &outdated, "."]);
            }
            doc.paragraph(Line::toned(Tone::Muted, words));
        }
        if self.role.is_none() && !self.is_rated {
            doc.paragraph(
                "Nothing is rated yet. Rate some skills, or name a role with `--role` to list what it needs.",
            );
            return doc;
        }
        if !self.roles.is_empty() {
            let bars = self.roles.iter().take(MOST_ROLES).map(|role| Bar {
                label: role.title.into(),
                share: role.near.counts.part_met(),
                remark: role.near.counts.words().into(),
            });
            doc.push(Block::Bars(bars.collect()));
            if self.roles.len() > MOST_ROLES {
                doc.paragraph(format!("The nearest {MOST_ROLES} of {}.", counted(self.roles.len(), "role")));
            }
        }
        let (Some(role), Some(counts)) = (&self.role, self.counts) else {
            doc.paragraph("No current role needs any skills.");
            return doc;
        };
        let verdict = Line::toned(Tone::Strong, counts.words());
        doc.paragraph(if self.roles.is_empty() {
            verdict
        } else {
            Line::from(role.title).and(Tone::Plain, ": ").and(Tone::Strong, counts.words())
        });
        if let Some(requirement) = self.requirement() {
            doc.paragraph(requirement);
        }
        if !self.gaps.is_empty() {
            doc.heading(2, "Gaps, nearest first");
            doc.table(gaps(&self.gaps));
        }
        list(&mut doc, "Strengths", &self.strengths);
        list(&mut doc, "Not rated", &self.unrated);
        let optional = &self.optional;
        if optional.needed > 0 {
            doc.heading(2, "Optional");
            doc.paragraph(format!("{} of {} met", optional.met, optional.needed));
            doc.table(gaps(&optional.gaps));
            if !optional.unrated.is_empty() {
                doc.push(Block::List(optional.unrated.iter().map(RatedNeed::line).collect()));
            }
        }
        doc
    }

    /// One record per skill that the role needs.
    fn records(&self) -> Records<'_> {
        let lists = [
            ("gap", false, &self.gaps),
            ("met", false, &self.held),
            ("unrated", false, &self.unrated),
            ("gap", true, &self.optional.gaps),
            ("met", true, &self.optional.held),
            ("unrated", true, &self.optional.unrated),
        ];
        let role = self.role.as_ref().map(|role| role.id);
        let rows = lists.into_iter().flat_map(move |(standing, optional, needs)| {
            needs.iter().map(move |need| {
                [
                    self.name.as_str().into(),
                    role.into(),
                    standing.into(),
                    need.skill.into(),
                    need.title.into(),
                    need.has.into(),
                    need.needs.into(),
                    need.distance.map(i64::from).into(),
                    optional.into(),
                    need.inherited_from.into(),
                    need.section.into(),
                    need.section_title.into(),
                    need.has_title.into(),
                    need.needs_title.into(),
                ]
            })
        });
        let columns = &[
            "name",
            "role",
            "standing",
            "skill",
            "skill_title",
            "has",
            "needs",
            "distance",
            "optional",
            "inherited_from",
            "section",
            "section_title",
            "has_title",
            "needs_title",
        ];
        Records::new(columns, rows)
    }
}
