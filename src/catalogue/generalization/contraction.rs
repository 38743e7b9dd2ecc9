//! A contraction does not increase a Rademacher average.

use crate::catalogue::prelude::*;
use crate::generators::contractions::{
    Bent, Values, applied, average, bent, largest, largest_size, values,
};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/contraction", AGAINST_ITS_NOTE)
        .remembered_from("LedouxTalagrand1991", "Theorem 4.12, without absolute values"),
    statement: "functions φ_i with |φ_i(s) - φ_i(t)| ≤ |s - t|  ⟹  the mean over all signs of \
                max Σ ε_i φ_i(t_i) over a set T is at most that of max Σ ε_i t_i",
    cases: || {
        drawn(1..=3, 1..=3, 2, 2).cases().with("larger", 4, drawn(1..=4, 2..=5, 9, 2)).with(
            "8 signs",
            16,
            drawn(8..=8, 2..=8, 3, 2),
        )
    },
    hypotheses: &[given("slopes of at most 1", |case: &Case| {
        case.functions.iter().all(Bent::is_contraction)
    })
    .needed("a slope of 2 doubles a mean", || drawn(1..=2, 2..=3, 2, 4).cases())],
    conclusion: |case| case.compare(largest, 1),
    twins: &[
        twin("with absolute values", |case: &Case| case.compare(largest_size, 1))
            .because("a function that is not 0 at 0 makes a mean of nothing"),
        twin("with half of it", |case: &Case| case.compare(largest, 2))
            .because("the identity is a contraction"),
        twin("equal", |case: &Case| {
            equal("mean", case.after(largest), average(&case.values.set, largest))
        })
        .because("a constant function is a contraction, too"),
    ],
    well_formed: |case| {
        case.values.check()?;
        let (n, found) = (case.values.set[0].len(), case.functions.len());
        require!(n == found, "{found} functions for vectors of length {n}")
    },
};

/// The set, and the functions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    values: Values,
    functions: Vec<Bent>,
}

impl Case {
    fn after(&self, supremum: fn(&[Rational]) -> Rational) -> Rational {
        average(&applied(&self.values.set, &self.functions), supremum)
    }

    fn compare(&self, supremum: fn(&[Rational]) -> Rational, divisor: i64) -> Conclusion {
        let before = average(&self.values.set, supremum);
        at_most("mean", self.after(supremum), before / Rational::integer(divisor))
    }
}

/// Slopes in halves, up to `steepest` of them.
fn drawn(n: Span, vectors: Span, most: i64, steepest: i64) -> BoxedStrategy<Case> {
    values(n, vectors, most)
        .prop_flat_map(move |values| {
            let n = values.set[0].len();
            vec(bent(steepest, false), n)
                .prop_map(move |functions| Case { values: values.clone(), functions })
        })
        .boxed()
}
