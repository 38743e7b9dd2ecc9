//! One trial: draws a network from a seed, trains it exactly, and records the result.

use super::cones::{network, root, samples};
use super::digits::Digits;
use super::{Question, Row, at_theorem_width, convolution, deep};
use crate::exact::Rational;
use crate::train::coverage::{self, Family};
use crate::train::random::Stream;
use crate::train::{Descent, ExactLoss, Record, Samples, TwoLayer};
use serde::{Deserialize, Serialize};
use std::ops::{AddAssign, Range};
use std::sync::atomic::{AtomicBool, Ordering};

/// What some trials of a row came to. Tallies add up, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Trials that were done.
    pub trials: u32,
    /// Trials that succeeded.
    pub successes: u32,
    /// Trials in which descent did what its initial units say; all of them, where nothing is said.
    pub agreements: u32,
    /// Trials whose numbers never left fixed point.
    pub fixed: u32,
    /// Steps of all trials.
    pub steps: u64,
    /// Gates that flipped, and gates.
    pub flips: [u64; 2],
    /// The largest `m |w_{s,T} - w_{s,0}|^2` of any unit in any trial; of deep networks the largest
    /// `m |W_{l,T} - W_{l,0}|^2` of any layer in the Frobenius norm, of two networks in the wider.
    pub farthest: Rational,
    /// The sum over the trials of the largest such number of each; zero where nothing is asked of
    /// its mean.
    pub moved: Rational,
    /// The largest certificate of any trial that closed.
    pub certificate: Rational,
    /// The largest average risk of any trial.
    pub average_risk: Rational,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.trials += other.trials;
        self.successes += other.successes;
        self.agreements += other.agreements;
        self.fixed += other.fixed;
        self.steps += other.steps;
        (0..2).for_each(|i| self.flips[i] += other.flips[i]);
        let most = |a: &mut Rational, b: Rational| {
            if b > *a {
                *a = b;
            }
        };
        self.moved += other.moved;
        most(&mut self.farthest, other.farthest);
        most(&mut self.certificate, other.certificate);
        most(&mut self.average_risk, other.average_risk);
    }
}

impl Row {
    /// Does these trials, until it is asked to stop; a trial that was stopped is not counted.
    pub fn ask(&self, seed: u64, row: usize, trials: Range<u32>, stop: &AtomicBool) -> Tally {
        let mut tally = Tally::default();
        for trial in trials {
            let stream = (row as u64) << 32 | u64::from(trial);
            let mut random = Stream::new(seed, stream);
            let one = match self.question {
                Question::Covers { family } => Some(covers(&mut random, family, self.units)),
                Question::Learns { points, goal, steps } => {
                    learns(&mut random, points, self.units, goal, steps, stop)
                }
                Question::Certifies { points } => Some(certifies(&mut random, points, self.units)),
                Question::CertifiesDigits => Some(certifies_digits(&mut random, self.units)),
                Question::Starts { points } => Some(starts(&mut random, points, self.units)),
                Question::Converges => Some(converges(&mut random, self.units)),
                Question::Deep { layers, points, goal } => {
                    deep::learns(&mut random, layers, [points, goal], self.units, stop)
                }
                Question::Scales { layers } => deep::scales(&mut random, layers, self.units, stop),
                Question::Whole => at_theorem_width::run(&mut random, stop),
            };
            match one {
                Some(one) if !stop.load(Ordering::Relaxed) => tally += one,
                _ => break,
            }
        }
        tally
    }
}

/// Samples of a family: orthonormal points are the unit vectors, the positive ones first.
fn family_samples(family: Family) -> Samples {
    match family {
        Family::XorSquare => coverage::xor_square(),
        Family::Orthonormal { positive, negative } => {
            let n = (positive + negative) as usize;
            let unit = |i| (0..n).map(|j| Rational::from(i32::from(i == j))).collect();
            let labels = (0..n).map(|i| i < positive as usize).collect();
            Samples::dense((0..n).map(unit).collect(), labels)
        }
    }
}

