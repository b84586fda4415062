//! What was read is never written over, whatever it is called on the way.

use std::fs;
use std::os::unix::fs::symlink;

use bitim::write::manifest::{FileEntry, Listing};

use crate::harness::Project;

#[test]
fn a_worksheet_is_never_written_over_what_was_read() {
    let project = Project::three_cases();
    project.write(
        "data/codings.csv",
        b"coder,case_id,variable,value,locator,note\na,fjord,kind,offer,1,\nb,fjord,kind,mediation,1,\n",
    );
    let before = project.read("data/decisions.csv");
    symlink("data", project.path("link")).unwrap();
    fs::hard_link(project.path("data/decisions.csv"), project.path("open.csv")).unwrap();
    for file in [
        "data/decisions.csv",
        "./data/../data/decisions.csv",
        "link/decisions.csv",
        "open.csv",
    ] {
        project
            .run(&[
                "adjudicate",
                "--data",
                "data",
                "--worksheet",
                file,
                "--force",
            ])
            .exits(2)
            .complains("never written over");
        assert_eq!(project.read("data/decisions.csv"), before);
    }
    project.write("open.txt", b"half decided");
    let worksheet = ["adjudicate", "--data", "data", "--worksheet", "open.txt"];
    project
        .run(&worksheet)
        .exits(2)
        .complains("--force replaces it");
    assert_eq!(project.read("open.txt"), b"half decided");
    project
        .run(&[&worksheet[..], &["--force"]].concat())
        .exits(1);
    assert_ne!(project.read("open.txt"), b"half decided");
}

#[test]
fn a_figure_is_never_written_over_what_was_read() {
    let project = Project::three_cases();
    let study = project.path("data/study.toml");
    fs::rename(&study, project.path("data/roles.json")).unwrap();
    symlink("roles.json", study).unwrap();
    let before = project.read("data/roles.json");
    project
        .run(&[
            "chart", "roles", "--data", "data", "-o", "data", "--format", "svg,json", "--force",
        ])
        .exits(2)
        .complains("data/roles.json is a file of the data set");
    assert_eq!(project.read("data/roles.json"), before);
    assert!(!project.path("data/roles.svg").exists());
}

#[test]
fn a_report_is_never_written_over_what_was_read() {
    let project = Project::three_cases();
    let codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    let moved = codebook.replace("\"roles.csv\"", "\"tables/roles.csv\"");
    assert_ne!(moved, codebook);
    project.write("data/codebook.toml", moved.as_bytes());
    let roles = project.read("data/roles.csv");
    project.write("data/tables/roles.csv", &roles);
    fs::create_dir_all(project.path("reports")).unwrap();
    fs::rename(project.path("data"), project.path("reports/mine")).unwrap();
    // As if the folder held a report from whose tables somebody goes on.
    let output = vec![FileEntry::of("tables/roles.csv", &roles)];
    let list = Listing { output }.text();
    project.write("reports/mine/manifest-png.toml", list.as_bytes());
    for force in [&["--force"][..], &[]] {
        project
            .run(&[&["report", "--data", "reports/mine"], force].concat())
            .exits(2)
            .complains("reports/mine/tables/roles.csv is a file of the data set");
        assert_eq!(project.read("reports/mine/tables/roles.csv"), roles);
    }
    assert!(!project.path("reports/mine/report.html").exists());
}
