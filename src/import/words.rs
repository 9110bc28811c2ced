//! Common column headings and cell contents.

use crate::format::Field;

/// What a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Field(Field),
    /// A description: of the skill in a wide table, or a statement in a long one.
    Description,
    /// A summary: of the skill in a wide table, or of the role in a long one.
    Summary,
    /// The levels of a scale, in a table that rolebook wrote.
    Levels,
    /// Something that a dataset has no place for.
    Aside,
}

const HEADINGS: &[(Heading, &[&str])] = &[
    (
        Heading::Field(Field::RoleTitle),
        &[
            "role",
            "roles",
            "role title",
            "job",
            "job title",
            "position",
            "job role",
            "role name",
            "profile",
            "employee",
            "title",
            "rolle",
            "stelle",
            "rôle",
            "poste",
        ],
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
            "skill area",
            "competency area",
            "competency group",
            "capability area",
            "capability category",
            "capability group",
            "competence area",
            "competency category",
            "competency cluster",
            "competency domain",
            "skill cluster",
            "skill domain",
            "kompetenzbereich",
            "kompetenzfeld",
            "bereich",
            "kategorie",
            "gruppe",
            "domaine",
            "catégorie",
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
            "fähigkeit",
            "fähigkeiten",
            "kompetenz",
            "kompetenzen",
            "kenntnis",
            "kenntnisse",
            "compétence",
            "compétences",
        ],
    ),
    (Heading::Field(Field::AspectId), &["aspect id", "skill id", "competency id"]),
    (
        Heading::Field(Field::Summary),
        &["skill description", "skill definition", "competency description", "definition"],
    ),
    (Heading::Field(Field::Kind), &["kind", "skill kind", "type", "skill type", "kind of skill"]),
    (Heading::Field(Field::Scale), &["scale"]),
    (Heading::Levels, &["levels"]),
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
            "expected proficiency",
            "level required",
            "minimum level",
            "proficiency required",
            "required proficiency",
            "required proficiency level",
            "required skill level",
            "target level",
            "target proficiency",
            "soll",
            "soll niveau",
            "niveau",
            "stufe",
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
    (Heading::Summary, &["summary"]),
    (Heading::Description, &["description", "details", "meaning", "beschreibung", "description du poste"]),
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
            "last reviewed",
            "version",
            "status",
            "code",
            "competency code",
            "employee id",
            "job code",
            "job id",
            "no",
            "nr",
            "position id",
            "role code",
            "skill code",
            "number",
            "id",
            "score",
            "relation",
            "inherited from",
            "weight",
            "priority",
            "todo",
            "reviewed",
            "example",
            "examples",
            "mandatory",
            "required",
            "bemerkung",
            "bemerkungen",
            "anmerkung",
            "anmerkungen",
            "kommentar",
            "kommentare",
            "notizen",
            "commentaire",
            "commentaires",
            "remarque",
            "remarques",
        ],
    ),
];

/// Headings of columns that name people, roles or anything else.
const NAMES: &[&str] = &["name", "names", "person", "people", "team member", "member", "nom"];

/// Words for levels, lowest first.
const LEVELS: &[&[&str]] = &[
    &["none", "no experience", "unfamiliar", "unaware", "missing"],
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
        "apprentice",
        "weak",
        "low",
    ],
    &[
        "novice",
        "beginner",
        "basic",
        "basics",
        "junior",
        "trainee",
        "fundamental",
        "grundlagen",
        "grundkenntnisse",
        "anfänger",
        "débutant",
    ],
    &["advanced beginner"],
    &[
        "working",
        "intermediate",
        "developing",
        "competent",
        "medium",
        "solid",
        "mid",
        "independent",
        "average",
        "moderate",
        "journeyman",
        "mittel",
        "intermédiaire",
    ],
    &[
        "practitioner",
        "proficient",
        "skilled",
        "experienced",
        "good",
        "strong",
        "senior",
        "high",
        "gut",
        "kenner",
        "confirmé",
    ],
    &[
        "advanced",
        "leading",
        "lead",
        "very good",
        "very high",
        "fortgeschritten",
        "sehr gut",
        "avancé",
        "profi",
    ],
    &["expert", "master", "mastery", "strategic", "principal", "authority", "excellent", "experte"],
];

