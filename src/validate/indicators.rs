//! A block of 0/1 columns, one per value, becomes one variable with several values.

use polars::prelude::{Column, DataFrame};

use super::alike::Alike;
use super::rules::codes;
use super::typed::{Field, ROW, Typed, VALUE};
use super::value::{coded, reasons, taken};
use crate::error::{Error, Result};
use crate::load::TableRecords;
use crate::model::codebook::{Codebook, FlagTexts, Indicators};
use crate::model::finding::Findings;
use crate::model::missing::Reason;

/// What a cell of a block says.
#[derive(Clone, Copy)]
enum Said {
    Truth(bool),
    Missing(Reason),
    Nothing,
    Wrong,
}

/// Decodes one block. A row whose cells are all blank or missing codes has no value; a blank beside
/// a 1 or a 0 means no.
pub(super) fn decode(
    codebook: &Codebook,
    block: &Indicators,
    rows: &TableRecords,
    typed: &mut Typed,
    findings: &mut Findings,
) -> Result<()> {
    let field = Field {
        key: block.concept.name().to_owned(),
        column: block.columns.keys().cloned().collect::<Vec<_>>().join(", "),
        concept: Some(block.concept),
        measure: block.measure,
        label: block.label.clone(),
        codes: codebook.codes(&block.codes).to_vec(),
        is_list: true,
    };
    let read = |text: &str| {
        let declared = codebook.missing.iter().find(|missing| missing.code == text);
        match (truth(&block.flag, text), declared) {
            (Some(truth), _) => Said::Truth(truth),
            (None, Some(declared)) => Said::Missing(declared.reason),
            (None, None) if text.is_empty() => Said::Nothing,
            (None, None) => Said::Wrong,
        }
    };
    let mut why = vec![Some(Reason::Blank); rows.frame.height()];
    let mut yes: Vec<(u32, u32)> = Vec::new();
    for (at, name) in (0..).zip(block.columns.keys()) {
        let Some(column) = rows.column(name) else {
            continue;
        };
        let text = |row: &usize| column.get(*row).unwrap_or_default().trim();
        let alike = Alike::of(&[column], rows.frame.height());
        let said: Vec<Said> = { alike.first().iter() }
            .map(|row| read(text(row)))
            .collect();
        for ((row, why), group) in (0..).zip(&mut why).zip(alike.groups()) {
            match said[group as usize] {
                Said::Truth(truth) => {
                    *why = None;
                    if truth {
                        yes.push((row, at));
                    }
                }
                Said::Missing(reason) => *why = why.map(|_| reason),
                Said::Nothing | Said::Wrong => {}
            }
        }
        let wrong: Vec<bool> = { said.iter() }
            .map(|said| matches!(said, Said::Wrong))
            .collect();
        alike.report_of(&wrong, typed, name, findings, |row, report| {
            report.value(&codes::WRONG_TYPE, text(&row), || written(&block.flag));
        });
    }
    yes.sort_unstable();
    let (of, which): (Vec<u32>, Vec<u32>) = yes.into_iter().unzip();
    let each = coded(
        VALUE,
        &field.codes,
        block.columns.values().map(|code| Some(code.as_str())),
    )?;
    let list = DataFrame::new(
        of.len(),
        vec![Column::new(ROW.into(), of), taken(&each, which)?],
    );
    let list = list.map_err(Error::compute("a variable with several values"))?;
    typed.lists.insert(field.key.clone(), list);
    let columns = vec![reasons(&field.key, why.into_iter())?];
    typed.add(field, columns)
}

/// How yes and no are written.
pub(super) fn written(texts: &FlagTexts) -> String {
    format!(
        "yes is written {}, no is written {}",
        texts.yes.join(" or "),
        texts.no.join(" or ")
    )
}

/// Whether a text means yes or no.
pub(super) fn truth(texts: &FlagTexts, text: &str) -> Option<bool> {
    if texts.yes.iter().any(|yes| yes == text) {
        Some(true)
    } else if texts.no.iter().any(|no| no == text) {
        Some(false)
    } else {
        None
    }
}
