//! Regions one by one, with all that is known about each.

use super::machine_int::Entry;
use super::program::Program;
use super::{Cells, Domain, Question};
use crate::exact::{IntegerRow, Rational};
use crate::geometry::double_description::{Explorer, Face};
use crate::geometry::volume::volume;
use crate::net::{AffineMap, Form, Network, Pattern};
use std::ops::ControlFlow;

/// A proper activation region: notion R2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// What every unit does there.
    pub pattern: Pattern,
    /// A point inside.
    pub point: Vec<Rational>,
    /// The half-spaces whose intersection it is, one for each facet: where these are positive.
    /// Integer coefficients without a common divisor.
    pub facets: Vec<Form>,
    /// The network on it.
    pub map: AffineMap,
    /// Whether it lies in a ball.
    pub bounded: bool,
    /// Its vertices; none if it contains a line.
    pub vertices: Vec<Vec<Rational>>,
}

impl Region {
    /// The exact volume; `None` if the region is not bounded.
    ///
    /// Cost: see [`volume`]; meant for few dimensions.
    pub fn volume(&self) -> Option<Rational> {
        let on = |form: &Form| -> Vec<usize> {
            let vertices = self.vertices.iter().enumerate();
            vertices.filter(|(_, v)| form.eval(v).is_zero()).map(|(i, _)| i).collect()
        };
        let facets: Vec<Vec<usize>> = self.facets.iter().map(on).collect();
        self.bounded.then(|| volume(&self.vertices, &facets))
    }
}

impl Network {
    /// Calls `visit` with every proper activation region on a domain, in a fixed order, until it
    /// breaks; whether it never did.
    ///
    /// Cost: the walk, and one evaluation of the network on forms a region; memory for one region.
    /// Panics if the domain belongs to inputs of another dimension.
    pub fn for_each_region(
        &self,
        domain: &Domain,
        visit: impl FnMut(Region) -> ControlFlow<()>,
    ) -> bool {
        Cells::in_inputs(self, domain).ask(Each { network: self, visit })
    }

    /// The proper activation regions on a domain; `None` if there are more than `limit`.
    ///
    /// Law: as many as [`Network::count_regions`] says of R2, in the order of
    /// [`Cells::complex`] on the same domain.
    pub fn regions(&self, domain: &Domain, limit: usize) -> Option<Vec<Region>> {
        let mut regions = Vec::new();
        let all = self.for_each_region(domain, |region| {
            if regions.len() == limit {
                return ControlFlow::Break(());
            }
            regions.push(region);
            ControlFlow::Continue(())
        });
        all.then_some(regions)
    }
}

struct Each<'n, V> {
    network: &'n Network,
    visit: V,
}

impl<V: FnMut(Region) -> ControlFlow<()>> Question for Each<'_, V> {
    type Answer = bool;
    fn ask<T: Entry>(mut self, program: &Program<T>) -> bool {
        let (_, ended) = Explorer::new(program).visit(|mesh, leaf| {
            let point = mesh.interior_point(leaf.cell);
            // Inside, a unit is zero only where it is zero on the whole region, and counts as off.
            let pattern = self.network.pattern(&point);
            let vertices = match leaf.cell.has_lines() {
                true => Vec::new(),
                false => mesh.corners(leaf.cell).0,
            };
            let region = Region {
                map: self.network.affine_on(&pattern),
                pattern,
                point,
                facets: mesh.faces(leaf.cell).iter().map(form).collect(),
                bounded: mesh.is_bounded(leaf.cell),
                vertices,
            };
            (self.visit)(region)
        });
        ended
    }
}

fn form(face: &Face) -> Form {
    let mut coefficients = IntegerRow::new(face.form.iter()).coprime();
    let constant = coefficients.remove(0);
    Form { coefficients, constant }
}
