//! Tests the quiz in a pseudo-terminal: keys in, screens out, and the terminal is restored however the run ends.

use std::fmt::Write as _;
use std::io::{Read, Seek, Write as _};
use std::num::NonZero;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::support::{Rolebook, pseudo_terminal, rolebook};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const HOME: &str = "\x1b[H";
const END: &str = "\x1b[F";
const PAGE_UP: &str = "\x1b[5~";
const PAGE_DOWN: &str = "\x1b[6~";
const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_Z: &str = "\x1a";
/// Enough for a slow machine; passing tests never wait this long.
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

/// The outcome of a run in a terminal.
struct Ended {
    status: ExitStatus,
    screen: String,
    bytes: Vec<u8>,
    stdout: String,
}

impl Terminal {
    /// Starts a run that has a terminal of this size.
    fn start(run: &Rolebook, streams: Streams, size: (u16, u16)) -> Self {
        Self::spawn(run.command(), streams, size)
    }

    /// As [`Terminal::start`], with any command.
    fn spawn(run: std::process::Command, streams: Streams, size: (u16, u16)) -> Self {
        let stdout = tempfile::tempfile().expect("there is a temporary file");
        let file = || Stdio::from(stdout.try_clone().expect("a file can be shared"));
        let command = Command::from(run);
        let command = match streams {
            Streams::All => command,
            Streams::AllButOutput => command.stdout(file()),
            Streams::OnlyInput => command.stdout(file()).stderr(file()),
            Streams::OnlyError => command.stdout(file()).stdin(Stdio::null()),
        };
        Self::run(command, stdout, size)
    }

    /// A run whose standard output goes there.
    fn with_output(run: std::process::Command, output: Stdio, size: (u16, u16)) -> Self {
        let nothing = tempfile::tempfile().expect("there is a temporary file");
        Self::run(Command::from(run).stdout(output), nothing, size)
    }

    fn run(command: Command, stdout: std::fs::File, (rows, columns): (u16, u16)) -> Self {
        let (pty, pts) = open().expect("there is a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("it has a size");
        let mut before = tcgetattr(&pty).expect("it has modes");
        // Else the system may drop what is written right after Ctrl-C.
        before.local_modes |= LocalModes::NOFLSH;
        tcsetattr(&pty, OptionalActions::Now, &before).expect("it takes modes");
        let child = command.spawn(pts).expect("the program starts");
        let pty = Arc::new(pty);
        let written = pseudo_terminal::output(&pty);
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
        while self.text().matches("help):").count() < question {
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
        assert!(!self.screen.screen().alternate_screen(), "the screen is as it was");
        let mut stdout = String::new();
        self.stdout.rewind().expect("a file can be read again");
        self.stdout.read_to_string(&mut stdout).expect("the result is text");
        Ended { status, screen: self.text(), bytes: std::mem::take(&mut self.bytes), stdout }
    }

    /// Changes the size of the window, and waits until everything is drawn again: this ends with these keys.
    #[track_caller]
    fn resize(&mut self, (rows, columns): (u16, u16), keys: &str) -> &mut Self {
        let cells = |count| NonZero::new(count).expect("a window has a size");
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        // What is drawn before the program knows the size is not looked at.
        self.bytes.clear();
        self.pty.resize(Size::new(rows, columns)).expect("it has a size");
        while !String::from_utf8_lossy(&self.bytes).contains(keys) {
            self.wait(keys);
        }
        self.shows(keys)
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

    /// The user cancelled: exit code 130, and nothing on standard output.
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
fn a_digit_chooses_at_once() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal
        .shows(FIRST)
        .press("2")
        .shows(SECOND)
        .press("3")
        .shows(THIRD)
        .press("1")
        .shows("Review")
        .press("1");
    assert_eq!(terminal.ends().answers(), "technical-depth=follow people=not-sure customer=boss");
    // Keys that come all at once are not lost either.
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).press("2311");
    assert_eq!(terminal.ends().answers(), "technical-depth=follow people=not-sure customer=boss");
}

#[test]
fn arrows_letters_and_enter_choose() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).shows("> 1. I design").press(DOWN).shows("> 2. I follow").press(UP);
    terminal.shows("> 1. I design").press("j").shows("> 2. I follow").press("k").shows("> 1. I design");
    terminal.press(END).shows("> 3. I am not sure").press(HOME).shows("> 1. I design").press(ENTER);
    // The way back is the last entry, and around the corner comes the first.
    terminal
        .shows(SECOND)
        .press(UP)
        .shows("> b. Back to question 1")
        .press(DOWN)
        .shows("> 1. I would rather lead");
    terminal.press(DOWN).shows("> 2. I would rather deal").press(ENTER).shows(THIRD);
    assert!(terminal.is_raw());
    terminal.press(UP).press(UP).shows("> 3. I am not sure").press("\n");
    terminal.shows("Review").shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=not-sure");
}

