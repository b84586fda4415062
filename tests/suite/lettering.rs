//! Texts that figures can hardly show: other scripts, odd hyphens and blanks, pages in place of names.

use bitim::model::glyph::Undrawn;

use crate::harness::Project;

/// A title in a script that the font lacks, and its first character that has no glyph.
const TITLES: [(&str, &str); 8] = [
    ("თბილისის მოლაპარაკებები", "'თ' (U+10D7)"),
    ("Talks in Երևան", "'Ե' (U+0535)"),
    ("محادثات", "'م' (U+0645)"),
    ("שיחות", "'ש' (U+05E9)"),
    ("वार्ता", "'व' (U+0935)"),
    ("การเจรจา", "'ก' (U+0E01)"),
    ("会谈", "'会' (U+4F1A)"),
    ("Peace 🕊", "'🕊' (U+1F54A)"),
];

/// The three made-up cases, and one more with each of these titles.
fn titled<'a>(titles: impl IntoIterator<Item = &'a str>) -> Project {
    let project = Project::three_cases();
    let mut cases = String::from_utf8(project.read("data/cases.csv")).unwrap();
    for (place, title) in titles.into_iter().enumerate() {
        let row = format!("more{place},NOR,\"{title}\",mediation,2013,2014,process,book\n");
        cases.push_str(&row);
    }
    project.write("data/cases.csv", cases.as_bytes());
    project
}

#[test]
fn a_script_that_the_font_lacks_is_named_and_leaves_out_that_figure_alone() {
    let project = titled(TITLES.map(|(title, _)| title));
    let mut check = project.run(&["check", "--data", "data"]).exits(0);
    for (line, (title, letter)) in (5..).zip(TITLES) {
        check = check.says(&format!(
            "warning V213 no-glyph  cases.csv:{line}  title = \"{title}\"  the font of the figures has no glyph for {letter}; "
        ));
    }
    let _ = check.says("mine: 0 errors, 8 warnings, 0 notes");
    let why = format!("no glyph for {} in \"{}\"", TITLES[0].1, TITLES[0].0);
    project
        .run(&["report", "--data", "data"])
        .exits(0)
        .says(&format!(
            "not made: figures/timeline (the bundled font has {why}"
        ));
    let text = |file: &str| String::from_utf8(project.read(file)).unwrap();
    let (page, table) = (
        text("reports/mine/report.html"),
        text("reports/mine/tables/timeline.csv"),
    );
    for (title, _) in TITLES {
        assert!(table.contains(title), "{title}");
        assert!(page.contains(title), "{title}");
    }
    let section = page.split("id=\"table-timeline\"").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    assert!(section.contains("This figure is left out"), "{section}");
    assert!(section.contains("(U+10D7)"), "{section}");
    assert!(!section.contains("<svg"), "{section}");
    assert!(!page.contains("figures/timeline."));
    let manifest = text("reports/mine/manifest.toml");
    assert!(
        manifest.contains("name = \"figures/timeline\""),
        "{manifest}"
    );
    let files = project.files("reports/mine/figures");
    assert!(!files.iter().any(|file| file.contains("timeline")));
    for figure in ["roles.svg", "roles.png", "roles.json", "outcomes.svg"] {
        assert!(files.iter().any(|file| file.ends_with(figure)), "{files:?}");
    }
    project
        .run(&["chart", "timeline", "--data", "data"])
        .exits(2)
        .complains(&format!(
            "the figure timeline cannot be drawn: the bundled font has {why}"
        ));
}

#[test]
fn labels_of_the_study_are_looked_at_too() {
    let project = Project::three_cases();
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let study = study.replace(
        "label = \"decades\"",
        "label = { en = \"decades\", ru = \"ათწლეული\" }",
    );
    project.write("data/study.toml", study.as_bytes());
    project
        .run(&["check", "--data", "data"])
        .exits(0)
        .says("V213 no-glyph  study.toml:22  \"ათწლეული\"");
}

