//! Sums of ridge functions with given directions, and their networks with one hidden layer.

use super::interpolant::Interpolant;
use crate::exact::Rational;
use crate::net::{Layer, Network, Shape};

/// `x -> constant + <slope, x> + sum_k c_k max(<a_k, x> - t_k, 0)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RidgeSum {
    /// The value of the affine part at zero.
    pub constant: Rational,
    /// The gradient of the affine part: one entry for each input.
    pub slope: Vec<Rational>,
    /// The directions `a_1, .., a_m`, each as long as `slope`.
    pub directions: Vec<Vec<Rational>>,
    /// `c_1, .., c_m`.
    pub coefficients: Vec<Rational>,
    /// `t_1, .., t_m`.
    pub knots: Vec<Rational>,
}

impl RidgeSum {
    /// The constant function of `width` inputs.
    pub fn constant(width: usize, constant: Rational) -> Self {
        let slope = vec![Rational::ZERO; width];
        let (directions, coefficients, knots) = Default::default();
        Self { constant, slope, directions, coefficients, knots }
    }

    /// `x -> sum_i g_i(<xi_i, x>)` for pairs `(xi_i, g_i)`. The number of terms is the number of
    /// cells of all `g_i`.
    ///
    /// Law: at every point it is the sum of the values [`Interpolant::eval`] of the `g_i`.
    pub fn of_interpolants(width: usize, ridges: &[(Vec<Rational>, Interpolant)]) -> Self {
        let mut sum = Self::constant(width, Rational::ZERO);
        for (direction, g) in ridges {
            sum.constant += &g.values[0];
            sum.directions.resize(sum.directions.len() + g.cells(), direction.clone());
            sum.coefficients.extend(g.bends());
            sum.knots.extend((0..g.cells()).map(|j| g.node(j)));
        }
        sum
    }

    /// The sum as a network with one hidden dense layer. Panics if the parts do not fit each other.
    ///
    /// The affine part is the difference of two ReLUs, which are left out if its slope is zero
    /// and there is another unit.
    pub fn shallow(&self) -> Network {
        Network::new(Shape::Flat(self.slope.len()), self.layers()).expect("the parts fit")
    }

    /// The layers of [`Self::shallow`]: a dense layer, ReLU, a dense layer with one output.
    pub(super) fn layers(&self) -> Vec<Layer> {
        let (mut rows, mut bias, mut outer) = (Vec::new(), Vec::new(), Vec::new());
        // A hidden layer needs a unit, also for a constant.
        if self.directions.is_empty() || self.slope.iter().any(|a| !a.is_zero()) {
            rows.extend(self.slope.iter().map(|a| -a));
            rows.extend(self.slope.iter().cloned());
            bias.resize(2, Rational::ZERO);
            outer.extend([-Rational::ONE, Rational::ONE]);
        }
        rows.extend(self.directions.iter().flatten().cloned());
        bias.extend(self.knots.iter().map(|t| -t));
        outer.extend(self.coefficients.iter().cloned());
        vec![
            Layer::dense(bias.len(), rows, bias),
            Layer::relu(),
            Layer::dense(1, outer, vec![self.constant.clone()]),
        ]
    }
}
