//! The quiz in a pseudo-terminal: keys in, screens out, and the terminal as it was however the run ends.

use std::fmt::Write as _;
use std::io::{Read, Seek, Write as _};
use std::num::NonZero;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Termios, tcgetattr};

use crate::support::{Rolebook, rolebook};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const END: &str = "\x1b[F";
const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
/// Enough for a slow machine; no test waits that long where all is well.
const PATIENCE: Duration = Duration::from_secs(20);

/// A run in a terminal; standard output goes to a file of its own unless it is put on the screen.
struct Terminal {
    child: Child,
    pty: Arc<Pty>,
    written: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    bytes: Vec<u8>,
    before: Termios,
    stdout: std::fs::File,
}

/// Which streams of a run are the terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Streams {
    All,
    AllButOutput,
    OnlyInput,
    OnlyError,
}

/// What a run in a terminal came to.
struct Ended {
    status: ExitStatus,
    screen: String,
    bytes: Vec<u8>,
    stdout: String,
}

impl Terminal {
    /// Starts a run that has a terminal of this size.
    fn start(run: &Rolebook, streams: Streams, (rows, columns): (u16, u16)) -> Self {
        let (pty, pts) = open().expect("there is a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("it has a size");
        let before = tcgetattr(&pty).expect("it has modes");
        let stdout = tempfile::tempfile().expect("there is a temporary file");
        let file = || Stdio::from(stdout.try_clone().expect("a file can be shared"));
        let command = Command::from(run.command());
        let command = match streams {
            Streams::All => command,
            Streams::AllButOutput => command.stdout(file()),
            Streams::OnlyInput => command.stdout(file()).stderr(file()),
            Streams::OnlyError => command.stdout(file()).stdin(Stdio::null()),
        };
        let child = command.spawn(pts).expect("the program starts");
        let pty = Arc::new(pty);
        let (sender, written) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Reading fails as soon as the last process has closed the terminal.
            while let Ok(length @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let cells = |count| NonZero::new(count).unwrap_or(NonZero::<u16>::MIN);
        let screen = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self { child, pty, written, screen, bytes: Vec::new(), before, stdout }
    }

    /// A run in a terminal that shows all of a quiz, its result going to a file.
    fn new(run: &Rolebook) -> Self {
        Self::start(run, Streams::AllButOutput, (110, 80))
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.bytes.extend(bytes);
    }

    fn text(&self) -> String {
        let rows = self.screen.screen().contents();
        rows.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Waits until the screen shows this and is drawn to its end: while it is drawn, the cursor is hidden.
    #[track_caller]
    fn shows(&mut self, wanted: &str) -> &mut Self {
        while self.screen.screen().hide_cursor() || !self.text().contains(wanted) {
            self.wait(wanted);
        }
        self
    }

    /// Waits until there is more on the screen, on the way to what is wanted.
    #[track_caller]
    fn wait(&mut self, wanted: &str) {
        match self.written.recv_timeout(PATIENCE) {
            Ok(bytes) => self.take(&bytes),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                panic!("`{wanted}` never came up:\n{}", self.text())
            }
        }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        (&*self.pty).write_all(keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Waits until a question in lines is asked, the first, second and so on by number.
    #[track_caller]
    fn asks(&mut self, question: usize) -> &mut Self {
        while self.text().matches("? for help):").count() < question {
            self.wait("the next question");
        }
        self
    }

    /// Answers a question in lines as soon as it is asked.
    #[track_caller]
    fn line(&mut self, question: usize, answer: &str) -> &mut Self {
        self.asks(question).press(answer).press("\n")
    }

    fn send(&mut self, signal: Signal) -> &mut Self {
        kill_process(Pid::from_child(&self.child), signal).expect("the program runs");
        self
    }

    /// Waits for the end, and checks that the terminal is as it was before.
    #[track_caller]
    fn ends(&mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                break status;
            }
            if Instant::now() > deadline {
                self.child.kill().expect("the program runs");
                panic!("it goes on for ever:\n{}", self.text());
            }
            if let Ok(bytes) = self.written.recv_timeout(Duration::from_millis(2)) {
                self.take(&bytes);
            }
        };
        while let Ok(bytes) = self.written.recv() {
            self.take(&bytes);
        }
        let after = tcgetattr(&self.pty).expect("the terminal has modes");
        let modes =
            |modes: &Termios| (modes.input_modes, modes.output_modes, modes.control_modes, modes.local_modes);
        assert_eq!(modes(&after), modes(&self.before), "the terminal is restored");
        assert!(!self.screen.screen().hide_cursor(), "the cursor is shown");
        assert!(!self.screen.screen().bracketed_paste(), "pasting is as it was");
        let mut stdout = String::new();
        self.stdout.rewind().expect("a file can be read again");
        self.stdout.read_to_string(&mut stdout).expect("the result is text");
        Ended { status, screen: self.text(), bytes: std::mem::take(&mut self.bytes), stdout }
    }

    fn is_raw(&self) -> bool {
        !tcgetattr(&self.pty).expect("the terminal has modes").local_modes.contains(LocalModes::ICANON)
    }
}

impl Ended {
    #[track_caller]
    fn with_code(&self, code: i32) -> &Self {
        assert_eq!(self.status.code(), Some(code), "{}", self.screen);
        self
    }

    /// Somebody left: exit 130, and nothing on standard output.
    #[track_caller]
    fn left(&self) {
        self.with_code(130);
        assert_eq!(self.stdout, "");
        assert!(self.screen.ends_with("error: cancelled: no result"), "{}", self.screen);
    }

    /// The answers of the result, by question.
    #[track_caller]
    fn answers(&self) -> String {
        self.with_code(0);
        let result: serde_json::Value = serde_json::from_str(&self.stdout).expect("the result is JSON alone");
        let answers = result["answers"].as_array().expect("there are answers");
        let pairs = answers.iter().map(|answer| {
            format!(
                "{}={}",
                answer["question"].as_str().expect("a question has an id"),
                answer["option"].as_str().unwrap_or("")
            )
        });
        pairs.collect::<Vec<_>>().join(" ")
    }
}

fn in_terminal(arguments: &str) -> Rolebook {
    rolebook(arguments).env("TERM", "xterm-256color")
}

const FIRST: &str = "Question 1 of 3: Technical depth";
const SECOND: &str = "Question 2 of 3: People to work with";
const THIRD: &str = "Question 3 of 3: Customers";

#[test]
fn arrows_digits_and_enter_answer() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).shows("> 1. I design").press(DOWN).shows("> 2. I follow").press(UP);
    terminal.shows("> 1. I design").press(ENTER).shows(SECOND).press("2").shows("Your choice: 2");
    terminal.shows("> 2. I would rather deal").press(ENTER).shows(THIRD).shows("> 1. I would take");
    assert!(terminal.is_raw());
    terminal.press(UP).press(UP).shows("> 3. I am not sure").press(ENTER);
    terminal.shows("Review").shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=not-sure");
}

