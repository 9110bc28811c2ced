//! Blocks that several documents share, such as aspects side by side, a statement as a line, and the list of sources.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::analysis::compare::{ComparedAspect, Held};
use crate::doc::{Block, Cell, Doc, Line, Table, Tone};
use crate::format::Text;
use crate::framework::Statement;
use crate::report::parts::{
    AspectCounts, ByRole, ComparedEntry, DatasetEntry, ListedRole, NeedsEntry, OptionEntry, QuestionEntry,
    RoleEntry, SourceEntry, StatementEntry, StatementFields, VoiceEntry,
};
use crate::text::{counted, listed};

/// How to write a statement in words.
pub(crate) struct Words<'d> {
    /// The names of voices, by id.
    voices: HashMap<&'d str, &'d str>,
    /// Whether to cite source and voice.
    cite: bool,
}

impl<'d> Words<'d> {
    /// `cite` adds source and voice.
    pub(crate) fn new(voices: &[VoiceEntry<'d>], cite: bool) -> Self {
        Self { voices: voices.iter().map(|voice| (voice.id, voice.name)).collect(), cite }
    }

    /// A statement in words, its level first.
    pub(crate) fn statement(&self, statement: &StatementEntry<'d>) -> Line<'d> {
        self.fields(&statement.fields())
    }

    /// A statement in words, its level first.
    fn fields(&self, statement: &StatementFields<'_, 'd>) -> Line<'d> {
        let mut line = Line::default();
        let said = match statement.level_title {
            Some(title) => {
                line = line.and(Tone::Strong, title);
                statement.text.or(statement.level_summary).map(|text| (" – ", text))
            }
            None => statement.text.map(|text| ("", text)),
        };
        if let Some((before, text)) = said {
            line = line.and(Tone::Plain, before).and(Tone::Plain, text);
        }
        if statement.optional {
            line = line.and(Tone::Muted, " (optional)");
        }
        if !statement.examples.is_empty() {
            let examples: Vec<&str> = statement.examples.iter().map(Text::as_str).collect();
            line = line.and(Tone::Muted, format!(" (for example: {})", examples.join("; ")));
        }
        if let Some(base) = statement.base {
            line = line.and(Tone::Muted, format!(" (from {base})"));
        }
        if self.cite {
            let voice = statement.voice.map(|id| self.voice(id));
            let place = match (statement.source, statement.at) {
                (Some(source), Some(at)) => Some(format!("{source}, {at}")),
                (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
                (None, None) => None,
            };
            let parts: Vec<String> = voice.map(str::to_owned).into_iter().chain(place).collect();
            if !parts.is_empty() {
                line = line.and(Tone::Muted, format!(" ({})", parts.join("; ")));
            }
        }
        line
    }

    fn voice(&self, id: &'d str) -> &'d str {
        self.voices.get(id).copied().unwrap_or(id)
    }
}

/// A statement in as few words as possible: the level, or else the text.
pub(crate) fn brief<'d>(statement: &StatementEntry<'d>) -> Line<'d> {
    let StatementFields { level_title, text, optional, .. } = statement.fields();
    let line = Line::from(level_title.or(text).unwrap_or_default());
    if optional { line.and(Tone::Muted, " (optional)") } else { line }
}

/// The most roles of which each has its own cell. Past that, a page would repeat each statement for every role that
/// shares it, so each statement is listed once, with its roles.
const MOST_CELLS: usize = 12;

/// The most roles without statements that are named, instead of counted.
const MOST_NAMED: usize = 3;

/// Whether statements are listed with their roles, because there are too many roles for a cell each.
pub(crate) fn lists_roles(roles: usize) -> bool {
    roles > MOST_CELLS
}

/// Aspects with the statements of each role, in declared order. Statements that all roles share are shown once, in a
/// separate table, so tables of shared aspects alternate with tables of the others. For many roles, see [`MOST_CELLS`].
pub(crate) fn side_by_side<'r, 'd: 'r>(
    roles: &[RoleEntry<'d>],
    noun: &'static str,
    rows: impl IntoIterator<Item = Row<'r, 'd>>,
    words: &Words<'d>,
) -> Vec<Block<'d>> {
    if lists_roles(roles.len()) {
        let table = with_roles(roles, noun, rows.into_iter().map(ListedRow::from), words);
        return if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    }
    let mut tables = Runs { all: Vec::new(), noun, roles };
    for Row { heading, statements, .. } in rows {
        let said = words.split(&statements);
        if !said.by_all.is_empty() {
            tables.add(RowKind::ByAll, vec![heading.clone(), said.by_all]);
        }
        if let Some(by_each) = said.by_each {
            tables.add(RowKind::ByEach, std::iter::once(heading).chain(by_each).collect());
        }
    }
    tables.all.into_iter().map(|(_, table)| Block::Table(table)).collect()
}

