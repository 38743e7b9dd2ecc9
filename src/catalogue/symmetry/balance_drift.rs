#![doc = include_str!("../../../proofs/symmetry/balance_drift.md")]

use crate::claim::prelude::*;
use crate::generators::channels::{self, MarkedProbe};
use crate::generators::hidden_channels::{self, Biases, OWN_BIASES, Scale};
use crate::net::{Activation, Parameters};
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/balance_drift", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow")
        .as_printed("along gradient flow the balance is constant; the drift of a step is ours"),
    statement: "homogeneous in between, biases b of the channel's own, Q = |w|² + |b|² - |v|², \
                one step of rate η  ⟹  ΔQ = η² (|∂w|² + |∂b|² - |∂v|²)",
    cases: || {
        Cases::of(hidden_channels::at_every_scale(|scale| {
            cases(scale, hidden_channels::homogeneous(), OWN_BIASES)
        }))
    },
    hypotheses: &[
        Hypothesis::new("homogeneous activation", |case| case.probe.mark.channel().is_homogeneous),
        Hypothesis::new("biases of its own", |case| case.probe.mark.channel().is_own),
    ],
    conclusion: |case| drift(case, case.rate.pow(2)),
    twins: &[
        Twin::without(
            "homogeneous activation",
            || cases(Scale::Small, hidden_channels::bent(), OWN_BIASES).cases(),
            "the offsets of the pieces leave a term of first order",
        ),
        Twin::without(
            "biases of its own",
            || cases(Scale::Small, hidden_channels::homogeneous(), &[Biases::Shared]).cases(),
            "the gradient by a shared bias belongs to every channel",
        ),
        Twin::concluding(
            "exactly conserved",
            |case| drift(case, Rational::ZERO),
            "only the flow conserves the balance",
        ),
        Twin::concluding(
            "first power of the rate",
            |case| drift(case, case.rate.clone()),
            "the terms of first order cancel",
        ),
        Twin::concluding(
            "bias left out",
            |case| {
                let without = |p: &Pairing| &p.incoming - &p.outgoing;
                let (before, after, gradient) = case.squares();
                let drift = without(&gradient) * case.rate.pow(2);
                Finding::equal("change of |w|² - |v|²", without(&after) - without(&before), drift)
            },
            "the biases of the channel belong to its balance",
        ),
    ],
};

/// The learning rate, and a network with a marked hidden channel, an input, and the gradient of the
/// loss by the output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    rate: Rational,
    probe: MarkedProbe,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.probe.check()
    }
}

impl Case {
    /// Squared norms around the channel: before the step, after it, and of the gradient.
    fn squares(&self) -> (Pairing, Pairing, Pairing) {
        let before = self.probe.mark.network().parameters();
        let gradient = self.probe.gradient();
        let step = |p: &[Rational], g: &[Rational]| -> Vec<Rational> {
            p.iter().zip(g).map(|(p, g)| p - &self.rate * g).collect()
        };
        let after = before.iter().zip(&gradient).map(|(p, g)| Parameters {
            weight: step(&p.weight, &g.weight),
            bias: step(&p.bias, &g.bias),
        });
        let after: Vec<_> = after.collect();
        let channel = self.probe.mark.channel();
        let [before, after, gradient] = [before, after, gradient].map(|p| channel.pairing(&p, &p));
        (before, after, gradient)
    }
}

/// The change of the balance, against `factor` times that of the gradient.
fn drift(case: &Case, factor: Rational) -> Conclusion {
    let balance = |p: &Pairing| &p.incoming + &p.bias - &p.outgoing;
    let (before, after, gradient) = case.squares();
    Finding::equal("change of Q", balance(&after) - balance(&before), factor * balance(&gradient))
}

fn cases(
    scale: Scale,
    activations: BoxedStrategy<Activation>,
    biases: &'static [Biases],
) -> impl Strategy<Value = Case> {
    let rates = vec![Rational::new(1, 10), Rational::new(1, 2), Rational::integer(2)];
    (select(rates), channels::marked_probes(scale, activations, biases))
        .prop_map(|(rate, probe)| Case { rate, probe })
}
