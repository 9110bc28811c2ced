//! Warnings about likely mistakes: one function per warning, and one table of all. Only `check` uses them.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use language_tags::LanguageTag;

use super::characters::encoding_fault;
use super::index::Index;
use super::ladders;
use super::place::{Findings, Path};
use super::rules::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Aspect, Id, Points, Question, Quiz, Skill, Status};
use crate::text::{counted, visible_exact, visible_line};

/// The warnings.
pub(super) const WARNINGS: &[Rule] = &[
    silent_roles,
    silent_aspects,
    repeated_texts,
    untrimmed_titles,
    blank_texts,
    invisible_characters,
    unknown_language,
    status_titles,
    similar_titles,
    uncited_statements,
    unused,
    bare_levels,
    shared_aliases,
    nothing_to_win,
    ladders::adds_nothing,
    ladders::repeats_inherited,
    ladders::falling_levels,
    idle_questions,
    quiz_roles,
];

/// Words that are a status rather than a title.
const STATUS_WORDS: &[&str] = &[
    "current",
    "deprecated",
    "draft",
    "n a",
    "na",
    "not applicable",
    "not in use",
    "not used",
    "obsolete",
    "placeholder",
    "retired",
    "tba",
    "tbc",
    "tbd",
    "to be confirmed",
    "to be defined",
    "to do",
    "todo",
    "unused",
    "wip",
];

fn silent_roles(index: &Index<'_>, findings: &mut Findings) {
    let speaking = index.speaking();
    for (number, role) in index.dataset.roles.iter().enumerate() {
        let is_expected = role.status != Status::Retired && role.builds_on.is_empty();
        if is_expected && !speaking.contains(role.id.as_str()) {
            findings.push_with(Code::SilentRole, || {
                let message = format!("no statement is about the role `{}`", role.id);
                let problem = Diagnostic::new(Code::SilentRole, Path::to("roles", number).key("id"), message);
                problem.advice("add a statement, or set `status: retired`")
            });
        }
    }
}

/// Whether an aspect has no statements. A skill with described levels is allowed, because it may be part of a catalogue.
fn is_silent(aspect: &Aspect<'_>) -> bool {
    let is_described = |skill: &Skill<'_>| !skill.needs.is_empty() || !skill.descriptors.is_empty();
    aspect.statements.is_empty() && !aspect.skill.as_ref().is_some_and(is_described)
}

fn silent_aspects(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects().filter(|(_, aspect)| is_silent(aspect)) {
        findings.push_with(Code::SilentAspect, || {
            let message = format!("the aspect `{}` has no statements", aspect.id);
            let problem = Diagnostic::new(Code::SilentAspect, at.path().key("id"), message);
            problem.advice("add a statement, or remove the aspect")
        });
    }
}

/// Equal texts on one aspect. Equal texts on different aspects are not reported, because they cannot be shared.
fn repeated_texts(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects() {
        let mut first: HashMap<&str, Cow<'_, str>> = HashMap::new();
        for (number, statement) in aspect.statements.iter().enumerate() {
            let Some(text) = &statement.text else { continue };
            let id = index.statement_id(at, number, statement);
            let other = first.entry(text.trim()).or_insert_with(|| id.clone());
            if *other != id && statement.level.is_none() {
                findings.push_with(Code::RepeatedText, || {
                    let message = format!("the statement `{id}` says the same as `{other}`");
                    let path = at.statement(number).key("text");
                    Diagnostic::new(Code::RepeatedText, path, message)
                        .advice("use one statement for both roles")
                });
            }
        }
    }
}

/// A title in a dataset.
struct Title<'k> {
    path: Path,
    text: &'k str,
    /// The list in which no other item should have a similar title.
    among: Option<(&'static str, usize)>,
}

