//! Vectors and matrices; elimination without fractions.
//!
//! Rows are cleared of denominators, eliminated in integers, and only the answer is a fraction.

mod elimination;

use super::IntegerRow;
use super::Rational;
use crate::in_words_or_big;
pub use elimination::power_modulo;
use elimination::{determinant, null_space, rank, rank_modulo_prime, solution};
use std::ops::{Index, IndexMut};

/// The scalar product of two vectors. Panics if their lengths differ.
pub fn dot(a: &[Rational], b: &[Rational]) -> Rational {
    assert_eq!(a.len(), b.len(), "a scalar product needs vectors of one length");
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A matrix of exact numbers, `[rows, cols]`, stored row by row.
///
/// ```
/// use crease_core::exact::{Rational, linear::Matrix};
/// let a = Matrix::from_rows(vec![vec![2.into(), 1.into()], vec![1.into(), 1.into()]]);
/// assert_eq!(a.determinant(), Rational::ONE);
/// assert_eq!(a.solve(&[3.into(), 2.into()]), Some(vec![1.into(), 1.into()]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Matrix {
    rows: usize,
    cols: usize,
    entries: Vec<Rational>,
}

impl Matrix {
    /// The matrix with the given rows; no rows make a `0 x 0` matrix. Panics if lengths differ.
    pub fn from_rows(rows: Vec<Vec<Rational>>) -> Self {
        let (count, cols) = (rows.len(), rows.first().map_or(0, Vec::len));
        assert!(rows.iter().all(|row| row.len() == cols), "the rows of a matrix have one length");
        Self { rows: count, cols, entries: rows.into_iter().flatten().collect() }
    }

    /// The zero matrix.
    pub fn zero(rows: usize, cols: usize) -> Self {
        Self { rows, cols, entries: vec![Rational::ZERO; rows * cols] }
    }

    /// The identity matrix, `[n, n]`.
    pub fn identity(n: usize) -> Self {
        let mut result = Self::zero(n, n);
        for i in 0..n {
            result[(i, i)] = Rational::ONE;
        }
        result
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Row `i`. Panics if there is none.
    pub fn row(&self, i: usize) -> &[Rational] {
        assert!(i < self.rows, "row {i} of a matrix with {} rows", self.rows);
        &self.entries[i * self.cols..(i + 1) * self.cols]
    }

    /// The transpose, `[cols, rows]`.
    pub fn transpose(&self) -> Self {
        let columns = (0..self.cols).map(|j| (0..self.rows).map(move |i| self[(i, j)].clone()));
        Self { rows: self.cols, cols: self.rows, entries: columns.flatten().collect() }
    }

    /// The matrix product `self * other`, `[self.rows, other.cols]`.
    ///
    /// Law: `a.product(&b).apply(x) == a.apply(&b.apply(x))`. Panics unless
    /// `self.cols == other.rows`.
    pub fn product(&self, other: &Self) -> Self {
        assert_eq!(self.cols, other.rows, "a product needs as many columns as rows");
        let right = other.transpose();
        let entry = |i, j| dot(self.row(i), right.row(j));
        let entries =
            (0..self.rows).flat_map(|i| (0..right.rows).map(move |j| entry(i, j))).collect();
        Self { rows: self.rows, cols: right.rows, entries }
    }

    /// The vector `self * x`. Panics unless `x` has one entry a column.
    pub fn apply(&self, x: &[Rational]) -> Vec<Rational> {
        assert_eq!(x.len(), self.cols, "a matrix applies to one entry a column");
        (0..self.rows).map(|i| dot(self.row(i), x)).collect()
    }

    /// The number of linearly independent rows.
    ///
    /// Cost: elimination modulo one prime when the rank is full, else in integers.
    pub fn rank(&self) -> usize {
        let cleared = self.cleared();
        // A minor that is not zero modulo a prime is not zero.
        if rank_modulo_prime(&cleared, self.cols) == self.rows.min(self.cols) {
            return self.rows.min(self.cols);
        }
        in_words_or_big!(rank(&cleared, self.cols))
    }

    /// The determinant; that of the `0 x 0` matrix is one. Panics if the matrix is not square.
    pub fn determinant(&self) -> Rational {
        assert_eq!(self.rows, self.cols, "only a square matrix has a determinant");
        let cleared = self.cleared();
        in_words_or_big!(determinant(&cleared))
    }

    /// A solution `x` of `self * x == b`, or `None` if there is none.
    ///
    /// Where there are many, the one with zeros at every column that depends on columns before it.
    /// Panics unless `b` has one entry a row.
    pub fn solve(&self, b: &[Rational]) -> Option<Vec<Rational>> {
        assert_eq!(b.len(), self.rows, "a right-hand side has one entry a row");
        let augmented: Vec<IntegerRow> =
            (0..self.rows).map(|i| IntegerRow::new(self.row(i).iter().chain([&b[i]]))).collect();
        in_words_or_big!(solution(&augmented, self.cols))
    }

    /// A basis of `{x : self * x == 0}`, `cols - rank` vectors.
    pub fn null_space(&self) -> Vec<Vec<Rational>> {
        let cleared = self.cleared();
        in_words_or_big!(null_space(&cleared, self.cols))
    }

    fn cleared(&self) -> Vec<IntegerRow> {
        (0..self.rows).map(|i| IntegerRow::new(self.row(i).iter())).collect()
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = Rational;
    fn index(&self, (i, j): (usize, usize)) -> &Rational {
        assert!(j < self.cols, "column {j} of a matrix with {} columns", self.cols);
        &self.row(i)[j]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut Rational {
        assert!(i < self.rows && j < self.cols, "entry ({i}, {j}) is outside the matrix");
        &mut self.entries[i * self.cols + j]
    }
}
