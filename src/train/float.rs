//! The twin of [`super::Descent`] in floating point: the same loop, rounded.
//!
//! A proposal only. Its values and its speed are compared with those of the exact run.

use super::samples::Samples;
use super::two_layer::TwoLayer;
use crate::exact::Rational;
use crate::exact::float::nearest;

/// A run of gradient descent on the mean dyadic loss, in floating point.
#[derive(Clone, Debug)]
pub struct FloatDescent {
    /// Shape `[d, m]`: units are side by side.
    weights: Vec<f64>,
    /// Shape `[n, P, d]`.
    samples: Vec<f64>,
    outputs: Vec<f64>,
    labels: Vec<f64>,
    patches: usize,
    dimension: usize,
    share: f64,
    rate: f64,
    /// Shape `[n, P, m]`: 1 where the gate is open, else 0.
    gates: Vec<f64>,
    margins: Vec<f64>,
    step: Vec<f64>,
}

impl FloatDescent {
    /// The run from the doubles nearest to this network, which has no biases. Panics if network and
    /// samples do not fit.
    pub fn new(network: &TwoLayer, samples: &Samples, rate: &Rational) -> Self {
        samples.check().expect("the samples have one shape");
        network.check(samples.dimension()).expect("the network reads the samples");
        assert!(network.bias.is_empty(), "the twin has no biases");
        let (units, patches) = (network.weights.len(), samples.positions());
        let dimension = samples.dimension();
        let by_axis = |j: usize| network.weights.iter().map(move |w| nearest(&w[j]));
        Self {
            weights: (0..dimension).flat_map(by_axis).collect(),
            samples: samples.all_patches().flatten().map(nearest).collect(),
            outputs: network.outputs.iter().map(nearest).collect(),
            labels: (0..samples.len()).map(|i| nearest(&samples.label(i))).collect(),
            patches,
            dimension,
            share: nearest(&network.scale) / patches as f64,
            rate: nearest(rate),
            gates: vec![0.0; samples.len() * patches * units],
            margins: vec![0.0; samples.len()],
            step: vec![0.0; units * dimension],
        }
    }

    /// One step on all samples.
    pub fn step(&mut self) {
        self.look();
        let units = self.outputs.len();
        self.step.fill(0.0);
        for (i, &label) in self.labels.iter().enumerate() {
            let pull = pull(self.margins[i]) * label;
            for p in i * self.patches..(i + 1) * self.patches {
                let patch = &self.samples[p * self.dimension..(p + 1) * self.dimension];
                let gates = &self.gates[p * units..(p + 1) * units];
                for (x, step) in patch.iter().zip(self.step.chunks_exact_mut(units)) {
                    let pulled = pull * x;
                    for (step, gate) in step.iter_mut().zip(gates) {
                        *step += pulled * gate;
                    }
                }
            }
        }
        let factor = self.rate * self.share / self.labels.len() as f64;
        let axes = self.weights.chunks_exact_mut(units).zip(self.step.chunks_exact(units));
        for (weights, step) in axes {
            for ((w, step), output) in weights.iter_mut().zip(step).zip(&self.outputs) {
                *w += factor * output * step;
            }
        }
    }

    /// Computes gates and margins.
    fn look(&mut self) {
        let units = self.outputs.len();
        let mut before = vec![0.0; units];
        for (i, label) in self.labels.iter().enumerate() {
            let mut sum = 0.0;
            for p in i * self.patches..(i + 1) * self.patches {
                before.fill(0.0);
                let patch = &self.samples[p * self.dimension..(p + 1) * self.dimension];
                for (x, weights) in patch.iter().zip(self.weights.chunks_exact(units)) {
                    for (before, w) in before.iter_mut().zip(weights) {
                        *before += w * x;
                    }
                }
                let gates = &mut self.gates[p * units..(p + 1) * units];
                for ((gate, before), output) in gates.iter_mut().zip(&before).zip(&self.outputs) {
                    *gate = f64::from(u8::from(*before > 0.0));
                    sum += before * *gate * output;
                }
            }
            self.margins[i] = sum * self.share * label;
        }
    }

    /// The margins `y_i f(x_i)`.
    pub fn margins(&mut self) -> &[f64] {
        self.look();
        &self.margins
    }
}

/// The dyadic loss.
pub fn loss(margin: f64) -> f64 {
    if margin <= 0.0 { 1.0 - margin } else { (2.0 - (margin - margin.floor())) * pull(margin) }
}

/// `-l'` of the dyadic loss.
pub fn pull(margin: f64) -> f64 {
    if margin < 0.0 {
        return 1.0;
    }
    // The power is made from its bits: no library function, whose rounding nobody promises. Beyond
    // the margin 1000 it would be lost in any sum.
    let halvings = margin.floor().min(1000.0) as u64 + 1;
    f64::from_bits((1023 - halvings) << 52)
}
