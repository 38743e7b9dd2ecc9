//! Chains of layers, each followed by ReLU: dense ones, and convolutions without padding whose
//! filters have one bias each.

use super::prelude::*;
pub use super::stack_sizes::{Extent, Stacking, line_shapes, plane_shapes};
use super::stack_sizes::{MAX_INPUTS, MAX_UNITS};
use crate::net::{Axis, InputBox, Window};

/// One layer of filters `[filters][taps]`, taps channel first, with one bias a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// Height and width.
    pub size: [usize; 2],
    /// In both directions.
    pub stride: usize,
    /// `[filters][channels * height * width]`.
    pub weights: Vec<Vec<Rational>>,
    /// One a filter.
    pub biases: Vec<Rational>,
}

/// Convolutions one after the other, each followed by ReLU, without padding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stacked {
    /// Channels, height and width of the input.
    pub input: [usize; 3],
    /// First to last.
    pub layers: Vec<Filters>,
}

impl Stacked {
    /// The last layer with its first filter once more, under another bias.
    pub fn with_one_more_filter(mut self, bias: i64) -> Self {
        let last = self.layers.last_mut().expect("there are layers");
        last.weights.push(last.weights[0].clone());
        last.biases.push(Rational::integer(bias));
        self
    }

    /// Why this is no network of few units, if it is none.
    pub fn check(&self) -> Result<(), String> {
        self.stacking().check()?;
        let mut channels = self.input[0];
        for (layer, number) in self.layers.iter().zip(1..) {
            let taps = channels * layer.size[0] * layer.size[1];
            if let Some(f) = layer.weights.iter().find(|f| f.len() != taps) {
                return Err(format!("layer {number}: {} taps, expected {taps}", f.len()));
            }
            let (filters, biases) = (layer.weights.len(), layer.biases.len());
            refuse_if!(filters != biases, "layer {number}: {filters} filters with {biases} biases");
            channels = filters;
        }
        Ok(())
    }

    /// Its shape.
    pub fn stacking(&self) -> Stacking {
        let layer = |l: &Filters| [l.size[0], l.size[1], l.stride, l.weights.len()];
        Stacking { input: self.input, layers: self.layers.iter().map(layer).collect() }
    }

    /// The network. Panics unless [`Stacked::check`] passes.
    pub fn network(&self) -> Network {
        let layers = self.layers.iter().flat_map(|layer| {
            let axis = |i: usize| Axis { stride: layer.stride, ..Axis::new(layer.size[i]) };
            let window = Window { rows: Some(axis(0)), columns: axis(1) };
            let weights = layer.weights.concat();
            let units = layer.weights.len();
            [Layer::convolution(units, window, weights, layer.biases.clone()), Layer::relu()]
        });
        Network::new(Shape::Plane(self.input), layers.collect()).expect("the shape was checked")
    }

    /// Its proper activation regions, over all inputs.
    pub fn regions(&self) -> u64 {
        self.network().count_regions(Notion::R2, &Domain::Whole)
    }
}

/// Units with weights `[units][inputs]`, and one bias each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    /// `[units][inputs]`.
    pub weights: Vec<Vec<Rational>>,
    /// One a unit.
    pub biases: Vec<Rational>,
}

/// Dense layers one after the other, each followed by ReLU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dense {
    /// The number of inputs.
    pub inputs: usize,
    /// First to last.
    pub layers: Vec<Units>,
}

