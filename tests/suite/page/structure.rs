//! What a screen reader walks by: headings, captions and scopes; and what stands where a figure is left out.

use bitim::model::glyph::Undrawn;
use bitim::model::label::Language;
use bitim::render::page::Picture;

use super::{body, render, sample};

#[test]
fn headings_skip_no_level_and_tables_have_caption_and_scope() {
    let page = render(&sample(), Language::En);
    let levels: Vec<u8> = body(&page)
        .split("<h")
        .skip(1)
        .filter_map(|rest| rest.bytes().next().filter(u8::is_ascii_digit))
        .map(|digit| digit - b'0')
        .collect();
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    assert_eq!(
        page.matches("<table").count(),
        page.matches("<caption").count()
    );
    assert_eq!(
        page.matches("<th ").count() + page.matches("<thead").count(),
        page.matches("<th").count()
    );
    assert_eq!(
        page.matches("<th ").count(),
        page.matches("<th scope=").count()
    );
}

#[test]
fn a_figure_that_is_left_out_says_why_in_its_place_and_has_no_number() {
    let undrawn = Undrawn::of("Talks in თბილისი").unwrap();
    let why = undrawn.reason();
    let mut sample = sample();
    let drawn = sample.figures[0];
    sample.figures.insert(
        0,
        Picture {
            name: "plain",
            table: "plain",
            svg: Err(&why),
            ..drawn
        },
    );
    let sample = sample;
    for language in Language::ALL {
        let page = render(&sample, language);
        let (absent, rest) = (
            page.find("id=\"table-plain\"").unwrap(),
            page.find("id=\"table-shares\"").unwrap(),
        );
        let section = &page[absent..rest];
        let said = why.get(language);
        let shown = said.replace('\'', "&#39;");
        assert!(section.contains(&format!("<p class=\"missing\">{shown}</p>")));
        assert!(
            said.contains("თბილისი") && said.contains("'თ' (U+10D7)"),
            "{said}"
        );
        assert!(!page.contains("figures/plain."));
        // The one that is drawn is the first.
        let first = ["<b>Figure 1.", "<b>1-сурет.", "<b>Рисунок 1."];
        assert!(first.iter().any(|number| page[rest..].contains(number)));
    }
    assert!(render(&sample, Language::Ru).contains("Этот рисунок не сделан"));
    assert!(render(&sample, Language::Kk).contains("Бұл сурет салынбады"));
}
