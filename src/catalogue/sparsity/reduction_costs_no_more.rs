#![doc = include_str!("../../../proofs/sparsity/reduction_costs_no_more.md")]

use crate::catalogue::prelude::*;
use crate::generators::ridges::{RidgeNet, Scattered, nets, pythagorean, scattered};
use crate::spline::ridge::{Free, Norm, Ridges, reduce};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/reduction_costs_no_more", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2021", "the representer theorem"),
    statement: "the units scaled until no more can go, in the direction of falling cost  ⟹  \
                Σ |vₖ| |wₖ| is not larger",
    cases: || {
        cases(1..=3, 2..=6, 1..=7).cases().with("20 units", 32, cases(2..=3, 12..=12, 20..=20))
    },
    hypotheses: &[],
    conclusion: |case| at_most("path norm", case.after(false)?, case.before()?),
    twins: &[
        twin("strictly smaller", |case: &Case| {
            below("path norm", case.after(false)?, case.before()?)
        })
        .because("units that are independent at the points stay"),
        twin("in the other direction", |case: &Case| {
            at_most("path norm", case.after(true)?, case.before()?)
        })
        .because("scaling the other way round the cost rises"),
    ],
    well_formed: |case| {
        case.net.check().map_err(|error| error.to_string())?;
        case.data.check().map_err(|error| error.to_string())?;
        let d = case.net.slope.len();
        require!(case.data.dimension() == d, "the points have {d} coordinates")
    },
};

/// A network and points for it; their values play no part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    net: RidgeNet,
    data: Scattered,
}

fn cost(network: &Ridges) -> Result<Rational, Undecided> {
    let norm = network.path_norm(Norm::L2, 1);
    norm.value().cloned().ok_or(Undecided("a norm is not rational"))
}

impl Case {
    fn before(&self) -> Result<Rational, Undecided> {
        cost(&self.net.ridges())
    }

    /// The cost after the reduction, or after its first step the other way round, as far as a
    /// factor of some unit vanishes.
    fn after(&self, is_reversed: bool) -> Result<Rational, Undecided> {
        let start = self.net.ridges();
        let reduction = reduce(&start, &self.data.points, Norm::L2, Free::Affine);
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
}

fn cases(d: Span, n: Span, units: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| (nets(d, units.clone(), pythagorean), scattered(d, n.clone(), 4)))
        .prop_map(|(net, data)| Case { net, data })
        .boxed()
}
