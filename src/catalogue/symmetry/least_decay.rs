//! A circulation of squares bounds the decay of every rescaling from below.

use crate::catalogue::prelude::*;
use crate::generators::rescalings::{Rescaled, rescaled};
use crate::spline::weights::Rounding;

pub(super) static CLAIM: Claim<Rescaled> = Claim {
    card: theorem!("symmetry/least_decay", AGAINST_ITS_NOTE)
        .derived_from("ParhiNowak2023", "the neural balance theorem")
        .as_printed("at a minimum with weight decay, |w| = |v| for every unit"),
    statement: "q the squares between channels after one rescaling, f ≥ 0 a circulation  ⟹  the \
                decay of every rescaling is ≥ Σ (2 f - f²/q)",
    cases: || Cases::of(Kind::ANY.at_every_scale(rescaled)),
    hypotheses: &[],
    conclusion: |case| decays_by(case, &case.rescaled(), &bound(case)),
    twins: &[
        twin("the decay before", |case: &Rescaled| {
            decays_by(case, &case.rescaled(), &case.decay(case.network()))
        })
        .because("a network that is not balanced has rescalings of less decay"),
        twin("a millionth more", |case: &Rescaled| {
            let best = case.balance(Rounding::Fine, usize::MAX).factors;
            let best = case.rescaling().apply(case.network(), &best);
            decays_by(case, &best, &(bound(case) * Rational::new(1_000_001, 1_000_000)))
        })
        .because("the proposed factors come nearer than that"),
        twin("biases free and charged", |case: &Rescaled| {
            let parameters = case.rescaled().parameters();
            let weights = parameters.iter().flat_map(|own| &own.weight);
            let found: Rational = weights.map(|w| w * w).sum();
            let biases = parameters.iter().flat_map(|own| &own.bias);
            at_least("decay", found, bound(case) + biases.map(|b| b * b).sum::<Rational>())
        })
        .because("what is charged decides what is least"),
        twin("each layer by itself", |case: &Rescaled| {
            let layers = case.network().parameters();
            let squares = |list: &[Rational]| list.iter().map(|x| x * x).sum::<Rational>();
            let largest = layers.iter().map(|own| squares(&own.weight)).max();
            let largest = largest.ok_or(Undecided("there is no layer"))?;
            decays_by(case, &case.rescaled(), &largest)
        })
        .because("what one layer loses another one need not gain"),
    ],
    well_formed: Rescaled::check,
};

fn bound(case: &Rescaled) -> Rational {
    case.balance(Rounding::Fine, usize::MAX).least
}

fn decays_by(case: &Rescaled, network: &Network, bound: &Rational) -> Conclusion {
    at_least("decay", case.decay(network), bound)
}
