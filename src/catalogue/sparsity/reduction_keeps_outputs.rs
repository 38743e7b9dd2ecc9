#![doc = include_str!("../../../proofs/sparsity/reduction_keeps_outputs.md")]

use crate::claim::prelude::*;
use crate::generators::ridges::{RidgeNet, Scattered, integral, nets, scattered};
use crate::spline::ridge::{Free, Norm, Ridges, reduce};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/reduction_keeps_outputs", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2021", "the representer theorem"),
    statement: "the units scaled until no more can go  ⟹  the same values at every point",
    cases: || {
        cases(1..=3, 2..=6, 1..=7).cases().with("20 units", 32, cases(2..=3, 12..=12, 20..=20))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, &case.reduced().0),
    twins: &[
        Twin::concluding(
            "the affine part as it was",
            |case| {
                let mut reduced = case.reduced().0;
                let before = case.net.ridges();
                (reduced.slope, reduced.constant) = (before.slope, before.constant);
                compare(case, &reduced)
            },
            "what units lose, the affine part takes over",
        ),
        Twin::concluding(
            "units that go are only left out",
            |case| {
                let mut left = case.net.ridges();
                case.reduced().1.iter().for_each(|gone| drop(left.units.remove(*gone)));
                compare(case, &left)
            },
            "the others are scaled to make up for them",
        ),
        Twin::concluding(
            "the same value everywhere",
            |case| {
                let far: Vec<_> = (1..=case.net.slope.len() as i32)
                    .map(|p| Rational::integer(9).pow(p))
                    .collect();
                let [before, after] = [case.net.ridges(), case.reduced().0];
                Finding::same_signal("value", &after.eval(&far), &before.eval(&far))
            },
            "away from the points the function is another one",
        ),
    ],
};

/// A network and points for it; their values play no part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    net: RidgeNet,
    data: Scattered,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.net.check().map_err(|error| error.to_string())?;
        self.data.check().map_err(|error| error.to_string())?;
        let d = self.net.slope.len();
        require!(self.data.dimension() == d, "the points have {d} coordinates")
    }
}

impl Case {
    /// The network with fewer units, and which went in each step.
    fn reduced(&self) -> (Ridges, Vec<usize>) {
        let done = reduce(&self.net.ridges(), &self.data.points, Norm::L2, Free::Affine);
        (done.network, done.steps.iter().map(|step| step.removed).collect())
    }
}

fn compare(case: &Case, found: &Ridges) -> Conclusion {
    let values =
        |f: &Ridges| -> Vec<Rational> { case.data.points.iter().flat_map(|x| f.eval(x)).collect() };
    Finding::same_signal("value", &values(found), &values(&case.net.ridges()))
}

fn cases(
    d: RangeInclusive<usize>,
    n: RangeInclusive<usize>,
    units: RangeInclusive<usize>,
) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| (nets(d, units.clone(), integral), scattered(d, n.clone(), 4)))
        .prop_map(|(net, data)| Case { net, data })
        .boxed()
}
