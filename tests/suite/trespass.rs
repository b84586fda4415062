//! No folder, list or link that came from elsewhere makes the program write or remove outside the
//! report, or wait.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use bitim::error::{Error, Result};
use bitim::write::manifest::{FILE, FileEntry, JOURNAL, Listing, Manifest, PICTURES};
use bitim::write::{Bundled, Destination, bundle, fresh, name};

use crate::harness::Project;

const THEIRS: &[u8] = b"not ours";

/// Writes a report of one table into `out/mine`.
fn report(project: &Project, force: bool) -> Result<Bundled> {
    let files = [("tables/roles.csv".to_owned(), b"role\n".to_vec())];
    let to = Destination {
        folder: &project.path("out"),
        inputs: &[],
        force,
    };
    bundle(&to, "mine", &files, listing(Vec::new()))
}

fn listing(output: Vec<FileEntry>) -> Manifest {
    let mut manifest = Manifest::read(
        "bitim = \"0\"\ndataset = {}\nquestion = {}\ninput = []\noutput = []\nskipped = []",
    )
    .unwrap();
    manifest.output = output;
    manifest
}

/// Puts a list into the report's folder that claims a file with these bytes.
fn claim(project: &Project, list: &str, file: &str) {
    let output = vec![FileEntry::of(file, THEIRS)];
    let text = if list == FILE {
        listing(output).text()
    } else {
        Listing { output }.text()
    };
    project.write(&format!("out/mine/{list}"), text.as_bytes());
}

/// A file outside the report, and a check that it is there still.
fn outside(project: &Project) -> PathBuf {
    project.write("theirs/roles.csv", THEIRS);
    project.path("theirs/roles.csv")
}

#[test]
fn a_list_that_names_anything_but_a_file_of_the_report_is_not_believed() {
    for list in [FILE, PICTURES, JOURNAL] {
        let project = Project::empty();
        let theirs = outside(&project);
        let absolute = theirs.to_str().unwrap();
        for name in [
            absolute,
            "../../theirs/roles.csv",
            "tables/../../../theirs/roles.csv",
            "..",
            ".",
            "",
            "./notes.csv",
            "tables//notes.csv",
            "tables/",
            "/",
            ".git/config",
            "C:notes.csv",
            "C:\\notes.csv",
            "\\\\server\\share\\notes.csv",
            "\\\\?\\C:\\notes.csv",
            "tables\\notes.csv",
            "notes.csv:stream",
            "CON",
            "tables/nul.csv",
            "lpt1.csv",
            "notes.csv.",
            "notes csv",
            "notes\u{0}.csv",
            "нет.csv",
        ] {
            // Most of these are names that a file can have here.
            let inside = project.path("out/mine").join(name);
            fs::create_dir_all(project.path("out/mine/tables")).unwrap();
            if !name.is_empty() && !name.contains('\u{0}') && !inside.exists() {
                fs::create_dir_all(inside.parent().unwrap()).unwrap();
                let _ = fs::write(&inside, THEIRS);
            }
            claim(&project, list, name);
            let refused = report(&project, false).unwrap_err();
            assert!(
                matches!(refused, Error::Foreign { .. }),
                "{name}: {refused}"
            );
            assert!(refused.to_string().contains(list), "{name}: {refused}");
            report(&project, true).unwrap();
            for kept in [&theirs, &inside] {
                let is_file = kept.symlink_metadata().is_ok_and(|there| there.is_file());
                assert!(
                    is_file || *kept == inside && !was_written(name),
                    "{name} is gone"
                );
            }
            assert_eq!(fs::read(&theirs).unwrap(), THEIRS, "{name}");
        }
    }
}

/// Can a file of that name be there on this disk?
fn was_written(name: &str) -> bool {
    !["", ".", "..", "/", "tables/"].contains(&name) && !name.contains('\u{0}')
}

#[test]
fn what_the_program_writes_has_names_that_it_believes() {
    let files = ["manifest.toml", "report.html", "sources.bib"].map(str::to_owned);
    let tables = bitim::analyse::TABLES
        .iter()
        .map(|table| format!("tables/{}.csv", table.name));
    let charts = bitim::render::CHARTS
        .iter()
        .map(|chart| format!("figures/{}.svg", chart.name));
    for file in files.into_iter().chain(tables).chain(charts) {
        assert!(name::is_plain(&file), "{file}");
    }
}

#[test]
fn a_file_of_ours_that_is_no_longer_made_goes_with_its_folder_unless_it_was_changed() {
    let project = Project::empty();
    for list in [FILE, JOURNAL] {
        claim(&project, list, "old/roles.csv");
    }
    claim(&project, PICTURES, "kept/roles.png");
    project.write("out/mine/old/roles.csv", THEIRS);
    project.write("out/mine/kept/roles.png", b"changed");
    report(&project, false).unwrap();
    assert!(!project.path("out/mine/old").exists());
    assert_eq!(project.read("out/mine/kept/roles.png"), b"changed");
}

