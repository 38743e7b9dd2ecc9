//! Gradient descent on all layers of a deep network, in doubles.
//!
//! A proposal only: [`DeepFloatDescent::rounded`] rounds the weights to a dyadic grid, and every
//! later statement about them is exact. The proposal is the same on every machine. Each operation
//! is one sum, difference, product, comparison or floor of doubles, which IEEE 754 fixes to the
//! last bit, or a power of two made from its bits. The order is fixed too: every sum begins at zero
//! and runs over samples, inputs or units in their order.

use super::float::{loss, pull};
use super::fully_connected::{FullyConnected, LIMIT, PLACES};
use super::loss::ExactLoss;
use super::samples::Samples;
use crate::exact::Rational;
use crate::exact::float::nearest;

/// A run of gradient descent on the mean dyadic loss that moves every layer.
///
/// The field writes `f = sqrt(m) W_L relu(..)` with outputs `W_L` of variance `1 / m`, and moves
/// all layers at the rate `eta`. Here `a = sqrt(m) W_L` are the outputs, of variance 1, and no root
/// is left. Since `dR/dW_L = sqrt(m) dR/da`, a step of `-eta dR/dW_L` in `W_L` is one of
/// `-eta m dR/da` in `a`: outputs move at the rate `rho = eta m`, the other layers at `rho / m`.
/// And `sqrt(m) |W_L - W_{L,0}| = |a - a_0|`.
#[derive(Clone, Debug)]
pub struct DeepFloatDescent<'a> {
    samples: &'a Samples,
    /// Shape `[L - 1, inputs, m]`.
    hidden: Vec<Vec<f64>>,
    outputs: Vec<f64>,
    /// Shape `[n, d]`.
    points: Vec<f64>,
    labels: Vec<f64>,
    /// The rate `rho / n` of the outputs, and the rate `rho / (m n)` of the other layers.
    rates: [f64; 2],
    /// What the hidden layers say at every point, shape `[L - 1, n, m]`.
    values: Vec<Vec<f64>>,
    margins: Vec<f64>,
    /// What a step is made of, kept for the next: hidden layers with inputs side by side, and their
    /// gradients.
    across: Vec<Vec<f64>>,
    gradients: Vec<Vec<f64>>,
    /// Whether values and margins are those of the weights.
    is_fresh: bool,
}

impl<'a> DeepFloatDescent<'a> {
    /// The run from this network at the rate `rho = eta m`. Panics if the points do not fit.
    pub fn new(network: &FullyConnected, samples: &'a Samples, rho: &Rational) -> Self {
        network.check(samples);
        let (n, m) = (Rational::from(samples.len()), Rational::from(network.units()));
        let of_outputs = rho / n;
        let layer = |weights: &Vec<i64>| weights.iter().map(|&w| w as f64 / SCALE).collect();
        let hidden: Vec<Vec<f64>> = network.hidden.iter().map(layer).collect();
        Self {
            samples,
            outputs: layer(&network.outputs),
            points: samples.all_patches().flatten().map(nearest).collect(),
            labels: (0..samples.len()).map(|i| nearest(&samples.label(i))).collect(),
            rates: [nearest(&of_outputs), nearest(&(of_outputs / m))],
            values: vec![vec![0.0; samples.len() * network.units()]; hidden.len()],
            margins: vec![0.0; samples.len()],
            across: hidden.clone(),
            gradients: hidden.clone(),
            is_fresh: false,
            hidden,
        }
    }

    /// One step on all samples.
    pub fn step(&mut self) {
        self.look();
        let units = self.outputs.len();
        // With inputs side by side, errors come down as values go up.
        for (layer, across) in self.hidden.iter().zip(&mut self.across) {
            transpose(layer, units, across);
        }
        let mut gradients = std::mem::take(&mut self.gradients);
        gradients.iter_mut().for_each(|layer| layer.fill(0.0));
        let mut by_output = vec![0.0; units];
        for (i, &label) in self.labels.iter().enumerate() {
            let pull = pull(self.margins[i]) * label;
            let top = &self.below(self.hidden.len())[i * units..][..units];
            add_scaled(&mut by_output, pull, top);
            let mut errors: Vec<f64> = self.outputs.iter().map(|a| pull * a).collect();
            for layer in (0..self.hidden.len()).rev() {
                let here = &self.values[layer][i * units..][..units];
                errors.iter_mut().zip(here).for_each(|(error, h)| {
                    if *h <= 0.0 {
                        *error = 0.0;
                    }
                });
                let below = self.below(layer);
                let inputs = below.len() / self.labels.len();
                add_products(&below[i * inputs..][..inputs], &errors, &mut gradients[layer]);
                if layer > 0 {
                    errors = passed(&errors, &self.across[layer], units);
                }
            }
        }
        add_scaled(&mut self.outputs, self.rates[0], &by_output);
        for (weights, by) in self.hidden.iter_mut().zip(&gradients) {
            add_scaled(weights, self.rates[1], by);
        }
        self.gradients = gradients;
        self.is_fresh = false;
    }

