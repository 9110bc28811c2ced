//! Words that people head columns with and put into cells.

use crate::format::Field;

/// What a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Field(Field),
    /// A description: of the skill in a wide table, a statement in a long one.
    Description,
    /// Nothing that a dataset holds.
    Aside,
}

const HEADINGS: &[(Heading, &[&str])] = &[
    (
        Heading::Field(Field::RoleTitle),
        &["role", "roles", "role title", "job", "job title", "position", "job role", "role name", "profile"],
    ),
    (Heading::Field(Field::RoleId), &["role id"]),
    (Heading::Field(Field::RoleSummary), &["role summary", "role description", "purpose"]),
    (Heading::Field(Field::Family), &["family", "job family", "discipline", "role family", "department"]),
    (Heading::Field(Field::Rank), &["rank", "grade", "seniority"]),
    (
        Heading::Field(Field::Section),
        &[
            "section",
            "section title",
            "category",
            "group",
            "domain",
            "area",
            "theme",
            "pillar",
            "cluster",
            "skill group",
            "skill category",
            "competency area",
            "competency group",
            "capability group",
        ],
    ),
    (Heading::Field(Field::SectionId), &["section id"]),
    (
        Heading::Field(Field::Aspect),
        &[
            "skill",
            "skills",
            "skill name",
            "competency",
            "competencies",
            "competence",
            "capability",
            "capabilities",
            "aspect",
            "aspect title",
            "ability",
            "behaviour",
            "behavior",
            "dimension",
            "criterion",
            "topic",
            "attribute",
            "responsibility",
            "knowledge",
        ],
    ),
    (Heading::Field(Field::AspectId), &["aspect id", "skill id", "competency id"]),
    (
        Heading::Field(Field::Summary),
        &["skill description", "skill definition", "competency description", "definition"],
    ),
    (Heading::Field(Field::Kind), &["kind", "skill kind", "type", "skill type", "kind of skill"]),
    (Heading::Field(Field::Scale), &["scale"]),
    (
        Heading::Field(Field::Level),
        &[
            "level",
            "proficiency",
            "proficiency level",
            "required level",
            "skill level",
            "rating",
            "target",
            "level id",
            "expected level",
        ],
    ),
    (Heading::Field(Field::LevelTitle), &["level title"]),
    (Heading::Field(Field::LevelRank), &["level rank"]),
    (
        Heading::Field(Field::Statement),
        &[
            "text",
            "statement text",
            "statement",
            "expectation",
            "expectations",
            "indicator",
            "requirement",
            "evidence",
        ],
    ),
    (Heading::Field(Field::StatementId), &["statement id"]),
    (Heading::Field(Field::Optional), &["optional"]),
    (Heading::Field(Field::Voice), &["voice"]),
    (Heading::Field(Field::Source), &["source"]),
    (Heading::Field(Field::At), &["at", "page", "chapter"]),
    (Heading::Description, &["description", "summary", "details", "meaning"]),
    (
        Heading::Aside,
        &[
            "notes",
            "note",
            "comment",
            "comments",
            "remark",
            "remarks",
            "owner",
            "author",
            "link",
            "links",
            "url",
            "date",
            "updated",
            "last updated",
            "version",
            "status",
            "no",
            "nr",
            "number",
            "id",
            "total",
            "totals",
            "sum",
            "average",
            "count",
            "relation",
            "inherited from",
            "weight",
            "priority",
            "todo",
            "reviewed",
            "example",
            "examples",
        ],
    ),
];

/// Words for people who are better at something than the words before.
const LEVELS: &[&[&str]] = &[
    &["none", "no experience", "unfamiliar", "unaware"],
    &[
        "awareness",
        "aware",
        "familiar",
        "entry",
        "learning",
        "learner",
        "foundation",
        "foundational",
        "knows",
    ],
    &["novice", "beginner", "basic", "basics", "junior", "trainee", "fundamental"],
    &["working", "intermediate", "developing", "competent", "medium", "solid", "mid", "independent"],
    &["practitioner", "proficient", "skilled", "experienced", "good", "strong", "senior", "high"],
    &["advanced", "leading", "lead", "very good", "very high"],
    &["expert", "master", "mastery", "strategic", "principal", "authority", "excellent"],
];

const MARKS: &[&str] =
    &["x", "✓", "✔", "✅", "☑", "yes", "y", "true", "●", "•", "*", "1", "ja", "oui", "sí", "si"];
