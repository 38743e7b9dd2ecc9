//! Lower bounds on a cost from the function on a line: rational whatever the weights are.

use super::network::Ridges;
use crate::exact::Rational;
use crate::exact::linear::dot;
use std::collections::BTreeMap;

impl Ridges {
    /// The total variation of the derivative of `s -> f(start + s direction)`, output `out`.
    ///
    /// Law: at most `||direction||_2` times [`Self::seminorm`] in the Euclidean norm, and equal to
    /// it where every normal is parallel to the direction; likewise with the dual of another norm.
    /// Panics unless both vectors have an entry an input and there is such an output.
    pub fn variation_along(
        &self,
        out: usize,
        start: &[Rational],
        direction: &[Rational],
    ) -> Rational {
        let mut jumps: BTreeMap<Rational, Rational> = BTreeMap::new();
        for unit in &self.units {
            let rate = dot(&unit.weights, direction);
            if !rate.is_zero() {
                let at = (&unit.threshold - dot(&unit.weights, start)) / &rate;
                *jumps.entry(at).or_default() += &unit.outer[out] * rate.abs();
            }
        }
        jumps.values().map(Rational::abs).sum()
    }
}
