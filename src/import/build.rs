//! Builds a dataset from the cells of tables. Names become ids, and duplicates are merged.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::grid::{Cell as GridCell, CellKind, Grid};
use super::plan::{Column, Plan, left_out_note};
use super::problem::{Problems, in_cell};
use super::words;
use crate::diagnostic::Code;
use crate::format::{CellMode, Field, ImportMap, Layout, is_slug};
use crate::framework;
use crate::suggest::nearest;
use crate::text::listed;

/// A dataset that is being built.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) families: Vec<Named>,
    pub(super) roles: Vec<Role>,
    pub(super) sections: Vec<Section>,
    pub(super) scales: Vec<Scale>,
    pub(super) sources: Vec<Named>,
    pub(super) voices: Vec<Named>,
    ids: Ids,
    by_name: HashMap<(Thing, String), usize>,
}

/// The ids that are taken, each with the number of the last one made from it.
#[derive(Debug, Default)]
struct Ids(HashMap<(Thing, String), usize>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Aspect,
    Family,
    Role,
    Section,
    Source,
    Voice,
}

impl Thing {
    /// The id if the name has no letters.
    fn noun(self) -> &'static str {
        match self {
            Self::Aspect => "aspect",
            Self::Family => "family",
            Self::Role => "role",
            Self::Section => "section",
            Self::Source => "source",
            Self::Voice => "voice",
        }
    }
}

impl Ids {
    /// Takes the id if it is valid, or else one made from the title. Adds a number if it is taken.
    fn take(&mut self, thing: Thing, id: &str, title: &str) -> String {
        let wanted = id_of(id, title, thing.noun());
        let last = self.0.get(&(thing, wanted.clone())).copied().unwrap_or(0);
        let (free, number) = numbered(&wanted, last, |id| self.0.contains_key(&(thing, id.to_owned())));
        self.0.insert((thing, wanted), number);
        self.0.entry((thing, free.clone())).or_insert(1);
        free
    }
}

#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Debug)]
pub(super) struct Role {
    pub(super) id: Rc<str>,
    pub(super) title: String,
    pub(super) family: Option<String>,
    pub(super) rank: Option<i64>,
    pub(super) summary: Option<String>,
}

#[derive(Debug)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) aspects: Vec<Aspect>,
    by_name: HashMap<String, usize>,
}

#[derive(Debug, Default)]
pub(super) struct Aspect {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) scale: Option<String>,
    pub(super) descriptors: Vec<(Rc<str>, Rc<str>)>,
    pub(super) needs: Vec<(Rc<str>, Rc<str>)>,
    pub(super) statements: Vec<Statement>,
    /// For each role that needs the aspect: the index in `needs`, and the line it comes from.
    needed: HashMap<Rc<str>, (u32, u32)>,
    by_content: HashMap<Statement, usize>,
}

/// A statement. Cells with equal content add their roles to one statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Statement {
    pub(super) id: Option<String>,
    pub(super) text: Option<String>,
    pub(super) level: Option<Rc<str>>,
    pub(super) optional: bool,
    pub(super) voice: Option<String>,
    pub(super) source: Option<String>,
    pub(super) at: Option<String>,
    pub(super) roles: Vec<Rc<str>>,
}

#[derive(Debug)]
pub(super) struct Scale {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) levels: Vec<Level>,
    /// Whether it comes from a map and is therefore complete.
    is_given: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) id: Rc<str>,
    pub(super) title: String,
    /// Its number, in thousandths, if it has one.
    number: Option<i64>,
    /// Its rank, if a column gives it.
    rank: Option<i64>,
    /// How many cells contain it.
    times: usize,
}

/// Id of the scale if no column names one.
const SCALE: &str = "level";
/// Id of the only level if skills are just marked as needed.
const NEEDED: &str = "yes";

/// Builds one dataset from any number of tables.
pub(super) struct Builder<'m> {
    pub(super) draft: Draft,
    map: Option<&'m ImportMap<'m>>,
    pub(super) notes: Vec<String>,
    /// What the cells under roles contain, for each wide table; in a long one, only marks are worth a note.
    modes: Vec<CellMode>,
}

impl<'m> Builder<'m> {
    pub(super) fn new(map: Option<&'m ImportMap<'m>>) -> Self {
        let mut draft = Draft::default();
        if let Some(map) = map {
            for family in &map.families {
                let place = draft.families.len();
                let id = draft.ids.take(Thing::Family, &family.id, &family.title);
                draft.by_name.insert((Thing::Family, id.clone()), place);
                draft.by_name.insert((Thing::Family, family.title.to_lowercase()), place);
                draft.families.push(Named { id, title: family.title.to_string() });
            }
            for scale in &map.scales {
                let levels = scale.levels.iter().map(|level| Level {
                    id: Rc::from(level.id.as_str()),
                    title: level.title.to_string(),
                    number: words::bare_number(&level.title),
                    rank: None,
                    times: 0,
                });
                draft.scales.push(Scale {
                    id: scale.id.to_string(),
                    title: scale.title.to_string(),
                    levels: levels.collect(),
                    is_given: true,
                });
            }
        }
        Self { draft, map, notes: Vec::new(), modes: Vec::new() }
    }

    /// Reads a table.
    pub(super) fn table(&mut self, grid: &Grid, plan: &Plan, problems: &mut Problems) {
        let rows = self.rows(grid, plan);
        check_cells(grid, plan, &rows, problems);
        match plan.layout {
            Layout::Long => self.long(grid, plan, &rows, problems),
            Layout::Wide => self.wide(grid, plan, &rows, problems),
        }
    }

