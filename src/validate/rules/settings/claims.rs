//! Do the claims agree with themselves and with the sources?

use std::collections::BTreeSet;

use super::{CLAIMS, Report};
use crate::load::Records;
use crate::model::finding::Findings;
use crate::model::unit::Unit;

pub(super) fn check(records: &Records, findings: &mut Findings) {
    let claims = &records.claims.value;
    let mut report = Report {
        rule: &CLAIMS,
        document: &records.claims,
        findings,
    };
    let mut seen = BTreeSet::new();
    for claim in &claims.claims {
        let (span, claim) = (claim.span(), claim.get_ref());
        if !seen.insert(&claim.id) {
            report.add(&span, &claim.id, "two claims have this id");
        }
    }
    let Some(source) = &claims.source else { return };
    let sources = records
        .codebook
        .value
        .tables()
        .find(|table| table.unit == Unit::Source)
        .and_then(|table| Some((records.table(&table.name)?, table.key.first()?)));
    let known: Vec<&str> = sources
        .and_then(|(rows, key)| rows.frame.column(key).ok())
        .and_then(|column| column.str().ok())
        .map(|column| column.iter().flatten().collect())
        .unwrap_or_default();
    if !known.contains(&source.get_ref().as_str()) {
        let problem = "the table of sources has no such row";
        report.add(&source.span(), source.get_ref(), problem);
    }
}
