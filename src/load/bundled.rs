//! The data set inside the program, so that it works anywhere and without arguments.

/// Its name, as messages and the folder of its report have it.
pub(crate) const NAME: &str = "kazakhstan";

/// Its files with their bytes. A test holds the list against the folder.
pub(crate) static FILES: &[(&str, &[u8])] = &[];
