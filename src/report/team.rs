//! `rolebook.team/1`: which skills a team has, and which ones nobody or only one person has.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::assess::{Counts, Need, Standing, reached, required};
use crate::doc::{Block, Doc, Line, Mark, Matrix, Records, Report, Table, Tone, Value};
use crate::framework::{Person, RatedSkill, Rating, Role, Skills};
use crate::report::parts::{DatasetEntry, Fraction, RoleEntry};
use crate::report::tables;
use crate::text::counted;

/// Most people for whom to show a matrix.
const MOST_COLUMNS: usize = 40;

/// The skills of several people.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TeamReport<'d> {
    schema: &'static str,
    dataset: DatasetEntry<'d>,
    /// The role that the people are compared with; `null` if all skills count.
    role: Option<RoleEntry<'d>>,
    people: Vec<PersonEntry<'d>>,
    /// The share of rated needs that `--require` requires of everybody.
    required: Option<Fraction>,
    /// Names of the people below the required share.
    below_required: Vec<&'d str>,
    skills: Vec<TeamSkill<'d>>,
}

/// A person, and how many of the role's needs they meet.
#[derive(Debug, Serialize, JsonSchema)]
struct PersonEntry<'d> {
    name: &'d str,
    met: Option<usize>,
    needed: Option<usize>,
    share: Option<Fraction>,
    coverage: Option<Fraction>,
    #[schemars(with = "BTreeMap<String, String>")]
    ratings: Ratings<'d>,
    #[serde(skip)]
    counts: Option<Counts>,
}

/// Ratings by skill id, looked up only when written because there may be millions.
#[derive(Debug)]
struct Ratings<'d> {
    skills: Rc<[RatedSkill<'d>]>,
    person: &'d Person,
}

impl<'d> Ratings<'d> {
    fn of(&self, number: usize) -> Option<&'d str> {
        let rating = self.person.ratings.get(number).copied().flatten()?;
        Some(self.skills.get(number)?.word(rating))
    }
}

impl Serialize for Ratings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let skills = self.skills.iter().enumerate();
        serializer.collect_map(
            skills.filter_map(|(number, skill)| Some((skill.aspect.id.as_str(), self.of(number)?))),
        )
    }
}

/// A skill, and how many people have it.
#[derive(Debug, Serialize, JsonSchema)]
struct TeamSkill<'d> {
    id: &'d str,
    title: &'d str,
    section: &'d str,
    section_title: &'d str,
    /// The level that the role needs, or `yes` if it needs no particular level; `null` without a role.
    needs: Option<&'d str>,
    needs_title: Option<&'d str>,
    optional: bool,
    /// How many people have each level or a higher one.
    levels: Vec<LevelCount<'d>>,
    /// How many people meet the role's need or, without a role, have the skill.
    holders: usize,
    /// The person's name, if only one person has the skill.
    only: Option<&'d str>,
    /// How many people are not rated in the skill.
    unrated: usize,
    #[serde(skip)]
    number: usize,
    #[serde(skip)]
    marks: Vec<Option<Mark<'d>>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LevelCount<'d> {
    level: &'d str,
    title: &'d str,
    people: usize,
}

