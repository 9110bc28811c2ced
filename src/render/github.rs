//! GitHub workflow commands, which GitHub shows as annotations on the lines of a change.

use std::fmt::Write;

use crate::diagnostic::{Annotation, Severity};
use crate::text::visible_exact;

/// Renders annotations, one per line.
pub(super) fn render(annotations: &[Annotation<'_>]) -> String {
    let mut out = String::new();
    for Annotation { code, severity, message, file, place } in annotations {
        let command = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = write!(out, "::{command} ");
        // The built-in dataset is not a file in the repository.
        if let Some(path) = file {
            let _ = write!(out, "file={},", property(path));
        }
        if let Some(place) = place {
            let _ = write!(out, "line={},col={},", place.line, place.column);
            if place.end_line == place.line {
                let _ = write!(out, "endLine={},endColumn={},", place.end_line, place.end_column);
            }
        }
        let _ = writeln!(out, "title={}::{}", property(code), data(message));
    }
    out
}

/// Escapes the message, which follows the second `::`.
fn data(text: &str) -> String {
    // Line by line, because line breaks are percent-encoded rather than made visible.
    let lines: Vec<_> = text.split('\n').map(|line| visible_exact(line.trim_end_matches('\r'))).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// Escapes the value of a property, in which `:` and `,` are special too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::diagnostic::{Annotation, Checked, Code, Diagnostic};

    #[test]
    fn what_means_something_to_github_is_escaped() {
        let found = Diagnostic::new(Code::WrongType, 3..4, "100 %, a: b\r\n::error::x");
        let checked =
            Checked::new("a,b:c%.yaml".into(), Some("a,b:c%.yaml".into()), "é\nxy".into(), vec![found]);
        assert_eq!(
            render(&checked.problems().map(Annotation::from).collect::<Vec<_>>()),
            "::error file=a%2Cb%3Ac%25.yaml,line=2,col=1,endLine=2,endColumn=2,title=wrong-type\
             ::100 %25, a: b%0A::error::x\n"
        );
    }
}