    fn wide(&mut self, grid: &Grid, plan: &Plan, rows: &[usize], problems: &mut Problems) {
        let of_levels: Vec<&Column> = plan.columns_of(Field::Level).collect();
        let of_roles: Vec<&Column> = plan.columns_of(Field::Role).collect();
        let mut titles: Vec<String> = of_roles.iter().map(|column| column.title.to_lowercase()).collect();
        titles.sort_unstable();
        let twice: HashSet<&str> =
            titles.windows(2).filter(|two| two.first() == two.last()).flatten().map(String::as_str).collect();
        let roles: Vec<usize> = of_roles
            .iter()
            .map(|column| {
                self.role_of(column, plan.is_export, twice.contains(column.title.to_lowercase().as_str()))
            })
            .collect();
        let headings = headings(grid, plan, rows);
        let data: Vec<usize> = rows.iter().copied().filter(|row| !headings.contains(row)).collect();
        let mode = self.cell_mode(grid, plan, &data, Field::Role);
        // Collect levels from column names first: cells may refer to them by number.
        if !of_levels.is_empty() {
            self.levels_of_columns(&of_levels);
        }
        if !of_roles.is_empty() {
            self.modes.push(mode);
            if mode == CellMode::Levels {
                self.levels_of_cells(grid, plan, &data);
            }
        }
        let mut heading: Option<String> = None;
        let mut fill = FillDown::default();
        for row in rows.iter().copied() {
            let text = |field: Field| plan.column(field).map_or("", |at| grid.text_at(row, at));
            if headings.contains(&row) {
                heading = Some(text(Field::Aspect).to_owned());
                continue;
            }
            let section = fill.down(Field::Section, text(Field::Section)).to_owned();
            let section_id = fill.down(Field::SectionId, text(Field::SectionId)).to_owned();
            let section = match (&heading, section.is_empty()) {
                (Some(heading), true) => heading.clone(),
                _ => section,
            };
            let (id, title) = (text(Field::AspectId), text(Field::Aspect));
            if id.is_empty() && title.is_empty() {
                // The row only names a group.
                let names_group = !text(Field::Section).is_empty() || !text(Field::SectionId).is_empty();
                let is_alone =
                    plan.columns_of(Field::Role).all(|column| grid.text_at(row, column.at).is_empty());
                if names_group && is_alone {
                    continue;
                }
                let column = plan.column(Field::Aspect).or(plan.column(Field::AspectId)).unwrap_or(0);
                let found = in_cell(Code::MissingName, row, column, "this row has values but no skill");
                problems.push(grid, found.advice("name the skill in each row, or clear the row"));
                continue;
            }
            let place = self.aspect(&section, &section_id, title, id);
            let kind = text(Field::Kind);
            let kind = if kind.is_empty() { plan.kind.clone() } else { Some(words::slug(kind)) };
            let scale_id = text(Field::Scale).to_owned();
            let summary = text(Field::Summary).to_owned();
            self.describe(place, kind, &summary);
            for column in &of_levels {
                let cell = grid.text_at(row, column.at);
                let level = self.level_of_column(column);
                if !plan.says_nothing(cell) {
                    self.descriptor(place, &level, cell);
                }
            }
            for (column, role) in of_roles.iter().zip(&roles) {
                let cell = grid.at(row, column.at);
                let value = grid.text(cell).to_owned();
                // A date or a formula error has been reported.
                let is_value = matches!(cell.kind, CellKind::Text | CellKind::Number);
                if !is_value || (plan.says_nothing(&value) && mode != CellMode::Texts) {
                    continue;
                }
                let at = Cell { grid, row, column: column.at };
                self.role_cell(place, *role, mode, &scale_id, &value, plan.is_export, &at, problems);
            }
        }
    }

    /// The rows with data, without totals, remarks, and what is below the table.
    fn rows(&mut self, grid: &Grid, plan: &Plan) -> Vec<usize> {
        let mut left_out = Vec::new();
        let mut rows = Vec::new();
        let end = end(grid, plan);
        for row in plan.first..grid.rows.len() {
            let cells = grid.rows.get(row).into_iter().flat_map(|row| &row.cells);
            let cells: Vec<&GridCell> = cells.filter(|cell| cell.kind != CellKind::Empty).collect();
            let Some((first, rest)) = cells.split_first() else { continue };
            let text = grid.text(**first);
            let is_number =
                |cell: &&GridCell| cell.kind != CellKind::Text || words::is_number(grid.text(**cell));
            let is_total = words::is_total(text) && !rest.is_empty() && rest.iter().all(is_number);
            let is_remark = rest.iter().all(|cell| cell == first) && words::is_remark(text);
            // A grade of each role, say, where each row is a role.
            let is_aside = plan.is_transposed && words::is_about_roles(text);
            if row >= end {
                let texts: Vec<&str> = cells.iter().map(|cell| grid.text(**cell)).collect();
                left_out.push(format!("`{}`", texts.join(" ")));
            } else if is_total || is_remark || is_aside {
                left_out.push(format!("`{text}`"));
            } else {
                rows.push(row);
            }
        }
        self.notes.extend(left_out_note("row", plan.is_transposed, &left_out));
        rows
    }

    /// Reads a cell under a role.
    #[expect(clippy::too_many_arguments, reason = "the cell, its position and its context")]
    fn role_cell(
        &mut self,
        place: (usize, usize),
        role: usize,
        mode: CellMode,
        scale: &str,
        value: &str,
        is_export: bool,
        at: &Cell<'_>,
        problems: &mut Problems,
    ) {
        let role = self.draft.roles.get(role).map_or_else(|| Rc::from(""), |role| Rc::clone(&role.id));
        match mode {
            CellMode::Texts => {
                if words::is_nothing(value) {
                    return;
                }
                for text in words::statements(value) {
                    self.statement(place, &role, Statement { text: Some(text), ..Statement::default() });
                }
            }
            CellMode::Marks | CellMode::Levels => {
                let unbracketed = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                let in_brackets = unbracketed.filter(|_| is_export);
                let optional =
                    in_brackets.is_some() || (mode == CellMode::Marks && words::is_optional_mark(value));
                let Some((scale, level)) =
                    self.level_of_cell(mode, scale, in_brackets.unwrap_or(value), at, problems)
                else {
                    return;
                };
                self.set_scale(place, &scale);
                if optional {
                    let statement = Statement { level: Some(level), optional, ..Statement::default() };
                    self.statement(place, &role, statement);
                } else {
                    self.need(place, &role, &level, at, problems);
                }
            }
        }
    }