fn covers(random: &mut Stream, family: Family, units: u32) -> Tally {
    let samples = family_samples(family);
    let network = network(random, units, samples.dimension());
    // Every rate is allowed; this one makes the run short: a pull moves a unit by the root of m.
    let rate = Rational::from(samples.len()) * network.scale.pow(-2);
    let covered = coverage::covered(&network, &samples);
    let steps = coverage::patience(&network, &samples, &rate);
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate);
    let reached = coverage::reached(&mut run, steps);
    Tally {
        trials: 1,
        successes: u32::from(reached.iter().all(|&one| one)),
        agreements: u32::from(reached == covered),
        fixed: u32::from(run.is_fixed()),
        ..Tally::default()
    }
}

/// The rate for a width that is no square: at most 1, and dyadic steps.
fn rate(units: u32) -> Rational {
    let root = root(units);
    Rational::from(root) / Rational::from(root.next_power_of_two())
}

/// How often the risk is looked at, in steps.
const LOOK: u32 = 10;

fn learns(
    random: &mut Stream,
    points: u32,
    units: u32,
    goal: u32,
    steps: u32,
    stop: &AtomicBool,
) -> Option<Tally> {
    let samples = samples(random, points);
    let network = network(random, units, 2);
    let goal = Rational::from(goal).recip();
    let mut run = Descent::new(&network, &samples, ExactLoss::Dyadic, &rate(units));
    let start = run.open_gates();
    let (mut step, mut success) = (0, run.risk() <= goal);
    while !success && step < steps {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        (0..LOOK).for_each(|_| run.step());
        step += LOOK;
        success = run.risk() <= goal;
    }
    let gates = run.open_gates();
    let flipped = gates.iter().zip(&start).filter(|(a, b)| a != b).count();
    Some(Tally {
        trials: 1,
        successes: u32::from(success),
        agreements: 1,
        fixed: u32::from(run.is_fixed()),
        steps: step.into(),
        flips: [flipped as u64, gates.len() as u64],
        ..Tally::default()
    })
}

/// Steps of a run that is to be certified, and how far its reference weights lie: in the plane, and
/// on images.
const PLANE: (usize, i64) = (2304, 24);
const IMAGES: (usize, i64) = (4096, 24);

fn certifies(random: &mut Stream, points: u32, units: u32) -> Tally {
    let samples = samples(random, points);
    let network: TwoLayer = network(random, units, 2);
    let direction = coverage::towards_the_square(&network);
    certified(&network, &samples, &direction, PLANE)
}

fn certifies_digits(random: &mut Stream, units: u32) -> Tally {
    let digits = Digits::read();
    let network = network(random, units, digits.samples.dimension());
    let direction = digits.towards(&network);
    certified(&network, &digits.samples, &direction, IMAGES)
}

/// A run at the rate 1, which succeeds if it proves an average risk of at most 1/2 about itself.
fn certified(
    network: &TwoLayer,
    samples: &Samples,
    direction: &[Vec<Rational>],
    (steps, lambda): (usize, i64),
) -> Tally {
    let lambda = Rational::from(lambda);
    let aim = (direction, &lambda);
    let record = Record::new(network, samples, ExactLoss::Dyadic, &Rational::ONE, aim, steps);
    let certificate = record.certificate();
    let closes = certificate <= Rational::new(1, 2);
    Tally {
        trials: 1,
        successes: u32::from(closes),
        // What a certificate says must be true of its own run.
        agreements: u32::from(record.average_risk() <= certificate),
        fixed: u32::from(record.is_fixed),
        steps: steps as u64,
        flips: record.flips.map(|gates| gates as u64),
        farthest: &record.farthest * Rational::from(network.weights.len()),
        certificate: if closes { certificate } else { Rational::ZERO },
        average_risk: record.average_risk(),
        ..Tally::default()
    }
}

/// Half of 0.2934, which is a margin of the cones.
const HALF_MARGIN: (i64, i64) = (1467, 10_000);

fn starts(random: &mut Stream, points: u32, units: u32) -> Tally {
    let samples = samples(random, points);
    let network = network(random, units, 2);
    let margins = network.linearised(&samples, &coverage::towards_the_square(&network));
    let goal = Rational::new(HALF_MARGIN.0, HALF_MARGIN.1);
    one(margins.iter().all(|margin| *margin >= goal))
}

fn converges(random: &mut Stream, channels: u32) -> Tally {
    one(convolution::is_near(&convolution::draw(random, channels), channels))
}

/// A trial without a run.
fn one(success: bool) -> Tally {
    let successes = u32::from(success);
    Tally { trials: 1, successes, agreements: 1, fixed: 1, ..Tally::default() }
}