/// Every title, name and label.
fn titles<'k>(index: &Index<'k>) -> Vec<Title<'k>> {
    let dataset = index.dataset;
    let mut titles = vec![Title { path: Path::default().key("title"), text: &dataset.title, among: None }];
    let mut add = |among, path: Path, text: &'k str| titles.push(Title { path, text, among });
    for (number, one) in dataset.sources.iter().enumerate() {
        add(None, Path::to("sources", number).key("title"), &one.title);
    }
    for (number, one) in dataset.voices.iter().enumerate() {
        let voice = || Path::to("voices", number);
        add(None, voice().key("name"), &one.name);
        for (key, text) in [("title", &one.title), ("organisation", &one.organisation)] {
            if let Some(text) = text {
                add(None, voice().key(key), text);
            }
        }
    }
    for (number, one) in dataset.scales.iter().enumerate() {
        let scale = || Path::to("scales", number);
        add(Some(("scales", 0)), scale().key("title"), &one.title);
        for (level, one) in one.levels.iter().enumerate() {
            add(Some(("levels", number)), scale().list("levels", level).key("title"), &one.title);
        }
    }
    for (number, one) in dataset.families.iter().enumerate() {
        let family = || Path::to("families", number);
        add(Some(("families", 0)), family().key("title"), &one.title);
        for (track, one) in one.tracks.iter().enumerate() {
            add(Some(("tracks", number)), family().list("tracks", track).key("title"), &one.title);
        }
    }
    for (number, one) in dataset.roles.iter().enumerate() {
        let role = || Path::to("roles", number);
        add(Some(("roles", 0)), role().key("title"), &one.title);
        for (alias, one) in one.aliases.iter().enumerate() {
            add(None, role().list("aliases", alias), one);
        }
        for (link, one) in one.links.iter().enumerate() {
            add(None, role().list("links", link).key("title"), &one.title);
        }
    }
    for (number, one) in dataset.sections.iter().enumerate() {
        add(Some(("sections", 0)), Path::to("sections", number).key("title"), &one.title);
    }
    for (at, aspect) in index.aspects() {
        add(Some(("aspects", at.section)), at.path().key("title"), &aspect.title);
    }
    for (number, one) in dataset.quizzes.iter().enumerate() {
        let quiz = || Path::to("quizzes", number);
        add(Some(("quizzes", 0)), quiz().key("title"), &one.title);
        for (question, one) in one.questions.iter().enumerate() {
            let path = || quiz().list("questions", question);
            if let Some(title) = &one.title {
                add(None, path().key("title"), title);
            }
            for (option, one) in one.options.iter().enumerate() {
                add(None, path().list("options", option).key("label"), &one.label);
            }
        }
    }
    titles
}

/// Titles with extra spaces. No-break and ideographic spaces are intentional.
fn untrimmed_titles(index: &Index<'_>, findings: &mut Findings) {
    for Title { path, text, .. } in titles(index) {
        let trimmed = without_extra_blanks(text);
        if trimmed != text {
            let message = format!("\"{}\" has extra white space", visible_exact(text));
            let problem = Diagnostic::new(Code::Untrimmed, path, message);
            findings.push(problem.advice(format!("write \"{}\"", visible_exact(&trimmed))));
        }
    }
}

/// Statements whose text is only white space, which every format shows as nothing.
fn blank_texts(index: &Index<'_>, findings: &mut Findings) {
    for (at, aspect) in index.aspects() {
        for (number, statement) in aspect.statements.iter().enumerate() {
            if statement.text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                let path = at.statement(number).key("text");
                let problem = Diagnostic::new(Code::Untrimmed, path, "the text is only white space");
                findings.push(problem.advice("write some text, or remove the statement"));
            }
        }
    }
}

/// Titles with characters that nobody sees. Spaces have a warning of their own, as has a wrong encoding.
fn invisible_characters(index: &Index<'_>, findings: &mut Findings) {
    for Title { path, text, .. } in titles(index).into_iter().filter(|one| encoding_fault(one.text).is_none())
    {
        let words = without_extra_blanks(text);
        let shown = visible_line(&words);
        if *shown != words {
            let message = format!("`{shown}` contains an invisible character");
            findings.push(Diagnostic::new(Code::ControlCharacter, path, message).advice("remove it"));
        }
    }
}

