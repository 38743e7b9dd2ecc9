//! Norms of the weights: around each channel, along paths, and of all of them.

use super::rescaling::{Charge, Rescaling};
use crate::analysis::enclosure::{self, Enclosure};
use crate::exact::Rational;
use crate::net::{Activation, Affine, Layer, Map, Network, Parameters};
use crate::spline::univariate::total;

/// The squares around one channel, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelNorms {
    /// Its number in [`Rescaling`].
    pub channel: usize,
    /// The first affine layer that writes it, as an index into [`Network::parameters`].
    pub layer: usize,
    /// The unit or the channel that this layer writes.
    pub row: usize,
    /// The sum of the squares of the weights that write it.
    pub incoming: Rational,
    /// The sum of the squares of its biases.
    pub bias: Rational,
    /// The sum of the squares of the weights that read it.
    pub outgoing: Rational,
}

impl ChannelNorms {
    /// Whether what is charged on both sides is equal.
    pub fn is_balanced(&self, charge: Charge) -> bool {
        self.written(charge) == self.outgoing
    }

    /// The squares that write it, as far as they are charged.
    pub fn written(&self, charge: Charge) -> Rational {
        match charge {
            Charge::Weights => self.incoming.clone(),
            Charge::All => &self.incoming + &self.bias,
        }
    }

    /// The product of the two norms, `|in| |out|`, within `2^-bits`.
    pub fn product(&self, charge: Charge, bits: u32) -> Enclosure {
        let squared = self.written(charge) * &self.outgoing;
        enclosure::sqrt(&squared, bits).expect("squares are not negative")
    }
}

/// The decay of a network: exact unless that takes a very long fraction.
pub fn decay_of(network: &Network, rescaling: &Rescaling, charge: Charge) -> Enclosure {
    let edges = rescaling.edges(&network.parameters(), charge);
    total(edges.iter().map(|edge| edge.squares.clone()))
}

/// The squares around every channel that has a factor of its own, in the order of their numbers.
pub fn channel_norms(network: &Network, rescaling: &Rescaling) -> Vec<ChannelNorms> {
    let parameters = network.parameters();
    let without = |own: &Parameters, keep_weights: bool| {
        let zeros = |list: &[Rational]| vec![Rational::ZERO; list.len()];
        match keep_weights {
            true => Parameters { weight: own.weight.clone(), bias: zeros(&own.bias) },
            false => Parameters { weight: zeros(&own.weight), bias: own.bias.clone() },
        }
    };
    let [weights, biases] = [true, false]
        .map(|keep| parameters.iter().map(|own| without(own, keep)).collect::<Vec<_>>());
    let weights = rescaling.pairings(&weights, &weights);
    let biases = rescaling.pairings(&biases, &biases);
    let mut places = vec![None; rescaling.channels()];
    for (layer, ends) in rescaling.layers().iter().enumerate() {
        for (row, channel) in ends.rows.iter().enumerate() {
            places[*channel].get_or_insert((layer, row));
        }
    }
    let mut all = Vec::new();
    let squares = weights.into_iter().zip(biases).zip(places).enumerate();
    for (channel, (([incoming, outgoing], [bias, _]), place)) in squares.skip(1) {
        if let Some((layer, row)) = place {
            all.push(ChannelNorms { channel, layer, row, incoming, bias, outgoing });
        }
    }
    all
}

/// `sum |in| |out|` over the channels of a network with one hidden layer, within `2^-bits`: its
/// path norm. `None` where a weight leads from one hidden channel to another.
///
/// What leads from the input to the output past the channels is left out: a skip connection is
/// free.
pub fn path_norm(
    network: &Network,
    rescaling: &Rescaling,
    charge: Charge,
    bits: u32,
) -> Option<Enclosure> {
    let edges = rescaling.edges(&network.parameters(), charge);
    if edges.iter().any(|edge| edge.from != 0 && edge.into != 0) {
        return None;
    }
    let channels = channel_norms(network, rescaling);
    let finer = bits + usize::BITS - channels.len().leading_zeros();
    let products = channels.iter().map(|own| own.product(charge, finer));
    Some(products.fold(Enclosure::point(Rational::ZERO), |sum, own| sum.sum(&own)))
}

/// `sum` over all paths from an input to an output of the product of `|weight|^power`, `power`
/// being 1 or 2; an activation counts with its steepest slope, a pool with its constants.
///
/// With 1 it is the l1 path norm, with 2 the square of the l2 path norm. Biases are left out. Law:
/// no rescaling changes it. Cost: one evaluation.
pub fn path_sum(network: &Network, power: i32) -> Rational {
    let ones = vec![Rational::ONE; network.input().units()];
    magnitudes(network, power).eval(&ones).into_iter().sum()
}

/// The network that multiplies magnitudes along paths and adds them.
fn magnitudes(network: &Network, power: i32) -> Network {
    let linear = |slope: Rational| {
        let line =
            Activation::piecewise_linear(Vec::new(), vec![slope.pow(power)], &Rational::ZERO);
        Layer::Activation(line.expect("one piece has no breakpoint"))
    };
    let mut layers = Vec::new();
    for layer in network.layers() {
        match layer {
            Layer::Affine(Affine { map: Map::AveragePool(window), .. }) => {
                layers.push(Layer::sum_pool(*window));
                layers.push(linear(Rational::from(window.taps()).recip()));
            }
            Layer::Affine(Affine { map, weight, .. }) => {
                let weight = weight.iter().map(|w| w.abs().pow(power)).collect();
                layers.push(Layer::Affine(Affine { map: map.clone(), weight, bias: Vec::new() }));
            }
            Layer::Activation(activation) => {
                let slopes = activation.pieces().iter().map(|(slope, _)| slope.abs());
                layers.push(linear(slopes.max().expect("there is a piece")));
            }
            Layer::MaxPool(window) => layers.push(Layer::sum_pool(*window)),
            Layer::Maximum(sets) => {
                let row = |set: &Vec<usize>| set.iter().map(|&i| [i as u32, 0]).collect();
                let rows = sets.iter().map(row).collect();
                layers.push(Layer::sparse(rows, vec![Rational::ONE], Vec::new()));
            }
            Layer::Branches(branches) => {
                let branches = branches.iter().map(|branch| magnitudes(branch, power));
                layers.push(Layer::Branches(branches.collect()));
            }
            Layer::Residual(body) => layers.push(Layer::Residual(magnitudes(body, power))),
            Layer::Flatten | Layer::Reshape(_) => layers.push(layer.clone()),
        }
    }
    Network::new(network.input(), layers).expect("the shapes are those of the network")
}
