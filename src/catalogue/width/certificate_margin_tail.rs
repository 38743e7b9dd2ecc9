//! The margin at the start is close to its mean, as often as the lemma states.

use crate::analysis::enclosure;
use crate::catalogue::prelude::*;
use crate::generators::width_theorem::check_tail;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/certificate_margin_tail", STEP_BY_STEP)
        .remembered_from("JiTelgarsky2020", "Lemma 2.3")
        .as_printed("m ≥ 2 ln(n/δ)/ε² and a margin of γ - ε, for any data; here ε = e/√2"),
    statement: "XOR square, m e² ≥ 4 ln(n/δ)  ⟹  P(margin < (1/2 - e)/√2) ≤ δ/n",
    cases: || cases(true, 20).with("thousands of units", 256, cases(true, 2500)),
    hypotheses: &[given("wide enough", Case::is_wide)
        .needed("few units miss their mean by much", || cases(false, 20).cases())],
    conclusion: |case| case.finding(&case.slack),
    twins: &[
        twin("without slack", |case: &Case| case.finding(&Rational::ZERO))
            .because("half of the time a binomial number is below its mean"),
        twin("a quarter of the slack", |case: &Case| {
            case.finding(&(&case.slack / Rational::integer(4)))
        })
        .because("the width is needed: the deviation is of the order of the slack"),
    ],
    well_formed: |case| {
        let half = Rational::new(1, 2);
        check_tail(case.inputs, case.units, &case.delta)?;
        require!(
            case.slack.is_positive() && case.slack <= half,
            "the slack is {}; it is above 0 and at most 1/2",
            case.slack
        )
    },
};

/// The number of inputs, the probability, the slack and the number of units.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    inputs: u32,
    delta: Rational,
    slack: Rational,
    units: u32,
}

impl Case {
    /// `delta / n`.
    fn share(&self) -> Rational {
        &self.delta / Rational::from(self.inputs)
    }

    fn is_wide(&self) -> bool {
        Rational::from(self.units) >= least_width(&self.share(), &self.slack)
    }

    /// The probability of fewer than `m (1/2 - slack)` of `m` fair coins.
    fn finding(&self, slack: &Rational) -> Conclusion {
        // The slack is at most 1/2, so this is no more than half of the units.
        let least = (Rational::from(self.units) * (Rational::new(1, 2) - slack)).ceil();
        let least = least.wide_integer().and_then(|k| u32::try_from(k).ok());
        let least = least.ok_or(Undecided("a number of heads that is not one"))?;
        let law = Binomial::new(self.units, Rational::new(1, 2));
        let found = law.below(least);
        at_most("probability of a smaller margin", found, self.share())
    }
}

/// `4 ln(1 / share) / e^2`, rounded up.
fn least_width(share: &Rational, slack: &Rational) -> Rational {
    let log = enclosure::ln(&share.recip(), 40).expect("a share is positive");
    (log.hi() * Rational::integer(4) / slack.pow(2)).ceil()
}

/// More units than are needed, by at most the given number.
fn cases(wide: bool, most: u32) -> impl Strategy<Value = Case> {
    let shares = (prop_oneof![Just(1u32), 2u32..=64, Just(4096)], 1i64..=9, 2i64..=5);
    (shares, 1i64..=5, 0..=most).prop_map(move |((inputs, tenths, power), tenths_slack, more)| {
        let delta = Rational::new(tenths, 10i64.pow(power as u32 - 1));
        let slack = Rational::new(tenths_slack, 10);
        let least = least_width(&(&delta / Rational::from(inputs)), &slack);
        let least = least.wide_integer().and_then(|m| u32::try_from(m).ok());
        let least = least.expect("a few thousand units");
        Case { inputs, delta, slack, units: if wide { least.max(1) + more } else { 1 + more } }
    })
}
