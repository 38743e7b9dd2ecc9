//! Values of expressions in affine forms: enclosures at points and on boxes.

use super::expression::{Calculus, Expression, Function};
use crate::analysis::affine_arithmetic::{AffineArithmetic, AffineForm};
use crate::analysis::enclosure::{self, DomainError, Enclosure};
use crate::exact::Rational;
use crate::net::InputBox;

impl Calculus for AffineArithmetic {
    type Value = AffineForm;
    type Error = DomainError;

    fn constant(&self, x: &Rational) -> AffineForm {
        self.constant(x)
    }
    fn pi(&self) -> Result<AffineForm, DomainError> {
        Ok(self.between(&enclosure::pi(self.places())))
    }
    fn sum(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.sum(a, b)
    }
    fn difference(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.difference(a, b)
    }
    fn product(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.product(a, b)
    }
    fn square(&self, a: &AffineForm) -> AffineForm {
        self.square(a)
    }
    fn quotient(&self, a: &AffineForm, b: &AffineForm) -> Result<AffineForm, DomainError> {
        self.quotient(a, b)
    }
    fn larger(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.larger(a, b)
    }
    fn smaller(&self, a: &AffineForm, b: &AffineForm) -> AffineForm {
        self.smaller(a, b)
    }
    fn root(&self, a: &AffineForm, order: u32) -> Result<AffineForm, DomainError> {
        self.root(a, order)
    }
    fn apply(&self, function: Function, a: &AffineForm) -> Result<AffineForm, DomainError> {
        Ok(match function {
            Function::Negate => self.difference(&self.constant(&Rational::ZERO), a),
            Function::Abs => self.abs(a),
            Function::Relu => self.relu(a),
            Function::Exp => self.exp(a)?,
            Function::Log => self.ln(a)?,
            Function::Sin => self.sin(a),
            Function::Cos => self.cos(a),
        })
    }
}

impl Expression {
    /// Where the value at a point lies, to a width of at most `2^-bits`.
    ///
    /// Errors: the function is not defined at the point, or cannot be told to be: a root of what is
    /// zero up to rounding, say. Panics if the point has another dimension.
    pub fn enclose(&self, point: &[Rational], bits: u32) -> Result<Enclosure, DomainError> {
        let width = Rational::integer(2).pow(-(bits as i32));
        let mut places = bits + 32;
        loop {
            let grid = AffineArithmetic::new(places);
            let inputs: Vec<_> = point.iter().map(|x| grid.constant(x)).collect();
            let found = self.at(&grid, &inputs).map(|value| grid.bounds(&value));
            match found {
                Ok(found) if found.width() <= width => return Ok(found),
                Err(error) if places > 8 * (bits + 32) => return Err(error),
                _ => places *= 2,
            }
        }
    }

    /// Numbers between which all values on a box lie, found in one step; the less exact, the larger
    /// the box. Errors: as for [`Self::enclose`]. Panics if the box has another dimension.
    pub fn range(&self, domain: &InputBox, places: u32) -> Result<Enclosure, DomainError> {
        let grid = AffineArithmetic::new(places);
        let sides = domain.lo().iter().zip(domain.hi()).enumerate();
        let inputs: Vec<_> = sides.map(|(i, (lo, hi))| grid.variable(i, lo, hi)).collect();
        Ok(grid.bounds(&self.at(&grid, &inputs)?))
    }
}