    /// The scale and level that a cell with a level or mark refers to, if any.
    fn level_of_cell(
        &mut self,
        mode: CellMode,
        scale: &str,
        value: &str,
        at: &Cell<'_>,
        problems: &mut Problems,
    ) -> Option<(String, Rc<str>)> {
        let is_needed = mode == CellMode::Marks && (words::is_any_mark(value) || value == "1");
        if is_needed && self.mapped(value).is_none() {
            return Some(self.needed_level());
        }
        let level = self.level(scale, value);
        if level.is_none() && self.mapped(value).is_none() {
            self.unknown_value(value, at, problems);
        }
        level
    }

    fn unknown_value(&self, value: &str, at: &Cell<'_>, problems: &mut Problems) {
        let has_levels = self.draft.scales.iter().any(|scale| !scale.levels.is_empty());
        let message = if words::is_mark(value) && has_levels {
            format!("`{value}` is a mark, and the other cells of this table hold levels")
        } else {
            format!("`{value}` is neither a level nor a mark in this table")
        };
        let found = in_cell(Code::UnknownValue, at.row, at.column, message);
        let levels = self.draft.scales.iter().flat_map(|scale| &scale.levels);
        let meant = nearest(value, levels.map(|level| level.title.as_str()));
        let advice = "write a level, or define the value under `values` in a map";
        let found =
            if meant.is_empty() { found.advice(advice) } else { found.candidates(&meant).note(advice) };
        problems.push(at.grid, found);
    }

    fn long(&mut self, grid: &Grid, plan: &Plan, rows: &[usize], problems: &mut Problems) {
        let mode = self.cell_mode(grid, plan, rows, Field::Level);
        if mode == CellMode::Marks {
            self.modes.push(mode);
        } else {
            self.levels_of_rows(grid, plan, rows);
        }
        let mut fill = FillDown::default();
        for row in rows.iter().copied() {
            let text = |field: Field| plan.column(field).map_or("", |at| grid.text_at(row, at));
            let mut filled = |field: Field| fill.down(field, text(field)).to_owned();
            let [role_id, role_title, aspect_id, aspect] =
                [Field::RoleId, Field::RoleTitle, Field::AspectId, Field::Aspect].map(&mut filled);
            let [section_id, section, family] =
                [Field::SectionId, Field::Section, Field::Family].map(&mut filled);
            let missing = if role_id.is_empty() && role_title.is_empty() {
                Some((Field::RoleTitle, "role"))
            } else if aspect_id.is_empty() && aspect.is_empty() {
                Some((Field::Aspect, "skill or aspect"))
            } else {
                None
            };
            if let Some((field, noun)) = missing {
                let found = in_cell(
                    Code::MissingName,
                    row,
                    plan.column(field).unwrap_or(0),
                    format!("this row has values but no {noun}"),
                );
                problems.push(grid, found.advice("name it in each row, or clear the row"));
                continue;
            }
            let role = self.role(&role_title, &role_id);
            self.describe_role(role, &family, text(Field::Rank), text(Field::RoleSummary));
            let role = self.draft.roles.get(role).map_or_else(|| Rc::from(""), |role| Rc::clone(&role.id));
            let place = self.aspect(&section, &section_id, &aspect, &aspect_id);
            let kind = text(Field::Kind);
            let kind = if kind.is_empty() { plan.kind.clone() } else { Some(words::slug(kind)) };
            self.describe(place, kind, text(Field::Summary));
            let level_text = text(Field::Level);
            let at = Cell { grid, row, column: plan.column(Field::Level).unwrap_or(0) };
            let mut level = None;
            if !plan.says_nothing(level_text) {
                level = self.level_of_cell(mode, text(Field::Scale), level_text, &at, problems);
                if level.is_none() && self.mapped(level_text).is_none() {
                    continue;
                }
            }
            if let Some((scale, _)) = &level {
                self.set_scale(place, scale);
            } else if !text(Field::Scale).is_empty() {
                self.set_scale(place, &words::slug(text(Field::Scale)));
            }
            let level = level.map(|(_, level)| level);
            let optional = text(Field::Optional);
            let optional = words::is_any_mark(optional)
                || (mode == CellMode::Marks && words::is_optional_mark(level_text));
            let given = |field: Field| Some(text(field).to_owned()).filter(|text| !text.is_empty());
            let source = given(Field::Source).map(|name| self.named(Thing::Source, &name));
            let voice = given(Field::Voice).map(|name| self.named(Thing::Voice, &name));
            let statement = Statement {
                id: given(Field::StatementId),
                text: given(Field::Statement),
                level: level.clone(),
                optional,
                voice,
                source,
                at: given(Field::At),
                roles: Vec::new(),
            };
            self.row(place, &role, statement, plan.is_export, &at, problems);
        }
    }

    /// Reads a row of a long table: a needed level, or statements.
    fn row(
        &mut self,
        place: (usize, usize),
        role: &Rc<str>,
        statement: Statement,
        is_export: bool,
        at: &Cell<'_>,
        problems: &mut Problems,
    ) {
        let Some(aspect) = self.aspect_at(place) else { return };
        let is_bare = !statement.optional
            && statement.voice.is_none()
            && statement.source.is_none()
            && statement.at.is_none();
        if let Some(level) = statement.level.clone().filter(|_| is_bare) {
            let made_up = framework::need_id(&aspect.id, &level);
            let is_need = statement.id.as_ref().is_none_or(|id| *id == made_up);
            let known = aspect.descriptors.iter().find(|(known, _)| *known == level).map(|(_, text)| text);
            let fits = known.is_none() || known.map(|text| &**text) == statement.text.as_deref();
            if is_need && fits {
                if let Some(text) = &statement.text {
                    self.descriptor(place, &level, text);
                }
                self.need(place, role, &level, at, problems);
                return;
            }
        }
        let texts = match &statement.text {
            Some(text) if !is_export => words::statements(text),
            Some(text) => vec![text.clone()],
            None => Vec::new(),
        };
        if texts.len() > 1 {
            for text in texts {
                self.statement(place, role, Statement { id: None, text: Some(text), ..statement.clone() });
            }
        } else if statement.text.is_some() || statement.level.is_some() {
            let text = texts.into_iter().next();
            self.statement(place, role, Statement { text, ..statement });
        }
    }

