//! A logarithmic width is necessary on orthonormal points.

use crate::catalogue::prelude::*;
use crate::generators::covered_points::Draw;

pub(super) static CLAIM: Claim<Draw> = Claim {
    card: theorem!("width/orthonormal_width_lower", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2; asked here of orthonormal inputs"),
    statement: "n/2 orthonormal points of each label  ⟹  \
                P(m units cover all) ≤ (1 - 2^-⌈m/2⌉)^n",
    cases: || {
        draws(true, 12, 32)
            .with("up to 64 units, 128 points a label", 64, draws(true, 64, 128))
            .with("up to 128 units, 1024 points a label", 1024, draws(true, 128, 1024))
    },
    hypotheses: &[given("as many points of each label", |case: &Draw| {
        case.positive == case.negative
    })
    .needed(
        "points of one label have all the units of their sign to themselves in a lucky draw",
        || draws(false, 12, 32).cases(),
    )],
    conclusion: |case| covered(case, case.units.div_ceil(2), case.family().points()),
    twins: &[
        twin("every unit a hit", |case: &Draw| {
            covered(case, case.units.div_ceil(2), 2 * case.family().points())
        })
        .because("each point has to be covered once, not twice"),
        twin("independent points", |case: &Draw| {
            let missed = Rational::new(3, 4).pow(case.units as i32);
            let bound = (Rational::ONE - missed).pow(case.family().points() as i32);
            let found = case.family().probability(case.units);
            at_most("probability of covering all", found, bound)
        })
        .because(
            "points of one label are covered together, more often than if they were independent",
        ),
    ],
    well_formed: Draw::check,
};

/// The probability beside `(1 - 2^-k)^n`.
fn covered(case: &Draw, k: u32, n: u32) -> Conclusion {
    let bound = (Rational::ONE - Rational::new(1, 2).pow(k as i32)).pow(n as i32);
    at_most("probability of covering all", case.family().probability(case.units), bound)
}

/// At most these numbers of units and of points of a label.
fn draws(balanced: bool, units: u32, points: u32) -> impl Strategy<Value = Draw> {
    (0..=units, 1..=points, 0..=points).prop_map(move |(units, positive, other)| Draw {
        units,
        positive,
        negative: if balanced { positive } else { other },
    })
}
