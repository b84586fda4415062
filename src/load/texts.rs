//! Columns of texts: every distinct text once, and row by row its place among them.
//!
//! A column of a million cells has mostly a few codes, so whatever is asked of a text is asked once and
//! not a million times. Texts are told apart by a hash with a seed of chance; places follow the first appearance, so
//! that nothing of it reaches the output.

use std::borrow::Cow;
use std::hash::BuildHasher as _;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// The place of a cell that its row does not have, since its file lacks the column.
pub(crate) const ABSENT: u32 = u32::MAX;

/// Distinct texts, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// The text at a place; nothing at [`ABSENT`].
    pub(crate) fn get(&self, place: u32) -> Option<&str> {
        let place = place as usize;
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.all[start..end])
    }

    /// How many there are: the place of the next one.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(ABSENT)
    }

    /// Every text, by its place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }
}

/// One column of a table.
#[derive(Clone, Debug)]
pub(crate) struct TextColumn {
    pub(crate) name: String,
    /// Its distinct texts in the order of their first rows.
    pub(crate) texts: Texts,
    /// Row → place of its text; [`ABSENT`] where its file has no such column.
    pub(crate) places: Vec<u32>,
}

impl TextColumn {
    /// The column with these cells.
    pub(crate) fn of<'a>(name: &str, cells: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut known = Interned::default();
        let place = |cell: Option<&str>| cell.map_or(ABSENT, |cell| known.place(cell));
        let places = cells.map(place).collect();
        Self {
            name: name.to_owned(),
            texts: known.texts,
            places,
        }
    }

    /// The text of a row.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        self.texts.get(*self.places.get(row)?)
    }

    /// The texts of the rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        self.places.iter().map(|place| self.texts.get(*place))
    }
}

/// Texts that are found again by what they say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interned {
    pub(crate) texts: Texts,
    places: Places,
}

impl Interned {
    /// The place of a text, if it is there.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let is_same = |place| self.texts.get(place) == Some(text);
        self.places.find(text.as_bytes(), is_same)
    }

    /// The place of a text, the next one if it is new.
    pub(crate) fn place(&mut self, text: &str) -> u32 {
        self.place_of(text.as_bytes(), || Cow::Borrowed(text))
    }

    /// The place of the text that `read` makes of a cell, which is asked if the cell is none that is known.
    pub(super) fn place_of<'t>(&mut self, cell: &[u8], read: impl FnOnce() -> Cow<'t, str>) -> u32 {
        let texts = &self.texts;
        let is_same = |place| {
            texts
                .get(place)
                .is_some_and(|known| known.as_bytes() == cell)
        };
        let mut new = None;
        let place = self.places.place(cell, is_same, || {
            let text = new.insert(read());
            (text.as_bytes() == cell).then(|| texts.len())
        });
        match (place, new) {
            (Some(place), None) => place,
            (Some(place), Some(text)) => {
                self.texts.push(&text);
                place
            }
            // What is kept is another text than the cell.
            (None, text) => self.place(&text.unwrap_or_default()),
        }
    }
}

/// Places of things that somebody else holds, by the hash of what they say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    hasher: DefaultHashBuilder,
    table: HashTable<(u32, u32)>,
}

impl Places {
    /// The place of what says the same as `said`, if there is any.
    pub(crate) fn find(&self, said: &[u8], is_same: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = self.hash(said);
        let is_it = |(known, place): &(u32, u32)| *known == hash && is_same(*place);
        let found = self.table.find(spread(hash), is_it);
        found.map(|(_, place)| *place)
    }

    /// The same, and where there is none the place that `next` gives it from now on, if it gives any.
    pub(crate) fn place(
        &mut self,
        said: &[u8],
        is_same: impl Fn(u32) -> bool,
        next: impl FnOnce() -> Option<u32>,
    ) -> Option<u32> {
        let hash = self.hash(said);
        let is_it = |(known, place): &(u32, u32)| *known == hash && is_same(*place);
        let rehash = |(known, _): &(u32, u32)| spread(*known);
        match self.table.entry(spread(hash), is_it, rehash) {
            Entry::Occupied(known) => Some(known.get().1),
            Entry::Vacant(vacant) => {
                let place = next()?;
                vacant.insert((hash, place));
                Some(place)
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is one")]
    fn hash(&self, said: &[u8]) -> u32 {
        self.hasher.hash_one(said) as u32
    }
}

/// A hash with its bits at both ends, where the table looks for them.
const fn spread(hash: u32) -> u64 {
    hash as u64 | (hash as u64) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_first_rows_and_texts_are_found_again() {
        let cells = ["b", "a", "", "b", "a\u{301}", ""].map(Some);
        let column = TextColumn::of("c", cells.into_iter().chain([None]));
        assert_eq!(column.places, [0, 1, 2, 0, 3, 2, ABSENT]);
        assert!(column.iter().take(6).eq(cells));
        assert_eq!((column.get(6), column.get(7)), (None, None));
        let mut known = Interned::default();
        for text in 0..100_000 {
            assert_eq!(known.place(&text.to_string()), text);
        }
        assert_eq!(known.find("99999"), Some(99_999));
        // A cell that is kept as another text is that text.
        let mut place = |cell: &[u8]| known.place_of(cell, || Cow::Owned("lost".to_owned()));
        assert_eq!(
            [place(b"\xff"), place(b"\xfe"), place(b"7")],
            [100_000, 100_000, 7]
        );
        assert_eq!(known.find("lost"), Some(100_000));
    }
}
