//! Shares as bars from zero with their interval, their percentage and what they are of.

use super::periods::Periods;
use super::read::Reader;
use crate::error::Result;
use crate::model::estimate::Share;
use crate::model::label::Label;
use crate::model::measure::percent;
use crate::render::canvas::axis::Panel;
use crate::render::canvas::marks;
use crate::render::canvas::{Canvas, Paint, Type, text};
use crate::render::theme::{self, ACCENT, ACCENT_PALE, INK, MUTED};
use crate::render::words;

/// The height of a row of shares in points.
pub(in crate::render) const HEIGHT: f64 = 36.0;

/// A row of panels for shares, with its ticks.
pub(in crate::render) fn row(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    periods: &Periods,
    top: f64,
) -> Result<Panel> {
    let panel = periods.row(top, HEIGHT, 1.0);
    periods.divide(canvas, &panel);
    let ticks: Vec<(f64, String)> = [0.0, 0.5, 1.0]
        .map(|tick| (tick, reader.say(&percent(tick))))
        .into();
    periods.ticks(canvas, &panel, &ticks)?;
    Ok(panel)
}

/// Draws the share of the period at `place`: bar, interval, percentage and `3/7`.
///
/// A share of nothing is a dash, not a bar of no height: nothing was observed, and not never.
pub(in crate::render) fn draw(
    canvas: &mut Canvas,
    reader: &Reader<'_>,
    panel: &Panel,
    place: usize,
    share: Option<&Share>,
    (tooltip, data): (&str, &[(&str, &str)]),
) -> Result<()> {
    let unit = panel.x(1.0) - panel.x(0.0);
    let left = theme::real(place);
    let small = Type::of(theme::SMALL).colour(MUTED);
    let Some((share, value)) = share.and_then(|share| Some((share, share.value()?))) else {
        let words = share.map_or_else(|| "–".to_owned(), words::counts);
        let baseline = panel.y(0.0) - 4.0;
        return canvas.text(panel.x(left) + 4.0, baseline, &words, &small);
    };
    let thick = (unit * 0.24).clamp(6.0, 18.0) / unit;
    let start = left + 4.0 / unit;
    let spoken = format!("{tooltip}: {}", words(reader, share));
    canvas.group("share", &spoken, data, |canvas| {
        panel.bar(canvas, (start, 0.0), (start + thick, value), ACCENT_PALE)?;
        panel.line(
            canvas,
            vec![(start, value), (start + thick, value)],
            ACCENT,
            1.6,
        )?;
        let x = panel.x(start + thick / 2.0);
        if let Some(estimate) = share.estimate {
            let (low, high) = (panel.y(estimate.low), panel.y(estimate.high));
            marks::interval(canvas, x, low, high, 1.6, &Paint::line(INK, 0.7));
        }
        let beside = panel.x(start + thick) + 3.0;
        let room = panel.x(left + 1.0) - beside;
        let fraction = words::counts(share);
        let strong = Type::of(theme::BODY);
        let percentage = reader.say(&percent(value));
        // Fraction above percentage; a narrow column has room for the fraction alone, and a very
        // narrow one for a fraction in two lines.
        let lines = if room >= strong.width(&fraction).max(small.width(&percentage)) {
            [(fraction, strong), (percentage, small)]
        } else if room >= small.width(&fraction) {
            [(fraction, small.colour(INK)), (String::new(), small)]
        } else {
            let (some, all) = fraction.split_at(fraction.find('/').unwrap_or_default());
            [some, all].map(|part| (part.to_owned(), small.colour(INK)))
        };
        let [(upper, first), (lower, second)] = lines;
        let rise = first.size * text::CAP_HEIGHT;
        let block = if lower.is_empty() {
            rise
        } else {
            rise + second.leading()
        };
        let top = panel.y(value) - block / 2.0;
        let top = top.clamp(panel.y(1.0), panel.y(0.0) - block - 1.0);
        canvas.text(beside, top + rise, &upper, &first)?;
        canvas.text(beside, top + rise + second.leading(), &lower, &second)
    })
}

/// The share in words: `3 of 7, 43% (interval 16% to 75%)`, and that it is one of few.
pub(in crate::render) fn words(reader: &Reader<'_>, share: &Share) -> String {
    let number = |count: u64| Label::plain(count.to_string());
    let (some, all) = (number(share.successes), number(share.trials));
    let label = match &share.estimate {
        None if share.trials > 0 => Label::new(
            "{some} of {all}, {share} (no interval)",
            "{all} ішінен {some}, {share} (аралығы жоқ)",
            "{some} из {all}, {share} (без интервала)",
        )
        .fill(&[
            ("some", &some),
            ("all", &all),
            ("share", &share.value().map(percent).unwrap_or_default()),
        ]),
        None => Label::new(
            "none to take a share of",
            "үлес есептейтін ештеңе жоқ",
            "не от чего считать долю",
        ),
        Some(estimate) => Label::new(
            "{some} of {all}, {share} (interval {low} to {high})",
            "{all} ішінен {some}, {share} (аралық {low} – {high})",
            "{some} из {all}, {share} (интервал {low} – {high})",
        )
        .fill(&[
            ("some", &some),
            ("all", &all),
            ("share", &percent(estimate.value)),
            ("low", &percent(estimate.low)),
            ("high", &percent(estimate.high)),
        ]),
    };
    let few = Label::new(", fewer than {n}", ", {n} санынан аз", ", менее {n}");
    let few = if share.is_small() {
        few.fill(&[("n", &number(share.floor))])
    } else {
        Label::default()
    };
    reader.say(&Label::join([&label, &few], ""))
}

/// The counts of a share in words: `3 of 7`.
pub(in crate::render) fn counted(reader: &Reader<'_>, share: &Share) -> String {
    let number = |count: u64| Label::plain(count.to_string());
    let text = Label::new("{some} of {all}", "{all} ішінен {some}", "{some} из {all}");
    reader.say(&text.fill(&[
        ("some", &number(share.successes)),
        ("all", &number(share.trials)),
    ]))
}

/// How to read the bars, for captions.
pub(in crate::render) fn reading(reader: &Reader<'_>) -> String {
    reader.say(&Label::new(
        "Bars are shares, lines their intervals; 3/7 means three of seven.",
        "Бағандар – үлестер, сызықтар – олардың аралықтары; 3/7 – жетеуден үшеу.",
        "Столбцы – доли, линии – их интервалы; 3/7 – три из семи.",
    ))
}