#[test]
fn the_way_back_keeps_the_answer() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows("> 1. I design").press("2").shows("> 2. I follow").press(ENTER).shows(SECOND);
    terminal.press(END).shows("> 4. Back to question 1").press(ENTER);
    // The question comes again, and the answer given before stands ready.
    terminal.shows("> Back to question 1\n\nQuestion 1 of 3").shows("> 2. I follow").press(ENTER);
    terminal.shows("> 1. I would rather lead").press(ENTER);
    terminal.shows("> 1. I would take").press(ENTER).shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=follow people=team customer=boss");
}

#[test]
fn the_first_question_has_no_way_back() {
    let mut terminal = Terminal::new(&in_terminal("quiz"));
    terminal.shows("> 1. I design");
    assert!(!terminal.text().contains("Back"), "{}", terminal.text());
    terminal.press(ESC).ends().left();
}

#[test]
fn the_review_changes_an_answer_or_leaves_it() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows("> 1. I design").press(ENTER).shows("> 1. I would rather lead").press(ENTER);
    terminal.shows("> 1. I would take").press(ENTER).shows("> 1. See the result");
    terminal.press("3").shows("> 3. Change “People to work with”: I would rather lead").press(ENTER);
    terminal.shows("  4. Back to the review").press("2");
    terminal.shows("> 2. I would rather deal").press(ENTER);
    terminal.shows("  3. Change “People to work with”: I would rather deal").press("2");
    terminal.shows("> 2. Change “Technical depth”").press(ENTER).shows("  4. Back to the review").press(END);
    terminal.shows("> 4. Back to the review").press(ENTER).shows("> Back to the review\n\nReview");
    terminal.shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=boss");
}

