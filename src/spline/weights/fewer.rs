//! Fewer channels with the same outputs, at no higher cost: Caratheodory's argument on columns.

use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// Factors `s >= 0` of some columns: `sum s_k column_k` is `sum column_k` up to a combination of
/// the free columns, `sum s_k cost_k` is at most `sum cost_k`, and the columns whose factor is not
/// zero are linearly independent modulo the free ones.
///
/// So at most (rows) - (rank of the free columns) factors are not zero. Cost: one null space for
/// each factor that becomes zero. Panics unless all columns have one length, one row at least, and
/// there is a cost for each column.
pub fn fewer_columns(
    columns: &[Vec<Rational>],
    costs: &[Rational],
    free: &[Vec<Rational>],
) -> Vec<Rational> {
    assert_eq!(columns.len(), costs.len(), "one cost a column");
    let mut factors = vec![Rational::ONE; columns.len()];
    loop {
        let left: Vec<usize> = (0..factors.len()).filter(|k| !factors[*k].is_zero()).collect();
        let scaled = left.iter().map(|k| columns[*k].iter().map(|x| x * &factors[*k]).collect());
        let rows: Vec<Vec<Rational>> = scaled.chain(free.iter().cloned()).collect();
        if rows.is_empty() {
            return factors;
        }
        let kernel = Matrix::from_rows(rows).transpose().null_space();
        let moves = |beta: &&Vec<Rational>| beta[..left.len()].iter().any(|b| !b.is_zero());
        let Some(beta) = kernel.iter().find(moves) else { return factors };
        let mut beta = beta[..left.len()].to_vec();
        let charged = beta.iter().zip(&left).map(|(b, k)| b * &costs[*k] * &factors[*k]);
        let growth: Rational = charged.sum();
        let falls = beta.iter().any(Rational::is_negative);
        if growth.is_positive() || (growth.is_zero() && !falls) {
            beta.iter_mut().for_each(|b| *b = -&*b);
        }
        // The first factor to become zero says how far.
        let steps = beta.iter().filter(|b| b.is_negative()).map(|b| -b.recip());
        let Some(step) = steps.min() else { return factors };
        for (b, k) in beta.iter().zip(&left) {
            factors[*k] = &factors[*k] * (Rational::ONE + &step * b);
        }
    }
}
