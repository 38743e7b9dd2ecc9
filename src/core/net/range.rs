//! Boxes of inputs, and the exact bounds of affine forms on them.

use crate::exact::Rational;
use crate::geometry::Form;

/// A closed box of inputs; a side of length zero is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputBox {
    lo: Vec<Rational>,
    hi: Vec<Rational>,
}

/// Why two corners do not span a box.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum BoxError {
    /// The corners have different lengths.
    #[error("the lower corner has {lo} entries, the upper one {hi}")]
    Length { lo: usize, hi: usize },
    /// The lower end of a side is above its upper end.
    #[error("side {side} goes from {lo} down to {hi}")]
    Order { side: usize, lo: Rational, hi: Rational },
}

impl InputBox {
    /// All `x` with `lo[i] <= x[i] <= hi[i]`. Errors: `Length`, `Order`.
    pub fn new(lo: Vec<Rational>, hi: Vec<Rational>) -> Result<Self, BoxError> {
        if lo.len() != hi.len() {
            return Err(BoxError::Length { lo: lo.len(), hi: hi.len() });
        }
        match lo.iter().zip(&hi).enumerate().find(|(_, (lo, hi))| lo > hi) {
            Some((side, (lo, hi))) => Err(BoxError::Order { side, lo: lo.clone(), hi: hi.clone() }),
            None => Ok(Self { lo, hi }),
        }
    }

    /// All `x` of `dimension` entries of absolute value at most `|radius|`.
    pub fn cube(dimension: usize, radius: &Rational) -> Self {
        let radius = radius.abs();
        Self { lo: vec![-&radius; dimension], hi: vec![radius; dimension] }
    }

    /// The lower corner.
    pub fn lo(&self) -> &[Rational] {
        &self.lo
    }

    /// The upper corner.
    pub fn hi(&self) -> &[Rational] {
        &self.hi
    }

    /// The midpoint.
    pub fn center(&self) -> Vec<Rational> {
        let half = Rational::new(1, 2);
        self.lo.iter().zip(&self.hi).map(|(lo, hi)| (lo + hi) * &half).collect()
    }

    /// A point at which the form is smallest; where a coefficient is zero, the midpoint.
    pub fn minimizer(&self, form: &Form) -> Vec<Rational> {
        let sides = self.center().into_iter().zip(self.lo.iter().zip(&self.hi));
        let end = |(a, (middle, (lo, hi))): (&Rational, (Rational, (&Rational, &Rational)))| match a
            .signum()
        {
            0 => middle,
            1 => lo.clone(),
            _ => hi.clone(),
        };
        form.coefficients.iter().zip(sides).map(end).collect()
    }

    /// The least and the greatest value of the form on the box, exactly.
    pub fn bounds(&self, form: &Form) -> (Rational, Rational) {
        let least = form.eval(&self.minimizer(form));
        // The two values are symmetric around the value at the midpoint.
        let greatest = form.eval(&self.center()) * Rational::integer(2) - &least;
        (least, greatest)
    }
}
