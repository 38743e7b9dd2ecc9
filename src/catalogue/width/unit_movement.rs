//! No unit moves farther than its share of the pulls.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, runs};
use crate::generators::descent_steps::of_every_size;

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/unit_movement", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "|x_p| ≤ 1, scale |a_s| ≤ 1/√m, -l' ≥ 0  ⟹  \
                m max_s |w_{s,T} - w_{s,0}|² ≤ (η Σ_t Q(W_t))²",
    cases: || Cases::of(of_every_size(|size| runs(Lapse::Fast, size))),
    hypotheses: &[given("bounded points and outputs", Run::is_bounded)
        .needed("longer points make longer steps", || Lapse::LongPoints.small().cases())],
    conclusion: |case| {
        let run = case.record();
        moves(&run.farthest, &case.units(), (&run.rate * &run.pulls).pow(2))
    },
    twins: &[
        twin("all units together", |case: &Run| {
            let run = case.record();
            moves(&run.moved, &case.units(), (&run.rate * &run.pulls).pow(2))
        })
        .because("the layer as a whole moves √m times as far as a unit may"),
        twin("the width in place of its root", |case: &Run| {
            let run = case.record();
            let units = case.units();
            moves(&run.farthest, &(&units * &units), (&run.rate * &run.pulls).pow(2))
        })
        .because("outputs of size 1/√m, not 1/m"),
        twin("the mean in place of the sum", |case: &Run| {
            let (run, rate) = (case.record(), &case.rate);
            let one = Rational::from(run.steps);
            moves(&run.farthest, &case.units(), (rate * &run.pulls / one).pow(2))
        })
        .because("steps add up"),
    ],
    well_formed: Run::check,
};

fn moves(square: &Rational, factor: &Rational, bound: Rational) -> Conclusion {
    at_most("m max |w_T - w_0|²", square * factor, bound)
}
