//! How to read a sheet, according to a map or guessed from headings and cells.

use std::collections::{HashMap, HashSet};

use super::grid::{CellKind, Grid, column_number, letters};
use super::problem::{Problems, in_cell};
use super::words::{self, Heading};
use crate::diagnostic::Code;
use crate::error::{Error, ErrorCode};
use crate::format::{CellMode, Field, Layout, MapTable};
use crate::text::{counted, listed};

/// How many rows to search for the column names.
const HEADER_WITHIN: usize = 30;
/// The most names in a note.
const MOST_NAMES: usize = 20;

/// How to read a sheet.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) layout: Layout,
    pub(super) is_transposed: bool,
    /// Index of the row with the column names.
    pub(super) header: usize,
    /// Index of the first row of data.
    pub(super) first: usize,
    pub(super) columns: Vec<Column>,
    /// The kind of skill if no column gives it.
    pub(super) kind: Option<String>,
    pub(super) cells: Option<CellMode>,
    /// Whether rolebook wrote the table, so headings are ids.
    pub(super) is_export: bool,
    /// In such a table, the column that lists all levels of a scale.
    pub(super) levels: Option<usize>,
}

/// Columns with unknown names, by what they probably contain.
#[derive(Debug, Default)]
struct Kinds {
    roles: Vec<usize>,
    levels: Vec<usize>,
    others: Vec<usize>,
}

/// A column, and what it contains.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) field: Field,
    /// Id of the role or level that the column is about.
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) family: Option<String>,
}

impl Plan {
    /// The index of the column with this field.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|column| column.field == field).map(|column| column.at)
    }

    /// Whether a cell with this text says nothing. In a table that rolebook wrote, `none` may be a level.
    pub(super) fn says_nothing(&self, text: &str) -> bool {
        text.is_empty() || (!self.is_export && words::is_nothing(text))
    }

    /// The columns of roles or levels.
    pub(super) fn columns_of(&self, field: Field) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.field == field)
    }

    /// Makes a plan from a map.
    pub(super) fn mapped(grid: &Grid, table: &MapTable<'_>) -> Result<Self, Error> {
        let line = table.header.and_then(|line| usize::try_from(line).ok());
        let header = match line {
            Some(line) => grid.rows.iter().position(|row| row.line == line).ok_or_else(|| {
                Error::new(ErrorCode::UnfitMap, format!("row {line} of `{}` is empty", grid.name()))
                    .hint("`header` is the number of the row with the column names")
            })?,
            None => 0,
        };
        let mut columns = Vec::new();
        for column in &table.columns {
            let at = column_number(&column.at).ok_or_else(|| {
                Error::new(ErrorCode::UnfitMap, format!("`{}` is not a column", column.at))
                    .hint("name columns by their letters, such as `A` or `AB`")
            })?;
            let width = grid.width();
            if at >= width {
                let last = letters(width.saturating_sub(1));
                let message = format!("`{}` has no column {}", grid.name(), column.at);
                return Err(
                    Error::new(ErrorCode::UnfitMap, message).hint(format!("its last column is {last}"))
                );
            }
            let title = column.title.as_ref().map(ToString::to_string);
            columns.push(Column {
                at,
                field: column.field,
                id: column.id.as_ref().map(ToString::to_string),
                title: title.unwrap_or_else(|| grid.text_at(header, at).to_owned()),
                family: column.family.as_ref().map(ToString::to_string),
            });
        }
        Ok(Self {
            layout: table.layout,
            is_transposed: table.transpose,
            header,
            first: header + 1,
            columns,
            kind: table.kind.as_ref().map(ToString::to_string),
            cells: table.cells,
            is_export: false,
            levels: None,
        })
    }
}

/// The outcome of a guess.
pub(super) enum Guess {
    /// A plan for the sheet as it is.
    Plan(Plan),
    /// Rows and columns must be swapped first.
    Transpose,
    /// The layout is unclear; comes with a plan to correct.
    Unclear(Error, Plan),
}

