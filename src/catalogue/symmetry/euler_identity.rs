//! Around every hidden channel, weights and gradients balance exactly.

use crate::catalogue::prelude::*;
use crate::generators::channels::{MarkedProbe, marked_probes};
use crate::properties::Pairing;

pub(super) static CLAIM: Claim<MarkedProbe> = Claim {
    card: theorem!("symmetry/euler_identity", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow")
        .as_printed("differences of squared layer norms are constant along gradient flow"),
    statement: "homogeneous in between, biases b of the channel's own  ⟹  \
                ⟨w, ∂w⟩ + ⟨b, ∂b⟩ = ⟨v, ∂v⟩, kinks included",
    cases: || Cases::of(Kind::PLAIN.at_every_scale(marked_probes)),
    hypotheses: &[
        given("homogeneous activation", |case: &MarkedProbe| case.mark.channel().is_homogeneous)
            .needed("a piece that is not through the origin has an offset of its own", || {
                marked_probes(Kind::BENT).cases()
            }),
        given("biases of its own", |case: &MarkedProbe| case.mark.channel().is_own)
            .needed("the gradient by a shared bias collects from the other channels too", || {
                marked_probes(Kind::SHARED).cases()
            }),
    ],
    conclusion: |case| {
        let Pairing { incoming, bias, outgoing } = pairing(case);
        equal("⟨w, ∂w⟩ + ⟨b, ∂b⟩", incoming + bias, outgoing)
    },
    twins: &[
        twin("bias left out", |case: &MarkedProbe| {
            let Pairing { incoming, outgoing, .. } = pairing(case);
            equal("⟨w, ∂w⟩", incoming, outgoing)
        })
        .because("the filter alone is not homogeneous"),
        twin("the law of the squared ReLU", |case: &MarkedProbe| {
            let Pairing { incoming, bias, outgoing } = pairing(case);
            let twice = &outgoing + &outgoing;
            equal("⟨w, ∂w⟩ + ⟨b, ∂b⟩", incoming + bias, twice)
        })
        .because("the factor is the degree of homogeneity, here one"),
        twin("one reader forgotten", |case: &MarkedProbe| {
            let mut channel = case.mark.channel();
            channel.outgoing.pop();
            let parameters = case.mark.network().parameters();
            let pairing = channel.pairing(&parameters, &case.gradient());
            let found = pairing.incoming + pairing.bias;
            equal("⟨w, ∂w⟩ + ⟨b, ∂b⟩", found, pairing.outgoing)
        })
        .because("the whole slice of the next layer takes part"),
    ],
    well_formed: MarkedProbe::check,
};

/// Parameters against their gradients.
fn pairing(case: &MarkedProbe) -> Pairing {
    let parameters = case.mark.network().parameters();
    case.mark.channel().pairing(&parameters, &case.gradient())
}
