//! Fewer than M/(s−1) + 1 filters of degree s, the strict bound as remembered.

use crate::catalogue::prelude::*;
use crate::construct::factor::{Factorization, factor_into};
use crate::generators::polynomials::LongFilter;

pub(super) static CLAIM: Claim<LongFilter> = Claim {
    card: refuted!("convolution/factorization_strict_count")
        .remembered_from("Zhou2020", "the factorization of long filters into short ones")
        .as_printed("a third party quotes p ≤ M/(s−1) + 1, which is true"),
    statement: "deg W ≤ M, s ≥ 2  ⟹  W = w_1 ∗ … ∗ w_p, deg w_j ≤ s, p < M/(s−1) + 1",
    cases,
    hypotheses: &[given("s >= 2", |case| case.s >= 2)],
    conclusion: |case| {
        let target = case.polynomial();
        let built = match promised(case) {
            0 => Some(Factorization::of(&target, Vec::new())),
            count => factor_into(&target, case.s, count, BITS)
                .map_err(|_| Undecided("no factors near enough were proposed"))?,
        };
        let bound = Rational::integer(2).pow(-(BITS as i32));
        match built {
            Some(built) => at_most("residual", built.residual_norm(), bound),
            None => at_least("factorizations", 0, 1),
        }
    },
    twins: &[],
    well_formed: LongFilter::check,
};

/// The residual that a built factorization may leave is `2^-BITS`.
const BITS: u32 = 100;

/// The largest integer below `M / (s - 1) + 1`; any number of filters for `s < 2`.
fn promised(case: &LongFilter) -> usize {
    if case.s < 2 { usize::MAX } else { case.degree().div_ceil(case.s - 1) }
}

/// Filters that are not zero: that `W = 0` is no empty product would be the weaker objection.
fn cases() -> Cases<LongFilter> {
    (2usize..6, polynomials::filters())
        .prop_map(|(s, mut taps)| {
            if taps.iter().all(Rational::is_zero) {
                taps[0] = Rational::integer(2);
            }
            LongFilter { s, taps }
        })
        .cases()
}
