//! A chart with all that makes it stand alone: title, who and when, source, and words for those
//! who cannot see it.

mod slide;

use super::canvas::{Canvas, Type};
use super::charts::ChartSpec;
use super::look::{Look, Preset};
use super::theme::{self, COLUMN_MM, MUTED, POINTS_PER_MM};
use super::words;
use crate::analyse::SELECTION;
use crate::analyse::table::Table;
use crate::error::Result;
use crate::model::label::{Label, Language};
use crate::model::measure::Measure;

/// The distance of everything from the edge of the figure, in points.
pub const MARGIN: f64 = 3.0;

/// A drawn figure with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The name of its chart.
    pub name: &'static str,
    /// What it shows, as a question or a subject.
    pub title: String,
    /// What its table found, without the last full stop: the heading drawn on the web; empty if the
    /// numbers say nothing.
    pub finding: String,
    /// The alternative text, made of the numbers of the table; also inside the SVG.
    pub description: String,
    /// How it was made and how to read it; journals set it outside the figure, so it is not drawn.
    pub caption: String,
    /// How to read the marks: the part of the caption that no table says.
    pub key: String,
    /// Where the numbers come from; also drawn.
    pub source_line: String,
    /// The language of its words.
    pub language: Language,
    /// The drawing.
    pub svg: String,
    /// The width in millimetres.
    pub width: f64,
    /// The height in millimetres.
    pub height: f64,
}

/// Draws a table with a chart, as wide as a page and with all that lets it stand alone.
///
/// # Errors
///
/// [`crate::error::Error::Draw`] if the table lacks a column that the chart needs, holds a code
/// that its column does not list, or has a character for which the font has no glyph.
pub fn figure(spec: &ChartSpec, table: &Table, language: Language) -> Result<Figure> {
    figure_in(Look::default(), spec, table, language)
}

/// Draws a table with a chart in a look of its own.
///
/// What a look leaves out of the drawing is in the caption instead, and what it draws is not
/// repeated there.
///
/// # Errors
///
/// As [`figure()`].
pub fn figure_in(
    look: Look,
    spec: &ChartSpec,
    table: &Table,
    language: Language,
) -> Result<Figure> {
    let mut canvas = Canvas::new(spec.name, look.width * POINTS_PER_MM).on(look.ground);
    if look.preset != Preset::Slide && look.width < COLUMN_MM {
        return Err(canvas.error(format!(
            "it needs {COLUMN_MM} mm at least: ask for `--width {COLUMN_MM}`"
        )));
    }
    let words = Words {
        title: table.title.get(language).to_owned(),
        finding: finding(table, language),
        subtitle: subtitle(table, language),
        small_print: small_print(table, language),
        source_line: source_line(table, language),
    };
    let drawn = match look.preset {
        Preset::Web => {
            head(&mut canvas, &words)?;
            let drawn = spec.drawn(table, language, &mut canvas)?;
            foot(&mut canvas, &words)?;
            drawn
        }
        Preset::Journal => {
            let drawn = spec.drawn(table, language, &mut canvas)?;
            canvas.reach(canvas.height() + MARGIN);
            drawn
        }
        Preset::Slide => slide::draw(&mut canvas, look, &words, |canvas| {
            spec.drawn(table, language, canvas)
        })?,
    };
    let mut said = vec![sentence(&words.title)];
    // Some charts have nothing to tell but the reading of their table.
    if !words.finding.is_empty() && !drawn.description.contains(&words.finding) {
        said.push(sentence(&words.finding));
    }
    said.push(drawn.description);
    let description = said.join(" ");
    let (width, height) = (
        canvas.width() / POINTS_PER_MM,
        canvas.height() / POINTS_PER_MM,
    );
    let below = caption(table, &drawn.key, language);
    Ok(Figure {
        name: spec.name,
        caption: match look.preset {
            Preset::Web | Preset::Slide => below,
            Preset::Journal => [
                sentence(&words.title),
                sentence(&words.subtitle),
                below,
                sentence(&words.source_line),
            ]
            .join(" "),
        },
        key: drawn.key,
        svg: canvas.finish(&words.title, &description, language.tag()),
        title: words.title,
        description,
        finding: words.finding,
        source_line: words.source_line,
        language,
        width,
        height,
    })
}

/// The words around a drawing.
struct Words {
    title: String,
    finding: String,
    subtitle: String,
    small_print: String,
    source_line: String,
}

/// The text with a full stop unless it has a stop already.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{text}{stop}")
}

/// The finding without its full stop, as headings are set; empty if there is none.
fn finding(table: &Table, language: Language) -> String {
    let sentence = table.finding().map_or("", |label| label.get(language));
    sentence.trim_end_matches('.').to_owned()
}

