//! On a line, L layers of m units of t pieces make at most (t m)^L pieces.

use crate::catalogue::prelude::*;
use crate::counting::dense::telgarsky_upper;
use crate::generators::layer_chains::{Dense, Units, dense_layers};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("depth/kinked_line_pieces", AGAINST_ITS_NOTE)
        .remembered_from("Telgarsky2016", "the pieces of a network on a line")
        .as_printed("from memory: (t m)^L for units of t pieces, (2 m)^L for ReLU"),
    statement: "n_0 = 1, L layers of m units at most, an activation of t pieces, read by a sum  ⟹  \
                R4 ≤ (t m)^L",
    cases: || {
        kinked(dense_layers(1..=1, 1..=3, 1..=3, 4), 3)
            .with("folds of one unit", 8, (1usize..=8).prop_map(folds))
            .with("one layer", 8, kinked(dense_layers(1..=1, 1..=1, 4..=20, 99), 4))
            .with("deep", 32, kinked(dense_layers(1..=1, 4..=5, 2..=3, 9), 3))
            .with("wide", 64, kinked(dense_layers(1..=1, 2..=2, 8..=12, 9), 4))
            .with("14 folds", 512, (12usize..=14).prop_map(folds))
    },
    hypotheses: &[given("one input", |case: &Case| case.net.inputs == 1)
        .needed("in the plane three units of two pieces make seven", || {
            Cases::listed((3..=8).map(fan))
        })],
    conclusion: |case| at_most("pieces", case.pieces(), case.bound()),
    twins: &[
        twin("one piece fewer", |case: &Case| below("pieces", case.pieces(), case.bound()))
            .because("absolute values of one unit a layer fold the line in two each time")
            .drawing(|| Cases::listed((1..=8).map(folds))),
        twin("layers add", |case: &Case| {
            let units: usize = case.net.widths().iter().sum();
            at_most("pieces", case.pieces(), case.slopes.len() * units)
        })
        .because("three folds make eight pieces, and six would be allowed")
        .drawing(|| Cases::listed((2..=8).map(folds))),
        twin("whatever the activation", |case: &Case| {
            let widest = case.net.widths().into_iter().max().expect("there is a layer");
            let layers = u32::try_from(case.net.layers.len()).expect("few layers");
            at_most("pieces", case.pieces(), telgarsky_upper(widest, layers))
        })
        .because("a unit with three kinks has four pieces"),
    ],
    well_formed: |case| {
        case.net.check()?;
        let fits = case.kinks.len() <= 4 && case.net.layers.len() <= 16;
        require!(fits, "at most 4 kinks and 16 layers are asked about")?;
        let zero = &Rational::ZERO;
        let activation =
            Activation::piecewise_linear(case.kinks.clone(), case.slopes.clone(), zero);
        activation.map(drop).map_err(|error| error.to_string())
    },
};

/// The kinks of an activation that is 0 at 0, its slopes, one more, and the layers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    kinks: Vec<Rational>,
    slopes: Vec<Rational>,
    net: Dense,
}

impl Case {
    fn activation(&self) -> Activation {
        let (kinks, slopes) = (self.kinks.clone(), self.slopes.clone());
        let activation = Activation::piecewise_linear(kinks, slopes, &Rational::ZERO);
        activation.expect("the case is well formed")
    }

    fn pieces(&self) -> u64 {
        let mut layers = Vec::new();
        for layer in &self.net.layers {
            let units = layer.biases.len();
            layers.push(Layer::dense(units, layer.weights.concat(), layer.biases.clone()));
            layers.push(Layer::Activation(self.activation()));
        }
        let last = self.net.widths()[self.net.layers.len() - 1];
        layers.push(Layer::dense(1, vec![Rational::ONE; last], Vec::new()));
        let net = Network::new(Shape::Flat(self.net.inputs), layers).expect("the layers fit");
        net.count_regions(Notion::R4, &Domain::Whole)
    }

    /// `(t m)^L`, with the slopes that are given as pieces.
    fn bound(&self) -> Natural {
        let widest = self.net.widths().into_iter().max().expect("there is a layer");
        let layers = u32::try_from(self.net.layers.len()).expect("few layers");
        Natural::from(self.slopes.len() * widest).pow(layers)
    }
}

/// These layers, with an activation of so many kinks at most.
fn kinked(nets: BoxedStrategy<Dense>, most: usize) -> BoxedStrategy<Case> {
    (nets, numbers::fraction(4, 2), vec(1i64..=3, 0..=most), numbers::integers(most + 1, 2))
        .prop_map(|(net, first, gaps, mut slopes)| {
            let mut kinks = Vec::new();
            let mut next = first;
            for gap in gaps {
                kinks.push(next.clone());
                next += Rational::new(gap, 2);
            }
            slopes.truncate(kinks.len() + 1);
            Case { kinks, slopes, net }
        })
        .boxed()
}

/// `x -> |2 x - 1|` so many times: one unit a layer, two pieces a unit.
fn folds(layers: usize) -> Case {
    let unit = || Units { weights: vec![vec![Rational::integer(2)]], biases: vec![-Rational::ONE] };
    Case {
        kinks: vec![Rational::ZERO],
        slopes: vec![-Rational::ONE, Rational::ONE],
        net: Dense { inputs: 1, layers: (0..layers).map(|_| unit()).collect() },
    }
}

/// ReLUs on lines in general position in the plane: `x_1 + k x_2 > k^2`.
fn fan(n: usize) -> Case {
    let weights = (0..n).map(|k| vec![Rational::ONE, Rational::from(k)]).collect();
    let biases = (0..n).map(|k| -Rational::from(k * k)).collect();
    Case {
        kinks: vec![Rational::ZERO],
        slopes: vec![Rational::ZERO, Rational::ONE],
        net: Dense { inputs: 2, layers: vec![Units { weights, biases }] },
    }
}
