//! Fisher's exact test of a table of any size.
//!
//! Listing the tables that have the same margins is hopeless: five by six with 60 cases has
//! billions. But the probability of a table depends on nothing but the product of the factorials of
//! its cells, and few products differ. So the columns are filled one after another, as in the network
//! of Mehta and Patel: what has been filled matters only by what is left of each row, whichever row
//! it is, and by the product so far. Half of the columns are worked from either side and met in the
//! middle, where the products of one side are counted against the threshold of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::contingency::Contingency;
use super::exact_test::TIE;
use super::filling::{Factorials, Steps, whole};
use super::not_computable::NotComputable;

/// More cases than this are not tried.
const MOST: u64 = 10_000;

/// More steps than this are not taken: some five seconds without optimisation.
const STEPS: u64 = 240_000_000;

/// So many of them may go into foreseeing how many it will be. Where the rows are two and long, few
/// states meet all of those below, and the samples alone would take as long as the whole.
const SAMPLING: u64 = STEPS / 10;

/// More ways to fill one half of the columns than this are not listed.
const WAYS: u64 = 500_000;

/// To find the number of a product costs as much as this many steps.
const LOOKUP: u64 = 30;

/// Of so many states of a half one is worked first, to foresee what all of them will take: few of
/// many, then more.
const SAMPLES: [usize; 4] = [1024, 256, 64, 16];

/// A coarser sample than the last is taken if it has this many states.
const ENOUGH: usize = 8;

/// A sum of products that has no number yet.
const UNKNOWN: u32 = u32::MAX;

/// The p value of the exact test that two properties with any number of categories are independent.
///
/// The chi-squared test is an approximation that fails in the sparse tables of small samples; this
/// one is exact. It is the probability of all tables with the observed margins that are at most as
/// probable as the observed one, as in R's `fisher.test`, tied probabilities recognised to a
/// relative 1e-7. It is not the exact distribution of chi-squared, which orders tables otherwise.
///
/// `table` holds counts of cases, one row per category of the first property, known for both. Empty
/// rows and columns are left out; the order of categories plays no part
/// ([`gamma`](super::association::gamma) is for ordered ones).
///
/// How far it reaches depends on the margins. Spread evenly, 80 cases in five by six or 60 in eight by
/// eight are near the limit, as are 120 in four by four, 300 in three by four or three by three, and 50
/// in ten by ten: some seconds without optimisation. What lies beyond is foreseen from samples and
/// refused in a tenth of that.
///
/// # Errors
///
/// [`NotComputable::NoData`] if all counts are 0, [`NotComputable::OneCategory`] if fewer than two
/// rows or columns have cases, [`NotComputable::Invalid`] if the rows differ in length,
/// [`NotComputable::TooLarge`] above 10,000 cases or if too many tables are possible.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::freeman_halton;
/// let satisfaction = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]];
/// let p = freeman_halton::test(&satisfaction).unwrap();
/// assert_eq!(format!("{p:.4}"), "0.7827"); // R: fisher.test(Job)
/// ```
///
/// # References
///
/// Freeman, G. H., & Halton, J. H. (1951). Note on an exact treatment of contingency, goodness of fit
/// and other problems of significance. *Biometrika* 38(1/2), 141–149.
///
/// Mehta, C. R., & Patel, N. R. (1983). A network algorithm for performing Fisher's exact test in r
/// × c contingency tables. *Journal of the American Statistical Association* 78(382), 427–434.
pub fn test<R: AsRef<[u64]>>(table: &[R]) -> Result<f64, NotComputable> {
    let table = Contingency::new(table)?;
    if table.n > MOST {
        return Err(NotComputable::TooLarge);
    }
    let narrow = |margin: &[u64]| -> Vec<usize> {
        let sizes = margin.iter().filter_map(|sum| usize::try_from(*sum).ok());
        sizes.collect()
    };
    let (mut rows, mut columns) = (narrow(&table.rows), narrow(&table.columns));
    if rows.len() > columns.len() {
        (rows, columns) = (columns, rows);
    }
    rows.sort_unstable_by(|a, b| b.cmp(a));
    columns.sort_unstable_by(|a, b| b.cmp(a));
    let factorials = Factorials::up_to(rows.iter().sum());
    let cells = table.cells.iter().flatten();
    let observed: i64 = cells
        .filter_map(|cell| usize::try_from(*cell).ok())
        .map(|cell| factorials.products[cell])
        .sum();
    let limit = observed - whole(TIE);

    // The largest column of a half is what the others leave: deal them so that both save most.
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (position, column) in columns.into_iter().enumerate() {
        let half = if position % 4 == 0 || position % 4 == 3 {
            &mut left
        } else {
            &mut right
        };
        half.push(column);
    }
    let total = left.iter().sum();
    let mut ways = Steps(WAYS);
    factorials.list(&rows, total, &mut |_, _| ways.take(1))?;
    let mut steps = Steps(STEPS);
    let mut meetings: BTreeMap<(Vec<usize>, Vec<usize>), f64> = BTreeMap::new();
    factorials.fill(&rows, total, &mut steps, &mut |filled, p| {
        let rest = difference(&rows, filled);
        *meetings.entry((sorted(filled), rest)).or_default() += p;
    })?;
    let mut left = Network::new(&left, &factorials);
    let mut right = Network::new(&right, &factorials);
    let filled: BTreeSet<&Vec<usize>> = meetings.keys().map(|(filled, _)| filled).collect();
    let rest: BTreeSet<&Vec<usize>> = meetings.keys().map(|(_, rest)| rest).collect();
    let mut sampling = Steps(SAMPLING);
    left.foresee(&filled, &mut sampling, steps.0)?;
    right.foresee(&rest, &mut sampling, steps.0)?;
    steps.take(SAMPLING - sampling.0)?;
    let mut p = 0.0;
    for ((filled, rest), probability) in meetings {
        let before = left.products(&filled, &mut steps)?;
        let after = right.products(&rest, &mut steps)?;
        p += probability * tail(before, after, limit);
    }
    Ok(p.min(1.0))
}

