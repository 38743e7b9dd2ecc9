//! The constant of the Radon-domain seminorm in three dimensions.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/radon_constant", AGAINST_ITS_NOTE)
        .remembered_from("Ongie2020", "the seminorm in the Radon domain, with its constant"),
    statement: "f(x) = exp(-|x|²/2) on R³, measure density -He₄(t) exp(-t²/2) / (4π) on directions \
                and offsets  ⟹  Δf(x) = 4π · mean over directions u of the density at ⟨u, x⟩, \
                divided by exp(-|x|²/2), for |x| = r",
    cases: || radii(12).cases().with("far out", 16, radii(4000)),
    hypotheses: &[],
    conclusion: |case| compare(case, &HERMITE_4, Rational::ONE),
    twins: &[
        twin("the constant of a half sphere", |case: &Case| {
            compare(case, &HERMITE_4, Rational::integer(2))
        })
        .because("over the whole sphere each hyperplane counts twice"),
        twin("half of the constant", |case: &Case| compare(case, &HERMITE_4, Rational::new(1, 2)))
            .because("the mean is over the sphere, not a sum over both ends of a direction"),
        twin("two derivatives fewer", |case: &Case| compare(case, &HERMITE_2, -Rational::ONE))
            .because("the ramp filter enters with the power d - 1, which is 2"),
    ],
    well_formed: |case| require!(case.radius.is_positive(), "the radius is positive"),
};

/// `t⁴ - 6 t² + 3` and `t² - 1`, the lowest coefficient first.
const HERMITE_4: [i64; 5] = [3, 0, -6, 0, 1];
const HERMITE_2: [i64; 3] = [-1, 0, 1];

/// The radius of a point.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    radius: Rational,
}

/// By Archimedes `⟨u, x⟩` is uniform on `[-r, r]`: the mean of an even density is its integral from
/// 0 to r, over r.
fn compare(case: &Case, density: &[i64], factor: Rational) -> Conclusion {
    let primitive = primitive(density).ok_or(Undecided("the integral is not elementary"))?;
    let r = &case.radius;
    let at = |x: &Rational| primitive.iter().rev().fold(Rational::ZERO, |sum, p| sum * x + p);
    // The Gaussian is 1 at 0, where an odd polynomial vanishes, and is divided out at r.
    let mean = -factor * at(r) / r;
    equal("mean of the density", mean, r * r - Rational::integer(3))
}

/// The odd polynomial P with `(P exp(-t²/2))' = H exp(-t²/2)`, if there is one: `P' - t P = H`.
fn primitive(h: &[i64]) -> Option<Vec<Rational>> {
    let mut p = vec![Rational::ZERO; h.len() + 1];
    for k in (1..h.len()).rev() {
        p[k - 1] = Rational::from(k + 1) * &p[k + 1] - Rational::integer(h[k]);
    }
    (p[1] == Rational::integer(h[0]) && p[0].is_zero()).then_some(p)
}

fn radii(most: i64) -> BoxedStrategy<Case> {
    (1..=most, 1..=8i64).prop_map(|(p, q)| Case { radius: Rational::new(p, q) }).boxed()
}
