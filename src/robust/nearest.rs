//! The point of a polyhedron that is nearest to a given one, exactly.

use super::domain::Norm;
use crate::engines::lp::{Optimum, System};
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};

/// An affine form that is at least 0 on one side: rates, constant.
pub type Side = (Vec<Rational>, Rational);

/// The foot of the perpendicular from a point on a polyhedron, or why it has no point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foot {
    /// The foot is `center + sum of multiplier * rates`, with multipliers that are not negative,
    /// one a side, and 0 where the form is not 0 at the foot.
    Point(Vec<Rational>, Vec<Rational>),
    /// Multipliers, not negative, whose sum of sides is a negative constant.
    Empty(Vec<Rational>),
}

/// The distance of a point from the polyhedron of all points where no side is negative, for l2 its
/// square; `None` if that is empty.
///
/// Cost: a linear program, or for l2 [`foot`]. Panics if lengths differ.
pub fn nearest(sides: &[Side], center: &[Rational], norm: Norm) -> Option<Rational> {
    nearest_point(sides, center, norm).map(|point| norm.distance(&point, center))
}

/// The point itself, or one of them.
pub(super) fn nearest_point(
    sides: &[Side],
    center: &[Rational],
    norm: Norm,
) -> Option<Vec<Rational>> {
    if norm == Norm::L2 {
        return match foot(sides, center) {
            Foot::Point(point, _) => Some(point),
            Foot::Empty(_) => None,
        };
    }
    // The changes of entries are bounded by one number, or each by its own.
    let inputs = center.len();
    let bounds = if norm == Norm::Linf { 1 } else { inputs };
    let mut system = System::new(inputs + bounds);
    for (rates, constant) in sides {
        let mut normal: Vec<Rational> = rates.iter().map(|x| -x).collect();
        normal.resize(inputs + bounds, Rational::ZERO);
        system.at_most(normal, constant.clone());
    }
    for i in 0..inputs {
        for sign in [1, -1].map(Rational::integer) {
            let mut normal = vec![Rational::ZERO; inputs + bounds];
            normal[inputs + i % bounds] = -Rational::ONE;
            let center = &center[i] * &sign;
            normal[i] = sign;
            system.at_most(normal, center);
        }
    }
    let mut goal = vec![Rational::ZERO; inputs];
    goal.resize(inputs + bounds, -Rational::ONE);
    match system.maximize(&goal) {
        Optimum::Attained { mut point, .. } => {
            point.truncate(inputs);
            Some(point)
        }
        Optimum::Infeasible { .. } => None,
        Optimum::Unbounded { .. } => unreachable!("distances are not negative"),
    }
}

/// The foot of the perpendicular, by the dual method of active sets: sides are met one after the
/// other, and each time the foot on those that are tight moves farther from the centre.
///
/// Cost: a linear system of as many rows as sides are tight for each step; steps are finite, since
/// no set of tight sides comes back. Source: Goldfarb and Idnani 1983. Panics if lengths differ.
pub fn foot(sides: &[Side], center: &[Rational]) -> Foot {
    let mut point = center.to_vec();
    let mut multipliers = vec![Rational::ZERO; sides.len()];
    let mut tight: Vec<usize> = Vec::new();
    let value = |side: usize, x: &[Rational]| dot(&sides[side].0, x) + &sides[side].1;
    while let Some(next) = (0..sides.len()).find(|side| value(*side, &point).is_negative()) {
        loop {
            let rates = &sides[next].0;
            let gram = |a: usize| tight.iter().map(|b| dot(&sides[a].0, &sides[*b].0)).collect();
            let left: Vec<Vec<Rational>> = tight.iter().map(|a| gram(*a)).collect();
            let right: Vec<Rational> = tight.iter().map(|a| dot(&sides[*a].0, rates)).collect();
            let shares = match tight.is_empty() {
                true => Vec::new(),
                false => {
                    Matrix::from_rows(left).solve(&right).expect("tight sides are independent")
                }
            };
            // The side's rates without what the tight ones make of them.
            let mut along = rates.clone();
            for (side, share) in tight.iter().zip(&shares) {
                along.iter_mut().zip(&sides[*side].0).for_each(|(x, a)| *x -= share * a);
            }
            let gain = dot(&along, rates);
            let full = (!gain.is_zero()).then(|| -value(next, &point) / &gain);
            let dropped = tight
                .iter()
                .zip(&shares)
                .enumerate()
                .filter(|(_, (_, share))| share.is_positive())
                .map(|(place, (side, share))| (&multipliers[*side] / share, place))
                .min();
            let is_full = match (&full, &dropped) {
                (None, None) => {
                    let mut proof = vec![Rational::ZERO; sides.len()];
                    proof[next] = Rational::ONE;
                    for (side, share) in tight.iter().zip(shares) {
                        proof[*side] = -share;
                    }
                    return Foot::Empty(proof);
                }
                (Some(full), Some((first, _))) => full <= first,
                (full, _) => full.is_some(),
            };
            let (step, place) = match dropped {
                Some((first, place)) if !is_full => (first, Some(place)),
                _ => (full.expect("one of two"), None),
            };
            point.iter_mut().zip(&along).for_each(|(x, a)| *x += &step * a);
            multipliers[next] += &step;
            for (side, share) in tight.iter().zip(&shares) {
                multipliers[*side] -= &step * share;
            }
            match place {
                Some(place) => {
                    multipliers[tight.remove(place)] = Rational::ZERO;
                }
                None => {
                    tight.push(next);
                    break;
                }
            }
        }
    }
    Foot::Point(point, multipliers)
}