#[test]
fn a_wrong_key_explains_itself_and_chooses_nothing() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows("> 1. I design").press("9").shows("> No choice begins like this: Backspace takes it back");
    terminal.press(ENTER).shows("> no such choice").shows("> 1. I design").press("x");
    terminal.shows("> No choice").press("\x7f").shows("> 1. I design").press("i am");
    terminal.shows("> 3. I am not sure").press(ENTER).shows("> 1. I would rather lead");
    // Nor does it go back.
    terminal.press("9").shows("> No choice").press(ENTER).shows("> no such choice");
    terminal.shows("> 1. I would rather lead").press("2").shows("> 2. I would rather deal").press(ENTER);
    terminal.shows(THIRD).press(CTRL_C).ends().left();
}

#[test]
fn only_open_questions_are_asked() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json --answer people=many --answer customer="));
    terminal.shows("1 question, 2 answered already.").shows("Question 1 of 1: Technical depth").press(ENTER);
    terminal.shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=");
}

/// The way through every prompt there is: what each shows, and the keys that lead to the next. After the review comes
/// a question again, and in the end one whose choices what was typed has ruled out.
const PROMPTS: [(&str, &str); 6] = [
    ("> 1. I design", ENTER),
    ("> 1. I would rather lead", ENTER),
    ("> 1. I would take", ENTER),
    ("> 1. See the result", "2\r"),
    ("  4. Back to the review", "9"),
    ("> No choice begins like this", ""),
];

/// The same in lines: what is answered; the last question is asked again after help.
const LINES: [&str; 6] = ["1", "1", "1", "2", "?", ""];

/// Ways to end a run at each prompt in turn, all at once: such a run is idle most of the time.
fn at_every_prompt(end: impl Fn(&mut Terminal) + Sync) {
    std::thread::scope(|scope| {
        for last in 0..PROMPTS.len() {
            let end = &end;
            scope.spawn(move || {
                let mut terminal = Terminal::new(&in_terminal("quiz"));
                for (shown, keys) in &PROMPTS[..last] {
                    terminal.shows(shown).press(keys);
                }
                end(terminal.shows(PROMPTS[last].0));
            });
        }
    });
}

/// As [`at_every_prompt`], in lines.
fn at_every_line(end: impl Fn(&mut Terminal) + Sync) {
    std::thread::scope(|scope| {
        for last in 0..LINES.len() {
            let end = &end;
            scope.spawn(move || {
                let mut terminal = Terminal::new(&in_terminal("quiz --plain-prompts"));
                for (question, answer) in LINES[..last].iter().enumerate() {
                    terminal.line(question + 1, answer);
                }
                end(terminal.asks(last + 1));
            });
        }
    });
}

#[test]
fn esc_ctrl_c_and_ctrl_d_leave_at_every_prompt() {
    for key in [ESC, CTRL_C, CTRL_D] {
        at_every_prompt(|terminal| terminal.press(key).ends().left());
    }
    for key in [CTRL_C, CTRL_D] {
        at_every_line(|terminal| terminal.press(key).ends().left());
    }
}

