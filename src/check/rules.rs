//! The rules for datasets: one function per rule, and one table of all. They run whenever a dataset is read, so each takes
//! a single pass.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::index::{At, Index, unknown_role};
use super::ladders;
use super::place::{Findings, Path};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Dataset, Id, Points};
use crate::suggest::FEW;
use crate::text::with_article;

/// A rule: a function that adds problems to the findings.
pub(super) type Rule = fn(&Index<'_>, &mut Findings);

/// The rules whose violation is an error.
pub(super) const ERRORS: &[Rule] = &[
    duplicate_ids,
    alias_clashes,
    unknown_families,
    unknown_scales,
    unknown_roles,
    repeated_roles,
    unknown_sources,
    unknown_voices,
    levels_without_scale,
    unknown_levels,
    two_levels,
    nothing_said,
    lone_comparisons,
    two_comparisons,
    ladders::unknown_parents,
    ladders::unknown_tracks,
    ladders::inheritance_cycle,
    ladders::not_inherited,
    ladders::skills_without_kind,
    unknown_cautions,
];

/// Finds duplicate ids, and remembers the first place of each.
struct Ids<'d, Place> {
    noun: &'static str,
    seen: HashMap<Cow<'d, str>, Place>,
}

impl<'d> Ids<'d, usize> {
    fn of(
        noun: &'static str,
        findings: &mut Findings,
        ids: impl Iterator<Item = &'d Id<'d>>,
        path: impl Fn(usize) -> Path,
    ) {
        let mut all = Self::new(noun);
        for (number, id) in ids.enumerate() {
            all.add(findings, id.as_str(), number, &path);
        }
    }
}

impl<'d, Place: Copy> Ids<'d, Place> {
    fn new(noun: &'static str) -> Self {
        Self { noun, seen: HashMap::new() }
    }

    fn add(
        &mut self,
        findings: &mut Findings,
        id: impl Into<Cow<'d, str>>,
        place: Place,
        path: impl Fn(Place) -> Path,
    ) {
        let id = id.into();
        if let Some(first) = self.seen.get(&id) {
            if findings.counts_only(Code::DuplicateId) {
                return;
            }
            let message = format!("there is already {} `{id}`", with_article(self.noun));
            let problem = Diagnostic::new(Code::DuplicateId, path(place).key("id"), message);
            findings.push_with_first(problem.advice("give it an id of its own"), path(*first).key("id"));
        } else {
            self.seen.insert(id, place);
        }
    }
}

/// The origin of a statement's id.
#[derive(Clone, Copy)]
enum StatementPlace {
    /// A level in `needs`.
    Need(At),
    /// A statement of an aspect, by its number there.
    Statement(At, usize),
}

impl StatementPlace {
    fn path(self) -> Path {
        match self {
            Self::Need(at) => at.path().key("skill").key("needs"),
            Self::Statement(at, number) => at.statement(number),
        }
    }
}

fn duplicate_ids(index: &Index<'_>, findings: &mut Findings) {
    let Dataset { sources, voices, scales, families, roles, comparisons, sections, quizzes, .. } =
        index.dataset;
    Ids::of("source", findings, sources.iter().map(|one| &one.id), |one| Path::to("sources", one));
    Ids::of("voice", findings, voices.iter().map(|one| &one.id), |one| Path::to("voices", one));
    Ids::of("scale", findings, scales.iter().map(|one| &one.id), |one| Path::to("scales", one));
    for (scale, one) in scales.iter().enumerate() {
        let path = |level| Path::to("scales", scale).list("levels", level);
        Ids::of("level", findings, one.levels.iter().map(|level| &level.id), path);
    }
    Ids::of("family", findings, families.iter().map(|one| &one.id), |one| Path::to("families", one));
    for (family, one) in families.iter().enumerate() {
        let path = |track| Path::to("families", family).list("tracks", track);
        Ids::of("track", findings, one.tracks.iter().map(|track| &track.id), path);
    }
    Ids::of("role", findings, roles.iter().map(|one| &one.id), |one| Path::to("roles", one));
    let path = |one| Path::to("comparisons", one);
    Ids::of("comparison", findings, comparisons.iter().map(|one| &one.id), path);
    Ids::of("section", findings, sections.iter().map(|one| &one.id), |one| Path::to("sections", one));
    let mut aspects = Ids::new("aspect");
    for (at, aspect) in index.aspects() {
        aspects.add(findings, aspect.id.as_str(), at, At::path);
    }
    if !all_differ(index) {
        let mut statements = Ids::new("statement");
        for (at, id) in index.need_ids() {
            statements.add(findings, id, StatementPlace::Need(at), StatementPlace::path);
        }
        for (at, _, number, statement) in index.statements() {
            let place = StatementPlace::Statement(at, number);
            statements.add(findings, index.statement_id(at, number, statement), place, StatementPlace::path);
        }
    }
    Ids::of("quiz", findings, quizzes.iter().map(|one| &one.id), |one| Path::to("quizzes", one));
    for (quiz, one) in quizzes.iter().enumerate() {
        let path = |question| Path::to("quizzes", quiz).list("questions", question);
        Ids::of("question", findings, one.questions.iter().map(|question| &question.id), path);
        for (question, one) in one.questions.iter().enumerate() {
            let path = |option| path(question).list("options", option);
            Ids::of("option", findings, one.options.iter().map(|option| &option.id), path);
        }
    }
}

