//! A dataset with lookup tables, which all rules share.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::MOST_SUGGESTIONS;
use super::place::Path;
use super::structure::PLACEHOLDER_ID;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Aspect, Choice, Dataset, Id, Scale, Section, Statement};
use crate::framework::{self, Inheritance, Outline, RoleIndex};
use crate::suggest::{FEW, known, nearest};

/// A dataset with lookup tables for its references.
pub(super) struct Index<'d> {
    pub(super) dataset: &'d Dataset<'d>,
    roles: HashMap<&'d str, RoleIndex>,
    pub(super) sources: HashSet<&'d str>,
    pub(super) voices: HashSet<&'d str>,
    pub(super) families: HashSet<&'d str>,
    pub(super) scales: HashMap<&'d str, &'d Scale<'d>>,
    pub(super) sections: HashSet<&'d str>,
    inheritance: OnceCell<Inheritance<'d>>,
    suggestions_left: Cell<usize>,
}

impl<'d> Index<'d> {
    pub(super) fn new(dataset: &'d Dataset<'d>) -> Self {
        Self {
            dataset,
            roles: (0..)
                .map(RoleIndex::new)
                .zip(&dataset.roles)
                .map(|(role, one)| (one.id.as_str(), role))
                .collect(),
            sources: dataset.sources.iter().map(|one| one.id.as_str()).collect(),
            voices: dataset.voices.iter().map(|one| one.id.as_str()).collect(),
            families: dataset.families.iter().map(|one| one.id.as_str()).collect(),
            scales: dataset.scales.iter().map(|one| (one.id.as_str(), one)).collect(),
            sections: dataset.sections.iter().map(|one| one.id.as_str()).collect(),
            inheritance: OnceCell::new(),
            suggestions_left: Cell::new(MOST_SUGGESTIONS),
        }
    }

    /// The same without suggestions, which take time, for callers that do not show the problems.
    pub(super) fn without_suggestions(dataset: &'d Dataset<'d>) -> Self {
        Self { suggestions_left: Cell::new(0), ..Self::new(dataset) }
    }

    /// Every aspect, with its path.
    pub(super) fn aspects(&self) -> impl Iterator<Item = (At, &'d Aspect<'d>)> {
        self.dataset.sections.iter().enumerate().flat_map(|(section, one)| {
            one.aspects.iter().enumerate().map(move |(aspect, one)| (At { section, aspect }, one))
        })
    }

    /// Every statement with its aspect, its number in it, and the path of the aspect.
    pub(super) fn statements(&self) -> impl Iterator<Item = (At, &'d Aspect<'d>, usize, &'d Statement<'d>)> {
        self.aspects().flat_map(|(at, aspect)| {
            aspect.statements.iter().enumerate().map(move |(number, one)| (at, aspect, number, one))
        })
    }

    /// Every option of every quiz, with its path.
    pub(super) fn options(&self) -> impl Iterator<Item = (Path, &'d Choice<'d>)> {
        self.dataset.quizzes.iter().enumerate().flat_map(|(quiz, one)| {
            one.questions.iter().enumerate().flat_map(move |(question, one)| {
                one.options.iter().enumerate().map(move |(option, one)| {
                    let path = Path::to("quizzes", quiz).list("questions", question).list("options", option);
                    (path, one)
                })
            })
        })
    }

