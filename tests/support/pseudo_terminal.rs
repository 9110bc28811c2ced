//! Reading what a program writes to a pseudo-terminal while the test goes on.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use pty_process::blocking::Pty;

/// The pieces of output as they come, until the last process has closed the terminal: then reading fails.
pub(crate) fn output(pty: &Arc<Pty>) -> Receiver<Vec<u8>> {
    let (sender, written) = channel();
    let reader = Arc::clone(pty);
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = (&*reader).read(&mut buffer) {
            if sender.send(buffer[..length].to_vec()).is_err() {
                break;
            }
        }
    });
    written
}
