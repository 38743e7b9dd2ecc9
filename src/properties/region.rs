//! Regions one by one, with all that is known about each.

use super::volume::volume;
use crate::exact::{IntegerRow, Rational};
use crate::geometry::double_description::{Explorer, Face};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::regions::{Cells, Domain, Question};
use crate::net::{AffineMap, Form, Network, Pattern};
use std::cell::RefCell;
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

/// Calls `visit` with every proper activation region on a domain, in a fixed order, until it
/// breaks; whether it never did.
///
/// Cost: the walk, and one evaluation of the network on forms a region; memory for one region.
/// Panics if the domain belongs to inputs of another dimension.
pub fn for_each_region(
    network: &Network,
    domain: &Domain,
    mut visit: impl FnMut(Region) -> ControlFlow<()>,
) -> bool {
    let visit = RefCell::new(&mut visit as Visit<'_>);
    Cells::in_inputs(network, domain).ask(Each { network, visit })
}

/// The proper activation regions on a domain; `None` if there are more than `limit`.
///
/// Law: as many as [`CountRegions`](crate::engines::CountRegions) says of R2, in the order of
/// [`Complex::of`](crate::engines::complex::Complex::of) on the same domain.
pub fn regions(network: &Network, domain: &Domain, limit: usize) -> Option<Vec<Region>> {
    let mut regions = Vec::new();
    let all = for_each_region(network, domain, |region| {
        if regions.len() == limit {
            return ControlFlow::Break(());
        }
        regions.push(region);
        ControlFlow::Continue(())
    });
    all.then_some(regions)
}

type Visit<'v> = &'v mut dyn FnMut(Region) -> ControlFlow<()>;

struct Each<'v> {
    network: &'v Network,
    visit: RefCell<Visit<'v>>,
}

impl Question for Each<'_> {
    type Answer = bool;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> bool {
        let (_, ended) = Explorer::new(cascade).visit(|mesh, leaf| {
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
            (self.visit.borrow_mut())(region)
        });
        ended
    }
}

fn form(face: &Face) -> Form {
    let mut coefficients = IntegerRow::new(face.form.iter()).coprime();
    let constant = coefficients.remove(0);
    Form { coefficients, constant }
}

/// Calls `visit` with the choices of every cell and a point inside it, in a fixed order, until
/// it breaks; whether it never did.
///
/// Law: the points are those of [`for_each_region`], in its order. Cost: the walk, and
/// some products a facet; memory for one path. Far less than a list of all that is known of
/// regions.
pub fn for_each_point(
    cells: &Cells,
    mut visit: impl FnMut(&[u32], Vec<Rational>) -> ControlFlow<()>,
) -> bool {
    cells.ask(Points { visit: RefCell::new(&mut visit) })
}

type PointVisit<'v> = &'v mut dyn FnMut(&[u32], Vec<Rational>) -> ControlFlow<()>;

struct Points<'v> {
    visit: RefCell<PointVisit<'v>>,
}

impl Question for Points<'_> {
    type Answer = bool;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> bool {
        let (_, ended) = Explorer::new(cascade).visit(|mesh, leaf| {
            let point = cascade.point(&mesh.interior_point(leaf.cell));
            (self.visit.borrow_mut())(leaf.pattern, point)
        });
        ended
    }
}
