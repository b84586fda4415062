//! Who is a party to which case, for tables of actors and of pairs of them.

use std::collections::{BTreeMap, BTreeSet};

use super::selection::Selection;
use crate::error::Result;
use crate::validate::typed::texts;

/// The parties of one case, each with the standings that it has in it.
pub(super) type Parties<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Case → its parties, for the cases of a selection; a case without a known party is absent.
pub(super) fn by_case<'a>(selection: &'a Selection) -> Result<BTreeMap<&'a str, Parties<'a>>> {
    let members: BTreeSet<&str> = texts(&selection.cases, "case")?.iter().flatten().collect();
    let frame = selection.data.parties()?;
    let mut cases: BTreeMap<&str, Parties> = BTreeMap::new();
    for ((case, party), standing) in texts(frame, "case")?
        .iter()
        .zip(texts(frame, "party")?.iter())
        .zip(texts(frame, "standing")?.iter())
    {
        if let (Some(case), Some(party)) = (case.filter(|case| members.contains(case)), party) {
            let standings = cases.entry(case).or_default().entry(party).or_default();
            standings.extend(standing);
        }
    }
    Ok(cases)
}

/// Every two different items of a list once, the earlier first.
pub(super) fn pairs<T: Copy>(items: &[T]) -> impl Iterator<Item = (T, T)> {
    let each = items.iter().enumerate();
    each.flat_map(|(place, one)| items[place + 1..].iter().map(|other| (*one, *other)))
}
