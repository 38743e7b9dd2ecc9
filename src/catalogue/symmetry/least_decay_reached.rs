//! Coordinate descent on the logarithms of the factors reaches the least decay of all rescalings.

use crate::catalogue::prelude::*;
use crate::generators::hidden_channels::Scale;
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
    cases: || Cases::of(Kind::ANY.at_every_scale(rescaled)),
    hypotheses: &[given("a channel on a cycle", |case: &Rescaled| {
        case.balance(Rounding::Fine, usize::MAX).least.is_positive()
    })
    .needed("an infimum of zero is not attained", || {
        rescaled(Kind { scale: Scale::Coincident, ..Kind::ANY }).cases()
    })],
    conclusion: |case| within(case, &case.balance(Rounding::Fine, usize::MAX)),
    twins: &[
        twin("one sweep", |case: &Rescaled| within(case, &case.balance(Rounding::Fine, 1)))
            .because("several layers pull at each other"),
        twin("powers of two", |case: &Rescaled| {
            within(case, &case.balance(Rounding::PowersOfTwo, usize::MAX))
        })
        .because("factors of a binary format miss the least decay"),
    ],
    well_formed: Rescaled::check,
};

fn within(case: &Rescaled, found: &Balance) -> Conclusion {
    let network = case.rescaling().apply(case.network(), &found.factors);
    let trillion = Rational::integer(1_000_000_000_000);
    let bound = &found.least * (Rational::ONE + trillion.recip());
    at_most("decay", case.decay(&network), bound)
}