#[test]
fn the_way_back_keeps_the_answer() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).press("2").shows(SECOND).press("b");
    // The question comes again, and the answer given before is marked.
    terminal.shows(FIRST).shows("> 2. I follow").press(ENTER).shows(SECOND);
    terminal.press(END).shows("> b. Back to question 1").press(ENTER).shows(FIRST).press("B");
    terminal.shows("There is nothing to go back to.").press(ENTER).shows(SECOND).press("1");
    terminal.shows(THIRD).press("1").shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=follow people=team customer=boss");
}

#[test]
fn the_first_question_has_no_way_back() {
    let mut terminal = Terminal::new(&in_terminal("quiz"));
    terminal.shows("> 1. I design");
    assert!(!terminal.text().contains("back"), "{}", terminal.text());
    terminal.press("b").shows("There is nothing to go back to.").press(DOWN).shows("? help");
    terminal.press(ESC).ends().left();
}

#[test]
fn the_review_changes_an_answer_or_leaves_it() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).press("1").shows(SECOND).press("1").shows(THIRD).press("1");
    terminal.shows("> 1. See the result").press("3").shows("  b. Back to the review").press("2");
    terminal.shows("  3. Change “People to work with”: I would rather deal").press("2");
    terminal.shows(FIRST).press(END).shows("> b. Back to the review").press(ENTER);
    terminal.shows("> 1. See the result").press("b").shows(THIRD).shows("> 1. I would take").press("b");
    terminal.shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=boss");
}

#[test]
fn a_wrong_key_chooses_nothing() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal
        .shows("> 1. I design")
        .press("9")
        .shows("There is no option 9.")
        .press("0")
        .shows("There is no option 0.");
    // The message goes with the next key. What is pasted is not typed.
    terminal
        .press("x")
        .shows("? help")
        .press("\x1b[200~2q\x1b[201~\x1b2\x7f\x0c")
        .press(DOWN)
        .shows("> 2. I follow");
    terminal.shows(FIRST).press(CTRL_C).ends().left();
}

#[test]
fn help_says_which_keys_work_and_lets_them() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json"));
    terminal.shows(FIRST).press("?").shows("q or Esc    Leave without a result");
    assert_snapshot!(terminal.text());
    terminal.press("2").shows(SECOND).press("?").shows("Back to question 1\n").press("?").shows("? help");
    terminal.press("?").shows("q or Esc").press("b").shows("> 2. I follow");
    assert!(!terminal.text().contains("q or Esc"), "{}", terminal.text());
    terminal.press("?").shows("q or Esc").press("q").ends().left();
}

/// A quiz with a question of twelve options.
fn many_options(folder: &std::path::Path) -> Rolebook {
    let mut options = String::new();
    for number in 1..=12 {
        writeln!(options, "        - {{id: o{number}, label: Option {number}, points: {{a: {number}}}}}")
            .expect("text takes text");
    }
    let dataset = format!(
        "rolebook: 1\nid: many\ntitle: Many\nroles: [{{id: a, title: A}}]\nsections: []\nquizzes:\n  - id: q\n    title: Which?\n    \
         questions:\n    - id: one\n      prompt: Which one?\n      options:\n{options}"
    );
    std::fs::write(folder.join("rolebook.yaml"), dataset).expect("a file");
    in_terminal("quiz --json").folder(folder)
}