impl Dense {
    /// Why this is no network of few units, if it is none.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=MAX_INPUTS).contains(&self.inputs) || self.layers.is_empty() {
            return Err(format!("expected 1 to {MAX_INPUTS} inputs, and a layer"));
        }
        let mut inputs = self.inputs;
        for (layer, number) in self.layers.iter().zip(1..) {
            let (units, biases) = (layer.weights.len(), layer.biases.len());
            if units == 0 || units != biases {
                return Err(format!("layer {number}: {units} units with {biases} biases"));
            }
            if let Some(row) = layer.weights.iter().find(|row| row.len() != inputs) {
                return Err(format!("layer {number}: {} weights, expected {inputs}", row.len()));
            }
            inputs = units;
        }
        let units = self.widths().iter().sum::<usize>();
        require!(units <= MAX_UNITS, "{units} units; at most {MAX_UNITS} are counted here")
    }

    /// Units of each layer.
    pub fn widths(&self) -> Vec<usize> {
        self.layers.iter().map(|layer| layer.biases.len()).collect()
    }

    /// The network. Panics unless [`Dense::check`] passes.
    pub fn network(&self) -> Network {
        let layers = self.layers.iter().flat_map(|layer| {
            let weights = layer.weights.concat();
            [Layer::dense(layer.biases.len(), weights, layer.biases.clone()), Layer::relu()]
        });
        let input = Shape::Flat(self.inputs);
        Network::new(input, layers.collect()).expect("the shape was checked")
    }

    /// The same as filters of one tap over a single place.
    pub fn stacked(self) -> Stacked {
        let layer =
            |Units { weights, biases }| Filters { size: [1, 1], stride: 1, weights, biases };
        Stacked { input: [self.inputs, 1, 1], layers: self.layers.into_iter().map(layer).collect() }
    }

    /// The network with the sum of its last units as output.
    pub fn summed(&self) -> Network {
        let network = self.network();
        let units = network.output().units();
        let mut layers = network.layers().to_vec();
        layers.push(Layer::dense(1, vec![Rational::ONE; units], Vec::new()));
        Network::new(network.input(), layers).expect("the sum fits")
    }

    /// Its proper activation regions, over all inputs.
    pub fn regions(&self) -> u64 {
        self.network().count_regions(Notion::R2, &Domain::Whole)
    }
}

/// The open unit cube.
pub fn unit_cube(dimension: usize) -> Domain {
    let corner = |x: Rational| vec![x; dimension];
    let cube = InputBox::new(corner(Rational::ZERO), corner(Rational::ONE));
    Domain::Box(cube.expect("zero is below one"))
}

/// Dense layers of these widths with small integers.
pub fn dense_with(inputs: usize, widths: Vec<usize>, most: i64) -> BoxedStrategy<Dense> {
    let before = std::iter::once(inputs).chain(widths.iter().copied());
    let layer = |(width, inputs): (&usize, usize)| {
        let units = vec(numbers::integers(inputs, most), *width);
        (units, numbers::integers(*width, most))
            .prop_map(|(weights, biases)| Units { weights, biases })
            .boxed()
    };
    let layers: Vec<_> = widths.iter().zip(before).map(layer).collect();
    layers.prop_map(move |layers| Dense { inputs, layers }).boxed()
}

/// Dense layers with integers of size at most `most`, and with numbers of inputs, of layers and of
/// units in each layer from these ranges.
pub fn dense_layers(inputs: Span, layers: Span, widths: Span, most: i64) -> BoxedStrategy<Dense> {
    (inputs, vec(widths, layers))
        .prop_flat_map(move |(inputs, widths)| dense_with(inputs, widths, most))
        .boxed()
}

/// Networks that meet the upper bounds of Montúfar and of Serra et al.: zigzags, and single layers
/// in general position.
pub fn bound_is_met() -> impl Strategy<Value = Dense> {
    prop_oneof![(1usize..=30).prop_map(zigzag_then), general_position(1..=4, 1..=12)]
}

/// Dense layers of up to 40 units, networks that meet the upper bounds among them.
pub fn of_all_sizes() -> Strata<Dense> {
    vec![
        ("base", 1, dense_layers(1..=3, 1..=3, 1..=4, 4)),
        ("few different weights", 8, dense_layers(1..=4, 1..=4, 1..=5, 1)),
        ("met", 16, bound_is_met().boxed()),
        ("four inputs", 32, dense_layers(2..=4, 2..=4, 3..=7, 9)),
        ("deep", 64, dense_layers(1..=2, 5..=8, 3..=5, 9)),
        ("6 inputs", 128, dense_layers(5..=6, 2..=3, 4..=6, 9)),
        ("met by 5 inputs", 256, general_position(5..=5, 20..=24)),
        ("6 inputs, 40 units", 1024, dense_layers(6..=6, 5..=8, 5..=6, 3)),
        ("met by 6 inputs, 40 units", 4096, general_position(6..=6, 36..=40)),
    ]
}

/// One layer with weights and biases so large that its hyperplanes are hardly ever dependent.
pub fn general_position(inputs: Span, units: Span) -> BoxedStrategy<Dense> {
    dense_layers(inputs, 1..=1, units, 99_999)
}

/// Convolutions of this shape with small integers.
pub fn stacked_with(shape: Stacking, most: i64) -> BoxedStrategy<Stacked> {
    let channels = std::iter::once(shape.input[0]).chain(shape.layers.iter().map(|l| l[3]));
    let layer = |(&[rows, columns, stride, units], channels): (&[usize; 4], usize)| {
        let filters = vec(numbers::integers(channels * rows * columns, most), units);
        (filters, numbers::integers(units, most))
            .prop_map(move |(weights, biases)| Filters {
                size: [rows, columns],
                stride,
                weights,
                biases,
            })
            .boxed()
    };
    let layers: Vec<_> = shape.layers.iter().zip(channels).map(layer).collect();
    let input = shape.input;
    layers.prop_map(move |layers| Stacked { input, layers }).boxed()
}

