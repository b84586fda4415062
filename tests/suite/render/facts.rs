//! What stands beside a figure, and the switches that make its look.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::hexadecimal;
use crate::harness::Project;

#[test]
fn every_figure_of_a_report_has_its_facts_beside_it() {
    let project = Project::three_cases();
    project.run(&["report", "--data", "data"]).exits(0);
    let files = project.files("reports/mine");
    let drawings: Vec<&String> = files.iter().filter(|file| file.ends_with(".svg")).collect();
    assert!(!drawings.is_empty());
    for drawing in drawings {
        let svg = project.read(drawing);
        let svg = String::from_utf8(svg).unwrap();
        let beside = drawing.replace(".svg", ".json");
        let facts: Value = serde_json::from_slice(&project.read(&beside)).unwrap();
        for side in ["width", "height"] {
            let length = facts[format!("{side}_mm")].as_f64().unwrap();
            assert!(
                svg.contains(&format!(" {side}=\"{length}mm\"")),
                "{beside}: {length}"
            );
        }
        for text in [
            "title",
            "description",
            "caption",
            "key",
            "method",
            "view",
            "unit",
        ] {
            let text = facts[text].as_str().unwrap();
            assert!(!text.is_empty(), "{beside}");
        }
        assert!(svg.contains(&format!(
            "<title id=\"figure-{}-title\">",
            facts["name"].as_str().unwrap()
        )));
        let numbers = facts["data"].as_str().unwrap();
        assert!(
            files.contains(&format!("reports/mine/{numbers}")),
            "{numbers}"
        );
        assert_eq!(facts["version"], env!("CARGO_PKG_VERSION"));
        let inputs = facts["inputs"].as_array().unwrap();
        assert_eq!(inputs[0]["file"], "codebook.toml");
        for input in inputs {
            let bytes = project.read(&format!("data/{}", input["file"].as_str().unwrap()));
            let digest = Sha256::digest(&bytes);
            assert_eq!(input["sha256"], hexadecimal(&digest).as_str());
            assert_eq!(input["bytes"], bytes.len());
        }
    }
}

#[test]
fn a_report_has_pdfs_only_when_asked() {
    let project = Project::three_cases();
    let count = |project: &Project| {
        let files = project.files("reports/mine");
        files.iter().filter(|file| file.ends_with(".pdf")).count()
    };
    project.run(&["report", "--data", "data"]).exits(0);
    assert_eq!(count(&project), 0);
    project.run(&["report", "--data", "data", "--pdf"]).exits(0);
    assert!(count(&project) > 0);
}

#[test]
fn a_chart_is_made_in_the_look_that_is_asked_for() {
    let project = Project::empty();
    let chart = |more: &[&str]| {
        let fixed = [
            "chart", "roles", "--format", "svg,json", "-o", "out", "--force",
        ];
        project.run(&[&fixed[..], more].concat())
    };
    let read = |file: &str| String::from_utf8(project.read(file)).unwrap();
    chart(&["--preset", "journal", "--width", "85"]).exits(0);
    assert!(read("out/roles.svg").contains("width=\"85mm\""));
    let facts: Value = serde_json::from_str(&read("out/roles.json")).unwrap();
    let (caption, title) = (facts["caption"].as_str(), facts["title"].as_str());
    assert!(caption.unwrap().starts_with(title.unwrap()));
    assert!(facts["data"].is_null());
    chart(&["--preset", "slide", "--width", "254", "--theme", "dark"]).exits(0);
    let slide = read("out/roles.svg");
    assert!(slide.contains("width=\"254mm\"") && slide.contains("height=\"142.88mm\""));
    assert!(slide.contains("#15181c"));
    let _ = chart(&["--preset", "poster"])
        .exits(2)
        .complains("web, journal, slide");
    let _ = chart(&["--width", "5"])
        .exits(2)
        .complains("must be from 60 to 1200");
    let _ = chart(&["--height", "100"])
        .exits(2)
        .complains("only a slide");
}
