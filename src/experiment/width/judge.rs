//! Verdicts on the rows: what each count says, with which error and which power.

use super::{DECIDING_SEED, Question, Row, Tally};
use crate::analysis::binomial::Binomial;
use crate::analysis::enclosure::Enclosure;
use crate::analysis::frequency::{FrequencyTest, TestSide, interval};
use crate::exact::Rational;
use std::ops::RangeInclusive;

/// The probability with which a test of this experiment refuses a true law, at most.
const ERROR: i64 = 1_000_000;
/// Failures that are claimed to be at most this probable, except where an exact law is known.
const FAILURES: (i64, i64) = (1, 10);
/// The power with which another probability is to be refused, in thousandths.
const POWER: i64 = 999;

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What was claimed came out.
    Confirmed,
    /// Nothing was claimed; the count is a report.
    Reported,
    /// What was claimed did not come out.
    Refused,
    /// The row was not finished.
    Unfinished,
}

impl Verdict {
    /// The word that tables print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Reported => "reported",
            Self::Refused => "refused",
            Self::Unfinished => "unfinished",
        }
    }
}

/// A row with what its trials came to.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The row.
    pub row: Row,
    /// What its trials came to.
    pub tally: Tally,
    /// What that says.
    pub verdict: Verdict,
    /// The test that decided, where one did.
    pub test: Option<Test>,
}

/// A test of a count, settled before the first trial.
#[derive(Clone, Debug)]
pub struct Test {
    /// The probability that is claimed: of a success, or of a failure at most.
    pub claimed: Rational,
    /// The counts that are accepted, of successes or of failures.
    pub accepted: RangeInclusive<u32>,
    /// The probability of refusing the claim although it is true, at most.
    pub error: Rational,
    /// The nearest hundredth above the claim, or else below it, that is refused with a probability
    /// of 999/1000 at least: what the test can tell apart from the claim.
    pub alternative: Option<Rational>,
}

impl Answer {
    /// The verdict on a row. Counts decide under the deciding seed alone: a fresh one is refused
    /// once in a million draws though all is well, so it only reports. What holds seed by seed, and
    /// what a run proves about itself, decides under every seed.
    pub fn new(row: Row, tally: Tally, seed: u64) -> Self {
        let test = row.test();
        let verdict = match &test {
            _ if tally.trials < row.trials => Verdict::Unfinished,
            _ if tally.agreements < tally.trials => Verdict::Refused,
            Some(_) if seed != DECIDING_SEED => Verdict::Reported,
            Some(test) if !test.accepted.contains(&row.counted(&tally)) => Verdict::Refused,
            Some(_) => Verdict::Confirmed,
            None if row.question == Question::Whole && tally.successes == 0 => Verdict::Refused,
            None if row.question == Question::Whole => Verdict::Confirmed,
            None => Verdict::Reported,
        };
        Self { row, tally, verdict, test }
    }

    /// What the finished trials say of the probability of a success, with a confidence of 99/100;
    /// `None` if none is finished, or a single one was asked for.
    pub fn interval(&self) -> Option<Enclosure> {
        let Tally { trials, successes, .. } = self.tally;
        (trials > 0 && self.row.trials > 1)
            .then(|| interval(successes, trials, &Rational::new(1, 100)))
    }
}

impl Row {
    /// The count that the test is about.
    fn counted(&self, tally: &Tally) -> u32 {
        match self.question {
            Question::Covers { .. } => tally.successes,
            _ => tally.trials - tally.successes,
        }
    }

    fn test(&self) -> Option<Test> {
        if !self.is_tested {
            return None;
        }
        let error = Rational::new(1, ERROR);
        let (claimed, side) = match self.question {
            Question::Covers { family } => (family.probability(self.units), TestSide::Both),
            _ => (Rational::new(FAILURES.0, FAILURES.1), TestSide::Above),
        };
        let law = Binomial::new(self.trials, claimed.clone());
        let test = FrequencyTest::new(law, side, error.clone());
        let (power, step) = (Rational::new(POWER, 1000), Rational::new(1, 100));
        let below = || {
            let first = (&claimed / &step).floor().wide_integer()?;
            let lower = (1..=first).rev().map(|k| Rational::from(k) * &step);
            lower.into_iter().find(|p| *test.refusal(p).lo() >= power)
        };
        let alternative = test.refutes_from(&power, &step).or_else(below);
        Some(Test { claimed, accepted: test.accepted(), error, alternative })
    }
}
