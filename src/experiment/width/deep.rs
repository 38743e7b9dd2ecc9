//! Deep networks of which every layer is trained: do they succeed at one width, and do their
//! weights move like the inverse root of the width.
//!
//! What is said of a trained network is exact; that descent led to it is only nearly so, because
//! its steps are taken in doubles ([`DeepFloatDescent`]). The literature trains with the logistic
//! loss; with the dyadic one whatever decides is a dyadic fraction.

use super::Tally;
use super::cones::samples;
use crate::exact::Rational;
use crate::train::random::Stream;
use crate::train::{DeepFloatDescent, FullyConnected, Samples};
use std::sync::atomic::{AtomicBool, Ordering};

/// The most steps. On other seeds, in other code, the longest of 4000 successful runs of 32 units
/// took 213; three times that were chosen before the deciding seed was run.
const STEPS: u32 = 640;
/// At how many points two widths are compared, and at which risk: its inverse.
pub(super) const COMPARED: (u32, u32) = (8, 10);
/// How many times as many units the wider of two networks has.
const WIDER: u32 = 4;
/// Squared distances at most this many times apart are alike: `(3/2)^2` for the distances. Had they
/// not the root of the width in them, the wider network would be at half the distance.
const ALIKE: (i64, i64) = (9, 4);

/// Where a run ended.
pub struct End {
    /// Whether the risk came down to the goal.
    pub success: bool,
    /// The steps that were taken.
    pub steps: u32,
    /// `m max_l |W_l - W_{l,0}|^2` in the Frobenius norm; `None` off the grid.
    pub moved: Option<Rational>,
}

/// Whether a network of this depth and width brings the risk at `points` points down to `1 / goal`.
pub(super) fn learns(
    random: &mut Stream,
    layers: u32,
    [points, goal]: [u32; 2],
    units: u32,
    stop: &AtomicBool,
) -> Option<Tally> {
    let samples = samples(random, points);
    let end = trained(&network(random, layers, units), &samples, goal, stop)?;
    Some(tally(end.success, &[&end]))
}

/// Whether a network and one of a quarter of its width both bring the risk down on the same points,
/// and their weights move by about as much, times the root of the width.
pub(super) fn scales(
    random: &mut Stream,
    layers: u32,
    units: u32,
    stop: &AtomicBool,
) -> Option<Tally> {
    let (points, goal) = COMPARED;
    let samples = samples(random, points);
    let mut end = |units| trained(&network(random, layers, units), &samples, goal, stop);
    let (narrow, wide) = (end(units / WIDER)?, end(units)?);
    let are_alike = match (&narrow.moved, &wide.moved) {
        (Some(a), Some(b)) => are_alike(a, b),
        _ => false,
    };
    let success = narrow.success && wide.success && are_alike;
    Some(tally(success, &[&wide, &narrow]))
}

/// Whether one squared distance is at most `9 / 4` of the other.
pub fn are_alike(a: &Rational, b: &Rational) -> bool {
    let factor = Rational::new(ALIKE.0, ALIKE.1);
    *a <= b * &factor && *b <= a * &factor
}

/// What a trial comes to; the distance is that of the first run.
fn tally(success: bool, ends: &[&End]) -> Tally {
    let moved = ends[0].moved.clone().unwrap_or_default();
    Tally {
        trials: 1,
        successes: u32::from(success),
        agreements: 1,
        fixed: u32::from(ends.iter().all(|end| end.moved.is_some())),
        steps: ends.iter().map(|end| u64::from(end.steps)).sum(),
        farthest: moved.clone(),
        moved,
        ..Tally::default()
    }
}

/// A network on the plane with weights that stand in for normal ones: hidden ones of variance
/// `2 / m`, the first layer included, and outputs of variance 1, all times 63/64
/// ([`Stream::weight`]). Panics unless the width is twice a power of 4: `sqrt(2 / m)` must be
/// dyadic.
pub fn network(random: &mut Stream, layers: u32, units: u32) -> FullyConnected {
    let root = (units / 2).isqrt();
    let is_dyadic = units == 2 * root * root && root.is_power_of_two();
    assert!(is_dyadic, "{units} is not twice a power of 4");
    let deviation = Rational::from(root).recip();
    let mut layer = |inputs: u32| -> Vec<Vec<Rational>> {
        let row = |_| (0..inputs).map(|_| random.weight() * &deviation).collect();
        (0..units).map(row).collect()
    };
    let hidden: Vec<_> = (1..layers).map(|l| layer(if l == 1 { 2 } else { units })).collect();
    let outputs: Vec<_> = (0..units).map(|_| random.weight()).collect();
    FullyConnected::new(&hidden, &outputs).expect("the shapes fit, the weights are dyadic")
}

/// Descent to the risk `1 / goal`, or to the last step, at the rate `eta = rho / m`; `rho` is
/// `2 / L`, rounded down to a power of two. `None` if it was stopped.
pub fn trained(
    start: &FullyConnected,
    samples: &Samples,
    goal: u32,
    stop: &AtomicBool,
) -> Option<End> {
    let rho = Rational::integer(2) / Rational::from(start.layers().next_power_of_two());
    let goal = Rational::from(goal).recip();
    let mut run = DeepFloatDescent::new(start, samples, &rho);
    let mut steps = 0;
    loop {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        if let Some(end) = run.reached(&goal) {
            return Some(End { success: true, steps, moved: Some(moved(start, &end)) });
        }
        if steps == STEPS {
            let moved = run.rounded().map(|end| moved(start, &end));
            return Some(End { success: false, steps, moved });
        }
        run.step();
        steps += 1;
    }
}

/// `m max_l |W_l - W_{l,0}|^2`. The outputs are `sqrt(m) W_L`: their distance has the width in it.
pub fn moved(start: &FullyConnected, end: &FullyConnected) -> Rational {
    let mut distances = end.squared_distances(start);
    let outputs = distances.pop().expect("there are outputs");
    let units = Rational::from(start.units());
    distances.into_iter().map(|square| square * &units).fold(outputs, Rational::max)
}
