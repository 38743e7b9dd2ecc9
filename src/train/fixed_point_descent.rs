//! Gradient descent on fixed-point numbers, without rounding.
//!
//! With the dyadic loss every pull is a power of two. So descent from dyadic samples, weights and
//! rates stays in the dyadic fractions. A bound on the size of a sum decides beforehand whether
//! words or double words hold it. If neither does, the caller continues with fractions.

use super::fixed_point::{FixedPointArray, LIMIT, dyadic, on_grid, shifted};
use super::samples::Samples;
use super::two_layer::TwoLayer;
use crate::exact::Rational;

/// The state of a run. Weights lie coordinate by coordinate, `[d, m]`: units are side by side.
#[derive(Clone, Debug)]
pub(super) struct FixedPointDescent {
    weights: FixedPointArray,
    /// Shape `[n, P, d]`.
    samples: FixedPointArray,
    /// The largest 1-norm of a patch.
    norm: i128,
    /// Outputs, `1` or `-1`, as masks: all ones where the output is `-1`.
    minus: Vec<i64>,
    positive: Vec<bool>,
    patches: usize,
    dimension: usize,
    /// The scale over the number of patches, as a fraction of words.
    share: (i64, i64),
    /// The scale over the number of patches, times the rate.
    reach: Rational,
    /// Shape `[n, P, m]`: all ones where the gate is open.
    pub(super) gates: Vec<i64>,
    /// The sums `sum_s outputs_s sum_p relu(..)` on the grid of weights times samples.
    pub(super) sums: Vec<i128>,
    step: Vec<i64>,
}

/// A word that pre-activations are added up in. Sizes are known before, so nothing wraps.
trait Word: Copy + Default {
    fn plus_product(self, a: i64, b: i64) -> Self;
    fn is_positive(self) -> bool;
    /// The number or its negative, if it is positive.
    fn signed(self, minus: i64) -> i128;
}

impl Word for i64 {
    #[inline]
    fn plus_product(self, a: i64, b: i64) -> Self {
        self.wrapping_add(a.wrapping_mul(b))
    }

    #[inline]
    fn is_positive(self) -> bool {
        self > 0
    }

    #[inline]
    fn signed(self, minus: i64) -> i128 {
        i128::from((self ^ minus).wrapping_sub(minus))
    }
}

impl Word for i128 {
    #[inline]
    fn plus_product(self, a: i64, b: i64) -> Self {
        self.wrapping_add(i128::from(a) * i128::from(b))
    }

    #[inline]
    fn is_positive(self) -> bool {
        self > 0
    }

    #[inline]
    fn signed(self, minus: i64) -> i128 {
        (self ^ i128::from(minus)).wrapping_sub(minus.into())
    }
}

impl FixedPointDescent {
    /// The run from this network; `None` if the numbers are not dyadic, an output is not `±1`, or
    /// there are biases.
    pub fn new(network: &TwoLayer, samples: &Samples, rate: &Rational) -> Option<Self> {
        let (units, dimension) = (network.weights.len(), samples.dimension());
        let sign = |a: &Rational| match a.small_parts() {
            Some((1, 1)) => Some(0),
            Some((-1, 1)) => Some(-1),
            _ => None,
        };
        let minus = network.outputs.iter().map(sign).collect::<Option<Vec<i64>>>()?;
        let by_axis = |j: usize| network.weights.iter().map(move |w| &w[j]);
        let weights = FixedPointArray::new((0..dimension).flat_map(by_axis))?;
        let samples_grid = FixedPointArray::new(samples.all_patches().flatten())?;
        let norm = |patch: &[i64]| patch.iter().map(|x| i128::from(x.abs())).sum::<i128>();
        let norm = samples_grid.values.chunks(dimension).map(norm).max()?;
        let patches = samples.positions();
        let share = &network.scale / Rational::from(patches);
        network.bias.is_empty().then_some(())?;
        Some(Self {
            weights,
            norm,
            minus,
            positive: samples.positive.clone(),
            patches,
            dimension,
            share: share.small_parts().filter(|(n, _)| *n > 0)?,
            reach: share * rate,
            gates: vec![0; samples.len() * patches * units],
            sums: vec![0; samples.len()],
            step: vec![0; units * dimension],
            samples: samples_grid,
        })
    }

    fn units(&self) -> usize {
        self.minus.len()
    }

    /// Computes gates and sums of these samples; `None` if a sum might not fit.
    pub fn look(&mut self, batch: impl Iterator<Item = usize>) -> Option<()> {
        let largest = i128::from(self.weights.largest());
        let term = largest.checked_mul(self.norm)?.max(1);
        let terms = (self.units() * self.patches) as i128;
        term.checked_mul(terms)?;
        if term < i128::from(LIMIT) {
            self.look_in::<i64>(batch);
        } else {
            self.look_in::<i128>(batch);
        }
        Some(())
    }

