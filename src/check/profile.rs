//! Reads profiles, reporting all mistakes in them.

use std::ops::Range;

use semver::Version;
use serde::Deserializer;

use super::place::{Findings, Path, head, holds};
use super::{checked, or_problem, structure};
use crate::diagnostic::{Checked, Code, Diagnostic, FileKind, ProblemList};
use crate::format::tree::{self, Entry, Node, Value};
use crate::format::{self, Id, Input, Profile, Revision, Syntax};
use crate::framework::{Person, RatedSkill, Skills};
use crate::suggest::{FEW, known, nearest};

/// Reads the profiles in a text: one, or one per line.
///
/// # Errors
///
/// All mistakes in the profiles.
pub fn profiles(input: &Input, skills: &Skills<'_>) -> Result<Vec<Person>, Checked> {
    let text = input.text();
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut people = Vec::new();
    let mut problems = ProblemList::default();
    for part in parts(input) {
        match person(text.get(part.clone()).unwrap_or_default(), syntax(input), skills) {
            Ok(person) => people.push(person),
            Err(mut found) => {
                for one in &mut found.listed {
                    one.at = one.at.start + part.start..one.at.end + part.start;
                }
                problems.append(found);
            }
        }
    }
    if problems.is_empty() { Ok(people) } else { Err(checked(input, problems)) }
}

/// The byte ranges of the profiles: the whole text, or each line.
fn parts(input: &Input) -> Vec<Range<usize>> {
    let text = input.text();
    if !input.has_lines() {
        return std::iter::once(0..text.len()).collect();
    }
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let part = start..start + line.trim_end().len();
        start += line.len();
        part
    });
    lines.filter(|part| !part.is_empty()).collect()
}

fn syntax(input: &Input) -> Syntax {
    if input.has_lines() { Syntax::Json } else { input.syntax() }
}

fn person(text: &str, syntax: Syntax, skills: &Skills<'_>) -> Result<Person, ProblemList> {
    // Fast path: most profiles have no mistakes.
    if syntax == Syntax::Json {
        let mut parser = serde_json::Deserializer::from_str(text);
        let read = read(&mut parser).ok().filter(|_| parser.end().is_ok());
        if let Some(profile) = read {
            let mut findings = Findings::default();
            let person = rated(&profile, skills, &mut findings);
            if findings.is_empty() {
                return Ok(person);
            }
        }
    }
    diagnosed(text, syntax, skills)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Profile<'de>, D::Error> {
    format::read_profile(deserializer)
}

fn diagnosed(text: &str, syntax: Syntax, skills: &Skills<'_>) -> Result<Person, ProblemList> {
    let mut tree = tree::parse(text, syntax)?;
    let mut problems = ProblemList::from(unquoted(text, &mut tree, skills));
    problems.append(structure::check(text, syntax, &mut tree, FileKind::Profile).found.into());
    let Some(profile) = or_problem(read(&tree), text, &tree, &mut problems) else { return Err(problems) };
    let mut findings = Findings::default();
    let person = rated(&profile, skills, &mut findings);
    problems.append(findings.located(text, &tree, |_| true));
    if problems.is_empty() { Ok(person) } else { Err(problems) }
}

/// Reports and removes ratings that are numbers or booleans, unless they would be valid in quotes.
fn unquoted(text: &str, tree: &mut Node<'_>, skills: &Skills<'_>) -> Vec<Diagnostic> {
    let Value::Map(entries) = &mut tree.value else { return Vec::new() };
    let Some(ratings) = entries.iter_mut().find(|entry| entry.key == "ratings") else { return Vec::new() };
    let (all, at_all) = (ratings.value.span.clone(), head(text, &ratings.value));
    let Value::Map(ratings) = &mut ratings.value.value else { return Vec::new() };
    let mut found = Vec::new();
    for Entry { key, value, .. } in ratings {
        if !matches!(value.value, Value::Number(_) | Value::Bool(_)) {
            continue;
        }
        let written = text.get(value.span.clone()).unwrap_or_default();
        let skill = skills.number(key).and_then(|number| skills.all().get(number));
        let Some(skill) = skill.filter(|skill| skill.rating(written).is_none()) else { continue };
        let at = if holds(&all, &value.span) { value.span.clone() } else { at_all.clone() };
        let meant = match value.value {
            Value::Bool(true) => Some("yes"),
            Value::Bool(false) => Some("no"),
            _ => None,
        };
        let meant: Vec<&str> = meant.into_iter().filter(|word| skill.rating(word).is_some()).collect();
        found.push(wrong_word(skill, at, key, written, &meant));
        value.value = Value::Null;
    }
    found
}

