//! As few ReLU units as possible that label points of a line.

use super::shallow::{Shallow, Unit};
use crate::exact::Rational;

/// The least number of units with which a network of one input, one hidden layer and no skip
/// connection changes its sign so often.
pub fn units_for(changes: usize) -> usize {
    if changes < 4 { changes } else { changes - 1 }
}

/// The most changes of sign of a network of one input, one hidden layer of `units` and no skip
/// connection. Law: `units_for(changes) <= units` exactly when `changes <= most_changes(units)`.
pub fn most_changes(units: usize) -> usize {
    if units < 3 { units } else { units + 1 }
}

/// Which unit of a network with [`units_for`] four changes or more reads the line backwards.
pub const BACKWARDS: usize = 2;

/// A network with one input that is positive exactly at those of the points that are to be, with
/// [`units_for`] units for so many changes of the label from point to point.
///
/// Where four changes or more are wanted, the first slope is twice as steep as the others: minus
/// the jump of the one unit that is on to its left.
/// Panics unless there is a point, the points increase, and there are as many labels.
pub fn labelled(points: &[Rational], positive: &[bool]) -> Shallow {
    assert_eq!(points.len(), positive.len(), "a label a point");
    assert!(points.windows(2).all(|pair| pair[0] < pair[1]), "the points increase");
    let half = Rational::new(1, 2);
    let changes = (1..points.len()).filter(|&i| positive[i] != positive[i - 1]);
    let zeros: Vec<_> = changes.map(|i| (&points[i - 1] + &points[i]) * &half).collect();
    let start = if positive[0] { Rational::ONE } else { -Rational::ONE };
    let mut network = Shallow { bits: 1, constant: Rational::ZERO, units: Vec::new() };
    let Some(first) = zeros.first() else {
        network.constant = start;
        return network;
    };
    let is_steep = zeros.len() >= 4;
    let mut before = -&start;
    if is_steep {
        before *= Rational::from(2);
    } else {
        network.units.push(unit(&(first - Rational::ONE), false, before.clone()));
    }
    for (i, pair) in zeros.windows(2).enumerate() {
        let slope = if before.is_positive() { -Rational::ONE } else { Rational::ONE };
        // Both lines vanish at their zeros and agree at the kink.
        let at = (&before * &pair[0] - &slope * &pair[1]) / (&before - &slope);
        network.units.push(unit(&at, is_steep && i == BACKWARDS, &slope - &before));
        before = slope;
    }
    network.constant = -network.value(std::slice::from_ref(first));
    network
}

/// `outer relu(x - at)`, or `outer relu(at - x)`.
fn unit(at: &Rational, is_backwards: bool, outer: Rational) -> Unit {
    let sign = if is_backwards { -Rational::ONE } else { Rational::ONE };
    Unit { bias: -(&sign * at), weights: vec![sign], outer }
}
