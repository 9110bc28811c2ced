//! Tests faults in the environment, such as a full disk: each has an exit code and a message, and none causes a panic.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::rolebook;

/// A run by way of a shell, in which `$rolebook` is the program; no environment besides. One that goes on for ever
/// ends with 124.
fn shell(script: &str, folder: &Path) -> Output {
    Command::new("timeout")
        .args(["--kill-after=1", "30", "sh", "-c", script])
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

struct Fault<'t> {
    script: &'t str,
    code: i32,
    out: Out,
    /// What standard error begins with.
    err: &'static str,
}

const fn fault<'t>(script: &'t str, code: i32, out: Out, err: &'static str) -> Fault<'t> {
    Fault { script, code, out, err }
}

fn check(faults: &[Fault<'_>]) {
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

/// What a shell makes of SIGABRT.
const ABORTED: i32 = 134;

const FULL: &str = "error: cannot write to standard output\n  cause: No space left on device";
const UNASKED: &str = "error: cannot prompt: not a terminal";
const UNKNOWN: &str = "error: there is no command `nonsense`";

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
        fault("exec \"$rolebook\" quiz --answers - <&-", 2, Out::Nothing, "error[wrong-type]: "),
        // Closed standard streams are not mistaken for the file.
        fault(
            "\"$rolebook\" export -o new.md <&- >&- 2>&-; code=$?; head -n 1 new.md; exit $code",
            0,
            Out::Begins("# Product manager and product owner\n"),
            "",
        ),
    ]);
}

