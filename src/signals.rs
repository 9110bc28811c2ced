//! Signals by which the system ends a run: where they can be, they become an exit code, or wait.
//!
//! What a signal does while somebody is asked is the business of [`crate::prompt`].

/// Makes exit codes of two ends that have none, for as long as the process lasts.
///
/// Without memory, the standard library says so and aborts: that is [`Exit::CouldNot`](crate::error::Exit::CouldNot)
/// now. A file that may not grow further is an error of the write, which is told like every other.
#[cfg(unix)]
pub(crate) fn become_exit_codes() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use nix::sys::signal::{SigSet, Signal};
    use signal_hook::consts::SIGABRT;
    use signal_hook::flag::register_conditional_shutdown;

    use crate::error::Exit;

    // Where either fails, the run ends as the system has it.
    let _ = SigSet::from(Signal::SIGXFSZ).thread_block();
    let always = Arc::new(AtomicBool::new(true));
    let _ = register_conditional_shutdown(SIGABRT, i32::from(Exit::CouldNot.code()), always);
}

/// Elsewhere there are no such signals.
#[cfg(not(unix))]
pub(crate) fn become_exit_codes() {}

/// Does something that leaves a mess where it is interrupted: signals that end the process wait until it is done.
#[cfg(unix)]
pub(crate) fn uninterrupted<T>(act: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigSet, SigmaskHow, Signal};

    let ends: SigSet = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGTERM].into_iter().collect();
    let before = ends.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let done = act();
    // Nothing can be wrong with the mask that was there before.
    let _ = before.and_then(|before| before.thread_set_mask());
    done
}

/// Elsewhere a file is written without that.
#[cfg(not(unix))]
pub(crate) fn uninterrupted<T>(act: impl FnOnce() -> T) -> T {
    act()
}