/// Whether all statement ids are certainly unique, because their hashes are. A list of hashes takes a third of the memory
/// of a set of ids, and a dataset may have hundreds of thousands.
fn all_differ(index: &Index<'_>) -> bool {
    let state = RandomState::new();
    let mut hashes = Vec::with_capacity(index.aspects().map(|(_, aspect)| aspect.statements.len()).sum());
    hashes.extend(
        index.statements().map(|(at, _, number, one)| state.hash_one(&*index.statement_id(at, number, one))),
    );
    hashes.extend(index.need_ids().map(|(_, id)| state.hash_one(&*id)));
    hashes.sort_unstable();
    hashes.is_sorted_by(|one, next| one < next)
}

/// An alias that is another role's id or title. One that is another role's alias too is a warning.
fn alias_clashes(index: &Index<'_>, findings: &mut Findings) {
    let roles = &index.dataset.roles;
    if roles.iter().all(|role| role.aliases.is_empty()) {
        return;
    }
    let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, role) in roles.iter().enumerate() {
        for name in [role.id.as_str(), role.title.as_str()] {
            let owners = owners.entry(name.to_lowercase()).or_default();
            if owners.len() < 2 && !owners.contains(&number) {
                owners.push(number);
            }
        }
    }
    for (number, role) in roles.iter().enumerate() {
        for (alias, name) in role.aliases.iter().enumerate() {
            let mut others = owners.get(&name.to_lowercase()).into_iter().flatten();
            let other = others.find(|other| **other != number).and_then(|other| roles.get(*other));
            if let Some(other) = other {
                let path = Path::to("roles", number).list("aliases", alias);
                let message = format!("`{name}` is a name of the role `{}` too", other.id);
                findings.push(
                    Diagnostic::new(Code::AliasClash, path, message)
                        .advice("choose another alias, or remove it"),
                );
            }
        }
    }
}

fn unknown_families(index: &Index<'_>, findings: &mut Findings) {
    for (number, role) in index.dataset.roles.iter().enumerate() {
        if let Some(family) = role.family.as_deref().filter(|id| !index.families.contains(id)) {
            let path = Path::to("roles", number).key("family");
            let names = index.dataset.families.iter().map(|one| one.id.as_str());
            findings.push(index.unknown(Code::UnknownFamily, path, ("family", "families"), family, names));
        }
    }
}

fn unknown_scales(index: &Index<'_>, findings: &mut Findings) {
    for (number, section) in index.dataset.sections.iter().enumerate() {
        let scale = section.skill.as_ref().and_then(|skill| skill.scale.as_deref());
        if let Some(scale) = scale.filter(|id| !index.scales.contains_key(id)) {
            let path = Path::to("sections", number).key("skill").key("scale");
            let names = index.dataset.scales.iter().map(|one| one.id.as_str());
            findings.push(index.unknown(Code::UnknownScale, path, ("scale", "scales"), scale, names));
        }
    }
    for (at, aspect) in index.aspects() {
        let scale = aspect.skill.as_ref().and_then(|skill| skill.scale.as_deref());
        if let Some(scale) = scale.filter(|id| !index.scales.contains_key(id)) {
            let path = at.path().key("skill").key("scale");
            let names = index.dataset.scales.iter().map(|one| one.id.as_str());
            findings.push(index.unknown(Code::UnknownScale, path, ("scale", "scales"), scale, names));
        }
    }
}

