//! Interpolants of functions of one variable that are evaluated in floats: proposals.

use crate::analysis::on_grid;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};

/// The most cells of an interpolant.
pub const MAX_CELLS: usize = 1 << 14;

/// Values at equidistant nodes of `[lo, hi]`, both ends included, whose interpolant seems to be
/// within `error` of the function; they have as many places as a fiftieth of the error needs.
///
/// Doubles decide the number of nodes and nothing else. The caller bounds the distance of the
/// interpolant from the function. An error too small for a double asks for too many nodes.
///
/// Cost: at most about 90 attempts, each of up to `2^14` nodes and eight evaluations a cell.
///
/// Errors: a node without a finite value, and more than [`MAX_CELLS`] cells. Panics unless the
/// error is positive and `lo < hi`.
pub(super) fn propose(
    function: &dyn Fn(f64) -> f64,
    ends: &[Rational; 2],
    error: &Rational,
) -> Result<Vec<Rational>, String> {
    assert!(error.is_positive() && ends[0] < ends[1], "a range, and an error to be met");
    let mut cells = 1;
    loop {
        let values = values(function, ends, cells, error)?;
        // Not a number is not within any error.
        if miss(function, &values, ends) <= nearest(error) {
            return Ok(values);
        }
        cells += cells.div_ceil(8);
        refuse_if!(cells > MAX_CELLS, "more than {MAX_CELLS} nodes are needed for this error");
    }
}

/// Values near those of the function.
fn values(
    function: &dyn Fn(f64) -> f64,
    [lo, hi]: &[Rational; 2],
    cells: usize,
    error: &Rational,
) -> Result<Vec<Rational>, String> {
    let places = (Rational::integer(50) / error).ceil().bits() as u32;
    let value = |k: usize| {
        let node = lo + (hi - lo) * Rational::from(k) / Rational::from(cells);
        let value = dyadic(function(nearest(&node)));
        let value = value.ok_or_else(|| format!("no finite value at t = {node}"))?;
        Ok(on_grid(&value, places))
    };
    (0..=cells).map(value).collect()
}

/// The largest distance that is seen between the function and the interpolant.
fn miss(function: &dyn Fn(f64) -> f64, values: &[Rational], ends: &[Rational; 2]) -> f64 {
    let values: Vec<f64> = values.iter().map(nearest).collect();
    let [lo, hi] = [0, 1].map(|end: usize| nearest(&ends[end]));
    let width = (hi - lo) / (values.len() - 1) as f64;
    let points = (2048 / values.len()).max(8);
    let cell = |k: usize| {
        let at = move |i: usize| i as f64 / points as f64;
        let gap = |t: f64, ends: &[f64]| {
            let place = lo + (k as f64 + t) * width;
            (function(place) - ends[0] - t * (ends[1] - ends[0])).abs()
        };
        (0..=points).map(|i| gap(at(i), &values[k..])).fold(0.0, larger)
    };
    (0..values.len() - 1).map(cell).fold(0.0, larger)
}

/// The larger one; what is not a number is no small distance.
fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}
