//! Compares everything that has an id, except statements and needs.

use std::collections::{HashMap, HashSet};

use super::pairs::{Entry, Name, Pairing, Pairs};
use super::{Change, Differ, Kind, Placed, Rule, Side, Subject};
use crate::format::{
    Choice, Comparison, Family, Id, Level, Points, Question, Quiz, Scale, Source, Text, Track, Voice,
};
use crate::framework::{Role, Section, Skill};

macro_rules! entries {
    ($($type:ident, $title:ident;)*) => { $(
        impl<'d> Entry<'d> for &'d $type<'d> {
            fn id(self) -> &'d str {
                &self.id
            }

            fn title(self) -> &'d str {
                &self.$title
            }
        }
    )* };
}

entries! {
    Source, title;
    Voice, name;
    Scale, title;
    Level, title;
    Family, title;
    Track, title;
    Role, title;
    Comparison, text;
    Section, title;
    Quiz, title;
    Question, prompt;
    Choice, label;
}

/// The rules that classify changes to a list.
#[derive(Clone, Copy)]
struct Rules {
    added: Rule,
    gone: Rule,
    order: Rule,
}

/// Entries that others refer to by id.
const REFERRED_TO: Rules = Rules { added: Rule::Added, gone: Rule::IdGone, order: Rule::Order };

/// A key, with its old and new value.
type Values<'d> = (&'static str, Option<&'d str>, Option<&'d str>);

