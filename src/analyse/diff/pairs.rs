//! Which row of one table is which row of another.

use std::collections::BTreeMap;

/// The rows of two tables by position: those that are one row, in the order of the new table, and
/// those that only one of the two has, in its order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) both: Vec<(usize, usize)>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<usize>,
}

/// Pairs rows by what they are called; rows that are called alike are paired in their order.
///
/// Names are lists of parts. A first pass pairs what has the whole name. What is left is paired by
/// the beginning of the name, the shortest first, if it is the only row of its table that begins so:
/// the one span of a case is the same span when its dates change.
pub(super) fn pair<Part: Ord>(old: &[Vec<Part>], new: &[Vec<Part>]) -> Pairs {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_left = vec![true; old.len()];
    let mut waiting = positions(old, usize::MAX);
    for positions in waiting.values_mut() {
        positions.reverse();
    }
    for (row, name) in new.iter().enumerate() {
        if let Some(first) = waiting.get_mut(name.as_slice()).and_then(Vec::pop) {
            partner[row] = Some(first);
            is_left[first] = false;
        }
    }
    let longest = new.iter().map(Vec::len).max().unwrap_or_default();
    for length in 1..longest {
        let (olds, news) = (positions(old, length), positions(new, length));
        for (name, rows) in news {
            if let ([row], Some([only])) = (rows.as_slice(), olds.get(name).map(Vec::as_slice))
                && partner[*row].is_none()
                && is_left[*only]
            {
                partner[*row] = Some(*only);
                is_left[*only] = false;
            }
        }
    }
    let of_new = || partner.iter().enumerate();
    Pairs {
        both: of_new()
            .filter_map(|(new, old)| Some(((*old)?, new)))
            .collect(),
        removed: (0..old.len()).filter(|row| is_left[*row]).collect(),
        added: of_new()
            .filter(|(_, old)| old.is_none())
            .map(|(new, _)| new)
            .collect(),
    }
}

/// The first `length` parts of a name → the rows called so, in their order.
fn positions<Part: Ord>(names: &[Vec<Part>], length: usize) -> BTreeMap<&[Part], Vec<usize>> {
    let mut found: BTreeMap<&[Part], Vec<usize>> = BTreeMap::new();
    for (row, name) in names.iter().enumerate() {
        let beginning = name.get(..length).unwrap_or(name);
        found.entry(beginning).or_default().push(row);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(rows: &[&str]) -> Vec<Vec<String>> {
        let parts = |row: &&str| row.split(' ').map(str::to_owned).collect();
        rows.iter().map(parts).collect()
    }

    #[test]
    fn rows_called_alike_are_paired_in_their_order() {
        let pairs = pair(&names(&["a", "b", "a"]), &names(&["a", "a", "a", "c"]));
        assert_eq!(pairs.both, [(0, 0), (2, 1)]);
        assert_eq!((pairs.removed, pairs.added), (vec![1], vec![2, 3]));
    }

    #[test]
    fn a_row_that_alone_begins_so_is_the_same_row() {
        let old = names(&["fjord span 1993", "fjord event 1993", "fjord event 1994"]);
        let new = names(&["fjord event 1994", "fjord event 1995", "fjord span 1992"]);
        let pairs = pair(&old, &new);
        // Of the events neither is the only one, so that one went and another came.
        assert_eq!(pairs.both, [(2, 0), (0, 2)]);
        assert_eq!((pairs.removed, pairs.added), (vec![1], vec![1]));
    }

    #[test]
    fn nothing_pairs_with_nothing() {
        assert_eq!(pair::<String>(&[], &[]), Pairs::default());
        assert_eq!(pair(&[], &names(&["a"])).added, [0]);
    }
}