/// With more options than digits, digits add up to a number and Enter chooses.
#[test]
fn more_options_than_digits() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for (keys, chosen) in [
        (&["1"][..], 1),
        (&["1", "2"], 12),
        (&["9"], 9),
        // There is no option 13, so this is 3; 30 is none either, and 0 is no option.
        (&["1", "3"], 3),
        (&["3", "0"], 3),
        // Any other key ends the number.
        (&["1", "\x7f", "2"], 2),
        (&["1", DOWN], 2),
        (&[END], 12),
    ] {
        let mut terminal = Terminal::new(&many_options(folder.path()));
        terminal.shows(">  1. Option 1\n");
        for key in keys {
            terminal.press(key);
        }
        let marked = format!("> {chosen:>2}. Option {chosen}\n");
        terminal.shows(&marked).press(ENTER).shows("Review").press(ENTER);
        assert_eq!(terminal.ends().answers(), format!("one=o{chosen}"), "{keys:?}");
    }
    let mut terminal = Terminal::new(&many_options(folder.path()));
    terminal
        .shows(">  1. Option 1\n")
        .press("1")
        .shows("1: Enter to choose")
        .press("2")
        .shows("12: Enter to choose");
    assert_snapshot!(terminal.text());
    terminal.press("?").shows("Go to an option; Enter chooses it").press("q").ends().left();
}

#[test]
fn only_open_questions_are_asked() {
    let mut terminal = Terminal::new(&in_terminal("quiz --json --answer people=many --answer customer="));
    terminal.shows("1 question, 2 answered already.").shows("Question 1 of 1: Technical depth").press("1");
    terminal.shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=many customer=");
}

