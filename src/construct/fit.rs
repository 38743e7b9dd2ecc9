//! Sums of ridge functions near a function, by weighted least squares: proposals.
//!
//! Directions are short integer vectors and knots lie on a grid, so that nothing but coefficients
//! is ever rounded. Weights move towards the points of largest error (Lawson's iteration), which
//! turns least squares into a fit of least maximal error; the next ridge is the one that correlates
//! most with what is left there, as in column generation. In the end ridges that are not needed are
//! taken out again.

use nalgebra::{DMatrix, DVector};
use num_integer::gcd;

/// `max(<direction, x> - knot, 0)`, whose knot is `step / steps` of the way from the least to the
/// greatest value of the form on the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ramp {
    pub direction: Vec<i64>,
    pub step: i64,
    pub steps: i64,
}

/// A proposed sum.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// The constant, then the factor of each input.
    pub affine: Vec<f64>,
    /// The ridges and their coefficients.
    pub ramps: Vec<(Ramp, f64)>,
    /// The largest error that was seen.
    pub error: f64,
}

/// Why nothing is proposed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FitError {
    /// The function has no finite value here.
    NotFinite(Vec<f64>),
    /// The least error that was reached.
    OutOfReach(f64),
}

/// Dictionaries from coarse to fine: the largest entry of a direction, and steps between the ends.
const LEVELS: [(i64, i64); 6] = [(1, 4), (1, 8), (2, 8), (2, 16), (3, 16), (3, 32)];
/// The most directions of one dictionary.
const DIRECTIONS: usize = 64;
/// The most ridges of a sum.
const RAMPS: usize = 72;
/// Sweeps of reweighting for one set of ridges.
const SWEEPS: usize = 20;
/// The share of the goal that the fit is made for; the rest is for points it has not seen.
const SHARE: f64 = 0.93;

/// A sum of ridge functions whose error seems to be at most `goal` on the box of these sides.
///
/// Proposal only. Cost: for `n` ridges on `p` points, `O(p n^3)` with a constant of some hundreds.
pub(super) fn propose(
    target: &dyn Fn(&[f64]) -> f64,
    sides: &[[f64; 2]],
    goal: f64,
) -> Result<Fit, FitError> {
    let value = |x: &Vec<f64>| match target(x) {
        y if y.is_finite() => Ok(y),
        _ => Err(FitError::NotFinite(x.clone())),
    };
    let [few, many] = [false, true].map(|is_fine| points(sides, is_fine));
    let values = |points: &[Vec<f64>]| points.iter().map(value).collect::<Result<Vec<_>, _>>();
    let (seen, all) = (values(&few)?, values(&many)?);
    let mut least = f64::INFINITY;
    for (reach, steps) in LEVELS {
        let ramps = ramps(sides.len(), reach, steps);
        let problem = Problem::new(sides, &few, &seen, ramps);
        let Some(chosen) = problem.grown(goal * SHARE, &mut least) else { continue };
        let mut fit = problem.fit(&problem.pruned(chosen, goal * SHARE));
        fit.error =
            many.iter().zip(&all).map(|(x, y)| (y - fit.eval(sides, x)).abs()).fold(0.0, f64::max);
        if fit.error <= goal {
            return Ok(fit);
        }
        least = least.min(fit.error);
    }
    Err(FitError::OutOfReach(least))
}

impl Fit {
    fn eval(&self, sides: &[[f64; 2]], x: &[f64]) -> f64 {
        let affine: f64 = self.affine[1..].iter().zip(x).map(|(a, x)| a * x).sum();
        let ramps = self.ramps.iter().map(|(ramp, c)| c * ramp.eval(sides, x));
        self.affine[0] + affine + ramps.sum::<f64>()
    }
}

impl Ramp {
    fn eval(&self, sides: &[[f64; 2]], x: &[f64]) -> f64 {
        let (mut least, mut greatest, mut form) = (0.0, 0.0, 0.0);
        for ((a, [lo, hi]), x) in self.direction.iter().zip(sides).zip(x) {
            let a = *a as f64;
            least += (a * lo).min(a * hi);
            greatest += (a * lo).max(a * hi);
            form += a * x;
        }
        let knot = least + (greatest - least) * self.step as f64 / self.steps as f64;
        f64::max(form - knot, 0.0)
    }
}

