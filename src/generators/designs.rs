//! Design matrices of full rank, and least-norm solutions.

use super::prelude::*;

/// A design, `[n, p]`, one row a sample.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Design {
    /// The rows.
    pub rows: Vec<Vec<Rational>>,
}

impl Design {
    /// The number of samples.
    pub fn samples(&self) -> usize {
        self.rows.len()
    }

    /// The number of features. Panics without a row.
    pub fn features(&self) -> usize {
        self.rows[0].len()
    }

    /// The design as a matrix.
    pub fn matrix(&self) -> Matrix {
        Matrix::from_rows(self.rows.clone())
    }

    /// The inverse of `X X^T`. Panics unless the rows are independent.
    pub fn inverse_gram(&self) -> Matrix {
        let n = self.samples();
        let gram = self.rows.iter().map(|x| self.rows.iter().map(|y| dot(x, y)).collect());
        let gram = Matrix::from_rows(gram.collect());
        let column = |j: usize| {
            let unit: Vec<_> = (0..n).map(|i| Rational::from(i == j)).collect();
            gram.solve(&unit).expect("the rows are independent")
        };
        // The inverse of a symmetric matrix is symmetric.
        Matrix::from_rows((0..n).map(column).collect())
    }

    /// The transposed design.
    pub fn transposed(&self) -> Self {
        let column = |j: usize| self.rows.iter().map(|row| row[j].clone()).collect();
        Self { rows: (0..self.features()).map(column).collect() }
    }

    /// The sum of the squares of the vector of least norm with `X b = y`. Panics unless the rows
    /// are
    /// independent.
    pub fn least_square(&self, y: &[Rational]) -> Rational {
        dot(y, &self.inverse_gram().apply(y))
    }

    /// Why this is no design of at least as many features as samples and at most `most`, in a
    /// sentence.
    pub fn check_wide(&self, most: usize) -> Result<(), String> {
        self.check(most)?;
        require!(self.matrix().rank() >= self.samples(), "the samples are independent")
    }

    /// Why this is no matrix of 1 to `most` rows and columns, in a sentence.
    pub fn check(&self, most: usize) -> Result<(), String> {
        let p = numbers::length_of_first(&self.rows, "there must be a sample")?;
        if self.rows.iter().any(|row| row.len() != p) {
            return Err("samples have one number of features".to_owned());
        }
        require!(
            (1..=most).contains(&p) && self.rows.len() <= most,
            "1 to {most} features, and at most {most} samples"
        )
    }
}

/// The sum of the diagonal.
pub fn trace(matrix: &Matrix) -> Rational {
    (0..matrix.rows()).map(|i| matrix[(i, i)].clone()).sum()
}

/// Designs of this many samples and of this many features more, integers up to `most`; one shifted
/// diagonal of ones with zeros before it makes the rows independent.
pub fn wide(samples: Span, more: Span, most: i64) -> BoxedStrategy<Design> {
    (samples, more)
        .prop_flat_map(move |(n, more)| {
            (vec(numbers::integers(n + more, most), n), 0..=more, any::<bool>())
        })
        .prop_map(|(mut rows, shift, is_plain)| {
            for (i, row) in rows.iter_mut().enumerate() {
                row[shift..shift + i].fill(Rational::ZERO);
                row[shift + i] = Rational::ONE;
            }
            // The same rows added up are as independent.
            for i in (1..rows.len()).filter(|_| !is_plain) {
                let before = rows[i - 1].clone();
                rows[i].iter_mut().zip(before).for_each(|(x, y)| *x += y);
            }
            Design { rows }
        })
        .boxed()
}
