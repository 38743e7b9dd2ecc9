#![doc = include_str!("../../../proofs/symmetry/decayed_drift.md")]

use crate::catalogue::prelude::*;
use crate::generators::channels::{self, MarkedProbe};
use crate::generators::hidden_channels::{self, Biases, OWN_BIASES, Scale};
use crate::net::Parameters;
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/decayed_drift", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow")
        .as_printed("along gradient flow, without decay; the step with decay is ours"),
    statement: "homogeneous in between, biases b of the channel's own, Q = |w|² + |b|² - |v|², one \
                step of rate η with decay λ  ⟹  Q⁺ = (1 - η λ)² Q + η² (|∂w|² + |∂b|² - |∂v|²)",
    cases: || {
        Cases::of(hidden_channels::at_every_scale(|scale| {
            cases(scale, hidden_channels::homogeneous(), OWN_BIASES)
        }))
    },
    hypotheses: &[
        given("homogeneous activation", |case: &Case| case.probe.mark.channel().is_homogeneous)
            .needed("the offsets of the pieces leave a term of first order", || {
                cases(Scale::Small, hidden_channels::bent(), OWN_BIASES).cases()
            }),
        given("biases of its own", |case: &Case| case.probe.mark.channel().is_own)
            .needed("the gradient by a shared bias belongs to every channel", || {
                cases(Scale::Small, hidden_channels::homogeneous(), &[Biases::Shared]).cases()
            }),
    ],
    conclusion: |case| case.compare(case.kept().pow(2), case.rate.pow(2)),
    twins: &[
        twin("decay once", |case: &Case| case.compare(case.kept(), case.rate.pow(2)))
            .because("both squares shrink by the square of 1 - η λ"),
        twin("balance kept", |case: &Case| case.compare(Rational::ONE, case.rate.pow(2)))
            .because("decay pulls every channel to balance"),
        twin("balance only shrinks", |case: &Case| {
            case.compare(case.kept().pow(2), Rational::ZERO)
        })
        .because("a step, unlike the flow, also moves it by the squares of the gradient"),
    ],
    well_formed: |case| case.probe.check(),
};

/// The learning rate, the decay, and a network with a marked hidden channel, an input, and the
/// gradient of the loss by the output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    rate: Rational,
    decay: Rational,
    probe: MarkedProbe,
}

impl Case {
    /// The part of a parameter that decay leaves in a step.
    fn kept(&self) -> Rational {
        Rational::ONE - &self.rate * &self.decay
    }

    fn balance(&self, parameters: &[Parameters]) -> Rational {
        let channel = self.probe.mark.channel();
        let Pairing { incoming, bias, outgoing } = channel.pairing(parameters, parameters);
        incoming + bias - outgoing
    }

    /// The balance after the step, against these parts of that before and of the gradient's.
    fn compare(&self, kept: Rational, moved: Rational) -> Conclusion {
        let before = self.probe.mark.network().parameters();
        let gradient = self.probe.gradient();
        let step = |p: &[Rational], g: &[Rational]| -> Vec<Rational> {
            p.iter().zip(g).map(|(p, g)| self.kept() * p - &self.rate * g).collect()
        };
        let after = before.iter().zip(&gradient).map(|(p, g)| Parameters {
            weight: step(&p.weight, &g.weight),
            bias: step(&p.bias, &g.bias),
        });
        let after: Vec<_> = after.collect();
        let expected = kept * self.balance(&before) + moved * self.balance(&gradient);
        equal("Q after the step", self.balance(&after), expected)
    }
}

fn cases(
    scale: Scale,
    activations: BoxedStrategy<Activation>,
    biases: &'static [Biases],
) -> impl Strategy<Value = Case> {
    let rates = [(1, 10), (1, 2), (2, 1)].map(|(p, q)| Rational::new(p, q));
    let decays = [(1, 100), (1, 3), (1, 1), (5, 1)].map(|(p, q)| Rational::new(p, q));
    let probes = channels::marked_probes(scale, activations, biases);
    (select(rates.to_vec()), select(decays.to_vec()), probes)
        .prop_map(|(rate, decay, probe)| Case { rate, decay, probe })
}
