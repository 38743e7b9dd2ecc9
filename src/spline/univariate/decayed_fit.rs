//! Interpolants of least cost where biases decay: an enclosure of the cost, proved from both sides.

use super::data::Data;
use super::decayed::{decayed_cost, is_under_hyperbola};
use super::decayed_proposal::{Proposal, propose};
use super::interpolation::{Interpolation, Knots};
use super::total::total;
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::exact::float::{dyadic, nearest};
use crate::spline::size::size;

/// An interpolant, and how little any can cost where a jump at `t` costs `sqrt(1 + t^2)` times its
/// size.
#[derive(Clone, Debug)]
pub struct DecayedFit {
    /// The interpolant.
    pub fit: Knots,
    /// The values at the points of a dual function that is linear between them, 0 at both ends, and
    /// at most `sqrt(1 + t^2)` in size.
    pub dual: Vec<Rational>,
    /// From what the dual function proves to what the interpolant costs.
    pub value: Enclosure,
}

/// A fit of least cost with decayed biases and a free affine part. `None` once `stop` says so.
///
/// Doubles propose where its knots are and the dual function; the fit is then built exactly, and
/// the dual function shrunk until it is one. Where doubles propose nothing of use the fit is the
/// chords, and the enclosure is wide. Law: both bounds hold. Cost: linear for each stage of the
/// proposal. Source: Boursier and Flammarion.
pub fn decayed_fit(data: &Data, stop: &dyn Fn() -> bool) -> Option<DecayedFit> {
    let problem = Interpolation::new(data);
    let unit = size(problem.slopes());
    let x: Vec<f64> = data.x().iter().map(nearest).collect();
    let chords: Vec<f64> = problem.slopes().iter().map(|slope| nearest(&(slope / &unit))).collect();
    let proposal = propose(&x, &chords, stop)?;
    let cost = |knots: &Knots| decayed_cost(&knots.function());
    let fit = problem.chords();
    let (mut fit, mut value) = (fit.clone(), cost(&fit));
    let proposed = knots(&problem, &proposal, &unit);
    if let Some(other) = proposed.filter(|f| problem.is_interpolated_by(&f.function())) {
        let other_value = cost(&other);
        // As long as it costs less by more than rounding.
        let most = value.hi() * (Rational::ONE - Rational::integer(2).pow(-40));
        if *other_value.hi() < most {
            (fit, value) = (other, other_value);
        }
    }
    let dual = feasible(data, &proposal.eta);
    let jumps = problem.slopes().windows(2).map(|pair| &pair[1] - &pair[0]);
    let worth = total(jumps.zip(dual.iter().skip(1)).map(|(jump, eta)| jump * eta));
    let upper = value.hi().clone();
    let lower = worth.lo().clone().max(Rational::ZERO).min(upper.clone());
    Some(DecayedFit { fit, dual, value: Enclosure::new(lower, upper) })
}

/// The proposed dual function, shrunk as little as it takes.
fn feasible(data: &Data, eta: &[f64]) -> Vec<Rational> {
    let none = || vec![Rational::ZERO; data.len()];
    let exact: Option<Vec<Rational>> = eta.iter().map(|eta| dyadic(*eta)).collect();
    let Some(exact) = exact else { return none() };
    for bits in (1..=50).rev().step_by(3) {
        let factor = Rational::ONE - Rational::integer(2).pow(-bits);
        let dual: Vec<Rational> = exact.iter().map(|eta| eta * &factor).collect();
        let function = Data::new(data.x().to_vec(), dual.clone());
        if function.is_ok_and(|function| is_under_hyperbola(&function)) {
            return dual;
        }
    }
    none()
}

/// The slope before and after a point, as far as they are known.
type Slopes = [Option<Rational>; 2];

/// The interpolant with knots where they are proposed.
///
/// A slope is that of a chord on a gap without a knot; it stays the same at a point without a knot;
/// and where a gap has a knot, lines through both ends meet. A slope that is still open is a
/// rounded one. `None` where that leads to no function.
fn knots(problem: &Interpolation<'_>, proposal: &Proposal, unit: &Rational) -> Option<Knots> {
    let (x, y) = (problem.data().x(), problem.data().y());
    let mut slopes: Vec<Slopes> = vec![[None, None]; x.len()];
    for (gap, chord) in problem.slopes().iter().enumerate() {
        if proposal.inside[gap].is_none() {
            slopes[gap][1] = Some(chord.clone());
            slopes[gap + 1][0] = Some(chord.clone());
        }
    }
    while over_points(&mut slopes, proposal)
        || over_gaps(&mut slopes, problem, proposal)?
        || open(&mut slopes, proposal, unit)?
    {}
    let (mut at, mut after) = (Vec::new(), Vec::new());
    for i in 0..x.len() {
        let [Some(before), Some(next)] = &slopes[i] else { return None };
        if before != next {
            at.push(x[i].clone());
            after.push(next.clone());
        }
        let Some([Some(beyond), _]) = slopes.get(i + 1) else { continue };
        if next != beyond {
            let turn = &y[i + 1] - &y[i] + next * &x[i] - beyond * &x[i + 1];
            let t = turn / (next - beyond);
            if t <= x[i] || t >= x[i + 1] {
                return None;
            }
            at.push(t);
            after.push(beyond.clone());
        }
    }
    let first = slopes[0][0].clone()?;
    let slopes = [first].into_iter().chain(after).collect();
    Some(Knots { at, slopes, through: (x[0].clone(), y[0].clone()) })
}

/// Carries slopes over the points without a knot; whether any was new.
fn over_points(slopes: &mut [Slopes], proposal: &Proposal) -> bool {
    let mut is_new = false;
    for (slopes, _) in slopes.iter_mut().zip(&proposal.at_points).filter(|(_, jump)| **jump == 0.0)
    {
        if let [Some(one), None] | [None, Some(one)] = slopes {
            *slopes = [Some(one.clone()), Some(one.clone())];
            is_new = true;
        }
    }
    is_new
}

/// Carries the first slope that it can over a gap with a knot; whether there is one. `None` where
/// doubles are no numbers.
fn over_gaps(
    slopes: &mut [Slopes],
    problem: &Interpolation<'_>,
    proposal: &Proposal,
) -> Option<bool> {
    let x = problem.data().x();
    for (i, place) in proposal.inside.iter().enumerate() {
        let Some(place) = place else { continue };
        let place = dyadic(*place)?;
        let (known, is_right) = match (&slopes[i][1], &slopes[i + 1][0]) {
            (Some(known), None) => (known, false),
            (None, Some(known)) => (known, true),
            _ => continue,
        };
        let mut parts = [&place - &x[i], &x[i + 1] - &place];
        if is_right {
            parts.reverse();
        }
        let rise = &problem.slopes()[i] * (&x[i + 1] - &x[i]);
        let other = dyadic(nearest(&((rise - known * &parts[0]) / &parts[1])))?;
        let open = if is_right { &mut slopes[i][1] } else { &mut slopes[i + 1][0] };
        *open = Some(other);
        return Some(true);
    }
    Some(false)
}

/// The first slope beside a knot at a point that follows from the jump there; whether there is one.
fn open(slopes: &mut [Slopes], proposal: &Proposal, unit: &Rational) -> Option<bool> {
    for (slopes, jump) in slopes.iter_mut().zip(&proposal.at_points) {
        let jump = dyadic(*jump)? * unit;
        *slopes = match slopes {
            [Some(before), None] => [Some(before.clone()), Some(&*before + jump)],
            [None, Some(next)] => [Some(&*next - jump), Some(next.clone())],
            _ => continue,
        };
        return Some(true);
    }
    Some(false)
}