/// The way through every prompt there is: what each shows, and the keys that lead to the next. After the review comes
/// a question again, and in the end its help.
const PROMPTS: [(&str, &str); 6] = [
    ("> 1. I design", ENTER),
    ("> 1. I would rather lead", "1"),
    ("> 1. I would take", ENTER),
    ("> 1. See the result", "2"),
    ("  b. Back to the review", "?"),
    ("q or Esc    Leave", ""),
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
fn q_esc_ctrl_c_and_ctrl_d_leave_at_every_prompt() {
    for key in ["q", "Q", ESC, CTRL_C, CTRL_D] {
        at_every_prompt(|terminal| terminal.press(key).ends().left());
    }
    for key in ["q\n", "Q\n", "\x1b\n", CTRL_C, CTRL_D] {
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

/// A long table should not scroll off the screen.
#[test]
fn a_comparison_that_runs_off_the_screen_names_the_short_one() {
    let tip = "`--brief` shows the key aspects only; `--section NAME` shows one of these sections";
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
    let coloured = [
        in_terminal("quiz"),
        in_terminal("quiz").env("CLICOLOR_FORCE", "0"),
        in_terminal("quiz --color always").env("NO_COLOR", "1"),
    ];
    let plain = [
        in_terminal("quiz").env("NO_COLOR", "1"),
        in_terminal("quiz").env("CLICOLOR", "0"),
        in_terminal("quiz").env("CLICOLOR", "0").env("CLICOLOR_FORCE", "0"),
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
        terminal.shows("Your choice (1 to 3, q to leave, ? for help):");
        assert!(!terminal.is_raw(), "{run:?}");
        terminal
            .line(1, "4")
            .shows("`4` is not one of the choices.")
            .line(2, "")
            .shows("Nothing was chosen.");
        terminal
            .line(3, "b")
            .shows("There is nothing to go back to.")
            .line(4, "?")
            .shows("Count what you could learn");
        terminal
            .line(5, "1")
            .shows(SECOND)
            .line(6, "b")
            .shows("(1 to 3, Enter for 1, q to leave, ? for help):")
            .line(7, "2");
        terminal
            .line(8, "2")
            .shows(THIRD)
            .line(9, "3")
            .shows("(1 to 4, Enter for 1, b for back, q to leave, ? for help):");
        terminal
            .line(10, "2")
            .shows("(1 to 3, Enter for 2, b for back, q to leave, ? for help):")
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

/// Every screen as it was seen before each key, and the result below what was on the screen before.
fn screens(run: &Rolebook, columns: u16) -> String {
    let mut terminal = Terminal::start(run, Streams::All, (30, columns));
    let mut seen = String::new();
    let steps = [
        ("> 1. I design", "2"),
        ("> 1. I would rather lead", "8"),
        ("There is no option 8.", ENTER),
        ("> 1. I would take", DOWN),
        ("> 2. I would rather not", ENTER),
        ("> 1. See the result", "1"),
    ];
    for (awaited, keys) in steps {
        let screen = terminal.shows(awaited).text();
        writeln!(seen, "{screen}\n══ {}", keys.escape_debug()).expect("text takes text");
        terminal.press(keys);
    }
    let ended = terminal.ends();
    ended.with_code(0);
    assert!(ended.screen.starts_with("Which role suits me?"), "{}", ended.screen);
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

/// Narrower, wider, lower and higher: each screen is as if the window had always had this size.
#[test]
fn a_resized_window_is_drawn_anew() {
    let fresh = |size| {
        let mut terminal = Terminal::start(&in_terminal("quiz"), Streams::AllButOutput, size);
        let text = terminal.shows("> 1. I design").press(DOWN).shows("> 2. I follow").text();
        terminal.press(ESC).ends().left();
        text
    };
    let mut terminal = Terminal::start(&in_terminal("quiz"), Streams::AllButOutput, (24, 80));
    terminal.shows("> 1. I design").press(DOWN).shows("> 2. I follow");
    for (size, end) in [
        ((24, 60), "q leave"),
        ((24, 100), "q leave"),
        ((8, 30), "? help"),
        ((30, 40), "q leave"),
        ((5, 80), "? help"),
        ((24, 80), "q leave"),
    ] {
        let text = terminal.resize(size, end).text();
        // A window that grows shows what it can, one that was small from the start has scrolled as little as it had to.
        assert_eq!(text, fresh(size), "{size:?}");
    }
    terminal.press("2").shows(SECOND).press(ESC).ends().left();
}

/// A window of five lines scrolls, says so, and never loses the marked option.
#[test]
fn a_very_low_window_scrolls() {
    let mut terminal = Terminal::start(&in_terminal("quiz --json"), Streams::AllButOutput, (5, 80));
    let mut seen = vec![terminal.shows("> 1. I design").text()];
    for (key, awaited) in [
        (END, "> 3. I am not sure"),
        (PAGE_UP, "Question 1 of 3"),
        (PAGE_UP, "Which role suits me?"),
        (PAGE_UP, "Which role suits me?"),
        (PAGE_DOWN, "  1. I design"),
        ("?", "1 to 3      Choose"),
        (PAGE_DOWN, "PgUp PgDn"),
        (UP, "> 2. I follow"),
        ("9", "There is no option 9."),
    ] {
        let screen = terminal.press(key).shows(awaited).text();
        assert!(screen.lines().count() <= 5, "{screen}");
        seen.push(format!("══ {}\n{screen}", key.escape_debug()));
    }
    assert_snapshot!(seen.join("\n"));
    terminal.press("1").shows("> 1. I would rather lead").press("1").shows("> 1. I would take").press("1");
    terminal.shows("> 1. See the result").press(ENTER);
    assert_eq!(terminal.ends().answers(), "technical-depth=build people=team customer=boss");
}

/// Ctrl-Z gives the terminal back to the shell, and `fg` shows the question again.
#[test]
fn ctrl_z_suspends_and_fg_goes_on() {
    let binary = env!("CARGO_BIN_EXE_rolebook");
    let script = format!("set -m; {binary} quiz --json; echo stopped: $?; read key; fg >&2; echo ended: $?");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &script]).env_clear().env("TERM", "xterm-256color").current_dir("/");
    let mut terminal = Terminal::spawn(shell, Streams::All, (24, 80));
    terminal.shows("> 1. I design").press("2").shows(SECOND).press(CTRL_Z).shows("stopped: 1");
    assert!(!terminal.is_raw());
    assert!(!terminal.screen.screen().alternate_screen());
    terminal.press("\n").shows(SECOND);
    assert!(terminal.is_raw());
    terminal.press("q").shows("error: cancelled: no result").shows("ended: 130");
    terminal.ends().with_code(0);
}

/// A process that is stopped gets signals when it goes on, just when it would take the terminal again.
#[test]
fn a_signal_to_a_suspended_quiz_leaves_the_terminal_restored() {
    let binary = env!("CARGO_BIN_EXE_rolebook");
    let script = format!("set -m; {binary} quiz; kill -TERM %1; fg >&2; echo ended: $?");
    for _ in 0..10 {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script]).env_clear().env("TERM", "xterm-256color").current_dir("/");
        let mut terminal = Terminal::spawn(shell, Streams::All, (24, 80));
        terminal.shows("> 1. I design").press(CTRL_Z).shows("ended: 143").ends().with_code(0);
    }
}

/// Where the result cannot be written yet, nothing is asked any more, and a signal ends the run as it does elsewhere.
#[test]
fn signals_after_the_last_question_end_it() {
    for signal in [Signal::INT, Signal::TERM] {
        let (_reader, mut full) = std::io::pipe().expect("there is a pipe");
        full.write_all(&vec![b' '; 65_536]).expect("a pipe holds so much");
        let mut terminal = Terminal::with_output(in_terminal("quiz").command(), full.into(), (24, 80));
        terminal.shows(FIRST).press("1111");
        while terminal.screen.screen().alternate_screen() {
            terminal.wait("the end of the questions");
        }
        let ended = terminal.send(signal).ends();
        let is_ended = ended.status.signal() == Some(signal.as_raw()) || ended.status.code() == Some(130);
        assert!(is_ended, "{:?}", ended.status);
    }
}

/// The message is not lost with the screen. The test runs itself in a terminal, where it panics at a prompt.
#[test]
fn a_panic_restores_the_terminal_first() {
    const PANICS: &str = "ROLEBOOK_TEST_PANICS";
    if std::env::var_os(PANICS).is_some() {
        let _terminal = rolebook::prompt::Terminal::take(false, None).expect("it is a terminal");
        panic!("as the test wants it");
    }
    let (_, module) = module_path!().split_once("::").expect("a module of the tests");
    let mut tests = std::process::Command::new(std::env::current_exe().expect("the tests run"));
    tests
        .args(["--nocapture", "--exact", &format!("{module}::a_panic_restores_the_terminal_first")])
        .env(PANICS, "1");
    let ended = Terminal::spawn(tests, Streams::All, (60, 80)).ends();
    assert!(ended.screen.contains("as the test wants it"), "{}", ended.screen);
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
    // Only missing ratings are asked for.
    let mut terminal = Terminal::new(&run("assess half.yaml --role sre-3 --ask"));
    terminal.shows("Question 1 of 1: On call").line(1, "3").line(2, "");
    let ended = terminal.ends();
    ended.with_code(0);
    assert!(ended.stdout.starts_with("Bo: SRE 3"), "{}", ended.stdout);
    // Cancelling saves nothing.
    let mut terminal = Terminal::new(&in_terminal("assess -o gone.yaml").folder(folder.path()));
    terminal.shows("Name in the profile:").press(ENTER).shows("Incidents").press(ESC).ends().left();
    assert!(!folder.path().join("gone.yaml").exists());
}

/// A level may have any id: “Not at all” and “Not sure” are never taken for a level.
#[test]
fn the_options_besides_levels_are_no_levels() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let dataset = "\
rolebook: 1
id: acme
title: Acme
scales:
  - id: grade
    title: Grade
    levels: [{id: partly, title: Learns}, {id: not-sure, title: Knows}]
roles: [{id: dev, title: Developer}]
sections:
  - id: skills
    title: Skills
    skill: {kind: technical, scale: grade}
    aspects:
      - {id: rust, title: Rust, skill: {needs: {dev: not-sure}, descriptors: {not-sure: Reads it}}}
      - {id: git, title: Git, skill: {needs: {dev: partly}, descriptors: {partly: Commits}}}
";
    std::fs::write(folder.path().join("rolebook.yaml"), dataset).expect("a file");
    let run = in_terminal("assess --role dev --plain-prompts --json").folder(folder.path());
    let mut terminal = Terminal::new(&run);
    terminal.line(1, "4").line(2, "1").line(3, "");
    let ended = terminal.ends();
    ended.with_code(0);
    assert_snapshot!(ended.screen);
    assert_snapshot!(ended.stdout);
}

/// A profile has one word `no`: if a level has it, nothing besides is called so.
#[test]
fn a_level_called_no_is_the_lowest_there_is() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let dataset = "\
rolebook: 1
id: acme
title: Acme
scales:
  - {id: grade, title: Grade, levels: [{id: 'no', title: None}, {id: some, title: Some}]}
roles: [{id: dev, title: Developer}]
sections:
  - id: skills
    title: Skills
    skill: {kind: technical, scale: grade}
    aspects: [{id: rust, title: Rust, skill: {needs: {dev: some}}}]
";
    std::fs::write(folder.path().join("rolebook.yaml"), dataset).expect("a file");
    let mut terminal = Terminal::new(&in_terminal("assess --role dev -f jsonl").folder(folder.path()));
    terminal.shows("1. None").shows("2. Some").shows("3. Not sure").press("1").shows("Review").press("1");
    assert!(!terminal.text().contains("Not at all"));
    let ended = terminal.ends();
    ended.with_code(0);
    let gap: serde_json::Value = serde_json::from_str(ended.stdout.trim()).expect("one record");
    assert_eq!((&gap["has"], &gap["has_title"], &gap["distance"]), (&"no".into(), &"None".into(), &1.into()));
    let form = rolebook("assess --form").folder(folder.path()).run().answer();
    assert!(form.contains("no: None") && !form.contains("not at all"), "{form}");
}

