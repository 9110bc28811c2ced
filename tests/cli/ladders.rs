//! Tests that shorthand means the same as its full form: needs, section defaults and roles that build on others.

use std::fmt::Write as _;

use proptest::prelude::*;
use rolebook::check::{check, read};
use rolebook::diagnostic::Code;
use rolebook::format::{Dataset, Input, Origin};
use rolebook::framework::{Framework, Statement};
use serde_json::{Value, json};

use crate::support::rolebook;

/// A ladder in shorthand.
const SHORT: &str = "\
rolebook: 1
id: acme
title: Acme
scales:
  - id: grade
    title: Grade
    levels: [{id: low, title: Low}, {id: mid, title: Mid}, {id: high, title: High}]
families:
  - {id: sre, title: Reliability, tracks: [{id: ic, title: Individual contributor}]}
roles:
  - {id: sre-1, title: SRE 1, family: sre, track: ic, rank: 1}
  - {id: sre-2, title: SRE 2, family: sre, track: ic, rank: 2, builds_on: [sre-1]}
  - {id: sre-3, title: SRE 3, family: sre, track: ic, rank: 3, builds_on: [sre-2]}
sections:
  - id: technical
    title: Technical skills
    skill: {kind: technical, scale: grade}
    aspects:
      - id: incidents
        title: Incidents
        skill:
          descriptors: {low: Follows the runbook, high: Leads}
          needs: {sre-1: low, sre-3: high}
      - id: on-call
        title: On call
        skill: {kind: soft}
        statements:
          - {id: shadows, roles: [sre-1], text: Shadows the rota}
          - {roles: [sre-2], text: Takes part in the rota, replaces: [shadows]}
          - {roles: [sre-3], text: Plans the rota}
";

/// The same ladder written out in full.
const LONG: &str = "\
rolebook: 1
id: acme
title: Acme
scales:
  - id: grade
    title: Grade
    levels: [{id: low, title: Low}, {id: mid, title: Mid}, {id: high, title: High}]
families:
  - {id: sre, title: Reliability, tracks: [{id: ic, title: Individual contributor}]}
roles:
  - {id: sre-1, title: SRE 1, family: sre, track: ic, rank: 1}
  - {id: sre-2, title: SRE 2, family: sre, track: ic, rank: 2}
  - {id: sre-3, title: SRE 3, family: sre, track: ic, rank: 3}
sections:
  - id: technical
    title: Technical skills
    aspects:
      - id: incidents
        title: Incidents
        skill: {kind: technical, scale: grade}
        statements:
          - {id: incidents-low, roles: [sre-1, sre-2], text: Follows the runbook, level: low}
          - {id: incidents-high, roles: [sre-3], text: Leads, level: high}
      - id: on-call
        title: On call
        skill: {kind: soft, scale: grade}
        statements:
          - {id: shadows, roles: [sre-1], text: Shadows the rota}
          - {id: on-call-2, roles: [sre-2, sre-3], text: Takes part in the rota}
          - {id: on-call-3, roles: [sre-3], text: Plans the rota}
";

/// The same ladder, in shorthand and in full.
pub(crate) const TWINS: [&str; 2] = [SHORT, LONG];

fn framework(text: &str, look: impl FnOnce(&Framework<'_>)) {
    let input = Input::new(Origin::Stdin, text.to_owned());
    look(&read(&input).unwrap_or_else(|errors| panic!("{text}\n{errors:?}")));
}

/// The roles of each statement, by id.
fn holders(framework: &Framework<'_>) -> Vec<(String, Vec<String>)> {
    let aspects = framework.sections.iter().flat_map(|section| &section.aspects);
    let statements = aspects.flat_map(|aspect| &aspect.statements);
    let holders = statements.map(|statement| {
        (statement.id.to_string(), framework.roles_of(statement).map(|role| role.id.to_string()).collect())
    });
    holders.collect()
}

#[test]
fn the_short_way_means_what_the_long_one_says() {
    framework(SHORT, |short| {
        framework(LONG, |long| assert_eq!(holders(short), holders(long)));
    });
    for command in [
        "compare",
        "skills",
        "show sre-3",
        "roles",
        "export",
        "skills --from sre-1 --to sre-3",
        "compare sre-2 sre-3",
    ] {
        let [short, long] = [SHORT, LONG].map(|text| {
            let mut result = rolebook(command).args("-d - --json").stdin(text).run().json();
            forget_bases(&mut result);
            result
        });
        assert_eq!(short, long, "{command}");
    }
}

/// Takes out where statements are inherited from.
fn forget_bases(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("inherited_from");
            object.values_mut().for_each(forget_bases);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_bases),
        _ => {}
    }
}

