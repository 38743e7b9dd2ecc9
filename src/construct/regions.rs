//! Networks that attain the lower bound for stacks of convolutions, inside the open unit cube.
//!
//! A layer before the last folds every coordinate that it looks at: `p` filters on the first tap
//! of the window take a sample `x` to `p x` and `2 p x - 2 (j - 1)` for `j` from 2 to `p`, and the
//! sum of their positive parts with signs `+, -, +, ..` maps each of `p` intervals onto `[0, 1]`.
//! The signs go into the filters of the next layer. The last layer then cuts every folded copy of
//! the cube as it cuts the whole of its space, after its filters are shrunk towards the middle of
//! the cube. Source: after the proof of Theorem 5 of \[Xiong2020\]; derived here.

use crate::exact::{Natural, Rational};
use crate::geometry::arrangement::Form;
use crate::geometry::counting::{Stack, Stage, cells_by_restriction};
use crate::net::{Axis, Layer, Network, Shape, Window};

/// Filters of one layer, `[filters][taps]`, and one offset each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filters {
    /// Coefficients, taps channel first.
    pub weights: Vec<Rational>,
    /// One offset a filter.
    pub offsets: Vec<Rational>,
}

/// A network of this shape with at least [`Stack::lower`] cells in the open unit cube, every one
/// of them full-dimensional: ReLU after each convolution, biases shared over positions.
///
/// `None` if the last layer's filters are not found in `limit` steps, or some layer before it has
/// fewer filters than the input has channels.
pub fn folding_network(stack: &Stack, limit: usize) -> Option<Network> {
    if stack.folds() == Natural::ZERO {
        return None;
    }
    let last = stack.unfolded_last();
    let filters = generic_filters(&last, limit)?;
    let (stages, channels) = (stack.stages(), last.window.depth());
    let mut signs = vec![(0..channels).map(|c| (c, Rational::ONE)).collect::<Vec<_>>()];
    let mut layers = Vec::new();
    for (stage, before) in stages.iter().zip(0..) {
        let inner = if before + 1 == stages.len() {
            into_the_cube(&last, &filters)
        } else {
            folding(stage, channels)
        };
        layers.push(convolution(stage, unfold(&inner, stage, &signs[before])));
        layers.push(Layer::relu());
        let folds = stage.units / channels;
        let sign = |j: usize| Rational::integer(if j.is_multiple_of(2) { 1 } else { -1 });
        signs.push((0..channels * folds).map(|k| (k / folds, sign(k % folds))).collect());
    }
    let [height, width] = stages[0].window.input();
    let input = Shape::Plane([channels, height, width]);
    Some(Network::new(input, layers).expect("a stack fits"))
}

/// Filters with small whole coefficients whose cells are as many as [`Sliding::maximum`] finds,
/// counted exactly; `None` if it finds none, or no filters are found, in `limit` steps.
///
/// [`Sliding::maximum`]: crate::geometry::counting::Sliding::maximum
pub fn generic_filters(stage: &Stage, limit: usize) -> Option<Filters> {
    let (maximum, _) = stage.window.maximum(stage.units, limit)?;
    // Any choice will do: what decides is the count.
    let entry = |i: i64, attempt: i64| {
        let square = (i + 2) * (i + 2) * (attempt + 3) + 5 * i * attempt;
        Rational::integer(square.rem_euclid(23 + 2 * attempt) - 11 - attempt)
    };
    let taps = stage.units * stage.window.taps();
    (0..64).find_map(|attempt| {
        let mut entries = (0..).map(|i| entry(i, attempt));
        let weights: Vec<_> = entries.by_ref().take(taps).collect();
        let filters = Filters { weights, offsets: entries.take(stage.units).collect() };
        let cells = cells_by_restriction(&forms(stage, &filters), limit)?;
        (cells == maximum).then_some(filters)
    })
}

/// The forms of a layer, filter by filter.
fn forms(stage: &Stage, filters: &Filters) -> Vec<Form> {
    let rows = stage.window.shared_rows(&filters.weights).into_iter().enumerate();
    let offset = |row: usize| filters.offsets[row / stage.window.positions()].clone();
    rows.map(|(row, normal)| Form { normal, offset: offset(row) }).collect()
}

/// Filters over `channels` samples a place that fold each of them `units / channels` times.
fn folding(stage: &Stage, channels: usize) -> Filters {
    let (folds, taps) = (stage.units / channels, stage.window.taps() / stage.window.depth());
    let mut weights = vec![Rational::ZERO; stage.units * channels * taps];
    // Filters to spare are off everywhere.
    let mut offsets = vec![Rational::integer(-1); stage.units];
    for k in 0..channels * folds {
        let (channel, j) = (k / folds, k % folds);
        let slope = if j == 0 { folds } else { 2 * folds };
        weights[(k * channels + channel) * taps] = Rational::from(slope);
        offsets[k] = -Rational::from(2 * j);
    }
    Filters { weights, offsets }
}

/// The filters after the substitution of `2 B x - B` for every sample `x`.
///
/// Every cell has a point of a flat that is minimal in its closure, and such a flat has a point
/// whose coordinates are quotients of minors of rank `r` with whole entries of size at most `W`:
/// at most `r! W^r < B`. So every cell meets the open cube.
fn into_the_cube(stage: &Stage, filters: &Filters) -> Filters {
    let rank = stage.window.inputs().min(stage.width());
    let entries = filters.weights.iter().chain(&filters.offsets);
    let size = entries.map(Rational::abs).max().unwrap_or(Rational::ONE);
    let size = size.max(Rational::ONE);
    let largest: Rational = (1..=rank).map(|i| &size * Rational::from(i)).product();
    let b = largest + Rational::ONE;
    let taps = stage.window.taps();
    let shifted =
        |(filter, offset): (&[Rational], &Rational)| offset - &b * filter.iter().sum::<Rational>();
    Filters {
        offsets: filters.weights.chunks(taps).zip(&filters.offsets).map(shifted).collect(),
        weights: filters.weights.iter().map(|w| w * &b * Rational::integer(2)).collect(),
    }
}

/// Filters over folded samples as filters over the channels of the layer before, the `i`-th of
/// which is added to the sample `signs[i].0` with the factor `signs[i].1`.
fn unfold(filters: &Filters, stage: &Stage, signs: &[(usize, Rational)]) -> Filters {
    let taps = stage.window.taps() / stage.window.depth();
    let channels = filters.weights.len() / (stage.units * taps);
    let mut weights = vec![Rational::ZERO; stage.units * stage.window.taps()];
    for unit in 0..stage.units {
        for (i, (channel, sign)) in signs.iter().enumerate() {
            for tap in 0..taps {
                let weight = &filters.weights[(unit * channels + channel) * taps + tap];
                weights[unit * stage.window.taps() + i * taps + tap] = weight * sign;
            }
        }
    }
    Filters { weights, offsets: filters.offsets.clone() }
}

fn convolution(stage: &Stage, filters: Filters) -> Layer {
    let axis =
        |i: usize| Axis { stride: stage.window.stride()[i], ..Axis::new(stage.window.filter()[i]) };
    let window = Window { rows: Some(axis(0)), columns: axis(1) };
    Layer::convolution(stage.units, window, filters.weights, filters.offsets)
}
