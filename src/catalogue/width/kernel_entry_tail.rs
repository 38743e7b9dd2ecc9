//! An entry of the kernel of random units is close to its limit, as often as stated.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/kernel_entry_tail", STEP_BY_STEP)
        .derived_from("Du2019", "the lemma on the kernel at the start")
        .as_printed("m of order n² λ⁻² ln(n/δ) units: a kernel within λ/4 of its limit"),
    statement: "P(|share open at both - p| ≥ t) ≤ p (1 - p)/(m t²), p = (1 - angle/π)/2",
    cases: || {
        let some = |parts: i64, units: RangeInclusive<u32>| {
            (0..=parts / 2, units, 1i64..=20).prop_map(move |(turns, units, twentieths)| Case {
                share: Rational::new(turns, parts),
                units,
                gap: Rational::new(twentieths, 20),
            })
        };
        prop_oneof![some(24, 1..=12), some(24, 13..=400)].with(
            "1000 to 3000 units at any angle",
            64,
            some(1 << 10, 1000..=3000),
        )
    },
    hypotheses: &[],
    conclusion: |case| case.finding(&case.variance()),
    twins: &[
        twin("the rate 1/m", |case: &Case| {
            case.finding(&(case.variance() / Rational::from(case.units)))
        })
        .because("random units deviate like 1/√m, equispaced ones like 1/m"),
        twin("half the variance", |case: &Case| {
            case.finding(&(case.variance() / Rational::integer(2)))
        })
        .because("one unit at equal inputs always misses 1/2 by 1/2, and the bound is attained"),
        twin("the square of the share", |case: &Case| {
            case.finding(&(case.share.pow(2) / Rational::from(case.units)))
        })
        .because("at nearly opposite inputs the share is small and its variance is not its square"),
    ],
    well_formed: |case| {
        require!(
            case.units != 0 && case.units <= 10_000,
            "{} units; there must be 1 to 10000",
            case.units
        )?;
        require!(
            !case.share.is_negative() && case.share <= Rational::new(1, 2),
            "the share is {}; two inputs have 0 to 1/2",
            case.share
        )?;
        require!(
            case.gap.is_positive() && case.gap <= Rational::ONE,
            "the gap is {}; it is above 0 and at most 1",
            case.gap
        )
    },
};

/// The probability that a unit is open at both inputs, the number of units, and the gap `t`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    share: Rational,
    units: u32,
    gap: Rational,
}

impl Case {
    /// `p (1 - p) / m`, the variance of the share.
    fn variance(&self) -> Rational {
        &self.share * (Rational::ONE - &self.share) / Rational::from(self.units)
    }

    /// The exact probability of the gap, against a variance over its square.
    fn finding(&self, variance: &Rational) -> Conclusion {
        let m = Rational::from(self.units);
        let low = (&m * (&self.share - &self.gap)).floor();
        let high = (&m * (&self.share + &self.gap)).ceil();
        let law = Binomial::new(self.units, self.share.clone());
        // A count is none of 0, .., m if it is negative or above m.
        let count = |k: Rational| u32::try_from(k.wide_integer()?).ok();
        let fewer = count(low).map(|k| law.below(k + 1));
        let more = count(high).map(|k| law.at_least(k));
        let found: Rational = fewer.into_iter().chain(more).sum();
        at_most("probability of the gap", found, variance / self.gap.pow(2))
    }
}