    /// What a layer reads at every point: the points, or what the layer before says.
    fn below(&self, layer: usize) -> &[f64] {
        if layer == 0 { &self.points } else { &self.values[layer - 1] }
    }

    /// Computes values and margins.
    fn look(&mut self) {
        if self.is_fresh {
            return;
        }
        let units = self.outputs.len();
        for layer in 0..self.hidden.len() {
            let mut values = std::mem::take(&mut self.values[layer]);
            let below = self.below(layer);
            let inputs = below.len() / self.labels.len();
            let points = values.chunks_exact_mut(units).zip(below.chunks_exact(inputs));
            for (values, below) in points {
                let sums = passed(below, &self.hidden[layer], units);
                values.iter_mut().zip(sums).for_each(|(value, sum)| *value = sum.max(0.0));
            }
            self.values[layer] = values;
        }
        for (i, label) in self.labels.iter().enumerate() {
            let top = &self.below(self.hidden.len())[i * units..][..units];
            let terms = top.iter().zip(&self.outputs);
            self.margins[i] = label * terms.fold(0.0, |sum, (h, a)| sum + h * a);
        }
        self.is_fresh = true;
    }

    /// The margins `y_i f(x_i)`.
    pub fn margins(&mut self) -> &[f64] {
        self.look();
        &self.margins
    }

    /// The mean loss.
    pub fn risk(&mut self) -> f64 {
        self.look();
        let sum = self.margins.iter().fold(0.0, |sum, z| sum + loss(*z));
        sum / self.margins.len() as f64
    }

    /// The network as it is now, rounded, if its mean loss is at most `goal`: what seems so in
    /// doubles is decided on the grid.
    pub fn reached(&mut self, goal: &Rational) -> Option<FullyConnected> {
        if self.risk() > nearest(goal) {
            return None;
        }
        let network = self.rounded()?;
        (network.risk(self.samples, ExactLoss::Dyadic) <= *goal).then_some(network)
    }

    /// The weights as they are now, each rounded to the nearest multiple of `2^-20`, in the middle
    /// to the even one; `None` if one is too large for the grid, or no number.
    pub fn rounded(&self) -> Option<FullyConnected> {
        let number = |w: &f64| {
            let scaled = (w * SCALE).round_ties_even();
            (scaled.abs() < LIMIT as f64).then_some(scaled as i64)
        };
        let layer = |weights: &Vec<f64>| weights.iter().map(number).collect::<Option<Vec<i64>>>();
        Some(FullyConnected {
            hidden: self.hidden.iter().map(layer).collect::<Option<_>>()?,
            outputs: layer(&self.outputs)?,
        })
    }
}

/// `2^20`.
const SCALE: f64 = (1u64 << PLACES) as f64;

/// `to += factor * by`.
fn add_scaled(to: &mut [f64], factor: f64, by: &[f64]) {
    for (to, by) in to.iter_mut().zip(by) {
        *to += factor * by;
    }
}

/// `to_js += x_j y_s`, the rows of zeros left out.
fn add_products(x: &[f64], y: &[f64], to: &mut [f64]) {
    let rows = x.iter().zip(to.chunks_exact_mut(y.len())).filter(|(x, _)| **x != 0.0);
    rows.for_each(|(x, row)| add_scaled(row, *x, y));
}

/// `sum_j x_j rows_js`, the zeros among `x` left out: half of what ReLU units say.
fn passed(x: &[f64], rows: &[f64], outputs: usize) -> Vec<f64> {
    let mut sums = vec![0.0; outputs];
    let rows = x.iter().zip(rows.chunks_exact(outputs)).filter(|(x, _)| **x != 0.0);
    rows.for_each(|(x, row)| add_scaled(&mut sums, *x, row));
    sums
}

/// Rows of this length as columns.
fn transpose(rows: &[f64], length: usize, columns: &mut [f64]) {
    let height = rows.len() / length;
    for (s, column) in columns.chunks_exact_mut(height).enumerate() {
        column.iter_mut().zip(rows.iter().skip(s).step_by(length)).for_each(|(to, w)| *to = *w);
    }
}
