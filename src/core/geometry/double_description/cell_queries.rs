//! Queries on a cell that the walk has reached: points, vertices, facets.

use super::{Cell, Mesh};
use crate::exact::Rational;
use crate::geometry::Form;
use std::cmp::Ordering;

/// A cell at the end of a walk.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a, S> {
    /// The choice at every split, in order.
    pub pattern: &'a [u32],
    /// How many of them were forced by a form that vanishes on the whole cell.
    pub zeros: u32,
    /// The state of the map after the last stage.
    pub state: &'a S,
    /// The cell.
    pub cell: &'a Cell,
}

/// A facet of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// `[constant, coefficients..]`, not negative on the cell and zero on the facet.
    pub form: Vec<Rational>,
    /// A point in the relative interior of the facet, in the coordinates of the cascade.
    pub point: Vec<Rational>,
}

/// One split with a single row, as the walk reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The number of splits decided before it.
    pub depth: usize,
    /// Its distance from the next split in order. Not 0 only if the cell is known to lie on one
    /// side of it: such a split is reported ahead of its turn.
    pub ahead: usize,
    /// The row of the form.
    pub row: usize,
    /// Whether the cell has points with a negative value of the form, and with a positive one.
    pub sides: [bool; 2],
}

impl Mesh {
    /// The sign of a facet's row inside the cell.
    pub(super) fn inside(&mut self, cell: &Cell, facet: usize) -> Ordering {
        let row = cell.facets[facet] as usize;
        let off = (0..cell.rays.len()).find(|&ray| !cell.is_tight(ray, facet));
        off.map_or(Ordering::Equal, |ray| {
            self.rays.side(&self.rows, row, cell.rays[ray] as usize).sign()
        })
    }

    /// The row of a wall of the cell, and its primitive form, positive inside.
    pub fn wall(&mut self, cell: &Cell, wall: usize) -> (usize, Form) {
        let (row, side) = (cell.facets[wall] as usize, self.inside(cell, wall));
        (row, self.form(row, side))
    }

    /// The primitive form of a row, turned to be positive where the row has this sign.
    pub fn form(&self, row: usize, side: Ordering) -> Form {
        let turn = |x: Rational| if side == Ordering::Less { -x } else { x };
        let mut entries = self.rows.pushed(row).into_iter().map(turn);
        let constant = entries.next().expect("a row begins with its constant");
        Form { coefficients: entries.collect(), constant }.primitive()
    }

    /// The walls through the vertex that seems nearest to a row in doubles: a proposal.
    pub fn walls_near(&mut self, cell: &Cell, row: usize) -> Vec<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (i, &ray) in cell.rays.iter().enumerate() {
            let height = self.rays.proposed(&self.rows, 0, ray as usize);
            let value = self.rays.proposed(&self.rows, row, ray as usize).abs() / height;
            if height > 0.0 && best.is_none_or(|(_, least)| value < least) {
                best = Some((i, value));
            }
        }
        let through = |vertex| cell.walls().filter(move |&wall| cell.is_tight(vertex, wall));
        best.map_or_else(Vec::new, |(vertex, _)| through(vertex).collect())
    }

    /// A point of the open cell, in the coordinates of the map; it has small integers if such a
    /// point lies near the middle. Cost: one product a facet and attempt.
    pub fn interior_point(&mut self, cell: &Cell) -> Vec<Rational> {
        // Redundant facets change nothing, and to find them out takes longer than to ask them.
        let tests: Vec<(usize, Ordering)> = (0..cell.facets.len())
            .map(|facet| (cell.facets[facet] as usize, self.inside(cell, facet)))
            .collect();
        let rays: Vec<usize> = cell.rays.iter().map(|&ray| ray as usize).collect();
        self.rays.point_between(&self.rows, &rays, &tests)
    }

    /// The vertices of the cell, in the coordinates of the cascade, and its extreme directions.
    ///
    /// Of a cell that contains lines, those of its section across them.
    pub fn corners(&mut self, cell: &Cell) -> (Vec<Vec<Rational>>, Vec<Vec<Rational>>) {
        let (mut vertices, mut directions) = (Vec::new(), Vec::new());
        for &ray in &cell.rays {
            let entries = self.rays.entries(&self.rows, ray as usize);
            match entries[0].is_zero() {
                true => directions.push(entries[1..].to_vec()),
                false => vertices.push(entries[1..].iter().map(|x| x / &entries[0]).collect()),
            }
        }
        (vertices, directions)
    }

    /// Whether the cell lies in a ball.
    pub fn is_bounded(&mut self, cell: &Cell) -> bool {
        let infinite = |ray: &u32, mesh: &mut Self| {
            mesh.rays.side(&mesh.rows, 0, *ray as usize).sign() == Ordering::Equal
        };
        !cell.has_lines() && !cell.rays.iter().any(|ray| infinite(ray, self))
    }

    /// The facets of the cell, without the one at infinity. Cost: a sum of the rays of each facet.
    pub fn faces(&mut self, cell: &Cell) -> Vec<Face> {
        let facets: Vec<usize> = cell.irredundant().into_iter().filter(|&f| f != 0).collect();
        facets.into_iter().filter_map(|facet| self.face(cell, facet)).collect()
    }

    /// The facets of the cell, without the one at infinity, by number and row.
    pub fn facets(&self, cell: &Cell) -> Vec<(usize, usize)> {
        let facets = cell.irredundant().into_iter().filter(|&f| f != 0);
        facets.map(|facet| (facet, cell.facets[facet] as usize)).collect()
    }

    /// Whether no row of the path but its own vanishes on all of a facet. Cost: about a sign a row.
    ///
    /// No row of the path has both signs on the cell, so one that is not zero at some ray of the
    /// facet is not zero anywhere inside of it.
    pub fn vanishes_alone(&mut self, cell: &Cell, facet: usize) -> bool {
        let rays: Vec<usize> = (0..cell.rays.len()).filter(|&r| cell.is_tight(r, facet)).collect();
        (0..self.rows.len()).filter(|&row| row != cell.facets[facet] as usize).all(|row| {
            let known = cell.facets.binary_search(&(row as u32)).ok();
            let is_zero = |&ray: &usize| {
                known.is_some_and(|known| cell.is_tight(ray, known))
                    || self.rays.side(&self.rows, row, cell.rays[ray] as usize).sign().is_eq()
            };
            !rays.iter().all(is_zero)
        })
    }

    /// A facet by its number; `None` if it is at infinity.
    pub fn face(&mut self, cell: &Cell, facet: usize) -> Option<Face> {
        let length = self.rays.length();
        let mut sum = vec![Rational::ZERO; length];
        for ray in (0..cell.rays.len()).filter(|&ray| cell.is_tight(ray, facet)) {
            let entries = self.rays.entries(&self.rows, cell.rays[ray] as usize);
            sum.iter_mut().zip(&entries).for_each(|(s, x)| *s += x);
        }
        if sum[0].is_zero() {
            return None;
        }
        let form = self.rows.pushed(cell.facets[facet] as usize);
        let turned = self.inside(cell, facet) == Ordering::Less;
        let form = form.into_iter().map(|x| if turned { -x } else { x }).collect();
        Some(Face { form, point: sum[1..].iter().map(|x| x / &sum[0]).collect() })
    }
}
