//! The nodes of a split tree, which is the evidence of a count of regions.
//!
//! **Order.** A path from the root decides the values of a network in the order of its circuit,
//! layer after layer and unit after unit. The checker relies on this order: a node does not name
//! the value that it decides. It decides the first value with several branches that neither the
//! path nor a [`Node::Ahead`] on it has decided. The nodes come in preorder, one at a time, so a
//! tree of any length takes the memory of one path.

use crate::exact::Rational;

/// One node, in preorder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// Every branch occurs. The subtrees follow in the order of the branches.
    Split,
    /// A form vanishes identically, so that only one branch is left. Its subtree follows.
    Settled,
    /// Some branches occur, and the others are refuted. The subtrees of those that occur follow.
    ///
    /// One entry a branch: `None` if it occurs, else Farkas multipliers of
    /// [primitive](crate::geometry::Form::primitive) rows: the rows of the path from the root,
    /// then those of the branch. The list is empty in a certificate of a lower bound.
    Keeps(&'a [Option<Vec<Rational>>]),
    /// A later value of two branches is decided already: how many values later it comes, whether
    /// its last branch is the one that occurs, and the multipliers that refute the other, as for
    /// [`Self::Keeps`]. The value has no node of its own when its turn comes.
    Ahead(usize, bool, &'a [Rational]),
    /// The end of a path: a cell, with a point inside.
    Cell(&'a [Rational]),
}
