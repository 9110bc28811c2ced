//! What goes wrong around the program: every fault has its exit code and its message, and none is a panic.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::support::rolebook;

/// A run by way of a shell, in which `$rolebook` is the program; no environment besides.
fn shell(script: &str, folder: &Path) -> Output {
    Command::new("sh")
        .args(["-c", script])
        .env_clear()
        .env("rolebook", env!("CARGO_BIN_EXE_rolebook"))
        .current_dir(folder)
        .output()
        .expect("there is a shell")
}

/// What standard output holds in the end.
#[derive(Debug, PartialEq, Eq)]
enum Out {
    Nothing,
    /// What begins like this.
    Begins(&'static str),
}

struct Fault {
    script: &'static str,
    code: i32,
    out: Out,
    /// What standard error begins with.
    err: &'static str,
}

const fn fault(script: &'static str, code: i32, out: Out, err: &'static str) -> Fault {
    Fault { script, code, out, err }
}

fn check(faults: &[Fault]) {
    let folder = TempDir::new().expect("there is a folder");
    for Fault { script, code, out, err } in faults {
        let ended = shell(script, folder.path());
        let stdout = String::from_utf8_lossy(&ended.stdout);
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(*code), "{script}\n{stderr}");
        match out {
            Out::Nothing => assert_eq!(stdout, "", "{script}"),
            Out::Begins(wanted) => assert!(stdout.starts_with(wanted), "{script}\n{stdout}"),
        }
        if err.is_empty() {
            assert_eq!(stderr, "", "{script}");
        }
        assert!(stderr.starts_with(err), "{script}\n{stderr}");
        assert!(!stderr.contains("panicked"), "{script}\n{stderr}");
    }
}

const FULL: &str = "error: standard output could not be written\n  cause: No space left on device";
const UNASKED: &str = "error: nobody can be asked here";
const UNKNOWN: &str = "error: unrecognized subcommand 'nonsense'";

#[test]
fn a_full_disk_is_told() {
    let answers = "--answer technical-depth=build --answer people=team --answer customer=";
    for command in [
        "compare",
        "compare --json",
        "export",
        "skills -f markdown",
        "roles",
        "show pm",
        &format!("quiz {answers}"),
        "quiz --questions",
        "--help",
        "--version",
        "quiz --help",
        "completions bash",
        "man",
        "man quiz",
    ] {
        let run = shell(&format!("\"$rolebook\" {command} > /dev/full"), Path::new("/"));
        assert_eq!(run.status.code(), Some(2), "{command}");
        assert!(String::from_utf8_lossy(&run.stderr).starts_with(FULL), "{command}");
    }
    check(&[
        fault("echo '{}' | \"$rolebook\" quiz --answers - -f jsonl >/dev/full", 2, Out::Nothing, FULL),
        fault("\"$rolebook\" roles >/dev/full 2>&1", 2, Out::Nothing, ""),
        fault("\"$rolebook\" nonsense 2>/dev/full", 2, Out::Nothing, ""),
        fault("\"$rolebook\" roles --json 2>/dev/full", 0, Out::Begins("{\n"), ""),
        fault(
            "\"$rolebook\" roles --message-format json >/dev/full",
            2,
            Out::Nothing,
            "{\"schema\":\"rolebook.error/1\"",
        ),
    ]);
}

#[test]
fn a_closed_pipe_is_quiet() {
    for command in ["compare", "compare --json", "export", "--help", "--version", "completions zsh", "man"] {
        let (reader, writer) = std::io::pipe().expect("there is a pipe");
        drop(reader);
        let ended = rolebook(command).command().stdout(writer).output().expect("the program runs");
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]), "{command}");
    }
    // The answer's exit code is kept where nobody reads the message.
    let (reader, writer) = std::io::pipe().expect("there is a pipe");
    drop(reader);
    let ended = rolebook("show nobody").command().stderr(writer).output().expect("the program runs");
    assert_eq!(ended.status.code(), Some(2));
    check(&[fault("{ \"$rolebook\" export; echo $? >&2; } | head -n 1", 0, Out::Begins("# "), "0\n")]);
}

