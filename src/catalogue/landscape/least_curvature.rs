//! The steepest way down from a saddle of two linear layers.

use crate::catalogue::prelude::*;
use crate::generators::linear_layers::{Critical, Sizes, critical, keep_any};

pub(super) static CLAIM: Claim<Critical> = Claim {
    card: theorem!("landscape/least_curvature", AGAINST_ITS_NOTE)
        .derived_from("Kawaguchi2016", "the negative eigenvalue at a saddle"),
    statement: "two linear layers, X = I, bases unchanged, a unit to spare  ⟹  the least \
                eigenvalue of the Hessian at a critical point is minus the largest singular \
                value of Y that is missed, 0 if there is none",
    cases: || {
        drawn(1..=2, 2, 1..=2).with("larger numbers", 4, drawn(2..=3, 9, 1..=1)).with(
            "4 inputs and outputs",
            32,
            drawn(4..=4, 5, 1..=1),
        )
    },
    hypotheses: &[
        given("X = I", |case: &Critical| {
            let one = Matrix::identity(case.inputs.len());
            Matrix::from_rows(case.inputs.clone()) == one
        })
        .needed("longer inputs bend the loss more", || {
            any_inputs(1..=2, 2, 1..=1).prop_map(plain_basis).cases()
        }),
        given("the basis is unchanged", |case: &Critical| {
            case.mixing[0].iter().flatten().all(Rational::is_zero)
        })
        .needed("another basis keeps the loss, but turns the parameters no longer rigidly", || {
            any_inputs(1..=2, 2, 1..=1).prop_map(plain_inputs).cases()
        }),
        given("a spare unit", |case: &Critical| case.rank() < case.least_width())
            .needed("what is missed then pulls only against what is kept", || {
                drawn(2..=2, 3, 0..=0).cases()
            }),
    ],
    conclusion: |case| compare(case, missed(case)),
    twins: &[
        twin("the square of the singular value", |case: &Critical| {
            compare(case, missed(case).map(|missed| missed.pow(2)))
        })
        .because("a spare unit sees the residual, not the matrix of the data"),
        twin("the largest singular value of all", |case: &Critical| {
            compare(case, case.scales.iter().map(Rational::abs).max())
        })
        .because("what is kept is no longer in the residual"),
    ],
    well_formed: |case| {
        case.check()?;
        require!(case.mixing.len() == 1, "{} hidden layers; one", case.mixing.len())
    },
};

/// The largest singular value that is missed.
fn missed(case: &Critical) -> Option<Rational> {
    let missed = case.scales.iter().zip(&case.kept).filter(|(_, kept)| !**kept);
    missed.map(|(scale, _)| scale.abs()).max()
}

/// Whether minus this is the least eigenvalue; `None` counts as zero singular values missed.
fn compare(case: &Critical, size: Option<Rational>) -> Conclusion {
    let size = size.into_iter().sum::<Rational>();
    let mut shifted = case.network().hessian();
    (0..shifted.rows()).for_each(|i| shifted[(i, i)] += &size);
    let inertia = Inertia::of(&shifted);
    equal("is the least eigenvalue", inertia.is_semidefinite() && inertia.zero > 0, true)
}

fn drawn(ends: Span, most: i64, spare: Span) -> BoxedStrategy<Critical> {
    any_inputs(ends, most, spare).prop_map(plain_inputs).prop_map(plain_basis).boxed()
}

/// Any inputs, and any basis of the hidden layer.
fn any_inputs(ends: Span, most: i64, spare: Span) -> BoxedStrategy<Critical> {
    critical(Sizes { ends, hidden: 1..=1, spare, most }, keep_any)
}

fn plain_inputs(mut case: Critical) -> Critical {
    let n = case.inputs.len();
    case.inputs = (0..n).map(|i| (0..n).map(|j| Rational::from(i == j)).collect()).collect();
    // With as many samples as inputs the weights reach every target.
    case.rest.iter_mut().for_each(|row| row.truncate(n));
    case
}

fn plain_basis(mut case: Critical) -> Critical {
    case.mixing[0].iter_mut().for_each(|row| row.fill(Rational::ZERO));
    case
}