/// At a prompt, SIGINT is Ctrl-C whoever sends it; the others end the process as they do everywhere.
#[test]
fn signals_end_it_at_every_prompt() {
    let leave = |terminal: &mut Terminal| terminal.send(Signal::INT).ends().left();
    at_every_prompt(leave);
    at_every_line(leave);
    for signal in [Signal::TERM, Signal::HUP] {
        let end = |terminal: &mut Terminal| {
            let ended = terminal.send(signal).ends();
            assert_eq!(ended.status.signal(), Some(signal.as_raw()), "{}", ended.screen);
            assert_eq!(ended.stdout, "");
        };
        at_every_prompt(end);
        at_every_line(end);
    }
}

#[test]
fn a_signal_between_two_questions_leaves_the_terminal_restored() {
    // The heading is there before the terminal is made raw again: the signal comes just then.
    for _ in 0..10 {
        let mut terminal = Terminal::new(&in_terminal("quiz"));
        terminal.shows("> 1. I design").press(ENTER).shows(SECOND).send(Signal::INT).ends().with_code(130);
    }
}

#[test]
fn nobody_is_asked_without_a_terminal_on_both_sides() {
    for streams in [Streams::OnlyInput, Streams::OnlyError] {
        let ended = Terminal::start(&in_terminal("quiz"), streams, (24, 80)).ends();
        ended.with_code(2);
        // Where standard error is no terminal, it goes the way of standard output.
        let told = format!("{}{}", ended.stdout, ended.screen).replace('\n', " ");
        assert!(told.contains("--answer technical-depth=build|follow|not-sure"), "{told}");
        assert!(told.contains("prompting needs a terminal"), "{told}");
    }
}

#[test]
fn questions_can_be_forbidden_in_a_terminal() {
    let forbidden = [in_terminal("quiz --no-input"), in_terminal("quiz").env("ROLEBOOK_NO_INPUT", "1")];
    for run in forbidden {
        let ended = Terminal::new(&run).ends();
        ended.with_code(2);
        assert_eq!(ended.stdout, "");
        assert!(ended.screen.contains("ROLEBOOK_NO_INPUT"), "{}", ended.screen);
        assert!(ended.screen.contains("--answer people=team|many|not-sure"), "{}", ended.screen);
    }
}

#[test]
fn any_size_of_terminal_will_do() {
    for size in [(0, 0), (1, 1), (10, 20), (20, 60)] {
        let mut terminal = Terminal::start(&in_terminal("quiz --json"), Streams::AllButOutput, size);
        // Four choices by Enter; the tiniest screens show nothing to wait for, but keys are not lost.
        terminal.press(ENTER).press(ENTER).press(ENTER).press(ENTER);
        let answers = terminal.ends().answers();
        assert_eq!(answers, "technical-depth=build people=team customer=boss", "{size:?}");
        let mut terminal =
            Terminal::start(&in_terminal("quiz --json --plain-prompts"), Streams::AllButOutput, size);
        terminal.press("1\n1\n1\n\n");
        let answers = terminal.ends().answers();
        assert_eq!(answers, "technical-depth=build people=team customer=boss", "{size:?}");
    }
}

/// A terminal that has no size does not know it: the page is that of a file.
#[test]
fn a_terminal_without_a_size_is_as_wide_as_a_file() {
    for size in [(0, 0), (24, 0), (1, 1)] {
        for command in ["compare", "skills", "show pm", "quiz --questions", "--help"] {
            let run = rolebook(command).args("--color never -q");
            let ended = Terminal::start(&run, Streams::All, size).ends();
            let bytes = String::from_utf8(ended.bytes).expect("the page is text");
            assert_eq!(bytes.replace("\r\n", "\n"), run.run().answer(), "{command} {size:?}");
        }
    }
}

/// Nobody reads a table that has run off the screen from its beginning.
#[test]
fn a_comparison_that_runs_off_the_screen_names_the_short_one() {
    let tip = "`--brief` fits one screen; `--section NAME` shows one of these sections";
    for (command, size, is_tipped) in [
        ("compare", (24, 80), true),
        ("compare", (999, 80), false),
        ("compare -q", (24, 80), false),
        ("compare --json", (24, 80), false),
        ("compare --brief", (24, 80), false),
    ] {
        let ended = Terminal::start(&rolebook(command), Streams::All, size).ends();
        let shown = String::from_utf8(ended.bytes).expect("the page is text");
        assert_eq!(shown.contains(tip), is_tipped, "{command} {size:?}");
    }
}

