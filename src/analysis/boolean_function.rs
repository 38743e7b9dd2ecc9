//! Functions on the cube `{0, 1}^n`: their values, and their coefficients as polynomials.
//!
//! Both are lists of length `2^n`. Entry `m` of the values belongs to the point whose ones are the
//! one bits of `m`; entry `m` of the coefficients to the product of the variables at those bits.
//! For `n = 2` the coefficients are those of `1, x_1, x_2, x_1 x_2`. Every function on the cube is
//! exactly one such polynomial.

use crate::exact::Rational;

/// The number of variables; `None` unless `entries` is a power of two.
pub fn variables(entries: usize) -> Option<usize> {
    entries.is_power_of_two().then(|| entries.ilog2() as usize)
}

/// The points `x: [n]`, in the order of the values.
pub fn points(n: usize) -> Vec<Vec<Rational>> {
    let point = |x: usize| (0..n).map(|i| Rational::from((x >> i) & 1)).collect();
    (0..1 << n).map(point).collect()
}

/// The values of the polynomial with these coefficients. Law: undoes [`coefficients`]. Cost:
/// `n 2^(n-1)` additions. Panics unless there are `2^n` of them.
pub fn values(coefficients: &[Rational]) -> Vec<Rational> {
    transformed(coefficients, |upper, lower| *upper += lower)
}

/// The coefficients of the polynomial with these values. Law: undoes [`values`]. Cost:
/// `n 2^(n-1)` subtractions. Panics unless there are `2^n` of them.
pub fn coefficients(values: &[Rational]) -> Vec<Rational> {
    transformed(values, |upper, lower| *upper -= lower)
}

/// The degree of the polynomial with these coefficients; `None` for the zero polynomial.
pub fn degree(coefficients: &[Rational]) -> Option<usize> {
    let degrees = coefficients.iter().enumerate().filter(|(_, c)| !c.is_zero());
    degrees.map(|(product, _)| size(product)).max()
}

/// How many variables the product has, or how many ones the point.
pub fn size(entry: usize) -> usize {
    entry.count_ones() as usize
}

fn transformed(entries: &[Rational], step: fn(&mut Rational, &Rational)) -> Vec<Rational> {
    let n = variables(entries.len()).expect("a function on the cube has 2^n entries");
    let mut entries = entries.to_vec();
    for bit in (0..n).map(|i| 1 << i) {
        for upper in (0..entries.len()).filter(|entry| entry & bit != 0) {
            let lower = entries[upper - bit].clone();
            step(&mut entries[upper], &lower);
        }
    }
    entries
}
