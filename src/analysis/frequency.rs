//! Tests of how often something happens, whose errors are settled before the first draw.
//!
//! A verdict from samples can be wrong. These say how often: the probability of refusing a true
//! law is bounded in advance, the probability of refusing a stated false one is computed, and
//! both come from the exact binomial law, never from a normal approximation.

use super::binomial::{Binomial, Weights};
use super::enclosure::Enclosure;
use crate::exact::Rational;
use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeInclusive;

/// Bits to which a probability is computed where it is reported.
const BITS: u32 = 64;

/// The ends of an [`interval`] are multiples of one over this.
const PLACES: u32 = 1024;

/// Which counts speak against the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestSide {
    /// Too few and too many: the probability is claimed to be known.
    Both,
    /// Too many only: the probability is claimed to be at most this.
    Above,
}

/// A test of a binomial law by one count.
///
/// ```
/// use crease::analysis::{binomial::Binomial, frequency::{FrequencyTest, TestSide}};
/// use crease::exact::Rational;
/// let third = Binomial::new(3000, Rational::new(1, 3));
/// let test = FrequencyTest::new(third, TestSide::Both, Rational::new(1, 1_000_000));
/// assert_eq!(test.accepted(), 875..=1127);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrequencyTest {
    law: Binomial,
    side: TestSide,
    error: Rational,
    accepted: RangeInclusive<u32>,
}

impl FrequencyTest {
    /// The test that refuses a true law with probability at most `error`, half of it on each side
    /// where both speak against it, and accepts as few counts as that allows.
    ///
    /// Cost: as one tail. Panics unless `0 < error < 1`.
    pub fn new(law: Binomial, side: TestSide, error: Rational) -> Self {
        assert!(error.is_positive() && error < Rational::ONE, "an error of {error} tests nothing");
        let n = law.trials();
        let share = match side {
            TestSide::Both => &error / Rational::integer(2),
            TestSide::Above => error.clone(),
        };
        let tails = Tails::new(&law);
        let rest = Rational::ONE - &share;
        let most = first(n, |k| tails.compare(k + 1, &rest).is_ge());
        let least = match side {
            TestSide::Both => first(n, |k| tails.compare(k + 1, &share).is_gt()),
            TestSide::Above => 0,
        };
        Self { law, side, error, accepted: least..=most }
    }

    /// The counts that the test accepts.
    pub fn accepted(&self) -> RangeInclusive<u32> {
        self.accepted.clone()
    }

    /// The probability that the count is refused when the probability of a success is `actual`:
    /// the error where that is what the law says, and the power where it is something else.
    ///
    /// Its width is at most `2^-63`. Panics unless `actual` lies between 0 and 1.
    pub fn refusal(&self, actual: &Rational) -> Enclosure {
        let law = Binomial::new(self.law.trials(), actual.clone());
        let below = law.below_within(*self.accepted.start(), BITS);
        let up_to = law.below_within(self.accepted.end() + 1, BITS);
        let one = Enclosure::point(Rational::ONE);
        let refusal = below.sum(&one.difference(&up_to));
        Enclosure::new(refusal.lo().clone().max(Rational::ZERO), refusal.hi().clone())
    }

    /// The least multiple of `step` above the law's probability that is refused with at least this
    /// power; `None` if no probability is.
    pub fn refutes_from(&self, power: &Rational, step: &Rational) -> Option<Rational> {
        let first = (self.law.probability() / step).floor() + Rational::ONE;
        let candidates = std::iter::successors(Some(first), |k| Some(k + Rational::ONE));
        let candidates = candidates.map(|k| k * step).take_while(|p| *p <= Rational::ONE);
        candidates.into_iter().find(|p| self.refusal(p).lo() >= power)
    }

    /// What a count says, with the power against `alternative`.
    pub fn judge(&self, count: u32, alternative: Rational) -> Judgement {
        let power = self.refusal(&alternative);
        Judgement { test: self.clone(), count, alternative, power }
    }
}

