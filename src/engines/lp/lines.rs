//! Inequalities in doubles, and the ends of coordinates: what [`super::proposal`] is asked about.

use crate::exact::float::power_of_two;

/// Lines `normal . x <= bound` in doubles, and the ends of coordinates, infinite where there is
/// none.
pub struct Lines {
    /// `[lines][dimension + 1]`: normal and bound, divided by two to the exponent.
    entries: Vec<f64>,
    pub(super) exponents: Vec<i32>,
    pub(super) is_equal: Vec<bool>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

impl Lines {
    /// No lines yet; `lower < upper` in each coordinate.
    pub fn new(lower: Vec<f64>, upper: Vec<f64>) -> Self {
        let (entries, exponents) = (Vec::new(), Vec::new());
        Self { entries, exponents, is_equal: Vec::new(), lower, upper }
    }

    /// Adds `2^low normal . x <= 2^low bound`, or `==`. `None` if a number is out of range, or no
    /// coefficient is not zero.
    pub fn push(&mut self, normal: &[f64], bound: f64, is_equal: bool, low: i64) -> Option<()> {
        let largest = normal.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        if !(largest.is_finite() && bound.is_finite()) || largest == 0.0 {
            return None;
        }
        // The exponent field of a double: the power of two at or below it.
        let exponent = (largest.to_bits() >> 52) as i64 - 1023;
        let factor = power_of_two(-exponent);
        self.entries.extend(normal.iter().chain([&bound]).map(|x| x * factor));
        self.exponents.push(i32::try_from(exponent + low).ok()?);
        self.is_equal.push(is_equal);
        Some(())
    }

    pub(super) fn dimension(&self) -> usize {
        self.lower.len()
    }

    /// Normal and bound of each line.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[f64], f64)> {
        self.entries.chunks_exact(self.dimension() + 1).map(|line| {
            let (bound, normal) = line.split_last().expect("a line has a bound");
            (normal, *bound)
        })
    }

    pub(super) fn is_free(&self, coordinate: usize) -> bool {
        self.lower[coordinate] == f64::NEG_INFINITY && self.upper[coordinate] == f64::INFINITY
    }

    /// What is left of each inequality at a point.
    fn rooms(&self, x: &[f64]) -> Vec<f64> {
        let room = |((normal, bound), is_equal): ((&[f64], f64), &bool)| match is_equal {
            true => f64::INFINITY,
            false => bound - normal.iter().zip(x).map(|(a, x)| a * x).sum::<f64>(),
        };
        self.iter().zip(&self.is_equal).map(room).collect()
    }

    /// The point moved off the ends that it is at, towards the middle, and how deep it is there.
    pub(super) fn inside(&self, mut x: Vec<f64>) -> (Vec<f64>, f64) {
        let ends = || self.lower.iter().zip(&self.upper);
        let middle = |(x, (lo, hi)): (&f64, (&f64, &f64))| match (lo.is_finite(), hi.is_finite()) {
            (true, true) => 0.5 * lo + 0.5 * hi,
            (true, false) => x.max(lo + 1.0),
            (false, true) => x.min(hi - 1.0),
            (false, false) => *x,
        };
        let middle: Vec<f64> = x.iter().zip(ends()).map(middle).collect();
        let rooms = self.rooms(&x);
        let share =
            |(own, other): (&f64, f64)| if other < *own { own / (own - other) } else { 1.0 };
        let shares = rooms.iter().zip(self.rooms(&middle)).map(share);
        let step = 0.5 * shares.fold(1.0, f64::min);
        x.iter_mut().zip(&middle).for_each(|(x, m)| *x += step * (m - *x));
        let off = x.iter().zip(ends()).map(|(x, (lo, hi))| (x - lo).min(hi - x));
        let depth = self.rooms(&x).into_iter().chain(off).fold(f64::INFINITY, f64::min);
        (x, depth.min(1.0))
    }
}