/// Whatever names a role must name an existing one.
fn unknown_roles(index: &Index<'_>, findings: &mut Findings) {
    let mut expect_within = |within: Option<&str>, role: &str, path: &dyn Fn() -> Path| {
        if index.role(role).is_none() {
            findings.push(unknown_role(index, path(), role, within));
        }
    };
    for (number, role) in index.dataset.roles.iter().enumerate() {
        for (place, base) in role.builds_on.iter().enumerate() {
            expect_within(Some(&role.id), base, &|| Path::to("roles", number).list("builds_on", place));
        }
    }
    let mut expect = |role: &str, path: &dyn Fn() -> Path| expect_within(None, role, path);
    for (at, _, number, statement) in index.statements() {
        for (place, role) in statement.roles.iter().enumerate() {
            expect(role, &|| at.statement(number).list("roles", place));
        }
    }
    for (path, option) in index.options() {
        for (entry, (role, _)) in option.points.iter().flat_map(Points::iter).enumerate() {
            expect(role, &|| path.clone().key("points").name(entry));
        }
        for (place, role) in option.rules_out.iter().enumerate() {
            expect(role, &|| path.clone().list("rules_out", place));
        }
    }
    for (number, comparison) in index.dataset.comparisons.iter().enumerate() {
        for (place, role) in comparison.roles.iter().enumerate() {
            expect(role, &|| Path::to("comparisons", number).list("roles", place));
        }
    }
    for (at, aspect) in index.aspects() {
        let needs = aspect.skill.iter().flat_map(|skill| skill.needs.iter());
        for (place, (role, _)) in needs.enumerate() {
            expect(role, &|| at.path().key("skill").key("needs").name(place));
        }
    }
}

fn repeated_roles(index: &Index<'_>, findings: &mut Findings) {
    let mut check = |roles: &[Id<'_>], problem: &dyn Fn(usize, &Id<'_>) -> (Path, String)| {
        // Most lists have one or two roles; only use a set if there are many.
        let is_few = roles.len() <= FEW;
        let mut seen: HashSet<&str> = HashSet::new();
        for (place, id) in roles.iter().enumerate() {
            if if is_few { roles.iter().take(place).any(|other| other == id) } else { !seen.insert(id) } {
                let (path, message) = problem(place, id);
                findings.push(Diagnostic::new(Code::RepeatedRole, path, message).advice("name it once"));
            }
        }
    };
    for (at, _, number, statement) in index.statements() {
        check(&statement.roles, &|place, id| {
            let statement = index.statement_id(at, number, statement);
            let path = at.statement(number).list("roles", place);
            (path, format!("statement `{statement}` names `{id}` twice"))
        });
    }
    for (number, comparison) in index.dataset.comparisons.iter().enumerate() {
        check(&comparison.roles, &|place, id| {
            let path = Path::to("comparisons", number).list("roles", place);
            (path, format!("the comparison `{}` names `{id}` twice", comparison.id))
        });
    }
    for (path, option) in index.options() {
        check(&option.rules_out, &|place, id| {
            let message = format!("option `{}` rules out `{id}` twice", option.id);
            (path.clone().list("rules_out", place), message)
        });
    }
    for (number, role) in index.dataset.roles.iter().enumerate() {
        check(&role.builds_on, &|place, id| {
            let path = Path::to("roles", number).list("builds_on", place);
            (path, format!("the role `{}` builds on `{id}` twice", role.id))
        });
    }
}

fn unknown_sources(index: &Index<'_>, findings: &mut Findings) {
    let mut expect = |source: Option<&Id<'_>>, path: &dyn Fn() -> Path| {
        if let Some(source) = source.filter(|id| !index.sources.contains(id.as_str())) {
            let names = index.dataset.sources.iter().map(|one| one.id.as_str());
            let path = path().key("source");
            findings.push(index.unknown(Code::UnknownSource, path, ("source", "sources"), source, names));
        }
    };
    for (at, _, number, statement) in index.statements() {
        expect(statement.source.as_ref(), &|| at.statement(number));
    }
    for (number, comparison) in index.dataset.comparisons.iter().enumerate() {
        expect(comparison.source.as_ref(), &|| Path::to("comparisons", number));
    }
}

fn unknown_voices(index: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in index.statements() {
        if let Some(voice) = statement.voice.as_deref().filter(|id| !index.voices.contains(id)) {
            let path = at.statement(number).key("voice");
            let names = index.dataset.voices.iter().map(|one| one.id.as_str());
            findings.push(index.unknown(Code::UnknownVoice, path, ("voice", "voices"), voice, names));
        }
    }
}

/// Levels need a scale.
fn levels_without_scale(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects().filter(|(at, aspect)| index.scale_id(*at, aspect).is_none()) {
        let mut report = |path: Path, message: String, advice: &str| {
            findings.push(Diagnostic::new(Code::LevelWithoutScale, path, message).advice(advice));
        };
        let path = || at.path().key("skill");
        let advice = "name the `scale`, here or in the `skill` of the section";
        if aspect.skill.as_ref().is_some_and(|skill| !skill.needs.is_empty()) {
            let message = format!("the skill `{}` names no scale for the levels that roles need", aspect.id);
            report(path().key("needs"), message, advice);
        }
        if aspect.skill.as_ref().is_some_and(|skill| !skill.descriptors.is_empty()) {
            let message = format!("the skill `{}` describes levels and names no scale", aspect.id);
            report(path().key("descriptors"), message, advice);
        }
        for (number, statement) in aspect.statements.iter().enumerate() {
            if let Some(level) = &statement.level {
                let message = format!("the aspect `{}` names no scale for the level `{level}`", aspect.id);
                let path = at.statement(number).key("level");
                report(path, message, "give the aspect a `skill` with a `scale`");
            }
        }
    }
}

