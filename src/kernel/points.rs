//! Points in a basis that need not be orthonormal.

use crate::analysis::definite::Symmetric;
use crate::analysis::enclosure::Enclosure;
use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Points that are not zero, with the inner products of their basis: a regular hexagon has rational
/// coordinates in no orthonormal basis of the plane, but in that of two of its own vertices.
///
/// ```
/// use crease::kernel::Points;
/// let hexagon = Points::hexagon(&[0, 1, 2, 3, 4, 5]);
/// assert_eq!(hexagon.inner(0, 1).to_string(), "1/2");
/// assert_eq!(hexagon.inner(0, 3).to_string(), "-1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Inner products of the basis, shape `[d, d]`; empty for an orthonormal one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<Vec<Rational>>,
    /// Coordinates, shape `[n, d]`.
    pub points: Vec<Vec<Rational>>,
}

impl Points {
    /// Points in an orthonormal basis.
    pub fn plain(points: Vec<Vec<Rational>>) -> Self {
        Self { form: Vec::new(), points }
    }

    /// Vertices of a regular hexagon on the unit circle, counted in sixths of a turn.
    pub fn hexagon(vertices: &[usize]) -> Self {
        let half = Rational::new(1, 2);
        let form = vec![vec![Rational::ONE, half.clone()], vec![half, Rational::ONE]];
        let vertex = |k: &usize| {
            let (a, b) = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)][k % 6];
            vec![Rational::integer(a), Rational::integer(b)]
        };
        Self { form, points: vertices.iter().map(vertex).collect() }
    }

    /// Why the points do not fit each other, or the form is no inner product, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let d = self.points.first().map_or(0, Vec::len);
        refuse_if!(d == 0, "there must be one point of one coordinate at least");
        for (point, x) in self.points.iter().enumerate() {
            let found = x.len();
            refuse_if!(found != d, "point {point} has {found} coordinates, the first has {d}");
            refuse_if!(x.iter().all(Rational::is_zero), "point {point} is the origin");
        }
        require!(
            self.form.is_empty() || self.has_inner_product(d),
            "the form is not symmetric and positive definite with {d} rows"
        )
    }

    fn has_inner_product(&self, d: usize) -> bool {
        let form = &self.form;
        form.len() == d
            && form.iter().all(|row| row.len() == d)
            && (0..d).all(|i| (0..i).all(|j| form[i][j] == form[j][i]))
            && Symmetric::new(d, |i, j| Enclosure::point(form[i][j].clone())).is_definite(0)
                == Some(true)
    }

    /// The number of points.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The number of coordinates. Panics without points.
    pub fn dimension(&self) -> usize {
        self.points[0].len()
    }

    /// The inner product of two points.
    pub fn inner(&self, i: usize, j: usize) -> Rational {
        self.product(&self.points[i], &self.points[j])
    }

    /// The inner product of two vectors in these coordinates.
    pub fn product(&self, x: &[Rational], y: &[Rational]) -> Rational {
        if self.form.is_empty() {
            return dot(x, y);
        }
        x.iter().zip(&self.form).map(|(x, row)| x * dot(row, y)).sum()
    }

    /// The direction of a point: the positive multiple whose first entry that is not zero is 1 or
    /// -1. Two points have one direction exactly when these agree.
    pub fn direction(&self, i: usize) -> Vec<Rational> {
        let x = &self.points[i];
        let first = x.iter().find(|t| !t.is_zero()).expect("a point is not the origin").abs();
        x.iter().map(|t| t / &first).collect()
    }

    /// The directions that occur, each once.
    pub fn directions(&self) -> BTreeSet<Vec<Rational>> {
        (0..self.len()).map(|i| self.direction(i)).collect()
    }

    /// One direction of each pair of opposite ones that both occur.
    pub fn opposite_pairs(&self) -> Vec<Vec<Rational>> {
        let all = self.directions();
        let first = |x: &Vec<Rational>| x.iter().find(|t| !t.is_zero()).map_or(0, Rational::signum);
        let positive = all.iter().filter(|x| first(x) > 0);
        positive.filter(|x| all.contains(&opposite(x))).cloned().collect()
    }

    /// The rank of the directions of opposite pairs.
    pub fn pair_rank(&self) -> usize {
        Matrix::from_rows(self.opposite_pairs()).rank()
    }

    /// Whether two of the points are multiples of each other.
    pub fn has_parallels(&self) -> bool {
        self.directions().len() < self.len() || !self.opposite_pairs().is_empty()
    }
}

/// The vector with all signs turned.
pub(super) fn opposite(x: &[Rational]) -> Vec<Rational> {
    x.iter().map(|t| -t).collect()
}
