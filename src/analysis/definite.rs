//! Symmetric matrices of exact or enclosed numbers: definite or not, by the pivots of elimination.
//!
//! All pivots positive proves a matrix positive definite, one negative pivot after positive ones
//! proves that it is not; so the smallest eigenvalue is found by bisection and no root of a
//! polynomial is taken.

use super::enclosure::Enclosure;
use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// A symmetric matrix, `[n, n]`, whose entries are known exactly or enclosed.
///
/// ```
/// use crease::analysis::{definite::Symmetric, enclosure::Enclosure};
/// use crease::exact::Rational;
/// let entry = |i: usize, j: usize| Rational::from(if i == j { 2 } else { 1 });
/// let a = Symmetric::new(3, |i, j| Enclosure::point(entry(i, j)));
/// let pivots: Vec<_> = a.pivots(0).iter().map(|p| p.lo().to_string()).collect();
/// assert_eq!(pivots, ["2", "3/2", "4/3"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symmetric {
    /// Row `i` has the entries up to the diagonal.
    lower: Vec<Vec<Enclosure>>,
}

impl Symmetric {
    /// The matrix with these entries; `entry(i, j)` is asked for `j <= i` only.
    pub fn new(n: usize, entry: impl Fn(usize, usize) -> Enclosure) -> Self {
        Self { lower: (0..n).map(|i| (0..=i).map(|j| entry(i, j)).collect()).collect() }
    }

    /// The number of rows.
    pub fn size(&self) -> usize {
        self.lower.len()
    }

    /// An entry.
    pub fn entry(&self, i: usize, j: usize) -> &Enclosure {
        &self.lower[i.max(j)][i.min(j)]
    }

    /// The matrix, if all entries are known exactly.
    pub fn exact(&self) -> Option<Matrix> {
        let n = self.size();
        let entry = |i: usize, j: usize| self.entry(i, j).value().cloned();
        let row = |i| (0..n).map(|j| entry(i, j)).collect::<Option<Vec<_>>>();
        Some(Matrix::from_rows((0..n).map(row).collect::<Option<Vec<_>>>()?))
    }

    /// The matrix minus `shift` times the identity.
    pub fn shifted(&self, shift: &Rational) -> Self {
        let shift = Enclosure::point(shift.clone());
        Self::new(self.size(), |i, j| {
            if i == j { self.entry(i, j).difference(&shift) } else { self.entry(i, j).clone() }
        })
    }

    /// The quadratic form `x . A x`. Panics unless `x` has one entry a row.
    pub fn quadratic(&self, x: &[Rational]) -> Enclosure {
        assert_eq!(x.len(), self.size(), "a quadratic form reads one entry a row");
        let terms = (0..x.len()).flat_map(|i| (0..x.len()).map(move |j| (i, j)));
        let zero = Enclosure::point(Rational::ZERO);
        terms.fold(zero, |sum, (i, j)| sum.sum(&self.entry(i, j).scale(&(&x[i] * &x[j]))))
    }

    /// The pivots of elimination without exchanges, up to the first that is not surely positive.
    ///
    /// Law: as many positive pivots as rows prove the matrix positive definite; a last pivot that
    /// is at most zero proves that it is not. Exact entries have exact pivots; what is enclosed is
    /// rounded outward to `places` binary places. Cost: `O(n^3)` operations.
    pub fn pivots(&self, places: u32) -> Vec<Enclosure> {
        let mut left = self.lower.clone();
        let mut pivots = Vec::new();
        for k in 0..left.len() {
            let pivot = left[k][k].clone();
            let ends = !pivot.lo().is_positive();
            pivots.push(pivot.clone());
            if ends {
                break;
            }
            let column: Vec<_> = left.iter().map(|row| row.get(k).cloned()).collect();
            for i in k + 1..left.len() {
                let below = column[i].as_ref().expect("row i has more than k entries");
                let factor = below.quotient(&pivot).expect("the pivot is positive");
                for j in k + 1..=i {
                    let other = column[j].as_ref().expect("row j has more than k entries");
                    let entry = left[i][j].difference(&factor.product(other));
                    left[i][j] =
                        if entry.value().is_some() { entry } else { entry.outward(places) };
                }
            }
        }
        pivots
    }

    /// Whether the matrix is positive definite; `None` if the entries are too wide to tell.
    pub fn is_definite(&self, places: u32) -> Option<bool> {
        match self.pivots(places).last() {
            Some(pivot) if !pivot.hi().is_positive() => Some(false),
            Some(pivot) if !pivot.lo().is_positive() => None,
            _ => Some(true),
        }
    }

    /// Holds the smallest eigenvalue, as narrowly as `steps` bisections and the entries allow.
    ///
    /// Bound: it is at least minus the largest sum of the absolute values of a row, and at most the
    /// smallest entry of the diagonal. Panics if there is no row.
    pub fn smallest_eigenvalue(&self, steps: u32, places: u32) -> Enclosure {
        let n = self.size();
        let size = |i, j| {
            let entry: &Enclosure = self.entry(i, j);
            entry.lo().abs().max(entry.hi().abs())
        };
        let radius = (0..n).map(|i| (0..n).map(|j| size(i, j)).sum::<Rational>()).max();
        let diagonal = (0..n).map(|i| self.entry(i, i).hi().clone()).min();
        let mut low = -radius.expect("there is a row");
        let mut high = diagonal.expect("there is a row");
        for _ in 0..steps {
            let middle = (&low + &high) / Rational::integer(2);
            match self.shifted(&middle).is_definite(places) {
                Some(true) => low = middle,
                Some(false) => high = middle,
                None => break,
            }
        }
        Enclosure::new(low, high)
    }
}
