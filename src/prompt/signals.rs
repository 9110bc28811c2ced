//! What a signal does to a process that is asking: the terminal is as it was before the process ends.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

/// Whether the prompt library has the terminal. Who ends the process keeps the lock, so that no prompt begins behind
/// its back and leaves the terminal raw.
static PROMPTING: Mutex<bool> = Mutex::new(false);

fn prompting() -> MutexGuard<'static, bool> {
    PROMPTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lends the terminal to the prompt library. Where a signal ends the process, this waits for the end.
pub(super) fn lend_terminal<T>(ask: impl FnOnce() -> T) -> T {
    *prompting() = true;
    let answer = ask();
    *prompting() = false;
    answer
}

/// What a prompt did to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Keys are read one by one, and the screen is drawn on.
    Drawn,
    /// Lines were written, nothing else.
    Untouched,
}

/// From now on SIGTERM and SIGHUP end the process as they do by themselves, and SIGINT by `leave`: in lines, Ctrl-C is
/// that signal, and it is to end a run like Ctrl-C among the keys. Before that the terminal is restored.
///
/// # Errors
///
/// Where signals cannot be caught.
#[cfg(unix)]
pub fn leave_on_signals(screen: Screen, leave: impl Fn() + Send + 'static) -> Result<(), Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let uncaught = |error| Error::new("prompt", "cannot handle signals").because(&error);
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(uncaught)?;
    let wait = move || {
        for signal in signals.forever() {
            let is_prompting = prompting();
            if *is_prompting {
                settle();
            }
            // Failing here leaves nothing better to do than to end.
            let _ = restore(screen);
            if signal == SIGINT {
                leave();
            }
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().spawn(wait).map(|_| ()).map_err(uncaught)
}

/// Elsewhere a prompt hears of Ctrl-C as of any key, and there are no such signals.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn leave_on_signals(_: Screen, _: impl Fn() + Send + 'static) -> Result<(), Error> {
    Ok(())
}

/// Waits until the prompt library has made the terminal raw, which it does first of all, and has drawn the question:
/// what is undone before that would be done behind it. At the end of a prompt it does neither, so the wait is short.
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

/// Undoes what the prompt library did, and leaves the question behind on a line of its own.
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