/// A standard stream that is closed is one that nobody reads and that has nothing to read.
#[test]
fn closed_streams_do_no_harm() {
    let result = || Out::Begins("{\n");
    check(&[
        fault("exec \"$rolebook\" roles --json <&-", 0, result(), ""),
        fault("exec \"$rolebook\" roles --json >&-", 0, Out::Nothing, ""),
        fault("exec \"$rolebook\" roles --json 2>&-", 0, result(), ""),
        fault("exec \"$rolebook\" roles --json <&- >&-", 0, Out::Nothing, ""),
        fault("exec \"$rolebook\" roles --json <&- 2>&-", 0, result(), ""),
        fault("exec \"$rolebook\" roles --json >&- 2>&-", 0, Out::Nothing, ""),
        fault("exec \"$rolebook\" roles --json <&- >&- 2>&-", 0, Out::Nothing, ""),
        fault("exec \"$rolebook\" quiz <&-", 2, Out::Nothing, UNASKED),
        fault("exec \"$rolebook\" quiz >&-", 2, Out::Nothing, UNASKED),
        fault("exec \"$rolebook\" quiz 2>&-", 2, Out::Nothing, ""),
        fault("exec \"$rolebook\" quiz <&- >&-", 2, Out::Nothing, UNASKED),
        fault("exec \"$rolebook\" quiz <&- 2>&-", 2, Out::Nothing, ""),
        fault("exec \"$rolebook\" quiz >&- 2>&-", 2, Out::Nothing, ""),
        fault("exec \"$rolebook\" quiz <&- >&- 2>&-", 2, Out::Nothing, ""),
        fault("exec \"$rolebook\" --version <&- >&- 2>&-", 0, Out::Nothing, ""),
        fault("exec \"$rolebook\" nonsense <&- >&-", 2, Out::Nothing, UNKNOWN),
        fault("exec \"$rolebook\" nonsense <&- >&- 2>&-", 2, Out::Nothing, ""),
        fault("exec \"$rolebook\" quiz --answers - <&-", 2, Out::Nothing, "error: "),
    ]);
}

#[test]
fn arguments_of_any_kind_end_in_an_error() {
    let invalid = "error: invalid UTF-8 was detected in one or more arguments";
    check(&[
        fault("\"$rolebook\"", 2, Out::Nothing, "Job roles as data"),
        fault("\"$rolebook\" ''", 2, Out::Nothing, "error: unrecognized subcommand ''"),
        fault("\"$rolebook\" show \"$(printf '\\377')\"", 2, Out::Nothing, invalid),
        fault("\"$rolebook\" \"$(printf '\\377')\"", 2, Out::Nothing, "error: "),
        fault("\"$rolebook\" compare --width \"$(printf '\\377')\"", 2, Out::Nothing, invalid),
        fault("\"$rolebook\" quiz --answer \"$(printf 'a=\\377')\"", 2, Out::Nothing, invalid),
        fault(
            "\"$rolebook\" export -o \"$(printf 'no/\\377')\"",
            2,
            Out::Nothing,
            "error: `no/\u{fffd}` could not",
        ),
        fault("\"$rolebook\" roles --width 0", 2, Out::Nothing, "error: invalid value '0' for '--width <N>'"),
        fault("\"$rolebook\" roles --width 99999999999999999999", 2, Out::Nothing, "error: invalid value"),
        fault(
            "\"$rolebook\" show \"$(printf 'a\\033[31mb')\"",
            2,
            Out::Nothing,
            "error: no role is called `a␛[31mb`",
        ),
    ]);
    let long = "x".repeat(64 * 1024);
    for command in ["show", "compare --section", "quiz", "quiz --answer", "man", "--width", ""] {
        let run = rolebook(command).arg(&long).run();
        assert_eq!(run.code, Some(2), "{command}");
        assert!(run.stderr.starts_with("error: "), "{command}");
    }
    let run = rolebook("export -o").arg(&long).run();
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.ends_with("cause: File name too long (os error 36)\n"));
}

/// An old file beside whatever a test needs.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().expect("there is a folder");
        fs::write(folder.path().join("old.md"), "old\n").expect("it takes a file");
        Self(folder)
    }

    fn export(&self, arguments: &str) -> (Option<i32>, String) {
        let run = rolebook(&format!("export {arguments}")).folder(self.0.path()).run();
        assert_eq!(run.stdout, "", "{arguments}");
        (run.code, run.stderr)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("the file is there")
    }

    /// The names of all that is there, hidden files too.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn exported() -> String {
    rolebook("export").run().answer()
}

#[test]
fn a_file_is_written_whole_and_never_by_accident() {
    let folder = Folder::new();
    assert_eq!(folder.export("-o new.md"), (Some(0), "wrote new.md\n".to_owned()));
    assert_eq!(folder.read("new.md"), exported());
    assert_eq!(folder.export("-q -o new.md --force"), (Some(0), String::new()));
    let refused = "error: `old.md` exists already\nhint: name another file, or overwrite it with `--force`\n";
    assert_eq!(folder.export("-o old.md"), (Some(2), refused.to_owned()));
    assert_eq!(folder.read("old.md"), "old\n");
    assert_eq!(folder.export("-o old.md --force"), (Some(0), "wrote old.md\n".to_owned()));
    assert_eq!(folder.read("old.md"), exported());
    assert_eq!(folder.names(), ["new.md", "old.md"]);
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = Folder::new();
    fs::create_dir(folder.0.path().join("inner")).expect("there is room for a folder");
    let table = [
        (
            "-o no/such.md",
            "error: `no/such.md` could not be written\n  cause: No such file or directory (os error 2)\n\
             hint: name a file in a folder that is there and may be written to\n",
        ),
        (
            "-o old.md/new.md",
            "error: `old.md/new.md` could not be written\n  cause: Not a directory (os error 20)\n\
             hint: name a file in a folder that is there and may be written to\n",
        ),
        ("-o inner --force", "error: `inner` could not be written\n  cause: Is a directory (os error 21)\n"),
        (
            "-o inner",
            "error: `inner` exists already\nhint: name another file, or overwrite it with `--force`\n",
        ),
        (
            "-o /dev/full --force",
            "error: `/dev/full` could not be written\n  cause: No space left on device (os error 28)\n",
        ),
        (
            "-o /dev/full",
            "error: `/dev/full` exists already\nhint: name another file, or overwrite it with `--force`\n",
        ),
    ];
    for (arguments, told) in table {
        assert_eq!(folder.export(arguments), (Some(2), told.to_owned()), "{arguments}");
    }
    assert_eq!(folder.export("-o /dev/null --force").0, Some(0));
    assert_eq!(folder.names(), ["inner", "old.md"]);
}