#[test]
fn results_say_where_a_statement_is_inherited_from() {
    insta::assert_snapshot!(rolebook("compare -d - -f markdown").stdin(SHORT).run());
    insta::assert_snapshot!(rolebook("skills -d - -f csv").stdin(SHORT).run());
    insta::assert_snapshot!(rolebook("show sre-3 -d - --width 80").stdin(SHORT).run());
}

#[test]
fn a_long_chain_is_resolved_and_a_cycle_is_named() {
    let roles = |last: &str| {
        let chain = (1..10_000)
            .map(|number| format!("  - {{id: r{number}, title: R{number}, builds_on: [r{}]}}\n", number - 1));
        format!(
            "rolebook: 1\nid: a\ntitle: A\nroles:\n  - {{id: r0, title: R0{last}}}\n{}sections:\n  - {{id: s, title: S, aspects: [{{id: a, title: A, statements: [{{roles: [r0], text: Works}}]}}]}}\n",
            chain.collect::<String>()
        )
    };
    framework(&roles(""), |framework| {
        let [(_, holders)] = holders(framework).try_into().expect("one statement");
        assert_eq!(holders.len(), 10_000);
        let statement = &framework.sections[0].aspects[0].statements[0];
        let base = framework.base_of(statement, &framework.roles[9_999]);
        assert_eq!(base.map(|base| base.id.as_str()), Some("r0"));
    });
    let broken = Input::new(Origin::Stdin, roles(", builds_on: [r9999]"));
    let errors = read(&broken).expect_err("a cycle");
    assert!(format!("{errors:?}").contains("10000 roles build on each other in a circle"), "{errors:?}");
}

proptest! {
    /// Whatever roles build on: a role holds what its bases hold, unless its own statements replace it, and one level
    /// per skill.
    #[test]
    fn a_role_holds_what_its_bases_hold(
        bases in proptest::collection::vec(proptest::collection::vec(0..8usize, 0..3), 1..8),
        levels in proptest::collection::vec(proptest::option::of(0..3usize), 8),
        replaced in proptest::collection::vec(any::<bool>(), 8),
    ) {
        let mut roles = String::new();
        let mut statements = String::new();
        let mut needs = Vec::new();
        let bases: Vec<Vec<usize>> = bases.iter().enumerate().map(|(role, bases)| {
            let mut below: Vec<usize> = bases.iter().copied().filter(|base| *base < role).collect();
            below.sort_unstable();
            below.dedup();
            below
        }).collect();
        for (role, below) in bases.iter().enumerate() {
            let ids: Vec<String> = below.iter().map(|base| format!("r{base}")).collect();
            writeln!(roles, "  - {{id: r{role}, title: R{role}, builds_on: [{}]}}", ids.join(", ")).expect("text");
            let replaces = below.first().filter(|_| replaced[role]).map(|base| format!(", replaces: [own-{base}]"));
            writeln!(statements, "          - {{id: own-{role}, roles: [r{role}], text: Does {role}{}}}", replaces.unwrap_or_default()).expect("text");
            needs.extend(levels[role].map(|level| format!("r{role}: l{level}")));
        }
        let text = format!(
            "rolebook: 1\nid: a\ntitle: A\nscales:\n  - {{id: s, title: S, levels: [{{id: l0, title: L0}}, {{id: l1, title: L1}}, {{id: l2, title: L2}}]}}\n\
             roles:\n{roles}sections:\n  - id: s\n    title: S\n    aspects:\n      - id: work\n        title: Work\n        statements:\n{statements}\
             \x20     - id: skill\n        title: Skill\n        skill: {{kind: soft, scale: s, needs: {{{}}}}}\n",
            needs.join(", "),
        );
        framework(&text, |framework| {
            let aspects = &framework.sections[0].aspects;
            let held = |role: usize| -> Vec<&str> {
                let role = framework.roles[role].index;
                aspects[0].statements.iter().filter(|one| one.holder(role).is_some()).map(|one| one.id.as_str()).collect()
            };
            let level = |role: usize| -> Vec<usize> {
                let role = framework.roles[role].index;
                let held = aspects[1].statements.iter().filter(|one| one.holder(role).is_some());
                held.map(|one| one.level_id().expect("a level").trim_start_matches('l').parse().expect("a number")).collect()
            };
            for (role, below) in bases.iter().enumerate() {
                let own = format!("own-{role}");
                let gone = below.first().filter(|_| replaced[role]).map(|base| format!("own-{base}"));
                let mut expected: Vec<&str> = below.iter().flat_map(|base| held(*base)).filter(|id| Some(*id) != gone.as_deref()).collect();
                expected.push(&own);
                expected.sort_unstable();
                expected.dedup();
                assert_eq!(held(role), expected, "{text}");
                let highest = below.iter().flat_map(|base| level(*base)).max();
                let expected: Vec<usize> = levels[role].or(highest).into_iter().collect();
                assert_eq!(level(role), expected, "{text}");
            }
        });
    }
}

