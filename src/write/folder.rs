//! A folder that is written into: no link leads out of it, and no file in it is ever half written.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use super::Destination;
use super::manifest::FileEntry;
use crate::error::{Error, Result};
use crate::load::checksum;

/// How the name of a file begins and ends that has not got its own name yet.
const STAGED: [&str; 2] = [".bitim-", ".part"];

/// A folder, and the files that nothing may be written over.
pub(super) struct Folder {
    path: PathBuf,
    inputs: BTreeSet<Identity>,
}

impl Folder {
    /// The folder of a destination, made if it is not there.
    pub(super) fn of(to: &Destination<'_>) -> Result<Self> {
        let path = if to.folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            to.folder
        };
        fs::create_dir_all(path).map_err(failed(path))?;
        Ok(Self {
            path: path.to_owned(),
            inputs: to
                .inputs
                .iter()
                .filter_map(|input| identity(input).ok())
                .collect(),
        })
    }

    /// A folder inside this one, made if it is not there; it is no link.
    pub(super) fn inside(mut self, name: &str) -> Result<Self> {
        self.path.push(name);
        match found(&self.path)? {
            Some(there) if !there.is_dir() => return Err(in_the_way(&self.path, &there, "folder")),
            Some(_) => {}
            None => fs::create_dir_all(&self.path).map_err(failed(&self.path))?,
        }
        Ok(self)
    }

    /// Keeps other runs out until what is returned is dropped or the program ends, however it ends.
    ///
    /// The open folder is locked, so no lock is left behind. Where folders cannot be opened or locked, as on Windows
    /// and on some network disks, there is no lock, and of two runs at once one may fail.
    pub(super) fn lock(&self) -> Result<Option<Lock>> {
        let Ok(open) = File::open(&self.path) else {
            return Ok(None);
        };
        match open.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Error::Busy {
                path: self.path.clone(),
            }),
            _ => Ok(Some(Lock(open))),
        }
    }

    /// Where a file of the folder is.
    pub(super) fn path(&self, file: impl AsRef<Path>) -> PathBuf {
        self.path.join(file)
    }

    /// The length of the file of that name, if there is one; it is one that may be replaced.
    ///
    /// An empty file is none: it is nobody's work, and what a power cut leaves of a file that was not
    /// yet on the disk. Nothing is opened for this, since a pipe would never answer.
    pub(super) fn length(&self, file: impl AsRef<Path>) -> Result<Option<u64>> {
        let path = self.path(file);
        let above = path.ancestors().skip(1);
        let way: Vec<&Path> = above.take_while(|above| *above != self.path).collect();
        for folder in way.into_iter().rev() {
            match found(folder)? {
                None => return Ok(None),
                Some(there) if !there.is_dir() => return Err(in_the_way(folder, &there, "folder")),
                Some(_) => {}
            }
        }
        match found(&path)? {
            None => Ok(None),
            Some(there) if !there.is_file() => Err(in_the_way(&path, &there, "file")),
            Some(_) if identity(&path).is_ok_and(|file| self.inputs.contains(&file)) => {
                Err(Error::Input { path })
            }
            Some(there) => Ok(Some(there.len()).filter(|length| *length > 0)),
        }
    }

    /// The bytes of the file of that name, or nothing if there is none.
    pub(super) fn read(&self, file: impl AsRef<Path>) -> Result<Option<Vec<u8>>> {
        let file = file.as_ref();
        if self.length(file)?.is_none() {
            return Ok(None);
        }
        let path = self.path(file);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// Does the file of that name hold these bytes?
    pub(super) fn has(&self, file: impl AsRef<Path>, bytes: &[u8]) -> Result<bool> {
        let file = file.as_ref();
        let is_as_long = self.length(file)? == Some(bytes.len() as u64);
        Ok(is_as_long && self.read(file)?.is_some_and(|there| there == bytes))
    }

    /// Does the file of that name have the checksum that a list gives? What cannot be read has not.
    pub(super) fn holds(&self, entry: &FileEntry) -> bool {
        self.length(&entry.file)
            .is_ok_and(|length| length == Some(entry.bytes))
            && fs::read(self.path(&entry.file)).is_ok_and(|bytes| checksum(&bytes) == entry.sha256)
    }

    /// Bytes on the disk that have no name yet: they are whole, or gone when this is dropped.
    pub(super) fn stage(&self, bytes: &[u8]) -> Result<TempPath> {
        let mut builder = Builder::new();
        builder.prefix(STAGED[0]).suffix(STAGED[1]);
        // A temporary file is private by default; a report is to be read by others.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let staged = builder.tempfile_in(&self.path).and_then(|mut file| {
            file.write_all(bytes)?;
            Ok(file.into_temp_path())
        });
        staged.map_err(failed(&self.path))
    }

    /// Gives what was staged its name, once it is on the disk and not only on its way there.
    pub(super) fn announce(&self, staged: TempPath, file: &str) -> Result<()> {
        let synced = File::open(&staged).and_then(|open| open.sync_all());
        synced.map_err(failed(&self.path))?;
        self.place(staged, file)
    }

    /// Gives what was staged its name.
    pub(super) fn place(&self, staged: TempPath, file: impl AsRef<Path>) -> Result<()> {
        let path = self.path(file);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(failed(folder))?;
        staged
            .persist(&path)
            .map_err(|error| failed(&path)(error.error))
    }

    /// Removes a file, and the folders that it leaves empty.
    pub(super) fn remove(&self, file: &str) -> Result<()> {
        let path = self.path(file);
        fs::remove_file(&path).map_err(failed(&path))?;
        let above = path.ancestors().skip(1);
        for folder in above.take_while(|above| *above != self.path) {
            // A folder that holds something else stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    /// Removes what an interrupted run staged, and says whether there was anything.
    pub(super) fn sweep(&self) -> Result<bool> {
        let unreadable = |source| Error::Read {
            path: self.path.clone(),
            source,
        };
        let mut is_swept = false;
        for entry in fs::read_dir(&self.path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_staged = name.starts_with(STAGED[0]) && name.ends_with(STAGED[1]);
            if is_staged && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                fs::remove_file(entry.path()).map_err(failed(&entry.path()))?;
                is_swept = true;
            }
        }
        Ok(is_swept)
    }
}

/// A locked folder.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that another thread just starts holds the folder open too.
        let _ = self.0.unlock();
    }
}

/// What tells whether two paths lead to one file.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).map(|there| (there.dev(), there.ino()))
}
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    fs::canonicalize(path)
}

/// What has that path, without following it.
fn found(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(Some(there)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

fn in_the_way(path: &Path, there: &Metadata, wanted: &'static str) -> Error {
    let kind = there.file_type();
    Error::InTheWay {
        path: path.to_owned(),
        what: match () {
            () if kind.is_symlink() => "a link",
            () if kind.is_dir() => "a folder",
            () if kind.is_file() => "a file",
            () => "a pipe or a device",
        },
        wanted,
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Write { path, source }
}
