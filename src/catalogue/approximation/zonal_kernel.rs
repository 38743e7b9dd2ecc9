//! On the sphere, (2n+1) P_n reproduces harmonics of degree n and kills the others.

use crate::catalogue::prelude::*;
use crate::counting::transversal::binomial;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/zonal_kernel", AGAINST_ITS_NOTE)
        .derived_from("Fang2020", "approximation on the sphere; the kernels are classical"),
    statement: "|x| = |u| = 1 in ℝ³  ⟹  mean over the sphere of (2n+1) P_n(⟨x, y⟩) P_k(⟨u, \
                y⟩) dy = P_n(⟨x, u⟩) if k = n, else 0",
    cases: || {
        cases(0..=5, true)
            .with("degrees up to 12", 64, cases(8..=12, true))
            .with("degrees up to 45", 128, cases(40..=45, true))
            .with("degrees up to 30", 1024, cases(20..=30, true))
    },
    hypotheses: &[given("u on the sphere", |case: &Case| dot(&case.u, &case.u) == Rational::ONE)
        .needed("P_k(⟨u, y⟩) is then no harmonic", || cases(0..=5, false).cases())],
    conclusion: |case| compare(case, Rational::from(2 * case.n + 1), case.n == case.k),
    twins: &[
        twin("without 2n + 1", |case: &Case| compare(case, Rational::ONE, case.n == case.k))
            .because("at n = 1 a third is left"),
        twin("other degrees too", |case: &Case| {
            compare(case, Rational::from(2 * case.n + 1), true)
        })
        .because("other degrees are killed"),
    ],
    well_formed: |case| {
        let fits = case.x.len() == 3 && case.u.len() == 3 && dot(&case.x, &case.x) == Rational::ONE;
        require!(fits, "x must lie on the sphere in space, and u in space")?;
        require!((0..=45).contains(&case.n) && (0..=45).contains(&case.k), "degrees go up to 45")
    },
};

/// Degrees, a point of the sphere, and an axis.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    n: usize,
    k: usize,
    x: Vec<Rational>,
    u: Vec<Rational>,
}

fn compare(case: &Case, factor: Rational, reproduced: bool) -> Conclusion {
    let (kernel, harmonic) = (legendre(case.n), legendre(case.k));
    let (c, square) = (dot(&case.x, &case.u), dot(&case.u, &case.u));
    let mut mean = Rational::ZERO;
    for (i, a) in kernel.coefficients().iter().enumerate() {
        for (j, b) in harmonic.coefficients().iter().enumerate() {
            mean += a * b * moment(i, j, &c, &square);
        }
    }
    let expected = if reproduced { harmonic.eval(&c) } else { Rational::ZERO };
    equal("mean over the sphere", factor * mean, expected)
}

/// `(n + 1) P_(n+1) = (2 n + 1) t P_n - n P_(n-1)`.
fn legendre(n: usize) -> Polynomial {
    let t = Polynomial::from_integers(&[0, 1]);
    let (mut before, mut now) = (Polynomial::zero(), Polynomial::from_integers(&[1]));
    for k in 0..n {
        let next = now.product(&t).scale(&Rational::from(2 * k + 1));
        let next = next.difference(&before.scale(&Rational::from(k)));
        before = now;
        now = next.scale(&Rational::from(k + 1).recip());
    }
    now
}

/// The mean of `<x, y>^i <u, y>^j` where `|x| = 1`, `<x, u> = c` and `|u|^2 = square`: with
/// `u = c x + w`, the sum over the binomial expansion of the means of `y_1^a (|w| y_2)^b`.
fn moment(i: usize, j: usize, c: &Rational, square: &Rational) -> Rational {
    let across = square - c * c;
    let term = |b: usize| {
        let choices = binomial(j as u32, b as u32) * c.pow((j - b) as i32);
        choices * across.pow((b / 2) as i32) * monomial_mean(i + j - b, b)
    };
    (0..=j).step_by(2).map(term).sum()
}

/// The mean of `y_1^a y_2^b` over the sphere: `(a - 1)!! (b - 1)!! / (a + b + 1)!!` for even
/// powers, else 0.
fn monomial_mean(a: usize, b: usize) -> Rational {
    if a % 2 == 1 || b % 2 == 1 {
        return Rational::ZERO;
    }
    let odd = |n: usize| (1..n).step_by(2).map(Rational::from).product::<Rational>();
    odd(a) * odd(b) / odd(a + b + 2)
}

fn cases(degrees: Span, on_sphere: bool) -> BoxedStrategy<Case> {
    let axis = if on_sphere { sphere::point(3).boxed() } else { numbers::integers(3, 2).boxed() };
    (degrees.clone(), degrees, any::<bool>(), sphere::point(3), axis)
        .prop_map(|(n, k, same, x, u)| Case { n, k: if same { n } else { k }, x, u })
        .boxed()
}
