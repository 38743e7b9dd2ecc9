//! The record of a run: the sums that its certificate is made of.

use super::descent::{Descent, Directions};
use super::loss::ExactLoss;
use super::mean;
use super::samples::Samples;
use super::two_layer::{TwoLayer, inner, squared_distance};
use crate::exact::Rational;

/// A run of `steps` steps, beside a direction `U` and the weights `V = W_0 + lambda U`. All sums
/// are over the steps, all risks and pulls are means over the samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The number of steps.
    pub steps: usize,
    /// The rate.
    pub rate: Rational,
    /// The length that `U` is taken with.
    pub lambda: Rational,
    /// The sum of the risks `R(W_t)`.
    pub risks: Rational,
    /// The sum of the pulls `Q(W_t)`.
    pub pulls: Rational,
    /// The sum of the risks of `V` with the gates at each step.
    pub linearised: Rational,
    /// The least margin of `U` with the gates at any step.
    pub least_margin: Rational,
    /// The largest squared distance that one unit has moved.
    pub farthest: Rational,
    /// The squared distance of the weights from where they began.
    pub moved: Rational,
    /// The squared distance of the weights from `V`, at the start and at the end.
    pub to_reference: [Rational; 2],
    /// `<W_T - W_0, U>`.
    pub along: Rational,
    /// Gates at the end that differ from those at the start, and gates.
    pub flips: [usize; 2],
    /// Whether all numbers stayed fixed-point.
    pub is_fixed: bool,
}

impl Record {
    /// Runs descent, and records it. Panics if network, samples and direction do not fit, and
    /// without a step.
    pub fn new(
        network: &TwoLayer,
        samples: &Samples,
        loss: ExactLoss,
        rate: &Rational,
        (direction, lambda): (&[Vec<Rational>], &Rational),
        steps: usize,
    ) -> Self {
        let reference = network.moved(direction, lambda).weights;
        let along = Directions::new(samples, direction.to_vec());
        let there = Directions::new(samples, reference.clone());
        let mut run = Descent::new(network, samples, loss, rate);
        let start = run.open_gates();
        let (mut risks, mut pulls, mut linearised) = Default::default();
        let mut least_margin: Option<Rational> = None;
        for _ in 0..steps {
            let margins = run.margins();
            risks += &mean(margins.iter().map(|z| loss.exact_value(z)));
            pulls += &mean(margins.iter().map(|z| loss.exact_pull(z)));
            linearised += &mean(run.linearised(&there).iter().map(|z| loss.exact_value(z)));
            let least = run.linearised(&along).into_iter().min().expect("there is a sample");
            least_margin = Some(least_margin.map_or(least.clone(), |so_far| so_far.min(least)));
            run.step();
        }
        let end = run.network();
        let far = |(w, v): (&Vec<Rational>, &Vec<Rational>)| {
            squared_distance(std::slice::from_ref(w), std::slice::from_ref(v))
        };
        let farthest = end.weights.iter().zip(&network.weights).map(far).max();
        let gates = run.open_gates();
        Self {
            steps,
            rate: rate.clone(),
            lambda: lambda.clone(),
            risks,
            pulls,
            linearised,
            least_margin: least_margin.expect("there is a step"),
            farthest: farthest.expect("there is a unit"),
            moved: squared_distance(&end.weights, &network.weights),
            to_reference: [&network.weights, &end.weights]
                .map(|weights| squared_distance(weights, &reference)),
            along: inner(&end.weights, direction) - inner(&network.weights, direction),
            flips: [gates.iter().zip(&start).filter(|(a, b)| a != b).count(), gates.len()],
            is_fixed: run.is_fixed(),
        }
    }

    /// `lambda^2 / (eta T) + (2 / T) sum_t R_t(V)`, which the average risk does not exceed when
    /// `U` has norm at most 1 and the rate is at most 1.
    pub fn certificate(&self) -> Rational {
        let steps = Rational::from(self.steps);
        let first = self.lambda.pow(2) / (&self.rate * &steps);
        first + Rational::integer(2) * &self.linearised / steps
    }

    /// The average of the risks.
    pub fn average_risk(&self) -> Rational {
        &self.risks / Rational::from(self.steps)
    }
}
