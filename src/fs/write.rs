//! Writing files so that nothing is lost: a file is written whole, beside the old one, and then takes its place.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::signals::uninterrupted;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It has the new content.
    Yes,
    /// It had that content already and was not touched.
    Unchanged,
}

/// Makes a file that is not there yet.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] where there is something of that name; otherwise where it cannot be written.
pub fn create(path: &Path, content: &[u8]) -> io::Result<Written> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    uninterrupted(|| {
        let file = filled(path, content)?;
        file.persist_noclobber(path)?;
        Ok(Written::Yes)
    })
}

/// Makes a file, or gives one a new content. Its mode and owner are kept, a link goes on pointing to it, and one
/// whose content is the same is not touched. What is no file, such as a terminal or a pipe, is written to. Where a
/// link points to nothing, that is what is made.
///
/// # Errors
///
/// Where the content cannot be written; the old file is as it was.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<Written> {
    exchange(path, None, content)
}

/// As [`replace`], for a content that was made from the old one.
///
/// # Errors
///
/// As [`replace`]; also where the file is no longer what it was made from, so that nobody's work is lost.
pub fn update(path: &Path, known: &[u8], content: &[u8]) -> io::Result<Written> {
    exchange(path, Some(known), content)
}

fn exchange(path: &Path, known: Option<&[u8]>, content: &[u8]) -> io::Result<Written> {
    let old = match fs::metadata(path) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match (fs::read_link(path), known) {
                (Ok(target), _) => exchange(&folder(path).join(target), known, content),
                (Err(_), None) => create(path, content),
                (Err(_), Some(_)) => Err(error),
            };
        }
        Err(error) => return Err(error),
    };
    if !old.is_file() {
        fs::OpenOptions::new().write(true).open(path)?.write_all(content)?;
        return Ok(Written::Yes);
    }
    let is_as_long = u64::try_from(content.len()).is_ok_and(|length| length == old.len());
    if is_as_long && fs::read(path).is_ok_and(|known| known == content) {
        return Ok(Written::Unchanged);
    }
    may_be_replaced(&old)?;
    let target = fs::canonicalize(path)?;
    uninterrupted(|| {
        let file = filled(&target, content)?;
        keep_owner(&file, &old)?;
        fs::set_permissions(file.path(), old.permissions())?;
        if known.is_some_and(|known| fs::read(&target).is_ok_and(|now| now != known)) {
            // The race window before the rename is negligible.
            return Err(io::Error::other("somebody changed it meanwhile"));
        }
        file.persist(&target)?;
        Ok(Written::Yes)
    })
}

/// A read-only file is not meant to be written, and replacing one that has several names would leave the others behind.
fn may_be_replaced(old: &Metadata) -> io::Result<()> {
    if old.permissions().readonly() {
        let message = "it is read-only; make it writable first";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    if has_several_names(old) {
        return Err(io::Error::other("it has several hard links; replacing it would separate them"));
    }
    Ok(())
}

#[cfg(unix)]
fn has_several_names(old: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(old) > 1
}

#[cfg(not(unix))]
fn has_several_names(_: &Metadata) -> bool {
    false
}

/// A file with this content in the folder where `path` is or will be.
fn filled(path: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rolebook-");
    readable(&mut builder);
    let mut file = builder.tempfile_in(folder(path)).map_err(nameless)?;
    // Through the plain file, whose errors do not name the temporary one.
    file.as_file_mut().write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// The error without the path of the temporary file: nobody asked for that one, and it differs from run to run.
fn nameless(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((cause, _)) => io::Error::new(error.kind(), cause),
        None => error,
    }
}

/// The folder that a file is in; that of a mere name is empty, which stands for the working folder.
fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// A temporary file is for its owner alone; this one is to become an ordinary file, as the umask has it.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(unix)]
fn keep_owner(file: &NamedTempFile, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let new = file.as_file().metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    chown(file.path(), Some(old.uid()), Some(old.gid()))
        .map_err(|error| io::Error::new(error.kind(), format!("cannot keep the owner of the file: {error}")))
}

#[cfg(not(unix))]
fn keep_owner(_: &NamedTempFile, _: &Metadata) -> io::Result<()> {
    Ok(())
}
