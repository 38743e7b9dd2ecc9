//! Networks: shapes first, then layers that fit them, then weights that fit the layers.
//!
//! A layer is drawn as a kind and four free numbers, which are read modulo what the shape allows:
//! nothing is rejected, and removing a layer or lowering a number shrinks to a valid network.

use super::prelude::*;
use super::shapes;
use crate::net::{Affine, Axis, Map, Parameters, Window};
use proptest::collection::SizeRange;
use std::borrow::Cow;

/// The kinds of layer that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A dense layer.
    Dense,
    /// An activation.
    Activation,
    /// A convolution, with any number of groups.
    Convolution,
    /// An expansive convolution.
    Expansive,
    /// A downsampling.
    Downsample,
    /// A pool of sums.
    SumPool,
    /// A pool of means.
    AveragePool,
    /// A pool of maxima.
    MaxPool,
    /// A flattening.
    Flatten,
    /// A residual layer around an affine layer and an activation.
    Residual,
    /// Rows of a few terms each, some of which share a weight.
    Sparse,
    /// Maxima of sets of entries.
    Maximum,
    /// Two bodies that read the same signal: one with units, one without.
    Branches,
    /// The same entries in another shape.
    Reshape,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Dense,
        Self::Activation,
        Self::Convolution,
        Self::Expansive,
        Self::Downsample,
        Self::SumPool,
        Self::AveragePool,
        Self::MaxPool,
        Self::Flatten,
        Self::Residual,
        Self::Sparse,
        Self::Maximum,
        Self::Branches,
        Self::Reshape,
    ];

    /// Whether such a layer can read signals of this shape.
    fn reads(self, shape: Shape) -> bool {
        let is_flat = matches!(shape, Shape::Flat(_));
        match self {
            Self::Dense => is_flat,
            Self::Activation | Self::Flatten | Self::Residual => true,
            Self::Sparse | Self::Maximum | Self::Branches | Self::Reshape => true,
            Self::Convolution | Self::SumPool | Self::AveragePool | Self::MaxPool => !is_flat,
            Self::Expansive => matches!(shape, Shape::Flat(_) | Shape::Line([1, _])),
            Self::Downsample => !matches!(shape, Shape::Plane(_)),
        }
    }
}

/// The usual activations, and some with up to three kinks.
pub fn activations() -> impl Strategy<Value = Activation> + Clone {
    let kinks = (numbers::quarters(4), vec(1..=8i64, 0..=3), numbers::fraction(8, 4));
    let bent = kinks.prop_map(|(slopes, gaps, at_zero)| {
        let mut end = Rational::integer(-2);
        let step = |gap| {
            end += Rational::new(gap, 4);
            end.clone()
        };
        let breakpoints: Vec<Rational> = gaps.into_iter().map(step).collect();
        let slopes = slopes[..=breakpoints.len()].to_vec();
        Activation::piecewise_linear(breakpoints, slopes, &at_zero).expect("the gaps are positive")
    });
    prop_oneof![
        4 => Just(Activation::relu()),
        1 => numbers::fraction(4, 4).prop_map(Activation::leaky_relu),
        1 => Just(Activation::absolute_value()),
        1 => Just(Activation::hard_tanh()),
        1 => bent,
    ]
}

/// Chains of layers of these kinds. A layer that cannot read its signal is left out.
///
/// Weights and biases are quarters between -5 and 5. Shrinks to few layers and zero weights.
pub fn chains(
    input: impl Strategy<Value = Shape> + Clone,
    kinds: impl Into<Cow<'static, [Kind]>>,
    layers: impl Into<SizeRange>,
) -> impl Strategy<Value = Network> + Clone {
    let gene = (select(kinds), proptest::array::uniform4(0..12usize), activations());
    (input, vec(gene, layers))
        .prop_map(|(input, genes)| {
            let mut layers = Vec::new();
            let mut shape = input;
            for (kind, numbers, activation) in genes {
                if kind.reads(shape) {
                    let layer = layer(kind, shape, numbers, activation);
                    shape = layer.output(layers.len(), shape).expect("built to fit");
                    layers.push(layer);
                }
            }
            Network::new(input, layers).expect("built to fit")
        })
        .prop_flat_map(weighted)
}

/// Chains of one to five layers of every kind.
pub fn of_every_kind() -> impl Strategy<Value = Network> + Clone {
    chains(shapes::small(), &Kind::ALL, 1..=5)
}

