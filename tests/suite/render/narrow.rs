//! What charts that are arranged anew for a column of a journal keep, and how they stand there.

use bitim::analyse::Question;
use bitim::model::label::Language;
use bitim::render::figure::figure_in;
use bitim::render::look::{Look, Preset};

use super::real::cases;
use crate::harness::frozen;

/// A chart of the frozen record in a journal, that wide.
fn drawn(chart: &str, width: f64, language: Language) -> String {
    let cases = cases(&frozen());
    let selection = cases.select(&Question::default()).unwrap();
    let chart = bitim::render::find(chart).unwrap();
    let table = bitim::analyse::table(chart.of, &selection).unwrap();
    let look = Look::new(Preset::Journal).wide(width);
    figure_in(look, chart, &table, language).unwrap().svg
}

/// How often a figure writes a line of text.
fn written(svg: &str, words: &str) -> usize {
    svg.matches(&format!(">{words}</text>")).count()
}

#[test]
fn a_narrow_activity_writes_every_count_that_the_wide_one_does() {
    let wide = drawn("activity", 174.0, Language::En);
    for width in [85.0, 100.0] {
        let narrow = drawn("activity", width, Language::En);
        for count in ["0", "1", "2", "3", "4", "7", "12", "14"] {
            let (had, has) = (written(&wide, count), written(&narrow, count));
            assert!(had > 0 && had == has, "{width} mm, {count}: {had}, {has}");
        }
    }
}

#[test]
fn a_narrow_coverage_names_together_what_is_whole() {
    let wide = drawn("coverage", 174.0, Language::En);
    let narrow = drawn("coverage", 85.0, Language::En);
    assert!(wide.contains(">Confirmation</text>") && !wide.contains("No value missing"));
    assert!(narrow.contains(">No value missing (2): Spelling, Actor</text>"));
    // Of what is not whole every row is kept.
    for row in ["Initiative", "Round", "Latitude"] {
        assert_eq!(written(&narrow, row), written(&wide, row), "{row}");
        assert_eq!(written(&narrow, row), 1, "{row}");
    }
}

#[test]
fn narrow_trajectories_name_each_level_once_and_number_it_beside_the_panels() {
    let levels = ["урегулирование", "прекращение огня", "не состоялись"];
    let wide = drawn("trajectories", 174.0, Language::Ru);
    let narrow = drawn("trajectories", 85.0, Language::Ru);
    let rows = written(&narrow, "6") - 1;
    assert!(rows > 1);
    for level in levels {
        assert!(written(&wide, level) > 1, "{level}");
        assert_eq!(written(&narrow, level), 1, "{level}");
    }
    // Between the two the names have room for fewer panels to a row.
    let between = drawn("trajectories", 100.0, Language::Ru);
    assert_eq!(written(&between, "урегулирование"), rows);
}
