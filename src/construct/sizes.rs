//! The depths and the numbers of parameters of the constructions, as functions of sizes alone.

/// The least number of real filters with `s + 1` taps that multiply to any given filter of degree
/// at most `degree`; `None` when for some filter no number is enough.
///
/// `max(1, ceil(degree / s), ceil(q / floor(s / 2)))` with `q = floor(degree / 2)`: the worst case
/// has full degree and as few real roots as it can. The published count is
/// [`published_filter_count`].
pub fn worst_filter_count(degree: usize, s: usize) -> Option<usize> {
    let by_degree = degree.checked_div(s).map(|_| degree.div_ceil(s).max(1));
    match (degree / 2, s / 2) {
        (0, _) => by_degree.or((degree == 0).then_some(1)),
        (_, 0) => None,
        (pairs, room) => by_degree.map(|filters| filters.max(pairs.div_ceil(room))),
    }
}

/// `ceil(degree / (s - 1))`, one at least: the number of filters that the universality theorem
/// takes. Panics for `s < 2`.
pub fn published_filter_count(degree: usize, s: usize) -> usize {
    assert!(s >= 2, "filters of degree {s} hold no pair of roots");
    degree.div_ceil(s - 1).max(1)
}

/// What the biases of the hidden layers of a group of convolutions may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenBias {
    /// One number for all units with a full window, free at the other `2 s` units.
    RepeatedMiddle,
    /// One number for all units.
    Scalar,
}

impl HiddenBias {
    /// The free numbers in one hidden layer.
    pub const fn parameters(self, s: usize) -> usize {
        match self {
            Self::RepeatedMiddle => 2 * s + 1,
            Self::Scalar => 1,
        }
    }
}

/// The parameters of a group of `depth` convolutions that stands for a dense layer with `outputs`
/// units: `s + 1` taps a layer, the biases of the hidden layers, a last bias for each output.
///
/// With repeated middles it is `depth (3 s + 2) - 2 s - 1 + outputs`. Panics if `depth` is zero.
pub const fn group_parameters(depth: usize, s: usize, outputs: usize, hidden: HiddenBias) -> usize {
    depth * (s + 1) + (depth - 1) * hidden.parameters(s) + outputs
}
