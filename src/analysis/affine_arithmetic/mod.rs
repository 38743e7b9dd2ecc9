//! Enclosures that remember where they come from: affine arithmetic.
//!
//! On a box, a function is enclosed as `centre + sum_i slope_i e_i + r`, where every symbol `e_i`
//! runs through `[-1, 1]` and the rest `r` through an interval. Two such forms of the same symbols
//! cancel where they should, so that what is left out is of second order in the size of the box,
//! but for kinks, where it is of first order. All numbers are integers over one power of two, and
//! what is rounded goes into the rest. Beside the form stands a range, found without the symbols:
//! what holds of one holds of both.

mod functions;
mod sum;

pub use sum::{Combination, Sum};

use super::enclosure::Enclosure;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use std::cell::RefCell;

/// The fixed point: every number is an integer over `2^places`.
///
/// It also keeps account of what widens the enclosures, symbol by symbol.
#[derive(Clone, Debug)]
pub struct Grid {
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
    rest: Span,
    range: Span,
}

/// An interval.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    lo: BigInt,
    hi: BigInt,
}

/// Where an enclosure lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nothing in it is negative.
    Above,
    /// Nothing in it is positive.
    Below,
    /// Neither is known.
    Both,
}

impl Span {
    fn zero() -> Self {
        Self { lo: BigInt::ZERO, hi: BigInt::ZERO }
    }

    fn sum(&self, other: &Self) -> Self {
        Self { lo: &self.lo + &other.lo, hi: &self.hi + &other.hi }
    }

    fn meet(self, other: &Self) -> Self {
        Self { lo: self.lo.max(other.lo.clone()), hi: self.hi.min(other.hi.clone()) }
    }

    fn contains_zero(&self) -> bool {
        !self.lo.is_positive() && !self.hi.is_negative()
    }

    fn magnitude(&self) -> BigInt {
        self.lo.abs().max(self.hi.abs())
    }
}

impl Grid {
    /// Numbers with so many places after the point.
    pub fn new(places: u32) -> Self {
        Self { places, blame: RefCell::default() }
    }

    /// The places after the point.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// The number.
    pub fn constant(&self, x: &Rational) -> AffineForm {
        let range = self.span(x, x);
        let rest = Span { lo: BigInt::ZERO, hi: &range.hi - &range.lo };
        AffineForm { centre: range.lo.clone(), slopes: Vec::new(), rest, range }
    }

    /// A number between the ends of an enclosure.
    pub fn between(&self, x: &Enclosure) -> AffineForm {
        let range = self.span(x.lo(), x.hi());
        let rest = Span { lo: BigInt::ZERO, hi: &range.hi - &range.lo };
        AffineForm { centre: range.lo.clone(), slopes: Vec::new(), rest, range }
    }

    /// What runs from `lo` to `hi` as the symbol runs from -1 to 1. Panics if `lo > hi`.
    pub fn variable(&self, symbol: usize, lo: &Rational, hi: &Rational) -> AffineForm {
        assert!(lo <= hi, "a variable runs upwards, not from {lo} to {hi}");
        let half = Rational::new(1, 2);
        let middle = self.constant(&((lo + hi) * &half));
        let radius = self.span(&((hi - lo) * &half), &((hi - lo) * &half));
        // The radius is rounded down, by `off`.
        let off = &radius.hi - &radius.lo;
        let rest = Span { lo: -&off, hi: &middle.rest.hi + &off };
        let slopes = if radius.lo.is_zero() { Vec::new() } else { vec![(symbol, radius.lo)] };
        AffineForm { centre: middle.centre, slopes, rest, range: self.span(lo, hi) }
    }