/// CEFR language levels.
const LANGUAGE: &[&[&str]] = &[&["a1"], &["a2"], &["b1"], &["b2"], &["c1"], &["c2"]];

/// Words for how far something applies, least first.
const EXTENTS: &[&[&str]] = &[
    &["no", "none", "not at all", "never", "nein", "non"],
    &["rarely", "hardly", "a little", "selten", "kaum", "rarement"],
    &["partly", "partially", "partial", "some", "somewhat", "sometimes", "teilweise", "en partie", "partiel"],
    &["mostly", "largely", "often", "überwiegend", "weitgehend", "souvent"],
    &["yes", "fully", "full", "completely", "always", "ja", "voll", "oui", "toujours"],
];

/// Symbols for levels and their ids, least first.
const SYMBOLS: &[&[(&str, &str)]] = &[
    &[
        ("×", "cross"),
        ("✕", "cross"),
        ("△", "triangle"),
        ("▲", "triangle"),
        ("○", "circle"),
        ("◯", "circle"),
        ("〇", "circle"),
        ("◎", "double-circle"),
    ],
    &[("○", "empty"), ("◔", "quarter"), ("◐", "half"), ("◑", "half"), ("◕", "three-quarters"), ("●", "full")],
    &[("--", "minus-2"), ("0", "zero"), ("+", "plus-1"), ("++", "plus-2"), ("+++", "plus-3")],
];

const MARKS: &[&str] =
    &["x", "✓", "✔", "✅", "☑", "yes", "y", "true", "●", "•", "must", "must have", "ja", "oui", "sí", "si"];
const OPTIONAL: &[&str] =
    &["(x)", "(✓)", "(yes)", "optional", "nice to have", "should", "could", "should have", "could have"];
const NOTHING: &[&str] = &[
    "",
    "-",
    "–",
    "—",
    "―",
    "−",
    "－",
    "ー",
    "n/a",
    "n.a.",
    "na",
    "no",
    "n",
    "false",
    ".",
    "none",
    "not needed",
    "not required",
    "nein",
    "keine",
    "kein",
    "non",
    "aucun",
    "aucune",
];
/// Names of rows and columns that sum up others.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "sum",
    "average",
    "avg",
    "mean",
    "count",
    "subtotal",
    "summe",
    "gesamt",
    "durchschnitt",
    "mittelwert",
    "moyenne",
];
/// Beginnings of remarks about the table.
const REMARKS: &[&str] = &[
    "legend",
    "key",
    "note",
    "notes",
    "source",
    "sources",
    "last updated",
    "updated",
    "legende",
    "stand",
    "quelle",
];

/// What a heading stands for, if it is known.
pub(super) fn heading(text: &str) -> Option<Heading> {
    // Text in brackets is only an explanation.
    let text = plain(text.split('(').next().unwrap_or(text));
    let known =
        HEADINGS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(heading, _)| *heading);
    known.or_else(|| is_total(&text).then_some(Heading::Aside))
}

/// Whether a column with this heading contains skills rather than other aspects.
pub(super) fn is_skill_word(text: &str) -> bool {
    let text = plain(text);
    ["skill", "competenc", "capabilit", "abilit", "knowledge"].iter().any(|word| text.contains(word))
}

/// Lowercases a heading and replaces everything but letters and digits with single spaces.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The positions of levels in the list of known words that has most of them, lowest first.
pub(super) fn level_places(titles: &[&str]) -> Vec<Option<usize>> {
    let places = |order| titles.iter().map(|title| place(order, title)).collect::<Vec<_>>();
    let known = |places: &Vec<Option<usize>>| places.iter().flatten().count();
    let symbols = SYMBOLS.iter().map(|order| titles.iter().map(|title| symbol_place(order, title)).collect());
    // Of several that have equally many, this takes the last.
    symbols.chain([EXTENTS, LANGUAGE, LEVELS].map(places)).max_by_key(known).unwrap_or_default()
}

fn symbol_place(order: &[(&str, &str)], text: &str) -> Option<usize> {
    // Symbols with the same id are the same level.
    let (_, id) = order.iter().find(|(symbol, _)| *symbol == text)?;
    order.iter().position(|(_, known)| known == id)
}

