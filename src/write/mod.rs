//! The last stage: bytes onto the disk, whole or not at all.
//!
//! Nothing that somebody else wrote or changed is overwritten unless asked for, and that is checked
//! for every file before the first is touched. No link is followed, and a file that was read is never
//! written over.

mod bundle;
mod folder;
pub mod manifest;
pub mod name;

use std::path::{Path, PathBuf};

use tempfile::TempPath;

pub use bundle::{Bundled, bundle};

use crate::error::{Error, Result};
use folder::Folder;

/// Where files are written.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The folder; it may be a link, nothing inside it may.
    pub folder: &'a Path,
    /// The files that were read. None of them is written over, whatever `force` says.
    pub inputs: &'a [PathBuf],
    /// Are other files that are in the way replaced?
    pub force: bool,
}

/// Writes files that no manifest lists: a data set to start from, a figure asked for by name.
///
/// All are on the disk before the first takes its name, so a disk that is full changes nothing.
///
/// # Errors
///
/// [`Error::Exists`] if any of them is there already with other content, unless `force`;
/// [`Error::InTheWay`] if a link, a folder, a pipe or a device has its name; [`Error::Input`] if it
/// is one of the files that were read; [`Error::Write`] if the disk refuses. Nothing is written then.
///
/// ```
/// use bitim::write::{Destination, fresh};
/// let folder = tempfile::tempdir()?;
/// let mut to = Destination { folder: folder.path(), inputs: &[], force: false };
/// fresh(&[("roles.svg", b"one".to_vec())], &to)?;
/// assert!(fresh(&[("roles.svg", b"two".to_vec())], &to).is_err());
/// to.force = true;
/// fresh(&[("roles.svg", b"two".to_vec())], &to)?;
/// assert_eq!(std::fs::read(folder.path().join("roles.svg"))?, b"two");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fresh(files: &[(impl AsRef<Path>, Vec<u8>)], to: &Destination<'_>) -> Result<()> {
    let folder = Folder::of(to)?;
    for (file, bytes) in files {
        let file = file.as_ref();
        if folder.length(file)?.is_some() && !to.force && !folder.has(file, bytes)? {
            return Err(Error::Exists {
                path: folder.path(file),
            });
        }
    }
    let staged: Vec<TempPath> = files
        .iter()
        .map(|(_, bytes)| folder.stage(bytes))
        .collect::<Result<_>>()?;
    files
        .iter()
        .zip(staged)
        .try_for_each(|((file, _), staged)| folder.place(staged, file))
}
