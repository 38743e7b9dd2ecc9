//! Descent on a stream of samples pays for its losses with distance.

use crate::catalogue::prelude::*;
use crate::generators::descent_runs::{Lapse, Run, runs};
use crate::generators::descent_steps::{Size, of_every_size};
use crate::train::{Descent, Directions, ExactLoss, Samples, TwoLayer, squared_distance};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/online_inequality", STEP_BY_STEP)
        .derived_from("CaoGu2019", "the lemma about descent on one sample after the other")
        .as_printed(
            "remembered for deep networks, with constants not stated; one hidden layer, the factor \
             2 - η and every order of the samples are ours",
        ),
    statement: "the setting of the one-step inequality, step t on sample i_t alone  ⟹  \
                (2 - η) η Σ l_t(W_t) + |W_T - V|² ≤ |W_0 - V|² + 2 η Σ l_t(V, linearised at W_t)",
    cases: || {
        let some = |size| streams(Lapse::Nothing, size);
        let mut strata = of_every_size(some);
        strata.push(("long steps", 16, streams(Lapse::Fast, Size::SMALL)));
        Cases::of(strata)
    },
    hypotheses: &[
        given("in the unit ball, normalised", |case: &Case| case.run.is_bounded())
            .needed("longer points make longer steps than the loss pays for", || {
                streams(Lapse::LongPoints, Size::SMALL).cases()
            }),
        given("no bias", |case: &Case| case.run.network.bias.iter().all(Rational::is_zero))
            .needed("the weights no longer account for the whole output", || {
                Cases::listed((9..=12).map(biased))
            }),
        given("pull at most the loss", Case::is_gentle)
            .needed("the hinge pulls with 1 where it has almost nothing left", || {
                streams(Lapse::Hinge, Size::SMALL).cases()
            }),
    ],
    conclusion: |case| case.pays(2, Paid::Linearised),
    twins: &[
        twin("reference counted once", |case: &Case| case.pays(1, Paid::Linearised))
            .because("the cross term of the square is double"),
        twin("the risk over all samples", |case: &Case| case.pays(2, Paid::Risk))
            .because("a step on one sample pays for that one"),
    ],
    well_formed: |case| {
        case.run.check()?;
        let (steps, n) = (case.run.steps, case.run.samples.len());
        let fits = case.order.len() == steps && case.order.iter().all(|&i| i < n);
        require!(fits, "the order has {steps} entries, one a step, all below {n}")
    },
};

/// A run, and the sample of each step. The reference is `lambda` times the direction away.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    order: Vec<usize>,
    run: Run,
}

/// Which loss is summed on the left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paid {
    /// That of the sample of the step.
    Linearised,
    /// The mean over all samples.
    Risk,
}

impl Case {
    /// What each step sees: the margins before it, and those of the reference with the same gates.
    fn walk(&self) -> (Vec<[Vec<Rational>; 2]>, Vec<Vec<Rational>>) {
        let Run { network, samples, loss, rate, .. } = &self.run;
        let there = Directions::new(samples, self.reference());
        let mut descent = Descent::new(network, samples, *loss, rate);
        let seen = self.order.iter().map(|&i| {
            let margins = [descent.margins(), descent.linearised(&there)];
            descent.step_on(&[i]);
            margins
        });
        let seen = seen.collect();
        (seen, descent.network().weights)
    }

    fn reference(&self) -> Vec<Vec<Rational>> {
        self.run.network.moved(&self.run.direction, &self.run.lambda).weights
    }

    fn is_gentle(&self) -> bool {
        let (seen, _) = self.walk();
        let mut margins = self.order.iter().zip(&seen).map(|(&i, [margins, _])| &margins[i]);
        margins.all(|z| self.run.loss.is_gentle_at(z))
    }

    fn pays(&self, factor: i64, paid: Paid) -> Conclusion {
        let loss: ExactLoss = self.run.loss;
        let (seen, end) = self.walk();
        let reference = self.reference();
        let [mut left, mut right] = [Rational::ZERO, Rational::ZERO];
        for (&i, [margins, linearised]) in self.order.iter().zip(&seen) {
            left += match paid {
                Paid::Linearised => loss.exact_value(&margins[i]),
                Paid::Risk => crate::train::mean(margins.iter().map(|z| loss.exact_value(z))),
            };
            right += loss.exact_value(&linearised[i]);
        }
        let rate = &self.run.rate;
        let left = (Rational::integer(2) - rate) * rate * left;
        let before = squared_distance(&self.run.network.weights, &reference);
        let right = before + Rational::integer(factor) * rate * right;
        at_most("losses and what is left", left + squared_distance(&end, &reference), right)
    }
}

/// A unit with the weight `w` and the bias `1 - w` at the input 1, and the reference 0.
fn biased(w: i64) -> Case {
    let network = TwoLayer {
        weights: vec![vec![Rational::integer(w)]],
        outputs: vec![Rational::ONE],
        scale: Rational::ONE,
        bias: vec![Rational::integer(1 - w)],
    };
    let run = Run {
        network,
        samples: Samples::dense(vec![vec![Rational::ONE]], vec![true]),
        loss: ExactLoss::Rational,
        rate: Rational::ONE,
        steps: 1,
        lambda: Rational::ZERO,
        direction: vec![vec![Rational::ZERO]],
    };
    Case { order: vec![0], run }
}

/// Runs, and an order of their samples in which some come more than once.
fn streams(lapse: Lapse, size: Size) -> BoxedStrategy<Case> {
    (runs(lapse, size), vec(0usize..12, 24))
        .prop_map(|(run, drawn)| {
            let n = run.samples.len();
            let order = drawn.into_iter().take(run.steps).map(|i| i % n).collect();
            Case { order, run }
        })
        .boxed()
}
