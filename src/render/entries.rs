//! Entries for a terminal: problems with excerpts, findings and diffs, one below the other.

use std::fmt::Write;

use anstyle::{AnsiColor, Effects, Style};

use super::TerminalOptions;
use crate::diagnostic::excerpts;
use crate::doc::Entry;
use crate::text::{visible_exact, visible_line};

const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const CYAN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const BOLD: Style = Style::new().effects(Effects::BOLD);

/// Renders entries in order.
pub(super) fn render(entries: &[Entry<'_>], options: TerminalOptions) -> String {
    let mut out = String::new();
    let styled = |style: Style, text: &str| {
        if options.color && style != Style::new() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    };
    // Writing to a string cannot fail.
    for entry in entries {
        match entry {
            Entry::Mistakes(checked) => out.push_str(&excerpts(checked, options.color, options.width)),
            Entry::Finding { place, label, text, help } => {
                let place = styled(BOLD, &visible_line(place));
                let label = styled(RED.effects(Effects::BOLD), &format!("{label}:"));
                let _ = writeln!(out, "{place}: {label} {}", visible_line(text));
                if let Some(help) = help {
                    let _ = writeln!(out, "  {} {}", styled(CYAN, "help:"), visible_line(help));
                }
            }
            Entry::Diff(diff) => {
                let shows_returns = has_mixed_line_ends(diff);
                for line in diff.split_terminator('\n') {
                    let style = match line.chars().next() {
                        Some('-') => RED,
                        Some('+') => GREEN,
                        Some('@') => CYAN,
                        _ => Style::new(),
                    };
                    let shown = if shows_returns { line } else { line.strip_suffix('\r').unwrap_or(line) };
                    let _ = writeln!(out, "{}", styled(style, &visible_exact(shown)));
                }
            }
            Entry::Text(text) => {
                let _ = writeln!(out, "{}", visible_line(text));
            }
        }
    }
    out
}

/// Whether a diff changes line ends; if not, it does not show carriage returns.
fn has_mixed_line_ends(diff: &str) -> bool {
    let mut changed = diff.split('\n').filter(|line| line.starts_with(['-', '+'])).skip(2);
    let is_crlf = |line: &str| line.ends_with('\r');
    let first = changed.next().is_some_and(is_crlf);
    changed.any(|line| is_crlf(line) != first)
}
