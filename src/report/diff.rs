//! `rolebook.diff/1`: what changed between two versions of a dataset.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::diff::{Change, Class, Diff, Kind, Rule, Side, Subject};
use crate::diagnostic::{Annotation, Severity};
use crate::doc::{Block, Doc, Line, Records, Report, Tone};
use crate::framework::{Framework, Role};
use crate::report::flat::BETWEEN;
use crate::report::parts::{DatasetEntry, RoleEntry};
use crate::report::tables;
use crate::text::{counted, listed};

/// Most other affected roles to name on one line.
const MOST_NAMED: usize = 3;

/// Code of the annotation for a revision that is too low.
pub(crate) const TOO_LOW: &str = "revision-too-low";

/// The changes between two versions of a dataset.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiffReport<'d> {
    schema: &'static str,
    old: DatasetEntry<'d>,
    new: DatasetEntry<'d>,
    /// With `--role`: the role whose changes are listed.
    role: Option<RoleEntry<'d>>,
    /// The highest class of any change: `major`, `minor` or `patch`; `null` if nothing changed.
    class: Option<&'static str>,
    /// The lowest revision that fits the changes; `null` if the old version has none.
    required: Option<String>,
    /// Whether the new version's revision is high enough.
    fits: bool,
    counts: ClassCounts,
    changes: Vec<ChangeEntry<'d>>,
    #[serde(skip)]
    path: Option<String>,
    #[serde(skip)]
    show: Option<String>,
    #[serde(skip)]
    found: Vec<Change<'d>>,
    #[serde(skip)]
    roles: Vec<&'d Role<'d>>,
}

/// How many of the listed changes are in each class.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct ClassCounts {
    major: usize,
    minor: usize,
    patch: usize,
}

/// One change.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeEntry<'d> {
    kind: &'static str,
    class: &'static str,
    rule: &'static str,
    /// What kind of thing changed, such as `role` or `statement`.
    subject: &'static str,
    id: &'d str,
    /// The key that changed; `null` if the whole thing was added, removed or renamed.
    key: Option<&'static str>,
    /// What it is part of, such as a level's scale or an option's question.
    parent: Option<String>,
    role: Option<&'d str>,
    /// The other roles that are affected.
    reaches: Vec<&'d str>,
    section: Option<&'d str>,
    aspect: Option<&'d str>,
    statement: Option<&'d str>,
    old: Option<String>,
    old_title: Option<&'d str>,
    new: Option<String>,
    new_title: Option<&'d str>,
}

impl<'d> DiffReport<'d> {
    /// Reports all changes or, with a role, those that affect it. `path` is the file of the new version; `show` is a
    /// command that shows the role.
    pub(crate) fn new(
        old: &'d Framework<'d>,
        new: &'d Framework<'d>,
        diff: Diff<'d>,
        role: Option<&'d Role<'d>>,
        path: Option<String>,
        show: Option<String>,
    ) -> Self {
        let class = diff.class().map(Class::name);
        let mut found = diff.changes;
        found.retain(|change| role.is_none_or(|role| change.concerns(&role.id)));
        let mut counts = ClassCounts::default();
        for change in &found {
            match change.rule.class() {
                Class::Major => counts.major += 1,
                Class::Minor => counts.minor += 1,
                Class::Patch => counts.patch += 1,
            }
        }
        Self {
            schema: "rolebook.diff/1",
            old: DatasetEntry::new(old),
            new: DatasetEntry::new(new),
            role: role.map(RoleEntry::new),
            class,
            required: diff.required,
            fits: diff.fits,
            counts,
            changes: found.iter().map(ChangeEntry::new).collect(),
            path,
            show,
            found,
            roles: new.roles.iter().collect(),
        }
    }

