//! Points of which signed sums are taken.

use super::prelude::*;
use crate::analysis::enclosure::Enclosure;
use crate::analysis::rademacher::{RootSum, apart, signed_sums};

/// Points, `[n, d]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointSet {
    /// The points.
    pub points: Vec<Vec<Rational>>,
}

impl PointSet {
    /// `|Σ ε_i x_i|²` for all choices of signs.
    pub fn squares(&self) -> Vec<Rational> {
        signed_sums(&self.points).iter().map(|sum| dot(sum, sum)).collect()
    }

    /// `Σ |x_i|²`.
    pub fn energy(&self) -> Rational {
        self.points.iter().map(|x| dot(x, x)).sum()
    }

    /// The square of the mean of `|Σ ε_i x_i|` beside a bound, both rounded, but not past each
    /// other; `None` where they are too near.
    pub fn squared_mean_beside(&self, bound: &Rational) -> Option<(Rational, Rational)> {
        let mean = RootSum::mean(self.squares().into_iter());
        apart(|bits| mean.square(bits), |_| Ok(Enclosure::point(bound.clone())))
    }

    /// Why these are no points, or too many, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = numbers::length_of_first(&self.points, "there must be a point")?;
        if self.points.iter().any(|x| x.len() != d) || d > 8 {
            return Err("points have one number of entries, at most 8".to_owned());
        }
        require!(
            self.points.len() <= 10,
            "{} points; 2^10 choices of signs at most",
            self.points.len()
        )
    }
}

/// Sets of few and of ten points.
pub fn of_every_size() -> Strata<PointSet> {
    vec![
        ("base", 1, point_sets(1..=5, 1..=2, 2)),
        ("larger", 4, point_sets(1..=5, 1..=3, 9)),
        ("10 points", 16, point_sets(10..=10, 1..=3, 1)),
    ]
}

/// Points up to `most`; one set in four is one point again and again.
pub fn point_sets(n: Span, d: Span, most: i64) -> BoxedStrategy<PointSet> {
    (n, d)
        .prop_flat_map(move |(n, d)| (vec(numbers::integers(d, most), n), 0..4))
        .prop_map(|(mut points, kind)| {
            if kind == 0 {
                let first = points[0].clone();
                points.fill(first);
            }
            PointSet { points }
        })
        .boxed()
}
