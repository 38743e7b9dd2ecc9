//! The rescalings of a network: which numbers may be multiplied without changing its function.
//!
//! A channel is a set of units that must keep one common factor: the units of a convolution's
//! channel, what pools and maxima mix, what a residual layer adds to each other, the outputs that
//! share a bias. The weight from channel `i` to channel `o` is multiplied by `s_o / s_i`, a bias
//! of `o` by `s_o`. Channel 0 keeps the factor 1: inputs, outputs, and every unit at an activation
//! that does not commute with positive factors.

use crate::exact::Rational;
use crate::net::{Affine, Layer, Map, Network, Parameters, Shape, Weight};
use std::collections::BTreeMap;

/// All rescalings of a network by one positive factor a channel.
#[derive(Clone, Debug)]
pub struct Rescaling {
    /// How many channels there are, that of the fixed units included.
    count: usize,
    /// One for each affine layer, in the order of [`Network::parameters`].
    layers: Vec<Ends>,
    /// Where factors are refused.
    refused: Vec<Refused>,
}

/// An activation that does not commute with positive factors: its units keep the factor 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The activation, counted from zero through residual bodies.
    pub activation: usize,
    /// Its units.
    pub units: usize,
}

/// From which channel to which the numbers of one affine layer lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// For each weight: the channel that it reads, and the one that it writes.
    pub weights: Vec<[usize; 2]>,
    /// For each bias: the channel that it is added to.
    pub biases: Vec<usize>,
    /// The channel of each row of weights: a unit, or a channel of a convolution.
    pub rows: Vec<usize>,
}

/// What weight decay charges for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// The squares of the weights: biases are free.
    Weights,
    /// The squares of weights and biases.
    All,
}

/// The numbers that lead from one channel to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The channel that is read; 0 for a bias.
    pub from: usize,
    /// The channel that is written.
    pub into: usize,
    /// The sum of their squares, positive.
    pub squares: Rational,
}

impl Rescaling {
    /// The rescalings of a network. Cost: a few steps a unit and a weight.
    pub fn of(network: &Network) -> Self {
        let mut walk =
            Walk { parent: vec![0], layers: Vec::new(), activations: 0, refused: vec![] };
        let input = vec![0; network.input().units()];
        for unit in walk.through(network, input) {
            walk.join(unit, 0);
        }
        walk.finish()
    }

    /// The number of channels, the fixed one included.
    pub fn channels(&self) -> usize {
        self.count
    }

    /// The ends of every affine layer, in the order of [`Network::parameters`].
    pub fn layers(&self) -> &[Ends] {
        &self.layers
    }

    /// The activations whose units keep the factor 1, first to last.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// The squares between each two channels, in the order of their numbers.
    ///
    /// Law: they sum to the decay of the network. Panics if the parameters are of another form.
    pub fn edges(&self, parameters: &[Parameters], charge: Charge) -> Vec<Edge> {
        let mut squares: BTreeMap<[usize; 2], Rational> = BTreeMap::new();
        let mut add = |ends: [usize; 2], number: &Rational| {
            if !number.is_zero() {
                *squares.entry(ends).or_insert(Rational::ZERO) += number * number;
            }
        };
        assert_eq!(parameters.len(), self.layers.len(), "one list of numbers an affine layer");
        for (own, ends) in parameters.iter().zip(&self.layers) {
            assert_eq!(own.weight.len(), ends.weights.len(), "the layers have these weights");
            own.weight.iter().zip(&ends.weights).for_each(|(w, ends)| add(*ends, w));
            if charge == Charge::All {
                own.bias.iter().zip(&ends.biases).for_each(|(b, into)| add([0, *into], b));
            }
        }
        let all = squares.into_iter();
        all.map(|([from, into], squares)| Edge { from, into, squares }).collect()
    }