/// Aspects with each statement once, and the roles that it applies to.
pub(crate) fn with_roles<'d>(
    roles: &[RoleEntry<'d>],
    noun: &'static str,
    rows: impl Iterator<Item = ListedRow<'d>>,
    words: &Words<'d>,
) -> Table<'d> {
    let head = vec![noun.into(), "Statements, and the roles they apply to".into()];
    Table { head, rows: rows.map(|row| words.row_with_roles(roles, row)).collect() }
}

/// The title of an aspect, and what roles hold on it.
pub(crate) struct ListedRow<'d> {
    heading: Cell<'d>,
    /// What the roles hold, by role.
    held: Vec<Held<'d>>,
    /// All statements on the aspect, in declared order.
    declared: &'d [Statement<'d>],
}

impl<'d> ListedRow<'d> {
    /// What the compared roles hold on an aspect.
    pub(crate) fn new(compared: &ComparedAspect<'d>) -> Self {
        let aspect = compared.aspect;
        let heading = match &aspect.skill {
            Some(skill) => skill_heading(&aspect.title, &skill.kind),
            None => aspect.title.as_str().into(),
        };
        Self { heading: vec![heading], held: compared.held().to_vec(), declared: &aspect.statements }
    }
}

impl<'d> From<Row<'_, 'd>> for ListedRow<'d> {
    fn from(row: Row<'_, 'd>) -> Self {
        let held = row.statements.iter().enumerate().flat_map(|(place, statements)| {
            statements.iter().map(move |entry| Held { place, statement: entry.statement, base: entry.base })
        });
        Self { held: held.collect(), heading: row.heading, declared: row.declared }
    }
}

/// The statements on one aspect, and its title.
pub(crate) struct Row<'r, 'd> {
    pub(crate) heading: Cell<'d>,
    /// The statements of each role.
    pub(crate) statements: Vec<&'r [StatementEntry<'d>]>,
    /// All statements on the aspect, in declared order.
    pub(crate) declared: &'d [Statement<'d>],
}

impl<'r, 'd> From<&'r ComparedEntry<'d>> for Row<'r, 'd> {
    fn from(aspect: &'r ComparedEntry<'d>) -> Self {
        Self {
            heading: vec![aspect.title.into()],
            statements: by_role(&aspect.statements),
            declared: aspect.declared,
        }
    }
}

impl<'r, 'd> From<&'r NeedsEntry<'d>> for Row<'r, 'd> {
    fn from(skill: &'r NeedsEntry<'d>) -> Self {
        Self {
            heading: vec![skill_heading(skill.title, skill.kind)],
            statements: by_role(&skill.needs),
            declared: skill.declared,
        }
    }
}

fn by_role<'r, 'd>(statements: &'r ByRole<'d, Vec<StatementEntry<'d>>>) -> Vec<&'r [StatementEntry<'d>]> {
    statements.0.iter().map(|(_, said)| said.as_slice()).collect()
}

/// A skill's title with its kind.
pub(crate) fn skill_heading<'d>(title: &'d str, kind: &str) -> Line<'d> {
    Line::from(title).and(Tone::Muted, format!(" ({kind})"))
}

/// The statements on one aspect: those of all roles, and the others of each role.
struct Said<'d> {
    by_all: Cell<'d>,
    by_each: Option<Vec<Cell<'d>>>,
}

