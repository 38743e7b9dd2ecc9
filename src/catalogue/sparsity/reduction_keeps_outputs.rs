#![doc = include_str!("../../../proofs/sparsity/reduction_keeps_outputs.md")]

use crate::catalogue::prelude::*;
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
        twin("the affine part as it was", |case: &Case| {
            let mut reduced = case.reduced().0;
            let before = case.net.ridges();
            (reduced.slope, reduced.constant) = (before.slope, before.constant);
            compare(case, &reduced)
        })
        .because("what units lose, the affine part takes over"),
        twin("units that go are only left out", |case: &Case| {
            let mut left = case.net.ridges();
            case.reduced().1.iter().for_each(|gone| drop(left.units.remove(*gone)));
            compare(case, &left)
        })
        .because("the others are scaled to make up for them"),
        twin("the same value everywhere", |case: &Case| {
            let far: Vec<_> =
                (1..=case.net.slope.len() as i32).map(|p| Rational::integer(9).pow(p)).collect();
            let [before, after] = [case.net.ridges(), case.reduced().0];
            same_signal("value", &after.eval(&far), &before.eval(&far))
        })
        .because("away from the points the function is another one"),
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
    same_signal("value", &values(found), &values(&case.net.ridges()))
}

fn cases(d: Span, n: Span, units: Span) -> BoxedStrategy<Case> {
    d.prop_flat_map(move |d| (nets(d, units.clone(), integral), scattered(d, n.clone(), 4)))
        .prop_map(|(net, data)| Case { net, data })
        .boxed()
}
