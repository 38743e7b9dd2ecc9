//! Runs of gradient descent beside a direction of their weights.

use super::numbers;
use super::steps::planar_points;
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::train::{ExactLoss, Record, Samples, TwoLayer, coverage, inner};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::{Deserialize, Serialize};

/// A network, what it is trained on and how long, and a direction `U` that is taken `lambda` times.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The loss.
    pub loss: ExactLoss,
    /// The rate.
    pub rate: Rational,
    /// Steps, 1 to 100.
    pub steps: usize,
    /// How far the reference weights lie along the direction.
    pub lambda: Rational,
    /// The direction, shape `[m, d]`.
    pub direction: Vec<Vec<Rational>>,
    /// The samples.
    pub samples: Samples,
    /// The network at the start.
    pub network: TwoLayer,
}

impl Run {
    /// Why the parts do not fit each other, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.samples.check().map_err(|error| error.to_string())?;
        self.network.check(self.samples.dimension()).map_err(|error| error.to_string())?;
        let shape = |rows: &[Vec<Rational>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        if shape(&self.direction) != shape(&self.network.weights) {
            return Err("the direction has another shape than the weights".to_owned());
        }
        if !(1..=100).contains(&self.steps) {
            return Err(format!("{} steps; there must be 1 to 100", self.steps));
        }
        match self.rate.is_positive() && !self.lambda.is_negative() {
            true => Ok(()),
            false => Err("the rate must be positive, lambda not negative".to_owned()),
        }
    }

    /// The run.
    pub fn record(&self) -> Record {
        let aim = (&self.direction[..], &self.lambda);
        Record::new(&self.network, &self.samples, self.loss, &self.rate, aim, self.steps)
    }

    /// The number of units.
    pub fn units(&self) -> Rational {
        Rational::from(self.network.weights.len())
    }

    /// Whether patches lie in the unit ball, `scale |outputs_s|` is at most `1 / sqrt(m)`, nothing
    /// has a bias, and the loss pulls at most as hard as it loses.
    pub fn is_in_the_setting(&self) -> bool {
        let TwoLayer { outputs, scale, bias, .. } = &self.network;
        let largest = outputs.iter().map(|a| a * a).max().unwrap_or_default();
        self.samples.squared_radius() <= Rational::ONE
            && scale.pow(2) * largest * self.units() <= Rational::ONE
            && bias.iter().all(Rational::is_zero)
            && self.loss != ExactLoss::Hinge
    }

    /// Whether the direction has norm at most 1.
    pub fn is_in_unit_ball(&self) -> bool {
        inner(&self.direction, &self.direction) <= Rational::ONE
    }

    /// Whether the rate is at most 1.
    pub fn is_slow(&self) -> bool {
        self.rate <= Rational::ONE
    }
}

/// Which of its hypotheses a generated run leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// None.
    Nothing,
    /// Points are four times as long.
    LongPoints,
    /// The direction is four times as long.
    LongDirection,
    /// Rates reach 32 instead of 1.
    Fast,
}

/// Runs of 1 or 4 units in the plane with the dyadic loss; the direction is the one of the first
/// sample's label, or of no sample. Two in three have one unit and one sample, where bounds are
/// sharp.
pub fn runs(lapse: Lapse) -> BoxedStrategy<Run> {
    let shape = prop_oneof![1 => (1usize..=2, 1usize..=3), 2 => Just((1, 1))];
    let rates = if lapse == Lapse::Fast { vec![4, 32] } else { vec![1, 1] };
    let rates = (select(rates), any::<bool>());
    let rates = rates.prop_map(|(rate, half)| Rational::new(rate, if half { 2 } else { 1 }));
    (shape, prop_oneof![1usize..=3, 8usize..=24], rates, numbers::fraction(64, 8))
        .prop_flat_map(|((q, n), steps, rate, lambda)| {
            let m = q * q;
            let start = vec(vec(numbers::fraction(32, 8), 2), m);
            let samples = (vec(planar_points(), n), vec(any::<bool>(), n));
            let outputs = vec(any::<bool>(), m);
            (Just((q, steps, rate, lambda)), start, samples, outputs, any::<bool>())
        })
        .prop_map(move |((q, steps, rate, lambda), mut weights, samples, outputs, aimed)| {
            let (mut points, positive) = samples;
            let sign = |plus: bool| Rational::from(if plus { 1 } else { -1 });
            let share = Rational::from(q).recip();
            // Along the first point, or across it; of norm at most 1 whatever the width is.
            let (x, y) = (points[0][0].clone(), points[0][1].clone());
            let [x, y] = if aimed { [x, y] } else { [-y, x] };
            if aimed {
                // Open at the first point, so that the direction has a margin at the start.
                let closed = |w: &&mut Vec<Rational>| dot(w, &points[0]).is_negative();
                let turn = |w: &mut Vec<Rational>| w.iter_mut().for_each(|t| *t = -&*t);
                weights.iter_mut().filter(closed).for_each(turn);
            }
            let length = if lapse == Lapse::LongDirection { 4 } else { 1 };
            let towards = |plus: &bool| {
                let factor = sign(*plus) * sign(positive[0]) * &share * Rational::integer(length);
                vec![&x * &factor, &y * &factor]
            };
            let direction = outputs.iter().map(towards).collect();
            if lapse == Lapse::LongPoints {
                points.iter_mut().flatten().for_each(|x| *x *= &Rational::integer(4));
            }
            let outputs = outputs.into_iter().map(sign).collect();
            let network = TwoLayer { weights, outputs, scale: share, bias: vec![] };
            Run {
                loss: ExactLoss::Dyadic,
                rate,
                steps,
                lambda: lambda.abs(),
                direction,
                samples: Samples::dense(points, positive),
                network,
            }
        })
        .boxed()
}

/// Runs on the square of exclusive or, in the direction of [`coverage::towards_the_square`].
pub fn on_the_square() -> BoxedStrategy<Run> {
    (1usize..=2, 1usize..=12, 0i64..=24)
        .prop_flat_map(|(q, steps, lambda)| {
            let weight = numbers::nonzero_integer(12).prop_map(|w| w / Rational::integer(8));
            let weights = vec(vec(weight, 2), q * q);
            (Just((q, steps, lambda)), weights, vec(any::<bool>(), q * q))
        })
        .prop_map(|((q, steps, lambda), weights, outputs)| {
            let sign = |plus: bool| Rational::from(if plus { 1 } else { -1 });
            let outputs = outputs.into_iter().map(sign).collect();
            let scale = Rational::from(q).recip();
            let network = TwoLayer { weights, outputs, scale, bias: vec![] };
            Run {
                loss: ExactLoss::Dyadic,
                rate: Rational::ONE,
                steps,
                lambda: Rational::from(lambda),
                direction: coverage::towards_the_square(&network),
                samples: coverage::xor_square(),
                network,
            }
        })
        .boxed()
}
