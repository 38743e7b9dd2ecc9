//! Single ReLU units, for networks with one hidden layer that are written out.

use super::prelude::*;

/// `output relu(<weights, x> + bias)`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// Shape `[d]`.
    pub weights: Vec<Rational>,
    /// Added before the ReLU.
    pub bias: Rational,
    /// Multiplies what the ReLU lets through.
    pub output: Rational,
}

impl Unit {
    /// The value at a point. Panics unless it has as many coordinates as there are weights.
    pub fn value(&self, x: &[Rational]) -> Rational {
        let before = dot(&self.weights, x) + &self.bias;
        &self.output * before.max(Rational::ZERO)
    }
}

/// Some units on `inputs` inputs; weights, biases and outputs are whole numbers up to these.
pub fn units(
    inputs: usize,
    count: Span,
    [weight, bias, output]: [i64; 3],
) -> BoxedStrategy<Vec<Unit>> {
    let parts =
        (numbers::integers(inputs, weight), numbers::integer(bias), numbers::integer(output));
    let unit = parts.prop_map(|(weights, bias, output)| Unit { weights, bias, output });
    vec(unit, count).boxed()
}
