//! Tests shell completion, both through the interface of the scripts and in a real bash in a pseudo-terminal.

use std::fs;
use std::path::Path;
use std::time::Instant;

use tempfile::TempDir;

use crate::support::{Rolebook, rolebook};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// What fish is offered for the last of these words, divided at single spaces: one a line, with what it means.
fn offered(line: &str) -> Vec<String> {
    answered(asking(line))
}

/// fish asking for the last of these words.
fn asking(line: &str) -> Rolebook {
    let words = line.split(' ');
    words.fold(rolebook("-- rolebook").env("COMPLETE", "fish"), Rolebook::arg)
}

fn answered(asking: Rolebook) -> Vec<String> {
    asking.run().answer().lines().map(|line| line.replace('\t', ": ")).collect()
}

/// The values alone.
fn values(line: &str) -> Vec<String> {
    values_of(asking(line))
}

fn values_of(asking: Rolebook) -> Vec<String> {
    let value = |line: &String| line.split(": ").next().expect("a value").to_owned();
    answered(asking).iter().map(value).collect()
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    path.to_str().expect("a path of text").to_owned()
}

#[test]
fn each_kind_of_value_is_offered_with_its_meaning() {
    let manager = "product-manager: Product manager";
    let owner = "product-owner: Product owner";
    for line in ["compare ", "skills ", "export ", "show ", "skills --from "] {
        assert_eq!(offered(line), [manager, owner], "{line}");
    }
    assert_eq!(offered("compare --section ch"), ["choosing: Choosing"]);
    assert_eq!(offered("compare --section=ch"), ["--section=choosing: Choosing"]);
    assert_eq!(offered("skills --kind "), ["business", "soft", "technical"]);
    for line in ["roles --family ", "compare --family ", "skills --family p", "export --family="] {
        let found = offered(line);
        assert!(found.len() == 1 && found[0].ends_with("product: Product"), "{line}: {found:?}");
    }
    assert_eq!(offered("quiz c"), ["career: Which role suits me?"]);
    assert_eq!(offered("check --explain duplicate-k"), ["duplicate-key: a key appears twice in one object"]);
    assert_eq!(offered("man ro"), ["roles: List roles by family, track and rank"]);
    assert_eq!(values("schema r"), ["roles", "role"]);
    assert_eq!(values("-f t"), ["table"]);
    assert_eq!(values("--color n"), ["never"]);
    assert_eq!(values("compare --help --f"), ["--family", "--format", "--force"]);
}

#[test]
fn an_alias_is_offered_where_no_id_begins_so() {
    assert_eq!(offered("show po"), ["po: Product owner"]);
    assert_eq!(offered("show PM"), ["pm: Product manager"]);
}

#[test]
fn a_family_or_a_skill_is_offered_once_its_name_is_begun() {
    assert_eq!(values("show Prod"), ["product-manager", "product-owner", "product"]);
    assert_eq!(offered("show fores"), ["foresight: Foresight"]);
    assert_eq!(values("roles --needs fo"), ["foresight"]);
}

#[test]
fn a_role_is_offered_once() {
    assert_eq!(values("compare pm "), ["product-owner"]);
    assert_eq!(values("compare PRODUCT-OWNER p"), ["product-manager"]);
    assert_eq!(values("skills --from po --to "), ["product-manager"]);
    // The word that is being typed is not named yet.
    assert_eq!(values("compare pm product-owner"), ["product-owner"]);
}

#[test]
fn answers_are_offered_question_by_question() {
    assert_eq!(
        offered("quiz --answer "),
        ["technical-depth=: Technical depth", "people=: People to work with", "customer=: Customers"]
    );
    let people = ["people=team", "people=many", "people=not-sure"];
    assert_eq!(values("quiz --answer people="), people);
    // One question is meant: what follows is offered at once.
    assert_eq!(values("quiz --answer p"), people);
    assert_eq!(values("quiz --answer people=team --answer technical-depth= --answer c").len(), 3);
    assert_eq!(values("quiz --answer people=team --answer "), ["technical-depth=", "customer="]);
    assert_eq!(values("quiz hiring --answer st"), ["stage=grown", "stage=first-days", "stage=not-sure"]);
    assert_eq!(offered("quiz --answer nothing="), [""; 0]);
}

