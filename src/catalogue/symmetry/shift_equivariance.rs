//! Expansive convolutions with one bias a layer, none positive, commute with shifts.

use crate::catalogue::prelude::*;
use crate::generators::shifted_inputs::{Biases, Room, Shifted, Signs};

pub(super) static CLAIM: Claim<Shifted> = Claim {
    card: theorem!("symmetry/shift_equivariance", AGAINST_ITS_NOTE)
        .derived_from("Han2023", "translation equivariance of zero padding")
        .as_printed("said of zero-padded networks; sign and form of the bias are ours"),
    statement: "b_j ≤ 0 constant, x vanishes on its last k samples  ⟹  F(S_k x) = S_k F(x)",
    cases: || {
        let of = |scale| {
            shifted_inputs::shifted(scale, Biases::Constant, Signs::NotPositive, Room::Enough)
        };
        let strata = of(1).with("up to 9 layers of 9 taps", 16, of(3));
        strata.with("up to 30 layers of 30 taps", 64, of(10))
    },
    hypotheses: &[
        given("one bias a layer", |case: &Shifted| case.has_constant_biases()).needed(
            "a bias for each position stays where it is",
            || {
                shifted_inputs::shifted(1, Biases::PerUnit, Signs::NotPositive, Room::Enough)
                    .cases()
            },
        ),
        given("no positive bias", |case: &Shifted| {
            !case.biases().iter().flatten().any(Rational::is_positive)
        })
        .needed("the vacated samples become positive, not zero", || {
            shifted_inputs::shifted(1, Biases::Constant, Signs::Any, Room::Enough).cases()
        }),
        given("room to shift", |case: &Shifted| case.has_room())
            .needed("samples are pushed over the edge of the input, not of the output", || {
                shifted_inputs::shifted(1, Biases::Constant, Signs::NotPositive, Room::None).cases()
            }),
    ],
    conclusion: |case| gap(case, case.shift),
    twins: &[twin("shift by one more", |case: &Shifted| gap(case, case.shift + 1))
        .because("the output moves as far as the input")],
    well_formed: Shifted::check,
};

/// `F(S_k x)` against `F(x)` moved right by `output_shift`.
fn gap(case: &Shifted, output_shift: usize) -> Conclusion {
    let (before, after) = case.outputs();
    same_signal("largest gap", &after, &shifted_inputs::right(&before, output_shift))
}
