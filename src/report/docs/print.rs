//! The report on generated blocks for people.

use std::borrow::Cow;

use super::{BlockState, DocsReport, Repair, file, place};
use crate::diagnostic::{Code, Diagnostic, Site};
use crate::doc::{Block, Doc, Entry, Line, Records, Report, Table, Tone};
use crate::text::counted;

impl Report for DocsReport {
    fn doc(&self) -> Doc<'_> {
        let mut doc = Doc::new("Generated blocks");
        if let Some(tally) = self.tally() {
            doc.paragraph(tally);
        }
        doc.table(Table {
            head: ["File", "Line", "State", "Command"].map(Line::from).into(),
            rows: self
                .blocks()
                .map(|(file, block)| {
                    vec![
                        vec![Line::toned(Tone::Code, &*file.path)],
                        vec![block.line.to_string().into()],
                        vec![block.state.name().into()],
                        vec![Line::toned(Tone::Code, &*block.command)],
                    ]
                })
                .collect(),
        });
        if !self.errors.is_empty() {
            doc.heading(2, "Errors");
            doc.table(Table {
                head: ["File", "Line", "Code", "Message"].map(Line::from).into(),
                rows: self
                    .errors
                    .iter()
                    .map(|error| {
                        vec![
                            vec![Line::toned(Tone::Code, file(error))],
                            line(error).map(|line| line.to_string().into()).into_iter().collect(),
                            vec![Line::toned(Tone::Code, error.code.name())],
                            vec![error.message.as_str().into()],
                        ]
                    })
                    .collect(),
            });
        }
        if let Some(repair) = &self.repair {
            doc.heading(2, repair.label());
            doc.push(Block::Commands(vec![repair.command.as_str().into()]));
        }
        doc
    }

    fn records(&self) -> Records<'_> {
        let rows = self.blocks().map(|(file, block)| {
            [
                file.path.as_str().into(),
                block.line.into(),
                block.command.as_str().into(),
                block.state.name().into(),
                block.diff.as_deref().into(),
            ]
        });
        Records::new(&["file", "line", "command", "state", "diff"], rows)
    }

    /// Every block that needs attention, with a diff, and a tally. Empty if nothing is left to do.
    fn entries(&self) -> Option<Vec<Entry<'_>>> {
        let mut entries = Vec::new();
        let mut errors: Vec<&Diagnostic<Site<'_>>> = self.errors.iter().collect();
        for file in &self.files {
            let (here, elsewhere): (Vec<&Diagnostic<Site<'_>>>, _) =
                errors.into_iter().partition(|error| super::file(error) == file.path);
            errors = elsewhere;
            let mut here = here.into_iter().peekable();
            for block in &file.blocks {
                while let Some(error) = here.next_if(|error| line(error) < Some(block.line)) {
                    entries.push(finding(error));
                }
                if matches!(block.state, BlockState::Stale | BlockState::Edited) {
                    entries.push(Entry::Finding {
                        place: format!("{}:{}", file.path, block.line).into(),
                        label: block.state.name().into(),
                        text: block.command.as_str().into(),
                        help: None,
                    });
                    entries.push(Entry::Diff(block.diff.as_deref().unwrap_or_default()));
                }
            }
            entries.extend(here.map(finding));
        }
        entries.extend(errors.into_iter().map(finding));
        if let Some(tally) = self.tally() {
            if !entries.is_empty() {
                entries.push(Entry::Text(String::new()));
            }
            entries.push(Entry::Text(tally));
        }
        if let Some(first) = self.errors.first() {
            let is_held_back = self.errors.iter().any(|error| error.at.place.is_some());
            let rest = if is_held_back { "; a file with an error is not changed" } else { "" };
            let (count, code) = (counted(self.errors.len(), "error"), first.code.name());
            entries.push(Entry::Text(format!("{count}{rest} · rolebook check --explain {code}")));
        }
        if let Some(repair) = &self.repair {
            entries.push(Entry::Text(format!("{}: {}", repair.label(), repair.command)));
        }
        Some(entries)
    }

    /// The errors, and the blocks that need attention.
    fn problems(&self) -> Vec<Diagnostic<Site<'_>>> {
        let blocks = self.blocks().filter_map(|(file, block)| {
            let (code, found) = match block.state {
                BlockState::Stale => (Code::StaleBlock, "is out of date"),
                BlockState::Edited => (Code::EditedBlock, "was edited by hand"),
                BlockState::Fresh | BlockState::Written => return None,
            };
            let site = Site { file: Some(file.path.as_str().into()), place: Some(block.place) };
            let problem = Diagnostic::new(code, site, format!("`{}` {found}", block.command));
            Some(self.repair.iter().map(Repair::advice).fold(problem, Diagnostic::advice))
        });
        self.errors.iter().cloned().chain(blocks).collect()
    }
}

impl DocsReport {
    /// "1 of 4 blocks is stale"; `None` if there are no blocks, or nothing is left to do.
    fn tally(&self) -> Option<String> {
        let all = self.blocks().count();
        let (stale, edited) = (self.count(BlockState::Stale), self.count(BlockState::Edited));
        let of_all = |count: usize| match (count, all) {
            (1, 1) => "1 block is".to_owned(),
            (1, _) => format!("1 of {all} blocks is"),
            (2, 2) => "Both blocks are".to_owned(),
            _ if count == all => format!("All {all} blocks are"),
            _ => format!("{count} of {all} blocks are"),
        };
        match (stale, edited) {
            (0, 0) if all > 0 && !self.has(BlockState::Written) => Some(format!("{} fresh.", of_all(all))),
            (0, 0) => None,
            (0, edited) => Some(format!("{} edited by hand.", of_all(edited))),
            (stale, 0) => Some(format!("{} stale.", of_all(stale))),
            (stale, edited) => Some(format!("{} stale, and {edited} edited by hand.", of_all(stale))),
        }
    }
}

impl Repair {
    fn advice(&self) -> String {
        let loss = if self.over_edits { "; this overwrites edits made by hand" } else { "" };
        format!("run `{}`{loss}", self.command)
    }

    fn label(&self) -> &'static str {
        if self.over_edits { "To repair, overwriting edits made by hand" } else { "To repair" }
    }
}

fn finding<'d>(problem: &'d Diagnostic<Site<'_>>) -> Entry<'d> {
    Entry::Finding {
        place: place(problem).into(),
        label: format!("error[{}]", problem.code.name()).into(),
        text: problem.message.as_str().into(),
        help: problem.help().map(Cow::from),
    }
}

/// The line of a problem, unless it is about the whole file.
fn line(problem: &Diagnostic<Site<'_>>) -> Option<usize> {
    problem.at.place.map(|place| place.line)
}
