//! Affine arithmetic: enclosures that keep their dependence on the inputs.
//!
//! On a box, a function is enclosed as `centre + sum_i slope_i e_i + r`, where every symbol `e_i`
//! runs through `[-1, 1]` and the rest `r` through an interval. Forms of the same symbols
//! cancel in a difference. So the rest of a smooth function is of second order in the size of the
//! box, and that of a function with a kink of first order. All numbers are integers over one power
//! of two; rounding errors go into the rest. Each form also carries a range that was found without
//! the symbols. The value lies in both.

mod functions;
mod sum;

pub use sum::{Combination, Sum};

use super::enclosure::Enclosure;
use super::fixed_interval::{self, FixedInterval};
use crate::exact::Rational;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::cell::RefCell;

/// The arithmetic of affine forms: every number is an integer over `2^places`.
///
/// It also records how much each symbol widens the enclosures.
#[derive(Clone, Debug)]
pub struct AffineArithmetic {
    places: u32,
    /// For each symbol, its share in what nonlinear operations have left out.
    blame: RefCell<Vec<BigInt>>,
}

/// The enclosure of a function of symbols between -1 and 1, on the grid that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffineForm {
    centre: BigInt,
    /// Increasing symbols; no slope is zero.
    slopes: Vec<(usize, BigInt)>,
    rest: FixedInterval,
    range: FixedInterval,
}

/// What an enclosure tells about the sign of the held value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignRange {
    /// No held number is negative.
    Nonnegative,
    /// No held number is positive.
    Nonpositive,
    /// The enclosure holds numbers of both signs.
    Unknown,
}

impl AffineArithmetic {
    /// Arithmetic with this many binary places after the point.
    pub fn new(places: u32) -> Self {
        Self { places, blame: RefCell::default() }
    }

    /// The places after the point.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// The number.
    pub fn constant(&self, x: &Rational) -> AffineForm {
        AffineForm::within_range(FixedInterval::around(x, self.places))
    }

    /// A number between the ends of an enclosure.
    pub fn between(&self, x: &Enclosure) -> AffineForm {
        AffineForm::within_range(FixedInterval::covering(x.lo(), x.hi(), self.places))
    }

    /// The variable that runs from `lo` to `hi` as its symbol runs from -1 to 1. Panics if
    /// `lo > hi`.
    pub fn variable(&self, symbol: usize, lo: &Rational, hi: &Rational) -> AffineForm {
        assert!(lo <= hi, "a variable runs upwards, not from {lo} to {hi}");
        let half = Rational::new(1, 2);
        let middle = self.constant(&((lo + hi) * &half));
        let radius = FixedInterval::around(&((hi - lo) * &half), self.places);
        // The radius is rounded down, by `off`.
        let off = &radius.hi - &radius.lo;
        let rest = FixedInterval { lo: -&off, hi: &middle.rest.hi + &off };
        let slopes = if radius.lo.is_zero() { Vec::new() } else { vec![(symbol, radius.lo)] };
        let range = FixedInterval::covering(lo, hi, self.places);
        AffineForm { centre: middle.centre, slopes, rest, range }
    }

    /// A new symbol for the positive part of an enclosure that takes both signs: the form
    /// `2^(exponent - 1) (1 + symbol)` of the positive part, and that exponent.
    pub fn positive_part(&self, symbol: usize, x: &AffineForm) -> (AffineForm, i64) {
        let top = x.range.hi.clone().max(BigInt::from(2));
        let bits = (&top - 1u8).bits();
        let half = BigInt::one() << (bits - 1);
        let range = FixedInterval { lo: BigInt::ZERO, hi: x.range.hi.clone() };
        let exponent = bits as i64 - i64::from(self.places);
        let slopes = vec![(symbol, half.clone())];
        (AffineForm { centre: half, slopes, rest: FixedInterval::zero(), range }, exponent)
    }

    /// For each symbol, its share in the widening of enclosures since the last call. Only the
    /// ratios of the shares have a meaning.
    pub fn take_blame(&self, symbols: usize) -> Vec<Rational> {
        let mut blame = self.blame.take();
        blame.resize(symbols, BigInt::ZERO);
        blame.into_iter().map(Rational::from).collect()
    }

