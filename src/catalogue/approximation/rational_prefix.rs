//! Two rational filters of three taps begin with any four rational coefficients.

use crate::catalogue::prelude::*;
use crate::construct::expansive::convolve;
use crate::construct::prefix::two_quadratics;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/rational_prefix", AGAINST_ITS_NOTE)
        .derived_from("Crease", "how many rational filters does a beginning need? asked here"),
    statement: "2 a w_0 ≠ w_1  ⟹  (1 + az + bz²) g(z) = w_0 + w_1 z + w_2 z² + w_3 \
                z³ + O(z⁴) for some rational b and quadratic g",
    cases: || {
        let strata = cases(3, false).with("w_0 = 0", 16, cases(0, false));
        strata.with("numbers of many digits", 16, cases(1 << 40, false))
    },
    hypotheses: &[given("2 a w_0 ≠ w_1", |case: &Case| {
        Rational::integer(2) * &case.a * &case.w[0] != case.w[1]
    })
    .needed("the middle taps coincide, and b drops out of the equation", || {
        cases(3, true).cases()
    })],
    conclusion: |case| compare(case, 4),
    twins: &[twin("and have degree 3", |case: &Case| compare(case, 5))
        .because("z³ - 2 is irreducible: the product has a fifth coefficient")],
    well_formed: |_| Ok(()),
};

/// The coefficients, and the middle tap of one filter.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    w: [Rational; 4],
    a: Rational,
}

/// The distance of the first `terms` coefficients from `w` and zeros behind it; or that there are
/// no two filters, which is decided.
fn compare(case: &Case, terms: usize) -> Conclusion {
    let Some([f, g]) = two_quadratics(&case.w, &case.a) else {
        return equal("pairs of filters", 0, 1);
    };
    let wanted = case.w.iter().cloned().chain([Rational::ZERO]);
    let gaps = convolve(&f, &g).into_iter().zip(wanted).take(terms).map(|(p, w)| (p - w).abs());
    equal("distance of the coefficients", gaps.sum::<Rational>(), 0)
}

/// A first coefficient up to `most`, with `w_1` next to `2 a w_0`, or equal to it.
fn cases(most: i64, coincide: bool) -> impl Strategy<Value = Case> {
    let numerators = most.max(8);
    let rest = [(); 3].map(|()| numbers::fraction(numerators, 2));
    (numbers::integer(most), rest, numbers::fraction(numerators, 2)).prop_map(
        move |(w0, [w1, w2, w3], a)| {
            let double = Rational::integer(2) * &a * &w0;
            let w1 = match (coincide, w1 == double) {
                (true, _) => double,
                (false, true) => w1 + Rational::ONE,
                (false, false) => w1,
            };
            Case { w: [w0, w1, w2, w3], a }
        },
    )
}
