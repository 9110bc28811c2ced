//! Compares a person, or somebody in one role, with what roles need.
//!
//! Each skill that a role needs counts once: as met, as a gap, or as not rated. Levels are compared by their rank on
//! the scale. A skill that is described only in words is needed, but at no particular level.

use std::cmp::Ordering;

use crate::format::{Status, Text};
use crate::framework::{Aspect, Framework, RatedSkill, Rating, Role, Skills, Statement};
use crate::text::counted;

/// What a role needs of a skill.
#[derive(Debug, Clone)]
pub struct Need<'d> {
    /// Index of the skill.
    pub skill: usize,
    /// The role's statements about the skill.
    pub statements: Vec<&'d Statement<'d>>,
    /// Rank of the level needed; `None` if any level will do.
    pub level: Option<u16>,
    /// Whether the skill is optional for the role.
    pub optional: bool,
    /// The role that the need is inherited from; `None` if any of it is the role's own.
    pub base: Option<&'d Role<'d>>,
}

/// The needs of all roles.
#[derive(Debug)]
pub struct Needs<'d> {
    /// One list per role, with the roles and skills in dataset order.
    by_role: Vec<(&'d Role<'d>, Vec<Need<'d>>)>,
}

impl<'d> Needs<'d> {
    /// Collects the needs of all roles in one pass over the dataset.
    pub fn of(skills: &Skills<'d>) -> Self {
        let framework = skills.framework();
        let mut by_role: Vec<(&Role<'_>, Vec<Need<'_>>)> =
            framework.roles.iter().map(|role| (role, Vec::new())).collect();
        for (number, skill) in skills.all().iter().enumerate() {
            for statement in &skill.aspect.statements {
                for holder in &statement.holders {
                    let Some((_, needs)) = by_role.get_mut(holder.role.get()) else { continue };
                    if needs.last().is_none_or(|need| need.skill != number) {
                        needs.push(Need::new(number));
                    }
                    if let Some(need) = needs.last_mut() {
                        need.add(statement, framework.base(*holder));
                    }
                }
            }
        }
        Self { by_role }
    }

    /// The needs of one role.
    pub fn of_role(&self, role: &Role<'_>) -> &[Need<'d>] {
        self.by_role.get(role.index.get()).map_or(&[], |(_, needs)| needs)
    }

    /// Each role with its needs.
    pub fn all(&self) -> impl Iterator<Item = (&'d Role<'d>, &[Need<'d>])> {
        self.by_role.iter().map(|(role, needs)| (*role, needs.as_slice()))
    }
}

impl<'d> Need<'d> {
    fn new(skill: usize) -> Self {
        Self { skill, statements: Vec::new(), level: None, optional: true, base: None }
    }

    fn add(&mut self, statement: &'d Statement<'d>, base: Option<&'d Role<'d>>) {
        let level = statement.rank().and_then(|rank| u16::try_from(rank).ok());
        // If there is both a level and a text, the level counts.
        self.level = self.level.max(level);
        self.optional &= statement.optional;
        self.base = if self.statements.is_empty() { base } else { self.base.and(base) };
        self.statements.push(statement);
    }

    /// The lowest rating that meets the need.
    pub fn rating(&self) -> Rating {
        self.level.map_or(Rating::Yes, Rating::Level)
    }

    /// How many levels the rating is below the need; 0 if it is met.
    pub fn distance(&self, rating: Rating) -> u16 {
        match (self.level, rating) {
            (Some(needed), Rating::Level(has)) => needed.saturating_sub(has),
            (Some(needed), Rating::No) => needed,
            // Not valid ratings for a skill with levels.
            (Some(_) | None, Rating::Yes) | (None, Rating::Level(_)) => 0,
            (Some(_) | None, Rating::Partly) => 1,
            (None, Rating::No) => 2,
        }
    }

    /// Whether the rating is above what is needed.
    pub fn is_exceeded(&self, rating: Rating) -> bool {
        matches!((self.level, rating), (Some(needed), Rating::Level(has)) if has > needed)
    }