#[test]
fn no_link_below_the_output_is_followed_to_remove() {
    let project = Project::empty();
    let theirs = outside(&project);
    fs::create_dir_all(project.path("out/mine")).unwrap();
    symlink(&theirs, project.path("out/mine/old.csv")).unwrap();
    symlink(theirs.parent().unwrap(), project.path("out/mine/old")).unwrap();
    for file in ["old.csv", "old/roles.csv"] {
        for list in [FILE, PICTURES, JOURNAL] {
            claim(&project, list, file);
        }
        for force in [false, true] {
            report(&project, force).unwrap();
            assert_eq!(fs::read(&theirs).unwrap(), THEIRS, "{file}");
            assert!(project.path("out/mine").join(file).exists(), "{file}");
        }
    }
}

#[test]
fn no_link_below_the_output_is_followed_to_write() {
    for link in [
        "out/mine",
        "out/mine/tables",
        "out/mine/tables/roles.csv",
        "out/mine/manifest.toml",
        "out/mine/manifest-png.toml",
        "out/mine/.bitim-writing.toml",
    ] {
        for leads in ["theirs", "theirs/roles.csv", "nowhere"] {
            let project = Project::empty();
            let theirs = outside(&project);
            let path = project.path(link);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            symlink(project.path(leads), &path).unwrap();
            for force in [false, true] {
                let refused = report(&project, force).unwrap_err();
                let is_named =
                    matches!(&refused, Error::InTheWay { path: named, .. } if *named == path);
                assert!(is_named, "{link} to {leads}: {refused}");
                assert!(refused.to_string().contains("is a link"), "{refused}");
            }
            assert_eq!(fs::read(&theirs).unwrap(), THEIRS);
            assert_eq!(project.files("theirs"), ["theirs/roles.csv"]);
        }
    }
}

#[test]
fn the_output_itself_may_be_a_link_or_lie_under_one() {
    let project = Project::empty();
    fs::create_dir_all(project.path("disk/place")).unwrap();
    symlink("disk", project.path("link")).unwrap();
    symlink("link/place", project.path("out")).unwrap();
    report(&project, false).unwrap();
    report(&project, false).unwrap();
    assert_eq!(project.read("disk/place/mine/tables/roles.csv"), b"role\n");
}

/// What `job` gives, which may not take long.
fn at_once<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(job()));
    let given = receive.recv_timeout(Duration::from_secs(20));
    given.unwrap_or_else(|_| panic!("it waits"))
}

fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_pipe_or_a_folder_in_the_way_is_named_at_once() {
    for file in [
        "tables",
        "tables/roles.csv",
        "manifest.toml",
        "manifest-png.toml",
        ".bitim-writing.toml",
    ] {
        for is_pipe in [true, false] {
            if file == "tables" && !is_pipe {
                continue;
            }
            let project = Project::empty();
            let path = project.path("out/mine").join(file);
            if is_pipe {
                pipe(&path);
            } else {
                fs::create_dir_all(&path).unwrap();
            }
            let what = if is_pipe { "a pipe" } else { "a folder" };
            let refused = at_once(move || [false, true].map(|force| report(&project, force)));
            for refused in refused {
                let message = refused.unwrap_err().to_string();
                assert!(message.contains(what), "{file}: {message}");
                assert!(message.contains("move it away"), "{file}: {message}");
                assert!(message.contains(path.to_str().unwrap()), "{message}");
            }
        }
    }
}

#[test]
fn a_pipe_that_a_list_names_is_not_read() {
    let project = Project::empty();
    claim(&project, FILE, "old.csv");
    pipe(&project.path("out/mine/old.csv"));
    at_once(move || report(&project, false).map(|_| project)).unwrap();
}

#[test]
fn a_figure_or_a_worksheet_goes_into_no_link_pipe_or_device() {
    let project = Project::empty();
    let theirs = outside(&project);
    symlink(&theirs, project.path("link.csv")).unwrap();
    pipe(&project.path("pipe.csv"));
    let folder = project.path("");
    let refusals = at_once(move || {
        ["link.csv", "pipe.csv", "theirs"].map(|file| {
            let to = Destination {
                folder: &folder,
                inputs: &[],
                force: true,
            };
            fresh(&[(file, b"ours".to_vec())], &to)
        })
    });
    for refused in refusals {
        assert!(
            matches!(refused, Err(Error::InTheWay { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(fs::read(theirs).unwrap(), THEIRS);
    for device in ["/dev/null", "/dev/full"] {
        let to = Destination {
            folder: Path::new("/dev"),
            inputs: &[],
            force: true,
        };
        let file = device.trim_start_matches("/dev/");
        let refused = fresh(&[(file, b"ours".to_vec())], &to);
        assert!(
            matches!(refused, Err(Error::InTheWay { .. })),
            "{refused:?}"
        );
    }
}
