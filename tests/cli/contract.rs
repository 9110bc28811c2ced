//! Tests the JSON documents key by key. Each is deserialised into a strict copy of its types and must serialise to the
//! same bytes, so no key can appear, disappear, move or change type unnoticed. Counts are recomputed.

#![expect(clippy::struct_field_names, reason = "keys are called what the contract calls them")]

use std::{fmt, fs};

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::support::fixtures;
use crate::support::{Rolebook, rolebook};

/// Mirrors: structs that refuse an unknown key, and write their own in the order in which they stand here.
macro_rules! mirrors {
    ($($(#[$meta:meta])* $name:ident $(<$inner:ident>)? { $($field:ident: $type:ty,)* })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        struct $name $(<$inner>)? { $($field: $type,)* }
    )* };
}

mirrors! {
    Compare {
        schema: String,
        dataset: Dataset,
        comparison: Option<Comparison>,
        roles: Vec<Role>,
        sections: Vec<Section<Aspect>>,
        counts: AspectCounts,
        scales: Vec<Scale>,
        sources: Vec<Source>,
        voices: Vec<Voice>,
    }
    Roles { schema: String, dataset: Dataset, families: Vec<Family>, roles: Vec<ListedRole>, }
    Profile {
        schema: String,
        dataset: Dataset,
        role: ListedRole,
        sections: Vec<Section<ProfileAspect>>,
        scales: Vec<Scale>,
        sources: Vec<Source>,
        voices: Vec<Voice>,
    }
    Skills {
        schema: String,
        dataset: Dataset,
        roles: Vec<Role>,
        skills: Vec<SkillNeeds>,
        counts: SkillCounts,
        scales: Vec<Scale>,
    }
    Move {
        schema: String,
        dataset: Dataset,
        from: Role,
        to: Role,
        keep: Vec<Change>,
        raise: Vec<Change>,
        lower: Vec<Change>,
        learn: Vec<Change>,
        leave: Vec<Change>,
        not_mentioned: Vec<Change>,
        scales: Vec<Scale>,
    }
    Questions { schema: String, dataset: Dataset, quiz: Titled, roles: Vec<Role>, questions: Vec<Question>, }
    Quiz {
        schema: String,
        dataset: Dataset,
        respondent: Option<String>,
        quiz: Titled,
        answers: Vec<Answer>,
        scores: Keyed<Score>,
        recommended: Vec<String>,
        tie: bool,
        coverage: f64,
        cautions: Vec<Statement>,
        notes: Vec<String>,
        replay: Option<Vec<String>>,
    }
    Export {
        schema: String,
        dataset: Dataset,
        meta: Option<serde_json::Value>,
        families: Vec<Family>,
        roles: Vec<ListedRole>,
        sections: Vec<Section<ExportedAspect>>,
        skills: Vec<MatrixRow<Need>>,
        descriptors: Vec<serde_json::Value>,
        comparisons: Vec<ComparedRoles>,
        quizzes: Vec<AskedQuiz>,
        scales: Vec<Scale>,
        sources: Vec<Source>,
        voices: Vec<Voice>,
    }
    Failure {
        schema: String,
        code: String,
        message: String,
        causes: Vec<String>,
        hints: Vec<String>,
        candidates: Vec<String>,
        exit: i32,
        line: Option<u64>,
    }

    Dataset { id: String, title: String, revision: Option<String>, }
    Titled { id: String, title: String, }
    Family { id: String, title: String, parent: Option<String>, tracks: Vec<Titled>, }
    ComparedRoles { id: String, roles: Vec<String>, text: String, source: Option<String>, }
    Role { id: String, title: String, summary: Option<String>, }
    ListedRole {
        id: String,
        title: String,
        aliases: Vec<String>,
        family: Option<String>,
        track: Option<String>,
        rank: Option<i64>,
        status: String,
        summary: Option<String>,
        links: Vec<Link>,
        counts: RoleCounts,
    }
    ExportedAspect {
        id: String,
        title: String,
        summary: Option<String>,
        key: bool,
        relation: String,
        skill: Option<Skill>,
        statements: Vec<SharedStatement>,
    }
    SharedStatement {
        id: String,
        roles: Vec<String>,
        text: Option<String>,
        level: Option<String>,
        level_title: Option<String>,
        level_rank: Option<usize>,
        optional: bool,
        inherited_from: Keyed<String>,
        examples: Vec<String>,
        voice: Option<String>,
        source: Option<String>,
        at: Option<String>,
    }
    Matrix { schema: String, dataset: Dataset, roles: Vec<Role>, skills: Vec<MatrixRow<Option<Need>>>, scales: Vec<Scale>, }
    MatrixRow<N> {
        id: String,
        title: String,
        section: String,
        section_title: String,
        kind: String,
        scale: Option<String>,
        needs: Keyed<N>,
    }
    Need { level: Option<String>, title: Option<String>, rank: Option<usize>, optional: bool, }
    Link { title: String, url: String, }
    RoleCounts { statements: usize, skills: usize, }
    Section<A> { id: String, title: String, parent: Option<String>, summary: Option<String>, aspects: Vec<A>, }
    Aspect {
        id: String,
        title: String,
        summary: Option<String>,
        key: bool,
        relation: String,
        skill: Option<Skill>,
        statements: Keyed<Vec<Statement>>,
    }
    ProfileAspect { id: String, title: String, summary: Option<String>, skill: Option<Skill>, statements: Vec<Statement>, }
    Skill { kind: String, scale: Option<String>, }
    Statement {
        id: String,
        roles: Vec<String>,
        text: Option<String>,
        level: Option<String>,
        level_title: Option<String>,
        level_rank: Option<usize>,
        optional: bool,
        inherited_from: Option<String>,
        examples: Vec<String>,
        voice: Option<String>,
        source: Option<String>,
        at: Option<String>,
    }
    SkillNeeds {
        id: String,
        title: String,
        summary: Option<String>,
        kind: String,
        scale: Option<String>,
        relation: String,
        needs: Keyed<Vec<Statement>>,
    }
    Change { skill: String, title: String, kind: String, from: Vec<Statement>, to: Vec<Statement>, }
    AspectCounts { aspects: usize, shared: usize, different: usize, partial: usize, }
    SkillCounts { skills: usize, shared: usize, different: usize, partial: usize, }
    Scale { id: String, title: String, levels: Vec<Level>, }
    Level { id: String, title: String, summary: Option<String>, }
    Source {
        id: String,
        title: String,
        author: Option<String>,
        translator: Option<String>,
        publisher: Option<String>,
        date: Option<String>,
        url: Option<String>,
        licence: Option<String>,
        retrieved: Option<String>,
    }
    Voice { id: String, name: String, title: Option<String>, organisation: Option<String>, }
    AskedQuiz { id: String, title: String, questions: Vec<Question>, }
    Question {
        id: String,
        title: Option<String>,
        prompt: String,
        help: Option<String>,
        options: Vec<Choice>,
    }
    Choice {
        id: String,
        label: String,
        points: Option<Keyed<u32>>,
        rules_out: Vec<String>,
        reason: Option<String>,
        note: Option<String>,
    }
    Answer {
        question: String,
        question_title: String,
        option: Option<String>,
        option_title: Option<String>,
        points: Option<Keyed<u32>>,
        rules_out: Vec<String>,
        reason: Option<String>,
    }
    Score { title: String, points: u32, reachable: u32, share: f64, ruled_out_by: Option<RuledOutBy>, }
    RuledOutBy { question: String, question_title: String, option: String, option_title: String, }
    Comparison { text: String, source: Option<String>, }
}

/// A JSON object whose keys are ids; their order counts.
#[derive(Debug, Clone, PartialEq)]
struct Keyed<T>(Vec<(String, T)>);

impl<T> Keyed<T> {
    fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|(key, _)| key.as_str()).collect()
    }

    fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Keyed<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object keyed by ids")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Keyed(entries))
            }
        }
        deserializer.deserialize_map(InOrder(std::marker::PhantomData))
    }
}

