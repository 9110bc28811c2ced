//! Writing files without losing data: the new content is written to a temporary file, which then replaces the old one.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::signal_mask::uninterrupted;

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It was written.
    Yes,
    /// It already had this content and was not touched.
    Unchanged,
}

/// Creates a new file.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] if the name is taken; another error if the file cannot be written.
pub(crate) fn create(path: &Path, content: &[u8]) -> io::Result<Written> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    uninterrupted(|| {
        let file = filled(path, content)?;
        file.persist_noclobber(path)?;
        Ok(Written::Yes)
    })
}

/// Creates a file or replaces its content. Mode, owner and extended attributes are kept, symbolic links are followed, and a file that already
/// has this content is not touched. A terminal, pipe or other special file is written to directly. If a link is dangling,
/// its target is created.
///
/// # Errors
///
/// If the content cannot be written; the old file stays unchanged.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<Written> {
    exchange(path, None, content)
}

/// Like [`replace`], for content that was generated from the old content.
///
/// # Errors
///
/// As [`replace`]; also if the file has changed since it was read, so that nobody's work is lost.
pub(crate) fn update(path: &Path, known: &[u8], content: &[u8]) -> io::Result<Written> {
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
        keep_attributes(&file, &target)?;
        if known.is_some_and(|known| fs::read(&target).is_ok_and(|now| now != known)) {
            // The race window before the rename is negligible.
            return Err(io::Error::other("somebody changed it meanwhile"));
        }
        file.persist(&target)?;
        Ok(Written::Yes)
    })
}

/// Refuses a read-only file, and one with several hard links, because the other names would keep the old content.
fn may_be_replaced(old: &Metadata) -> io::Result<()> {
    if old.permissions().readonly() {
        let message = "it is read-only";
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

/// A temporary file with this content in the folder of `path`.
fn filled(path: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rolebook-");
    readable(&mut builder);
    let mut file = builder.tempfile_in(folder(path)).map_err(nameless)?;
    // Write through the plain file, whose errors do not contain the temporary path.
    file.as_file_mut().write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// What comes before the path in an error about a temporary file.
const AT_PATH: &str = " at path ";

/// The error without the path of the temporary file, which means nothing to the user and differs from run to run.
fn nameless(error: io::Error) -> io::Error {
    match error.to_string().split_once(AT_PATH) {
        Some((cause, _)) => io::Error::new(error.kind(), cause),
        None => error,
    }
}

/// The folder of a file. For a bare file name it is the current folder.
fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Gives a temporary file, which is private by default, the mode of an ordinary file according to the umask.
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

/// Copies the extended attributes, such as access-control lists. The system may refuse those that it sets itself.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_attributes(file: &NamedTempFile, old: &Path) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    use rustix::io::Errno;

    /// The most bytes that Linux allows for all names, and for a value.
    const MOST: usize = 64 * 1024;
    const OF_THE_SYSTEM: [&[u8]; 3] = [b"security.", b"trusted.", b"com.apple."];

    let mut names = vec![0; MOST];
    let length = match listxattr(old, names.as_mut_slice()) {
        Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(()),
        listed => listed?,
    };
    let names = names.get(..length).unwrap_or_default();
    for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let mut value = vec![0; MOST];
        let copied = getxattr(old, name, value.as_mut_slice()).and_then(|length| {
            fsetxattr(file.as_file(), name, value.get(..length).unwrap_or_default(), XattrFlags::empty())
        });
        if let Err(error) = copied
            && !OF_THE_SYSTEM.iter().any(|prefix| name.starts_with(prefix))
        {
            let name = String::from_utf8_lossy(name);
            let error = io::Error::from(error);
            let message = format!("cannot keep the extended attribute `{name}`: {error}");
            return Err(io::Error::new(error.kind(), message));
        }
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn keep_attributes(_: &NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{AT_PATH, nameless};

    #[test]
    fn an_error_about_a_temporary_file_loses_its_path() {
        let error =
            tempfile::Builder::new().tempfile_in("no/such/folder").expect_err("there is no such folder");
        assert!(error.to_string().contains(AT_PATH), "{error}");
        let nameless = nameless(error);
        assert!(!nameless.to_string().contains("no/such/folder"), "{nameless}");
    }
}