    fn aspect_at(&mut self, (section, aspect): (usize, usize)) -> Option<&mut Aspect> {
        self.draft.sections.get_mut(section)?.aspects.get_mut(aspect)
    }

    /// Finds or adds an aspect.
    fn aspect(&mut self, section: &str, section_id: &str, title: &str, id: &str) -> (usize, usize) {
        let section = self.section(section, section_id);
        let key = if id.is_empty() { title.to_lowercase() } else { id.to_owned() };
        let known = self.draft.sections.get(section).and_then(|one| one.by_name.get(&key)).copied();
        if let Some(aspect) = known {
            return (section, aspect);
        }
        // Aspects of all sections have different ids.
        let id = self.draft.ids.take(Thing::Aspect, id, title);
        let title = if title.is_empty() { words::title_of(&id) } else { title.to_owned() };
        let Some(one) = self.draft.sections.get_mut(section) else { return (section, 0) };
        one.by_name.insert(key, one.aspects.len());
        one.aspects.push(Aspect { id, title, ..Aspect::default() });
        (section, one.aspects.len() - 1)
    }

    fn section(&mut self, title: &str, id: &str) -> usize {
        let title = if title.is_empty() && id.is_empty() { "Skills" } else { title };
        let key = (Thing::Section, if id.is_empty() { title.to_lowercase() } else { id.to_owned() });
        if let Some(known) = self.draft.by_name.get(&key) {
            return *known;
        }
        let id = self.draft.ids.take(Thing::Section, id, title);
        let title = if title.is_empty() { words::title_of(&id) } else { title.to_owned() };
        self.draft.sections.push(Section { id, title, aspects: Vec::new(), by_name: HashMap::new() });
        self.draft.by_name.insert(key, self.draft.sections.len() - 1);
        self.draft.sections.len() - 1
    }

    /// Finds or adds the role of a column. If roles of several families have the same name, the family becomes part of
    /// the title.
    fn role_of(&mut self, column: &Column, is_export: bool, is_twice: bool) -> usize {
        let name = column.title.as_str();
        let role = match &column.id {
            Some(id) => self.role(name, id),
            None if is_export => self.role("", name),
            None => match &column.family {
                Some(family) if is_twice => self.role(&format!("{family} {name}"), ""),
                _ => self.role(name, ""),
            },
        };
        let family = column.family.clone().unwrap_or_default();
        self.describe_role(role, &family, "", "");
        role
    }

    fn role(&mut self, title: &str, id: &str) -> usize {
        let key = (Thing::Role, if id.is_empty() { title.to_lowercase() } else { id.to_owned() });
        if let Some(known) = self.draft.by_name.get(&key) {
            return *known;
        }
        let id = self.draft.ids.take(Thing::Role, id, title);
        let title = if title.is_empty() { words::title_of(&id) } else { title.to_owned() };
        self.draft.roles.push(Role { id: id.into(), title, family: None, rank: None, summary: None });
        self.draft.by_name.insert(key, self.draft.roles.len() - 1);
        self.draft.roles.len() - 1
    }

    fn describe_role(&mut self, role: usize, family: &str, rank: &str, summary: &str) {
        let family = (!family.is_empty()).then(|| self.named(Thing::Family, family));
        let Some(role) = self.draft.roles.get_mut(role) else { return };
        role.family = role.family.take().or(family);
        role.rank = role.rank.or_else(|| rank.parse().ok());
        role.summary =
            role.summary.take().or_else(|| Some(summary.to_owned()).filter(|text| !text.is_empty()));
    }

    /// Finds or adds a family, source or voice, and returns its id.
    fn named(&mut self, thing: Thing, name: &str) -> String {
        let key = (thing, name.to_lowercase());
        let list = match thing {
            Thing::Source => &mut self.draft.sources,
            Thing::Voice => &mut self.draft.voices,
            Thing::Aspect | Thing::Family | Thing::Role | Thing::Section => &mut self.draft.families,
        };
        if let Some(known) = self.draft.by_name.get(&key).and_then(|known| list.get(*known)) {
            return known.id.clone();
        }
        let id = self.draft.ids.take(thing, "", name);
        list.push(Named { id: id.clone(), title: name.to_owned() });
        self.draft.by_name.insert(key, list.len() - 1);
        id
    }

    fn describe(&mut self, place: (usize, usize), kind: Option<String>, summary: &str) {
        let Some(aspect) = self.aspect_at(place) else { return };
        aspect.kind = aspect.kind.take().or(kind.filter(|kind| !kind.is_empty()));
        if aspect.summary.is_none() && !summary.is_empty() {
            aspect.summary = Some(summary.to_owned());
        }
    }

    fn set_scale(&mut self, place: (usize, usize), scale: &str) {
        let Some(aspect) = self.aspect_at(place) else { return };
        aspect.scale.get_or_insert_with(|| scale.to_owned());
        // Only a skill has levels.
        aspect.kind.get_or_insert_with(|| super::KIND.to_owned());
    }

    fn descriptor(&mut self, place: (usize, usize), level: &Rc<str>, text: &str) {
        let scale =
            self.draft.scales.iter().find(|scale| scale.levels.iter().any(|known| known.id == *level));
        if let Some(scale) = scale.map(|scale| scale.id.clone()) {
            self.set_scale(place, &scale);
        }
        let Some(aspect) = self.aspect_at(place) else { return };
        if aspect.descriptors.iter().all(|(known, _)| known != level) {
            aspect.descriptors.push((Rc::clone(level), Rc::from(text)));
        }
    }

    fn need(
        &mut self,
        place: (usize, usize),
        role: &Rc<str>,
        level: &Rc<str>,
        at: &Cell<'_>,
        problems: &mut Problems,
    ) {
        let Some(aspect) = self.aspect_at(place) else { return };
        let Some((place, line)) = aspect.needed.get(role).copied() else {
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let line = at.grid.rows.get(at.row).map_or(0, |row| row.line);
            aspect.needed.insert(Rc::clone(role), (small(aspect.needs.len()), small(line)));
            aspect.needs.push((Rc::clone(role), Rc::clone(level)));
            return;
        };
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let known = aspect.needs.get(place).map_or("", |(_, level)| level);
        if known != &**level {
            let title = &aspect.title;
            let message =
                format!("`{role}` needs “{title}” at `{level}` here, and at `{known}` in row {line}");
            let found = in_cell(Code::TwoValues, at.row, at.column, message);
            problems.push(at.grid, found.advice("keep one of the two levels"));
        }
    }

