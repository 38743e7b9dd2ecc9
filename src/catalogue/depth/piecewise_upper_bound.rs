//! # With several kinks a unit, stacked convolutions keep an upper bound of the same form
//!
//! An activation with `r` kinks cuts along `r` parallel hyperplanes, of which an independent set
//! takes one at most. So every set of units counts `r` times for each member.
#![doc = include_str!("../../../proofs/depth/piecewise_upper_bound.md")]

use crate::claim::{self, prelude::*};
use crate::exact::{Natural, Rational};
use crate::generators::stacked::{Filters, Stacked, line_shapes, stacked_with};
use crate::net::regions::{Domain, Notion};
use crate::net::{Activation, Layer, Network};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "depth/piecewise_upper_bound",
        title: "With several kinks a unit, stacked convolutions keep an upper bound of the same \
                form",
        statement: "activation with r kinks  ⟹  regions ≤ Σ_{t ∈ K_N} Π C(d_1, t_p) r^{t_p} · \
                    Π_{l≥2} Σ_{i≤n_0} C(units of layer l, i) r^i",
        source: Source::new("Xiong2024", "the question, from the abstract"),
        wording: Wording::Derived,
        as_printed: Some("only the abstract was available; the formulas are ours"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/piecewise_upper_bound.md",
    },
    cases: networks,
    hypotheses: &[],
    conclusion: |case| Finding::at_most("regions", case.regions(), case.bound(case.kinks)),
    twins: &[
        Twin::concluding(
            "kinks do not count",
            |case: &Case| Finding::at_most("regions", case.regions(), case.bound(1)),
            "each kink of a unit is a hyperplane of its own",
        )
        .drawing(rulers),
        Twin::concluding(
            "one kink fewer",
            |case: &Case| Finding::at_most("regions", case.regions(), case.bound(case.kinks - 1)),
            "one unit on a line has a piece more than it has kinks",
        )
        .drawing(rulers),
    ],
};

/// A network whose ReLUs are replaced by an activation with kinks at 0, 1, .. `kinks - 1` and
/// slopes 0, 1, 0, 1, ..
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    kinks: usize,
    network: Stacked,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        if !(1..=4).contains(&self.kinks) {
            return Err(format!("{} kinks, expected 1 to 4", self.kinks));
        }
        self.network.check()
    }
}

impl Case {
    fn regions(&self) -> u64 {
        let network = self.network.network();
        let kinks = (0..self.kinks).map(Rational::from).collect();
        let slopes = (0..=self.kinks).map(|piece| Rational::from(piece % 2)).collect();
        let bent = Activation::piecewise_linear(kinks, slopes, &Rational::ZERO)
            .expect("one slope more than kinks");
        let layers = network.layers().iter().map(|layer| match layer {
            Layer::Activation(_) => Layer::Activation(bent.clone()),
            other => other.clone(),
        });
        let bent = Network::new(network.input(), layers.collect()).expect("shapes are unchanged");
        bent.count_regions(Notion::R2, &Domain::Whole)
    }

    fn bound(&self, kinks: usize) -> Natural {
        let stack = self.network.stacking().stack();
        stack.pieces_upper(kinks, 1 << 20).expect("a small shape")
    }
}

fn networks() -> Cases<Case> {
    (1usize..=3, line_shapes(1..=2, 2))
        .prop_flat_map(|(kinks, shape)| {
            let network = stacked_with(shape, 3);
            network.prop_map(move |network| Case { kinks, network })
        })
        .cases()
}

/// Filters of one tap on a line: a grid with all its lines.
fn rulers() -> Cases<Case> {
    (2usize..=3, 1usize..=2)
        .prop_map(|(kinks, width)| {
            let (weights, biases) = (vec![vec![Rational::ONE]], vec![Rational::ZERO]);
            let ruler = Filters { size: [1, 1], stride: 1, weights, biases };
            Case { kinks, network: Stacked { input: [1, 1, width], layers: vec![ruler] } }
        })
        .cases()
}
