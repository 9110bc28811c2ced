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
    unknown_levels,
    two_levels,
    nothing_said,
    unknown_points,
    unknown_ruled_out,
    comparisons,
    ladders::unknown_parents,
    ladders::unknown_tracks,
    ladders::unknown_bases,
    ladders::inheritance_cycle,
    ladders::not_inherited,
    ladders::skills_without_kind,
    ladders::unknown_needs,
    ladders::unknown_descriptors,
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
        way: impl Fn(usize) -> Path,
    ) {
        let mut all = Self::new(noun);
        for (number, id) in ids.enumerate() {
            all.add(findings, id.as_str(), number, &way);
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
        way: impl Fn(Place) -> Path,
    ) {
        let id = id.into();
        if let Some(first) = self.seen.get(&id) {
            if findings.counts_only(Code::DuplicateId) {
                return;
            }
            let message = format!("there is already {} `{id}`", with_article(self.noun));
            let problem = Diagnostic::new(Code::DuplicateId, way(place).key("id"), message);
            findings.push_with_first(problem.advice("give it an id of its own"), way(*first).key("id"));
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
    fn way(self) -> Path {
        match self {
            Self::Need(at) => at.way().key("skill").key("needs"),
            Self::Statement(at, number) => at.statement(number),
        }
    }
}

fn duplicate_ids(known: &Index<'_>, findings: &mut Findings) {
    let Dataset { sources, voices, scales, families, roles, sections, quizzes, .. } = known.dataset;
    Ids::of("source", findings, sources.iter().map(|one| &one.id), |one| Path::to("sources", one));
    Ids::of("voice", findings, voices.iter().map(|one| &one.id), |one| Path::to("voices", one));
    Ids::of("scale", findings, scales.iter().map(|one| &one.id), |one| Path::to("scales", one));
    for (scale, one) in scales.iter().enumerate() {
        let way = |level| Path::to("scales", scale).list("levels", level);
        Ids::of("level", findings, one.levels.iter().map(|level| &level.id), way);
    }
    Ids::of("family", findings, families.iter().map(|one| &one.id), |one| Path::to("families", one));
    Ids::of("role", findings, roles.iter().map(|one| &one.id), |one| Path::to("roles", one));
    Ids::of("section", findings, sections.iter().map(|one| &one.id), |one| Path::to("sections", one));
    let mut aspects = Ids::new("aspect");
    for (at, aspect) in known.aspects() {
        aspects.add(findings, aspect.id.as_str(), at, At::way);
    }
    if !all_differ(known) {
        let mut statements = Ids::new("statement");
        for (at, id) in known.need_ids() {
            statements.add(findings, id, StatementPlace::Need(at), StatementPlace::way);
        }
        for (at, _, number, statement) in known.statements() {
            let place = StatementPlace::Statement(at, number);
            statements.add(findings, known.statement_id(at, number, statement), place, StatementPlace::way);
        }
    }
    Ids::of("quiz", findings, quizzes.iter().map(|one| &one.id), |one| Path::to("quizzes", one));
    for (quiz, one) in quizzes.iter().enumerate() {
        let way = |question| Path::to("quizzes", quiz).list("questions", question);
        Ids::of("question", findings, one.questions.iter().map(|question| &question.id), way);
        for (question, one) in one.questions.iter().enumerate() {
            let way = |option| way(question).list("options", option);
            Ids::of("option", findings, one.options.iter().map(|option| &option.id), way);
        }
    }
}

/// Whether all statement ids are certainly unique, because their hashes are. A list of hashes takes a third of the memory
/// of a set of ids, and a dataset may have hundreds of thousands.
fn all_differ(known: &Index<'_>) -> bool {
    let state = RandomState::new();
    let mut hashes = Vec::with_capacity(known.aspects().map(|(_, aspect)| aspect.statements.len()).sum());
    hashes.extend(
        known.statements().map(|(at, _, number, one)| state.hash_one(&*known.statement_id(at, number, one))),
    );
    hashes.extend(known.need_ids().map(|(_, id)| state.hash_one(&*id)));
    hashes.sort_unstable();
    hashes.is_sorted_by(|one, next| one < next)
}

/// An alias that is another role's id or title. One that is another role's alias too is a warning.
fn alias_clashes(known: &Index<'_>, findings: &mut Findings) {
    let roles = &known.dataset.roles;
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
                let way = Path::to("roles", number).list("aliases", alias);
                let message = format!("`{name}` is a name of the role `{}` too", other.id);
                findings.push(
                    Diagnostic::new(Code::AliasClash, way, message)
                        .advice("choose another alias, or remove it"),
                );
            }
        }
    }
}

