//! Percent agreement.

use super::ratings::{Ratings, pairs};
use crate::analyse::statistics::float::float;
use crate::analyse::statistics::not_computable::NotComputable;
use crate::analyse::statistics::proportion::share;
use crate::model::estimate::{Level, Share};

/// How often raters agree, whatever chance would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percent {
    /// The share of pairs of ratings that are equal, as the mean over the units.
    pub pairwise: f64,
    /// The units with two ratings or more, over which the mean is.
    pub units: u64,
    /// The units on which all raters agree, among those that every rater rated.
    pub unanimous: Share,
}

/// Percent agreement, by pairs of ratings and by whole units.
///
/// It has no correction for chance: two raters who call nearly everything the same agree in most
/// units without having looked. Report it beside [`krippendorff`](super::krippendorff()), not alone.
///
/// Units with one rating count for nothing; each other one counts once, however many rated it. `level`
/// is for the interval (Wilson) of the unanimous share, which has no value where no unit is complete.
///
/// # Errors
///
/// [`NotComputable::NoData`] without a rating, [`NotComputable::OneRater`],
/// [`NotComputable::NoPair`] if no unit has two ratings, [`NotComputable::TooLarge`] beyond a
/// thousand million comparisons.
///
/// # Examples
///
/// ```
/// use bitim::{analyse::statistics::agreement::{Ratings, percent}, model::estimate::Level};
/// let units = [[1, 1, 2], [2, 2, 2], [1, 3, 2], [3, 3, 3]].map(|unit| unit.map(Some).to_vec());
/// let percent = percent(&Ratings::new(&[1, 2, 3], &units).unwrap(), Level::P95).unwrap();
/// assert_eq!(format!("{:.4}", percent.pairwise), "0.5833");   // R: irrCAC 1.0, pa.coeff.raw(x)
/// let unanimous = percent.unanimous;
/// assert_eq!((unanimous.successes, unanimous.trials), (2, 4));   // R: irr 0.84.1, agree(x): 50 %
/// ```
///
/// # References
///
/// Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin*
/// 76(5), 378–382. Gwet, K. L. (2014). *Handbook of inter-rater reliability* (4th ed.). Advanced
/// Analytics.
pub fn percent<V>(ratings: &Ratings<V>, level: Level) -> Result<Percent, NotComputable> {
    let units = ratings.paired()?;
    let (mut agreement, mut complete, mut unanimous) = (0.0, 0, 0);
    for unit in &units {
        let agreeing = pairs(unit).filter(|(one, other)| one == other).count();
        let all = pairs(unit).count();
        agreement += float(agreeing) / float(all);
        if unit.len() == ratings.raters() {
            complete += 1;
            unanimous += u64::from(agreeing == all);
        }
    }
    Ok(Percent {
        pairwise: agreement / float(units.len()),
        units: units.len() as u64,
        unanimous: share(unanimous, complete, level),
    })
}
