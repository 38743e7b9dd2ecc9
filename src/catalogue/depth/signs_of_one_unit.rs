//! One unit over n rectified inputs has 2^(n+1) − 2^q regions.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Dense, dense_with};

pub(super) static CLAIM: Claim<Dense> = Claim {
    card: theorem!("depth/signs_of_one_unit", AGAINST_THE_STATEMENT)
        .derived_from("Crease", "asked here: parity of the count of two layers"),
    statement: "widths n, 1, independent rows in the first layer, no zero in the second  ⟹  \
                regions = 2^(n+1) − 2^q with q = #{i : w_i has the sign of the bias}",
    cases: || {
        widths(0..=0, 1..=4, 1, 9)
            .with("more inputs than units", 8, widths(1..=3, 1..=4, 1, 9))
            .with("eight units", 32, widths(0..=1, 6..=8, 1, 30))
            .with("twelve units", 256, widths(0..=2, 11..=12, 1, 99))
    },
    hypotheses: &[
        given("independent rows in the first layer", |net: &Dense| {
            let rows = net.layers[0].weights.clone();
            Matrix::from_rows(rows).rank() == net.widths()[0]
        })
        .needed("not all sets of units are on somewhere", || fewer_inputs().cases()),
        given("no zero in the second", |net| {
            let (weights, bias) = last(net);
            !weights.iter().chain([bias]).any(Rational::is_zero)
        })
        .needed("a unit that is not read cuts nothing", || widths(0..=0, 1..=4, 1, 1).cases()),
        given("one unit in the second of two layers", |net: &Dense| {
            net.widths().len() == 2 && net.widths()[1] == 1
        })
        .needed("another unit cuts further", || widths(0..=0, 1..=4, 2, 9).cases()),
    ],
    conclusion: |net| {
        let q = with_the_sign(net, |sign, bias| sign == bias);
        equal("regions", net.regions(), uncut(net, q))
    },
    twins: &[
        twin("the opposite sign", |net| {
            let q = with_the_sign(net, |sign, bias| sign != bias);
            equal("regions", net.regions(), uncut(net, q))
        })
        .because("a bias helps the weights of its own sign to keep the unit where it is"),
        twin("an even number", |net: &Dense| {
            let odd = net.regions() % 2;
            equal("regions modulo 2", odd, 0)
        })
        .because("where no weight has the sign of the bias the number is odd, and the maximum"),
    ],
    well_formed: Dense::check,
};

/// Weights and bias of the first unit of the last layer.
fn last(net: &Dense) -> (&[Rational], &Rational) {
    let layer = net.layers.last().expect("a network has a layer");
    (&layer.weights[0], &layer.biases[0])
}

/// How many weights have a sign that stands so to that of the bias.
fn with_the_sign(net: &Dense, stands: fn(i8, i8) -> bool) -> usize {
    let (weights, bias) = last(net);
    weights.iter().filter(|w| stands(w.signum(), bias.signum())).count()
}

/// `2^(n+1) - 2^q`.
fn uncut(net: &Dense, q: usize) -> u64 {
    (2 << last(net).0.len()) - (1 << q)
}

/// Units of the first and the second layer, `more` inputs than units in the first;
/// weights of size at most `most`.
fn widths(more: Span, first: Span, second: usize, most: i64) -> impl Strategy<Value = Dense> {
    (more, first).prop_flat_map(move |(more, n)| dense_with(n + more, vec![n, second], most))
}

/// One input fewer than units in the first layer.
fn fewer_inputs() -> impl Strategy<Value = Dense> {
    (2usize..=4).prop_flat_map(|n| dense_with(n - 1, vec![n, 1], 9))
}