#[test]
fn sources_and_remarks_may_be_in_any_script() {
    let project = Project::three_cases();
    let sources = String::from_utf8(project.read("data/sources.csv")).unwrap();
    let sources = sources.replace("A made-up paper", "გაზეთი");
    project.write("data/sources.csv", sources.as_bytes());
    project
        .run(&["check", "--data", "data"])
        .exits(0)
        .says("mine: 0 errors, 0 warnings");
    project.run(&["report", "--data", "data"]).exits(0);
    let page = project.read("reports/mine/report.html");
    assert!(String::from_utf8(page).unwrap().contains("გაზეთი"));
}

#[test]
fn hyphens_and_blanks_of_every_kind_are_drawn() {
    let odd = [
        ("Track\u{2011}two talks", "Track-two talks"),
        ("Track\u{2010}three talks", "Track-three talks"),
        ("Talks\r\nof two\nlines", "Talks of two lines"),
        ("Talks\twith tabs", "Talks with tabs"),
        ("Talks\u{200b} of\u{ad}ten\u{feff}", "Talks often"),
        ("Wide\u{3000}talks", "Wide\u{2003}talks"),
        ("Thin\u{2009}talks", "Thin\u{2009}talks"),
        ("No\u{a0}break\u{202f}in", "No\u{a0}break\u{202f}in"),
    ];
    let project = titled(odd.map(|(title, _)| title));
    let check = project.run(&["check", "--data", "data"]).exits(0);
    assert!(!check.stdout.contains("V213"), "{check}");
    project
        .run(&["chart", "timeline", "--data", "data", "--format", "svg"])
        .exits(0);
    let drawn = String::from_utf8(project.read("timeline.svg")).unwrap();
    for (_, title) in odd {
        assert!(drawn.contains(&format!(">{title}</text>")), "{title:?}");
    }
}

#[test]
fn a_title_of_a_whole_file_is_an_error_and_a_long_one_is_drawn_short() {
    let endless = titled([" talks".repeat(1_000_000).as_str()]);
    let check = endless.run(&["check", "--data", "data"]).exits(1);
    let _ = check
        .says("V215 endless-text  cases.csv:5  title = \"")
        .says("it has 6000000 characters, more than 100000\n")
        .says("mine: 1 error, ");
    let long = titled(["talks ".repeat(16_666).trim_end(), &"x".repeat(100_000)]);
    let check = long.run(&["check", "--data", "data"]).exits(0);
    let _ = check.says("V214 long-text  cases.csv:5  ");
    let lines = |project: &Project| {
        project
            .run(&[
                "chart", "timeline", "--data", "data", "--format", "svg", "--force",
            ])
            .exits(0);
        let drawn = String::from_utf8(project.read("timeline.svg")).unwrap();
        let texts: Vec<String> = drawn.split("<text").skip(1).map(str::to_owned).collect();
        let texts = texts.iter().map(|text| text.split("</text>").next());
        assert!(texts.clone().flatten().all(|text| text.len() < 400));
        texts.count()
    };
    // The titles have four lines each, and the finding names a case.
    let (of_long, of_short) = (lines(&long), lines(&titled(["talks", "x"])));
    assert!(of_long <= of_short + 60, "{of_long} and {of_short}");
}

#[test]
fn a_label_without_end_is_an_error() {
    let project = Project::three_cases();
    let study = String::from_utf8(project.read("data/study.toml")).unwrap();
    let label = format!("label = \"{}\"", "all cases ".repeat(10_001));
    let study = study.replace("label = \"all cases\"", &label);
    project.write("data/study.toml", study.as_bytes());
    project
        .run(&["check", "--data", "data"])
        .exits(1)
        .says("V215 endless-text  study.toml:32");
}

#[test]
fn no_text_of_the_program_itself_lacks_a_glyph() {
    for (file, bytes) in bitim::load::start(false) {
        let text = String::from_utf8(bytes).unwrap();
        if file.ends_with(".toml") {
            assert_eq!(Undrawn::of(&text), None, "{file}");
        }
    }
}
