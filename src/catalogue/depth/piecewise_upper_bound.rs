//! With several kinks a unit, stacked convolutions keep an upper bound of the same form.

use crate::catalogue::prelude::*;
use crate::generators::layer_chains::{Extent, Filters, Stacked, line_shapes, stacked_with};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/piecewise_upper_bound", AGAINST_THE_STATEMENT)
        .derived_from("Xiong2024", "the question, from the abstract")
        .as_printed("only the abstract was available; the formulas are ours"),
    statement: "activation with r kinks  ⟹  regions ≤ Σ_{t ∈ K_N} Π C(d_1, t_p) r^{t_p} · \
                Π_{l≥2} Σ_{i≤n_0} C(units of layer l, i) r^i",
    cases: || {
        networks(1..=3, 1..=2, 1..=4, 1..=8, 3)
            .with("few different weights", 8, networks(1..=4, 1..=3, 1..=3, 1..=8, 1))
            .with("met", 16, networks(1..=4, 1..=1, 1..=3, 1..=6, 99_999))
            .with("large", 64, networks(2..=4, 2..=2, 3..=4, 6..=10, 99))
            .with("6 inputs, 20 units", 1024, networks(2..=2, 1..=3, 6..=6, 12..=20, 99))
            .with("met by 6 inputs, 40 kinks", 4096, networks(2..=2, 1..=1, 6..=6, 20..=20, 99_999))
    },
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions(), case.bound(case.kinks)),
    twins: &[
        twin("kinks do not count", |case: &Case| at_most("regions", case.regions(), case.bound(1)))
            .because("each kink of a unit is a hyperplane of its own")
            .drawing(|| rulers().cases()),
        twin("one kink fewer", |case: &Case| {
            at_most("regions", case.regions(), case.bound(case.kinks - 1))
        })
        .because("one unit on a line has a piece more than it has kinks")
        .drawing(|| rulers().cases()),
        twin("one region fewer", |case: &Case| {
            below("regions", case.regions(), case.bound(case.kinks))
        })
        .because("a single layer of generic filters on a line meets the bound")
        .drawing(|| networks(1..=4, 1..=1, 1..=3, 1..=6, 99_999).cases()),
    ],
    well_formed: |case| {
        require!((1..=8).contains(&case.kinks), "{} kinks, expected 1 to 8", case.kinks)?;
        case.network.check()
    },
};

/// A network whose ReLUs are replaced by an activation with kinks at 0, 1, .. `kinks - 1` and
/// slopes 0, 1, 0, 1, ..
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    kinks: usize,
    network: Stacked,
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

    fn bound(&self, kinks: usize) -> Result<Natural, Undecided> {
        let stack = self.network.stacking().stack();
        stack.pieces_upper(kinks, 1 << 20).ok_or(Undecided("the published count is out of reach"))
    }
}

fn networks(
    kinks: Span,
    layers: Span,
    inputs: Span,
    units: Span,
    most: i64,
) -> impl Strategy<Value = Case> {
    (kinks, line_shapes(Extent { layers, filters: 4, inputs, units })).prop_flat_map(
        move |(kinks, shape)| {
            stacked_with(shape, most).prop_map(move |network| Case { kinks, network })
        },
    )
}

/// Filters of one tap on a line: a grid with all its lines.
fn rulers() -> impl Strategy<Value = Case> {
    (2usize..=4, 1usize..=4).prop_map(|(kinks, width)| {
        let (weights, biases) = (vec![vec![Rational::ONE]], vec![Rational::ZERO]);
        let ruler = Filters { size: [1, 1], stride: 1, weights, biases };
        Case { kinks, network: Stacked { input: [1, 1, width], layers: vec![ruler] } }
    })
}
