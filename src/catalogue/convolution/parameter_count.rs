//! With full windows in the first layer, H_J has (5s+2)J + 2d - 2s - 1 parameters.

use crate::catalogue::prelude::*;
use crate::generators::expansive::Sizes;

pub(super) static CLAIM: Claim<Sizes> = Claim {
    card: theorem!("convolution/parameter_count", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the number of parameters of the class")
        .as_printed("the formula, for 2 ≤ s ≤ d; at s = d and J ≥ 2 the count is one too large"),
    statement: "s < d or J = 1  ⟹  H_J has (5s+2)J + 2d - 2s - 1 free parameters",
    cases: || {
        sizes(1..=4, 1..=5, |s| (s + 1..=s + 6).boxed())
            .with(
                "up to 12 layers of degree 12",
                64,
                sizes(5..=12, 6..=12, |s| (s + 1..=40).boxed()),
            )
            .with("degree 40, 64 inputs", 128, sizes(40..=40, 8..=8, |_| Just(64).boxed()))
    },
    hypotheses: &[given("full windows", |case: &Sizes| case.s < case.d || case.depth == 1)
        .needed("layer 1 has no full window, so no shared bias", || {
            sizes(1..=4, 1..=5, |s| (1..=s).boxed()).cases()
        })],
    conclusion: |case| equal("parameters", count(case, case.depth - 1), case.published_count()),
    twins: &[
        twin("the last bias is shared too", |case: &Sizes| {
            equal("parameters", count(case, case.depth), case.published_count())
        })
        .because("the formula counts d + J s biases in the last layer"),
        twin("every bias is free", |case: &Sizes| {
            equal("parameters", count(case, 0), case.published_count())
        })
        .because("then the count grows like J^2"),
    ],
    well_formed: Sizes::check,
};

/// Filters, coefficients, and the dimension of the space of biases when the first `shared` layers
/// obey the rule.
fn count(case: &Sizes, shared: usize) -> usize {
    let Sizes { s, depth, .. } = *case;
    let biases = (1..=depth).map(|j| match j <= shared {
        true => case.units(j) - shared_middle(case.units(j), s).rank(),
        false => case.units(j),
    });
    depth * (s + 1) + case.units(depth) + biases.sum::<usize>()
}

/// One row `e_i - e_(i + 1)` for each neighbouring pair of `s + 1 .. width - s`, counted from one.
fn shared_middle(width: usize, s: usize) -> Matrix {
    let pairs: Vec<_> = (s..(width - s).saturating_sub(1)).collect();
    let mut rule = Matrix::zero(pairs.len(), width);
    for (row, &i) in pairs.iter().enumerate() {
        rule[(row, i)] = Rational::ONE;
        rule[(row, i + 1)] = -Rational::ONE;
    }
    rule
}

fn sizes(s: Span, depth: Span, inputs: fn(usize) -> BoxedStrategy<usize>) -> BoxedStrategy<Sizes> {
    (s, depth)
        .prop_flat_map(move |(s, depth)| (inputs(s), Just((s, depth))))
        .prop_map(|(d, (s, depth))| Sizes { d, s, depth })
        .boxed()
}
