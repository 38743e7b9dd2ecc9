//! Fits of one input without a skip connection as answers of this module, so that its certificates
//! prove them.

use super::cost::{Cost, Norm};
use super::data::Data;
use super::fit::{Fit, Question, Skip};
use super::network::{Ridges, Unit};
use crate::exact::Rational;
use crate::spline::univariate::{Interpolation, Knots};

/// The question that an interpolant of one input without a skip connection answers, and the answer:
/// units that cost the least, and multipliers that prove it.
///
/// The dual function is piecewise linear, `sign a_i` at inner points and 0 at both ends; or where
/// the slopes at the ends cost more, with `S` the sign of their sum, `(sign a_i + S) / 2`, and `S`
/// up to the first point. Law: `fit` costs `least`. Cost: linear.
pub fn unskipped(problem: &Interpolation<'_>, fit: &Knots, least: &Rational) -> (Question, Fit) {
    let data = problem.data();
    let points = data.x().iter().map(|x| vec![x.clone()]).collect();
    let points = Data::new(points, data.y().to_vec()).expect("a point has a value");
    let question = Question { data: points, norm: Norm::L1, penalty: None, skip: Skip::None };
    let (network, dual) = (units(fit), multipliers(problem));
    (question, Fit { value: Cost::point(least.clone()), network, unique: None, dual })
}

/// The jumps shared out between units that face right and left, none of another sign than its
/// jump: those that face right add up to the last slope, the others to the first one.
fn units(fit: &Knots) -> Ridges {
    let mut network = Ridges::zero(1, 1);
    let falls: Rational = fit.jumps().filter(Rational::is_negative).sum();
    let mut rising = &fit.slopes[fit.slopes.len() - 1] - falls;
    for (t, jump) in fit.at.iter().zip(fit.jumps()) {
        // A negative jump faces right unless its share is taken back.
        let share = jump.abs().min(rising.clone());
        rising -= &share;
        let right = if jump.is_negative() { &jump + &share } else { share };
        let left = &jump - &right;
        for (outer, side) in [(right, Rational::ONE), (left, -Rational::ONE)] {
            if !outer.is_zero() {
                let threshold = t * &side;
                network.units.push(Unit { weights: vec![side], threshold, outer: vec![outer] });
            }
        }
    }
    let (x, y) = &fit.through;
    network.constant = vec![y - &network.eval(std::slice::from_ref(x))[0]];
    network
}

/// The jumps of the slope of the dual function.
fn multipliers(problem: &Interpolation<'_>) -> Vec<Rational> {
    let (x, slopes) = (problem.data().x(), problem.slopes());
    let ends: Rational = slopes.first().into_iter().chain(slopes.last()).sum();
    let signs = problem.signs().iter().map(|sign| Rational::from(*sign));
    let mut eta: Vec<Rational> = signs.collect();
    if ends.abs() > problem.least_exactly() {
        let (side, half) = (Rational::from(ends.signum()), Rational::new(1, 2));
        let last = eta.len() - 1;
        eta[..last].iter_mut().for_each(|eta| *eta = (&*eta + &side) * &half);
        eta[0] = side;
    }
    let mut z = Vec::with_capacity(x.len());
    let mut before = Rational::ZERO;
    for (x, eta) in x.windows(2).zip(eta.windows(2)) {
        let slope = (&eta[1] - &eta[0]) / (&x[1] - &x[0]);
        z.push(&slope - before);
        before = slope;
    }
    z.push(-before);
    z
}
