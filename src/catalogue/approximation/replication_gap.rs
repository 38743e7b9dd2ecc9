//! Rational filters replicate at a distance of D if they have the degree of a factor.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/replication_gap", AGAINST_ITS_NOTE)
        .derived_from("Mao2021", "replication in the radial construction; derived here"),
    statement: "the largest degree of a factor of 1 - z^D that is irreducible over ℚ is the \
                largest φ(n) for n dividing D",
    cases: || {
        let gaps = |range: Span| range.prop_map(|gap| Case { gap });
        let small = Cases::listed((1..=24).map(|gap| Case { gap }));
        small.with("up to 60", 1, gaps(25..=60)).with("up to 240", 64, gaps(61..=240))
    },
    hypotheses: &[],
    conclusion: |case| {
        let totients = divisors(case.gap).map(totient);
        equal("degree", largest(case), totients.max().expect("1 divides"))
    },
    twins: &[
        twin("two is enough", |case: &Case| at_most("degree", largest(case), 2))
            .because("a distance of five needs filters of degree four"),
        twin("D - 1", |case: &Case| equal("degree", largest(case), (case.gap - 1).max(1)))
            .because("so it is for prime distances alone"),
        twin("of D alone", |case: &Case| below("degree", totient(case.gap), case.gap))
            .because("for distance 1 the factor 1 - z is all"),
    ],
    well_formed: |case| match case.gap {
        1..=240 => Ok(()),
        gap => Err(format!("the distance is {gap}, it must lie between 1 and 240")),
    },
};

/// The distance.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    gap: usize,
}

/// The largest degree among the cyclotomic polynomials whose product is `z^D - 1`, each obtained by
/// dividing `z^n - 1` by those of the proper divisors of `n`.
fn largest(case: &Case) -> usize {
    let mut found: Vec<(usize, Polynomial)> = Vec::new();
    for n in divisors(case.gap) {
        let mut coefficients = vec![0; n + 1];
        (coefficients[0], coefficients[n]) = (-1, 1);
        let earlier = found.iter().filter(|(m, _)| n % m == 0).map(|(_, factor)| factor);
        let earlier = Polynomial::product_of(earlier);
        let (factor, rest) = Polynomial::from_integers(&coefficients).div_rem(&earlier);
        assert!(rest.is_zero(), "the earlier factors divide z^n - 1");
        found.push((n, factor));
    }
    found.iter().filter_map(|(_, factor)| factor.degree()).max().expect("1 divides")
}

fn divisors(n: usize) -> impl Iterator<Item = usize> {
    (1..=n).filter(move |m| n.is_multiple_of(*m))
}

/// How many of 1 to `n` share no divisor with `n`.
fn totient(n: usize) -> usize {
    let shares = |k: &usize| (2..=*k).any(|m| k.is_multiple_of(m) && n.is_multiple_of(m));
    (1..=n).filter(|k| !shares(k)).count()
}