/// A document as its mirror reads it, once it has been seen to be the same when the mirror writes it.
fn read<T: DeserializeOwned + Serialize>(schema: &str, command: &str, text: &str) -> T {
    let document: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{command}: {error}\n{text}"));
    let start = format!("\"schema\":\"{schema}\",");
    let compact = serde_json::to_string(&document).expect("a mirror can be written");
    assert_eq!(compact.get(1..=start.len()), Some(start.as_str()), "{command}");
    let is_on_one_line = text.trim_end().lines().count() == 1;
    let written = if is_on_one_line { Ok(compact) } else { serde_json::to_string_pretty(&document) };
    assert_eq!(text, format!("{}\n", written.expect("a mirror can be written")), "{command}");
    document
}

fn answered<T: DeserializeOwned + Serialize>(schema: &str, rolebook: Rolebook) -> T {
    let run = rolebook.arg("--json").run();
    let command = run.command.clone();
    read(schema, &command, &run.answer())
}

fn compare(arguments: &str) -> Compare {
    answered("rolebook.compare/1", rolebook("compare").args(arguments))
}

fn skills(arguments: &str) -> Skills {
    answered("rolebook.skills/1", rolebook("skills").args(arguments))
}

fn moved(arguments: &str) -> Move {
    answered("rolebook.move/1", rolebook("skills").args(arguments))
}

