//! The number of largest connected open sets on which a map is affine, without a list of cells.
//!
//! The map is continuous. Where one form alone vanishes on a facet, the choices behind it are the
//! same but for that form's: every other form keeps its sign there, and so do the forms of later
//! stages, which change with that choice but not on the facet. Elsewhere the choices behind the
//! facet are those at an exact point of it.

use super::double_description::{Cell, Cut, Explorer, Leaf, Mesh, Visitor};
use super::piecewise_affine::{PiecewiseAffine, Split};
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The number of affine regions; `None` if there are more than `limit` cells.
///
/// Cost: the walk, a sign for each form
/// of a path and facet, and memory for the choices of all cells.
pub fn affine_regions<C: PiecewiseAffine>(cascade: &C, limit: usize) -> Option<usize> {
    let mut sides = Vectors::new(cascade.dimension() + 1);
    cascade.domain(&mut sides);
    let mut joined = Joined {
        cascade,
        sides: sides.len(),
        limit,
        path: Vec::new(),
        index: HashMap::new(),
        pieces: Vec::new(),
        least: Vec::new(),
        regions: 0,
    };
    let (_, complete) = Explorer::new(cascade).guide(&mut joined);
    complete.then_some(joined.regions)
}

/// The cells so far, joined where they belong together.
struct Joined<'c, C: PiecewiseAffine> {
    cascade: &'c C,
    /// Rows of the domain; row `1 + i` is the `i`-th.
    sides: usize,
    limit: usize,
    /// The splits of the path that have a single row: depth and row, both increasing.
    path: Vec<(usize, usize)>,
    /// The cell with these choices.
    index: HashMap<Vec<u32>, usize>,
    pieces: Vec<C::Piece>,
    /// For each cell an earlier one of the same region, or itself.
    least: Vec<usize>,
    regions: usize,
}

impl<C: PiecewiseAffine> Joined<'_, C> {
    /// The choices behind a facet, if its row alone vanishes there or an exact point tells.
    fn behind(
        &self,
        mesh: &mut Mesh,
        cell: &Cell,
        pattern: &[u32],
        (facet, row): (usize, usize),
    ) -> Option<Vec<u32>> {
        let split = self.path.binary_search_by_key(&row, |(_, row)| *row);
        if let Ok(split) = split
            && !cell.has_lines()
            && mesh.vanishes_alone(cell, facet)
        {
            let mut behind = pattern.to_vec();
            behind[self.path[split].0] ^= 1;
            return Some(behind);
        }
        let face = mesh.face(cell, facet)?;
        let inside = mesh.interior_point(cell);
        let outward = face.point.iter().zip(&inside).map(|(f, p)| f - p).collect();
        pattern_behind(self.cascade, &face.point, outward)
    }
}

impl<C: PiecewiseAffine> Visitor<C::State> for Joined<'_, C> {
    fn cut(&mut self, _mesh: &mut Mesh, _cell: &Cell, cut: Cut) -> ControlFlow<()> {
        self.path.push((cut.depth, cut.row));
        ControlFlow::Continue(())
    }

    fn part(&mut self, depth: usize) {
        while self.path.pop_if(|(other, _)| *other > depth).is_some() {}
    }

    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, C::State>) -> ControlFlow<()> {
        let (cell, piece) = (self.pieces.len(), self.cascade.piece(leaf.state));
        if cell == self.limit {
            return ControlFlow::Break(());
        }
        self.least.push(cell);
        self.regions += 1;
        for facet in mesh.facets(leaf.cell) {
            // Nothing is behind the border of the domain.
            if facet.1 <= self.sides {
                continue;
            }
            // Of two cells the later one finds the other.
            let behind = self.behind(mesh, leaf.cell, leaf.pattern, facet);
            let other = behind.and_then(|behind| self.index.get(&behind).copied());
            if let Some(other) = other.filter(|&other| self.pieces[other] == piece) {
                let (a, b) = (root(&mut self.least, cell), root(&mut self.least, other));
                self.least[a.max(b)] = a.min(b);
                self.regions -= usize::from(a != b);
            }
        }
        self.index.insert(leaf.pattern.to_vec(), cell);
        self.pieces.push(piece);
        ControlFlow::Continue(())
    }
}

/// The least member of a class, with the way there shortened.
pub fn root(least: &mut [usize], mut cell: usize) -> usize {
    while least[cell] != cell {
        least[cell] = least[least[cell]];
        cell = least[cell];
    }
    cell
}

/// The choices at `point + e direction` for small `e > 0`; `None` outside the domain.
///
/// A form counts as positive behind the point if it is positive there, or zero and increasing.
pub fn pattern_behind<C: PiecewiseAffine>(
    cascade: &C,
    point: &[Rational],
    direction: Vec<Rational>,
) -> Option<Vec<u32>> {
    let mut probe =
        Probe { rows: Vectors::new(point.len() + 1), at: Vectors::new(point.len() + 1) };
    let at: Vec<Rational> = [Rational::ONE].into_iter().chain(point.iter().cloned()).collect();
    let towards: Vec<Rational> = [Rational::ZERO].into_iter().chain(direction).collect();
    probe.at.push_fractions(&at);
    probe.at.push_fractions(&towards);
    cascade.domain(&mut probe.rows);
    if (0..probe.rows.len()).any(|row| probe.sign(row) != Ordering::Greater) {
        return None;
    }
    let mut pattern = Vec::new();
    let mut state = cascade.start();
    for _ in 0..cascade.stages() {
        probe.rows.truncate(0);
        let splits = cascade.splits(&state, &mut probe.rows);
        let choices: Vec<u32> = splits.iter().map(|split| probe.choice(split)).collect();
        state = cascade.next(&state, &choices);
        pattern.extend(choices);
    }
    Some(pattern)
}

struct Probe {
    rows: Vectors,
    /// A point and a direction.
    at: Vectors,
}

impl Probe {
    fn sign(&mut self, row: usize) -> Ordering {
        self.at
            .side(&self.rows, row, 0)
            .sign()
            .then_with(|| self.at.side(&self.rows, row, 1).sign())
    }

    fn choice(&mut self, split: &Split) -> u32 {
        match split {
            Split::Levels(rows) => {
                rows.clone().take_while(|&row| self.sign(row) == Ordering::Greater).count() as u32
            }
            Split::Greatest { entries, differences } => {
                let n = entries.len();
                let row = |a: usize, b: usize| Split::difference(n, *differences, a, b);
                let later = |best, b| match self.sign(row(best, b)) {
                    Ordering::Greater => b,
                    _ => best,
                };
                entries[(1..n).fold(0, later)]
            }
        }
    }
}
