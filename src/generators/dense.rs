//! Sizes of dense networks, and the degree of the filters that are to stand for them.

use super::prelude::*;

/// The widths of a dense network, inputs first, and the degree `s` of filters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DenseSizes {
    /// The degree of a filter.
    pub s: usize,
    /// The number of inputs, then the units of every layer.
    pub widths: Vec<usize>,
}

impl DenseSizes {
    /// Inputs and outputs of every layer.
    pub fn layers(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.widths.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Weights and biases of the dense network.
    pub fn parameters(&self) -> usize {
        self.layers().map(|(inputs, outputs)| (inputs + 1) * outputs).sum()
    }

    /// Whether no layer reads fewer than `s` units.
    pub fn filters_are_short(&self) -> bool {
        self.layers().all(|(inputs, _)| self.s <= inputs)
    }

    /// Why the sizes are out of bounds, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.widths.len() < 2 {
            return Err(format!("{} widths; there must be two at least", self.widths.len()));
        }
        if !(2..=4096).contains(&self.s) || self.widths.iter().any(|n| !(1..=4096).contains(n)) {
            return Err("s must lie between 2 and 4096, a width between 1 and 4096".to_owned());
        }
        Ok(())
    }
}

/// One layer, its inputs and its outputs in these numbers, and filters of degree `s`.
pub fn one_layer(s: Span, ends: Span) -> impl Strategy<Value = DenseSizes> {
    (s, ends.clone(), ends)
        .prop_map(|(s, inputs, outputs)| DenseSizes { s, widths: vec![inputs, outputs] })
}

/// Sizes of 1 to `layers` layers with widths in a range, and filters no longer than a layer reads;
/// filters of degree 2 to 4 as often as not.
pub fn sizes(layers: usize, widths: Span) -> BoxedStrategy<DenseSizes> {
    vec(widths, 2..=layers + 1)
        .prop_flat_map(|widths| {
            let inputs = &widths[..widths.len() - 1];
            let most = inputs.iter().copied().min().expect("there is an input").max(2);
            (prop_oneof![2..=most.min(4), 2..=most], Just(widths))
        })
        .prop_map(|(s, widths)| DenseSizes { s, widths })
        .boxed()
}
