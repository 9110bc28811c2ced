//! Signals that would end a run: they become errors, or wait.
//!
//! What a signal does while somebody is asked is the business of [`crate::prompt`].

/// Makes writing past the limit on the size of a file an ordinary error of the write, not the end of the process.
#[cfg(unix)]
pub(crate) fn block_file_size_signal() {
    use nix::sys::signal::{SigSet, Signal};

    // If this fails, the system ends the run.
    let _ = SigSet::from(Signal::SIGXFSZ).thread_block();
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub(crate) fn block_file_size_signal() {}

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
