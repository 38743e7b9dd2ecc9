//! Complex roots in floating point: proposals, from which exact arithmetic goes on.

use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::exact::polynomial::Polynomial;
use nalgebra::Complex;

/// More sweeps than convergence has been seen to need; what is left then is still a proposal.
const SWEEPS: usize = 80;

/// Where the complex roots of a balanced polynomial ([`Polynomial::balanced`]) may be.
///
/// Proposal only. One pair of real and imaginary part for each root. Source: the simultaneous
/// iteration of Ehrlich and Aberth, started on a circle whose radius is the mean of the roots'.
pub(super) fn propose(p: &Polynomial) -> Vec<(Rational, Rational)> {
    let c: Vec<f64> = p.coefficients().iter().map(nearest).collect();
    let n = c.len().saturating_sub(1);
    let radius = c.first().map_or(1.0, |c| c.abs().powf(1.0 / n.max(1) as f64)).max(1e-3);
    // An offset that no symmetry of the roots shares: the start must not mirror the real axis.
    let angle = |k: usize| std::f64::consts::TAU * k as f64 / n as f64 + 0.4;
    let mut z: Vec<_> = (0..n).map(|k| Complex::from_polar(radius, angle(k))).collect();
    for _ in 0..SWEEPS {
        let mut largest = 0.0f64;
        for i in 0..n {
            let step = step(&c, &z, i);
            if step.re.is_finite() && step.im.is_finite() {
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

fn step(c: &[f64], z: &[Complex<f64>], i: usize) -> Complex<f64> {
    let zero = Complex::new(0.0, 0.0);
    let (value, slope) = c
        .iter()
        .rev()
        .fold((zero, zero), |(value, slope), c| (value * z[i] + c, slope * z[i] + value));
    let others = z.iter().enumerate().filter(|(j, _)| *j != i);
    let pull: Complex<f64> = others.map(|(_, w)| (z[i] - w).inv()).sum();
    let newton = value / slope;
    newton / (Complex::new(1.0, 0.0) - newton * pull)
}