/// The id of a level that is a symbol.
pub(super) fn symbol_id(text: &str) -> Option<&'static str> {
    SYMBOLS.iter().copied().flatten().find(|(symbol, _)| *symbol == text).map(|(_, id)| *id)
}

fn place(order: &[&[&str]], text: &str) -> Option<usize> {
    let text = plain(text);
    order.iter().position(|words| words.contains(&text.as_str()))
}

/// Whether a text is a common word for a level, whatever the other levels are.
pub(super) fn is_level_word(text: &str) -> bool {
    place(LEVELS, text).or_else(|| place(LANGUAGE, text)).is_some()
}

/// Whether values say how far something applies, such as `yes` and `partly` or `●` and `◑`; `yes` alone is a mark.
pub(super) fn are_extents<'t>(values: &(impl Iterator<Item = &'t str> + Clone)) -> bool {
    let are_words = || values.clone().all(|value| place(EXTENTS, value).is_some());
    let are_of = |order: &[(&str, &str)]| values.clone().all(|value| symbol_place(order, value).is_some());
    let are_known = are_words() || SYMBOLS.iter().any(|order| are_of(order));
    are_known && values.clone().any(|value| !is_any_mark(value))
}

/// Whether a text is a known level: a number, perhaps with a name or behind a common abbreviation, or a common word.
pub(super) fn is_level(text: &str) -> bool {
    let is_numbered =
        || numbered(text).is_some_and(|(name, _)| NUMBERED.contains(&name.to_lowercase().as_str()));
    is_named_level(text) || is_numbered()
}

/// What numbered levels are called, as in `L2`.
const NUMBERED: &[&str] = &["l", "lv", "lvl", "level", "niveau", "stufe", "レベル"];

fn is_named_level(text: &str) -> bool {
    let (number, title) = level_parts(text);
    number.is_some() || is_level_word(title)
}

/// Words for ranks. A column with such a heading is a role, although the word may also be a level.
const RANKS: [&str; 10] = [
    "junior",
    "mid",
    "senior",
    "lead",
    "leading",
    "principal",
    "trainee",
    "apprentice",
    "journeyman",
    "entry",
];

/// Whether a heading is a level and not a rank.
pub(super) fn is_level_heading(text: &str) -> bool {
    is_named_level(text) && !RANKS.contains(&plain(text).as_str())
}

/// Whether the rows below this heading may be people or roles as well as skills.
pub(super) fn is_name_heading(text: &str) -> bool {
    NAMES.contains(&plain(text).as_str())
}

/// Whether a row is a remark about the table.
pub(super) fn is_remark(text: &str) -> bool {
    let lower = text.to_lowercase();
    let begins = |word: &&&str| {
        lower.strip_prefix(**word).is_some_and(|rest| rest.starts_with([':', ' ', '.']) || rest.is_empty())
    };
    text.starts_with(['*', '†', '©'])
        || REMARKS.iter().find(begins).is_some() && (text.contains(':') || text.contains(' '))
}

/// Whether a text is a mark that cannot be the name of a level.
pub(super) fn is_tick(text: &str) -> bool {
    is_mark(text) && text.chars().nth(1).is_none()
}

pub(super) fn is_mark(text: &str) -> bool {
    is_one_of(MARKS, text)
}

/// Whether a text is a mark, also one for optional.
pub(super) fn is_any_mark(text: &str) -> bool {
    is_mark(text) || is_optional_mark(text)
}

pub(super) fn is_optional_mark(text: &str) -> bool {
    is_one_of(OPTIONAL, text)
}

/// Whether a cell means that the role does not need the skill.
pub(super) fn is_nothing(text: &str) -> bool {
    is_one_of(NOTHING, text)
}

/// Whether a text is one of these words, which have small letters.
fn is_one_of(words: &[&str], text: &str) -> bool {
    // Fast path, because this is asked of every cell: ASCII needs no new text.
    if text.is_ascii() {
        words.iter().any(|word| word.eq_ignore_ascii_case(text))
    } else {
        words.contains(&text.to_lowercase().as_str())
    }
}

