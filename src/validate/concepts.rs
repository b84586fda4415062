//! The columns of typed tables by what they mean, whatever the codebook calls them.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, DataFrame, DataType, FrozenCategories, IDX_DTYPE, IdxCa, IdxSize, JoinArgs, JoinType,
    MaintainOrderJoin, PolarsResult, SortOptions,
};

use super::typed::{ROW, Typed, VALUE, missing};
use crate::error::{Error, Result};
use crate::model::concept::Concept;
use crate::model::unit::Unit;

/// What each row of a table says, as text.
pub(super) type Texts = Vec<Option<String>>;

/// The values of a concept, row by row; nulls if the table does not declare it.
pub(super) fn texts(table: Option<&Typed>, concept: Concept) -> Texts {
    let Some(table) = table else {
        return Vec::new();
    };
    match table.concept(concept) {
        Some(field) => table
            .texts(&field.key)
            .into_iter()
            .map(|text| text.map(str::to_owned))
            .collect(),
        None => vec![None; table.frame.height()],
    }
}

pub(super) fn frame(columns: Vec<Column>) -> Result<DataFrame> {
    DataFrame::new_infer_height(columns).map_err(Error::compute("the frames of a data set"))
}

impl Typed {
    /// A table without rows, for a unit that the data set does not have.
    pub(super) fn nothing() -> Self {
        Self {
            name: String::new(),
            unit: Unit::Other,
            files: Vec::new(),
            fields: Vec::new(),
            frame: DataFrame::empty(),
            lists: BTreeMap::new(),
            filtered: 0,
        }
    }

    /// The column of a concept under the concept's own name; nulls if the table does not declare it. Of
    /// several values in a row the first is taken: [`super::rules::units::single`] sees to it that there is
    /// one.
    pub(super) fn column(&self, concept: Concept) -> Result<Column> {
        let name = concept.name();
        let height = self.frame.height();
        let Some(field) = self.concept(concept) else {
            return Ok(Column::full_null(name.into(), height, &DataType::String));
        };
        if !field.is_list {
            return self
                .frame
                .column(&field.key)
                .map(|column| column.clone().with_name(name.into()))
                .map_err(Error::compute("the column of a concept"));
        }
        let (rows, values) = self.long(concept)?;
        let mut first: Vec<Option<IdxSize>> = vec![None; height];
        for (at, row) in (0..).zip(rows) {
            if let Some(first) = first.get_mut(row as usize) {
                first.get_or_insert(at);
            }
        }
        let places: IdxCa = first.into_iter().collect();
        values
            .take(&places)
            .map(|column| column.with_name(name.into()))
            .map_err(Error::compute("the column of a concept"))
    }

    /// The identifiers of events; an event without one is known by its row.
    pub(super) fn events(&self) -> Result<Column> {
        let named = self.column(Concept::Event)?;
        if named.null_count() == 0 {
            return Ok(named);
        }
        let texts = named.str().map_err(Error::compute("the events"))?;
        let names = texts
            .iter()
            .enumerate()
            .map(|(row, name)| name.map_or_else(|| format!("row {}", row + 1), str::to_owned));
        Ok(Column::new(named.name().clone(), names.collect::<Vec<_>>()))
    }

    /// Why a concept has no value, row by row; nulls if the table does not declare it.
    pub(super) fn why(&self, concept: Concept) -> Result<Column> {
        let name = missing(concept.name());
        let Some(field) = self.concept(concept) else {
            let height = self.frame.height();
            return Ok(Column::full_null(name.into(), height, &DataType::String));
        };
        self.frame
            .column(&missing(&field.key))
            .map(|column| column.clone().with_name(name.into()))
            .map_err(Error::compute("the reasons of a concept"))
    }

    /// The first and the last possible day of a date, and why there is none.
    pub(super) fn date(&self, concept: Concept) -> Result<[Column; 3]> {
        let field = self.concept(concept);
        let read = |end: &str| {
            let name = format!("{}_{end}", concept.name());
            let known = field.map(|field| self.frame.column(&format!("{}_{end}", field.key)));
            let Some(column) = known else {
                let height = self.frame.height();
                return Ok(Column::full_null(name.into(), height, &DataType::Date));
            };
            column
                .map(|column| column.clone().with_name(name.into()))
                .map_err(Error::compute("the dates of a concept"))
        };
        Ok([read("earliest")?, read("latest")?, self.why(concept)?])
    }

