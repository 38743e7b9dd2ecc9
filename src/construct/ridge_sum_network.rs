//! A sum of ridge functions with given directions as a deep convolutional network.

use super::expansive::Expansive;
use super::factor::{FactorError, factor, minimal_filter_count};
use super::ridge::Ridge;
use crate::analysis::polynomial::Polynomial;
use crate::exact::Rational;
use crate::net::{InputBox, Layer, Network, Shape};

/// `x -> constant + <slope, x> + sum_k c_k max(<a_k, x> - t_k, 0)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RidgeSum {
    /// The value of the affine part at zero.
    pub constant: Rational,
    /// One entry an input.
    pub slope: Vec<Rational>,
    /// The directions `a_1, .., a_m`, each as long as `slope`.
    pub directions: Vec<Vec<Rational>>,
    /// `c_1, .., c_m`.
    pub coefficients: Vec<Rational>,
    /// `t_1, .., t_m`.
    pub knots: Vec<Rational>,
}

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
pub enum RealizeError {
    /// The parts of the sum do not fit each other.
    #[error("{what}: expected {expected}, found {found}")]
    Parts {
        /// What is counted.
        what: &'static str,
        /// How many there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
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

    /// The sum as a network with one hidden dense layer; the affine part is the difference of two
    /// ReLUs. Panics if the parts do not fit each other.
    pub fn shallow(&self) -> Network {
        let opposite = self.slope.iter().map(|a| -a);
        let rows =
            opposite.chain(self.slope.iter().chain(self.directions.iter().flatten()).cloned());
        let ends = [Rational::ZERO, Rational::ZERO];
        let bias: Vec<_> = ends.into_iter().chain(self.knots.iter().map(|t| -t)).collect();
        let sides = [-Rational::ONE, Rational::ONE];
        let outer = sides.into_iter().chain(self.coefficients.iter().cloned()).collect();
        let layers = vec![
            Layer::dense(bias.len(), rows.collect(), bias),
            Layer::relu(),
            Layer::dense(1, outer, vec![self.constant.clone()]),
        ];
        Network::new(Shape::Flat(self.slope.len()), layers).expect("the parts fit")
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
        let mut filters = factor(&self.stacked(), s, bits)?.filters;
        filters.iter_mut().for_each(|filter| filter.resize(s + 1, Rational::ZERO));
        let mut identity = vec![Rational::ZERO; s + 1];
        identity[0] = Rational::ONE;
        filters.resize(depth.max(filters.len()), identity);
        let ridge = Ridge {
            width: self.slope.len(),
            constant: self.constant.clone(),
            slope: Rational::ONE,
            filters,
            coefficients: self.coefficients.clone(),
            knots: self.knots.clone(),
        };
        let network = ridge.network(ridge.scalar_biases(&reach), &ridge.lift(&reach));
        let deviation = &reach * self.distance(&ridge.directions());
        Ok(Realized { ridge, network, reach, deviation })
    }

    /// The sum of `|c_k| |a_k - b_k|_1` over directions near these, the slope's factor being one.
    fn distance(&self, near: &[Vec<Rational>]) -> Rational {
        let one = Rational::ONE;
        let factors = [&one].into_iter().chain(&self.coefficients);
        let rows = [&self.slope].into_iter().chain(&self.directions);
        let gap = |(a, b): (&Vec<Rational>, &Vec<Rational>)| {
            a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<Rational>()
        };
        factors.zip(rows.zip(near)).map(|(c, pair)| c.abs() * gap(pair)).sum()
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
