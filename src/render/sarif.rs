//! SARIF 2.1.0, which code scanners and editors read.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::Out;
use super::json;
use crate::diagnostic::{Code, Diagnostic, Place, Site};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Finding>,
}

/// Whether every file could be read, and which ones could not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "is_one")]
    occurrence_count: usize,
    locations: Vec<Location>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes problems as one log, with the rules that they break. Of the problems that are not listed, there is a note.
pub(super) fn write(
    problems: &[Diagnostic<Site<'_>>],
    unlisted: Vec<String>,
    out: &mut Out<'_>,
) -> io::Result<()> {
    let mut rules: Vec<Code> = Vec::new();
    let mut indexes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut results = Vec::new();
    let mut notifications = Vec::new();
    for problem in problems {
        let code = problem.code;
        let help = problem.help().map(|help| format!("; {help}")).unwrap_or_default();
        let message = Message { text: format!("{}{help}", problem.message) };
        let level = code.severity().name();
        let locations = location(&problem.at).into_iter().collect();
        // What could not be checked is about the run, not about the file.
        if let (Code::Error(_), None) = (code, problem.at.place) {
            notifications.push(Notification { level, message, locations });
            continue;
        }
        let rule_index = *indexes.entry(code.name()).or_insert_with(|| {
            rules.push(code);
            rules.len().saturating_sub(1)
        });
        let occurrence_count = problem.times;
        results.push(Finding {
            rule_id: code.name(),
            rule_index,
            level,
            message,
            occurrence_count,
            locations,
        });
    }
    let is_complete = notifications.is_empty();
    notifications.extend(unlisted.into_iter().map(|text| Notification {
        level: "note",
        message: Message { text },
        locations: Vec::new(),
    }));
    let log = Log {
        version: "2.1.0",
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "rolebook",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: rules.into_iter().map(rule).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            invocations: [Invocation {
                execution_successful: is_complete,
                tool_execution_notifications: notifications,
            }],
            results,
        }],
    };
    json::write(&log, out)
}

fn rule(code: Code) -> Rule {
    Rule {
        id: code.name(),
        short_description: Message { text: code.title().to_owned() },
        full_description: Message { text: code.page() },
        default_configuration: Configuration { level: code.severity().name() },
    }
}

/// Where a problem is, unless it is in the built-in dataset.
fn location(site: &Site<'_>) -> Option<Location> {
    let region = site.place.map(|Place { line, column, end_line, end_column }| Region {
        start_line: line,
        start_column: column,
        end_line,
        end_column,
    });
    let artifact_location = Artifact { uri: uri(site.file.as_deref()?) };
    Some(Location { physical_location: PhysicalLocation { artifact_location, region } })
}

/// A path as a URI reference, percent-encoded.
fn uri(path: &str) -> String {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.bytes()
        .map(|byte| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("../a b/é:1.yaml"), "../a%20b/%C3%A9%3A1.yaml");
    }
}