/// Filters of two taps on a line of samples: of each layer the weights of its filters, and their
/// biases.
pub fn two_taps(samples: usize, layers: &[(&[&[i64]], &[i64])]) -> Stacked {
    let numbers = |row: &[i64]| row.iter().copied().map(Rational::from).collect::<Vec<_>>();
    let layer = |(weights, biases): &(&[&[i64]], &[i64])| Filters {
        size: [1, 2],
        stride: 1,
        weights: weights.iter().map(|row| numbers(row)).collect(),
        biases: numbers(biases),
    };
    Stacked { input: [1, 1, samples], layers: layers.iter().map(layer).collect() }
}

/// Networks of this shape with integers of size at most `most`, and those around the one that is
/// known to have the most regions.
pub fn around(best: Stacked, shape: Stacking, most: i64) -> Strata<Stacked> {
    vec![
        ("base", 1, stacked_with(shape.clone(), most)),
        ("few different weights", 8, stacked_with(shape.clone(), 1)),
        ("best", 16, Just(best.clone()).boxed()),
        ("near the best", 4, near(best)),
        ("large weights", 32, stacked_with(shape, 999)),
    ]
}

/// This network with the first bias of each layer changed.
pub fn near(network: Stacked) -> BoxedStrategy<Stacked> {
    vec(numbers::fraction(3, 4), network.layers.len())
        .prop_map(move |changes| {
            let mut near = network.clone();
            for (layer, change) in near.layers.iter_mut().zip(changes) {
                layer.biases[0] += change;
            }
            near
        })
        .boxed()
}

/// `n` units that switch on one after the other on a line, at 1, 2, .. `n`: `n + 1` regions.
pub fn switches(n: usize) -> Dense {
    let biases = (1..=n).map(|k| -Rational::from(k)).collect();
    Dense { inputs: 1, layers: vec![Units { weights: vec![vec![Rational::ONE]; n], biases }] }
}

/// A line folded by three units into four pieces that all pass from 0 to `n + 1`, and `n` units
/// that switch on at 1, 2, .. `n` on the way: `4 (n + 1)` regions.
pub fn zigzag_then(n: usize) -> Dense {
    let integers = |row: &[i64]| row.iter().copied().map(Rational::from).collect::<Vec<_>>();
    let first = Units {
        weights: [6, 6, -3].map(|w| integers(&[w])).to_vec(),
        biases: integers(&[-1, -2, 2]),
    };
    // The sum 2 h_1 - 3/2 h_2 + 2 h_3 - 3 passes from 0 to 1 and back.
    let height = Rational::from(n + 1);
    let factors = [Rational::integer(2), Rational::new(-3, 2), Rational::integer(2)];
    let row: Vec<_> = factors.iter().map(|factor| factor * &height).collect();
    let low = Rational::integer(-3) * &height;
    let biases = (1..=n).map(|k| &low - Rational::from(k)).collect();
    Dense { inputs: 1, layers: vec![first, Units { weights: vec![row; n], biases }] }
}

/// `relu(x)` and `relu(1 - x)`, and `n` units that switch on where their sum passes 2, 3, ..:
/// `2 n + 3` regions.
pub fn valley_then(n: usize) -> Dense {
    let first = Units {
        weights: vec![vec![Rational::ONE], vec![-Rational::ONE]],
        biases: vec![Rational::ZERO, Rational::ONE],
    };
    let biases = (0..n).map(|k| -Rational::from(k + 2)).collect();
    let second = Units { weights: vec![vec![Rational::ONE; 2]; n], biases };
    Dense { inputs: 1, layers: vec![first, second] }
}

/// ReLU of two inputs, and `n` filters of one tap that switch on at 1, 2, .. `n`:
/// `(n + 2)^2` regions.
pub fn grid(n: usize) -> Stacked {
    let filters = |biases: Vec<Rational>| Filters {
        size: [1, 1],
        stride: 1,
        weights: vec![vec![Rational::ONE]; biases.len()],
        biases,
    };
    let steps = (1..=n).map(|k| -Rational::from(k)).collect();
    Stacked { input: [1, 1, 2], layers: vec![filters(vec![Rational::ZERO]), filters(steps)] }
}
