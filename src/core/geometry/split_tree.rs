//! The text of a split tree, node by node: the evidence of a count of regions.
//!
//! `proofs/FORMAT.md` states the grammar. A tree follows the choices of a network; whoever walks it
//! hands each node over as it is found, so that a tree of any length takes the memory of a line.

use crate::exact::Rational;

/// One node, in preorder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// Every branch occurs; the subtrees follow.
    Split,
    /// One branch is left, since a form vanishes identically; its subtree follows.
    Settled,
    /// Some branches occur, and the others are refuted; the subtrees of the former follow.
    ///
    /// One entry a branch: `None` if it occurs, otherwise Farkas multipliers of [primitive](super::arrangement::Form::primitive)
    /// rows,
    /// those of the path from the root and then those of the branch; none in a lower bound.
    Keeps(&'a [Option<Vec<Rational>>]),
    /// A value of two branches, its turn so many values later, has one of them everywhere on the
    /// path: whether it is the last, and why the other is refuted, as for [`Self::Keeps`].
    Ahead(usize, bool, &'a [Rational]),
    /// A cell, with a point inside.
    Cell(&'a [Rational]),
}

impl Node<'_> {
    /// Whether the path ends here.
    pub fn is_cell(&self) -> bool {
        matches!(self, Self::Cell(_))
    }
}