    /// Whether anything changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.class.is_none()
    }

    /// The highest class of change, and whether the revision is high enough.
    fn verdict(&self) -> String {
        let says = match self.new.revision {
            Some(revision) => format!("the file says {revision}"),
            None => "the file has no `revision`".to_owned(),
        };
        match (self.class, &self.required) {
            (None, _) if self.fits => "no changes".to_owned(),
            (None, required) => {
                let old = required.as_deref().unwrap_or_default();
                match self.new.revision {
                    Some(new) => format!("no changes, but the revision fell from {old} to {new}"),
                    None => format!("no changes, but the file has no `revision`; it was {old}"),
                }
            }
            (Some(class), Some(required)) if self.fits => {
                format!("{class} changes; {required} is high enough")
            }
            (Some(class), Some(required)) => {
                format!("{class} changes need revision {required} or higher; {says}")
            }
            (Some(class), None) if self.fits => {
                format!("{class} changes; the old version has no `revision`, and {says}")
            }
            (Some(class), None) => format!("{class} changes, but neither version has a `revision`"),
        }
    }

    fn tally(&self) -> String {
        let ClassCounts { major, minor, patch } = self.counts;
        let counts = [(major, "major"), (minor, "minor"), (patch, "patch")];
        let parts = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}")).collect();
        let of = self.role.as_ref().map(|role| format!(" for {}", role.title)).unwrap_or_default();
        format!("{}{of}: {}", counted(self.found.len(), "change"), parts.join(", "))
    }

    fn title(&self) -> String {
        match (self.old.revision, self.new.revision) {
            (Some(old), Some(new)) if old != new => format!("{}: {old} → {new}", self.new.title),
            (Some(old), None) => format!("{}: {old} → no revision", self.new.title),
            _ if self.is_empty() => self.new.title.to_owned(),
            _ => format!("{}: changes", self.new.title),
        }
    }

    /// The role that the change is listed under, if any: the requested role, or else the role that is affected.
    fn heading_of(&self, change: &Change<'d>) -> Option<&'d str> {
        let own = change.role.filter(|_| has_role_heading(change)).map(|role| &*role.id);
        own.map(|own| self.role.as_ref().map_or(own, |role| role.id))
    }

    /// The change as a list item.
    fn point(&self, change: &Change<'d>, emphasis: Tone) -> Line<'d> {
        let under = self.heading_of(change).or(change.role.map(|role| &*role.id));
        let line = reaching(what(change, emphasis), change, under);
        if change.rule.class() == Class::Major && change.rule != Rule::MoreAsked {
            return line.and(Tone::Muted, " – major");
        }
        line
    }
}

impl<'d> ChangeEntry<'d> {
    fn new(change: &Change<'d>) -> Self {
        let value = |side: &Option<Side<'d>>| side.as_ref().map(|side| side.value.clone().into_owned());
        let title = |side: &Option<Side<'d>>| side.as_ref().and_then(|side| side.title);
        Self {
            kind: change.kind.name(),
            class: change.rule.class().name(),
            rule: change.rule.name(),
            subject: change.subject.name(),
            id: change.id,
            key: change.key,
            parent: value(&change.parent),
            role: change.role.map(|role| role.id.as_str()),
            reaches: change.reaches.iter().map(|role| role.id.as_str()).collect(),
            section: change.section.map(|section| section.id.as_str()),
            aspect: change.aspect.map(|aspect| aspect.id.as_str()),
            statement: (change.subject == Subject::Statement).then_some(change.id),
            old: value(&change.old),
            old_title: title(&change.old),
            new: value(&change.new),
            new_title: title(&change.new),
        }
    }
}

/// The old or new value in words.
fn words(side: Option<&Side<'_>>) -> String {
    match side {
        Some(Side { title: Some(title), .. }) => (*title).to_owned(),
        Some(side) => side.value.clone().into_owned(),
        None => "none".to_owned(),
    }
}

/// Describes a change: what happened and where, then a colon and the new value.
fn what<'d>(change: &Change<'d>, emphasis: Tone) -> Line<'d> {
    let (mut old, mut new) = (words(change.old.as_ref()), words(change.new.as_ref()));
    if change.key == Some("points") {
        [old, new] = [old, new].map(|points| points.replace(": ", " "));
    }
    let noun = change.subject.name();
    let aspect = change.aspect.map_or("", |aspect| &aspect.title);
    let parent = change.parent.as_ref().and_then(|parent| parent.title);
    let part = parent.map(|parent| format!("{parent} › ")).unwrap_or_default();
    // Things that have an id and are not listed under a role.
    let entry = match change.subject {
        Subject::Aspect => aspect.to_owned(),
        Subject::Dataset => "the dataset".to_owned(),
        _ => format!("{noun} {part}{}", change.id),
    };
    let of = match change.subject {
        Subject::Statement => format!(" in {aspect}"),
        Subject::Role => String::new(),
        _ => format!(" of {entry}"),
    };
    let lead = |word: &'static str, rest: String| Line::toned(emphasis, word).and(Tone::Plain, rest);
    match (change.kind, change.subject, change.key) {
        (Kind::Added, Subject::Aspect | Subject::Statement, Some(_))
        | (Kind::Added, Subject::Statement, None) => lead("New", format!(" in {aspect}: {new}")),
        (Kind::Removed, Subject::Aspect | Subject::Statement, Some(_))
        | (Kind::Removed, Subject::Statement, None) => lead("No longer", format!(" in {aspect}: {old}")),
        (Kind::Added, _, key) => lead("New", format!(" {}: {part}{new}", singular(key.unwrap_or(noun)))),
        (Kind::Removed, _, Some(key)) => lead("Removed", format!(" {}: {part}{old}", singular(key))),
        (Kind::Removed, _, None) => lead("Removed", format!(" {noun}: {part}{old} ("))
            .and(Tone::Code, change.id)
            .and(Tone::Plain, ")"),
        (Kind::Raised, ..) => lead("Raised", format!(" in {aspect}: {old} → {new}")),
        (Kind::Lowered, ..) => lead("Lowered", format!(" in {aspect}: {old} → {new}")),
        (Kind::Required, ..) => lead("No longer optional", format!(" in {aspect}: {new}")),
        (Kind::Optional, ..) => lead("Now optional", format!(" in {aspect}: {new}")),
        (Kind::Renamed, ..) => {
            let id = |side: &Option<Side<'d>>| side.as_ref().map(|side| side.value.clone().into_owned());
            let line = lead("Renamed?", format!(" {noun} {part}"));
            let line = line.and(Tone::Code, id(&change.old).unwrap_or_default()).and(Tone::Plain, " → ");
            let line = line.and(Tone::Code, id(&change.new).unwrap_or_default());
            match change.new.as_ref().and_then(|side| side.title) {
                Some(title) => line.and(Tone::Plain, format!(" ({title})")),
                None => line,
            }
        }
        (Kind::Moved, Subject::Statement, _) => {
            let statements = change.aspect.iter().flat_map(|aspect| &aspect.statements);
            let text = statements.filter(|one| *one.id == *change.id).find_map(|one| one.text.as_deref());
            lead("Moved", format!(" in {aspect}: {}", text.unwrap_or(change.id)))
                .and(Tone::Muted, format!(" (from {old} to {new})"))
        }
        (Kind::Moved, Subject::Role, key) => {
            lead("Moved", format!(": {} {old} → {new}", key.unwrap_or_default()))
        }
        (Kind::Moved, _, key) => {
            lead("Moved", format!(": {noun} {}", if aspect.is_empty() { change.id } else { aspect }))
                .and(Tone::Muted, format!(" ({} {old} → {new})", key.unwrap_or_default()))
        }
        (Kind::Reworded, _, key) => {
            let place = match key {
                Some("text") | None => format!(" in {aspect}"),
                Some("descriptors") => format!(" in {aspect}, {}", parent.unwrap_or_default()),
                Some(key) => format!(" {key}{of}"),
            };
            lead("Reworded", format!("{place}: {new}")).and(Tone::Muted, format!(" (was: {old})"))
        }
        (Kind::Reordered, _, key) => {
            let of = match (change.subject, change.section) {
                (Subject::Dataset, _) => String::new(),
                (Subject::Section, Some(section)) => format!(" of {}", section.title),
                _ => of,
            };
            lead("Reordered", format!(": {}{of}", key.unwrap_or("entries")))
        }
        (Kind::Changed, _, key) => {
            lead("Changed", format!(" {}{of}: {old} → {new}", key.unwrap_or_default()))
        }
    }
}

