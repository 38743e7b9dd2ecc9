//! The split tree of a certificate, written as the double description walks.
//!
//! A certificate lists the decisions of each path in the order of the network's values, stage after
//! stage and unit after unit. The walk decides the splits in that order too, so a node is written
//! when its split is decided. There is one exception: the walk may see that a later split of the
//! same stage is decided already. The node [`Node::Ahead`] then names the distance to that split,
//! and the split has no node of its own when its turn comes.

use super::node_text::write_node;
use super::{Bound, PART};
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

/// Which nodes are written.
#[derive(Clone, Copy)]
pub(super) enum Section<'a> {
    /// All.
    Whole,
    /// Those of the first so many choices, and a line [`PART`](super::PART) in place of each part
    /// below.
    Above(usize),
    /// Those of the part whose choices begin like this.
    Below(&'a [u32]),
}

/// Writes the tree of a network whose splits have one row each, or a section of it, and returns its
/// cells.
///
/// A branch that does not occur is refuted by the facets at one vertex, as soon as that is seen.
/// Memory: the path. Errors: those of `out`.
pub(super) struct MeshTree<'a> {
    pub bound: Bound,
    pub section: Section<'a>,
    pub out: RefCell<&'a mut dyn Write>,
}

impl Question for MeshTree<'_> {
    type Answer = io::Result<Tally>;
    fn ask<C: PiecewiseAffine>(&self, cascade: &C) -> io::Result<Tally> {
        let mut rows = Vectors::new(cascade.dimension() + 1);
        cascade.domain(&mut rows);
        let (bound, sides) = (self.bound, rows.len());
        let mut out = self.out.borrow_mut();
        let found = Tally::default();
        let walk = Explorer::new(cascade);
        let (walk, from, is_top) = match self.section {
            Section::Whole => (walk, 0, false),
            Section::Above(depth) => (walk.to_depth(depth), 0, true),
            Section::Below(prefix) => (walk.below(prefix), prefix.len(), false),
        };
        let (out, path) = (&mut **out, Vec::new());
        let mut tree = Tree { out, bound, from, is_top, error: None, path, sides, found };
        walk.guide(&mut tree);
        tree.error.map_or(Ok(tree.found), Err)
    }
}

/// A split tree on its way to a file.
struct Tree<'a> {
    out: &'a mut dyn Write,
    bound: Bound,
    /// Nodes of fewer choices above are not written.
    from: usize,
    /// Whether what ends a path is a part, and no cell.
    is_top: bool,
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
        self.written(|out| write_node(node, out))
    }

    fn written(&mut self, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> ControlFlow<()> {
        match write(self.out) {
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
            _ if cut.depth < self.from => {
                if cut.ahead > 0 || cut.sides == [false, false] {
                    return ControlFlow::Continue(());
                }
            }
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
        if self.is_top {
            return self.written(|out| writeln!(out, "{PART}"));
        }
        self.found.cells += 1;
        self.found.strict += u64::from(leaf.zeros == 0);
        let point = mesh.interior_point(leaf.cell);
        self.node(&Node::Cell(&point))
    }
}
