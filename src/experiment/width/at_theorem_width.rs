//! The theorem at the width it asks for, on the two points of the line.
//!
//! Units that begin alike stay alike, so half a billion of them are a few hundred kinds with a
//! multiplicity each. The initial weights are odd eighths in the place of normal numbers.

use super::Tally;
use crate::exact::Rational;
use crate::train::ExactLoss;
use crate::train::random::Stream;
use crate::train::width_constants::Demand;
use std::sync::atomic::{AtomicBool, Ordering};

/// Units drawn between two looks at the clock.
const BATCH: u64 = 1 << 20;

/// What is asked of the theorem: two points, the largest margin there is, and little else.
fn demand() -> Demand {
    Demand {
        samples: 2,
        squared_margin: Rational::new(1, 4),
        risk: Rational::new(9, 10),
        failure: Rational::new(3, 10),
        dyadic: true,
    }
}

/// The root of the width.
fn root() -> u64 {
    let units = demand().units().wide_integer().and_then(|units| u64::try_from(units).ok());
    let units = units.expect("half a billion is a word");
    let down = units.isqrt();
    if down * down == units { down } else { down + 1 }
}

/// The width: the least square of a whole number that is what the theorem asks for.
pub(super) fn units() -> u32 {
    root().pow(2).try_into().expect("half a billion is half a word")
}

/// How many units begin with `heads` heads (so with the weight `(2 heads - 63) / 8`), for either
/// output sign.
fn draw(random: &mut Stream, units: u64, stop: &AtomicBool) -> Option<[[u64; 64]; 2]> {
    let mut counts = [[0; 64]; 2];
    for first in (0..units).step_by(BATCH as usize) {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        for _ in first..units.min(first + BATCH) {
            let bits = random.bits();
            counts[(bits & 1) as usize][(bits >> 1).count_ones() as usize] += 1;
        }
    }
    Some(counts)
}

/// One run, to the number of steps of the theorem. Succeeds if the average risk is at most what was
/// asked, and no unit has moved farther than the theorem says.
pub(super) fn run(random: &mut Stream, stop: &AtomicBool) -> Option<Tally> {
    let (demand, q) = (demand(), root());
    let counts = draw(random, q * q, stop)?;
    // A rate of at most 1 that makes every step dyadic.
    let rate = Rational::from(q) / Rational::from(q.next_power_of_two());
    let scale = Rational::from(q).recip();
    let lambda = demand.lambda();
    let steps = Rational::integer(2) * lambda.hi().pow(2) / (&rate * &demand.risk);
    let steps = steps.ceil().wide_integer().and_then(|steps| usize::try_from(steps).ok())?;
    // The point +1 has the label +1 and sees units with more than 31 heads, the point -1 has the
    // label -1 and sees the others. On each side all units of one sign have moved by one length.
    let mut shifts = [[Rational::ZERO, Rational::ZERO], [Rational::ZERO, Rational::ZERO]];
    let mut risks = Rational::ZERO;
    for _ in 0..steps {
        let reach = &rate * &scale / Rational::integer(2);
        for (side, shifts) in shifts.iter_mut().enumerate() {
            let margin = margin(&counts, side, shifts) * &scale;
            risks += ExactLoss::Dyadic.exact_value(&margin) / Rational::integer(2);
            let step = &reach * ExactLoss::Dyadic.exact_pull(&margin);
            // Units that help grow along their side, those that harm fall.
            shifts[0] += &step;
            shifts[1] -= &step;
        }
    }
    let average = risks / Rational::from(steps);
    let farthest = shifts.iter().flatten().map(Rational::abs).max()?;
    let units = Rational::from(q).pow(2);
    // No unit has crossed zero, which the sums above rely on: the least weight is an eighth.
    let is_sound = farthest < Rational::new(1, 8);
    let cap = demand.chain(&units, &lambda).reach.lo() / Rational::from(q);
    let success = is_sound && average <= demand.risk && farthest <= cap;
    Some(Tally {
        trials: 1,
        successes: u32::from(success),
        agreements: u32::from(is_sound),
        steps: steps as u64,
        farthest: farthest.pow(2) * units,
        average_risk: average,
        ..Tally::default()
    })
}

/// The margin of a side, before the scale: helping units minus harming ones. On the side of the
/// point +1 (0) units of output `+1` help, on the other side those of output `-1`.
fn margin(counts: &[[u64; 64]; 2], side: usize, shifts: &[Rational; 2]) -> Rational {
    let eighth = Rational::new(1, 8);
    let mut sum = Rational::ZERO;
    for (harms, shift) in shifts.iter().enumerate() {
        let output = usize::from((side == 0) == (harms == 0));
        for far in 0..32usize {
            // |w| is an odd number of eighths: 1, 3, .., 63.
            let heads = if side == 0 { 32 + far } else { 31 - far };
            let length = Rational::from(2 * far + 1) * &eighth + shift;
            let count = Rational::from(counts[output][heads]);
            if harms == 0 { sum += count * length } else { sum -= &(count * length) }
        }
    }
    sum
}