fn without_extra_blanks(title: &str) -> String {
    title.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn unknown_language(index: &Index<'_>, findings: &mut Findings) {
    let Some(language) = &index.dataset.language else { return };
    let is_known = LanguageTag::parse(language).is_ok_and(|tag| tag.validate().is_ok());
    if !is_known {
        let message = format!("`{language}` is not a known language");
        let problem = Diagnostic::new(Code::UnknownLanguage, Path::default().key("language"), message);
        findings.push(problem.advice("write a tag such as `en`, `de-CH` or `zh-Hant`"));
    }
}

/// A role whose title contains a status. Other things may have such a title.
fn status_titles(index: &Index<'_>, findings: &mut Findings) {
    for (number, role) in index.dataset.roles.iter().enumerate() {
        let words = role.title.to_lowercase();
        let words: Vec<&str> =
            words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if STATUS_WORDS.contains(&words.join(" ").as_str()) {
            let message = format!("`{}` is a status, not a name", role.title);
            let path = Path::to("roles", number).key("title");
            let problem = Diagnostic::new(Code::StatusInTitle, path, message);
            findings.push(problem.advice("use the role’s `status`: current, draft or retired"));
        }
    }
}

/// A title without details that are easily overlooked. `C`, `C++` and `C#` stay different, as do `B` and `B-`, or `1.1`
/// and `11`.
fn folded(title: &str) -> String {
    let is_numbered = title.contains(|c: char| c.is_ascii_digit());
    let counts = |c: char| {
        c.is_alphanumeric() || matches!(c, '+' | '#') || (is_numbered && matches!(c, '.' | ',' | '/' | '-'))
    };
    let sign = if title.trim_end().ends_with('-') { "-" } else { "" };
    let folded: String = title.to_lowercase().chars().filter(|c| counts(*c)).collect();
    if folded.is_empty() { title.trim().to_owned() } else { folded + sign }
}

fn similar_titles(index: &Index<'_>, findings: &mut Findings) {
    let mut first: HashMap<((&str, usize), String), &str> = HashMap::new();
    for Title { path, text, among } in titles(index) {
        let Some(among) = among else { continue };
        let other = match first.entry((among, folded(text))) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                entry.insert(text);
                continue;
            }
        };
        let message = if text == other {
            format!("another is called `{text}` too")
        } else {
            format!("`{text}` is hard to tell from `{other}`")
        };
        let problem = Diagnostic::new(Code::SimilarTitles, path, message);
        findings.push(problem.advice("give it a title of its own"));
    }
}

fn uncited_statements(index: &Index<'_>, findings: &mut Findings) {
    if index.statements().all(|(_, _, _, statement)| statement.source.is_none()) {
        return;
    }
    for (at, _, number, statement) in index.statements() {
        if statement.source.is_none() {
            let message = format!(
                "the statement `{}` has no source, although others do",
                index.statement_id(at, number, statement)
            );
            let problem = Diagnostic::new(Code::Uncited, at.statement(number).key("id"), message);
            findings.push(problem.advice("add its `source`"));
        }
    }
}

fn unused(index: &Index<'_>, findings: &mut Findings) {
    let dataset = index.dataset;
    let statements = || index.statements().map(|(_, _, _, statement)| statement);
    let sources: HashSet<&str> = statements().filter_map(|one| one.source.as_deref()).collect();
    let voices: HashSet<&str> = statements().filter_map(|one| one.voice.as_deref()).collect();
    let scales: HashSet<&str> =
        index.aspects().filter_map(|(at, aspect)| index.scale_id(at, aspect)).collect();
    let mut families: HashSet<&str> = dataset.roles.iter().filter_map(|one| one.family.as_deref()).collect();
    families.extend(dataset.families.iter().filter_map(|one| one.parent.as_deref()));
    let mut report = |noun: &str, list: &'static str, used: &HashSet<&str>, ids: Vec<&str>| {
        for (number, id) in ids.into_iter().enumerate().filter(|(_, id)| !used.contains(id)) {
            let path = Path::to(list, number).key("id");
            let problem = Diagnostic::new(Code::Unused, path, format!("{noun} `{id}` is never used"));
            findings.push(problem.advice("use it, or remove it"));
        }
    };
    let ids = dataset.sources.iter().map(|one| one.id.as_str()).collect();
    report("source", "sources", &sources, ids);
    let ids = dataset.voices.iter().map(|one| one.id.as_str()).collect();
    report("voice", "voices", &voices, ids);
    let ids = dataset.scales.iter().map(|one| one.id.as_str()).collect();
    report("scale", "scales", &scales, ids);
    let ids = dataset.families.iter().map(|one| one.id.as_str()).collect();
    report("family", "families", &families, ids);
    let roles = dataset.roles.iter();
    let tracks: HashSet<(&str, &str)> =
        roles.filter_map(|role| Some((role.family.as_deref()?, role.track.as_deref()?))).collect();
    for (number, family) in dataset.families.iter().enumerate() {
        for (place, track) in family.tracks.iter().enumerate() {
            if !tracks.contains(&(&family.id, &track.id)) {
                let path = Path::to("families", number).list("tracks", place).key("id");
                let message = format!("no role is on the track `{}` of `{}`", track.id, family.id);
                let problem = Diagnostic::new(Code::Unused, path, message);
                findings.push(problem.advice("put a role on it, or remove it"));
            }
        }
    }
}