/// Whether two texts differ in nothing but capitals.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let are_ascii = || one.is_ascii() && other.is_ascii();
    one.eq_ignore_ascii_case(other) || (!are_ascii() && one.to_lowercase() == other.to_lowercase())
}

/// Whether a row with this name, in a table whose columns are roles, is about the roles and not a skill.
pub(super) fn is_about_roles(text: &str) -> bool {
    matches!(heading(text), Some(Heading::Aside | Heading::Field(Field::Rank)))
}

/// Whether a text is only a number.
pub(super) fn is_number(text: &str) -> bool {
    whole_number(text).is_some()
}

/// Whether a row or column with this name is a total.
pub(super) fn is_total(text: &str) -> bool {
    TOTALS.contains(&plain(text).as_str())
}

/// Splits a level into its number, in thousandths, and its title.
pub(super) fn level_parts(text: &str) -> (Option<i64>, &str) {
    let text = text.trim();
    if let Some(number) = whole_number(text) {
        return (Some(number), "");
    }
    // "★★☆" counts as a number.
    if !text.is_empty() && text.chars().all(|c| matches!(c, '★' | '⭐' | '☆')) {
        let stars = text.chars().filter(|c| *c != '☆').count();
        return (i64::try_from(stars).ok().map(|stars| stars * 1000), "");
    }
    // "2 - Working", "2: Working", "2. Working"; but not "2nd", "2024-01-05" or "1-2".
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if let (Some(number), Some(rest)) = (text.get(..end).and_then(whole_number), text.get(end..)) {
        let title = rest.trim_start().trim_start_matches(['-', '–', '—', ':', '.', ')', '=']).trim_start();
        let is_name = title.starts_with(char::is_alphabetic) && title.len() < rest.trim_start().len();
        if is_name {
            return (Some(number), title);
        }
        if let Some(name) = bracketed(rest.trim_start()) {
            return (Some(number), name);
        }
    }
    // "Working (2)".
    let behind = || {
        let (name, number) = text.strip_suffix(')')?.rsplit_once('(')?;
        Some((whole_number(number.trim())?, name.trim())).filter(|(_, name)| !name.is_empty())
    };
    behind().map_or((None, text), |(number, name)| (Some(number), name))
}

/// A name in brackets, without a number in it.
fn bracketed(text: &str) -> Option<&str> {
    let name = text.strip_prefix('(')?.strip_suffix(')')?;
    (name.starts_with(char::is_alphabetic) && !name.chars().any(|c| c.is_ascii_digit())).then_some(name)
}

/// Parses a number in thousandths, with a decimal point or comma, perhaps in per cent.
fn whole_number(text: &str) -> Option<i64> {
    let text = text.strip_suffix('%').map_or(text, str::trim_end);
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 3 || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let thousandths = match part.parse::<i64>() {
        Ok(number) => number * [1000, 100, 10, 1].get(part.len())?,
        Err(_) => 0,
    };
    Some(whole.parse::<i64>().ok()? * 1000 + thousandths)
}

/// Formats a number of thousandths.
pub(super) fn shown_number(thousandths: i64) -> String {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

/// Splits a name such as `L2` or `level-3` into the word and the number.
pub(super) fn numbered(text: &str) -> Option<(&str, i64)> {
    let end = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (name, number) = text.split_at_checked(end)?;
    let name = name.trim_end_matches(['-', ' ', '_']);
    (name.chars().all(char::is_alphabetic) && !name.is_empty()).then_some(())?;
    Some((name, number.parse().ok()?))
}

/// The title of a level that only has a number, in thousandths.
pub(super) fn numbered_level(number: i64) -> String {
    format!("Level {}", shown_number(number))
}

/// The number, in thousandths, of a level that has no other name: `Level 2.5` or `50%`.
pub(super) fn bare_number(title: &str) -> Option<i64> {
    match title.strip_prefix("Level ") {
        Some(number) => whole_number(number),
        None => title.ends_with('%').then(|| whole_number(title))?,
    }
}

/// Abbreviated months, as spreadsheets show them in a few languages.
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mrz", "mär",
    "mai", "okt", "dez", "janv", "févr", "mars", "avr", "juin", "juil", "août", "déc",
];

/// More bytes than a date has.
const LONGEST_DATE: usize = 24;

