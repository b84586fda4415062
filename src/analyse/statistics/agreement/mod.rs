//! Did those who coded the same units independently of each other come to the same codes?
//!
//! Which statistic: [`krippendorff()`]'s alpha takes any number of raters, missing ratings, any kind of
//! value and sets of codes, so it is the one to report. [`percent()`] agreement beside it shows how
//! much of a low alpha comes from a category that nearly every unit has; [`gwet()`]'s coefficient is built
//! to be insensitive to that. [`cohen()`]'s and [`fleiss()`]' kappa are what other studies can be compared
//! with.
//!
//! All of them start from [`Ratings`]. [`bootstrap`] gives any of them an interval, and [`influence()`]
//! shows which unit and which rater pull it down:
//!
//! ```
//! use bitim::analyse::statistics::agreement::{Nominal, Ratings, influence, krippendorff};
//! let codes = ["none", "partial", "full"];
//! let units = [
//!     vec![Some("none"), Some("none")],
//!     vec![Some("partial"), Some("full")],
//!     vec![Some("full"), Some("full")],
//!     vec![Some("partial"), None],
//! ];
//! let ratings = Ratings::new(&codes, &units).unwrap();
//! let alpha = krippendorff(&ratings, &Nominal).unwrap();
//! assert_eq!(format!("{alpha:.4}"), "0.5455");   // Python: krippendorff 0.9.0
//! let without = influence(&ratings, |ratings| krippendorff(ratings, &Nominal)).unwrap();
//! assert_eq!(without.units[1], Ok(1.0));         // the second unit is the one they disagree on
//! ```

mod cohen;
mod distance;
mod fleiss;
mod gwet;
mod influence;
mod krippendorff;
mod percent;
mod ratings;
mod resampling;
mod weights;

pub use super::resampling::Resampled;
pub use cohen::{Cohen, cohen};
pub use distance::{Distance, Interval, Jaccard, Masi, Nominal, Ordinal, Rated, Ratio};
pub use fleiss::{Fleiss, fleiss};
pub use gwet::{Gwet, gwet};
pub use influence::{Influence, influence};
pub use krippendorff::krippendorff;
pub use percent::{Percent, percent};
pub use ratings::{Number, Ratings};
pub use resampling::bootstrap;
pub use weights::Weights;