impl<'d> Differ<'d> {
    /// Finds entries that were added, removed, renamed or reordered. `owner` is the subject, id and key of the list;
    /// `template` makes a change for the entry with this id.
    fn list(
        &mut self,
        owner: (Subject, &'d str, &'static str),
        rules: Rules,
        names: &Pairing<'d>,
        template: &dyn Fn(&'d str) -> Change<'d>,
    ) {
        let Rules { added, gone, order } = rules;
        for Name { id, title } in names.removed() {
            let change = Change { kind: Kind::Removed, rule: gone, ..template(id) };
            self.push(change.old(title));
        }
        for Name { id, title } in names.added() {
            let change = Change { kind: Kind::Added, rule: added, ..template(id) };
            self.push(change.new_side(title));
        }
        for (old, new) in names.matched().filter(|(old, new)| old.id != new.id) {
            let change = Change { kind: Kind::Renamed, rule: gone, ..template(new.id) };
            self.push(renamed(change, old, new));
        }
        if names.is_reordered() {
            let (subject, id, key) = owner;
            self.push(Change::new(Kind::Reordered, order, subject, id).key(key));
        }
    }

    /// Adds a change for each value that differs.
    fn values(
        &mut self,
        kind: Kind,
        rule: Rule,
        template: &Change<'d>,
        values: impl IntoIterator<Item = Values<'d>>,
    ) {
        for (key, old, new) in values.into_iter().filter(|(_, old, new)| old != new) {
            let sides = |side: Option<&'d str>| side.map(Side::from);
            self.push(Change {
                kind,
                rule,
                key: Some(key),
                old: sides(old),
                new: sides(new),
                ..template.clone()
            });
        }
    }

    pub(super) fn dataset(&mut self) {
        let (old, new) = (self.old, self.new);
        let template = Change::new(Kind::Changed, Rule::IdGone, Subject::Dataset, &new.id);
        self.values(Kind::Renamed, Rule::IdGone, &template, [("id", Some(&*old.id), Some(&*new.id))]);
        self.values(
            Kind::Reworded,
            Rule::Wording,
            &template,
            [("title", Some(&*old.title), Some(&*new.title))],
        );
        let language = ("language", old.language.as_deref(), new.language.as_deref());
        self.values(Kind::Changed, Rule::Presentation, &template, [language]);
    }

    pub(super) fn sources(&mut self) {
        let rules = Rules { added: Rule::Source, gone: Rule::Source, order: Rule::Source };
        let source = |id: &'d str| Change::new(Kind::Changed, Rule::Source, Subject::Source, id);
        let pairs = paired(&self.old.sources, &self.new.sources);
        self.list((Subject::Dataset, &self.new.id, "sources"), rules, &pairs.names, &source);
        for (old, new) in pairs.matched {
            let values = [
                ("title", Some(old.title.as_str()), Some(new.title.as_str())),
                ("author", old.author.as_deref(), new.author.as_deref()),
                ("translator", old.translator.as_deref(), new.translator.as_deref()),
                ("publisher", old.publisher.as_deref(), new.publisher.as_deref()),
                ("date", old.date.as_deref(), new.date.as_deref()),
                ("url", old.url.as_deref(), new.url.as_deref()),
                ("licence", old.licence.as_deref(), new.licence.as_deref()),
                ("retrieved", old.retrieved.as_deref(), new.retrieved.as_deref()),
            ];
            self.values(Kind::Changed, Rule::Source, &source(&new.id), values);
        }
        let voice = |id: &'d str| Change::new(Kind::Changed, Rule::Source, Subject::Voice, id);
        let pairs = paired(&self.old.voices, &self.new.voices);
        self.list((Subject::Dataset, &self.new.id, "voices"), rules, &pairs.names, &voice);
        for (old, new) in pairs.matched {
            let values = [
                ("name", Some(old.name.as_str()), Some(new.name.as_str())),
                ("title", old.title.as_deref(), new.title.as_deref()),
                ("organisation", old.organisation.as_deref(), new.organisation.as_deref()),
            ];
            self.values(Kind::Changed, Rule::Source, &voice(&new.id), values);
        }
    }

    pub(super) fn scales(&mut self, pairs: &Pairs<'d, &'d Scale<'d>>) {
        let scale = |id: &'d str| Change::new(Kind::Changed, Rule::Wording, Subject::Scale, id);
        self.list((Subject::Dataset, &self.new.id, "scales"), REFERRED_TO, &pairs.names, &scale);
        for (old, new) in &pairs.matched {
            self.values(Kind::Reworded, Rule::Wording, &scale(&new.id), [title(*old, *new)]);
            let rules = Rules { order: Rule::ScaleChanged, ..REFERRED_TO };
            let level =
                |id: &'d str| Change::new(Kind::Changed, Rule::Wording, Subject::Level, id).part_of(*new);
            let levels = paired(&old.levels, &new.levels);
            self.list((Subject::Scale, &new.id, "levels"), rules, &levels.names, &level);
            for (old_level, new_level) in levels.matched {
                let summary = ("summary", old_level.summary.as_deref(), new_level.summary.as_deref());
                let values = [title(old_level, new_level), summary];
                self.values(Kind::Reworded, Rule::Wording, &level(&new_level.id), values);
                self.levels.insert((&old.id, &old_level.id), new_level);
            }
        }
    }

    pub(super) fn families(&mut self) {
        let family = |id: &'d str| Change::new(Kind::Changed, Rule::Moved, Subject::Family, id);
        let pairs = paired(&self.old.families, &self.new.families);
        self.list((Subject::Dataset, &self.new.id, "families"), REFERRED_TO, &pairs.names, &family);
        let ids = pairs.names.new_ids();
        for (old, new) in pairs.matched {
            self.values(Kind::Reworded, Rule::Wording, &family(&new.id), [title(old, new)]);
            let parent = old.parent.as_deref().map(|id| ids.get(id).copied().unwrap_or(id));
            self.values(
                Kind::Moved,
                Rule::Moved,
                &family(&new.id),
                [("parent", parent, new.parent.as_deref())],
            );
            let track =
                |id: &'d str| Change::new(Kind::Changed, Rule::Wording, Subject::Track, id).part_of(new);
            let tracks = paired(&old.tracks, &new.tracks);
            self.list((Subject::Family, &new.id, "tracks"), REFERRED_TO, &tracks.names, &track);
            for (old, new) in tracks.matched {
                self.values(Kind::Reworded, Rule::Wording, &track(&new.id), [title(old, new)]);
            }
        }
        self.family_ids = ids;
    }

    pub(super) fn roles(&mut self) {
        let role = |entry: &'d Role<'d>| {
            Change::new(Kind::Changed, Rule::Wording, Subject::Role, &entry.id).of([entry])
        };
        let pairs = std::mem::take(&mut self.roles);
        let (before, after) = (self.old, self.new);
        let named = |id: &'d str| {
            let known = after.roles.iter().chain(&before.roles).find(|role| role.id.as_str() == id);
            known.map_or_else(|| Change::new(Kind::Changed, Rule::Wording, Subject::Role, id), role)
        };
        self.list((Subject::Dataset, &self.new.id, "roles"), REFERRED_TO, &pairs.names, &named);
        for (old, new) in &pairs.matched {
            let here = role(new);
            let summary = ("summary", old.summary.as_deref(), new.summary.as_deref());
            self.values(Kind::Reworded, Rule::Wording, &here, [title(*old, *new), summary]);
            let aliases = |of: &'d Role<'d>, but: &'d Role<'d>| {
                of.aliases.iter().filter(|alias| !but.aliases.contains(alias)).map(Text::as_str)
            };
            for alias in aliases(old, new) {
                let change = Change { kind: Kind::Removed, rule: Rule::IdGone, ..here.clone() };
                self.push(change.key("aliases").old(alias));
            }
            for alias in aliases(new, old) {
                let change = Change { kind: Kind::Added, rule: Rule::Added, ..here.clone() };
                self.push(change.key("aliases").new_side(alias));
            }
            let family = old.family.as_deref().map(|id| self.family_ids.get(id).copied().unwrap_or(id));
            let values = [
                ("family", family, new.family.as_deref()),
                ("track", old.track.as_deref(), new.track.as_deref()),
            ];
            self.values(Kind::Moved, Rule::Moved, &here, values);
            if old.rank != new.rank {
                let side = |rank: Option<i64>| rank.map(|rank| Side::from(rank.to_string()));
                let change = Change { kind: Kind::Moved, rule: Rule::Moved, ..here.clone() };
                self.push(Change { old: side(old.rank), new: side(new.rank), ..change.key("rank") });
            }
            let status = ("status", Some(old.status.name()), Some(new.status.name()));
            self.values(Kind::Changed, Rule::Status, &here, [status]);
            if links(old).ne(links(new)) {
                let side = |role: &'d Role<'d>| {
                    let links: Vec<String> =
                        links(role).map(|(title, url)| format!("{title} <{url}>")).collect();
                    (!links.is_empty()).then(|| Side::from(links.join(", ")))
                };
                let change = Change { rule: Rule::Presentation, ..here.clone() };
                self.push(Change { old: side(old), new: side(new), ..change.key("links") });
            }
        }
        self.roles = pairs;
    }

