//! Coordinate descent on the logarithms of the factors reaches the least decay of all rescalings.

use crate::claim::prelude::*;
use crate::generators::hidden_channels;
use crate::generators::rescalings::{Rescaled, rescaled};
use crate::spline::weights::{Balance, Rounding};

pub(super) static CLAIM: Claim<Rescaled> = Claim {
    card: conjecture!(
        "symmetry/least_decay_reached",
        "600 sweeps over the channels reach the least decay up to a part in 10^12"
    )
    .derived_from("ParhiNowak2023", "the neural balance theorem"),
    statement: "infimum of all rescalings > 0  ⟹  the decay of the proposed factors is ≤ (1 + \
                10⁻¹²) times the proved lower bound",
    cases: || Cases::of(hidden_channels::at_every_scale(rescaled)),
    hypotheses: &[Hypothesis::new("a channel on a cycle", |case| {
        case.balance(Rounding::Fine, usize::MAX).least.is_positive()
    })],
    conclusion: |case| within(case, &case.balance(Rounding::Fine, usize::MAX)),
    twins: &[
        Twin::without(
            "a channel on a cycle",
            || rescaled(hidden_channels::Scale::Coincident).cases(),
            "an infimum of zero is not attained",
        ),
        Twin::concluding(
            "one sweep",
            |case| within(case, &case.balance(Rounding::Fine, 1)),
            "several layers pull at each other",
        ),
        Twin::concluding(
            "powers of two",
            |case| within(case, &case.balance(Rounding::PowersOfTwo, usize::MAX)),
            "factors of a binary format miss the least decay",
        ),
    ],
};

fn within(case: &Rescaled, found: &Balance) -> Conclusion {
    let network = case.rescaling().apply(case.network(), &found.factors);
    let trillion = Rational::integer(1_000_000_000_000);
    let bound = &found.least * (Rational::ONE + trillion.recip());
    Finding::at_most("decay", case.decay(&network), bound)
}
