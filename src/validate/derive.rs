//! Variables and tables that the codebook derives from others, by its small closed set of forms.

use super::group;
use super::rules::codes as code_rules;
use super::typed::{Draft, Field};
use super::value::{coded, reasons};
use crate::error::Result;
use crate::model::codebook::Codebook;
use crate::model::derive::Derive;
use crate::model::finding::Findings;
use crate::model::missing::Reason;

/// Makes the derived variables and tables that can be made from single tables. `hosted` waits for
/// [`super::assemble`], which knows the places.
pub(super) fn derive(draft: &mut Draft, findings: &mut Findings) -> Result<()> {
    let codebook = draft.records.codebook.value.clone();
    // Grouping reads what recoding makes, whatever their order in the file.
    let is_group =
        |derived: &&toml::Spanned<Derive>| matches!(derived.get_ref(), Derive::Group { .. });
    let recodings = codebook.derived.iter().filter(|derived| !is_group(derived));
    let groupings = codebook.derived.iter().filter(is_group);
    for derived in recodings.chain(groupings) {
        match derived.get_ref() {
            Derive::Recode { .. } => recode(derived.get_ref(), &codebook, draft, findings)?,
            Derive::Group {
                table,
                from,
                label,
                outcome,
                keep,
            } => {
                if let Some(events) = draft.table(from) {
                    let made = group::group(table, events, label, *outcome, keep)?;
                    draft.tables.extend(made);
                }
            }
            Derive::Hosted { .. } => {}
        }
    }
    Ok(())
}

fn recode(
    derived: &Derive,
    codebook: &Codebook,
    draft: &mut Draft,
    findings: &mut Findings,
) -> Result<()> {
    let Derive::Recode {
        table,
        from,
        concept,
        measure,
        label,
        codes: list,
        map,
        missing: silent,
    } = derived
    else {
        return Ok(());
    };
    let Some(typed) = draft.tables.iter_mut().find(|typed| typed.name == *table) else {
        return Ok(());
    };
    let Some(read) = typed.field(from).cloned() else {
        return Ok(());
    };
    let mut values: Vec<Option<String>> = vec![None; typed.frame.height()];
    let mut why: Vec<Option<Reason>> = typed.reasons(from);
    for (row, value) in typed.values(&read) {
        let row = row as usize;
        if let Some(code) = map.get(value) {
            values[row] = Some(code.clone());
        } else if let Some(reason) = silent.get(value) {
            why[row] = Some(*reason);
        } else {
            let known: Vec<&str> = map
                .keys()
                .chain(silent.keys())
                .map(String::as_str)
                .collect();
            let place = typed.place(row, Some(&read.column));
            let problem = format!(
                "the recoding to {} has no line for it; it has {}",
                concept.name(),
                known.join(", ")
            );
            findings.value(&code_rules::UNKNOWN, place, value, problem, None);
        }
    }
    let key = concept.name();
    let codes = codebook.codes(list);
    let columns = vec![
        coded(key, codes, values.iter().map(Option::as_deref))?,
        reasons(key, why.into_iter())?,
    ];
    let field = Field {
        key: key.to_owned(),
        column: read.column,
        concept: Some(*concept),
        measure: *measure,
        label: label.clone(),
        codes: codes.to_vec(),
        is_list: false,
    };
    typed.add(field, columns)
}