#[test]
fn a_link_goes_on_pointing() {
    let folder = Folder::new();
    let link = folder.0.path().join("link.md");
    symlink("old.md", &link).expect("there are links");
    assert_eq!(folder.export("-o link.md").0, Some(2));
    assert_eq!(folder.export("-o link.md --force"), (Some(0), "wrote link.md\n".to_owned()));
    assert_eq!(fs::read_link(&link).expect("it is a link still"), Path::new("old.md"));
    assert_eq!(folder.read("old.md"), exported());

    symlink("target.md", folder.0.path().join("dangling.md")).expect("there are links");
    assert_eq!(folder.export("-o dangling.md").0, Some(2));
    assert_eq!(folder.export("-o dangling.md --force"), (Some(0), "wrote dangling.md\n".to_owned()));
    assert_eq!(folder.read("target.md"), exported());

    symlink("round.md", folder.0.path().join("round.md")).expect("there are links");
    let (code, told) = folder.export("-o round.md --force");
    assert_eq!(code, Some(2));
    assert!(told.contains("could not be written\n  cause: Too many levels of symbolic links"), "{told}");
    assert_eq!(folder.names(), ["dangling.md", "link.md", "old.md", "round.md", "target.md"]);
}

#[test]
fn the_mode_is_kept_and_an_equal_file_not_touched() {
    let folder = Folder::new();
    let path = folder.0.path().join("old.md");
    fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("the mode can be set");
    assert_eq!(folder.export("-o old.md --force").0, Some(0));
    let metadata = || fs::metadata(&path).expect("the file is there");
    assert_eq!(metadata().mode() & 0o777, 0o640);

    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(long_ago))
        .expect("time bends");
    let before = metadata().ino();
    assert_eq!(folder.export("-o old.md --force").0, Some(0));
    assert_eq!((metadata().ino(), metadata().modified().expect("it has a time")), (before, long_ago));
}

/// Only a superuser can give a file away; to anybody else its owner cannot change.
#[test]
fn the_owner_is_kept() {
    let folder = Folder::new();
    let path = folder.0.path().join("old.md");
    let is_given_away = chown(&path, Some(4321), Some(1234)).is_ok();
    let owner = || fs::metadata(&path).map(|file| (file.uid(), file.gid())).expect("the file is there");
    let before = owner();
    assert!(before == (4321, 1234) || !is_given_away);
    assert_eq!(folder.export("-o old.md --force").0, Some(0));
    assert_eq!(owner(), before);
    assert_eq!(folder.read("old.md"), exported());
}

#[test]
fn a_new_file_obeys_the_umask() {
    let folder = Folder::new();
    let run = shell("umask 027; exec \"$rolebook\" export -q -o new.md", folder.0.path());
    assert_eq!(run.status.code(), Some(0));
    let mode = fs::metadata(folder.0.path().join("new.md")).expect("the file is there").mode();
    assert_eq!(mode & 0o777, 0o640);
}

/// Only so does it take the old one's place in one step.
#[test]
fn a_file_is_prepared_in_its_own_folder() {
    let folder = Folder::new();
    let old = folder.0.path().join("old.md");
    // Nobody can make a file in this working folder.
    let run = rolebook("export --force -o").arg(&old).folder(Path::new("/proc")).run();
    assert_eq!((run.code, folder.read("old.md")), (Some(0), exported()), "{}", run.stderr);
}

#[test]
fn a_failed_write_leaves_the_old_file_alone() {
    let folder = Folder::new();
    // No file may be larger than a few blocks, and the signal that says so is ignored.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$rolebook\" export -o old.md --force";
    let run = shell(script, folder.0.path());
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.starts_with("error: `old.md` could not be written\n  cause: File too large"), "{told}");
    assert_eq!(folder.read("old.md"), "old\n");
    assert_eq!(folder.names(), ["old.md"]);
}
