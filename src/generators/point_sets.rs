//! Points of which signed sums are taken.

use super::prelude::*;
use crate::analysis::rademacher::signed_sums;
use crate::exact::linear::dot;

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

    /// Why these are no points, or too many, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let Some(first) = self.points.first() else {
            return Err("there must be a point".to_owned());
        };
        if self.points.iter().any(|x| x.len() != first.len()) || first.len() > 8 {
            return Err("points have one number of entries, at most 8".to_owned());
        }
        if self.points.len() > 10 {
            return Err(format!("{} points; 2^10 choices of signs at most", self.points.len()));
        }
        Ok(())
    }
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