    /// The next level to reach after this rating: its title, and its description if there is one.
    pub fn next(&self, skills: &Skills<'d>, rating: Rating) -> Option<(&'d str, Option<&'d str>)> {
        let skill = skills.all().get(self.skill)?;
        let has = if let Rating::Level(rank) = rating { usize::from(rank) } else { 0 };
        self.level?;
        let level = skill.levels().get(has)?;
        let descriptor = skill.aspect.descriptor(&level.id);
        let stated = self.statements.iter().find(|one| one.level_id() == Some(&level.id));
        let text = descriptor.or_else(|| stated?.text.as_ref()).or(level.summary.as_ref());
        Some((&level.title, text.map(Text::as_str)))
    }

    /// The texts of the role's statements.
    pub fn texts(&self) -> impl Iterator<Item = &'d str> {
        self.statements.iter().filter_map(|statement| statement.text.as_deref())
    }
}

/// A person's ratings compared with some needs. Each need is in exactly one list.
#[derive(Debug, Clone)]
pub struct Standing<'n, 'd> {
    /// Needs that are met, with the person's rating.
    pub met: Vec<(&'n Need<'d>, Rating)>,
    /// Needs that are not met, with the person's rating, smallest gap first.
    pub gaps: Vec<(&'n Need<'d>, Rating)>,
    /// Needs for skills that are not rated.
    pub unrated: Vec<&'n Need<'d>>,
}

/// How many needs are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// How many needs are met.
    pub met: usize,
    /// How many needs there are.
    pub needed: usize,
    /// How many needs are not rated.
    pub unrated: usize,
}

impl<'n, 'd> Standing<'n, 'd> {
    /// Compares ratings with needs.
    pub fn of(needs: impl IntoIterator<Item = &'n Need<'d>>, ratings: &[Option<Rating>]) -> Self
    where
        'd: 'n,
    {
        let mut standing = Self { met: Vec::new(), gaps: Vec::new(), unrated: Vec::new() };
        for need in needs {
            match ratings.get(need.skill).copied().flatten() {
                None => standing.unrated.push(need),
                Some(rating) if need.distance(rating) == 0 => standing.met.push((need, rating)),
                Some(rating) => standing.gaps.push((need, rating)),
            }
        }
        standing.gaps.sort_by_cached_key(|(need, rating)| need.distance(*rating));
        standing
    }

    /// How many needs are met.
    pub fn counts(&self) -> Counts {
        let (met, unrated) = (self.met.len(), self.unrated.len());
        Counts { met, needed: met + self.gaps.len() + unrated, unrated }
    }
}

impl Counts {
    /// Share of the rated needs that are met, from 0 to 1; `None` if nothing is rated.
    pub fn share(self) -> Option<f64> {
        ratio(self.met, self.needed.saturating_sub(self.unrated))
    }

    /// Share of all needs that are known to be met.
    pub fn part_met(self) -> f64 {
        ratio(self.met, self.needed).unwrap_or(0.0)
    }

    /// Whether at least this share of the rated needs is met; `false` if nothing is rated.
    pub fn reaches(self, required: f64) -> bool {
        self.share().is_some_and(|share| share >= required)
    }

    /// Share of the needs that are rated; 1 if the role needs nothing.
    pub fn coverage(self) -> f64 {
        ratio(self.needed.saturating_sub(self.unrated), self.needed).unwrap_or(1.0)
    }

    /// Sorts the nearest first: by share, then by coverage. Unrated roles come last.
    pub fn nearness(self, other: Self) -> Ordering {
        let share = |counts: Self| counts.share().unwrap_or(-1.0);
        let (a, b) = (self, other);
        share(b).total_cmp(&share(a)).then(b.coverage().total_cmp(&a.coverage())).then(b.met.cmp(&a.met))
    }

    /// For example, "9 of 10 rated needs met".
    pub fn words_of_rated(self) -> String {
        match self.needed.saturating_sub(self.unrated) {
            0 if self.needed == 0 => "the role needs no skills".to_owned(),
            0 => "nothing is rated".to_owned(),
            rated => format!("{} of {} met", self.met, counted(rated, "rated need")),
        }
    }

