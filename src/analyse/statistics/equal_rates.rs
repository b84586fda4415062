//! Is the rate of events the same in all periods?

use statrs::function::factorial::ln_factorial;

use super::float::float;
use super::not_computable::NotComputable;
use super::rate::Events;

/// More ways for the events to fall than this would take some seconds.
const WAYS: f64 = 5e6;

/// The exact probability that events spread over the periods as unevenly as they do, if their rate is
/// the same in all.
///
/// Given their number, events fall on the periods in proportion to exposure, whatever the rate is: a
/// multinomial distribution, of which every way is looked at. Unevenness is the likelihood ratio, as in
/// [`change_point`](super::change_point); with counts this small another measure may give another p
/// (Pearson's counts a single full period for more). The order of the periods plays no part.
///
/// # Errors
///
/// [`NotComputable::TooFew`] for fewer than two periods, [`NotComputable::NoEvent`] without an event,
/// [`NotComputable::Invalid`] if an exposure is not positive and finite, [`NotComputable::TooLarge`] for
/// more than five million ways, as 100 events in five periods have.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::{equal_rates::equal_rates, rate::Events};
/// let periods = [(3, 8.334), (2, 10.001), (7, 4.999), (4, 4.999), (3, 6.193)]
///     .map(|(count, exposure)| Events { count, exposure });
/// // R: the sum of dmultinom over all 8855 ways whose likelihood ratio is as large
/// assert_eq!(format!("{:.4}", equal_rates(&periods).unwrap()), "0.0990");
/// ```
///
/// # References
///
/// Cressie, N. & Read, T. R. C. (1984). Multinomial goodness-of-fit tests. *Journal of the Royal
/// Statistical Society B* 46(3), 440–464. Przyborowski, J. & Wilenski, H. (1940). Homogeneity of results
/// in testing samples from Poisson series. *Biometrika* 31(3/4), 313–323.
pub fn equal_rates(periods: &[Events]) -> Result<f64, NotComputable> {
    let is_bad = |period: &Events| !(period.exposure > 0.0 && period.exposure.is_finite());
    if periods.iter().any(is_bad) {
        return Err(NotComputable::Invalid(
            "an exposure is not positive and finite",
        ));
    }
    if periods.len() < 2 {
        return Err(NotComputable::TooFew);
    }
    let events = periods
        .iter()
        .try_fold(0_u64, |sum, period| sum.checked_add(period.count))
        .ok_or(NotComputable::TooLarge)?;
    if events == 0 {
        return Err(NotComputable::NoEvent);
    }
    let ways = (1..periods.len()).fold(1.0, |ways, at| {
        ways * (float(events) + float(at)) / float(at)
    });
    if ways > WAYS {
        return Err(NotComputable::TooLarge);
    }
    let length: f64 = periods.iter().map(|period| period.exposure).sum();
    let shares: Vec<f64> = periods
        .iter()
        .map(|period| period.exposure / length)
        .collect();
    let uneven = |count: u64, share: f64| {
        if count == 0 {
            0.0
        } else {
            float(count) * (float(count) / (float(events) * share)).ln()
        }
    };
    let observed = periods.iter().zip(&shares);
    let observed: f64 = observed
        .map(|(period, share)| uneven(period.count, *share))
        .sum();
    let terms: Vec<Vec<Term>> = shares
        .iter()
        .map(|share| {
            let term = |count| Term {
                uneven: uneven(count, *share),
                ln_weight: float(count) * share.ln() - ln_factorial(count),
            };
            (0..=events).map(term).collect()
        })
        .collect();
    let start = Term {
        uneven: 0.0,
        ln_weight: ln_factorial(events),
    };
    // Equal likelihoods may differ by a rounding error.
    let bound = observed - 1e-9 * observed.max(1e-3);
    Ok(beyond(&terms, start, terms[0].len(), bound).min(1.0))
}

/// What a count adds to the likelihood ratio, and to the logarithm of the probability.
#[derive(Clone, Copy)]
struct Term {
    uneven: f64,
    ln_weight: f64,
}

/// The probability of the ways to fill the periods that are left, with fewer than `left` events, whose
/// unevenness reaches the bound.
fn beyond(terms: &[Vec<Term>], so_far: Term, left: usize, bound: f64) -> f64 {
    let and = |term: &Term| Term {
        uneven: so_far.uneven + term.uneven,
        ln_weight: so_far.ln_weight + term.ln_weight,
    };
    match terms {
        [] => 0.0,
        [last] => {
            let all = and(&last[left - 1]);
            if all.uneven >= bound {
                all.ln_weight.exp()
            } else {
                0.0
            }
        }
        [here, rest @ ..] => (0..left)
            .map(|count| beyond(rest, and(&here[count]), left - count, bound))
            .sum(),
    }
}
