//! What a screen reader walks by: headings, captions and scopes.

use bitim::model::label::Language;

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
