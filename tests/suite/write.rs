//! What lands on the disk: whole, the same every time, and never over somebody else's work.

use std::fs;

use bitim::write::name;

use crate::harness::Project;

const ALL: [&str; 2] = ["report", "--output=out"];

#[test]
fn two_reports_are_the_same_bytes() {
    let (one, two) = (Project::empty(), Project::empty());
    one.run(&ALL).exits(0).keeps_quiet();
    two.run(&ALL).exits(0).keeps_quiet();
    let files = one.files("out");
    assert_eq!(files, two.files("out"));
    assert!(files.contains(&"out/kazakhstan/report.html".to_owned()));
    for file in files {
        assert!(one.read(&file) == two.read(&file), "{file} differs");
    }
}

#[test]
fn the_committed_report_is_what_the_program_writes() {
    let project = Project::empty();
    project.run(&ALL).exits(0);
    let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports");
    for file in project.files("out") {
        let made = project.read(&file);
        // Pictures of dots are made, not committed: their bytes are proven on one processor only.
        if file.ends_with(".png") || file.ends_with("manifest-png.toml") {
            continue;
        }
        let there = fs::read(committed.join(file.strip_prefix("out/").unwrap()));
        assert!(
            there.is_ok_and(|there| there == made),
            "{file} differs: run `cargo run -- report`"
        );
    }
}

#[test]
fn nothing_foreign_or_changed_is_overwritten_without_force() {
    let project = Project::three_cases();
    let report = ["report", "--data", "data"];
    project.run(&report).exits(0);
    project.run(&report).exits(0);
    project.write("reports/mine/tables/roles.csv", b"edited by hand");
    let before = project.files("reports");
    let table = project.read("reports/mine/tables/profile.csv");
    project.write(
        "data/cases.csv",
        b"case_id,mediator,title,kind,start,end,outcome,source\n",
    );
    for file in ["roles", "events", "parties"] {
        let bytes = project.read(&format!("data/{file}.csv"));
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
        project.write(&format!("data/{file}.csv"), &bytes[..=end]);
    }
    project
        .run(&report)
        .exits(2)
        .complains("roles.csv was not written by bitim");
    assert_eq!(project.read("reports/mine/tables/profile.csv"), table);
    assert_eq!(project.files("reports"), before);
    project
        .run(&["report", "--data", "data", "--force"])
        .exits(0);
    assert_ne!(project.read("reports/mine/tables/profile.csv"), table);
}

#[test]
fn the_manifest_lists_every_file_with_its_checksum() {
    let project = Project::three_cases();
    project.run(&["report", "--data", "data"]).exits(0);
    let text = String::from_utf8(project.read("reports/mine/manifest.toml")).unwrap();
    let manifest = bitim::write::manifest::Manifest::read(&text).unwrap();
    let text = String::from_utf8(project.read("reports/mine/manifest-png.toml")).unwrap();
    let pictures: bitim::write::manifest::Listing = toml::from_str(&text).unwrap();
    let files = project.files("reports");
    let drawn = |ending: &str| files.iter().filter(|file| file.ends_with(ending)).count();
    assert!(drawn(".svg") > 0);
    assert_eq!([pictures.output.len(), drawn(".png")], [drawn(".svg"); 2]);
    let entries: Vec<_> = manifest.output.iter().chain(&pictures.output).collect();
    let mut listed: Vec<String> = entries
        .iter()
        .map(|entry| format!("reports/mine/{}", entry.file))
        .collect();
    listed.push("reports/mine/manifest.toml".to_owned());
    listed.push("reports/mine/manifest-png.toml".to_owned());
    listed.sort();
    assert_eq!(listed, project.files("reports"));
    for entry in entries {
        let bytes = project.read(&format!("reports/mine/{}", entry.file));
        assert_eq!(
            entry.sha256,
            bitim::load::checksum(&bytes),
            "{}",
            entry.file
        );
    }
    let inputs: Vec<&str> = manifest
        .input
        .iter()
        .map(|entry| entry.file.as_str())
        .collect();
    assert_eq!(
        inputs,
        [
            "codebook.toml",
            "study.toml",
            "cases.csv",
            "roles.csv",
            "events.csv",
            "parties.csv",
            "sources.csv",
            "codings.csv",
            "decisions.csv"
        ]
    );
}

