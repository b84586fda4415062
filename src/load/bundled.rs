//! The data sets inside the program, so that it works anywhere and without arguments.

/// A data set as names and bytes.
pub(crate) type Files = &'static [(&'static str, &'static [u8])];

/// The name of the bundled data set in messages.
pub(crate) const NAME: &str = "kazakhstan";

/// The files of one folder under `data/`.
macro_rules! files {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_bytes!(concat!("../../data/", $folder, "/", $file)))),*]
    };
}

/// The bundled data set. A test holds the list against the folder.
pub(crate) static KAZAKHSTAN: Files = files!("kazakhstan":
    "codebook.toml" "study.toml" "claims.toml"
    "cases.csv" "roles.csv" "events.csv" "parties.csv"
    "actors.csv" "aliases.csv" "places.csv" "place_names.csv" "sources.csv"
    "evidence.csv" "platforms.csv" "platform_events.csv" "article_cases.csv" "codings.csv" "decisions.csv");

/// The data set without rows that `bitim init --empty` writes.
pub(crate) static TEMPLATE: Files = files!("template":
    "codebook.toml" "study.toml"
    "cases.csv" "roles.csv" "events.csv" "parties.csv" "sources.csv" "codings.csv" "decisions.csv");