#[test]
fn results_fit_any_size_of_terminal() {
    for size in [(0, 0), (1, 1), (10, 20)] {
        for command in ["compare", "skills", "roles", "quiz --questions", "--help", "nonsense"] {
            let ended = Terminal::start(&in_terminal(command), Streams::All, size).ends();
            ended.with_code(if command == "nonsense" { 2 } else { 0 });
        }
    }
}

/// What a select sequence of a graphic rendition looks like: `ESC [ … m`.
fn has_colour(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split("\x1b[")
        .skip(1)
        .any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
}

#[test]
fn colour_in_prompts_obeys_the_one_decision() {
    let coloured = [in_terminal("quiz"), in_terminal("quiz --color always").env("NO_COLOR", "1")];
    let plain = [
        in_terminal("quiz").env("NO_COLOR", "1"),
        in_terminal("quiz").env("CLICOLOR", "0"),
        in_terminal("quiz --color never"),
    ];
    let runs = coloured.map(|run| (run, true)).into_iter().chain(plain.map(|run| (run, false)));
    for (run, expected) in runs {
        let mut terminal = Terminal::new(&run);
        terminal.shows("> 1. I design").press(ENTER).shows("> 1. I would rather lead").press(ESC);
        let ended = terminal.ends();
        ended.left();
        assert_eq!(has_colour(&ended.bytes), expected, "{run:?}");
    }
}

#[test]
fn lines_without_any_escape_sequence() {
    let plain = [
        rolebook("quiz --json"),
        rolebook("quiz --json").env("TERM", "dumb"),
        in_terminal("quiz --json").env("ACCESSIBLE", "1"),
        in_terminal("quiz --json --plain-prompts"),
    ];
    for run in plain {
        let mut terminal = Terminal::new(&run);
        terminal.shows("Your choice (1 to 3, ? for help):");
        assert!(!terminal.is_raw(), "{run:?}");
        terminal
            .line(1, "4")
            .shows("`4` is not one of the choices.")
            .line(2, "")
            .shows("Nothing was chosen.");
        terminal.line(3, "b").shows("There is no way back.").line(4, "?").shows("Count what you could learn");
        terminal
            .line(5, "1")
            .shows(SECOND)
            .line(6, "b")
            .shows("(1 to 3, Enter for 1, ? for help):")
            .line(7, "2");
        terminal.line(8, "2").shows(THIRD).line(9, "3").shows("(1 to 4, Enter for 1, ? for help):");
        terminal
            .line(10, "2")
            .shows("(1 to 3, Enter for 2, b for back, ? for help):")
            .line(11, "b")
            .line(12, "");
        let ended = terminal.ends();
        assert_eq!(ended.answers(), "technical-depth=follow people=many customer=not-sure");
        assert!(!ended.bytes.contains(&0x1b), "{run:?}");
    }
}

#[test]
fn a_variable_that_says_no_asks_for_no_lines() {
    for value in ["", "0"] {
        let mut terminal = Terminal::new(&in_terminal("quiz").env("ACCESSIBLE", value));
        terminal.shows("> 1. I design").press(ESC).ends().left();
    }
}

#[test]
fn ctrl_c_and_the_end_of_input_leave_lines() {
    for key in [CTRL_C, CTRL_D] {
        // The message that somebody left is coloured like every other: here it is not to be.
        let mut terminal = Terminal::new(&in_terminal("quiz --plain-prompts").env("NO_COLOR", "1"));
        let ended = terminal.shows("Your choice (").press(key).ends();
        ended.left();
        assert!(!ended.bytes.contains(&0x1b));
    }
}

