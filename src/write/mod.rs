//! The last stage: bytes onto the disk, whole or not at all.
//!
//! Nothing that somebody else wrote or changed is overwritten unless asked for, and that is checked
//! for every file before the first is touched.

pub mod manifest;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::load::checksum;
use manifest::{FILE, FileEntry, Manifest, PICTURES, Pictures};

/// Writes the files of a report into a folder, and its manifest last.
///
/// Files that an earlier manifest lists and this report no longer has are removed, if they are
/// unchanged.
///
/// # Errors
///
/// [`Error::Foreign`] if a file is in the way that this program did not write or that was changed
/// since, unless `force`; nothing is written then. [`Error::Write`] if the disk refuses.
pub fn bundle(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    mut manifest: Manifest,
    force: bool,
) -> Result<Manifest> {
    let entries = files.iter().map(|(file, bytes)| FileEntry::of(file, bytes));
    let (pictures, texts) = entries.partition(|entry: &FileEntry| {
        Path::new(&entry.file)
            .extension()
            .is_some_and(|extension| extension == "png")
    });
    manifest.output = texts;
    let own = folder.join(FILE);
    let mut earlier: Vec<FileEntry> = Vec::new();
    if let Some(bytes) = present(&own)? {
        let read = std::str::from_utf8(&bytes).ok().and_then(Manifest::read);
        if read.is_none() && !force {
            return Err(Error::Foreign { path: own });
        }
        earlier.extend(read.into_iter().flat_map(|manifest| manifest.output));
    }
    let list = folder.join(PICTURES);
    if let Some(bytes) = present(&list)? {
        let text = std::str::from_utf8(&bytes).ok();
        let read: Option<Pictures> = text.and_then(|text| toml::from_str(text).ok());
        if read.is_none() && !force {
            return Err(Error::Foreign { path: list });
        }
        earlier.extend(read.into_iter().flat_map(|pictures| pictures.output));
    }
    let is_ours = |file: &str, bytes: &[u8]| {
        earlier
            .iter()
            .any(|entry| entry.file == file && entry.sha256 == checksum(bytes))
    };
    for (file, bytes) in files {
        let path = folder.join(file);
        if let Some(there) = present(&path)?
            && !force
            && there != *bytes
            && !is_ours(file, &there)
        {
            return Err(Error::Foreign { path });
        }
    }
    for (file, bytes) in files {
        write(&folder.join(file), bytes)?;
    }
    for entry in earlier
        .iter()
        .filter(|entry| !files.iter().any(|(file, _)| *file == entry.file))
        .filter(|entry| !entry.file.split('/').any(|part| part == ".."))
    {
        let path = folder.join(&entry.file);
        if let Some(there) = present(&path)?
            && is_ours(&entry.file, &there)
        {
            std::fs::remove_file(&path).map_err(failed(&path))?;
        }
    }
    let pictures = Pictures { output: pictures };
    write(&list, pictures.text().as_bytes())?;
    write(&own, manifest.text().as_bytes())?;
    Ok(manifest)
}

/// Writes files that no manifest lists: a data set to start from, a figure asked for by name.
///
/// # Errors
///
/// [`Error::Exists`] if any of them is there already with other content, unless `force`; nothing is
/// written then.
pub fn fresh(files: &[(String, Vec<u8>)], folder: &Path, force: bool) -> Result<()> {
    for (file, bytes) in files {
        let path = folder.join(file);
        if !force && present(&path)?.is_some_and(|there| there != *bytes) {
            return Err(Error::Exists { path });
        }
    }
    files
        .iter()
        .try_for_each(|(file, bytes)| write(&folder.join(file), bytes))
}

/// Writes one file: into a temporary one beside it, which then takes its name.
///
/// # Errors
///
/// [`Error::Write`] if the disk refuses; the file that was there is then still there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut file = tempfile::Builder::new()
        .prefix(".bitim-")
        .permissions(permissions())
        .tempfile_in(folder)
        .map_err(failed(path))?;
    file.write_all(bytes).map_err(failed(path))?;
    file.persist(path)
        .map_err(|error| failed(path)(error.error))?;
    Ok(())
}

/// A temporary file is private by default; a report is to be read by others.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::Permissions::from_mode(0o644)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path: PathBuf = path.to_owned();
    move |source| Error::Write { path, source }
}

/// The bytes of a file, or nothing if there is none.
fn present(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read {
            path: path.to_owned(),
            source,
        }),
    }
}