    fn statement(&mut self, place: (usize, usize), role: &Rc<str>, statement: Statement) {
        let Some(aspect) = self.aspect_at(place) else { return };
        let known = aspect.by_content.get(&statement).copied();
        let place = known.unwrap_or_else(|| {
            aspect.by_content.insert(statement.clone(), aspect.statements.len());
            aspect.statements.push(statement);
            aspect.statements.len() - 1
        });
        let statement = aspect.statements.get_mut(place);
        if let Some(statement) = statement.filter(|one| !one.roles.iter().any(|known| known == role)) {
            statement.roles.push(Rc::clone(role));
        }
    }

    /// Finds or adds a scale by name, or the default one.
    fn scale(&mut self, name: &str) -> usize {
        let id = if name.is_empty() { SCALE.to_owned() } else { words::slug(name) };
        if let Some(known) = self.draft.scales.iter().position(|scale| scale.id == id) {
            return known;
        }
        // Without a name, use the scale from the map.
        if name.is_empty() && self.draft.scales.first().is_some_and(|scale| scale.is_given) {
            return 0;
        }
        let title = words::title_of(&id);
        self.draft.scales.push(Scale { id, title, levels: Vec::new(), is_given: false });
        self.draft.scales.len() - 1
    }

    fn needed_level(&mut self) -> (String, Rc<str>) {
        let scale = self.draft.scales.iter().position(|scale| scale.id == "needed");
        let scale = scale.unwrap_or_else(|| {
            let level =
                Level { id: Rc::from(NEEDED), title: "Yes".to_owned(), number: None, rank: None, times: 0 };
            self.notes.push("`x` and other marks were read as level `yes` of scale `needed`".to_owned());
            self.draft.scales.push(Scale {
                id: "needed".to_owned(),
                title: "Needed".to_owned(),
                levels: vec![level],
                is_given: true,
            });
            self.draft.scales.len() - 1
        });
        let id = self.draft.scales.get(scale).map_or_else(String::new, |scale| scale.id.clone());
        (id, Rc::from(NEEDED))
    }

    /// The scale and level that a cell refers to, if any.
    fn level(&mut self, scale: &str, value: &str) -> Option<(String, Rc<str>)> {
        if let Some(meant) = self.mapped(value) {
            let Meaning::Level(level) = meant else { return None };
            let scale = self
                .draft
                .scales
                .iter()
                .find(|scale| scale.levels.iter().any(|known| *known.id == *level))?;
            return Some((scale.id.clone(), Rc::from(level)));
        }
        let scale = self.scale(scale);
        let scale = self.draft.scales.get(scale)?;
        let level = scale.find(value)?;
        Some((scale.id.clone(), level.id.clone()))
    }

    /// The meaning of a cell according to the map, if any.
    fn mapped(&self, value: &str) -> Option<Meaning> {
        let values = self.map.iter().flat_map(|map| &map.values);
        let mut found = values.filter(|known| words::is_same(&known.cell, value));
        found.next().map(|known| match &known.level {
            Some(level) => Meaning::Level(level.to_string()),
            None => Meaning::Nothing,
        })
    }

    /// Collects the levels in cells under roles.
    fn levels_of_cells(&mut self, grid: &Grid, plan: &Plan, rows: &[usize]) {
        let scale_column = plan.column(Field::Scale);
        let mut found = Values::default();
        for row in rows.iter().copied() {
            let scale = scale_column.map_or("", |at| grid.text_at(row, at));
            // Add all levels of the scale first, in order, even if unused.
            let all = plan.levels.map_or("", |at| grid.text_at(row, at));
            for level in all.split('|').filter(|level| !plan.says_nothing(level)) {
                found.add(scale, level, row);
            }
            for column in plan.columns_of(Field::Role) {
                let value = grid.text_at(row, column.at);
                let bare = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                if !plan.says_nothing(value) {
                    found.add(scale, bare.filter(|_| plan.is_export).unwrap_or(value), row);
                }
            }
        }
        let scales = self.collect_levels(&found, plan.is_export);
        // Only guess the order if the table does not give it.
        if plan.levels.is_none() {
            self.sort_levels(&scales, plan.is_export);
        }
    }

    /// Collects the levels in a column, with their titles and ranks from other columns.
    fn levels_of_rows(&mut self, grid: &Grid, plan: &Plan, rows: &[usize]) {
        let Some(at) = plan.column(Field::Level) else { return };
        let scale_column = plan.column(Field::Scale);
        let (titles, ranks) = (plan.column(Field::LevelTitle), plan.column(Field::LevelRank));
        let mut found = Values::default();
        for row in rows.iter().copied() {
            let level = grid.text_at(row, at);
            if !plan.says_nothing(level) {
                found.add(scale_column.map_or("", |at| grid.text_at(row, at)), level, row);
            }
        }
        let scales = self.collect_levels(&found, plan.is_export);
        for Value { scale, text, row, .. } in &found.all {
            let scale = self.scale(scale);
            let Some(scale) = self.draft.scales.get_mut(scale).filter(|scale| !scale.is_given) else {
                continue;
            };
            let id = scale.find(text).map(|level| level.id.clone());
            let level = scale.levels.iter_mut().find(|level| Some(&level.id) == id.as_ref());
            let Some(level) = level else { continue };
            let title = titles.map(|at| grid.text_at(*row, at)).filter(|title| !title.is_empty());
            if let Some(title) = title {
                title.clone_into(&mut level.title);
            }
            level.rank = level.rank.or_else(|| grid.text_at(*row, ranks?).parse().ok());
        }
        self.sort_levels(&scales, plan.is_export);
    }

