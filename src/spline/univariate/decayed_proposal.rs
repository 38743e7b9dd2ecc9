//! A barrier method in doubles: it proposes where a least fit with decayed biases has its knots,
//! and a dual function. Nothing in this file decides.
//!
//! The dual function is linear between the points, 0 at both ends, and is to stay below
//! `sqrt(1 + t^2)` in size. That is asked at samples, at first some in each gap, then also where a
//! piece comes nearest to the bound. The forces that hold it there are the jumps of the fit.

use super::penalised::tridiagonal;

/// Samples in each gap to begin with.
const SAMPLES: usize = 4;
/// By how much the barrier weighs less from stage to stage, and until when, relatively.
const FASTER: f64 = 4.0;
const LAST: f64 = 1e-12;
/// Newton steps of a stage at most.
const STEPS: usize = 60;
/// Samples that are nearer than this share of a gap are one.
const APART: f64 = 1e-7;
/// A knot this near to a point, by share of a gap, lies at it.
const AT_POINT: f64 = 1e-5;
/// What is below this share of the greatest jump is no knot.
const NEGLIGIBLE: f64 = 1e-6;

/// What a least fit looks like.
pub(super) struct Proposal {
    /// The dual function at the points.
    pub eta: Vec<f64>,
    /// The jump at each point; 0 where there is none.
    pub at_points: Vec<f64>,
    /// In each gap the place of a knot, if there is one.
    pub inside: Vec<Option<f64>>,
}

/// A place where the dual function is held.
struct Sample {
    /// How far it lies towards the next point, as a share of the gap.
    share: f64,
    /// The bound there.
    height: f64,
}

struct Barrier<'a> {
    x: &'a [f64],
    jumps: &'a [f64],
    /// For each gap.
    samples: Vec<Vec<Sample>>,
}

/// The proposal for points with these abscissae and chord slopes. `None` once `stop` says so.
pub(super) fn propose(x: &[f64], chords: &[f64], stop: &dyn Fn() -> bool) -> Option<Proposal> {
    let count = x.len();
    let mut jumps = vec![0.0; count];
    for (jump, pair) in jumps.iter_mut().skip(1).zip(chords.windows(2)) {
        *jump = pair[1] - pair[0];
    }
    let samples = (1..count).map(|_| Vec::new()).collect();
    let mut barrier = Barrier { x, jumps: &jumps, samples };
    for gap in 0..count - 1 {
        let parts = SAMPLES as f64 + 1.0;
        (0..=SAMPLES).for_each(|k| barrier.hold(gap, k as f64 / parts));
    }
    let mut eta = vec![0.0; count];
    let sizes = jumps.iter().zip(x).map(|(jump, x)| jump.abs() * x.hypot(1.0));
    let most = sizes.fold(0.0, f64::max);
    let mut weight = most;
    if most == 0.0 {
        return Some(barrier.read(eta, weight));
    }
    while weight > most * LAST {
        if stop() {
            return None;
        }
        barrier.centre(&mut eta, weight);
        barrier.refine(&mut eta, 0.1 * weight / most + 1e-14);
        weight /= FASTER;
    }
    barrier.centre(&mut eta, weight);
    Some(barrier.read(eta, weight))
}