/// From the largest to the smallest: which row is which plays no part.
fn sorted(row: &[usize]) -> Vec<usize> {
    let mut row = row.to_vec();
    row.sort_unstable_by(|a, b| b.cmp(a));
    row
}

/// What is left of the rows.
fn difference(rows: &[usize], filled: &[usize]) -> Vec<usize> {
    let rest: Vec<usize> = rows.iter().zip(filled).map(|(row, x)| row - x).collect();
    sorted(&rest)
}

/// The probability that the products of two sides together reach the limit.
fn tail(before: &[(i64, f64)], after: &[(i64, f64)], limit: i64) -> f64 {
    let mut sum = 0.0;
    let mut reached = 0.0;
    let mut open = after.len();
    for (product, probability) in before {
        while open > 0 && after[open - 1].0 + product >= limit {
            open -= 1;
            reached += after[open].1;
        }
        sum += probability * reached;
    }
    sum
}

/// A probability per product, from the smallest product to the largest.
type Products = Vec<(i64, f64)>;

/// The distributions of the product over the ways to fill the first columns of a half.
#[derive(Default)]
struct Stage {
    /// The products that occur, by number.
    products: Vec<i64>,
    numbers: BTreeMap<i64, u32>,
    /// By what is left of the rows: which of the distributions is its own.
    known: BTreeMap<Vec<usize>, usize>,
    /// A probability per number of a product.
    distributions: Vec<Vec<(u32, f64)>>,
    /// By the product of the column that comes next: the number of the sum per number.
    shifts: BTreeMap<i64, Vec<u32>>,
    /// The steps taken for these distributions, without those for the stages below.
    steps: u64,
}

impl Stage {
    /// The number of a product, a new one if it is new. There are fewer than steps.
    fn number(&mut self, product: i64) -> u32 {
        let next = u32::try_from(self.products.len()).unwrap_or(UNKNOWN);
        let number = *self.numbers.entry(product).or_insert(next);
        if number == next {
            self.products.push(product);
        }
        number
    }
}

/// One half of the columns, the largest first.
struct Network<'a> {
    columns: &'a [usize],
    factorials: &'a Factorials,
    stages: Vec<Stage>,
    /// The distributions of the last stage in order.
    ordered: BTreeMap<usize, Products>,
}

impl<'a> Network<'a> {
    fn new(columns: &'a [usize], factorials: &'a Factorials) -> Self {
        let stages = columns.iter().map(|_| Stage::default()).collect();
        Self {
            columns,
            factorials,
            stages,
            ordered: BTreeMap::new(),
        }
    }

    /// Nothing, unless the states will take more steps than are left, by samples spread over all of
    /// them, or the samples take too many themselves.
    ///
    /// Only the last stage is projected: the samples have met most states of those below already.
    fn foresee(
        &mut self,
        states: &BTreeSet<&Vec<usize>>,
        sampling: &mut Steps,
        steps: u64,
    ) -> Result<(), NotComputable> {
        let last = self.columns.len() - 1;
        let finest = SAMPLES[SAMPLES.len() - 1];
        for spacing in SAMPLES {
            if spacing > finest && states.len() < ENOUGH * spacing {
                continue;
            }
            for rows in states.iter().step_by(spacing) {
                self.distribution(last, rows, sampling)?;
            }
            let stage = &self.stages[last];
            let worked = stage.distributions.len().max(1) as u64;
            let ahead = (states.len() as u64).saturating_sub(worked);
            Steps(steps).take((stage.steps / worked).saturating_mul(ahead))?;
        }
        Ok(())
    }

