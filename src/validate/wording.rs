//! The same values in the words of another codebook.

use super::dataset::Dataset;
use crate::model::study::Study;

impl Dataset {
    /// The same data, with every variable, code, view and period labelled as `other` labels it.
    ///
    /// Two releases are compared in the same words, so that a code that got a new label is not taken
    /// for another code, however deep in a composed text the label stands. What `other` does not have
    /// keeps its own label; no value, code or parameter changes.
    pub(crate) fn worded_as(&self, other: &Self) -> Self {
        let mut worded = self.clone();
        for table in &mut worded.tables {
            let Some(theirs) = other.tables.iter().find(|known| known.name == table.name) else {
                continue;
            };
            for field in &mut table.fields {
                let Some(known) = theirs.field(&field.key) else {
                    continue;
                };
                field.label.clone_from(&known.label);
                for code in &mut field.codes {
                    let same = known.codes.iter().find(|known| known.code == code.code);
                    if let Some(known) = same {
                        code.label.clone_from(&known.label);
                    }
                }
            }
        }
        study(&mut worded.study, &other.study);
        worded
    }
}

/// Labels views by their names, schemes by theirs and periods by their edges.
fn study(study: &mut Study, other: &Study) {
    for view in &mut study.views {
        let same = other.views.iter().find(|known| known.name == view.name);
        if let Some(known) = same {
            view.label.clone_from(&known.label);
        }
    }
    for scheme in &mut study.schemes {
        let same = other.schemes.iter().find(|known| known.name == scheme.name);
        let Some(theirs) = same else { continue };
        scheme.label.clone_from(&theirs.label);
        for period in &mut scheme.periods {
            let mut periods = theirs.periods.iter();
            let same =
                periods.find(|known| (&known.start, &known.end) == (&period.start, &period.end));
            if let Some(known) = same {
                period.label.clone_from(&known.label);
            }
        }
    }
}