fn bare_levels(index: &Index<'_>, findings: &mut Findings) {
    let mut bare: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, aspect, _, statement) in index.statements() {
        if let (None, Some(level), Some(scale)) =
            (&statement.text, &statement.level, index.scale_of(at, aspect))
        {
            let times = bare.entry((&scale.id, level)).or_default();
            *times += 1;
        }
    }
    for (number, scale) in index.dataset.scales.iter().enumerate() {
        for (level, one) in scale.levels.iter().enumerate().filter(|(_, level)| level.summary.is_none()) {
            if let Some(times) = bare.get(&(&scale.id, &one.id)) {
                let asks = if *times == 1 { "asks" } else { "ask" };
                let message = format!(
                    "{} {asks} the level `{}` without a text, and it has no summary",
                    counted(*times, "statement"),
                    one.id
                );
                let path = Path::to("scales", number).list("levels", level).key("id");
                findings.push(
                    Diagnostic::new(Code::BareLevel, path, message).advice("add a `summary` to the level"),
                );
            }
        }
    }
}

/// The points of each option, without roles that get none.
fn awards<'q>(question: &'q Question<'_>) -> impl Iterator<Item = BTreeMap<&'q str, u32>> {
    question.options.iter().map(|option| {
        let points = option.points.iter().flat_map(Points::iter);
        points.filter(|(_, points)| *points > 0).collect()
    })
}

fn idle_questions(index: &Index<'_>, findings: &mut Findings) {
    for (quiz, one) in index.dataset.quizzes.iter().enumerate() {
        for (question, one) in one.questions.iter().enumerate() {
            let mut awards = awards(one);
            let first = awards.next().unwrap_or_default();
            let mut options = one.options.iter();
            let says_more = options.any(|option| !option.rules_out.is_empty() || option.note.is_some());
            if !says_more && awards.all(|award| award == first) {
                let path = Path::to("quizzes", quiz).list("questions", question).key("id");
                let message = format!("question `{}` never changes the result", one.id);
                let problem = Diagnostic::new(Code::IdleQuestion, path, message);
                findings.push(problem.advice("give its options different points"));
            }
        }
    }
}

/// The points that a quiz can give to each role: those of every option, and the number of questions that give any.
#[derive(Default)]
struct Prospect {
    awards: Vec<(usize, usize, u32)>,
    questions: usize,
}

fn prospects<'q>(quiz: &'q Quiz<'_>) -> Vec<(&'q str, Prospect)> {
    let mut by_role: HashMap<&str, usize> = HashMap::new();
    let mut prospects: Vec<(&str, Prospect)> = Vec::new();
    for (question, one) in quiz.questions.iter().enumerate() {
        for (option, one) in one.options.iter().enumerate() {
            for (role, points) in one.points.iter().flat_map(Points::iter) {
                let place = *by_role.entry(role).or_insert_with(|| {
                    prospects.push((role, Prospect::default()));
                    prospects.len().saturating_sub(1)
                });
                let Some((_, prospect)) = prospects.get_mut(place).filter(|_| points > 0) else { continue };
                if prospect.awards.last().is_none_or(|(last, _, _)| *last != question) {
                    prospect.questions += 1;
                }
                prospect.awards.push((question, option, points));
            }
        }
    }
    prospects
}

