//! Networks that attain the lower bound for stacks of convolutions, inside the open unit cube.
//!
//! A layer before the last folds every coordinate that it looks at: `p` filters on the first tap
//! of the window take a sample `x` to `p x` and `2 p x - 2 (j - 1)` for `j` from 2 to `p`, and the
//! sum of their positive parts with signs `+, -, +, ..` maps each of `p` intervals onto `[0, 1]`.
//! The signs go into the filters of the next layer. The last layer then cuts every folded copy of
//! the cube as it cuts the whole of its space, after its filters are shrunk towards the middle of
//! the cube. Source: after the proof of Theorem 5 of \[Xiong2020\]; derived here.
//!
//! With at least three filters a sample the same number of them makes one interval more: the outer
//! pieces of a zigzag need no filter of their own, once one of them looks the other way.

use crate::counting::{Stack, Stage};
use crate::engines::restriction::cells_by_restriction;
use crate::exact::{Natural, Rational};
use crate::geometry::Form;
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
/// fewer filters than the input has channels. Cost: that of [`generic_filters`] for the last layer,
/// and a few products for each weight.
pub fn folding_network(stack: &Stack, limit: usize) -> Option<Network> {
    if stack.folds() == Natural::ZERO {
        return None;
    }
    folded_by(sawtooth, stack, limit)
}

/// A network of this shape with at least [`Stack::zigzag_lower`] cells in the open unit cube.
///
/// `None` if the last layer's filters are not found in `limit` steps, or some layer before it has
/// fewer than three filters for each channel of the input.
pub fn zigzag_network(stack: &Stack, limit: usize) -> Option<Network> {
    if stack.zigzags() == Natural::ZERO {
        return None;
    }
    folded_by(zigzag, stack, limit)
}

/// How one sample is folded: a slope and an offset a filter, the factors that add their positive
/// parts up again, and what is added to the sum.
struct Fold {
    filters: Vec<(Rational, Rational)>,
    factors: Vec<Rational>,
    constant: Rational,
}

/// `p` intervals by `p` filters.
fn sawtooth(p: usize) -> Fold {
    let slope = |j: usize| Rational::from(if j == 0 { p } else { 2 * p });
    let sign = |j: usize| Rational::integer(if j.is_multiple_of(2) { 1 } else { -1 });
    Fold {
        filters: (0..p).map(|j| (slope(j), -Rational::from(2 * j))).collect(),
        factors: (0..p).map(sign).collect(),
        constant: Rational::ZERO,
    }
}

/// `p + 1` intervals by `p >= 3` filters, with kinks at `1/2, 1, 2, 3, ..` over `p`; the third
/// filter looks to the left, so that the function is not constant on either end.
fn zigzag(p: usize) -> Fold {
    let filter = |j: usize| match j {
        0 => (Rational::from(p), Rational::new(-1, 2)),
        2 => (-Rational::from(p), Rational::integer(2)),
        _ => (Rational::from(p), -Rational::from(j)),
    };
    let factor = |j: usize| match j {
        0 => Rational::integer(4),
        1 => Rational::integer(-3),
        _ => Rational::integer(if j.is_multiple_of(2) { 2 } else { -2 }),
    };
    Fold {
        filters: (0..p).map(filter).collect(),
        factors: (0..p).map(factor).collect(),
        constant: Rational::integer(-3),
    }
}

/// What the channels of a layer say about the samples that it folded: the `i`-th adds to sample
/// `parts[i].0` with the factor `parts[i].1`, and `constant` is added to every sample.
struct Folded {
    parts: Vec<(usize, Rational)>,
    constant: Rational,
}

fn folded_by(fold: fn(usize) -> Fold, stack: &Stack, limit: usize) -> Option<Network> {
    let last = stack.unfolded_last();
    let filters = generic_filters(&last, limit)?;
    let (stages, channels) = (stack.stages(), last.window.depth());
    let parts = (0..channels).map(|c| (c, Rational::ONE)).collect();
    let mut folded = Folded { parts, constant: Rational::ZERO };
    let mut layers = Vec::new();
    for (stage, before) in stages.iter().zip(0..) {
        let folds = stage.units / channels;
        let (inner, next) = if before + 1 == stages.len() {
            (into_the_cube(&last, &filters), None)
        } else {
            let fold = fold(folds);
            (folding(stage, channels, &fold), Some(fold))
        };
        layers.push(convolution(stage, unfold(&inner, stage, &folded)));
        layers.push(Layer::relu());
        if let Some(fold) = next {
            let part = |k: usize| (k / folds, fold.factors[k % folds].clone());
            let parts = (0..channels * folds).map(part).collect();
            folded = Folded { parts, constant: fold.constant };
        }
    }
    let [height, width] = stages[0].window.input();
    let input = Shape::Plane([channels, height, width]);
    Some(Network::new(input, layers).expect("a stack fits"))
}

