//! A skip connection never raises the least cost.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Norm, Skip};

pub(super) static CLAIM: Claim<Scattered> = Claim {
    card: theorem!("sparsity/skip_saves", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2023", "the role of skip connections"),
    statement: "norm l1: least cost with a free affine part  ≤  least cost with a free constant \
                alone",
    cases: || data().cases().with("12 points", 32, scattered(2, 12..=12, 4)),
    hypotheses: &[],
    conclusion: |case| at_most("with a skip", cost(case, Skip::Free)?, cost(case, Skip::None)?),
    twins: &[
        twin("the same", |case: &Scattered| {
            equal("with a skip", cost(case, Skip::Free)?, cost(case, Skip::None)?)
        })
        .because("data on a slope cost nothing with a skip connection"),
        twin("at most half", |case: &Scattered| {
            let half = cost(case, Skip::None)? / Rational::integer(2);
            at_most("with a skip", cost(case, Skip::Free)?, half)
        })
        .because("a peak costs as much without one"),
    ],
    well_formed: |case| case.check().map_err(|error| error.to_string()),
};

fn cost(data: &Scattered, skip: Skip) -> Result<Rational, Undecided> {
    let fit = data.least(Norm::L1, skip).ok_or(Undecided("no network was found"))?;
    fit.value.value().cloned().ok_or(Undecided("the cost is not rational"))
}

fn data() -> BoxedStrategy<Scattered> {
    (1usize..=2).prop_flat_map(|d| scattered(d, 2..=6, if d == 1 { 9 } else { 4 })).boxed()
}
