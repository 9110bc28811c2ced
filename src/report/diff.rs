//! `rolebook.diff/1`: what changed between two versions of a dataset.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::diff::{Change, Class, Diff, Kind, Rule, Side, Subject};
use crate::diagnostic::{Annotation, Severity};
use crate::doc::{Block, Doc, Line, Records, Report, Tone};
use crate::format::Role;
use crate::framework::Framework;
use crate::report::blocks;
use crate::report::flat::BETWEEN;
use crate::report::parts::{DatasetEntry, RoleEntry};
use crate::text::{counted, listed};

/// Up to how many roles that a change reaches are named in its line.
const MOST_NAMED: usize = 3;

/// What changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiffReport<'d> {
    schema: &'static str,
    old: DatasetEntry<'d>,
    new: DatasetEntry<'d>,
    /// The role that the changes are about, if not all of them are listed.
    role: Option<RoleEntry<'d>>,
    /// The class of all changes together; none where nothing changed.
    class: Option<&'static str>,
    /// The lowest revision that fits; none where the old version has none.
    required: Option<String>,
    /// Whether the new revision is high enough.
    fits: bool,
    counts: ClassCounts,
    changes: Vec<ChangeEntry<'d>>,
    #[serde(skip)]
    path: Option<String>,
    #[serde(skip)]
    found: Vec<Change<'d>>,
    #[serde(skip)]
    roles: Vec<&'d Role<'d>>,
}

