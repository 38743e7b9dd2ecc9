//! A contraction does not increase a Rademacher average.

use crate::catalogue::prelude::*;
use crate::generators::contractions::{Mapped, largest, largest_size, mapped};

pub(super) static CLAIM: Claim<Mapped> = Claim {
    card: theorem!("generalization/contraction", AGAINST_ITS_NOTE)
        .remembered_from("LedouxTalagrand1991", "Theorem 4.12, without absolute values"),
    statement: "functions φ_i with |φ_i(s) - φ_i(t)| ≤ |s - t|  ⟹  the mean over all signs of \
                max Σ ε_i φ_i(t_i) over a set T is at most that of max Σ ε_i t_i",
    cases: || {
        drawn(1..=3, 1..=3, 2, 2).with("larger", 4, drawn(1..=4, 2..=5, 9, 2)).with(
            "8 signs",
            16,
            drawn(8..=8, 2..=8, 3, 2),
        )
    },
    hypotheses: &[given("slopes of at most 1", Mapped::contracts)
        .needed("a slope of 2 doubles a mean", || drawn(1..=2, 2..=3, 2, 4).cases())],
    conclusion: |case| compare(case, largest, 1),
    twins: &[
        twin("with absolute values", |case: &Mapped| compare(case, largest_size, 1))
            .because("a function that is not 0 at 0 makes a mean of nothing"),
        twin("with half of it", |case: &Mapped| compare(case, largest, 2))
            .because("the identity is a contraction"),
        twin("equal", |case: &Mapped| {
            let [before, after] = case.averages(largest);
            equal("mean", after, before)
        })
        .because("a constant function is a contraction, too"),
    ],
    well_formed: Mapped::check,
};

fn drawn(n: Span, vectors: Span, most: i64, steepest: i64) -> BoxedStrategy<Mapped> {
    mapped(n, vectors, most, steepest, false)
}

fn compare(case: &Mapped, supremum: fn(&[Rational]) -> Rational, divisor: i64) -> Conclusion {
    let [before, after] = case.averages(supremum);
    at_most("mean", after, before / Rational::integer(divisor))
}
