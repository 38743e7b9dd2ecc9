//! One hidden layer, samples, a loss and a rate: what one step of descent is made of.

use super::numbers;
use crate::exact::Rational;
use crate::train::{ExactLoss, Samples, TwoLayer, squared_distance};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// A network in the middle of a descent, and weights `V` to compare its own with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The loss.
    pub loss: ExactLoss,
    /// The rate.
    pub rate: Rational,
    /// The weights to compare with, shape `[m, d]`.
    pub reference: Vec<Vec<Rational>>,
    /// The samples.
    pub samples: Samples,
    /// The network before the step.
    pub network: TwoLayer,
}

impl Step {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.samples.check().map_err(|error| error.to_string())?;
        self.network.check(self.samples.dimension()).map_err(|error| error.to_string())?;
        if !self.rate.is_positive() {
            return Err(format!("the rate is {}; it must be positive", self.rate));
        }
        let shape = |rows: &[Vec<Rational>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        match shape(&self.reference) == shape(&self.network.weights) {
            true => Ok(()),
            false => Err("the reference has another shape than the weights".to_owned()),
        }
    }

    /// `|W - V|^2 - |W' - V|^2` for the weights `W'` after a step on all samples.
    pub fn approach(&self) -> Rational {
        let all: Vec<usize> = (0..self.samples.len()).collect();
        let after = self.network.descended(&self.samples, &all, self.loss, &self.rate);
        squared_distance(&self.network.weights, &self.reference)
            - squared_distance(&after.weights, &self.reference)
    }

    /// The mean loss of `V` with the gates of the network as it is.
    pub fn linearised_risk(&self) -> Rational {
        let margins = self.network.linearised(&self.samples, &self.reference);
        crate::train::mean(margins.iter().map(|z| self.loss.exact_value(z)))
    }

    /// The mean loss of the network.
    pub fn risk(&self) -> Rational {
        self.network.risk(&self.samples, self.loss)
    }

    /// Whether every patch has norm at most 1.
    pub fn is_in_unit_ball(&self) -> bool {
        self.samples.squared_radius() <= Rational::ONE
    }

    /// Whether `scale^2 sum_s outputs_s^2` is at most 1: then gradients have norm at most 1.
    pub fn is_normalised(&self) -> bool {
        let squares: Rational = self.network.outputs.iter().map(|a| a * a).sum();
        self.network.scale.pow(2) * squares <= Rational::ONE
    }

    /// Whether the network has no bias but zero.
    pub fn is_unbiased(&self) -> bool {
        self.network.bias.iter().all(Rational::is_zero)
    }

    /// Whether the pull of the loss is at most the loss.
    pub fn is_gentle(&self) -> bool {
        self.loss != ExactLoss::Hinge
    }

    /// Whether all of these hold.
    pub fn is_in_the_setting(&self) -> bool {
        self.is_in_unit_ball() && self.is_normalised() && self.is_unbiased() && self.is_gentle()
    }
}

/// Rational points of the unit circle, the axes among them, and points inside it.
pub fn planar_points() -> BoxedStrategy<Vec<Rational>> {
    let triples = [(1, 0, 1), (3, 4, 5), (5, 12, 13), (8, 15, 17), (20, 21, 29), (1, 2, 4)];
    (select(triples.to_vec()), any::<[bool; 3]>())
        .prop_map(|((a, b, c), [swap, left, down])| {
            let (a, b) = if swap { (b, a) } else { (a, b) };
            let sign = |minus: bool, x: i64| Rational::new(if minus { -x } else { x }, c);
            vec![sign(left, a), sign(down, b)]
        })
        .boxed()
}

/// Which of its hypotheses a generated step leaves out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lapse {
    /// Points are twice as long.
    pub long_points: bool,
    /// The scale is 1 whatever the width is.
    pub unscaled: bool,
    /// Units have frozen biases.
    pub biased: bool,
    /// The hinge loss is among the losses.
    pub hinge: bool,
    /// Rates reach 3 instead of 1.
    pub fast: bool,
}

/// Steps of networks of 1 or 4 units on one to three samples of one or two patches in the plane.
/// One in four has one unit and one sample, and `V` close to `W`: where bounds are sharp.
pub fn steps(lapse: Lapse) -> BoxedStrategy<Step> {
    let least = if lapse.unscaled { 2usize } else { 1 };
    let shape = prop_oneof![
        3 => (least..=2, 1usize..=3, 1usize..=2),
        1 => Just((least, 1, 1)),
    ];
    shape
        .prop_flat_map(move |(q, n, positions)| {
            let m = q * q;
            let weights = |most| vec(vec(numbers::fraction(most, 8), 2), m);
            let near = (weights(16), any::<bool>());
            let patches = vec(vec(planar_points(), positions), n);
            let samples = (patches, vec(any::<bool>(), n));
            let bias = vec(numbers::fraction(80, 8), if lapse.biased { m } else { 0 });
            let outputs = vec(any::<bool>(), m);
            (Just(q), samples, weights(80), near, outputs, bias, losses(lapse), rates(lapse))
        })
        .prop_map(move |(q, samples, weights, (mut reference, near), outputs, bias, loss, rate)| {
            let (mut patches, positive) = samples;
            if near {
                add(&mut reference, &weights);
            }
            if lapse.long_points {
                patches.iter_mut().flatten().flatten().for_each(|x| *x += x.clone());
            }
            let sign = |plus: bool| Rational::from(if plus { 1 } else { -1 });
            let scale = if lapse.unscaled { Rational::ONE } else { Rational::from(q).recip() };
            let outputs = outputs.into_iter().map(sign).collect();
            let network = TwoLayer { weights, outputs, scale, bias };
            Step { loss, rate, reference, samples: Samples { patches, positive }, network }
        })
        .boxed()
}

fn add(rows: &mut [Vec<Rational>], other: &[Vec<Rational>]) {
    rows.iter_mut().flatten().zip(other.iter().flatten()).for_each(|(x, y)| *x += y);
}

fn losses(lapse: Lapse) -> BoxedStrategy<ExactLoss> {
    let both = vec![ExactLoss::Rational, ExactLoss::Dyadic];
    if lapse.hinge { Just(ExactLoss::Hinge).boxed() } else { select(both).boxed() }
}

fn rates(lapse: Lapse) -> BoxedStrategy<Rational> {
    let most = if lapse.fast { 48i64 } else { 16 };
    (1..=most).prop_map(|r: i64| Rational::new(r, 16)).boxed()
}
