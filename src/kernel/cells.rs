//! The gates of all units at given points, cell by cell; kernels are averages over these cells.
//!
//! The gates at finitely many points depend only on the cell of the unit's weights between the
//! hyperplanes that the points are normal to. So the gradients of all units are finitely many
//! vectors. Linear algebra decides whether a kernel is singular and whether labels can be fitted.

use super::points::{Points, opposite};
use crate::analysis::separation;
use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// The gates `[cells, n]` that units without bias can have at the points, ties left out: `true`
/// where the unit is open.
///
/// Cost: one linear program a cell and direction, see [`separation::dichotomies`].
pub fn gates(points: &Points) -> Vec<Vec<bool>> {
    let mut lines: Vec<Vec<Rational>> = Vec::new();
    let place = |lines: &[Vec<Rational>], x: &Vec<Rational>| {
        let same = lines.iter().position(|line| line == x).map(|k| (k, true));
        same.or_else(|| lines.iter().position(|line| *line == opposite(x)).map(|k| (k, false)))
    };
    let mut places = Vec::new();
    for i in 0..points.len() {
        let x = points.direction(i);
        let found = place(&lines, &x).unwrap_or_else(|| {
            lines.push(x);
            (lines.len() - 1, true)
        });
        places.push(found);
    }
    let cells = separation::dichotomies(&lines);
    let at_points = |signs: Vec<bool>| places.iter().map(|&(k, same)| signs[k] == same).collect();
    cells.into_iter().map(|(signs, _)| at_points(signs)).collect()
}

/// The gradients of a unit at the points as functions of its weights: row `i` has, cell by cell,
/// point `i` where the unit is open and zeros where it is closed. Shape `[n, cells d]`.
pub fn features(points: &Points) -> Matrix {
    let cells = gates(points);
    let row = |(i, x): (usize, &Vec<Rational>)| {
        let entry = |open: bool, t: &Rational| if open { t.clone() } else { Rational::ZERO };
        cells.iter().flat_map(|cell| x.iter().map(move |t| entry(cell[i], t))).collect()
    };
    Matrix::from_rows(points.points.iter().enumerate().map(row).collect())
}

/// The dimension of the null space of the kernel, decided exactly.
///
/// The kernel is the Gram matrix of the features, each cell weighted by its probability, and every
/// cell has a positive one; so both have one null space.
pub fn nullity(points: &Points) -> usize {
    points.len() - features(points).rank()
}

/// Whether some network without biases, of any width and with any weights, has the sign of the
/// label at every point; either answer is proved and the proof checked.
///
/// Such networks span what the features span, since a unit is linear on a cell. Panics unless there
/// is one label a point.
pub fn proved_fit(points: &Points, positive: &[bool]) -> bool {
    assert_eq!(points.len(), positive.len(), "one label a point");
    let features = features(points);
    let rows: Vec<_> = (0..features.rows()).map(|i| features.row(i).to_vec()).collect();
    separation::proved_weights(&separation::signed(&rows, positive)).is_some()
}
