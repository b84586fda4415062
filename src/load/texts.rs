//! Columns of texts: every distinct text once, and row by row its place among them.
//!
//! A column of a million cells has mostly a few codes, so whatever is asked of a text is asked once and
//! not a million times. Texts are told apart by a hash with a seed of chance; places follow the first appearance, so
//! that nothing of it reaches the output.

use std::hash::BuildHasher as _;

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
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        let is_same = |place| {
            self.texts
                .get(place)
                .is_some_and(|known| known.as_bytes() == text)
        };
        self.places.find(text, is_same)
    }

    /// The place of a text, the next one if it is new.
    pub(crate) fn place(&mut self, text: &str) -> u32 {
        let next = self.texts.len();
        let texts = &self.texts;
        let is_same = |place| texts.get(place) == Some(text);
        let place = self.places.place(text.as_bytes(), next, is_same);
        if place == next {
            self.texts.push(text);
        }
        place
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
        self.table
            .find(spread(&hash), is_it)
            .map(|(_, place)| *place)
    }

    /// The same, and `next` from now on if there is none.
    pub(crate) fn place(&mut self, said: &[u8], next: u32, is_same: impl Fn(u32) -> bool) -> u32 {
        let hash = self.hash(said);
        let is_it = |(known, place): &(u32, u32)| *known == hash && is_same(*place);
        let rehash = |(known, _): &(u32, u32)| spread(known);
        let entry = self.table.entry(spread(&hash), is_it, rehash);
        entry.or_insert((hash, next)).get().1
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is one")]
    fn hash(&self, said: &[u8]) -> u32 {
        self.hasher.hash_one(said) as u32
    }
}

/// A hash with its bits at both ends, where the table looks for them.
const fn spread(hash: &u32) -> u64 {
    *hash as u64 | (*hash as u64) << 32
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
        assert_eq!(known.find(b"99999"), Some(99_999));
        assert_eq!(known.find(b"\xff"), None);
    }
}
