//! Convolutions alone interpolate a function of one form, exactly.

use crate::catalogue::prelude::*;
use crate::construct::ridge_function::RidgeFunction;
use crate::construct::ridge_sum::RidgeSum;
use crate::generators::expansive::filter;
use crate::net::{Affine, Map};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/ridge_function_network", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020b", "ridge functions by downsampled networks")
        .as_printed("that ridge functions are treated is in the abstract; the network is ours"),
    statement: "ξ = row d of T^W, B = |ξ|_1 R, last bias -C(N, j)(node_j + u)  ⟹  the network \
                = the interpolant of g at N + 1 nodes of [-B, B], at ⟨ξ, x⟩, for |x|_∞ ≤ R",
    cases: || {
        let strata = cases(1..=4, 1..=6).with("6 to 8 inputs, 40 cells", 64, cases(6..=8, 30..=40));
        strata.with("20 inputs, 64 cells", 1024, cases(20..=20, 64..=64))
    },
    hypotheses: &[],
    conclusion: |case| compare(&case.0, &case.0.network(), &case.0.shallow()),
    twins: &[
        twin("unit d + 1", |case: &Case| {
            compare(&case.0, &reading_the_next_unit(&case.0), &case.0.shallow())
        })
        .because("row d + 1 of the Toeplitz matrix is another direction"),
        twin("the direction not reversed", |case: &Case| {
            let reversed = case.0.direction().into_iter().rev().collect();
            let ridge = [(reversed, case.0.interpolant())];
            let other = RidgeSum::of_interpolants(case.0.width, &ridge).shallow();
            compare(&case.0, &case.0.network(), &other)
        })
        .because("row d reads the filter backwards"),
        twin("one bias for every copy", |case: &Case| {
            compare(&case.0, &with_plain_biases(&case.0), &case.0.shallow())
        })
        .because("copy j is C(N, j) times as large, and its knot as well"),
    ],
    well_formed: |case| case.0.check(),
};

/// The function, by filters and values.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Case(RidgeFunction);

/// The gap on the box.
fn compare(case: &RidgeFunction, net: &Network, other: &Network) -> Conclusion {
    let gap = equal_on_box(net, other, &case.cube()).gap();
    equal("gap", gap.ok_or(Undecided("a unit is not proved linear on the box")), 0)
}

/// Downsampling by `d + 1` in place of `d`.
fn reading_the_next_unit(case: &RidgeFunction) -> Network {
    edited(case, |layers| {
        let place = layers.iter().position(|layer| {
            matches!(layer, Layer::Affine(Affine { map: Map::Downsample { .. }, .. }))
        });
        let place = place.expect("the network downsamples once");
        layers[place] = Layer::downsample(case.width + 1, 1);
    })
}

/// The last bias without the binomial coefficients.
fn with_plain_biases(case: &RidgeFunction) -> Network {
    edited(case, |layers| {
        let last = layers.len() - 3;
        if let Layer::Affine(affine) = &mut layers[last] {
            let (first, interpolant) = (affine.bias[0].clone(), case.interpolant());
            for (j, bias) in affine.bias.iter_mut().enumerate().take(interpolant.cells()) {
                *bias = &first - interpolant.step() * Rational::from(j);
            }
        }
    })
}

fn edited(case: &RidgeFunction, edit: impl Fn(&mut Vec<Layer>)) -> Network {
    let network = case.network();
    let mut layers = network.layers().to_vec();
    edit(&mut layers);
    Network::new(network.input(), layers).expect("the shapes are unchanged")
}

fn cases(width: Span, cells: Span) -> impl Strategy<Value = Case> {
    (width, 1usize..=3, cells, 1i64..=3)
        .prop_flat_map(|(width, s, cells, reach)| {
            let layers = (width - 1).div_ceil(s).max(1);
            (Just(width), Just(reach), vec(filter(s), layers), numbers::integers(cells + 1, 5))
        })
        .prop_map(|(width, reach, mut filters, values)| {
            let reach = Rational::new(reach, 2);
            // A product that reaches no input is made to reach one.
            if filters.iter().any(|w| w.iter().all(Rational::is_zero)) {
                filters.iter_mut().for_each(|w| w[0] = Rational::ONE);
            }
            let mut ridge = RidgeFunction { width, reach, filters, values };
            if ridge.bound().is_zero() {
                for filter in &mut ridge.filters {
                    filter.fill(Rational::ZERO);
                    filter[0] = Rational::ONE;
                }
            }
            Case(ridge)
        })
}