impl<'d> TeamReport<'d> {
    /// Reports on people: compared with a role and its needs, or for all skills that anybody is rated in. `required` is
    /// the share of rated needs that everybody should meet.
    pub(crate) fn new(
        skills: &Skills<'d>,
        people: &'d [Person],
        role: Option<(&'d Role<'d>, &[Need<'d>])>,
        required: Option<f64>,
    ) -> Self {
        let all: Rc<[RatedSkill<'d>]> = skills.all().into();
        let needs = role.map(|(_, needs)| needs);
        let entries = people.iter().map(|person| PersonEntry::new(Rc::clone(&all), person, needs));
        let entries: Vec<PersonEntry<'d>> = entries.collect();
        let falls_short = |person: &&PersonEntry<'d>| match (required, person.counts) {
            (Some(required), Some(counts)) => !counts.reaches(required),
            _ => false,
        };
        let is_rated = |number: usize| {
            people.iter().any(|person| person.ratings.get(number).is_some_and(Option::is_some))
        };
        let team_skill = |number: usize, need: Option<&Need<'d>>| {
            let skill = skills.all().get(number)?;
            Some(TeamSkill::new(skill, number, need, people))
        };
        let found = match role {
            Some((_, needs)) => needs.iter().filter_map(|need| team_skill(need.skill, Some(need))).collect(),
            None => (0..skills.all().len())
                .filter(|number| is_rated(*number))
                .filter_map(|number| team_skill(number, None))
                .collect(),
        };
        Self {
            schema: "rolebook.team/1",
            dataset: DatasetEntry::new(skills.framework()),
            role: role.map(|(role, _)| RoleEntry::new(role)),
            below_required: entries.iter().filter(falls_short).map(|person| person.name).collect(),
            people: entries,
            required: required.map(Fraction),
            skills: found,
        }
    }

    /// Whether anybody meets less than the required share.
    pub(crate) fn falls_short(&self) -> bool {
        !self.below_required.is_empty()
    }

    /// Says that everybody meets the required share, or lists who does not.
    fn requirement(&self, doc: &mut Doc<'_>) {
        let Some(required) = self.required else { return };
        if !self.falls_short() {
            doc.paragraph(format!("Everybody meets at least {} of the rated needs.", required.0));
            return;
        }
        doc.heading(2, format!("Below {} of the rated needs", required.0));
        let below: HashSet<&str> = self.below_required.iter().copied().collect();
        let people = self.people.iter().filter(|person| below.contains(person.name));
        let points = people.filter_map(|person| {
            Some(Line::from(format!("{}: {}", person.name, person.counts?.words_of_rated())))
        });
        doc.push(Block::List(points.collect()));
    }
}

impl<'d> PersonEntry<'d> {
    fn new(skills: Rc<[RatedSkill<'d>]>, person: &'d Person, needs: Option<&[Need<'d>]>) -> Self {
        let counts = needs.map(|needs| Standing::of(required(needs), &person.ratings).counts());
        Self {
            name: &person.name,
            met: counts.map(|counts| counts.met),
            needed: counts.map(|counts| counts.needed),
            share: counts.and_then(Counts::share).map(Fraction),
            coverage: counts.map(|counts| Fraction(counts.coverage())),
            ratings: Ratings { skills, person },
            counts,
        }
    }
}

impl<'d> TeamSkill<'d> {
    fn new(skill: &RatedSkill<'d>, number: usize, need: Option<&Need<'d>>, people: &'d [Person]) -> Self {
        let rating = |person: &Person| person.ratings.get(number).copied().flatten();
        let title = |word: &'d str| {
            let level = skill.scale.and_then(|scale| scale.level(word));
            level.map_or(word, |level| level.title.as_str())
        };
        let is_holder = |rating: Rating| match need {
            Some(need) => need.distance(rating) == 0,
            None => rating > Rating::Partly,
        };
        let holders: Vec<&Person> =
            people.iter().filter(|person| rating(person).is_some_and(is_holder)).collect();
        let needs = need.map(|need| if need.level.is_some() { skill.word(need.rating()) } else { "yes" });
        let counts = reached(skill, people.iter().map(rating));
        let levels = skill.levels();
        let words = if levels.is_empty() {
            vec!["yes"]
        } else {
            levels.iter().map(|level| level.id.as_str()).collect()
        };
        let mark = |person: &Person| {
            let rating = rating(person)?;
            let height = match rating {
                Rating::Level(rank) => Some((usize::from(rank), levels.len())),
                Rating::No | Rating::Partly | Rating::Yes => None,
            };
            Some(Mark { text: title(skill.word(rating)).into(), height, optional: false })
        };
        // With too many people, no matrix is shown.
        let shown = if people.len() <= MOST_COLUMNS { people } else { &[] };
        Self {
            id: &skill.aspect.id,
            title: &skill.aspect.title,
            section: &skill.section.id,
            section_title: &skill.section.title,
            needs,
            needs_title: needs.map(title),
            optional: need.is_some_and(|need| need.optional),
            levels: words
                .into_iter()
                .zip(counts)
                .map(|(level, people)| LevelCount { level, title: title(level), people })
                .collect(),
            holders: holders.len(),
            only: if let [one] = holders.as_slice() { Some(&one.name) } else { None },
            unrated: people.iter().filter(|person| rating(person).is_none()).count(),
            number,
            marks: shown.iter().map(mark).collect(),
        }
    }

    /// The skill's title, and the level that is needed.
    fn heading(&self) -> Line<'d> {
        let line = Line::from(self.title);
        match self.needs_title.filter(|_| self.needs != Some("yes")) {
            Some(needs) => line.and(Tone::Muted, format!(" ({needs})")),
            None => line,
        }
    }
}

impl<'d> Report for TeamReport<'d> {
    fn doc(&self) -> Doc<'_> {
        let title = match &self.role {
            Some(role) => format!("Team: {}", role.title),
            None => "Team".to_owned(),
        };
        let mut doc = tables::document(title, &self.dataset);
        let people = counted(self.people.len(), "person").replace("persons", "people");
        doc.paragraph(format!("{people}, {}", counted(self.skills.len(), "skill")));
        self.requirement(&mut doc);
        let required = || self.skills.iter().filter(|skill| !skill.optional);
        // What nobody is rated in is unknown, not missing.
        let (unrated, missing): (Vec<_>, Vec<_>) = required()
            .filter(|skill| skill.holders == 0)
            .partition(|skill| skill.unrated == self.people.len());
        let headings = |skills: Vec<&TeamSkill<'d>>| skills.into_iter().map(TeamSkill::heading).collect();
        for (title, skills) in [("Nobody has", missing), ("Nobody is rated in", unrated)] {
            if !skills.is_empty() {
                doc.heading(2, title);
                doc.push(Block::List(headings(skills)));
            }
        }
        let only: Vec<Line<'_>> = required()
            .filter_map(|skill| Some((skill, skill.only?)))
            .map(|(skill, only)| skill.heading().and(Tone::Plain, format!(": {only}")))
            .collect();
        if !only.is_empty() {
            doc.heading(2, "Only one person has");
            doc.push(Block::List(only));
        }
        let covered = required().filter(|skill| skill.holders > 1).count();
        let all = counted(required().count(), "skill");
        let verb = if covered == 1 { "is" } else { "are" };
        doc.paragraph(format!("{covered} of {all} {verb} held by more than one person."));
        if self.people.len() <= MOST_COLUMNS {
            doc.heading(2, "Who does what");
            for skills in self.skills.chunk_by(|one, other| one.section == other.section) {
                if let Some(first) = skills.first() {
                    doc.heading(3, first.section_title);
                }
                let rows = skills.iter().map(|skill| (skill.heading(), skill.marks.clone()));
                doc.push(Block::Matrix(Matrix {
                    corner: "Skill".into(),
                    columns: self.people.iter().map(|person| person.name.into()).collect(),
                    rows: rows.collect(),
                }));
            }
            if self.role.is_some() {
                doc.heading(2, "Needs met per person");
                let rows = self.people.iter().filter_map(|person| {
                    let words = person.counts?.words();
                    Some(vec![vec![person.name.into()], vec![words.into()]])
                });
                let head = ["Person", "Needs"].map(Line::from).to_vec();
                doc.push(Block::Columns(Table { head, rows: rows.collect() }));
            }
        } else {
            doc.heading(2, "How many people reach each level");
            let rows = self.skills.iter().map(|skill| {
                let levels = skill.levels.iter().map(|level| format!("{} {}", level.people, level.title));
                let levels: Vec<String> = levels.collect();
                vec![
                    vec![skill.heading()],
                    vec![levels.join(", ").into()],
                    vec![skill.unrated.to_string().into()],
                ]
            });
            let head = ["Skill", "People", "Not rated"].map(Line::from).to_vec();
            doc.table(Table { head, rows: rows.collect() });
        }
        doc
    }

    /// One record per person, with one column per skill.
    fn records(&self) -> Records<'_> {
        let of_person = ["name", "met", "needed", "share", "coverage"];
        let skills = self.skills.iter().map(|skill| Cow::Borrowed(skill.id));
        let columns = of_person.into_iter().map(Cow::Borrowed).chain(skills).collect();
        let share =
            |share: Option<Fraction>| -> Value<'_> { share.map(|share| format!("{:.4}", share.0)).into() };
        let rows = self.people.iter().map(move |person| {
            let first: [Value<'_>; 5] = [
                person.name.into(),
                person.met.into(),
                person.needed.into(),
                share(person.share),
                share(person.coverage),
            ];
            first
                .into_iter()
                .chain(self.skills.iter().map(|skill| person.ratings.of(skill.number).into()))
                .collect()
        });
        Records::wide(columns, rows)
    }
}