impl<'d> Words<'d> {
    /// An aspect with each statement once, the roles that it applies to behind it, and at the end the roles without
    /// statements.
    fn row_with_roles(&self, roles: &[RoleEntry<'d>], row: ListedRow<'d>) -> Vec<Cell<'d>> {
        let mut holders: Vec<Vec<Cow<'d, str>>> = vec![Vec::new(); row.declared.len()];
        for held in &row.held {
            let Some(role) = roles.get(held.place) else { continue };
            let holder = match held.base {
                Some(base) => format!("{} from {}", role.title, base.title).into(),
                None => role.title.into(),
            };
            if let Some(holders) = holders.get_mut(held.statement.index) {
                holders.push(holder);
            }
        }
        let held = row.declared.iter().zip(&holders).filter(|(_, holders)| !holders.is_empty());
        let held = held.map(|(statement, holders)| {
            let line = self.fields(&StatementFields::new(statement, None, &[]));
            line.and(Tone::Muted, format!(" ({})", enumerated(roles.len(), holders)))
        });
        let mut cell: Cell<'d> = held.collect();
        let speaking: Vec<usize> = row
            .held
            .chunk_by(|one, other| one.place == other.place)
            .filter_map(|held| Some(held.first()?.place))
            .collect();
        let silent = roles.len().saturating_sub(speaking.len());
        if silent > 0 {
            let others = if silent > MOST_NAMED {
                format!("the other {}", counted(silent, "role"))
            } else {
                let is_silent = |(place, _): &(usize, _)| speaking.binary_search(place).is_err();
                let silent = roles.iter().enumerate().filter(is_silent);
                silent.map(|(_, role)| role.title).collect::<Vec<_>>().join(", ")
            };
            cell.push(Line::toned(Tone::Muted, format!("— ({others})")));
        }
        vec![row.heading, cell]
    }

