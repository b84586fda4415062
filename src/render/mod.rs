//! The fourth stage: what a reader will see. It computes no number.

pub mod canvas;
pub mod charts;
pub mod diff;
pub mod facts;
pub mod figure;
pub mod ground;
pub mod look;
pub mod outputs;
pub mod page;
mod pieces;
pub mod theme;
pub mod words;

use crate::analyse::{self, Selection, Source, Table, Tables};
use crate::error::{Error, Result};
use crate::model::label::{Label, Language};
use crate::side_by_side;
use charts::ChartSpec;
use figure::Figure;
use page::{Page, Picture};

/// Every chart, in the order in which a report shows them.
pub static CHARTS: &[&ChartSpec] = &[
    &charts::timeline::SPEC,
    &charts::trajectories::SPEC,
    &charts::calendar::SPEC,
    &charts::activity::SPEC,
    &charts::roles::SPEC,
    &charts::profile::SPEC,
    &charts::outcomes::SPEC,
    &charts::success::SPEC,
    &charts::funnel::SPEC,
    &charts::trends::SPEC,
    &charts::survival::SPEC,
    &charts::models::SPEC,
    &charts::venues::SPEC,
    &charts::map::SPEC,
    &charts::pairs::SPEC,
    &charts::claims::SPEC,
    &charts::specifications::SPEC,
    &charts::reliability::SPEC,
    &charts::coverage::SPEC,
];

/// The resolution of the PNG files of a report, in dots per inch: what journals ask of figures
/// with text.
pub const DPI: u32 = 300;

/// The formats in which a report has its figures unless others are asked for.
pub const FORMATS: [&str; 2] = ["svg", "png"];

/// The files to be, and what could not be made.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// Path relative to the folder of the report → bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The name of a table or figure that was not made, and why.
    pub skipped: Vec<(String, String)>,
}

/// The chart of that name.
///
/// # Errors
///
/// [`Error::UnknownName`] if there is none.
pub fn find(name: &str) -> Result<&'static ChartSpec> {
    CHARTS
        .iter()
        .copied()
        .find(|chart| chart.name == name)
        .ok_or_else(|| Error::UnknownName {
            kind: "chart",
            name: name.to_owned(),
            known: CHARTS.iter().map(|chart| chart.name.to_owned()).collect(),
        })
}

/// Every file of a report: the tables as CSV, the figures in each of `formats` and as facts, the sources as BibTeX,
/// and the page.
///
/// # Errors
///
/// [`Error::Draw`] if a figure cannot be drawn though the font has every character of it; one with a
/// character that it lacks is skipped. [`Error::Page`] if the page cannot be made,
/// [`Error::UnknownName`] if no format for figures has such a name.
pub fn bundle(
    selection: &Selection,
    tables: &Tables,
    language: Language,
    formats: &[&str],
) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    for (name, needs) in &tables.skipped {
        let reason = format!("the codebook declares no {needs}");
        bundle.skipped.push(((*name).to_owned(), reason));
    }
    for table in &tables.computed {
        let text = outputs::table("csv", table, language)?;
        bundle
            .files
            .push((format!("tables/{}.csv", table.name), text.into_bytes()));
    }
    let mut figures: Vec<Attempt> = Vec::new();
    let inputs = selection.data().inputs();
    for chart in CHARTS {
        let name = format!("figures/{}", chart.name);
        let Some(table) = tables.get(chart.of) else {
            let reason = format!("there is no table {}", chart.of);
            bundle.skipped.push((name, reason));
            continue;
        };
        let drawn = match figure::figure(chart, table, language) {
            Ok(figure) => {
                let numbers = format!("tables/{}.csv", table.name);
                let words = facts::facts(&figure, table, inputs, Some(&numbers))?;
                let file = format!("{name}.json");
                bundle.files.push((file, words.into_bytes()));
                Ok(figure)
            }
            // One name in another script is no reason to withhold the other figures and the tables.
            Err(Error::Glyph { undrawn, .. }) => {
                bundle.skipped.push((name, undrawn.to_string()));
                Err(undrawn.reason())
            }
            Err(error) => return Err(error),
        };
        figures.push(Attempt {
            chart,
            table,
            drawn,
        });
    }
    let asked: Vec<(&Figure, &str)> = figures
        .iter()
        .filter_map(|attempt| attempt.drawn.as_ref().ok())
        .flat_map(|figure| formats.iter().map(move |format| (figure, *format)))
        .collect();
    let drawn = side_by_side::each(&asked, &|_, _| (), |(figure, format)| {
        let name = format!("figures/{}.{format}", figure.name);
        Ok((name, outputs::figure(format, figure, DPI)?))
    })?;
    bundle.files.extend(drawn);
    let sources = analyse::sources(selection)?;
    if sources.is_empty() {
        let reason = "the data name no source".to_owned();
        bundle.skipped.push(("sources.bib".to_owned(), reason));
    } else {
        let text = outputs::bibliography("bibtex", &sources)?;
        let file = "sources.bib".to_owned();
        bundle.files.push((file, text.into_bytes()));
    }
    let html = whole_page(selection, tables, (&figures, formats), &sources, language)?;
    bundle
        .files
        .push(("report.html".to_owned(), html.into_bytes()));
    Ok(bundle)
}

/// A chart that was to be drawn for a report: its figure, or why there is none.
struct Attempt<'a> {
    chart: &'static ChartSpec,
    table: &'a Table,
    drawn: Result<Figure, Label>,
}

impl Attempt<'_> {
    /// What the page has of it.
    fn picture(&self, language: Language) -> Picture<'_> {
        let drawn = self.drawn.as_ref();
        Picture {
            name: self.chart.name,
            title: self.table.title.get(language),
            description: drawn.map_or("", |figure| &figure.description),
            // Method, denominator and notes stand with the table, right below.
            caption: drawn.map_or("", |figure| &figure.key),
            svg: drawn.map(|figure| figure.svg.as_str()),
            table: self.chart.of,
        }
    }
}

/// The page with everything on it.
fn whole_page(
    selection: &Selection,
    tables: &Tables,
    (figures, formats): (&[Attempt], &[&str]),
    sources: &[Source],
    language: Language,
) -> Result<String> {
    let data = selection.data();
    let pictures: Vec<Picture> = figures
        .iter()
        .map(|attempt| attempt.picture(language))
        .collect();
    page::page(&Page {
        language,
        dataset: &data.codebook().dataset,
        view: &selection.view,
        window: selection.window,
        headlines: &analyse::headlines(selection, tables),
        tables: &tables.computed,
        figures: &pictures,
        formats,
        skipped: &tables.skipped,
        index: &analyse::index(selection)?,
        findings: data.findings(),
        sources,
        inputs: data.inputs(),
        program_version: env!("CARGO_PKG_VERSION"),
    })
}
