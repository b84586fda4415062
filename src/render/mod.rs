//! The fourth stage: what a reader will see. It computes no number.

mod attempt;
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

use crate::analyse::{self, Selection, Source, Tables};
use crate::error::{Error, Result};
use crate::model::label::Language;
use crate::side_by_side;
use attempt::Attempt;
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
/// character that it lacks is skipped, as is a file with more dots than a picture can have. [`Error::Page`] if the page cannot be made,
/// [`Error::UnknownName`] if no format for figures has such a name.
pub fn bundle(
    selection: &Selection,
    tables: &Tables,
    language: Language,
    formats: &[&str],
) -> Result<Bundle> {
    let mut bundle = Bundle::default();
    for (name, needs) in &tables.skipped {
        let who = if needs.contains(".toml") {
            "there is"
        } else {
            "the codebook declares"
        };
        let reason = format!("{who} no {needs}");
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
        let attempt = Attempt::new(chart, table, language)?;
        match &attempt.drawn {
            Ok(figure) => {
                let numbers = format!("tables/{}.csv", table.name);
                let words = facts::facts(figure, table, inputs, Some(&numbers))?;
                bundle
                    .files
                    .push((attempt.file("json"), words.into_bytes()));
            }
            Err(undone) => bundle.skipped.push((name, undone.reason.clone())),
        }
        figures.push(attempt);
    }
    let mut asked: Vec<(String, &Figure, &str)> = Vec::new();
    for attempt in &figures {
        if let Ok(figure) = &attempt.drawn {
            let formats = formats.iter();
            asked.extend(formats.map(|format| (attempt.file(format), figure, *format)));
        }
    }
    let made = side_by_side::each(&asked, &|_, _| (), |(name, figure, format)| {
        attempt::file(name.clone(), figure, format)
    })?;
    for (name, file) in made {
        match file {
            Ok(bytes) => bundle.files.push((name, bytes)),
            Err(reason) => bundle.skipped.push((name, reason)),
        }
    }
    let sources = analyse::sources(selection)?;
    if sources.is_empty() {
        let reason = "the data name no source".to_owned();
        bundle.skipped.push(("sources.bib".to_owned(), reason));
    } else {
        let text = outputs::bibliography("bibtex", &sources)?;
        let file = "sources.bib".to_owned();
        bundle.files.push((file, text.into_bytes()));
    }
    let with_files: Vec<(Attempt, Vec<&str>)> = figures
        .into_iter()
        .map(|attempt| {
            let is_made = |format: &&str| {
                let file = attempt.file(format);
                bundle.files.iter().any(|(name, _)| *name == file)
            };
            let made = formats.iter().copied().filter(is_made).collect();
            (attempt, made)
        })
        .collect();
    let html = whole_page(selection, tables, &with_files, &sources, language)?;
    bundle
        .files
        .push(("report.html".to_owned(), html.into_bytes()));
    Ok(bundle)
}

/// The page with everything on it.
fn whole_page(
    selection: &Selection,
    tables: &Tables,
    figures: &[(Attempt, Vec<&str>)],
    sources: &[Source],
    language: Language,
) -> Result<String> {
    let data = selection.data();
    let pictures: Vec<Picture> = figures
        .iter()
        .map(|(attempt, formats)| attempt.picture(formats, language))
        .collect();
    page::page(&Page {
        language,
        dataset: &data.codebook().dataset,
        view: &selection.view,
        window: selection.window,
        headlines: &analyse::headlines(selection, tables),
        tables: &tables.computed,
        figures: &pictures,
        skipped: &tables.skipped,
        index: &analyse::index(selection)?,
        findings: data.findings(),
        sources,
        inputs: data.inputs(),
        program_version: env!("CARGO_PKG_VERSION"),
    })
}
