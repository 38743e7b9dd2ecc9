//! Complex roots in floating point: proposals, which exact arithmetic refines and checks.

use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use num_complex::Complex;

/// More sweeps than convergence has been seen to need; what is left then is still a proposal.
const SWEEPS: usize = 80;

/// Where the complex roots of a polynomial that is not zero may be.
///
/// Proposal only. Cost: at most 80 sweeps of `O(n^2)` float operations. One pair of real and
/// imaginary part for each root. Source: the simultaneous iteration of Ehrlich and Aberth, started
/// on the circles that Bini's Newton polygon suggests.
pub(super) fn propose(p: &Polynomial) -> Vec<(Rational, Rational)> {
    let largest = p.coefficients().iter().map(Rational::abs).max().unwrap_or_default();
    let c: Vec<f64> = p.coefficients().iter().map(|c| nearest(&(c / &largest))).collect();
    let mut z = start(&c);
    for _ in 0..SWEEPS {
        let mut largest = 0.0f64;
        for i in 0..z.len() {
            let step = step(&c, &z, i);
            if step.is_finite() {
                z[i] -= step;
                largest = largest.max(step.norm() / z[i].norm().max(1e-12));
            }
        }
        if largest < 1e-14 {
            break;
        }
    }
    let part = |x: f64| dyadic(x).unwrap_or_default();
    z.into_iter().map(|z| (part(z.re), part(z.im))).collect()
}

/// One start a root. Each edge of the upper hull of the points `(i, log |c_i|)` stands for as many
/// roots as it is long, of about the absolute value that balances its two ends.
fn start(c: &[f64]) -> Vec<Complex<f64>> {
    let mut hull: Vec<(usize, f64)> = Vec::new();
    let logs = c.iter().enumerate().filter(|(_, c)| **c != 0.0);
    for point in logs.map(|(i, c)| (i, c.abs().ln())) {
        let slope = |a: (usize, f64), b: (usize, f64)| (b.1 - a.1) / (b.0 - a.0) as f64;
        while let [.., a, b] = hull[..]
            && slope(a, b) <= slope(b, point)
        {
            hull.pop();
        }
        hull.push(point);
    }
    // What floats take for zero at the low end are roots at zero.
    let first = hull.first().map_or(0, |first| first.0);
    let mut z = vec![Complex::new(0.0, 0.0); first];
    for edge in hull.windows(2) {
        let count = edge[1].0 - edge[0].0;
        let radius = ((edge[0].1 - edge[1].1) / count as f64).exp();
        // An offset that no symmetry of the roots shares: the start must not mirror the real axis.
        let angle = |k: usize| std::f64::consts::TAU * k as f64 / count as f64 + 0.4;
        z.extend((0..count).map(|k| Complex::from_polar(radius, angle(k))));
    }
    z
}

fn step(c: &[f64], z: &[Complex<f64>], i: usize) -> Complex<f64> {
    let one = Complex::new(1.0, 0.0);
    let others = z.iter().enumerate().filter(|(j, _)| *j != i);
    let pull: Complex<f64> = others.map(|(_, w)| (z[i] - w).inv()).sum();
    // One over Newton's step; outside of the unit circle by the reversed polynomial, whose powers
    // stay small.
    let inverse = if z[i].norm_sqr() <= 1.0 {
        let (value, slope) = horner(c.iter().rev(), z[i]);
        slope / value
    } else {
        let turned = z[i].inv();
        let (value, slope) = horner(c.iter(), turned);
        turned * ((c.len() - 1) as f64 - turned * slope / value)
    };
    one / (inverse - pull)
}

/// Value and slope, from the highest coefficient down.
fn horner<'a>(c: impl Iterator<Item = &'a f64>, z: Complex<f64>) -> (Complex<f64>, Complex<f64>) {
    let zero = Complex::new(0.0, 0.0);
    c.fold((zero, zero), |(value, slope), c| (value * z + c, slope * z + value))
}
