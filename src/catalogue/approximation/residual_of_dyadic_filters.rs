//! Rounded filters that miss an integer filter miss it by 2^(-pb) at least.

use crate::catalogue::prelude::*;
use crate::construct::factor::Factorization;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/residual_of_dyadic_filters", AGAINST_ITS_NOTE)
        .derived_from("Crease", "how many bits do rounded filters need? asked here"),
    statement: "W ∈ ℤ[z], 2^b w^(k) ∈ ℤ[z] for k ≤ p, w^(p) * … * w^(1) ≠ W  ⟹  \
                |W - w^(p) * … * w^(1)|_1 ≥ 2^(-p b)",
    cases: || {
        cases(1..=3, 3, 1, 1)
            .with("10 to 20 filters of 20 bits", 64, cases(10..=20, 20, 1, 1))
            .with("20 filters of 64 bits", 512, cases(20..=20, 64, 1, 1))
    },
    hypotheses: &[
        given("W has integer taps", |case: &Case| case.target.iter().all(Rational::is_integer))
            .needed("thirds are near to dyadic numbers", || cases(1..=3, 3, 3, 1).cases()),
        given("the product is not W", |case: &Case| !case.residual().is_zero())
            .needed("(1 + z)(1 - z) is 1 - z²", || cases(1..=3, 3, 1, 0).cases()),
    ],
    conclusion: |case| compare(case, case.bits * case.filters.len() as u32),
    twins: &[twin("2^-b", |case: &Case| compare(case, case.bits))
        .because("products of rounded numbers have more places than the numbers")],
    well_formed: |case| {
        let is_whole = case.filters.iter().flatten().all(Rational::is_integer);
        require!(case.bits <= 64 && is_whole, "taps are whole numbers of units, of 64 bits at most")
    },
};

/// `W`, and taps in units of `2^-bits`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    target: Vec<Rational>,
    bits: u32,
    filters: Vec<Vec<Rational>>,
}

impl Case {
    fn taps(&self) -> Vec<Vec<Rational>> {
        let unit = Rational::integer(2).pow(-(self.bits as i32));
        self.filters.iter().map(|f| f.iter().map(|tap| tap * &unit).collect()).collect()
    }

    fn residual(&self) -> Rational {
        Factorization::of(&Polynomial::new(self.target.clone()), self.taps()).residual_norm()
    }
}

fn compare(case: &Case, bits: u32) -> Conclusion {
    let bound = Rational::integer(2).pow(-(bits as i32));
    at_least("residual", case.residual(), bound)
}

/// Targets next to the product, rounded to fractions of this denominator; off by one unit, or not.
fn cases(filters: Span, bits: u32, denominator: i64, off: i64) -> impl Strategy<Value = Case> {
    let taps = vec(numbers::integers(3, 9), filters);
    (taps, 0..=bits, -off..=off).prop_map(move |(filters, bits, off)| {
        let mut case = Case { target: Vec::new(), bits, filters };
        let taps: Vec<_> = case.taps().into_iter().map(Polynomial::new).collect();
        let unit = Rational::integer(denominator);
        let round = |c: &Rational| (c * &unit + Rational::new(1, 2)).floor() / &unit;
        let product = Polynomial::product_of(&taps);
        case.target = product.coefficients().iter().map(round).collect();
        case.target.push(Rational::integer(off));
        case
    })
}
