//! Looking up what a name refers to: a role, a family, a section, a quiz, a kind of skill.

use crate::analysis::find::{Level, Need};
use crate::error::{Error, ErrorCode};
use crate::format::{Family, Quiz, Text};
use crate::framework::{Aspect, Framework, Role, Section};
use crate::suggest::{FEW, known, nearest};

/// The role with this id, alias or title, ignoring case. An id comes first: it can be the title of another role.
///
/// # Errors
///
/// If no role has this name; the error suggests the nearest and, if there are few, lists all of them.
pub(super) fn role<'d>(dataset: &'d Framework<'d>, name: &str) -> Result<&'d Role<'d>, Error> {
    let wanted = name.trim().to_lowercase();
    if let Some(role) = dataset.roles.iter().find(|role| role.id.as_str() == wanted) {
        return Ok(role);
    }
    let is_called = |role: &&Role<'_>| names(role).any(|known| known.to_lowercase() == wanted);
    let mut called = dataset.roles.iter().filter(is_called);
    let found = called.next();
    if let (Some(first), Some(second)) = (found, called.next()) {
        let ids: Vec<&str> = [first, second].into_iter().chain(called).map(|role| role.id.as_str()).collect();
        let shown = ids.iter().take(FEW).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        return Err(Error::new(
            ErrorCode::AmbiguousRole,
            format!("`{name}` is a name of {} roles: {shown}", ids.len()),
        )
        .hint("name the role by its id"));
    }
    found.ok_or_else(|| {
        let error = Error::new(ErrorCode::UnknownRole, format!("unknown role `{name}`"))
            .candidates(nearest_roles(dataset, name));
        if dataset.roles.len() <= FEW {
            error.hint(known("roles", dataset.roles.iter().map(|role| role.id.as_str())))
        } else {
            error.hint("`rolebook roles` lists all roles")
        }
    })
}

/// The roles with these names, in the order given.
///
/// # Errors
///
/// If a name is unknown or a role is named twice.
pub(super) fn roles<'d>(dataset: &'d Framework<'d>, names: &[String]) -> Result<Vec<&'d Role<'d>>, Error> {
    let mut chosen: Vec<&Role<'d>> = Vec::with_capacity(names.len());
    for name in names {
        let role = role(dataset, name)?;
        if chosen.iter().any(|known| known.id == role.id) {
            return Err(Error::usage(format!("role `{}` is named twice", role.id))
                .hint("name each role once, by id, alias or title"));
        }
        chosen.push(role);
    }
    Ok(chosen)
}

/// The family with this id or title, ignoring case.
///
/// # Errors
///
/// If no family has this name.
pub(super) fn family<'d>(dataset: &'d Framework<'d>, name: &str) -> Result<&'d Family<'d>, Error> {
    let noun = Noun { one: "family", many: "families", unknown: ErrorCode::UnknownFamily };
    pick(&dataset.families, name, &noun, |family| (&family.id, &family.title))
}

/// The skill with this id or title, ignoring case, and its section.
///
/// # Errors
///
/// If no skill has this name.
pub(super) fn skill<'d>(
    dataset: &'d Framework<'d>,
    name: &str,
) -> Result<(&'d Section<'d>, &'d Aspect<'d>), Error> {
    let noun = Noun { one: "skill", many: "skills", unknown: ErrorCode::UnknownSkill };
    let skills: Vec<(&Section<'d>, &Aspect<'d>)> =
        dataset.placed_aspects().filter(|(_, aspect)| aspect.skill.is_some()).collect();
    pick(&skills, name, &noun, |(_, aspect)| (&aspect.id, &aspect.title)).copied()
}

