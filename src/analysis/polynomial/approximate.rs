//! Approximate complex roots in fixed point. They are proposals without a proved error.

use super::Polynomial;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use num_bigint::BigInt;
use num_complex::Complex;
use num_traits::{Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// More sweeps than any polynomial within memory has been seen to need.
const SWEEPS: usize = 64;

/// The radii of the scaled polynomials are powers of `2^(DRIFT / degree)`. So the powers of a root
/// divided by its radius, up to the degree, are off from one by about this many binary places.
const DRIFT: f64 = 16.0;

impl Polynomial {
    /// Proposed complex roots, moved towards the roots by simultaneous iteration with this many
    /// binary places: pairs of real and imaginary part. A proposed zero stays.
    ///
    /// Proposal only: started well, all places but a few are right; started badly, or at multiple
    /// roots, anything may come out. Cost: `O(n^2)` products of that length for each sweep, a few
    /// sweeps. Source: Ehrlich 1967 and Aberth 1973.
    pub fn polish_roots(
        &self,
        proposed: &[(Rational, Rational)],
        places: u32,
    ) -> Vec<(Rational, Rational)> {
        let grid = ComplexFixedPoint { places };
        let mut scaled = ScaledPolynomials { polynomial: self, grid, known: BTreeMap::new() };
        let mut roots: Vec<Root> = proposed.iter().map(|(re, im)| scaled.root(re, im)).collect();
        // A move this small was the last one: the error after it is of the order of its square.
        let last = BigInt::from(1) << (places / 2);
        for _ in 0..SWEEPS {
            if scaled.sweep(&mut roots) < last {
                break;
            }
        }
        roots.iter().map(|root| scaled.parts(root)).collect()
    }
}

/// A complex number, in units of the last place.
#[derive(Clone)]
struct FixedComplex {
    re: BigInt,
    im: BigInt,
}

/// Fixed-point arithmetic with this many binary places.
#[derive(Clone, Copy)]
struct ComplexFixedPoint {
    places: u32,
}

impl ComplexFixedPoint {
    fn nearest(self, x: &Rational) -> BigInt {
        (x * Rational::from(BigInt::from(1) << self.places)).floor().numerator()
    }

    fn rational(self, x: &BigInt) -> Rational {
        Rational::from_parts(x.clone(), BigInt::from(1) << self.places)
    }

    fn product(self, a: &FixedComplex, b: &FixedComplex) -> FixedComplex {
        let re = &a.re * &b.re - &a.im * &b.im;
        let im = &a.re * &b.im + &a.im * &b.re;
        FixedComplex { re: re >> self.places, im: im >> self.places }
    }

    /// Zero when the divisor is, so that coinciding proposals only cost speed.
    fn quotient(self, a: &FixedComplex, b: &FixedComplex) -> FixedComplex {
        let norm = &b.re * &b.re + &b.im * &b.im;
        if norm.is_zero() {
            return FixedComplex { re: BigInt::zero(), im: BigInt::zero() };
        }
        let re = (&a.re * &b.re + &a.im * &b.im) << self.places;
        let im = (&a.im * &b.re - &a.re * &b.im) << self.places;
        FixedComplex { re: re / &norm, im: im / norm }
    }

    /// Value and derivative at `z`, by Horner's rule.
    fn jet(self, coefficients: &[BigInt], z: &FixedComplex) -> (FixedComplex, FixedComplex) {
        let zero = || FixedComplex { re: BigInt::zero(), im: BigInt::zero() };
        coefficients.iter().rev().fold((zero(), zero()), |(value, slope), c| {
            let (mut next, mut tangent) = (self.product(&value, z), self.product(&slope, z));
            tangent.re += &value.re;
            tangent.im += &value.im;
            next.re += c;
            (next, tangent)
        })
    }

    fn float(self, z: &FixedComplex) -> Complex<f64> {
        let part = |x: &BigInt| {
            let excess = x.magnitude().bits().saturating_sub(62);
            let top = (x >> excess).to_i64().expect("62 bits fit");
            top as f64 * 2f64.powi(excess as i32 - self.places as i32)
        };
        Complex::new(part(&z.re), part(&z.im))
    }

    fn point(self, z: Complex<f64>) -> FixedComplex {
        let part = |x: f64| {
            let exponent = x.abs().log2().max(-900.0) as i32;
            let top = BigInt::from((x * 2f64.powi(60 - exponent)) as i64);
            let shift = self.places as i32 + exponent - 60;
            if shift < 0 { top >> shift.unsigned_abs() } else { top << shift }
        };
        FixedComplex { re: part(z.re), im: part(z.im) }
    }
}

/// A root divided by the radius of its scale, so that powers of it are of the size of one.
struct Root {
    scale: i64,
    at: FixedComplex,
    /// The root itself, nearly; not the root divided by the radius.
    near: Complex<f64>,
}

/// The polynomial at arguments that are multiples of a radius.
struct ScaledPolynomial {
    radius: f64,
    /// Divided by a number of the size of the largest.
    coefficients: Vec<BigInt>,
}

/// ScaledPolynomials by the logarithm of their radius, made when a root needs one. Roots of random
/// polynomials share few.
struct ScaledPolynomials<'a> {
    polynomial: &'a Polynomial,
    grid: ComplexFixedPoint,
    known: BTreeMap<i64, ScaledPolynomial>,
}