    fn split(&self, by_role: &[&[StatementEntry<'d>]]) -> Said<'d> {
        let roles = by_role.len();
        let is_by_all = |statement: &StatementEntry<'_>| roles > 1 && statement.roles.len() == roles;
        let first = by_role.first().copied().unwrap_or_default();
        let common = first.iter().filter(|statement| is_by_all(statement));
        let by_all: Cell = common.map(|statement| self.statement(statement)).collect();
        let rest: Vec<Cell> = by_role
            .iter()
            .map(|statements| {
                let own = statements.iter().filter(|statement| !is_by_all(statement));
                let cell: Cell = own.map(|statement| self.statement(statement)).collect();
                if cell.is_empty() && !statements.is_empty() {
                    vec![Line::toned(Tone::Muted, "nothing more")]
                } else {
                    cell
                }
            })
            .collect();
        let some_say_more =
            by_role.iter().any(|statements| statements.iter().any(|statement| !is_by_all(statement)));
        Said { by_all, by_each: some_say_more.then_some(rest) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    ByAll,
    ByEach,
}

/// Builds tables that alternate between shared and separate statements.
struct Runs<'r, 'd> {
    all: Vec<(RowKind, Table<'d>)>,
    noun: &'static str,
    roles: &'r [RoleEntry<'d>],
}

impl<'d> Runs<'_, 'd> {
    fn add(&mut self, kind: RowKind, row: Vec<Cell<'d>>) {
        match self.all.last_mut() {
            Some((last, table)) if *last == kind => table.rows.push(row),
            _ => {
                let first = Line::from(self.noun);
                let head = match kind {
                    RowKind::ByAll => vec![first, Line::from(all_of(self.roles.len()))],
                    RowKind::ByEach => std::iter::once(first)
                        .chain(self.roles.iter().map(|role| role.title.into()))
                        .collect(),
                };
                self.all.push((kind, Table { head, rows: vec![row] }));
            }
        }
    }
}

/// "Both", "All 3".
fn all_of(roles: usize) -> String {
    if roles == 2 { "Both".to_owned() } else { format!("All {roles}") }
}

/// "3 roles: one, two, three", "all 200 roles".
fn enumerated(of: usize, holders: &[Cow<'_, str>]) -> String {
    if holders.len() == of && holders.iter().all(|holder| matches!(holder, Cow::Borrowed(_))) {
        return format!("all {}", counted(of, "role"));
    }
    format!("{}: {}", counted(holders.len(), "role"), holders.join(", "))
}

/// Roles one below the other: title, names, summary.
pub(crate) fn listing<'r, 'd: 'r>(roles: impl IntoIterator<Item = &'r ListedRole<'d>>) -> Table<'d> {
    Table {
        head: vec!["Role".into(), "Names".into(), "Summary".into()],
        rows: roles.into_iter().map(ListedRole::row).collect(),
    }
}

/// A new document about a dataset.
pub(crate) fn document<'d>(title: impl Into<Line<'d>>, dataset: &DatasetEntry<'d>) -> Doc<'d> {
    let mut doc = Doc::new(title);
    doc.language = dataset.language.map(Cow::from);
    doc.aside = Some(dataset.label().into());
    doc
}

/// Roles by name: "Product manager and Product owner", "5 roles".
pub(crate) fn names(roles: &[RoleEntry<'_>]) -> String {
    match roles.len() {
        0 => "No role".to_owned(),
        1..=3 => listed(&roles.iter().map(|role| role.title).collect::<Vec<_>>(), "and"),
        many => counted(many, "role"),
    }
}

/// "30 aspects: 3 shared, 20 different, 7 one-sided"; with a single role, only the number.
pub(crate) fn tally(noun: &str, counts: &AspectCounts, roles: usize) -> String {
    let AspectCounts { aspects, shared, different, partial } = counts;
    if roles == 1 {
        return counted(*aspects, noun);
    }
    let partial_for = if roles == 2 { "one-sided" } else { "partial" };
    format!("{}: {shared} shared, {different} different, {partial} {partial_for}", counted(*aspects, noun))
}

/// The heading for aspects with statements about only some of the roles.
pub(crate) fn partial(roles: usize) -> &'static str {
    if roles == 2 { "One-sided" } else { "Partial" }
}

/// Adds the sources and voices of the statements, each under a heading.
pub(crate) fn sources<'d>(doc: &mut Doc<'d>, sources: &[SourceEntry<'d>], voices: &[VoiceEntry<'d>]) {
    if !sources.is_empty() {
        doc.heading(2, "Sources");
        doc.push(Block::List(sources.iter().map(source).collect()));
    }
    if !voices.is_empty() {
        doc.heading(2, "Voices");
        doc.push(Block::List(voices.iter().map(voice).collect()));
    }
}

fn source<'d>(source: &SourceEntry<'d>) -> Line<'d> {
    let mut line = Line::toned(Tone::Strong, source.id).and(Tone::Plain, ": ").and(Tone::Plain, source.title);
    let labelled = [
        ("by ", source.author),
        ("translated by ", source.translator),
        ("", source.publisher),
        ("", source.date),
        ("licence ", source.licence),
        ("read ", source.retrieved),
    ];
    for (label, value) in labelled {
        if let Some(value) = value {
            line = line.and(Tone::Plain, format!(", {label}{value}"));
        }
    }
    match source.url {
        Some(url) => line.and(Tone::Plain, ", ").and(Tone::Link, url),
        None => line,
    }
}

fn voice<'d>(voice: &VoiceEntry<'d>) -> Line<'d> {
    let mut line = Line::toned(Tone::Strong, voice.name);
    for value in [voice.title, voice.organisation].into_iter().flatten() {
        line = line.and(Tone::Plain, format!(", {value}"));
    }
    line
}

/// Adds the questions of a quiz with their options, with headings of this level.
pub(crate) fn questions<'d>(doc: &mut Doc<'d>, level: u8, questions: &[QuestionEntry<'d>]) {
    for (number, question) in (1_usize..).zip(questions) {
        doc.heading(level, format!("{number}. {}", question.title.unwrap_or(question.prompt)));
        if question.title.is_some() {
            doc.paragraph(question.prompt);
        }
        if let Some(help) = question.help {
            doc.paragraph(Line::toned(Tone::Muted, help));
        }
        doc.push(Block::List(question.options.iter().map(option).collect()));
    }
}

fn option<'d>(option: &OptionEntry<'d>) -> Line<'d> {
    Line::toned(Tone::Code, option.id).and(Tone::Plain, " – ").and(Tone::Plain, option.label)
}
