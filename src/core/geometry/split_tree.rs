//! The text of a split tree, node by node: the evidence of a count of regions.
//!
//! `proofs/FORMAT.md` states the grammar. A tree follows the choices of a network; whoever walks it
//! hands each node over as it is found, so that a tree of any length takes the memory of a line.

use crate::exact::{IntegerRow, Rational};
use std::fmt;
use std::io::{self, Write};

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

    /// Writes the line of this node. Errors: those of `out`. Cost: linear in its length.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Split => out.write_all(b"S\n"),
            Self::Settled => out.write_all(b"Z\n"),
            Self::Keeps([None, Some(refuted)]) => writeln!(out, "N{}", After(refuted)),
            Self::Keeps([Some(refuted), None]) => writeln!(out, "P{}", After(refuted)),
            Self::Keeps(branches) => {
                for (index, branch) in branches.iter().enumerate() {
                    out.write_all(if index == 0 { b"O " } else { b"|" })?;
                    match branch {
                        None => out.write_all(b"+")?,
                        Some(refuted) => write!(out, "{}", Multipliers(refuted))?,
                    }
                }
                out.write_all(b"\n")
            }
            Self::Ahead(steps, is_last, refuted) => {
                let kept = if *is_last { 'P' } else { 'N' };
                writeln!(out, "A {steps} {kept} {}", Multipliers(refuted))
            }
            Self::Cell(point) => {
                let common = IntegerRow::new(point.iter()).scale;
                write!(out, "C {common}")?;
                point.iter().try_for_each(|x| write!(out, " {}", x * &common))?;
                out.write_all(b"\n")
            }
        }
    }
}

/// Multipliers, and a space before them if there are any.
struct After<'a>(&'a [Rational]);

impl fmt::Display for After<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => Ok(()),
            multipliers => write!(f, " {}", Multipliers(multipliers)),
        }
    }
}

/// Pairs of an index, counted from the newest row, and a multiplier in integers.
struct Multipliers<'a>(&'a [Rational]);

impl fmt::Display for Multipliers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let integers = IntegerRow::new(self.0.iter()).coprime();
        let mut before = "";
        for (index, multiplier) in integers.iter().rev().enumerate().filter(|(_, x)| !x.is_zero()) {
            write!(f, "{before}{index} {multiplier}")?;
            before = " ";
        }
        Ok(())
    }
}
