//! Where a rising statement turns from true to false: slower than Newton's method, but it always
//! ends, however extreme the tail.

/// How often the bracket is halved at most: enough for any two numbers within 2^-80 of each other.
const HALVINGS: usize = 200;

/// The point between `low` and `high` up to which `is_below` holds, to the last digit.
pub(super) fn crossing(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
