//! Linear combinations of affine forms.

use super::{AffineArithmetic, AffineForm, FixedInterval};
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// A linear combination under construction.
///
/// Cost: one product a slope. Each weight that is no integer adds an error of one unit in the last
/// place for each of its slopes, which the rest covers.
#[derive(Debug)]
pub struct Sum<'g> {
    grid: &'g AffineArithmetic,
    centre: BigInt,
    slopes: Vec<BigInt>,
    rest: FixedInterval,
    natural: FixedInterval,
    known: Option<FixedInterval>,
}

/// What a product is divided by.
enum Divisor {
    One,
    PowerOfTwo(u64),
    Number(BigInt),
}

impl Divisor {
    fn of(number: BigInt) -> Self {
        match number.trailing_zeros() {
            _ if number.is_one() => Self::One,
            Some(zeros) if number.bits() == zeros + 1 => Self::PowerOfTwo(zeros),
            _ => Self::Number(number),
        }
    }

    fn down(&self, x: BigInt) -> BigInt {
        match self {
            Self::One => x,
            Self::PowerOfTwo(zeros) => x >> zeros,
            Self::Number(d) => x.div_floor(d),
        }
    }

    fn up(&self, x: BigInt) -> BigInt {
        match self {
            Self::One => x,
            Self::PowerOfTwo(zeros) => -(-x >> zeros),
            Self::Number(d) => x.div_ceil(d),
        }
    }
}

impl<'g> Sum<'g> {
    /// Nothing yet: zero.
    pub fn new(grid: &'g AffineArithmetic) -> Self {
        let (centre, slopes) = (BigInt::ZERO, Vec::new());
        Self {
            grid,
            centre,
            slopes,
            rest: FixedInterval::zero(),
            natural: FixedInterval::zero(),
            known: None,
        }
    }

    /// Adds `weight * x`.
    pub fn add(&mut self, weight: &Rational, x: &AffineForm) {
        if !weight.is_zero() {
            self.add_over(&weight.numerator(), &Divisor::of(weight.denominator()), x);
        }
    }

    /// Adds a number.
    pub fn add_constant(&mut self, x: &Rational) {
        let number = self.grid.constant(x);
        self.add_span(&number.centre, &number.rest);
    }

    /// Adds a multiple by an integer of the grid.
    pub(super) fn add_on_grid(&mut self, weight: &BigInt, x: &AffineForm) {
        self.add_over(weight, &Divisor::PowerOfTwo(self.grid.places.into()), x);
    }

    /// Adds what lies between the ends of a span around a centre.
    pub(super) fn add_span(&mut self, centre: &BigInt, rest: &FixedInterval) {
        self.centre += centre;
        self.rest = self.rest.sum(rest);
        self.natural = self.natural.sum(rest);
        self.natural.lo += centre;
        self.natural.hi += centre;
    }

    fn add_over(&mut self, weight: &BigInt, divisor: &Divisor, x: &AffineForm) {
        self.centre += divisor.down(weight * &x.centre);
        if let Some((last, _)) = x.slopes.last()
            && self.slopes.len() <= *last
        {
            self.slopes.resize(last + 1, BigInt::ZERO);
        }
        for (symbol, slope) in &x.slopes {
            self.slopes[*symbol] += divisor.down(weight * slope);
        }
        if !matches!(divisor, Divisor::One) {
            self.rest.lo -= x.slopes.len();
            self.rest.hi += x.slopes.len() + 1;
        }
        for (sum, span) in [(&mut self.rest, &x.rest), (&mut self.natural, &x.range)] {
            let ends = match weight.is_negative() {
                false => [&span.lo, &span.hi],
                true => [&span.hi, &span.lo],
            };
            if !ends[0].is_zero() {
                sum.lo += divisor.down(weight * ends[0]);
            }
            if !ends[1].is_zero() {
                sum.hi += divisor.up(weight * ends[1]);
            }
        }
    }

    /// Says in advance where the result lies.
    pub(super) fn within(mut self, known: &FixedInterval) -> Self {
        self.known = Some(known.clone());
        self
    }

    /// The combination.
    pub fn finish(self) -> AffineForm {
        let slopes = self.slopes.into_iter().enumerate().filter(|(_, slope)| !slope.is_zero());
        let natural = match &self.known {
            Some(known) => self.natural.meet(known),
            None => self.natural,
        };
        let range = FixedInterval::zero();
        AffineForm { centre: self.centre, slopes: slopes.collect(), rest: self.rest, range }
            .within(&natural)
    }
}

/// A linear combination of values that are given later, and a rest: a form whose symbols stand for
/// something, on the grid of those values.
#[derive(Clone, Debug)]
pub struct Combination {
    centre: BigInt,
    terms: Vec<(usize, BigInt)>,
    rest: FixedInterval,
    range: FixedInterval,
}

impl Combination {
    /// The combination without its centre: what its values contribute.
    pub fn without_centre(mut self) -> Self {
        self.range =
            FixedInterval { lo: &self.range.lo - &self.centre, hi: &self.range.hi - &self.centre };
        self.centre = BigInt::ZERO;
        self
    }
}

impl AffineArithmetic {
    /// The form on a grid of fewer places, as a combination of what its symbols stand for.
    ///
    /// A symbol with an exponent stands for what [`Self::positive_part`] made it of, any other one
    /// for itself. Panics if the other grid has more places.
    pub fn combination(&self, x: &AffineForm, to: &Self, exponents: &[Option<i64>]) -> Combination {
        let drop = self.places.checked_sub(to.places).expect("to fewer places");
        let mut centre = x.centre.clone();
        let (mut terms, mut off) = (Vec::with_capacity(x.slopes.len()), BigInt::ZERO);
        for (symbol, slope) in &x.slopes {
            // The symbol is 2^(1 - exponent) value - 1, and the value at most 2^exponent.
            let exponent = exponents.get(*symbol).copied().flatten();
            let shift = exponent.map_or(0, |e| 1 - e) - i64::from(drop);
            if exponent.is_some() {
                centre -= slope;
            }
            let weight = if shift < 0 { slope >> -shift } else { slope << shift };
            off += BigInt::one() << exponent.unwrap_or(0).max(0);
            if !weight.is_zero() {
                terms.push((*symbol, weight));
            }
        }
        let mut rest = x.rest.shortened(drop).widened(&off);
        rest.hi += 1;
        let range = x.range.shortened(drop);
        Combination { centre: centre >> drop, terms, rest, range }
    }

    /// The combination of these values, one for each symbol.
    pub fn combine(&self, x: &Combination, values: &[AffineForm]) -> AffineForm {
        let mut sum = Sum::new(self);
        for (symbol, weight) in &x.terms {
            sum.add_on_grid(weight, &values[*symbol]);
        }
        sum.add_span(&x.centre, &x.rest);
        sum.within(&x.range).finish()
    }
}
