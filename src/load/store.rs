//! Where a data set comes from: a folder, or the copy inside the program.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{Input, bundled};

/// The largest file that is read, in bytes: it is held in memory while it is, and its rows are
/// counted with 32 bits.
pub const LARGEST: u64 = 4 << 30;

/// The files of a data set.
#[derive(Clone, Debug)]
pub enum Store {
    /// The data set that is compiled into the program.
    Bundled,
    /// A folder on disk. Its codebook names files below it only: a data set that somebody sent
    /// cannot publish what else stands on the disk.
    Folder(PathBuf),
    /// A folder on disk whose codebook may name files anywhere.
    Anywhere(PathBuf),
}

impl Store {
    /// The bytes of a file, by its name relative to the data set.
    ///
    /// # Errors
    ///
    /// What the system says; `NotFound` for a name that the bundled data set does not have.
    /// `PermissionDenied` for a file outside the folder, also by way of a link; `InvalidInput` for what is no
    /// file, such as a pipe, which might never end; `FileTooLarge` beyond [`LARGEST`].
    ///
    /// ```
    /// use bitim::load::Store;
    /// let kind = |name| Store::Folder("data/template".into()).read(name).map_err(|error| error.kind());
    /// assert!(kind("study.toml").is_ok());
    /// assert_eq!(kind("../kazakhstan/study.toml"), Err(std::io::ErrorKind::PermissionDenied));
    /// assert_eq!(kind("."), Err(std::io::ErrorKind::InvalidInput));
    /// ```
    pub fn read(&self, name: &str) -> io::Result<Cow<'static, [u8]>> {
        let path = self.path(name);
        match self {
            Self::Bundled => {
                let mut files = bundled::KAZAKHSTAN.iter();
                let found = files.find(|(known, _)| *known == name);
                return found
                    .map(|(_, bytes)| Cow::Borrowed(*bytes))
                    .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound));
            }
            Self::Folder(folder) if !real(&path)?.starts_with(folder.canonicalize()?) => {
                let problem =
                    "it lies outside the data set; copy it there, or give --allow-outside";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, problem));
            }
            Self::Folder(_) | Self::Anywhere(_) => {}
        }
        let about = fs::metadata(real(&path)?)?;
        if !about.is_file() {
            let problem = "it is no file but a folder, a pipe or a device";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        let mut bytes = Vec::new();
        fs::File::open(&path)?
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            let problem = "it is larger than 4 GiB; divide it and list its parts: file = [\"a.csv\", \"b.csv\"]";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
        }
        Ok(Cow::Owned(bytes))
    }

    /// The path a message shows for a file of the data set.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Folder(folder) | Self::Anywhere(folder) => folder.join(name),
            Self::Bundled => Path::new(bundled::NAME).join(name),
        }
    }

    /// Where the files that were read are on disk, so that nothing is written over them; the bundled ones are
    /// nowhere.
    #[must_use]
    pub fn on_disk(&self, inputs: &[Input]) -> Vec<PathBuf> {
        match self {
            Self::Folder(folder) | Self::Anywhere(folder) => inputs
                .iter()
                .map(|input| folder.join(&input.file))
                .collect(),
            Self::Bundled => Vec::new(),
        }
    }
}

/// The path without links. A link to nothing is not a file that is simply not there: somebody meant it.
fn real(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_ok() {
            io::Error::other("it is a link to nothing")
        } else {
            error
        }
    })
}
