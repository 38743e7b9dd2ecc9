//! Values of a function and of a network at many points of a box.

use super::bound::{SupErrorError, folded};
use super::expression::Expression;
use super::reduced_network::Units;
use super::search::PLACES;
use crate::analysis::affine_arithmetic::AffineArithmetic;
use crate::analysis::enclosure::{DomainError, Enclosure};
use crate::exact::Rational;
use crate::net::{InputBox, Network};

/// A function and a network on a box, the network folded: what does not change there is done once.
#[derive(Debug)]
pub struct Sampler<'a> {
    function: &'a Expression,
    units: Units,
    domain: &'a InputBox,
    grid: AffineArithmetic,
}

impl<'a> Sampler<'a> {
    /// Errors: those of [`super::sup_error`] but `Undefined`. Panics if the box has another
    /// dimension than the function.
    pub fn new(
        function: &'a Expression,
        network: &Network,
        domain: &'a InputBox,
    ) -> Result<Self, SupErrorError> {
        let folded = folded(function, network, domain)?;
        let grid = AffineArithmetic::new(PLACES);
        Ok(Self { function, units: folded.rounded(&grid), domain, grid })
    }

    /// Where the values of the function and of the network at a point of the box lie.
    ///
    /// Cost: one step for each weight of the units that change on the box. Errors: the function has
    /// no value there. Panics if the point has another dimension.
    pub fn at(&self, point: &[Rational]) -> Result<[Enclosure; 2], DomainError> {
        let inputs: Vec<_> = point.iter().map(|x| self.grid.constant(x)).collect();
        let value = self.function.at(&self.grid, &inputs)?;
        let sides = self.domain.lo().iter().zip(self.domain.hi());
        let shrunk = point.iter().zip(sides).map(|(x, (lo, hi))| {
            let share = if lo == hi { Rational::new(1, 2) } else { (x - lo) / (hi - lo) };
            self.grid.constant(&(share * Rational::integer(2) - Rational::ONE))
        });
        let net = self.units.value(&self.grid, shrunk.collect());
        Ok([self.grid.bounds(&value), self.grid.bounds(&net)])
    }
}
