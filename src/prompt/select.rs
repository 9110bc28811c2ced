//! One question on the screen: what each key does, and the lines to draw. Does not touch the terminal.

use std::ops::Range;

use super::{Choice, NO_WAY_BACK, Reply, table};
use crate::layout::{width, wrap};
use crate::text::{visible, visible_line};

/// Up to so many options, a digit is a whole number and chooses at once.
const DIGITS: usize = 9;
/// The width of the mark before an entry.
const MARK: usize = 2;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Digit(usize),
    Enter,
    Up,
    Down,
    First,
    Last,
    PageUp,
    PageDown,
    Back,
    Help,
    Erase,
    Other,
}

/// How a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emphasis {
    Plain,
    Bold,
    Dim,
    Marked,
}

/// A line of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScreenLine {
    pub(super) text: String,
    pub(super) emphasis: Emphasis,
}

/// What is drawn: at most as many lines as the window has, and the one with the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) lines: Vec<ScreenLine>,
    pub(super) cursor: usize,
}

/// What has to be visible if the window is too small for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Marked,
    Help,
    /// Wherever the user scrolled.
    Scrolled,
}

/// A question that is being answered.
#[derive(Debug)]
pub(super) struct Select<'c> {
    choice: &'c Choice,
    /// The marked entry: an option or, after the last option, the way back.
    marked: usize,
    /// The number typed so far, if a digit does not choose at once.
    typed: Option<usize>,
    /// Replaces the line of keys until the next key.
    notice: Option<String>,
    shows_help: bool,
    view: View,
    /// The first visible line, if the window is too small for everything.
    top: usize,
    /// By how many lines Page Up and Page Down scroll.
    page: usize,
}

impl<'c> Select<'c> {
    pub(super) fn new(choice: &'c Choice) -> Self {
        Self {
            choice,
            marked: choice.ready.unwrap_or(0),
            typed: None,
            notice: None,
            shows_help: false,
            view: View::Marked,
            top: 0,
            page: 1,
        }
    }

    fn options(&self) -> usize {
        self.choice.options.len()
    }

    /// The options and the way back.
    fn entries(&self) -> usize {
        (self.options() + usize::from(self.choice.back.is_some())).max(1)
    }

    /// Does what a key asks for, and returns the reply if that answers the question.
    pub(super) fn press(&mut self, key: Key) -> Option<Reply> {
        self.notice = None;
        let typed = self.typed.take();
        if !matches!(key, Key::PageUp | Key::PageDown) {
            self.view = View::Marked;
        }
        let last = self.entries().saturating_sub(1);
        match key {
            Key::Digit(digit) => return self.digit(typed, digit),
            Key::Enter if self.marked < self.options() => return Some(Reply::Chosen(self.marked)),
            Key::Enter | Key::Back => {
                if self.choice.back.is_some() {
                    return Some(Reply::Back);
                }
                self.notice = Some(NO_WAY_BACK.to_owned());
            }
            Key::Up => self.marked = self.marked.checked_sub(1).unwrap_or(last),
            Key::Down => self.marked = if self.marked < last { self.marked + 1 } else { 0 },
            Key::First => self.marked = 0,
            Key::Last => self.marked = last,
            Key::PageUp => self.scroll(self.top.saturating_sub(self.page)),
            Key::PageDown => self.scroll(self.top + self.page),
            Key::Help => {
                self.shows_help = !self.shows_help;
                if self.shows_help {
                    self.view = View::Help;
                }
            }
            Key::Erase | Key::Other => {}
        }
        None
    }

    fn scroll(&mut self, top: usize) {
        self.view = View::Scrolled;
        self.top = top;
    }

    fn digit(&mut self, typed: Option<usize>, digit: usize) -> Option<Reply> {
        let is_option = |number: &usize| (1..=self.options()).contains(number);
        // A number that would be too large starts again with this digit.
        let longer = typed.map(|typed| typed.saturating_mul(10).saturating_add(digit));
        let number = longer.filter(is_option).or(Some(digit).filter(is_option));
        let Some(place) = number.and_then(|number| number.checked_sub(1)) else {
            self.notice = Some(format!("There is no option {digit}."));
            return None;
        };
        if self.options() <= DIGITS {
            return Some(Reply::Chosen(place));
        }
        self.marked = place;
        self.typed = number;
        None
    }

