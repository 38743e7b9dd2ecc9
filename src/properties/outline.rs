//! Bounded regions by their corners: what a picture needs, without asking the network again.

use crate::engines::complex::{Complex, Region};
use crate::exact::Rational;
use crate::exact::linear::dot;
use crate::geometry::double_description::Explorer;
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::regions::{Cells, Question};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// All cells on a bounded domain.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The cells with their neighbours, the affine maps numbered as they appear.
    pub complex: Complex<usize>,
    /// The vertices of each cell.
    pub vertices: Vec<Vec<Vec<Rational>>>,
}

/// The cells with their vertices; `None` if there are more than `limit`, or an unbounded one.
///
/// Cells meet facet to facet, so neighbours are those that have the vertices of a facet in
/// common. Law: the neighbours are those of [`Complex::of`]. Cost: the walk, and memory for all
/// cells.
pub fn outline(cells: &Cells, limit: usize) -> Option<Outline> {
    cells.ask(Corners { limit })
}

struct Corners {
    limit: usize,
}

impl Question for Corners {
    type Answer = Option<Outline>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<Outline> {
        let (mut cells, mut vertices) = (Vec::new(), Vec::new());
        let (mut maps, mut facets, mut adjacent) = (HashMap::new(), HashMap::new(), Vec::new());
        let (_, ended) = Explorer::new(cascade).visit(|mesh, leaf| {
            if cells.len() == self.limit || !mesh.is_bounded(leaf.cell) {
                return ControlFlow::Break(());
            }
            let (corners, _) = mesh.corners(leaf.cell);
            let faces = mesh.faces(leaf.cell);
            for face in &faces {
                let on = |v: &&Vec<Rational>| (&face.form[0] + dot(&face.form[1..], v)).is_zero();
                let mut facet: Vec<Vec<Rational>> = corners.iter().filter(on).cloned().collect();
                facet.sort_unstable();
                if let Some(other) = facets.insert(facet, cells.len()) {
                    adjacent.push((other, cells.len()));
                }
            }
            let next = maps.len();
            cells.push(Region {
                pattern: leaf.pattern.to_vec(),
                point: mesh.interior_point(leaf.cell),
                faces,
                bounded: true,
                piece: *maps.entry(cascade.piece(leaf.state)).or_insert(next),
            });
            vertices.push(corners);
            ControlFlow::Continue(())
        });
        adjacent.sort_unstable();
        ended.then_some(Outline { complex: Complex { cells, adjacent }, vertices })
    }
}
