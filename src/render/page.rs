//! `report.html`: one file that needs no network, no script and no other file to be read.
//!
//! This module only arranges. Numbers become text in [`super::words`], the page's own words stand in
//! `labels`, the look in `assets/report.css`, the order of things in `assets/report.html`. With
//! `assets/report.js` a reader explores what stands there; the policy of the page lets no other
//! script run. Everything that comes from data is escaped by the template engine; the drawings, the
//! style sheet, the script and its data, which `explore` escapes, are the only texts inserted as they
//! are.

mod explore;
mod labels;
mod lists;
mod sections;

use std::fmt::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Output, UndefinedBehavior, Value, context};

use crate::analyse::{Headline, Index, Source, Table};
use crate::error::{Error, Result};
use crate::load::Input;
use crate::model::codebook::About;
use crate::model::date::Interval;
use crate::model::finding::Findings;
use crate::model::label::{Label, Language};
use crate::model::visible;

const TEMPLATE: &str = include_str!("assets/report.html");
const STYLE: &str = include_str!("assets/report.css");
const SCRIPT: &str = include_str!("assets/report.js");

/// Everything that a page is made from.
pub struct Page<'a> {
    /// The language of every word on it.
    pub language: Language,
    /// What the data set is.
    pub dataset: &'a About,
    /// The view that the tables were computed through.
    pub view: &'a Label,
    /// The first day of the record's coverage and the day as of which the view is taken.
    pub window: Interval,
    /// What changed, in sentences.
    pub headlines: &'a [Headline],
    /// The tables, in the order of the report.
    pub tables: &'a [Table],
    /// The figures, in the order of the report. A figure draws one of the tables.
    pub figures: &'a [Picture<'a>],
    /// The name of a table that was not computed, with the concepts that the codebook lacks.
    pub skipped: &'a [(&'static str, String)],
    /// The cases, by which the page is searched.
    pub index: &'a Index,
    /// What the checks found and let pass.
    pub findings: &'a Findings,
    /// The sources of the data, in the order in which they are numbered.
    pub sources: &'a [Source],
    /// The files that were read.
    pub inputs: &'a [Input],
    /// The version of the program.
    pub program_version: &'a str,
}

/// A figure with its words.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// Its name, which is also that of its files.
    pub name: &'a str,
    /// The title.
    pub title: &'a str,
    /// What it shows, in words, for those who cannot see it.
    pub description: &'a str,
    /// How to read it.
    pub caption: &'a str,
    /// The drawing, an `<svg>` element, inserted as it is: its texts must be escaped already. Or why
    /// there is none, which then stands in its place; such a figure has no number and no files.
    pub svg: Result<&'a str, &'a Label>,
    /// The formats in which it stands beside the page.
    pub formats: &'a [&'a str],
    /// The name of the table that it draws.
    pub table: &'a str,
}

/// The page as HTML. The same input gives the same bytes.
///
/// # Errors
///
/// [`Error::Page`] if the template does not fit what it is given.
pub fn page(page: &Page) -> Result<String> {
    render(page).map_err(|source| Error::Page {
        source: Box::new(source),
    })
}

fn render(page: &Page) -> Result<String, minijinja::Error> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(|out, _, value| Ok(escape(out, value)?));
    environment.add_template("report.html", TEMPLATE)?;
    environment.get_template("report.html")?.render(whole(page))
}

fn whole(page: &Page) -> Value {
    let language = page.language;
    let order = sections::order(page);
    let known = explore::Known::of(page);
    context! {
        lang => language.tag(),
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        script_source => Value::from_safe_string(explore::source_of(SCRIPT)),
        data => Value::from_safe_string(explore::data(page, &known)),
        choices => explore::choices(&known.facets, language),
        words => labels::all(language),
        dataset => context! {
            title => text(&page.dataset.title, language),
            description => text(&page.dataset.description, language),
            version => &page.dataset.version,
            licence => &page.dataset.licence,
            citation => &page.dataset.citation,
        },
        view => text(page.view, language),
        coverage => text(&lists::coverage(page.window), language),
        headlines => lists::headlines(page, &order),
        sections => sections::sections(page, &order, &known),
        methods => lists::methods(&order, language),
        findings => lists::findings(page.findings, language),
        skipped => lists::skipped(page.skipped, language),
        sources => lists::sources(page.sources, language),
        inputs => lists::inputs(page.inputs),
        colophon => text(&labels::colophon(page.program_version), language),
    }
}

/// Writes a value with the characters escaped that mean something in HTML, and those shown as escapes
/// that act and cannot be seen, unless it is declared safe. The engine's own escaping also turns every slash into an entity, which would make paths,
/// addresses and shares unreadable in the file and in its diffs.
fn escape(out: &mut Output, value: &Value) -> std::fmt::Result {
    let text = value.to_string();
    if value.is_safe() {
        return out.write_str(&text);
    }
    for character in visible::text(&text).chars() {
        match character {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            _ => out.write_char(character)?,
        }
    }
    Ok(())
}

/// A label in the language of the page.
fn text(label: &Label, language: Language) -> String {
    label.get(language).to_owned()
}
