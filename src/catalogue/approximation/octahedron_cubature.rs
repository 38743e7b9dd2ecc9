//! The mean over the six corners of an octahedron is the mean over the sphere up to degree 3.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/octahedron_cubature", AGAINST_ITS_NOTE)
        .derived_from("Fang2020", "approximation on the sphere; the cubature is classical"),
    statement: "p in three variables, deg p ≤ 3  ⟹  (1/6) Σ p(±e_i) = the mean of p over |y| \
                = 1",
    cases: || {
        let strata = Cases::listed(monomials(3)).with("sums of terms", 1, cases(3, 2..=4));
        strata.with("20 terms", 64, cases(3, 20..=20))
    },
    hypotheses: &[given("degree at most 3", |case: &Case| case.degree() <= 3)
        .needed("x^4 has mean 1/5, and 1/3 at the corners", || cases(6, 1..=4).cases())],
    conclusion: |case| compare(case, 3, true),
    twins: &[
        twin("three corners", |case: &Case| compare(case, 3, false))
            .because("odd powers cancel between opposite corners only"),
        twin("a square", |case: &Case| compare(case, 2, true))
            .because("z² is zero at all four corners"),
    ],
    well_formed: |case| match case.degree() {
        0..=20 => Ok(()),
        degree => Err(format!("degree {degree}; 20 is the most")),
    },
};

/// A polynomial in three variables.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    terms: Vec<Term>,
}

/// `coefficient y_1^a y_2^b y_3^c`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Term {
    powers: [u32; 3],
    coefficient: Rational,
}

impl Case {
    fn degree(&self) -> u32 {
        self.terms.iter().map(|term| term.powers.iter().sum()).fold(0, u32::max)
    }
}

/// Compares the mean over the corners on the first `axes` axes with that over the sphere.
fn compare(case: &Case, axes: usize, both_ends: bool) -> Conclusion {
    let ends: &[i64] = if both_ends { &[1, -1] } else { &[1] };
    let at = |term: &Term, axis: usize, end: i64| {
        let others = (0..3).any(|i| i != axis && term.powers[i] > 0);
        let value = if others { 0 } else { end.pow(term.powers[axis]) };
        &term.coefficient * Rational::integer(value)
    };
    let corners = (0..axes).flat_map(|axis| ends.iter().map(move |end| (axis, *end)));
    let values =
        corners.flat_map(|(axis, end)| case.terms.iter().map(move |term| at(term, axis, end)));
    let mean = values.sum::<Rational>() / Rational::from(axes * ends.len());
    let sphere = case.terms.iter().map(|term| &term.coefficient * sphere_mean(term.powers));
    equal("mean over the corners", mean, sphere.sum::<Rational>())
}

/// `(a - 1)!! (b - 1)!! (c - 1)!! / (a + b + c + 1)!!` for even powers, else 0.
fn sphere_mean(powers: [u32; 3]) -> Rational {
    if powers.iter().any(|power| power % 2 == 1) {
        return Rational::ZERO;
    }
    let odd = |n: u32| (1..n).step_by(2).map(Rational::from).product::<Rational>();
    powers.map(odd).into_iter().product::<Rational>() / odd(powers.iter().sum::<u32>() + 2)
}

/// Every monomial up to this degree: the space of polynomials has no others in its basis.
fn monomials(most: u32) -> impl Iterator<Item = Case> {
    let exponents = move |a| (0..=most - a).map(move |b| (a, b));
    let powers = (0..=most).flat_map(exponents);
    let powers = powers.flat_map(move |(a, b)| (0..=most - a - b).map(move |c| [a, b, c]));
    powers.map(|powers| Case { terms: vec![Term { powers, coefficient: Rational::ONE }] })
}

fn cases(most: u32, terms: Span) -> impl Strategy<Value = Case> {
    let powers = (0..=most, 0..=most, 0..=most).prop_map(move |(a, b, c)| {
        let b = b.min(most - a);
        [a, b, c.min(most - a - b)]
    });
    let term = (powers, numbers::nonzero_integer(4))
        .prop_map(|(powers, coefficient)| Term { powers, coefficient });
    vec(term, terms).prop_map(|terms| Case { terms })
}
