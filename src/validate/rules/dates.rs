//! Rules about dates: does the calendar have it, is it in order, is it inside the coverage?

use crate::model::concept::Concept;
use crate::model::date::Day;
use crate::model::finding::{Findings, Rule, Severity};
use crate::validate::alike::Alike;
use crate::validate::typed::Draft;

/// A date that the calendar does not have.
pub(crate) static IMPOSSIBLE: Rule = Rule {
    code: "V203",
    name: "impossible-date",
    severity: Severity::Error,
    explain: "The calendar has no such day or month, as in 2013-02-30, or an interval ends before it begins.\n\
              Fix: correct the cell; if only the month is known, write 2013-02.",
};

/// A date that a spreadsheet has rewritten.
pub(crate) static MANGLED: Rule = Rule {
    code: "V204",
    name: "mangled-date",
    severity: Severity::Error,
    explain: "A spreadsheet has taken the text for a date and rewritten it, as in `Feb-13` for 2013-02, or as a serial\n\
              number such as 41331. The day and the century may be lost.\n\
              Fix: format the column as text before typing, and write the date again from the source.",
};

/// A date outside the coverage of the data set.
pub(crate) static OUTSIDE: Rule = Rule {
    code: "V205",
    name: "outside-coverage",
    severity: Severity::Error,
    explain: "The date lies outside the span that the codebook declares (`[coverage]`), or after the cut-off of the study. Years outside it are not zeros:\n\
              nobody looked there.\n\
              Fix: correct the date, or widen the coverage if the search for cases was widened.",
};

/// A start after its end.
pub(crate) static REVERSED: Rule = Rule {
    code: "V206",
    name: "reversed-dates",
    severity: Severity::Error,
    explain: "The end lies before the start, even if both dates are taken as far apart as they allow.\n\
              Fix: correct one of them.",
};

/// Start and end of one row are in order.
pub(super) fn order(draft: &Draft, findings: &mut Findings) {
    for table in &draft.tables {
        let Some((start, end)) = table
            .concept(Concept::Start)
            .zip(table.concept(Concept::End))
        else {
            continue;
        };
        let ends = table.days(&end.key);
        let whereabouts = table.whereabouts();
        for (row, (start, end_days)) in table.days(&start.key).iter().zip(ends).enumerate() {
            if let (Some((earliest, _)), Some((_, latest))) = (start, end_days)
                && latest < *earliest
            {
                let spot = whereabouts.spot(row, Some(&end.column));
                let latest = Day::from_epoch(latest).to_string();
                let problem = || format!("the start is {} or later", Day::from_epoch(*earliest));
                findings.find(
                    &REVERSED,
                    REVERSED.severity,
                    spot,
                    Some(&latest),
                    problem,
                    || None,
                );
            }
        }
    }
}

/// Every start and end lies inside the coverage.
pub(super) fn coverage(draft: &Draft, findings: &mut Findings) {
    let mut window = draft.records.codebook.value.window();
    window.latest = draft.records.study.value.cutoff(window).min(window.latest);
    for table in &draft.tables {
        for concept in [Concept::Start, Concept::End] {
            let Some(field) = table.concept(concept) else {
                continue;
            };
            let (alike, days) = (Alike::of_field(draft, table, field), table.days(&field.key));
            alike.report(table, &field.column, findings, |row, report| {
                let Some((earliest, latest)) = days[row] else {
                    return;
                };
                if latest < window.earliest.epoch() || earliest > window.latest.epoch() {
                    let problem =
                        || format!("the record covers {} to {}", window.earliest, window.latest);
                    report.value(&OUTSIDE, &Day::from_epoch(earliest).to_string(), problem);
                }
            });
        }
    }
}
