//! A proved enclosure of the least objective from any values and any feasible dual.

use super::{Data, Penalised};
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::spline::univariate::total;

/// With `g = D^T u` and `r_i = w_i (y_i - z_i)` the objectives of `z` and `u` differ by
/// `sum (lambda |a_i| - u_i a_i) + (1/2) sum (g_i - r_i)^2 / w_i`, two sums of nonnegative terms.
pub(super) fn enclosure(problem: &Penalised, values: &[Rational], dual: &[Rational]) -> Enclosure {
    let half = Rational::new(1, 2);
    let x = problem.data.x();
    let fitted = Data::new(x.to_vec(), values.to_vec()).expect("the abscissae are those of data");
    let slopes = fitted.slopes();
    let jumps: Vec<Rational> = slopes.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
    let cost = total(jumps.iter().map(Rational::abs)).scale(&problem.lambda);
    let above = total(problem.losses(values)).scale(&half).sum(&cost);
    let slack = jumps.iter().zip(&dual[1..]).filter(|(jump, _)| !jump.is_zero());
    let slack = total(slack.map(|(jump, u)| &problem.lambda * jump.abs() - u * jump));
    let adjoint = problem.adjoint(dual);
    let misses = problem.data.y().iter().zip(values).zip(&problem.weights).zip(&adjoint);
    let misses = total(misses.map(|(((y, z), w), g)| {
        let miss = g - w * (y - z);
        &miss * &miss / w
    }));
    let gap = slack.sum(&misses.scale(&half));
    Enclosure::new(above.lo() - gap.hi(), above.hi().clone())
}