/// Filters with small whole coefficients whose cells are as many as [`Sliding::maximum`] finds,
/// counted exactly; `None` if it finds none, or no filters are found, in `limit` steps.
///
/// Cost: at most 24 exact counts of the cells, each of at most `limit` steps.
///
/// [`Sliding::maximum`]: crate::counting::Sliding::maximum
pub fn generic_filters(stage: &Stage, limit: usize) -> Option<Filters> {
    let (maximum, _) = stage.window.maximum(stage.units, limit)?;
    let taps = stage.units * stage.window.taps();
    (0..MAX_ATTEMPTS).find_map(|attempt| {
        let mut entries = entries(attempt);
        let weights: Vec<_> = entries.by_ref().take(taps).collect();
        let filters = Filters { weights, offsets: entries.take(stage.units).collect() };
        let cells = cells_by_restriction(&forms(stage, &filters), limit)?;
        (cells == maximum).then_some(filters)
    })
}

/// How often other coefficients are tried.
const MAX_ATTEMPTS: u32 = 24;

/// Whole numbers without a pattern, larger with each attempt: of many small ones some are always
/// dependent. Any choice will do, since what decides is the count.
fn entries(attempt: u32) -> impl Iterator<Item = Rational> {
    let largest = 12u64 << (attempt / 2);
    let next = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    let states = std::iter::successors(Some(u64::from(attempt) + 1), next).skip(1);
    states.map(move |state| {
        Rational::from((state >> 33) % (2 * largest + 1)) - Rational::from(largest)
    })
}

/// The forms of a layer, filter by filter.
fn forms(stage: &Stage, filters: &Filters) -> Vec<Form> {
    let rows = stage.window.shared_rows(&filters.weights).into_iter().enumerate();
    let offset = |row: usize| filters.offsets[row / stage.window.positions()].clone();
    rows.map(|(row, coefficients)| Form { coefficients, constant: offset(row) }).collect()
}

/// Filters over `channels` samples a place that fold each of them.
fn folding(stage: &Stage, channels: usize, fold: &Fold) -> Filters {
    let (folds, taps) = (fold.filters.len(), stage.window.taps() / stage.window.depth());
    let mut weights = vec![Rational::ZERO; stage.units * channels * taps];
    // Filters to spare are off everywhere.
    let mut offsets = vec![Rational::integer(-1); stage.units];
    for k in 0..channels * folds {
        let (slope, offset) = &fold.filters[k % folds];
        weights[(k * channels + k / folds) * taps] = slope.clone();
        offsets[k] = offset.clone();
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
    let size = entries.map(Rational::abs).fold(Rational::ONE, Rational::max);
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

/// Filters over folded samples as filters over the channels of the layer before.
fn unfold(filters: &Filters, stage: &Stage, folded: &Folded) -> Filters {
    let taps = stage.window.taps() / stage.window.depth();
    let own = filters.weights.len() / stage.units;
    let mut weights = vec![Rational::ZERO; stage.units * stage.window.taps()];
    let mut offsets = filters.offsets.clone();
    for (unit, filter) in filters.weights.chunks(own).enumerate() {
        offsets[unit] += &folded.constant * filter.iter().sum::<Rational>();
        for (i, (channel, factor)) in folded.parts.iter().enumerate() {
            for tap in 0..taps {
                weights[unit * stage.window.taps() + i * taps + tap] =
                    &filter[channel * taps + tap] * factor;
            }
        }
    }
    Filters { weights, offsets }
}

fn convolution(stage: &Stage, filters: Filters) -> Layer {
    let axis =
        |i: usize| Axis { stride: stage.window.stride()[i], ..Axis::new(stage.window.filter()[i]) };
    let window = Window { rows: Some(axis(0)), columns: axis(1) };
    Layer::convolution(stage.units, window, filters.weights, filters.offsets)
}
