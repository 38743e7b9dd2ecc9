//! Stochastic approximation on a quadratic: how far from the minimum it is on average.
//!
//! A step takes `x` to `x - eta (A x + noise)`. If the noise has mean zero and covariance `C` and
//! does
//! not depend on the past, `E x x^T` obeys a recursion without an error term.

use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// The mean square after a step of size `eta` at curvature `h`, from the mean square before and
/// the variance of the noise: `(1 - eta h)^2 m + eta^2 s`.
pub fn after(m: &Rational, h: &Rational, variance: &Rational, eta: &Rational) -> Rational {
    (Rational::ONE - eta * h).pow(2) * m + eta.pow(2) * variance
}

/// `E x x^T` after the steps, from `E x x^T` before them, `A` and `C`, all `[d, d]`:
/// `M` becomes `(I - eta A) M (I - eta A)^T + eta^2 C`.
///
/// Panics unless the shapes agree.
pub fn moments(start: Matrix, a: &Matrix, covariance: &Matrix, steps: &[Rational]) -> Matrix {
    let d = a.rows();
    steps.iter().fold(start, |moment, eta| {
        let mut shrink = Matrix::identity(d);
        for i in 0..d {
            (0..d).for_each(|j| shrink[(i, j)] -= eta * &a[(i, j)]);
        }
        let mut moment = shrink.product(&moment).product(&shrink.transpose());
        for i in 0..d {
            (0..d).for_each(|j| moment[(i, j)] += eta.pow(2) * &covariance[(i, j)]);
        }
        moment
    })
}
