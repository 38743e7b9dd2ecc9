//! # The share of random units that are open at two inputs has the law that the kernel names
//!
//! Directions are whole multiples of `2^-20` of a turn and inputs lie between them, so no unit is
//! on a boundary and the probability is exactly `(1 - angle / pi) / 2`. The count of open units is
//! tested against its binomial law, with an error of one in a million.
#![doc = include_str!("../../../proofs/width/kernel_entry_law.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::binomial::Binomial;
use crate::exact::frequency::{FrequencyTest, Side};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "width/kernel_entry_law",
        title: "The share of random units open at two inputs has the law that the kernel names",
        statement: "directions uniform in 2^20 steps, fixed seeds  ⟹  the number of units open at \
                    both lies in the two-sided interval of Bin(m, (1 - angle/π)/2) at 10⁻⁶",
        source: Source::new("ChoSaul2009", "the arc-cosine kernel of degree 0"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/width/kernel_entry_law.md",
    },
    cases: || cases(1 << 20, 1..=2048),
    hypotheses: &[],
    conclusion: |case| case.finding(case.open(), &case.law()),
    twins: &[
        Twin::concluding(
            "a law ten percent larger",
            |case: &Case| case.finding(case.open(), &(case.law() * Rational::new(11, 10))),
            "16384 units refuse it with probability above 0.999, at shares of 3/8 and more",
        )
        .drawing(|| cases(1 << 18, 16384..=16384)),
        Twin::concluding(
            "without the factor 1/2",
            |case| case.finding(case.open(), &(case.law() * Rational::integer(2))),
            "each gate is open with probability 1/2",
        ),
        Twin::concluding(
            "independent gates",
            |case| case.finding(case.open(), &Rational::new(1, 4)),
            "the gates of a unit at two inputs depend on each other unless these are orthogonal",
        ),
    ],
};

/// Two inputs, as odd multiples of `2^-21` of a turn; the number of units, and their seed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    inputs: [u32; 2],
    units: u32,
    seed: u32,
}

/// Steps of inputs in a turn; units sit at the even ones.
const TURN: u32 = 1 << 21;

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        if let Some(x) = self.inputs.iter().find(|&&x| x >= TURN || x % 2 == 0) {
            return Err(format!("an input is at {x}; it is an odd number below {TURN}"));
        }
        if self.units == 0 || self.units > 1 << 16 {
            return Err(format!("{} units; there must be 1 to 65536", self.units));
        }
        Ok(())
    }
}

/// The distance of two directions in steps, at most half a turn.
fn distance(a: u32, b: u32) -> u32 {
    let steps = a.abs_diff(b);
    steps.min(TURN - steps)
}

impl Case {
    /// `(1 - angle / pi) / 2`.
    fn law(&self) -> Rational {
        let angle = distance(self.inputs[0], self.inputs[1]);
        Rational::new(1, 2) - Rational::from(angle) / Rational::from(TURN)
    }

    /// The number of units that are open at both inputs: less than a quarter turn from each.
    fn open(&self) -> u32 {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&self.seed.to_le_bytes());
        let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &key);
        // The upper 20 bits, in steps of two.
        let mut draw = || 2 * (random.next_u32() >> 12);
        let is_open = |w: u32| self.inputs.iter().all(|&x| distance(w, x) < TURN / 4);
        (0..self.units).filter(|_| is_open(draw())).count() as u32
    }

    /// How far the count is outside of what the test accepts.
    fn finding(&self, count: u32, probability: &Rational) -> Conclusion {
        let law = Binomial::new(self.units, probability.clone());
        let error = Rational::new(1, 1_000_000);
        let accepted = FrequencyTest::new(law, Side::Both, error).accepted();
        let (least, most) = accepted.into_inner();
        let outside = least.saturating_sub(count).max(count.saturating_sub(most));
        Finding::at_most("units outside the accepted range", outside, 0)
    }
}

/// Two inputs at most this many steps apart.
fn cases(apart: u32, units: std::ops::RangeInclusive<u32>) -> Cases<Case> {
    (0..TURN / 2, 0..=apart, units, any::<u32>())
        .prop_map(|(first, apart, units, seed)| {
            let x = 2 * first + 1;
            Case { inputs: [x, (x + apart / 2 * 2) % TURN], units, seed }
        })
        .cases()
}
