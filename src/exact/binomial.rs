//! The binomial law: how often something of known probability happens in independent trials.

use super::Rational;
use super::enclosure::Enclosure;
use num_bigint::BigInt;
use num_integer::{Integer, binomial};
use num_traits::{One, Zero};
use std::ops::Range;

/// The law of the number of successes in `trials` independent trials of one probability.
///
/// ```
/// use crease::exact::{Rational, binomial::Binomial};
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
            let (below, above) = self.weights(k, places);
            let lo = Rational::from_parts(below.0.clone(), &below.0 + &above.1);
            let hi = Rational::from_parts(below.1.clone(), &below.1 + &above.0);
            let result = Enclosure::new(lo, hi).outward(bits + 2);
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

    fn is_certain(&self) -> bool {
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

    /// The weights of the counts below `k` and of the others, added up in units of `2^-places`.
    fn weights(&self, k: u32, places: u32) -> (Ends, Ends) {
        let n = self.trials;
        let (success, failure) = self.odds();
        let mode = (BigInt::from(n) + 1) * &success / (&success + &failure);
        let mode = u32::try_from(mode).map_or(n, |mode| mode.min(n));
        let one = BigInt::one() << places;
        let mut sides = [(BigInt::zero(), BigInt::zero()), (BigInt::zero(), BigInt::zero())];
        let mut add = |counts: Range<u32>, lo: &BigInt, hi: &BigInt| {
            let split = k.clamp(counts.start, counts.end);
            for (side, counts) in sides.iter_mut().zip([split - counts.start, counts.end - split]) {
                side.0 += lo * counts;
                side.1 += hi * counts;
            }
        };
        add(mode..mode + 1, &one, &one);
        // Quotients decrease away from the mode: beyond a weight of one unit all are at most that.
        let (mut lo, mut hi) = (one.clone(), one.clone());
        for j in mode + 1..=n {
            (lo, hi) = times(&lo, &hi, &(&success * (n - j + 1)), &(&failure * j));
            if hi.is_one() {
                add(j..n + 1, &BigInt::zero(), &hi);
                break;
            }
            add(j..j + 1, &lo, &hi);
        }
        (lo, hi) = (one.clone(), one);
        for j in (0..mode).rev() {
            (lo, hi) = times(&lo, &hi, &(&failure * (j + 1)), &(&success * (n - j)));
            if hi.is_one() {
                add(0..j + 1, &BigInt::zero(), &hi);
                break;
            }
            add(j..j + 1, &lo, &hi);
        }
        let [below, above] = sides;
        (below, above)
    }
}

/// A lower and an upper bound.
type Ends = (BigInt, BigInt);

/// The bounds times a fraction, rounded outward.
fn times(lo: &BigInt, hi: &BigInt, numerator: &BigInt, denominator: &BigInt) -> Ends {
    ((lo * numerator).div_floor(denominator), (hi * numerator).div_ceil(denominator))
}
