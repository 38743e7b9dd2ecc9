//! One hidden ReLU layer with shared filters, the mean over positions, and frozen outputs.

use super::loss::ExactLoss;
use super::mean;
use super::samples::Samples;
use crate::exact::Rational;
use crate::exact::linear::dot;
use serde::{Deserialize, Serialize};

/// `f(x) = scale sum_s outputs_s mean_p relu(<weights_s, x_p> + bias_s)`. Only the weights are
/// trained. With one patch this is a dense layer.
///
/// A gate is open where its pre-activation is positive: closed at zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoLayer {
    /// Shape `[m, d]`.
    pub weights: Vec<Vec<Rational>>,
    /// Shape `[m]`.
    pub outputs: Vec<Rational>,
    /// Multiplies the sum; `1 / sqrt(m)` in theorems about width.
    pub scale: Rational,
    /// Frozen biases, shape `[m]`; empty for none, as width theorems have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bias: Vec<Rational>,
}

/// Weights of a hidden layer, or a direction in their space; shape `[m, d]`.
type Weights = Vec<Vec<Rational>>;

impl TwoLayer {
    /// Why the network does not read patches of this dimension, in a sentence.
    pub fn check(&self, dimension: usize) -> Result<(), String> {
        let (units, outputs, biases) = (self.weights.len(), self.outputs.len(), self.bias.len());
        refuse_if!(
            units == 0 || units != outputs,
            "{units} hidden units, {outputs} outputs; there must be as many, and one at least"
        );
        refuse_if!(
            biases != 0 && biases != units,
            "{units} hidden units with {biases} biases; there must be one each, or none"
        );
        match self.weights.iter().map(Vec::len).enumerate().find(|(_, len)| *len != dimension) {
            Some((unit, found)) => {
                Err(format!("unit {unit} has {found} weights for {dimension} coordinates"))
            }
            None => Ok(()),
        }
    }

    /// The pre-activation of unit `s` at a patch.
    pub fn before(&self, s: usize, patch: &[Rational]) -> Rational {
        let sum = dot(&self.weights[s], patch);
        if self.bias.is_empty() { sum } else { sum + &self.bias[s] }
    }

    /// The value at a sample `[P, d]`.
    pub fn value(&self, sample: &[Vec<Rational>]) -> Rational {
        let unit = |s: usize| -> Rational {
            let active = sample.iter().map(|x| self.before(s, x)).filter(Rational::is_positive);
            active.sum::<Rational>() * &self.outputs[s]
        };
        (0..self.weights.len()).map(unit).sum::<Rational>() * self.share(sample)
    }

    /// The gradient of the value by the weights, shape `[m, d]`.
    pub fn gradient(&self, sample: &[Vec<Rational>]) -> Weights {
        let share = self.share(sample);
        let unit = |s: usize| {
            let mut sum = vec![Rational::ZERO; self.weights[s].len()];
            for x in sample.iter().filter(|x| self.before(s, x).is_positive()) {
                sum.iter_mut().zip(x).for_each(|(sum, t)| *sum += t);
            }
            let factor = &share * &self.outputs[s];
            sum.into_iter().map(|t| t * &factor).collect()
        };
        (0..self.weights.len()).map(unit).collect()
    }

    /// The margins `y_i f(x_i)`.
    pub fn margins(&self, samples: &Samples) -> Vec<Rational> {
        let margin = |(i, x): (usize, &Vec<Vec<Rational>>)| samples.label(i) * self.value(x);
        samples.patches.iter().enumerate().map(margin).collect()
    }

    /// The margins that `direction` would have with the gates as they are now:
    /// `y_i <grad f(x_i), direction>`.
    pub fn linearised(&self, samples: &Samples, direction: &[Vec<Rational>]) -> Vec<Rational> {
        let margin = |(i, x): (usize, &Vec<Vec<Rational>>)| {
            samples.label(i) * inner(&self.gradient(x), direction)
        };
        samples.patches.iter().enumerate().map(margin).collect()
    }

    /// The mean loss.
    pub fn risk(&self, samples: &Samples, loss: ExactLoss) -> Rational {
        mean(self.margins(samples).iter().map(|z| loss.exact_value(z)))
    }

    /// The gradient of the mean loss over some of the samples, each counted as often as named.
    pub fn risk_gradient(&self, samples: &Samples, batch: &[usize], loss: ExactLoss) -> Weights {
        let width = samples.dimension();
        let mut sum = vec![vec![Rational::ZERO; width]; self.weights.len()];
        for &i in batch {
            let x = &samples.patches[i];
            let label = samples.label(i);
            let pull = loss.exact_pull(&(&label * self.value(x)));
            let factor = -(pull * label) / Rational::from(batch.len());
            add(&mut sum, &self.gradient(x), &factor);
        }
        sum
    }

    /// The weights moved by `factor` times `direction`.
    pub fn moved(&self, direction: &[Vec<Rational>], factor: &Rational) -> Self {
        let mut moved = self.clone();
        add(&mut moved.weights, direction, factor);
        moved
    }

    /// One step of gradient descent on the mean loss over some of the samples.
    pub fn descended(
        &self,
        samples: &Samples,
        batch: &[usize],
        loss: ExactLoss,
        rate: &Rational,
    ) -> Self {
        self.moved(&self.risk_gradient(samples, batch, loss), &-rate)
    }

    fn share(&self, sample: &[Vec<Rational>]) -> Rational {
        &self.scale / Rational::from(sample.len())
    }
}

/// The inner product of two lists of rows.
pub fn inner(a: &[Vec<Rational>], b: &[Vec<Rational>]) -> Rational {
    a.iter().zip(b).map(|(a, b)| dot(a, b)).sum()
}

/// The squared distance of two lists of rows.
pub fn squared_distance(a: &[Vec<Rational>], b: &[Vec<Rational>]) -> Rational {
    let entries = a.iter().flatten().zip(b.iter().flatten());
    entries.map(|(a, b)| (a - b).pow(2)).sum()
}

fn add(sum: &mut [Vec<Rational>], rows: &[Vec<Rational>], factor: &Rational) {
    for (sum, row) in sum.iter_mut().flatten().zip(rows.iter().flatten()) {
        *sum += factor * row;
    }
}