#[test]
fn arguments_of_any_kind_end_in_an_error() {
    let invalid = "error: invalid UTF-8 was detected in one or more arguments";
    check(&[
        fault("\"$rolebook\"", 2, Out::Nothing, "Job roles as data"),
        fault("\"$rolebook\" ''", 2, Out::Nothing, "error: there is no command ``"),
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
        fault(
            "\"$rolebook\" roles --width 0",
            2,
            Out::Nothing,
            "error: `0` is not a valid value for `--width`",
        ),
        fault("\"$rolebook\" roles --width 65536", 2, Out::Nothing, "error: `65536` is not a valid"),
        fault("\"$rolebook\" roles --width 65535 --json", 0, Out::Begins("{\n"), ""),
        fault("\"$rolebook\" compare --width 65535", 0, Out::Begins("Product manager"), ""),
        fault(
            "\"$rolebook\" show nobody --width 65535",
            2,
            Out::Nothing,
            "error: unknown role, family or skill `nobody`",
        ),
        fault("\"$rolebook\" --help --width 18446744073709551615", 0, Out::Begins("Job roles as data"), ""),
        fault("\"$rolebook\" nonsense --width 18446744073709551615", 2, Out::Nothing, UNKNOWN),
        fault(
            "\"$rolebook\" roles --width 99999999999999999999",
            2,
            Out::Nothing,
            "error: `99999999999999999999` is not a valid",
        ),
        fault("\"$rolebook\" show $(seq 20000)", 2, Out::Nothing, "error: unexpected argument `2`"),
        fault(
            "\"$rolebook\" show \"$(printf 'a\\033[31mb')\"",
            2,
            Out::Nothing,
            "error: unknown role, family or skill `a␛[31mb`",
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

#[test]
fn nothing_of_the_environment_is_needed() {
    let named = || Out::Begins("Product manager and product owner");
    check(&[
        fault("\"$rolebook\" roles", 0, named(), ""),
        fault("HOME= PATH= TERM= LANG= COLUMNS= \"$rolebook\" roles", 0, named(), ""),
        fault("HOME=/nowhere TERM=dumb LANG=xx LC_ALL=xx COLUMNS=x \"$rolebook\" roles", 0, named(), ""),
        fault("HOME=$(printf '\\377') TERM=$(printf '\\377') \"$rolebook\" roles", 0, named(), ""),
        fault(
            "ROLEBOOK_DATASET=$(printf '\\377') \"$rolebook\" roles",
            2,
            Out::Nothing,
            "error: cannot read `\u{fffd}`",
        ),
        fault("COMPLETE=$(printf '\\377') \"$rolebook\" roles", 2, Out::Nothing, "error: "),
        fault("mkdir gone; cd gone; rmdir ../gone; \"$rolebook\" roles", 0, named(), ""),
        fault(
            "mkdir gone; cd gone; rmdir ../gone; \"$rolebook\" init",
            2,
            Out::Nothing,
            "error: `rolebook.yaml` could not be written\n  cause: No such file or directory",
        ),
        fault(
            "mkdir gone; cd gone; rmdir ../gone; \"$rolebook\" export --check .",
            2,
            Out::Begins(".: error[no-block]: no generated blocks in this folder"),
            "",
        ),
    ]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let is_folder = "error: cannot read `.`\n  cause: Is a directory";
    let endless = "error: cannot read `/dev/zero`\n  cause: it is larger than 256 MiB\nhint: ";
    check(&[
        fault("\"$rolebook\" roles -d .", 2, Out::Nothing, is_folder),
        fault("\"$rolebook\" check .", 2, Out::Nothing, is_folder),
        fault(
            "\"$rolebook\" roles -d - < .",
            2,
            Out::Nothing,
            "error: cannot read `<stdin>`\n  cause: Is a dir",
        ),
        fault("\"$rolebook\" roles -d - <&-", 2, Out::Nothing, "error[wrong-type]: "),
        fault(
            "\"$rolebook\" roles -d no.json",
            2,
            Out::Nothing,
            "error: cannot read `no.json`\n  cause: No such",
        ),
        fault(
            "ln -s me me; \"$rolebook\" roles -d me",
            2,
            Out::Nothing,
            "error: cannot read `me`\n  cause: Too many",
        ),
        fault(
            "\"$rolebook\" roles -d /proc/self/mem",
            2,
            Out::Nothing,
            "error: cannot read `/proc/self/mem`\n  c",
        ),
        fault("\"$rolebook\" roles -d /dev/null", 2, Out::Nothing, "error[wrong-type]: "),
        fault("\"$rolebook\" roles -d /dev/zero", 2, Out::Nothing, endless),
        fault("\"$rolebook\" quiz --answers .", 2, Out::Nothing, is_folder),
        fault("\"$rolebook\" quiz --answers . -f jsonl", 2, Out::Nothing, is_folder),
        fault("\"$rolebook\" quiz --answers no.json", 2, Out::Nothing, "error: cannot read `no.json`"),
        fault("\"$rolebook\" quiz --answers /dev/zero", 2, Out::Nothing, endless),
        fault("\"$rolebook\" quiz --answers /dev/zero -f jsonl", 2, Out::Nothing, endless),
        fault("\"$rolebook\" export --check no.md", 2, Out::Begins("no.md: error[unreadable]: "), ""),
        fault("\"$rolebook\" export --into /dev/null", 2, Out::Begins("/dev/null: error[unreadable]: "), ""),
        fault(
            "mkfifo pipe.md; \"$rolebook\" export --into pipe.md",
            2,
            Out::Begins("pipe.md: error[unreadable"),
            "",
        ),
        fault(
            "mkfifo .gitignore; \"$rolebook\" export --check .",
            2,
            Out::Begins(".: error[no-block]: "),
            "",
        ),
        fault(
            "truncate -s 20G huge.md; \"$rolebook\" export --check huge.md",
            2,
            Out::Begins("huge.md: error[unreadable]: cannot be read: it is larger than 256 MiB"),
            "",
        ),
        fault(
            "\"$rolebook\" export --check /proc/self/mem",
            2,
            Out::Begins("/proc/self/mem: error[unreadable]: cannot be read: "),
            "",
        ),
    ]);
}

/// Reading does not trust the reported file size.
#[test]
fn a_file_may_change_while_it_is_read() {
    let whole = || Out::Begins("Roles at the studio");
    check(&[
        // The writer goes away in the middle.
        fault(
            "mkfifo half; \"$rolebook\" init - | head -c 500 > half & \"$rolebook\" roles -d half",
            2,
            Out::Nothing,
            "error[",
        ),
        fault("mkfifo none; : > none & \"$rolebook\" roles -d none", 2, Out::Nothing, "error[wrong-type]: "),
        fault(
            "mkfifo slow; { \"$rolebook\" init -; sleep 0.1; } > slow & \"$rolebook\" roles -d slow",
            0,
            whole(),
            "",
        ),
        fault("\"$rolebook\" init - | \"$rolebook\" roles -d /dev/stdin", 0, whole(), ""),
        fault("\"$rolebook\" init file; \"$rolebook\" roles -d /dev/stdin < file", 0, whole(), "wrote file"),
        // Its size is said to be nothing.
        fault("\"$rolebook\" roles -d /proc/self/status", 2, Out::Nothing, "error["),
    ]);
    let folder = TempDir::new().expect("there is a folder");
    let path = folder.path().join("roles.yaml");
    let starter = rolebook("init -").run().answer();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                fs::write(&path, &starter).expect("it takes a file");
                fs::write(&path, format!("{starter}{}", "# more\n".repeat(10_000))).expect("it takes a file");
                fs::File::create(&path).and_then(|file| file.set_len(100_000)).expect("it takes a file");
                fs::remove_file(&path).expect("it can be removed");
            }
        });
        let runs = (0..40).map(|_| rolebook("roles -d roles.yaml").folder(folder.path()).run());
        let runs: Vec<_> = runs.collect();
        is_done.store(true, Ordering::Relaxed);
        for run in runs {
            match run.code {
                Some(0) => assert!(run.stdout.starts_with("Roles at the studio"), "{run}"),
                Some(2) => assert!(run.stderr.starts_with("error") && run.stdout.is_empty(), "{run}"),
                _ => panic!("{run}"),
            }
            assert!(!run.stderr.contains("panicked"), "{run}");
        }
    });
}