    /// For example, "9 of 12 met, 2 not rated".
    pub fn words(self) -> String {
        let Self { met, needed, unrated } = self;
        let rest = if unrated > 0 { format!(", {unrated} not rated") } else { String::new() };
        format!("{met} of {needed} met{rest}")
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    (whole > 0).then(|| number(part) / number(whole))
}

/// The needs that are not optional.
pub fn required<'n, 'd>(needs: &'n [Need<'d>]) -> impl Iterator<Item = &'n Need<'d>> {
    needs.iter().filter(|need| !need.optional)
}

/// Compares ratings with what each role requires; nearest role first.
pub fn by_nearness<'d>(
    needs: &Needs<'d>,
    ratings: &[Option<Rating>],
    is_wanted: &dyn Fn(&Role<'_>) -> bool,
) -> Vec<(&'d Role<'d>, Counts)> {
    let wanted = needs.all().filter(|(role, _)| is_wanted(role));
    let mut roles: Vec<_> =
        wanted.map(|(role, needs)| (role, Standing::of(required(needs), ratings).counts())).collect();
    roles.sort_by(|(_, a), (_, b)| a.nearness(*b));
    roles
}

/// The ratings of somebody who exactly meets a role's needs; every other skill is rated `no`.
pub fn ratings_of_role(skills: &Skills<'_>, needs: &[Need<'_>]) -> Vec<Option<Rating>> {
    let mut ratings = vec![Some(Rating::No); skills.all().len()];
    for need in needs {
        let has_levels = skills.all().get(need.skill).is_some_and(|skill| !skill.levels().is_empty());
        if let Some(place) = ratings.get_mut(need.skill) {
            // If a need is only described in words, the level is unknown.
            *place = (need.level.is_some() || !has_levels).then(|| need.rating());
        }
    }
    ratings
}

/// A role, and how near somebody in another role is to it.
#[derive(Debug)]
pub struct Near<'d> {
    /// The role.
    pub role: &'d Role<'d>,
    /// How many of its needs are met.
    pub counts: Counts,
    /// Skills with a gap, smallest gap first.
    pub gaps: Vec<&'d Aspect<'d>>,
}

/// Other roles, sorted by how many of their needs somebody in this role meets.
pub fn near<'d>(
    skills: &Skills<'d>,
    needs: &Needs<'d>,
    role: &Role<'_>,
    is_wanted: impl Fn(&Role<'_>) -> bool,
) -> Vec<Near<'d>> {
    let ratings = ratings_of_role(skills, needs.of_role(role));
    let nearest = by_nearness(needs, &ratings, &|other| other.index != role.index && is_wanted(other));
    let gaps = |role: &Role<'_>| {
        let gaps = Standing::of(required(needs.of_role(role)), &ratings).gaps;
        gaps.iter().filter_map(|(need, _)| Some(skills.all().get(need.skill)?.aspect)).collect()
    };
    nearest.into_iter().map(|(role, counts)| Near { role, counts, gaps: gaps(role) }).collect()
}

/// The current role with the next higher rank in the same family and track.
pub fn next_role<'d>(framework: &'d Framework<'d>, role: &Role<'_>) -> Option<&'d Role<'d>> {
    let rank = role.rank?;
    let above = framework.roles.iter().filter(|other| {
        other.status == Status::Current
            && other.family_index.is_some()
            && other.family_index == role.family_index
            && other.track_index == role.track_index
            && other.rank.is_some_and(|other| other > rank)
    });
    above.min_by_key(|other| other.rank)
}

/// How many people reach each level of a skill or, if it has no levels, have the skill.
pub fn reached(skill: &RatedSkill<'_>, ratings: impl Iterator<Item = Option<Rating>>) -> Vec<usize> {
    let mut counts = vec![0; skill.levels().len().max(1)];
    for rating in ratings.flatten() {
        let levels = match rating {
            Rating::Level(rank) => usize::from(rank),
            Rating::Yes => 1,
            Rating::Partly | Rating::No => 0,
        };
        for count in counts.iter_mut().take(levels) {
            *count += 1;
        }
    }
    counts
}
