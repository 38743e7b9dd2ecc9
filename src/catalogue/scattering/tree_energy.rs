//! Haar scattering multiplies the sum of squares by two in every layer.

use crate::analysis::scattering::tree;
use crate::catalogue::prelude::*;
use crate::generators::signals::{Leaves, leaves};

pub(super) static CLAIM: Claim<Leaves> = Claim {
    card: theorem!("scattering/tree_energy", AGAINST_ITS_NOTE)
        .remembered_from("Chen2014", "the Haar scattering transform"),
    statement: "S of J layers (a, b) ↦ (a + b, |a - b|)  ⟹  |S x|² = 2^J |x|²",
    cases: || {
        leaves(0..=2, 1..=2, 3).with("signs and zeros", 4, leaves(1..=4, 1..=1, 1)).with(
            "7 layers",
            32,
            leaves(7..=7, 1..=2, 1000),
        )
    },
    hypotheses: &[],
    conclusion: |case| equal("energy", energy(case, |_| true), case.gain() * dot(&case.x, &case.x)),
    twins: &[
        twin("isometry", |case: &Leaves| {
            equal("energy", energy(case, |_| true), dot(&case.x, &case.x))
        })
        .because("a layer doubles the sum of squares"),
        twin("orders 0 and 1 carry all of it", |case: &Leaves| {
            let found = energy(case, |order| order <= 1);
            equal("energy", found, case.gain() * dot(&case.x, &case.x))
        })
        .because("differences of differences are coefficients, too"),
        twin("the sums alone carry half of it", |case: &Leaves| {
            refuse_if!(case.layers == 0, Undecided("there is no layer"));
            let half = case.gain() * dot(&case.x, &case.x) / Rational::integer(2);
            equal("energy", energy(case, |order| order == 0), half)
        })
        .because("a signal of sum 0 has nothing in its sum"),
    ],
    well_formed: Leaves::check,
};

/// The squares of the coefficients whose order, the number of differences on their path, is
/// wanted.
fn energy(case: &Leaves, is_wanted: fn(u32) -> bool) -> Rational {
    let coefficients = tree(&case.x, case.layers, |x| x.abs());
    let path = |at: usize| (at % (1 << case.layers)).count_ones();
    let wanted = coefficients.iter().enumerate().filter(|(at, _)| is_wanted(path(*at)));
    wanted.map(|(_, c)| c * c).sum()
}
