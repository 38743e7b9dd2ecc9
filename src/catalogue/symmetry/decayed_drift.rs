//! A step with decay shrinks the balance by (1 - η λ)² and moves it by the squares of the gradient.

use crate::catalogue::prelude::*;
use crate::generators::channels::MarkedProbe;
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/decayed_drift", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow")
        .as_printed("along gradient flow, without decay; the step with decay is ours"),
    statement: "homogeneous in between, biases b of the channel's own, Q = |w|² + |b|² - |v|², one \
                step of rate η with decay λ  ⟹  Q⁺ = (1 - η λ)² Q + η² (|∂w|² + |∂b|² - |∂v|²)",
    cases: || Cases::of(Kind::PLAIN.at_every_scale(cases)),
    hypotheses: &[
        given("homogeneous activation", |case: &Case| case.probe.mark.channel().is_homogeneous)
            .needed("the offsets of the pieces leave a term of first order", || {
                cases(Kind::BENT).cases()
            }),
        given("biases of its own", |case: &Case| case.probe.mark.channel().is_own)
            .needed("the gradient by a shared bias belongs to every channel", || {
                cases(Kind::SHARED).cases()
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

    /// The balance after the step, against these parts of that before and of the gradient's.
    fn compare(&self, kept: Rational, moved: Rational) -> Conclusion {
        let balance = |p: Pairing| p.incoming + p.bias - p.outgoing;
        let [before, after, gradient] = self.probe.step(&self.rate, &self.kept()).map(balance);
        equal("Q after the step", after, kept * before + moved * gradient)
    }
}

fn cases(kind: Kind) -> impl Strategy<Value = Case> {
    let rates = [(1, 10), (1, 2), (2, 1)].map(|(p, q)| Rational::new(p, q));
    let decays = [(1, 100), (1, 3), (1, 1), (5, 1)].map(|(p, q)| Rational::new(p, q));
    let probes = channels::marked_probes(kind);
    (select(rates.to_vec()), select(decays.to_vec()), probes)
        .prop_map(|(rate, decay, probe)| Case { rate, decay, probe })
}
