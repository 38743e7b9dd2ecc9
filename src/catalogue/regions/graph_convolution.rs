//! # A graph convolution cuts like one node, once for each node
//!
//! The layer `relu(A X W + b)` mixes nodes by `A` and features by `W`. Where `A` is invertible the
//! mixed nodes `A X` are as free as the nodes, so the number of regions is that of a single node to
//! the power of the number of nodes.
#![doc = include_str!("../../../proofs/regions/graph_convolution.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::generators::numbers;
use crate::geometry::counting::dense::graph_cells;
use crate::net::regions::{Domain, Notion};
use crate::net::{Layer, Network, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/graph_convolution",
        title: "A graph convolution cuts like one node, once for each node",
        statement: "A invertible  ⟹  regions of relu(A X W + b) = (regions of relu(x W + b))^nodes",
        source: Source::new("ChenWangXiong2022", "the question, from the abstract"),
        wording: Wording::Derived,
        as_printed: Some("only the abstract was available; the formula is ours"),
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/graph_convolution.md",
    },
    cases: invertible,
    hypotheses: &[Hypothesis::new("A invertible", |case: &Case| {
        Matrix::from_rows(case.mixing.clone()).rank() == case.mixing.len()
    })],
    conclusion: |case| Finding::equal("regions", case.regions(), case.product()),
    twins: &[
        Twin::without("A invertible", all_alike, "nodes that are alike are cut once"),
        Twin::concluding(
            "as if there were no biases",
            |case: &Case| {
                let (nodes, inputs) = (case.mixing.len(), case.weights.len());
                let central = graph_cells(nodes, inputs, case.biases.len(), false);
                Finding::at_most("regions", case.regions(), central)
            },
            "three lines in general position have seven cells, through a point six",
        )
        .drawing(|| Just(triangle()).cases()),
    ],
};

/// `mixing: [nodes][nodes]`, `weights: [features][units]`, one bias a unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    mixing: Vec<Vec<Rational>>,
    weights: Vec<Vec<Rational>>,
    biases: Vec<Rational>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let (nodes, units) = (self.mixing.len(), self.biases.len());
        if self.mixing.iter().any(|row| row.len() != nodes) {
            return Err(format!("the mixing matrix of {nodes} nodes is not square"));
        }
        if self.weights.iter().any(|row| row.len() != units) {
            return Err(format!("expected {units} weights a feature, as many as biases"));
        }
        let sizes = [nodes, units, self.weights.len()];
        if sizes.contains(&0) || nodes * units > 12 || nodes * self.weights.len() > 8 {
            return Err("expected 1 to 12 units and 1 to 8 inputs in all".to_owned());
        }
        Ok(())
    }
}

impl Case {
    /// Regions of the layer that mixes nodes by `mixing`.
    fn count(&self, mixing: &[Vec<Rational>]) -> u64 {
        let (nodes, features) = (mixing.len(), self.weights.len());
        let mut weights = Vec::new();
        for row in mixing {
            for unit in 0..self.biases.len() {
                let entries = row.iter().flat_map(|a| self.weights.iter().map(move |w| (a, w)));
                weights.extend(entries.map(|(a, w)| a * &w[unit]));
            }
        }
        let biases = std::iter::repeat_n(&self.biases, nodes).flatten().cloned().collect();
        let dense = Layer::dense(nodes * self.biases.len(), weights, biases);
        let input = Shape::Flat(nodes * features);
        let net = Network::new(input, vec![dense, Layer::relu()]).expect("sizes agree");
        net.count_regions(Notion::R2, &Domain::Whole)
    }

    fn regions(&self) -> u64 {
        self.count(&self.mixing)
    }

    fn product(&self) -> Rational {
        let one = Rational::from(self.count(&[vec![Rational::ONE]]));
        self.mixing.iter().map(|_| &one).fold(Rational::ONE, |product, one| product * one)
    }
}

/// A lower triangular matrix with a diagonal that is not zero.
fn invertible() -> Cases<Case> {
    (1usize..=2, 1usize..=2, 1usize..=3)
        .prop_flat_map(|(nodes, features, units)| {
            let diagonal = vec(numbers::nonzero_integer(3), nodes);
            let below = vec(numbers::integers(nodes, 3), nodes);
            let weights = vec(numbers::integers(units, 4), features);
            (diagonal, below, weights, numbers::integers(units, 4))
        })
        .prop_map(|(diagonal, mut mixing, weights, biases)| {
            for (i, entry) in diagonal.into_iter().enumerate() {
                mixing[i][i + 1..].fill(Rational::ZERO);
                mixing[i][i] = entry;
            }
            Case { mixing, weights, biases }
        })
        .cases()
}

/// Two nodes that mix to the same sum, and units that switch on at 1, 2, ..
fn all_alike() -> Cases<Case> {
    (1usize..=3)
        .prop_map(|units| Case {
            mixing: vec![vec![Rational::ONE; 2]; 2],
            weights: vec![vec![Rational::ONE; units]],
            biases: (1..=units).map(|k| -Rational::from(k)).collect(),
        })
        .cases()
}

/// Two nodes with two features, and three units in general position.
fn triangle() -> Case {
    let row = |entries: &[i64]| entries.iter().copied().map(Rational::from).collect::<Vec<_>>();
    Case {
        mixing: vec![row(&[1, 0]), row(&[1, 1])],
        weights: vec![row(&[1, 0, 1]), row(&[0, 1, 1])],
        biases: row(&[0, 0, -1]),
    }
}
