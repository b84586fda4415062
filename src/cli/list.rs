//! `bitim list`: what there is to ask for.

use std::fmt::Write as _;
use std::process::ExitCode;

use bitim::analyse::TABLES;
use bitim::error::Result;
use bitim::load;
use bitim::model::label::Language;
use bitim::model::visible;
use bitim::render::CHARTS;
use bitim::render::outputs::{self, Kind};
use clap::Args;

use super::{Data, print};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    data: Data,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut text = String::new();
        let mut section = |name: &str, items: Vec<(String, String)>| {
            let _ = writeln!(text, "{name}");
            let shown = |text: &String| visible::line(text);
            let items: Vec<[String; 2]> = items
                .iter()
                .map(|(item, title)| [shown(item), shown(title)])
                .collect();
            let width = items.iter().map(|[item, _]| item.len()).max().unwrap_or(0);
            for [item, title] in items {
                let _ = writeln!(text, "  {item:<width$}  {title}");
            }
            text.push('\n');
        };
        let english = |label: &bitim::model::label::Label| label.get(Language::En).to_owned();
        section(
            "Tables (bitim table NAME)",
            TABLES
                .iter()
                .map(|spec| (spec.name.to_owned(), english(&spec.title)))
                .collect(),
        );
        section(
            "Charts (bitim chart NAME), each of the table of its name",
            CHARTS
                .iter()
                .map(|spec| (spec.name.to_owned(), english(&spec.title)))
                .collect(),
        );
        let formats = |kind| outputs::names(kind).join(", ");
        section(
            "Formats (--format NAME)",
            vec![
                ("tables".to_owned(), formats(Kind::Table)),
                (
                    "charts".to_owned(),
                    format!("{}, json for caption and sources", formats(Kind::Figure)),
                ),
                ("sources".to_owned(), formats(Kind::Bibliography)),
            ],
        );
        let records = load::dataset(&self.data.store())?;
        let study = records.study();
        let views = study.views.iter();
        section(
            "Views (--view NAME), the first is the default",
            views
                .map(|view| (view.name.get_ref().clone(), english(&view.label)))
                .collect(),
        );
        let schemes = study.schemes.iter();
        section(
            "Periods (--periods NAME), the first is the default",
            schemes
                .map(|scheme| (scheme.name.get_ref().clone(), english(&scheme.label)))
                .collect(),
        );
        print(text.trim_end()).and_then(|_| print("\n"))
    }
}
