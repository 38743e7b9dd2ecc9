#![doc = include_str!("../../../proofs/approximation/residual_of_dyadic_filters.md")]

use crate::analysis::polynomial::Polynomial;
use crate::claim::prelude::*;
use crate::construct::factor::Factorization;
use crate::generators::numbers;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/residual_of_dyadic_filters", AGAINST_ITS_NOTE)
        .derived_from("Crease", "how many bits do rounded filters need? asked here"),
    statement: "W ∈ ℤ[z], 2^b w^(k) ∈ ℤ[z] for k ≤ p, w^(p) * … * w^(1) ≠ W  ⟹  \
                |W - w^(p) * … * w^(1)|_1 ≥ 2^(-p b)",
    cases: || {
        cases(1..=3, 3, 1, 1)
            .cases()
            .with("10 to 20 filters of 20 bits", 64, cases(10..=20, 20, 1, 1))
            .with("20 filters of 64 bits", 512, cases(20..=20, 64, 1, 1))
    },
    hypotheses: &[
        Hypothesis::new("W has integer taps", |case| case.target.iter().all(Rational::is_integer)),
        Hypothesis::new("the product is not W", |case| !case.residual().is_zero()),
    ],
    conclusion: |case| compare(case, case.bits * case.filters.len() as u32),
    twins: &[
        Twin::without(
            "W has integer taps",
            || cases(1..=3, 3, 3, 1).cases(),
            "thirds are near to dyadic numbers",
        ),
        Twin::without(
            "the product is not W",
            || cases(1..=3, 3, 1, 0).cases(),
            "(1 + z)(1 - z) is 1 - z²",
        ),
        Twin::concluding(
            "2^-b",
            |case| compare(case, case.bits),
            "products of rounded numbers have more places than the numbers",
        ),
    ],
};

/// `W`, and taps in units of `2^-bits`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    target: Vec<Rational>,
    bits: u32,
    filters: Vec<Vec<Rational>>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let is_whole = self.filters.iter().flatten().all(Rational::is_integer);
        require!(self.bits <= 64 && is_whole, "taps are whole numbers of units, of 64 bits at most")
    }
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
    Finding::at_least("residual", case.residual(), bound)
}

/// Targets next to the product, rounded to fractions of this denominator; off by one unit, or not.
fn cases(
    filters: RangeInclusive<usize>,
    bits: u32,
    denominator: i64,
    off: i64,
) -> impl Strategy<Value = Case> {
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