/// The name of one entry in the list under a key.
fn singular(key: &str) -> &str {
    if key == "aliases" { "alias" } else { key }
}

/// Adds the affected roles to a line, other than the one it is listed under.
fn reaching<'d>(line: Line<'d>, change: &Change<'d>, under: Option<&str>) -> Line<'d> {
    let roles = change.role.iter().chain(&change.reaches).filter(|role| Some(&*role.id) != under);
    let titles: Vec<&str> = roles.map(|role| role.title.as_str()).collect();
    if titles.is_empty() {
        return line;
    }
    if let Some(few) = titles.get(..MOST_NAMED).filter(|_| titles.len() > MOST_NAMED) {
        let more = counted(titles.len() - few.len(), "other role");
        return line.and(Tone::Muted, format!(" (also {} and {more})", few.join(", ")));
    }
    line.and(Tone::Muted, format!(" (also {})", listed(&titles, "and")))
}

/// Whether a change is listed under its role. Added and removed roles are listed under the framework.
fn has_role_heading(change: &Change<'_>) -> bool {
    change.role.is_some() && !is_of_whole_role(change)
}

fn is_of_whole_role(change: &Change<'_>) -> bool {
    change.subject == Subject::Role && change.key.is_none() && change.kind != Kind::Changed
}

impl Report for DiffReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = tables::document(self.title(), &self.new);
        doc.aside = None;
        doc.paragraph(Line::toned(Tone::Strong, self.verdict()));
        if self.found.is_empty() {
            if let Some(role) = self.role.as_ref().filter(|_| !self.is_empty()) {
                doc.paragraph(format!("Nothing changed for {}.", role.title));
            }
            return doc;
        }
        doc.paragraph(self.tally());
        let (more, rest): (Vec<_>, Vec<_>) =
            self.found.iter().partition(|change| change.rule == Rule::MoreAsked);
        if !more.is_empty() {
            doc.heading(2, "More is expected");
            let points = more.into_iter().map(|change| {
                let role = self.role.as_ref().map(|role| role.title);
                let role = role.or_else(|| change.role.map(|role| &*role.title)).unwrap_or_default();
                let mut line = Line::toned(Tone::Strong, role).and(Tone::Plain, " – ");
                line.0.extend(self.point(change, Tone::Plain).0);
                line
            });
            doc.push(Block::List(points.collect()));
        }
        for role in &self.roles {
            let mut here = rest.iter().filter(|change| self.heading_of(change) == Some(&*role.id)).peekable();
            if here.peek().is_none() {
                continue;
            }
            doc.heading(2, role.title.as_str());
            let here: Vec<_> = here.collect();
            for group in here.chunk_by(|a, b| a.section.map(|one| &one.id) == b.section.map(|one| &one.id)) {
                if let Some(section) = group.first().and_then(|change| change.section) {
                    doc.heading(3, section.title.as_str());
                }
                doc.push(Block::List(group.iter().map(|change| self.point(change, Tone::Strong)).collect()));
            }
        }
        let framework: Vec<_> = rest.iter().filter(|change| !has_role_heading(change)).collect();
        if !framework.is_empty() {
            doc.heading(2, "The framework");
            let points = framework.iter().map(|change| self.point(change, Tone::Strong));
            doc.push(Block::List(points.collect()));
        }
        let is_new = framework.iter().any(|change| is_of_whole_role(change) && change.kind == Kind::Added);
        if let Some(show) = self.show.as_deref().filter(|_| is_new) {
            doc.paragraph(
                Line::from("To list everything that the role needs, run ")
                    .and(Tone::Code, show)
                    .and(Tone::Plain, "."),
            );
        }
        doc
    }

    /// One record for each change.
    fn records(&self) -> Records<'_> {
        let rows = self.changes.iter().map(|change| {
            let list = (!change.reaches.is_empty()).then(|| change.reaches.join(BETWEEN));
            [
                change.kind.into(),
                change.class.into(),
                change.rule.into(),
                change.subject.into(),
                change.id.into(),
                change.key.into(),
                change.parent.as_deref().into(),
                change.role.into(),
                list.into(),
                change.section.into(),
                change.aspect.into(),
                change.statement.into(),
                change.old.as_deref().into(),
                change.old_title.into(),
                change.new.as_deref().into(),
                change.new_title.into(),
            ]
        });
        let columns = &[
            "kind",
            "class",
            "rule",
            "subject",
            "id",
            "key",
            "parent",
            "role",
            "reaches",
            "section",
            "aspect",
            "statement",
            "old",
            "old_title",
            "new",
            "new_title",
        ];
        Records::new(columns, rows)
    }

    /// One for a revision that is too low, and one for each major change.
    fn annotations(&self) -> Vec<Annotation<'_>> {
        let annotation = |code, severity, message| Annotation {
            code,
            severity,
            message,
            file: self.path.as_deref().map(Into::into),
            place: None,
        };
        let verdict = (!self.fits).then(|| annotation(TOO_LOW, Severity::Error, self.verdict()));
        let major = self.found.iter().filter(|change| change.rule.class() == Class::Major);
        let major = major.map(|change| {
            let text = |line: Line<'_>| line.0.into_iter().map(|span| span.text).collect::<String>();
            let under = change.role.filter(|_| has_role_heading(change));
            let role = under.map(|role| format!("{} – ", role.title)).unwrap_or_default();
            let line = reaching(what(change, Tone::Plain), change, change.role.map(|role| &*role.id));
            annotation(change.rule.name(), Severity::Warning, format!("{role}{}", text(line)))
        });
        verdict.into_iter().chain(major).collect()
    }
}
