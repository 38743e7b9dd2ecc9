//! At the limit of the receptive field, a direction that bends has a real root.

use crate::catalogue::prelude::*;
use crate::construct::expansive::convolve;
use crate::generators::expansive::{ChainAt, chain};
use crate::properties;

pub(super) static CLAIM: Claim<ChainAt> = Claim {
    card: theorem!("convolution/real_root_network", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the factorization for s ≥ 2, asked of whole networks"),
    statement: "s odd, d = J s + 1, a = ∇(argument of unit d), a_1 ≠ 0  ⟹  Σ a_c z^(d-c) has \
                a real root",
    cases: || {
        cases(&[1, 3], 1..=3, 0)
            .with("up to 5 layers of degree 7", 32, cases(&[1, 3, 5, 7], 3..=5, 0))
            .with("four layers of degree 11", 64, cases(&[11], 4..=4, 0))
            .with("six layers of degree 21", 1024, cases(&[21], 6..=6, 0))
    },
    hypotheses: &[
        given("odd degree", |case: &ChainAt| case.degree() % 2 == 1)
            .needed("z^2 + 1 is a filter", || cases(&[2, 4], 1..=3, 0).cases()),
        given("tight receptive field", |case: &ChainAt| case.net.reach() + 1 == case.net.width)
            .needed(
                "fewer inputs than the window: the direction is a piece of the product",
                || cases(&[3], 1..=3, 1).cases(),
            ),
        given("the first input counts", |case: &ChainAt| !gradient(case)[0].is_zero())
            .needed("the degree drops, to 0 even", || {
                cases(&[1], 1..=3, 0).prop_map(without_the_first_input).cases()
            }),
    ],
    conclusion: |case| at_least("real roots", real_roots(case), 1),
    twins: &[twin("one real root a layer", |case: &ChainAt| {
        at_least("real roots", real_roots(case), case.net.stages.len())
    })
    .because("masks sit between the later layers: with three, the rest can be z^2 + 1")],
    well_formed: ChainAt::check,
};

/// The gradient of the argument of unit `d` of the last layer.
fn gradient(case: &ChainAt) -> Vec<Rational> {
    let unit = case.net.last_unit(case.net.width - 1).expect("the case is well formed");
    properties::gradient(&unit, &case.at, &[Rational::ONE]).input
}

/// Real roots of `sum_c a_c z^(d - c)`, with multiplicity.
fn real_roots(case: &ChainAt) -> Result<usize, Undecided> {
    let a = Polynomial::new(gradient(case).into_iter().rev().collect());
    refuse_if!(a.is_zero(), Undecided("the zero polynomial vanishes everywhere"));
    Ok(a.real_roots())
}

/// Turns the first filter into a single 1 at its start.
fn without_the_first_input(mut case: ChainAt) -> ChainAt {
    let filter = &mut case.net.stages[0].filter;
    filter.fill(Rational::ZERO);
    filter[0] = Rational::ONE;
    case
}

/// Raises the biases of the units `j s + 1`, through which alone unit `d` sees `x_1`, until
/// they are on at the point.
fn with_open_path(mut case: ChainAt) -> ChainAt {
    let (s, mut signal) = (case.degree(), case.at.clone());
    for (j, stage) in case.net.stages.iter_mut().enumerate() {
        signal = convolve(&stage.filter, &signal);
        signal.iter_mut().zip(&stage.bias).for_each(|(u, b)| *u += b);
        let unit = (j + 1) * s;
        let missing = Rational::ONE - &signal[unit];
        if missing.is_positive() {
            stage.bias[unit] += &missing;
            signal[unit] = Rational::ONE;
        }
        signal.iter_mut().for_each(|u| *u = u.clone().max(Rational::ZERO));
    }
    case
}

/// Networks on `J s + 1 - less` inputs that let `x_1` through to unit `d`, at a point.
fn cases(degrees: &'static [usize], depth: Span, less: usize) -> impl Strategy<Value = ChainAt> {
    (select(degrees), depth)
        .prop_flat_map(move |(s, depth)| {
            let width = s * depth + 1 - less;
            let top_taps = vec(numbers::nonzero_integer(3), depth);
            (chain(width, s, depth), numbers::integers(width, 5), top_taps)
        })
        .prop_map(|(mut net, at, top_taps)| {
            for (stage, tap) in net.stages.iter_mut().zip(top_taps) {
                *stage.filter.last_mut().expect("a filter has an entry") = tap;
            }
            with_open_path(ChainAt { at, net })
        })
}
