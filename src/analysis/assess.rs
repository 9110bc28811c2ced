//! How near a person or a role is to another role, with the same measure for both.
//!
//! Each skill that a role needs counts once. It is met, a gap, or not rated. Levels are compared by their rank on the
//! scale; a skill that is only described in words counts as needed, at no particular level.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::format::{Role, Status, Text};
use crate::framework::{Aspect, Base, Framework, RatedSkill, Rating, Skills, Statement};
use crate::text::counted;

/// What a role needs of a skill.
#[derive(Debug, Clone)]
pub struct Need<'d> {
    /// The number of the skill.
    pub skill: usize,
    /// What the role says on it.
    pub statements: Vec<&'d Statement<'d>>,
    /// The level that it needs, by rank; none where it is needed at no particular level.
    pub level: Option<u16>,
    /// Whether the role may do without it.
    pub optional: bool,
    /// The role that the need is inherited from, unless the role says something of its own.
    pub base: Option<&'d Base<'d>>,
}

/// The needs of roles.
#[derive(Debug)]
pub struct Needs<'d> {
    /// One list for each role, in the order of the roles; each in the order of the skills.
    by_role: Vec<(&'d Role<'d>, Vec<Need<'d>>)>,
}

impl<'d> Needs<'d> {
    /// What all roles need. One pass over the dataset, however many roles there are.
    pub fn of(skills: &Skills<'d>) -> Self {
        let framework = skills.framework();
        let places: HashMap<&str, usize> =
            framework.roles.iter().enumerate().map(|(place, role)| (role.id.as_str(), place)).collect();
        let mut by_role: Vec<(&Role<'_>, Vec<Need<'_>>)> =
            framework.roles.iter().map(|role| (role, Vec::new())).collect();
        for (number, skill) in skills.all().iter().enumerate() {
            for statement in &skill.aspect.statements {
                for role in &statement.roles {
                    let place = places.get(role.as_str()).and_then(|place| by_role.get_mut(*place));
                    let Some((role, needs)) = place else { continue };
                    if needs.last().is_none_or(|need| need.skill != number) {
                        needs.push(Need::new(number));
                    }
                    if let Some(need) = needs.last_mut() {
                        need.add(statement, &role.id);
                    }
                }
            }
        }
        Self { by_role }
    }

    /// What a role needs.
    pub fn of_role(&self, role: &str) -> &[Need<'d>] {
        self.by_role.iter().find(|(known, _)| known.id.as_str() == role).map_or(&[], |(_, needs)| needs)
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

    fn add(&mut self, statement: &'d Statement<'d>, role: &str) {
        let level = statement.rank().and_then(|rank| u16::try_from(rank).ok());
        // The level is what counts where there are both.
        self.level = self.level.max(level);
        self.optional &= statement.optional;
        let base = statement.inherited_by(role);
        self.base = if self.statements.is_empty() { base } else { self.base.and(base) };
        self.statements.push(statement);
    }

    /// The rating that just meets it.
    pub fn rating(&self) -> Rating {
        self.level.map_or(Rating::Yes, Rating::Level)
    }

    /// How many steps are missing to meet the need; 0 is met.
    pub fn distance(&self, rating: Rating) -> u16 {
        match (self.level, rating) {
            (Some(needed), Rating::Level(has)) => needed.saturating_sub(has),
            (Some(needed), Rating::No) => needed,
            // These are no ratings of a skill with levels.
            (Some(_) | None, Rating::Yes) | (None, Rating::Level(_)) => 0,
            (Some(_) | None, Rating::Partly) => 1,
            (None, Rating::No) => 2,
        }
    }

    /// Whether the rating is above what is needed.
    pub fn is_exceeded(&self, rating: Rating) -> bool {
        matches!((self.level, rating), (Some(needed), Rating::Level(has)) if has > needed)
    }

    /// What the next level means that somebody rated so has to reach: its title, and what it says.
    pub fn next(&self, skills: &Skills<'d>, rating: Rating) -> Option<(&'d str, Option<&'d str>)> {
        let skill = skills.all().get(self.skill)?;
        let scale = skill.scale?;
        let has = if let Rating::Level(rank) = rating { usize::from(rank) } else { 0 };
        self.level?;
        let level = scale.levels.get(has)?;
        let descriptor = skill.aspect.skill.as_ref().and_then(|skill| skill.descriptors.get(&level.id));
        let stated = self.statements.iter().find(|one| one.level.as_ref() == Some(&level.id));
        let text = descriptor.or_else(|| stated?.text.as_ref()).or(level.summary.as_ref());
        Some((&level.title, text.map(Text::as_str)))
    }

    /// What the role says on it, in words.
    pub fn texts(&self) -> impl Iterator<Item = &'d str> {
        self.statements.iter().filter_map(|statement| statement.text.as_deref())
    }
}

