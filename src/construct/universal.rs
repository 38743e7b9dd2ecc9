//! The universality theorem as an algorithm: from a function to a sum of ridge functions to a
//! convolutional network of least depth.
//!
//! The function is evaluated in floats, so the distance of the network from it is not proved here.
//! A certified bound follows with `crease::approximate`. The sum that the network computes is
//! exact.

use super::fit::{Fit, FitError, Ramp, propose};
use super::ridge_sum::RidgeSum;
use super::ridge_sum_network::{RealizeError, Realized};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::net::InputBox;

/// A network proposed for a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Universal {
    /// The sum that was fitted, in short numbers.
    pub sum: RidgeSum,
    /// The network, and what it computes.
    pub realized: Realized,
}

/// Why there is no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum UniversalError {
    /// The error is not positive.
    #[error("the error must be positive, found {0}")]
    Error(Rational),
    /// A side of the box is a single point, or there is none.
    #[error("side {side} of the box goes from {end} to {end}: expected LO < HI")]
    Flat { side: usize, end: Rational },
    /// More inputs than a fit is tried for.
    #[error("{found} inputs, a fit is tried for 1 to {limit}")]
    Inputs { found: usize, limit: usize },
    /// The function has no finite value there.
    #[error("the function has no finite value near ({})", list(.0))]
    NotFinite(Vec<Rational>),
    /// No sum of a supported size was near enough.
    #[error("no sum of ridge functions within {goal} was found, only about {least}")]
    OutOfReach { goal: Rational, least: Rational },
    /// The sum has no network.
    #[error(transparent)]
    Realize(#[from] RealizeError),
}

/// The most inputs. With more, there are too many directions, and a fit sees too little of the box.
pub const MAX_INPUTS: usize = 6;

/// A network with filters of length `s` that seems to be within `error` of the function on the box.
///
/// Four fifths of the error are for the fit, a hundredth for the rounding of coefficients and a
/// hundredth for that of filters; what is left keeps a certified bound affordable. Errors: every
/// variant of [`UniversalError`].
pub fn universal(
    function: &dyn Fn(&[f64]) -> f64,
    range: &InputBox,
    s: usize,
    error: &Rational,
) -> Result<Universal, UniversalError> {
    if !error.is_positive() {
        return Err(UniversalError::Error(error.clone()));
    }
    if s < 2 {
        return Err(RealizeError::Length(s).into());
    }
    let found = range.lo().len();
    if !(1..=MAX_INPUTS).contains(&found) {
        return Err(UniversalError::Inputs { found, limit: MAX_INPUTS });
    }
    let ends = range.lo().iter().zip(range.hi());
    if let Some((side, (end, _))) = ends.clone().enumerate().find(|(_, (lo, hi))| lo == hi) {
        return Err(UniversalError::Flat { side, end: end.clone() });
    }
    let sides: Vec<_> = ends.map(|(lo, hi)| [nearest(lo), nearest(hi)]).collect();
    let goal = error * Rational::new(4, 5);
    let exact = |x: &f64| dyadic(*x).unwrap_or_default();
    let fit = propose(function, &sides, nearest(&goal)).map_err(|cause| match cause {
        FitError::NotFinite(point) => UniversalError::NotFinite(point.iter().map(exact).collect()),
        FitError::OutOfReach(least) => {
            let least = (exact(&least) * Rational::integer(1000)).ceil() / Rational::integer(1000);
            UniversalError::OutOfReach { goal: error.clone(), least }
        }
    })?;
    let slack = error / Rational::integer(100);
    let sum = rounded(&fit, range, &slack);
    let realized = sum.realize(s, range, &slack)?;
    Ok(Universal { sum, realized })
}

/// The fit with dyadic coefficients, on the box within `slack` of itself.
fn rounded(fit: &Fit, range: &InputBox, slack: &Rational) -> RidgeSum {
    let spans = fit.ramps.iter().map(|(ramp, _)| {
        let (least, greatest) = ends(ramp, range);
        greatest - least
    });
    let sizes = range.lo().iter().zip(range.hi()).map(|(lo, hi)| lo.abs().max(hi.abs()));
    let reach: Rational = spans.chain(sizes).sum::<Rational>() + Rational::ONE;
    let unit = Rational::integer(2).pow((reach / slack).ceil().bits() as i32);
    let short = |x: f64| {
        let x = dyadic(x).unwrap_or_default() * &unit + Rational::new(1, 2);
        x.floor() / &unit
    };
    let mut sum = RidgeSum::constant(range.lo().len(), short(fit.affine[0]));
    sum.slope = fit.affine[1..].iter().map(|a| short(*a)).collect();
    for (ramp, coefficient) in &fit.ramps {
        let (least, greatest) = ends(ramp, range);
        let share = Rational::new(ramp.step, ramp.steps);
        sum.knots.push(&least + (greatest - &least) * share);
        sum.directions.push(ramp.direction.iter().map(|a| Rational::integer(*a)).collect());
        sum.coefficients.push(short(*coefficient));
    }
    sum
}

/// The least and the greatest value of the form on the box.
fn ends(ramp: &Ramp, range: &InputBox) -> (Rational, Rational) {
    let mut ends = (Rational::ZERO, Rational::ZERO);
    for (a, (lo, hi)) in ramp.direction.iter().zip(range.lo().iter().zip(range.hi())) {
        let a = Rational::integer(*a);
        let (lo, hi) = if a.is_negative() { (hi, lo) } else { (lo, hi) };
        ends.0 += &a * lo;
        ends.1 += a * hi;
    }
    ends
}

fn list(point: &[Rational]) -> String {
    point.iter().map(Rational::to_string).collect::<Vec<_>>().join(", ")
}
