//! A data set in a temporary folder, the program run on it, and chained checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder `tests/`.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The record of Kazakhstan in its version 1.1.0. What the program makes of data is tested on it, so that a
/// correction of the living record breaks no such test; the record itself is held by its recount.
pub(crate) fn frozen() -> bitim::load::Store {
    bitim::load::Store::Folder(tests().join("fixtures/record"))
}

/// A temporary folder with a data set in `data/`.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    /// The data set without rows that `bitim init --empty` makes, with three made-up cases.
    pub(crate) fn three_cases() -> Self {
        let project = Self::empty();
        for (file, bytes) in bitim::load::start(true) {
            project.write(&format!("data/{file}"), &bytes);
        }
        project.with("three_cases")
    }

    /// A data set of `tests/fixtures`.
    pub(crate) fn fixture(name: &str) -> Self {
        Self::empty().with(name)
    }

    /// The record of Kazakhstan in its version 1.1.0, as [`frozen()`] is.
    pub(crate) fn frozen() -> Self {
        Self::fixture("record")
    }

    /// Copies the files of a fixture over what is there.
    pub(crate) fn with(self, fixture: &str) -> Self {
        for file in fs::read_dir(tests().join("fixtures").join(fixture)).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            self.write(&format!("data/{name}"), &fs::read(file.path()).unwrap());
        }
        self
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: &str, bytes: &[u8]) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A path inside the folder.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// Runs the program inside the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[])
    }

    /// Runs the program inside the folder, with more environment variables.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_bitim"))
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        Run {
            command: arguments.join(" "),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The names of all files below `folder`, in order.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.path(folder)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(self.folder.path()).unwrap();
                    found.push(name.to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }
}

/// What a run of the program left behind.
pub(crate) struct Run {
    command: String,
    code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Checks the exit code.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Checks that standard output holds a text.
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in\n{self}");
        self
    }

    /// Checks that standard error holds a text.
    pub(crate) fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in\n{self}");
        self
    }

    /// Checks that nothing went to standard error.
    pub(crate) fn keeps_quiet(self) -> Self {
        assert!(self.stderr.is_empty(), "{self}");
        self
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "bitim {}\nexit code {:?}\n--- stdout\n{}\n--- stderr\n{}",
            self.command, self.code, self.stdout, self.stderr
        )
    }
}

/// Holds what was made against a folder of golden files: a file that differs, is not there, or is
/// there without being made fails.
///
/// `BITIM_ACCEPT=1 cargo test` writes what was made instead, and fails too, so that nothing new
/// passes unseen: look at the difference with `git diff`, then run the tests again.
pub(crate) fn golden(folder: &str, made: &[(String, Vec<u8>)]) {
    let folder = tests().join("golden").join(folder);
    if std::env::var_os("BITIM_ACCEPT").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (file, bytes) in made {
            fs::write(folder.join(file), bytes).unwrap();
        }
        panic!("accepted {} files in {}", made.len(), folder.display());
    }
    let mut wrong = Vec::new();
    for (file, bytes) in made {
        match fs::read(folder.join(file)) {
            Err(_) => wrong.push(format!("{file}: no golden file")),
            Ok(expected) if expected != *bytes => wrong.push(format!(
                "{file}: {}",
                difference(
                    &String::from_utf8_lossy(&expected),
                    &String::from_utf8_lossy(bytes)
                )
            )),
            Ok(_) => {}
        }
    }
    for entry in fs::read_dir(&folder).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !made.iter().any(|(file, _)| *file == name) {
            wrong.push(format!("{name}: a golden file that nothing makes"));
        }
    }
    assert!(
        wrong.is_empty(),
        "in {}:\n{}\n(BITIM_ACCEPT=1 cargo test accepts; look at git diff)",
        folder.display(),
        wrong.join("\n")
    );
}

fn difference(expected: &str, made: &str) -> String {
    let lines = expected.lines().zip(made.lines()).enumerate();
    for (number, (expected, made)) in lines {
        if expected != made {
            return format!(
                "line {}\n  expected {expected}\n  made     {made}",
                number + 1
            );
        }
    }
    "one is longer than the other".to_owned()
}