fn profile(role: &str) -> Profile {
    answered("rolebook.role/1", rolebook("show").arg(role))
}

fn roles(arguments: &str) -> Roles {
    answered("rolebook.roles/1", rolebook("roles").args(arguments))
}

fn questions(quiz: &str) -> Questions {
    answered("rolebook.questions/1", rolebook("quiz --questions").args(quiz))
}

fn quiz(arguments: &str) -> Quiz {
    answered("rolebook.quiz/1", rolebook("quiz").args(arguments))
}

fn matrix(arguments: &str) -> Matrix {
    answered("rolebook.matrix/1", rolebook("skills --matrix").args(arguments))
}

fn export(arguments: &str) -> Export {
    answered("rolebook.export/1", rolebook("export").args(arguments))
}

/// A skill as an export has it: only with the roles that need it.
fn needing(row: MatrixRow<Option<Need>>) -> MatrixRow<Need> {
    let MatrixRow { id, title, section, section_title, kind, scale, needs } = row;
    let needs = needs.0.into_iter().filter_map(|(role, need)| Some((role, need?)));
    MatrixRow { id, title, section, section_title, kind, scale, needs: Keyed(needs.collect()) }
}

/// The sections of an export as a comparison has them: each statement under every role that it applies to.
fn spread(export: &Export) -> Vec<Section<Aspect>> {
    let held = |statement: &SharedStatement, role: &str| {
        let one = statement.clone();
        one.roles.iter().any(|holder| holder == role).then_some(Statement {
            inherited_from: one.inherited_from.get(role).cloned(),
            id: one.id,
            roles: one.roles,
            text: one.text,
            level: one.level,
            level_title: one.level_title,
            level_rank: one.level_rank,
            optional: one.optional,
            examples: one.examples,
            voice: one.voice,
            source: one.source,
            at: one.at,
        })
    };
    let aspect = |aspect: &ExportedAspect| {
        let by_role = export.roles.iter().map(|role| {
            let held = aspect.statements.iter().filter_map(|statement| held(statement, &role.id));
            (role.id.clone(), held.collect())
        });
        let statements = Keyed(by_role.collect());
        let ExportedAspect { id, title, summary, key, relation, skill, .. } = aspect.clone();
        Aspect { id, title, summary, key, relation, skill, statements }
    };
    let section = |Section { id, title, parent, summary, aspects }: Section<ExportedAspect>| Section {
        id,
        title,
        parent,
        summary,
        aspects: aspects.iter().map(aspect).collect(),
    };
    export.sections.iter().cloned().map(section).collect()
}

/// What the relation of roles to each other must be, given what each says.
fn relation(statements: &Keyed<Vec<Statement>>) -> &'static str {
    let said: Vec<Vec<&str>> = statements
        .0
        .iter()
        .map(|(_, statements)| statements.iter().map(|statement| statement.id.as_str()).collect())
        .collect();
    if said.iter().any(Vec::is_empty) {
        "partial"
    } else if said.iter().all(|one| *one == said[0]) {
        "shared"
    } else {
        "different"
    }
}

/// A statement is held by the role that it stands under, and by compared roles alone, in their order.
fn assert_held(statements: &Keyed<Vec<Statement>>, roles: &[&str]) {
    assert_eq!(statements.keys(), roles);
    assert!(statements.0.iter().any(|(_, statements)| !statements.is_empty()), "nobody speaks on an aspect");
    for (role, statements) in &statements.0 {
        for statement in statements {
            assert!(statement.roles.contains(role), "{} does not hold {}", role, statement.id);
            let in_order: Vec<&str> = roles
                .iter()
                .copied()
                .filter(|role| statement.roles.iter().any(|held| held == role))
                .collect();
            assert_eq!(statement.roles, in_order, "{}", statement.id);
        }
    }
}