#[test]
fn options_are_offered_where_no_value_can_stand_or_a_hyphen_is_typed() {
    assert_eq!(values("show --ci"), ["--cite"]);
    let roles_options = values("roles ");
    assert!(roles_options.contains(&"--family".to_owned()), "{roles_options:?}");
    let all_named = values("compare pm po ");
    assert!(all_named.contains(&"--section".to_owned()), "{all_named:?}");
}

/// An option that is on the line already is not offered again, unless it can be repeated.
#[test]
fn a_used_option_is_offered_once() {
    assert_eq!(values("compare --cite --ci"), [""; 0]);
    assert_eq!(values("compare --ci"), ["--cite"]);
    assert_eq!(values("compare --cite"), ["--cite"], "the word at the cursor is not used yet");
    assert_eq!(values("compare -f json --fo"), ["--force"]);
    assert_eq!(values("--format json compare --fo"), ["--force"]);
    assert_eq!(values("compare --only shared --on"), ["--only"]);
    assert_eq!(values("quiz --answer people=team --answ"), ["--answer", "--answers"]);
    let left = values("compare pm po --cite ");
    assert!(!left.contains(&"--cite".to_owned()) && left.contains(&"--family".to_owned()), "{left:?}");
}

#[test]
fn files_are_offered_where_a_file_can_stand() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    let names =
        ["-x.yml", "a.yaml", "b.JSON", "form.csv", "page.md", "roles.xlsx", "team.jsonl", "two\nlines.yml"];
    for name in names {
        fs::write(folder.path().join(name), "").expect("a file");
    }
    let offered = |line: &str| {
        let mut found = values_of(asking(line).folder(folder.path()));
        found.retain(|name| !name.starts_with("--"));
        found
    };
    let datasets = ["./-x.yml", "a.yaml", "b.JSON", "docs/"];
    for line in
        ["check ", "check a.yaml ", "-d ", "roles --dataset ", "diff ", "diff a.yaml ", "import --map "]
    {
        assert_eq!(offered(line), datasets, "{line}");
    }
    for line in ["export --into ", "export --into docs ", "export --check ", "export --check docs "] {
        assert_eq!(offered(line), ["docs/", "page.md"], "{line}");
    }
    assert_eq!(offered("import "), ["docs/", "form.csv", "roles.xlsx"]);
    assert_eq!(offered("assess "), ["./-x.yml", "a.yaml", "b.JSON", "docs/", "team.jsonl"]);
    assert_eq!(
        offered("quiz --answers "),
        ["./-x.yml", "a.yaml", "b.JSON", "docs/", "form.csv", "team.jsonl"]
    );
    // What is written may have any name.
    assert_eq!(
        offered("export -o "),
        ["./-x.yml", "a.yaml", "b.JSON", "docs/", "form.csv", "page.md", "roles.xlsx", "team.jsonl"]
    );
    assert_eq!(offered("export --into docs --force p"), ["page.md"], "clap takes it for a role");
    assert_eq!(offered("export --check p"), ["page.md"]);
    // A dataset may have any name too: other files are offered where no dataset begins so.
    assert_eq!(offered("check p"), ["page.md"]);
    assert_eq!(offered("export --into a"), ["a.yaml"]);
    // bash and PowerShell complete files themselves.
    for (shell, answer) in [("bash", "<files>yaml|yml|json\n"), ("powershell", "")] {
        let asking = rolebook("-- rolebook check").arg("").env("COMPLETE", shell);
        let asking = asking.env("_CLAP_COMPLETE_INDEX", "2").folder(folder.path());
        assert_eq!(asking.run().answer(), answer, "{shell}");
    }
}

