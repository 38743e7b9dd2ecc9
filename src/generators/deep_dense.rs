//! Deep dense networks without biases at three places: where a descent began, where it is, and
//! where one would like it to be.

use super::prelude::*;
use super::relu_layers::{Layers, network};
use crate::net::Parameters;
use crate::properties::gradient;
use crate::train::{ExactLoss, deep, mean};

/// A step of descent on a deep network with one output, beside two others of its shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chain {
    /// The loss.
    pub loss: ExactLoss,
    /// The rate.
    pub rate: Rational,
    /// Shape `[n, d]`.
    pub points: Vec<Vec<Rational>>,
    /// The labels, `true` for `+1`.
    pub positive: Vec<bool>,
    /// Where the descent began.
    pub start: Layers,
    /// Where it is.
    pub now: Layers,
    /// What it is compared with.
    pub target: Layers,
}

impl Chain {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = numbers::length_of_first(&self.points, "there must be one point at least")?;
        if self.points.len() != self.positive.len() || self.points.iter().any(|x| x.len() != d) {
            return Err("points differ in length, or there is not one label each".to_owned());
        }
        for layers in [&self.start, &self.now, &self.target] {
            let mut inputs = d;
            for rows in layers {
                if rows.is_empty() || rows.iter().any(|row| row.len() != inputs) {
                    return Err("a layer does not fit the one before".to_owned());
                }
                inputs = rows.len();
            }
            refuse_if!(inputs != 1 || layers.is_empty(), "the last layer must have one output");
        }
        let shape = |layers: &Layers| layers.iter().map(Vec::len).collect::<Vec<_>>();
        if shape(&self.start) != shape(&self.now) || shape(&self.target) != shape(&self.now) {
            return Err("the three networks differ in shape".to_owned());
        }
        require!(self.rate.is_positive(), "the rate is {}; it must be positive", self.rate)
    }

    fn samples(&self) -> Vec<(Vec<Rational>, bool)> {
        self.points.iter().cloned().zip(self.positive.iter().copied()).collect()
    }

    fn label(&self, i: usize) -> Rational {
        sign(self.positive[i])
    }

    fn value(&self, layers: &Layers, i: usize) -> Rational {
        network(layers).eval(&self.points[i])[0].clone()
    }

    /// The gradient of the value at a point by the weights, layer by layer.
    fn gradient(&self, layers: &Layers, i: usize) -> Vec<Vec<Rational>> {
        let gradient = gradient(&network(layers), &self.points[i], &[Rational::ONE]);
        gradient.parameters.into_iter().map(|own| own.weight).collect()
    }

    /// The value at a point of the linearisation at `at`, for the weights of the target.
    fn linearised(&self, at: &Layers, i: usize) -> Rational {
        let (target, from) = (flat(&self.target), flat(at));
        let gradient: Vec<Rational> = self.gradient(at, i).concat();
        let way: Vec<Rational> = target.iter().zip(&from).map(|(a, b)| a - b).collect();
        self.value(at, i) + dot(&gradient, &way)
    }

    /// The mean loss at these margins.
    fn mean_loss(&self, value: impl Fn(usize) -> Rational) -> Rational {
        let losses =
            (0..self.points.len()).map(|i| self.loss.exact_value(&(self.label(i) * value(i))));
        mean(losses)
    }

    /// The risk where the descent is.
    pub fn risk(&self) -> Rational {
        self.mean_loss(|i| self.value(&self.now, i))
    }

    /// The risk of the target in the linearisation at the start.
    pub fn linearised_risk(&self) -> Rational {
        self.mean_loss(|i| self.linearised(&self.start, i))
    }

    /// At each point, the pull there, and how far the two linearisations, at the descent and at the
    /// start, are off at the target.
    pub fn errors(&self) -> Vec<(Rational, [Rational; 2])> {
        let at = |i: usize| {
            let pull = self.loss.exact_pull(&(self.label(i) * self.value(&self.now, i)));
            let there = self.value(&self.target, i);
            let off = |from| (&there - self.linearised(from, i)).abs();
            (pull, [off(&self.now), off(&self.start)])
        };
        (0..self.points.len()).map(at).collect()
    }

    /// `|W - W*|^2 - |W' - W*|^2` for the weights `W'` after a step on all layers.
    pub fn approach(&self) -> Rational {
        let network = network(&self.now);
        let after = deep::descended(&network, &self.samples(), self.loss, &self.rate, |_| true);
        let after: Vec<Rational> = weights(after.parameters()).concat();
        let target = flat(&self.target);
        let square = |from: &[Rational]| -> Rational {
            from.iter().zip(&target).map(|(a, b)| (a - b).pow(2)).sum()
        };
        square(&flat(&self.now)) - square(&after)
    }

    /// Whether the loss pulls at most as hard as it loses, at every margin where the descent is.
    pub fn is_gentle(&self) -> bool {
        let margin = |i| self.label(i) * self.value(&self.now, i);
        (0..self.points.len()).all(|i| self.loss.is_gentle_at(&margin(i)))
    }

    /// The squared norm of the gradient of the risk.
    pub fn squared_gradient(&self) -> Rational {
        let network = network(&self.now);
        let gradient = deep::risk_gradient(&network, &self.samples(), self.loss);
        weights(gradient).iter().flatten().map(|g| g * g).sum()
    }

    /// `L M^2`: the number of layers times the largest squared norm of the gradient by one layer at
    /// one point.
    pub fn reach(&self) -> Rational {
        let all = (0..self.points.len()).flat_map(|i| self.gradient(&self.now, i));
        let squares = all.map(|layer| layer.iter().map(|g| g * g).sum::<Rational>());
        squares.max().expect("there is a point and a layer") * Rational::from(self.now.len())
    }
}

