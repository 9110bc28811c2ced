//! Test helpers: run the program as a user would, in a clean environment and an empty folder; independent readers and
//! validators.

pub(crate) mod all_reports;
pub(crate) mod mdx;
pub(crate) mod plain_report;
#[cfg(unix)]
pub(crate) mod pseudo_terminal;
pub(crate) mod read_back;
pub(crate) mod schema;

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use proptest::prelude::ProptestConfig;
use rolebook::doc::{Line, Mark, Matrix};
use schema::refusal;
use serde_json::Value;

/// One run of the program, being prepared: no environment, nothing on standard input, no terminal.
#[derive(Debug, Clone)]
pub(crate) struct Rolebook {
    arguments: Vec<OsString>,
    environment: Vec<(String, OsString)>,
    input: Vec<u8>,
    folder: Option<PathBuf>,
}

/// The outcome of a run. `Display` gives a whole snapshot: the command, its exit code and both streams.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) command: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The reports on what the built-in dataset says, each with the options that change what it holds.
pub(crate) const REPORTS: &[&str] = &[
    "compare",
    "compare po pm --cite",
    "compare --section skills --only different",
    "skills",
    "skills --kind soft --cite",
    "skills --from po --to pm",
    "quiz --questions",
    "quiz --answer technical-depth=build --answer people=many --answer customer=",
    "quiz hiring --answer stage=first-days --answer core=core --answer digital=no --answer model=open --answer means=none",
    "export",
    "export pm --cite",
    "roles",
    "show pm",
    "show po --cite",
];

/// The program with these arguments, divided at spaces.
pub(crate) fn rolebook(arguments: &str) -> Rolebook {
    Rolebook {
        arguments: arguments.split_whitespace().map(OsString::from).collect(),
        environment: Vec::new(),
        input: Vec::new(),
        folder: None,
    }
}

/// Few cases for a property that runs the program; `PROPTEST_CASES` asks for more.
pub(crate) fn few(cases: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { default } else { ProptestConfig { cases, ..default } }
}

/// The commands that the program lists in its help.
pub(crate) fn commands() -> Vec<String> {
    let help = rolebook("--help --width 100").run().answer();
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Descriptions go on further to the right.
    let names = listed.filter(|line| !line.starts_with("    "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The formats that the program lists in its help, those for mistakes in files aside: few commands have them.
pub(crate) fn formats() -> Vec<String> {
    let help = rolebook("-h --width 100").run().answer();
    let (_, listed) = help.split_once("--format <FORMAT>").expect("the help tells of --format");
    let (_, listed) = listed.split_once("[possible values: ").expect("the help lists the formats");
    let (listed, _) = listed.split_once(']').expect("the list of formats ends");
    let names = listed.split(',').map(|name| name.trim().to_owned());
    names.filter(|name| !["github", "sarif"].contains(&name.as_str())).collect()
}

/// Runs git in a folder, with nothing but what is in it.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = git.output().expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("git prints text")
}

impl Rolebook {
    /// Adds one argument as it is.
    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds arguments, divided at spaces.
    pub(crate) fn args(mut self, arguments: &str) -> Self {
        self.arguments.extend(arguments.split_whitespace().map(OsString::from));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn stdin(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// The command as the system is to run it; for tests that need other streams.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rolebook"));
        command.args(&self.arguments).env_clear();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.folder.as_deref().unwrap_or(Path::new("/")));
        command
    }

    pub(crate) fn run(self) -> Run {
        let mut command = self.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A program that ignores its input may exit before it is written.
        let _ = child.stdin.take().expect("standard input is a pipe").write_all(&self.input);
        let output = child.wait_with_output().expect("the program ends");
        self.ran(output)
    }

    fn ran(self, Output { status, stdout, stderr }: Output) -> Run {
        let words = self.arguments.iter().map(|argument| argument.to_string_lossy().into_owned());
        Run {
            command: std::iter::once("rolebook".to_owned()).chain(words).collect::<Vec<_>>().join(" "),
            code: status.code(),
            stdout: String::from_utf8(stdout).expect("standard output is text"),
            stderr: String::from_utf8(stderr).expect("standard error is text"),
        }
    }
}

impl Run {
    /// The result, if there is one: exit 0 and nothing on standard error.
    pub(crate) fn answer(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{}", self.command);
        self.stdout
    }

    /// The result as JSON; a document of rolebook's keeps its schema.
    pub(crate) fn json(self) -> Value {
        let command = self.command.clone();
        let json: Value = serde_json::from_str(&self.answer()).expect("the result is JSON");
        let name = json["schema"].as_str().and_then(|schema| schema.strip_prefix("rolebook."));
        if let Some(name) = name.and_then(|name| name.strip_suffix("/1")) {
            assert_eq!(refusal(name, &json), None, "{command}");
        }
        json
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        writeln!(f, "$ {}\nexit code: {code}", self.command)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                // Escape sequences are to be seen.
                write!(f, "----- {name}\n{}", text.replace('\x1b', "␛"))?;
                if !text.ends_with('\n') {
                    writeln!(f, "(no line break at the end)")?;
                }
            }
        }
        Ok(())
    }
}

/// The folder of the datasets that tests read.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A value as block YAML, its texts in quotes.
pub(crate) fn block_yaml(value: &Value) -> String {
    fn write(value: &Value, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        let written = match value {
            Value::Array(items) if !items.is_empty() => items
                .iter()
                .try_for_each(|item| write!(out, "\n{pad}-").map(|()| write(item, indent + 2, out))),
            Value::Object(entries) if !entries.is_empty() => entries.iter().try_for_each(|(key, item)| {
                write!(out, "\n{pad}{}:", Value::from(key.as_str())).map(|()| write(item, indent + 2, out))
            }),
            scalar => write!(out, " {scalar}"),
        };
        written.expect("a string takes all");
    }
    let mut out = String::new();
    write(value, 0, &mut out);
    out.push('\n');
    out
}

/// A matrix of two columns: what its corner, a column, a row and a mark say.
pub(crate) fn matrix(texts: [&str; 4]) -> Matrix<'static> {
    let [corner, column, row, mark]: [Cow<'static, str>; 4] = texts.map(|text| Cow::Owned(text.to_owned()));
    let mark = |height, optional| Some(Mark { text: mark.clone(), height, optional });
    Matrix {
        corner,
        columns: vec![column, "other".into()],
        rows: vec![
            (Line::from(row.into_owned()), vec![mark(None, true), None]),
            ("short".into(), vec![mark(Some((1, 2)), false), mark(Some((2, 2)), false)]),
        ],
    }
}
