//! The split tree of a certificate, written as the double description walks.
//!
//! A certificate lists the decisions of each path in the order of the network's values, stage after
//! stage and unit after unit. The walk decides the splits in that order too, so a node is written
//! when its split is decided. There is one exception: the walk may see that a later split of the
//! same stage is decided already. The node [`Node::Ahead`] then names the distance to that split,
//! and the split has no node of its own when its turn comes.

use super::Bound;
use super::node_text::write_node;
use crate::engines::refutation::refutation;
use crate::engines::split_tree::Node;
use crate::exact::Rational;
use crate::exact::vectors::Vectors;
use crate::geometry::double_description::{Cell, Cut, Explorer, Leaf, Mesh, Tally, Visitor};
use crate::geometry::piecewise_affine::PiecewiseAffine;
use crate::net::regions::Question;
use std::cell::RefCell;
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Writes the tree of a network whose splits have one row each, and the line `end`.
///
/// A branch that does not occur is refuted by the facets at one vertex, as soon as that is seen.
/// Memory: the path. Errors: those of `out`, and a tree whose cells are not `counts`.
pub(super) struct MeshTree<'a> {
    pub counts: Tally,
    pub bound: Bound,
    pub out: RefCell<&'a mut dyn Write>,
}

impl Question for MeshTree<'_> {
    type Answer = io::Result<()>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> io::Result<()> {
        let mut rows = Vectors::new(cascade.dimension() + 1);
        cascade.domain(&mut rows);
        let (bound, sides) = (self.bound, rows.len());
        let mut out = self.out.borrow_mut();
        let found = Tally::default();
        let mut tree = Tree { out: &mut **out, bound, error: None, path: Vec::new(), sides, found };
        Explorer::new(cascade).guide(&mut tree);
        match tree.error {
            Some(error) => Err(error),
            None if tree.found != self.counts => {
                let what = format!("{:?} were counted, the tree has {:?}", self.counts, tree.found);
                Err(io::Error::other(what))
            }
            None => tree.out.write_all(b"end\n"),
        }
    }
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
        match write_node(node, self.out) {
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
        for (row, multiplier) in refutation(mesh, cell, cut) {
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
