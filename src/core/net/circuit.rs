//! A network as a list of values, each a function of earlier ones. Certificates state networks so.

use super::activation::Activation;
use super::layer::Layer;
use super::network::Network;
use super::shape::Shape;
use crate::exact::Rational;

/// How a value depends on earlier ones. Value 0 is the number 1; the inputs follow, then these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A linear combination: increasing indices, no weight 0.
    Sum(Vec<(usize, Rational)>),
    /// A function of one value.
    Bend(usize, Activation),
    /// The greatest of some values, whose indices increase; the first of them at a tie.
    Max(Vec<usize>),
}

/// The values of a network, layer by layer; what only reorders or drops values makes none, unless a
/// maximum reads them in another order, or one twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// The number of inputs.
    pub inputs: usize,
    /// The values after the inputs.
    pub values: Vec<Value>,
    /// The indices of the outputs among all values.
    pub outputs: Vec<usize>,
}

impl Circuit {
    /// The circuit of a network. Cost: one step a term.
    pub fn new(network: &Network) -> Self {
        let inputs = network.input().units();
        let mut circuit = Self { inputs, values: Vec::new(), outputs: Vec::new() };
        circuit.outputs = circuit.append(network, (1..=inputs).collect());
        circuit
    }

    /// Appends the layers on these units; what becomes of the units.
    fn append(&mut self, network: &Network, units: Vec<usize>) -> Vec<usize> {
        network.stages().fold(units, |units, (layer, shape)| self.layer(layer, shape, units))
    }

    /// A value that is another one, with an index of its own.
    fn copy(&mut self, unit: usize) -> usize {
        self.values.push(Value::Sum(vec![(unit, Rational::ONE)]));
        self.inputs + self.values.len()
    }

    /// What the maxima of a layer read: entries are in their order, whatever that of the values.
    fn windows(&mut self, layer: &Layer, shape: Shape, units: &[usize]) -> Vec<Vec<usize>> {
        let choice = layer.choice(shape).expect("a maximum records a choice");
        let of_units = |window: Vec<usize>| window.into_iter().map(|i| units[i]).collect();
        let mut windows: Vec<Vec<usize>> = choice.windows().into_iter().map(of_units).collect();
        for window in &mut windows {
            if !window.is_sorted_by(|i, j| i < j) {
                window.iter_mut().for_each(|unit| *unit = self.copy(*unit));
            }
        }
        windows
    }

    fn layer(&mut self, layer: &Layer, shape: Shape, units: Vec<usize>) -> Vec<usize> {
        let mut start = 1 + self.inputs + self.values.len();
        match layer {
            Layer::Flatten | Layer::Reshape(_) => return units,
            Layer::Residual(body) => {
                let made = self.append(body, units.clone());
                let start = 1 + self.inputs + self.values.len();
                self.values.extend(units.iter().zip(made).map(|(&x, y)| match x == y {
                    true => Value::Sum(vec![(x, Rational::integer(2))]),
                    false => Value::Sum(vec![(x.min(y), Rational::ONE), (x.max(y), Rational::ONE)]),
                }));
                return (start..start + units.len()).collect();
            }
            Layer::Branches(branches) => {
                let of_branch = |branch| self.append(branch, units.clone());
                return branches.iter().flat_map(of_branch).collect();
            }
            Layer::Affine(affine) => {
                let outputs = affine.output_units(shape);
                if let Some(kept) = affine.selection() {
                    return kept.into_iter().map(|i| units[i]).collect();
                }
                let mut sums = vec![Vec::new(); outputs];
                if !affine.is_parametric() {
                    // Downsampling keeps values as they are.
                    if let super::affine::Map::Downsample { .. } = affine.map {
                        let mut kept = vec![0; outputs];
                        affine.for_each_term(shape, |o, i, _| kept[o] = units[i]);
                        return kept;
                    }
                }
                for (o, sum) in sums.iter_mut().enumerate() {
                    sum.extend(affine.bias_index(o, outputs).map(|b| (0, affine.bias[b].clone())));
                }
                affine.for_each_term(shape, |o, i, weight| {
                    sums[o].push((units[i], affine.value(weight).clone()));
                });
                for mut sum in sums {
                    sum.sort_by_key(|(index, _)| *index);
                    // Branches may bring the same value to several entries.
                    sum.dedup_by(|next, first| {
                        let is_same = next.0 == first.0;
                        if is_same {
                            first.1 += &next.1;
                        }
                        is_same
                    });
                    sum.retain(|(_, weight)| !weight.is_zero());
                    self.values.push(Value::Sum(sum));
                }
            }
            Layer::Activation(activation) => {
                let bend = |unit| Value::Bend(unit, activation.clone());
                self.values.extend(units.into_iter().map(bend));
            }
            Layer::MaxPool(_) | Layer::Maximum(_) => {
                let windows = self.windows(layer, shape, &units);
                start = 1 + self.inputs + self.values.len();
                self.values.extend(windows.into_iter().map(Value::Max));
            }
        }
        (start..1 + self.inputs + self.values.len()).collect()
    }
}