    /// The network with these positive factors, one a channel, that of channel 0 being 1.
    ///
    /// Law: it is the same function. Panics if a factor is not positive, the first is not 1, or
    /// there are more or fewer than channels.
    pub fn apply(&self, network: &Network, factors: &[Rational]) -> Network {
        assert_eq!(factors.len(), self.count, "one factor a channel");
        assert!(factors[0] == Rational::ONE, "the factor of the fixed units is 1");
        assert!(factors.iter().all(Rational::is_positive), "factors are positive");
        let mut parameters = network.parameters();
        for (own, ends) in parameters.iter_mut().zip(&self.layers) {
            for (w, [from, into]) in own.weight.iter_mut().zip(&ends.weights) {
                if from != into && !w.is_zero() {
                    *w = &*w * (&factors[*into] / &factors[*from]);
                }
            }
            for (b, into) in own.bias.iter_mut().zip(&ends.biases) {
                *b = &*b * &factors[*into];
            }
        }
        network.with_parameters(parameters).expect("the form of the parameters is unchanged")
    }

    /// Inner products of two lists of parameters around each channel: over what writes it, biases
    /// included, and over what reads it.
    ///
    /// A number that leads from a channel to itself counts on both sides. With parameters and
    /// their gradients the two sides agree for every channel but 0: that is Euler's identity.
    pub fn pairings(&self, a: &[Parameters], b: &[Parameters]) -> Vec<[Rational; 2]> {
        let mut sides = vec![[Rational::ZERO, Rational::ZERO]; self.count];
        for ((a, b), ends) in a.iter().zip(b).zip(&self.layers) {
            for ((x, y), [from, into]) in a.weight.iter().zip(&b.weight).zip(&ends.weights) {
                let product = x * y;
                sides[*into][0] += &product;
                sides[*from][1] += product;
            }
            for ((x, y), into) in a.bias.iter().zip(&b.bias).zip(&ends.biases) {
                sides[*into][0] += x * y;
            }
        }
        sides
    }
}

/// The units of the signals so far, joined as they must keep one factor.
struct Walk {
    parent: Vec<usize>,
    layers: Vec<Ends>,
    activations: usize,
    refused: Vec<Refused>,
}

impl Walk {
    fn root(&mut self, mut unit: usize) -> usize {
        while self.parent[unit] != unit {
            self.parent[unit] = self.parent[self.parent[unit]];
            unit = self.parent[unit];
        }
        unit
    }

