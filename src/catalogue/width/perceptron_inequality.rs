//! Descent moves along every direction that has a margin.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, runs};
use crate::generators::descent_steps::of_every_size;

pub(super) static CLAIM: Claim<Run> = Claim {
    card: theorem!("width/perceptron_inequality", STEP_BY_STEP)
        .derived_from("JiTelgarsky2020", "Theorem 2.2, its proof"),
    statement: "-l' ≥ 0, g = min_{i,t} y_i ⟨∇f(x_i; W_t), U⟩  ⟹  \
                η g Σ_t Q(W_t) ≤ ⟨W_T - W_0, U⟩",
    cases: || Cases::of(of_every_size(|size| runs(Lapse::Fast, size))),
    hypotheses: &[],
    conclusion: |case| {
        let run = case.record();
        let found = &run.rate * &run.least_margin * &run.pulls;
        at_most("η g Σ Q(W_t)", found, run.along)
    },
    twins: &[
        twin("margin at the start", |case: &Run| {
            let run = case.record();
            let margins = case.network.linearised(&case.samples, &case.direction);
            let margin = margins.into_iter().min().expect("there is a sample");
            at_most("η g_0 Σ Q(W_t)", &run.rate * margin * &run.pulls, run.along)
        })
        .because("gates flip on the way, and the margin with them"),
        twin("risk in place of the pull", |case: &Run| {
            let run = case.record();
            let found = &run.rate * &run.least_margin * &run.risks;
            at_most("η g Σ R(W_t)", found, run.along)
        })
        .because("a loss can be as large as it likes, a pull is at most 1"),
        twin("rate left out", |case: &Run| {
            let run = case.record();
            at_most("g Σ Q(W_t)", &run.least_margin * &run.pulls, run.along)
        })
        .because("a step of half the rate is half as long"),
    ],
    well_formed: Run::check,
};