/// Completion does not diagnose a broken dataset, because nobody would see the errors.
#[test]
fn a_large_broken_dataset_does_not_slow_typing() {
    let folder = TempDir::new().expect("a folder");
    let role = |number| format!(r#"{{"id": "r{number}", "titel": "Role {number}", "rank": "x"}}"#);
    let roles: Vec<String> = (0..25_000).map(role).collect();
    let dataset = format!(
        r#"{{"rolebook": 1, "id": "d", "title": "D", "sections": [], "roles": [{}]}}"#,
        roles.join(",\n")
    );
    assert!(dataset.len() > 1_000_000);
    fs::write(folder.path().join("rolebook.json"), dataset).expect("a file");
    let started = Instant::now();
    assert_eq!(values_of(asking("show r").folder(folder.path())), [""; 0]);
    let completing = started.elapsed();
    let started = Instant::now();
    assert_eq!(rolebook("show r1").folder(folder.path()).run().code, Some(2));
    let diagnosing = started.elapsed();
    assert!(completing * 2 < diagnosing, "{completing:?} against {diagnosing:?} for the errors");
}

/// A name is looked up as ever; a path leads to the same file from everywhere.
#[cfg(unix)]
#[test]
fn a_script_asks_the_program_that_printed_it() {
    use std::os::unix::process::CommandExt;

    let folder = TempDir::new().expect("a folder");
    let here = fs::canonicalize(folder.path()).expect("a path");
    let within = here.join("in/rolebook").display().to_string();
    for (called, asks) in
        [("rolebook", "rolebook"), ("in/rolebook", &within), ("/opt/rolebook", "/opt/rolebook")]
    {
        for shell in ["bash", "fish"] {
            let mut command = rolebook("").env("COMPLETE", shell).folder(&here).command();
            let script = command.arg0(called).output().expect("the program starts").stdout;
            let script = String::from_utf8(script).expect("a script is text");
            assert!(script.contains(&format!(" {asks} -- ")), "{called} for {shell}: {script}");
        }
    }
}

#[test]
fn the_dataset_is_that_of_the_line() {
    let roles = ["designer", "engineer", "chief", "typist"];
    let path = fixture("every-key.json");
    assert_eq!(values(&format!("-d {path} show ")), roles);
    assert_eq!(values(&format!("--dataset={path} show ")), roles);
    assert_eq!(values(&format!("compare --section w -d {path} ")), roles);
    assert_eq!(values_of(asking("show ").env("ROLEBOOK_DATASET", &path)), roles);
    assert_eq!(values_of(asking("--builtin show ").env("ROLEBOOK_DATASET", &path)).len(), 2);
    let folder = TempDir::new().expect("a folder");
    fs::copy(&path, folder.path().join("rolebook.json")).expect("a file");
    assert_eq!(values_of(asking("show ").folder(folder.path())), roles);
    // As the shell will read it.
    assert_eq!(values_of(asking("-d ~/rolebook.json show ").env("HOME", folder.path())), roles);
    // Later words are on the line too.
    let later = rolebook("-- rolebook show").arg("").args("-d").arg(&path);
    let later = later.env("COMPLETE", "zsh").env("_CLAP_COMPLETE_INDEX", "2");
    assert_eq!(
        later.run().answer(),
        "designer:Designer\nengineer:Engineer\nchief:Chief designer\ntypist:Typist\n"
    );
}

/// zsh and bash hand words over as they are typed.
#[test]
fn quotation_marks_are_understood() {
    let folder = TempDir::new().expect("a folder");
    fs::copy(fixture("every-key.json"), folder.path().join("our roles.json")).expect("a file");
    for shell in ["bash", "zsh"] {
        let asking = rolebook("-- rolebook -d").arg("'our roles.json'").args("compare").arg("\"Designer\"");
        let asking = asking.arg("e").env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", "5");
        let answer = asking.folder(folder.path()).run().answer();
        assert!(answer.starts_with("engineer"), "{shell}: {answer}");
    }
}

/// An unreadable dataset offers nothing, without an error or a delay.
#[test]
fn what_cannot_be_read_is_passed_over_in_silence() {
    let broken = fixture("broken.yaml");
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("rolebook.json"), "{}").expect("a file");
    fs::write(folder.path().join("rolebook.yaml"), "{}").expect("a file");
    for dataset in [broken.as_str(), "nowhere.json", "-", "/", "/dev/stdin"] {
        for line in
            ["compare p", "skills --kind s", "quiz --answer p", "roles --family p", "compare --section "]
        {
            assert_eq!(offered(&format!("-d {dataset} {line}")), [""; 0], "{line}");
        }
    }
    assert_eq!(answered(asking("show p").folder(folder.path())), [""; 0]);
    assert_eq!(answered(asking("show p").env("ROLEBOOK_DATASET", broken)), [""; 0]);
}

