//! With roots on the unit circle 1 + z^M has the largest quadratic factors.

use crate::approximate::Expression;
use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: conjecture!("approximation/worst_roots_on_the_circle")
        .derived_from("Crease", "which filter has the largest factors? asked here"),
    statement: "|c_k| ≤ 1, W = Π_{k ≤ q} (z² - 2 c_k z + 1), M = 2q  ⟹  Π (2 + 2|c_k|) / |W|_1 \
                ≤ the same for 1 + z^M, which is rounded up to a thousandth",
    cases: || {
        let strata = cases(1..=4, 1..=3).with("12 pairs of roots", 32, cases(6..=12, 4..=6));
        strata.with("30 pairs of roots", 512, cases(20..=30, 10..=15))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, worst(case.cosines.len())),
    twins: &[
        twin("a hundredth less", |case: &Case| {
            compare(case, worst(case.cosines.len()) * Rational::new(99, 100))
        })
        .because("1 + z^M itself, or a filter near it, has more"),
        twin("(3/2)^M", |case: &Case| {
            compare(case, Rational::new(9, 4).pow(case.cosines.len() as i32))
        })
        .because("two pairs of roots near the directions of 1 + z^4 have more"),
    ],
    well_formed: |case| {
        let is_inside = case.cosines.iter().all(|c| c.abs() <= Rational::ONE);
        match case.cosines.len() {
            1..=30 if is_inside => Ok(()),
            _ => Err("one to thirty real parts are asked for, from -1 to 1".to_owned()),
        }
    },
};

/// The real parts `c_1, .., c_q` of the roots.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    cosines: Vec<Rational>,
}

/// `prod (2 + 2 |cos(pi (2 k + 1) / (2 q))|) / 2` over `k < q`, rounded up to a thousandth.
fn worst(pairs: usize) -> Rational {
    let factor = |k: usize| {
        if 2 * k + 1 == pairs {
            return Rational::integer(2);
        }
        let text = format!("2+2*abs(cos(pi*{}/{}))", 2 * k + 1, 2 * pairs);
        let factor: Expression = text.parse().expect("it is well made");
        let found = factor.enclose(&[Rational::ZERO], 80).expect("a cosine is defined");
        found.hi().clone()
    };
    let product = (0..pairs).map(factor).fold(Rational::new(1, 2), |a, b| a * b);
    (product * Rational::integer(1000)).ceil() / Rational::integer(1000)
}

fn compare(case: &Case, bound: Rational) -> Conclusion {
    let two = Rational::integer(2);
    let filter = |c: &Rational| Polynomial::new(vec![Rational::ONE, -&two * c, Rational::ONE]);
    let filters: Vec<_> = case.cosines.iter().map(filter).collect();
    let norm = |w: &Polynomial| w.coefficients().iter().map(Rational::abs).sum::<Rational>();
    let whole = norm(&Polynomial::product_of(&filters));
    let parts = filters.iter().map(norm).fold(Rational::ONE, |a, b| a * b);
    at_most("norms of factors over norm", parts / whole, bound)
}

/// Real parts of eighths, often in pairs of opposite ones, as `1 + z^M` has them.
fn cases(all: Span, pairs: Span) -> impl Strategy<Value = Case> {
    let paired = |half: Vec<Rational>| half.iter().flat_map(|c| [c.clone(), -c]).collect();
    prop_oneof![
        vec(numbers::fraction(8, 8), all),
        vec(numbers::fraction(8, 8), pairs).prop_map(paired),
    ]
    .prop_map(|cosines: Vec<Rational>| Case { cosines })
}
