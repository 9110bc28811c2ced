//! What the fuzz targets share: how bytes become a dataset, how the reader and `check` are held against each other,
//! and how a dataset is put to use.

use std::fs;

use rolebook::analysis::compare::compare;
use rolebook::analysis::quiz::score;
use rolebook::analysis::skills::matrix;
use rolebook::dataset::{Input, Source, check, read};
use rolebook::diagnostic::{Checked, Code, Severity};
use rolebook::doc::Report;
use rolebook::model::{Dataset, Quiz, Role};
use rolebook::render::{Format, TerminalOptions, render};
use rolebook::report::compare::CompareReport;
use rolebook::report::export::ExportReport;
use rolebook::report::questions::QuestionsReport;
use rolebook::report::quiz::QuizReport;
use rolebook::report::role::RoleReport;
use rolebook::report::roles::RolesReport;
use rolebook::report::skill_move::MoveReport;
use rolebook::report::skills::SkillsReport;

pub const FORMATS: [Format; 6] =
    [Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Markdown, Format::Html];

/// A text as if it had been loaded from a file of this name.
pub fn text(name: &str, text: &str) -> Input {
    Input::new(Source::named(name), text.to_owned())
}

/// Bytes as if they had been loaded from a file of this name; none where they are no UTF-8, which must be said.
///
/// # Panics
///
/// Where they are no UTF-8, and a file that holds them is taken for text.
pub fn input(name: &str, bytes: &[u8]) -> Option<Input> {
    if let Ok(valid) = str::from_utf8(bytes) {
        return Some(text(name, valid));
    }
    let folder = tempfile::tempdir().expect("there is a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("it takes a file");
    let error = Source::named(path).load().expect_err("it is no UTF-8");
    assert_eq!(error.code().name(), "not-utf-8");
    None
}

/// What `check` finds.
///
/// # Panics
///
/// Where the reader judges otherwise, or a mistake has no place in the text.
pub fn checked(input: &Input) -> Checked {
    let checked = check(input, &[]);
    let refused = read(input).err();
    assert_eq!(errors(&checked), refused.as_ref().map(errors).unwrap_or_default());
    assert_eq!(checked.count(Severity::Error) > 0, refused.is_some());
    for (diagnostic, place) in checked.placed() {
        assert!(checked.text.get(diagnostic.at.clone()).is_some(), "{diagnostic:?}");
        assert!(place.line > 0 && place.column > 0 && place.line <= place.end_line, "{place:?}");
    }
    checked
}

fn errors(checked: &Checked) -> Vec<Code> {
    let codes = checked.diagnostics.iter().map(|diagnostic| diagnostic.code);
    codes.filter(|code| code.severity() == Severity::Error).collect()
}

/// Does with a dataset whatever the program does, and writes it in one format, which the choice decides.
pub fn put_to_use(dataset: &Dataset<'_>, choice: usize) {
    let format = FORMATS[choice % FORMATS.len()];
    let look = TerminalOptions { width: 20 + choice % 100, color: choice.is_multiple_of(2) };
    let roles: Vec<&Role<'_>> = dataset.roles.iter().collect();
    let compared = compare(dataset, &roles, |_, _, _| true);
    write(&ExportReport::new(dataset, &roles, &compared, true), format, look);
    write(&CompareReport::new(dataset, &roles, &compared, false), format, look);
    write(&RolesReport::new(dataset, None, "<fuzz>".to_owned()), format, look);
    for role in roles.iter().take(3) {
        write(&RoleReport::new(dataset, role, true), format, look);
    }
    let skills = matrix(dataset, &roles, |_| true);
    write(&SkillsReport::new(dataset, &roles, &skills, true), format, look);
    if let [from, to, ..] = roles[..] {
        let skills = matrix(dataset, &[from, to], |_| true);
        write(&MoveReport::new(dataset, from, to, &skills, true), format, look);
    }
    for quiz in &dataset.quizzes {
        write(&QuestionsReport::new(dataset, quiz), format, look);
        write(&result(dataset, quiz, choice), format, look);
    }
}

/// The result of a quiz in which every question has the answer of this number, or is skipped where there is none.
fn result<'d>(dataset: &'d Dataset<'_>, quiz: &'d Quiz<'_>, choice: usize) -> QuizReport<'d> {
    let answer = |(number, options): (usize, usize)| (number + choice) % (options + 1);
    let counts = quiz.questions.iter().map(|question| question.options.len()).enumerate().map(answer);
    let answers: Vec<_> =
        quiz.questions.iter().zip(counts).map(|(question, option)| question.options.get(option)).collect();
    let outcome = score(dataset, quiz, &answers);
    QuizReport::new(dataset, quiz, &answers, &outcome, Some(Vec::new()))
}

/// Writes a result.
///
/// # Panics
///
/// Where the text does not end as a text ends.
pub fn write(report: &impl Report, format: Format, look: TerminalOptions) {
    let written = render(report, format, look);
    assert!(written.is_empty() || written.ends_with('\n'), "{written:?}");
}

/// The texts that bytes hold, divided by a byte that is in no text.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    bytes.split(|byte| *byte == 0xff).map(|text| String::from_utf8_lossy(text).into_owned()).collect()
}
