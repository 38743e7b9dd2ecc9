//! The law of covering: how likely it is that random units reach every point.
//!
//! In some settings descent succeeds exactly if every point has an active unit with the right
//! output sign. There the probability of success is a rational number, and the least width is
//! known.

use super::descent::Descent;
use super::samples::Samples;
use super::two_layer::TwoLayer;
use crate::analysis::enclosure::{self, Enclosure};
use crate::analysis::frequency::first;
use crate::exact::Rational;
use std::collections::BTreeMap;

/// Points that random units have to cover. A unit has the output sign of one class with
/// probability 1/2, and covers points of that class only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Orthonormal points, these numbers of each class: a unit covers each point of its class with
    /// probability 1/2, independently.
    Orthonormal {
        /// Points of the label `+1`.
        positive: u32,
        /// Points of the label `-1`.
        negative: u32,
    },
    /// `±e_1` and `±e_2`, labelled by the axis: a unit covers one of the two points of its class.
    XorSquare,
}

/// Bits to which a probability is enclosed where it is too long to be written down.
const BITS: u32 = 96;

impl Family {
    /// The number of points.
    pub fn points(&self) -> u32 {
        match self {
            Self::Orthonormal { positive, negative } => positive + negative,
            Self::XorSquare => 4,
        }
    }

    /// The probability that `units` random units cover every point.
    ///
    /// Cost: `units` powers with as many bits as points times units; see [`Self::near`] beyond.
    pub fn probability(&self, units: u32) -> Rational {
        let chance = |k: u32, class: usize| match self.class(class) {
            Class::Independent(points) => (Rational::ONE - half(k)).pow(points as i32),
            Class::OneOfTwo => one_of_two(k),
        };
        let term = |k| choices(units, k) * chance(k, 0) * chance(units - k, 1);
        (0..=units).map(term).sum::<Rational>() * half(units)
    }

    /// The same, enclosed to about thirty digits.
    pub fn near(&self, units: u32) -> Enclosure {
        let chance = |k: u32, class: usize| match self.class(class) {
            Class::Independent(points) => power(&(Rational::ONE - half(k)), points),
            Class::OneOfTwo => Enclosure::point(one_of_two(k)),
        };
        let term = |k| chance(k, 0).product(&chance(units - k, 1)).scale(&choices(units, k));
        let zero = Enclosure::point(Rational::ZERO);
        let sum = (0..=units).map(term).fold(zero, |sum, term| sum.sum(&term).outward(BITS));
        sum.scale(&half(units))
    }

    /// The least number of units that cover every point with probability at least `1 - failure`.
    ///
    /// Panics unless `0 < failure < 1`.
    pub fn least_width(&self, failure: &Rational) -> u32 {
        assert!(failure.is_positive() && *failure < Rational::ONE, "{failure} is no probability");
        let goal = Rational::ONE - failure;
        let suffices = |units: u32| {
            let near = self.near(units);
            // What an enclosure cannot tell is written down.
            if near.contains(&goal) { self.probability(units) >= goal } else { *near.lo() >= goal }
        };
        // More units cover what fewer cover.
        let high = (0..).map(|i| 1u32 << i).find(|&units| suffices(units));
        let high = high.expect("enough units cover every point");
        first(high, |units| units > high / 2 && suffices(units))
    }

    /// The same probability as [`Self::probability`], counted unit by unit over the sets of points
    /// that are covered; nothing but the definition. For at most 12 points.
    pub fn counted(&self, units: u32) -> Rational {
        let kinds = self.kinds();
        // Whole numbers in units of the smallest share, which are powers of two.
        let least = kinds.iter().map(|(_, share)| share).min().expect("a unit covers some set");
        let kinds: Vec<_> = kinds.iter().map(|(kind, share)| (kind, share / least)).collect();
        let mut sets = BTreeMap::from([(0u32, Rational::ONE)]);
        for _ in 0..units {
            let mut next = BTreeMap::new();
            for (set, ways) in sets {
                for (kind, share) in &kinds {
                    *next.entry(set | *kind).or_insert(Rational::ZERO) += &ways * share;
                }
            }
            sets = next;
        }
        // A set that no draw reaches has no ways.
        let ways = sets.remove(&((1 << self.points()) - 1)).unwrap_or(Rational::ZERO);
        ways * least.pow(units as i32)
    }

    /// The sets of points that one unit may cover, each with its probability.
    fn kinds(&self) -> Vec<(u32, Rational)> {
        match self {
            Self::XorSquare => (0..4).map(|point| (1 << point, Rational::new(1, 4))).collect(),
            Self::Orthonormal { positive, negative } => {
                assert!(self.points() <= 12, "{} points are too many to list", self.points());
                let sets = |points: u32, first: u32| {
                    let share = half(points + 1);
                    (0..1u32 << points).map(move |set| (set << first, share.clone()))
                };
                sets(*positive, 0).chain(sets(*negative, *positive)).collect()
            }
        }
    }

    fn class(&self, class: usize) -> Class {
        match self {
            Self::Orthonormal { positive, negative } => {
                Class::Independent([*positive, *negative][class])
            }
            Self::XorSquare => Class::OneOfTwo,
        }
    }
}

/// What the units of one output sign have to cover.
enum Class {
    /// The given number of points, each covered with probability 1/2 by each unit.
    Independent(u32),
    /// Two points, of which each unit covers one.
    OneOfTwo,
}

