//! A finite class has a Rademacher average of the order of the root of a logarithm.

use crate::analysis::enclosure::ln;
use crate::analysis::rademacher::apart;
use crate::catalogue::prelude::*;
use crate::generators::contractions::{Values, average, largest, values};

pub(super) static CLAIM: Claim<Values> = Claim {
    card: theorem!("generalization/finite_class", AGAINST_ITS_NOTE)
        .remembered_from("Massart2000", "the finite class lemma"),
    statement: "N vectors a of R^n  ⟹  (the mean over all signs of max Σ ε_i a_i)² ≤ 2 ln N max \
                |a|²",
    cases: || {
        values(1..=4, 1..=4, 2)
            .with("all signs", 4, all_signs(1..=4))
            .with("8 signs", 16, values(8..=8, 2..=30, 9))
            .with("all 256 sign vectors", 64, all_signs(8..=8))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, greatest(case), 2),
    twins: &[
        twin("without the 2", |case: &Values| compare(case, greatest(case), 1))
            .because("a and -a in one dimension have the mean 1, and √(ln 2) < 1"),
        twin("the mean of the squares", |case: &Values| {
            let squares = case.set.iter().map(|a| dot(a, a));
            compare(case, squares.sum::<Rational>() / Rational::from(case.set.len()), 2)
        })
        .drawing(|| one_long_vector().cases())
        .because("one long vector and its opposite among short ones make the mean"),
        twin("without a logarithm", |case: &Values| {
            let found = average(&case.set, largest);
            at_most("square of the mean", &found * &found, greatest(case))
        })
        .because("all sign vectors of length n have the mean n and the norm √n"),
    ],
    well_formed: Values::check,
};

fn greatest(case: &Values) -> Rational {
    case.set.iter().map(|a| dot(a, a)).max().expect("the case is well formed")
}

fn compare(case: &Values, square: Rational, factor: i64) -> Conclusion {
    let found = average(&case.set, largest);
    let square_of_mean = &found * &found;
    let count = Rational::from(case.set.len());
    if count == Rational::ONE {
        return at_most("square of the mean", square_of_mean, 0);
    }
    let bound = |bits| Ok(ln(&count, bits)?.scale(&(Rational::integer(factor) * &square)));
    let (found, bound) = apart(|_| Ok(Enclosure::point(square_of_mean.clone())), bound)
        .ok_or(Undecided("the numbers are too near to each other"))?;
    at_most("square of the mean", found, bound)
}

fn all_signs(n: Span) -> BoxedStrategy<Values> {
    let set = |n: usize| {
        let sign = |a: usize, i: usize| numbers::sign(a >> i & 1 == 1);
        (0..1usize << n).map(|a| (0..n).map(|i| sign(a, i)).collect()).collect()
    };
    n.prop_map(move |n| Values { set: set(n) }).boxed()
}

/// A number and its opposite among zeros.
fn one_long_vector() -> BoxedStrategy<Values> {
    (1..=9i64, 8..=20usize)
        .prop_map(|(size, zeros)| {
            let long = [size, -size].map(|size| vec![Rational::from(size)]);
            let short = vec![vec![Rational::ZERO]; zeros];
            Values { set: long.into_iter().chain(short).collect() }
        })
        .boxed()
}
