//! Networks with one hidden layer of ReLU units on bits, the outer layer solved for.

use crate::analysis::boolean_function;
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};
use serde::{Deserialize, Serialize};

/// `x -> constant + sum_j outer_j relu(weights_j . x + bias_j)`, asked at `x` in `{0, 1}^bits`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shallow {
    /// The number of inputs.
    pub bits: usize,
    /// The value where no unit is active.
    pub constant: Rational,
    /// The hidden units.
    pub units: Vec<Unit>,
}

/// A hidden unit: `outer relu(weights . x + bias)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// One weight for each input.
    pub weights: Vec<Rational>,
    /// Added before the ReLU.
    pub bias: Rational,
    /// The weight of the unit in the output.
    pub outer: Rational,
}

impl Unit {
    /// `relu(weights . x + bias)`, without the outer weight.
    fn hidden(&self, x: &[Rational]) -> Rational {
        (dot(&self.weights, x) + &self.bias).max(Rational::ZERO)
    }
}

impl Shallow {
    /// The network with these hidden units, `(weights, bias)` each, whose outer layer has the
    /// target value at as many points of the cube as can be promised: at each point, in the order
    /// of [`boolean_function::points`], whose value the points before do not decide.
    ///
    /// Shape: `targets: [2^bits]`. Cost: at most one elimination in `units + 1` columns a point.
    pub fn fitted(
        bits: usize,
        hidden: Vec<(Vec<Rational>, Rational)>,
        targets: &[Rational],
    ) -> Self {
        let unit = |(weights, bias)| Unit { weights, bias, outer: Rational::ZERO };
        let mut units: Vec<_> = hidden.into_iter().map(unit).collect();
        let (mut rows, mut chosen) = (Vec::new(), Vec::new());
        for (x, target) in boolean_function::points(bits).iter().zip(targets) {
            let active = units.iter().map(|unit| unit.hidden(x));
            rows.push(active.chain([Rational::ONE]).collect::<Vec<_>>());
            if Matrix::from_rows(rows.clone()).rank() < rows.len() {
                rows.pop();
            } else {
                chosen.push(target.clone());
            }
            if rows.len() > units.len() {
                break;
            }
        }
        let outer = Matrix::from_rows(rows).solve(&chosen);
        let mut outer = outer.expect("independent rows have a solution");
        let constant = outer.pop().expect("the constant has a column");
        units.iter_mut().zip(outer).for_each(|(unit, outer)| unit.outer = outer);
        Self { bits, constant, units }
    }

    /// Why a unit does not read the bits, of which there are 1 to 10, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let bits = self.bits;
        refuse_if!(!(1..=10).contains(&bits), "{bits} bits; there must be 1 to 10");
        let lengths = self.units.iter().map(|unit| unit.weights.len());
        match lengths.enumerate().find(|(_, found)| *found != bits) {
            Some((unit, found)) => Err(format!("unit {unit} has {found} weights for {bits} bits")),
            None => Ok(()),
        }
    }

    /// The values on the cube, in the order of [`boolean_function::points`]. Panics unless
    /// [`Self::check`] holds.
    pub fn values(&self) -> Vec<Rational> {
        boolean_function::points(self.bits).iter().map(|x| self.value(x)).collect()
    }

    /// The value at any point. Panics unless every unit reads as many entries.
    pub fn value(&self, x: &[Rational]) -> Rational {
        let units = self.units.iter().map(|unit| &unit.outer * unit.hidden(x));
        units.sum::<Rational>() + &self.constant
    }

    /// At how many points the value is not 1 where the predicate of `(ones, bits)` holds and 0
    /// elsewhere. Panics unless [`Self::check`] holds.
    pub fn misses(&self, predicate: fn(usize, usize) -> bool) -> usize {
        let expected = |x| Rational::from(predicate(boolean_function::size(x), self.bits));
        self.values().iter().enumerate().filter(|(x, value)| **value != expected(*x)).count()
    }
}