/// The rank, from 1, of the level of this skill with this id or title, ignoring case.
///
/// # Errors
///
/// If the skill has no levels, or none with this name.
fn level_rank(skill: &Aspect<'_>, name: &str) -> Result<usize, Error> {
    let Some(scale) = skill.scale() else {
        return Err(Error::new(ErrorCode::UnknownLevel, format!("the skill `{}` has no levels", skill.id))
            .hint("name the skill without a level"));
    };
    let noun = Noun { one: "level", many: "levels", unknown: ErrorCode::UnknownLevel };
    let found = pick(&scale.levels, name, &noun, |level| (&level.id, &level.title))?;
    Ok(scale.rank(&found.id).unwrap_or(0))
}

/// Reads a need: `SKILL`, `SKILL=LEVEL` or `SKILL>=LEVEL`.
///
/// # Errors
///
/// If the skill or the level is unknown.
pub(super) fn need<'d>(dataset: &'d Framework<'d>, text: &str) -> Result<Need<'d>, Error> {
    let (name, level) = match (text.split_once(">="), text.split_once('=')) {
        (Some((name, level)), _) => (name, Some((true, level))),
        (None, Some((name, level))) => (name, Some((false, level))),
        (None, None) => (text, None),
    };
    let (_, skill) = skill(dataset, name)?;
    let level = match level {
        None => None,
        Some((true, name)) => Some(Level::AtLeast(level_rank(skill, name)?)),
        Some((false, name)) => Some(Level::Exactly(level_rank(skill, name)?)),
    };
    Ok(Need::new(skill, level))
}

/// What a name refers to, if it may be a role, a family or a skill.
pub(super) enum Thing<'d> {
    /// A role.
    Role(&'d Role<'d>),
    /// A family of roles.
    Family(&'d Family<'d>),
    /// A skill and its section.
    Skill(&'d Section<'d>, &'d Aspect<'d>),
}

/// The role, family or skill with this name. A role takes precedence over a family, and a family over a skill.
///
/// # Errors
///
/// If nothing has this name.
pub(super) fn thing<'d>(dataset: &'d Framework<'d>, name: &str) -> Result<Thing<'d>, Error> {
    let unknown = match role(dataset, name) {
        Ok(role) => return Ok(Thing::Role(role)),
        Err(error) => error,
    };
    if unknown.code() == ErrorCode::AmbiguousRole.into() {
        return Err(unknown);
    }
    if let Ok(family) = family(dataset, name) {
        return Ok(Thing::Family(family));
    }
    if let Ok((section, aspect)) = skill(dataset, name) {
        return Ok(Thing::Skill(section, aspect));
    }
    let roles = dataset.roles.iter().flat_map(|role| names(role).map(|name| (name, role.id.as_str())));
    let families = dataset.families.iter().map(|one| (one.id.as_str(), one.title.as_str()));
    let skills =
        dataset.aspects().filter(|one| one.skill.is_some()).map(|one| (one.id.as_str(), one.title.as_str()));
    let others = families.chain(skills).flat_map(|(id, title)| [(id, id), (title, id)]);
    let ids: Vec<(&str, &str)> = roles.chain(others).collect();
    let mut near: Vec<&str> = Vec::new();
    for name in nearest(name, ids.iter().map(|(name, _)| *name)) {
        let id = ids.iter().find(|(known, _)| *known == name).map(|(_, id)| *id);
        near.extend(id.filter(|id| !near.contains(id)));
    }
    let error = Error::new(ErrorCode::UnknownName, format!("unknown role, family or skill `{name}`"))
        .candidates(near);
    let error = if dataset.roles.len() <= FEW && dataset.families.len() <= FEW {
        let error = error.hint(known("roles", dataset.roles.iter().map(|role| role.id.as_str())));
        if dataset.families.is_empty() {
            error
        } else {
            error.hint(known("families", dataset.families.iter().map(|family| family.id.as_str())))
        }
    } else {
        error.hint("`rolebook roles` lists all roles and families")
    };
    let has_skills = dataset.aspects().any(|aspect| aspect.skill.is_some());
    Err(if has_skills { error.hint("`rolebook skills --matrix` lists all skills") } else { error })
}