    /// Adds levels to scales, skipping what cannot be a level: marks among levels, values found only once that either are
    /// unknown while most others are known levels, or closely resemble a common level, and words among numbers.
    /// Returns the ids of these scales.
    fn collect_levels(&mut self, found: &Values, is_export: bool) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let known: usize =
            found.all.iter().filter(|value| words::is_level(&value.text)).map(|value| value.times).sum();
        let all: usize = found.all.iter().map(|value| value.times).sum();
        let are_known = known * 10 >= all * 6;
        let are_marks = found.all.iter().all(|value| words::is_any_mark(&value.text));
        let are_extents = words::are_extents(&found.all.iter().map(|value| value.text.as_str()));
        for Value { scale, text, times, .. } in &found.all {
            let is_unknown = are_known && !words::is_level(text) && (*times == 1 || words::is_any_mark(text));
            let is_odd = is_unknown || (words::is_tick(text) && !are_marks);
            if self.mapped(text).is_some() || (is_odd && !is_export && !are_extents) {
                continue;
            }
            let scale = self.scale(scale);
            let Some(scale) = self.draft.scales.get_mut(scale).filter(|scale| !scale.is_given) else {
                continue;
            };
            if !names.contains(&scale.id) {
                names.push(scale.id.clone());
            }
            let known = scale.find(text).map(|level| level.id.clone());
            if let Some(level) = scale.levels.iter_mut().find(|level| Some(&level.id) == known.as_ref()) {
                level.times += times;
                continue;
            }
            scale.add(text, *times, is_export);
        }
        for scale in self.draft.scales.iter_mut().filter(|scale| !is_export && names.contains(&scale.id)) {
            scale.drop_slips();
            scale.drop_rarer_kind();
        }
        names
    }

    /// Sorts the levels of these scales, and notes the order unless the table gives it.
    fn sort_levels(&mut self, scales: &[String], is_export: bool) {
        for scale in self.draft.scales.iter_mut().filter(|scale| scales.contains(&scale.id)) {
            let (levels, guessed) = scale.sorted();
            scale.levels = levels;
            let titles: Vec<&str> = scale.levels.iter().map(|level| level.title.as_str()).collect();
            if titles.len() < 2 || (is_export && guessed.is_empty()) {
                continue;
            }
            let what = match guessed.len() {
                0 => String::new(),
                all if all == titles.len() => "; this order is a guess: ".to_owned(),
                _ => {
                    let guessed: Vec<String> = guessed.iter().map(|title| format!("`{title}`")).collect();
                    format!("; the place of {} is a guess: ", listed(&guessed, "and"))
                }
            };
            let advice =
                if guessed.is_empty() { "" } else { "check it, and correct it under `scales` in a map" };
            self.notes.push(format!("levels, lowest first: {}{what}{advice}", titles.join(" < ")));
        }
    }

    fn levels_of_columns(&mut self, columns: &[&Column]) {
        let scale = self.scale("");
        let titles: Vec<(Option<String>, String)> =
            columns.iter().map(|column| (column.id.clone(), column.title.clone())).collect();
        let Some(scale) = self.draft.scales.get_mut(scale).filter(|scale| !scale.is_given) else { return };
        for (id, title) in titles {
            if scale.find(id.as_deref().unwrap_or(&title)).is_none() {
                let (number, name) = words::level_parts(&title);
                let name = if name.is_empty() { &title } else { name };
                let id = id.unwrap_or_else(|| words::slug(name));
                scale.levels.push(Level {
                    id: id.into(),
                    title: name.to_owned(),
                    number,
                    rank: None,
                    times: 0,
                });
            }
        }
        // The columns have an order, too.
        let (levels, guessed) = scale.sorted();
        if guessed.is_empty() {
            scale.levels = levels;
        }
    }

    fn level_of_column(&mut self, column: &Column) -> Rc<str> {
        let name = column.id.as_deref().unwrap_or(&column.title).to_owned();
        self.level("", &name).map_or_else(|| Rc::from(words::slug(&name)), |(_, level)| level)
    }

    /// What the cells in columns of roles or levels contain.
    fn cell_mode(&self, grid: &Grid, plan: &Plan, rows: &[usize], field: Field) -> CellMode {
        if let Some(cells) = plan.cells {
            return cells;
        }
        if plan.is_export {
            return CellMode::Levels;
        }
        let (mut all, mut marks, mut known, mut short) = (0_usize, 0_usize, 0_usize, 0_usize);
        let mut distinct: HashSet<String> = HashSet::new();
        for row in rows {
            for column in plan.columns_of(field) {
                let text = grid.text_at(*row, column.at);
                if text.is_empty() || words::is_nothing(text) || self.mapped(text).is_some() {
                    continue;
                }
                all += 1;
                marks += usize::from(words::is_any_mark(text));
                known += usize::from(words::is_level(text));
                short += usize::from(text.split_whitespace().count() <= 4 && !text.contains('\n'));
                distinct.insert(text.to_lowercase());
            }
        }
        let is_one = distinct.len() == 1 && distinct.contains("1");
        let are_extents = words::are_extents(&distinct.iter().map(String::as_str));
        if is_one || (marks * 10 >= all.max(1) * 6 && !are_extents) {
            return CellMode::Marks;
        }
        // Levels repeat, texts do not.
        let repeats = distinct.len() * 2 <= all && short * 10 >= all * 8;
        if known * 10 >= all * 6 || repeats || are_extents { CellMode::Levels } else { CellMode::Texts }
    }

    /// What the cells of the first table were taken for.
    pub(super) fn mode(&self) -> Option<CellMode> {
        self.modes.first().copied()
    }

    /// Removes scales without levels.
    pub(super) fn finish(&mut self) {
        self.draft.scales.retain(|scale| !scale.levels.is_empty());
        let known: HashSet<&str> = self.draft.scales.iter().map(|scale| scale.id.as_str()).collect();
        for aspect in self.draft.sections.iter_mut().flat_map(|section| &mut section.aspects) {
            aspect.scale = aspect.scale.take().filter(|scale| known.contains(scale.as_str()));
        }
    }

    /// Adds notes on what the cells under roles were taken for.
    pub(super) fn note_modes(&mut self) {
        let modes: HashSet<&str> = self
            .modes
            .iter()
            .map(|mode| match mode {
                CellMode::Levels => "cells contain levels",
                CellMode::Marks => "cells contain marks",
                CellMode::Texts => "cells contain texts, one statement per line or bullet",
            })
            .collect();
        let mut modes: Vec<&str> = modes.into_iter().collect();
        modes.sort_unstable();
        self.notes.extend(modes.into_iter().map(str::to_owned));
    }
}

