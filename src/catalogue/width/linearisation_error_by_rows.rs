//! The largest error of the linearisation when each unit stays in a ball of its own.

use crate::catalogue::prelude::*;
use crate::generators::descent_steps::{Size, of_every_size};
use crate::generators::gate_flips::{Ball, Flips, flips};

pub(super) static CLAIM: Claim<Flips> = Claim {
    card: theorem!("width/linearisation_error_by_rows", STEP_BY_STEP)
        .derived_from("Chen2021", "the approximation error of the neural tangent features"),
    statement: "|x| ≤ 1, |w_s - w_{s,0}| ≤ r for all s  ⟹  \
                √m (f(W) - ⟨∇f(W_0), W⟩) ≤ Σ_{a_s = 1} max(r - |u_s|, 0)",
    cases: || Cases::of(of_every_size(|size| flips(Ball::Rows, false, size))),
    hypotheses: &[
        given("unit point", Flips::is_in_unit_ball)
            .needed("a longer point sees a longer move", || {
                flips(Ball::Rows, true, Size::SMALL).cases()
            }),
        given("in their balls", |case: &Flips| {
            case.squared_moves().iter().all(|square| *square <= case.radius.pow(2))
        })
        .needed("longer moves flip more", || flips(Ball::None, false, Size::SMALL).cases()),
    ],
    conclusion: |case| bounded(case, Rational::ONE),
    twins: &[
        twin("half of the radius", |case: &Flips| bounded(case, Rational::new(1, 2)))
            .because("a unit at zero uses the whole radius"),
        twin("average unit", |case: &Flips| {
            let units = Rational::from(case.start.len());
            let finding = bounded(case, Rational::ONE)?;
            at_most("√m times the error", finding.found, finding.bound / units)
        })
        .because("contributions add up"),
    ],
    well_formed: Flips::check,
};

/// The error beside the sum over the units that can flip within this part of the radius.
fn bounded(case: &Flips, part: Rational) -> Conclusion {
    let radius = &case.radius * part;
    let left = |u: &Rational| (&radius - u).max(Rational::ZERO);
    let bound: Rational = case.distances().iter().map(left).sum();
    at_most("√m times the error", case.error(), bound)
}