/// The section with this id or title, ignoring case.
///
/// # Errors
///
/// If no section has this name.
pub(super) fn section<'d>(dataset: &'d Framework<'d>, name: &str) -> Result<&'d Section<'d>, Error> {
    let noun = Noun { one: "section", many: "sections", unknown: ErrorCode::UnknownSection };
    pick(&dataset.sections, name, &noun, |section| (&section.id, &section.title))
}

/// The quiz with this id or title, ignoring case; the first quiz if no name is given.
///
/// # Errors
///
/// If no quiz has this name, or the dataset has no quiz.
pub(super) fn quiz<'d>(dataset: &'d Framework<'d>, name: Option<&str>) -> Result<&'d Quiz<'d>, Error> {
    let noun = Noun { one: "quiz", many: "quizzes", unknown: ErrorCode::UnknownQuiz };
    match name {
        Some(name) => pick(&dataset.quizzes, name, &noun, |quiz| (&quiz.id, &quiz.title)),
        None => dataset.quizzes.first().ok_or_else(|| {
            Error::new(ErrorCode::NoQuiz, format!("the dataset `{}` has no quiz", dataset.id))
                .hint("add one under `quizzes`")
        }),
    }
}

/// The kinds of skill in the dataset, in order of first use.
pub(super) fn kinds<'d>(dataset: &'d Framework<'_>) -> Vec<&'d str> {
    let mut kinds: Vec<&str> = Vec::new();
    for skill in dataset.aspects().filter_map(|aspect| aspect.skill.as_ref()) {
        if !kinds.contains(&skill.kind.as_str()) {
            kinds.push(&skill.kind);
        }
    }
    kinds
}

/// The kind of skill with this name, ignoring case.
///
/// # Errors
///
/// If no skill has this kind.
pub(super) fn kind<'d>(dataset: &'d Framework<'_>, name: &str) -> Result<&'d str, Error> {
    let kinds = kinds(dataset);
    let found = kinds.iter().find(|kind| kind.eq_ignore_ascii_case(name.trim()));
    found.copied().ok_or_else(|| {
        Error::new(ErrorCode::UnknownKind, format!("no skill has the kind `{name}`"))
            .candidates(nearest(name, kinds.iter().copied()))
            .hint(known("kinds", kinds.iter().copied()))
    })
}

fn names<'r>(role: &'r Role<'_>) -> impl Iterator<Item = &'r str> {
    [role.id.as_str(), role.title.as_str()].into_iter().chain(role.aliases.iter().map(Text::as_str))
}

/// The ids of the roles whose names are nearest.
fn nearest_roles<'d>(dataset: &'d Framework<'_>, name: &str) -> Vec<&'d str> {
    let mut ids: Vec<&str> = Vec::new();
    for near in nearest(name, dataset.roles.iter().flat_map(|role| names(role))) {
        let owner = dataset.roles.iter().find(|role| names(role).any(|known| known == near));
        if let Some(role) = owner.filter(|role| !ids.contains(&role.id.as_str())) {
            ids.push(&role.id);
        }
    }
    ids
}

/// How errors name what is picked from, and the code of the error for an unknown name.
struct Noun {
    one: &'static str,
    many: &'static str,
    unknown: ErrorCode,
}

fn pick<'d, T>(
    all: &'d [T],
    name: &str,
    noun: &Noun,
    id_and_title: impl Fn(&'d T) -> (&'d str, &'d str),
) -> Result<&'d T, Error> {
    let wanted = name.trim().to_lowercase();
    let by_id = all.iter().find(|item| id_and_title(item).0 == wanted);
    // An id comes first: it can be the title of something else.
    let found = by_id.or_else(|| all.iter().find(|item| id_and_title(item).1.to_lowercase() == wanted));
    found.ok_or_else(|| {
        let ids = || all.iter().map(|item| id_and_title(item).0);
        let Noun { one, many, unknown } = *noun;
        Error::new(unknown, format!("unknown {one} `{name}`"))
            .candidates(nearest(name, ids()))
            .hint(known(many, ids()))
    })
}
