//! What projected gradient descent finds is no nearer than the distance.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::{TwoLabels, of_every_size};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<TwoLabels> = Claim {
    card: theorem!("fragility/projected_descent", AGAINST_ITS_NOTE)
        .derived_from("Madry2018", "section 2.1, projected gradient descent in linf"),
    statement: "f of one hidden layer of ReLU units, f(x) ≠ 0, eight steps of projected gradient \
                descent in the linf ball of twice the distance  ⟹  the first that has another \
                label is no nearer than the distance",
    cases: || Cases::of(of_every_size(drawn)),
    hypotheses: &[],
    conclusion: |case| {
        let distance = distance(case)?;
        let found = descent(case, &distance * &Rational::from(2));
        let found = found.ok_or(Undecided("no step has another label"))?;
        at_least("found at", found, distance)
    },
    twins: &[
        twin("it finds the nearest", |case: &TwoLabels| {
            let distance = distance(case)?;
            let found = descent(case, &distance * &Rational::from(2));
            let found = found.ok_or(Undecided("no step has another label"))?;
            equal("found at", found, distance)
        })
        .because("it stops on the other side, wherever it crosses"),
        twin("it finds what is in the ball", |case: &TwoLabels| {
            let reach = distance(case)? * Rational::new(101, 100);
            at_least("steps with another label", i64::from(descent(case, reach).is_some()), 1)
        })
        .because("the gradient leads to another corner, or nowhere"),
    ],
    well_formed: |case| {
        require!(case.norm == Norm::Linf, "the steps are measured in linf")?;
        case.check()?;
        require!(!case.value().is_zero(), "f is 0 at the point: it has no label")
    },
};

fn distance(case: &TwoLabels) -> Result<Rational, Undecided> {
    case.distance().ok_or(Undecided("no other label was found"))
}

/// How far the first of eight steps is, each a quarter of the radius along the signs of the
/// gradient and back into the ball, that has another label.
fn descent(case: &TwoLabels, radius: Rational) -> Option<Rational> {
    let (step, is_label) = (&radius / &Rational::from(4), case.value().is_positive());
    let mut here = case.clone();
    for _ in 0..8 {
        let entries = here.point.iter().zip(here.downhill(is_label)).zip(&case.point);
        let moved = entries
            .map(|((x, by), center)| (x + by * &step).max(center - &radius).min(center + &radius));
        here = case.moved(moved.collect());
        if case.is_lost_at(here.point.clone()) {
            return Some(Norm::Linf.distance(&here.point, &case.point));
        }
    }
    None
}

fn drawn(networks: BoxedStrategy<TwoLabels>) -> BoxedStrategy<TwoLabels> {
    let in_linf = |network| TwoLabels { norm: Norm::Linf, ..network };
    networks.prop_map(in_linf).boxed()
}
