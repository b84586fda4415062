//! Where a data set comes from: a folder, or the copy inside the program.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::{Input, bundled};

/// The files of a data set.
#[derive(Clone, Debug)]
pub enum Store {
    /// The data set that is compiled into the program.
    Bundled,
    /// A folder on disk.
    Folder(PathBuf),
}

impl Store {
    /// The bytes of a file, by its name relative to the data set.
    ///
    /// # Errors
    ///
    /// What the system says; `NotFound` for a name that the bundled data set does not have.
    pub fn read(&self, name: &str) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => std::fs::read(folder.join(name)).map(Cow::Owned),
            Self::Bundled => bundled::KAZAKHSTAN
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, bytes)| Cow::Borrowed(*bytes))
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
        }
    }

    /// The path a message shows for a file of the data set.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.join(name),
            Self::Bundled => Path::new(bundled::NAME).join(name),
        }
    }

    /// Where the files that were read are on disk, so that nothing is written over them; the bundled ones are
    /// nowhere.
    #[must_use]
    pub fn on_disk(&self, inputs: &[Input]) -> Vec<PathBuf> {
        match self {
            Self::Folder(folder) => inputs
                .iter()
                .map(|input| folder.join(&input.file))
                .collect(),
            Self::Bundled => Vec::new(),
        }
    }
}
