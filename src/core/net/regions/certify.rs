//! Certificates of region counts, written as the mesh walks.

use super::machine_int::Entry;
use super::program::{Program, Step};
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use crate::geometry::double_description::{Cell, Cut, Explorer, Leaf, Mesh, Tally, Visitor};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::geometry::split_tree::Node;
use crate::net::certificate::{Bound, write_head};
use crate::net::{Circuit, InputBox, Network};
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Writes what [`crate::net::certificate::write_certificate`] writes, from the mesh: a program of
/// the facets at one vertex for each branch that does not occur, as soon as that is seen, and none
/// for those that do.
///
/// `None` if the network decides by more than one breakpoint a unit, or by maxima. Memory: the
/// path. Errors: those of `out`, and a tree that has not as many cells as were counted before it.
pub(super) fn write<T: Entry>(
    program: &Program<T>,
    network: &Network,
    domain: Option<&InputBox>,
    bound: Bound,
    claim: &str,
    out: &mut dyn Write,
) -> Option<io::Result<Tally>> {
    let single = |step: &Step<T>| match step {
        Step::Pieces { levels, .. } => levels.len() == 1,
        Step::Greatest(_) => false,
        _ => true,
    };
    if !program.steps.iter().all(single) {
        return None;
    }
    let (counts, _) = Explorer::new(program).count();
    let head = write_head(&Circuit::new(network), domain, bound, claim, counts, out);
    let mut rows = Vectors::new(program.dimension() + 1);
    program.domain(&mut rows);
    let sides = rows.len();
    let found = Tally::default();
    let mut tree = Tree { out, bound, error: head.err(), path: Vec::new(), sides, found };
    if tree.error.is_none() {
        Explorer::new(program).guide(&mut tree);
    }
    let ended = match tree.error {
        Some(error) => Err(error),
        None if tree.found != counts => {
            let what = format!("{counts:?} were counted, the tree has {:?}", tree.found);
            Err(io::Error::other(what))
        }
        None => tree.out.write_all(b"end\n"),
    };
    Some(ended.map(|()| counts))
}

/// A split tree on its way to a file.
struct Tree<'a> {
    out: &'a mut dyn Write,
    bound: Bound,
    error: Option<io::Error>,
    /// The rows of the path that do not vanish, each with the depth of its split.
    path: Vec<(usize, usize)>,
    /// Rows of the domain, which come before; row `1 + i` is the `i`-th.
    sides: usize,
    /// The cells so far.
    found: Tally,
}

impl Tree<'_> {
    fn node(&mut self, node: &Node<'_>) -> ControlFlow<()> {
        match node.write(self.out) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.error = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    /// Why the cell does not reach the other side of the split.
    fn refutation(&self, mesh: &mut Mesh, cell: &Cell, cut: Cut) -> Vec<Rational> {
        if self.bound == Bound::AtLeast {
            return Vec::new();
        }
        let mut multipliers = vec![Rational::ZERO; self.sides + self.path.len() + 1];
        for (row, multiplier) in mesh.refutation(cell, cut) {
            multipliers[self.place(row)] += &multiplier;
        }
        multipliers
    }

    /// The place of a row on the path of the certificate.
    fn place(&self, row: usize) -> usize {
        match row {
            1.. if row <= self.sides => row - 1,
            _ => {
                let at = self.path.iter().position(|(_, other)| *other == row);
                self.sides + at.unwrap_or(self.path.len())
            }
        }
    }
}

impl<S> Visitor<S> for Tree<'_> {
    fn looks_ahead(&self) -> bool {
        self.bound == Bound::Exact
    }

    fn cut(&mut self, mesh: &mut Mesh, cell: &Cell, cut: Cut) -> ControlFlow<()> {
        match cut.sides {
            [true, true] => self.node(&Node::Split)?,
            [false, false] => return self.node(&Node::Settled),
            [below, _] => {
                let multipliers = self.refutation(mesh, cell, cut);
                if cut.ahead > 0 {
                    return self.node(&Node::Ahead(cut.ahead, !below, &multipliers));
                }
                let refuted = Some(multipliers);
                let marks = if below { [None, refuted] } else { [refuted, None] };
                self.node(&Node::Keeps(&marks))?;
            }
        }
        self.path.push((cut.depth, cut.row));
        ControlFlow::Continue(())
    }

    fn part(&mut self, depth: usize) {
        while self.path.pop_if(|(other, _)| *other > depth).is_some() {}
    }

    fn leaf(&mut self, mesh: &mut Mesh, leaf: Leaf<'_, S>) -> ControlFlow<()> {
        self.found.cells += 1;
        self.found.strict += u64::from(leaf.zeros == 0);
        let point = mesh.interior_point(leaf.cell);
        self.node(&Node::Cell(&point))
    }
}
