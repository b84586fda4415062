//! A block of 0/1 columns, one per value, becomes one variable with several values.

use polars::prelude::Column;

use super::rules::codes;
use super::typed::{Field, Typed};
use super::value::{Value, columns, list_of};
use crate::error::Result;
use crate::load::TableRecords;
use crate::model::codebook::{Codebook, FlagTexts, Indicators};
use crate::model::finding::Findings;
use crate::model::missing::Reason;

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
    let mut values = Vec::with_capacity(rows.frame.height());
    for row in 0..rows.frame.height() {
        let mut reason = Some(Reason::Blank);
        let mut list = Vec::new();
        for (column, code) in &block.columns {
            let cell = rows.frame.column(column).and_then(Column::str);
            let text = cell
                .ok()
                .and_then(|cell| cell.get(row))
                .unwrap_or_default()
                .trim();
            let declared = codebook.missing.iter().find(|missing| missing.code == text);
            match (truth(&block.flag, text), declared) {
                (Some(truth), _) => {
                    reason = None;
                    if truth {
                        list.push(code.clone());
                    }
                }
                (None, Some(declared)) => reason = reason.map(|_| declared.reason),
                (None, None) if text.is_empty() => {}
                (None, None) => {
                    let problem = format!(
                        "yes is written {}, no is written {}",
                        block.flag.yes.join(" or "),
                        block.flag.no.join(" or ")
                    );
                    let place = typed.place(row, Some(column));
                    findings.value(&codes::WRONG_TYPE, place, text, problem, None);
                }
            }
        }
        values.push(reason.map_or(Value::List(list), Value::Missing));
    }
    let list = list_of(&field, &values)?;
    typed.lists.insert(field.key.clone(), list);
    let columns = columns(&field, &values)?;
    typed.add(field, columns)
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
