//! What cannot be meant, and files that nobody offered, are refused at once and with the way out.

use crate::harness::Project;
use crate::unchanged::{checked, replaced};

/// File, what stands in it, what stands there instead, and what is said of it.
const WRONG: [(&str, &str, &str, &str); 9] = [
    (
        "codebook.toml",
        "name = \"decisions\"",
        "name = \"regions\"",
        "this is the name of a frame",
    ),
    (
        "study.toml",
        "threshold = \"ceasefire\"",
        "cut = \"ceasefire\"",
        "`cut` is called `threshold` now",
    ),
    (
        "codebook.toml",
        "[lists]",
        "[[missing]]\ncode = \"na\"\nreason = \"unknown\"\n[lists]",
        "two reasons, na and unknown",
    ),
    (
        "codebook.toml",
        "{ code = \"mediation\"",
        "{ code = \"na\"",
        "a code of kind and a missing code",
    ),
    (
        "codebook.toml",
        "{ code = \"mediation\"",
        "{ code = \" mediation\"",
        "no cell can hold it",
    ),
    (
        "codebook.toml",
        "start = \"1990\"",
        "start = \"0001\"",
        "longer than 500 years",
    ),
    (
        "codebook.toml",
        "start = \"1990\"",
        "start = \"1990/1991\"",
        "one date is expected",
    ),
    (
        "study.toml",
        "cutoff = \"2026",
        "cutoff = \"0000/9999\" # ",
        "a date is expected",
    ),
    (
        "study.toml",
        "cutoff = \"2026",
        "cutoff = \"2020/2026\" # ",
        "one date is expected",
    ),
];

#[test]
fn settings_that_cannot_be_meant_are_errors_with_their_line() {
    let list: String = (0..20_000)
        .map(|n| format!("{{ code = \"c{n}\", label = \"c\" }}"))
        .collect::<Vec<_>>()
        .join(",\n");
    let periods: String = (1..=9_999)
        .map(|year| format!("{{ start = \"{year:04}\", end = \"{year:04}\" }}"))
        .collect::<Vec<_>>()
        .join(",\n");
    let scheme = format!(
        "\n[[scheme]]\nname = \"years\"\nlabel = \"years\"\nperiod = [{periods}]\n[success]"
    );
    let name = format!("name = \"{}\"", "a".repeat(300));
    let lists = format!("[lists]\nmany = [{list}]");
    let roles = (0..60)
        .map(|n| format!("{{ code = \"r{n}\", label = \"r\" }}"))
        .chain(["{ code = \"venue\"".to_owned()])
        .collect::<Vec<_>>()
        .join(",\n");
    let long = [
        (
            "codebook.toml",
            "name = \"mine\"",
            name.as_str(),
            "at most 64 letters",
        ),
        (
            "codebook.toml",
            "[lists]",
            lists.as_str(),
            "20000 codes are more than the 1000",
        ),
        (
            "codebook.toml",
            "{ code = \"venue\"",
            roles.as_str(),
            "66 codes are more rows than the 60",
        ),
        (
            "study.toml",
            "[success]",
            scheme.as_str(),
            "at most 60 periods",
        ),
    ];
    for (file, from, to, told) in WRONG.into_iter().chain(long) {
        let project = Project::three_cases();
        replaced(&project, &format!("data/{file}"), from, to);
        let (found, _) = checked(&project);
        let told = found
            .iter()
            .any(|finding| finding.starts_with("V50") && finding.contains(told));
        assert!(told, "{from} → {}: {found:?}", &to[..to.len().min(60)]);
    }
}

#[cfg(unix)]
#[test]
fn no_file_outside_the_folder_is_read_and_nothing_is_waited_for() {
    use std::os::unix::fs::symlink;

    let project = Project::three_cases();
    project.write("secret.csv", &project.read("data/events.csv"));
    let secret = project.path("secret.csv");
    symlink(&secret, project.path("data/link.csv")).unwrap();
    symlink(
        project.path("data/events.csv"),
        project.path("data/inside.csv"),
    )
    .unwrap();
    symlink("nowhere", project.path("data/dangling.csv")).unwrap();
    let pipe = project.path("data/pipe.csv");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let original = String::from_utf8(project.read("data/codebook.toml")).unwrap();
    for (file, told) in [
        (secret.to_str().unwrap(), "outside the data set"),
        ("../secret.csv", "outside the data set"),
        ("link.csv", "outside the data set"),
        ("dangling.csv", "a link to nothing"),
        ("pipe.csv", "a pipe or a device"),
        ("inside.csv", ""),
    ] {
        let named = original.replacen("events.csv", file, 1);
        project.write("data/codebook.toml", named.as_bytes());
        let (found, _) = checked(&project);
        let is_told = found
            .iter()
            .any(|finding| finding.starts_with("V001") && finding.contains(told));
        assert_eq!(is_told, !told.is_empty(), "{file}: {found:?}");
        let run = project.run(&["check", "--data", "data", "--allow-outside"]);
        if told.starts_with("outside") {
            let _ = run.exits(0);
        }
    }
    project.write("data/codebook.toml", original.as_bytes());
    symlink(project.path("data"), project.path("by_link")).unwrap();
    let _ = project.run(&["check", "--data", "by_link"]).exits(0);
    std::fs::remove_file(project.path("data/study.toml")).unwrap();
    symlink("nowhere", project.path("data/study.toml")).unwrap();
    let _ = project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("study.toml  it is a link to nothing");
}

#[test]
fn a_number_of_threads_that_no_machine_has_is_refused_at_once() {
    for given in ["0", "-1", "x", "100000"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bitim"))
            .args(["table", "roles"])
            .env("POLARS_MAX_THREADS", given)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{given}");
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .contains("1 to 1024")
        );
    }
}
