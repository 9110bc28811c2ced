//! Matrices, as an ordinary table or as lines for a terminal, without borders so that a dozen columns fit.

use std::borrow::Cow;

use crate::doc::{Line, Mark, Matrix, Table, Tone};
use crate::layout::{width, wrap};
use crate::text::visible_line;

/// Shown in a cell without a mark.
const NONE: &str = "·";
/// The most columns in one table; a wider matrix is split.
const MOST_COLUMNS: usize = 12;
/// The narrowest column with wrapped titles; narrower columns have letters instead, with a legend.
const NARROWEST_TITLE: usize = 4;
/// Spaces between columns.
const GAP: usize = 2;

/// A matrix as a table of words.
pub(super) fn table<'m>(matrix: &'m Matrix<'_>) -> Table<'m> {
    let head = std::iter::once(&matrix.corner).chain(&matrix.columns);
    let rows = matrix.rows.iter().map(|(title, marks)| {
        let marks = marks.iter().map(|mark| {
            let text = mark.as_ref().map_or(Cow::Borrowed(NONE), Mark::words);
            vec![Line::toned(Tone::Plain, text)]
        });
        std::iter::once(vec![title.clone()]).chain(marks).collect()
    });
    Table { head: head.map(|title| Line::from(title.as_ref())).collect(), rows: rows.collect() }
}

/// A matrix as lines for a terminal of this width, or `None` if not even one column fits. Marks are words if they fit, and
/// numbers otherwise.
pub(super) fn lines(
    matrix: &Matrix<'_>,
    page: usize,
    styled: impl Fn(Tone, &str) -> String,
) -> Option<Vec<String>> {
    let layout = Layout::new(matrix, page);
    if layout.first + GAP + layout.column > page {
        return None;
    }
    let mut lines = Vec::new();
    for start in (0..matrix.columns.len()).step_by(layout.columns.max(1)) {
        if start > 0 {
            lines.push(String::new());
        }
        let shown = start..matrix.columns.len().min(start + layout.columns);
        layout.head(matrix, shown.clone(), &mut lines, |text| styled(Tone::Muted, text));
        for (title, marks) in &matrix.rows {
            let title: String = title.0.iter().map(|span| visible_line(&span.text)).collect();
            let marks = marks.get(shown.clone()).unwrap_or_default();
            for (position, part) in wrap(&title, layout.first).into_iter().enumerate() {
                let mut line = padded(part, layout.first);
                if position == 0 {
                    for mark in marks {
                        let text = layout.mark(mark.as_ref());
                        let tone = if mark.is_none() { Tone::Muted } else { Tone::Plain };
                        line.push_str(&" ".repeat(GAP));
                        line.push_str(&styled(tone, &text));
                        line.push_str(&" ".repeat(layout.column.saturating_sub(width(&text))));
                    }
                }
                lines.push(line);
            }
        }
    }
    Some(lines)
}

struct Layout {
    page: usize,
    /// The width of the column with the row titles.
    first: usize,
    /// The width of each other column.
    column: usize,
    /// The number of these columns in one table.
    columns: usize,
    in_words: bool,
    /// Whether letters replace the column titles, because these are too long.
    letters: bool,
}

impl Layout {
    fn new(matrix: &Matrix<'_>, page: usize) -> Self {
        let titles = matrix
            .rows
            .iter()
            .map(|(title, _)| title.0.iter().map(|span| width(&visible_line(&span.text))).sum::<usize>());
        let longest = titles.chain([width(&visible_line(&matrix.corner))]).max().unwrap_or(0);
        let first = longest.min((page * 2 / 5).max(8)).max(1);
        let room = page.saturating_sub(first);
        let marks = || matrix.rows.iter().flat_map(|(_, marks)| marks).flatten();
        let words = marks().map(|mark| width(&visible_line(&mark.words()))).max().unwrap_or(1);
        let numbers = marks().map(|mark| width(&visible_line(&mark.short()))).max().unwrap_or(1);
        let longest_word = matrix
            .columns
            .iter()
            .flat_map(|title| title.split_whitespace())
            .map(|word| width(&visible_line(word)))
            .max()
            .unwrap_or(1);
        let count = matrix.columns.len();
        let fit = |column: usize| room / (column + GAP);
        // Use words and full titles if all columns fit; otherwise numbers, so that more columns fit.
        let in_words = fit(words.max(longest_word)) >= count;
        let marks = if in_words { words } else { numbers };
        let wanted = count.min(MOST_COLUMNS);
        let with_titles = marks.max(longest_word);
        let letters = fit(with_titles) < wanted && longest_word > NARROWEST_TITLE;
        let column = if letters { marks.max(2) } else { with_titles };
        Self { page, first, column, columns: fit(column).clamp(1, MOST_COLUMNS), in_words, letters }
    }

    fn mark<'m>(&self, mark: Option<&'m Mark<'_>>) -> Cow<'m, str> {
        match mark {
            None => NONE.into(),
            Some(mark) if self.in_words => visible_line(&mark.words()).into_owned().into(),
            Some(mark) => visible_line(&mark.short()).into_owned().into(),
        }
    }

    /// The column titles, wrapped or, if they are too long, as letters with a legend.
    fn head(
        &self,
        matrix: &Matrix<'_>,
        shown: std::ops::Range<usize>,
        lines: &mut Vec<String>,
        muted: impl Fn(&str) -> String,
    ) {
        let titles = matrix.columns.get(shown.clone()).unwrap_or_default();
        let titles: Vec<Cow<'_, str>> = titles.iter().map(|title| visible_line(title)).collect();
        let heads: Vec<Vec<String>> = if self.letters {
            for (title, number) in titles.iter().zip(shown.clone()) {
                let text = format!("{}  {title}", letter(number));
                lines.extend(wrap(&text, self.page).into_iter().map(&muted));
            }
            lines.push(String::new());
            shown.map(|number| vec![letter(number)]).collect()
        } else {
            titles
                .iter()
                .map(|title| wrap(title, self.column).into_iter().map(str::to_owned).collect())
                .collect()
        };
        let corner = visible_line(&matrix.corner);
        let corner = wrap(&corner, self.first).into_iter().map(str::to_owned).collect();
        let height = heads.iter().chain([&corner]).map(Vec::len).max().unwrap_or(1);
        for row in 0..height {
            // Align titles with the bottom line of the header.
            let in_row = |head: &Vec<String>, room| {
                let text = (row + head.len()).checked_sub(height).and_then(|row| head.get(row));
                padded(text.map_or("", String::as_str), room)
            };
            let mut line = in_row(&corner, self.first);
            for head in &heads {
                line.push_str(&" ".repeat(GAP));
                line.push_str(&in_row(head, self.column));
            }
            lines.push(muted(line.trim_end()));
        }
    }
}

/// The letters for a column: A to Z, then AA and so on.
fn letter(number: usize) -> String {
    let (before, last) = (number / 26, u8::try_from(number % 26).unwrap_or_default());
    let last = char::from(b'A' + last);
    match before.checked_sub(1) {
        Some(before) => letter(before) + &last.to_string(),
        None => last.to_string(),
    }
}

fn padded(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}