/// The messages with this code, in order.
fn messages(text: String, code: Code) -> Vec<String> {
    let checked = check(&Input::new(Origin::Stdin, text), &[]);
    let found = checked.diagnostics.iter().filter(|found| found.code == code);
    let mut messages: Vec<String> = found.map(|found| found.message.clone()).collect();
    messages.sort();
    messages
}

/// A replaced statement is not inherited any more by the roles further up.
#[test]
fn what_a_base_replaces_is_not_inherited() {
    let third = |third: &str| {
        format!(
            "rolebook: 1\nid: a\ntitle: A\nroles:\n  - {{id: a1, title: A1}}\n  - {{id: a2, title: A2, builds_on: [a1]}}\n  \
             - {{id: a3, title: A3, builds_on: [a2]}}\nsections:\n  - id: s\n    title: S\n    aspects:\n      - id: work\n        \
             title: Work\n        statements:\n          - {{id: one, roles: [a1], text: Cooks}}\n          \
             - {{id: two, roles: [a2], text: Plans meals, replaces: [one]}}\n          - {{id: three, roles: [a3], {third}}}\n"
        )
    };
    let replacing = third("text: Hires cooks, replaces: [one]");
    assert_eq!(messages(replacing, Code::NotInherited), ["the role `a3` does not inherit `one`"]);
    assert_eq!(messages(third("text: Hires cooks, replaces: [two]"), Code::NotInherited), [""; 0]);
    assert_eq!(messages(third("text: Cooks"), Code::RepeatsInherited), [""; 0]);
    let repeating = third("text: Plans meals");
    assert_eq!(messages(repeating, Code::RepeatsInherited), ["`a3` inherits the same text from `a2`"]);
}

/// A statement of a random ladder: its roles, its text, its level and what it replaces, all by number.
type RandomStatement = (Vec<usize>, usize, Option<usize>, Vec<usize>);

fn random_statement() -> impl Strategy<Value = RandomStatement> {
    let some = |most| proptest::collection::btree_set(0..6usize, 0..=most).prop_map(Vec::from_iter);
    let roles = some(2).prop_map(|roles: Vec<usize>| if roles.is_empty() { vec![0] } else { roles });
    (roles, 0..4usize, proptest::option::weighted(0.3, 0..3usize), some(2))
}

