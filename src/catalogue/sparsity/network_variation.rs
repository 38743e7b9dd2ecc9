//! The variation of a network counts merged kinks.

use crate::catalogue::prelude::*;
use crate::generators::line_data::{self, Units};
use crate::spline::univariate::tv2;

pub(super) static CLAIM: Claim<Units> = Claim {
    card: theorem!("sparsity/network_variation", AGAINST_ITS_NOTE)
        .remembered_from("ParhiNowak2023", "the seminorm of a finite network"),
    statement: "TV2(Σ v_k relu(w_k x - b_k)) = Σ over kinks t of |Σ_{b_k / w_k = t} v_k |w_k||",
    cases: || Cases::of(line_data::units()),
    hypotheses: &[],
    conclusion: |case| compare(case, merged(case, |[w, _, v]| v * &w.abs())),
    twins: &[
        twin("nothing merged", |case: &Units| compare(case, case.path_norm()))
            .because("relu(x) - relu(x) is 0, with the path norm 2"),
        twin("orientation turns the sign", |case: &Units| {
            compare(case, merged(case, |[w, _, v]| v * w))
        })
        .because("relu(x) + relu(-x) = |x| has the jump 2, relu(x) - relu(-x) = x has none"),
        twin("outer weights alone", |case: &Units| {
            compare(case, merged(case, |[_, _, v]| v.clone()))
        })
        .because("the slope of a unit is its inner weight times its outer one"),
    ],
    well_formed: Units::check,
};

fn compare(case: &Units, bound: Rational) -> Conclusion {
    equal("TV2", tv2(&case.function()), bound)
}

/// The sum over kinks of the size of what meets there. A unit without an inner weight has no kink.
fn merged(case: &Units, jump: fn(&[Rational; 3]) -> Rational) -> Rational {
    let mut kinks: Vec<(Rational, Rational)> = case
        .units
        .iter()
        .filter(|[w, ..]| !w.is_zero())
        .map(|unit| (&unit[1] / &unit[0], jump(unit)))
        .collect();
    kinks.sort();
    let at_one = |kinks: &[(Rational, Rational)]| kinks.iter().map(|(_, jump)| jump).sum();
    kinks.chunk_by(|a, b| a.0 == b.0).map(|kinks| Rational::abs(&at_one(kinks))).sum()
}