/// The meaning that a map gives a cell.
enum Meaning {
    Level(String),
    Nothing,
}

/// The position of a cell.
struct Cell<'g> {
    grid: &'g Grid,
    row: usize,
    column: usize,
}

/// The distinct cell values that may be levels.
#[derive(Default)]
struct Values {
    all: Vec<Value>,
    /// The places in the list, by scale and text.
    numbers: HashMap<String, HashMap<String, usize>>,
}

struct Value {
    scale: String,
    text: String,
    times: usize,
    /// The first row that contains it.
    row: usize,
}

impl Values {
    fn add(&mut self, scale: &str, text: &str, row: usize) {
        let known = self.numbers.get(scale).and_then(|numbers| numbers.get(text));
        if let Some(value) = known.and_then(|number| self.all.get_mut(*number)) {
            value.times += 1;
            return;
        }
        self.numbers.entry(scale.to_owned()).or_default().insert(text.to_owned(), self.all.len());
        self.all.push(Value { scale: scale.to_owned(), text: text.to_owned(), times: 1, row });
    }
}

impl Level {
    /// Whether it has a number and no other name.
    fn is_bare(&self) -> bool {
        self.number.is_some() && words::bare_number(&self.title) == self.number
    }

    /// Whether its number, if it has one, is its rank, and it also has a name.
    pub(super) fn is_ranked(&self, rank: usize) -> bool {
        self.number.is_none_or(|number| !self.is_bare() && i64::try_from(rank * 1000) == Ok(number))
    }

    /// How a cell with nothing but its number refers to it, if it also has a name.
    pub(super) fn own_number(&self) -> Option<String> {
        self.number.filter(|_| !self.is_bare()).map(words::shown_number)
    }
}

impl Scale {
    /// Adds a level as written in a cell.
    fn add(&mut self, text: &str, times: usize, is_export: bool) {
        let (number, name) = words::level_parts(text);
        let name = if name.is_empty() { text } else { name };
        let (id, title) = match number {
            _ if is_export => (text.to_owned(), words::title_of(text)),
            Some(number) if name == text => {
                let shown = words::shown_number(number);
                let title =
                    if text.ends_with('%') { format!("{shown}%") } else { words::numbered_level(number) };
                (format!("level-{}", shown.replace('.', "-")), title)
            }
            _ => (words::symbol_id(name).map_or_else(|| words::slug(name), str::to_owned), name.to_owned()),
        };
        let wanted = id_of(&id, &title, "level");
        let (id, _) = numbered(&wanted, 0, |id| self.levels.iter().any(|level| *level.id == *id));
        // Name a level that only had a number so far.
        let bare = self.levels.iter_mut().find(|level| number.is_some() && level.number == number);
        if let Some(bare) = bare.filter(|bare| bare.is_bare()) {
            *bare = Level { id: id.into(), title, number, rank: None, times: bare.times + times };
            return;
        }
        self.levels.push(Level { id: id.into(), title, number, rank: None, times });
    }

    /// Between bare numbers and words there is no order. If a scale has both, drops those that are used less.
    fn drop_rarer_kind(&mut self) {
        let is_word = |level: &Level| level.number.is_none();
        let used = |is_kind: &dyn Fn(&Level) -> bool| {
            self.levels.iter().filter(|level| is_kind(level)).map(|level| level.times).sum::<usize>()
        };
        let (numbers, words) = (used(&Level::is_bare), used(&is_word));
        if numbers > 0 && words > 0 {
            self.levels.retain(|level| if numbers >= words { !is_word(level) } else { !level.is_bare() });
        }
    }

    fn drop_slips(&mut self) {
        let often: Vec<String> =
            self.levels.iter().filter(|level| level.times > 2).map(|level| level.title.clone()).collect();
        self.levels.retain(|level| {
            let is_rare = level.times == 1 && level.number.is_none() && !words::is_level_word(&level.title);
            // Short words and marks are often similar by chance.
            let is_word = level.title.chars().filter(|c| c.is_alphabetic()).count() > 3;
            !is_rare || !is_word || nearest(&level.title, often.iter().map(String::as_str)).is_empty()
        });
    }

    /// Finds a level by id, title or number, ignoring case.
    fn find(&self, value: &str) -> Option<&Level> {
        let is_value =
            |level: &&Level| words::is_same(&level.id, value) || words::is_same(&level.title, value);
        if let Some(level) = self.levels.iter().find(is_value) {
            return Some(level);
        }
        let (number, title) = words::level_parts(value);
        let is_titled = |level: &&Level| words::is_same(&level.title, title);
        let by_number = |level: &&Level| {
            number.is_some() && level.number == number && (title.is_empty() || is_titled(level))
        };
        let by_title = |level: &&Level| !title.is_empty() && is_titled(level);
        self.levels.iter().find(by_number).or_else(|| self.levels.iter().find(by_title)).or_else(|| {
            // In a scale from a map without numbers, a number is a rank.
            let is_ranked = self.is_given && self.levels.iter().all(|level| level.number.is_none());
            let place = usize::try_from((number? / 1000).checked_sub(1)?).ok()?;
            self.levels.get(place).filter(|_| is_ranked && title.is_empty())
        })
    }

