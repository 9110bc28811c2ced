//! Makes every report on a dataset, as the commands do. Shared with the fuzz targets.

use rolebook::analysis::compare::{Holding, compare};
use rolebook::analysis::ladder::ladder;
use rolebook::analysis::quiz::score;
use rolebook::analysis::skills::matrix;
use rolebook::format::Quiz;
use rolebook::framework::{Framework, Role};
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::compare::{CompareReport, Showing};
use rolebook::report::export::ExportReport;
use rolebook::report::ladder::LadderReport;
use rolebook::report::matrix::MatrixReport;
use rolebook::report::questions::QuestionsReport;
use rolebook::report::quiz::{DatasetArguments, QuizReport};
use rolebook::report::role::RoleReport;
use rolebook::report::roles::RolesReport;
use rolebook::report::skill::SkillReport;
use rolebook::report::skills::SkillsReport;
use rolebook::report::transition::MoveReport;

/// The formats that every report has.
pub(crate) const FORMATS: [Format; 6] =
    [Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Markdown, Format::Html];

/// Renders every report on a dataset in one format. `choice` decides the format, the width, the colour and the answers.
///
/// # Panics
///
/// If a text does not end with a line break.
pub(crate) fn render_all(dataset: &Framework<'_>, choice: usize) {
    let format = FORMATS[choice % FORMATS.len()];
    let options = TerminalOptions { width: 20 + choice % 100, color: choice.is_multiple_of(2) };
    for written in rendered(dataset, choice, format, options) {
        assert!(written.is_empty() || written.ends_with('\n'), "{written:?}");
    }
}

/// Every report on a dataset in one format. `choice` decides what counts and the answers.
pub(crate) fn rendered(
    dataset: &Framework<'_>,
    choice: usize,
    format: Format,
    options: TerminalOptions,
) -> Vec<String> {
    let mut all = Vec::new();
    let holding = if choice.is_multiple_of(3) { Holding::Own } else { Holding::All };
    let roles: Vec<&Role<'_>> = dataset.roles.iter().collect();
    let compared = compare(dataset, &roles, holding, |_, _, _| true);
    all.push(render(&ExportReport::new(dataset, &roles, compared.clone(), true), format, options));
    all.push(render(&CompareReport::new(dataset, &roles, &compared, Showing::default()), format, options));
    all.push(render(&RolesReport::new(dataset, None, |_| true, "a file".to_owned(), false), format, options));
    for role in roles.iter().take(3) {
        all.push(render(&RoleReport::new(dataset, role, holding, true), format, options));
    }
    for family in dataset.families.iter().take(3) {
        all.push(render(&LadderReport::new(dataset, &ladder(dataset, family)), format, options));
    }
    for section in &dataset.sections {
        for skill in section.aspects.iter().take(3) {
            if let Some(report) = SkillReport::new(dataset, section, skill) {
                all.push(render(&report, format, options));
            }
        }
    }
    let skills = matrix(dataset, &roles, holding, |_| true);
    all.push(render(&SkillsReport::new(dataset, &roles, &skills, true), format, options));
    all.push(render(&MatrixReport::new(dataset, &roles, &skills), format, options));
    if let [from, to, ..] = roles[..] {
        let skills = matrix(dataset, &[from, to], holding, |_| true);
        all.push(render(&MoveReport::new(dataset, from, to, &skills, true), format, options));
    }
    for quiz in &dataset.quizzes {
        all.push(render(&QuestionsReport::new(dataset, quiz), format, options));
        all.push(render(&result(dataset, quiz, choice), format, options));
    }
    all
}

/// The result of a quiz in which each answer depends on `choice`; some questions are skipped.
fn result<'d>(dataset: &'d Framework<'d>, quiz: &'d Quiz<'d>, choice: usize) -> QuizReport<'d> {
    let answer = |(number, options): (usize, usize)| (number + choice) % (options + 1);
    let counts = quiz.questions.iter().map(|question| question.options.len()).enumerate().map(answer);
    let answers: Vec<_> =
        quiz.questions.iter().zip(counts).map(|(question, option)| question.options.get(option)).collect();
    let outcome = score(dataset, quiz, &answers);
    let origin = DatasetArguments { words: Vec::new(), repeat: true };
    QuizReport::new(dataset, quiz, &answers, &outcome, origin)
}