    /// Whether the rest is at most `2^-places` wide.
    pub fn is_sharp(&self, x: &AffineForm, places: u32) -> bool {
        (&x.rest.hi - &x.rest.lo).bits() + u64::from(places) <= u64::from(self.places)
    }

    /// The least and the greatest value that the enclosure allows.
    pub fn bounds(&self, x: &AffineForm) -> Enclosure {
        x.range.enclosure(self.places)
    }

    /// An integer of the grid as a number.
    fn number(&self, x: &BigInt) -> Rational {
        fixed_interval::number(x, self.places)
    }

    /// `x / 2^places`, rounded down.
    fn down(&self, x: &BigInt) -> BigInt {
        x >> self.places
    }

    /// `x / 2^places`, rounded up.
    fn up(&self, x: &BigInt) -> BigInt {
        fixed_interval::shifted_up(x, self.places)
    }

    fn charge(&self, x: &AffineForm, amount: &BigInt) {
        let total = x.radius();
        if total.is_zero() || amount.is_zero() {
            return;
        }
        let mut blame = self.blame.borrow_mut();
        for (symbol, slope) in &x.slopes {
            if blame.len() <= *symbol {
                blame.resize(symbol + 1, BigInt::ZERO);
            }
            blame[*symbol] += amount * slope.abs() / &total;
        }
    }
}

impl AffineForm {
    /// The form without slopes that has this range.
    fn within_range(range: FixedInterval) -> Self {
        let rest = FixedInterval { lo: BigInt::ZERO, hi: &range.hi - &range.lo };
        Self { centre: range.lo.clone(), slopes: Vec::new(), rest, range }
    }

    /// Which side of zero the enclosure lies on.
    pub fn side(&self) -> SignRange {
        if !self.range.lo.is_negative() {
            SignRange::Nonnegative
        } else if !self.range.hi.is_positive() {
            SignRange::Nonpositive
        } else {
            SignRange::Unknown
        }
    }

    /// Whether the values on the lesser side of zero are at most `2^-places` of the grid.
    pub fn barely_crosses(&self, places: u32, grid: &AffineArithmetic) -> bool {
        let smaller = (-&self.range.lo).min(self.range.hi.clone());
        smaller.bits() + u64::from(places) <= u64::from(grid.places)
    }

    /// The symbols whose slope is not zero, with whether it is positive.
    pub fn directions(&self) -> impl Iterator<Item = (usize, bool)> {
        self.slopes.iter().map(|(symbol, slope)| (*symbol, slope.is_positive()))
    }

    /// The slope of a symbol on its grid.
    pub fn slope(&self, symbol: usize, grid: &AffineArithmetic) -> Rational {
        let found = self.slopes.iter().find(|(i, _)| *i == symbol);
        found.map_or(Rational::ZERO, |(_, slope)| grid.number(slope))
    }

    /// The slopes of the symbols that `keep` accepts, without centre and rest.
    pub fn part(&self, keep: impl Fn(usize) -> bool) -> Self {
        let slopes: Vec<_> = self.slopes.iter().filter(|(i, _)| keep(*i)).cloned().collect();
        let form = Self {
            centre: BigInt::ZERO,
            slopes,
            rest: FixedInterval::zero(),
            range: FixedInterval::zero(),
        };
        Self { range: form.reach(), ..form }
    }

    /// Centre and rest, without slopes.
    pub fn offset(&self) -> Self {
        let (centre, rest) = (self.centre.clone(), self.rest.clone());
        let form = Self { centre, slopes: Vec::new(), rest, range: FixedInterval::zero() };
        Self { range: form.reach(), ..form }
    }

    /// The sum of the absolute slopes.
    fn radius(&self) -> BigInt {
        self.slopes.iter().map(|(_, slope)| slope.abs()).sum()
    }

    /// The range of centre and slopes alone.
    fn linear(&self) -> FixedInterval {
        let radius = self.radius();
        FixedInterval { lo: &self.centre - &radius, hi: &self.centre + radius }
    }

    /// The range of the form.
    fn reach(&self) -> FixedInterval {
        self.linear().sum(&self.rest)
    }

    /// The form with a range that is known from elsewhere, made the smaller of both.
    fn within(mut self, known: &FixedInterval) -> Self {
        self.range = self.reach().meet(known);
        self
    }
}