/// A sheet whose layout is being guessed.
struct Survey<'g> {
    grid: &'g Grid,
    header: usize,
    first: usize,
    names: Vec<String>,
    families: Vec<Option<String>>,
    /// The row with the names of families.
    groups: Option<usize>,
    is_transposed: bool,
}

/// Guesses how to read a sheet, and describes the guess in notes.
pub(super) fn guess(
    grid: &Grid,
    layout: Option<Layout>,
    is_transposed: bool,
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Result<Guess, Error> {
    let survey = Survey::at(grid, is_transposed)?;
    let headings: Vec<Option<Heading>> = survey.names.iter().map(|name| words::heading(name)).collect();
    let has = |field: Field| headings.contains(&Some(Heading::Field(field)));
    let names_rows = has(Field::Aspect) || has(Field::Statement);
    let layout = match layout {
        Some(layout) => layout,
        None if has(Field::RoleTitle) && names_rows => Layout::Long,
        None => Layout::Wide,
    };
    if layout == Layout::Wide && has(Field::RoleTitle) && !has(Field::Aspect) && !is_transposed {
        notes.push("rows are roles and columns are skills, so rows and columns are swapped".to_owned());
        return Ok(Guess::Transpose);
    }
    survey.check_names(problems);
    if is_transposed {
        let above: Vec<String> = survey.unused_rows().map(|name| format!("`{name}`")).collect();
        notes.extend(left_out_note("row", is_transposed, &above));
    }
    let plan = match layout {
        Layout::Long => survey.long(&headings, notes),
        Layout::Wide => survey.wide(&headings, notes),
    };
    Ok(match plan {
        Ok(plan) => Guess::Plan(plan),
        Err(error) => Guess::Unclear(error, survey.unclear(layout, &headings)),
    })
}

impl<'g> Survey<'g> {
    /// Finds the row with the column names: the first with as many cells as the rows below.
    fn at(grid: &'g Grid, is_transposed: bool) -> Result<Self, Error> {
        let filled = |row: usize| {
            grid.rows
                .get(row)
                .map_or(0, |row| row.cells.iter().filter(|cell| cell.kind != CellKind::Empty).count())
        };
        let within = grid.rows.len().min(HEADER_WITHIN);
        let widest = (0..within).map(filled).max().unwrap_or(0);
        let is_name = |row: usize| {
            let cells = grid.rows.get(row).into_iter().flat_map(|row| &row.cells);
            let texts: Vec<&str> =
                cells.filter(|cell| cell.kind != CellKind::Empty).map(|cell| grid.text(*cell)).collect();
            let known = texts.iter().filter(|text| words::heading(text).is_some()).count();
            // A title merged across a row is repeated in all its cells.
            let distinct: HashSet<&str> = texts.iter().copied().collect();
            distinct.len() >= 2 && (known >= 2 || texts.len() * 2 > widest)
        };
        let heads =
            |row: usize, field: Field| words::heading(grid.text_at(row, 0)) == Some(Heading::Field(field));
        // In a transposed table, the row with the names of roles has a heading.
        let titled = (0..within).find(|row| is_transposed && heads(*row, Field::RoleTitle));
        let Some(mut header) = titled.or_else(|| (0..within).find(|row| is_name(*row))) else {
            return Err(Error::new(
                ErrorCode::AmbiguousTable,
                format!("`{}` has no row with column names", grid.name()),
            ));
        };
        let mut groups = header.checked_sub(1).filter(|row| {
            if titled.is_some() { heads(*row, Field::Family) } else { Self::is_groups(grid, *row, header) }
        });
        // Names in two rows: groups above, each across several columns.
        if titled.is_none() && Self::is_second_header(grid, header) {
            groups = Some(header);
            header += 1;
        }
        let width = grid.width();
        let mut names: Vec<String> =
            (0..width).map(|column| grid.text_at(header, column).to_owned()).collect();
        let mut families = vec![None; width];
        if let Some(row) = groups {
            let mut last = None;
            for column in 0..width {
                let text = grid.text_at(row, column);
                if !text.is_empty() {
                    last = Some(text.to_owned());
                }
                if let (Some(name), Some(family)) = (names.get_mut(column), families.get_mut(column)) {
                    if name.is_empty() {
                        text.clone_into(name);
                    } else if *name != text {
                        family.clone_from(&last);
                    }
                }
            }
        }
        Ok(Self { grid, header, first: header + 1, names, families, groups, is_transposed })
    }

    /// Whether a row above the column names contains names of groups.
    fn is_groups(grid: &Grid, row: usize, header: usize) -> bool {
        let is_next =
            grid.rows.get(row).zip(grid.rows.get(header)).is_some_and(|(a, b)| a.line + 1 == b.line);
        let texts: Vec<&str> = (1..grid.width()).map(|column| grid.text_at(row, column)).collect();
        let filled: Vec<&&str> = texts.iter().filter(|text| !text.is_empty()).collect();
        let distinct: HashSet<&&&str> = filled.iter().collect();
        // A title merged across the table also covers the first column.
        let is_title = !grid.text_at(row, 0).is_empty() && distinct.len() == 1;
        is_next && filled.len() >= 2 && !is_title
    }

    /// Whether column names continue in the row below: it has distinct names wherever this row is empty or repeats
    /// itself.
    fn is_second_header(grid: &Grid, header: usize) -> bool {
        let width = grid.width();
        let (mut gaps, mut named) = (0, 0);
        let mut below: HashSet<(&str, &str)> = HashSet::new();
        let mut group = "";
        // Groups may stand above the roles only.
        let from = (0..width).find(|column| !grid.text_at(header, *column).is_empty()).unwrap_or(0);
        for column in from + 1..width {
            let (name, next) = (grid.text_at(header, column), grid.text_at(header + 1, column));
            let is_gap = name.is_empty() || name == grid.text_at(header, column - 1);
            group = if name.is_empty() { group } else { name };
            if is_gap {
                gaps += 1;
                let is_text = grid.at(header + 1, column).kind == CellKind::Text;
                if is_text && !words::is_mark(next) && below.insert((group, next)) {
                    named += 1;
                }
            }
        }
        let (above, first) = (grid.text_at(header, 0), grid.text_at(header + 1, 0));
        gaps > 0 && gaps == named && (first.is_empty() || above.is_empty() || first == above)
    }

    /// The names of the rows above the column names, but for those of families.
    fn unused_rows(&self) -> impl Iterator<Item = &str> {
        let above = (0..self.header).filter(|row| self.groups != Some(*row));
        above.map(|row| self.grid.text_at(row, 0)).filter(|name| !name.is_empty())
    }

    fn rows(&self) -> std::ops::Range<usize> {
        self.first..self.grid.rows.len()
    }

    fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// Reports columns with data but no name, and repeated names.
    fn check_names(&self, problems: &mut Problems) {
        let grid = self.grid;
        let rows = self.rows().len().max(1);
        for column in (0..grid.width()).filter(|column| self.name(*column).is_empty()) {
            let filled: Vec<usize> =
                self.rows().filter(|row| grid.at(*row, column).kind != CellKind::Empty).collect();
            if filled.len() * 2 > rows {
                let message = format!("{} has no name", grid.line_name(column));
                let found = in_cell(Code::EmptyHeader, self.header, column, message);
                problems.push(grid, found.advice("name the column, or clear it"));
                continue;
            }
            for row in filled {
                let message = "this cell is in a column without a name";
                let found = in_cell(Code::RaggedRow, row, column, message);
                problems.push(grid, found.advice("name the column, or move the cell"));
            }
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for column in (0..grid.width()).filter(|column| !self.name(*column).is_empty()) {
            let family = self.families.get(column).cloned().flatten().unwrap_or_default();
            let key = format!("{}\n{family}", self.name(column).to_lowercase());
            if let Some(first) = seen.insert(key, column) {
                let (first, second) = (grid.line_name(first), grid.line_name(column));
                let message = format!("{first} and {second} have the same name `{}`", self.name(column));
                let found = in_cell(Code::RepeatedHeader, self.header, column, message);
                problems.push(grid, found.advice("rename one of them"));
            }
        }
    }

    /// Makes a plan with these columns.
    fn plan(&self, layout: Layout, columns: Vec<Column>) -> Plan {
        let has = |name: &str| self.names.iter().any(|known| known == name);
        Plan {
            layout,
            is_transposed: self.is_transposed,
            header: self.header,
            first: self.first,
            columns,
            kind: None,
            cells: None,
            is_export: has("aspect") && has("aspect_title"),
            levels: None,
        }
    }

    fn column(&self, at: usize, field: Field) -> Column {
        let family = self.families.get(at).cloned().flatten();
        Column { at, field, id: None, title: self.name(at).to_owned(), family }
    }

    /// The field that a heading stands for. In a table that rolebook wrote, `aspect` next to `aspect_title` contains
    /// ids.
    fn field(&self, at: usize, heading: Heading, layout: Layout) -> Option<Field> {
        let name = self.name(at);
        let has_title = self.names.contains(&format!("{name}_title"));
        Some(match (heading, layout) {
            (Heading::Field(Field::Section), _) if has_title => Field::SectionId,
            (Heading::Field(Field::Aspect), _) if has_title => Field::AspectId,
            (Heading::Field(Field::RoleTitle), _) if has_title => Field::RoleId,
            (Heading::Field(Field::Statement), _)
                if name == "statement" && self.names.iter().any(|one| one == "text") =>
            {
                Field::StatementId
            }
            (Heading::Field(field), _) => field,
            (Heading::Description | Heading::Summary, Layout::Wide) => Field::Summary,
            (Heading::Summary, Layout::Long) => Field::RoleSummary,
            (Heading::Description, Layout::Long) => Field::Statement,
            (Heading::Aside | Heading::Levels, _) => return None,
        })
    }

    /// A plan to correct: known columns and, in a wide table, a role for every other column.
    fn unclear(&self, layout: Layout, headings: &[Option<Heading>]) -> Plan {
        let columns = headings.iter().enumerate().filter(|(at, _)| !self.name(*at).is_empty());
        let columns = columns.map(|(at, heading)| {
            let known = heading.and_then(|heading| self.field(at, heading, layout));
            let other = match (layout, at) {
                (_, 0) => Some(Field::Aspect),
                (Layout::Wide, _) => Some(Field::Role),
                (Layout::Long, _) => None,
            };
            Some(self.column(at, known.or(other)?))
        });
        self.plan(layout, columns.flatten().collect())
    }

    fn long(&self, headings: &[Option<Heading>], notes: &mut Vec<String>) -> Result<Plan, Error> {
        let mut columns: Vec<Column> = Vec::new();
        let mut left_out = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            let field = heading.and_then(|heading| self.field(at, heading, Layout::Long));
            let has = |field: Field| columns.iter().any(|column| column.field == field);
            match field {
                Some(field) if !has(field) => columns.push(self.column(at, field)),
                // What somebody does who has the skill.
                Some(Field::Aspect) if !has(Field::Statement) => {
                    columns.push(self.column(at, Field::Statement));
                }
                // Beside the level of the skill, `Level` is that of the role.
                Some(Field::Level) if self.name(at).contains(' ') => {
                    for known in columns.iter_mut().filter(|column| column.field == Field::Level) {
                        known.field = Field::Rank;
                    }
                    columns.push(self.column(at, Field::Level));
                }
                _ if self.name(at).is_empty() => {}
                _ => left_out.push(format!("`{}`", self.name(at))),
            }
        }
        let plan = self.plan(Layout::Long, columns);
        let has = |field: Field| plan.column(field).is_some();
        let missing = if !has(Field::RoleTitle) && !has(Field::RoleId) {
            Some("the role")
        } else if !has(Field::Aspect) && !has(Field::AspectId) {
            Some("the skill or aspect")
        } else if !has(Field::Statement) && !has(Field::Level) {
            Some("the level or the text")
        } else {
            None
        };
        if let Some(missing) = missing {
            return Err(self.ambiguous(&format!(
                "cannot tell which column of `{}` contains {missing}",
                self.grid.name()
            )));
        }
        if self.rows().is_empty() {
            return Err(self.without_rows());
        }
        notes.push(format!("one row per statement or level; {}", described(&plan)));
        notes.extend(left_out_note("column", self.is_transposed, &left_out));
        Ok(Self::as_skills(plan))
    }

    fn wide(&self, headings: &[Option<Heading>], notes: &mut Vec<String>) -> Result<Plan, Error> {
        let mut columns: Vec<Column> = Vec::new();
        let mut left_out = Vec::new();
        let mut unknown = Vec::new();
        let is_export = self.plan(Layout::Wide, Vec::new()).is_export;
        let last_field = |name: &str| self.names.iter().position(|known| known == name);
        let roles_from = last_field("levels").or(last_field("scale")).filter(|_| is_export);
        for (at, heading) in headings.iter().enumerate() {
            let is_of_rows = |field: &Field| {
                [
                    Field::Section,
                    Field::SectionId,
                    Field::Aspect,
                    Field::AspectId,
                    Field::Summary,
                    Field::Kind,
                    Field::Scale,
                ]
                .contains(field)
            };
            match heading {
                _ if self.name(at).is_empty() => {}
                // In a table that rolebook wrote, all columns after the scale are roles, whatever their ids.
                _ if roles_from.is_some_and(|from| at > from) => unknown.push(at),
                Some(Heading::Levels) if is_export => {}
                _ if !self.name(at).chars().any(char::is_alphanumeric) => {
                    left_out.push(format!("`{}`", self.name(at)));
                }
                Some(Heading::Aside) => left_out.push(format!("`{}`", self.name(at))),
                Some(heading) => match self.field(at, *heading, Layout::Wide).filter(is_of_rows) {
                    Some(field) if columns.iter().all(|column| column.field != field) => {
                        columns.push(self.column(at, field));
                    }
                    // Of two names for skills, the first one that repeats is that of the group.
                    Some(Field::Aspect) if self.names_groups(&columns) => {
                        for group in columns.iter_mut().filter(|column| column.field == Field::Aspect) {
                            group.field = Field::Section;
                        }
                        columns.push(self.column(at, Field::Aspect));
                    }
                    _ => unknown.push(at),
                },
                None => unknown.push(at),
            }
        }
        let is_headed = columns.iter().any(|column| matches!(column.field, Field::Aspect | Field::AspectId));
        if !is_headed {
            self.find_aspect(&mut columns, &mut unknown)?;
        }
        let aspect = columns.iter().find(|column| matches!(column.field, Field::Aspect | Field::AspectId));
        let aspect = aspect.map_or(0, |column| column.at);
        unknown.retain(|at| {
            is_export || self.rows().any(|row| self.grid.at(row, *at).kind != CellKind::Empty) || {
                left_out.push(format!("`{}` (empty)", self.name(*at)));
                false
            }
        });
        let Kinds { roles, levels, others } = if is_export {
            Kinds { roles: unknown, ..Kinds::default() }
        } else {
            self.kinds(&unknown, aspect, is_headed)
        };
        let has_section = columns.iter().any(|column| column.field == Field::Section);
        let beside = others.iter().rev().find(|at| **at < aspect).copied();
        for at in others {
            // A column right before the skill with repeated values names the group.
            if Some(at) == beside && !has_section && self.repeats(at) {
                columns.push(self.column(at, Field::Section));
            } else {
                left_out.push(format!("`{}`", self.name(at)));
            }
        }
        if self.rows().is_empty() {
            return Err(self.without_rows());
        }
        if roles.is_empty() && levels.is_empty() {
            return Err(
                self.ambiguous(&format!("cannot tell which columns of `{}` are roles", self.grid.name()))
            );
        }
        let columns_for = match (roles.is_empty(), levels.is_empty()) {
            (true, _) => "one column per level",
            (_, true) => "one column per role",
            _ => "one column per role and per level",
        };
        columns.extend(roles.into_iter().map(|at| self.column(at, Field::Role)));
        columns.extend(levels.into_iter().map(|at| self.column(at, Field::Level)));
        columns.sort_by_cached_key(|column| column.at);
        let levels = headings.iter().position(|heading| *heading == Some(Heading::Levels));
        let plan = Plan { levels: levels.filter(|_| is_export), ..self.plan(Layout::Wide, columns) };
        notes.push(format!("one row per skill, {columns_for}; {}", described(&plan)));
        if let Some(name) = self.names.get(aspect).filter(|name| words::is_name_heading(name)) {
            notes.push(format!(
                "each `{name}` was taken for a skill; if they are people or roles, swap rows and columns"
            ));
        }
        notes.extend(left_out_note("column", self.is_transposed, &left_out));
        Ok(Self::as_skills(plan))
    }

    /// Guesses whether columns with unknown names are roles, descriptions of levels, or something else.
    fn kinds(&self, unknown: &[usize], aspect: usize, is_headed: bool) -> Kinds {
        let texts = |at: usize| {
            let cells = self.rows().map(move |row| self.grid.at(row, at));
            let values = cells.filter(|cell| matches!(cell.kind, CellKind::Text | CellKind::Number));
            values.map(|cell| self.grid.text(cell)).filter(|text| !words::is_nothing(text))
        };
        let is_known = |text: &str| words::is_level(text) || words::is_any_mark(text);
        let is_rating = |at: usize| {
            if words::are_extents(&texts(at)) {
                return true;
            }
            let (known, all) = (texts(at).filter(|text| is_known(text)).count(), texts(at).count());
            known * 10 >= all * 6
        };
        let is_level =
            |at: &usize| words::is_level_heading(self.name(*at)) && !is_rating(*at) && *at > aspect;
        let mut levels: Vec<usize> = unknown.iter().copied().filter(is_level).collect();
        if levels.len() < 2 {
            levels.clear();
        }
        let rest: Vec<usize> = unknown.iter().copied().filter(|at| !levels.contains(at)).collect();
        // Roles have levels in common. A column that shares no values with the others is not a role.
        let mut times: HashMap<String, usize> = HashMap::new();
        let rated: Vec<usize> =
            rest.iter().copied().filter(|at| is_rating(*at) && texts(*at).next().is_some()).collect();
        let counted = if rated.is_empty() { &rest } else { &rated };
        let is_beside = |at: &&usize| **at > aspect || !rated.is_empty();
        for text in counted.iter().filter(is_beside).flat_map(|at| texts(*at)) {
            *times.entry(text.to_lowercase()).or_default() += 1;
        }
        let is_common =
            |text: &str| times.get(&text.to_lowercase()).is_some_and(|times| *times > 1 || !rated.is_empty());
        let is_typical = |at: &&usize| {
            texts(**at).filter(|text| is_common(text)).count() * 2 >= texts(**at).count().max(1)
        };
        let has_levels = !rated.is_empty() || rest.iter().filter(is_typical).count() * 2 > rest.len();
        let shares = |at: usize| texts(at).next().is_none() || texts(at).any(is_common);
        let is_role = |at: usize| match (at > aspect, has_levels) {
            (true, true) => is_rating(at) || shares(at),
            (true, false) => true,
            (false, _) => is_headed && has_levels && (is_rating(at) || shares(at)),
        };
        let (roles, others) = rest.into_iter().partition(|at| is_role(*at));
        Kinds { roles, levels, others }
    }

    /// Marks rows as skills if the heading says so and no column gives the kind.
    fn as_skills(plan: Plan) -> Plan {
        let heading = plan.columns_of(Field::Aspect).next().map_or("", |column| &column.title);
        let is_skill = words::is_skill_word(heading) && plan.column(Field::Kind).is_none();
        Plan { kind: is_skill.then(|| super::KIND.to_owned()), ..plan }
    }

    /// Finds the skill column by content: the first in which nearly every row has a text of its own.
    fn find_aspect(&self, columns: &mut Vec<Column>, unknown: &mut Vec<usize>) -> Result<(), Error> {
        let rows = self.rows().len();
        let is_aspect = |at: &usize| {
            let texts: Vec<&str> =
                self.rows().map(|row| self.grid.text_at(row, *at)).filter(|text| !text.is_empty()).collect();
            let distinct: HashSet<&str> = texts.iter().copied().collect();
            let are_words = texts.iter().filter(|text| text.chars().any(char::is_alphabetic)).count();
            texts.len() * 10 >= rows * 8
                && distinct.len() * 10 >= texts.len() * 9
                && are_words * 10 >= texts.len() * 9
        };
        // A "section" column is really the skill if it differs in each row.
        let section = columns.iter_mut().find(|column| column.field == Field::Section);
        let is_first = |column: &&mut Column| unknown.iter().all(|at| *at > column.at);
        if let Some(section) = section.filter(is_first).filter(|column| is_aspect(&column.at)) {
            section.field = Field::Aspect;
            return Ok(());
        }
        let found = unknown.iter().position(is_aspect).ok_or_else(|| {
            self.ambiguous(&format!("cannot tell which column of `{}` contains the skills", self.grid.name()))
        })?;
        let at = unknown.remove(found);
        columns.push(self.column(at, Field::Aspect));
        Ok(())
    }

    /// Whether what was taken for the skills are groups of skills.
    fn names_groups(&self, columns: &[Column]) -> bool {
        let has_section = columns.iter().any(|column| column.field == Field::Section);
        let mut taken = columns.iter().filter(|column| column.field == Field::Aspect);
        !has_section && taken.all(|column| self.repeats(column.at))
    }

    /// Whether a column names groups: values repeat, or are only given in the first row of each group.
    fn repeats(&self, at: usize) -> bool {
        let texts: Vec<&str> = self.rows().map(|row| self.grid.text_at(row, at)).collect();
        let distinct: HashSet<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
        !distinct.is_empty() && (distinct.len() < texts.len() || texts.len() < 3)
    }

    fn without_rows(&self) -> Error {
        self.ambiguous(&format!("`{}` has no rows below the column names", self.grid.name()))
    }

    fn ambiguous(&self, message: &str) -> Error {
        let names: Vec<String> =
            self.names.iter().filter(|name| !name.is_empty()).map(|name| format!("`{name}`")).collect();
        Error::new(ErrorCode::AmbiguousTable, message.to_owned())
            .hint(format!("its columns are {}", names.join(", ")))
    }
}

/// A note on rows or columns that are not imported, if there are any.
pub(super) fn left_out_note(noun: &str, is_transposed: bool, names: &[String]) -> Option<String> {
    let noun = match noun {
        "row" if is_transposed => "column",
        "column" if is_transposed => "row",
        noun => noun,
    };
    let count = counted(names.len(), noun);
    (!names.is_empty()).then(|| format!("{count} not imported: {}", some_of(names)))
}

/// The first names, and how many more there are.
fn some_of(names: &[String]) -> String {
    match names.get(..MOST_NAMES) {
        Some(first) if names.len() > MOST_NAMES => {
            format!("{} and {} more", first.join(", "), names.len() - MOST_NAMES)
        }
        _ => listed(names, "and"),
    }
}

/// Describes the columns for a note.
fn described(plan: &Plan) -> String {
    let columns = plan.columns.iter().filter(|column| !matches!(column.field, Field::Role | Field::Level));
    let mut parts: Vec<String> =
        columns.map(|column| format!("{} in `{}`", column.field.name(), column.title)).collect();
    let many = |field: Field, noun: &str| {
        let titles: Vec<String> =
            plan.columns_of(field).map(|column| format!("`{}`", column.title)).collect();
        (!titles.is_empty()).then(|| format!("{}: {}", counted(titles.len(), noun), some_of(&titles)))
    };
    if plan.layout == Layout::Wide {
        parts.extend(many(Field::Role, "role"));
        parts.extend(many(Field::Level, "level"));
    } else {
        parts.extend(plan.columns_of(Field::Level).map(|column| format!("level in `{}`", column.title)));
    }
    parts.join(", ")
}