    /// Every value of a concept with the row that has it, whether a row has one or several; nothing if the
    /// table does not declare it.
    pub(super) fn long(&self, concept: Concept) -> Result<(Vec<IdxSize>, Column)> {
        let name = concept.name();
        let Some(field) = self.concept(concept) else {
            return Ok((
                Vec::new(),
                Column::new_empty(name.into(), &DataType::String),
            ));
        };
        if let Some(list) = self.lists.get(&field.key) {
            let read = || -> PolarsResult<(Vec<IdxSize>, Column)> {
                let rows = list.column(ROW)?.u32()?;
                let values = list.column(VALUE)?.clone().with_name(name.into());
                Ok((rows.iter().flatten().collect(), values))
            };
            return read().map_err(Error::compute("the values of a concept"));
        }
        let read = || -> PolarsResult<(Vec<IdxSize>, Column)> {
            let column = self.frame.column(&field.key)?;
            let known = column.is_not_null();
            let rows = (0..).zip(known.iter());
            let rows = rows.filter_map(|(row, is_known)| (is_known == Some(true)).then_some(row));
            let values = column.filter(&known)?.with_name(name.into());
            Ok((rows.collect(), values))
        };
        read().map_err(Error::compute("the values of a concept"))
    }
}

/// The rows of a column at these places.
pub(super) fn at(column: &Column, rows: &[IdxSize]) -> Result<Column> {
    if rows.len() == column.len() && (0..).zip(rows).all(|(at, row)| at == *row) {
        return Ok(column.clone());
    }
    column
        .take(&rows.iter().copied().map(Some).collect::<IdxCa>())
        .map_err(Error::compute("rows of a column"))
}

/// Numbers in the order of the texts of two columns, of the second where the first is the same; null where either
/// is. By these rows are grouped and sorted in a tenth of the time that texts take.
pub(super) fn ordered(first: &Column, second: &Column) -> Result<Column> {
    let key = || -> PolarsResult<Column> {
        let [(first, _), (second, n)] = [alphabetical(first)?, alphabetical(second)?];
        let key = (&(&first * n) + &second)?;
        Ok(key.with_name("#key".into()))
    };
    key().map_err(Error::compute("the order of texts"))
}

/// The place of each text of a column among all of them in the order of the alphabet, and how many there are.
fn alphabetical(column: &Column) -> PolarsResult<(Column, u64)> {
    if let DataType::Enum(known, _) = column.dtype() {
        let known = Column::new(
            "known".into(),
            known.categories().values_iter().collect::<Vec<_>>(),
        );
        let (places, n) = alphabetical(&known)?;
        let codes = column.to_physical_repr().cast(&IDX_DTYPE)?;
        return Ok((places.take(codes.idx()?)?, n));
    }
    let texts = column.cast(&DataType::String)?;
    let known = texts.as_materialized_series().unique()?.drop_nulls();
    let known = known.sort(SortOptions::default())?;
    let n = known.len() as u64;
    let known = FrozenCategories::new(known.str()?.iter().flatten())?;
    let places = texts.cast(&DataType::from_frozen_categories(known))?;
    Ok((places.to_physical_repr().cast(&DataType::UInt64)?, n))
}

/// A join that keeps the rows of the left frame and their order.
pub(crate) fn left() -> JoinArgs {
    JoinArgs {
        maintain_order: MaintainOrderJoin::Left,
        ..JoinArgs::new(JoinType::Left)
    }
}

/// Frames with the same columns below each other. Where they hold codes of different lists they hold texts.
pub(super) fn stack(frames: Vec<DataFrame>) -> Result<DataFrame> {
    let mut frames = frames.into_iter();
    let Some(mut whole) = frames.next() else {
        return Ok(DataFrame::empty());
    };
    let add = |whole: &mut DataFrame, mut next: DataFrame| {
        for place in 0..whole.width() {
            let kinds = [&*whole, &next].map(|frame| frame.columns()[place].dtype().clone());
            if kinds[0] != kinds[1] {
                for frame in [&mut *whole, &mut next] {
                    let text = frame.columns()[place].cast(&DataType::String)?;
                    frame.with_column(text)?;
                }
            }
        }
        whole.vstack_mut(&next).map(|_| ())
    };
    for next in frames {
        add(&mut whole, next).map_err(Error::compute("the rows of several tables"))?;
    }
    Ok(whole)
}
