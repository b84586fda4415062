//! What kind of value a column holds, and the only place where numbers become text.

use serde::Deserialize;

use super::label::{Label, Language};

/// The scale of a variable, which decides how its cells are read and how its values may be
/// compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The key of a row or a reference to one.
    Identifier,
    /// Free text.
    Text,
    /// One of a list of codes, without order.
    Nominal,
    /// One of a list of codes, in the order of the list.
    Ordinal,
    /// True or false; `1` and `0` unless the codebook says otherwise.
    Flag,
    /// A whole number of things.
    Count,
    /// A real number.
    Number,
    /// A share of a whole, with its numerator and denominator.
    Share,
    /// A share as a number from 0 to 1 whose counts stand in another table; no data file has one.
    #[serde(skip_deserializing)]
    Proportion,
    /// A date, possibly imprecise.
    Date,
}

impl Measure {
    /// Does this measure need a list of codes?
    #[must_use]
    pub const fn is_coded(self) -> bool {
        matches!(self, Self::Nominal | Self::Ordinal)
    }

    /// Are the values numbers, to be set flush right?
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Count | Self::Number | Self::Share | Self::Proportion
        )
    }
}

/// A number with a fixed count of decimals, with the decimal sign of each language.
///
/// ```
/// use bitim::model::{label::Language, measure::decimal};
/// assert_eq!(decimal(0.4286, 2).get(Language::En), "0.43");
/// assert_eq!(decimal(0.4286, 2).get(Language::Kk), "0,43");
/// ```
#[must_use]
pub fn decimal(value: f64, decimals: usize) -> Label {
    // Adding zero turns a negative zero into zero, so that "-0" is never printed.
    let text = format!("{:.decimals$}", value + 0.0);
    Label::each(|language| match language {
        Language::En => text.clone(),
        Language::Kk | Language::Ru => text.replace('.', ","),
    })
}

/// A number of years, with a decimal only where they are not whole.
///
/// ```
/// use bitim::model::{label::Language, measure::years};
/// assert_eq!(years(5.0).get(Language::En), "5");
/// assert_eq!(years(6.19).get(Language::Ru), "6,2");
/// ```
#[must_use]
pub fn years(years: f64) -> Label {
    let is_whole = (years - years.round()).abs() < 0.05;
    decimal(years, usize::from(!is_whole))
}

/// A share as a whole percentage, with the space that Kazakh and Russian put before the sign.
///
/// Two dozen cases cannot carry a decimal: one case more moves a share by four points.
///
/// ```
/// use bitim::model::{label::Language, measure::percent};
/// assert_eq!(percent(3.0 / 7.0).get(Language::En), "43%");
/// assert_eq!(percent(3.0 / 7.0).get(Language::Ru), "43\u{a0}%");
/// ```
#[must_use]
pub fn percent(share: f64) -> Label {
    let number = format!("{:.0}", share * 100.0 + 0.0);
    Label::each(|language| match language {
        Language::En => format!("{number}%"),
        Language::Kk | Language::Ru => format!("{number}\u{a0}%"),
    })
}

/// A p with three decimals: `p = 0.047`, or `p < 0.001`, since a p is never 0.
///
/// ```
/// use bitim::model::{label::Language, measure::chance};
/// assert_eq!(chance(0.047).get(Language::En), "p = 0.047");
/// assert_eq!(chance(0.000_2).get(Language::Ru), "p < 0,001");
/// ```
#[must_use]
pub fn chance(p: f64) -> Label {
    let text = Label::plain(if p < 0.001 { "p < {p}" } else { "p = {p}" });
    text.fill(&[("p", &decimal(p.max(0.001), 3))])
}