/// Whether a text is a date: with a year, or a day and an abbreviated month, which spreadsheets make from `1-2`.
pub(super) fn is_date(text: &str) -> bool {
    // This is asked of every cell, and some hold pages.
    if text.len() > LONGEST_DATE {
        return false;
    }
    let parts: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &str| MONTHS.contains(&part.to_lowercase().as_str());
    match parts.as_slice() {
        [one, two] => (is_number(one) && is_month(two)) || (is_month(one) && is_number(two)),
        [day, month, year] if is_month(month) => is_number(day) && is_number(year),
        [one, two, three] => {
            let are_numbers = [one, two, three].iter().all(|part| is_number(part)) && !text.contains(' ');
            are_numbers
                && matches!([one.len(), two.len(), three.len()], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
        }
        _ => false,
    }
}

/// Splits a cell into statements: one per bullet or line. A line that continues a bullet belongs to it.
pub(super) fn statements(text: &str) -> Vec<String> {
    let bullet = |line: &str| -> Option<String> {
        let line = line.trim_start();
        let rest = line
            .strip_prefix(['•', '●', '▪', '◦', '‣', '·', '–', '—', '→', '➔', '➢', '✓', '✔'])
            .or_else(|| {
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

/// Turns a name into an id: lower-case Latin letters and digits, with hyphens between words.
pub(super) fn slug(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase().replace(['\'', '’'], "");
    let mut spelt = String::new();
    for c in ascii.chars() {
        let follows = spelt.ends_with(|c: char| c.is_ascii_alphanumeric());
        match c {
            // C++ and C# are not C.
            '+' if follows => spelt.push_str(" plus"),
            '#' if follows => spelt.push_str(" sharp"),
            _ => spelt.push(c),
        }
    }
    let words = spelt.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Turns an id into a title: spaces instead of hyphens, and an initial capital.
pub(super) fn title_of(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{bare_number, is_date, level_parts, numbered, numbered_level, slug, statements, title_of};

    #[test]
    fn levels_are_taken_apart() {
        for (text, parts) in [
            ("2 - Working", (Some(2000), "Working")),
            ("2: Working", (Some(2000), "Working")),
            ("2. Working", (Some(2000), "Working")),
            ("3", (Some(3000), "")),
            ("2.0", (Some(2000), "")),
            ("1.5", (Some(1500), "")),
            ("2,5", (Some(2500), "")),
            ("50%", (Some(50_000), "")),
            ("★★★", (Some(3000), "")),
            ("★☆☆", (Some(1000), "")),
            ("3 (Expert)", (Some(3000), "Expert")),
            ("Expert (3)", (Some(3000), "Expert")),
            ("3 (ideally 4)", (None, "3 (ideally 4)")),
            ("2 years", (None, "2 years")),
            ("1-2", (None, "1-2")),
            ("3+", (None, "3+")),
            ("2024-01-05", (None, "2024-01-05")),
            ("Working", (None, "Working")),
            ("2nd", (None, "2nd")),
            ("L2", (None, "L2")),
        ] {
            assert_eq!(level_parts(text), parts);
        }
    }

    #[test]
    fn days_are_no_levels() {
        assert!(is_date("2024-01-05") && is_date("5.1.2024") && is_date("1/5/2024"));
        assert!(is_date("01-Feb") && is_date("Feb-02") && is_date("1. Mrz") && is_date("5-Feb-2024"));
        assert!(!is_date("1-2") && !is_date("1.5") && !is_date("2024") && !is_date("1 - Basic"));
        assert_eq!(numbered("level-3"), Some(("level", 3)));
        assert_eq!(numbered("L2"), Some(("L", 2)));
        assert_eq!(numbered("2"), None);
        assert_eq!(bare_number(&numbered_level(2500)), Some(2500));
        assert_eq!(bare_number("50%"), Some(50_000));
        assert_eq!(bare_number("Basic"), None);
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
        assert_eq!(["C", "C++", "C#", "# of people"].map(slug), ["c", "c-plus-plus", "c-sharp", "of-people"]);
        assert_eq!(slug("—"), "");
        assert_eq!(title_of("product-owner"), "Product owner");
    }
}
