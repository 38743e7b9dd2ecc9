//! A hidden layer that moves, and the gates that flip at one point.

use super::descent_steps::{Size, across, unit_points};
use super::prelude::*;

/// Units before and after a move, seen at a point.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flips {
    /// The radius of a ball that the move stays in.
    pub radius: Rational,
    /// The point.
    pub point: Vec<Rational>,
    /// The output signs of the units, `true` for `+1`.
    pub plus: Vec<bool>,
    /// The weights before, shape `[m, d]`.
    pub start: Vec<Vec<Rational>>,
    /// The weights after.
    pub moved: Vec<Vec<Rational>>,
}

impl Flips {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (m, d) = (self.start.len(), self.point.len());
        if m == 0 || self.plus.len() != m || self.moved.len() != m {
            return Err("there must be one unit at least, with a sign, before and after".to_owned());
        }
        if self.start.iter().chain(&self.moved).any(|w| w.len() != d) {
            return Err(format!("a unit does not read the {d} coordinates of the point"));
        }
        require!(self.radius.is_positive(), "the radius is {}; it must be positive", self.radius)
    }

    /// What `f(W) - <grad f(W_0), W>` is at the point, times the root of the width: each flipped
    /// gate contributes the size of its new pre-activation, with the sign of its output.
    pub fn error(&self) -> Rational {
        let unit = |s: usize| {
            let (before, after) =
                (dot(&self.start[s], &self.point), dot(&self.moved[s], &self.point));
            let gated = if before.is_positive() { after.clone() } else { Rational::ZERO };
            let gain = after.max(Rational::ZERO) - gated;
            if self.plus[s] { gain } else { -gain }
        };
        (0..self.start.len()).map(unit).sum()
    }

    /// The sizes of the pre-activations before the move of the units with output `+1`, increasing.
    pub fn distances(&self) -> Vec<Rational> {
        let units = self.start.iter().zip(&self.plus).filter(|(_, plus)| **plus);
        let mut sizes: Vec<_> = units.map(|(w, _)| dot(w, &self.point).abs()).collect();
        sizes.sort();
        sizes
    }

    /// The squared lengths of the moves, unit by unit.
    pub fn squared_moves(&self) -> Vec<Rational> {
        let rows = self.start.iter().zip(&self.moved);
        rows.map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a - b).pow(2)).sum()).collect()
    }

    /// Whether the point has norm at most 1.
    pub fn is_in_unit_ball(&self) -> bool {
        dot(&self.point, &self.point) <= Rational::ONE
    }
}

/// Which balls the moves stay in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ball {
    /// One ball for the layer.
    Layer,
    /// One ball for each unit.
    Rows,
    /// None: moves are four times as long.
    None,
}

/// Layers of this size, close to zero at a point of norm at most 1, or at most 2 if `long`.
/// In half of them the units nearest to zero, a square number of them, move along the point and
/// share the radius evenly: there the error is largest. In the others each unit moves anywhere.
pub fn flips(ball: Ball, long: bool, size: Size) -> BoxedStrategy<Flips> {
    let radius = prop_oneof![numbers::fraction(16, 8), numbers::fraction(64, 8)];
    (size.widths(), unit_points(size.inputs), radius, any::<bool>())
        .prop_flat_map(|((q, m), point, radius, even)| {
            let places = vec(numbers::fraction(6, 16), m);
            let moves = vec((numbers::fraction(8, 8), numbers::fraction(4, 8)), m);
            let plus = vec(prop_oneof![3 => Just(true), 1 => Just(false)], m);
            (Just((q, point, radius, even)), 1..=q, places, moves, plus)
        })
        .prop_map(move |((q, point, radius, even), movers, places, moves, plus)| {
            let radius = radius.abs().max(Rational::new(1, 8));
            let root = if ball == Ball::Rows {
                1
            } else if even {
                movers
            } else {
                q
            };
            let share = &radius / Rational::from(root);
            let mut nearest: Vec<usize> = (0..places.len()).filter(|&s| plus[s]).collect();
            nearest.sort_by_key(|&s| places[s].abs());
            if ball != Ball::Rows {
                nearest.truncate(root * root);
            }
            let across = across(&point);
            let (mut start, mut moved) = (Vec::new(), Vec::new());
            for (s, (place, (along, side))) in places.iter().zip(moves).enumerate() {
                let towards = Rational::from(if place.is_positive() { -1 } else { 1 });
                // Either exactly the share, towards zero, or less than it in any direction.
                let (along, side) = match even {
                    true if nearest.contains(&s) => (towards * &share, Rational::ZERO),
                    true => (Rational::ZERO, Rational::ZERO),
                    false => (along * &share / Rational::integer(2), side * &share),
                };
                let at = |place: &Rational, side: &Rational| -> Vec<Rational> {
                    point.iter().zip(&across).map(|(x, y)| x * place + y * side).collect()
                };
                let length = Rational::from(if ball == Ball::None { 4 } else { 1 });
                start.push(at(place, &Rational::ZERO));
                moved.push(at(&(place + along * &length), &side));
            }
            let stretch = Rational::from(if long { 2 } else { 1 });
            let point = point.into_iter().map(|x| x * &stretch).collect();
            Flips { radius, point, plus, start, moved }
        })
        .boxed()
}
