//! The distance to another label is the least over the activation cells.

use crate::catalogue::prelude::*;
use crate::generators::two_labels::{TwoLabels, two_labels};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<TwoLabels> = Claim {
    card: theorem!("fragility/least_over_cells", AGAINST_ITS_NOTE)
        .derived_from("Szegedy2014", "section 4, the smallest perturbation with another label"),
    statement: "f of one hidden layer of ReLU units, f(x) ≠ 0  ⟹  the distance from x to another \
                label is the least, over all activation cells, of the distance to where f is 0 or \
                has the other sign on the closed cell",
    cases: || {
        two_labels(1..=2, 1..=3, 4, 1)
            .with("fractions", 4, two_labels(1..=3, 1..=4, 9, 4))
            .with("zeros and ones", 4, two_labels(1..=3, 1..=4, 1, 1))
            .with("6 units in R^4", 64, two_labels(4..=4, 6..=6, 9, 4))
    },
    hypotheses: &[],
    conclusion: |case| equal("distance", distance(case)?, least(case.cells())?),
    twins: &[
        twin("in the cell of the point", |case: &TwoLabels| {
            equal("distance", distance(case)?, least(case.cells().into_iter().take(1))?)
        })
        .because("the other label may begin, or be nearer, behind a border of the cell"),
        twin("in the cell of the point or next to it", |case: &TwoLabels| {
            let next = |pattern: &(usize, _)| pattern.0.count_ones() <= 1;
            let cells = case.cells().into_iter().enumerate().filter(next);
            equal("distance", distance(case)?, least(cells.map(|(_, cell)| cell))?)
        })
        .because("it may be two borders away"),
        twin("the zero of the form of the point's own cell", |case: &TwoLabels| {
            equal("distance", distance(case)?, of_pieces(case)?)
        })
        .because("a piece ends at its cell: where it would be 0 it may not count"),
    ],
    well_formed: |case| {
        require!(case.weights.len() <= 8, "{} units have too many cells", case.weights.len())?;
        case.check()?;
        require!(!case.value().is_zero(), "f is 0 at the point: it has no label")
    },
};

fn distance(case: &TwoLabels) -> Result<Rational, Undecided> {
    case.distance().ok_or(Undecided("no other label was found"))
}

fn least(cells: impl IntoIterator<Item = Option<Rational>>) -> Result<Rational, Undecided> {
    cells.into_iter().flatten().min().ok_or(Undecided("no cell has another label"))
}

/// The distance to the zeros of the piece at the point, wherever they are.
fn of_pieces(case: &TwoLabels) -> Result<Rational, Undecided> {
    let (zero, slope) = (vec![Rational::ZERO; case.point.len()], case.gradient());
    let value = case.value().abs();
    refuse_if!(slope.iter().all(Rational::is_zero), Undecided("the piece is constant"));
    Ok(match case.norm {
        Norm::Linf => value / Norm::L1.distance(&slope, &zero),
        Norm::L1 => value / Norm::Linf.distance(&slope, &zero),
        Norm::L2 => &value * &value / Norm::L2.distance(&slope, &zero),
    })
}
