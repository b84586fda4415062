//! The shape of the project, read from its text: one direction, complete lists.

use std::collections::{BTreeMap, BTreeSet};
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

/// Circles that are known, each by its first module; every other one fails.
const CIRCLES: [&str; 8] = [
    "analyse/selection",
    "analyse/sensitivity/other_unit",
    "analyse/sensitivity/readings",
    "analyse/statistics/mantel",
    "model/codebook",
    "validate/aliases",
    "validate/cells",
    "validate/rules/settings/sensitivity",
];

/// What the paths in a text start from and lead to: `a::{b, c::d}` leads to `a::b` and `a::c::d`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_name) {
        let (mut names, mut after) = (Vec::new(), &rest[at..]);
        loop {
            let end = after.find(|sign| !is_name(sign)).unwrap_or(after.len());
            names.push(after[..end].to_owned());
            after = &after[end..];
            match after.strip_prefix("::") {
                Some(next) if next.starts_with(is_name) => after = next,
                Some(next) if next.starts_with('{') => {
                    let mut depth = 0;
                    let close = next.find(|sign| {
                        depth += i32::from(sign == '{') - i32::from(sign == '}');
                        depth == 0
                    });
                    let close = close.unwrap_or(next.len());
                    for inner in paths(&next[1..close]) {
                        found.push([names.as_slice(), &inner].concat());
                    }
                    after = &next[close..];
                    break;
                }
                _ => break,
            }
        }
        found.push(names);
        rest = after;
    }
    found
}

/// Modules, each with those that it uses.
type Uses = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// The modules of the sources.
fn uses() -> Uses {
    let texts: BTreeMap<Vec<String>, String> = sources("src")
        .into_iter()
        .map(|(path, text)| {
            let path = path.strip_prefix("src").unwrap().with_extension("");
            let parts = path.iter().map(|part| part.to_str().unwrap().to_owned());
            let name: Vec<String> = parts.filter(|part| part != "mod").collect();
            (name, code(&text))
        })
        .collect();
    let target = |from: &Vec<String>, path: &Vec<String>| {
        let ups = path.iter().take_while(|name| *name == "super").count();
        // `pub(super)` leads nowhere.
        let after = path.get(ups..).filter(|after| !after.is_empty())?;
        let mut at: Vec<String> = match path.first()?.as_str() {
            "crate" => path[1..].to_vec(),
            "super" => [&from[..from.len().checked_sub(ups)?], after].concat(),
            _ => return None,
        };
        while !at.is_empty() && !texts.contains_key(&at) {
            at.pop();
        }
        (!at.is_empty() && at != *from).then_some(at)
    };
    let used = |(from, text): (&Vec<String>, &String)| {
        let paths = paths(text);
        let targets = paths.iter().filter_map(|path| target(from, path));
        (from.clone(), targets.collect())
    };
    texts.iter().map(used).collect()
}

/// What a module uses inside its stage, directly or by way of another.
fn reached<'a>(uses: &'a Uses, from: &'a Vec<String>) -> BTreeSet<&'a Vec<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        // The root of a stage lists and names what is below it.
        let is_inside = |next: &&Vec<String>| next.len() > 1 && next[0] == from[0];
        let next = uses[module].iter().filter(is_inside);
        open.extend(next.filter(|next| found.insert(*next)));
    }
    found
}

#[test]
fn modules_of_a_stage_use_each_other_in_no_circle() {
    let uses = uses();
    let reached: BTreeMap<_, _> = uses
        .keys()
        .filter(|module| module.len() > 1)
        .map(|module| (module, reached(&uses, module)))
        .collect();
    assert!(reached.values().map(BTreeSet::len).sum::<usize>() > 1000);
    let mut circles = BTreeMap::new();
    for (module, found) in &reached {
        let mates = found
            .iter()
            .filter(|mate| reached.get(*mate).is_some_and(|back| back.contains(module)));
        let circle: BTreeSet<String> = mates.map(|mate| mate.join("/")).collect();
        if let Some(first) = circle.first() {
            circles.insert(first.clone(), circle);
        }
    }
    let first: Vec<&str> = circles.keys().map(String::as_str).collect();
    assert_eq!(first, CIRCLES, "{circles:#?}");
}