    fn look_in<W: Word>(&mut self, batch: impl Iterator<Item = usize>) {
        let units = self.units();
        let mut before = vec![W::default(); units];
        for i in batch {
            let mut sum = 0;
            for p in i * self.patches..(i + 1) * self.patches {
                before.fill(W::default());
                let patch = &self.samples.values[p * self.dimension..(p + 1) * self.dimension];
                for (&x, weights) in patch.iter().zip(self.weights.values.chunks_exact(units)) {
                    for (before, &w) in before.iter_mut().zip(weights) {
                        *before = before.plus_product(w, x);
                    }
                }
                let gates = &mut self.gates[p * units..(p + 1) * units];
                for ((gate, before), &minus) in gates.iter_mut().zip(&before).zip(&self.minus) {
                    *gate = -i64::from(before.is_positive());
                    sum += if before.is_positive() { before.signed(minus) } else { 0 };
                }
            }
            self.sums[i] = sum;
        }
    }

    /// The margin of a sample that was looked at.
    pub fn margin(&self, i: usize) -> Rational {
        let sum = if self.positive[i] { self.sums[i] } else { -self.sums[i] };
        let share = Rational::new(self.share.0, self.share.1);
        on_grid(sum, self.weights.places + self.samples.places) * share
    }

    /// `k` of the pull `2^-k` of a sample that was looked at: 0 below the margin 0, then one more
    /// than its floor.
    fn halvings(&self, i: usize) -> Option<u32> {
        let sum = if self.positive[i] { self.sums[i] } else { -self.sums[i] };
        if sum < 0 {
            return Some(0);
        }
        // The floor of a floor: first by the power of two, then by the denominator.
        let scaled = sum.checked_mul(self.share.0.into())?;
        let places = self.weights.places + self.samples.places;
        let floor = scaled.checked_shr(places).unwrap_or(0) / i128::from(self.share.1);
        u32::try_from(floor + 1).ok()
    }

    /// One step on samples that were looked at; `None`, and no change, if it would leave the grid.
    pub fn step(&mut self, batch: &[usize]) -> Option<()> {
        let (factor, factor_places) = dyadic(&(&self.reach / Rational::from(batch.len())))?;
        let mut halvings = Vec::with_capacity(batch.len());
        for &i in batch {
            halvings.push(self.halvings(i)?);
        }
        let most = *halvings.iter().max()?;
        let places = self.weights.places.max(factor_places + self.samples.places + most);
        let finest = places - factor_places - self.samples.places;
        let (mut total, mut pulls) = (0i128, Vec::with_capacity(batch.len()));
        for (&i, k) in batch.iter().zip(halvings) {
            let pull = shifted(factor, finest - k)?;
            total += i128::from(pull.abs());
            pulls.push(if self.positive[i] { pull } else { -pull });
        }
        let patches = self.patches as i128;
        let reach = total.checked_mul(self.samples.largest().into())?.checked_mul(patches)?;
        let before = shifted(self.weights.largest(), places - self.weights.places)?;
        reach.checked_add(before.into()).filter(|sum| *sum < i128::from(LIMIT))?;
        self.weights.refine(places)?;
        self.gather(batch, &pulls);
        let units = self.units();
        let axes = self.weights.values.chunks_exact_mut(units).zip(self.step.chunks_exact(units));
        for (weights, step) in axes {
            for ((w, step), minus) in weights.iter_mut().zip(step).zip(&self.minus) {
                *w += (step ^ minus) - minus;
            }
        }
        Some(())
    }

    /// `step_js = sum_i pulls_i sum_p gate_ips x_ipj`, which was bounded before.
    fn gather(&mut self, batch: &[usize], pulls: &[i64]) {
        let units = self.units();
        self.step.fill(0);
        for (&i, &pull) in batch.iter().zip(pulls) {
            for p in i * self.patches..(i + 1) * self.patches {
                let patch = &self.samples.values[p * self.dimension..(p + 1) * self.dimension];
                let gates = &self.gates[p * units..(p + 1) * units];
                for (&x, step) in patch.iter().zip(self.step.chunks_exact_mut(units)) {
                    let pulled = pull.wrapping_mul(x);
                    for (step, gate) in step.iter_mut().zip(gates) {
                        *step = step.wrapping_add(pulled & gate);
                    }
                }
            }
        }
    }

    /// The weights, shape `[m, d]`.
    pub fn weights(&self) -> Vec<Vec<Rational>> {
        let units = self.units();
        let row = |s| (0..self.dimension).map(|j| self.weights.get(j * units + s)).collect();
        (0..units).map(row).collect()
    }

    /// The sums `sum_p sum_s outputs_s gate <v_s, x_p>` for products `[n, P, m]` on a grid; `None`
    /// if one might not fit.
    pub fn gated(&self, products: &FixedPointArray) -> Option<Vec<Rational>> {
        let chunk = self.units() * self.patches;
        i128::from(products.largest()).checked_mul(chunk as i128)?;
        let rows = self.gates.chunks_exact(chunk).zip(products.values.chunks_exact(chunk));
        let sum = |(gates, values): (&[i64], &[i64])| {
            let signs = self.minus.iter().cycle();
            let terms = gates.iter().zip(values).zip(signs);
            let sum = terms.map(|((gate, value), minus)| (value & gate).signed(*minus)).sum();
            on_grid(sum, products.places)
        };
        Some(rows.map(sum).collect())
    }
}