/// Turns a profile into a person. Ratings that do not fit are a mistake, unless the profile refers to an older
/// revision.
fn rated(profile: &Profile<'_>, skills: &Skills<'_>, findings: &mut Findings) -> Person {
    let framework = skills.framework();
    let mut older_revision = None;
    if let Some(dataset) = &profile.dataset {
        if dataset.id != framework.id {
            let found = Diagnostic::new(
                Code::OtherDataset,
                Path::default().key("dataset").key("id"),
                format!("the profile is for dataset `{}`, not `{}`", dataset.id, framework.id),
            );
            findings.push(found);
            // The skills of another dataset cannot be checked.
            return Person {
                name: profile.name.to_string(),
                role: None,
                ratings: Vec::new(),
                outdated: Vec::new(),
                older_revision,
            };
        }
        if is_older(dataset.revision.as_ref(), framework.revision.as_ref()) {
            older_revision = dataset.revision.as_ref().map(ToString::to_string);
        }
    }
    let with_id = |id: &Id<'_>| framework.roles.iter().find(|role| role.id == *id);
    let own_role = profile.role.as_ref().and_then(with_id).map(|role| role.index);
    if let Some(role) = profile.role.as_ref().filter(|_| own_role.is_none()) {
        let ids = || framework.roles.iter().map(|role| role.id.as_str());
        let found = Diagnostic::new(
            Code::UnknownRole,
            Path::default().key("role"),
            format!("there is no role `{role}`"),
        );
        findings.push(found.candidates(&nearest(role, ids())).note(known("roles", ids())));
    }
    let mut ratings = vec![None; skills.all().len()];
    let mut outdated = Vec::new();
    for (entry, (id, word)) in profile.ratings.iter().enumerate() {
        let number = skills.number(id);
        let skill = number.and_then(|number| skills.all().get(number));
        let rating = match (skill, word) {
            (Some(skill), Some(word)) => skill.rating(word),
            (Some(_), None) => continue,
            (None, _) => None,
        };
        match (rating, number.and_then(|number| ratings.get_mut(number))) {
            (Some(rating), Some(place)) => *place = Some(rating),
            _ if older_revision.is_some() => outdated.push(id.to_string()),
            _ => findings.push(misfit(skills, skill, entry, id, word.as_deref().unwrap_or_default())),
        }
    }
    Person { name: profile.name.to_string(), role: own_role, ratings, outdated, older_revision }
}

/// An unknown skill, or a word that is not a rating of the skill.
fn misfit(
    skills: &Skills<'_>,
    skill: Option<&RatedSkill<'_>>,
    entry: usize,
    id: &str,
    word: &str,
) -> Diagnostic<Path> {
    let ratings = Path::default().key("ratings");
    if let Some(skill) = skill {
        return wrong_word(skill, ratings.entry(entry), id, word, &nearest(word, skill.words()));
    }
    let message = format!("there is no skill `{id}`");
    let found = Diagnostic::new(Code::UnknownSkill, ratings.name(entry), message);
    let meant = nearest(id, skills.ids());
    if !meant.is_empty() {
        return found.candidates(&meant);
    }
    // If there are many, the caller knows how to list them.
    if skills.all().len() <= FEW { found.advice(known("skills", skills.ids())) } else { found }
}

/// A word that is not a rating of the skill; lists the valid ones.
fn wrong_word<At>(skill: &RatedSkill<'_>, at: At, id: &str, word: &str, meant: &[&str]) -> Diagnostic<At> {
    let found = Diagnostic::new(Code::UnknownLevel, at, format!("`{id}` cannot be rated `{word}`"));
    let known = known("ratings", skill.words());
    if meant.is_empty() { found.advice(known) } else { found.candidates(meant).note(known) }
}

/// Whether a profile refers to an older revision of the dataset.
fn is_older(profile: Option<&Revision<'_>>, dataset: Option<&Revision<'_>>) -> bool {
    let version = |revision: Option<&Revision<'_>>| revision?.parse::<Version>().ok();
    match (version(profile), version(dataset)) {
        // Build metadata says nothing about which is older.
        (Some(profile), Some(dataset)) => profile.cmp_precedence(&dataset).is_lt(),
        _ => false,
    }
}
