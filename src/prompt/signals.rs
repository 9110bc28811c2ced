//! Signals during a prompt: the terminal is restored before the process ends.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, ErrorCode};

/// Whether the prompt library is using the terminal. Code that ends the process keeps the lock, so that no prompt can
/// start meanwhile and leave the terminal in raw mode.
static PROMPTING: Mutex<bool> = Mutex::new(false);

fn prompting() -> MutexGuard<'static, bool> {
    PROMPTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the prompt library. If a signal is ending the process, this waits for the end.
pub(super) fn lend_terminal<T>(ask: impl FnOnce() -> T) -> T {
    *prompting() = true;
    let answer = ask();
    *prompting() = false;
    answer
}

/// What a prompt did to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// It reads single keys and draws on the screen.
    Drawn,
    /// It only writes lines.
    Untouched,
}

/// From now on, the terminal is restored before a signal ends the process. SIGTERM and SIGHUP then have their default
/// effect; SIGINT calls `leave`, so that Ctrl-C, which is a signal in line mode, ends a run the same way as in raw mode.
///
/// # Errors
///
/// If signals cannot be handled.
#[cfg(unix)]
pub fn leave_on_signals(screen: Screen, leave: impl Fn() + Send + 'static) -> Result<(), Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let uncaught = |error| Error::new(ErrorCode::Prompt, "cannot handle signals").because(&error);
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(uncaught)?;
    let wait = move || {
        for signal in signals.forever() {
            let is_prompting = prompting();
            if *is_prompting {
                settle();
            }
            // If this fails, there is nothing better to do than to end.
            let _ = restore(screen);
            if signal == SIGINT {
                leave();
            }
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().spawn(wait).map(|_| ()).map_err(uncaught)
}

/// Other systems do not have these signals, and prompts receive Ctrl-C as a key.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn leave_on_signals(_: Screen, _: impl Fn() + Send + 'static) -> Result<(), Error> {
    Ok(())
}

/// Waits until the prompt library has switched to raw mode and drawn the question, because it would redo whatever is
/// undone earlier. At the end of a prompt it does neither, so the wait is limited.
#[cfg(unix)]
fn settle() {
    use std::time::Duration;

    use crossterm::terminal::is_raw_mode_enabled;

    const DRAWN_WITHIN: Duration = Duration::from_millis(50);

    for _ in 0..50 {
        if is_raw_mode_enabled().unwrap_or(true) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    std::thread::sleep(DRAWN_WITHIN);
}

/// Undoes what the prompt library did, and moves below the question.
#[cfg(unix)]
fn restore(screen: Screen) -> std::io::Result<()> {
    use std::io::{Write, stderr};

    use crossterm::cursor::Show;
    use crossterm::event::DisableBracketedPaste;
    use crossterm::execute;
    use crossterm::terminal::{Clear, ClearType, disable_raw_mode};

    if screen == Screen::Drawn {
        disable_raw_mode()?;
        writeln!(stderr())?;
        execute!(stderr(), DisableBracketedPaste, Clear(ClearType::FromCursorDown), Show)
    } else {
        writeln!(stderr())
    }
}
