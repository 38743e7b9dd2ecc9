//! The text of a split tree, node by node: the evidence of a count of regions.
//!
//! `proofs/FORMAT.md` states the grammar.

use crate::engines::split_tree::Node;
use crate::exact::{IntegerRow, Rational};
use std::fmt;
use std::io::{self, Write};

/// Writes the line of this node. Errors: those of `out`. Cost: linear in its length.
pub fn write_node(node: &Node<'_>, out: &mut dyn Write) -> io::Result<()> {
    match node {
        Node::Split => out.write_all(b"S\n"),
        Node::Settled => out.write_all(b"Z\n"),
        Node::Keeps([None, Some(refuted)]) => writeln!(out, "N{}", After(refuted)),
        Node::Keeps([Some(refuted), None]) => writeln!(out, "P{}", After(refuted)),
        Node::Keeps(branches) => {
            for (index, branch) in branches.iter().enumerate() {
                out.write_all(if index == 0 { b"O " } else { b"|" })?;
                match branch {
                    None => out.write_all(b"+")?,
                    Some(refuted) => write!(out, "{}", Multipliers(refuted))?,
                }
            }
            out.write_all(b"\n")
        }
        Node::Ahead(steps, is_last, refuted) => {
            let kept = if *is_last { 'P' } else { 'N' };
            writeln!(out, "A {steps} {kept} {}", Multipliers(refuted))
        }
        Node::Cell(point) => {
            let common = IntegerRow::new(point.iter()).scale;
            write!(out, "C {common}")?;
            point.iter().try_for_each(|x| write!(out, " {}", x * &common))?;
            out.write_all(b"\n")
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