fn flat(layers: &Layers) -> Vec<Rational> {
    layers.iter().flatten().flatten().cloned().collect()
}

fn weights(parameters: Vec<Parameters>) -> Vec<Vec<Rational>> {
    parameters.into_iter().map(|own| own.weight).collect()
}

/// How large generated chains are, each at most but the inputs.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Coordinates of a point.
    pub inputs: usize,
    /// Units in a hidden layer.
    pub units: usize,
    /// Hidden layers.
    pub hidden: usize,
    /// Points.
    pub points: usize,
}

impl Extent {
    /// Up to three hidden layers of two units on the plane.
    pub const SMALL: Self = Self { inputs: 2, units: 2, hidden: 3, points: 2 };
    /// Up to five hidden layers of six units on six inputs.
    pub const LARGE: Self = Self { inputs: 6, units: 6, hidden: 5, points: 5 };
    /// Up to eight hidden layers of twelve units.
    pub const HUGE: Self = Self { inputs: 8, units: 12, hidden: 8, points: 8 };
}

/// Networks of this extent, at rates up to `fastest` sixteenths. In half of them the target is
/// close to where the descent is, in half of them the descent has not begun.
pub fn chains(fastest: i64, extent: Extent) -> BoxedStrategy<Chain> {
    let widths = vec(1..=extent.units, 1..=extent.hidden);
    let losses = select(vec![ExactLoss::Rational, ExactLoss::Dyadic]);
    (widths, 1..=extent.points, losses, 1..=fastest, any::<[bool; 2]>())
        .prop_flat_map(move |(widths, n, loss, rate, [near, still])| {
            let layers = move |most: i64| {
                let inputs = [extent.inputs].into_iter().chain(widths.clone());
                let outputs = widths.iter().copied().chain([1]);
                let layer = |(i, o)| vec(vec(numbers::fraction(most, 4), i), o);
                inputs.zip(outputs).map(layer).collect::<Vec<_>>()
            };
            let points = vec(numbers::integers(extent.inputs, 1), n);
            let moved = layers(if still { 0 } else { 3 });
            let places = (layers(6), moved, layers(if near { 2 } else { 6 }));
            (Just((loss, rate, near)), points, vec(any::<bool>(), n), places)
        })
        .prop_map(|((loss, rate, near), points, positive, (start, moved, mut target))| {
            let mut now = start.clone();
            shift(&mut now, &moved);
            if near {
                shift(&mut target, &now);
            }
            let rate = Rational::new(rate, 16);
            Chain { loss, rate, points, positive, start, now, target }
        })
        .boxed()
}

/// Chains at the largest rate `r` with `r L M^2 <= 1/2`; at 1/16 where nothing moves.
pub fn at_the_limit(extent: Extent) -> BoxedStrategy<Chain> {
    let fitted = |mut chain: Chain| {
        let twice = chain.reach() * Rational::integer(2);
        if twice.is_positive() {
            chain.rate = twice.recip();
        }
        chain
    };
    chains(1, extent).prop_map(fitted).boxed()
}

/// Chains at the largest rate, with the hinge loss, that have not begun and are compared with
/// themselves: there a step pays for nothing but its own square.
pub fn with_the_hinge() -> BoxedStrategy<Chain> {
    let fitted = |mut chain: Chain| {
        chain.loss = ExactLoss::Hinge;
        chain.now.clone_from(&chain.start);
        chain.target.clone_from(&chain.start);
        chain
    };
    at_the_limit(Extent { units: 1, hidden: 1, points: 1, ..Extent::SMALL })
        .prop_map(fitted)
        .boxed()
}

fn shift(layers: &mut Layers, by: &Layers) {
    let entries = layers.iter_mut().flatten().flatten();
    entries.zip(by.iter().flatten().flatten()).for_each(|(x, y)| *x += y);
}