const OPTIONAL: &[&str] = &["(x)", "(✓)", "(yes)", "optional", "o", "nice to have"];
const NOTHING: &[&str] =
    &["", "-", "–", "—", "n/a", "na", "no", "false", ".", "not needed", "not required", "nein", "non"];
const TOTALS: &[&str] =
    &["total", "totals", "sum", "average", "avg", "mean", "count", "summe", "gesamt", "subtotal"];

/// What a heading stands for, if it is one of those that are known.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let text = plain(text);
    HEADINGS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(heading, _)| *heading)
}

/// Whether rows that are headed so are skills, and not just aspects.
pub(super) fn is_skill_word(text: &str) -> bool {
    let text = plain(text);
    ["skill", "competenc", "capabilit", "abilit", "knowledge"].iter().any(|word| text.contains(word))
}

/// A heading in small letters, and single spaces for whatever else stands in it.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where a level stands among the words that are known, lowest first.
pub(super) fn level_place(text: &str) -> Option<usize> {
    let text = plain(text);
    LEVELS.iter().position(|words| words.contains(&text.as_str()))
}

pub(super) fn is_mark(text: &str) -> bool {
    MARKS.contains(&text.to_lowercase().as_str())
}

pub(super) fn is_optional_mark(text: &str) -> bool {
    OPTIONAL.contains(&text.to_lowercase().as_str())
}

/// Whether a cell says that the role does not need the skill.
pub(super) fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.to_lowercase().as_str())
}

/// Whether a row that begins so adds up the others.
pub(super) fn is_total(text: &str) -> bool {
    TOTALS.contains(&plain(text).as_str())
}

/// A level as people write it, taken apart: its number, and its title.
pub(super) fn level_parts(text: &str) -> (Option<i64>, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    let title = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—:.)=".contains(c));
    match number.parse::<i64>() {
        // "2 - Working", "2", but not "2nd".
        Ok(number) if rest.is_empty() || title.len() < rest.len() => (Some(number), title),
        _ => (None, text),
    }
}

/// The statements in a cell: one for each bullet or line. A line that only goes on with a bullet belongs to it.
pub(super) fn statements(text: &str) -> Vec<String> {
    let bullet = |line: &str| -> Option<String> {
        let line = line.trim_start();
        let rest = line.strip_prefix(['•', '●', '▪', '◦', '‣', '·', '–', '—']).or_else(|| {
            let rest = line.strip_prefix(['-', '*'])?;
            rest.starts_with(char::is_whitespace).then_some(rest)
        });
        let rest = rest.or_else(|| {
            let digits = line.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..3).contains(digits))?;
            let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
            rest.starts_with(char::is_whitespace).then_some(rest)
        });
        rest.map(|rest| rest.trim().to_owned())
    };
    let mut found: Vec<String> = Vec::new();
    let mut in_bullets = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (bullet(line), found.last_mut()) {
            (Some(text), _) => {
                in_bullets = true;
                found.push(text);
            }
            (None, Some(last)) if in_bullets => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, _) => found.push(line.trim().to_owned()),
        }
    }
    found.retain(|text| !text.is_empty());
    found
}

/// A name as an id: small Latin letters and digits, with hyphens between words.
pub(super) fn slug(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase().replace(['\'', '’'], "");
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// An id as a title: spaces for hyphens, and a capital at the beginning.
pub(super) fn title_of(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{level_parts, slug, statements, title_of};

    #[test]
    fn levels_are_taken_apart() {
        for (text, parts) in [
            ("2 - Working", (Some(2), "Working")),
            ("2: Working", (Some(2), "Working")),
            ("3", (Some(3), "")),
            ("Working", (None, "Working")),
            ("2nd", (None, "2nd")),
            ("L2", (None, "L2")),
        ] {
            assert_eq!(level_parts(text), parts);
        }
    }

    #[test]
    fn cells_hold_several_statements() {
        assert_eq!(statements("One\n\nTwo"), ["One", "Two"]);
        assert_eq!(statements("• One\n  goes on\n• Two"), ["One goes on", "Two"]);
        assert_eq!(statements("1. One\n2) Two"), ["One", "Two"]);
        assert_eq!(statements("- One\n* Two"), ["One", "Two"]);
        assert_eq!(statements("-20 degrees\n2024 was good"), ["-20 degrees", "2024 was good"]);
    }

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Éric’s Größe & Co."), "erics-grosse-co");
        assert_eq!(slug("Владимир"), "vladimir");
        assert_eq!(slug("—"), "");
        assert_eq!(title_of("product-owner"), "Product owner");
    }
}
