//! The terminal while prompts use it: single keys, the alternate screen, and how it is given back.
//!
//! Whoever changes the terminal holds the lock on standard error. A thread that ends the process takes this lock and never
//! releases it, so nothing can change the terminal after it has been restored.

use std::io::{self, StderrLock, Write, stderr};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

/// Whether prompts use the terminal. Only changed with the lock on standard error.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal in use by prompts; dropping this restores it.
#[derive(Debug)]
pub(super) struct Screen(());

impl Screen {
    /// Takes the terminal.
    pub(super) fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let report = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                restore(&mut stderr().lock());
                report(panic);
            }));
        });
        // Created first, so that the terminal is restored even if taking it fails half-way.
        let screen = Self(());
        take(&mut stderr().lock())?;
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore(&mut stderr().lock());
    }
}

/// Takes the terminal again after the prompt library has given it back.
pub(super) fn retake() -> io::Result<()> {
    let mut terminal = stderr().lock();
    enable_raw_mode()?;
    execute!(terminal, EnableBracketedPaste)
}

/// Stops the process group, as Ctrl-Z does outside of prompts, and returns when it goes on.
#[cfg(unix)]
pub(super) fn suspend() -> io::Result<()> {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    restore(&mut stderr().lock());
    kill(Pid::from_raw(0), Signal::SIGTSTP)?;
    take(&mut stderr().lock())
}

/// Other systems cannot stop a process.
#[cfg(not(unix))]
pub(super) fn suspend() -> io::Result<()> {
    Ok(())
}

/// Clears the screen.
pub(super) fn clear() -> io::Result<()> {
    execute!(stderr().lock(), MoveTo(0, 0), Clear(ClearType::FromCursorDown))
}

/// Draws lines from the top, in one piece, and puts the cursor on one of them.
pub(super) fn draw(lines: impl IntoIterator<Item = String>, cursor: usize) -> io::Result<()> {
    let row = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    let mut frame = Vec::new();
    queue!(frame, Hide)?;
    for (number, line) in lines.into_iter().enumerate() {
        // Cleared first: after a line as wide as the window, this would clear its last character.
        queue!(frame, MoveTo(0, row(number)), Clear(ClearType::FromCursorDown))?;
        frame.write_all(line.as_bytes())?;
    }
    queue!(frame, MoveTo(0, row(cursor)), Show)?;
    let mut terminal = stderr().lock();
    terminal.write_all(&frame)?;
    terminal.flush()
}

fn take(terminal: &mut StderrLock<'_>) -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(terminal, EnterAlternateScreen, EnableBracketedPaste)
}

/// Gives the terminal back, and returns whether prompts had taken it. If this fails, there is nothing better to do than to
/// go on.
pub(super) fn restore(terminal: &mut StderrLock<'_>) -> bool {
    let was_taken = IS_TAKEN.swap(false, Ordering::SeqCst);
    if was_taken {
        // Cleared for terminals without an alternate screen.
        let _ = execute!(
            terminal,
            DisableBracketedPaste,
            MoveTo(0, 0),
            Clear(ClearType::FromCursorDown),
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
    was_taken
}
