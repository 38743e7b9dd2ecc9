//! Haar scattering spreads two signals by no more than its gain.

use crate::analysis::scattering::{Modulus, tree};
use crate::catalogue::prelude::*;
use crate::generators::signals::{Leaves, leaves};
use crate::robust::Norm;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("scattering/tree_distance", AGAINST_ITS_NOTE)
        .remembered_from("Chen2014", "the Haar scattering transform"),
    statement: "S of J layers (a, b) ↦ (a + b, |a - b|)  ⟹  |S x - S y|² ≤ 2^J |x - y|²",
    cases: || {
        drawn(0..=2, 1..=2, 2).with("signs and zeros", 4, drawn(1..=4, 1..=1, 1)).with(
            "7 layers",
            32,
            drawn(7..=7, 1..=2, 1000),
        )
    },
    hypotheses: &[],
    conclusion: |case| at_most("distance", case.after(|x| x.abs()), case.before()),
    twins: &[
        twin("isometry", |case: &Case| equal("distance", case.after(|x| x.abs()), case.before()))
            .because("(1, 0) and (0, 1) have one transform"),
        twin("half of the gain", |case: &Case| {
            let half = case.before() / Rational::integer(2);
            at_most("distance", case.after(|x| x.abs()), half)
        })
        .because("where no sign changes nothing contracts"),
        twin("squares in place of absolute values", |case: &Case| {
            at_most("distance", case.after(|x| &x * &x), case.before())
        })
        .because("the square has no Lipschitz constant"),
    ],
    well_formed: |case| {
        case.leaves.check()?;
        let (x, y) = (case.leaves.x.len(), case.other.len());
        require!(x == y, "signals of {x} and of {y} numbers")
    },
};

/// A signal and another one of its length.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    other: Vec<Rational>,
    leaves: Leaves,
}

impl Case {
    fn after(&self, modulus: Modulus) -> Rational {
        let [x, y] = [&self.leaves.x, &self.other].map(|x| tree(x, self.leaves.layers, modulus));
        Norm::L2.distance(&x, &y)
    }

    fn before(&self) -> Rational {
        self.leaves.gain() * Norm::L2.distance(&self.leaves.x, &self.other)
    }
}

/// One signal in four is the other one with one number changed.
fn drawn(layers: RangeInclusive<u32>, blocks: Span, most: i64) -> BoxedStrategy<Case> {
    leaves(layers, blocks, most)
        .prop_flat_map(move |leaves| {
            let n = leaves.x.len();
            let (x, by) = (leaves.x.clone(), numbers::nonzero_integer(most));
            let near = (0..n, by).prop_map(move |(at, by)| {
                let mut y = x.clone();
                y[at] += by;
                y
            });
            let other = prop_oneof![3 => numbers::integers(n, most), 1 => near];
            other.prop_map(move |other| Case { leaves: leaves.clone(), other })
        })
        .boxed()
}