/// Holds the probability of a success, but for a probability of `error`: what `count` successes in
/// independent trials say about it, by Clopper and Pearson. Its ends are multiples of 1/1024.
///
/// Law: it leaves out exactly the multiples at which this count or a larger one, or this count or a
/// smaller one, has a probability of at most half the error. Cost: some twenty tails. Panics unless
/// `0 < error < 1` and the count is at most the number of trials.
///
/// ```
/// use crease::analysis::frequency::interval;
/// use crease::exact::Rational;
/// // Nine heads of ten at 0.05: 0.5550 to 0.9975.
/// let found = interval(9, 10, &Rational::new(1, 20));
/// assert_eq!([found.lo(), found.hi()].map(ToString::to_string), ["71/128", "511/512"]);
/// ```
pub fn interval(count: u32, trials: u32, error: &Rational) -> Enclosure {
    assert!(error.is_positive() && *error < Rational::ONE, "an error of {error} says nothing");
    assert!(count <= trials, "{count} of {trials} trials");
    let share = error / &Rational::integer(2);
    let place = |k: u32| Rational::from(k) / Rational::from(PLACES);
    let below = |k: u32, p: u32, other: &Rational| {
        let law = Binomial::new(trials, place(p));
        Tails::new(&law).compare(k, other)
    };
    // The largest place at which this count is too large: at zero any count is.
    let high = first(PLACES, |p| below(count, p, &(Rational::ONE - &share)).is_lt());
    let low = if count == 0 { 0 } else { high.saturating_sub(1) };
    // The least place at which so few are too few: at one fewer than all are.
    let high = match count == trials {
        true => PLACES,
        false => first(PLACES, |p| below(count + 1, p, &share).is_le()),
    };
    Enclosure::new(place(low), place(high))
}

/// What a test said about a count, and how far that can be trusted.
///
/// Printed, it is one sentence with the test, its error and its power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    test: FrequencyTest,
    count: u32,
    alternative: Rational,
    power: Enclosure,
}

impl Judgement {
    /// Whether the count is one that the test accepts.
    pub fn is_accepted(&self) -> bool {
        self.test.accepted.contains(&self.count)
    }

    /// The probability with which the test refuses the alternative.
    pub const fn power(&self) -> &Enclosure {
        &self.power
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FrequencyTest { law, side, error, accepted } = &self.test;
        let (least, most) = (accepted.start(), accepted.end());
        let verdict = if self.is_accepted() { "accepted" } else { "refused" };
        let (sides, relation) = match side {
            TestSide::Both => ("two-sided", "="),
            TestSide::Above => ("one-sided", "at most"),
        };
        write!(
            f,
            "{} of {}, accepting {least} to {most}: {verdict} ({sides} exact binomial test of \
             probability {relation} {}; refuses it falsely with probability at most {error}, and \
             {} with probability at least {})",
            self.count,
            law.trials(),
            law.probability(),
            self.alternative,
            thousandths(self.power.lo()),
        )
    }
}

/// A number between 0 and 1 rounded down to three digits.
fn thousandths(x: &Rational) -> String {
    let digits = (x * Rational::integer(1000)).floor().to_string();
    if digits.len() > 3 { "1.000".into() } else { format!("0.{digits:0>3}") }
}

/// The least `k` up to `most` with the property, which holds from there on; `most` if none has it.
pub fn first(most: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The tails of a law: enclosed once, and added up exactly where that cannot tell.
struct Tails<'a> {
    law: &'a Binomial,
    /// `None` for a law that is certain, whose tails are 0 and 1.
    weights: Option<Weights>,
}

impl<'a> Tails<'a> {
    fn new(law: &'a Binomial) -> Self {
        Self { law, weights: (!law.is_certain()).then(|| law.weights(2 * BITS)) }
    }

    /// How the probability of fewer than `k` successes compares with another.
    fn compare(&self, k: u32, other: &Rational) -> Ordering {
        if let Some(weights) = &self.weights {
            let near = weights.below(k);
            if near.hi() < other {
                return Ordering::Less;
            }
            if near.lo() > other {
                return Ordering::Greater;
            }
        }
        self.law.below(k).cmp(other)
    }
}
