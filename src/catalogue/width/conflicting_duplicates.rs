//! No width fits a sample that has both labels.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Lapse, Size, Step, of_every_size, steps};

pub(super) static CLAIM: Claim<Step> = Claim {
    card: theorem!("width/conflicting_duplicates", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Assumption 2.1, which excludes them"),
    statement: "x_i = x_j, y_i = -y_j, l convex, l ≥ 0  ⟹  \
                R(W) ≥ 2 l(0)/n for every W and every m",
    cases: || Cases::of(of_every_size(conflicting)),
    hypotheses: &[given("conflicting duplicates", |case: &Step| {
        let samples = &case.samples;
        let pairs = samples.patches.iter().zip(&samples.positive);
        let all: Vec<_> = pairs.collect();
        all.iter().any(|(x, a)| all.iter().any(|(y, b)| x == y && a != b))
    })
    .needed("other samples may be fitted as well as one likes", || Lapse::NONE.small().cases())],
    conclusion: |case| risk(case, 2),
    twins: &[
        twin("each of the two alone", |case: &Step| risk(case, 4))
            .because("together they lose 2 l(0)"),
        twin("wide enough", |case: &Step| {
            let units = Rational::from(case.network.weights.len());
            at_most("risk times units", case.risk() * &units, 2)
        })
        .because("no width makes it small"),
    ],
    well_formed: Step::check,
};

fn risk(case: &Step, times: i64) -> Conclusion {
    let least = Rational::from(times) * case.loss.exact_value(&Rational::ZERO);
    at_least("risk", case.risk(), least / Rational::from(case.samples.len()))
}

/// Steps with one of the samples once more, under the other label; one in three with the hinge.
fn conflicting(size: Size) -> impl Strategy<Value = Step> {
    let step = prop_oneof![2 => steps(Lapse::NONE, size), 1 => steps(Lapse::HINGE, size)];
    (step, any::<proptest::sample::Index>()).prop_map(|(mut case, which)| {
        let which = which.index(case.samples.len());
        case.samples.patches.push(case.samples.patches[which].clone());
        case.samples.positive.push(!case.samples.positive[which]);
        case
    })
}
