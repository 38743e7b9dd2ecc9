//! Evaluation in floating point, to compare the exact one with.

use crease::exact::{Rational, float};
use crease::net::{Choice, Linear, Network};

#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Float(f64);

impl Linear for Float {
    fn constant(&self, c: &Rational) -> Self {
        Self(float::nearest(c))
    }

    fn add_scaled(&mut self, weight: &Rational, x: &Self) {
        self.0 += float::nearest(weight) * x.0;
    }
}

/// The value of the network at `x` in doubles, without a bound on its error.
pub fn eval_f64(network: &Network, x: &[f64]) -> Vec<f64> {
    let x = x.iter().copied().map(Float).collect();
    let y = network.run(x, &mut |choice, x| Some(choice.apply(&near(&choice, x), x)));
    y.expect("every choice is made").into_iter().map(|y| y.0).collect()
}

/// The choice of [`Choice::at`] with floats and the doubles nearest to the breakpoints.
fn near(choice: &Choice<'_>, x: &[Float]) -> Vec<usize> {
    match choice {
        Choice::Activation(activation) => {
            let kinks: Vec<f64> = activation.breakpoints().iter().map(float::nearest).collect();
            x.iter().map(|t| kinks.partition_point(|kink| *kink < t.0)).collect()
        }
        Choice::MaxPool(..) | Choice::Maximum(_) => choice.first_maxima(x),
    }
}