#[test]
fn no_line_is_an_error() {
    for shell in SHELLS.into_iter().chain(["nushell"]) {
        for line in
            [vec![""], vec!["nothing", ""], vec!["--nothing", ""], vec!["compare", "--", "-", "", "="]]
        {
            for index in ["", "0", "2", "99"] {
                let asking =
                    rolebook("-- rolebook").env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", index);
                line.iter().fold(asking, |asking, word| asking.arg(*word)).run().answer();
            }
        }
    }
}

/// Control characters in a title do not reach the shell.
#[test]
fn a_meaning_is_one_line_that_can_be_seen() {
    let folder = TempDir::new().expect("a folder");
    let dataset = r#"{"rolebook": 1, "id": "d", "title": "D", "sections": [], "roles": [
        {"id": "a", "title": "A\u001b[2J", "aliases": ["two words", "-x"]},
        {"id": "b", "title": "B", "summary": "s", "aliases": ["bé"]}],
        "quizzes": [{"id": "q", "title": "Q", "questions": [
            {"id": "one", "prompt": "A\tlong\nway", "options": [{"id": "o", "label": "O", "points": {"a": 1}}]},
            {"id": "two", "prompt": "T", "options": [{"id": "o", "label": "O", "points": {"a": 1}}]}]}]}"#;
    fs::write(folder.path().join("rolebook.json"), dataset).expect("a file");
    let asked = |line| answered(asking(line).folder(folder.path()));
    assert_eq!(asked("show a"), ["a: A␛[2J"]);
    assert_eq!(asked("quiz --answer "), ["one=: A long way", "two=: T"]);
    assert_eq!(asked("show bé"), ["bé: B"]);
    // What a shell would read as two words, or as an option, stays the id's.
    assert_eq!(asked("show tw"), [""; 0]);
}

/// What bash takes apart at `=` comes together again, and only what follows is offered.
#[test]
fn bash_is_offered_what_follows_the_last_break() {
    let asked = |words: &[&str], index: &str| {
        let asking = rolebook("-- rolebook").env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index);
        words.iter().fold(asking, |asking, word| asking.arg(*word)).run().answer()
    };
    let people = "team\nmany\nnot-sure\n";
    assert_eq!(asked(&["quiz", "--answer", "people", "="], "4"), people);
    assert_eq!(asked(&["quiz", "--answer", "people", "=", "t"], "5"), "team\n");
    assert_eq!(asked(&["quiz", "--answer", "people", "=", "t", "--json"], "5"), "team\n");
    assert_eq!(asked(&["quiz", "--answer", "people", "=", "team"], "4"), people);
    assert_eq!(asked(&["quiz", "--answer=people=t"], "2"), "team\n");
    assert_eq!(asked(&["compare", "--section", "=", "ch"], "4"), "choosing\n");
    assert_eq!(asked(&["quiz", "--answer", "people"], "3"), "people=team\npeople=many\npeople=not-sure\n");
}