/// How somebody stands to some needs, each of which is in exactly one list.
#[derive(Debug, Clone)]
pub struct Standing<'n, 'd> {
    /// Met, with the rating.
    pub met: Vec<(&'n Need<'d>, Rating)>,
    /// Not met, with the rating: what is nearest to being met comes first.
    pub gaps: Vec<(&'n Need<'d>, Rating)>,
    /// Not rated.
    pub unrated: Vec<&'n Need<'d>>,
}

/// How many needs are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Needs that are met.
    pub met: usize,
    /// Needs in all.
    pub needed: usize,
    /// Needs that are not rated.
    pub unrated: usize,
}

impl<'n, 'd> Standing<'n, 'd> {
    /// How somebody with these ratings stands to needs.
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
    /// The part of the rated needs that is met, from 0 to 1; none where nothing is rated.
    pub fn share(self) -> Option<f64> {
        ratio(self.met, self.needed.saturating_sub(self.unrated))
    }

    /// The part of all needs that is known to be met.
    pub fn part_met(self) -> f64 {
        ratio(self.met, self.needed).unwrap_or(0.0)
    }

    /// Whether this part of the rated needs is met; not where nothing is rated.
    pub fn reaches(self, required: f64) -> bool {
        self.share().is_some_and(|share| share >= required)
    }

    /// The part of the needs that is rated; a role that needs nothing is covered.
    pub fn coverage(self) -> f64 {
        ratio(self.needed.saturating_sub(self.unrated), self.needed).unwrap_or(1.0)
    }

    /// The order of nearness: the share, then how much it rests on; nothing rated comes last.
    pub fn nearness(self, other: Self) -> Ordering {
        let share = |counts: Self| counts.share().unwrap_or(-1.0);
        let (a, b) = (self, other);
        share(b).total_cmp(&share(a)).then(b.coverage().total_cmp(&a.coverage())).then(b.met.cmp(&a.met))
    }

    /// "9 of 10 rated needs met".
    pub fn words_of_rated(self) -> String {
        match self.needed.saturating_sub(self.unrated) {
            0 if self.needed == 0 => "the role needs no skill".to_owned(),
            0 => "nothing is rated".to_owned(),
            rated => format!("{} of {} met", self.met, counted(rated, "rated need")),
        }
    }

    /// "9 of 12 met, 2 not rated".
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

/// The needs that a role may not do without.
pub fn required<'n, 'd>(needs: &'n [Need<'d>]) -> impl Iterator<Item = &'n Need<'d>> {
    needs.iter().filter(|need| !need.optional)
}

/// Each role with how somebody with these ratings stands to what it requires, nearest first.
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

/// Somebody who does exactly what a role needs; every other skill is rated `no`.
pub fn ratings_of_role(skills: &Skills<'_>, needs: &[Need<'_>]) -> Vec<Option<Rating>> {
    let mut ratings = vec![Some(Rating::No); skills.all().len()];
    for need in needs {
        let has_levels = skills.all().get(need.skill).is_some_and(|skill| !skill.levels.is_empty());
        if let Some(place) = ratings.get_mut(need.skill) {
            // Nobody knows the level of a skill that is needed in words only.
            *place = (need.level.is_some() || !has_levels).then(|| need.rating());
        }
    }
    ratings
}

/// A role that somebody in another role is near to.
#[derive(Debug)]
pub struct Near<'d> {
    /// The role.
    pub role: &'d Role<'d>,
    /// How many of its needs are met.
    pub counts: Counts,
    /// The skills that are not, what is nearest to being met first.
    pub gaps: Vec<&'d Aspect<'d>>,
}

/// Other roles, those first whose needs somebody in this role meets best.
pub fn near<'d>(
    skills: &Skills<'d>,
    needs: &Needs<'d>,
    role: &Role<'_>,
    is_wanted: impl Fn(&Role<'_>) -> bool,
) -> Vec<Near<'d>> {
    let ratings = ratings_of_role(skills, needs.of_role(&role.id));
    let nearest = by_nearness(needs, &ratings, &|other| other.id != role.id && is_wanted(other));
    let gaps = |role: &Role<'_>| {
        let gaps = Standing::of(required(needs.of_role(&role.id)), &ratings).gaps;
        gaps.iter().filter_map(|(need, _)| Some(skills.all().get(need.skill)?.aspect)).collect()
    };
    nearest.into_iter().map(|(role, counts)| Near { role, counts, gaps: gaps(role) }).collect()
}

/// The current role of the next rank in the family and on the track of this one.
pub fn next_role<'d>(framework: &'d Framework<'d>, role: &Role<'_>) -> Option<&'d Role<'d>> {
    let rank = role.rank?;
    let above = framework.roles.iter().filter(|other| {
        other.status == Status::Current
            && other.family.is_some()
            && other.family == role.family
            && other.track == role.track
            && other.rank.is_some_and(|other| other > rank)
    });
    above.min_by_key(|other| other.rank)
}

/// How many people reach each level of a skill, or do it at all.
pub fn reached(skill: &RatedSkill<'_>, ratings: impl Iterator<Item = Option<Rating>>) -> Vec<usize> {
    let mut counts = vec![0; skill.levels.len().max(1)];
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
