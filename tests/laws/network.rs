//! Networks: every kind of layer on examples computed by hand, and the laws between kinds.

mod equality;
mod float;
mod laws;
mod layers;
mod patterns;
mod refusals;

use super::support::Small;
use crease::exact::Rational;
use crease::net::{Activation, Layer, Network, Shape, Window};
use quickcheck::{Arbitrary, Gen};

/// Integers as exact numbers.
fn ints(entries: impl IntoIterator<Item = i64>) -> Vec<Rational> {
    entries.into_iter().map(Rational::from).collect()
}

/// Exact numbers from a list such as `"1 -1/2 3"`.
fn qs(text: &str) -> Vec<Rational> {
    text.split_whitespace().map(|x| x.parse().expect("an exact number")).collect()
}

fn q(text: &str) -> Rational {
    text.parse().expect("an exact number")
}

fn network(input: Shape, layers: Vec<Layer>) -> Network {
    Network::new(input, layers).expect("the layers fit")
}

/// The value of one layer.
fn value(layer: Layer, input: Shape, x: &[Rational]) -> Vec<Rational> {
    network(input, vec![layer]).eval(x)
}

/// `n` small fractions.
fn smalls(g: &mut Gen, n: usize) -> Vec<Rational> {
    (0..n).map(|_| Small::arbitrary(g).0).collect()
}

fn below(g: &mut Gen, n: usize) -> usize {
    usize::arbitrary(g) % n
}

/// A network of up to five layers of any kind, and a point.
#[derive(Clone, Debug)]
struct Any {
    network: Network,
    x: Vec<Rational>,
    cotangent: Vec<Rational>,
}

impl Arbitrary for Any {
    fn arbitrary(g: &mut Gen) -> Self {
        let input = match below(g, 3) {
            0 => Shape::Flat(1 + below(g, 4)),
            1 => Shape::Line([1 + below(g, 2), 1 + below(g, 5)]),
            _ => Shape::Plane([1 + below(g, 2), 1 + below(g, 3), 1 + below(g, 3)]),
        };
        let network = chain(g, input, 2);
        let (x, cotangent) = (smalls(g, input.units()), smalls(g, network.output().units()));
        Self { network, x, cotangent }
    }
}

fn chain(g: &mut Gen, input: Shape, nesting: usize) -> Network {
    let mut layers = Vec::new();
    let mut shape = input;
    for index in 0..1 + below(g, 5) {
        let layer = layer(g, shape, nesting);
        // A layer that does not fit this shape is left out.
        if let Ok(output) = layer.output(index, shape) {
            shape = output;
            layers.push(layer);
        }
    }
    network(input, layers)
}

fn window(g: &mut Gen, shape: Shape) -> Window {
    let window = match shape {
        Shape::Plane(_) => Window::plane(1 + below(g, 2), 1 + below(g, 3)),
        _ => Window::line(1 + below(g, 3)),
    };
    window.stride(1 + below(g, 2)).padding(below(g, 2)).dilation(1 + below(g, 2))
}

fn layer(g: &mut Gen, shape: Shape, nesting: usize) -> Layer {
    let (channels, window) = (1 + below(g, 3), window(g, shape));
    match below(g, 15) {
        0 => {
            let outputs = 1 + below(g, 3);
            Layer::dense(outputs, smalls(g, outputs * shape.units()), smalls(g, outputs))
        }
        1 | 2 => {
            let groups = if shape.channels() == 2 { 1 + below(g, 2) } else { 1 };
            let (channels, seen) = (channels * groups, shape.channels() / groups);
            let filter = smalls(g, channels * seen * window.taps());
            let bias = if bool::arbitrary(g) { smalls(g, channels) } else { Vec::new() };
            Layer::grouped_convolution(channels, groups, window, filter, bias)
        }
        3 => {
            let taps = 1 + below(g, 3);
            Layer::expansive(smalls(g, taps), smalls(g, 1))
        }
        4 => Layer::downsample(1 + below(g, 2), 1 + below(g, 2)),
        5 => Layer::sum_pool(window),
        6 => Layer::average_pool(window),
        7 => Layer::MaxPool(window),
        8 if nesting > 0 => Layer::Residual(keeping(g, shape, nesting - 1)),
        9 => Layer::Flatten,
        10 => {
            let weights = 1 + below(g, 3);
            let row = |g: &mut Gen| {
                let read = (0..shape.units() as u32).filter(|_| bool::arbitrary(g));
                let read: Vec<u32> = read.collect();
                read.into_iter().map(|i| [i, below(g, weights) as u32]).collect()
            };
            let rows: Vec<_> = (0..1 + below(g, 3)).map(|_| row(g)).collect();
            let bias = if bool::arbitrary(g) { smalls(g, rows.len()) } else { Vec::new() };
            Layer::sparse(rows, smalls(g, weights), bias)
        }
        11 => {
            let set = |g: &mut Gen| {
                let one = below(g, shape.units());
                (0..shape.units()).filter(|i| *i == one || bool::arbitrary(g)).collect()
            };
            Layer::Maximum((0..1 + below(g, 3)).map(|_| set(g)).collect())
        }
        12 if nesting > 0 => {
            Layer::Branches((0..1 + below(g, 3)).map(|_| chain(g, shape, nesting - 1)).collect())
        }
        13 => Layer::Reshape(match below(g, 3) {
            0 => Shape::Line([shape.units(), 1]),
            1 => Shape::Plane([1, 1, shape.units()]),
            _ => Shape::Line([1, shape.units()]),
        }),
        _ => Layer::Activation(activation(g)),
    }
}

/// A body that keeps the shape: layers that change it are left out.
fn keeping(g: &mut Gen, shape: Shape, nesting: usize) -> Network {
    let layers = (0..3).map(|_| layer(g, shape, nesting));
    let layers = layers.filter(|layer| layer.output(0, shape) == Ok(shape)).collect();
    network(shape, layers)
}

fn activation(g: &mut Gen) -> Activation {
    match below(g, 5) {
        0 => Activation::leaky_relu(Small::arbitrary(g).0),
        1 => Activation::absolute_value(),
        2 => Activation::hard_tanh(),
        3 => Activation::piecewise_linear(ints([-2, 0, 1]), smalls(g, 4), &Small::arbitrary(g).0)
            .expect("breakpoints increase"),
        _ => Activation::relu(),
    }
}