#[test]
fn each_shell_gets_a_script_that_names_the_program() {
    for shell in SHELLS.into_iter().chain(["/usr/bin/zsh"]) {
        let script = rolebook("").env("COMPLETE", shell).run().answer();
        assert!(script.contains("rolebook") && script.contains("COMPLETE"), "{shell}: {script}");
        let program = env!("CARGO_BIN_EXE_rolebook");
        assert!(script.contains(program), "{shell}: {script}");
    }
    // As a file in `$fpath`, it has to complete when it is loaded.
    let zsh = rolebook("completions zsh").run().answer();
    assert!(zsh.contains("== _rolebook ]]; then\n    _clap_dynamic_completer_rolebook"), "{zsh}");
    let unknown = rolebook("").env("COMPLETE", "nushell").run();
    insta::assert_snapshot!(unknown);
}

#[test]
fn an_empty_variable_asks_for_nothing() {
    for value in ["", "0"] {
        let run = rolebook("roles").env("COMPLETE", value).run();
        assert_eq!(run.answer(), rolebook("roles").run().answer());
    }
}

/// The script as bash runs it, with the variables that bash sets while a line is typed.
#[cfg(unix)]
#[test]
fn bash_runs_the_script() {
    use std::process::Command;

    let script = rolebook("").env("COMPLETE", "bash").run().answer();
    let ask = r#"
ask() { COMP_WORDS=("${@:2}"); COMP_CWORD=$(($# - 2)); _rolebook rolebook "$1"; echo "${COMPREPLY[*]}"; }
ask '' rolebook quiz --answer people =
ask 'te' rolebook quiz --answer people = te
ask '' rolebook show ''
ask 'ch' rolebook compare --section ch
ask '' rolebook -d nowhere.json show ''
complete -p rolebook
"#;
    let run = Command::new("bash").args(["--norc", "-c", &format!("{script}{ask}")]).output();
    let Ok(output) = run else {
        // Skip the test if bash is not installed.
        return;
    };
    let printed = String::from_utf8(output.stdout).expect("text");
    let told = String::from_utf8(output.stderr).expect("text");
    let lines: Vec<&str> = printed.lines().collect();
    let (registered, answers) = lines.split_last().expect("lines");
    let options = answers.last().expect("an answer");
    assert_eq!(told, "");
    assert_eq!(answers[..4], ["team many not-sure", "team", "product-manager product-owner", "choosing"]);
    assert!(options.starts_with("--as"), "{options}");
    assert!(registered.contains("-F _rolebook rolebook"), "{registered}");
}

/// A real fish, asked for what it would offer.
#[cfg(unix)]
#[test]
fn fish_offers_the_same() {
    let folder = TempDir::new().expect("a folder");
    for name in ["r.yaml", "r.md", "r two.json"] {
        fs::write(folder.path().join(name), "").expect("a file");
    }
    let script = rolebook("").env("COMPLETE", "fish").run().answer();
    for (line, wanted) in [
        ("compare pm ", vec!["product-owner\tProduct owner"]),
        ("compare --cite --ci", vec![]),
        ("compare pm po --ci", vec!["--cite\tAdd sources and voices (JSON always has them)"]),
        ("compare --json --cite pm ", vec!["product-owner\tProduct owner"]),
        ("check r", vec!["r two.json", "r.yaml"]),
        ("check r\\ ", vec!["r two.json"]),
        ("check 'r t", vec!["r two.json"]),
        ("export --into r", vec!["r.md"]),
    ] {
        let asking = format!("{script}\ncomplete --do-complete (string join '' -- $argv)");
        let mut fish = std::process::Command::new("fish");
        fish.args(["--no-config", "--command", &asking]).arg(format!("rolebook {line}"));
        fish.env("HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path().join(".config"));
        let Ok(output) = fish.current_dir(folder.path()).output() else { return };
        let printed = String::from_utf8(output.stdout).expect("text");
        assert_eq!(printed.lines().collect::<Vec<_>>(), wanted, "{line}");
    }
}

/// Real shells in a terminal, in which `rolebook` is a function that keeps its arguments.
#[cfg(unix)]
mod in_a_shell {
    use std::fs;
    use std::io::Write;
    use std::path::Path;
    use std::process::Child;
    use std::sync::Arc;
    use std::sync::mpsc::Receiver;
    use std::time::Duration;

    use pty_process::Size;
    use pty_process::blocking::{Command, Pty, open};
    use tempfile::TempDir;

    use crate::support::{pseudo_terminal, rolebook};

    /// Enough for a slow machine; passing tests never wait this long.
    const PATIENCE: Duration = Duration::from_secs(20);

    struct Shell {
        child: Child,
        pty: Arc<Pty>,
        written: Receiver<Vec<u8>>,
        screen: Vec<u8>,
        home: TempDir,
        commands: usize,
    }

    impl Shell {
        /// `None` on a system without this shell.
        fn start(name: &str) -> Option<Self> {
            let home = TempDir::new().expect("a folder");
            let script = rolebook("").env("COMPLETE", name).run().answer();
            let kept = home.path().join("arguments");
            let (before, startup) = match name {
                "zsh" => (
                    "autoload -Uz compinit\ncompinit -u -D\nsetopt no_beep\nunset zle_bracketed_paste",
                    ".zshrc",
                ),
                _ => ("bind 'set bell-style none'", "startup"),
            };
            let keep = format!(
                "{before}\n{script}\nkept={}\nPS1=\nready() {{ echo \"read\"\"y-$1\"; }}\n\
                 rolebook() {{ printf '%s\\0' \"$@\" > \"$kept\"; }}\n",
                kept.display()
            );
            let startup = home.path().join(startup);
            fs::write(&startup, keep).expect("a file");
            let (pty, pts) = open().expect("there is a pseudo-terminal");
            pty.resize(Size::new(24, 200)).expect("it has a size");
            let command = match name {
                "bash" => Command::new(name).args(["--noprofile", "--rcfile"]).arg(&startup).arg("-i"),
                _ => Command::new(name).arg("-i"),
            };
            let command =
                command.env_clear().env("HOME", home.path()).env("TERM", "dumb").env("PATH", "/usr/bin:/bin");
            let child = command.env("LC_ALL", "C.UTF-8").current_dir(home.path()).spawn(pts).ok()?;
            let pty = Arc::new(pty);
            let written = pseudo_terminal::output(&pty);
            let mut shell = Self { child, pty, written, screen: Vec::new(), home, commands: 0 };
            shell.types("");
            Some(shell)
        }

        /// Types a line, presses Enter, and waits until it has run.
        fn types(&mut self, line: &str) {
            self.commands += 1;
            let keys = format!("{line}\rready {}\r", self.commands);
            (&*self.pty).write_all(keys.as_bytes()).expect("the terminal takes keys");
            let wanted = format!("ready-{}\r\n", self.commands);
            while !self.screen.windows(wanted.len()).any(|part| part == wanted.as_bytes()) {
                let Ok(bytes) = self.written.recv_timeout(PATIENCE) else {
                    panic!("{wanted:?} never came:\n{}", String::from_utf8_lossy(&self.screen));
                };
                self.screen.extend(bytes);
            }
        }

        /// The arguments with which a line runs `rolebook`, typed in this folder.
        fn arguments(&mut self, folder: &Path, line: &str) -> Vec<String> {
            let kept = self.home.path().join("arguments");
            fs::write(&kept, "not run\0").expect("a file");
            self.types(&format!("cd {}", folder.display()));
            self.types(line);
            let kept = fs::read_to_string(kept).expect("the arguments are text");
            kept.split_terminator('\0').map(str::to_owned).collect()
        }
    }

    impl Drop for Shell {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// File names that would run a command, or become other words, if bash inserted them as they are.
    const HOSTILE: [&str; 14] = [
        "r$(touch PWNED).yaml",
        "r`touch PWNED`.yaml",
        "r;touch PWNED;.yaml",
        "r|touch PWNED",
        "r&touch PWNED",
        "r>PWNED",
        "r${HOME}.yaml",
        "r two words.yaml",
        "r\tab.yaml",
        "r\nsecond line;touch PWNED",
        "r'single \"double.yaml",
        "r\\back\\slash.yaml",
        "r*?[x]{a,b}~#.yaml",
        "r=a:b!c.yaml",
    ];

    #[test]
    fn a_completed_file_name_is_one_argument_whatever_it_holds() {
        for mut shell in ["bash", "zsh"].into_iter().filter_map(Shell::start) {
            for name in HOSTILE {
                let folder = TempDir::new().expect("a folder");
                fs::write(folder.path().join(name), "").expect("a file");
                for (line, before) in [
                    ("rolebook -d r", &["-d"][..]),
                    ("rolebook roles --dataset r", &["roles", "--dataset"]),
                    ("rolebook check r", &["check"]),
                    ("rolebook export --into r", &["export", "--into"]),
                    ("rolebook export --check docs r", &["export", "--check", "docs"]),
                    ("rolebook export -o r", &["export", "-o"]),
                    ("rolebook quiz --answers r", &["quiz", "--answers"]),
                ] {
                    let found = shell.arguments(folder.path(), &format!("{line}\t"));
                    let wanted: Vec<&str> = before.iter().copied().chain([name]).collect();
                    assert_eq!(found, wanted, "{line}");
                }
                let left = fs::read_dir(folder.path()).expect("a folder").count();
                assert_eq!(left, 1, "{name:?} ran a command");
            }
        }
    }

    /// Of several files with the same beginning, only those of a type that the command reads are offered.
    #[test]
    fn the_extension_decides_between_files() {
        for mut shell in ["bash", "zsh"].into_iter().filter_map(Shell::start) {
            let folder = TempDir::new().expect("a folder");
            let roles = folder.path().join("our roles");
            fs::create_dir(&roles).expect("a folder");
            for name in ["r two.csv", "r two.json", "r two.md"] {
                fs::write(folder.path().join(name), "").expect("a file");
                fs::write(roles.join(name), "").expect("a file");
                fs::write(shell.home.path().join(name), "").expect("a file");
            }
            let home = format!("{}/r two.json", shell.home.path().display());
            for (line, wanted) in [
                ("check r\t", &["check", "r two.json"][..]),
                ("check r\\ t\t", &["check", "r two.json"]),
                ("check 'r t\t", &["check", "r two.json"]),
                ("check \"r t\t", &["check", "r two.json"]),
                ("check our\tr\t", &["check", "our roles/r two.json"]),
                ("roles --dataset=r\t", &["roles", "--dataset=r two.json"]),
                ("check ~/r\t", &["check", &home]),
                ("export --into r\t", &["export", "--into", "r two.md"]),
                ("import r\t", &["import", "r two.csv"]),
            ] {
                assert_eq!(shell.arguments(folder.path(), &format!("rolebook {line}")), wanted, "{line}");
            }
        }
    }

    #[test]
    fn names_from_the_dataset_and_options_are_completed() {
        for mut shell in ["bash", "zsh"].into_iter().filter_map(Shell::start) {
            let folder = TempDir::new().expect("a folder");
            fs::write(folder.path().join("pages.md"), "").expect("a file");
            for (line, wanted) in [
                ("rolebook compare pm \t", "compare pm product-owner"),
                ("rolebook compare pm po --ci\t", "compare pm po --cite"),
                ("rolebook show product-m\t", "show product-manager"),
                ("rolebook quiz --answer people=te\t--json", "quiz --answer people=team --json"),
                ("rolebook quiz --answer tech\tb\t", "quiz --answer technical-depth=build"),
                ("rolebook compare --section=ch\t", "compare --section=choosing"),
                ("rolebook check pa\t", "check pages.md"),
                // A file is not offered where a role is expected, also after files were.
                ("rolebook show pa\t", "show pa"),
            ] {
                assert_eq!(shell.arguments(folder.path(), line).join(" "), wanted, "{line}");
            }
        }
    }
}
