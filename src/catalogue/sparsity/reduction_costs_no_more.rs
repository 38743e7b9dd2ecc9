//! The reduction costs no more.

use crate::catalogue::prelude::*;
use crate::generators::ridges::{NetAtPoints, nets_at_points, pythagorean};
use crate::spline::ridge::{Free, Norm, Ridges, reduce};

pub(super) static CLAIM: Claim<NetAtPoints> = Claim {
    card: theorem!("sparsity/reduction_costs_no_more", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2021", "the representer theorem"),
    statement: "the units scaled until no more can go, in the direction of falling cost  ⟹  \
                Σ |vₖ| |wₖ| is not larger",
    cases: || {
        let large = nets_at_points([2..=3, 12..=12, 20..=20], pythagorean);
        nets_at_points([1..=3, 2..=6, 1..=7], pythagorean).with("20 units", 32, large)
    },
    hypotheses: &[],
    conclusion: |case| at_most("path norm", after(case, false)?, cost(&case.net.ridges())?),
    twins: &[
        twin("strictly smaller", |case: &NetAtPoints| {
            below("path norm", after(case, false)?, cost(&case.net.ridges())?)
        })
        .because("units that are independent at the points stay"),
        twin("in the other direction", |case: &NetAtPoints| {
            at_most("path norm", after(case, true)?, cost(&case.net.ridges())?)
        })
        .because("scaling the other way round the cost rises"),
    ],
    well_formed: NetAtPoints::check,
};

fn cost(network: &Ridges) -> Result<Rational, Undecided> {
    let norm = network.path_norm(Norm::L2, 1);
    norm.value().cloned().ok_or(Undecided("a norm is not rational"))
}

/// The cost after the reduction, or after its first step the other way round, as far as a
/// factor of some unit vanishes.
fn after(case: &NetAtPoints, is_reversed: bool) -> Result<Rational, Undecided> {
    let start = case.net.ridges();
    let reduction = reduce(&start, &case.data.points, Norm::L2, Free::Affine);
    if !is_reversed {
        return cost(&reduction.network);
    }
    let step = reduction.steps.first().ok_or(Undecided("no unit can go"))?;
    let rising = step.rates.iter().filter(|rate| rate.is_positive());
    let time = rising.map(Rational::recip).min().ok_or(Undecided("no factor falls"))?;
    let mut other = start;
    for (unit, rate) in other.units.iter_mut().zip(&step.rates) {
        unit.outer[0] *= &(Rational::ONE - &time * rate);
    }
    cost(&other)
}
