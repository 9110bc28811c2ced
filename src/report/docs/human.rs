//! How generated blocks are reported to people: each place with something to do, its diff, and a tally.

use std::fmt::Write;

use anstyle::{AnsiColor, Effects, Style};

use super::{BlockEntry, BlockState, DocsReport, ErrorEntry, FileEntry};
use crate::text::{counted, visible_exact, visible_line};

impl DocsReport {
    /// The result line by line: every place where something is to be done, with what would change, and a tally.
    /// Nothing where there is nothing to do but what was done.
    pub fn human(&self, color: bool) -> String {
        let mut out = String::new();
        let styles = Styles { color };
        let mut errors: Vec<&ErrorEntry> = self.errors.iter().collect();
        for file in &self.files {
            let (here, elsewhere): (Vec<&ErrorEntry>, _) =
                errors.into_iter().partition(|error| error.file == file.path);
            errors = elsewhere;
            let mut here = here.into_iter().peekable();
            for block in &file.blocks {
                while let Some(error) = here.next_if(|error| error.line < Some(block.line)) {
                    styles.error(&mut out, error);
                }
                if matches!(block.state, BlockState::Stale | BlockState::Edited) {
                    styles.block(&mut out, file, block);
                }
            }
            here.for_each(|error| styles.error(&mut out, error));
        }
        for error in errors {
            styles.error(&mut out, error);
        }
        if let Some(tally) = self.tally() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&tally);
            out.push('\n');
        }
        if self.has_errors() {
            let is_held_back = self.errors.iter().any(|error| error.line.is_some());
            let rest = if is_held_back { ": a file with an error is not written." } else { "." };
            let _ = writeln!(out, "{}{rest}", counted(self.errors.len(), "error"));
        }
        if let Some(repair) = &self.repair {
            let _ = writeln!(out, "{}: {}", repair.label(), visible_line(&repair.command));
        }
        out
    }
}

/// What is marked by colour.
#[derive(Clone, Copy)]
struct Styles {
    color: bool,
}

const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const CYAN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const BOLD: Style = Style::new().effects(Effects::BOLD);

impl Styles {
    fn marked(self, style: Style, text: &str) -> String {
        if self.color && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn error(self, out: &mut String, error: &ErrorEntry) {
        let label = self.marked(RED.effects(Effects::BOLD), &format!("error[{}]:", error.code));
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}: {label} {}",
            self.marked(BOLD, &visible_line(&error.place())),
            visible_line(&error.message)
        );
        if let Some(help) = &error.help {
            let _ = writeln!(out, "  {} {}", self.marked(CYAN, "help:"), visible_line(help));
        }
    }

    fn block(self, out: &mut String, file: &FileEntry, block: &BlockEntry) {
        let place = format!("{}:{}", visible_line(&file.path), block.line);
        let state = self.marked(RED.effects(Effects::BOLD), &format!("{}:", block.state.name()));
        let _ = writeln!(out, "{}: {state} {}", self.marked(BOLD, &place), visible_line(&block.command));
        let diff = block.diff.as_deref().unwrap_or_default();
        // Line ends are of interest where they change, and a nuisance elsewhere.
        let mut changed = diff.split('\n').filter(|line| line.starts_with(['-', '+'])).skip(2);
        let is_crlf = |line: &str| line.ends_with('\r');
        let first = changed.next().is_some_and(is_crlf);
        let shows_returns = changed.any(|line| is_crlf(line) != first);
        for line in diff.split_terminator('\n') {
            let style = match line.chars().next() {
                Some('-') => RED,
                Some('+') => GREEN,
                Some('@') => CYAN,
                _ => Style::new(),
            };
            let shown = if shows_returns { line } else { line.strip_suffix('\r').unwrap_or(line) };
            let _ = writeln!(out, "{}", self.marked(style, &visible_exact(shown)));
        }
    }
}
