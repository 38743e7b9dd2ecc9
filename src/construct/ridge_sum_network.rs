//! A sum of ridge functions with given directions as a deep convolutional network.

use super::expansive::Expansive;
use super::factor::{FactorError, factor, minimal_filter_count, padded};
use super::ridge::Ridge;
use super::ridge_sum::RidgeSum;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::net::InputBox;

/// A network for a sum, and by how much it may miss it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realized {
    /// What the network computes on the whole cube, exactly: its directions are those of rational
    /// filters, near the ones that were asked for.
    pub ridge: Ridge,
    /// The network, with one bias a hidden layer.
    pub network: Expansive,
    /// The cube `|x| <= reach` around the box that was asked for.
    pub reach: Rational,
    /// The network is at most this far from the sum on the cube; zero if the filters are exact.
    pub deviation: Rational,
}

/// Why there is no network for a sum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum RealizeError {
    /// The parts of the sum do not fit each other.
    #[error("{what}: expected {expected}, found {found}")]
    Parts { what: &'static str, expected: usize, found: usize },
    /// Shorter filters cannot stand for every product.
    #[error("filters of length {0} do not suffice for every sum: expected a length of at least 2")]
    Length(usize),
    /// The tolerance is not positive.
    #[error("expected a positive tolerance, found {0}")]
    Tolerance(Rational),
    /// The long filter was not factored.
    #[error(transparent)]
    Factor(#[from] FactorError),
}

impl RidgeSum {
    /// The long filter `W` of degree `(m + 1) d - 1` whose Toeplitz matrix has the slope in row `d`
    /// and the direction `a_k` in row `(k + 1) d`, rows counted from one.
    pub fn stacked(&self) -> Polynomial {
        let rows = [&self.slope].into_iter().chain(&self.directions);
        Polynomial::new(rows.flat_map(|row| row.iter().rev().cloned()).collect())
    }

    /// The least number of layers with filters of length `s` that multiply to the long filter and
    /// leave a unit for the constant; `None` if no number is enough.
    ///
    /// For even `s` it is `ceil((m + 1) d / s)`.
    pub fn depth(&self, s: usize) -> Option<usize> {
        let needed = (self.directions.len() + 1) * self.slope.len();
        Some(minimal_filter_count(&self.stacked(), s)?.max(needed.div_ceil(s)))
    }

    /// The network of least depth with filters of length `s >= 2` and one bias a hidden layer that
    /// is within `tolerance` of the sum on the box.
    ///
    /// Law: the network equals [`Realized::ridge`] on the whole cube `|x| <= reach`, which contains
    /// the box. Errors: every variant of [`RealizeError`]. Panics if the box has another dimension.
    pub fn realize(
        &self,
        s: usize,
        range: &InputBox,
        tolerance: &Rational,
    ) -> Result<Realized, RealizeError> {
        self.check()?;
        assert_eq!(range.lo().len(), self.slope.len(), "the box has a side for each input");
        if s < 2 {
            return Err(RealizeError::Length(s));
        }
        if !tolerance.is_positive() {
            return Err(RealizeError::Tolerance(tolerance.clone()));
        }
        let reach = range.lo().iter().chain(range.hi()).map(Rational::abs).max();
        let reach = reach.expect("the box has a side").max(Rational::ONE);
        let depth = self.depth(s).expect("a length of 2 has room for a pair of roots");
        // A change of W by E in absolute sum moves the sum by at most reach * max |c| * |E|.
        let steepest = self.coefficients.iter().map(Rational::abs).max().unwrap_or_default();
        let allowed = tolerance / (&reach * steepest.max(Rational::ONE));
        let bits = (allowed.recip().ceil().bits() + 1) as u32;
        let filters = padded(factor(&self.stacked(), s, bits)?.filters, s, depth);
        let ridge = Ridge {
            width: self.slope.len(),
            constant: self.constant.clone(),
            slope: Rational::ONE,
            filters,
            coefficients: self.coefficients.clone(),
            knots: self.knots.clone(),
        };
        let network = ridge.network(ridge.scalar_biases(&reach), &ridge.lift(&reach));
        let wanted: Vec<_> = [&self.slope].into_iter().chain(&self.directions).cloned().collect();
        let deviation = ridge.moved(&wanted, &reach);
        Ok(Realized { ridge, network, reach, deviation })
    }

    fn check(&self) -> Result<(), RealizeError> {
        let (inputs, ridges) = (self.slope.len(), self.directions.len());
        let entries = self.directions.iter().map(|a| ("entries of a direction", inputs, a.len()));
        let counts = [
            ("inputs", inputs.max(1), inputs),
            ("coefficients", ridges, self.coefficients.len()),
            ("knots", ridges, self.knots.len()),
        ];
        match counts.into_iter().chain(entries).find(|(_, expected, found)| expected != found) {
            Some((what, expected, found)) => Err(RealizeError::Parts { what, expected, found }),
            None => Ok(()),
        }
    }
}
