//! An entry of the kernel of m random units has the variance p (1 - p)/m.

use crate::catalogue::prelude::*;
use crate::generators::equal_steps::{self, EqualSteps};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/kernel_entry_variance", STEP_BY_STEP)
        .derived_from("ChoSaul2009", "the arc-cosine kernel of degree 0")
        .as_printed("that the kernel of finite width tends to it like 1/√m is remembered"),
    statement: "m units with independent directions, uniform among 2^b in equal steps, two inputs \
                halfway between some of them, p = (1 - angle/π)/2  ⟹  \
                E (share open at both - p)² = p (1 - p)/m",
    cases: || {
        cases(2..=4, 1..=6, true).with("up to 24 units", 16, cases(4..=8, 7..=24, true)).with(
            "up to 200 units",
            256,
            cases(8..=12, 100..=200, true),
        )
    },
    hypotheses: &[given("inputs between directions", |case: &Case| case.pair.is_between())
        .needed("a unit on a boundary is closed, and the mean is another", || {
            cases(2..=4, 1..=6, false).cases()
        })],
    conclusion: |case| {
        let (mean, law) = (case.mean(), case.pair.law());
        if mean != law { equal("mean share", mean, law) } else { case.finding(&law, 1) }
    },
    twins: &[
        twin("the rate 1/m²", |case: &Case| case.finding(&case.pair.law(), 2))
            .because("independent units average out like 1/m"),
        twin("the angle itself", |case: &Case| {
            case.finding(&(Rational::ONE - case.pair.law() * Rational::integer(2)), 1)
        })
        .because("the share falls as the angle grows"),
        twin("independent gates", |case: &Case| case.finding(&Rational::new(1, 4), 1))
            .because("the gates of a unit at two inputs depend on each other"),
    ],
    well_formed: |case| {
        require!((1..=400).contains(&case.units), "{} units; there must be 1 to 400", case.units)?;
        case.pair.check(16)
    },
};

/// Two inputs, and a number of units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    pair: EqualSteps,
    units: u32,
}

impl Case {
    /// How many of all choices of directions leave `k` units open at both, for each `k`: one unit
    /// after the other.
    fn choices(&self) -> Vec<Natural> {
        let open = self.pair.open();
        let closed = (1usize << self.pair.bits) - open;
        let mut choices = vec![Natural::from(1u32)];
        for _ in 0..self.units {
            let mut next = vec![Natural::ZERO; choices.len() + 1];
            for (k, ways) in choices.iter().enumerate() {
                next[k] += ways * closed;
                next[k + 1] += ways * open;
            }
            choices = next;
        }
        choices
    }

    /// The mean share of the units that are open at both, over all choices.
    fn mean(&self) -> Rational {
        let all = self.pair.directions().pow(self.units as i32);
        let term = |(k, ways): (usize, Natural)| Rational::from(k) * Rational::from(ways);
        let sum = self.choices().into_iter().enumerate().map(term).sum::<Rational>();
        sum / all / Rational::from(self.units)
    }

    /// The mean square of the distance of the share from `p`, over all choices, against
    /// `p (1 - p) / m^power`.
    fn finding(&self, p: &Rational, power: i32) -> Conclusion {
        let m = Rational::from(self.units);
        let all = self.pair.directions().pow(self.units as i32);
        let term = |(k, ways): (usize, Natural)| {
            (Rational::from(k) / &m - p).pow(2) * Rational::from(ways)
        };
        let sum = self.choices().into_iter().enumerate().map(term).sum::<Rational>();
        equal("mean square error", sum / all, p * (Rational::ONE - p) / m.pow(power))
    }
}

/// Inputs between the directions, or on some.
fn cases(
    bits: RangeInclusive<u32>,
    units: RangeInclusive<u32>,
    between: bool,
) -> impl Strategy<Value = Case> {
    (equal_steps::drawn(bits, between), units).prop_map(|(pair, units)| Case { pair, units })
}
