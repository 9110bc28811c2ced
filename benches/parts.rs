//! Benchmarks of individual parts, run with `cargo bench`. `processes.py` measures whole runs.

#![expect(clippy::expect_used, reason = "a bench without its dataset has nothing to measure")]

use std::fmt::Write;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rolebook::analysis::compare::{ComparedSection, Holding, compare};
use rolebook::check;
use rolebook::format::{Input, Origin};
use rolebook::framework::{Framework, Role};
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::compare::{CompareReport, Showing};

const OPTIONS: TerminalOptions = TerminalOptions { width: 100, color: false };
/// Number of roles in a dataset of about 2 MB.
const ROLES: usize = 100;

fn main() {
    divan::main();
}

/// The built-in dataset, and one of 2 MB.
#[derive(Debug, Clone, Copy)]
enum Size {
    Builtin,
    Large,
}

const SIZES: [Size; 2] = [Size::Builtin, Size::Large];

impl Size {
    fn input(self) -> Input {
        match self {
            Self::Builtin => Origin::Builtin.load().expect("the program carries it"),
            Self::Large => Input::new(Origin::named("large.json"), large()),
        }
    }
}

/// A dataset in which every role has its own statement on each of 100 aspects.
fn large() -> String {
    let mut text = r#"{"rolebook": 1, "id": "large", "title": "Large", "roles": ["#.to_owned();
    let mut add = |piece: std::fmt::Arguments<'_>| text.write_fmt(piece).expect("a string takes all");
    let comma = |place: usize| if place == 0 { "" } else { "," };
    for role in 0..ROLES {
        add(format_args!(r#"{}{{"id": "role-{role}", "title": "Role {role}"}}"#, comma(role)));
    }
    add(format_args!(r#"], "sections": [{{"id": "duties", "title": "Duties", "aspects": ["#));
    for aspect in 0..100 {
        add(format_args!(
            r#"{}{{"id": "aspect-{aspect}", "title": "Aspect {aspect}", "statements": ["#,
            comma(aspect)
        ));
        for role in 0..ROLES {
            add(format_args!(
                r#"{}{{"id": "says-{aspect}-{role}", "roles": ["role-{role}"],
                "text": "Keeps the plan of the quarter in step with what customers of the region ask"}}"#,
                comma(role)
            ));
        }
        add(format_args!("]}}"));
    }
    add(format_args!("]}}]}}"));
    text
}

#[divan::bench(args = SIZES)]
fn read(bencher: Bencher<'_, '_>, size: Size) {
    let input = size.input();
    bencher
        .counter(BytesCount::of_str(input.text()))
        .bench_local(|| check::read(black_box(&input)).expect("a dataset"));
}

/// Baseline for `read`: `serde_json` alone, with borrowed text and no checks.
#[divan::bench(args = SIZES)]
fn parse_alone(bencher: Bencher<'_, '_>, size: Size) {
    let input = size.input();
    bencher
        .counter(BytesCount::of_str(input.text()))
        .bench_local(|| serde_json::from_str::<plain::Framework<'_>>(black_box(input.text())).expect("JSON"));
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, size: Size) {
    let input = size.input();
    bencher.counter(BytesCount::of_str(input.text())).bench_local(|| check::check(black_box(&input), &[]));
}

/// The first two roles side by side.
fn two<'d>(dataset: &'d Framework<'d>) -> (Vec<&'d Role<'d>>, Vec<ComparedSection<'d>>) {
    let roles: Vec<&Role<'_>> = dataset.roles.iter().take(2).collect();
    let compared = compare(dataset, &roles, Holding::All, |_, _, _| true);
    (roles, compared)
}

#[divan::bench(args = SIZES)]
fn analyse(bencher: Bencher<'_, '_>, size: Size) {
    let input = size.input();
    let dataset = check::read(&input).expect("a dataset");
    bencher.bench_local(|| {
        let (roles, compared) = two(black_box(&dataset));
        CompareReport::new(&dataset, &roles, &compared, Showing { answer: true, cite: true, brief: None })
    });
}

#[divan::bench(args = [Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Markdown, Format::Html])]
fn write(bencher: Bencher<'_, '_>, format: Format) {
    let input = Size::Builtin.input();
    let dataset = check::read(&input).expect("a dataset");
    let (roles, compared) = two(&dataset);
    let report =
        CompareReport::new(&dataset, &roles, &compared, Showing { answer: true, cite: true, brief: None });
    bencher.bench_local(|| render(black_box(&report), format, OPTIONS));
}

/// The part of a dataset needed to compare two roles.
#[expect(dead_code, reason = "it is made and never looked at")]
mod plain {
    use serde::Deserialize;

    #[derive(Deserialize)]
    pub(super) struct Framework<'d> {
        #[serde(borrow)]
        roles: Vec<Role<'d>>,
        sections: Vec<Section<'d>>,
    }

    #[derive(Deserialize)]
    struct Role<'d> {
        id: &'d str,
        title: &'d str,
    }

    #[derive(Deserialize)]
    struct Section<'d> {
        id: &'d str,
        title: &'d str,
        aspects: Vec<Aspect<'d>>,
    }

    #[derive(Deserialize)]
    struct Aspect<'d> {
        id: &'d str,
        title: &'d str,
        #[serde(borrow)]
        statements: Vec<Statement<'d>>,
    }

    #[derive(Deserialize)]
    struct Statement<'d> {
        id: &'d str,
        #[serde(borrow)]
        roles: Vec<&'d str>,
        text: Option<&'d str>,
    }
}
