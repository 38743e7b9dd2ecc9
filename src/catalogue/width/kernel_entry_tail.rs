//! # An entry of the kernel of random units is close to its limit, with a stated probability
//!
//! The share of `m` random units that are open at two inputs is a binomial number over `m`, of
//! probability `p = (1 - angle / pi) / 2`. It misses `p` by `t` or more with probability at most
//! `2 exp(-2 m t^2)`, so the kernel converges like `1 / sqrt(m)`.
#![doc = include_str!("../../../proofs/width/kernel_entry_tail.md")]

use crate::claim::{self, Card, Claim, Evidence, Finding, Source, Standing, Twin, Wording};
use crate::exact::Rational;
use crate::exact::binomial::Binomial;
use crate::exact::enclosure::{self, Enclosure};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "width/kernel_entry_tail",
        title: "An entry of the kernel of random units is close to its limit, as often as stated",
        statement: "P(|share open at both - (1 - angle/π)/2| ≥ t) ≤ 2 exp(-2 m t²)",
        source: Source::new("Du2019", "the lemma on the kernel at the start"),
        wording: Wording::Derived,
        as_printed: Some("m of order n² λ⁻² ln(n/δ) units: a kernel within λ/4 of its limit"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/kernel_entry_tail.md",
    },
    cases: || {
        (0i64..=12, prop_oneof![1u32..=12, 13u32..=400], 1i64..=20)
            .prop_map(|(turns, units, twentieths)| Case {
                share: Rational::new(turns, 24),
                units,
                gap: Rational::new(twentieths, 20),
            })
            .boxed()
    },
    hypotheses: &[],
    conclusion: |case| case.finding(2, &case.exponent(), Enclosure::lo),
    twins: &[
        Twin::concluding(
            "the rate 1/m",
            |case| case.finding(2, &(case.exponent() * Rational::from(case.units)), Enclosure::hi),
            "random units deviate like 1/√m",
        ),
        Twin::concluding(
            "one side for both",
            |case| case.finding(1, &case.exponent(), Enclosure::hi),
            "a fair coin always misses its mean by 1/2",
        ),
        Twin::concluding(
            "twice the exponent",
            |case| case.finding(2, &(case.exponent() * Rational::integer(2)), Enclosure::hi),
            "the constant 2 is the best for fair coins",
        ),
    ],
};

/// The probability that a unit is open at both inputs, the number of units, and the gap `t`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    share: Rational,
    units: u32,
    gap: Rational,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        if self.units == 0 || self.units > 10_000 {
            return Err(format!("{} units; there must be 1 to 10000", self.units));
        }
        if self.share.is_negative() || self.share > Rational::new(1, 2) {
            return Err(format!("the share is {}; two inputs have 0 to 1/2", self.share));
        }
        if !self.gap.is_positive() || self.gap > Rational::ONE {
            return Err(format!("the gap is {}; it is above 0 and at most 1", self.gap));
        }
        Ok(())
    }
}

/// One end of an enclosure.
type End = fn(&Enclosure) -> &Rational;

impl Case {
    /// `2 m t^2`.
    fn exponent(&self) -> Rational {
        self.gap.pow(2) * Rational::from(2 * self.units)
    }

    /// The exact probability, against the lower end of its bound where it is claimed to be at most
    /// that, and against the upper end where it should be more.
    fn finding(&self, factor: i64, exponent: &Rational, end: End) -> Finding {
        let m = Rational::from(self.units);
        let low = (&m * (&self.share - &self.gap)).floor();
        let high = (&m * (&self.share + &self.gap)).ceil();
        let count = |k: Rational| k.small_parts().map_or(0, |(k, _)| k.clamp(0, 1 << 30) as u32);
        let law = Binomial::new(self.units, self.share.clone());
        // No count is below zero, and none above the number of units.
        let fewer = if low.is_negative() { Rational::ZERO } else { law.below(count(low) + 1) };
        let found = fewer + law.at_least(count(high));
        let bound = enclosure::exp(&-exponent, 64).expect("a negative exponent");
        let bound = end(&bound) * Rational::integer(factor);
        Finding::at_most("probability of the gap", found, bound)
    }
}