    /// The roles with statements of their own.
    pub(super) fn speaking(&self) -> HashSet<&'d str> {
        let declared = self.statements().flat_map(|(_, _, _, statement)| &statement.roles);
        let skills = self.aspects().filter_map(|(_, aspect)| aspect.skill.as_ref());
        let needs = skills.flat_map(|skill| skill.needs.iter()).map(|(role, _)| role);
        declared.chain(needs).map(Id::as_str).collect()
    }

    /// The section of an aspect.
    fn section(&self, at: At) -> Option<&'d Section<'d>> {
        self.dataset.sections.get(at.section)
    }

    /// The kind of skill that the aspects of a section are.
    pub(super) fn section_kind(&self, at: At) -> Option<&'d Id<'d>> {
        self.section(at)?.skill.as_ref()?.kind.as_ref()
    }

    /// Whether the section makes its aspects skills.
    pub(super) fn is_skill(&self, at: At) -> bool {
        self.section(at).is_some_and(|section| section.skill.is_some())
    }

    /// The scale that an aspect or its section names.
    pub(super) fn scale_id(&self, at: At, aspect: &'d Aspect<'d>) -> Option<&'d str> {
        let own = aspect.skill.as_ref().and_then(|skill| skill.scale.as_deref());
        own.or_else(|| self.section(at)?.skill.as_ref()?.scale.as_deref())
    }

    /// The scale of an aspect's levels.
    pub(super) fn scale_of(&self, at: At, aspect: &'d Aspect<'d>) -> Option<&'d Scale<'d>> {
        self.scales.get(self.scale_id(at, aspect)?).copied()
    }

    /// The id of a statement, given or generated.
    pub(super) fn statement_id(&self, at: At, number: usize, statement: &'d Statement<'d>) -> Cow<'d, str> {
        if let Some(id) = &statement.id {
            return Cow::Borrowed(id.as_str());
        }
        let aspect = self.section(at).and_then(|section| section.aspects.get(at.aspect));
        Cow::Owned(framework::statement_id(aspect.map_or("", |aspect| &aspect.id), number + 1))
    }

    /// The ids of the statements generated for needs.
    pub(super) fn need_ids(&self) -> impl Iterator<Item = (At, Cow<'d, str>)> {
        self.aspects().flat_map(|(at, aspect)| {
            let needs = aspect.skill.iter().flat_map(|skill| skill.needs.iter());
            let levels: BTreeSet<&str> = needs.map(|(_, level)| level.as_str()).collect();
            levels.into_iter().map(move |level| (at, framework::need_id(&aspect.id, level).into()))
        })
    }

    /// The role with this id.
    pub(super) fn role(&self, id: &str) -> Option<RoleIndex> {
        self.roles.get(id).copied()
    }

    /// Those of these roles that are in the dataset.
    fn known(&self, roles: &[Id<'_>]) -> Vec<RoleIndex> {
        roles.iter().filter_map(|id| self.role(id)).collect()
    }

    /// Who builds on whom.
    pub(super) fn inheritance(&self) -> &Inheritance<'d> {
        self.inheritance.get_or_init(|| {
            let bases = self.dataset.roles.iter().map(|role| self.known(&role.builds_on)).collect();
            let statements = self.statements().map(|(_, _, _, statement)| statement);
            let replacing = statements.filter(|statement| !statement.replaces.is_empty());
            Inheritance::new(bases, replacing.map(|one| (self.known(&one.roles), &*one.replaces)))
        })
    }

    /// The statements of an aspect: first those generated for needs, lowest level first, then those of the file.
    pub(super) fn outlines(&self, at: At, aspect: &'d Aspect<'d>) -> Vec<Outline<'d>> {
        let scale = self.scale_of(at, aspect);
        let rank = |level: &str| scale?.levels.iter().position(|one| *one.id == *level);
        let mut needs: BTreeMap<(Option<usize>, &str), Vec<RoleIndex>> = BTreeMap::new();
        for (role, level) in aspect.skill.iter().flat_map(|skill| skill.needs.iter()) {
            needs.entry((rank(level), level)).or_default().extend(self.role(role));
        }
        let needs = needs.into_iter().map(|((rank, level), roles)| Outline {
            id: framework::need_id(&aspect.id, level).into(),
            roles,
            rank,
        });
        let written = aspect.statements.iter().enumerate().map(|(number, one)| Outline {
            id: self.statement_id(at, number, one),
            roles: self.known(&one.roles),
            rank: one.level.as_deref().and_then(rank),
        });
        needs.chain(written).collect()
    }

    /// The problem for an unknown name.
    pub(super) fn unknown<'n>(
        &self,
        code: Code,
        path: Path,
        (noun, nouns): (&str, &str),
        name: &str,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Diagnostic<Path> {
        let problem = Diagnostic::new(code, path, format!("unknown {noun} `{name}`"));
        let names = names.filter(|name| !name.starts_with(PLACEHOLDER_ID));
        if names.clone().next().is_none() {
            return problem.advice(known(nouns, names));
        }
        let left = self.suggestions_left.get();
        self.suggestions_left.set(left.saturating_sub(1));
        let meant = if left == 0 { Vec::new() } else { nearest(name, names.clone()) };
        let problem = if meant.is_empty() {
            problem.advice(format!("the id of one of the {nouns}"))
        } else {
            problem.candidates(&meant)
        };
        let is_few = names.clone().take(FEW + 1).count() <= FEW;
        if is_few { problem.note(known(nouns, names)) } else { problem }
    }
}

/// The path of an aspect.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) section: usize,
    aspect: usize,
}

impl At {
    pub(super) fn path(self) -> Path {
        Path::to("sections", self.section).list("aspects", self.aspect)
    }

    pub(super) fn statement(self, number: usize) -> Path {
        self.path().list("statements", number)
    }
}

/// The problem for an unknown role; `within` is the role that names it, which cannot have been meant.
pub(super) fn unknown_role(
    index: &Index<'_>,
    path: Path,
    role: &str,
    within: Option<&str>,
) -> Diagnostic<Path> {
    let mut meant =
        index.dataset.roles.iter().filter(|one| {
            one.title == *role || one.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(role))
        });
    if let (Some(meant), None) = (meant.next(), meant.next()) {
        let message = format!("`{role}` is another name of the role `{}`, not its id", meant.id);
        return Diagnostic::new(Code::UnknownRole, path, message).advice(format!("write `{}`", meant.id));
    }
    let names = index.dataset.roles.iter().map(|one| one.id.as_str()).filter(|id| Some(*id) != within);
    index.unknown(Code::UnknownRole, path, ("role", "roles"), role, names)
}