    /// The smaller number stays, so that 0 does.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    fn new_units(&mut self, count: usize) -> Vec<usize> {
        let start = self.parent.len();
        self.parent.extend(start..start + count);
        (start..start + count).collect()
    }

    fn join_run(&mut self, units: &[usize]) {
        units.windows(2).for_each(|pair| self.join(pair[0], pair[1]));
    }

    fn through(&mut self, network: &Network, mut signal: Vec<usize>) -> Vec<usize> {
        for (layer, shape) in network.stages() {
            signal = match layer {
                Layer::Affine(affine) => self.affine(affine, shape, &signal),
                Layer::Activation(activation) => {
                    if !activation.is_homogeneous() {
                        let (activation, units) = (self.activations, signal.len());
                        self.refused.push(Refused { activation, units });
                        signal.iter().for_each(|unit| self.join(*unit, 0));
                    }
                    self.activations += 1;
                    signal
                }
                Layer::MaxPool(_) | Layer::Maximum(_) => {
                    let windows = layer.choice(shape).expect("a maximum chooses").windows();
                    let made = self.new_units(windows.len());
                    for (unit, window) in made.iter().zip(windows) {
                        window.iter().for_each(|i| self.join(*unit, signal[*i]));
                    }
                    made
                }
                Layer::Flatten | Layer::Reshape(_) => signal,
                Layer::Branches(branches) => {
                    let made = branches.iter().map(|branch| self.through(branch, signal.clone()));
                    made.collect::<Vec<_>>().concat()
                }
                Layer::Residual(body) => {
                    let made = self.through(body, signal.clone());
                    made.iter().zip(&signal).for_each(|(a, b)| self.join(*a, *b));
                    signal
                }
            };
        }
        signal
    }

    fn affine(&mut self, affine: &Affine, shape: Shape, signal: &[usize]) -> Vec<usize> {
        let output = affine.output(0, shape).expect("the network was checked");
        let made = self.new_units(output.units());
        let (mut rows, mut weights) = (Vec::new(), Vec::new());
        match &affine.map {
            Map::Dense { .. } => {
                rows.clone_from(&made);
                weights.extend(made.iter().flat_map(|o| signal.iter().map(|i| [*i, *o])));
            }
            &Map::Convolution { channels, groups, window } => {
                let [seen, taps] = [shape.channels() / groups, window.taps()];
                let read = self.first_of_runs(signal, shape.channels());
                rows = self.first_of_runs(&made, channels);
                for (out, row) in rows.iter().enumerate() {
                    let first = out / (channels / groups) * seen;
                    let ends = |k: usize| [read[first + k / taps], *row];
                    weights.extend((0..seen * taps).map(ends));
                }
                // A weight that meets padding alone has no factor.
                let mut is_idle = vec![true; weights.len()];
                affine.for_each_term(shape, |_, _, weight| {
                    if let Weight::Parameter(p) = weight {
                        is_idle[p] = false;
                    }
                });
                let idle = weights.iter_mut().zip(is_idle).filter(|(_, is_idle)| *is_idle);
                idle.for_each(|(ends, _)| *ends = [0, 0]);
            }
            Map::Sparse(_) => {
                rows.clone_from(&made);
                // A weight without a term has no factor; one with several has one.
                weights.resize(affine.weight.len(), [0, 0]);
                affine.for_each_term(shape, |o, i, weight| {
                    let Weight::Parameter(p) = weight else { return };
                    let ends = [signal[i], made[o]];
                    match weights[p] {
                        [_, 0] => weights[p] = ends,
                        first => (0..2).for_each(|end| self.join(first[end], ends[end])),
                    }
                });
            }
            Map::Expansive => {
                self.join_run(signal);
                self.join_run(&made);
                rows.push(made[0]);
                weights.resize(affine.weight.len(), [signal[0], made[0]]);
            }
            Map::Downsample { .. } | Map::SumPool(_) | Map::AveragePool(_) => {
                affine.for_each_term(shape, |o, i, _| self.join(made[o], signal[i]));
            }
        }
        let mut biases = vec![0; affine.bias.len()];
        for (o, unit) in made.iter().enumerate() {
            if let Some(b) = affine.bias_index(o, made.len()) {
                match biases[b] {
                    0 => biases[b] = *unit,
                    first => self.join(first, *unit),
                }
            }
        }
        self.layers.push(Ends { weights, biases, rows });
        made
    }

    /// Joins each of `count` runs of equal length; the first unit of each.
    fn first_of_runs(&mut self, units: &[usize], count: usize) -> Vec<usize> {
        let runs: Vec<_> = units.chunks(units.len() / count).collect();
        runs.iter().for_each(|run| self.join_run(run));
        runs.iter().map(|run| run[0]).collect()
    }

    /// Numbers the joined sets in the order of their first units.
    fn finish(mut self) -> Rescaling {
        let mut number = vec![0; self.parent.len()];
        let mut count = 0;
        for unit in 0..self.parent.len() {
            match self.root(unit) {
                root if root == unit => {
                    number[unit] = count;
                    count += 1;
                }
                root => number[unit] = number[root],
            }
        }
        for ends in &mut self.layers {
            let all = ends.weights.iter_mut().flatten();
            all.chain(&mut ends.biases)
                .chain(&mut ends.rows)
                .for_each(|unit| *unit = number[*unit]);
        }
        Rescaling { count, layers: self.layers, refused: self.refused }
    }
}
