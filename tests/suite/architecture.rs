//! The shape of the project, read from its text: one direction, complete lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// The text without comments, so that words in them are not taken for code.
fn code(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The stages, each of which may use those before it.
const STAGES: [&str; 5] = ["load", "validate", "analyse", "render", "write"];

#[test]
fn imports_point_backwards_only() {
    for (path, text) in sources("src") {
        let mut parts = path.iter().skip(1).map(|part| part.to_str().unwrap());
        let stage = parts.next().unwrap().trim_end_matches(".rs");
        let forbidden: Vec<&str> = match stage {
            "model" | "error" | "side_by_side" => {
                STAGES.iter().copied().chain(["pipeline"]).collect()
            }
            "lib" | "main" | "pipeline" | "cli" => continue,
            stage => {
                let position = STAGES.iter().position(|known| *known == stage).unwrap();
                STAGES[position + 1..]
                    .iter()
                    .copied()
                    .chain(["pipeline"])
                    .collect()
            }
        };
        for later in forbidden {
            assert!(
                !code(&text).contains(&format!("crate::{later}")),
                "{} uses the later {later}",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_command_line_prints_and_only_the_ends_touch_the_disk() {
    for (path, text) in sources("src") {
        let path = path.to_str().unwrap();
        let text = code(&text);
        let is_end = ["src/load/", "src/write/"]
            .iter()
            .any(|end| path.starts_with(end));
        assert!(
            is_end || !text.contains("std::fs"),
            "{path} touches the disk"
        );
        let is_printing = text.contains("println!") || text.contains("stdout()");
        assert!(
            path.starts_with("src/cli/") || !is_printing,
            "{path} prints"
        );
        for clock in ["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"] {
            assert!(!text.contains(clock), "{path} reads a clock");
        }
    }
}

#[test]
fn libraries_stay_where_they_belong() {
    for (path, text) in sources("src") {
        let path = path.to_str().unwrap();
        let text = code(&text);
        let drawing = path.starts_with("src/render/canvas/");
        assert!(
            drawing || !text.contains("plotters"),
            "{path} knows plotters"
        );
        // The crate hands on the polars that its frames are of.
        let is_computing = ["src/lib.rs", "src/load/", "src/validate/", "src/analyse/"]
            .iter()
            .any(|stage| path.starts_with(stage));
        assert!(
            is_computing || !text.contains("polars"),
            "{path} knows polars"
        );
        let is_table = path == "src/analyse/table.rs";
        assert!(
            !is_table || !text.contains("polars"),
            "tables are no frames"
        );
    }
}

#[test]
fn no_module_is_a_drawer_for_odds_and_ends() {
    for (path, _) in sources("src") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        for drawer in [
            "util", "utils", "helper", "helpers", "common", "misc", "types",
        ] {
            assert_ne!(name, drawer, "{}", path.display());
        }
    }
}

/// The files of a folder, without `mod.rs`.
fn modules(folder: &str) -> BTreeSet<String> {
    fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "mod")
        .collect()
}

#[test]
fn registries_hold_every_file_of_their_folder() {
    let tables: BTreeSet<String> = bitim::analyse::TABLES
        .iter()
        .map(|spec| spec.name.to_owned())
        .collect();
    assert_eq!(tables, modules("src/analyse/tables"));
    let charts: BTreeSet<String> = bitim::render::CHARTS
        .iter()
        .map(|spec| spec.name.to_owned())
        .collect();
    assert_eq!(charts, modules("src/render/charts"));
    assert_eq!(
        bitim::render::outputs::OUTPUTS.len(),
        modules("src/render/outputs").len()
    );
}

#[test]
fn names_are_unique_and_every_chart_has_its_table() {
    let tables: Vec<&str> = bitim::analyse::TABLES
        .iter()
        .map(|spec| spec.name)
        .collect();
    let distinct: BTreeSet<&&str> = tables.iter().collect();
    assert_eq!(distinct.len(), tables.len());
    for chart in bitim::render::CHARTS {
        assert!(tables.contains(&chart.of), "{} draws no table", chart.name);
    }
    let codes: BTreeSet<&str> = bitim::validate::RULES
        .iter()
        .map(|rule| rule.code)
        .collect();
    assert_eq!(codes.len(), bitim::validate::RULES.len());
}

/// Every label in the files of a data set, as a table of languages.
fn labels(value: &toml::Value, path: &str, found: &mut Vec<(String, toml::Table)>) {
    match value {
        toml::Value::Table(table) if table.contains_key("en") => {
            found.push((path.to_owned(), table.clone()));
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                labels(value, &format!("{path}.{key}"), found);
            }
        }
        toml::Value::Array(values) => {
            for value in values {
                labels(value, path, found);
            }
        }
        _ => {}
    }
}

#[test]
fn no_label_of_the_bundled_data_lacks_a_language() {
    let mut found = Vec::new();
    for (file, bytes) in bitim::load::start(false) {
        if file.ends_with(".toml") {
            let value: toml::Value = toml::from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
            labels(&value, &file, &mut found);
        }
    }
    assert!(found.len() > 200);
    for (path, label) in found {
        for language in ["en", "kk", "ru"] {
            let text = label.get(language).and_then(toml::Value::as_str);
            assert!(
                text.is_some_and(|text| !text.is_empty()),
                "{path}: {label:?} lacks {language}"
            );
        }
    }
}
