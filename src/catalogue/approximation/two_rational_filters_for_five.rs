//! Two rational filters of three taps begin with any five rational coefficients.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: refuted!("approximation/two_rational_filters_for_five")
        .derived_from("Crease", "how many rational filters does a beginning need? asked here"),
    statement: "w ∈ ℤ⁴  ⟹  two rational quadratics have a product 1 + w_1 z + w_2 z² + w_3 z³ \
                + w_4 z⁴",
    cases: || cases(3).with("up to 9", 8, cases(9)),
    hypotheses: &[],
    conclusion: |case| {
        let found = two_filters(&case.w.map(|w| Rational::integer(w.into())));
        equal("pairs of filters missing", !found, 0)
    },
    twins: &[twin("never", |case: &Case| {
        let found = two_filters(&case.w.map(|w| Rational::integer(w.into())));
        equal("pairs of filters", found, 0)
    })
    .because("(1 + z)(1 - z) is a product of two, padded with zeros")],
    well_formed: |case| {
        require!(case.w.iter().all(|w| w.unsigned_abs() <= 9), "coefficients go up to 9")
    },
};

/// `w_1, .., w_4`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    w: [i8; 4],
}

/// Whether two quadratics `1 + a z + b z^2` and `1 + c z + e z^2` do, decided exactly.
///
/// With `s = b + e = w_2 - a (w_1 - a)` it is `b (w_1 - 2 a) = w_3 - a s` and `b e = w_4`: a sextic
/// for `a`, and for `a = c = w_1 / 2` a quadratic for `b`.
fn two_filters([w1, w2, w3, w4]: &[Rational; 4]) -> bool {
    let line = |constant: &Rational, slope: i64| {
        Polynomial::new(vec![constant.clone(), Rational::integer(slope)])
    };
    let a = line(&Rational::ZERO, 1);
    let s = Polynomial::constant(w2.clone()).difference(&a.product(&line(w1, -1)));
    let known = Polynomial::constant(w3.clone());
    let first = known.difference(&a.product(&s));
    let second = s.product(&line(w1, -1)).difference(&known);
    let double = line(w1, -2);
    let mut sextic = first.product(&second).difference(&double.pow(2).scale(w4));
    let (mut quotient, mut rest) = sextic.div_rem(&double);
    while rest.is_zero() {
        sextic = quotient;
        (quotient, rest) = sextic.div_rem(&double);
    }
    let half = w1 * Rational::new(1, 2);
    let sum = s.eval(&half);
    let last = Polynomial::new(vec![w4.clone(), -&sum, Rational::ONE]);
    sextic.rational_roots() > 0 || (*w3 == &half * &sum && last.rational_roots() > 0)
}

fn cases(most: i8) -> impl Strategy<Value = Case> {
    let tap = || -most..=most;
    (tap(), tap(), tap(), tap()).prop_map(|(a, b, c, d)| Case { w: [a, b, c, d] })
}