/// A level must be on the scale of the skill.
fn unknown_levels(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects() {
        // A missing or unknown scale is reported by other rules.
        let Some(scale) = index.scale_of(at, aspect) else { continue };
        let mut expect = |level: &Id<'_>, path: &dyn Fn() -> Path| {
            if scale.level(level).is_none() {
                let names = scale.levels.iter().map(|one| one.id.as_str());
                let problem = index.unknown(Code::UnknownLevel, path(), ("level", "levels"), level, names);
                let message = format!("the scale `{}` has no level `{level}`", scale.id);
                findings.push(Diagnostic { message, ..problem });
            }
        };
        for (number, statement) in aspect.statements.iter().enumerate() {
            if let Some(level) = &statement.level {
                expect(level, &|| at.statement(number).key("level"));
            }
        }
        let path = || at.path().key("skill");
        for (place, (_, level)) in aspect.skill.iter().flat_map(|skill| skill.needs.iter()).enumerate() {
            expect(level, &|| path().key("needs").entry(place));
        }
        for (place, (level, _)) in aspect.skill.iter().flat_map(|skill| skill.descriptors.iter()).enumerate()
        {
            expect(level, &|| path().key("descriptors").name(place));
        }
    }
}

fn two_levels(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects() {
        let with_level = || {
            let numbered = aspect.statements.iter().enumerate();
            // An unknown level has already been reported.
            let scale = index.scale_of(at, aspect);
            let level = move |level: &&Id<'_>| scale.is_some_and(|scale| scale.level(level).is_some());
            numbered.filter_map(move |(number, one)| Some((number, one, one.level.as_ref().filter(level)?)))
        };
        let needs = aspect.skill.iter().flat_map(|skill| skill.needs.iter());
        let mut levels: HashMap<&str, &Id<'_>> = needs.map(|(role, level)| (role.as_str(), level)).collect();
        if levels.is_empty() && with_level().nth(1).is_none() {
            continue;
        }
        for (number, statement, level) in with_level() {
            for role in &statement.roles {
                let first = *levels.entry(role).or_insert(level);
                if first != level {
                    let path = at.statement(number).key("level");
                    let message = format!(
                        "`{role}` already has level `{first}` of `{}`, and `{level}` here",
                        aspect.id
                    );
                    findings.push(
                        Diagnostic::new(Code::TwoLevels, path, message)
                            .advice("a role has one level per skill"),
                    );
                }
            }
        }
    }
}

fn nothing_said(index: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in index.statements() {
        if statement.text.is_none() && statement.level.is_none() {
            let path = at.statement(number).key("id");
            let message = format!(
                "statement `{}` has neither text nor level",
                index.statement_id(at, number, statement)
            );
            findings.push(Diagnostic::new(Code::NothingSaid, path, message).advice("give it a `text`"));
        }
    }
}

fn lone_comparisons(index: &Index<'_>, findings: &mut Findings) {
    for (number, comparison) in index.dataset.comparisons.iter().enumerate() {
        if comparison.roles.len() < 2 {
            let message = format!("the comparison `{}` names one role", comparison.id);
            let path = Path::to("comparisons", number).key("roles");
            let problem = Diagnostic::new(Code::LoneComparison, path, message);
            findings.push(problem.advice("name the roles that it compares, two or more"));
        }
    }
}

/// A comparison must be the only one for its roles.
fn two_comparisons(index: &Index<'_>, findings: &mut Findings) {
    let mut first: HashMap<BTreeSet<&str>, &str> = HashMap::new();
    for (number, comparison) in index.dataset.comparisons.iter().enumerate() {
        let roles = comparison.roles.iter().map(Id::as_str).collect();
        if let Some(other) = first.insert(roles, &comparison.id) {
            let message = format!("`{other}` compares the same roles");
            let path = Path::to("comparisons", number).key("roles");
            let problem = Diagnostic::new(Code::TwoComparisons, path, message);
            findings.push(problem.advice("keep one of them"));
        }
    }
}

fn unknown_cautions(index: &Index<'_>, findings: &mut Findings) {
    for (number, quiz) in index.dataset.quizzes.iter().enumerate() {
        if let Some(section) = quiz.cautions.as_deref().filter(|id| !index.sections.contains(id)) {
            let path = Path::to("quizzes", number).key("cautions");
            let names = index.dataset.sections.iter().map(|one| one.id.as_str());
            findings.push(index.unknown(Code::UnknownSection, path, ("section", "sections"), section, names));
        }
    }
}