/// How many of the listed changes there are of each class.
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
    /// What changed: `role`, `statement` and so on.
    subject: &'static str,
    id: &'d str,
    /// The key that changed, if it is not the whole thing.
    key: Option<&'static str>,
    /// What it is a part of: a level's scale, an option's question.
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
    /// The report on all changes, or on those that concern a role. `path` is the file of the new version.
    pub fn new(
        old: &'d Framework<'d>,
        new: &'d Framework<'d>,
        diff: Diff<'d>,
        role: Option<&'d Role<'d>>,
        path: Option<String>,
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
            found,
            roles: new.roles.iter().collect(),
        }
    }

    /// Whether anything changed.
    pub fn is_empty(&self) -> bool {
        self.class.is_none()
    }

    /// How much changed, and which revision that needs.
    fn verdict(&self) -> String {
        let Some(class) = self.class else { return "no changes".to_owned() };
        let said = match self.new.revision {
            Some(revision) => format!("the file says {revision}"),
            None => "the file has no `revision`".to_owned(),
        };
        match &self.required {
            Some(required) => format!("{class}: {required} needed; {said}"),
            None => format!("{class}: the old version has no `revision`, and {said}"),
        }
    }

    fn tally(&self) -> String {
        let ClassCounts { major, minor, patch } = self.counts;
        let counts = [(major, "major"), (minor, "minor"), (patch, "patch")];
        let parts = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}")).collect();
        format!("{}: {}", counted(self.found.len(), "change"), parts.join(", "))
    }

    fn title(&self) -> String {
        match (self.old.revision, self.new.revision) {
            (Some(old), Some(new)) if old != new => format!("{}: {old} → {new}", self.new.title),
            _ => format!("{}: changes", self.new.title),
        }
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

/// What stands on one side in words.
fn words(side: Option<&Side<'_>>) -> String {
    match side {
        Some(Side { title: Some(title), .. }) => (*title).to_owned(),
        Some(side) => side.value.clone().into_owned(),
        None => "none".to_owned(),
    }
}

/// What changed, in words.
fn what<'d>(change: &Change<'d>) -> Line<'d> {
    let (old, new) = (words(change.old.as_ref()), words(change.new.as_ref()));
    let lead = |text: &'static str| Line::toned(Tone::Strong, text).and(Tone::Plain, " ");
    let place = match (change.aspect, change.subject) {
        (Some(aspect), Subject::Aspect | Subject::Statement) if change.kind != Kind::Renamed => {
            format!("{}: ", aspect.title)
        }
        _ => String::new(),
    };
    let noun = change.subject.name();
    let part = match &change.parent {
        Some(parent) if change.key == Some("descriptors") => {
            format!("{}: ", parent.title.unwrap_or_default())
        }
        Some(parent) => format!("{} › ", parent.title.unwrap_or_default()),
        None => String::new(),
    };
    match (change.kind, change.subject, change.key) {
        (Kind::Added, Subject::Aspect | Subject::Statement, Some(_))
        | (Kind::Added, Subject::Statement, None) => lead("New:").and(Tone::Plain, format!("{place}{new}")),
        (Kind::Removed, Subject::Aspect | Subject::Statement, Some(_))
        | (Kind::Removed, Subject::Statement, None) => {
            lead("No longer:").and(Tone::Plain, format!("{place}{old}"))
        }
        (Kind::Added, _, key) => {
            lead("New:").and(Tone::Plain, format!("{} {part}{new}", singular(key.unwrap_or(noun))))
        }
        (Kind::Removed, _, key) => {
            let line =
                lead("Removed:").and(Tone::Plain, format!("{} {part}{old}", singular(key.unwrap_or(noun))));
            if key.is_none() {
                line.and(Tone::Plain, " (").and(Tone::Code, change.id).and(Tone::Plain, ")")
            } else {
                line
            }
        }
        (Kind::Raised, ..) => lead("Raised:").and(Tone::Plain, format!("{place}{old} → {new}")),
        (Kind::Lowered, ..) => lead("Lowered:").and(Tone::Plain, format!("{place}{old} → {new}")),
        (Kind::Required, ..) => lead("Required, was optional:").and(Tone::Plain, format!("{place}{new}")),
        (Kind::Optional, ..) => lead("Optional, was required:").and(Tone::Plain, format!("{place}{new}")),
        (Kind::Renamed, ..) => {
            let ids = |side: &Option<Side<'d>>| side.as_ref().map(|side| side.value.clone().into_owned());
            let line = lead("Renamed?").and(Tone::Plain, format!("{noun} {part}"));
            let line = line.and(Tone::Code, ids(&change.old).unwrap_or_default()).and(Tone::Plain, " → ");
            let line = line.and(Tone::Code, ids(&change.new).unwrap_or_default());
            match change.new.as_ref().and_then(|side| side.title) {
                Some(title) => line.and(Tone::Plain, format!(" ({title})")),
                None => line,
            }
        }
        (Kind::Moved, _, Some("roles")) => {
            let statements = change.aspect.iter().flat_map(|aspect| &aspect.statements);
            let text = statements.filter(|one| *one.id == *change.id).find_map(|one| one.text.as_deref());
            let text = text.unwrap_or(change.id);
            lead("Moved:")
                .and(Tone::Plain, format!("{place}{text}"))
                .and(Tone::Muted, format!(" (from {old} to {new})"))
        }
        (Kind::Moved, _, key) => {
            let what = key.unwrap_or_default();
            lead("Moved:").and(Tone::Plain, format!("{place}{} {old} → {new}", singular(what)))
        }
        (Kind::Reworded, _, key) => {
            let key = match key {
                Some("text" | "descriptors") | None => String::new(),
                Some(key) => format!("{key}: "),
            };
            let subject = match change.subject {
                Subject::Statement | Subject::Aspect => place,
                Subject::Dataset | Subject::Role => String::new(),
                _ => format!("{noun} {part}{}: ", change.id),
            };
            let text = if change.subject == Subject::Aspect { part } else { String::new() };
            let line = lead("Reworded:").and(Tone::Plain, format!("{subject}{text}{key}{new}"));
            line.and(Tone::Muted, format!(" (was: {old})"))
        }
        (Kind::Reordered, _, key) => {
            let of = match change.subject {
                Subject::Dataset => String::new(),
                Subject::Aspect => {
                    change.aspect.map(|aspect| format!(" of {}", aspect.title)).unwrap_or_default()
                }
                Subject::Section => {
                    change.section.map(|one| format!(" of {}", one.title)).unwrap_or_default()
                }
                _ => format!(" of {}", change.id),
            };
            lead("Order:").and(Tone::Plain, format!("{}{of}", key.unwrap_or("entries")))
        }
        (Kind::Changed, subject, key) => {
            let subject = match subject {
                Subject::Statement | Subject::Aspect => place,
                Subject::Dataset | Subject::Role => String::new(),
                _ => format!("{noun} {part}{}: ", change.id),
            };
            let key = key.unwrap_or_default();
            lead("Changed:").and(Tone::Plain, format!("{subject}{key}: {old} → {new}"))
        }
    }
}

