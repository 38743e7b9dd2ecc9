//! Approximate complex roots in fixed point. They propose; nothing is promised about them.

use super::Polynomial;
use crate::exact::Rational;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// More sweeps than any polynomial within memory has been seen to need.
const SWEEPS: usize = 64;

impl Polynomial {
    /// A monic polynomial `p` with coefficients of absolute value at most one, and the exponent `k`
    /// for which its roots are those of this polynomial divided by `2^k`.
    ///
    /// Law: `self(2^k y) = leading() * 2^(k n) * p(y)` for degree `n`, so all roots of `p` are at
    /// most 2 in absolute value. Panics on the zero polynomial.
    pub fn balanced(&self) -> (Self, i32) {
        let n = self.degree().expect("the zero polynomial cannot be made monic");
        let monic = self.monic();
        let exponent = |(i, c): (usize, &Rational)| {
            // |c| < 2^bits, and 2^(k (n - i)) >= |c| is what makes the coefficient at most one.
            let bits = c.numerator().bits() as i64 - c.denominator().bits() as i64 + 1;
            (!c.is_zero()).then(|| -(-bits).div_euclid((n - i) as i64))
        };
        let lower = monic.coefficients()[..n].iter().enumerate();
        let k = lower.filter_map(exponent).max().unwrap_or(0) as i32;
        let power = Rational::integer(2).pow(-k);
        let scaled = monic.coefficients().iter().enumerate();
        let scaled = scaled.map(|(i, c)| c * power.pow((n - i) as i32)).collect();
        (Self::new(scaled), k)
    }

    /// Proposed complex roots, moved towards the roots by simultaneous iteration with this many
    /// binary places: pairs of real and imaginary part.
    ///
    /// Proposal only: started well, all places but a few are right; started badly, or at multiple
    /// roots, anything may come out. Cost: `O(n^2)` products of that length for each sweep, a few
    /// sweeps. Source: Ehrlich 1967 and Aberth 1973.
    pub fn polish_roots(
        &self,
        proposed: &[(Rational, Rational)],
        places: u32,
    ) -> Vec<(Rational, Rational)> {
        let grid = Grid { places };
        let coefficients: Vec<_> = self.coefficients().iter().map(|c| grid.nearest(c)).collect();
        let mut roots: Vec<_> = proposed
            .iter()
            .map(|(re, im)| Point { re: grid.nearest(re), im: grid.nearest(im) })
            .collect();
        let half_way = BigInt::from(1) << (places / 2);
        let mut previous: Option<BigInt> = None;
        for _ in 0..SWEEPS {
            let moved = grid.sweep(&coefficients, &mut roots);
            let small = moved < half_way;
            let stalled = previous.is_some_and(|previous| &moved * 2 >= previous);
            if moved.is_zero() || small && stalled {
                break;
            }
            previous = Some(moved);
        }
        roots.iter().map(|z| (grid.rational(&z.re), grid.rational(&z.im))).collect()
    }
}

/// A complex number, in units of the last place.
#[derive(Clone)]
struct Point {
    re: BigInt,
    im: BigInt,
}

/// Fixed-point arithmetic with this many binary places.
struct Grid {
    places: u32,
}

impl Grid {
    fn nearest(&self, x: &Rational) -> BigInt {
        (x * Rational::from(BigInt::from(1) << self.places)).floor().numerator()
    }

    fn rational(&self, x: &BigInt) -> Rational {
        Rational::from_parts(x.clone(), BigInt::from(1) << self.places)
    }

    fn product(&self, a: &Point, b: &Point) -> Point {
        let re = &a.re * &b.re - &a.im * &b.im;
        let im = &a.re * &b.im + &a.im * &b.re;
        Point { re: re >> self.places, im: im >> self.places }
    }

    /// Zero when the divisor is, so that coinciding proposals only cost speed.
    fn quotient(&self, a: &Point, b: &Point) -> Point {
        let norm = &b.re * &b.re + &b.im * &b.im;
        if norm.is_zero() {
            return Point { re: BigInt::zero(), im: BigInt::zero() };
        }
        let re = (&a.re * &b.re + &a.im * &b.im) << self.places;
        let im = (&a.im * &b.re - &a.re * &b.im) << self.places;
        Point { re: re / &norm, im: im / norm }
    }

    /// Value and derivative at `z`, by Horner's rule.
    fn jet(&self, coefficients: &[BigInt], z: &Point) -> (Point, Point) {
        let zero = || Point { re: BigInt::zero(), im: BigInt::zero() };
        coefficients.iter().rev().fold((zero(), zero()), |(value, slope), c| {
            let (mut next, mut tangent) = (self.product(&value, z), self.product(&slope, z));
            tangent.re += &value.re;
            tangent.im += &value.im;
            next.re += c;
            (next, tangent)
        })
    }

    /// Moves each root once; returns the largest move.
    fn sweep(&self, coefficients: &[BigInt], roots: &mut [Point]) -> BigInt {
        let one = Point { re: BigInt::from(1) << self.places, im: BigInt::zero() };
        let mut largest = BigInt::zero();
        for i in 0..roots.len() {
            let z = roots[i].clone();
            let (value, slope) = self.jet(coefficients, &z);
            let newton = self.quotient(&value, &slope);
            let mut pull = Point { re: BigInt::zero(), im: BigInt::zero() };
            for (_, other) in roots.iter().enumerate().filter(|(j, _)| *j != i) {
                let gap = Point { re: &z.re - &other.re, im: &z.im - &other.im };
                let part = self.quotient(&one, &gap);
                pull.re += part.re;
                pull.im += part.im;
            }
            let damping = self.product(&newton, &pull);
            let damping = Point { re: &one.re - damping.re, im: -damping.im };
            let step = self.quotient(&newton, &damping);
            largest = largest.max(step.re.abs()).max(step.im.abs());
            roots[i] = Point { re: z.re - step.re, im: z.im - step.im };
        }
        largest
    }
}
