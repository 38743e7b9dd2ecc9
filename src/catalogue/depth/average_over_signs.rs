//! # Over all signs a generic second layer has the same average number of regions
//!
//! Change the signs of all weights with which the second layer reads a unit of the first, and do
//! so for every set of units. The average number of regions of these networks depends on the
//! widths alone, so it is the expectation under every law that is symmetric in these signs: for
//! Gaussian weights, say.
#![doc = include_str!("../../../proofs/depth/average_over_signs.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::generators::stacked::{Dense, dense_with};
use crate::geometry::counting::{choose, choose_up_to, dense};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "depth/average_over_signs",
        title: "Over all signs a generic second layer has the same average number of regions",
        statement: "widths n_1, n_2, independent rows in the first layer, no vanishing minor of \
                    [W_2 | b_2]  ⟹  the mean of the regions over the signs of the columns of W_2 \
                    = Σ_k C(n_1, k) 2^−k Σ_{j≤k} C(n_2 + k, j)",
        source: Source::new("Crease", "asked here: the expected count under Gaussian weights"),
        wording: Wording::Derived,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/depth/average_over_signs.md",
    },
    cases: || networks(0, 30),
    hypotheses: &[
        Hypothesis::new("independent rows in the first layer", |Case(net)| {
            let rows = net.layers[0].weights.clone();
            Matrix::from_rows(rows).rank() == net.widths()[0]
        }),
        Hypothesis::new("no vanishing minor in the second", |case| !case.has_vanishing_minor()),
    ],
    conclusion: |case| Finding::equal("mean number of regions", case.mean(true), case.expected()),
    twins: &[
        Twin::without(
            "independent rows in the first layer",
            || networks(1, 30),
            "not all sets of units are on somewhere",
        ),
        Twin::without(
            "no vanishing minor in the second",
            || networks(0, 1),
            "parallel hyperplanes, or some through one point, cut less",
        ),
        Twin::concluding(
            "the mean over the signs of the biases",
            |case| Finding::equal("mean number of regions", case.mean(false), case.expected()),
            "turning all hyperplanes over is one change of signs among many",
        ),
        Twin::concluding(
            "the mean is the maximum",
            |case| {
                let widths = case.0.widths();
                let maximum = dense::serra_upper(widths[0], &widths);
                Finding::equal("mean number of regions", case.mean(true), maximum)
            },
            "a hyperplane misses an orthant if its signs say so",
        ),
    ],
};

/// Two dense layers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Case(Dense);

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        self.0.check()?;
        match self.0.widths()[..] {
            [1..=5, 1..=5] => Ok(()),
            ref widths => Err(format!("widths {widths:?}, expected two of at most 5")),
        }
    }
}

impl Case {
    /// The average number of regions over the signs of the columns of the second layer; of its
    /// biases if not `columns`.
    fn mean(&self, columns: bool) -> Rational {
        let signs = self.0.widths()[usize::from(!columns)];
        let regions = |set: u32| {
            let mut net = self.0.clone();
            let second = &mut net.layers[1];
            let turned = (0..signs).filter(|i| set >> i & 1 == 1);
            for i in turned {
                if columns {
                    second.weights.iter_mut().for_each(|row| row[i] = -&row[i]);
                } else {
                    second.biases[i] = -&second.biases[i];
                }
            }
            Rational::from(net.regions())
        };
        (0..1 << signs).map(regions).sum::<Rational>() / Rational::integer(1 << signs)
    }

    /// `sum over k of C(n_1, k) 2^-k sum over j <= k of C(n_2 + k, j)`.
    fn expected(&self) -> Rational {
        let widths = self.0.widths();
        let orthants = |k: usize| {
            let cells = choose(widths[0], k) * choose_up_to(widths[1] + k, k);
            Rational::from(cells) / Rational::integer(1 << k)
        };
        (0..=widths[0]).map(orthants).sum()
    }

    /// Whether a minor of the weights of the second layer, with the biases as one more column, is
    /// zero.
    fn has_vanishing_minor(&self) -> bool {
        let second = &self.0.layers[1];
        let (rows, columns) = (second.biases.len(), second.weights[0].len() + 1);
        let entry = |i: usize, j: usize| second.weights[i].get(j).unwrap_or(&second.biases[i]);
        let members = |set: u32, n: usize| (0..n).filter(move |i| set >> i & 1 == 1);
        let singular = |of: u32, at: u32| {
            let row = |i| members(at, columns).map(|j| entry(i, j).clone()).collect();
            Matrix::from_rows(members(of, rows).map(row).collect()).determinant().is_zero()
        };
        (1u32..1 << rows).any(|of| {
            let squares = (1u32..1 << columns).filter(|at| at.count_ones() == of.count_ones());
            squares.into_iter().any(|at| singular(of, at))
        })
    }
}

/// As many inputs as units of the first layer, less `missing`; weights of size at most `most`.
fn networks(missing: usize, most: i64) -> Cases<Case> {
    (1 + missing..=3, 1usize..=3)
        .prop_flat_map(move |(first, second)| {
            dense_with(first - missing, vec![first, second], most)
        })
        .prop_map(Case)
        .cases()
}
