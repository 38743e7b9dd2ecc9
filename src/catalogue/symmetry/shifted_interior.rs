//! A constant bias disturbs shifts only near the ends, by one filter a layer.

use crate::catalogue::prelude::*;
use crate::generators::shifted_inputs::{Biases, Room, Shifted, Signs};

pub(super) static CLAIM: Claim<Shifted> = Claim {
    card: theorem!("symmetry/shifted_interior", AGAINST_ITS_NOTE)
        .derived_from("Han2023", "translation equivariance of zero padding")
        .as_printed("said of zero-padded networks; where it holds exactly is ours"),
    statement: "k + s_2 + .. + s_J ≤ i < D + s_1  ⟹  F(S_k x)_i = F(x)_(i-k), any constant b_j",
    cases: || {
        let of = |scale| shifted_inputs::shifted(scale, Biases::Constant, Signs::Any, Room::Enough);
        let strata = of(1).with("up to 9 layers of 9 taps", 16, of(3));
        strata.with("up to 30 layers of 30 taps", 64, of(10))
    },
    hypotheses: &[
        given("one bias a layer", |case: &Shifted| case.has_constant_biases())
            .needed("a bias for each position stays where it is", || {
                shifted_inputs::shifted(1, Biases::PerUnit, Signs::Any, Room::Enough).cases()
            }),
        given("room to shift", |case: &Shifted| case.has_room())
            .needed("samples are pushed over the edge of the input, not of the output", || {
                shifted_inputs::shifted(1, Biases::Constant, Signs::Any, Room::None).cases()
            }),
    ],
    conclusion: |case| gap(case, from(case), to(case)),
    twins: &[
        twin("only the vacated samples differ", |case: &Shifted| gap(case, case.shift, to(case)))
            .because("the second layer spreads them by its filter"),
        twin("up to the end", |case: &Shifted| gap(case, from(case), usize::MAX))
            .because("the second layer does not see what the first would write beyond its end"),
    ],
    well_formed: Shifted::check,
};

/// `k + s_2 + .. + s_J`.
fn from(case: &Shifted) -> usize {
    case.shift + case.growth().skip(1).sum::<usize>()
}

/// `D + s_1`.
fn to(case: &Shifted) -> usize {
    case.len() + case.growth().take(1).sum::<usize>()
}

/// `F(S_k x)` against `F(x)` moved right by `k`, at the samples `from <= i < to`.
fn gap(case: &Shifted, from: usize, to: usize) -> Conclusion {
    let (before, after) = case.outputs();
    let moved = shifted_inputs::right(&before, case.shift);
    let to = to.min(after.len());
    let samples = from.min(to)..to;
    same_signal("largest gap inside", &after[samples.clone()], &moved[samples])
}