    /// A new symbol for the positive part of an enclosure that takes both signs: the form
    /// `2^(exponent - 1) (1 + symbol)` of the positive part, and that exponent.
    pub fn positive_part(&self, symbol: usize, x: &AffineForm) -> (AffineForm, i64) {
        let top = x.range.hi.clone().max(BigInt::from(2));
        let bits = (&top - 1u8).bits();
        let half = BigInt::one() << (bits - 1);
        let range = Span { lo: BigInt::ZERO, hi: x.range.hi.clone() };
        let exponent = bits as i64 - i64::from(self.places);
        let slopes = vec![(symbol, half.clone())];
        (AffineForm { centre: half, slopes, rest: Span::zero(), range }, exponent)
    }

    /// What widened the enclosures since the grid was new or asked last, by the symbol that is to
    /// blame; comparable among each other only.
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
        Enclosure::new(self.number(&x.range.lo), self.number(&x.range.hi))
    }

    /// An integer of the grid as a number.
    fn number(&self, x: &BigInt) -> Rational {
        Rational::from_parts(x.clone(), BigInt::one() << self.places)
    }

    /// The smallest interval of the grid around two numbers.
    fn span(&self, lo: &Rational, hi: &Rational) -> Span {
        let (n, d) = (lo.numerator() << self.places, lo.denominator());
        let (m, e) = (hi.numerator() << self.places, hi.denominator());
        Span { lo: n.div_floor(&d), hi: m.div_ceil(&e) }
    }

    /// `x / 2^places`, rounded down.
    fn down(&self, x: &BigInt) -> BigInt {
        x >> self.places
    }

    /// `x / 2^places`, rounded up.
    fn up(&self, x: &BigInt) -> BigInt {
        -(-x >> self.places)
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
    /// Which side of zero the enclosure lies on.
    pub fn side(&self) -> Side {
        if !self.range.lo.is_negative() {
            Side::Above
        } else if !self.range.hi.is_positive() {
            Side::Below
        } else {
            Side::Both
        }
    }

    /// Whether the values on the lesser side of zero are at most `2^-places` of the grid.
    pub fn barely_crosses(&self, places: u32, grid: &Grid) -> bool {
        let smaller = (-&self.range.lo).min(self.range.hi.clone());
        smaller.bits() + u64::from(places) <= u64::from(grid.places)
    }

    /// The symbols whose slope is not zero, with whether it is positive.
    pub fn directions(&self) -> impl Iterator<Item = (usize, bool)> {
        self.slopes.iter().map(|(symbol, slope)| (*symbol, slope.is_positive()))
    }

    /// The slope of a symbol on its grid.
    pub fn slope(&self, symbol: usize, grid: &Grid) -> Rational {
        let found = self.slopes.iter().find(|(i, _)| *i == symbol);
        found.map_or(Rational::ZERO, |(_, slope)| grid.number(slope))
    }

    /// The slopes of the symbols that `keep` accepts, without centre and rest.
    pub fn part(&self, keep: impl Fn(usize) -> bool) -> Self {
        let slopes: Vec<_> = self.slopes.iter().filter(|(i, _)| keep(*i)).cloned().collect();
        let form = Self { centre: BigInt::ZERO, slopes, rest: Span::zero(), range: Span::zero() };
        Self { range: form.reach(), ..form }
    }

    /// Centre and rest, without slopes.
    pub fn offset(&self) -> Self {
        let (centre, rest) = (self.centre.clone(), self.rest.clone());
        let form = Self { centre, slopes: Vec::new(), rest, range: Span::zero() };
        Self { range: form.reach(), ..form }
    }

    /// The sum of the absolute slopes.
    fn radius(&self) -> BigInt {
        self.slopes.iter().map(|(_, slope)| slope.abs()).sum()
    }

    /// The range of centre and slopes alone.
    fn linear(&self) -> Span {
        let radius = self.radius();
        Span { lo: &self.centre - &radius, hi: &self.centre + radius }
    }

    /// The range of the form.
    fn reach(&self) -> Span {
        self.linear().sum(&self.rest)
    }

    /// The form with a range that is known from elsewhere, made the smaller of both.
    fn within(mut self, known: &Span) -> Self {
        self.range = self.reach().meet(known);
        self
    }
}