fn count(relations: &[&str], wanted: &str) -> usize {
    relations.iter().filter(|relation| **relation == wanted).count()
}

fn ids<T>(items: &[T], id: impl Fn(&T) -> &str) -> Vec<&str> {
    items.iter().map(id).collect()
}

#[test]
fn compare_is_as_promised() {
    for (arguments, least) in [
        ("", 30),
        ("pm po", 30),
        ("po pm", 30),
        ("--family product", 30),
        ("--cite", 30),
        ("--section skills", 5),
        ("--only shared", 1),
        ("--only different --only partial", 10),
    ] {
        let document = compare(arguments);
        let roles = ids(&document.roles, |role| &role.id);
        let aspects: Vec<&Aspect> = document.sections.iter().flat_map(|section| &section.aspects).collect();
        assert!(aspects.len() >= least, "compare {arguments}: {} aspects", aspects.len());
        assert!(document.sections.iter().all(|section| !section.aspects.is_empty()), "an empty section");
        for aspect in &aspects {
            assert_held(&aspect.statements, &roles);
            assert_eq!(aspect.relation, relation(&aspect.statements), "{}", aspect.id);
        }
        let relations: Vec<&str> = aspects.iter().map(|aspect| aspect.relation.as_str()).collect();
        let counts = AspectCounts {
            aspects: aspects.len(),
            shared: count(&relations, "shared"),
            different: count(&relations, "different"),
            partial: count(&relations, "partial"),
        };
        assert_eq!(document.counts, counts, "compare {arguments}");
        // What is referred to is listed, and nothing else.
        let statements =
            || aspects.iter().flat_map(|aspect| &aspect.statements.0).flat_map(|(_, statements)| statements);
        for source in &document.sources {
            assert!(statements().any(|statement| statement.source.as_ref() == Some(&source.id)));
        }
        for voice in &document.voices {
            assert!(statements().any(|statement| statement.voice.as_ref() == Some(&voice.id)));
        }
        for statement in statements() {
            let is_listed = |source: &String| document.sources.iter().any(|known| known.id == *source);
            assert!(statement.source.as_ref().is_none_or(is_listed), "{}", statement.id);
            let is_listed = |voice: &String| document.voices.iter().any(|known| known.id == *voice);
            assert!(statement.voice.as_ref().is_none_or(is_listed), "{}", statement.id);
        }
    }
}