/// Every question as it was seen before each key, and the last screen whole.
fn screens(run: &Rolebook, columns: u16) -> String {
    let mut terminal = Terminal::start(run, Streams::All, (110, columns));
    let mut seen = String::new();
    let steps = [
        ("> 1. I design", "2"),
        ("Your choice: 2", ENTER),
        ("> 1. I would rather lead", "8"),
        ("> No choice", "\x7f"),
        ("> 1. I would rather lead", ENTER),
        ("> 1. I would take", ENTER),
        ("> 1. See the result", ENTER),
    ];
    for (awaited, keys) in steps {
        let screen = terminal.shows(awaited).text();
        let question = screen.rsplit("\n\n").next().unwrap_or_default();
        writeln!(seen, "{question}\n══ {}", keys.escape_debug()).expect("text takes text");
        terminal.press(keys);
    }
    let ended = terminal.ends();
    ended.with_code(0);
    format!("{seen}{}", until_result(&ended.screen))
}

/// The conversation and the first line of the result, whose other lines are looked at elsewhere.
fn until_result(screen: &str) -> &str {
    let start = screen.rfind("Which role suits me").expect("the result is shown");
    let end = screen.split_at(start).1.find('\n').expect("it has several lines");
    screen.split_at(start + end).0
}

#[test]
fn screens_at_80_columns() {
    assert_snapshot!(screens(&in_terminal("quiz"), 80));
}

#[test]
fn screens_at_60_columns() {
    assert_snapshot!(screens(&in_terminal("quiz").env("NO_COLOR", "1"), 60));
}

/// Little room: one choice at a time, no word broken, nothing drawn over.
#[test]
fn screens_at_20_columns() {
    let mut terminal = Terminal::start(&in_terminal("quiz"), Streams::AllButOutput, (10, 20));
    let first = terminal.shows("> 1. I design").text();
    let second = terminal.press(DOWN).shows("> 2. I follow").text();
    let third = terminal.press(DOWN).shows("> 3. I am not sure").text();
    assert_snapshot!([first, second, third].join("\n══\n"));
    terminal.press(ESC).ends().with_code(130);
}

#[test]
fn lines_at_60_columns() {
    let mut terminal = Terminal::start(&rolebook("quiz"), Streams::All, (110, 60));
    terminal.line(1, "?").line(2, "2").line(3, "many").line(4, "1").line(5, "1").line(6, "");
    let ended = terminal.ends();
    ended.with_code(0);
    assert_snapshot!(until_result(&ended.screen));
}

/// A profile is asked for like a quiz, and kept.
#[test]
fn a_person_is_assessed_skill_by_skill() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("rolebook.yaml", include_str!("../fixtures/diff-old.yaml"));
    write("half.yaml", "profile: 1\nname: Bo\nratings: {incidents: mid}\n");
    let run = |arguments: &str| in_terminal(arguments).args("--plain-prompts").folder(folder.path());
    let mut terminal = Terminal::new(&run("assess --role sre-3 --name Ann -o ann.yaml"));
    terminal.shows("Question 1 of 2: Incidents").line(1, "3").shows("Question 2 of 2: On call");
    terminal.line(2, "b").line(3, "4").line(4, "2").shows("See the result").line(5, "");
    let ended = terminal.ends();
    ended.with_code(0);
    assert_snapshot!(ended.screen);
    assert_snapshot!(ended.stdout);
    assert_snapshot!(std::fs::read_to_string(folder.path().join("ann.yaml")).expect("the profile is kept"));
    assert_eq!(
        rolebook("assess ann.yaml --role sre-3").folder(folder.path()).run().answer(),
        rolebook("assess ann.yaml --role sre-3 -d rolebook.yaml").folder(folder.path()).run().answer()
    );
    // Only what is missing is asked.
    let mut terminal = Terminal::new(&run("assess half.yaml --role sre-3 --ask"));
    terminal.shows("Question 1 of 1: On call").line(1, "3").line(2, "");
    let ended = terminal.ends();
    ended.with_code(0);
    assert!(ended.stdout.starts_with("Bo: SRE 3"), "{}", ended.stdout);
    // Leaving keeps nothing.
    let mut terminal = Terminal::new(&in_terminal("assess -o gone.yaml").folder(folder.path()));
    terminal.shows("Incidents").press(ESC).ends().left();
    assert!(!folder.path().join("gone.yaml").exists());
}
