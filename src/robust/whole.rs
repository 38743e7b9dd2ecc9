//! Whole numbers for the exact pass: double words that notice overflow, or numbers of any length.

use crate::exact::Rational;

/// What the pass asks of its numbers. `None` means overflow: the pass starts again in [`Rational`].
pub trait Whole: Clone {
    /// Zero.
    fn zero() -> Self;
    /// The same number; `None` if it is too long.
    fn of(x: &Rational) -> Option<Self>;
    /// The same number.
    fn rational(&self) -> Rational;
    /// -1, 0 or 1.
    fn sign(&self) -> i8;
    /// Adds `factor` times the entries of a row: those with a place to that coefficient, the one
    /// without to the constant.
    fn add_row(
        factor: &Self,
        whole: &[Rational],
        short: Option<&[i128]>,
        place: impl Fn(usize) -> Option<usize>,
        coefficients: &mut [Self],
        constant: &mut Self,
    ) -> Option<()>;
}

impl Whole for i128 {
    fn zero() -> Self {
        0
    }
    fn of(x: &Rational) -> Option<Self> {
        x.wide_integer()
    }
    fn rational(&self) -> Rational {
        (*self).into()
    }
    fn sign(&self) -> i8 {
        self.signum() as i8
    }
    fn add_row(
        factor: &Self,
        _: &[Rational],
        short: Option<&[i128]>,
        place: impl Fn(usize) -> Option<usize>,
        coefficients: &mut [Self],
        constant: &mut Self,
    ) -> Option<()> {
        for (number, x) in short?.iter().enumerate() {
            let sum = match place(number) {
                Some(index) => &mut coefficients[index],
                None => &mut *constant,
            };
            *sum = sum.checked_add(factor.checked_mul(*x)?)?;
        }
        Some(())
    }
}

impl Whole for Rational {
    fn zero() -> Self {
        Self::ZERO
    }
    fn of(x: &Rational) -> Option<Self> {
        Some(x.clone())
    }
    fn rational(&self) -> Rational {
        self.clone()
    }
    fn sign(&self) -> i8 {
        self.signum()
    }
    fn add_row(
        factor: &Self,
        whole: &[Rational],
        _: Option<&[i128]>,
        place: impl Fn(usize) -> Option<usize>,
        coefficients: &mut [Self],
        constant: &mut Self,
    ) -> Option<()> {
        for (number, x) in whole.iter().enumerate() {
            let sum = match place(number) {
                Some(index) => &mut coefficients[index],
                None => &mut *constant,
            };
            *sum += factor * x;
        }
        Some(())
    }
}
