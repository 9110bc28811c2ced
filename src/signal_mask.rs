//! Signals that are blocked: SIGXFSZ always, and those that end a run while a file is written.
//!
//! [`crate::prompt`] handles signals during prompts.

/// Makes exceeding the file size limit an ordinary write error instead of ending the process.
#[cfg(unix)]
pub(crate) fn block_file_size_signal() {
    use nix::sys::signal::{SigSet, Signal};

    // If this fails, exceeding the limit still ends the process.
    let _ = SigSet::from(Signal::SIGXFSZ).thread_block();
}

/// Other systems do not have this signal.
#[cfg(not(unix))]
pub(crate) fn block_file_size_signal() {}

/// Runs something that must not be interrupted half-way: signals that would end the process wait until it is done.
#[cfg(unix)]
pub(crate) fn uninterrupted<T>(act: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigSet, SigmaskHow, Signal};

    let ends: SigSet = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGTERM].into_iter().collect();
    let before = ends.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let done = act();
    // Restoring the previous mask cannot fail.
    let _ = before.and_then(|before| before.thread_set_mask());
    done
}

/// On other systems, signals are not blocked.
#[cfg(not(unix))]
pub(crate) fn uninterrupted<T>(act: impl FnOnce() -> T) -> T {
    act()
}
