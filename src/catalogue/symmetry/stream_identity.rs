//! Weights and gradients balance around every channel, residual streams included.

use crate::catalogue::prelude::*;
use crate::generators::channels::{Probe, probes};
use crate::net::Parameters;
use crate::spline::weights::Rescaling;

pub(super) static CLAIM: Claim<Probe> = Claim {
    card: theorem!("symmetry/stream_identity", AGAINST_ITS_NOTE)
        .derived_from("Du2018", "abstract: squared norms of layers along gradient flow"),
    statement: "a channel as a rescaling has it, residual streams, pools and shared biases joined  \
                ⟹  Σ over its writers ⟨w, ∂w⟩ + ⟨b, ∂b⟩ = Σ over its readers ⟨v, ∂v⟩",
    cases: || {
        let any = probes(Kind::ANY);
        Cases::of(Kind::ANY_BIASES.at_every_scale(probes)).with("any activation", 5, any)
    },
    hypotheses: &[],
    conclusion: |case| largest(case, &case.network().parameters(), 1),
    twins: &[
        twin("the fixed units too", |case: &Probe| largest(case, &case.network().parameters(), 0))
            .because("inputs and outputs have no factor, so nothing balances there"),
        twin("one writer forgotten", |case: &Probe| {
            let mut parameters = case.network().parameters();
            let first = parameters.first_mut().ok_or(Undecided("there is no layer"))?;
            first.weight.fill(Rational::ZERO);
            largest(case, &parameters, 1)
        })
        .because("everything that writes a channel takes part"),
        twin("biases left out", |case: &Probe| {
            let mut parameters = case.network().parameters();
            parameters.iter_mut().for_each(|own| own.bias.fill(Rational::ZERO));
            largest(case, &parameters, 1)
        })
        .because("the biases of a channel are scaled with its weights"),
        twin("block by block", |case: &Probe| {
            let all = case.network().parameters();
            let body = |own: &Parameters, keep: bool| match keep {
                true => own.clone(),
                false => Parameters {
                    weight: vec![Rational::ZERO; own.weight.len()],
                    bias: vec![Rational::ZERO; own.bias.len()],
                },
            };
            // Without the last layer: of a stream only some readers are left.
            let last = all.len() - 1;
            let some: Vec<_> = all.iter().zip(0..).map(|(own, l)| body(own, l < last)).collect();
            largest(case, &some, 1)
        })
        .because("a stream balances what all its writers and readers do, no part of them"),
    ],
    well_formed: Probe::check,
};

/// The largest difference of the two sides, over the channels from `first` on.
fn largest(case: &Probe, parameters: &[Parameters], first: usize) -> Conclusion {
    let sides = Rescaling::of(case.network()).pairings(parameters, &case.gradient());
    let gaps = sides.iter().skip(first).map(|[written, read]| (written - read).abs());
    let largest = gaps.max().ok_or(Undecided("no channel has a factor"))?;
    equal("largest gap", largest, 0)
}
