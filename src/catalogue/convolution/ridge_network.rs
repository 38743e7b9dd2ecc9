//! The published construction equals its sum of ridge functions on the whole box.

use crate::catalogue::prelude::*;
use crate::construct::{expansive::Expansive, ridge::Ridge};
use crate::generators::expansive::{
    FEW_RIDGES, FORTY_RIDGES, HUNDRED_RIDGES, MORE_RIDGES, RidgeOnCube, ridge_on_cube, tied,
};

pub(super) static CLAIM: Claim<RidgeOnCube> = Claim {
    card: theorem!("convolution/ridge_network")
        .derived_from("Zhou2020", "the construction in the universality proof")
        .as_printed(
            "the biases, with B_0 the largest |x|_∞ on the domain; a domain {0} leaves no constant",
        )
        .shown_by(Evidence::CertifiedExactly {
            scope: "|x|_∞ ≤ 1, with 1 to 3 inputs, filters of 3 or 4 taps and 1 to 3 layers",
            certify,
        }),
    statement: "W_(Js) = 0, (m + 1) d < d + J s, B_J > 0  ⟹  f ∈ H_J with the published biases \
                = b_0 + c_0 ⟨a_0, x⟩ + Σ_(k ≤ m) c_k relu(⟨a_k, x⟩ - t_k) for |x|_∞ ≤ R",
    cases: || {
        ridge_on_cube(FEW_RIDGES, true, false)
            .with("up to 6 inputs, 12 ridges", 32, ridge_on_cube(MORE_RIDGES, true, false))
            .with("6 inputs, 40 ridges", 64, ridge_on_cube(FORTY_RIDGES, true, false))
            .with("10 inputs, 100 ridges", 2048, ridge_on_cube(HUNDRED_RIDGES, true, false))
    },
    hypotheses: &[
        given("a last unit is left for the constant", |case: &RidgeOnCube| {
            case.ridge.leaves_a_constant()
        })
        .needed("the very last unit sees x_d", || ridge_on_cube(FEW_RIDGES, false, false).cases()),
        given("the published shift is positive", |case: &RidgeOnCube| lift(case).is_positive())
            .needed("on the domain {0}, or with a zero filter, the constant unit is 0", || {
                let degenerate = prop_oneof![
                    ridge_on_cube(FEW_RIDGES, true, false).prop_map(at_the_origin),
                    ridge_on_cube(FEW_RIDGES, true, false).prop_map(with_a_zero_filter)
                ];
                degenerate.cases()
            }),
    ],
    conclusion: |case| {
        let net = published(case);
        equal("gap", gap(case, &net).map(|gap| gap.max(untied(&net))), 0)
    },
    twins: &[
        twin("the first shift smaller by 1/8", |case: &RidgeOnCube| {
            let mut shifts = case.ridge.published_shifts(&case.reach);
            shifts[0] -= Rational::new(1, 8);
            let hidden = case.ridge.repeated_middle(&shifts);
            equal("gap", gap(case, &case.ridge.network(hidden, &lift(case))), 0)
        })
        .because("where the first filter attains its norm, the first layer clips"),
        twin("no hidden biases", |case: &RidgeOnCube| {
            let hidden = vec![Vec::new(); case.ridge.filters.len() - 1];
            equal("gap", gap(case, &case.ridge.network(hidden, &lift(case))), 0)
        })
        .because("the hidden layers clip whatever is negative"),
        twin("the last bias is shared too", |case: &RidgeOnCube| {
            equal("gap", gap(case, &tied(published(case))), 0)
        })
        .because("the knots live in the last bias"),
    ],
    well_formed: RidgeOnCube::check,
};

/// The shift of the last layer, which the constant unit carries.
fn lift(case: &RidgeOnCube) -> Rational {
    let shifts = case.ridge.published_shifts(&case.reach);
    shifts.last().expect("there is a filter").clone()
}

fn published(case: &RidgeOnCube) -> Expansive {
    let shifts = case.ridge.published_shifts(&case.reach);
    case.ridge.network(case.ridge.repeated_middle(&shifts), &lift(case))
}

fn gap(case: &RidgeOnCube, net: &Expansive) -> Result<Rational, Undecided> {
    case.gap(net).ok_or(Undecided("neither proved equal on the box nor told apart"))
}

/// The largest difference of two biases of a hidden layer at units with a full window, where the
/// class asks for one.
fn untied(net: &Expansive) -> Rational {
    let hidden = &net.stages[..net.stages.len() - 1];
    let middles = hidden.iter().filter_map(|stage| {
        let s = stage.filter.len() - 1;
        stage.bias.get(s..stage.bias.len() - s)
    });
    let spread = |middle: &[Rational]| Some(middle.iter().max()? - middle.iter().min()?);
    middles.filter_map(spread).fold(Rational::ZERO, Rational::max)
}

fn at_the_origin(mut case: RidgeOnCube) -> RidgeOnCube {
    case.reach = Rational::ZERO;
    case.at.fill(Rational::ZERO);
    case
}

fn with_a_zero_filter(mut case: RidgeOnCube) -> RidgeOnCube {
    case.ridge.filters[0].fill(Rational::ZERO);
    case
}

/// One recipe for each size, with small integers in no order and as many ridges as fit.
fn certify() -> Vec<Certificate> {
    let sizes =
        (1usize..=3).flat_map(|d| (2usize..=3).flat_map(move |s| (1..=3).map(move |j| (d, s, j))));
    let certificate = |(d, s, depth): (usize, usize, usize)| {
        let tap = |j: usize, k: usize| match (j, k) {
            (0, k) if k == s => Rational::ZERO,
            _ => Rational::from((3 * j + 5 * k) % 7) - Rational::integer(3),
        };
        let ridges = (d + s * depth - 1) / d - 1;
        let sign = |k: usize| Rational::integer(-1).pow(k as i32);
        let case = RidgeOnCube {
            reach: Rational::ONE,
            at: vec![Rational::ZERO; d],
            ridge: Ridge {
                width: d,
                constant: Rational::integer(-1),
                slope: Rational::integer(2),
                filters: (0..depth).map(|j| (0..=s).map(|k| tap(j, k)).collect()).collect(),
                coefficients: (1..=ridges).map(|k| sign(k) * Rational::from(k)).collect(),
                knots: (1..=ridges).map(|k| sign(k / 2) * Rational::new(1, 2)).collect(),
            },
        };
        let text = case.ridge.certificate(CLAIM.card.id, &published(&case), &case.cube());
        Certificate { name: format!("inputs_{d}_degree_{s}_layers_{depth}"), text }
    };
    sizes.map(certificate).collect()
}
