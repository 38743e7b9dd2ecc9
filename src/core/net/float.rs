//! The floating-point twin of evaluation: a proposal, compared with the exact one in tests.

use super::linear::Linear;
use super::network::{Choice, Network};
use crate::exact::{Rational, float};

impl Linear for f64 {
    fn constant(&self, c: &Rational) -> Self {
        float::nearest(c)
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        *self += float::nearest(weight) * x;
    }
}

impl Network {
    /// The value at `x` in floating point: a proposal, without a bound on its error. Weights beyond
    /// the doubles make infinities, or what is no number. Panics if `x` does not have the input's
    /// length.
    pub fn eval_f64(&self, x: &[f64]) -> Vec<f64> {
        self.run(x.to_vec(), &mut |choice, x| Some(choice.apply(&near(&choice, x), x)))
            .expect("every choice is made")
    }
}

/// The choice of [`Choice::at`] with floats and the doubles nearest to the breakpoints.
fn near(choice: &Choice<'_>, x: &[f64]) -> Vec<usize> {
    match choice {
        Choice::Activation(activation) => {
            let kinks: Vec<f64> = activation.breakpoints().iter().map(float::nearest).collect();
            x.iter().map(|t| kinks.partition_point(|kink| kink < t)).collect()
        }
        Choice::MaxPool(..) => choice.first_maxima(x),
    }
}