#[test]
fn only_scales_of_the_skills_compared_are_listed() {
    let axes = |arguments: &str| {
        let comparison = rolebook("compare -d axes.yaml").args(arguments).folder(&fixtures());
        let comparison: Compare = answered("rolebook.compare/1", comparison);
        ids(&comparison.scales, |scale| &scale.id).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(axes(""), ["technology", "influence"]);
    assert_eq!(axes("developer tech-lead --only shared"), ["influence"]);
}

#[test]
fn roles_are_listed_by_family_and_rank() {
    let text = fs::read_to_string(fixtures().join("skill-matrix.yaml")).expect("a fixture");
    // As they may stand in a file: in no order.
    let (before, roles) = text.split_once("\nroles:\n").expect("roles");
    let (roles, after) = roles.split_once("\nsections:").expect("sections");
    let backwards: Vec<&str> = roles.lines().rev().collect();
    let text = format!("{before}\nroles:\n{}\nsections:{after}", backwards.join("\n"));
    let listed: Roles = answered("rolebook.roles/1", rolebook("roles -d -").stdin(text.clone()));
    assert_eq!(
        ids(&listed.roles, |role| &role.id),
        [
            "delivery-manager",
            "lead-delivery-manager",
            "associate-product-manager",
            "product-manager",
            "lead-product-manager",
            "service-owner",
            "programme-manager",
        ]
    );
    let page = rolebook("roles -d - -f markdown").stdin(text).run().answer();
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Delivery", "## Product", "## Without a family"]);
    let studio = rolebook("roles -d axes.yaml -f markdown").folder(&fixtures()).run().answer();
    assert!(!studio.contains("## "), "{studio}");
}

#[test]
fn compare_keeps_the_order_of_the_roles_named() {
    let (one, other) = (compare("pm po"), compare("po pm"));
    assert_eq!(ids(&one.roles, |role| &role.id), ["product-manager", "product-owner"]);
    assert_eq!(ids(&other.roles, |role| &role.id), ["product-owner", "product-manager"]);
    assert_eq!(one.counts, other.counts);
}

#[test]
fn only_keeps_what_it_names() {
    let all = compare("").counts;
    for relation in ["shared", "different", "partial"] {
        let some = compare(&format!("--only {relation}"));
        let aspects: Vec<&Aspect> = some.sections.iter().flat_map(|section| &section.aspects).collect();
        assert!(aspects.iter().all(|aspect| aspect.relation == relation), "--only {relation}");
        let wanted = match relation {
            "shared" => all.shared,
            "different" => all.different,
            _ => all.partial,
        };
        assert_eq!(aspects.len(), wanted, "--only {relation}");
    }
}

#[test]
fn roles_and_profiles_are_as_promised() {
    let listed = roles("");
    assert_eq!(listed, roles("--family product"));
    assert_eq!(ids(&listed.roles, |role| &role.id), ["product-manager", "product-owner"]);
    for role in &listed.roles {
        assert!(listed.families.iter().any(|family| Some(&family.id) == role.family.as_ref()));
        let profile = profile(&role.id);
        assert_eq!(profile.role, *role);
        for name in role.aliases.iter().chain([&role.title]) {
            assert_eq!(self::profile(&name.to_uppercase()), profile, "{name}");
        }
        let aspects: Vec<_> = profile.sections.iter().flat_map(|section| &section.aspects).collect();
        let statements: Vec<_> = aspects.iter().flat_map(|aspect| &aspect.statements).collect();
        assert!(statements.iter().all(|statement| statement.roles.contains(&role.id)));
        assert!(aspects.iter().all(|aspect| !aspect.statements.is_empty()));
        assert_eq!(role.counts.statements, statements.len());
        assert_eq!(role.counts.skills, aspects.iter().filter(|aspect| aspect.skill.is_some()).count());
        assert_eq!(role.status, "current");
    }
}

#[test]
fn skills_are_as_promised() {
    let all = compare("");
    for arguments in
        ["", "pm po", "po", "--cite", "--kind soft", "--only partial", "--kind business --only different"]
    {
        let document = skills(arguments);
        let roles = ids(&document.roles, |role| &role.id);
        for skill in &document.skills {
            assert_held(&skill.needs, &roles);
            assert_eq!(skill.relation, relation(&skill.needs), "{}", skill.id);
            let mut aspects = all.sections.iter().flat_map(|section| &section.aspects);
            let aspect = aspects.find(|aspect| aspect.id == skill.id).expect("a skill is an aspect");
            assert_eq!(aspect.skill, Some(Skill { kind: skill.kind.clone(), scale: skill.scale.clone() }));
        }
        let relations: Vec<&str> = document.skills.iter().map(|skill| skill.relation.as_str()).collect();
        let counts = SkillCounts {
            skills: relations.len(),
            shared: count(&relations, "shared"),
            different: count(&relations, "different"),
            partial: count(&relations, "partial"),
        };
        assert_eq!(document.counts, counts, "skills {arguments}");
    }
    let kinds = ["soft", "technical", "business"].map(|kind| skills(&format!("--kind {kind}")).skills.len());
    assert_eq!(kinds.iter().sum::<usize>(), skills("").skills.len());
}

#[test]
fn a_move_is_as_promised() {
    let (there, back) = (moved("--from po --to pm"), moved("--from pm --to po"));
    assert_eq!((&there.from, &there.to), (&back.to, &back.from));
    assert!(there.keep.iter().all(|skill| !skill.from.is_empty() && !skill.to.is_empty()));
    assert!(there.learn.iter().all(|skill| skill.from.is_empty() && !skill.to.is_empty()));
    assert_eq!(there.raise, [], "the built-in skills have no levels");
    let names = |changes: &[Change]| changes.iter().map(|change| change.skill.clone()).collect::<Vec<_>>();
    // The built-in roles name no levels, so silence is all there is to go by.
    assert_eq!((&there.leave, &back.leave), (&Vec::new(), &Vec::new()));
    assert!(there.not_mentioned.iter().all(|skill| !skill.from.is_empty() && skill.to.is_empty()));
    assert_eq!(names(&there.learn), names(&back.not_mentioned));
    assert_eq!(names(&there.not_mentioned), names(&back.learn));
    assert_eq!(names(&there.keep), names(&back.keep));
    let all = there.keep.len()
        + there.raise.len()
        + there.lower.len()
        + there.learn.len()
        + there.not_mentioned.len();
    assert_eq!(all, skills("").skills.len());
    let soft = moved("--from po --to pm --kind soft");
    assert!(
        soft.keep.iter().chain(&soft.learn).chain(&soft.not_mentioned).all(|change| change.kind == "soft")
    );
}

/// A role's part of a skill: nothing, words alone, or a level, with words as well.
fn need(role: &str, says: &str) -> Option<String> {
    match says {
        "" => None,
        "words" => Some(format!("{{id: {role}-ID, roles: [{role}], text: What {role} says}}")),
        "shared words" => (role == "old").then(|| "{id: both-ID, roles: [old, new], text: Both}".to_owned()),
        level => Some(format!("{{id: {role}-ID, roles: [{role}], text: As {role}, level: {level}}}")),
    }
}

/// Two roles agree where both have a level and it is the same, whatever else they say; else where they have the same
/// statements. Only a higher level is more than what somebody has.
#[test]
fn levels_decide_who_agrees_and_what_a_move_raises() {
    let table = [
        ("low", "low", "shared", "keep"),
        ("low", "high", "different", "raise"),
        ("high", "low", "different", "lower"),
        ("words", "words", "different", "keep"),
        ("shared words", "shared words", "shared", "keep"),
        ("words", "low", "different", "raise"),
        ("low", "words", "different", "keep"),
        ("", "low", "partial", "learn"),
        ("high", "", "partial", "leave"),
        ("words", "", "partial", "not mentioned"),
    ];
    let skill = |(row, (old, new, ..)): (usize, &(&str, &str, &str, &str))| {
        let statements: Vec<String> = need("old", old).into_iter().chain(need("new", new)).collect();
        let statements = statements.join(", ").replace("ID", &row.to_string());
        format!(
            "  - {{id: s{row}, title: S{row}, skill: {{kind: k, scale: s}}, statements: [{statements}]}}\n"
        )
    };
    let skills: String = table.iter().enumerate().map(skill).collect();
    let dataset = format!(
        "rolebook: 1\nid: a\ntitle: A\nroles: [{{id: old, title: Old}}, {{id: new, title: New}}]\n\
         scales: [{{id: s, title: S, levels: [{{id: low, title: Low}}, {{id: high, title: High}}]}}]\n\
         sections:\n- id: skills\n  title: Skills\n  aspects:\n{skills}"
    );
    let given = |command: &str| rolebook(command).args("-d -").stdin(dataset.clone());
    let compared: Compare = answered("rolebook.compare/1", given("compare"));
    let moved: Move = answered("rolebook.move/1", given("skills --from old --to new"));
    let becomes = |skill: &str| {
        let groups = [
            ("keep", &moved.keep),
            ("raise", &moved.raise),
            ("lower", &moved.lower),
            ("learn", &moved.learn),
            ("leave", &moved.leave),
            ("not mentioned", &moved.not_mentioned),
        ];
        let of_skill =
            groups.iter().filter(|(_, changes)| changes.iter().any(|change| change.skill == skill));
        of_skill.map(|(name, _)| *name).collect::<Vec<_>>()
    };
    for (aspect, (old, new, relation, change)) in compared.sections[0].aspects.iter().zip(table) {
        assert_eq!(aspect.relation, relation, "{old:?} and {new:?}");
        assert_eq!(becomes(&aspect.id), [change], "from {old:?} to {new:?}");
    }
    assert_eq!(compared.counts.aspects, table.len());
}

/// All ways to answer a quiz, including skipped questions.
fn all_answers(questions: &Questions) -> Vec<Vec<(&Question, Option<&Choice>)>> {
    questions.questions.iter().fold(vec![Vec::new()], |before, question| {
        let choices = || question.options.iter().map(Some).chain([None]);
        let longer = before.iter().flat_map(|answers| {
            choices().map(|choice| answers.iter().copied().chain([(question, choice)]).collect())
        });
        longer.collect()
    })
}

#[test]
fn every_way_to_answer_is_scored_as_promised() {
    let questions = questions("career");
    let cautions = profiles_of_section("drawbacks");
    for answers in all_answers(&questions) {
        let arguments: Vec<String> = answers
            .iter()
            .map(|(question, choice)| {
                format!("--answer {}={}", question.id, choice.map_or("", |choice| &choice.id))
            })
            .collect();
        let result = quiz(&arguments.join(" "));
        assert_result(&result, &questions, &answers);
        for caution in &result.cautions {
            assert!(cautions.contains(&caution.id), "{} is no drawback", caution.id);
            assert!(caution.roles.iter().all(|role| result.recommended.contains(role)));
        }
        assert_eq!(result.cautions.is_empty(), result.recommended.is_empty(), "{arguments:?}");
    }
}

/// The ids of the statements of a section.
fn profiles_of_section(section: &str) -> Vec<String> {
    let document = compare(&format!("--section {section}"));
    let aspects = document.sections.into_iter().flat_map(|section| section.aspects);
    let statements = aspects.flat_map(|aspect| aspect.statements.0).flat_map(|(_, statements)| statements);
    statements.map(|statement| statement.id).collect()
}

#[test]
fn the_hiring_quiz_is_scored_as_promised() {
    let questions = questions("hiring");
    let all = all_answers(&questions);
    // Every seventh way: enough to meet each option, in many companies.
    for answers in all.iter().step_by(7) {
        let given = answers.iter().map(|(question, choice)| {
            format!(" --answer {}={}", question.id, choice.map_or("", |choice| &choice.id))
        });
        let result = quiz(&format!("hiring{}", given.collect::<String>()));
        assert_result(&result, &questions, answers);
    }
}

fn assert_result(result: &Quiz, questions: &Questions, answers: &[(&Question, Option<&Choice>)]) {
    assert_eq!(result.quiz, questions.quiz);
    let titles: Vec<_> = result.scores.0.iter().map(|(role, score)| (role, &score.title)).collect();
    let named: Vec<_> = questions.roles.iter().map(|role| (&role.id, &role.title)).collect();
    assert_eq!(titles, named);
    let told: Vec<Answer> = answers
        .iter()
        .map(|(question, choice)| Answer {
            question: question.id.clone(),
            question_title: question.title.clone().unwrap_or_else(|| question.prompt.clone()),
            option: choice.map(|choice| choice.id.clone()),
            option_title: choice.map(|choice| choice.label.clone()),
            rules_out: choice.map(|choice| choice.rules_out.clone()).unwrap_or_default(),
            points: choice.and_then(|choice| choice.points.clone()),
            reason: choice.and_then(|choice| choice.reason.clone()),
        })
        .collect();
    assert_eq!(result.answers, told);
    let notes: Vec<&String> =
        answers.iter().filter_map(|(_, choice)| choice.and_then(|choice| choice.note.as_ref())).collect();
    assert_eq!(result.notes.iter().collect::<Vec<_>>(), notes);

    let counted: Vec<(&Question, &Keyed<u32>)> = answers
        .iter()
        .filter_map(|(question, choice)| Some((*question, choice.and_then(|choice| choice.points.as_ref())?)))
        .collect();
    let deciding: Vec<(&Question, &Choice)> = answers
        .iter()
        .filter_map(|(question, choice)| {
            Some((*question, choice.filter(|choice| !choice.rules_out.is_empty())?))
        })
        .collect();
    assert_fraction(result.coverage, size(counted.len() + deciding.len()), size(answers.len()));
    for (role, score) in &result.scores.0 {
        let points =
            |points: Option<&Keyed<u32>>| points.and_then(|points| points.get(role).copied()).unwrap_or(0);
        let most =
            |question: &Question| question.options.iter().map(|choice| points(choice.points.as_ref())).max();
        let by = deciding.iter().find(|(_, choice)| choice.rules_out.contains(role));
        let by = by.map(|(question, choice)| RuledOutBy {
            question: question.id.clone(),
            question_title: question.title.clone().unwrap_or_else(|| question.prompt.clone()),
            option: choice.id.clone(),
            option_title: choice.label.clone(),
        });
        assert_eq!(score.ruled_out_by, by);
        assert_eq!(score.points, counted.iter().map(|(_, given)| points(Some(given))).sum::<u32>());
        let answered =
            counted.iter().map(|(question, _)| question).chain(deciding.iter().map(|(question, _)| question));
        assert_eq!(score.reachable, answered.filter_map(|question| most(question)).sum::<u32>());
        assert_fraction(score.share, score.points, score.reachable);
    }
    let in_the_running = || result.scores.0.iter().filter(|(_, score)| score.ruled_out_by.is_none());
    let best = in_the_running().map(|(_, score)| score.share).fold(0.0, f64::max);
    let recommended: Vec<&String> = in_the_running()
        .filter(|(_, score)| best > 0.0 && (score.share - best).abs() < f64::EPSILON)
        .map(|(role, _)| role)
        .collect();
    assert_eq!(result.recommended.iter().collect::<Vec<_>>(), recommended);
    assert_eq!(result.tie, recommended.len() > 1);
    assert_eq!(result.respondent, None);
    let replay = result.replay.as_ref().expect("the built-in dataset can be named again");
    let again = replay.iter().fold(rolebook(""), Rolebook::arg);
    assert_eq!(answered::<Quiz>("rolebook.quiz/1", again), *result);
}

/// A role to which no answer gives a point is not among the scores.
#[test]
fn only_roles_that_a_quiz_names_are_scored() {
    for (arguments, scored) in [
        ("quiz path --answer week=code", ["developer", "tech-lead", "manager"].as_slice()),
        ("quiz size --answer people=few", &["developer", "manager"]),
    ] {
        let result: Quiz =
            answered("rolebook.quiz/1", rolebook(arguments).args("-d axes.yaml").folder(&fixtures()));
        assert_eq!(result.scores.keys(), scored, "{arguments}");
    }
}

fn size(items: usize) -> u32 {
    u32::try_from(items).expect("a quiz is short")
}

/// A part of a whole, with four decimals at the most; nothing of nothing is nothing.
fn assert_fraction(number: f64, part: u32, whole: u32) {
    let wanted = if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
    assert!(
        (0.0..=1.0).contains(&number) && (number - wanted).abs() <= 0.00005,
        "{number} of {part}/{whole}"
    );
    assert!(number.to_string().len() <= "0.0000".len(), "{number} has more than four decimals");
}

#[test]
fn export_repeats_the_other_documents() {
    let all = export("");
    let comparison = compare("");
    assert_eq!(all, export("pm po --cite"));
    assert_eq!(all.dataset, comparison.dataset);
    assert_eq!(all.roles, roles("").roles);
    assert_eq!(spread(&all), comparison.sections);
    assert_eq!(all.skills, matrix("").skills.into_iter().map(needing).collect::<Vec<_>>());
    assert_eq!(
        (all.scales, all.sources, all.voices),
        (comparison.scales, comparison.sources, comparison.voices)
    );
    for asked in all.quizzes {
        let quiz = questions(&asked.id);
        assert_eq!(quiz.quiz, Titled { id: asked.id, title: asked.title });
        assert_eq!(quiz.questions, asked.questions);
    }
    assert_eq!(ids(&export("po").roles, |role| &role.id), ["product-owner"]);
}

#[test]
fn an_exported_statement_is_listed_once_with_the_roles_that_hold_and_inherit_it() {
    let of = |command| rolebook(command).arg("-d").arg(fixtures().join("tracks.yaml"));
    for own in [&[][..], &["--own"]] {
        let with = |command| own.iter().fold(of(command), Rolebook::arg);
        let all: Export = answered("rolebook.export/1", with("export"));
        let comparison: Compare = answered("rolebook.compare/1", with("compare"));
        assert_eq!(spread(&all), comparison.sections);
        let statements = || all.sections.iter().flat_map(|one| &one.aspects).flat_map(|one| &one.statements);
        let mut ids: Vec<&str> = statements().map(|statement| statement.id.as_str()).collect();
        ids.sort_unstable();
        assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
        assert_eq!(statements().any(|one| !one.inherited_from.0.is_empty()), own.is_empty());
    }
}

#[test]
fn errors_are_as_promised() {
    for (arguments, code) in [
        ("compare pm chef", "unknown-role"),
        ("compare pm pm", "usage"),
        ("show product-ownr", "unknown-name"),
        ("frobnicate", "usage"),
        ("", "usage"),
        ("quiz", "no-terminal"),
        ("export -o /proc/self/status/none", "output"),
    ] {
        let run = rolebook(arguments).args("--message-format json").run();
        let failure: Failure = read("rolebook.error/1", &run.command, &run.stderr);
        assert_eq!(run.stdout, "", "{}", run.command);
        assert_eq!((run.code, failure.exit), (Some(2), 2), "{}", run.command);
        assert_eq!(failure.code, code, "{}", run.command);
        assert!(!failure.message.is_empty() && !failure.message.ends_with('.'), "{}", failure.message);
        let wanted: &[&str] = if arguments == "show product-ownr" { &["product-owner"] } else { &[] };
        assert_eq!(failure.candidates, wanted, "{}", run.command);
    }
}
