//! A profile as a YAML file: blank, or filled with a person's answers. Comments explain the levels.

use std::fmt::Write;

use crate::analysis::assess::{Need, next_role};
use crate::format::{Status, yaml_text};
use crate::framework::{Framework, Person, RatedSkill, Skills};
use crate::layout::wrap;
use crate::text::visible_line;

/// Line width of comments.
const WIDTH: usize = 100;

/// Placeholder for the name.
const NAME_PLACEHOLDER: &str = "Your name";

/// Writes a person's profile or a blank one, with the skills needed or, without needs, all skills.
pub(crate) fn form(
    skills: &Skills<'_>,
    needs: Option<&[Need<'_>]>,
    person: Option<&Person>,
    run: &str,
) -> String {
    let framework = skills.framework();
    let mut out = String::new();
    comment(&mut out, "", "Rate each skill with one of the words listed above it. `null` means not rated.");
    comment(&mut out, "", &format!("Then run: {run}"));
    comment(&mut out, "", "For completion in an editor, run: rolebook schema profile > profile.schema.json");
    out.push_str("# yaml-language-server: $schema=profile.schema.json\n");
    out.push_str("profile: 1\n");
    let name = person.map_or(NAME_PLACEHOLDER, |person| &person.name);
    let _ = writeln!(out, "name: {}", yaml_text(name));
    let _ = write!(out, "dataset: {{id: {}", yaml_text(&framework.id));
    if let Some(revision) = &framework.revision {
        let _ = write!(out, ", revision: {}", yaml_text(revision));
    }
    out.push_str("}\n");
    if let Some(role) = person.and_then(|person| framework.role(person.role?)) {
        let _ = writeln!(out, "role: {}", yaml_text(&role.id));
    } else if let Some(role) = example_role(framework) {
        let _ = writeln!(out, "# role: {}  # the role you have now, for --next", yaml_text(role));
    }
    let mut ratings = String::new();
    let mut section = None;
    for (number, skill) in skills.all().iter().enumerate() {
        let need = needs.map(|needs| needs.iter().find(|need| need.skill == number));
        let rating = person.and_then(|person| person.ratings.get(number).copied().flatten());
        if matches!(need, Some(None)) && rating.is_none() {
            continue;
        }
        if section.replace(&skill.section.id) != Some(&skill.section.id) {
            ratings.push('\n');
            comment(&mut ratings, "  ", &format!("== {} ==", skill.section.title));
        }
        ratings.push('\n');
        explain(&mut ratings, skill, need.flatten());
        let word = rating.map_or_else(|| "null".to_owned(), |rating| yaml_text(skill.word(rating)));
        let _ = writeln!(ratings, "  {}: {word}", yaml_text(&skill.aspect.id));
    }
    if ratings.is_empty() {
        out.push_str("ratings: {}\n");
    } else {
        out.push_str("ratings:");
        out.push_str(&ratings);
    }
    out
}

/// An example of a current role, preferably one with a next role.
fn example_role<'d>(framework: &'d Framework<'_>) -> Option<&'d str> {
    let mut current = framework.roles.iter().filter(|role| role.status == Status::Current).peekable();
    let first = current.peek().copied();
    let role = current.find(|role| next_role(framework, role).is_some()).or(first)?;
    Some(&role.id)
}

/// Writes comments on what a skill is and what its ratings mean.
fn explain(out: &mut String, skill: &RatedSkill<'_>, need: Option<&Need<'_>>) {
    let aspect = skill.aspect;
    let needed = need
        .and_then(|need| need.level)
        .and_then(|level| skill.levels().get(usize::from(level).checked_sub(1)?));
    let optional = if need.is_some_and(|need| need.optional) { ", optional" } else { "" };
    let title = &aspect.title;
    comment(
        out,
        "  ",
        &match needed {
            Some(level) => format!("{title} (needed: {}{optional})", level.title),
            None if optional.is_empty() => title.to_string(),
            None => format!("{title} (optional)"),
        },
    );
    if let Some(summary) = &aspect.summary {
        comment(out, "  ", summary);
    }
    if let Some(scale) = skill.scale {
        for level in &scale.levels {
            comment(
                out,
                "  ",
                &match aspect.meaning(level) {
                    Some(text) => format!("  {}: {} – {text}", level.id, level.title),
                    None => format!("  {}: {}", level.id, level.title),
                },
            );
        }
        if let Some(no) = skill.no() {
            comment(out, "  ", &format!("  {no}: not at all"));
        }
        return;
    }
    let texts: Vec<&str> = match need {
        Some(need) => need.texts().collect(),
        None => aspect.statements.iter().filter_map(|one| one.text.as_deref()).collect(),
    };
    for text in texts {
        comment(out, "  ", &format!("  - {text}"));
    }
    comment(out, "  ", "  yes, partly or no");
}

/// Writes text as a wrapped comment.
fn comment(out: &mut String, indent: &str, text: &str) {
    let text = visible_line(text);
    let kept = text.len() - text.trim_start().len();
    let hanging = " ".repeat(kept + if kept > 0 { 2 } else { 0 });
    for (number, line) in wrap(text.trim_start(), WIDTH - indent.len() - kept - 4).into_iter().enumerate() {
        let lead = if number == 0 { " ".repeat(kept) } else { hanging.clone() };
        let _ = writeln!(out, "{indent}# {lead}{line}");
    }
}
