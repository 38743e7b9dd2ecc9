//! The universality theorem as an algorithm: from a function to a sum of ridge functions to a
//! convolutional network of least depth.
//!
//! The function is evaluated in floats, so the distance of the network from it is not proved here.
//! A certified bound follows with `crease::approximate`. The sum that the network computes is
//! exact.

use super::fit::{Fit, FitError, Ramp, propose};
use super::ridge_sum::RidgeSum;
use super::ridge_sum_network::{Realized, too_short};
use crate::analysis::on_grid;
use crate::approximate::list;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::net::{Form, InputBox};

/// A network proposed for a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Universal {
    /// The sum that was fitted, in short numbers.
    pub sum: RidgeSum,
    /// The network, and what it computes.
    pub realized: Realized,
}

/// The most inputs. With more, there are too many directions, and a fit sees too little of the box.
pub const MAX_INPUTS: usize = 6;

/// A network with filters of length `s` that seems to be within `error` of the function on the box.
///
/// Four fifths of the error are for the fit, a hundredth for the rounding of coefficients and a
/// hundredth for that of filters; what is left keeps a certified bound affordable. Errors: an
/// argument out of range, a value that is not finite, no sum near enough, or none with a network.
pub fn universal(
    function: &dyn Fn(&[f64]) -> f64,
    range: &InputBox,
    s: usize,
    error: &Rational,
) -> Result<Universal, String> {
    refuse_if!(!error.is_positive(), "the error must be positive, found {error}");
    refuse_if!(s < 2, "{}", too_short(s));
    let found = range.lo().len();
    refuse_if!(
        !(1..=MAX_INPUTS).contains(&found),
        "{found} inputs, a fit is tried for 1 to {MAX_INPUTS}"
    );
    let ends = range.lo().iter().zip(range.hi());
    if let Some((side, (end, _))) = ends.clone().enumerate().find(|(_, (lo, hi))| lo == hi) {
        return Err(format!("side {side} of the box goes from {end} to {end}: expected LO < HI"));
    }
    let sides: Vec<_> = ends.map(|(lo, hi)| [nearest(lo), nearest(hi)]).collect();
    let goal = error * Rational::new(4, 5);
    let exact = |x: &f64| dyadic(*x).unwrap_or_default();
    let fit = propose(function, &sides, nearest(&goal)).map_err(|cause| match cause {
        FitError::NotFinite(point) => {
            let point: Vec<_> = point.iter().map(exact).collect();
            format!("the function has no finite value near ({})", list(&point))
        }
        FitError::OutOfReach(least) => {
            let least = (exact(&least) * Rational::integer(1000)).ceil() / Rational::integer(1000);
            format!("no sum of ridge functions within {error} was found, only about {least}")
        }
    })?;
    let slack = error / Rational::integer(100);
    let sum = rounded(&fit, range, &slack);
    let realized = sum.realize(s, range, &slack)?;
    Ok(Universal { sum, realized })
}

/// The fit with dyadic coefficients, on the box within `slack` of itself.
fn rounded(fit: &Fit, range: &InputBox, slack: &Rational) -> RidgeSum {
    let form = |ramp: &Ramp| {
        let coefficients = ramp.direction.iter().map(|a| Rational::integer(*a)).collect();
        Form { coefficients, constant: Rational::ZERO }
    };
    let spans = fit.ramps.iter().map(|(ramp, _)| {
        let (least, greatest) = range.bounds(&form(ramp));
        greatest - least
    });
    let sizes = range.lo().iter().zip(range.hi()).map(|(lo, hi)| lo.abs().max(hi.abs()));
    let reach: Rational = spans.chain(sizes).sum::<Rational>() + Rational::ONE;
    let places = (reach / slack).ceil().bits() as u32;
    let short = |x: f64| on_grid(&dyadic(x).unwrap_or_default(), places);
    let mut sum = RidgeSum::constant(range.lo().len(), short(fit.affine[0]));
    sum.slope = fit.affine[1..].iter().map(|a| short(*a)).collect();
    for (ramp, coefficient) in &fit.ramps {
        let form = form(ramp);
        let (least, greatest) = range.bounds(&form);
        let share = Rational::new(ramp.step, ramp.steps);
        sum.knots.push(&least + (greatest - &least) * share);
        sum.directions.push(form.coefficients);
        sum.coefficients.push(short(*coefficient));
    }
    sum
}
