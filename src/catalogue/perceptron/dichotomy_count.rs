//! # Hyperplanes through the origin split `n` points of `R^d` in `2 sum_{k<d} C(n-1, k)` ways
//!
//! The points are in general position: every `d` of them, or all if there are fewer, are linearly
//! independent. A way to split is a labelling by the open sides of a hyperplane through the origin
//! that meets none of the points.
//!
//! The count is not an upper bound that is reached sometimes: it is the same for all such points.
//! Without general position it is smaller.
#![doc = include_str!("../../../proofs/perceptron/dichotomy_count.md")]

use crate::claim::{self, prelude::*};
use crate::exact::Rational;
use crate::exact::separation;
use crate::generators::{numbers, samples};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The claim.
pub static CLAIM: Claim<Case> = Claim {
    card: Card {
        id: "perceptron/dichotomy_count",
        title: "n points in general position have 2 Σ_{k<d} C(n-1, k) dichotomies",
        statement: "x_1 … x_n ∈ R^d, every min(d, n) of them independent  ⟹  \
                    #{sgn⟨w, x_i⟩ without a zero} = 2 Σ_{k<d} C(n-1, k)",
        source: Source::new("Cover1965", "the function counting theorem"),
        wording: Wording::Remembered,
        as_printed: None,
        standing: Standing::Theorem,
        evidence: Evidence::PropertyTested,
        note: "proofs/perceptron/dichotomy_count.md",
    },
    cases: general,
    hypotheses: &[Hypothesis::new("general position", |case| {
        separation::in_general_position(&case.points)
    })],
    conclusion: |case| case.counted(&case.points, case.dimension()),
    twins: &[
        Twin::without("general position", four_in_a_plane, "four of five points in a plane of R^3"),
        Twin::concluding(
            "a threshold costs nothing",
            |case: &Case| {
                let one = [Rational::ONE];
                let lifted: Vec<_> = case.points.iter().map(|x| [x, &one[..]].concat()).collect();
                case.counted(&lifted, case.dimension())
            },
            "a threshold is one dimension more",
        )
        .drawing(small),
        Twin::concluding(
            "every labelling occurs",
            |case| {
                let count = separation::dichotomies(&case.points).len();
                Finding::equal("dichotomies", count, 1 << case.points.len())
            },
            "beyond d points some labelling is lost",
        ),
        Twin::concluding(
            "as many as regions of hyperplanes anywhere",
            |case| {
                let count = separation::dichotomies(&case.points).len();
                let regions: u64 =
                    (0..=case.dimension()).map(|k| choose(case.points.len(), k)).sum();
                Finding::equal("dichotomies", count, regions)
            },
            "n hyperplanes in general position meet in more regions than n through the origin",
        ),
    ],
};

/// The points `[n, d]`, at most twelve of them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    points: Vec<Vec<Rational>>,
}

impl claim::Case for Case {
    fn well_formed(&self) -> Result<(), String> {
        let Some(first) = self.points.first() else {
            return Err("there must be one point at least".into());
        };
        if self.points.len() > 12 || first.is_empty() {
            return Err(format!("{} points; 12 is the most, in R^1 or above", self.points.len()));
        }
        match self.points.iter().find(|x| x.len() != first.len()) {
            Some(x) => Err(format!("points with {} and with {} entries", first.len(), x.len())),
            None => Ok(()),
        }
    }
}

impl Case {
    fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// Claims that these points have as many dichotomies as the formula says for `d`.
    fn counted(&self, points: &[Vec<Rational>], d: usize) -> Conclusion {
        let formula: u64 = (0..d).map(|k| 2 * choose(points.len() - 1, k)).sum();
        Finding::equal("dichotomies", separation::dichotomies(points).len(), formula)
    }
}

/// The binomial coefficient.
fn choose(n: usize, k: usize) -> u64 {
    (0..k).fold(1, |product, i| product * (n.saturating_sub(i) as u64) / (i as u64 + 1))
}

fn general() -> Cases<Case> {
    (1usize..=4, 1usize..=7)
        .prop_flat_map(|(d, n)| samples::in_general_position(d, n, 3))
        .prop_map(|points| Case { points })
        .cases()
}

fn small() -> Cases<Case> {
    (1usize..=2, 1usize..=4)
        .prop_flat_map(|(d, n)| samples::in_general_position(d, n, 2))
        .prop_map(|points| Case { points })
        .cases()
}

/// Four points of `R^3` in a plane through the origin, any two independent, and one outside.
fn four_in_a_plane() -> Cases<Case> {
    (samples::in_general_position(2, 4, 2), numbers::integers(2, 2), numbers::nonzero_integer(2))
        .prop_map(|(plane, mut outside, height)| {
            let lift = |x: Vec<Rational>| [x, vec![Rational::ZERO]].concat();
            let mut points: Vec<_> = plane.into_iter().map(lift).collect();
            outside.push(height);
            points.push(outside);
            Case { points }
        })
        .cases()
}