#[test]
fn too_little_memory_is_told() {
    let nothing_read = "error: cannot read `big.json`\n  cause: out of memory\n";
    let roles =
        "{ printf '{\"roles\": ['; yes '{\"id\": \"a\", \"title\": \"A\"},' | head -n 300000; echo '{}]}'; }";
    let make = |command: &str| format!("{roles} > many.json; echo old > old.md; ulimit -v 100000; {command}");
    let printed = make("\"$rolebook\" roles -d many.json; exit $?");
    let written =
        make("\"$rolebook\" export -o old.md --force -d many.json; code=$?; cat old.md; exit $code");
    check(&[
        fault(
            "truncate -s 200M big.json; ulimit -v 100000; \"$rolebook\" roles -d big.json",
            2,
            Out::Nothing,
            nothing_read,
        ),
        fault(
            "truncate -s 200M big.md; ulimit -v 100000; \"$rolebook\" export --check big.md",
            2,
            Out::Begins("big.md: error[unreadable]: cannot be read: out of memory\n"),
            "",
        ),
        fault(
            "ulimit -v 100000; \"$rolebook\" quiz --answers /dev/zero",
            2,
            Out::Nothing,
            "error: cannot read `/dev/zero`\n  cause: out of memory\n",
        ),
        // The text fits, but not the dataset: the standard library aborts, and files stay as they were.
        fault(&printed, ABORTED, Out::Nothing, "memory allocation of "),
        fault(&written, ABORTED, Out::Begins("old\n"), "memory allocation of "),
    ]);
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
    let refused =
        "error: `old.md` already exists\nhint: choose another file, or overwrite it with `--force`\n";
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
             hint: create the folder `no` first, or choose another\n",
        ),
        (
            "-o old.md/new.md",
            "error: `old.md/new.md` could not be written\n  cause: Not a directory (os error 20)\n\
             hint: `old.md` is a file; choose a folder\n",
        ),
        (
            "-o new.md/",
            "error: `new.md/` could not be written\n  cause: Not a directory (os error 20)\n\
             hint: leave out the `/` at the end\n",
        ),
        ("-o inner --force", "error: `inner` is a folder\nhint: name a file in it, or elsewhere\n"),
        ("-o inner", "error: `inner` is a folder\nhint: name a file in it, or elsewhere\n"),
        (
            "-o /dev/full --force",
            "error: `/dev/full` could not be written\n  cause: No space left on device (os error 28)\n\
             hint: make room, or choose a file on another disk\n",
        ),
        (
            "-o /dev/full",
            "error: `/dev/full` already exists\nhint: choose another file, or overwrite it with `--force`\n",
        ),
    ];
    for (arguments, told) in table {
        assert_eq!(folder.export(arguments), (Some(2), told.to_owned()), "{arguments}");
    }
    fs::set_permissions(folder.0.path().join("old.md"), Permissions::from_mode(0o444)).expect("a mode");
    let read_only = "error: `old.md` could not be written\n  cause: it is read-only\n\
                     hint: choose another file, or make this one writable\n";
    assert_eq!(folder.export("-o old.md --force"), (Some(2), read_only.to_owned()));
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

    // One that is merely as long is another.
    fs::write(&path, exported().replace('a', "e")).expect("the file can be written");
    assert_eq!(folder.export("-o old.md --force").0, Some(0));
    assert_eq!(folder.read("old.md"), exported());
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