fn unknown_families(known: &Index<'_>, findings: &mut Findings) {
    for (number, role) in known.dataset.roles.iter().enumerate() {
        if let Some(family) = role.family.as_deref().filter(|id| !known.families.contains(id)) {
            let way = Path::to("roles", number).key("family");
            let names = known.dataset.families.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownFamily, way, ("family", "families"), family, names));
        }
    }
}

fn unknown_scales(known: &Index<'_>, findings: &mut Findings) {
    for (number, section) in known.dataset.sections.iter().enumerate() {
        let scale = section.skill.as_ref().and_then(|skill| skill.scale.as_deref());
        if let Some(scale) = scale.filter(|id| !known.scales.contains_key(id)) {
            let way = Path::to("sections", number).key("skill").key("scale");
            let names = known.dataset.scales.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownScale, way, ("scale", "scales"), scale, names));
        }
    }
    for (at, aspect) in known.aspects() {
        let scale = aspect.skill.as_ref().and_then(|skill| skill.scale.as_deref());
        if let Some(scale) = scale.filter(|id| !known.scales.contains_key(id)) {
            let way = at.way().key("skill").key("scale");
            let names = known.dataset.scales.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownScale, way, ("scale", "scales"), scale, names));
        }
    }
}

fn unknown_roles(known: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in known.statements() {
        for (role, id) in statement.roles.iter().enumerate() {
            if !known.roles.contains(id.as_str()) {
                findings.push(unknown_role(known, at.statement(number).list("roles", role), id));
            }
        }
    }
}

fn repeated_roles(known: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in known.statements() {
        // Most statements have one or two roles; only use a set if there are many.
        let is_few = statement.roles.len() <= FEW;
        let mut seen: HashSet<&str> = HashSet::new();
        for (role, id) in statement.roles.iter().enumerate() {
            let is_repeated = if is_few {
                statement.roles.iter().take(role).any(|other| other == id)
            } else {
                !seen.insert(id)
            };
            if is_repeated {
                let way = at.statement(number).list("roles", role);
                let message =
                    format!("statement `{}` names `{id}` twice", known.statement_id(at, number, statement));
                findings.push(Diagnostic::new(Code::RepeatedRole, way, message).advice("name it once"));
            }
        }
    }
}

fn unknown_sources(known: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in known.statements() {
        if let Some(source) = statement.source.as_deref().filter(|id| !known.sources.contains(id)) {
            let way = at.statement(number).key("source");
            let names = known.dataset.sources.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownSource, way, ("source", "sources"), source, names));
        }
    }
}

fn unknown_voices(known: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in known.statements() {
        if let Some(voice) = statement.voice.as_deref().filter(|id| !known.voices.contains(id)) {
            let way = at.statement(number).key("voice");
            let names = known.dataset.voices.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownVoice, way, ("voice", "voices"), voice, names));
        }
    }
}

/// A level must be on the scale of the skill.
fn unknown_levels(known: &Index<'_>, findings: &mut Findings) {
    for (at, aspect, number, statement) in known.statements() {
        let Some(level) = &statement.level else { continue };
        let way = || at.statement(number).key("level");
        let names_scale = known.scale_id(at, aspect).is_some();
        match known.scale_of(at, aspect) {
            Some(scale) if scale.level(level).is_none() => {
                let names = scale.levels.iter().map(|one| one.id.as_str());
                let problem = known.unknown(Code::UnknownLevel, way(), ("level", "levels"), level, names);
                let message = format!("the scale `{}` has no level `{level}`", scale.id);
                findings.push(Diagnostic { message, ..problem });
            }
            None if !names_scale => {
                let message = format!("the aspect `{}` names no scale for the level `{level}`", aspect.id);
                let problem = Diagnostic::new(Code::LevelWithoutScale, way(), message);
                findings.push(problem.advice("give the aspect a `skill` with a `scale`"));
            }
            // An unknown scale has already been reported.
            _ => {}
        }
    }
}