#[test]
fn tables_that_lack_a_concept_are_skipped_and_listed() {
    let project = Project::three_cases();
    let codebook = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    let without = codebook
        .replace("concept = \"start\", ", "")
        .replace("concept = \"end\", ", "");
    project.write("data/codebook.toml", without.as_bytes());
    project
        .run(&["report", "--data", "data"])
        .exits(0)
        .says("not made: profile (the codebook declares no start)");
    let manifest = String::from_utf8(project.read("reports/mine/manifest.toml")).unwrap();
    assert!(
        manifest.contains("name = \"figures/timeline\""),
        "{manifest}"
    );
    project
        .run(&["table", "profile", "--data", "data"])
        .exits(2)
        .complains("the table \"profile\" needs start");
}

#[test]
fn inputs_are_never_changed() {
    let project = Project::three_cases();
    let before: Vec<Vec<u8>> = project
        .files("data")
        .iter()
        .map(|file| project.read(file))
        .collect();
    project.run(&["report", "--data", "data"]).exits(0);
    project.run(&["check", "--data", "data"]).exits(0);
    let after: Vec<Vec<u8>> = project
        .files("data")
        .iter()
        .map(|file| project.read(file))
        .collect();
    assert_eq!(before, after);
}

#[test]
fn pictures_of_an_older_report_do_not_stop_a_newer_one() {
    // As after an update: the manifest is committed and new, the pictures are not and old.
    let (old, new) = (Project::three_cases(), Project::three_cases());
    old.write(
        "data/roles.csv",
        b"case_id,role,uptake\nfjord,broker,provided\n",
    );
    old.run(&["report", "--data", "data"]).exits(0);
    new.run(&["report", "--data", "data"]).exits(0);
    for file in new.files("reports") {
        if !file.contains("png") {
            old.write(&file, &new.read(&file));
        }
    }
    old.run(&["report", "--data", "data"]).exits(0);
}

#[test]
fn whatever_a_report_is_about_it_has_a_folder_of_its_own_in_the_output() {
    let long = "ы".repeat(300);
    let alike = ["a/b", "a:b", "a\\b", "a\u{0}b", "a\nb", "a b", "a.b", "a_b"];
    let odd = [
        "",
        ".",
        "..",
        "/",
        " ",
        "../..",
        "CON",
        "lpt1",
        "\u{202e}fdp",
        long.as_str(),
    ];
    let names: Vec<&str> = alike.into_iter().chain(odd).collect();
    let mut folders: Vec<String> = names.iter().map(|name| name::folder(name)).collect();
    for (name, folder) in names.iter().zip(&folders) {
        let is_plain = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        assert!(
            !folder.is_empty() && folder.chars().all(is_plain),
            "{name:?}: {folder:?}"
        );
        assert!(folder.len() < 120, "{folder:?}");
    }
    assert!(name::folder("CON").starts_with("_CON-"));
    folders.sort();
    folders.dedup();
    assert_eq!(folders.len(), names.len());
    for kept in [
        "kazakhstan-ru",
        "mine-as-of-2015",
        "Өз",
        "icon",
        "com",
        "com10",
    ] {
        assert_eq!(name::folder(kept), kept);
    }
}

#[test]
fn a_report_with_a_view_that_leads_elsewhere_or_a_long_name_stays_in_the_output() {
    for view in ["../..", &"v".repeat(300)] {
        let project = Project::three_cases();
        let file = "data/study.toml";
        let text = String::from_utf8(project.read(file)).unwrap();
        let text = text.replacen("name = \"all\"", &format!("name = \"{view}\""), 1);
        project.write(file, text.as_bytes());
        project
            .run(&[
                "report", "--data", "data", "--output", "a/b/out", "--view", view,
            ])
            .exits(0);
        let folder = name::folder(&format!("mine-{view}"));
        let made = format!("a/b/out/{folder}/report.html");
        assert!(project.files("a").contains(&made), "{made}");
        assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 2);
    }
}