    /// The levels by rank, by number or by well-known names, and the titles of those whose place is a guess.
    fn sorted(&self) -> (Vec<Level>, Vec<String>) {
        type Key = Option<(usize, i64)>;
        // "L1" and "L2" can be compared; "L1" and "M1" cannot, so the word that comes first counts as lower.
        let mut names: HashMap<String, usize> = HashMap::new();
        let numbers = self.levels.iter().map(|level| {
            let own = level.rank.or(level.number).map(|number| (String::new(), number));
            let numbered =
                || words::numbered(&level.title).map(|(name, number)| (name.to_lowercase(), number));
            let (name, number) = own.or_else(numbered)?;
            let next = names.len();
            Some((*names.entry(name).or_insert(next), number))
        });
        let numbers: Vec<Key> = numbers.collect();
        let titles: Vec<&str> = self.levels.iter().map(|level| level.title.as_str()).collect();
        let places = words::level_places(&titles).into_iter();
        let places = places.map(|place| Some((0, i64::try_from(place?).ok()?))).collect();
        // A place is a guess if nothing or not this alone stands for it.
        let unsure = |keys: &Vec<Key>| {
            let mut times: HashMap<Key, usize> = HashMap::new();
            for key in keys {
                *times.entry(*key).or_default() += 1;
            }
            let is_sure = |key: &Key| matches!(key, Some((0, _))) && times.get(key) == Some(&1);
            keys.iter().map(|key| !is_sure(key)).collect::<Vec<bool>>()
        };
        let [numbers, places] = [numbers, places].map(|keys| (unsure(&keys), keys));
        let count = |(unsure, _): &(Vec<bool>, Vec<Key>)| unsure.iter().filter(|is| **is).count();
        let (unsure, keys) = if count(&places) < count(&numbers) { places } else { numbers };
        if keys.iter().flatten().count() < 2 {
            let guessed = if self.levels.len() < 2 { Vec::new() } else { titles };
            return (self.levels.clone(), guessed.into_iter().map(str::to_owned).collect());
        }
        let mut sorted: Vec<_> = self.levels.iter().zip(keys).zip(unsure).collect();
        sorted.sort_by_key(|((_, key), _)| key.unwrap_or((usize::MAX, 0)));
        let guessed = sorted.iter().filter(|(_, unsure)| *unsure).map(|((level, _), _)| level.title.clone());
        let guessed = guessed.collect();
        (sorted.into_iter().map(|((level, _), _)| level.clone()).collect(), guessed)
    }
}

/// The first id made from this one with a number above `last` that is not taken, and its number; the first has none.
fn numbered(wanted: &str, last: usize, is_taken: impl Fn(&str) -> bool) -> (String, usize) {
    let mut number = last;
    loop {
        number += 1;
        let id = if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
        if !is_taken(&id) {
            return (id, number);
        }
    }
}

/// The id if it is valid, or else one made from the title, or else the noun.
fn id_of(id: &str, title: &str, noun: &str) -> String {
    let wanted = if is_slug(id) { id.to_owned() } else { words::slug(title) };
    let wanted = if wanted.is_empty() { words::slug(id) } else { wanted };
    if wanted.is_empty() { noun.to_owned() } else { wanted }
}

/// Columns that are filled only in the first row of a group.
#[derive(Default)]
struct FillDown(HashMap<Field, String>);

impl FillDown {
    fn down(&mut self, field: Field, text: &str) -> &str {
        let last = self.0.entry(field).or_default();
        if !text.is_empty() {
            text.clone_into(last);
        }
        last
    }
}

/// The index of the first row below a wide table: after an empty row, and with nothing in the columns of roles and levels
/// from there on.
fn end(grid: &Grid, plan: &Plan) -> usize {
    let all = grid.rows.len();
    if plan.layout == Layout::Long || plan.is_transposed {
        return all;
    }
    let columns = || plan.columns_of(Field::Role).chain(plan.columns_of(Field::Level));
    let is_filled = |row: usize| columns().any(|column| grid.at(row, column.at).kind != CellKind::Empty);
    let Some(last) = (plan.first..all).rev().find(|row| is_filled(*row)) else { return all };
    let line = |row: usize| grid.rows.get(row).map_or(0, |row| row.line);
    (last + 1..all).find(|row| line(*row) > line(row - 1) + 1).unwrap_or(all)
}

/// Finds rows of a wide table that name a section: those with one name and nothing else, above a row with more.
fn headings(grid: &Grid, plan: &Plan, rows: &[usize]) -> HashSet<usize> {
    let Some(aspect) = plan.column(Field::Aspect) else { return HashSet::new() };
    if plan.column(Field::Section).is_some() || plan.column(Field::SectionId).is_some() {
        return HashSet::new();
    }
    let is_alone = |row: usize| {
        let name = grid.text_at(row, aspect);
        let cells = grid.rows.get(row).into_iter().flat_map(|row| &row.cells).enumerate();
        let mut others = cells.filter(|(at, cell)| *at != aspect && cell.kind != CellKind::Empty);
        !name.is_empty() && others.all(|(_, cell)| grid.text(*cell) == name)
    };
    let next_has_more = |place: usize| rows.get(place + 1).is_some_and(|next| !is_alone(*next));
    let found = rows.iter().enumerate().filter(|(place, row)| is_alone(**row) && next_has_more(*place));
    let found: HashSet<usize> = found.map(|(_, row)| *row).collect();
    // If the first row is not a heading, rows with just a name are probably skills that no role needs.
    let begins = rows.first().is_some_and(|first| found.contains(first));
    if begins { found } else { HashSet::new() }
}

/// Reports formula errors, and dates that a spreadsheet probably made from other text.
fn check_cells(grid: &Grid, plan: &Plan, rows: &[usize], problems: &mut Problems) {
    for row in rows.iter().copied() {
        for column in &plan.columns {
            let cell = grid.at(row, column.at);
            let text = grid.text(cell);
            let found = match cell.kind {
                CellKind::Error => {
                    in_cell(Code::FormulaError, row, column.at, format!("formula error `{text}`"))
                        .advice("fix the formula, or replace it with its value")
                }
                CellKind::Formula => in_cell(
                    Code::FormulaError,
                    row,
                    column.at,
                    "the file does not contain the formula’s value",
                )
                .advice("open the file in a spreadsheet program and save it again"),
                CellKind::Date => {
                    in_cell(Code::DateInCell, row, column.at, format!("the cell holds the date {text}"))
                        .advice("format the cell as text: spreadsheets read `1-2` or `3/4` as a date")
                }
                CellKind::Empty | CellKind::Text | CellKind::Number => continue,
            };
            problems.push(grid, found);
        }
    }
}