    /// The lines for a window of this size, below an introduction.
    pub(super) fn frame(&mut self, intro: &[ScreenLine], columns: usize, rows: usize) -> Frame {
        let mut lines: Vec<ScreenLine> = Vec::new();
        let mut add = |emphasis: Emphasis, text: &str| {
            lines.extend(
                wrap(&visible(text), columns)
                    .into_iter()
                    .map(|line| ScreenLine { text: line.to_owned(), emphasis }),
            );
        };
        for line in intro {
            add(line.emphasis, &line.text);
        }
        add(Emphasis::Bold, &self.choice.heading);
        add(Emphasis::Plain, &self.choice.prompt);
        if let Some(help) = &self.choice.help {
            add(Emphasis::Dim, help);
        }
        let marked = self.add_entries(&mut lines, columns);
        let help = lines.len();
        if self.shows_help {
            lines.push(ScreenLine { text: String::new(), emphasis: Emphasis::Plain });
            lines.extend(
                table(&self.keys(), columns)
                    .into_iter()
                    .map(|text| ScreenLine { text, emphasis: Emphasis::Dim }),
            );
        }
        let help = help..lines.len();

        let keys = self.footer();
        let footer = fitted(&keys, columns);
        // An empty line separates the keys.
        if lines.len() + footer.len() < rows {
            self.top = 0;
            lines.push(ScreenLine { text: String::new(), emphasis: Emphasis::Plain });
            lines.extend(footer.into_iter().map(|text| ScreenLine { text, emphasis: Emphasis::Dim }));
            return Frame { lines, cursor: marked.start };
        }
        let room = rows.saturating_sub(1).max(1);
        self.page = room.saturating_sub(1).max(1);
        let shown = match self.view {
            View::Marked => &marked,
            View::Help => &help,
            View::Scrolled => &(self.top..self.top),
        };
        self.top = window(self.top, room, lines.len(), shown);
        let is_end = self.top + room >= lines.len();
        let mut lines: Vec<ScreenLine> = lines.into_iter().skip(self.top).take(room).collect();
        if rows > 1 {
            let is_said = self.notice.is_some() || self.typed.is_some();
            let keys = if is_said { keys } else { self.short_footer(is_end) };
            let text = fitted(&keys, columns).into_iter().next().unwrap_or_default();
            lines.push(ScreenLine { text, emphasis: Emphasis::Dim });
        }
        let cursor = marked.start.saturating_sub(self.top).min(lines.len().saturating_sub(1));
        Frame { lines, cursor }
    }

    /// Adds the options and the way back, and returns the lines of the marked entry.
    fn add_entries(&self, lines: &mut Vec<ScreenLine>, columns: usize) -> Range<usize> {
        let mut marked = 0..0;
        let digits = self.options().to_string().len();
        let numbers = (1_usize..).map(|number| format!("{number:>digits$}. "));
        let back = self.choice.back.iter().map(|label| (format!("{:>digits$}. ", "b"), label));
        let entries = numbers.zip(&self.choice.options).chain(back);
        for (place, (lead, label)) in entries.enumerate() {
            let is_marked = place == self.marked;
            let mark = if is_marked { "> " } else { "  " };
            let emphasis = if is_marked { Emphasis::Marked } else { Emphasis::Plain };
            let start = lines.len();
            let indent = MARK + lead.len();
            let label = visible_line(label);
            for (number, text) in wrap(&label, columns.saturating_sub(indent)).into_iter().enumerate() {
                let text =
                    if number == 0 { format!("{mark}{lead}{text}") } else { format!("{:indent$}{text}", "") };
                lines.push(ScreenLine { text, emphasis });
            }
            if is_marked {
                marked = start..lines.len();
            }
        }
        marked
    }

    /// The keys below the question, or what to say instead.
    fn footer(&self) -> Vec<String> {
        if let Some(notice) = &self.notice {
            return vec![notice.clone()];
        }
        if let Some(typed) = self.typed {
            return vec![format!("{typed}: Enter to choose")];
        }
        let mut keys = match self.options() {
            0 | 1 => vec!["1 choose".to_owned()],
            options @ ..=DIGITS => vec![format!("1–{options} choose"), "↑ ↓ move".to_owned()],
            options => vec![format!("1–{options} or ↑ ↓ move")],
        };
        keys.push("Enter choose".to_owned());
        keys.extend(self.choice.back.as_ref().map(|_| "b back".to_owned()));
        keys.extend(["? help".to_owned(), "q leave".to_owned()]);
        keys
    }