fn two_levels(known: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in known.aspects() {
        let with_level = || {
            let numbered = aspect.statements.iter().enumerate();
            // An unknown level has already been reported.
            let scale = known.scale_of(at, aspect);
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
                    let way = at.statement(number).key("level");
                    let message = format!(
                        "`{role}` already has level `{first}` of `{}`, and `{level}` here",
                        aspect.id
                    );
                    findings.push(
                        Diagnostic::new(Code::TwoLevels, way, message)
                            .advice("a role has one level per skill"),
                    );
                }
            }
        }
    }
}

fn nothing_said(known: &Index<'_>, findings: &mut Findings) {
    for (at, _, number, statement) in known.statements() {
        if statement.text.is_none() && statement.level.is_none() {
            let way = at.statement(number).key("id");
            let message = format!(
                "statement `{}` has neither text nor level",
                known.statement_id(at, number, statement)
            );
            findings.push(Diagnostic::new(Code::NothingSaid, way, message).advice("give it a `text`"));
        }
    }
}

fn unknown_points(known: &Index<'_>, findings: &mut Findings) {
    for (quiz, one) in known.dataset.quizzes.iter().enumerate() {
        for (question, one) in one.questions.iter().enumerate() {
            for (option, one) in one.options.iter().enumerate() {
                let named = one.points.iter().flat_map(Points::iter).enumerate();
                for (entry, (role, _)) in named.filter(|(_, (role, _))| !known.roles.contains(role)) {
                    let way = Path::to("quizzes", quiz).list("questions", question).list("options", option);
                    findings.push(unknown_role(known, way.key("points").name(entry), role));
                }
            }
        }
    }
}

/// Options must rule out existing roles.
fn unknown_ruled_out(known: &Index<'_>, findings: &mut Findings) {
    for (quiz, one) in known.dataset.quizzes.iter().enumerate() {
        for (question, one) in one.questions.iter().enumerate() {
            for (option, one) in one.options.iter().enumerate() {
                let unknown =
                    one.rules_out.iter().enumerate().filter(|(_, id)| !known.roles.contains(id.as_str()));
                for (place, role) in unknown {
                    let way = Path::to("quizzes", quiz).list("questions", question).list("options", option);
                    findings.push(unknown_role(known, way.list("rules_out", place), role));
                }
            }
        }
    }
}

/// A comparison must name at least two existing roles, and be the only one for them.
fn comparisons(known: &Index<'_>, findings: &mut Findings) {
    let comparisons = &known.dataset.comparisons;
    Ids::of("comparison", findings, comparisons.iter().map(|one| &one.id), |one| {
        Path::to("comparisons", one)
    });
    let mut first: HashMap<BTreeSet<&str>, &str> = HashMap::new();
    for (number, comparison) in comparisons.iter().enumerate() {
        let way = || Path::to("comparisons", number);
        let mut roles = BTreeSet::new();
        for (place, role) in comparison.roles.iter().enumerate() {
            if !known.roles.contains(role.as_str()) {
                findings.push(unknown_role(known, way().list("roles", place), role));
            } else if !roles.insert(role.as_str()) {
                let message = format!("the comparison `{}` names `{role}` twice", comparison.id);
                let way = way().list("roles", place);
                findings.push(Diagnostic::new(Code::RepeatedRole, way, message).advice("name it once"));
            }
        }
        if comparison.roles.len() < 2 {
            let message = format!("the comparison `{}` names one role", comparison.id);
            let problem = Diagnostic::new(Code::LoneComparison, way().key("roles"), message);
            findings.push(problem.advice("name the roles that it compares, two or more"));
        }
        if let Some(source) = comparison.source.as_deref().filter(|id| !known.sources.contains(id)) {
            let names = known.dataset.sources.iter().map(|one| one.id.as_str());
            let way = way().key("source");
            findings.push(known.unknown(Code::UnknownSource, way, ("source", "sources"), source, names));
        }
        if let Some(other) = first.insert(roles, &comparison.id) {
            let message = format!("`{other}` compares the same roles");
            let problem = Diagnostic::new(Code::TwoComparisons, way().key("roles"), message);
            findings.push(problem.advice("keep one of them"));
        }
    }
}

fn unknown_cautions(known: &Index<'_>, findings: &mut Findings) {
    for (number, quiz) in known.dataset.quizzes.iter().enumerate() {
        if let Some(section) = quiz.cautions.as_deref().filter(|id| !known.sections.contains(id)) {
            let way = Path::to("quizzes", number).key("cautions");
            let names = known.dataset.sections.iter().map(|one| one.id.as_str());
            findings.push(known.unknown(Code::UnknownSection, way, ("section", "sections"), section, names));
        }
    }
}
