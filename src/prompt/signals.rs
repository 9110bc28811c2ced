//! Signals during prompts: the terminal is restored before the process ends.

use crate::error::{Error, ErrorCode};

/// While this exists, a thread waits for signals. Afterwards they have their default effect. None is lost in between.
#[cfg(unix)]
#[derive(Debug)]
pub struct Watch {
    is_over: std::sync::Arc<std::sync::atomic::AtomicBool>,
    signals: signal_hook::iterator::Handle,
    waiting: Option<std::thread::JoinHandle<()>>,
}

/// From now on, the terminal is restored before a signal ends the process. SIGTERM and SIGHUP then have their default
/// effect; SIGINT calls `leave`, so that Ctrl-C, which is a signal in line mode, ends a run the same way as in raw mode.
///
/// # Errors
///
/// If signals cannot be handled.
#[cfg(unix)]
pub fn watch(leave: impl Fn() + Send + 'static) -> Result<Watch, Error> {
    use std::io::{Write, stderr};
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag::register_conditional_default;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let uncaught = |error| Error::new(ErrorCode::Prompt, "cannot handle signals").because(&error);
    let watched = [SIGHUP, SIGINT, SIGTERM];
    let is_over = Arc::new(AtomicBool::new(false));
    for signal in watched {
        register_conditional_default(signal, Arc::clone(&is_over)).map_err(uncaught)?;
    }
    let mut received = Signals::new(watched).map_err(uncaught)?;
    let signals = received.handle();
    let end = move |signal| {
        // Not released before the process ends: nobody changes the terminal again.
        let mut terminal = stderr().lock();
        if !super::screen::restore(&mut terminal) {
            // The error goes below the question. If it cannot be written, there is nothing better to do than to end.
            let _ = writeln!(terminal);
        }
        if signal == SIGINT {
            leave();
        }
        let _ = emulate_default_handler(signal);
    };
    let wait = move || {
        received.forever().for_each(&end);
        // What arrived just before the end is not in `forever` any more.
        received.pending().for_each(&end);
    };
    let waiting = std::thread::Builder::new().spawn(wait).map_err(uncaught)?;
    Ok(Watch { is_over, signals, waiting: Some(waiting) })
}

#[cfg(unix)]
impl Drop for Watch {
    fn drop(&mut self) {
        self.is_over.store(true, std::sync::atomic::Ordering::SeqCst);
        self.signals.close();
        // Only a panic would be an error, and nobody is left who would want to know.
        let _ = self.waiting.take().map(std::thread::JoinHandle::join);
    }
}

/// Other systems do not have these signals, and prompts receive Ctrl-C as a key.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Watch(());

/// Does nothing.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn watch(_: impl Fn() + Send + 'static) -> Result<Watch, Error> {
    Ok(Watch(()))
}