/// The probability that `k` units that cover one of two points each cover both.
fn one_of_two(k: u32) -> Rational {
    if k == 0 { Rational::ZERO } else { Rational::ONE - Rational::integer(2) * half(k) }
}

fn half(k: u32) -> Rational {
    Rational::integer(2).pow(-(k as i32))
}

/// The binomial coefficient.
fn choices(n: u32, k: u32) -> Rational {
    let factor = |j| Rational::from(n - j) / Rational::from(j + 1);
    (0..k.min(n - k)).map(factor).product()
}

/// A power by squaring, rounded outward.
fn power(base: &Rational, exponent: u32) -> Enclosure {
    let mut result = Enclosure::point(Rational::ONE);
    for bit in (0..32 - exponent.leading_zeros()).rev() {
        result = result.product(&result);
        if exponent >> bit & 1 == 1 {
            result = result.scale(base);
        }
        result = result.outward(BITS + 32);
    }
    result
}

/// Which points reach the margin 1 within `steps` steps.
pub fn reached(run: &mut Descent<'_>, steps: usize) -> Vec<bool> {
    let mut reached = Vec::new();
    for step in 0..=steps {
        let margins = run.margins();
        reached.resize(margins.len(), false);
        for (reached, margin) in reached.iter_mut().zip(&margins) {
            *reached |= *margin >= Rational::ONE;
        }
        if reached.iter().all(|&reached| reached) {
            break;
        }
        if step < steps {
            run.step();
        }
    }
    reached
}

/// Steps after which a covered point has reached the margin 1, on orthonormal letters or on the
/// square of exclusive or.
///
/// Bound: as long as the margin is below 1 the pull is at least 1/2, so the part that units of the
/// right sign contribute grows by `eta scale^2 / (2 n P^2)` a step at least; units of the wrong
/// sign never take away more than they do at the start, or in one step each.
pub fn patience(network: &TwoLayer, samples: &Samples, rate: &Rational) -> usize {
    let (n, p) = (Rational::from(samples.len()), Rational::from(samples.positions()));
    let square = rate * network.scale.pow(2) / n;
    let longest = |s| samples.all_patches().map(|x| network.before(s, x).abs()).max();
    let start = (0..network.weights.len()).filter_map(longest).sum::<Rational>() * &network.scale;
    let against = start + Rational::from(network.weights.len()) * &square;
    let steps = Rational::integer(2) * p.pow(2) * (Rational::ONE + against) / square;
    let steps = steps.ceil().wide_integer().and_then(|steps| usize::try_from(steps).ok());
    steps.expect("small networks need few steps")
}

/// Which samples some unit covers: the output sign is the label, and the unit is active on a patch.
pub fn covered(network: &TwoLayer, samples: &Samples) -> Vec<bool> {
    let covers = |x: &[Vec<Rational>], label: bool| {
        let right = |s: &usize| network.outputs[*s].is_positive() == label;
        let mut units = (0..network.weights.len()).filter(right);
        units.any(|s| x.iter().any(|patch| network.before(s, patch).is_positive()))
    };
    samples.patches.iter().zip(&samples.positive).map(|(x, label)| covers(x, *label)).collect()
}

/// The direction `scale a_s (181/256) (sgn w_1, -sgn w_2)` in which every unit of the plane helps
/// the square of exclusive or. With `scale = 1 / sqrt(m)` its norm is just below 1.
pub fn towards_the_square(network: &TwoLayer) -> Vec<Vec<Rational>> {
    let length = &network.scale * Rational::new(181, 256);
    let sign = |t: &Rational| Rational::from(i64::from(t.signum()));
    let row = |(w, a): (&Vec<Rational>, &Rational)| {
        let factor = a * &length;
        vec![sign(&w[0]) * &factor, -(sign(&w[1]) * &factor)]
    };
    network.weights.iter().zip(&network.outputs).map(row).collect()
}

/// The square of exclusive or: `±e_1` with the label `+1`, `±e_2` with the label `-1`.
pub fn xor_square() -> Samples {
    let axis = |x: i64, y: i64| vec![Rational::integer(x), Rational::integer(y)];
    let points = vec![axis(1, 0), axis(-1, 0), axis(0, 1), axis(0, -1)];
    Samples::dense(points, vec![true, true, false, false])
}

/// The least width `m` with `n (3/4)^m <= failure`: enough to cover `n` orthonormal points.
pub fn sufficient(points: u32, failure: &Rational) -> u32 {
    let missed = |m: &u32| Rational::new(3, 4).pow(*m as i32) * Rational::from(points);
    (0..).find(|m| missed(m) <= *failure).expect("powers of 3/4 go to zero")
}

/// The least width `m` with `(1 - 2^(-m/2))^n >= 1 - failure`, up to an enclosure: no smaller one
/// covers `n` orthonormal points, half of them of each label.
pub fn necessary(points: u32, failure: &Rational) -> u32 {
    let goal = Rational::ONE - failure;
    let hit = |m: &u32| {
        let root = enclosure::sqrt(&half(*m), BITS + 32).expect("a power of two is positive");
        *power(&(Rational::ONE - root.lo()), points).hi() >= goal
    };
    (0..).find(hit).expect("a wide layer covers every point")
}
