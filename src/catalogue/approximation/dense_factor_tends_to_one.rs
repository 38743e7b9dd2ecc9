//! With filters as long as the layer is wide, the factor is below 1 + 2/(n'+1).

use crate::catalogue::prelude::*;
use crate::construct::sizes::{HiddenBias, group_parameters, worst_filter_count};
use crate::generators::dense::DenseSizes;

pub(super) static CLAIM: Claim<DenseSizes> = Claim {
    card: theorem!("approximation/dense_factor_tends_to_one", AGAINST_ITS_NOTE)
        .derived_from("Crease", "how close to 1 can the factor come? asked and answered here"),
    statement: "s = n' even, p = ⌈(n n' - 1)/s⌉  ⟹  p(s+2) - 1 + n < (1 + 2/(n'+1)) (n n' + n) \
                for one dense layer",
    cases: || {
        let large = cases(2000, |half| (2 * half, 2 * half));
        cases(20, |half| (2 * half, 2 * half)).with("up to 4000 inputs", 16, large)
    },
    hypotheses: &[
        given("s = n'", |case: &DenseSizes| case.s == case.widths[0])
            .needed("short filters spend a bias on every two roots", || {
                cases(20, |half| (2, 2 * half + 2)).cases()
            }),
        given("s even", |case: &DenseSizes| case.s.is_multiple_of(2))
            .needed("an odd filter full of pairs wastes a tap", || {
                cases(20, |half| (2 * half + 1, 2 * half + 1)).cases()
            }),
    ],
    conclusion: |case| compare(case, 2),
    twins: &[twin("1 + 1/(n'+1)", |case: &DenseSizes| compare(case, 1))
        .because("every filter has one tap more than its degree, and one bias")],
    well_formed: DenseSizes::check,
};

/// Against `1 + excess / (n' + 1)` times the dense parameters.
fn compare(case: &DenseSizes, excess: usize) -> Conclusion {
    let (inputs, outputs) = case.layers().next().expect("there is a layer");
    let depth = worst_filter_count(inputs * outputs - 1, case.s).expect("s is two at least");
    let found = group_parameters(depth, case.s, outputs, HiddenBias::Scalar);
    let factor = Rational::ONE + Rational::from(excess) / Rational::from(inputs + 1);
    below("parameters", found, factor * Rational::from((inputs + 1) * outputs))
}

/// One layer; `sizes` makes `s` and the inputs of a number from 1 to `most`.
fn cases(most: usize, sizes: fn(usize) -> (usize, usize)) -> impl Strategy<Value = DenseSizes> {
    (1..=most, 1..=2 * most).prop_map(move |(half, outputs)| {
        let (s, inputs) = sizes(half);
        DenseSizes { s, widths: vec![inputs, outputs] }
    })
}