/// Single layers of one kind.
pub fn of_kind(kind: Kind) -> impl Strategy<Value = Network> + Clone {
    let input = match kind {
        Kind::Dense => shapes::flat(5).boxed(),
        Kind::Expansive => {
            let line = (1..=6usize).prop_map(|n| Shape::Line([1, n]));
            prop_oneof![shapes::flat(6), line].boxed()
        }
        Kind::Downsample => prop_oneof![shapes::flat(6), shapes::line(6)].boxed(),
        Kind::Convolution | Kind::SumPool | Kind::AveragePool | Kind::MaxPool => {
            prop_oneof![shapes::line(6), shapes::plane(4)].boxed()
        }
        _ => shapes::small().boxed(),
    };
    chains(input, vec![kind], 1)
}

/// Dense ReLU networks: `hidden` layers of up to `width` units, and one affine output.
pub fn dense(
    inputs: usize,
    width: usize,
    hidden: impl Into<SizeRange>,
) -> impl Strategy<Value = Network> + Clone {
    vec(1..=width, hidden)
        .prop_map(move |widths| {
            let mut layers = Vec::new();
            let mut reads = inputs;
            for width in widths {
                layers.push(blank(Map::Dense { outputs: width }, width * reads, width));
                layers.push(Layer::relu());
                reads = width;
            }
            layers.push(blank(Map::Dense { outputs: 1 }, reads, 1));
            Network::new(Shape::Flat(inputs), layers).expect("built to fit")
        })
        .prop_flat_map(weighted)
}

/// The template with weights and biases drawn anew.
pub fn weighted(template: Network) -> impl Strategy<Value = Network> {
    numbers::quarters(template.parameter_count()).prop_map(move |drawn| {
        let mut drawn = drawn.into_iter();
        let mut take = |old: &[Rational]| drawn.by_ref().take(old.len()).collect();
        let filled = |Parameters { weight, bias }: &Parameters| Parameters {
            weight: take(weight),
            bias: take(bias),
        };
        let parameters = template.parameters().iter().map(filled).collect();
        template.with_parameters(parameters).expect("as many as before")
    })
}

/// Networks with a point of quarters between -5 and 5.
pub fn with_point(
    networks: impl Strategy<Value = Network>,
) -> impl Strategy<Value = (Network, Vec<Rational>)> {
    networks.prop_flat_map(|network| {
        let point = numbers::quarters(network.input().units());
        (Just(network), point)
    })
}

/// Networks with a point at which some units stand exactly at a kink.
///
/// The network is given a first layer of ReLU units, one for each input, the biases of which put
/// the chosen units on zero.
pub fn with_kink(
    networks: impl Strategy<Value = Network>,
) -> impl Strategy<Value = (Network, Vec<Rational>)> {
    (with_point(networks), 0..64usize, 1..8usize).prop_map(|((network, x), first, step)| {
        let chosen = |i: usize| i % step == first % x.len().min(step);
        let bias = |(i, x): (usize, &Rational)| if chosen(i) { -x } else { Rational::ONE };
        let bias = x.iter().enumerate().map(bias).collect();
        let mut layers = vec![keeping(network.input(), Rational::ONE, bias), Layer::relu()];
        layers.extend(network.layers().iter().cloned());
        (Network::new(network.input(), layers).expect("the shape is kept"), x)
    })
}

/// An affine layer that keeps the shape: `scale` times the signal, plus a bias for every unit.
fn keeping(shape: Shape, scale: Rational, bias: Vec<Rational>) -> Layer {
    let window = match shape {
        Shape::Flat(n) => {
            let entry = |p| if p % (n + 1) == 0 { scale.clone() } else { Rational::ZERO };
            return Layer::dense(n, (0..n * n).map(entry).collect(), bias);
        }
        Shape::Line(_) => Window::line(1),
        Shape::Plane(_) => Window::plane(1, 1),
    };
    let channels = shape.channels();
    Layer::grouped_convolution(channels, channels, window, vec![scale; channels], bias)
}

