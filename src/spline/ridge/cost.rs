//! What the units of a network cost: `sum |v| ||w||`, exactly or enclosed.

use super::network::Ridges;
use crate::analysis::enclosure::{self, Enclosure};
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::spline::size::exponent;

/// The norm of the input weights of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// The sum of absolute values.
    L1,
    /// The Euclidean norm.
    L2,
    /// The greatest absolute value.
    Linf,
}

/// A cost: exact where every norm is rational.
pub type Cost = Enclosure;

impl Norm {
    /// The name that commands and certificates use.
    pub fn name(self) -> &'static str {
        match self {
            Self::L1 => "l1",
            Self::L2 => "l2",
            Self::Linf => "linf",
        }
    }

    /// The norm of `w`, or of a vector with the same direction, if it is rational without a root.
    pub fn polyhedral(self, w: &[Rational]) -> Option<Rational> {
        match self {
            Self::L1 => Some(w.iter().map(Rational::abs).sum()),
            Self::Linf => Some(w.iter().map(Rational::abs).max().unwrap_or(Rational::ZERO)),
            Self::L2 => None,
        }
    }

    /// The norm of `w`, at most `2^-bits` wide.
    pub fn of(self, w: &[Rational], bits: u32) -> Enclosure {
        match self.polyhedral(w) {
            Some(norm) => Enclosure::point(norm),
            None => root(&dot(w, w), bits),
        }
    }
}

/// The root of a sum of squares, at most `2^-bits` wide; one far below one has bits of its own.
pub(super) fn root(square: &Rational, bits: u32) -> Enclosure {
    let below = u32::try_from(-exponent(square) / 2).unwrap_or(0);
    let more = if below > bits / 2 { below } else { 0 };
    enclosure::sqrt(square, bits + more).expect("a sum of squares is not negative")
}

/// The sign of `sum_k a_k sqrt(q_k)` for pairs `(a_k, q_k)` with no `q_k` negative.
///
/// Roots whose quotient is rational are added up; those of different classes are independent over
/// the rationals, so a sum is zero only if every class is, and any other is told from zero by
/// enclosing it narrowly enough.
pub fn sign_of_roots(terms: &[(Rational, Rational)]) -> i8 {
    let mut classes: Vec<(Rational, Rational)> = Vec::new();
    for (a, q) in terms.iter().filter(|(a, q)| !a.is_zero() && !q.is_zero()) {
        let ratio = |other: &Rational| root(&(q / other), 1).value().cloned();
        match classes.iter_mut().find_map(|(sum, other)| Some((sum, ratio(other)?))) {
            Some((sum, ratio)) => *sum += a * ratio,
            None => classes.push((a.clone(), q.clone())),
        }
    }
    classes.retain(|(sum, _)| !sum.is_zero());
    if classes.is_empty() {
        return 0;
    }
    let mut bits = 32;
    loop {
        let zero = Enclosure::point(Rational::ZERO);
        let term = |(sum, q): &(Rational, Rational)| root(q, bits).scale(sum);
        let total = classes.iter().map(term).fold(zero, |total, term| total.sum(&term));
        if !total.contains(&Rational::ZERO) {
            return total.lo().signum();
        }
        bits *= 2;
    }
}

impl Ridges {
    /// The sign of the change of [`Self::path_norm`] as unit k is scaled at rate `rates[k]`.
    pub(super) fn change(&self, norm: Norm, rates: &[Rational]) -> i8 {
        let term = |(unit, rate): (&super::Unit, &Rational)| {
            let inner = match norm.polyhedral(&unit.weights) {
                Some(norm) => &norm * &norm,
                None => dot(&unit.weights, &unit.weights),
            };
            (rate.clone(), inner * dot(&unit.outer, &unit.outer))
        };
        sign_of_roots(&self.units.iter().zip(rates).map(term).collect::<Vec<_>>())
    }

    /// `sum_k |v_k|_2 ||w_k||` over the units as they are, each term at most `2^-bits` wide: the
    /// path norm. Exact for one output and a polyhedral norm.
    pub fn path_norm(&self, norm: Norm, bits: u32) -> Cost {
        let term = |unit: &super::Unit| {
            // One root of the product: exact wherever the product of the norms is rational.
            let outer = dot(&unit.outer, &unit.outer);
            match norm.polyhedral(&unit.weights) {
                Some(norm) => root(&outer, bits).scale(&norm),
                None => root(&(outer * dot(&unit.weights, &unit.weights)), bits),
            }
        };
        let zero = Enclosure::point(Rational::ZERO);
        self.units.iter().map(term).fold(zero, |sum, term| sum.sum(&term))
    }

    /// The least cost of the function on all of space: `sum |jump| ||normal||` over its
    /// hyperplanes, units that share one merged, whichever way they face.
    ///
    /// Law: at most [`Self::path_norm`], and it depends on the function alone. With
    /// [`Norm::L2`] it is the second-order total variation in the Radon domain.
    pub fn seminorm(&self, norm: Norm, bits: u32) -> Cost {
        self.merged().path_norm(norm, bits)
    }
}
