//! Drawn questions about laws of counts: their tails, tests and intervals.

use super::drawn::{note, q};
use crate::analysis::binomial::Binomial;
use crate::analysis::frequency::{FrequencyTest, TestSide, interval};
use crate::claim::Edited;
use crate::train::coverage;

/// Binomial laws and tests of counts.
pub fn laws(edited: &mut Edited) {
    for (trials, p) in [(12, q(1, 3)), (40, q(9, 10)), (200, q(1, 2))] {
        let law = Binomial::new(trials, p);
        for k in [0, 1, trials / 3, trials - 1, trials, trials + 1] {
            let exact = [law.mass(k), law.below(k), law.at_least(k)];
            note(edited, (exact, law.below_within(k, 70), law.below_within(k, 4)));
        }
        note(edited, (law.trials(), law.probability()));
        for side in [TestSide::Both, TestSide::Above] {
            let test = FrequencyTest::new(law.clone(), side, q(1, 50));
            let judgement = test.judge(trials / 2, q(3, 4));
            note(edited, (test.accepted(), judgement.is_accepted(), judgement.power()));
            note(edited, test.refutes_from(&q(9, 10), &q(1, 100)));
        }
        note(edited, [1, trials / 2, trials].map(|k| interval(k, trials, &q(1, 20))));
    }
    // Errors that are tails, so that a count is on the verge of being refused.
    for (trials, p) in [(3, q(1, 2)), (6, q(1, 2)), (5, q(1, 4)), (4, q(1, 3))] {
        let law = Binomial::new(trials, p);
        let tails = (1..=trials).flat_map(|k| [law.below(k), law.at_least(k)]);
        for tail in tails.filter(|tail| *tail < q(1, 2)) {
            let both = FrequencyTest::new(law.clone(), TestSide::Both, &tail * q(2, 1));
            let above = FrequencyTest::new(law.clone(), TestSide::Above, tail.clone());
            note(edited, [both.accepted(), above.accepted()]);
            note(edited, [0, 1, trials].map(|k| interval(k, trials, &(&tail * q(2, 1)))));
        }
    }
    note(
        edited,
        [4, 64].map(|n| [coverage::necessary(n, &q(1, 10)), coverage::sufficient(n, &q(1, 10))]),
    );
}