/// Modes bind root too, if it gives up what lets it pass over them.
const BOUND: &str = "[ \"$(id -u)\" != 0 ] || set -- setpriv --bounding-set=-dac_override --inh-caps=-all";

#[test]
fn a_folder_that_is_only_to_be_read_is_left_alone() {
    let folder = TempDir::new().expect("there is a folder");
    let there = folder.path().join("there");
    fs::create_dir(&there).expect("it takes a folder");
    let page = "<!-- rolebook: roles -->\n<!-- /rolebook -->\n";
    fs::write(there.join("page.md"), page).expect("it takes a file");
    fs::set_permissions(&there, Permissions::from_mode(0o555)).expect("the mode can be set");
    let denied = "could not be written\n  cause: Permission denied (os error 13)\nhint: choose a folder that you can write to";
    for (command, told) in [
        ("init there/new.yaml", format!("error: `there/new.yaml` {denied}")),
        ("export -o there/new.md", format!("error: `there/new.md` {denied}")),
        ("export -o there/page.md --force", format!("error: `there/page.md` {denied}")),
        ("export --into there/page.md", "there/page.md: error[unwritable-file]: cannot be wri".to_owned()),
    ] {
        let run = shell(&format!("{BOUND}; \"$@\" \"$rolebook\" {command} 2>&1"), folder.path());
        let out = String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(2), "{command}: {out}");
        assert!(out.starts_with(&told), "{command}: {out}");
        assert_eq!(fs::read_to_string(there.join("page.md")).expect("the file is there"), page);
        assert_eq!(fs::read_dir(&there).expect("the folder is there").count(), 1);
    }
    fs::set_permissions(&there, Permissions::from_mode(0o755)).expect("it can be tidied up");
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
    let page = "<!-- rolebook: compare -->\n<!-- /rolebook -->\n";
    fs::write(folder.0.path().join("page.md"), page).expect("it takes a file");
    let too_large = "could not be written\n  cause: File too large (os error 27)\n";
    // No file may be larger than a few blocks. The signal that says so ends who does not mind it.
    for (command, told) in [
        ("export -o old.md --force", format!("error: `old.md` {too_large}")),
        ("export -o new.md", format!("error: `new.md` {too_large}")),
        ("init new.yaml", format!("error: `new.yaml` {too_large}")),
        ("export --into page.md", "page.md: error[unwritable-file]: cannot be written: File too".to_owned()),
    ] {
        for script in ["ulimit -f 1", "trap '' XFSZ; ulimit -f 0"] {
            let run = shell(&format!("{script}; \"$rolebook\" {command} 2>&1"), folder.0.path());
            let out = String::from_utf8_lossy(&run.stdout);
            assert_eq!(run.status.code(), Some(2), "{command}: {out}");
            assert!(out.starts_with(&told), "{command}: {out}");
            assert_eq!(folder.read("old.md"), "old\n");
            assert_eq!(folder.read("page.md"), page);
            assert_eq!(folder.names(), ["old.md", "page.md"]);
        }
    }
    let run = shell("ulimit -f 1; \"$rolebook\" export > old.md", folder.0.path());
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).starts_with("error: cannot write to standard output"));
}

