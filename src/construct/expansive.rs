//! Networks of expansive convolutions, the class that the universality theorem is about.

use crate::exact::{IntegerRow, Rational};
use crate::net::{InputBox, Layer, Network, Shape, ShapeError};
use serde::{Deserialize, Serialize};

/// A linear combination of the last units of a chain of expansive convolutions with ReLUs.
///
/// Layer `j` maps `d + (j - 1) s` units to `d + j s`. Biases are added and free here; the theorems
/// say what more they ask of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expansive {
    /// The number `d` of inputs.
    pub width: usize,
    /// The weight of each unit of the last layer.
    pub coefficients: Vec<Rational>,
    /// The layers, first to last.
    pub stages: Vec<Stage>,
}

/// One expansive convolution and the ReLU after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// `w_0, .., w_s`.
    pub filter: Vec<Rational>,
    /// Added: empty, one entry for all units, or one a unit.
    pub bias: Vec<Rational>,
}

impl Expansive {
    /// The network, from `[d]` to `[1]`. Errors: the first part that does not fit.
    pub fn network(&self) -> Result<Network, ShapeError> {
        let mut layers = self.layers(self.stages.len());
        layers.push(Layer::dense(1, self.coefficients.clone(), Vec::new()));
        Network::new(Shape::Flat(self.width), layers)
    }

    /// The input of the ReLU at unit `unit` of the last layer, counted from zero, as a network.
    ///
    /// Errors: the first part that does not fit. Panics without stages, or without such a unit.
    pub fn last_unit(&self, unit: usize) -> Result<Network, ShapeError> {
        let mut layers = self.layers(self.stages.len());
        layers.pop();
        let units = self.width + self.reach();
        let mut pick = vec![Rational::ZERO; units];
        pick[unit] = Rational::ONE;
        layers.push(Layer::dense(1, pick, Vec::new()));
        Network::new(Shape::Flat(self.width), layers)
    }

    /// The number of inputs one last unit sees, less one: the sum of the filters' lengths less one.
    pub fn reach(&self) -> usize {
        self.stages.iter().map(|stage| stage.filter.len().saturating_sub(1)).sum()
    }

    /// The value at `x`. Panics if the parts do not fit each other or `x`.
    pub fn eval(&self, x: &[Rational]) -> Rational {
        let network = self.network().expect("the parts fit");
        network.eval(x).swap_remove(0)
    }

    fn layers(&self, stages: usize) -> Vec<Layer> {
        convolutions(self.stages[..stages].iter().map(|s| (s.filter.clone(), s.bias.clone())))
    }
}

/// Expansive convolutions, `(filter, bias)` each, with a ReLU after every one.
pub(super) fn convolutions(
    stages: impl IntoIterator<Item = (Vec<Rational>, Vec<Rational>)>,
) -> Vec<Layer> {
    let layer = |(filter, bias)| [Layer::expansive(filter, bias), Layer::relu()];
    stages.into_iter().flat_map(layer).collect()
}

/// The product of polynomials: entry `i` is the sum of `a[k] b[i - k]`, with
/// `a.len() + b.len() - 1` entries, trailing zeros kept. Panics if a factor is empty.
///
/// For a signal `x` of width `D` and a filter `w` it is `T^w x`. Cost: `a.len() b.len()` products
/// of integers over one common denominator.
pub fn convolve(a: &[Rational], b: &[Rational]) -> Vec<Rational> {
    assert!(!a.is_empty() && !b.is_empty(), "a factor of a convolution has an entry");
    let entries = [a, b].map(|row| IntegerRow::new(row.iter()));
    entries[0].sums(&entries[1], a.len() + b.len() - 1, |add| {
        (0..a.len()).for_each(|i| (0..b.len()).for_each(|j| add(i + j, i, j)));
    })
}

/// `W = w^(J) * .. * w^(1)`, trailing zeros kept; `[1]` without filters.
///
/// Cost: `O(J^2 s^2)` products for `J` filters of `s + 1` taps.
pub fn filter_product<'a>(filters: impl IntoIterator<Item = &'a Vec<Rational>>) -> Vec<Rational> {
    filters.into_iter().fold(vec![Rational::ONE], |w, filter| convolve(filter, &w))
}

/// Row `i` of the Toeplitz matrix of `w` on `d` inputs, counted from zero: `w[i - c]` at `c`.
pub fn toeplitz_row(w: &[Rational], d: usize, i: usize) -> Vec<Rational> {
    let entry = |c: usize| i.checked_sub(c).and_then(|k| w.get(k)).cloned();
    (0..d).map(|c| entry(c).unwrap_or(Rational::ZERO)).collect()
}

/// What keeps a chain of expansive convolutions with ReLUs in its linear range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiftedChain {
    /// One bias a layer, which keep every unit from falling below zero.
    pub biases: Vec<Rational>,
    /// The value of each last unit at the middle of the box.
    pub middle: Vec<Rational>,
}

impl LiftedChain {
    /// The convolutions with these filters and the biases of the chain, a ReLU after every one.
    pub(super) fn convolutions(&self, filters: &[Vec<Rational>]) -> Vec<Layer> {
        let biases = self.biases.iter().map(|bias| vec![bias.clone()]);
        convolutions(filters.iter().cloned().zip(biases))
    }
}

/// One bias for each layer with which no ReLU clips, the last included, for all inputs in a box.
///
/// Each bias is the least possible given the biases before it, if `up` is the identity. `up` may
/// round numbers up. Cost: three convolutions for each filter.
/// Panics if a filter has no entry.
pub fn linear_range(
    filters: &[Vec<Rational>],
    range: &InputBox,
    up: impl Fn(Rational) -> Rational,
) -> LiftedChain {
    let (mut w, mut middle) = (vec![Rational::ONE], range.center());
    let radius: Vec<_> = range.hi().iter().zip(&middle).map(|(hi, middle)| hi - middle).collect();
    let mut biases = Vec::new();
    for filter in filters {
        w = convolve(filter, &w);
        middle = convolve(filter, &middle);
        let sizes: Vec<_> = w.iter().map(|w| up(w.abs())).collect();
        let spread = convolve(&sizes, &radius);
        let lowest = spread.iter().zip(&middle).map(|(radius, middle)| radius - middle);
        let bias = up(lowest.max().expect("there is a unit"));
        middle.iter_mut().for_each(|value| *value += &bias);
        biases.push(bias);
    }
    LiftedChain { biases, middle }
}
