//! With absolute values a contraction may cost a factor, at most two.

use crate::catalogue::prelude::*;
use crate::generators::contractions::{Mapped, largest_size, mapped};

pub(super) static CLAIM: Claim<Mapped> = Claim {
    card: theorem!("generalization/absolute_contraction", AGAINST_ITS_NOTE)
        .remembered_from("LedouxTalagrand1991", "Theorem 4.12"),
    statement: "functions φ_i with |φ_i(s) - φ_i(t)| ≤ |s - t| and φ_i(0) = 0  ⟹  the mean over \
                all signs of max |Σ ε_i φ_i(t_i)| over a set T is at most twice that of max |Σ ε_i \
                t_i|",
    cases: || {
        mapped(1..=3, 1..=3, 2, 2, true).with("larger", 4, mapped(1..=4, 2..=5, 9, 2, true)).with(
            "8 signs",
            16,
            mapped(8..=8, 2..=8, 3, 2, true),
        )
    },
    hypotheses: &[
        given("slopes of at most 1", Mapped::contracts)
            .needed("a slope of 4 makes four times as much", || {
                mapped(1..=2, 1..=3, 2, 8, true).cases()
            }),
        given("0 at 0", |case: &Mapped| {
            case.functions.iter().all(|f| f.eval(&Rational::ZERO).is_zero())
        })
        .needed("a constant makes a mean of nothing", || mapped(1..=2, 1..=3, 1, 2, false).cases()),
    ],
    conclusion: |case| compare(case, 2),
    twins: &[twin("factor 1", |case: &Mapped| compare(case, 1))
        .because("the ReLU takes away what cancels: factor 1 holds without absolute values")],
    well_formed: Mapped::check,
};

fn compare(case: &Mapped, factor: i64) -> Conclusion {
    let [before, after] = case.averages(largest_size);
    at_most("mean", after, before * Rational::integer(factor))
}
