//! The least costs in the three norms come in order.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{Scattered, scattered};
use crate::spline::ridge::{Cost, Norm, Skip};

pub(super) static CLAIM: Claim<Scattered> = Claim {
    card: theorem!("sparsity/least_costs_in_order", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the choice of the norm of input weights"),
    statement: "two inputs  ⟹  least cost in l∞  ≤  in l2  ≤  in l1  ≤  2 · in l∞",
    cases: || scattered(2, 3..=6, 4).cases().with("10 points", 32, scattered(2, 10..=10, 5)),
    hypotheses: &[],
    conclusion: |case| {
        let [most, root, sum] = costs(case)?;
        let ordered = most.lo() <= root.hi()
            && root.lo() <= sum.hi()
            && *sum.lo() <= most.hi() * Rational::integer(2);
        equal("in order", ordered, true)
    },
    twins: &[
        twin("l1 no more than l2", |case: &Scattered| {
            let [_, root, sum] = costs(case)?;
            at_most("least cost in l1", sum.lo().clone(), root.hi().clone())
        })
        .because("an oblique kink costs more in l1"),
        twin("l2 no more than l∞", |case: &Scattered| {
            let [most, root, _] = costs(case)?;
            at_most("least cost in l2", root.lo().clone(), most.hi().clone())
        })
        .because("an oblique kink costs less in l∞"),
        twin("l1 no more than 3/2 of l∞", |case: &Scattered| {
            let [most, _, sum] = costs(case)?;
            let bound = most.hi() * Rational::new(3, 2);
            at_most("least cost in l1", sum.lo().clone(), bound)
        })
        .because("a diagonal kink costs twice as much"),
    ],
    well_formed: |case| case.check().map_err(|error| error.to_string()),
};

fn costs(case: &Scattered) -> Result<[Cost; 3], Undecided> {
    let cost = |norm| {
        let fit = case.least(norm, Skip::Free).ok_or(Undecided("no network was found"))?;
        Ok(fit.value)
    };
    Ok([cost(Norm::Linf)?, cost(Norm::L2)?, cost(Norm::L1)?])
}
