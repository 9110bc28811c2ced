//! Reading with a limit, because a file or stream may be endless or larger than the memory.

use std::fs::File;
use std::io::{self, BufRead, ErrorKind, Read};
use std::path::Path;

/// The most bytes that are read: many times the size of the largest known framework, but no danger to a machine.
const MOST: u64 = 256 * 1024 * 1024;

/// Reads all bytes of a file, which may grow or shrink at the same time.
///
/// # Errors
///
/// If they cannot be read, are more than 256 MiB ([`ErrorKind::FileTooLarge`]), or do not fit into memory
/// ([`ErrorKind::OutOfMemory`]).
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata().map_or(0, |found| found.len());
    bounded(size)?;
    read(file, size)
}

/// Reads all bytes of a stream, such as standard input.
///
/// # Errors
///
/// As [`read_file`].
pub(crate) fn read_stream(stream: impl Read) -> io::Result<Vec<u8>> {
    read(stream, 0)
}

/// Reads the next line with its line end; empty at the end of the stream.
///
/// # Errors
///
/// As [`read_file`].
pub(crate) fn read_line<'l>(stream: &mut impl BufRead, line: &'l mut Vec<u8>) -> io::Result<&'l [u8]> {
    line.clear();
    stream.take(MOST + 1).read_until(b'\n', line)?;
    bounded(length(line))?;
    Ok(line)
}

fn read(from: impl Read, size: u64) -> io::Result<Vec<u8>> {
    let size = usize::try_from(size).unwrap_or(0);
    let mut bytes = Vec::new();
    // Reserve the whole size and one byte more to detect the end: growing would double the memory.
    bytes.try_reserve_exact(size.saturating_add(1))?;
    // Read one byte past the limit to detect larger files.
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    bounded(length(&bytes))?;
    Ok(bytes)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn bounded(length: u64) -> io::Result<()> {
    if length <= MOST {
        return Ok(());
    }
    Err(io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MiB", MOST / (1024 * 1024))))
}
