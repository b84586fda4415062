//! The beta distribution, for the limits of shares.
//!
//! That of `statrs` cuts the continued fraction after 140 terms, too early for tens of thousands of
//! cases, and its quantile need not end in an extreme tail. This one takes as many terms as it needs
//! and bisects.

use statrs::function::gamma::ln_gamma;

use super::bisection::crossing;

/// More terms than ten million cases need: they grow with the root of that number.
const TERMS: u32 = 100_000;

/// What stands in for a denominator of 0 in the continued fraction.
const TINY: f64 = 1e-300;

/// A beta distribution with positive parameters.
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// The logarithm of 1 / B(a, b).
    ln_scale: f64,
}

impl Beta {
    pub(super) fn new(a: f64, b: f64) -> Self {
        let ln_scale = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
        Self { a, b, ln_scale }
    }

    /// The probability of a value of at most `x`, which lies between 0 and 1.
    pub(super) fn lower(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let (a, b) = (self.a, self.b);
        let density = (self.ln_scale + a * x.ln() + b * (-x).ln_1p()).exp();
        let tail = if x < (a + 1.0) / (a + b + 2.0) {
            density * fraction(a, b, x) / a
        } else {
            1.0 - density * fraction(b, a, 1.0 - x) / b
        };
        tail.clamp(0.0, 1.0)
    }

    /// The value below which lies the probability `p`.
    pub(super) fn quantile(&self, p: f64) -> f64 {
        crossing(0.0, 1.0, |x| self.lower(x) < p)
    }
}

/// The continued fraction of the incomplete beta function, by the modified method of Lentz.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut upper = 1.0;
    let mut lower = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = lower;
    for term in 1..TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            lower = 1.0 / away(1.0 + coefficient * lower);
            upper = away(1.0 + coefficient / upper);
            change = lower * upper;
            result *= change;
        }
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    result
}
