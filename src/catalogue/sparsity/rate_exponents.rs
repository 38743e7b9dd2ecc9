//! The exponents of approximation, entropy and estimation belong together.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("sparsity/rate_exponents", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the estimation rate N^-((d+3)/(2d+3)) up to logarithms")
        .as_printed("rates for networks and for linear methods; here the algebra of exponents"),
    statement: "rate K^-(1/2+3/(2d)) of d inputs, entropy exponent p = 2d/(d+3)  ⟹  2/(2+p) = \
                (d+3)/(2d+3), above 3/(d+3) of linear methods",
    cases: || {
        (1usize..=40).prop_map(|inputs| Case { inputs }).cases().with(
            "many inputs",
            8,
            (1_000usize..=1_000_000).prop_map(|inputs| Case { inputs }),
        )
    },
    hypotheses: &[],
    conclusion: |case| {
        let [ours, printed] = [case.estimation(case.rate(3)), case.over(3, 2)];
        if ours != printed {
            return equal("exponent", ours, printed);
        }
        above("exponent", ours, case.linear())
    },
    twins: &[
        twin("kinks as smooth as steps", |case: &Case| {
            equal("exponent", case.estimation(case.rate(1)), case.over(3, 2))
        })
        .because("a unit of degree k adds 2k + 1 to the exponent, and k is 1"),
        twin("Barron's rate alone", |case: &Case| {
            equal("exponent", case.estimation(Rational::new(1, 2)), case.over(3, 2))
        })
        .because("in few inputs kinks are better than the rate of a convex hull"),
        twin("linear methods as good", |case: &Case| {
            at_most("exponent", case.estimation(case.rate(3)), case.linear())
        })
        .because("(d+3)² is d² more than 3 (2d+3)"),
        twin("better by a fifth in every dimension", |case: &Case| {
            at_least("exponent", case.estimation(case.rate(3)), Rational::new(3, 5))
        })
        .because("it tends to 1/2"),
    ],
    well_formed: |case| require!(case.inputs > 0, "one input at least is expected"),
};

/// The number of inputs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: usize,
}

impl Case {
    fn d(&self) -> Rational {
        Rational::from(self.inputs)
    }

    /// `1/2 + k / (2d)`.
    fn rate(&self, k: i64) -> Rational {
        (Rational::ONE + Rational::integer(k) / self.d()) / Rational::integer(2)
    }

    /// `2 / (2 + p)` with p the inverse of the rate.
    fn estimation(&self, rate: Rational) -> Rational {
        let two = Rational::integer(2);
        &two / (&two + rate.recip())
    }

    /// `(d + k) / (m d + k)`.
    fn over(&self, k: i64, m: i64) -> Rational {
        let k = Rational::integer(k);
        (self.d() + &k) / (Rational::integer(m) * self.d() + k)
    }

    /// That of widths `n^-(3/(2d))`.
    fn linear(&self) -> Rational {
        self.estimation(Rational::integer(3) / (Rational::integer(2) * self.d()))
    }
}