    /// The distribution of the product over the ways in which the columns fill these rows.
    fn products(&mut self, rows: &[usize], steps: &mut Steps) -> Result<&Products, NotComputable> {
        let last = self.columns.len() - 1;
        let index = self.distribution(last, rows, steps)?;
        let stage = &self.stages[last];
        Ok(self.ordered.entry(index).or_insert_with(|| {
            let mut products: Products = stage.distributions[index]
                .iter()
                .map(|(number, p)| (stage.products[*number as usize], *p))
                .collect();
            products.sort_unstable_by_key(|(product, _)| *product);
            products
        }))
    }

    fn distribution(
        &mut self,
        stage: usize,
        rows: &[usize],
        steps: &mut Steps,
    ) -> Result<usize, NotComputable> {
        if let Some(known) = self.stages[stage].known.get(rows) {
            return Ok(*known);
        }
        let distribution = match stage {
            0 => {
                let product = rows.iter().map(|row| self.factorials.products[*row]).sum();
                vec![(self.stages[0].number(product), 1.0)]
            }
            1 => self.fill_pair(rows, steps)?,
            _ => self.fill(stage, rows, steps)?,
        };
        let stage = &mut self.stages[stage];
        stage.distributions.push(distribution);
        let index = stage.distributions.len() - 1;
        stage.known.insert(rows.to_vec(), index);
        Ok(index)
    }

    /// The distribution over the ways to fill one column and the one that takes the rest.
    fn fill_pair(
        &mut self,
        rows: &[usize],
        steps: &mut Steps,
    ) -> Result<Vec<(u32, f64)>, NotComputable> {
        let factorials = self.factorials;
        let mut sums: BTreeMap<i64, f64> = BTreeMap::new();
        let before = steps.0;
        factorials.fill(rows, self.columns[1], steps, &mut |filled, p| {
            let mut product = 0;
            for (row, cell) in rows.iter().zip(filled) {
                product += factorials.products[*cell] + factorials.products[row - cell];
            }
            *sums.entry(product).or_default() += p;
        })?;
        steps.take(LOOKUP * sums.len() as u64)?;
        let stage = &mut self.stages[1];
        stage.steps += before - steps.0;
        let sums = sums.into_iter();
        Ok(sums.map(|(sum, p)| (stage.number(sum), p)).collect())
    }

    /// The distribution over the ways to fill one column and those before it.
    fn fill(
        &mut self,
        stage: usize,
        rows: &[usize],
        steps: &mut Steps,
    ) -> Result<Vec<(u32, f64)>, NotComputable> {
        let factorials = self.factorials;
        let mut edges: BTreeMap<(Vec<usize>, i64), f64> = BTreeMap::new();
        let before = steps.0;
        factorials.fill(rows, self.columns[stage], steps, &mut |filled, p| {
            let product = filled.iter().map(|cell| factorials.products[*cell]).sum();
            let rest = difference(rows, filled);
            *edges.entry((rest, product)).or_default() += p;
        })?;
        self.stages[stage].steps += before - steps.0;
        let mut sums: Vec<f64> = Vec::new();
        for ((rest, product), p) in edges {
            let below = self.distribution(stage - 1, &rest, steps)?;
            let (lower, upper) = self.stages.split_at_mut(stage);
            let (lower, upper) = (&mut lower[stage - 1], &mut upper[0]);
            let shift = lower.shifts.entry(product).or_default();
            let distribution = &lower.distributions[below];
            let growth = lower.products.len() - shift.len();
            let is_new = |number: u32| shift.get(number as usize).is_none_or(|sum| *sum == UNKNOWN);
            let lookups = distribution
                .iter()
                .filter(|(number, _)| is_new(*number))
                .count();
            let cost = (distribution.len() + growth) as u64 + LOOKUP * lookups as u64;
            steps.take(cost)?;
            upper.steps += cost;
            shift.resize(lower.products.len(), UNKNOWN);
            for (number, weight) in distribution {
                let number = *number as usize;
                if shift[number] == UNKNOWN {
                    shift[number] = upper.number(lower.products[number] + product);
                }
                let sum = shift[number] as usize;
                if sum >= sums.len() {
                    sums.resize(sum + 1, 0.0);
                }
                sums[sum] += weight * p;
            }
        }
        steps.take(sums.len() as u64)?;
        self.stages[stage].steps += sums.len() as u64;
        let sums = (0..).zip(sums);
        Ok(sums.filter(|(_, p)| *p > 0.0).collect())
    }
}
