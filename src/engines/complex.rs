//! The cells of a piecewise-affine map with their neighbours, and the regions where it is affine.
//!
//! The largest connected open sets on which a map is affine are unions of cells that share facets.
//! Sets that meet in less than a facet do not form one connected open set. The map is continuous,
//! so cells meet facet to facet, and one point inside a facet finds the cell behind it.

use crate::exact::Rational;
use crate::geometry::affine_regions::{pattern_behind, root};
use crate::geometry::double_description::{Explorer, Face};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::regions::{Cells, Question};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// All cells of a cascade, with their neighbours.
#[derive(Clone, Debug)]
pub struct Complex<P> {
    /// The cells, in the order of the walk.
    pub cells: Vec<Region<P>>,
    /// Pairs `a < b` of cells that share a facet.
    pub adjacent: Vec<(usize, usize)>,
}

/// A full-dimensional cell of a complex.
#[derive(Clone, Debug)]
pub struct Region<P> {
    /// The choice at every split, in order.
    pub pattern: Vec<u32>,
    /// A point inside, in the coordinates of the cascade.
    pub point: Vec<Rational>,
    /// Its facets, each with a point inside.
    pub faces: Vec<Face>,
    /// Whether it lies in a ball.
    pub bounded: bool,
    /// The affine map on it.
    pub piece: P,
}

impl<P: Clone + Eq + std::hash::Hash> Complex<P> {
    /// The complex of a cascade; `None` if it has more than `limit` cells.
    ///
    /// Cost: the walk, and one evaluation of the cascade a facet.
    pub fn new<C: PiecewiseAffine<Piece = P>>(cascade: &C, limit: usize) -> Option<Self> {
        let mut cells = Vec::new();
        let (_, complete) = Explorer::new(cascade).visit(|mesh, leaf| {
            cells.push(Region {
                pattern: leaf.pattern.to_vec(),
                point: mesh.interior_point(leaf.cell),
                faces: mesh.faces(leaf.cell),
                bounded: mesh.is_bounded(leaf.cell),
                piece: cascade.piece(leaf.state),
            });
            if cells.len() > limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if !complete {
            return None;
        }
        let index: HashMap<&[u32], usize> =
            cells.iter().enumerate().map(|(i, cell)| (&cell.pattern[..], i)).collect();
        let mut adjacent = Vec::new();
        for (i, cell) in cells.iter().enumerate() {
            for face in &cell.faces {
                let outward = face.point.iter().zip(&cell.point).map(|(f, p)| f - p).collect();
                let Some(behind) = pattern_behind(cascade, &face.point, outward) else { continue };
                // Every facet is seen from both of its cells; the earlier one reports it.
                if let Some(&j) = index.get(&behind[..])
                    && i < j
                {
                    adjacent.push((i, j));
                }
            }
        }
        adjacent.sort_unstable();
        adjacent.dedup();
        Some(Self { cells, adjacent })
    }

    /// For each cell, the least index of a cell of the same affine region: cells with the same map
    /// that are joined through facets.
    pub fn merged(&self) -> Vec<usize> {
        self.joined(|a, b| a.piece == b.piece)
    }

    /// The number of connected sets that the cells with `is_one` form, joined through facets.
    pub fn components(&self, is_one: impl Fn(&Region<P>) -> bool) -> usize {
        let least = self.joined(|a, b| is_one(a) && is_one(b));
        let roots = least.iter().zip(&self.cells).enumerate();
        roots.filter(|&(cell, (&root, kind))| cell == root && is_one(kind)).count()
    }

    /// For each cell, the least index of a cell that it reaches through facets between cells that
    /// belong together.
    fn joined(&self, together: impl Fn(&Region<P>, &Region<P>) -> bool) -> Vec<usize> {
        let mut least: Vec<usize> = (0..self.cells.len()).collect();
        for &(a, b) in &self.adjacent {
            if together(&self.cells[a], &self.cells[b]) {
                let (a, b) = (root(&mut least, a), root(&mut least, b));
                least[a.max(b)] = a.min(b);
            }
        }
        (0..least.len()).map(|cell| root(&mut least, cell)).collect()
    }

    /// The number of largest connected open sets on which the map is affine.
    pub fn affine_regions(&self) -> usize {
        self.merged().iter().enumerate().filter(|(cell, least)| cell == *least).count()
    }

    /// The number of different affine maps.
    pub fn affine_maps(&self) -> usize {
        self.cells.iter().map(|cell| &cell.piece).collect::<HashSet<_>>().len()
    }
}

impl Complex<usize> {
    /// All cells of a network with their neighbours, the affine maps numbered as they appear;
    /// `None` if there are more than `limit`.
    ///
    /// Cost: the walk, one evaluation of the network a facet, and memory for all cells.
    pub fn of(cells: &Cells, limit: usize) -> Option<Self> {
        cells.ask(WholeComplex { limit })
    }
}

struct WholeComplex {
    limit: usize,
}

impl Question for WholeComplex {
    type Answer = Option<Complex<usize>>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> Option<Complex<usize>> {
        let Complex { cells, adjacent } = Complex::new(cascade, self.limit)?;
        let mut numbers = HashMap::new();
        let numbered = |cell: Region<C::Piece>| {
            let next = numbers.len();
            let piece = *numbers.entry(cell.piece).or_insert(next);
            let Region { pattern, point, faces, bounded, .. } = cell;
            Region { pattern, point, faces, bounded, piece }
        };
        let cells = cells.into_iter().map(numbered).collect();
        Some(Complex { cells, adjacent })
    }
}