/// Integer vectors without common divisor and with a positive first entry, short ones first.
fn directions(dimension: usize, reach: i64) -> Vec<Vec<i64>> {
    // In high dimensions most entries are zero: at most four are not, fewer if there are many.
    let most = [4, 4, 4, 4, 3, 2].get(dimension.saturating_sub(1)).copied().unwrap_or(2);
    let mut all = vec![Vec::new()];
    for _ in 0..dimension {
        let extended = all.iter().flat_map(|start: &Vec<i64>| {
            let room = start.iter().filter(|a| **a != 0).count() < most;
            let next = (-reach..=reach).filter(move |a| room || *a == 0);
            next.map(move |a| start.iter().copied().chain([a]).collect::<Vec<_>>())
        });
        all = extended.collect();
    }
    let leads = |v: &Vec<i64>| v.iter().find(|a| **a != 0).is_some_and(|a| *a > 0);
    all.retain(|v| leads(v) && v.iter().fold(0, |g, a| gcd(g, *a)) == 1);
    all.sort_by_cached_key(|v| (v.iter().map(|a| a * a).sum::<i64>(), v.clone()));
    all.truncate(DIRECTIONS);
    all
}

fn ramps(dimension: usize, reach: i64, steps: i64) -> Vec<Ramp> {
    let ramps = |direction: Vec<i64>| {
        (1..steps).map(move |step| Ramp { direction: direction.clone(), step, steps })
    };
    directions(dimension, reach).into_iter().flat_map(ramps).collect()
}