/// Whose numbers, how many, and of which days.
fn subtitle(table: &Table, language: Language) -> String {
    let count = Label::plain(table.n.to_string());
    let unit = table.unit.label();
    let from = Label::plain(table.window.earliest.to_string());
    let until = Label::plain(table.window.latest.to_string());
    let words = Label::new(
        "{unit}: {n} · record of {from} to {until}",
        "{unit}: {n} · {from} – {until} аралығындағы жазба",
        "{unit}: {n} · запись за {from} – {until}",
    )
    .fill(&[
        ("unit", &unit),
        ("n", &count),
        ("from", &from),
        ("until", &until),
    ]);
    let mut parts = vec![table.view.clone(), words];
    if table.missing > 0 {
        let missing = Label::plain(table.missing.to_string());
        parts.push(
            Label::new(
                "left out, value missing: {n}",
                "мәні жоқ, есепке кірмеген: {n}",
                "не вошли, нет значения: {n}",
            )
            .fill(&[("n", &missing)]),
        );
    }
    parts.retain(|part| !part.is_empty());
    Label::join(&parts, " · ").get(language).to_owned()
}

fn head(canvas: &mut Canvas, words: &Words) -> Result<()> {
    let room = canvas.width() - 2.0 * MARGIN;
    let heading = Type::of(theme::TITLE).bold();
    let below = Type::of(theme::BODY).colour(MUTED);
    let asked = Type::of(theme::BODY);
    let first = if words.finding.is_empty() {
        &words.title
    } else {
        &words.finding
    };
    let mut baseline = canvas.lines(
        MARGIN,
        theme::TITLE + 1.0,
        &heading.wrap(first, room),
        &heading,
    )?;
    baseline += below.size - heading.size;
    if !words.finding.is_empty() {
        let lines = asked.wrap(&words.title, room);
        baseline = canvas.lines(MARGIN, baseline + 1.0, &lines, &asked)?;
    }
    baseline = canvas.lines(
        MARGIN,
        baseline + 1.0,
        &below.wrap(&words.subtitle, room),
        &below,
    )?;
    canvas.reach(baseline - below.leading() + 4.0);
    Ok(())
}

/// Few sources are named; many are counted, since their list stands with the table.
fn source_line(table: &Table, language: Language) -> String {
    const NAMED: usize = 6;
    let names: Vec<&str> = table.sources.iter().map(String::as_str).collect();
    let label = match names.len() {
        0 => Label::new(
            "Source: none given",
            "Дереккөз: көрсетілмеген",
            "Источник: не указан",
        ),
        1..=NAMED => Label::new(
            "Sources: {names}",
            "Дереккөздер: {names}",
            "Источники: {names}",
        )
        .fill(&[("names", &Label::plain(names.join("; ")))]),
        count => Label::new(
            "Sources: {n}, listed with the table",
            "Дереккөздер саны: {n}; тізімі кестемен бірге берілген",
            "Источников: {n}; перечень дан вместе с таблицей",
        )
        .fill(&[("n", &Label::plain(count.to_string()))]),
    };
    label.get(language).to_owned()
}

/// What must not be parted from the drawing: what the mark of few means, and that a share of
/// successes is no effect.
fn small_print(table: &Table, language: Language) -> String {
    let few = few(table);
    let selection = table.notes.iter().find(|note| **note == SELECTION);
    let sentences = few.iter().chain(selection);
    Label::join(sentences, " ").get(language).to_owned()
}

/// What the mark of few means, as a sentence.
fn few(table: &Table) -> Option<Label> {
    let (mark, meaning) = words::few(table)?;
    let text = Label::plain("{mark} – {meaning}.");
    Some(text.fill(&[("mark", &mark), ("meaning", &meaning)]))
}

fn foot(canvas: &mut Canvas, words: &Words) -> Result<()> {
    let style = Type::of(theme::SMALL).colour(MUTED);
    let room = canvas.width() - 2.0 * MARGIN;
    let lines = below(words, &style, room);
    let first = canvas.height() + 6.0 + style.size;
    let after = canvas.lines(MARGIN, first, &lines, &style)?;
    canvas.reach(after - style.leading() + 3.0);
    Ok(())
}

/// The lines that stand below a drawing.
fn below(words: &Words, style: &Type, room: f64) -> Vec<String> {
    let texts = [&words.small_print, &words.source_line];
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.flat_map(|text| style.wrap(text, room)).collect()
}

fn caption(table: &Table, key: &str, language: Language) -> String {
    let has_shares = table
        .columns
        .iter()
        .any(|column| column.measure == Measure::Share);
    let denominator = (has_shares && !table.denominator.is_empty()).then(|| {
        Label::new(
            "Shares are of: {whole}.",
            "Үлестер мынадан есептелген: {whole}.",
            "Доли считаются от: {whole}.",
        )
        .fill(&[("whole", &table.denominator)])
    });
    let few = few(table);
    let mut sentences = vec![key.to_owned()];
    let labels = denominator
        .iter()
        .chain([&table.method])
        .chain(&few)
        .chain(&table.notes);
    sentences.extend(labels.map(|label| label.get(language).to_owned()));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}