/// Unfair quizzes: roles that can never be recommended, should not be, cannot be distinguished, or have unequal chances.
/// Four rules in one function, because all need the prospects, which take a walk over all points.
fn quiz_roles(index: &Index<'_>, findings: &mut Findings) {
    let retired = index.dataset.roles.iter().filter(|role| role.status == Status::Retired);
    let retired: HashSet<&str> = retired.map(|role| role.id.as_str()).collect();
    for (number, quiz) in index.dataset.quizzes.iter().enumerate() {
        let mut report = |code, message: String, advice: &str| {
            let path = Path::to("quizzes", number).key("id");
            findings.push(Diagnostic::new(code, path, message).advice(advice));
        };
        let mut first: HashMap<Vec<(usize, usize, u32)>, &str> = HashMap::new();
        let mut reach: BTreeMap<usize, &str> = BTreeMap::new();
        for (role, Prospect { awards, questions }) in prospects(quiz) {
            if awards.is_empty() {
                let message = format!("quiz `{}` never gives `{role}` any points", quiz.id);
                report(Code::PointlessRole, message, "give it points, or leave it out");
                continue;
            }
            if retired.contains(role) {
                let message = format!("quiz `{}` can recommend the retired role `{role}`", quiz.id);
                report(Code::RetiredWinner, message, "give it no points, or use a role that is not retired");
            }
            reach.entry(questions).or_insert(role);
            if let Some(other) = first.get(&awards) {
                let message = format!("quiz `{}` always scores `{role}` and `{other}` the same", quiz.id);
                report(Code::TwinRoles, message, "give them different points for some option");
            } else {
                first.insert(awards, role);
            }
        }
        if let (Some((fewest, one)), Some((most, other))) = (reach.first_key_value(), reach.last_key_value())
            && fewest != most
        {
            let message = format!(
                "in quiz `{}`, `{one}` can score in {}, and `{other}` in {most}",
                quiz.id,
                counted(*fewest, "question"),
            );
            report(Code::UnevenQuestions, message, "let each role score in the same number of questions");
        }
    }
}

/// An alias that several roles share. The dataset is valid, but using the alias is an error.
fn shared_aliases(index: &Index<'_>, findings: &mut Findings) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for (number, role) in index.dataset.roles.iter().enumerate() {
        for (place, alias) in role.aliases.iter().enumerate() {
            let owner = *first.entry(alias.to_lowercase()).or_insert(&role.id);
            if owner != role.id.as_str() {
                let path = Path::to("roles", number).list("aliases", place);
                let message = format!("`{alias}` is an alias of the role `{owner}` too");
                let problem = Diagnostic::new(Code::SharedAlias, path, message);
                findings
                    .push(problem.advice("nobody can use it to name a role; give each role its own alias"));
            }
        }
    }
}

/// A question in which every option rules out all roles that could win.
fn nothing_to_win(index: &Index<'_>, findings: &mut Findings) {
    for (number, quiz) in index.dataset.quizzes.iter().enumerate() {
        let options = quiz.questions.iter().flat_map(|question| &question.options);
        let points = options.filter_map(|option| option.points.as_ref()).flat_map(Points::iter);
        let winnable: HashSet<&str> =
            points.filter(|(_, points)| *points > 0).map(|(role, _)| role).collect();
        for (place, question) in quiz.questions.iter().enumerate() {
            let leaves_none = question.options.iter().all(|option| {
                let out: HashSet<&str> = option.rules_out.iter().map(Id::as_str).collect();
                winnable.is_subset(&out)
            });
            if leaves_none && !winnable.is_empty() {
                let path = Path::to("quizzes", number).list("questions", place).key("id");
                let message = format!("every answer to the question `{}` rules out all roles", question.id);
                let problem = Diagnostic::new(Code::NothingToWin, path, message);
                findings.push(problem.advice("let one option leave a role in the running"));
            }
        }
    }
}
