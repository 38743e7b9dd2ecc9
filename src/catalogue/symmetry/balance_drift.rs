//! Gradient descent moves the balance of a channel by the square of the rate.

use crate::catalogue::prelude::*;
use crate::generators::channels::MarkedProbe;
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("symmetry/balance_drift", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow")
        .as_printed("along gradient flow the balance is constant; the drift of a step is ours"),
    statement: "homogeneous in between, biases b of the channel's own, Q = |w|² + |b|² - |v|², \
                one step of rate η  ⟹  ΔQ = η² (|∂w|² + |∂b|² - |∂v|²)",
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
    conclusion: |case| drift(case, case.rate.pow(2)),
    twins: &[
        twin("exactly conserved", |case: &Case| drift(case, Rational::ZERO))
            .because("only the flow conserves the balance"),
        twin("first power of the rate", |case: &Case| drift(case, case.rate.clone()))
            .because("the terms of first order cancel"),
        twin("bias left out", |case: &Case| {
            let without = |p: &Pairing| &p.incoming - &p.outgoing;
            let [before, after, gradient] = case.step();
            let drift = without(&gradient) * case.rate.pow(2);
            equal("change of |w|² - |v|²", without(&after) - without(&before), drift)
        })
        .because("the biases of the channel belong to its balance"),
    ],
    well_formed: |case| case.probe.check(),
};

/// The learning rate, and a network with a marked hidden channel, an input, and the gradient of the
/// loss by the output.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    rate: Rational,
    probe: MarkedProbe,
}

impl Case {
    /// Squared norms around the channel: before the step, after it, and of the gradient.
    fn step(&self) -> [Pairing; 3] {
        self.probe.step(&self.rate, &Rational::ONE)
    }
}

/// The change of the balance, against `factor` times that of the gradient.
fn drift(case: &Case, factor: Rational) -> Conclusion {
    let balance = |p: &Pairing| &p.incoming + &p.bias - &p.outgoing;
    let [before, after, gradient] = case.step();
    equal("change of Q", balance(&after) - balance(&before), factor * balance(&gradient))
}

fn cases(kind: Kind) -> impl Strategy<Value = Case> {
    let rates = vec![Rational::new(1, 10), Rational::new(1, 2), Rational::integer(2)];
    (select(rates), channels::marked_probes(kind)).prop_map(|(rate, probe)| Case { rate, probe })
}
