//! Doubles propose a face, the values at its nodes and a dual. Nothing here decides anything.

use super::active_set::{Face, Problem, Scalar, scalar};
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::spline::size::size;

scalar!(f64);

/// How far above the limit a dual value of doubles counts as at the limit.
const SLACK: f64 = 1e-12;

/// A face, the values at its nodes, and a dual that is feasible. `None` once `stop` says so.
///
/// The data are freed of the chord between the ends and brought to size one before they are
/// rounded, so that neither an offset nor a unit costs digits.
pub(super) fn propose(
    problem: &Problem<Rational>,
    stop: &dyn Fn() -> bool,
) -> Option<(Face, Vec<Rational>, Vec<Rational>)> {
    let count = problem.y.len();
    let chord = chord(problem);
    let rest: Vec<Rational> = problem.y.iter().zip(&chord).map(|(y, line)| y - line).collect();
    let (y_unit, x_unit) = (size(&rest), size(&problem.gaps));
    let price = &y_unit * &x_unit;
    let scaled = |numbers: &[Rational], unit: &Rational| -> Vec<f64> {
        numbers.iter().map(|number| nearest(&(number / unit))).collect()
    };
    let rounded = Problem {
        gaps: scaled(&problem.gaps, &x_unit),
        y: scaled(&rest, &y_unit),
        weights: problem.weights.iter().map(nearest).collect(),
        lambda: nearest(&(&problem.lambda / &price)),
    };
    let slack = rounded.lambda * SLACK;
    let (face, nodes) = rounded.optimum(Face::default(), &slack, stop)?;
    let dual = rounded.dual(&face, &rounded.values(&face, &nodes));
    let exact = |numbers: &[f64], unit: &Rational| -> Option<Vec<Rational>> {
        numbers.iter().map(|number| dyadic(*number).map(|number| number * unit)).collect()
    };
    let (Some(mut nodes), Some(mut dual)) = (exact(&nodes, &y_unit), exact(&dual, &price)) else {
        // Beyond doubles. The chord and the dual 0 are feasible.
        let ends = [0, count - 1].map(|i| problem.y[i].clone());
        let nodes = ends[..count.min(2)].to_vec();
        return Some((Face::default(), nodes, vec![Rational::ZERO; count]));
    };
    for (node, i) in nodes.iter_mut().zip(problem.ends(&face)) {
        *node += &chord[i];
    }
    let least = -&problem.lambda;
    dual.iter_mut().for_each(|u| *u = u.clone().clamp(least.clone(), problem.lambda.clone()));
    for (i, sign) in &face.knots {
        dual[*i] = &problem.lambda * Rational::from(*sign);
    }
    Some((face, nodes, dual))
}

/// The line through the first and the last point, at each point.
fn chord(problem: &Problem<Rational>) -> Vec<Rational> {
    let (first, last) = (&problem.y[0], &problem.y[problem.y.len() - 1]);
    let length: Rational = problem.gaps.iter().sum();
    if length.is_zero() {
        return problem.y.clone();
    }
    let slope = (last - first) / length;
    let mut line = vec![first.clone()];
    for gap in &problem.gaps {
        let next = &line[line.len() - 1] + &slope * gap;
        line.push(next);
    }
    line
}
