//! A resolved profile: ratings for the skills of a framework.

use std::collections::HashMap;

use super::{Aspect, Framework, RoleIndex, Section};
use crate::format::{Level, Scale};

/// A person's rating for a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Not at all, or below the lowest level.
    No,
    /// In part; for a skill without levels.
    Partly,
    /// Yes; for a skill without levels.
    Yes,
    /// At this level of the skill's scale, from 1.
    Level(u16),
}

/// The names of ratings for skills without levels.
const WORDS: [(&str, Rating); 3] = [("yes", Rating::Yes), ("partly", Rating::Partly), ("no", Rating::No)];

/// The skills of a framework, numbered in declared order.
#[derive(Debug)]
pub struct Skills<'d> {
    framework: &'d Framework<'d>,
    all: Vec<Skill<'d>>,
    numbers: HashMap<&'d str, usize>,
}

/// A skill in its section.
#[derive(Debug, Clone)]
pub struct Skill<'d> {
    /// The section that it is in.
    pub section: &'d Section<'d>,
    /// The aspect that it is.
    pub aspect: &'d Aspect<'d>,
    /// The scale that it is rated on: that of its levels, unless nobody ever speaks of a level.
    pub scale: Option<&'d Scale<'d>>,
}

/// A person and their ratings.
#[derive(Debug, Clone)]
pub struct Person {
    /// Whose ratings they are.
    pub name: String,
    /// The role that the person has now.
    pub role: Option<RoleIndex>,
    /// A rating for each skill that was rated, by its number.
    pub ratings: Vec<Option<Rating>>,
    /// Skills whose ratings no longer fit: the person was rated by an older revision.
    pub outdated: Vec<String>,
    /// That revision, if it is an older one.
    pub older_revision: Option<String>,
}

impl<'d> Skills<'d> {
    /// The skills of a framework.
    pub fn of(framework: &'d Framework<'d>) -> Self {
        let mut skills = Self { framework, all: Vec::new(), numbers: HashMap::new() };
        for (section, aspect) in framework.placed_aspects() {
            let Some(skill) = &aspect.skill else { continue };
            skills.numbers.insert(&aspect.id, skills.all.len());
            let speaks_of_levels = !skill.descriptors.is_empty()
                || aspect.statements.iter().any(|statement| statement.level.is_some());
            let scale = aspect.scale().filter(|_| speaks_of_levels);
            skills.all.push(Skill { section, aspect, scale });
        }
        skills
    }

    /// The framework that they are of.
    pub fn framework(&self) -> &'d Framework<'d> {
        self.framework
    }

    /// All of them, by number.
    pub fn all(&self) -> &[Skill<'d>] {
        &self.all
    }

    /// The number of the skill with this id.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// Their ids.
    pub fn ids(&self) -> impl Iterator<Item = &'d str> {
        self.all.iter().map(|skill| skill.aspect.id.as_str())
    }
}

impl<'d> Skill<'d> {
    /// Its levels, lowest first; none for a skill without a scale.
    pub fn levels(&self) -> &'d [Level<'d>] {
        self.scale.map_or(&[], |scale| &scale.levels)
    }

    /// The rating that a word stands for: the id of a level, `yes`, `partly` or `no`, or the title of a level, in capital
    /// or small letters. None where the skill has no such rating.
    pub fn rating(&self, word: &str) -> Option<Rating> {
        let levels = self.levels();
        let level = |place: usize| u16::try_from(place + 1).ok().map(Rating::Level);
        let with_id = |id: &str| levels.iter().position(|level| *level.id == *id).and_then(level);
        // As most profiles have it, without a copy of the word.
        if let Some(rating) = with_id(word) {
            return Some(rating);
        }
        let word = word.trim().to_lowercase();
        let known = WORDS.into_iter().find(|(known, _)| *known == word);
        let known = known.map(|(_, rating)| rating);
        with_id(&word)
            .or(known.filter(|rating| levels.is_empty() || *rating == Rating::No))
            .or_else(|| levels.iter().position(|level| level.title.to_lowercase() == word).and_then(level))
    }

    /// The word for a rating.
    pub fn word(&self, rating: Rating) -> &'d str {
        if let Rating::Level(rank) = rating {
            let level = self.levels().get(usize::from(rank).saturating_sub(1));
            return level.map_or("", |level| &level.id);
        }
        WORDS.into_iter().find(|(_, known)| *known == rating).map_or("", |(word, _)| word)
    }

    /// The words for its ratings.
    pub fn words(&self) -> Vec<&'d str> {
        if self.levels().is_empty() {
            return WORDS.iter().map(|(word, _)| *word).collect();
        }
        self.levels().iter().map(|level| level.id.as_str()).chain(self.no()).collect()
    }

    /// The word for somebody below the lowest level, unless it is the id of a level.
    pub fn no(&self) -> Option<&'static str> {
        (self.rating("no") == Some(Rating::No)).then_some("no")
    }
}
