//! The binomial law: how often something of known probability happens in independent trials.

use super::enclosure::Enclosure;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::{Integer, binomial};
use num_traits::{One, Zero};

/// The law of the number of successes in `trials` independent trials of one probability.
///
/// ```
/// use crease::analysis::binomial::Binomial;
/// use crease::exact::Rational;
/// let coins = Binomial::new(4, Rational::new(1, 2));
/// assert_eq!(coins.mass(2), Rational::new(3, 8));
/// assert_eq!(coins.below(2), Rational::new(5, 16));
/// assert_eq!(coins.at_least(2), Rational::new(11, 16));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binomial {
    trials: u32,
    probability: Rational,
}

impl Binomial {
    /// The law. Panics unless the probability lies between 0 and 1.
    pub fn new(trials: u32, probability: Rational) -> Self {
        assert!(
            !probability.is_negative() && probability <= Rational::ONE,
            "{probability} is no probability"
        );
        Self { trials, probability }
    }

    /// The number of trials.
    pub const fn trials(&self) -> u32 {
        self.trials
    }

    /// The probability of a success.
    pub const fn probability(&self) -> &Rational {
        &self.probability
    }

    /// The probability of exactly `k` successes.
    pub fn mass(&self, k: u32) -> Rational {
        if k > self.trials {
            return Rational::ZERO;
        }
        let (n, failure) = (self.trials as i32, self.failure());
        let ways = Rational::from(binomial(BigInt::from(self.trials), BigInt::from(k)));
        ways * self.probability.pow(k as i32) * failure.pow(n - k as i32)
    }

    /// The probability of fewer than `k` successes.
    ///
    /// Law: `below(k) + at_least(k) == 1`, and `below(k + 1) == below(k) + mass(k)`. Cost: at most
    /// half as many terms as trials, with `trials` times the bits of the probability.
    pub fn below(&self, k: u32) -> Rational {
        match k {
            0 => Rational::ZERO,
            _ if k > self.trials => Rational::ONE,
            _ if k > self.trials - k => {
                Rational::ONE - self.mirrored().sum_below(self.trials + 1 - k)
            }
            _ => self.sum_below(k),
        }
    }

    /// The probability of `k` or more successes.
    pub fn at_least(&self, k: u32) -> Rational {
        Rational::ONE - self.below(k)
    }

    /// The probability of fewer than `k` successes, to a width of at most `2^-bits`.
    ///
    /// Bound: the masses are proportional to weights with the weight 1 at the mode, and quotients
    /// of neighbours are rational. Each weight is its neighbour's times that, rounded outward, and
    /// their sum is at least 1. Cost: some `sqrt(trials bits)` steps of about `bits` bits, however
    /// long the fraction is.
    pub fn below_within(&self, k: u32, bits: u32) -> Enclosure {
        if k == 0 || k > self.trials || self.is_certain() {
            return Enclosure::point(self.below(k));
        }
        // One unit a count for the weights beyond, a few units a step for the rounding.
        let mut places = bits + 8 + 2 * (32 - self.trials.leading_zeros());
        loop {
            let result = self.weights(places).below(k).outward(bits + 2);
            if result.width() <= Rational::from_parts(BigInt::one(), BigInt::one() << bits) {
                return result;
            }
            places += places / 2;
        }
    }

    fn failure(&self) -> Rational {
        Rational::ONE - &self.probability
    }

    /// The law of the number of failures.
    fn mirrored(&self) -> Self {
        Self { trials: self.trials, probability: self.failure() }
    }

    pub(super) fn is_certain(&self) -> bool {
        self.probability.is_zero() || self.probability == Rational::ONE
    }

    /// Numerators of success and failure over one denominator.
    fn odds(&self) -> (BigInt, BigInt) {
        let success = self.probability.numerator();
        let failure = self.probability.denominator() - &success;
        (success, failure)
    }

    /// The first `k` masses together: integers over one power of the denominator.
    fn sum_below(&self, k: u32) -> Rational {
        let (success, failure) = self.odds();
        if failure.is_zero() {
            return Rational::ZERO;
        }
        let mut term = failure.pow(self.trials);
        let mut sum = BigInt::zero();
        for j in 0..k {
            sum += &term;
            // The quotient is the next mass times the denominator, an integer.
            term = term * (self.trials - j) * &success / (&failure * (j + 1));
        }
        Rational::from_parts(sum, self.probability.denominator().pow(self.trials))
    }

    /// The weights in units of `2^-places`. Panics if the law is certain.
    pub(super) fn weights(&self, places: u32) -> Weights {
        assert!(!self.is_certain(), "a certain law has one count and no quotients");
        let n = self.trials;
        let (success, failure) = self.odds();
        let mode = (BigInt::from(n) + 1) * &success / (&success + &failure);
        let mode = u32::try_from(mode).map_or(n, |mode| mode.min(n));
        let one = BigInt::one() << places;
        let down = (0..mode).rev().map(|j| (&failure * (j + 1), &success * (n - j)));
        let up = (mode + 1..=n).map(|j| (&success * (n - j + 1), &failure * j));
        let mut weights = walk(&one, down);
        let first = mode - weights.len() as u32;
        weights.reverse();
        weights.push((one.clone(), one.clone()));
        weights.extend(walk(&one, up));
        let mut sum = (BigInt::zero(), BigInt::zero());
        let mut sums = vec![sum.clone()];
        for (lo, hi) in weights {
            sum = (sum.0 + lo, sum.1 + hi);
            sums.push(sum.clone());
        }
        Weights { trials: n, first, sums }
    }
}

/// The masses of a law up to a common factor, where they count more than one unit.
pub(super) struct Weights {
    trials: u32,
    /// The first count whose weight is listed; each one before it and after the list is at most 1.
    first: u32,
    /// The sums of the first weights on the list: of none, one, .., all.
    sums: Vec<Ends>,
}

impl Weights {
    /// Holds the probability of fewer than `k` successes.
    pub(super) fn below(&self, k: u32) -> Enclosure {
        let last = self.first + (self.sums.len() - 1) as u32;
        let (lo, hi) = &self.sums[(k.clamp(self.first, last) - self.first) as usize];
        let all = self.sums.last().expect("the mode is listed");
        let end = self.trials + 1;
        let hi_below = hi + k.min(self.first) + k.clamp(last, end) - last;
        let hi_above = &all.1 - hi + (self.first - k.min(self.first)) + (end - k.clamp(last, end));
        let (lo_below, lo_above) = (lo.clone(), &all.0 - lo);
        let low = Rational::from_parts(lo_below.clone(), lo_below + hi_above);
        Enclosure::new(low, Rational::from_parts(hi_below.clone(), hi_below + lo_above))
    }
}

/// A lower and an upper bound.
type Ends = (BigInt, BigInt);

/// The weights that follow from `one` by these quotients, rounded outward, until one is at most a
/// unit. Quotients decrease away from the mode, so all that follow are at most that.
fn walk(one: &BigInt, quotients: impl Iterator<Item = (BigInt, BigInt)>) -> Vec<Ends> {
    let (mut lo, mut hi) = (one.clone(), one.clone());
    let mut weights = Vec::new();
    for (numerator, denominator) in quotients {
        lo = (lo * &numerator).div_floor(&denominator);
        hi = (hi * numerator).div_ceil(&denominator);
        if hi.is_one() {
            break;
        }
        weights.push((lo.clone(), hi.clone()));
    }
    weights
}