/// A layer of this kind that reads the shape, with all parameters zero.
fn layer(kind: Kind, shape: Shape, numbers: [usize; 4], activation: Activation) -> Layer {
    let [a, b, c, d] = numbers;
    let biases = |channels, units| [0, channels, 1, units][d % 4];
    match kind {
        Kind::Dense => {
            let outputs = 1 + a % 4;
            blank(Map::Dense { outputs }, outputs * shape.units(), biases(outputs, outputs))
        }
        Kind::Activation => Layer::Activation(activation),
        Kind::Convolution => {
            let groups = if c % 2 == 1 { shape.channels() } else { 1 };
            let channels = groups * (1 + c / 2 % 2);
            let window = window(shape, a, b);
            let map = Map::Convolution { channels, groups, window };
            let weights = channels * shape.channels() / groups * window.taps();
            blank(map, weights, biases(channels, 1))
        }
        Kind::Expansive => {
            let taps = 1 + a % 3;
            blank(Map::Expansive, taps, biases(1, shape.units() + taps - 1))
        }
        Kind::Downsample => {
            let scale = 1 + a % length(shape);
            blank(Map::Downsample { scale, keep: 1 + b % (length(shape) / scale) }, 0, 0)
        }
        Kind::SumPool => Layer::sum_pool(window(shape, a, b)),
        Kind::AveragePool => Layer::average_pool(window(shape, a, b)),
        // Half of the taps see the signal in every window, so none is empty.
        Kind::MaxPool => Layer::MaxPool(window(shape, a, b)),
        Kind::Flatten => Layer::Flatten,
        Kind::Residual => {
            let bias = vec![Rational::ZERO; biases(shape.channels(), shape.units())];
            let body = vec![keeping(shape, Rational::ZERO, bias), Layer::Activation(activation)];
            Layer::Residual(Network::new(shape, body).expect("the shape is kept"))
        }
        Kind::Sparse => {
            let outputs = 1 + a % 4;
            let weights = 1 + c % 3;
            let term = |o: usize, i: usize| [i, (o + i * b) % weights].map(|n| n as u32);
            let read = |o: usize, i: &usize| (o + i).is_multiple_of(1 + d % 3);
            let row = |o| (0..shape.units()).filter(|i| read(o, i)).map(|i| term(o, i)).collect();
            let rows = (0..outputs).map(row).collect();
            blank(Map::Sparse(rows), weights, biases(outputs, outputs))
        }
        Kind::Maximum => {
            let set = |o: usize| {
                let held = |i: &usize| (i + o).is_multiple_of(1 + b % 3) || *i == o % shape.units();
                (0..shape.units()).filter(held).collect()
            };
            Layer::Maximum((0..1 + a % 3).map(set).collect())
        }
        Kind::Branches => {
            let bias = vec![Rational::ZERO; biases(shape.channels(), shape.units())];
            let bent = vec![keeping(shape, Rational::ZERO, bias), Layer::Activation(activation)];
            let straight = if a % 2 == 0 { vec![] } else { bent[..1].to_vec() };
            let bodies = [bent, straight].map(|body| Network::new(shape, body));
            Layer::Branches(bodies.map(|body| body.expect("the shape is kept")).into())
        }
        Kind::Reshape => Layer::Reshape(match (shape.units() % 2, a % 3) {
            (0, 0) => Shape::Line([2, shape.units() / 2]),
            (0, 1) => Shape::Plane([1, 2, shape.units() / 2]),
            _ => Shape::Line([1, shape.units()]),
        }),
    }
}

/// An affine layer whose parameters are zeros, to be drawn later.
fn blank(map: Map, weights: usize, biases: usize) -> Layer {
    let [weight, bias] = [weights, biases].map(|n| vec![Rational::ZERO; n]);
    Layer::Affine(Affine { map, weight, bias })
}

/// The length of the last axis.
fn length(shape: Shape) -> usize {
    *shape.axes().last().expect("a shape has an axis")
}

/// A window that fits: up to three taps, stride, padding and dilation of one or two.
fn window(shape: Shape, a: usize, b: usize) -> Window {
    let axis = |length: usize| {
        let taps = 1 + a % length.min(3);
        let dilation = if (taps - 1) * 2 < length { 1 + b / 2 % 2 } else { 1 };
        let padding = if taps > 1 && dilation == 1 { b / 4 % 2 } else { 0 };
        Axis { taps, stride: 1 + b % 2, padding, dilation }
    };
    let rows = match shape {
        Shape::Plane([_, height, _]) => Some(axis(height)),
        _ => None,
    };
    Window { rows, columns: axis(length(shape)) }
}