    pub(super) fn sections(&mut self, pairs: &Pairs<'d, &'d Section<'d>>) {
        let section = |entry: &'d Section<'d>| {
            Change::new(Kind::Changed, Rule::Wording, Subject::Section, &entry.id).within(entry)
        };
        let (before, after) = (self.old, self.new);
        let named = |id: &'d str| {
            let known = after.sections.iter().chain(&before.sections).find(|one| one.id.as_str() == id);
            known.map_or_else(|| Change::new(Kind::Changed, Rule::Wording, Subject::Section, id), section)
        };
        self.list((Subject::Dataset, &self.new.id, "sections"), REFERRED_TO, &pairs.names, &named);
        for (old, new) in &pairs.matched {
            let summary = ("summary", old.summary.as_deref(), new.summary.as_deref());
            self.values(Kind::Reworded, Rule::Wording, &section(new), [title(*old, *new), summary]);
            let parent = old.parent.as_deref().map(|id| self.section_ids.get(id).copied().unwrap_or(id));
            self.values(Kind::Moved, Rule::Moved, &section(new), [("parent", parent, new.parent.as_deref())]);
        }
    }

    /// Compares aspects and, within each, statements and needs.
    pub(super) fn aspects(&mut self) {
        let pairs = std::mem::take(&mut self.aspects);
        let aspect = |entry: Placed<'d>| {
            Change::new(Kind::Changed, Rule::Wording, Subject::Aspect, &entry.aspect.id).at(entry)
        };
        for gone in &pairs.removed {
            let change = Change { kind: Kind::Removed, rule: Rule::IdGone, ..aspect(*gone) };
            self.push(change.old(gone.title()));
        }
        let statements = super::statements::Matches::of(self, &pairs);
        let mut partners = pairs.matched.iter().peekable();
        for new in Placed::all(self.new) {
            let pair = partners.next_if(|(_, one)| one.id() == new.id());
            let old = pair.map(|(old, _)| *old);
            if let Some(old) = old {
                self.aspect(old, new, &aspect(new));
            } else {
                let change = Change { kind: Kind::Added, rule: Rule::Added, ..aspect(new) };
                self.push(change.new_side(new.title()));
            }
            self.statements(&statements, old, Some(new));
        }
        for gone in &pairs.removed {
            self.statements(&statements, Some(*gone), None);
        }
        self.orders_of_aspects(&pairs);
        self.aspects = pairs;
    }

    fn aspect(&mut self, old: Placed<'d>, new: Placed<'d>, here: &Change<'d>) {
        if old.id() != new.id() {
            let change = Change { kind: Kind::Renamed, rule: Rule::IdGone, ..here.clone() };
            let name = |place: Placed<'d>| Name { id: place.id(), title: place.title() };
            self.push(renamed(change, name(old), name(new)));
        }
        if self.section_ids.get(old.section.id.as_str()).copied() != Some(&new.section.id) {
            let change = Change { kind: Kind::Moved, rule: Rule::Moved, ..here.clone() };
            let side = |place: Placed<'d>| Side::titled(&place.section.id, &place.section.title);
            self.push(change.key("section").old(side(old)).new_side(side(new)));
        }
        let summary = ("summary", old.aspect.summary.as_deref(), new.aspect.summary.as_deref());
        self.values(Kind::Reworded, Rule::Wording, here, [title(old, new), summary]);
        let yes = |key: bool| key.then_some("yes");
        let key = ("key", yes(old.aspect.key), yes(new.aspect.key));
        self.values(Kind::Changed, Rule::Presentation, here, [key]);
        let (old_skill, new_skill) = (old.aspect.skill.as_ref(), new.aspect.skill.as_ref());
        let kind =
            ("kind", old_skill.map(|skill| skill.kind.as_str()), new_skill.map(|skill| skill.kind.as_str()));
        self.values(Kind::Changed, Rule::SkillKind, here, [kind]);
        let scale_id = |skill: Option<&'d Skill<'d>>| skill?.scale.as_deref().map(|scale| scale.id.as_str());
        let scale = scale_id(old_skill);
        let scale = scale.map(|id| self.scale_ids.get(id).copied().unwrap_or(id));
        let scale = ("scale", scale, scale_id(new_skill));
        let rule = if matches!(scale, (_, Some(_), Some(_))) { Rule::ScaleChanged } else { Rule::SkillKind };
        self.values(Kind::Changed, rule, here, [scale]);
    }

    /// Compares the order of the aspects that stayed in their section.
    fn orders_of_aspects(&mut self, pairs: &Pairs<'d, Placed<'d>>) {
        let partners: HashMap<&str, Placed<'_>> =
            pairs.matched.iter().map(|(old, new)| (old.id(), *new)).collect();
        let mut was: Vec<(&str, &str)> = Vec::new();
        for old in Placed::all(self.old) {
            let Some(new) = partners.get(old.id()) else { continue };
            if self.section_ids.get(old.section.id.as_str()).copied() == Some(&new.section.id) {
                was.push((&new.section.id, new.id()));
            }
        }
        let stayed: HashSet<&str> = was.iter().map(|(_, id)| *id).collect();
        for section in &self.new.sections {
            let old = was.iter().filter(|(id, _)| *id == &*section.id).map(|(_, id)| *id);
            let new =
                section.aspects.iter().map(|aspect| aspect.id.as_str()).filter(|id| stayed.contains(id));
            if old.ne(new) {
                let change = Change::new(Kind::Reordered, Rule::Order, Subject::Section, &section.id);
                self.changes.push(change.within(section).key("aspects"));
            }
        }
    }

    pub(super) fn comparisons(&mut self) {
        let rules = Rules { added: Rule::Presentation, gone: Rule::Presentation, order: Rule::Presentation };
        let comparison =
            |id: &'d str| Change::new(Kind::Changed, Rule::Presentation, Subject::Comparison, id);
        let pairs = paired(&self.old.comparisons, &self.new.comparisons);
        self.list((Subject::Dataset, &self.new.id, "comparisons"), rules, &pairs.names, &comparison);
        for (old, new) in pairs.matched {
            let here = comparison(&new.id);
            let text = ("text", Some(old.text.as_str()), Some(new.text.as_str()));
            self.values(Kind::Reworded, Rule::Presentation, &here, [text]);
            let source = ("source", old.source.as_deref(), new.source.as_deref());
            self.values(Kind::Changed, Rule::Source, &here, [source]);
            let was = self.new_role_ids(&old.roles);
            let is: Vec<&str> = new.roles.iter().map(Id::as_str).collect();
            self.joined("roles", Rule::Presentation, &here, &was, &is);
        }
    }

    pub(super) fn quizzes(&mut self) {
        let quiz = |id: &'d str| Change::new(Kind::Changed, Rule::Scoring, Subject::Quiz, id);
        let pairs = paired(&self.old.quizzes, &self.new.quizzes);
        self.list((Subject::Dataset, &self.new.id, "quizzes"), REFERRED_TO, &pairs.names, &quiz);
        for (old, new) in pairs.matched {
            self.values(Kind::Reworded, Rule::Wording, &quiz(&new.id), [title(old, new)]);
            let cautions = old.cautions.as_deref().map(|id| self.section_ids.get(id).copied().unwrap_or(id));
            let cautions = ("cautions", cautions, new.cautions.as_deref());
            self.values(Kind::Changed, Rule::Presentation, &quiz(&new.id), [cautions]);
            let question =
                |id: &'d str| Change::new(Kind::Changed, Rule::Wording, Subject::Question, id).part_of(new);
            let questions = paired(&old.questions, &new.questions);
            self.list((Subject::Quiz, &new.id, "questions"), REFERRED_TO, &questions.names, &question);
            for (old, new) in questions.matched {
                let values = [
                    ("title", old.title.as_deref(), new.title.as_deref()),
                    ("prompt", Some(old.prompt.as_str()), Some(new.prompt.as_str())),
                    ("help", old.help.as_deref(), new.help.as_deref()),
                ];
                self.values(Kind::Reworded, Rule::Wording, &question(&new.id), values);
                self.options(old, new);
            }
        }
    }

    fn options(&mut self, old: &'d Question<'d>, new: &'d Question<'d>) {
        let option =
            |id: &'d str| Change::new(Kind::Changed, Rule::Scoring, Subject::Option, id).part_of(new);
        let options = paired(&old.options, &new.options);
        self.list((Subject::Question, &new.id, "options"), REFERRED_TO, &options.names, &option);
        for (old, new) in options.matched {
            let here = option(&new.id);
            let values = [
                ("label", Some(old.label.as_str()), Some(new.label.as_str())),
                ("reason", old.reason.as_deref(), new.reason.as_deref()),
                ("note", old.note.as_deref(), new.note.as_deref()),
            ];
            self.values(Kind::Reworded, Rule::Wording, &here, values);
            let points = |choice: &'d Choice<'d>, new_id: &dyn Fn(&'d str) -> &'d str| {
                let points = choice.points.iter().flat_map(Points::iter);
                let mut points: Vec<String> = points
                    .filter(|(_, points)| *points > 0)
                    .map(|(role, points)| format!("{}: {points}", new_id(role)))
                    .collect();
                points.sort_unstable();
                points
            };
            let was = points(old, &|id| self.role_ids.get(id).copied().unwrap_or(id));
            self.joined("points", Rule::Scoring, &here, &was, &points(new, &|id| id));
            let mut was = self.new_role_ids(&old.rules_out);
            let mut is: Vec<&str> = new.rules_out.iter().map(Id::as_str).collect();
            was.sort_unstable();
            is.sort_unstable();
            self.joined("rules_out", Rule::Scoring, &here, &was, &is);
        }
    }

    /// The new ids of these old roles.
    fn new_role_ids(&self, old: &'d [Id<'d>]) -> Vec<&'d str> {
        old.iter().map(|id| self.role_ids.get(id.as_str()).copied().unwrap_or(id)).collect()
    }

    /// Adds a change if two lists of words differ.
    fn joined(
        &mut self,
        key: &'static str,
        rule: Rule,
        template: &Change<'d>,
        old: &[impl AsRef<str>],
        new: &[impl AsRef<str>],
    ) {
        let side = |words: Vec<&str>| (!words.is_empty()).then(|| Side::from(words.join(", ")));
        let old = side(old.iter().map(AsRef::as_ref).collect());
        let new = side(new.iter().map(AsRef::as_ref).collect());
        if old != new {
            let change = Change { kind: Kind::Changed, rule, ..template.clone() };
            self.push(Change { old, new, ..change.key(key) });
        }
    }
}

/// Pairs the entries of two lists.
fn paired<'d, T>(old: &'d [T], new: &'d [T]) -> Pairs<'d, &'d T>
where
    &'d T: Entry<'d>,
{
    Pairs::of(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>())
}

fn title<'d, T: Entry<'d>>(old: T, new: T) -> Values<'d> {
    ("title", Some(old.title()), Some(new.title()))
}

/// Adds the old and the new id, each with its title.
fn renamed<'d>(change: Change<'d>, old: Name<'d>, new: Name<'d>) -> Change<'d> {
    let side = |name: Name<'d>| Side::titled(name.id, name.title);
    change.key("id").old(side(old)).new_side(side(new))
}

/// The title and URL of each link of a role.
fn links<'d>(role: &'d Role<'d>) -> impl Iterator<Item = (&'d str, &'d str)> {
    role.links.iter().map(|link| (link.title.as_str(), link.url.as_str()))
}
