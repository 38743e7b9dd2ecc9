//! Without a skip connection the slopes at infinity cost, too.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Units};
use crate::spline::univariate::{representation_cost, tv2};

pub(super) static CLAIM: Claim<Units> = Claim {
    card: theorem!("sparsity/representation_cost", AGAINST_ITS_NOTE)
        .remembered_from("Savarese2019", "the representation cost of univariate functions")
        .as_printed("half the squared weights; at balance it is the sum of the products"),
    statement: "f = Σ v_k relu(w_k x - b_k)  ⟹  Σ |v_k| |w_k| ≥ max(TV2(f), |f'(-∞) + f'(∞)|)",
    cases: || Cases::of(line_data::units()),
    hypotheses: &[],
    conclusion: |case| {
        at_least("path norm", case.path_norm(), representation_cost(&case.function()))
    },
    twins: &[
        twin("sum instead of maximum", |case: &Units| {
            let f = case.function();
            at_least("path norm", case.path_norm(), tv2(&f) + ends(case).abs())
        })
        .because("relu(x) costs 1, not 2"),
        twin("always attained", |case: &Units| {
            equal("path norm", case.path_norm(), representation_cost(&case.function()))
        })
        .because("weights may cancel"),
        twin("only the variation", |case: &Units| {
            at_most("slopes", ends(case).abs(), tv2(&case.function()))
        })
        .because("relu(x) - relu(-x) = x costs 2, and its variation is 0"),
    ],
    well_formed: Units::check,
};

/// `f'(-∞) + f'(∞)`
fn ends(case: &Units) -> Rational {
    let f = case.function();
    let pieces = f.pieces();
    &pieces[0].0 + &pieces[pieces.len() - 1].0
}