/// Whenever the process is killed, every page is either old or new, and no temporary files are left.
#[test]
fn an_end_in_the_middle_leaves_whole_files() {
    const PAGES: usize = 200;
    let page = "<!-- rolebook: roles -->\n<!-- /rolebook -->\n";
    let folder = TempDir::new().expect("there is a folder");
    let paths: Vec<_> = (0..PAGES).map(|number| folder.path().join(format!("{number}.md"))).collect();
    let fill = |text: &str| paths.iter().for_each(|path| fs::write(path, text).expect("it takes a file"));
    fill(page);
    assert_eq!(rolebook("export -q --into .").folder(folder.path()).run().code, Some(0));
    let new = fs::read_to_string(&paths[0]).expect("the page is there");
    for (round, signal) in [Signal::INT, Signal::TERM, Signal::HUP].into_iter().cycle().take(12).enumerate() {
        fill(page);
        let mut command = rolebook("export -q --into .").folder(folder.path()).command();
        let mut child = command.stdout(Stdio::null()).spawn().expect("the program starts");
        let is_filled = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text == new);
        // Not before it has begun to write.
        while !is_filled(&paths[0]) && child.try_wait().expect("it can be waited for").is_none() {}
        std::thread::sleep(Duration::from_micros(500 * u64::try_from(round).expect("rounds are few")));
        // It may have ended by itself meanwhile, and is still to be waited for.
        let _ = kill_process(Pid::from_child(&child), signal);
        let ended = child.wait().expect("it can be waited for");
        assert!(ended.success() || ended.signal() == Some(signal.as_raw()), "{ended}");
        for path in &paths {
            let text = fs::read_to_string(path).expect("the page is there");
            assert!(text == page || text == new, "{}: {text}", path.display());
        }
        assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), PAGES);
    }
}

/// A page is filled from what was read. While its blocks are made, here from a pipe, somebody else may write to it.
#[test]
fn what_others_write_meanwhile_is_not_lost() {
    let prepare = "printf '<!-- rolebook: -d roles.yaml roles -->\\n<!-- /rolebook -->\\n' > page.md
        mkfifo roles.yaml; \"$rolebook\" --builtin export --into page.md > told 2>&1 & exec 3> roles.yaml";
    let finish = "\"$rolebook\" init - >&3; exec 3>&-; wait $!; code=$?; head -n 1 told; tail -n 1 page.md; exit $code";
    for (meanwhile, code, told) in [
        (":", 0, "updated page.md (1 block)\n<!-- /rolebook my-studio"),
        (
            "echo mine >> page.md",
            2,
            "page.md: error[unwritable-file]: cannot be written: somebody changed it meanwhile\nmine\n",
        ),
        ("rm page.md", 2, "page.md: error[unwritable-file]: cannot be written: No such file or directory"),
    ] {
        let folder = TempDir::new().expect("there is a folder");
        let run = shell(&format!("{prepare}; {meanwhile}; {finish}"), folder.path());
        let out = String::from_utf8_lossy(&run.stdout);
        assert_eq!(run.status.code(), Some(code), "{meanwhile}: {out}");
        assert!(out.starts_with(told), "{meanwhile}: {out}");
    }
}

/// A page is left alone if replacing it would lose its permissions or other names.
#[test]
fn a_page_that_cannot_be_replaced_safely_is_left_alone() {
    let make = "rm -f page.md; printf '<!-- rolebook: roles -->\\n<!-- /rolebook -->\\n' > page.md; cp page.md old.md; ";
    let checked = "; code=$?; cmp page.md old.md && exit $code";
    let fill = |before: &str| format!("{make}{before}; \"$rolebook\" export --into page.md{checked}");
    check(&[
        fault(
            &fill("chmod 444 page.md"),
            2,
            Out::Begins("page.md: error[unwritable-file]: cannot be written: it is read-only"),
            "",
        ),
        fault(
            &fill("ln page.md twin.md"),
            2,
            Out::Begins("page.md: error[unwritable-file]: cannot be written: it has several hard links"),
            "",
        ),
    ]);
}

#[test]
fn pages_of_every_extension_are_found_in_a_folder() {
    let folder = TempDir::new().expect("there is a folder");
    for name in ["a.md", "b.markdown", "c.html", "d.htm", "e.xhtml"] {
        fs::write(folder.path().join(name), "<!-- rolebook: roles -->\n<!-- /rolebook -->\n")
            .expect("a page");
    }
    let run = rolebook("export --check . --json").folder(folder.path()).run();
    assert_eq!(run.code, Some(1), "{run}");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["files"].as_array().map(Vec::len), Some(5), "{run}");
}
