//! Filters of length d^τ/2 and depth 4 d^(1-τ) L take fewer than 50 L d parameters.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("approximation/parameters_at_most_fifty", AGAINST_ITS_NOTE)
        .derived_from("Zhou2020", "the corollary on the number of parameters")
        .as_printed("a bound of 73 L d is remembered; 50 is least, and the proof is ours"),
    statement: "d ≥ 2, 0 ≤ τ ≤ 1, s = ⌈1 + d^τ/2⌉, J = ⌈4 d^(1-τ)⌉ L  ⟹  \
                (5s+2)J + 2d - 2s - 1 < 50 L d",
    cases: || cases(0..=4).with("up to a million inputs", 8, sizes(1_000_000, 1_000_000, 0..=4)),
    hypotheses: &[
        given("0 ≤ τ", |case: &Case| !case.tau.is_negative())
            .needed("the depth outgrows d", || cases(-4..=-1).cases()),
        given("τ ≤ 1", |case: &Case| case.tau <= Rational::ONE)
            .needed("the filters outgrow d", || cases(5..=12).cases()),
    ],
    conclusion: |case| compare(case, 50),
    twins: &[twin("49", |case: &Case| compare(case, 49)).because("d = 6, τ = 0, L = 1: 295 > 294")],
    well_formed: |case| {
        let quarters = &case.tau * Rational::integer(4);
        let fits = quarters.is_integer() && quarters.abs() <= Rational::integer(16);
        require!(fits, "tau must be a quarter of an integer between -16 and 16")?;
        let fits = (2..=1_000_000).contains(&case.d) && (1..=1_000_000).contains(&case.level);
        require!(fits, "d must lie between 2 and 1,000,000, L between 1 and 1,000,000")
    },
};

/// Inputs `d`, the level `L`, and the exponent `tau`, a quarter of an integer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    d: usize,
    level: usize,
    tau: Rational,
}

impl Case {
    /// `ceil(1 + d^tau / 2)`: the least `s` with `(2 (s - 1))^4 >= d^(4 tau)`.
    fn s(&self) -> Rational {
        Rational::ONE + self.ceil_of(&self.tau, &Rational::new(1, 2))
    }

    /// `ceil(4 d^(1 - tau)) L`.
    fn depth(&self) -> Rational {
        let exponent = Rational::ONE - &self.tau;
        self.ceil_of(&exponent, &Rational::integer(4)) * Rational::from(self.level)
    }

    /// The least integer that is at least `factor d^exponent`, by fourth powers.
    fn ceil_of(&self, exponent: &Rational, factor: &Rational) -> Rational {
        let (quarters, _) =
            (exponent * Rational::integer(4)).small_parts().expect("a few quarters");
        let power = factor.pow(4) * Rational::from(self.d).pow(quarters as i32);
        let reaches = |n: &Rational| n.pow(4) >= power;
        let mut above = Rational::ONE;
        while !reaches(&above) {
            above *= Rational::integer(2);
        }
        // Halving the range: `below` does not reach the power, `above` does.
        let mut below = Rational::ZERO;
        while &above - &below > Rational::ONE {
            let middle = ((&above + &below) / Rational::integer(2)).floor();
            if reaches(&middle) { above = middle } else { below = middle }
        }
        above
    }

    fn parameters(&self) -> Rational {
        let (s, two) = (self.s(), Rational::integer(2));
        (Rational::integer(5) * &s + &two) * self.depth() + &two * Rational::from(self.d)
            - two * s
            - Rational::ONE
    }
}

fn compare(case: &Case, multiple: usize) -> Conclusion {
    below("parameters", case.parameters(), multiple * case.level * case.d)
}

fn cases(quarters: RangeInclusive<i64>) -> impl Strategy<Value = Case> {
    let sizes = |d, level| sizes(d, level, quarters.clone());
    prop_oneof![sizes(12, 2), sizes(12, 20), sizes(400, 2), sizes(400, 20)]
}

fn sizes(d: usize, level: usize, quarters: RangeInclusive<i64>) -> impl Strategy<Value = Case> {
    (2..=d, 1..=level, quarters).prop_map(|(d, level, quarters)| Case {
        d,
        level,
        tau: Rational::new(quarters, 4),
    })
}
