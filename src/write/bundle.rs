//! A report onto the disk: staged, announced, then put in its place.

use std::path::Path;

use tempfile::TempPath;

use super::Destination;
use super::folder::Folder;
use super::manifest::{FILE, FileEntry, JOURNAL, Listing, Manifest, PICTURES};
use super::name::is_plain;
use crate::error::{Error, Result};

/// A report that was written.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// What was written from what.
    pub manifest: Manifest,
    /// Had an earlier run been interrupted here, so that what it left was replaced?
    pub was_interrupted: bool,
}

/// Writes the files of a report into the folder `name` of a destination, and its manifest last.
///
/// Files that an earlier report wrote there and this one no longer has are removed, if they are
/// unchanged. What an interrupted run left counts as its own: before any file takes its name, a
/// journal lists what was there and what is to be there, and it goes when all is done.
///
/// # Errors
///
/// [`Error::Foreign`] if a file is in the way that this program did not write or that was changed
/// since, unless `force`; [`Error::InTheWay`] if a link, a folder, a pipe or a device is;
/// [`Error::Input`] if it is one of the files that were read; [`Error::Busy`] if another run writes
/// into the folder; [`Error::Write`] if the disk is full. Nothing is changed then.
pub fn bundle(
    to: &Destination<'_>,
    name: &str,
    files: &[(String, Vec<u8>)],
    mut manifest: Manifest,
) -> Result<Bundled> {
    let folder = Folder::of(to)?.inside(name)?;
    let _lock = folder.lock()?;
    let is_swept = folder.sweep()?;
    let (ours, is_announced) = earlier(&folder, to.force)?;
    for (file, bytes) in files {
        let is_ours = |file: &String| ours.iter().any(|entry| entry.file == *file);
        if folder.length(file)?.is_some()
            && !to.force
            && !is_ours(file)
            && !folder.has(file, bytes)?
        {
            let path = folder.path(file);
            return Err(Error::Foreign { path });
        }
    }

    let entries = files.iter().map(|(file, bytes)| FileEntry::of(file, bytes));
    let entries: Vec<FileEntry> = entries.collect();
    let is_new = |entry: &FileEntry| entries.iter().any(|new| new.file == entry.file);
    let (kept, stale): (Vec<FileEntry>, Vec<FileEntry>) = ours.into_iter().partition(is_new);
    let journal = Listing {
        output: [&kept[..], &stale, &entries].concat(),
    };
    let (pictures, texts) = entries.into_iter().partition(is_picture);
    manifest.output = texts;
    let pictures = Listing { output: pictures };

    let mut staged: Vec<(TempPath, &str)> = Vec::new();
    for (file, bytes) in files {
        staged.push((folder.stage(bytes)?, file));
    }
    staged.push((folder.stage(pictures.text().as_bytes())?, PICTURES));
    staged.push((folder.stage(manifest.text().as_bytes())?, FILE));
    folder.announce(folder.stage(journal.text().as_bytes())?, JOURNAL)?;
    for entry in &stale {
        folder.remove(&entry.file)?;
    }
    for (staged, file) in staged {
        folder.place(staged, file)?;
    }
    folder.remove(JOURNAL)?;
    Ok(Bundled {
        manifest,
        was_interrupted: is_swept || is_announced,
    })
}

/// The files of earlier runs that are in the folder as they were written, and whether a journal is.
fn earlier(folder: &Folder, force: bool) -> Result<(Vec<FileEntry>, bool)> {
    let whole = |text: &str| Manifest::read(text).map(|manifest| manifest.output);
    let journal = listed(folder, JOURNAL, force, Listing::read)?;
    let pictures = listed(folder, PICTURES, force, Listing::read)?;
    let manifest = listed(folder, FILE, force, whole)?;
    let is_announced = journal.is_some();
    let lists = [journal, pictures, manifest].into_iter().flatten();
    let mut ours: Vec<FileEntry> = lists.flatten().collect();
    ours.retain(|entry| folder.holds(entry));
    // Two lists may name one file, and it is there once.
    ours.sort_by(|one, other| one.file.cmp(&other.file));
    ours.dedup();
    Ok((ours, is_announced))
}

/// The files that a list in the folder names, if it is there.
///
/// A list that names anything but a file inside the folder is none of ours.
fn listed(
    folder: &Folder,
    list: &str,
    force: bool,
    read: impl FnOnce(&str) -> Option<Vec<FileEntry>>,
) -> Result<Option<Vec<FileEntry>>> {
    let Some(bytes) = folder.read(list)? else {
        return Ok(None);
    };
    let entries = std::str::from_utf8(&bytes).ok().and_then(read);
    match entries.filter(|entries| entries.iter().all(|entry| is_plain(&entry.file))) {
        None if !force => Err(Error::Foreign {
            path: folder.path(list),
        }),
        entries => Ok(Some(entries.unwrap_or_default())),
    }
}

fn is_picture(entry: &FileEntry) -> bool {
    Path::new(&entry.file)
        .extension()
        .is_some_and(|extension| extension == "png")
}
