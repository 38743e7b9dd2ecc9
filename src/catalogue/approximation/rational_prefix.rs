//! # Two rational filters of three taps begin with any four rational coefficients
//!
//! A network reads its directions off the first coefficients of a product of filters; the others
//! do not matter. For `w_0 != 0` and any rational `a` but `w_1 / (2 w_0)` there are two rational
//! quadratics, one of them `1 + a z + b z^2`, whose product begins with `w_0, .., w_3`.
#![doc = include_str!("../../../proofs/approximation/rational_prefix.md")]

use crate::claim::{self, prelude::*};
use crate::construct::expansive::convolve;
use crate::construct::prefix::two_quadratics;
use crate::exact::Rational;
use crate::generators::numbers;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "approximation/rational_prefix",
        title: "Two rational filters of three taps begin with any four rational coefficients",
        statement: "w_0 ≠ 0, 2 a w_0 ≠ w_1  ⟹  (1 + az + bz²) g(z) = w_0 + w_1 z + w_2 z² + w_3 \
                    z³ + O(z⁴) for some rational b and quadratic g",
        source: Source::new(
            "Crease",
            "how many rational filters does a beginning need? asked here",
        ),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/approximation/rational_prefix.md",
    },
    cases: || cases(false, false),
    hypotheses: &[
        Hypothesis::new("w_0 ≠ 0", |case| !case.w[0].is_zero()),
        Hypothesis::new("2 a w_0 ≠ w_1", |case| {
            Rational::integer(2) * &case.a * &case.w[0] != case.w[1]
        }),
    ],
    conclusion: |case| compare(case, 4),
    twins: &[
        Twin::without(
            "w_0 ≠ 0",
            || cases(true, false),
            "z has to be a factor of one filter first; 1 stands for no filters",
        ),
        Twin::without(
            "2 a w_0 ≠ w_1",
            || cases(false, true),
            "the middle taps coincide, and b drops out of the equation; 1 stands for no filters",
        ),
        Twin::concluding(
            "and have degree 3",
            |case| compare(case, 5),
            "z³ - 2 is irreducible: the product has a fifth coefficient",
        ),
    ],
};

/// The coefficients, and the middle tap of one filter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    w: [Rational; 4],
    a: Rational,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        Ok(())
    }
}

/// The distance of the first `terms` coefficients from `w` and zeros behind it.
fn compare(case: &Case, terms: usize) -> Conclusion {
    let distance = two_quadratics(&case.w, &case.a).map_or(Rational::ONE, |[f, g]| {
        let product = convolve(&f, &g);
        let wanted = case.w.iter().cloned().chain([Rational::ZERO]);
        product.iter().zip(wanted).take(terms).map(|(p, w)| (p - w).abs()).sum()
    });
    Finding::equal("distance of the coefficients", distance, 0)
}

fn cases(zero: bool, coincide: bool) -> Cases<Case> {
    let [w0, a] = [3, 4].map(numbers::nonzero_integer);
    let rest = [(); 3].map(|()| numbers::fraction(8, 2));
    (w0, rest, a)
        .prop_map(move |(w0, [w1, w2, w3], a)| {
            let double = Rational::integer(2) * &a * &w0;
            let w1 = if coincide {
                double
            } else if w1 == double {
                w1 + Rational::ONE
            } else {
                w1
            };
            let (w0, w1) = if zero && !w1.is_zero() {
                (Rational::ZERO, w1)
            } else if zero {
                (Rational::ZERO, Rational::ONE)
            } else {
                (w0, w1)
            };
            Case { w: [w0, w1, w2, w3], a }
        })
        .cases()
}