    /// As [`Select::footer`], if the window is too small for everything: the most important comes first.
    fn short_footer(&self, is_end: bool) -> Vec<String> {
        let more = match (self.top, is_end) {
            (0, true) => None,
            (0, false) => Some("↓ more"),
            (_, true) => Some("↑ more"),
            (_, false) => Some("↑ ↓ more"),
        };
        more.into_iter().chain(["? help", "q leave"]).map(str::to_owned).collect()
    }

    /// All keys, and what they do.
    fn keys(&self) -> Vec<(String, String)> {
        let options = self.options();
        let number = match options {
            0 | 1 => ("1".to_owned(), "Choose the option"),
            ..=DIGITS => (format!("1 to {options}"), "Choose an option at once"),
            _ => (format!("1 to {options}"), "Go to an option; Enter chooses it"),
        };
        let mut keys = vec![
            number,
            ("↑ ↓ or k j".to_owned(), "Go to another option"),
            ("Home End".to_owned(), "Go to the first or the last option"),
            ("Enter".to_owned(), "Choose the marked option"),
            ("PgUp PgDn".to_owned(), "Scroll, if the window is too small"),
            ("?".to_owned(), "Show or hide the keys"),
            ("q or Esc".to_owned(), "Leave without a result"),
        ];
        if let Some(back) = &self.choice.back {
            keys.insert(4, ("b".to_owned(), back));
        }
        keys.into_iter().map(|(key, what)| (key, what.to_owned())).collect()
    }
}

/// The first visible line: moved as little as possible so that these lines are visible, their beginning above all.
fn window(top: usize, room: usize, lines: usize, shown: &Range<usize>) -> usize {
    let top = top.max(shown.end.saturating_sub(room)).min(shown.start);
    top.min(lines.saturating_sub(room))
}

/// Joins texts with two spaces, in as few lines as possible. Texts that are too wide are wrapped.
fn fitted(texts: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(text) <= columns => {
                line.extend(["  ", text]);
            }
            _ => lines.extend(wrap(text, columns).into_iter().map(str::to_owned)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Emphasis, Key, ScreenLine, Select};
    use crate::layout::{NARROWEST, width};
    use crate::prompt::Choice;

    fn any_key() -> impl Strategy<Value = Key> {
        use Key::{Back, Digit, Down, Erase, First, Help, Last, Other, PageDown, PageUp, Up};
        let digit = (0..10_usize).prop_map(Digit);
        let other =
            prop::sample::select(vec![Up, Down, First, Last, PageUp, PageDown, Back, Help, Erase, Other]);
        prop_oneof![digit, other]
    }

    fn any_choice() -> impl Strategy<Value = Choice> {
        let label = || "[a-z日👩 ]{1,90}";
        let options = prop::collection::vec(label(), 1..15);
        (label(), prop::option::of(label()), options, prop::option::of(label())).prop_map(
            |(prompt, help, options, back)| Choice {
                heading: "Question 1 of 1".to_owned(),
                prompt,
                help,
                options,
                ready: None,
                back,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the question, the keys and the window: nothing is wider or higher than the window, and unless the
        /// user scrolled or asked for help, the marked entry is visible.
        #[test]
        fn a_frame_fits_any_window(
            choice in any_choice(),
            presses in prop::collection::vec((any_key(), NARROWEST..100, 1..40_usize), 1..12),
        ) {
            let intro = [ScreenLine { text: "A quiz".to_owned(), emphasis: Emphasis::Bold }];
            let mut select = Select::new(&choice);
            for (key, columns, rows) in presses {
                let _ = select.press(key);
                let frame = select.frame(&intro, columns, rows);
                prop_assert!(frame.lines.len() <= rows, "{frame:?}");
                for line in &frame.lines {
                    prop_assert!(width(&line.text) <= columns, "{line:?}");
                }
                let cursor = frame.lines.get(frame.cursor);
                prop_assert!(cursor.is_some());
                if !matches!(key, Key::PageUp | Key::PageDown | Key::Help) {
                    let line = cursor.map_or("", |line| line.text.as_str());
                    prop_assert!(line.starts_with("> "), "{frame:?}");
                }
            }
        }
    }
}
