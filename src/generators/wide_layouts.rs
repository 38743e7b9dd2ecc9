//! Layouts of many units on few inputs: as large as their regions can be counted.

use super::filters::{Filters, Layout};
use super::prelude::*;
use crate::engines::Engine;

/// Layouts of stride one with a number of inputs from a range, on a line or in two rows, with one
/// channel or two, and with the least number of filters that makes at least `units` units.
pub fn layouts(inputs: Span, units: Span) -> BoxedStrategy<Layout> {
    (inputs, units)
        .prop_flat_map(|(inputs, units)| {
            let grids = match inputs % 2 {
                1 => vec![([1, inputs], 1)],
                _ => vec![([1, inputs], 1), ([2, inputs / 2], 1), ([1, inputs / 2], 2)],
            };
            (Just(units), select(grids))
        })
        .prop_flat_map(|(units, (input, depth))| {
            let [height, width] = input;
            (Just((units, input, depth)), [1..=height, 1..=width])
        })
        .prop_map(|((units, input, depth), filter)| {
            let layout = Layout { input, depth, filter, stride: 1, filters: 1 };
            Layout { filters: units.div_ceil(layout.sliding().positions()), ..layout }
        })
        .boxed()
}

/// Dense layers whose rows span so many dimensions at most of those of their inputs, so that
/// regions are few however many units there are.
pub fn of_rank(rank: usize, inputs: usize, units: usize) -> BoxedStrategy<Filters> {
    let base = vec(numbers::integers(inputs, 2), rank);
    let mixtures = vec(numbers::integers(rank, 3), units);
    (base, mixtures, numbers::integers(units, 9))
        .prop_map(move |(base, mixtures, biases)| {
            let entry =
                |m: &Vec<Rational>, i: usize| m.iter().zip(&base).map(|(t, x)| t * &x[i]).sum();
            let row = |m: &Vec<Rational>| (0..inputs).map(|i| entry(m, i)).collect();
            let layout = Layout { filters: units, ..Layout::on_a_line(inputs, inputs) };
            layout.with(mixtures.iter().map(row).collect(), biases)
        })
        .boxed()
}

/// Regions of the ReLU layer on all inputs by a walk over the cells, which shares no code with the
/// counts of independent sets, nor with [`Filters::regions`]. Panics as [`Filters::network`].
pub fn walked(layer: &Filters) -> u64 {
    let network = layer.network(Activation::relu());
    let tally = network.tally_by(Engine::Mesh, &Domain::Whole);
    tally.expect("the mesh counts everything").cells
}
