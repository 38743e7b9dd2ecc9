//! Filters multiply one-norms by at most exp(2G/π) = 1.7916.. for each degree.

use crate::catalogue::prelude::*;
use crate::generators::polynomials::{Roots, roots};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/norms_of_factors", AGAINST_ITS_NOTE)
        .derived_from("Boyd1994", "the constant for real factors, in the maximum norm")
        .as_printed(
            "its abstract has maximum norms on the circle; one-norms, and a proof, are ours",
        ),
    statement: "W = w^(1) ⋯ w^(p) real, deg W = M  ⟹  |w^(1)|_1 ⋯ |w^(p)|_1 ≤ 1.7917^M |W|_1; \
                tested on the irreducible factors, where the product is largest",
    cases: || {
        random(0..5, 0..5)
            .with("1 + z^M, rounded", 2, around_the_circle(1..=20))
            .with("degree up to 90", 64, random(0..30, 10..30))
            .with("1 + z^M up to degree 120", 64, around_the_circle(21..=60))
    },
    hypotheses: &[],
    conclusion: |case| compare(case, Rational::new(17917, 10000)),
    twins: &[
        twin("3/2 for each degree", |case: &Case| compare(case, Rational::new(3, 2)))
            .because("the eighth roots of -1 multiply by 1.65 for each degree"),
        twin("17/10 for each degree", |case: &Case| compare(case, Rational::new(17, 10)))
            .because("the factors of 1 + z^M come as close to 1.7916.. as one likes"),
        twin("no growth", |case: &Case| compare(case, Rational::ONE))
            .because("|1 + z|_1 |1 - z|_1 = 4, and |1 - z²|_1 = 2"),
    ],
    well_formed: |case| {
        let fits = !case.0.leading.is_zero() && case.0.degree() <= 128;
        require!(fits, "the leading coefficient is not 0, and the degree at most 128")?;
        require!(case.0.pairs.iter().all(|[_, y]| !y.is_zero()), "a root of a pair is not real")
    },
};

/// The roots of `W`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Case(Roots);

/// The product of the norms of the irreducible factors, `1 + |x|` for a real root `x` and
/// `1 + 2 |x| + x^2 + y^2` for a pair, against the norm of `W`.
fn compare(case: &Case, base: Rational) -> Conclusion {
    let Case(roots) = case;
    let real = roots.real.iter().map(|x| Rational::ONE + x.abs());
    let pairs = roots
        .pairs
        .iter()
        .map(|[x, y]| Rational::ONE + Rational::integer(2) * x.abs() + x * x + y * y);
    let factors = roots.leading.abs() * real.chain(pairs).product::<Rational>();
    let whole: Rational = roots.polynomial().coefficients().iter().map(Rational::abs).sum();
    at_most("product of norms", factors, whole * base.pow(roots.degree() as i32))
}

fn random(real: Range<usize>, pairs: Range<usize>) -> impl Strategy<Value = Case> {
    roots(real, pairs).prop_map(Case)
}

/// Rational points of the circle near the roots of `z^M + 1`, with so many pairs.
fn around_the_circle(pairs: Span) -> impl Strategy<Value = Case> {
    pairs.prop_map(|pairs| {
        let point = |k: usize| {
            // A quarter of the circle by a half-angle tangent t, in steps that are nearly even:
            // tan(u) is close to u (15 - u^2) / (15 - 6 u^2) up to pi/4.
            let u = Rational::new(355, 113) * Rational::from(2 * k + 1) / Rational::from(4 * pairs);
            let square = &u * &u;
            let t = &u * (Rational::integer(15) - &square)
                / (Rational::integer(15) - Rational::integer(6) * &square);
            let t = (t * Rational::integer(1000)).floor() / Rational::integer(1000);
            let whole = Rational::ONE + &t * &t;
            [(Rational::ONE - &t * &t) / &whole, Rational::integer(2) * &t / whole]
        };
        let half = (0..pairs.div_ceil(2)).map(|k| {
            let [x, y] = point(k);
            [x, y.max(Rational::new(1, 1000))]
        });
        let mirrored = |[x, y]: [Rational; 2]| [[x.clone(), y.clone()], [-x, y]];
        let pairs = half.flat_map(mirrored).collect();
        Case(Roots { leading: Rational::ONE, real: Vec::new(), pairs })
    })
}