impl ScaledPolynomials<'_> {
    fn step(&self) -> f64 {
        DRIFT / self.polynomial.coefficients.len() as f64
    }

    /// The scale of numbers of this absolute value; that of one for zero, which stays, and for
    /// what is no finite double.
    fn key(&self, size: f64) -> i64 {
        let key = (size.log2() / self.step()).round();
        if key.is_finite() { key as i64 } else { 0 }
    }

    fn scale(&mut self, key: i64) -> &ScaledPolynomial {
        let (polynomial, grid, step) = (self.polynomial, self.grid, self.step());
        let make = || ScaledPolynomial::new(polynomial, grid, 2f64.powf(key as f64 * step));
        self.known.entry(key).or_insert_with(make)
    }

    fn root(&mut self, re: &Rational, im: &Rational) -> Root {
        let near = Complex::new(nearest(re), nearest(im));
        let (grid, scale) = (self.grid, self.key(near.norm()));
        let inverse = dyadic(self.scale(scale).radius).unwrap_or(Rational::ONE).recip();
        let part = |x: &Rational| grid.nearest(&(x * &inverse));
        Root { scale, at: FixedComplex { re: part(re), im: part(im) }, near }
    }

    fn parts(&self, root: &Root) -> (Rational, Rational) {
        let radius = dyadic(self.known[&root.scale].radius).unwrap_or_default();
        let part = |x: &BigInt| self.grid.rational(x) * &radius;
        (part(&root.at.re), part(&root.at.im))
    }

    /// Moves each root once; returns the largest move.
    ///
    /// What keeps the roots apart is a sum of inverse distances. It only has to be about right, and
    /// is a float: one quotient of long numbers a root is left.
    fn sweep(&mut self, roots: &mut [Root]) -> BigInt {
        let (grid, mut largest) = (self.grid, BigInt::zero());
        for i in 0..roots.len() {
            let Root { scale, near, .. } = roots[i];
            if near.is_zero() {
                continue;
            }
            let scale = &self.known[&scale];
            let (value, slope) = grid.jet(&scale.coefficients, &roots[i].at);
            let mut step = grid.quotient(&value, &slope);
            // Newton's step over one less the share of the others: the step and what that adds.
            let share = grid.float(&step) * pull(grid, roots, i, scale.radius) * scale.radius;
            let added = share / (Complex::new(1.0, 0.0) - share);
            if added.is_finite() && added.norm() < 1e3 {
                let added = grid.product(&step, &grid.point(added));
                step.re += added.re;
                step.im += added.im;
            }
            largest = largest.max(step.re.abs()).max(step.im.abs());
            let root = &mut roots[i];
            root.at.re -= step.re;
            root.at.im -= step.im;
            root.near = grid.float(&root.at) * scale.radius;
            if (self.key(root.near.norm()) - root.scale).abs() > 1 {
                let (re, im) = self.parts(root);
                *root = self.root(&re, &im);
            }
        }
        largest
    }
}

/// The sum of the inverses of the distances from root `i` to the others.
fn pull(grid: ComplexFixedPoint, roots: &[Root], i: usize, radius: f64) -> Complex<f64> {
    let root = &roots[i];
    let close = root.near.norm_sqr() * 1e-12;
    let term = |other: &Root| {
        let mut gap = root.near - other.near;
        if gap.norm_sqr() < close && root.scale == other.scale {
            let (re, im) = (&root.at.re - &other.at.re, &root.at.im - &other.at.im);
            gap = grid.float(&FixedComplex { re, im }) * radius;
        }
        Some(gap.inv()).filter(|term| term.is_finite())
    };
    let others = roots.iter().enumerate().filter(|(j, _)| *j != i);
    others.filter_map(|(_, other)| term(other)).sum()
}

impl ScaledPolynomial {
    fn new(polynomial: &Polynomial, grid: ComplexFixedPoint, radius: f64) -> Self {
        let r = dyadic(radius).unwrap_or(Rational::ONE);
        let (factor, shift) = (r.numerator(), r.denominator().magnitude().bits() as i64 - 1);
        // A power of the radius: a number of about `long` bits, and its exponent.
        let long = u64::from(grid.places) + 64;
        let (mut power, mut exponent) = (BigInt::from(1) << long, -(long as i64));
        let mut terms = Vec::new();
        for c in &polynomial.coefficients {
            let extra = c.denominator().magnitude().bits();
            let term = ((c.numerator() * &power) << extra) / c.denominator();
            terms.push((term, exponent - extra as i64));
            power *= &factor;
            let excess = power.magnitude().bits().saturating_sub(long);
            power >>= excess;
            exponent += excess as i64 - shift;
        }
        let bits = |(term, exponent): &(BigInt, i64)| match term.is_zero() {
            true => i64::MIN,
            false => term.magnitude().bits() as i64 + exponent,
        };
        let largest = terms.iter().map(bits).max().unwrap_or(0);
        let scaled = |(term, exponent): (BigInt, i64)| {
            let shift = exponent + i64::from(grid.places) - largest;
            if shift < 0 { term >> shift.unsigned_abs() } else { term << shift }
        };
        Self { radius, coefficients: terms.into_iter().map(scaled).collect() }
    }
}