/// Points of a grid in low dimensions, with corners; a low-discrepancy sequence above.
fn points(sides: &[[f64; 2]], is_fine: bool) -> Vec<Vec<f64>> {
    let counts = if is_fine { [2049, 105, 23, 12] } else { [257, 33, 11, 6] };
    let place = |[lo, hi]: &[f64; 2], t: f64| lo + (hi - lo) * t;
    let Some(&count) = counts.get(sides.len() - 1) else {
        let count = if is_fine { 20_000 } else { 1500 };
        // The additive recurrence of the root of t^(d+1) = t + 1.
        let mut root = 1.5f64;
        (0..60).for_each(|_| root = (1.0 + root).powf(1.0 / (sides.len() as f64 + 1.0)));
        let at = |n: usize, i: usize| (0.5 + n as f64 * root.powi(-(i as i32 + 1))).fract();
        let point = |n| sides.iter().enumerate().map(|(i, side)| place(side, at(n, i))).collect();
        return (1..=count).map(point).collect();
    };
    let mut all = vec![Vec::new()];
    for side in sides {
        let next = |start: &Vec<f64>, k: usize| {
            let x = place(side, k as f64 / (count - 1) as f64);
            start.iter().copied().chain([x]).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(|start| (0..count).map(move |k| next(start, k))).collect();
    }
    all
}

/// Values at points, and every column that may be combined to meet them.
struct Problem {
    values: DVector<f64>,
    affine: DMatrix<f64>,
    table: DMatrix<f64>,
    ramps: Vec<Ramp>,
}

/// The best combination of some columns.
struct Best {
    coefficients: DVector<f64>,
    error: f64,
    rest: DVector<f64>,
    weights: DVector<f64>,
}

impl Problem {
    fn new(sides: &[[f64; 2]], points: &[Vec<f64>], values: &[f64], ramps: Vec<Ramp>) -> Self {
        let affine = |row: usize, column: usize| match column {
            0 => 1.0,
            _ => points[row][column - 1],
        };
        let table = |row: usize, column: usize| ramps[column].eval(sides, &points[row]);
        Self {
            values: DVector::from_column_slice(values),
            affine: DMatrix::from_fn(points.len(), sides.len() + 1, affine),
            table: DMatrix::from_fn(points.len(), ramps.len(), table),
            ramps,
        }
    }

    fn columns(&self, chosen: &[usize]) -> DMatrix<f64> {
        let (rows, first) = self.affine.shape();
        let mut columns = self.affine.clone().resize_horizontally(first + chosen.len(), 0.0);
        for (i, &ramp) in chosen.iter().enumerate() {
            columns.view_mut((0, first + i), (rows, 1)).copy_from(&self.table.column(ramp));
        }
        columns
    }

    /// The combination of least maximal error, nearly.
    fn best(&self, chosen: &[usize], sweeps: usize) -> Best {
        let (columns, n) = (self.columns(chosen), self.values.len());
        let mut weights = DVector::from_element(n, 1.0 / n as f64);
        let mut best: Option<Best> = None;
        for _ in 0..sweeps {
            let Some(coefficients) = weighted(&columns, &self.values, &weights) else { break };
            let rest = &self.values - &columns * &coefficients;
            let error = rest.amax();
            // A floor keeps points that are met exactly from being forgotten.
            weights.zip_apply(&rest, |w, r| *w *= r.abs() + 0.02 * error);
            let total = weights.sum();
            if total > 0.0 {
                weights.apply(|w| *w = (*w / total).max(1e-9 / n as f64));
            }
            if best.as_ref().is_none_or(|best| error < best.error) {
                best = Some(Best { coefficients, error, rest, weights: weights.clone() });
            }
        }
        best.unwrap_or_else(|| Best {
            coefficients: DVector::zeros(columns.ncols()),
            error: f64::INFINITY,
            rest: self.values.clone(),
            weights,
        })
    }

    /// Ridges whose best combination meets the goal; `least` is the smallest error on the way.
    fn grown(&self, goal: f64, least: &mut f64) -> Option<Vec<usize>> {
        let mut chosen = Vec::new();
        loop {
            let best = self.best(&chosen, SWEEPS);
            *least = least.min(best.error);
            if best.error <= goal {
                return Some(chosen);
            }
            if chosen.len() == RAMPS {
                return None;
            }
            chosen.push(self.next(&chosen, &best)?);
        }
    }

    /// The column that would lower the weighted squares the most.
    fn next(&self, chosen: &[usize], best: &Best) -> Option<usize> {
        let roots = best.weights.map(f64::sqrt);
        let scaled = |mut m: DMatrix<f64>| {
            m.column_iter_mut().for_each(|mut column| column.component_mul_assign(&roots));
            m
        };
        // Orthonormal columns for what is chosen; what is left of each candidate is tried.
        let basis = scaled(self.columns(chosen)).qr().q();
        let table = scaled(self.table.clone());
        let rest = best.rest.component_mul(&roots);
        let along = basis.tr_mul(&table);
        let score = |ramp: usize| {
            let whole = table.column(ramp).norm_squared();
            let left = whole - along.column(ramp).norm_squared();
            let gain = table.column(ramp).dot(&rest);
            (left > 1e-6 * whole).then(|| gain * gain / left)
        };
        let candidates = (0..self.ramps.len()).filter(|ramp| !chosen.contains(ramp));
        let scored = candidates.filter_map(|ramp| Some((ramp, score(ramp)?)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(ramp, _)| ramp)
    }

    /// The ridges without those that the goal does not need.
    fn pruned(&self, mut chosen: Vec<usize>, goal: f64) -> Vec<usize> {
        loop {
            let without = |i: usize| {
                let kept = chosen.iter().enumerate().filter(|(j, _)| *j != i);
                kept.map(|(_, ramp)| *ramp).collect::<Vec<_>>()
            };
            let shorter = (0..chosen.len()).map(without);
            let tried = shorter.map(|kept| (self.best(&kept, SWEEPS / 2).error, kept));
            match tried.min_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((_, kept)) if self.best(&kept, 3 * SWEEPS).error <= goal => chosen = kept,
                _ => return chosen,
            }
        }
    }

    fn fit(&self, chosen: &[usize]) -> Fit {
        let best = self.best(chosen, 5 * SWEEPS);
        let (affine, rest) = best.coefficients.as_slice().split_at(self.affine.ncols());
        let ramps = chosen.iter().map(|&ramp| self.ramps[ramp].clone());
        Fit {
            affine: affine.to_vec(),
            ramps: ramps.zip(rest.iter().copied()).collect(),
            error: best.error,
        }
    }
}

/// Weighted least squares by the normal equations, with a trace of damping.
fn weighted(
    columns: &DMatrix<f64>,
    values: &DVector<f64>,
    weights: &DVector<f64>,
) -> Option<DVector<f64>> {
    let mut heavy = columns.clone();
    heavy.column_iter_mut().for_each(|mut column| column.component_mul_assign(weights));
    let mut normal = heavy.tr_mul(columns);
    let damping = 1e-12 * normal.trace() / normal.nrows() as f64;
    (0..normal.nrows()).for_each(|i| normal[(i, i)] += damping);
    Some(normal.cholesky()?.solve(&heavy.tr_mul(values)))
}