impl Barrier<'_> {
    /// Adds a sample.
    fn hold(&mut self, gap: usize, share: f64) {
        let t = self.x[gap] + share * (self.x[gap + 1] - self.x[gap]);
        self.samples[gap].push(Sample { share, height: t.hypot(1.0) });
    }

    /// All samples: gap, share, bound, and the dual function over the bound.
    fn ratios(&self, eta: &[f64]) -> impl Iterator<Item = (usize, f64, f64, f64)> {
        self.samples.iter().enumerate().flat_map(move |(gap, samples)| {
            samples.iter().map(move |Sample { share, height }| {
                let value = (1.0 - share) * eta[gap] + share * eta[gap + 1];
                (gap, *share, *height, value / height)
            })
        })
    }

    /// Newton steps to the greatest `sum jump eta + weight sum log(1 - ratio^2)`.
    fn centre(&self, eta: &mut [f64], weight: f64) {
        let count = eta.len();
        for _ in 0..STEPS {
            let mut right: Vec<f64> = self.jumps.iter().map(|jump| jump / weight).collect();
            let (mut diagonal, mut beside) = (vec![0.0; count], vec![0.0; count]);
            for (gap, share, height, ratio) in self.ratios(eta) {
                let rest = (1.0 - ratio) * (1.0 + ratio);
                let parts = [1.0 - share, share].map(|part| part / height);
                let first = 2.0 * ratio / rest;
                let second = 2.0 * (1.0 + ratio * ratio) / (rest * rest);
                for (k, part) in parts.into_iter().enumerate() {
                    right[gap + k] -= first * part;
                    diagonal[gap + k] += second * part * part;
                }
                beside[gap] += second * parts[0] * parts[1];
            }
            // The ends stay 0.
            for end in [0, count - 1] {
                (diagonal[end], right[end]) = (1.0, 0.0);
            }
            beside[0] = 0.0;
            beside[count.saturating_sub(2)] = 0.0;
            let step = tridiagonal(diagonal, &beside[..count - 1], right.clone());
            let square = step.iter().zip(&right).map(|(a, b)| a * b).sum::<f64>();
            if square.is_nan() || square < 1e-14 {
                break;
            }
            // A damped step stays inside, but for rounding.
            let decrement = square.sqrt();
            let mut length = if decrement > 0.25 { 1.0 / (1.0 + decrement) } else { 1.0 };
            let further = |length: f64| -> Vec<f64> {
                eta.iter().zip(&step).map(|(eta, step)| eta + length * step).collect()
            };
            let mut next = further(length);
            while length > 1e-6 && self.greatest(&next) >= 1.0 {
                length /= 2.0;
                next = further(length);
            }
            if self.greatest(&next) >= 1.0 {
                break;
            }
            eta.copy_from_slice(&next);
        }
    }

    /// Holds each piece where it comes nearest to the bound, and shrinks what is beyond it by a
    /// margin more.
    fn refine(&mut self, eta: &mut [f64], margin: f64) {
        for gap in 0..self.x.len() - 1 {
            let length = self.x[gap + 1] - self.x[gap];
            let slope = (eta[gap + 1] - eta[gap]) / length;
            let offset = eta[gap] - slope * self.x[gap];
            let nearest = slope * offset / (1.0 - slope * slope);
            let share = (nearest - self.x[gap]) / length;
            let is_new = |sample: &Sample| (sample.share - share).abs() > APART;
            let is_inside = slope.abs() < 1.0 && share > APART && share < 1.0 - APART;
            if is_inside && self.samples[gap].iter().all(is_new) {
                self.hold(gap, share);
            }
        }
        let most = self.greatest(eta);
        if most >= 1.0 {
            eta.iter_mut().for_each(|eta| *eta *= (1.0 - margin) / most);
        }
    }

    /// The greatest size of a ratio.
    fn greatest(&self, eta: &[f64]) -> f64 {
        self.ratios(eta).map(|(.., ratio)| ratio.abs()).fold(0.0, f64::max)
    }

    /// The jumps are the forces of the samples.
    fn read(&self, eta: Vec<f64>, weight: f64) -> Proposal {
        let count = eta.len();
        let mut at_points = vec![0.0; count];
        // Of each gap the sum of the forces, and of forces times places.
        let mut inside = vec![[0.0; 2]; count - 1];
        for (gap, share, height, ratio) in self.ratios(&eta) {
            let force = weight * 2.0 * ratio / ((1.0 - ratio) * (1.0 + ratio)) / height;
            if share < AT_POINT {
                at_points[gap] += force;
            } else if share > 1.0 - AT_POINT {
                at_points[gap + 1] += force;
            } else {
                inside[gap][0] += force;
                inside[gap][1] += force * share;
            }
        }
        let all = at_points.iter().chain(inside.iter().map(|[force, _]| force));
        let least = NEGLIGIBLE * all.map(|force: &f64| force.abs()).fold(0.0, f64::max);
        at_points.iter_mut().filter(|force| force.abs() <= least).for_each(|force| *force = 0.0);
        let place = |(gap, [force, moment]): (usize, [f64; 2])| {
            let length = self.x[gap + 1] - self.x[gap];
            (force.abs() > least).then(|| self.x[gap] + moment / force * length)
        };
        let inside = inside.into_iter().enumerate().map(place).collect();
        Proposal { eta, at_points, inside }
    }
}