/// A saved profile needs a name, which is asked for unless it is given.
#[test]
fn the_name_of_a_profile_is_asked_for() {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("rolebook.yaml"), include_str!("../fixtures/diff-old.yaml"))
        .expect("a file");
    let name = |file: &str| {
        let profile = std::fs::read_to_string(folder.path().join(file)).expect("the profile is kept");
        profile.lines().find_map(|line| line.strip_prefix("name: ")).expect("it has a name").to_owned()
    };
    let run = |file: &str| in_terminal("assess --role sre-3 -o").arg(file).folder(folder.path());
    let mut terminal = Terminal::new(&run("ann.yaml"));
    terminal.shows("> Name in the profile: (You)");
    assert_snapshot!(terminal.text());
    terminal.press("Ann\r").shows("Question 1 of 2: Incidents").press("3").shows("On call").press("4");
    terminal.shows("See the result").press("1").ends().with_code(0);
    assert_eq!(name("ann.yaml"), "Ann");
    let mut terminal = Terminal::new(&run("bob.yaml").args("--plain-prompts"));
    terminal
        .shows("Name in the profile (Enter for “You”):")
        .press("Bob\n")
        .line(1, "3")
        .line(2, "3")
        .line(3, "");
    terminal.ends().with_code(0);
    assert_eq!(name("bob.yaml"), "Bob");
    let mut terminal = Terminal::new(&run("you.yaml").args("--plain-prompts"));
    terminal.shows("Name in the profile (").press("\n").line(1, "3").line(2, "3").line(3, "");
    terminal.ends().with_code(0);
    assert_eq!(name("you.yaml"), "You");
    for end in [ESC, CTRL_C] {
        let mut terminal = Terminal::new(&run("gone.yaml"));
        terminal.shows("> Name in the profile: (You)").press(end).ends().left();
    }
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut terminal = Terminal::new(&run("gone.yaml"));
        let ended = terminal.shows("> Name in the profile: (You)").send(signal).ends();
        assert!(
            ended.status.code() == Some(130) || ended.status.signal() == Some(signal.as_raw()),
            "{signal:?}"
        );
    }
    assert!(!folder.path().join("gone.yaml").exists());
}