proptest! {
    /// Whatever a dataset says, right or wrong: `check` takes a role to inherit what it does in the framework.
    #[test]
    fn check_agrees_with_the_framework_on_what_is_inherited(
        bases in proptest::collection::vec(proptest::collection::btree_set(0..7usize, 0..3), 6),
        is_tangled in proptest::bool::weighted(0.2),
        statements in proptest::collection::vec(random_statement(), 6),
        needs in proptest::collection::vec(proptest::option::of(0..3usize), 6),
    ) {
        let ids = |letter: &str, numbers: &[usize]| -> Vec<String> {
            numbers.iter().map(|number| format!("{letter}{number}")).collect()
        };
        // With tangled roles there are unknown ones and cycles.
        let bases = bases.iter().enumerate().map(|(role, bases)| {
            bases.iter().copied().filter(|base| is_tangled || *base < role).collect::<Vec<_>>()
        });
        let bases: Vec<Vec<usize>> = bases.collect();
        let roles = bases.iter().enumerate().map(|(role, bases)| json!({
            "id": format!("r{role}"), "title": format!("R{role}"), "builds_on": ids("r", bases),
            "family": "f", "rank": role,
        }));
        let written = statements.iter().enumerate().map(|(number, (roles, text, level, replaces))| {
            let mut one = json!({
                "id": format!("s{number}"), "roles": ids("r", roles), "text": format!("Text {text}"),
                "replaces": ids("s", replaces),
            });
            if let Some(level) = level {
                one["level"] = format!("l{level}").into();
            }
            one
        });
        let needs = needs.iter().enumerate().filter_map(|(role, level)| Some((format!("r{role}"), format!("l{}", (*level)?).into())));
        let needs: serde_json::Map<String, Value> = needs.collect();
        let text = json!({
            "rolebook": 1, "id": "a", "title": "A", "families": [{"id": "f", "title": "F"}],
            "scales": [{"id": "x", "title": "X", "levels": [{"id": "l0", "title": "L0"}, {"id": "l1", "title": "L1"}, {"id": "l2", "title": "L2"}]}],
            "roles": roles.collect::<Value>(),
            "sections": [{"id": "t", "title": "T", "aspects": [
                {"id": "work", "title": "W", "skill": {"kind": "k", "scale": "x", "needs": needs}, "statements": written.collect::<Value>()},
            ]}],
        }).to_string();
        let framework = Framework::resolve(serde_json::from_str::<Dataset<'_>>(&text).expect("the structure is valid"));
        let said = &framework.sections[0].aspects[0].statements;
        let own = |number: usize| said.iter().find(|one| *one.id == *format!("s{number}")).expect("a statement");
        let mut foreign = Vec::new();
        let mut repeated = Vec::new();
        for (number, (roles, _, _, replaces)) in statements.iter().enumerate() {
            for role in roles {
                let known = || bases[*role].iter().filter_map(|base| framework.roles.get(*base));
                let is_inherited = |one: &Statement<'_>| known().any(|base| one.holder(base.index).is_some());
                let missing = replaces.iter().filter(|other| !is_inherited(own(**other)));
                foreign.extend(missing.map(|other| format!("the role `r{role}` does not inherit `s{other}`")));
                let id = format!("r{role}");
                let mut twin = said.iter().filter(|one| one.id.starts_with('s') && one.text == own(number).text);
                let base = twin.find_map(|one| framework.base_of(one, &framework.roles[*role]));
                repeated.extend(base.map(|base| format!("`{id}` inherits the same text from `{}`", base.id)));
            }
        }
        let has_cycle = !messages(text.clone(), Code::InheritanceCycle).is_empty();
        prop_assert!(is_tangled || !has_cycle);
        foreign.retain(|_| !has_cycle);
        let level = |role: &usize| {
            let index = framework.roles[*role].index;
            said.iter().rev().filter(|one| one.holder(index).is_some()).find_map(|one| one.level_id().map(|level| (*role, level)))
        };
        let levels: Vec<(usize, &str)> = (0..6).collect::<Vec<_>>().iter().filter_map(level).collect();
        let falling = levels.windows(2).filter(|two| two[1].1 < two[0].1).map(|two| {
            let (higher, lower) = (two[1], two[0]);
            let rank = lower.0;
            format!(
                "`r{}` needs `{}` of `work`, but `r{}` of the lower rank {rank} needs `{}`",
                higher.0, higher.1, lower.0, lower.1
            )
        });
        for (code, mut expected) in [
            (Code::NotInherited, foreign),
            (Code::RepeatsInherited, repeated),
            (Code::FallingLevel, falling.collect()),
        ] {
            expected.sort();
            prop_assert_eq!(messages(text.clone(), code), expected, "{}", text);
        }
    }
}
