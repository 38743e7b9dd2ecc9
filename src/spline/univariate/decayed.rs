//! Decayed biases: a jump at `t` costs `sqrt(1 + t^2)` times its size.

use super::data::Data;
use crate::analysis::enclosure::{Enclosure, sqrt};
use crate::exact::Rational;
use crate::net::Activation;

/// Bits after the point of an enclosed square root.
const ROOT_BITS: u32 = 120;

/// A tangent of the hyperbola `sqrt(1 + t^2)` by its half angle `h`, between -1 and 1: the point
/// where it touches, the height there and the slope are rational.
///
/// Law: the tangents at `h` and `k` meet at `(h + k) / (1 - h k)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tangent {
    /// Where it touches: `2h / (1 - h^2)`.
    pub place: Rational,
    /// The hyperbola there: `(1 + h^2) / (1 - h^2)`.
    pub height: Rational,
    /// `2h / (1 + h^2)`.
    pub slope: Rational,
}

impl Tangent {
    /// The tangent of this half angle. Panics unless `-1 < h < 1`.
    pub fn new(h: &Rational) -> Self {
        assert!(h.abs() < Rational::ONE, "a half angle lies between -1 and 1, found {h}");
        let (square, double) = (h * h, h + h);
        let (less, more) = (Rational::ONE - &square, Rational::ONE + &square);
        Self { place: &double / &less, height: &more / &less, slope: double / more }
    }

    /// The height of the line at `t`.
    pub fn at(&self, t: &Rational) -> Rational {
        &self.height + &self.slope * (t - &self.place)
    }
}

/// `sum |jump| sqrt(1 + t^2)` over the knots: the cost of a network whose biases decay, too, its
/// affine part being free. A point where all roots are rational.
pub fn decayed_cost(f: &Activation) -> Enclosure {
    let jumps = f.pieces().windows(2).map(|pair| (&pair[1].0 - &pair[0].0).abs());
    let terms = f.breakpoints().iter().zip(jumps).map(|(t, jump)| {
        let root = sqrt(&(Rational::ONE + t * t), ROOT_BITS).expect("one and a square");
        root.scale(&jump)
    });
    terms.fold(Enclosure::point(Rational::ZERO), |sum, term| sum.sum(&term))
}

/// Whether the piecewise linear function through these points is at most `sqrt(1 + t^2)` in size
/// from the first to the last: `1 + t^2 - (a t + b)^2` is not negative at both ends of each piece,
/// nor where it is least.
pub fn is_under_hyperbola(eta: &Data) -> bool {
    (0..eta.len() - 1).all(|i| {
        let a = eta.slope(i);
        let [from, to] = [&eta.x()[i], &eta.x()[i + 1]];
        let b = &eta.y()[i] - &a * from;
        let rest = |t: &Rational| Rational::ONE + t * t - (&a * t + &b).pow(2);
        let bend = Rational::ONE - &a * &a;
        let least = bend.is_positive().then(|| &a * &b / bend);
        let inner = least.filter(|t| from < t && t < to);
        [from, to].into_iter().chain(&inner).all(|t| !rest(t).is_negative())
    })
}
