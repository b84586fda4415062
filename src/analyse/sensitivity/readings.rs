//! Roles that a second reading of the acts would add.

use std::collections::BTreeMap;

use super::group::Group;
use super::variations::{Variation, assuming};
use crate::analyse::engagements::Engagement;
use crate::analyse::selection::Selection;
use crate::error::Result;
use crate::model::concept::Concept;
use crate::model::label::Label;
use crate::validate::typed::texts;

/// The roles of each case on the bases that the study names, case by case, and then all of them at once.
///
/// A second reading adds a role and takes none away: where the deeper of two readings is in doubt, the
/// record has the shallower one and this the other.
pub(super) fn readings(
    selection: &Selection,
    base: &[&Engagement],
    all: &mut Vec<Variation>,
) -> Result<()> {
    let mut found = Vec::new();
    for basis in &selection.study().sensitivity.basis {
        let roles = roles(selection, basis.get_ref())?;
        for case in base {
            let Some(roles) = roles.get(case.case.as_str()) else {
                continue;
            };
            let text = Label::plain("{case}: {roles}");
            let label = text.fill(&[
                ("case", &Label::plain(&case.case)),
                ("roles", &Label::join(roles, ", ")),
            ]);
            let those = (case.case.clone(), basis.get_ref().clone());
            found.push(those.clone());
            all.push(assuming(selection, Group::Reading, label, |assumptions| {
                assumptions.bases.insert(those);
            }));
        }
    }
    if found.len() > 1 {
        let label = Label::new(
            "all second readings at once",
            "екінші оқулардың бәрі бірден",
            "все вторые прочтения сразу",
        );
        all.push(assuming(selection, Group::Reading, label, |assumptions| {
            assumptions.bases.extend(found);
        }));
    }
    Ok(())
}

/// Case → its roles on a basis.
fn roles<'a>(selection: &'a Selection, basis: &str) -> Result<BTreeMap<&'a str, Vec<Label>>> {
    let frame = selection.data.roles()?;
    let codes = selection.codes(Concept::Role);
    let (cases, roles) = (texts(frame, "case")?, texts(frame, "role")?);
    let bases = texts(frame, "basis")?;
    let mut found: BTreeMap<&str, Vec<Label>> = BTreeMap::new();
    for ((case, role), stated) in cases.iter().zip(roles.iter()).zip(bases.iter()) {
        let label = codes.iter().find(|(code, _)| role == Some(code.as_str()));
        if let (Some(case), Some((_, label)), true) = (case, label, stated == Some(basis)) {
            found.entry(case).or_default().push(label.clone());
        }
    }
    Ok(found)
}
