//! A sum of ridge functions with given directions as a deep convolutional network.

use super::expansive::Expansive;
use super::factor::{factor, minimal_filter_count, padded};
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

/// Why filters of this length are refused.
pub(super) fn too_short(s: usize) -> String {
    format!("filters of length {s} do not suffice for every sum: expected a length of at least 2")
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
    /// the box. Errors: parts, a length or a tolerance that do not fit, no factors. Panics if the
    /// box has another dimension.
    pub fn realize(
        &self,
        s: usize,
        range: &InputBox,
        tolerance: &Rational,
    ) -> Result<Realized, String> {
        self.check()?;
        assert_eq!(range.lo().len(), self.slope.len(), "the box has a side for each input");
        refuse_if!(s < 2, "{}", too_short(s));
        refuse_if!(!tolerance.is_positive(), "expected a positive tolerance, found {tolerance}");
        let reach = range.lo().iter().chain(range.hi()).map(Rational::abs).max();
        let reach = reach.expect("the box has a side").max(Rational::ONE);
        let depth = self.depth(s).expect("a length of 2 has room for a pair of roots");
        // A change of W by E in absolute sum moves the sum by at most reach * max |c| * |E|.
        let steepest = self.coefficients.iter().map(Rational::abs).max().unwrap_or_default();
        let allowed = tolerance / (&reach * steepest.max(Rational::ONE));
        let bits = (allowed.recip().ceil().bits() + 1) as u32;
        let found = factor(&self.stacked(), s, bits).map_err(|error| error.to_string())?;
        let filters = padded(found.filters, s, depth);
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

    fn check(&self) -> Result<(), String> {
        let (inputs, ridges) = (self.slope.len(), self.directions.len());
        let entries = self.directions.iter().map(|a| ("entries of a direction", inputs, a.len()));
        let counts = [
            ("inputs", inputs.max(1), inputs),
            ("coefficients", ridges, self.coefficients.len()),
            ("knots", ridges, self.knots.len()),
        ];
        match counts.into_iter().chain(entries).find(|(_, expected, found)| expected != found) {
            Some((what, expected, found)) => {
                Err(format!("{what}: expected {expected}, found {found}"))
            }
            None => Ok(()),
        }
    }
}
