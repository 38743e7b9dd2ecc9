//! # A one-layer CNN reaches `R_N` regions, the published maximum
//!
//! As printed: the maximal number of regions of a one-layer ReLU CNN equals `R_N`, the number of
//! sets of units that can be matched each to an input of its own window (Hall's condition). This
//! is false in two dimensions. For input 3x3 and two 2x2 filters `R_N = 256`, and no choice of
//! parameters gives more than 255.
//!
//! Checked in an exact finite form: `R_N` would have to stay below every bound that is valid for
//! all parameters. A set of units whose rows are dependent for *every* choice of
//! the weights contributes no region, and two filters taken whole on a box of positions as large
//! as the filter are such a set (`regions/commutator_identity`). The case brings weights, and the
//! conclusion verifies the dependency on them before it subtracts anything.
#![doc = include_str!("../../../proofs/regions/one_layer_maximum_as_printed.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::generators::numbers;
use crate::geometry::transversal::Windows;
use crate::net::{Layer, Network, Shape, Window};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "regions/one_layer_maximum_as_printed",
        title: "A one-layer CNN reaches R_N regions, the published maximum",
        statement: "R_N = Σ_{t ∈ K_N} Π C(d, t_p) exceeds no bound valid for all parameters: R_N ≤ \
                    R_N - #{Hall-independent sets with two whole filters, whose rows are verified \
                    dependent}",
        source: Source::new("Xiong2020", "Theorem 2, equation 3"),
        wording: Wording::Quoted,
        as_printed: Some(
            "an equality for every shape, as a third party's note quotes it; \
             the paper's full text was not available",
        ),
        standing: Standing::RefutedAsPrinted { repaired_by: "regions/two_shared_filters" },
        evidence: Evidence::PropertyTested,
        note: "proofs/regions/one_layer_maximum_as_printed.md",
    },
    cases: shapes,
    hypotheses: &[],
    conclusion: |case| Finding::at_most("published count", case.published(), case.ceiling()),
    twins: &[],
};

/// One layer, one input channel, stride one: `filters: [d][f1 * f2]`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    input: [usize; 2],
    filter: [usize; 2],
    filters: Vec<Vec<Rational>>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let fits = (0..2).all(|i| (1..=self.input[i]).contains(&self.filter[i]));
        if !fits || self.input.iter().any(|&n| n > 8) || self.positions() > 9 {
            return Err(
                "the filter must fit an input of at most 8x8, at 9 positions at most".into()
            );
        }
        let taps = self.filter[0] * self.filter[1];
        match self.filters.iter().find(|f| f.len() != taps) {
            Some(f) => Err(format!("a filter has {} taps, expected {taps}", f.len())),
            None if self.filters.len() > 4 => Err("at most 4 filters".to_owned()),
            None => Ok(()),
        }
    }
}

impl Case {
    fn positions(&self) -> usize {
        (0..2).map(|i| self.input[i] + 1 - self.filter[i]).product()
    }

    fn windows(&self) -> Windows {
        Windows::sliding(self.input, self.filter)
    }

    /// `R_N`, by its definition.
    fn published(&self) -> Rational {
        self.windows().published_count(self.filters.len() as u32)
    }

    /// A number of regions that no parameters exceed.
    fn ceiling(&self) -> Rational {
        let published = self.published();
        if !self.is_box() || !self.filters_commute() {
            return published;
        }
        let lost = self.windows().sets_with_two_full_filters(self.filters.len() as u32);
        published - lost
    }

    /// The rows of the units `[filter][position]` on the input, as the network computes them.
    fn rows(&self) -> Matrix {
        let shape = Shape::Plane([1, self.input[0], self.input[1]]);
        let window = Window::plane(self.filter[0], self.filter[1]);
        let filters = self.filters.concat();
        let conv = Layer::convolution(self.filters.len(), window, filters, Vec::new());
        let net = Network::new(shape, vec![conv]).expect("the filter fits the input");
        let units = Matrix::identity(shape.units());
        let columns = (0..shape.units()).map(|i| net.eval(units.row(i))).collect();
        Matrix::from_rows(columns).transpose()
    }

    fn is_box(&self) -> bool {
        (0..2).all(|i| self.input[i] + 1 == 2 * self.filter[i])
    }

    /// Whether for all filters `u, v` the rows of their units satisfy
    /// `sum_p v(p) row(p, u) = sum_p u(p) row(p, v)`, asked of the rows themselves.
    fn filters_commute(&self) -> bool {
        let (rows, d, positions) = (self.rows(), self.filters.len(), self.positions());
        let weighted = |by: usize, of: usize, input: usize| -> Rational {
            let unit = |p: usize| &rows[(of * positions + p, input)];
            self.filters[by].iter().enumerate().map(|(p, w)| w * unit(p)).sum()
        };
        let commute = |u, v| (0..rows.cols()).all(|i| weighted(v, u, i) == weighted(u, v, i));
        (0..d).all(|u| (0..u).all(|v| commute(u, v)))
    }
}

/// One- and two-dimensional shapes, up to three filters without zero taps.
fn shapes() -> Cases<Case> {
    let line = (1usize..=3, 0usize..=3).prop_map(|(f, more)| ([1, f + more], [1, f]));
    let plane = ([1usize..=2, 1usize..=2], [0usize..=1, 0usize..=1])
        .prop_map(|(f, more)| ([f[0] + more[0], f[1] + more[1]], f));
    (prop_oneof![line, plane], 1usize..=3)
        .prop_flat_map(|((input, filter), d)| {
            let taps = vec(numbers::nonzero_integer(9), filter[0] * filter[1]);
            vec(taps, d).prop_map(move |filters| Case { input, filter, filters })
        })
        .cases()
}