/// A key in the singular: it names a list, and one of its entries is meant.
fn singular(key: &str) -> &str {
    if key == "aliases" { "alias" } else { key }
}

/// The change as a point of a list: what changed, whom else it reaches, and whether it is major.
fn point<'d>(change: &Change<'d>) -> Line<'d> {
    let mut line = what(change);
    let titles: Vec<&str> = change.reaches.iter().map(|role| role.title.as_str()).collect();
    if let Some(few) = titles.get(..MOST_NAMED).filter(|_| titles.len() > MOST_NAMED) {
        let more = counted(titles.len() - few.len(), "other role");
        line = line.and(Tone::Muted, format!(" (also {} and {more})", few.join(", ")));
    } else if !titles.is_empty() {
        line = line.and(Tone::Muted, format!(" (also {})", listed(&titles, "and")));
    }
    if change.rule.class() == Class::Major && change.rule != Rule::MoreAsked {
        line = line.and(Tone::Muted, " – major");
    }
    line
}

/// Whether a change is told under its role: a role as a whole comes to the framework, or goes from it.
fn has_role_heading(change: &Change<'_>) -> bool {
    let is_whole_role =
        change.subject == Subject::Role && change.key.is_none() && change.kind != Kind::Changed;
    change.role.is_some() && !is_whole_role
}

impl Report for DiffReport<'_> {
    fn doc(&self) -> Doc<'_> {
        let mut doc = blocks::document(self.title(), &self.new);
        doc.aside = None;
        doc.paragraph(Line::toned(Tone::Strong, self.verdict()));
        if let Some(role) = &self.role {
            doc.paragraph(format!("Only what changed for {}.", role.title));
        }
        if self.found.is_empty() {
            return doc;
        }
        doc.paragraph(self.tally());
        let (more, rest): (Vec<_>, Vec<_>) =
            self.found.iter().partition(|change| change.rule == Rule::MoreAsked);
        if !more.is_empty() {
            doc.heading(2, "More is asked");
            let points = more.into_iter().map(|change| {
                let role = change.role.map_or("", |role| &role.title);
                let mut line = Line::toned(Tone::Strong, role).and(Tone::Plain, ": ");
                line.0.extend(point(change).0);
                line
            });
            doc.push(Block::List(points.collect()));
        }
        for role in &self.roles {
            let mut here = rest
                .iter()
                .filter(|change| has_role_heading(change) && change.role.is_some_and(|one| one.id == role.id))
                .peekable();
            if here.peek().is_none() {
                continue;
            }
            doc.heading(2, role.title.as_str());
            let here: Vec<_> = here.collect();
            for group in here.chunk_by(|a, b| a.section.map(|one| &one.id) == b.section.map(|one| &one.id)) {
                if let Some(section) = group.first().and_then(|change| change.section) {
                    doc.heading(3, section.title.as_str());
                }
                doc.push(Block::List(group.iter().map(|change| point(change)).collect()));
            }
        }
        let framework: Vec<_> = rest.iter().filter(|change| !has_role_heading(change)).collect();
        if !framework.is_empty() {
            doc.heading(2, "The framework");
            doc.push(Block::List(framework.into_iter().map(|change| point(change)).collect()));
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

    /// That the revision does not fit, and every major change.
    fn annotations(&self) -> Vec<Annotation<'_>> {
        let annotation = |code, severity, message| Annotation {
            code,
            severity,
            message,
            file: self.path.as_deref(),
            place: None,
        };
        let verdict = (!self.fits).then(|| annotation("revision-too-low", Severity::Error, self.verdict()));
        let major = self.found.iter().filter(|change| change.rule.class() == Class::Major);
        let major = major.map(|change| {
            let text = |line: Line<'_>| line.0.into_iter().map(|span| span.text).collect::<String>();
            let role = change.role.map(|role| format!("{}: ", role.title)).unwrap_or_default();
            annotation(change.rule.name(), Severity::Warning, format!("{role}{}", text(point(change))))
        });
        verdict.into_iter().chain(major).collect()
    }
}
