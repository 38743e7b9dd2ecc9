//! The probability that random units cover orthonormal points.

use crate::catalogue::prelude::*;
use crate::generators::covered_points::Draw;

pub(super) static CLAIM: Claim<Draw> = Claim {
    card: theorem!("width/orthonormal_law", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2; asked here of orthonormal inputs"),
    statement: "fair independent signs  ⟹  P(all points covered by m units) = \
                Σ_k C(m, k) 2^-m (1 - 2^-k)^n₊ (1 - 2^-(m-k))^n₋",
    cases,
    hypotheses: &[],
    conclusion: |case| found(case, case.family().probability(case.units)),
    twins: &[
        twin("independent points", |case: &Draw| {
            let points = case.family().points() as i32;
            let missed = Rational::new(3, 4).pow(case.units as i32);
            found(case, (Rational::ONE - missed).pow(points))
        })
        .because("points share the units of their sign"),
        twin("every unit serves every point", |case: &Draw| {
            let points = case.family().points() as i32;
            let missed = Rational::new(1, 2).pow(case.units as i32);
            found(case, (Rational::ONE - missed).pow(points))
        })
        .because("a unit serves one label"),
        twin("half of the units for each label", |case: &Draw| {
            let chance = |units: u32, points: u32| {
                (Rational::ONE - Rational::new(1, 2).pow(units as i32)).pow(points as i32)
            };
            let half = case.units / 2;
            let rest = case.units - half;
            found(case, chance(half, case.positive) * chance(rest, case.negative))
        })
        .because("signs are drawn, not dealt"),
    ],
    well_formed: Draw::check,
};

fn found(case: &Draw, law: Rational) -> Conclusion {
    if case.family().points() > 12 {
        return Err(Undecided("more than 12 points, which are too many to count"));
    }
    equal("probability of covering all", case.family().counted(case.units), law)
}

/// All with up to eight units and three points a label; then more of both.
fn cases() -> Cases<Draw> {
    let drawn = |units, points: u32| {
        (0..=units, 1..=points, 0..=points).prop_map(|(units, positive, negative)| Draw {
            units,
            positive,
            negative,
        })
    };
    let small = (0..=8).flat_map(|units| {
        let points = (0..=3).flat_map(|a| (0..=3).map(move |b| (a, b)));
        let some = points.filter(|&(a, b)| a + b > 0);
        some.map(move |(positive, negative)| Draw { units, positive, negative })
    });
    Cases::listed(small)
        .with("up to 16 units, 3 points a label", 1, drawn(16u32, 3))
        .with("up to 40 units, 4 points a label", 64, drawn(40, 4))
        .with("up to 60 units, 5 points a label", 1024, drawn(60, 5))
}
