//! With absolute values a contraction may cost a factor, at most two.

use crate::catalogue::prelude::*;
use crate::generators::contractions::{Bent, Values, applied, average, bent, largest_size, values};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("generalization/absolute_contraction", AGAINST_ITS_NOTE)
        .remembered_from("LedouxTalagrand1991", "Theorem 4.12"),
    statement: "functions φ_i with |φ_i(s) - φ_i(t)| ≤ |s - t| and φ_i(0) = 0  ⟹  the mean over \
                all signs of max |Σ ε_i φ_i(t_i)| over a set T is at most twice that of max |Σ ε_i \
                t_i|",
    cases: || {
        drawn(1..=3, 1..=3, 2, 2, true)
            .cases()
            .with("larger", 4, drawn(1..=4, 2..=5, 9, 2, true))
            .with("8 signs", 16, drawn(8..=8, 2..=8, 3, 2, true))
    },
    hypotheses: &[
        given("slopes of at most 1", |case: &Case| case.functions.iter().all(Bent::is_contraction))
            .needed("a slope of 4 makes four times as much", || {
                drawn(1..=2, 1..=3, 2, 8, true).cases()
            }),
        given("0 at 0", |case: &Case| {
            case.functions.iter().all(|f| f.eval(&Rational::ZERO).is_zero())
        })
        .needed("a constant makes a mean of nothing", || drawn(1..=2, 1..=3, 1, 2, false).cases()),
    ],
    conclusion: |case| case.compare(2),
    twins: &[twin("factor 1", |case: &Case| case.compare(1))
        .because("the ReLU takes away what cancels: factor 1 holds without absolute values")],
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
    fn compare(&self, factor: i64) -> Conclusion {
        let after = average(&applied(&self.values.set, &self.functions), largest_size);
        let before = average(&self.values.set, largest_size);
        at_most("mean", after, before * Rational::integer(factor))
    }
}

/// Slopes in halves, up to `steepest` of them.
fn drawn(
    n: Span,
    vectors: Span,
    most: i64,
    steepest: i64,
    through_zero: bool,
) -> BoxedStrategy<Case> {
    values(n, vectors, most)
        .prop_flat_map(move |values| {
            let n = values.set[0].len();
            vec(bent(steepest, through_zero), n)
                .prop_map(move |functions| Case { values: values.clone(), functions })
        })
        .boxed()
}
